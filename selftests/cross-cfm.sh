#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# CFM and the crossing of a circuit: a MEP ends its own level and all lower
# ones, from both sides, higher levels cross as they are (802.1Q clause 19.2).

# shellcheck source=cross-lib.sh
. "$(dirname "$0")/cross-lib.sh"

ALL_TESTS="
	every_level_crosses_without_a_mep
	a_mep_ends_its_level_and_lower_ones
	a_mep_ends_them_from_inside_too
	meps_at_both_ends
	every_attachment_has_its_mep
	tags_of_the_customer_go_by
	higher_levels_follow_l2cp
	a_peering_has_no_part_in_it
	ccms_of_both_live_side_by_side
"

# cfm LEVEL [OPCODE]: a PDU that is too short for what it says it is, so that a
# MEP to which it belongs refuses it and does not act on it
cfm()
{
	printf 'type=8902 hex=%02x%02x0446' $(($1 << 5)) "${2:-1}"
}

# kinds LEVEL: the ways in which a PDU of a level comes
kinds()
{
	echo "dst=01:80:c2:00:00:3$1 $(cfm "$1" 1)"
	printf 'dst=01:80:c2:00:00:3%x %s\n' $((8 + $1)) "$(cfm "$1" 3)"
	[[ -n ${GROUP:-} ]] || echo "dst=02:00:00:00:00:77 $(cfm "$1" 47)"
}

KINDS=3

# levels HOW FIRST LAST TAGS [OUT]: all of them across or back
levels()
{
	local level kind

	for ((level = $2; level <= $3; level++)); do
		while read -r kind; do
			"$1" "$4 $kind" "${5:-}"
		done < <(kinds "$level")
	done
}

# mep END LEVEL: it sends little that could disturb
mep()
{
	must v leg set circuit acme end "$1" role primary \
		oam ccm 1m level "$2" maid string:test
}

no_mep()
{
	must v leg set circuit acme end "$1" role primary oam off
}

every_level_crosses_without_a_mep()
{
	acme
	{
		levels across 0 7 "8100:100.p5" "8100:200.p5"
		levels back 0 7 "8100:200" "8100:100"
		levels across 0 7 "8100:100 8100:7" "8100:200 8100:7"
	} | frames
	check_eq drops "$(jqv '[.[0].legs[].drops[]] | add' show acme)" null
	check_eq "sent at z" "$(of z stats.tx_packets)" $((2 * 8 * KINDS))
}

a_mep_ends_its_level_and_lower_ones()
{
	local level before

	acme
	for ((level = 0; level < 8; level++)); do
		mep a "$level"
		before=$(of a drops.oam)
		{
			levels across 0 "$level" "8100:100"
			levels across $((level + 1)) 7 "8100:100" "8100:200"
		} | frames
		check_eq "ended by a MEP of level $level" \
			$(($(of a drops.oam) - before)) \
			$(((level + 1) * KINDS))
	done
	no_mep a
	levels across 0 7 "8100:100" "8100:200" | frames
}

a_mep_ends_them_from_inside_too()
{
	local level before

	acme
	for ((level = 0; level < 8; level++)); do
		mep z "$level"
		before=$(of a drops.oam)
		{
			levels across 0 "$level" "8100:100"
			levels across $((level + 1)) 7 "8100:100" "8100:200"
		} | frames
		check_eq "ended by a MEP of level $level" \
			$(($(of a drops.oam) - before)) \
			$(((level + 1) * KINDS))
		check_eq "refused by that MEP" "$(of z mep.rejected)" 0
	done
	no_mep z
	levels across 0 7 "8100:100" "8100:200" | frames
}

meps_at_both_ends()
{
	acme
	mep a 2
	mep z 5
	{
		levels across 0 5 "8100:100"
		levels across 6 7 "8100:100" "8100:200"
		levels back 0 5 "8100:200"
		levels back 6 7 "8100:200" "8100:100"
	} | frames
	check_eq "dropped at a" "$(of a drops.oam)" $((6 * KINDS))
	check_eq "dropped at z" "$(of z drops.oam)" $((6 * KINDS))
	check_eq "refused at a" "$(of a mep.rejected)" $((3 * KINDS))
	check_eq "refused at z" "$(of z mep.rejected)" $((6 * KINDS))
}

# each ATTACHMENT TAGS: a MEP of level 3 there, the other end without one
each()
{
	must v leg set circuit acme role primary "$1"
	until_eq 5 up circ state
	{
		levels across 0 3 "$2"
		levels across 4 7 "$2" "8100:200"
		levels back 0 3 "8100:200"
		levels back 4 7 "8100:200" "$2"
	} | frames
	((RET == 0)) || diag "with $1 and $2"
}

every_attachment_has_its_mep()
{
	local tpid

	for tpid in 8100 88a8 9100; do
		ports "$tpid"
		must v circuit add acme leg a0:100 z-leg z0:200 loop-guard off
		mep a 3
		each a0:100 "$tpid:100"
		each a0:100.10 "$tpid:100 8100:10"
		each a0:untagged "-"
		each 'a0:*' "-"
		check_eq "dropped at a" "$(of a drops.oam)" $((4 * 4 * KINDS))
		check_eq "dropped at z" "$(of z drops.oam)" $((4 * 4 * KINDS))
		vxc_flush
	done
}

# The MEP is the leg's; under a C-tag is another world.
tags_of_the_customer_go_by()
{
	acme
	mep a 7
	mep z 7
	{
		levels across 0 7 "8100:100 8100:7" "8100:200 8100:7"
		levels back 0 7 "8100:200 8100:7.p3" "8100:100 8100:7.p3"
		levels across 0 7 "8100:100 8100:0.p3" "8100:200 8100:0.p3"
		levels across 0 7 "8100:100 88a8:7" "8100:200 88a8:7"
	} | frames
	check_eq drops "$(jqv '[.[0].legs[].drops[]] | add' show acme)" null
}

# peered FRAME: it goes to the host
peered()
{
	echo "send C:ca0 $1"
	echo "tap P:a0"
	echo "hosted P:a0"
}

# Of the group addresses; unicast is none of a protocol.
higher_levels_follow_l2cp()
{
	local GROUP=1

	acme l2cp cfm=discard
	mep a 3
	levels across 0 7 "8100:100" | frames
	check_eq "discarded" "$(of a drops.l2cp)" $((4 * 2))
	check_eq "ended by the MEP" "$(of a drops.oam)" $((4 * 2))
	must v circuit set acme l2cp cfm=peer
	{
		echo "host P"
		levels across 0 3 "8100:100"
		levels peered 4 7 "8100:100"
	} | frames
	check_eq "ended by the MEP" "$(of a drops.oam)" $((2 * 4 * 2))
	must v circuit set acme l2cp cfm=tunnel
	levels across 4 7 "8100:100" "8100:200" | frames
	check_eq "discarded" "$(of a drops.l2cp)" $((4 * 2))
}

a_peering_has_no_part_in_it()
{
	acme
	must v peering add acme-p circuit acme cvid 10
	must pip link set acme-p up
	mep a 3
	{
		levels across 0 3 "8100:100"
		levels across 4 7 "8100:100" "8100:200"
		levels back 0 3 "8100:200"
		levels across 0 7 "8100:100 8100:11" "8100:200 8100:11"
		levels back 0 7 "8100:200 8100:11" "8100:100 8100:11"
		levels back 0 7 "8100:200 8100:10"
	} | frames
	check_eq "of the peering from z" "$(of z drops.foreign)" $((8 * KINDS))
	check_eq "of the MEP from z" "$(of z drops.oam)" $((4 * KINDS))
	must v peering del acme-p
}

# Customers' CCMs of level 5 go through two MEPs of level 4 that are alive.
ccms_of_both_live_side_by_side()
{
	local n ccm=100ms code=3 us=100000

	if ((KSFT_SLOW > 1)); then
		ccm=1s
		code=4
		us=1000000
	fi
	acme
	must v leg set circuit acme role primary \
		oam ccm "$ccm" level 4 maid string:test
	must v leg set circuit acme end z role primary \
		oam ccm "$ccm" level 4 maid string:test
	background "$WORK/a" "$PROGS/oam-peer" ccm "$C:ca0" tags=8100:100 \
		code="$code" us="$us"
	background "$WORK/z" "$PROGS/oam-peer" ccm "$C:cz0" tags=8100:200 \
		code="$code" us="$us"
	until_eq 10 true of a 'mep.ccm_rx > 3'
	until_eq 10 true of z 'mep.ccm_rx > 3'
	n=$(of z stats.tx_packets)
	background "$WORK/c" "$PROGS/oam-peer" ccm "$C:ca0" tags=8100:100 \
		level=5 ma=other count=20 us=10000
	until_eq 10 $((n + 20)) of z stats.tx_packets
	check_eq defects "$(jqv '[.[0].legs[].mep.defects[]] | length' \
		show acme)" 0
	check_eq drops "$(jqv '[.[0].legs[].drops[]] | add' show acme)" null
	check_eq state "$(circ state)" up
	# Of the MEPs' own level they would say that something is wrong
	background "$WORK/c" "$PROGS/oam-peer" ccm "$C:ca0" tags=8100:100 \
		level=3 us=100000
	until_eq 10 unexpected-level of a reason
}

run_tests
