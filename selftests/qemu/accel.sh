#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# accel.sh QEMU KERNEL_DIR INITRD_DIR: print the QEMU options for the fastest
# way to run this kernel here that works.
#
# A /dev/kvm that opens proves nothing: a stock kernel hangs in some of them.
# So KVM is used only where this kernel has come up under it, once per boot of
# this machine, in bounded time.

. "$(dirname "${BASH_SOURCE[0]}")/lab.sh"
. "$lab_dir/machine.sh"

qemu=$1
kernel=$2
initrd=$3
tcg="-accel tcg,thread=multi -cpu max"
kvm="-accel kvm -cpu host"
boot=$(cat /proc/sys/kernel/random/boot_id)
answer=$lab_cache/accel/$boot

boots_under_kvm()
{
	local dir rc=0
	# shellcheck disable=SC2034 # machine_args fills them
	local args cmdline

	dir=$(mktemp -d)
	machine_args "$kernel" "$initrd" "$dir/console" "$dir/verdict" 2 512
	# In a shell of its own, which may say that QEMU was aborted
	# shellcheck disable=SC2086 # options
	(timeout -k 1 15 "$qemu" $kvm "${args[@]}" \
		-append "$cmdline vxc.probe" < /dev/null
	 exit $?) > "$dir/qemu.log" 2>&1 || rc=1
	grep -q UP "$dir/verdict" 2>/dev/null || rc=1
	rm -rf "$dir"
	return "$rc"
}

try_kvm()
{
	mkdir -p "$1"
	if boots_under_kvm; then
		echo "$kvm" > "$1/options"
	else
		say "$(cat "$kernel/release") does not boot under KVM here: emulating"
		echo "$tcg" > "$1/options"
	fi
}

if ! { : < /dev/kvm; } 2>/dev/null || ! [ -w /dev/kvm ]; then
	echo "$tcg"
	exit
fi

# One kernel that hangs is enough to distrust it for all
if ! grep -qs tcg "$answer"/*/options; then
	once "$answer/$(cat "$kernel/release")" try_kvm
fi
if grep -qs tcg "$answer"/*/options; then
	echo "$tcg"
else
	echo "$kvm"
fi
