#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Layer 2 control protocols that are to cross a circuit, go to the host or end
# there, and PAUSE, which never crosses.

# shellcheck source=cross-lib.sh
. "$(dirname "$0")/cross-lib.sh"

ALL_TESTS="
	control_protocols_follow_the_table
	pause_never_crosses
"

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

run_tests
