#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# tested.sh KERNEL DIR: build what is tested and lay it out in DIR as it shall
# lie in the guest. Several at once are fine: the builds take turns.

. "$(dirname "${BASH_SOURCE[0]}")/lab.sh"

kernel=$1
dir=$2

mkdir -p "$lab_top/build/log"
exec {lock}> "$lab_top/build/tested.lock"
flock "$lock"

module=$("$lab_dir/module.sh" "$kernel")
mkdir -p "$dir/vxc"
cp "$module" "$dir/vxc/vxc.ko"

if [ -e "$lab_top/userspace/Makefile" ]; then
	quietly "$lab_top/build/log/userspace.log" \
		make -C "$lab_top/userspace"
	mkdir -p "$dir/usr/sbin" "$dir/usr/lib/x86_64-linux-gnu/ip"
	cp "$lab_top/userspace/vxc" "$dir/usr/sbin"
	[ ! -e "$lab_top/userspace/link_vxc.so" ] ||
		cp "$lab_top/userspace/link_vxc.so" \
			"$dir/usr/lib/x86_64-linux-gnu/ip"
fi
[ ! -e "$lab_top/selftests/Makefile" ] ||
	quietly "$lab_top/build/log/selftests.log" \
		make -C "$lab_top/selftests"
