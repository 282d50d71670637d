# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2154 # lab.sh sets lab_*
#
# Sourced by run.sh: which files are what. What git would commit counts.

tree_files()
{
	local file

	git ls-files -co --exclude-standard -- "$@" | while read -r file; do
		[ ! -f "$file" ] || [ -h "$file" ] || echo "$file"
	done
}

module_sources()
{
	tree_files 'kmod/*.[ch]' 'kmod/**/*.[ch]' | grep -v '/netlink-gen\.'
}

program_sources()
{
	tree_files 'userspace/*.[ch]' 'selftests/**/*.[ch]'
}

scripts()
{
	local file

	tree_files | while read -r file; do
		case $file in
		*.sh)	echo "$file" ;;
		*)	! head -n 1 "$file" | grep -aqE '^#!.*\b(ba)?sh\b' ||
				echo "$file" ;;
		esac
	done
}

# nothing_in LABEL < LINES: fail if there are any, and show them
nothing_in()
{
	local lines

	lines=$(cat)
	[ -z "$lines" ] || {
		printf '%s:\n%s\n' "$1" "$lines"
		return 1
	}
}
