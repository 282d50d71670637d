# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2154 # lab.sh sets lab_*
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

# Without a kernel tree around it looks for one, and leaves notes where it is
checkpatch()
{
	local linux ignored=$1

	shift
	linux=$("$lab_dir/linux-tools.sh")
	mkdir -p "$results_dir/include"
	(cd "$results_dir" &&
	 perl "$linux/scripts/checkpatch.pl" --no-tree --root="$results_dir" \
		--strict --terse --show-types --no-summary \
		--max-line-length=80 --ignore "$ignored" \
		--file "${@/#/$lab_top/}") | sed "s,^$lab_top/,,"
}

# The compat folder is there to compare with KERNEL_VERSION()
checkpatch_module()
{
	local -a files

	mapfile -t files < <(module_sources)
	checkpatch "LONG_LINE_STRING,LINUX_VERSION_CODE,CONSTANT_COMPARISON" \
		"${files[@]}" | nothing_in "checkpatch --strict says"
}

# Programs have a libc instead of the kernel's helpers, and tables of macros
checkpatch_programs()
{
	local -a files
	local ignored="LONG_LINE_STRING,SPLIT_STRING,CONSIDER_KSTRTO"

	ignored+=",SSCANF_TO_KSTRTO,PREFER_KERNEL_TYPES,ARRAY_SIZE,BIT_MACRO"
	ignored+=",PREFER_DEFINED_ATTRIBUTE_MACRO,EMBEDDED_FUNCTION_NAME"
	ignored+=",AVOID_EXTERNS,NEW_TYPEDEFS,VOLATILE,CAMELCASE"
	ignored+=",COMPLEX_MACRO,MACRO_ARG_REUSE,REPEATED_WORD"
	mapfile -t files < <(program_sources)
	checkpatch "$ignored" "${files[@]}" |
		nothing_in "checkpatch --strict says"
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
		--suppress=missingIncludeSystem --suppress=autoVariables \
		--error-exitcode=1 \
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
