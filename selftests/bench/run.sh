#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# run.sh: measure what a packet costs, in instructions, with vxc and with what
# else Linux offers. Prints tables and leaves in build/bench/ the same as
# bench.md, bench.json with every figure, and bench.svg.
#
#   WAYS="floor vxc"   only these of guest/ways/
#   QUICK=1            boot each once, leave out the rows on scale
#   BOOTS=3            boot each so many times, each with another seed
#   RUNS=2             measure each row so many times in a boot
#   JOBS=1             so many guests at a time, instead of one a CPU

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=selftests/qemu/lab.sh
. "$here/../qemu/lab.sh"
# shellcheck source=selftests/bench/guests.sh
. "$here/guests.sh"

WAYS=${WAYS:-plain floor vxc vxc-fast vxc-protect vxc-oam vxc-meter vxc-class
	vxc-all vxc-envelope vxc-yellow vlanvlan vlanad flowtable vlanmirred
	bridge bridge-plain tc tc-police tc-class ovs macvlan ipvlan ipvlan-l3
	xdp xdp-native}
BOOTS=${BOOTS:-$((${QUICK:-0} ? 1 : 2))}

# What a way defines is what it is measured at
way_guests()
{
	local way=$1 seed=$2 file=$here/guest/ways/$1.sh jobs=''

	[ -e "$file" ] || die "no way '$way' in guest/ways"
	! defines "$way" w1 || jobs=w1:$way
	if defines "$way" l3; then
		guest "$way-vrf-$seed" "$seed" 1024 "vrf:$way"
		jobs+=${jobs:+,}l3:$way
	fi
	guest "$way-$seed" "$seed" 1024 "$jobs"
}

scale_guests()
{
	local way

	guest scale-bare 1 2048 scale-bare:bare
	for way in vxc vlanvlan; do
		[[ " ${WAYS//[[:space:]]/ } " == *" $way "* ]] || continue
		guest "scale-$way" 1 2048 "scale-$way:$way"
		guest "among-$way" 1 2048 "among-$way:$way"
	done
	[[ " ${WAYS//[[:space:]]/ } " != *" vxc "* ]] ||
		guest across-vxc 1 2048 across-vxc:vxc
}

# The long ones first
all_guests()
{
	local seed way

	[ "${QUICK:-0}" = 1 ] || scale_guests
	for ((seed = 1; seed <= BOOTS; seed++)); do
		for way in $WAYS; do
			way_guests "$way" "$seed"
		done
		guest "base-$seed" "$seed" 1024 base:base
	done
}

start=$SECONDS
prepare
if ! has_ovs && [[ $WAYS == *ovs* ]]; then
	say "without Open vSwitch: its rows are left out"
	WAYS=${WAYS/ovs/}
fi
all_guests > "$bench/guests"
rc=0
run_guests < "$bench/guests" || rc=$?
say "$(wc -l < "$bench/guests") guests took $((SECONDS - start)) seconds"
python3 -B "$here/report.py" "$bench" || rc=$?
exit "$rc"
