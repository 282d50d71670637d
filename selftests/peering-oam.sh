#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The MEPs of a peering against others: what they see is shown and told, and
# switches nothing; what they take and answer, and what passes.

# shellcheck source=peering-mep-lib.sh
. "$(dirname "$0")/peering-mep-lib.sh"

ALL_TESTS="
	defects_are_shown_and_switch_nothing
	wrong_ccms_are_defects
	several_remote_meps
	higher_levels_are_the_peerings
	what_the_host_sends_is_stopped
	requests_are_answered
	ping_and_trace
	a_chosen_remote_mep
	delay_and_loss_are_not_the_legs
"

# told ROLE DEFECTS: an event said that.
told()
{
	jq -e --arg role "$1" --arg defects "$2" \
		'select(.kind == "oam" and .peering.name == "acme-p").peering |
		.meps[] | select(.role == $role) | .defects | join(" ") |
		select(. == $defects)' "$WORK/monitor" > /dev/null
}

defects_are_shown_and_switch_nothing()
{
	local leg1 leg2 monitor

	acme oam ccm "$CCM"
	must v peering set acme-p oam ccm "$CCM"
	MA1=$KEY-1 ccm 1
	leg1=${CCM_PID[1]}
	MA2=$KEY-2 ccm 2
	leg2=${CCM_PID[2]}
	pccm 1
	pccm 2
	until_eq 10 "" pdefects
	until_eq 10 "" pdefects secondary
	until_eq 10 "" defects
	until_eq 10 "" defects secondary
	check_eq "RDI is sent" "$(pmep .rdi_sent)" false
	background "$WORK/monitor" v -j monitor
	monitor=$BG
	wait_for 10 monitor_runs acme
	quiet 1
	until_eq 10 loc pdefects
	check_eq "RDI is sent" "$(pmep .rdi_sent)" true
	check_eq "on the other leg" "$(pdefects secondary)" ""
	wait_for 10 told primary loc
	v show acme | grep -Eq '^ *oam leg primary ccm .* defects loc'
	check_err $? "show does not tell of it"
	v peering show acme-p | grep -Eq '^ *oam leg secondary ccm .* remote 2$'
	check_err $? "show does not tell of the other"
	untouched "loss"
	check_eq "the leg's MEP" "$(defects)" ""
	pccm 1 rdi=1
	until_eq 10 rdi pdefects
	wait_for 10 told primary rdi
	check_eq "no RDI for an RDI" "$(pmep .rdi_sent)" false
	quiet 1
	pccm 1
	until_eq 10 "" pdefects
	quiet 2
	until_eq 10 loc pdefects secondary
	wait_for 10 told secondary loc
	untouched "in the end"
	check_eq "the leg's MEP" "$(defects) $(defects secondary)" " "
	check_eq "refused there" \
		"$(mep .rejected) $(mep .rejected secondary)" "0 0"
	check_eq "lost" "$(mep .ccm_lost) $(mep .ccm_lost secondary)" "0 0"
	check_eq "the peering" "$(jqv '.[0] | "\(.state) \(.reason)"' \
		peering show acme-p)" "up none"
	quiet 1
	# The other way: the leg fails, and is left; the peering's MEP is well.
	pccm 1
	until_eq 10 "" pdefects
	finish "$leg1"
	until_eq 10 "down ccm-loss" leg_state
	until_eq 10 secondary circ active
	check_eq "on the leg that was left" "$(pdefects)" ""
	finish "$leg2"
	finish "$monitor"
	quiet 1
}

# wrong DEFECT KEY=VALUE...: beside CCMs that are right, on leg 1.
wrong()
{
	local defect=$1

	shift
	background "$WORK/wrong" "$PROGS/oam-peer" ccm "$C:c1" \
		"tags=8100:100 8100:10" "ma=$MA1" code="$CODE" us="$US" \
		src=02:00:00:00:00:03 "$@"
	until_eq 10 "$defect" pdefects
	finish "$BG"
	until_eq 10 "" pdefects
}

wrong_ccms_are_defects()
{
	acme
	must v peering add acme-q circuit acme cvid 20 oam ccm "$CCM"
	must v peering set acme-p oam ccm "$CCM"
	pccm 1
	until_eq 10 "" pdefects
	wrong mismerge ma=another
	wrong mismerge "ma=$KEY-1"
	wrong mismerge "ma=$KEY-1-20"
	wrong mismerge "ma=$MA2"
	wrong unexpected-mep mepid=3
	wrong unexpected-level level=3
	wrong unexpected-period code=$((CODE - 1))
	wrong loop mepid=1 "src=$(sed 's/../&:/g; s/:$//' <<< "$P1")"
	check_eq "the other leg has seen nothing" "$(pmep .seen secondary)" \
		false
	check_eq "nor has the other peering" \
		"$(jqv '[.[0].meps[].seen] | unique | join(" ")' \
			peering show acme-q)" false
	untouched "wrong CCMs"
	quiet 1
}

several_remote_meps()
{
	local monitor third

	acme
	must v peering set acme-p oam ccm "$CCM" remote 2,3
	pccm 1
	background "$WORK/ccm3" "$PROGS/oam-peer" ccm "$C:c1" \
		"tags=8100:100 8100:10" "ma=$MA1" code="$CODE" us="$US" \
		mepid=3 src=02:00:00:00:01:03
	third=$BG
	until_eq 10 "" pdefects
	background "$WORK/monitor" v -j monitor
	monitor=$BG
	wait_for 10 monitor_runs acme
	check_eq "addresses" "$(pmep '[.remotes[].address] | join(" ")')" \
		"02:00:00:00:00:02 02:00:00:00:01:03"
	quiet 1
	until_eq 10 '[["loc"],[]]' pmep '[.remotes[].defects]'
	wait_for 10 told primary loc
	finish "$third"
	until_eq 10 '[["loc"],["loc"]]' pmep '[.remotes[].defects]'
	untouched "all lost"
	finish "$monitor"
}

higher_levels_are_the_peerings()
{
	local before

	acme
	must v peering add acme-q circuit acme cvid 20
	must v peering set acme-p oam ccm 10m
	# Of its level and lower ones all is the MEP's, for better or worse.
	sends 0180c2000034 "81000064 8100000a" "8001044600"
	sends 0180c2000030 "81000064 8100000a" "0001044600"
	sends "$P1" "81000064 8100000a" "8003000400"
	until_eq 10 3 pmep .rejected
	check_eq "and dropped" "$(oam_drops)" 3
	check_eq "of no use to the peering" "$(rx_of acme-p)" 0
	sends 0180c2000035 "81000064 8100000a" "a001044600"
	sends 0180c2000037 "81000064 8100000a" "e001044600"
	until_eq 10 2 rx_of acme-p
	# Whose C-VID has no MEP takes all levels, as ever.
	for before in 0 1 2 3 4 5 6 7; do
		sends "0180c200003$before" "81000064 81000014" \
			"$(printf %02x $((before << 5)))01044600"
	done
	until_eq 10 8 rx_of acme-q
	check_eq "refused" "$(pmep .rejected) $(oam_drops)" "3 3"
	# Standby legs have MEPs, too, and still are none for traffic.
	must "$PROGS/oam-peer" send "$C:c2" \
		"0180c2000034${PEER_MAC} 810000c8 8100000a 8902 8001044600"
	until_eq 10 1 pmep .rejected secondary
	must "$PROGS/oam-peer" send "$C:c2" \
		"0180c2000035${PEER_MAC} 810000c8 8100000a 8902 a001044600"
	until_eq 10 1 jqv '.[0].legs[1].drops.standby' show acme
	must v peering set acme-p oam off
	sends 0180c2000034 "81000064 8100000a" "8001044600"
	until_eq 10 3 rx_of acme-p
}

# host_sends DEVICE LEVEL
host_sends()
{
	must "$PROGS/oam-peer" send "$(pns):$1" "0180c200003$2 020000000009
		8902 $(printf %02x $(($2 << 5)))0104460000000099"
}

# A MEP ends its level and all lower ones from both sides.
what_the_host_sends_is_stopped()
{
	watch
	acme
	must v peering add acme-u circuit acme
	must pip link set acme-u up
	must v peering set acme-p oam ccm 10m level 3
	host_sends acme-p 3
	host_sends acme-p 0
	until_eq 10 2 oam_drops
	host_sends acme-p 4
	wait_for 10 seen "^c1 0180c2000034020000000009810000648100000a890280010"
	check_eq dropped "$(oam_drops)" 2
	# Frames without a C-tag would come to the leg's MEP at the far end.
	host_sends acme-u 3
	wait_for 10 seen "^c1 0180c2000033020000000009810000648902600104"
	must v circuit set acme oam ccm 10m level 3
	host_sends acme-u 3
	until_eq 10 3 oam_drops
	host_sends acme-u 4
	wait_for 10 seen "^c1 0180c2000034020000000009810000648902800104"
	must v peering set acme-p oam off
	host_sends acme-p 3
	wait_for 10 seen "^c1 0180c2000033020000000009810000648100000a890260010"
	check_eq dropped "$(oam_drops)" 3
	finish "$WATCH"
}

requests_are_answered()
{
	local reply="$PEER_MAC${P1}8100e064${CTAG}8902"

	watch
	acme
	must v peering set acme-p oam ccm 10m
	sends "$P1" "81000064 8100000a" "8003000401020304030003aabbcc00"
	wait_for 10 seen "^c1 ${reply}8002000401020304030003aabbcc00"
	sends "$P1" "81000064 8100000a" \
		"802f0020 0000000100000002 $(zeros 24) 00"
	wait_for 10 seen "^c1 ${reply}802e00200000000100000002"
	sends 0180c2000034 "81000064 8100000a" \
		"80370010 0002 0000 cafe0001 00000005 00000000 00"
	wait_for 10 seen \
		"^c1 ${reply}8036001000020001cafe0001000000050000000100"
	check_eq rejected "$(pmep .rejected)" 0
	# Peerings are not switched by themselves: there is no APS for them.
	sends 0180c2000034 "81000064 8100000a" "80270004 b0010100 00"
	until_eq 10 1 pmep .rejected
	# An alarm is seen, and told.
	sends 0180c2000034 "81000064 8100000a" "80210400 00"
	until_eq 10 "ais" pmep '.defects - ["loc"] | join(" ")'
	check_eq "the leg" "$(leg_state)" "up none"
	finish "$WATCH"
}

# pinged WHAT WANT KEYWORD...: three pings are answered by that address.
pinged()
{
	local what=$1 want=$2

	shift 2
	v -j oam ping acme count 3 interval 10ms "$@" > "$WORK/ping"
	check_err $? "ping $what: $(< "$WORK/ping")"
	check_eq "ping $what" "$(jq -c '[.sent, .received,
		([.replies[].address] | unique[0])]' "$WORK/ping")" \
		"[3,3,\"$want\"]"
}

ping_and_trace()
{
	local one two

	acme
	must v peering set acme-p oam ccm "$CCM"
	other_end
	one=$(cip -j link show c1 | jq -r '.[0].address')
	two=$(cip -j link show c2 | jq -r '.[0].address')
	until_eq 10 "" pdefects
	until_eq 10 "" pdefects secondary
	check_eq "the remote MEP" "$(pmep .remote_address)" "$one"
	pinged "the first" "$one" peering acme-p
	pinged "over the secondary" "$two" peering acme-p role secondary
	pinged "with data" "$two" size 1000 peering acme-p role secondary \
		remote 2
	v -j oam trace acme peering acme-p role secondary > "$WORK/trace"
	check_err $? "trace: $(< "$WORK/trace")"
	check_eq trace "$(jq -c '.replies | map([.address, .ttl, .terminal])' \
		"$WORK/trace")" "[[\"$two\",63,true]]"
	refused 'MEPID 3 is no remote MEP, that is 2' oam ping acme \
		peering acme-p remote 3
	refused 'on port p1 leg primary has no MEP' oam ping acme
	refused 'no peering acme-x' oam ping acme peering acme-x
	refused 'at end a' oam ping acme peering acme-p end z
	must v circuit add beside
	refused 'acme-p is one of circuit acme, not of circuit beside' \
		oam ping beside peering acme-p
	must v circuit del beside
	must v peering set acme-p leg secondary
	pinged "of the one it has" "$two" peering acme-p
	refused 'does not use that leg' oam ping acme peering acme-p \
		role primary
	must v peering set acme-p oam off
	refused 'acme-p has no MEP' oam ping acme peering acme-p
	no_other_end
}

a_chosen_remote_mep()
{
	watch
	acme oam ccm "$CCM" remote 2,3,4
	must v peering set acme-p oam ccm "$CCM" remote 2,3,4
	MA1=$KEY-1 ccm 1 mepid=3 src=02:00:00:00:01:03
	until_eq 10 true mep '.remotes[1].seen'
	# What is asked goes to that one, and nobody here answers.
	no v oam ping acme count 1 remote 3
	seen "^c1 020000000103${P1}8100e06489028003"
	check_err $? "no LBM to the second remote MEP"
	no v oam trace acme remote 3
	seen "^c1 0180c200003c${P1}8100e06489028005.{12}40${P1}020000000103"
	check_err $? "no LTM for the second remote MEP"
	refused 'remote MEP 4 of leg primary was never seen' oam ping acme \
		remote 4
	refused 'remote MEP 2 .* never seen' oam trace acme
	refused 'MEPID 9 is no remote MEP, those are 2,3,4' oam trace acme \
		remote 9
	no v oam ping acme remote 8192
	quiet 1
	pccm 1 mepid=4 src=02:00:00:00:01:04
	until_eq 10 true pmep '.remotes[2].seen'
	no v oam ping acme count 1 peering acme-p remote 4
	seen "^c1 020000000104${P1}8100e064${CTAG}89028003"
	check_err $? "no LBM to the third of the peering's"
	refused 'remote MEP 3 .* never seen' oam ping acme peering acme-p \
		remote 3
	quiet 1
	finish "$WATCH"
}

delay_and_loss_are_not_the_legs()
{
	acme
	must v peering set acme-p oam ccm "$CCM" dm 20ms sl 20ms
	other_end
	until_eq 10 true pmep '.delay.count >= 20 and .loss.replies >= 20'
	check_eq loss "$(pmep '"\(.loss.far) \(.loss.near)"')" "0 0"
	v peering show acme-p | grep -q 'delay min .*ms mean'
	check_err $? "show says nothing of the delay"
	must pip link set acme-p down
	must "$VXC" -n "$C" peering set acme-p oam level 3
	until_eq 10 true pmep '.loss.sent > .loss.replies + 100'
	check_eq "what the legs lost" \
		"$(jqv '[.[0].legs[] | .. | .lost_ms? // 0] | add' sla acme)" 0
	untouched "loss"
	no_other_end
}

run_tests
