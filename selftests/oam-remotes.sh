#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# One MEP and several remote MEPs: each is heard, missed and shown by itself,
# and the leg fails when none is left.

# shellcheck source=oam-lib.sh
. "$(dirname "$0")/oam-lib.sh"

ALL_TESTS="
	the_set_is_configured
	one_that_is_missed_is_a_defect
	the_leg_fails_when_none_is_heard
	rdi_of_one_of_several
	who_is_not_in_the_set
	the_set_is_edited
	sixteen
"

declare -A REMOTE_PID

# remote MEPID KEY=VALUE...: its CCMs over the primary leg, from now on.
remote()
{
	local id=$1

	shift
	background "$WORK/remote$id" "$PROGS/oam-peer" ccm "$C:c1" \
		tags=8100:100 "ma=$MA1" code="$CODE" us="$US" mepid="$id" \
		"src=02:00:00:00:01:$(printf %02x $((id % 256)))" "$@"
	REMOTE_PID[$id]=$BG
}

hush()
{
	local id

	for id in "$@"; do
		finish "${REMOTE_PID[$id]}"
	done
}

# each FILTER: of all remote MEPs of the primary leg.
each()
{
	mep "[.remotes[] | $1] | join(\",\")"
}

# All of them: MEPID, seen and defects.
remotes()
{
	each '"\(.mepid) \(.seen) \(.defects | join(" "))"'
}

# three: circuit acme, both legs heard, the primary by 2, 3 and 700.
three()
{
	acme oam ccm "$CCM" "$@"
	must v leg set circuit acme role primary oam remote 2,3,700
	remote 2
	remote 3
	remote 700
	ccm 2
	until_eq 10 "2 true ,3 true ,700 true " remotes
	until_eq 10 "" defects
	until_eq 10 "" defects secondary
	until_eq 10 "up none" leg_state
}

the_set_is_configured()
{
	local many

	watch
	acme oam ccm "$CCM" remote 2,3,700
	check_eq "the set" "$(each .mepid)" 2,3,700
	check_eq "the first" "$(mep .remote)" 2
	check_eq "the set of the secondary leg" \
		"$(mep '[.remotes[].mepid] | join(",")' secondary)" 2,3,700
	v show acme | grep -q 'mepid 1 remote 2,3,700'
	check_err $? "show does not tell the set"
	v show acme | grep -q '^ *remote 700 never seen'
	check_err $? "show does not tell each remote MEP"
	# CCMs are as they would be with one.
	wait_for 10 seen "^c1 0180c2000034${P1}8100e0648902$(
		ccm_hex "0$CODE" 1 "$MA1")\$"
	finish "$WATCH"
	refused 'MEPID 1 cannot be that of both ends' leg set circuit acme \
		role primary oam remote 2,1
	refused 'MEPID 3 is given for two' leg set circuit acme role primary \
		oam remote 2,3,3
	refused 'MEPID 2 is given for two' leg set circuit acme role primary \
		oam remote 2,3,2
	refused 'MEPID 3 cannot be that of both' leg set circuit acme \
		role primary oam mepid 3
	no v leg set circuit acme role primary oam remote 2,8192
	no v leg set circuit acme role primary oam remote 2,
	many=$(seq -s , 2 18)
	refused 'at most 16 remote MEPs' leg set circuit acme role primary \
		oam remote "$many"
	check_eq "after what was refused" "$(each .mepid)" 2,3,700
	must v leg set circuit acme role primary oam level 3
	check_eq "after another change" "$(each .mepid)" 2,3,700
	must v leg set circuit acme role primary oam remote 9
	check_eq "one is no set" "$(mep '"\(.remote) \(.remotes)"')" "9 null"
}

one_that_is_missed_is_a_defect()
{
	local monitor

	three
	check_eq "counted apart" "$(each '.ccm_rx > 0')" true,true,true
	check_eq "nothing lost" "$(each .ccm_lost)" 0,0,0
	check_eq "addresses" "$(each .address)" \
		02:00:00:00:01:02,02:00:00:00:01:03,02:00:00:00:01:bc
	check_eq "port status" "$(each .port_status)" 2,2,2
	check_eq "RDI is sent" "$(mep .rdi_sent)" false
	background "$WORK/monitor" v -j monitor circuit
	monitor=$BG
	wait_for 10 monitor_runs acme
	hush 3
	until_eq 10 "2 true ,3 true loc,700 true " remotes
	check_eq "the MEP" "$(defects)" loc
	check_eq "RDI is sent" "$(mep .rdi_sent)" true
	check_eq "the leg" "$(leg_state)" "up none"
	check_eq "the circuit" "$(circ state) $(circ active)" "up primary"
	wait_for 10 told 3
	# The MEP's defects stay what they are, and yet it is told.
	hush 700
	until_eq 10 "2 true ,3 true loc,700 true loc" remotes
	wait_for 10 told 3,700
	remote 3
	until_eq 10 "2 true ,3 true ,700 true loc" remotes
	check_eq "the MEP" "$(defects)" loc
	wait_for 10 told 700
	remote 700
	until_eq 10 "" defects
	check_eq "RDI is sent" "$(mep .rdi_sent)" false
	check_eq "switches" "$(circ switches)" 0
	finish "$monitor"
	hush 2 3 700
	quiet 2
}

# told MEPID,MEPID: an event said that just these are missed.
told()
{
	jq -e --arg ids "$1" 'select(.kind == "oam").circuit.legs |
		map(select(.role == "primary"))[0].mep.remotes |
		[.[] | select(.defects | contains(["loc"])).mepid] |
		join(",") | select(. == $ids)' "$WORK/monitor" > /dev/null
}

the_leg_fails_when_none_is_heard()
{
	three
	hush 2 3
	until_eq 10 "2 true loc,3 true loc,700 true " remotes
	check_eq "the leg" "$(leg_state)" "up none"
	hush 700
	until_eq 10 "down ccm-loss" leg_state
	check_eq "the circuit" \
		"$(circ state) $(circ active) $(circ request)" \
		"degraded secondary signal-fail"
	remote 700
	until_eq 10 "up none" leg_state
	check_eq "still missed" "$(remotes)" \
		"2 true loc,3 true loc,700 true "
	until_eq 10 primary circ active
	hush 700
	quiet 2
	# One that was never seen does not keep a leg up, nor makes it fail.
	must v circuit del acme force
	acme oam ccm "$CCM" remote 2,3
	until_eq 10 "2 false loc,3 false loc" remotes
	check_eq "none was seen" "$(leg_state)" "up none"
	remote 3
	until_eq 10 "2 false loc,3 true " remotes
	hush 3
	until_eq 10 "down ccm-loss" leg_state
}

rdi_of_one_of_several()
{
	three
	hush 3
	remote 3 rdi=1
	until_eq 10 "2 true ,3 true rdi,700 true " remotes
	check_eq "the MEP" "$(defects)" rdi
	check_eq "the leg" "$(leg_state)" "up none"
	check_eq "no RDI for an RDI" "$(mep .rdi_sent)" false
	# All of them miss one that we need not know.
	hush 2 700
	remote 2 rdi=1
	remote 700 rdi=1
	until_eq 10 "2 true rdi,3 true rdi,700 true rdi" remotes
	check_eq "the leg" "$(leg_state)" "up none"
	hush 3
	until_eq 10 "2 true rdi,3 true loc,700 true rdi" remotes
	check_eq "the MEP" "$(defects)" "loc rdi"
	hush 2 700
	until_eq 10 "down ccm-loss" leg_state
	check_eq "what was said last is not known" "$(defects)" loc
	quiet 2
}

who_is_not_in_the_set()
{
	three
	remote 4
	until_eq 10 unexpected-mep defects
	check_eq "the leg" "$(leg_state)" "down unexpected-mep"
	check_eq "the set" "$(remotes)" "2 true ,3 true ,700 true "
	hush 4
	until_eq 10 "up none" leg_state
	hush 3
	# No sign of life, for that one alone.
	remote 3 code=$((CODE - 1))
	until_eq 10 "loc unexpected-period" defects
	check_eq "the set" "$(remotes)" "2 true ,3 true loc,700 true "
	check_eq "the leg" "$(leg_state)" "up none"
	hush 2 3 700
	quiet 2
}

the_set_is_edited()
{
	three
	hush 700
	until_eq 10 "2 true ,3 true ,700 true loc" remotes
	must v leg set circuit acme role primary oam remote 2,3
	check_eq "who stays was seen" "$(remotes)" "2 true ,3 true "
	check_eq "who was missed has gone" "$(defects)" ""
	must v leg set circuit acme role primary oam remote 3,2,5
	check_eq "in another order" "$(remotes)" "3 true ,2 true ,5 false "
	until_eq 10 "3 true ,2 true ,5 false loc" remotes
	check_eq "the leg" "$(leg_state)" "up none"
	must v leg set circuit acme role primary oam remote 3
	check_eq "one" "$(mep '"\(.remote) \(.seen)"')" "3 true"
	until_eq 10 "unexpected-mep" defects
	hush 2
	until_eq 10 "up none" leg_state
	check_eq "switches" "$(circ active)" primary
	hush 3
	until_eq 10 "down ccm-loss" leg_state
	quiet 2
}

sixteen()
{
	local id ids

	ids=$(seq -s , 8176 8191)
	acme oam ccm 1s remote "$ids"
	check_eq "the set" "$(each .mepid)" "$ids"
	for id in {8176..8191}; do
		remote "$id" code=4 us=1000000
	done
	until_eq 20 true mep 'all(.remotes[]; .seen)'
	until_eq 20 "" defects
	for id in {8176..8190}; do
		hush "$id"
	done
	until_eq 20 15 mep '[.remotes[] | select(.defects == ["loc"])] |
		length'
	check_eq "the last" "$(mep '.remotes[15] | "\(.mepid) \(.defects)"')" \
		"8191 []"
	check_eq "the leg" "$(leg_state)" "up none"
	hush 8191
	until_eq 20 "down ccm-loss" leg_state
}

run_tests
