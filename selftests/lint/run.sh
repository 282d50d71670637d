#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# run.sh [CHECK...]: everything that can be told without running the code.
# Every check is a function of code.sh or tree.sh and counts as one.

here=$(dirname "${BASH_SOURCE[0]}")
# shellcheck source=selftests/qemu/lab.sh
. "$here/../qemu/lab.sh"
# shellcheck source=selftests/qemu/results.sh
. "$lab_dir/results.sh"
. "$here/files.sh"
. "$here/code.sh"
. "$here/tree.sh"

checks=(
	spec_is_generated module_w1 module_sparse module_i386
	checkpatch_module checkpatch_programs kernel_doc cppcheck_programs
	shellcheck_scripts yamllint_files man_pages
	spdx_lines file_lengths no_inline versions_in_compat whitespace
	no_machine_paths
)

cd "$lab_top"
[ $# -gt 0 ] || set -- "${checks[@]}"
first=$(wc -l < "$VXC_RESULTS")
for check in "$@"; do
	counted "lint: ${check//_/ }" "$check"
done
tail -n "+$((first + 1))" "$VXC_RESULTS" | "$lab_dir/total.sh"
