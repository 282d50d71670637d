# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034,SC2154 # from and for lib.sh
# An XDP program on the port in generic mode: looks the VID up in a hash map,
# rewrites it, redirects. NICs leave the tag in the frame then

w1()
{
	IN_FRAME=1
	xdp load pa pb 100 200 /sys/fs/bpf/cross &&
	ip link set dev pa xdpgeneric pinned /sys/fs/bpf/cross
}

down()
{
	rm -f /sys/fs/bpf/cross
}
