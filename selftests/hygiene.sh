#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# What a circuit with hygiene takes from a customer, for its peerings and
# across it, byte for byte: a list of frames through every attachment.

# shellcheck source=hygiene-lib.sh
. "$(dirname "$0")/hygiene-lib.sh"

ALL_TESTS="
	what_crosses
	what_crosses_other_attachments
	what_reaches_peerings
	all_of_it_passes_without
	each_end_has_its_own
	with_a_bandwidth
	frames_cut_and_changed
"

SEED=${SEED:-$RANDOM}

what_crosses()
{
	verdicts > "$WORK/verdicts"
	# shellcheck disable=SC2086 # settings
	acme $HYGIENE
	check_eq hygiene "$(circ hygiene)" exchange
	{
		through C:ca0 P:a0 "8100:100" C:cz0 "8100:200"
		through C:ca0 P:a0 "8100:100 8100:7" C:cz0 "8100:200 8100:7"
		through C:ca0 P:a0 "8100:100.p5 8100:0.p3" \
			C:cz0 "8100:200.p5 8100:0.p3"
		through C:ca0 P:a0 "8100:100 88a8:7 8100:8" \
			C:cz0 "8100:200 88a8:7 8100:8"
		through C:ca0 P:a0 "8100:100 9100:7" C:cz0 "8100:200 9100:7"
	} | frames
	check_eq drops "$(drops a)" "$(expected_drops 5)"
	# Too many tags to look behind
	{
		echo "send C:ca0 8100:100 8100:1 8100:2 8100:3 8100:4 8100:5" \
			"8100:6 src=$M dst=$U type=0800 hex=45"
		echo "tap P:a0"
	} | frames
	check_eq ethertypes "$(of a drops.ethertype)" \
		$((5 * $(grep -c ^ethertype "$WORK/verdicts") + 1))
	# Cut off
	{
		for i in "0806 pay=10" "86dd pay=20" "0800 pay=5"; do
			echo "send C:ca0 8100:100 src=$M dst=$U type=$i"
			echo "tap P:a0"
		done
	} | frames
	check_eq "cut off" "$(of a drops.protocol)" \
		$((5 * $(grep -c ^protocol "$WORK/verdicts") + 3))
}

what_crosses_other_attachments()
{
	local n=0

	verdicts > "$WORK/verdicts"
	ports 9100 88a8
	# shellcheck disable=SC2086
	must v circuit add acme loop-guard off $HYGIENE leg a0:100 z-leg z0:200
	until_eq 5 up circ state
	{
		through C:ca0 P:a0 "9100:100" C:cz0 "88a8:200"
		through C:ca0 P:a0 "9100:100 8100:7" C:cz0 "88a8:200 8100:7"
	} | frames
	check_eq "drops with 9100" "$(drops a)" "$(expected_drops 2)"
	must v leg set circuit acme role primary a0:100.10
	through C:ca0 P:a0 "9100:100 8100:10" C:cz0 "88a8:200" | frames
	check_eq "drops of S-VID and C-VID" "$(drops a)" "$(expected_drops 3)"
	must v leg set circuit acme role primary a0:untagged
	through C:ca0 P:a0 "-" C:cz0 "88a8:200" | frames
	check_eq "drops without a tag" "$(drops a)" "$(expected_drops 4)"
	must v leg set circuit acme role primary 'a0:*'
	{
		through C:ca0 P:a0 "-" C:cz0 "88a8:200"
		through C:ca0 P:a0 "8100:7.p2" C:cz0 "88a8:200.p2 8100:7.p2"
	} | frames
	check_eq "drops of a whole port" "$(drops a)" "$(expected_drops 6)"
}

# Here, CFM without a MEP is nothing that a peering wants, and PAUSE neither.
what_reaches_peerings()
{
	{
		verdicts
		echo "ethertype 01:80:c2:00:00:34 8902 80010046"
		echo "ethertype 01:80:c2:00:00:01 8808 0001ffff"
	} > "$WORK/verdicts"
	ports
	# shellcheck disable=SC2086
	must v circuit add pe leg a0:300 $HYGIENE
	must v peering add pe-c circuit pe cvid 10
	must v peering add pe-u circuit pe
	must pip link set pe-c up
	must pip link set pe-u up
	until_eq 5 up circ state pe
	{
		through C:ca0 P:a0 "8100:300 8100:10" P:pe-c "-"
		through C:ca0 P:a0 "8100:300" P:pe-u "-"
		through C:ca0 P:a0 "8100:300 8100:0.p3" P:pe-u "-"
	} | frames
	check_eq drops "$(drops a pe)" "$(expected_drops 3)"
	check_eq "received" "$(of a stats.rx_packets pe)" \
		$((3 * $(grep -c ^pass "$WORK/verdicts")))
	must pip link set pe-c down
	must v peering del pe-c
	must v peering del pe-u
}

# But for PAUSE, which is not among them, all of it crosses.
all_of_it_passes_without()
{
	verdicts | sed 's/^[a-z-]*/pass/' > "$WORK/verdicts"
	acme
	check_eq hygiene "$(circ hygiene)" off
	through C:ca0 P:a0 "8100:100 8100:7" C:cz0 "8100:200 8100:7" | frames
	check_eq drops "$(drops a)" ""
	verdicts > "$WORK/verdicts"
	# shellcheck disable=SC2086
	must v circuit set acme $HYGIENE
	through C:ca0 P:a0 "8100:100 8100:7" C:cz0 "8100:200 8100:7" | frames
	check_eq drops "$(drops a)" "$(expected_drops 1)"
	must v circuit set acme hygiene off
	sed -i 's/^[a-z-]*/pass/' "$WORK/verdicts"
	{
		through C:ca0 P:a0 "8100:100" C:cz0 "8100:200"
		SRC=$O through C:ca0 P:a0 "8100:100" C:cz0 "8100:200"
	} | frames
}

each_end_has_its_own()
{
	verdicts > "$WORK/verdicts"
	acme z-hygiene exchange neighbour-rate allow
	check_eq hygiene "$(circ hygiene) $(circ z_hygiene)" \
		"off exchange"
	through C:cz0 P:z0 "8100:200" C:ca0 "8100:100" | frames
	check_eq "drops at z" "$(drops z)" "$(expected_drops 1)"
	sed -i 's/^[a-z-]*/pass/' "$WORK/verdicts"
	through C:ca0 P:a0 "8100:100" C:cz0 "8100:200" | frames
	check_eq "drops at a" "$(drops a)" ""
}

with_a_bandwidth()
{
	verdicts > "$WORK/verdicts"
	# shellcheck disable=SC2086
	acme $HYGIENE bandwidth 1G
	through C:ca0 P:a0 "8100:100" C:cz0 "8100:200" | frames
	check_eq drops "$(drops a)" "$(expected_drops 1)"
	# shellcheck disable=SC2086
	must v circuit add pe leg a0:300 $HYGIENE bandwidth 1G
	must v peering add pe-u circuit pe
	must pip link set pe-u up
	until_eq 5 up circ state pe
	through C:ca0 P:a0 "8100:300" P:pe-u "-" | frames
	check_eq "drops of the peering" "$(drops a pe)" "$(expected_drops 1)"
	# What hygiene drops has spent nothing.
	check_eq "green frames" "$(of a 'colors[0].rx.green_packets' pe)" \
		"$(grep -c ^pass "$WORK/verdicts")"
	must v peering del pe-u
}

# mutated COUNT: lines that send frames of the list, some octets changed and
# their end cut off
mutated()
{
	awk -v seed="$SEED" -v count="$1" -v src="$M" '
	BEGIN { srand(seed) }
	{ dst[NR] = $2; type[NR] = $3; hex[NR] = $4 }
	END {
		while (count--) {
			i = int(rand() * NR) + 1
			h = hex[i]
			for (n = int(rand() * 4); n; n--) {
				at = int(rand() * length(h) / 2) * 2
				h = substr(h, 1, at) \
					sprintf("%02x", int(rand() * 256)) \
					substr(h, at + 3)
			}
			if (rand() < 0.3)
				h = substr(h, 1, int(rand() * length(h) / 2) * 2)
			tag = rand() < 0.3 ? " 8100:" int(rand() * 4095) : ""
			print "send C:ca0 8100:100" tag, "src=" src,
				"dst=" dst[i], "type=" type[i], "pay=0",
				"hex=" h
		}
	}' "$WORK/verdicts"
}

# Whatever they have become, each is counted once.
frames_cut_and_changed()
{
	local n

	n=$(scale 4000)
	diag "seed $SEED"
	verdicts > "$WORK/verdicts"
	# shellcheck disable=SC2086
	acme $HYGIENE
	{
		head_of_script
		mutated "$n"
	} > "$WORK/script"
	"$PROGS/frames" run < "$WORK/script" > "$WORK/out" 2>&1
	grep -q "^# $n frames sent" "$WORK/out"
	check_err $? "frames says: $(tail -3 "$WORK/out")"
	until_eq 10 "$n" accounted
	(($(of a drops.protocol) > n / 10 && $(of z stats.tx_packets) > n / 10))
	check_err $? "the frames are too much alike: $(drops a)"
}

run_tests
