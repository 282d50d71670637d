#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# AIS and LCK that go out at one end of a circuit while the other one can carry
# nothing.
#
#   C   c1    c2    c3
#       |     |     |
#   P   p1    p2    p3       line: p1:100 to p3:300, or p1:100 p2:200 to p3:300

# shellcheck source=oam-lib.sh
. "$(dirname "$0")/oam-lib.sh"

ALL_TESTS="
	settings
	a_dead_end_is_told_at_the_other
	ais_of_every_attachment
	what_a_switch_mends_is_not_told
	a_drill_of_all_legs_locks
	a_circuit_that_is_down_is_locked
	nothing_is_told_unless_asked_for
	a_failure_that_comes_and_goes
	what_a_mep_learns_is_passed_on
	circuits_die_while_they_tell
	a_namespace_dies_while_they_tell
"

setup_all()
{
	setup_provider
	quiet_ns "$C"
	[[ -n $P ]] && quiet_ns "$P"
	two_wires && wire c3 p3 || return 1
	P1=$(mac_of p1)
	P2=$(mac_of p2)
	P3=$(mac_of p3)
}

mac_of()
{
	pip -j link show "$1" | jq -r '.[0].address' | tr -d :
}

# line KEY VALUE...: one leg at each end.
line()
{
	ports
	must v circuit add acme key "$KEY" leg p1:100 z-leg p3:300 "$@"
	until_eq 10 up circ state
}

# lines KEY VALUE...: two legs at end a.
lines()
{
	ports
	must v circuit add acme key "$KEY" leg p1:100 leg p2:200 \
		z-leg p3:300 "$@"
	until_eq 10 up circ state
}

ports()
{
	local i

	for i in 1 2 3; do
		cip link set "c$i" up
		v port show "p$i" > /dev/null 2>&1 || must v port add "p$i"
	done
}

# circuit TEXT: with what jq finds of it.
circuit()
{
	jqv ".[0] | \"$1\"" show acme
}

# alarm NUMBER [WHAT]: of the leg on that port.
alarm()
{
	jqv ".[0].legs[] | select(.port == \"p$1\").alarm.${2:-sent}" \
		show acme
}

# Frames that have arrived at a device of the customer, that match.
arrived()
{
	grep -Ec "^$1 $2" "$WORK/watch"
}

# An AIS or LCK PDU from the port's address up to the last octet of the frame:
# pdu MAC TAGS LEVEL OPCODE CODE
pdu()
{
	printf '0180c200003%x%s%s8902%x0%s%s0000$' "$3" "$1" "$2" $(($3 * 2)) \
		"$4" "$5"
}

# The same, padded with zeros to 60 octets and the tag that is not counted.
padded()
{
	local frame tags=$2

	frame=$(pdu "$@")
	frame=${frame%\$}
	printf '%s%s' "$frame" "$(zeros $(((120 - (${#frame} - \
		$(uncounted "$tags"))) / 2)))"
}

# The outer tag lies beside the frame while that is filled up.
uncounted()
{
	[[ -n $1 ]] && echo 8 || echo 0
}

settings()
{
	line
	check_eq "by default" "$(circuit '\(.ais) \(.ais_level)')" "0 5"
	check_eq "no leg says anything" \
		"$(jqv '[.[0].legs[] | has("alarm")] | any' show acme)" false
	refused 'every 2000 ms: only 1s and 1m' circuit set acme ais 2s
	no v circuit set acme ais-level 8
	must v circuit set acme ais 1m ais-level 7
	check_eq "as set" "$(circuit '\(.ais) \(.ais_level)')" "60000 7"
	v show acme | grep -q 'ais 1m ais-level 7'
	check_err $? "show does not say so"
	must v leg set circuit acme role primary oam ccm 1s level 6
	refused 'ais-level 6 of circuit acme is not above level 6 .* primary leg' \
		circuit set acme ais-level 6
	refused 'ais-level 7 .* level 7 of the MEP of its primary z-leg' \
		leg set circuit acme end z role primary oam ccm 1s level 7
	check_eq "after what was refused" \
		"$(circuit '\(.ais) \(.ais_level)')" "60000 7"
	must v circuit set acme ais off ais-level 0
	check_eq "off" "$(circ ais)" 0
}

a_dead_end_is_told_at_the_other()
{
	local began frame n

	watch
	line ais 1s ais-level 6
	check_eq "what a leg tells" "$(alarm 1) $(alarm 3)" "none none"
	frame=$(padded "$P3" 8100e12c 6 21 04)
	began=$(now_ms)
	cip link set c1 down
	wait_for 10 seen "^c3 $frame\$"
	until_eq 10 ais alarm 3
	check_eq "end a" "$(alarm 1)" none
	v show acme | grep -q 'sends ais'
	check_err $? "show does not say so"
	wait_for 10 test_ge arrived c3 3
	(($(now_ms) - began >= 2000)) || fail "more than one in a second"
	cip link set c1 up
	until_eq 10 up circ state
	until_eq 10 none alarm 3
	n=$(alarm 3 ais_tx)
	until_eq 10 "$n" arrived c3 ""
	check_eq "frames as they should be" "$(arrived c3 "$frame\$")" "$n"
	check_eq "frames elsewhere" "$(grep -cv '^c3\|ready' "$WORK/watch")" 0
	check_eq "LCK" "$(alarm 3 lck_tx) $(alarm 1 lck_tx)" "0 0"
	finish "$WATCH"
}

# test_ge COMMAND ARGUMENT... N: prints at least N.
test_ge()
{
	local n=${*: -1}

	(($("${@:1:$#-1}" "") >= n))
}

ais_of_every_attachment()
{
	local at

	ports
	watch
	for at in "300.400 8100e12c8100e190" "untagged " "* "; do
		must v circuit add acme leg p1:100 "z-leg" "p3:${at%% *}" \
			ais 1s
		until_eq 10 up circ state
		cip link set c1 down
		wait_for 10 seen "^c3 $(padded "$P3" "${at#* }" 5 21 04)\$"
		cip link set c1 up
		must v circuit del acme force
		: > "$WORK/watch"
	done
	# The priority is that of the leg's MEP.
	line ais 1m
	must v leg set circuit acme end z role primary oam ccm 10m pcp 3
	cip link set c1 down
	wait_for 10 seen "^c3 $(padded "$P3" 8100612c 5 21 06)\$"
	check_eq "in a minute" "$(alarm 3 ais_tx)" 1
	# Nobody waits for the rest of the minute.
	must v circuit set acme ais 1s ais-level 7
	wait_for 10 seen "^c3 $(padded "$P3" 8100612c 7 21 04)\$"
	cip link set c1 up
	finish "$WATCH"
}

what_a_switch_mends_is_not_told()
{
	watch
	lines ais 1s hold-off 10s
	cip link set c1 down
	until_eq 10 no-carrier circ 'legs[0].reason'
	check_eq "while the hold-off runs" "$(alarm 3)" none
	must v circuit set acme hold-off 0
	until_eq 10 secondary circ active
	check_eq "after the switch" "$(alarm 3) $(alarm 3 ais_tx)" "none 0"
	cip link set c2 down
	until_eq 10 ais alarm 3
	wait_for 10 seen "^c3 $(padded "$P3" 8100e12c 5 21 04)\$"
	cip link set c2 up
	until_eq 10 none alarm 3
	# The other way round it goes to the active leg alone.
	cip link set c1 up
	until_eq 10 "up primary" circuit '\(.state) \(.active)'
	cip link set c3 down
	until_eq 10 ais alarm 1
	check_eq "the standby leg" "$(alarm 2)" none
	wait_for 10 seen "^c1 $(padded "$P1" 8100e064 5 21 04)\$"
	cip link set c3 up
	until_eq 10 up circ state
	check_eq "frames over the standby leg" "$(arrived c2 "")" 0
	finish "$WATCH"
}

a_drill_of_all_legs_locks()
{
	watch
	lines ais 1s ais-level 7
	must v drill acme leg primary for 1h nowait
	until_eq 10 secondary circ active
	check_eq "one leg" "$(alarm 3)" none
	must v drill acme leg secondary for 1h force nowait
	until_eq 10 lck alarm 3
	wait_for 10 seen "^c3 $(padded "$P3" 8100e12c 7 23 04)\$"
	must v drill acme leg secondary stop
	until_eq 10 none alarm 3
	# What works beside it is locked out.
	must v circuit switch acme lockout
	until_eq 10 lck alarm 3
	must v circuit switch acme clear
	until_eq 10 none alarm 3
	# A failure beside it is no lock.
	cip link set c2 down
	until_eq 10 ais alarm 3
	cip link set c2 up
	must v drill acme leg primary stop
	until_eq 10 none alarm 3
	finish "$WATCH"
}

a_circuit_that_is_down_is_locked()
{
	watch
	lines ais 1s
	must v circuit set acme admin down
	wait_for 10 seen "^c1 $(padded "$P1" 8100e064 5 23 04)\$"
	wait_for 10 seen "^c2 $(padded "$P2" 8100e0c8 5 23 04)\$"
	wait_for 10 seen "^c3 $(padded "$P3" 8100e12c 5 23 04)\$"
	check_eq "legs" "$(alarm 1) $(alarm 2) $(alarm 3)" "lck lck lck"
	must v circuit set acme admin up
	check_eq "again" "$(alarm 1) $(alarm 2) $(alarm 3)" "none none none"
	must v circuit set acme provisioning not-provisioned
	until_eq 10 lck alarm 3
	must v circuit set acme provisioning provisioned
	check_eq "AIS" "$(alarm 1 ais_tx) $(alarm 3 ais_tx)" "0 0"
	finish "$WATCH"
}

nothing_is_told_unless_asked_for()
{
	watch
	line
	cip link set c1 down
	until_eq 10 down circ state
	check_eq "frames unless asked for" "$(grep -c '^c' "$WORK/watch")" 0
	must v circuit set acme ais 1s
	until_eq 10 ais alarm 3
	must v circuit set acme ais off
	until_eq 10 "none" alarm 3
	cip link set c1 up
	until_eq 10 up circ state
	must v circuit del acme force
	# Without an end z there is nobody to tell but of a lock.
	must v circuit add acme leg p1:100 leg p2:200 ais 1s
	cip link set c1 down
	cip link set c2 down
	until_eq 10 down circ state
	check_eq "what the legs tell" "$(alarm 1) $(alarm 2)" "none none"
	cip link set c1 up
	cip link set c2 up
	until_eq 10 up circ state
	must v circuit set acme admin down
	wait_for 10 seen "^c1 $(padded "$P1" 8100e064 5 23 04)\$"
	finish "$WATCH"
}

# A failure that comes and goes as often as the peer likes.
a_failure_that_comes_and_goes()
{
	local began n

	line ais 1s
	must v leg set circuit acme role primary oam ccm "$CCM"
	ccm 1
	until_eq 10 "[]" jqv '.[0].legs[0].mep.defects' show acme
	quiet 1
	began=$(now_ms)
	must "$PROGS/oam-peer" ccm "$C:c1" tags=8100:100 "ma=$MA1" \
		code="$CODE" us=2000 count="$(scale 1000)" rdi=2
	n=$(alarm 3 ais_tx)
	((n > 2)) || fail "$n AIS"
	((n <= ($(now_ms) - began) / 100 + 1)) ||
		fail "$n AIS in $(($(now_ms) - began)) ms"
}

# A failure that the MEP of end a is told of is one for the customer at end z.
what_a_mep_learns_is_passed_on()
{
	watch
	line ais 1s ais-level 6
	must v leg set circuit acme role primary oam ccm "$CCM"
	ccm 1
	until_eq 10 "[]" jqv '.[0].legs[0].mep.defects' show acme
	check_eq "before" "$(alarm 3)" none
	# Of the customer's level it crosses as any other frame of the customer.
	must "$PROGS/oam-peer" send "$C:c1" \
		"0180c2000036${PEER_MAC}810000648902c021040000"
	wait_for 10 seen "^c3 0180c2000036${PEER_MAC}8100012c8902c021040000"
	must "$PROGS/oam-peer" send "$C:c1" \
		"0180c2000034${PEER_MAC}8100006489028021060000"
	quiet 1
	until_eq 10 ais circ 'legs[0].reason'
	wait_for 10 seen "^c3 $(padded "$P3" 8100e12c 6 21 04)\$"
	until_eq 10 ais alarm 3
	finish "$WATCH"
}


circuits_die_while_they_tell()
{
	local i

	ports
	watch
	for ((i = 0; i < $(scale 12); i++)); do
		must v circuit add acme leg p1:100 z-leg p3:300 ais 1s \
			admin down
		must v circuit del acme force
		must v circuit add acme leg p1:100 z-leg p3:300 ais 1s
		cip link set c1 down
		until_eq 10 ais alarm 3
		must v port del p3 force
		must v circuit del acme force
		must v port add p3
		cip link set c1 up
	done
	# What has gone tells nothing.
	must v circuit add acme leg p1:100 z-leg p3:301 ais 1s admin down
	wait_for 10 test_ge arrived c3 ".{24}8100e12d" 2
	check_eq "frames of circuits that are gone" "$(awk '
		/^c3 .*8100e12d/ { after = 1 }
		/^c3 .*8100e12c/ && after' "$WORK/watch")" ""
	wait_for 1 test_ge arrived c3 ".{24}8100e12c" 2
	finish "$WATCH"
}

a_namespace_dies_while_they_tell()
{
	local P C

	setup_ns C P
	quiet_ns "$C"
	two_wires && wire c3 p3
	line ais 1s
	must v circuit add other leg p1:101 z-leg p3:301 ais 1s admin down
	watch
	wait_for 10 test_ge arrived c3 1
	finish "$WATCH"
	ip netns del "$P"
	wait_for 10 wires_are_gone
}

wires_are_gone()
{
	! ip -n "$C" link show c3
}

run_tests
