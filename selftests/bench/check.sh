#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# check.sh [--update]: has a packet become dearer, or a circuit? Measures the
# floor, vxc, and vxc with what can be bought besides, and fails when the
# distance from the floor has grown, against figures.json, by more than 3 % of
# what the row cost; when making a circuit takes 5 % more; when one takes more
# than 2 KiB. Prints KTAP. The figures are deterministic: this is no timing.
# --update writes figures.json anew.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=selftests/qemu/lab.sh
. "$here/../qemu/lab.sh"
# shellcheck source=selftests/bench/guests.sh
. "$here/guests.sh"

bench=$lab_top/build/bench-check
prepare
jobs=base:base
for way in floor vxc vxc-fast vxc-class; do
	jobs+=,w1:$way,short:$way
done
{
	guest check 1 1024 "$jobs"
	guest scale 1 1024 scale-short:vxc
} | run_guests
python3 -B "$here/compare.py" "$bench" "$here/figures.json" "$@"
