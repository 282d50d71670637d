#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# meps.sh: how many MEPs can a host have? Hosts with many of them at the ends
# of one wire, on a clock that counts instructions: no defect may show, no CCM
# may be lost. Then what one costs, sent and received. Prints a table, and KTAP.
#
#   JOBS=1             so many guests at a time, instead of one a CPU

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=selftests/qemu/lab.sh
. "$here/../qemu/lab.sh"
# shellcheck source=selftests/bench/guests.sh
. "$here/guests.sh"

bench=$lab_top/build/bench-meps
export SECONDS_MAX=${SECONDS_MAX:-3000}

# row KIND COUNT CCM SECONDS
row()
{
	guest "$1-$2-${3/./_}" 1 1536 "meps:$1:$2:$3:$4"
}

prepare
{
	row alone 4000 100ms 5
	row alone 256 3.33ms 5
	row both 1000 100ms 5
	row both 64 3.33ms 5
} | run_guests || die "a guest failed"
# The two CPUs take turns on one clock: together they are as fast as one. So
# many MEPs, half of them at each end of the wire.
{
	row both 2000 100ms 20
	row both 128 3.33ms 20
} | VM_ARGS="-smp 2" run_guests || die "a guest failed"
python3 -B "$here/meps.py" "$bench"
