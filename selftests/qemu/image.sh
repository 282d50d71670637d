#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# image.sh: print the guest's user space, a squashfs, made if need be.
#
# Cached under a hash of this file: change the list and a new one is made.
# Nothing in it is compressed: an emulated CPU inflates slowly.

. "$(dirname "${BASH_SOURCE[0]}")/lab.sh"
. "$lab_dir/archive.sh"

packages=(
	bash iproute2 iputils-ping iputils-arping ethtool tcpdump nftables
	iperf3 socat frr python3 python3-scapy jq procps kmod strace libmnl0
)

make_image()
{
	local tree IFS=,

	say "making the guest's image (${#packages[@]} packages and theirs)"
	tree=$(mktemp -d "$lab_cache/image.XXXXXX")
	quietly "$lab_cache/log/image.log" mmdebstrap --variant=minbase \
		--include="${packages[*]}" \
		--dpkgopt='path-exclude=/usr/share/doc/*' \
		--dpkgopt='path-exclude=/usr/share/man/*' \
		--dpkgopt='path-exclude=/usr/share/locale/*' \
		bookworm "$tree" "$(source_line bookworm)"
	# zstd is named only because every kernel of ours accepts it
	quietly "$lab_cache/log/squashfs.log" mksquashfs "$tree" "$1" \
		-comp zstd -noI -noD -noF -noX -no-xattrs -noappend
	rm -rf "$tree"
}

hash=$(sha256sum "${BASH_SOURCE[0]}" | cut -c 1-12)
image=$lab_cache/image-$hash.squashfs
once "$image" make_image
echo "$image"
