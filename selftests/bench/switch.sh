#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# switch.sh: how long is a circuit out when a line fails? Fails and mends a line
# many times for each kind of failure and CCM interval, while frames go both
# ways, on a clock that counts instructions. Prints a table, and KTAP: each row
# has a bound. Leaves every figure in build/bench-switch/switch.json.
#
#   SWITCHES=500       so many for each row
#   JOBS=1             so many guests at a time, instead of one a CPU

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=selftests/qemu/lab.sh
. "$here/../qemu/lab.sh"
# shellcheck source=selftests/bench/guests.sh
. "$here/guests.sh"

bench=$lab_top/build/bench-switch
count=${SWITCHES:-500}
export SECONDS_MAX=${SECONDS_MAX:-3000}

# row KIND CCM PULSE-US
row()
{
	guest "$1-$2" 1 512 "switch:$1:$2:$3:$count"
}

prepare
{
	row silent 100ms 1000
	row one-way 100ms 1000
	row silent 10ms 250
	row one-way 10ms 250
	row silent 3.33ms 250
	row one-way 3.33ms 250
	row carrier 100ms 250
	row manual 100ms 250
} | run_guests || die "a guest failed"
python3 -B "$here/switch.py" "$bench" "$count"
