#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# run-tests.sh [-k KERNEL] [TEST.sh...]: run tests (all, if none is named) in a
# virtual machine. A test that takes the machine down has failed; the ones
# after it get a new machine. Where VXC_RESULTS names a file, the results are
# appended to it for the one who sums up.

. "$(dirname "${BASH_SOURCE[0]}")/lab.sh"
. "$lab_dir/results.sh"

kernel=stock
while getopts k: option; do
	case $option in
	k) kernel=$OPTARG ;;
	*) die "usage: run-tests.sh [-k KERNEL] [TEST.sh...]" ;;
	esac
done
shift $((OPTIND - 1))

if [ $# -gt 0 ]; then
	tests=("${@##*/}")
else
	cd "$lab_top/selftests"
	tests=(*.sh)
	mapfile -t tests < <(printf '%s\n' "${tests[@]}" | grep -v "lib\.sh$")
fi
for test in "${tests[@]}"; do
	[ -x "$lab_top/selftests/$test" ] || die "$test cannot be executed"
done

work=$results_dir
first=$(wc -l < "$VXC_RESULTS")
mkdir -p "$lab_top/build/log"
log=$lab_top/build/log/tests-$kernel-$$
machines=0

# One machine; its own verdict (exit status, splats, leaks) is a test too
run_machine()
{
	local rc=0 console=$log-$((machines += 1)).console

	: > "$work/started"
	: > "$work/ended"
	"$lab_dir/vm.sh" -k "$kernel" -t 7200 -l "$console" -- \
		./qemu/ktap-run.sh "$@" 2> "$work/stderr" |
		tee -a "$log.ktap" |
		awk -v suite="$kernel" -v results="$VXC_RESULTS" \
			-v started="$work/started" -v ended="$work/ended" \
			-f "$lab_dir/ktap-read.awk" || rc=$?
	if [ "$rc" != 125 ] && [ -s "$work/ended" ]; then
		result pass "$kernel: no complaint from the kernel"
		rm -f "$console"
	else
		result fail "$kernel: no complaint from the kernel"
		cat "$work/stderr"
	fi
}

# Those after the one that was running when the machine went down
not_reached()
{
	local test last seen=''

	last=$(cat "$work/started")
	if [ -z "$last" ] || grep -qx "$last" "$work/ended"; then
		return
	fi
	for test in "$@"; do
		[ -z "$seen" ] || echo "$test"
		[ "$test" != "$last" ] || seen=1
	done
}

set -o pipefail
while [ "${#tests[@]}" -gt 0 ]; do
	run_machine "${tests[@]}"
	mapfile -t tests < <(not_reached "${tests[@]}")
done

new_results()
{
	tail -n "+$((first + 1))" "$VXC_RESULTS"
}

# Emulation on a busy host is slow at times. Up to three scripts that failed
# run once more in a machine of their own, and that counts. What the kernel
# complained about stays.
once_more()
{
	local again

	! new_results | grep -q "^fail $kernel: no complaint" || return 0
	mapfile -t again < <(new_results |
		sed -n "s/^fail $kernel: \([^: ]*\.sh\).*/\1/p" | sort -u)
	[ "${#again[@]}" -gt 0 ] && [ "${#again[@]}" -le 3 ] || return 0

	echo "once more: ${again[*]}"
	{
		head -n "$first" "$VXC_RESULTS"
		new_results | grep -vE \
			"^ |^[a-z]+ $kernel: ($(IFS='|'; echo "${again[*]}"))"
	} > "$work/kept"
	cat "$work/kept" > "$VXC_RESULTS"
	run_machine "${again[@]}"
}

once_more
new_results | "$lab_dir/total.sh"
