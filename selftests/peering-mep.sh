#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The MEPs of a peering: behind its C-tag on each leg, as the peering is, wherever
# that goes.

# shellcheck source=peering-mep-lib.sh
. "$(dirname "$0")/peering-mep-lib.sh"

ALL_TESTS="
	ccms_behind_the_c_tag
	ccms_of_every_attachment
	what_is_refused
	meps_follow_their_peering
	a_device_that_moves
	undone_without_a_trace
	the_network_namespace_goes
"

ccms_behind_the_c_tag()
{
	local got want=0

	watch
	acme
	must v peering set acme-p oam ccm "$CCM"
	check_eq "MEPs" "$(places)" "primary secondary"
	# Nobody is there: after 3.5 intervals they carry RDI.
	wait_for 10 seen "^c1 0180c2000034${P1}8100e064${CTAG}8902$(
		ccm_hex "0$CODE" 1 "$MA1")\$"
	wait_for 10 seen "^c2 0180c2000034[0-9a-f]{12}8100e0c8${CTAG}8902$(
		ccm_hex "0$CODE" 1 "$MA2")\$"
	wait_for 10 seen "^c1 0180c2000034${P1}8100e064${CTAG}8902$(
		ccm_hex "8$CODE" 1 "$MA1")\$"
	check_eq "the legs have none" \
		"$(jqv '[.[0].legs[].detection] | unique | join(" ")' \
			show acme)" carrier
	must v peering set acme-p oam level 6 mepid 8191 pcp 3 \
		maid icc:VXC0001
	wait_for 10 seen "^c1 0180c2000036${P1}810060648100600a8902c001"
	seen "810060648100600a8902c0010.46.{8}1fff012007$(hex VXC0001)0000"
	check_err $? "no CCM of MEPID 8191 with the ICC"
	must v peering set acme-p oam off
	check_eq "after off" "$(places)" ""
	finish "$WATCH"
	seen "^c. .{24}8100....8902"
	check_fail $? "a CCM behind the S-tag alone"
	# Numbers count up by one, from one.
	while read -r got; do
		check_eq "number of a CCM" "$((16#$got))" "$((want += 1))"
	done < <(sed -nE \
		"s/^c2 0180c2000034.{12}8100e0c8${CTAG}8902800.{3}46(.{8}).*/\1/p" \
		"$WORK/watch")
	((want >= 4))
	check_err $? "only $want CCMs of the secondary"
}

ccms_of_every_attachment()
{
	watch
	acme
	must v peering set acme-p oam ccm "$CCM"
	must v port set p1 tpid 88a8
	wait_for 10 seen "^c1 0180c2000034${P1}88a8e064${CTAG}8902$(
		ccm_hex "[08]$CODE" 1 "$MA1")\$"
	ccm 1 "tags=88a8:100 8100:10"
	until_eq 10 "" pdefects
	quiet 1
	must v port set p1 tpid 9100
	wait_for 10 seen "^c1 0180c2000034${P1}9100e064${CTAG}8902"
	ccm 1 "tags=9100:100 8100:10"
	until_eq 10 "" pdefects
	quiet 1
	# A whole port has no S-tag; the leg's own MEP is beside that of a C-VID.
	must v port set p1 tpid 8100
	must v leg set circuit acme role primary p1:* oam ccm "$CCM"
	wait_for 10 seen "^c1 0180c2000034$P1${CTAG}8902$(
		ccm_hex "[08]$CODE" 1 "$MA1")\$"
	wait_for 10 seen "^c1 0180c2000034${P1}8902$(
		ccm_hex "[08]$CODE" 1 "$KEY-1")\$"
	until_eq 10 loc pdefects
	until_eq 10 loc defects
	ccm 1 tags=8100:10
	until_eq 10 "" pdefects
	check_eq "the leg's MEP" "$(mep '"\(.seen) \(.rejected)"')" "false 0"
	check_eq "its defects" "$(defects)" loc
	quiet 1
	MA1=$KEY-1 ccm 1 tags=-
	until_eq 10 "" defects
	until_eq 10 loc pdefects
	check_eq "refused" "$(pmep .rejected)" 0
	# Behind the tag of no peering it is nobody's.
	sends 0180c2000034 8100001e "8001034600"
	until_eq 10 1 jqv '.[0].legs[0].drops["unknown-cvid"]' show acme
	check_eq "the leg's MEP" "$(mep .rejected)" 0
	quiet 1
	finish "$WATCH"
}

what_is_refused()
{
	acme
	must v peering add acme-u circuit acme down
	refused 'acme-u without a C-VID.*MEP of the leg' peering set acme-u \
		oam ccm 1s
	refused 'acme-v without a C-VID' -transaction -batch <(echo "peering del acme-u"
		echo "peering add acme-v circuit acme oam ccm 1s")
	refused 'acme-p has no MEP: give it a CCM interval' peering set acme-p \
		oam level 3
	refused 'interval 20000 us' peering set acme-p oam ccm 20ms
	refused 'MEPID 7.*both' peering set acme-p oam ccm 1s mepid 7 remote 7
	refused 'signal degrade switches legs.*acme-p' peering set acme-p \
		oam ccm 1s sl 10ms sd 1%
	refused 'signal degrade switches legs' peering set acme-p \
		oam ccm 1s sd-clear 4
	check_eq "after what was refused" "$(places)" ""
	must v peering set acme-p oam off
	must v peering set acme-p oam ccm 1s
	check_eq "MEPIDs" "$(pmep '"\(.mepid) \(.remote)"')" "1 2"
	must v peering set acme-p oam mepid 2
	check_eq "the remote MEPID follows" "$(pmep .remote)" 1
	refused 'signal degrade' peering set acme-p oam sd 1%
	check_eq "no sd" "$(pmep 'has("sd_ppm")')" false
	must v peering del acme-u
	refused 'acme-p without a C-VID' peering set acme-p cvid untagged
	must v peering set acme-p cvid untagged oam off
	check_eq "off" "$(places)" ""
	must v peering set acme-p cvid 10 oam ccm 1s
	check_eq "on" "$(places)" "primary secondary"
}

meps_follow_their_peering()
{
	local other=${P1}8100e064

	watch
	acme
	must v peering set acme-p oam ccm "$CCM"
	pccm 1
	until_eq 10 "" pdefects
	# A change that is none to the peer.
	must v peering set acme-p oam pcp 2
	check_eq seen "$(pmep .seen)" true
	must pip link set acme-p down
	must pip link set acme-p name acme-r
	must v peering set acme-r name acme-p
	check_eq seen "$(pmep .seen)" true
	# What is down lets no traffic through, and says so.
	wait_for 10 seen "^c1 0180c2000034${P1}810040648100400a8902.*02000101"
	must pip link set acme-p up
	# Another C-VID is another association.
	must v peering set acme-p cvid 30
	check_eq seen "$(pmep .seen)" false
	wait_for 10 seen "^c1 0180c2000034${P1}810040648100401e8902$(
		ccm_hex "[08]$CODE" 1 "$KEY-1-30")\$"
	must v peering set acme-p cvid 10
	until_eq 10 "" pdefects
	# Elsewhere nobody is.
	must v leg set circuit acme role primary p1:300
	until_eq 10 loc pdefects
	must v leg set circuit acme role primary p1:100
	until_eq 10 "" pdefects
	must v peering set acme-p leg secondary
	check_eq "pinned" "$(places)" secondary
	must v peering set acme-p leg primary
	check_eq "pinned to the other" "$(places)" primary
	must v peering set acme-p leg protected
	check_eq protected "$(places)" "primary secondary"
	must v leg del circuit acme role secondary
	check_eq "without the secondary leg" "$(places)" primary
	must v leg add circuit acme p2:200
	check_eq "with it" "$(places)" "primary secondary"
	until_eq 10 "" pdefects
	# A leg that is made anew in one go is another one.
	must v -transaction -batch <(echo "leg del circuit acme role primary"
		echo "leg add circuit acme role primary p1:100")
	until_eq 10 "" pdefects
	# A port that comes back.
	must v port del p1 force
	until_eq 10 loc pdefects
	must v port add p1
	until_eq 10 "" pdefects
	must v circuit set acme admin down
	wait_for 10 seen "^c1 0180c2000034${other/e064/4064}8100400a8902.*02000101"
	must v circuit set acme admin up
	finish "$WATCH"
	quiet 1
	must v circuit del acme force
	must v circuit add acme key "$KEY"
	must v peering add acme-p circuit acme cvid 10 oam ccm 1s level 2
	check_eq "without a leg" \
		"$(jqv '.[0].meps | map("\(.role) \(.level)") | join(",")' \
			peering show acme-p)" "null 2"
	must v leg add circuit acme p1:100
	check_eq "with one" "$(places)" primary
}

a_device_that_moves()
{
	local T

	acme
	must v peering set acme-p oam ccm "$CCM"
	pccm 1
	until_eq 10 "" pdefects
	setup_ns T
	must pip link set acme-p netns "$T"
	check_eq "where it is now" "$(pmep .seen)" true
	quiet 1
	until_eq 10 loc pdefects
	ip netns del "$T"
	wait_for 10 v peering add acme-p circuit acme cvid 10
}

undone_without_a_trace()
{
	watch
	acme
	refused 'no circuit none' -transaction -batch <(echo "peering set acme-p oam ccm $CCM"
		echo "peering set acme-p oam level 6"
		echo "peering add acme-q circuit acme cvid 20 oam ccm $CCM"
		echo "circuit set none admin down")
	check_eq "after what was undone" "$(places)" ""
	sends 0180c2000034 "81000064 8100000a" "8001044600"
	until_eq 10 1 rx_of acme-p
	must v peering set acme-p oam ccm "$CCM"
	pccm 1
	until_eq 10 "" pdefects
	refused 'no circuit none' -transaction -batch <(echo "peering set acme-p oam off"
		echo "peering set acme-p cvid 40 oam ccm 1s level 7 remote 9"
		echo "circuit set none admin down")
	refused 'no circuit none' -transaction -batch <(echo "peering del acme-p"
		echo "circuit set none admin down")
	check_eq "as before" "$(pmep \
		'"\(.seen) \(.level) \(.remote) \(.defects) \(.rejected)"')" \
		"true 4 2 [] 0"
	finish "$WATCH"
	seen "8902[ce]001"
	check_fail $? "a CCM of a level that was undone"
	seen "8100e0148902"
	check_fail $? "a CCM of a peering that was undone"
	quiet 1
}

jqv_in()
{
	"$VXC" -n "$1" -j peering show acme-p | jq -c "$2"
}

no_device()
{
	! cip link show "$1" 2> /dev/null
}

the_network_namespace_goes()
{
	local D

	setup_ns D
	quiet_ns "$D"
	ip -n "$C" link add d1 type veth peer name q1 netns "$D"
	cip link set d1 up
	ip -n "$D" link set q1 up
	must "$VXC" -n "$D" port add q1
	must "$VXC" -n "$D" circuit add acme leg q1:100 oam ccm 3.33ms
	must "$VXC" -n "$D" peering add acme-p circuit acme cvid 10 \
		oam ccm 3.33ms dm 10ms sl 10ms
	until_eq 10 true jqv_in "$D" '.[0].meps[0].ccm_tx > 3'
	must ip netns del "$D"
	busywait 10 no_device d1
	check_err $? "d1 is still there"
}

run_tests
