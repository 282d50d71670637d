#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# watch.sh: do CPUs get in each other's way? Two CPUs send the same frames
# through the same circuit, and a plugin of QEMU watches which cache lines one
# of them writes that the other uses. Where nothing is metered, vxc has none of
# them. It counts indirect calls as well, which retpolines make dear. Prints a
# table, and KTAP.
#
#   WAYS="vxc bridge"  only these of guest/ways/
#   WORK="w1 w2"       only this work

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=selftests/qemu/lab.sh
. "$here/../qemu/lab.sh"
# shellcheck source=selftests/bench/guests.sh
. "$here/guests.sh"

bench=$lab_top/build/bench-watch
WAYS=${WAYS:-floor vxc vxc-fast vxc-protect vxc-oam vxc-meter vxc-class
	vlanvlan}
WORK=${WORK:-w1 w2 w3 w4}

jobs_of()
{
	local way work need

	for way in $WAYS; do
		for work in $WORK; do
			need=l3
			[ "$work" != w1 ] || need=w1
			! defines "$way" "$need" || printf ',watch:%s:%s' \
				"$way" "$work"
		done
	done
}

prepare
gcc -O2 -Wall -shared -fPIC -o "$bench/watch.so" "$here/watch.c"
jobs=$(jobs_of)
name=$bench/boots/watch
SECONDS_MAX=${SECONDS_MAX:-1500} \
BENCH_ARGS="mitigations=off tsc=reliable clocksource=tsc nowatchdog" \
VM_ACCEL="-accel tcg,thread=multi -cpu max" \
VM_ARGS="-smp 2 -plugin $bench/watch.so,out=$name.lines \
	-serial file:$name.symbols.gz" \
	"$here/vm.sh" "$name" "$bench/initrd" 1 1024 "${jobs#,}"
python3 -B "$here/watch.py" "$name"
