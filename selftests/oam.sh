#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# MEPs against a program: CCMs on the wire, the defects that follow from those
# that come, what is answered, and hostile PDUs. SEED=N repeats the run, FUZZ=N
# is its length.

# shellcheck source=oam-lib.sh
. "$(dirname "$0")/oam-lib.sh"

ALL_TESTS="
	ccms_on_the_wire
	ccms_of_every_attachment
	intervals_and_ranges
	a_peer_never_seen_fails_nothing
	silence_switches_and_ccms_switch_back
	silence_is_noticed_in_time
	rdi_fails_the_leg
	wrong_ccms_are_defects
	a_higher_level_passes
	own_ccms_come_back
	requests_are_answered
	replies_are_rationed
	a_mep_follows_its_leg
	hostile_pdus
"

ccms_on_the_wire()
{
	local got want=0

	watch
	acme oam ccm "$CCM"
	# Nobody is there: after 3.5 intervals they carry RDI.
	wait_for 10 seen "^c1 0180c2000034${P1}8100e0648902$(
		ccm_hex "0$CODE" 1 "$MA1")\$"
	wait_for 10 seen "^c2 0180c2000034[0-9a-f]{12}8100e0c88902$(
		ccm_hex "0$CODE" 1 "$MA2")\$"
	wait_for 10 seen "^c1 0180c2000034${P1}8100e0648902$(
		ccm_hex "8$CODE" 1 "$MA1")\$"
	must v circuit set acme oam level 6 mepid 8191 pcp 3 maid icc:VXC0001
	wait_for 10 seen "^c1 0180c2000036${P1}810060648902c001"
	seen "810060648902c0010.46.{8}1fff012007$(hex VXC0001)0000"
	check_err $? "no CCM of MEPID 8191 with the ICC"
	finish "$WATCH"
	# Numbers count up by one, from one.
	while read -r got; do
		check_eq "number of a CCM" "$((16#$got))" "$((want += 1))"
	done < <(sed -nE \
		's/^c2 0180c2000034.{12}8100e0c88902800.{3}46(.{8}).*/\1/p' \
		"$WORK/watch")
	((want >= 4))
	check_err $? "only $want CCMs of the secondary"
}

ccms_of_every_attachment()
{
	local at

	watch
	must v port add p1
	for at in "100.200 8100e0648100e0c8" "untagged " "* "; do
		must v circuit add acme key "$KEY" leg "p1:${at%% *}" \
			oam ccm "$CCM"
		wait_for 10 seen "^c1 0180c2000034$P1${at#* }8902$(
			ccm_hex "0$CODE" 1 "$MA1")\$"
		background "$WORK/ccm" "$PROGS/oam-peer" ccm "$C:c1" \
			"tags=$(case $at in
				100*) echo "8100:100 8100:200" ;;
				*) echo - ;;
				esac)" "ma=$MA1" code="$CODE" us="$US"
		until_eq 10 true mep .seen
		check_eq "state on $at" "$(leg_state)" "up none"
		finish "$BG"
		until_eq 10 loc defects
		must v circuit del acme force
		: > "$WORK/watch"
	done
	must v port set p1 tpid 88a8
	must v circuit add acme key "$KEY" leg p1:100 oam ccm "$CCM"
	wait_for 10 seen "^c1 0180c2000034${P1}88a8e0648902"
	must v circuit del acme force
	must v port set p1 tpid 8100
	finish "$WATCH"
}

intervals_and_ranges()
{
	local t

	must v port add p1
	refused 'interval 0 us.*3.33ms' circuit add acme leg p1:100 oam ccm 0
	refused 'interval 20000 us' circuit add acme leg p1:100 oam ccm 20ms
	acme
	refused 'has no MEP' leg set circuit acme role primary oam level 3
	check_eq "detection" "$(jqv \
		'[.[0].legs[].detection] | unique | join(" ")' show acme)" \
		carrier
	v show acme | grep -q 'detection carrier'
	check_err $? "show does not say that only the carrier is watched"
	for t in 3.33ms 10ms 100ms 1s 10s 1m 10m; do
		must v leg set circuit acme role primary oam ccm "$t"
		v show acme | grep -q "detection ccm ${t/3.33ms/3.33ms}"
		check_err $? "show does not say ccm $t"
	done
	refused 'MEPID 5.*both' leg set circuit acme role primary \
		oam mepid 5 remote 5
	refused 'MA name' leg set circuit acme role primary \
		oam maid icc:12345678901234
	refused 'measurement interval 5 ms' leg set circuit acme role primary \
		oam dm 5ms
	check_eq "MEPIDs after what was refused" "$(mep '"\(.mepid) \(.remote)"')" \
		"1 2"
	must v leg set circuit acme role primary oam mepid 2
	check_eq "the remote MEPID follows" "$(mep .remote)" 1
	must v leg set circuit acme role primary oam off
	check_eq "after off" "$(mep .)" null
	no v leg set circuit acme role primary oam
	no v leg set circuit acme role primary oam level 8
	no v leg set circuit acme role primary oam mepid 8192
	refused 'has no leg' -batch <(echo "circuit add none"
		echo "circuit set none oam ccm 1s")
}

a_peer_never_seen_fails_nothing()
{
	acme oam ccm "$CCM"
	until_eq 10 loc defects
	check_eq "the leg" "$(leg_state)" "up none"
	check_eq "the circuit" "$(circ state) $(circ active)" "up primary"
	check_eq "seen" "$(mep .seen)" false
	check_eq "RDI is sent" "$(mep .rdi_sent)" true
	v show acme | grep -q 'remote never seen'
	check_err $? "show does not say so"
}

silence_switches_and_ccms_switch_back()
{
	acme oam ccm "$CCM"
	ccm 1
	ccm 2
	until_eq 10 "up none" leg_state
	until_eq 10 true mep .seen
	until_eq 10 true mep .seen secondary
	until_eq 10 "" defects
	until_eq 10 false mep .rdi_sent
	quiet 1
	until_eq 10 "down ccm-loss" leg_state
	check_eq "the circuit" \
		"$(circ state) $(circ active) $(circ request)" \
		"degraded secondary signal-fail"
	check_eq "RDI is sent" "$(mep .rdi_sent)" true
	ccm 1
	until_eq 10 "up none" leg_state
	until_eq 10 up circ state
	check_eq "the active leg" "$(circ active)" primary
	check_eq "gaps in what the secondary received" \
		"$(mep .ccm_lost secondary)" 0
	quiet 1
	quiet 2
	until_eq 10 "down" circ state
	until_eq 10 "down ccm-loss" leg_state secondary
}

# switched_after MS: when the circuit first switched after that.
switched_after()
{
	local at

	jq -r 'select(.kind == "switched").timestamp' "$WORK/monitor" |
		while read -r at; do
			at=$(date -d "$at" +%s%3N)
			((at >= $1)) && echo "$at" && break
		done
}

has_switched_after()
{
	[[ -n $(switched_after "$1") ]]
}

# Not before 3.5 intervals are over, and not long after: how long a virtual
# machine may take beyond that depends on who else uses the processor.
silence_is_noticed_in_time()
{
	local last noticed took monitor interval=$((US / 1000))

	acme oam ccm "$CCM"
	background "$WORK/monitor" v -j -ts monitor circuit
	monitor=$BG
	wait_for 10 monitor_runs acme
	ccm 2
	ccm 1
	until_eq 10 true mep .seen
	until_eq 10 true mep .seen secondary
	until_eq 10 "" defects
	until_eq 10 "" defects secondary
	quiet 1
	last=$(sed -n 's/^last //p' "$WORK/ccm1")
	wait_for 10 has_switched_after "$last"
	noticed=$(switched_after "$last")
	took=$((noticed - last))
	diag "switched $took ms after the last CCM, at $interval ms each"
	((took >= interval * 7 / 2 - 1))
	check_err $? "too early: $took ms"
	((took < interval * 7 / 2 + 1000 * KSFT_SLOW))
	check_err $? "too late: $took ms"
	finish "$monitor"
	quiet 2
}

rdi_fails_the_leg()
{
	acme oam ccm 10m
	# One that does not see us from the first moment may yet.
	ccm 1 rdi=1 count=1 code=7
	until_eq 10 true mep .seen
	check_eq "after the first CCM with RDI" "$(leg_state)" "up none"
	check_eq "what it says" "$(defects)" rdi
	quiet 1
	must v circuit set acme oam ccm "$CCM"
	ccm 1
	ccm 2
	until_eq 10 "" defects
	quiet 1
	ccm 1 rdi=1
	until_eq 10 rdi defects
	until_eq 10 "down remote-defect" leg_state
	check_eq "no RDI is sent for an RDI" "$(mep .rdi_sent)" false
	check_eq "the active leg" "$(circ active)" secondary
	quiet 1
	ccm 1
	until_eq 10 "up none" leg_state
	quiet 1
	quiet 2
}

# wrong DEFECT REASON KEY=VALUE...: beside CCMs that are right, on leg 1.
wrong()
{
	local defect=$1 reason=$2

	shift 2
	background "$WORK/wrong" "$PROGS/oam-peer" ccm "$C:c1" \
		tags=8100:100 "ma=$MA1" code="$CODE" us="$US" \
		src=02:00:00:00:00:03 "$@"
	until_eq 10 "$defect" defects
	until_eq 10 "$reason" leg_state
	finish "$BG"
	until_eq 10 "" defects
	until_eq 10 "up none" leg_state
}

wrong_ccms_are_defects()
{
	acme oam ccm "$CCM"
	ccm 1
	until_eq 10 true mep .seen
	until_eq 10 "" defects
	wrong mismerge "down mismerge" ma=another
	wrong mismerge "down mismerge" format=32 ma=another
	wrong mismerge "down mismerge" "ma=$MA2"
	wrong unexpected-mep "down unexpected-mep" mepid=3
	wrong unexpected-mep "down unexpected-mep" mepid=1
	wrong unexpected-level "down unexpected-level" level=3
	wrong unexpected-period "up none" code=$((CODE - 1))
	check_eq "the other leg has seen nothing" "$(mep .seen secondary)" \
		false
	quiet 1
	until_eq 10 loc defects
	# Of the wrong period only: no sign of life, and it says why.
	ccm 1 code=$((CODE - 1))
	until_eq 10 "loc unexpected-period" defects
	quiet 1
}

a_higher_level_passes()
{
	acme oam ccm "$CCM"
	ccm 1 level=5 us=1000 count=20
	until_eq 10 20 jqv '.[0].legs[0].drops["unknown-cvid"]' show acme
	check_eq "defects" "$(mep '.defects - ["loc"] | length')" 0
	check_eq "rejected" "$(mep .rejected)" 0
	quiet 1
}

own_ccms_come_back()
{
	acme oam ccm "$CCM"
	ccm 1
	until_eq 10 "" defects
	background "$WORK/loop" "$PROGS/oam-peer" ccm "$C:c1" \
		tags=8100:100 "ma=$MA1" code="$CODE" us="$US" mepid=1 \
		"src=$(sed 's/../&:/g; s/:$//' <<< "$P1")"
	until_eq 10 loop defects
	check_eq "the leg" "$(leg_state)" "down loop"
	finish "$BG"
	until_eq 10 "" defects
	quiet 1
}

# peer_sends DESTINATION PDU: over leg 1, with the peer's address.
peer_sends()
{
	must "$PROGS/oam-peer" send "$C:c1" \
		"$1${PEER_MAC}810000648902$2"
}

# answered PDU: arrives at the peer.
answered()
{
	wait_for 10 seen "^c1 $PEER_MAC${P1}8100e0648902$1"
}

requests_are_answered()
{
	local data

	data=$(printf '%02x' {1..200})
	watch
	acme oam ccm 10m
	peer_sends "$P1" "8003000401020304030003aabbcc00"
	answered "8002000401020304030003aabbcc00"
	peer_sends 0180c200003c "800300040000000703 00c8 $data 00"
	answered "80020004000000070300c8${data}00"
	peer_sends 0180c200003c "8005801100000009 40 $PEER_MAC $P1
		070008 0000$PEER_MAC 00"
	answered "8004a006000000093f01080010$(:
		)0000${PEER_MAC}0000${P1}05000701${P1}00"
	peer_sends "$P1" "802f0020 0000000100000002 $(zeros 24) 00"
	answered "802e00200000000100000002.{32}0{16}00"
	peer_sends 0180c2000034 "80370010 0002 0000 cafe0001 00000005 00000000 00"
	answered "8036001000020001cafe0001000000050000000100"
	peer_sends "$P1" "80370010 0002 0000 cafe0001 00000009 00000000 00"
	answered "8036001000020001cafe0001000000090000000200"
	check_eq "rejected" "$(mep .rejected)" 0
	# Not for us: another target, level, class of group, MEPID, and replies
	# to what was not asked.
	peer_sends 0180c200003c "8005001100000009 40 $PEER_MAC 020000000099 00"
	peer_sends "$P1" "6003000401020304 00"
	peer_sends 0180c2000034 "8003000401020304 00"
	peer_sends "$P1" "80370010 0003 0000 cafe0001 00000009 00000000 00"
	peer_sends "$P1" "8002000401020304 00"
	peer_sends "$P1" "800300"
	until_eq 10 6 mep .rejected
	check_eq "and dropped" "$(jqv '.[0].legs[0].drops.oam' show acme)" 6
	finish "$WATCH"
}

replies_are_rationed()
{
	local n begin took

	watch
	acme oam ccm "$CCM"
	ccm 2
	begin=$SECONDS
	must "$PROGS/oam-peer" send "$C:c1" \
		"$P1${PEER_MAC}81000064890280030004010203040000" 20000
	took=$((SECONDS - begin))
	# A slow machine sends no more than the 1000 a second that are answered.
	((took >= 15)) || until_eq 10 true mep '.rejected > 1000'
	# The other leg's MEP did not starve.
	until_eq 10 "" defects secondary
	finish "$WATCH"
	n=$(grep -c "8902800200040102" "$WORK/watch")
	diag "$n of 20000 were answered, sent in $took s"
	((n >= 100 && n < 1200 + 1000 * (took + 1)))
	check_err $? "$n replies"
	quiet 2
}

a_mep_follows_its_leg()
{
	acme oam ccm "$CCM"
	ccm 1
	until_eq 10 "" defects
	# A change that is none to the peer leaves the leg as it is.
	must v leg set circuit acme role primary oam pcp 2
	check_eq "seen" "$(mep .seen)" true
	# Elsewhere nobody is.
	must v leg set circuit acme role primary p1:300
	until_eq 10 "down ccm-loss" leg_state
	must v leg set circuit acme role primary p1:100
	until_eq 10 "up none" leg_state
	# Without a MEP the carrier is all there is.
	quiet 1
	until_eq 10 "down ccm-loss" leg_state
	must v leg set circuit acme role primary oam off
	until_eq 10 "up none" leg_state
	# A port that comes back.
	must v circuit set acme oam ccm "$CCM"
	ccm 1
	until_eq 10 true mep .seen
	must v port del p1 force
	until_eq 10 "down port-absent" leg_state
	must v port add p1
	until_eq 10 "up none" leg_state
	quiet 1
}

# The circuit beside acme, on the same ports: state, leg and switches.
beside()
{
	jqv '.[0] | "\(.state) \(.active) \(.switches)"' show other
}

# peer_of LEG VID: CCMs as the peer of the leg of the circuit beside.
peer_of()
{
	background "$WORK/ccm-other$1" "$PROGS/oam-peer" ccm "$C:c$1" \
		"tags=8100:$2" "ma=fedcba98-7654-3210-fedc-ba9876543210-$1" \
		code="$CODE" us="$US"
}

# Octets at random can make no CCM of the right association, so no defect of
# LOC or RDI may go or come with them; what they can do to the leg they come
# in on they must not do to another.
hostile_pdus()
{
	local lost switches one two

	acme oam ccm "$CCM" dm 100ms sl 100ms
	must v circuit add other key fedcba98-7654-3210-fedc-ba9876543210 \
		leg p1:101 leg p2:201 oam ccm "$CCM"
	ccm 1
	ccm 2
	peer_of 1 101
	one=$BG
	peer_of 2 201
	two=$BG
	until_eq 10 true mep .seen secondary
	until_eq 10 "" defects secondary
	until_eq 10 "up none" leg_state secondary
	until_eq 10 "up primary 0" beside
	until_eq 10 true mep .seen
	quiet 1
	until_eq 10 "down ccm-loss" leg_state
	check_eq "active" "$(jqv '.[0].active' show acme)" secondary
	lost=$(mep .ccm_lost secondary)
	switches=$(jqv '.[0].switches' show acme)
	"$PROGS/oam-peer" fuzz "$C:c1" 8100:100 "$P1" "$SEED" "$FUZZ" \
		> "$WORK/fuzz"
	check_err $? "fuzz: $(< "$WORK/fuzz")"
	diag "$(< "$WORK/fuzz")"
	check_eq "loss of CCMs" "$(mep '.defects | contains(["loc"])')" true
	check_eq "defects of the other leg" "$(defects secondary)" ""
	check_eq "the other leg" "$(leg_state secondary)" "up none"
	check_eq "switches" "$(jqv '.[0].switches' show acme)" "$switches"
	check_eq "the circuit beside" "$(beside)" "up primary 0"
	diag "CCMs lost by the other leg: $lost," \
		"then $(mep .ccm_lost secondary)"
	quiet 2
	finish "$one"
	finish "$two"
}

run_tests
