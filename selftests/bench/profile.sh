#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# profile.sh [WAY [WORK]]: where the instructions of W2, or of w1 or w4, go,
# function by function, less what making and freeing the packet takes. QEMU logs
# every instruction it executes for a while, which needs no support of the
# guest's kernel.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=selftests/qemu/lab.sh
. "$here/../qemu/lab.sh"
# shellcheck source=selftests/bench/guests.sh
. "$here/guests.sh"

way=${1:-vxc}
work_name=${2:-w2}
bench=$lab_top/build/bench-profile
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# trace NAME JOB: an instruction a line in $work/NAME.trace
trace()
{
	local name=$1 pid rc=0

	VM_ARGS="-serial file:$work/$name.symbols.gz -D $work/$name.trace \
		-monitor unix:$work/$name.monitor,server=on,wait=off" \
		nice -n 10 "$here/vm.sh" "$work/$name" "$bench/initrd" 1 1024 \
		"$2:$way:$work_name" &
	pid=$!
	python3 -B "$here/trace.py" "$work/$name" || rc=$?
	wait "$pid" || rc=$?
	return "$rc"
}

[ -n "${PROFILE_KEEP:-}" ] || prepare
trace packets profile
trace null profile-null
python3 -B "$here/profile.py" "$work/packets" "$work/null"
