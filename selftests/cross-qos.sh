#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Bandwidth and classes of a circuit whose frames cross from end to end: each
# leg meters what comes in by it and what leaves by it, the tags that the
# attachment puts on are marked, the customer's own are not touched.
#
#   C   c1    c2            customer
#       |     |
#   P   p1    p2            circuit acme: end a at p1, end z at p2

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

ALL_TESTS="
	crossing_is_metered_at_both_ends
	crossing_shares_with_peerings
	yellow_stays_yellow
	classes_mark_the_attachment
	classes_mark_under_every_attachment
	dscps_are_rewritten_on_the_way
	what_is_not_carried_is_not_charged
	changes_lose_no_conforming_frame
"

setup_all()
{
	setup_provider
	quiet_ns "$C"
	[[ -n $P ]] && quiet_ns "$P"
	wire sync sync
	two_wires
}

# acme LEG Z-LEG SETTINGS...
acme()
{
	v port show p1 > /dev/null 2>&1 || must v port add p1
	v port show p2 > /dev/null 2>&1 || must v port add p2
	must v circuit add acme leg "$1" z-leg "$2" loop-guard off "${@:3}"
	until_eq 5 up circ state
}

# of END FILTER: of the leg of that end
of()
{
	jqv ".[0].legs[] | select(.end == \"$1\") | $2 // 0" show acme
}

# color END DIRECTION FIELD: of all classes
color()
{
	of "$1" "[.colors[].$2.$3] | add"
}

frames()
{
	{
		echo "netns C $C"
		echo "netns P $(pns)"
		echo "sync C:sync P:sync"
		cat
	} | must "$PROGS/frames" run
}

across()
{
	echo "send C:c1 $1"
	echo "tap P:p1"
	[[ -z $2 ]] || echo "expect C:c2 $2"
}

back()
{
	echo "send C:c2 $1"
	echo "tap P:p2"
	[[ -z $2 ]] || echo "expect C:c1 $2"
}

flood()
{
	read -r _ SENT _ _ _ US < <("$PROGS/frames" flood "$@")
}

# Frames of 1000 bytes with both tags.
A="8100:100 8100:10 pay=978"
Z="8100:200 8100:10 pay=978"

crossing_is_metered_at_both_ends()
{
	acme p1:100 p2:200 bandwidth 1k burst 20000
	flood count 50 "$C:c1" "$A"
	check_eq "frames from a" "$(color a rx green_packets)" 20
	check_eq "their bytes" "$(color a rx green_bytes)" 20000
	check_eq "red frames from a" "$(color a rx red_packets)" 30
	check_eq "frames dropped" "$(of a .drops.red)" 30
	check_eq "frames to z" "$(color z tx green_packets)" 20
	check_eq "their bytes" "$(color z tx green_bytes)" 20000
	check_eq "frames sent at z" "$(of z .stats.tx_packets)" 20
	flood count 50 "$C:c2" "$Z"
	check_eq "frames from z" "$(color z rx green_packets)" 20
	check_eq "red frames from z" "$(color z rx red_packets)" 30
	check_eq "frames to a" "$(color a tx green_packets)" 20
	check_eq "drops at z" "$(of z .drops.red)" 30
	check_eq "drops at a" "$(of a .drops.red)" 30
}

# What a leg sends is limited too, wherever it comes from.
crossing_shares_with_peerings()
{
	acme p1:100 p2:200 bandwidth 1k burst 20000
	must v peering add acme-p circuit acme cvid 20
	must pip link set acme-p up
	flood count 12 "$(pns):acme-p" "- pay=978"
	flood count 15 "$C:c2" "$Z"
	check_eq "frames from z" "$(color z rx green_packets)" 15
	check_eq "received at z" "$(of z .stats.rx_packets)" 15
	check_eq "frames to a" "$(color a tx green_packets)" 20
	check_eq "red frames to a" "$(color a tx red_packets)" 7
	check_eq "drops at a" "$(of a .drops.red)" 7
	check_eq "drops at z" "$(of z .drops)" '{}'
	check_eq "sent at a" "$(of a .stats.tx_packets)" 20
	flood count 15 "$C:c1" "8100:100 8100:20 pay=978"
	flood count 15 "$C:c1" "$A"
	check_eq "frames from a" "$(color a rx green_packets)" 20
	check_eq "of the peering" \
		"$(jqv '.[0].stats.rx_packets' peering show acme-p)" 15
}

# The leg it leaves by has tokens for green; it takes none of them for yellow.
yellow_stays_yellow()
{
	acme p1:100 p2:200 bandwidth 10k burst 20000 tolerance 20
	flood count 60 "$C:c1" "$A"
	check_eq "green from a" "$(color a rx green_packets)" 20
	check_eq "yellow from a" "$(color a rx yellow_packets)" 20
	check_eq "green to z" "$(color z tx green_packets)" 20
	check_eq "yellow to z" "$(color z tx yellow_packets)" 20
	must v circuit set acme color-mode aware tolerance 50
	frames <<- SCRIPT
		$(back "8100:200.p3.d 8100:10" "8100:100.p3.d 8100:10")
		$(back "8100:200.p3 8100:10.d" "8100:100.p3 8100:10.d")
	SCRIPT
	check_eq "yellow from z" "$(color z rx yellow_packets)" 1
	check_eq "yellow to a" "$(color a tx yellow_packets)" 1
	check_eq "green to a" "$(color a tx green_packets)" 1
}

classes_mark_the_attachment()
{
	local ip

	acme p1:100 p2:200 classes teams
	for ip in 4 6; do
		set -- "8100:7.p1.d ip=$ip"
		across "8100:100 $1 dscp=46" "8100:200.p5 $1 dscp=46"
		across "8100:100.p7 $1 dscp=18" "8100:200.p4 $1 dscp=18"
		across "8100:100.p7 $1 dscp=10" "8100:200.p0 $1 dscp=10"
		across "8100:100.p7.d $1 dscp=46" "8100:200.p5.d $1 dscp=46"
		back "8100:200 $1 dscp=46" "8100:100.p5 $1 dscp=46"
		across "8100:100 ip=$ip dscp=46" "8100:200.p5 ip=$ip dscp=46"
	done | frames
	across "8100:100.p7" "8100:200" | frames
	check_eq "frames of voice from a" "$(of a \
		'(.colors[] | select(.class == "voice") | .rx.green_packets)')" 6
	check_eq "frames of voice to z" "$(of z \
		'(.colors[] | select(.class == "voice") | .tx.green_packets)')" 6
}

classes_mark_under_every_attachment()
{
	local voice="ip=4 dscp=46"

	acme p1:100 p2:200.30 classes teams
	{
		across "8100:100 $voice" "8100:200.p5 8100:30.p5 $voice"
		across "8100:100 8100:7 $voice" \
			"8100:200.p5 8100:30.p5 8100:7 $voice"
		back "8100:200 8100:30 8100:7 $voice" "8100:100.p5 8100:7 $voice"
	} | frames
	vxc_flush
	must v port add p1 tpid 9100
	acme p1:100 p2:untagged classes teams
	{
		across "9100:100 $voice" "$voice"
		back "$voice" "9100:100.p5 $voice"
	} | frames
	vxc_flush
	acme p1:100 'p2:*' classes teams
	{
		across "8100:100 8100:9.p1 $voice" "8100:9.p1 $voice"
		back "8100:9.p1 $voice" "8100:100.p5 8100:9.p1 $voice"
	} | frames
}

dscps_are_rewritten_on_the_way()
{
	local dscp ip

	acme p1:100 p2:200 classes teams
	for ((dscp = 1; dscp < 64; dscp += 2)); do
		for ip in 4 6; do
			set -- "ip=$ip ecn=$((dscp / 2 % 4))"
			across "8100:100 8100:7 $1 dscp=$dscp" \
				"8100:200 8100:7 $1 dscp=0"
			back "8100:200 8100:7 8100:8 $1 dscp=$dscp" \
				"8100:100 8100:7 8100:8 $1 dscp=0"
		done
	done | frames
}

# A C-VID that does not cross, a frame that is too long.
what_is_not_carried_is_not_charged()
{
	acme p1:100 p2:200 bandwidth 1k burst 20000 cvids 10
	flood count 50 "$C:c1" "8100:100 8100:11 pay=978"
	check_eq "unknown C-VIDs" "$(of a '.drops["unknown-cvid"]')" 50
	check_eq "green" "$(color a rx green_packets)" 0
	flood count 30 "$C:c1" "$A"
	check_eq "green" "$(color a rx green_packets)" 20
}

changes_lose_no_conforming_frame()
{
	local i n sent watch flood

	n=$(scale 100)
	acme p1:100 p2:200 bandwidth 1G
	must v port set p1 oversubscription 0
	must v port set p2 oversubscription 0
	background "$WORK/watch" "$PROGS/frames" watch "$C"
	watch=$BG
	wait_for 5 grep -q ready "$WORK/watch"
	background "$WORK/flood" "$PROGS/frames" flood gap 100 \
		"$C:c1" "8100:100 8100:10"
	flood=$BG
	for ((i = 0; i < n; i++)); do
		echo "circuit set acme bandwidth 400G"
		echo "circuit set acme bandwidth 500M classes teams"
		echo "circuit set acme bandwidth 0"
		echo "circuit set acme bandwidth 1G classes none"
	done > "$WORK/changes"
	must v -batch "$WORK/changes"
	finish "$flood"
	finish "$watch"
	read -r _ sent _ < "$WORK/flood"
	diag "$sent frames, $((4 * n)) changes"
	check_eq "frames that did not arrive once and in order" \
		"$(grep ^distinct "$WORK/watch")" \
		"distinct $sent duplicate 0 late 0 lost 0"
	check_eq "red frames" "$(color a rx red_packets)" 0
}

run_tests
