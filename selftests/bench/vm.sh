#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# vm.sh OUT INITRD SEED MB JOBS: one boot that does JOBS and leaves its results
# in OUT, its console in OUT.console. Fails when the guest did not get to its
# end. VM_ARGS are more arguments for QEMU, BENCH_ARGS for the guest.
#
# With -icount the clock counts instructions and nothing else, however busy
# this machine is. SEED goes to the generator behind the guest's RDRAND, so that
# boots differ in keys and hash seeds. VM_ACCEL is what to run the guest with
# instead, at the speed of this machine.

# shellcheck source=selftests/qemu/lab.sh
. "$(dirname "${BASH_SOURCE[0]}")/../qemu/lab.sh"

out=$1 initrd=$2 seed=$3 mb=$4 jobs=$5
kernel=$("$lab_dir/kernel.sh" stock)
qemu=$("$lab_dir/emulator.sh")/qemu

# "rep movsb" would count as one instruction a byte
counting="-accel tcg,thread=single -icount shift=0,sleep=off"
counting+=" -cpu max,-erms,-fsrm"
read -ra accel <<< "${VM_ACCEL:-$counting}"
args=(
	"${accel[@]}" -smp 1 -m "$mb" -seed "$seed"
	-rtc "base=2026-01-01T00:00:00,clock=vm"
	-nodefaults -no-user-config -no-reboot -display none -nic none
	-kernel "$kernel/bzImage" -initrd "$initrd"
	-serial "file:$out.console" -serial "file:$out"
)
read -ra more <<< "${VM_ARGS:-}"
cmdline="console=ttyS0 quiet panic=-1 oops=panic nokaslr norandmaps audit=0"
cmdline+=" random.trust_cpu=on net.ifnames=0"
cmdline+=" bench.runs=${RUNS:-3} bench.jobs=$jobs ${BENCH_ARGS:-}"
[ -n "${VM_ACCEL:-}" ] || cmdline+=" mitigations=off"

rm -f "$out" "$out.console"
rc=0
timeout -k 5 "${SECONDS_MAX:-500}" "$qemu" "${args[@]}" "${more[@]}" \
	-append "$cmdline" < /dev/null > "$out.qemu" 2>&1 || rc=$?
grep -aq '^done' "$out" 2>/dev/null ||
	die "$jobs: the guest did not end well (status $rc, see $out.console)"
"$lab_dir/splats.sh" "$out.console" >&2 ||
	die "$jobs: the kernel complained, see $out.console"
