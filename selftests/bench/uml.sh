#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# uml.sh OUT INITRD SEED MB JOBS: one boot under User Mode Linux, otherwise as
# vm.sh. It takes its random numbers from this machine, so SEED says nothing.
# BENCH_ARGS are more arguments for the guest.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=selftests/qemu/lab.sh
. "$here/../qemu/lab.sh"

out=$1 initrd=$2 mb=$4 jobs=$5
kernel=$("$lab_dir/kernel.sh" uml)
args=(
	"mem=${mb}M" "initrd=$initrd" quiet panic=-1 oops=panic
	net.ifnames=0 con=null "con0=null,fd:1" ssl=null "ssl1=null,fd:3"
	"bench.runs=${RUNS:-5}" "bench.jobs=$jobs"
)
read -ra more <<< "${BENCH_ARGS:-}"

quietly "$lab_top/build/log/xstate.log" gcc -O2 -Wall -shared -fPIC \
	-o "$out.so" "$here/xstate.c"
ulimit -c 0
rc=0
LD_PRELOAD=$out.so \
	timeout -k 5 "${SECONDS_MAX:-900}" "$kernel/linux" "${args[@]}" \
	"${more[@]}" < /dev/null > "$out.console" 2>&1 3> "$out" || rc=$?
grep -aq '^done' "$out" ||
	die "$jobs: the guest did not end well (status $rc, see $out.console)"
"$lab_dir/splats.sh" "$out.console" >&2 ||
	die "$jobs: the kernel complained, see $out.console"
