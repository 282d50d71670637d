#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# What else uses the devices of ports and peerings: filters, XDP, packet
# generators, qdiscs, netconsole, ethtool.

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=port-lib.sh
. "$(dirname "$0")/port-lib.sh"

ALL_TESTS="
	vlan_filter_is_told
	xdp_on_the_port
	frames_that_are_shared
	qdiscs_on_a_peering
	netconsole_on_a_peering
	ethtool_on_a_peering
	offload_toggles_under_traffic
	priority_tags_and_vlan_0
"

# The device's VLAN filter is told through vlan_vid_add() and _del(): a probe
# on these two sees it, whatever the device does about it.
vlan_filter_is_told()
{
	local trace=/sys/kernel/tracing

	mountpoint -q "$trace" || mount -t tracefs tracefs "$trace" 2> /dev/null
	# shellcheck disable=SC2016 # the kernel expands these
	if ! {
		echo 'p:vxc_add vlan_vid_add proto=$arg2:u16 vid=$arg3:u16'
		echo 'p:vxc_del vlan_vid_del proto=$arg2:u16 vid=$arg3:u16'
	} > "$trace/kprobe_events" 2> /dev/null; then
		skip "no kprobe events"
		return
	fi
	must v port add p1
	must v port add p2
	echo > "$trace/trace"
	echo 1 > "$trace/events/kprobes/enable"
	must v circuit add acme leg p1:100 leg p2:100
	must v circuit add other leg p1:100.10
	refused . circuit add third leg p1:300 leg p2:100
	must v circuit leg set other role primary p1:200
	must v port set p1 tpid 88a8
	must v circuit del acme force
	must v circuit del other force
	must v port del p1
	must v port del p2
	echo 0 > "$trace/events/kprobes/enable"
	awk 'match($0, /vxc_(add|del):/) {
			what = substr($0, RSTART + 4, 3)
			sub(/.*proto=/, "")
			sub(/ vid=/, " ")
			n[$1 " " $2] += what == "add" ? 1 : -1
			if (what == "add")
				adds[$1 " " $2]++
		}
		END { for (k in adds) print k, adds[k], n[k] }' \
		"$trace/trace" | sort > "$WORK/told"
	echo > "$trace/kprobe_events"
	# Network byte order: 129 is 0x8100, 43144 is 0x88a8.
	check_eq "protocol, VLAN ID, times told, of these not untold" \
		"$(awk '$2 == 100 || $2 == 200' "$WORK/told" | tr '\n' ',')" \
		"129 100 3 0,129 200 1 0,43144 100 1 0,43144 200 1 0,"
	check_eq "left in the filter" "$(awk '$4 != 0' "$WORK/told")" ""
}

# xdp MODE: a program on p1, while a frame has to pass or not.
xdp_on_the_port()
{
	local mode

	acme
	for mode in generic native; do
		background "$WORK/xdp" pexec "$PROGS/xdp" p1 "$mode" pass
		wait_for 5 grep -q . "$WORK/xdp"
		if ! grep -q attached "$WORK/xdp"; then
			skip "no XDP: $(< "$WORK/xdp")"
			finish "$BG"
			return
		fi
		frame_comes_through
		finish "$BG"
		frame_comes_through
	done
	background "$WORK/xdp" pexec "$PROGS/xdp" p1 generic drop
	wait_for 5 grep -q attached "$WORK/xdp"
	"$PROGS/frames" flood count 5 "$C:c1" "8100:100 8100:10" > /dev/null
	check_eq "frames that came past a dropping program" \
		"$(jqv '[.[0].legs[0] | .stats.rx_packets, (.drops[]?)] | add' \
			show acme)" 4
	must v port del p1 force
	finish "$BG"
	must v port add p1
	frame_comes_through
}

# pktgen keeps a reference to every frame it hands in: they are shared, and
# must not be written to. It may not send such frames through a peering.
frames_that_are_shared()
{
	local gen=/proc/net/pktgen

	if ! modprobe -q pktgen 2> /dev/null; then
		skip "no pktgen"
		return
	fi
	acme
	cat > "$WORK/pktgen" <<- 'END'
		set() { echo "$2" > "/proc/net/pktgen/$1"; }
		set kpktgend_0 "rem_device_all"
		set kpktgend_0 "add_device p1"
		for c in "xmit_mode netif_receive" "count 1000" "pkt_size 100" \
			"burst 4" "dst_mac 02:00:00:00:00:01" "dst 10.0.0.1" \
			"src_min 10.0.0.2" "src_max 10.0.0.2" \
			"vlan_id 10" "svlan_id 100"; do
			set p1 "$c"
		done
		set pgctrl start
		set kpktgend_0 "rem_device_all"
		set kpktgend_0 "add_device acme-p"
		set acme-p "clone_skb 10" 2> /dev/null && echo cloned
		set kpktgend_0 "rem_device_all"
	END
	check_eq "pktgen says" "$(pexec timeout 60 bash "$WORK/pktgen" 2>&1)" ""
	check_eq "frames received" \
		"$(jqv '.[0].legs[0].stats.rx_packets' show acme)" 1000
	rmmod pktgen
}

qdiscs_on_a_peering()
{
	local qdisc

	acme
	for qdisc in fq_codel htb prio fq; do
		pexec tc qdisc add dev acme-p root "$qdisc" 2> /dev/null ||
			continue
		frame_comes_through
		pexec tc qdisc del dev acme-p root
	done
	pexec tc qdisc add dev acme-p root fq_codel 2> /dev/null
	must v peering del acme-p
}

# It may be refused or it may work; a splat or a hang is neither.
netconsole_on_a_peering()
{
	acme
	addr_add pip acme-p 10.1.0.2/30
	if ! modinfo netconsole > /dev/null 2>&1; then
		skip "no netconsole"
		return
	fi
	if ! pexec modprobe netconsole \
		netconsole=@10.1.0.2/acme-p,6666@10.1.0.1/02:00:00:00:00:01 \
		2> "$WORK/err"; then
		diag "refused: $(< "$WORK/err")"
		return
	fi
	echo "<1>vxc-selftest: a line for netconsole" > /dev/kmsg
	must v peering del acme-p
	rmmod netconsole
}

ethtool_on_a_peering()
{
	acme
	if [[ -z $(type -P ethtool) ]]; then
		skip "no ethtool"
		return
	fi
	must pexec ethtool acme-p
	must pexec ethtool -i acme-p
	pexec ethtool -i acme-p | grep -q '^driver: vxc'
	check_err $? "$(pexec ethtool -i acme-p)"
	must pexec ethtool -k acme-p
	must pexec ethtool -T acme-p
	pexec ethtool -S acme-p > /dev/null 2>&1
	unwire c1
	pexec ethtool acme-p > /dev/null 2>&1
	must pexec ethtool -i acme-p
	pexec ethtool -T acme-p > /dev/null 2>&1
	wire c1 p1
}

offload_toggles_under_traffic()
{
	local in out i

	acme
	background "$WORK/in" "$PROGS/frames" flood "$C:c1" \
		"8100:100 8100:10" "$C:c1" "8100:100 8100:10 8100:3"
	in=$BG
	background "$WORK/out" "$PROGS/frames" flood "$(pns):acme-p" -
	out=$BG
	for ((i = 0; i < $(scale 8); i++)); do
		pexec ethtool -K p1 rxvlan off txvlan off > /dev/null 2>&1
		pexec ethtool -K p1 rxvlan on txvlan on > /dev/null 2>&1
	done
	finish "$in"
	finish "$out"
	frame_comes_through
}

# The core's VLAN 0, which every device that comes up gets, is not disturbed.
priority_tags_and_vlan_0()
{
	acme
	must v circuit add u leg p1:untagged
	must v peering add u-p circuit u
	pip link set u-p up
	must "$PROGS/frames" run <<- SCRIPT
		netns C $C
		netns P $(pns)
		sync C:sync P:sync
		send C:c1 8100:0.p5
		tap P:p1
		expect P:u-p -
		send C:c1 8100:100 8100:0.p3
		tap P:p1
	SCRIPT
	pip link set p1 down
	pip link set p1 up
	must v circuit del u force
	frame_comes_through
}

run_tests
