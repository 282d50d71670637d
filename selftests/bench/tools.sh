#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# tools.sh: print a folder with the guest's user space unpacked, and with Open
# vSwitch's tools in it if they can be had.

# shellcheck source=selftests/qemu/lab.sh
. "$(dirname "${BASH_SOURCE[0]}")/../qemu/lab.sh"
# shellcheck source=selftests/qemu/archive.sh
. "$lab_dir/archive.sh"

ovs=(
	openvswitch-common openvswitch-switch libcap-ng0 libunbound8
	libnghttp2-14 libevent-2.1-7 libxdp1 libbpf1
)

unpack_image()
{
	say "unpacking the guest's image"
	quietly "$lab_cache/log/unsquashfs.log" \
		unsquashfs -quiet -no-progress -no-xattrs -d "$1" "$image" \
		usr lib lib64 bin sbin
}

# Nothing depends on it but its own rows
unpack_ovs()
{
	mkdir -p "$1"
	(open_suite bookworm && unpack_packages bookworm "$1" "${ovs[@]}") ||
		say "Open vSwitch cannot be had: its rows are left out"
}

image=$("$lab_dir/image.sh")
name=$(basename "$image" .squashfs)
dir=$lab_cache/bench-$name
once "$dir/root" unpack_image
once "$dir/ovs" unpack_ovs
echo "$dir"
