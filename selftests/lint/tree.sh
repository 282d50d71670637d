# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2154 # lab.sh sets lab_*
#
# Sourced by run.sh: what the tree as a whole has to be like.

# Text for people to read, data and what Debian prescribes have no such line
spdx_lines()
{
	local file

	tree_files | grep -vE '^(LICENSE|VERSION|debian/.*)$|\.(md|txt|json)$|gitignore$' |
	while read -r file; do
		head -n 3 "$file" | grep -aq 'SPDX-License-Identifier: ' ||
			echo "$file"
	done | nothing_in "no SPDX line first"
}

file_lengths()
{
	tree_files '*.[ch]' '*.sh' | grep -v -e netlink-gen -e ^include/uapi |
		xargs wc -l | awk '$2 != "total" && $1 > 600' |
		nothing_in "over 600 lines"
}

no_inline()
{
	module_sources | grep '\.c$' | xargs grep -nE '^(static )?inline ' |
		nothing_in "the compiler knows better than inline"
}

versions_in_compat()
{
	tree_files 'kmod/*' | grep -v '^kmod/compat/' |
		xargs grep -nE 'LINUX_VERSION_CODE|KERNEL_VERSION\(' |
		nothing_in "kernel versions outside of kmod/compat"
}

whitespace()
{
	git diff --check "$(git hash-object -t tree /dev/null)" -- . \
		':(exclude)*.patch'
}

# A path of whoever wrote a line works for nobody else
no_machine_paths()
{
	tree_files | xargs grep -nIE '(^|[^[:alnum:]_$}.])/(work|home/[a-z]+|root/[a-z.]+|tmp/bash)/' |
		nothing_in "paths of one machine"
}
