# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# Sourced by run.sh: what compilers and checkers say.

spec_is_generated()
{
	include/netlink/generate.sh --check
}

# Away from the build that is tested: other flags would rebuild it each time
lint_build()
{
	VXC_VARIANT=-lint "$lab_dir/module.sh" stock W=1 "$@" > /dev/null
}

complaints()
{
	grep -E 'warning:|error:' "$lab_top"/build/log/module-*"$1".log
}

module_w1()
{
	rm -rf "$lab_top"/build/*-lint
	lint_build
	complaints -lint | nothing_in "gcc W=1 says"
}

# make ends well whatever sparse says
module_sparse()
{
	lint_build C=2 CF=-D__CHECK_ENDIAN__
	grep -q CHECK "$lab_top"/build/log/module-*-lint.log
	complaints -lint | nothing_in "sparse says"
}

module_i386()
{
	"$lab_dir/module.sh" i386 W=1 > /dev/null
	complaints -686-pae | nothing_in "gcc W=1 for i386 says"
}

# shellcheck disable=SC2046 # lists of files
checkpatch()
{
	local linux

	linux=$("$lab_dir/linux-tools.sh")
	perl "$linux/scripts/checkpatch.pl" --no-tree --strict --terse \
		--no-summary --max-line-length=80 "$@"
}

# The compat folder is there to ask for versions
checkpatch_module()
{
	local -a files

	mapfile -t files < <(module_sources)
	checkpatch --ignore LINUX_VERSION_CODE --file "${files[@]}"
}

# Programs have a libc, not the kernel's helpers
checkpatch_programs()
{
	local -a files

	mapfile -t files < <(program_sources)
	checkpatch --ignore "CONSIDER_KSTRTO,SSCANF_TO_KSTRTO,PREFER_KERNEL_TYPES,\
AVOID_EXTERNS,STRCPY,STRLCPY,STRNCPY,USE_NEGATIVE_ERRNO" --file "${files[@]}"
}

kernel_doc()
{
	local linux
	local -a files

	linux=$("$lab_dir/linux-tools.sh")
	mapfile -t files < <(module_sources)
	perl "$linux/scripts/kernel-doc" -none -Werror "${files[@]}" 2>&1 |
		grep -v '^$' | nothing_in "kernel-doc says"
}

cppcheck_programs()
{
	local -a files

	mapfile -t files < <(program_sources | grep '\.c$')
	cppcheck -q --enable=warning,performance,portability \
		--inline-suppr --std=c11 -D_GNU_SOURCE -Iinclude/uapi \
		--suppress=missingIncludeSystem --error-exitcode=1 \
		"${files[@]}"
}

shellcheck_scripts()
{
	local -a files

	mapfile -t files < <(scripts)
	shellcheck -x -P SCRIPTDIR -P . "${files[@]}"
}

yamllint_files()
{
	local -a files

	mapfile -t files < <(tree_files '*.yaml' '*.yml')
	yamllint -s -c selftests/lint/yamllint.conf "${files[@]}"
}

man_pages()
{
	local page

	for page in docs/*.[1-8]; do
		MANWIDTH=80 man --warnings -E UTF-8 -l "$page" 2>&1 > /dev/null
	done | nothing_in "man says"
}
