#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# native.sh: measure what a packet costs in nanoseconds at the speed of this
# machine: Debian's kernel under KVM where that works, else User Mode Linux.
# Prints tables and leaves in build/bench-native/ the same as native.md, and
# native.json with every figure.
#
#   WAYS="floor vxc"   only these of guest/ways/
#   CASES="64B 1500B"  these kinds of frames, of those in guest/lib.sh
#   BOOTS=3            boot each way so many times
#   RUNS=5             measure each row so many times in a boot
#   ENGINE=uml         and not KVM

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=selftests/qemu/lab.sh
. "$here/../qemu/lab.sh"
# shellcheck source=selftests/bench/guests.sh
. "$here/guests.sh"

bench=$lab_top/build/bench-native
BOOTS=${BOOTS:-3}
CASES=${CASES:-64B}
read -rd '' -a ways <<< "${WAYS:-plain floor vxc vxc-fast vxc-meter vxc-class
	vlanvlan macvlan vlanmirred bridge tc ovs}" || true

# In ${engine}, and in the environment what run_guests needs for it
choose_engine()
{
	local kernel

	engine=uml
	export BENCH_KERNEL=uml BENCH_VM=$here/uml.sh
	[ "${ENGINE:-kvm}" = kvm ] && [ -w /dev/kvm ] || return 0
	kernel=$("$lab_dir/kernel.sh" stock)
	VM_ACCEL=$("$lab_dir/accel.sh" "$("$lab_dir/emulator.sh")/qemu" \
			"$kernel" "$("$lab_dir/initrd.sh" "$kernel")")
	[[ $VM_ACCEL == *kvm* ]] || return 0
	engine=kvm
	export VM_ACCEL BENCH_KERNEL=stock BENCH_VM=$here/vm.sh
}

# unable WAY: print why this engine cannot measure it, if so
unable()
{
	case $engine:$1 in
	*:ovs)		has_ovs || echo "Open vSwitch's tools cannot be had" ;;
	*:xdp-native)	echo "it is timed from outside" ;;
	uml:xdp)	echo "the kernel has no JIT for BPF" ;;
	uml:flowtable)	echo "the kernel has no flow tables" ;;
	esac
}

choose_ways()
{
	local way why able=()

	for way in "${ways[@]}"; do
		[ -e "$here/guest/ways/$way.sh" ] ||
			die "no way '$way' in guest/ways"
		why=$(unable "$way")
		if [ -z "$why" ]; then
			able+=("$way")
		else
			say "without $way: $why"
		fi
	done
	ways=("${able[@]}")
}

# A way has a boot of its own, since some leave dear things behind (Open vSwitch
# connection tracking), with the baseline before and after
way_jobs()
{
	local jobs=rate:plain,base:base

	! defines "$1" w1 || jobs+=,w1:$1
	! defines "$1" l3 || jobs+=,l3:$1
	echo "$jobs,base:base"
}

all_guests()
{
	local seed way

	for ((seed = 1; seed <= BOOTS; seed++)); do
		for way in "${ways[@]}"; do
			guest "$way-$seed" "$seed" 512 "$(way_jobs "$way")"
		done
	done
}

start=$SECONDS
"$lab_dir/deps.sh"
choose_engine
choose_ways
rm -rf "$bench/boots"
mkdir -p "$bench/boots"
"$here/initrd.sh" "$bench/initrd"
cp "$("$lab_dir/kernel.sh" "$BENCH_KERNEL")/release" "$bench/kernel"
echo "$engine" > "$bench/engine"
all_guests > "$bench/guests"
# One after the other, so that no two take each other's time
export JOBS=1 RUNS=${RUNS:-5}
export BENCH_ARGS="bench.only=${CASES// /,} bench.more=burst=50,batches=500"
rc=0
run_guests < "$bench/guests" || rc=$?
say "$(wc -l < "$bench/guests") boots took $((SECONDS - start)) seconds"
python3 -B "$here/native.py" "$bench" || rc=$?
exit "$rc"
