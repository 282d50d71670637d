#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# check.sh [--update]: has a packet become dearer? Measures vxc and the floor
# in one guest and fails when the distance between them has grown, against
# figures.json, by more than 3 % of what the row cost. Prints KTAP. The figures
# are deterministic: this is no timing. --update writes figures.json anew.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=selftests/qemu/lab.sh
. "$here/../qemu/lab.sh"
# shellcheck source=selftests/bench/guests.sh
. "$here/guests.sh"

bench=$lab_top/build/bench-check
prepare
guest check 1 1024 base:base,short:floor,short:vxc | run_guests
python3 -B "$here/compare.py" "$bench" "$here/figures.json" "$@"
