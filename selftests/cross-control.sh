#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Layer 2 control protocols that are to cross a circuit, go to the host or end
# there, and PAUSE, which never crosses, whatever tags it is behind.
#
#   C  csync  ca0 cz0  ca1 cz1 ...     a wire for each end of each circuit
#       |      |   |
#   P  psync   a0  z0   a1  z1 ...     circuit x0 joins a0 to z0, and so on

# shellcheck source=cross-lib.sh
. "$(dirname "$0")/cross-lib.sh"

ALL_TESTS="
	control_protocols_follow_the_table
	pause_never_crosses
	nor_does_pause_behind_the_tags_of_a_leg
"

setup_all()
{
	setup_circuits
}

# What each protocol is known by
L2CP="
	stp 01:80:c2:00:00:00
	stp 01:80:c2:00:00:08
	stp 01:00:0c:cc:cc:cd
	pause 01:80:c2:00:00:01
	lacp 01:80:c2:00:00:02
	eapol 01:80:c2:00:00:03
	other 01:80:c2:00:00:04
	elmi 01:80:c2:00:00:07
	other 01:80:c2:00:00:0b
	mrp 01:80:c2:00:00:0d
	lldp 01:80:c2:00:00:0e
	other 01:80:c2:00:00:0f
	mrp 01:80:c2:00:00:20
	mrp 01:80:c2:00:00:21
	mrp 01:80:c2:00:00:2f
	cfm 01:80:c2:00:00:30
	cfm 01:80:c2:00:00:3f
	cdp 01:00:0c:cc:cc:cc
	none 01:80:c2:00:00:10
	none 01:80:c2:00:00:40
	none 01:00:0c:cc:cc:cb
	none 01:80:c2:00:01:00
"

# What becomes of all of them where ACTION is that of PROTOCOL, or all tunnel
l2cp_frames()
{
	local protocol dst action

	while read -r protocol dst; do
		[[ -n $dst ]] || continue
		action=tunnel
		[[ $protocol != pause ]] || action=discard
		[[ $protocol != "$1" ]] || action=$2
		echo "send C:ca0 8100:100 dst=$dst"
		echo "tap P:a0"
		case $action in
		tunnel) echo "expect C:cz0 8100:200 dst=$dst" ;;
		peer) echo "hosted P:a0" ;;
		esac
	done <<< "$L2CP"
}

control_protocols_follow_the_table()
{
	local protocol n

	acme
	l2cp_frames none tunnel | frames
	check_eq "discarded" "$(of a drops.l2cp)" 1
	for protocol in stp lacp eapol elmi lldp mrp cdp cfm other; do
		n=$(of a drops.l2cp)
		must v circuit set acme l2cp "$protocol=discard"
		l2cp_frames "$protocol" discard | frames
		check_eq "discarded with $protocol" "$(of a drops.l2cp)" \
			$((n + 1 + $(grep -c "^	$protocol " <<< "$L2CP")))
		must v circuit set acme l2cp "$protocol=peer"
		{
			echo "host P"
			l2cp_frames "$protocol" peer
		} | frames
		must v circuit set acme l2cp "$protocol=tunnel"
	done
	check_eq "the table" "$(circ 'l2cp | map(.) | unique | join(" ")')" \
		"discard tunnel"
}

pause_never_crosses()
{
	acme
	{
		across "8100:100 dst=01:80:c2:00:00:01 type=8808" ""
		across "8100:100 dst=02:00:00:00:00:01 type=8808" ""
		across "8100:100 dst=02:00:00:00:00:01" "8100:200"
	} | frames
	check_eq "discarded" "$(of a drops.l2cp)" 2
	refused 'pause never crosses circuit acme' \
		circuit set acme l2cp pause=tunnel
	must v circuit set acme l2cp pause=peer
	check_eq "pause" "$(circ l2cp.pause)" peer
}

# comes NUMBER TAGS ARRIVES TYPE: to unicast; "" arrives nowhere
comes()
{
	local rest="dst=02:00:00:00:00:01 type=$4"

	echo "send C:ca$1 $2 $rest"
	echo "tap P:a$1"
	[[ -z $3 ]] || echo "expect C:cz$1 $3 $rest"
}

# pause_on TPID: of the ports at a
pause_on()
{
	local i in

	for ((i = 0; i < 16; i++)); do
		in=$(tags_of "${ATTACHMENTS[i / 4]}" "$1" 100 10)
		comes "$i" "$in" "" 8808
		comes "$i" "$in" "$(tags_of "${ATTACHMENTS[i % 4]}" \
			8100 200 20)" 88b5
	done
	# A tag of the customer's makes it data, a priority tag does not.
	comes 0 "$1:100 8100:7" "8100:200 8100:7" 8808
	comes 5 "$1:100 8100:10 8100:7" "8100:200 8100:20 8100:7" 8808
	comes 15 8100:7 8100:7 8808
	comes 8 8100:0.p5 "" 8808
	comes 15 8100:0.p5 "" 8808
}

# What an attachment has put on comes off, and an untagged leg would send the
# rest to the neighbour there as PAUSE of its own.
nor_does_pause_behind_the_tags_of_a_leg()
{
	local tpid

	for tpid in 8100 88a8 9100; do
		circuits "$tpid" 8100
		pause_on "$tpid" | frames
		check_eq "discarded, TPID $tpid" "$(jqv \
			'[.[].legs[].drops.l2cp // 0] | add' show)" 18
		check_eq "sent, TPID $tpid" "$(jqv \
			'[.[].legs[].stats.tx_packets] | add' show)" 19
		must v circuit set x5 l2cp pause=peer
		{
			echo "host P"
			echo "send C:ca5 $tpid:100 8100:10 type=8808"
			echo "tap P:a5"
			echo "hosted P:a5"
		} | frames
		vxc_flush
	done
}

run_tests
