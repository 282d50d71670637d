#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# AIS and LCK that come in: what they make of a MEP.
#
#   C   c1    c2            a peer that a program plays
#       |     |
#   P   p1    p2            circuit acme: primary p1:100, secondary p2:200

# shellcheck source=oam-lib.sh
. "$(dirname "$0")/oam-lib.sh"

ALL_TESTS="
	ais_explains_a_loss
	lck_explains_a_loss
	ais_alone_fails_nothing
	other_alarms_are_rejected
	alarms_from_inside_are_not_for_the_mep
	a_flood_of_alarms_harms_nobody
"

# comes OPCODE-LEVEL-PDU: over leg 1 to its MEP of level 4.
comes()
{
	must "$PROGS/oam-peer" send "$C:c1" \
		"${2:-0180c2000034}${PEER_MAC}810000648902$1"
}

# A leg whose MEP has seen its peer, and sees it no more.
lost()
{
	acme oam ccm "$CCM"
	ccm 1
	ccm 2
	until_eq 10 "" defects
	until_eq 10 "" defects secondary
	quiet 1
	until_eq 10 "down ccm-loss" leg_state
}

# AIS of one a minute is followed by one of one a second: that one ends after
# three and a half seconds.
expires()
{
	local began

	began=$(now_ms)
	comes 8021040000
	until_eq 10 "$@"
	began=$(($(now_ms) - began))
	((began >= 3500)) || fail "expired after $began ms"
}

received()
{
	mep '"\(.ais_rx) \(.lck_rx) \(.rejected)"' "$@"
}

ais_explains_a_loss()
{
	local switches

	lost
	switches=$(circ switches)
	comes 8021060000
	until_eq 10 "down ais" leg_state
	check_eq "defects" "$(defects)" "ais loc"
	check_eq "the other leg" "$(leg_state secondary) $(defects secondary)" \
		"up none "
	check_eq "received" "$(received) $(received secondary)" "1 0 0 0 0 0"
	v show acme | grep -q 'down (ais)'
	check_err $? "show does not say so"
	# A change that is none to the peer leaves the leg down.
	must v leg set circuit acme role primary oam pcp 2
	check_eq "state" "$(leg_state)" "down ccm-loss"
	comes 8021060000
	until_eq 10 "down ais" leg_state
	expires "down ccm-loss" leg_state
	check_eq "switches" "$(circ switches)" "$switches"
	comes 8021060000
	until_eq 10 "down ais" leg_state
	# It does not stand in the way of a recovery.
	ccm 1
	until_eq 10 "up none" leg_state
	check_eq "defects" "$(defects)" ais
	quiet 1
	quiet 2
}

lck_explains_a_loss()
{
	lost
	comes 8021060000
	until_eq 10 "down ais" leg_state
	comes 8023060000 "$P1"
	until_eq 10 "down lck" leg_state
	check_eq "defects" "$(defects)" "ais lck loc"
	check_eq "received" "$(received)" "1 1 0"
	expires "lck loc" defects
	comes 8021060000
	until_eq 10 "ais lck loc" defects
	comes 8023040000
	until_eq 10 "down ais" leg_state
	quiet 2
}

ais_alone_fails_nothing()
{
	acme oam ccm "$CCM"
	ccm 1
	ccm 2
	until_eq 10 "" defects
	comes 8021060000
	comes 8023060000
	until_eq 10 "ais lck" defects
	check_eq "the leg" "$(leg_state)" "up none"
	check_eq "RDI" "$(mep .rdi_sent)" false
	check_eq "the circuit" \
		"$(jqv '.[0] | "\(.state) \(.switches)"' show acme)" "up 0"
	expires lck defects
	quiet 1
	quiet 2
}

other_alarms_are_rejected()
{
	local n=0 code

	lost
	# Other periods, of a lower level, to MIPs too, cut off, a TLV cut off.
	for code in 00 01 02 03 05 07; do
		comes "8021${code}0000"
		comes "8023${code}0000"
		((n += 2))
	done
	comes 6021040000
	comes 8021040000 0180c200003c
	comes 8021040000 0180c2000035
	comes 802104
	comes 80210400020005
	until_eq 10 $((n + 5)) mep .rejected
	check_eq "state" "$(leg_state) $(defects)" "down ccm-loss loc"
	check_eq "received" "$(received)" "0 0 $((n + 5))"
	quiet 2
}

# What comes to a leg from the other end of its circuit is the customer's.
alarms_from_inside_are_not_for_the_mep()
{
	local i level

	for i in 1 2; do
		v port show "p$i" > /dev/null 2>&1 || must v port add "p$i"
	done
	must v circuit add inside leg p1:101 z-leg p2:201
	must v leg set circuit inside end z role primary oam ccm 10m
	until_eq 10 up circ state inside
	watch
	for level in 8 a; do
		must "$PROGS/oam-peer" send "$C:c1" \
			"0180c200003$((0x$level / 2))${PEER_MAC}8100006589\
02${level}021060000"
	done
	# That of a higher level crosses.
	wait_for 10 seen "^c2 0180c2000035${PEER_MAC}810000c98902a021060000"
	check_eq "that of the MEP's level" \
		"$(grep -c '^c2 0180c2000034.*890280' "$WORK/watch")" 0
	check_eq "received" "$(jqv '.[0].legs[] | select(.end == "z").mep |
		"\(.ais_rx) \(.rejected) \(.defects)"' show inside)" "0 0 []"
	finish "$WATCH"
}

dropped()
{
	cip -s -j link show c1 | jq '.[0].stats64.tx.dropped'
}

a_flood_of_alarms_harms_nobody()
{
	local n dest=0180c2000034
	local frame="$dest${PEER_MAC}8100006489028021060000"

	n=$(scale 10000)
	acme oam ccm "$CCM"
	ccm 1
	ccm 2
	until_eq 10 "" defects
	until_eq 10 "" defects secondary
	must "$PROGS/oam-peer" send "$C:c1" "$frame" "$n"
	must "$PROGS/oam-peer" send "$C:c1" "${frame/8021060000/6021060000}" "$n"
	must "$PROGS/oam-peer" send "$C:c1" "${frame/8021060000/8021070000}" "$n"
	must "$PROGS/oam-peer" send "$C:c1" "${frame/8021060000/8023060000}" "$n"
	until_eq 10 $((4 * n)) accounted
	check_eq "defects" "$(defects) $(defects secondary)" "ais lck "
	check_eq "legs" "$(leg_state) $(leg_state secondary)" "up none up none"
	check_eq "switches" "$(circ switches)" 0
	quiet 1
	quiet 2
}

accounted()
{
	echo $(($(mep '.ais_rx + .lck_rx + .rejected') + $(dropped)))
}

run_tests
