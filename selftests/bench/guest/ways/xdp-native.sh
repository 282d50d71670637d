# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034,SC2153,SC2154 # from and for lib.sh
# The same program on frames that never become an skb, made by the kernel's own
# generator. It is timed from outside: its figures are raw, with no baseline

w1()
{
	xdp load pa pb 100 200 /sys/fs/bpf/cross
}

# The generator uses its pages again: a frame comes back with the new VID, which
# the map translates into itself
w1_alone()
{
	local size i runs ns out

	out=$(expect pb "8100.200 0000.0" "$dmac_w1" 0)
	for size in 64 1518; do
		runs=
		for ((i = 0; i < RUNS; i++)); do
			bench count 0
			ns=$(xdp live pa 6400 64 $size \
				/sys/fs/bpf/cross)
			bench show
			runs+=${runs:+,}$(sed "s/^{/{\"frames\":6400,\"batch\":1,\"med\":$ns,/" "$control")
		done
		bench count 1
		xdp live pa 128 64 $size /sys/fs/bpf/cross > /dev/null
		bench show
		printf 'row {"way":"%s","work":"w1","case":"%sB-raw","base":"none",' \
			"$1" $size
		printf '"expect":{%s},"runs":[%s],"verified":%s}\n' \
			"$out" "$runs" \
			"$(sed 's/^{/{"frames":128,/' "$control")"
	done
}

down()
{
	rm -f /sys/fs/bpf/cross
}
