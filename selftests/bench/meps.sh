#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# meps.sh: how many MEPs can a host have? Hosts with many of them at the ends
# of one wire, on a clock that counts instructions: no defect may show, no CCM
# may be lost. Then what one costs, sent and received. Prints a table, and KTAP.
#
#   QUICK=1            only the row that has most CCMs, and not for long
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

# Two CPUs would take turns on one clock: a program on the one would take half
# of it from the other.
rows()
{
	row alone 4000 100ms 5
	row alone 256 3.33ms 5
	row both 1000 100ms 5
	row both 64 3.33ms 5
	row both 2000 100ms 20
	row both 128 3.33ms 20
}

quick_rows()
{
	row both 128 3.33ms 3
}

rows=rows
[ "${QUICK:-0}" = 0 ] || rows=quick_rows
prepare
$rows | run_guests || die "a guest failed"
python3 -B "$here/meps.py" "$bench" "$($rows | wc -l)"
