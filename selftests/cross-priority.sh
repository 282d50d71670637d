#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# PCP and DEI of what crosses a circuit, byte for byte: kept, mapped and
# cleared, in each direction on its own, under every kind of attachment.

# shellcheck source=cross-lib.sh
. "$(dirname "$0")/cross-lib.sh"

ALL_TESTS="
	maps_of_both_directions
	dei_of_both_directions
	tags_of_the_customer_stay
	every_attachment_gets_its_marks
	what_has_no_mark_counts_as_zero
	kept_again
	marks_are_settings
"

SEED=${SEED:-$RANDOM}

# A map of eight random PCPs, as the command takes it
random_map()
{
	local i list=

	for ((i = 0; i < 8; i++)); do
		list+=,$((RANDOM % 8))
	done
	echo "${list:1}"
}

# mark PCP DEI: as the frames' tags have them
mark()
{
	local dei=

	[[ $2 == 0 ]] || dei=.d
	echo ".p$1$dei"
}

# directions MAP Z-MAP DEI Z-DEI: all 16 marks both ways
directions()
{
	local -a a z
	local pcp dei

	IFS=, read -ra a <<< "$1"
	IFS=, read -ra z <<< "$2"
	for ((pcp = 0; pcp < 8; pcp++)); do
		for dei in 0 1; do
			across "8100:100$(mark "$pcp" "$dei") 8100:7" \
				"8100:200$(mark "${z[pcp]}" $((dei & $4))) 8100:7"
			back "8100:200$(mark "$pcp" "$dei")" \
				"8100:100$(mark "${a[pcp]}" $((dei & $3)))"
		done
	done
}

SAME=0,1,2,3,4,5,6,7

maps_of_both_directions()
{
	local i map z_map

	RANDOM=$SEED
	diag "seed $SEED"
	acme
	directions "$SAME" "$SAME" 1 1 | frames
	for ((i = 0; i < 4; i++)); do
		map=$(random_map)
		z_map=$(random_map)
		must v circuit set acme pcp "$map" z-pcp "$z_map"
		check_eq maps "$(circ pcp) $(circ z_pcp)" "$map $z_map"
		directions "$map" "$z_map" 1 1 | frames
		((RET == 0)) || diag "with $map and $z_map"
	done
	must v circuit set acme pcp 4 z-pcp keep
	directions 4,4,4,4,4,4,4,4 "$SAME" 1 1 | frames
	check_eq drops "$(jqv '[.[0].legs[].drops[]] | add' show acme)" null
}

dei_of_both_directions()
{
	local map=7,6,5,4,3,2,1,0

	acme
	check_eq "by default" "$(circ dei) $(circ z_dei)" "keep keep"
	must v circuit set acme z-dei clear
	check_eq "of one" "$(circ dei) $(circ z_dei)" "keep clear"
	directions "$SAME" "$SAME" 1 0 | frames
	must v circuit set acme dei clear z-dei keep
	directions "$SAME" "$SAME" 0 1 | frames
	must v circuit set acme z-dei clear pcp "$map" z-pcp "$map"
	directions "$map" "$map" 0 0 | frames
	must v circuit set acme dei keep z-dei keep
	directions "$map" "$map" 1 1 | frames
}

tags_of_the_customer_stay()
{
	local pcp

	acme z-pcp 1 z-dei clear translate 10:110
	for ((pcp = 0; pcp < 8; pcp++)); do
		across "8100:100.p$pcp.d 8100:7.p$((7 - pcp)).d 8100:8.p$pcp.d" \
			"8100:200.p1 8100:7.p$((7 - pcp)).d 8100:8.p$pcp.d"
		across "8100:100.p$pcp.d 8100:10.p$pcp.d" \
			"8100:200.p1 8100:110.p$pcp.d"
		across "8100:100.p$pcp.d 8100:0.p$pcp.d" \
			"8100:200.p1 8100:0.p$pcp.d"
	done | frames
}

# legs ATTACHMENT Z-ATTACHMENT
legs()
{
	must v leg set circuit acme role primary "$1"
	must v leg set circuit acme end z role primary "$2"
	until_eq 5 up circ state
}

every_attachment_gets_its_marks()
{
	local tpids p q

	for tpids in "8100 8100" "88a8 9100" "9100 88a8"; do
		# shellcheck disable=SC2086 # two TPIDs
		ports $tpids
		read -r p q <<< "$tpids"
		must v circuit add acme leg a0:100 z-leg z0:200 loop-guard off \
			pcp 6,6,6,6,6,6,6,6 z-pcp 7,6,5,4,3,2,1,0 z-dei clear
		until_eq 5 up circ state
		{
			across "$p:100.p2.d 8100:7.p3" "$q:200.p5 8100:7.p3"
			back "$q:200.p2.d 8100:7.p3" "$p:100.p6.d 8100:7.p3"
		} | frames
		legs a0:100.10 z0:200.20
		{
			across "$p:100.p2.d 8100:10.p1" "$q:200.p5 8100:20.p5"
			back "$q:200.p2.d 8100:20" "$p:100.p6.d 8100:10.p6.d"
		} | frames
		legs a0:100 z0:200.20
		across "$p:100.p1.d 8100:7.p3" \
			"$q:200.p6 8100:20.p6 8100:7.p3" | frames
		legs 'a0:*' z0:200
		across "8100:7.p1.d" "$q:200.p6 8100:7.p1.d" | frames
		legs a0:100 z0:untagged
		across "$p:100.p1.d" "-" | frames
		legs a0:100 'z0:*'
		across "$p:100.p1.d 8100:7.p3.d" "8100:7.p3.d" | frames
		((RET == 0)) || diag "with TPIDs $tpids"
		vxc_flush
	done
}

what_has_no_mark_counts_as_zero()
{
	acme z-pcp 3,2,1,0,7,6,5,4 dei clear
	legs a0:untagged z0:200
	{
		across "-" "8100:200.p3"
		across "8100:0.p4.d" "8100:200.p7.d"
		back "8100:200.p5.d" "-"
	} | frames
	legs 'a0:*' z0:200
	{
		across "-" "8100:200.p3"
		back "8100:200.p5.d" "-"
		back "8100:200.p5.d 8100:7.p5.d" "8100:7.p5.d"
	} | frames
}

# Where nothing but the S-VID changes there is a shorter way.
kept_again()
{
	acme pcp 1 z-pcp 2 dei clear z-dei clear
	directions 1,1,1,1,1,1,1,1 2,2,2,2,2,2,2,2 0 0 | frames
	must v circuit set acme pcp keep z-pcp keep dei keep z-dei keep
	directions "$SAME" "$SAME" 1 1 | frames
	must v circuit set acme z-dei clear
	directions "$SAME" "$SAME" 1 0 | frames
}

marks_are_settings()
{
	acme pcp 1,2,3,4,5,6,7,0 dei clear
	no v circuit set acme dei 1
	no v circuit set acme z-dei set
	no v circuit set acme pcp 0,1,2,3,4,5,6
	no v circuit set acme pcp 0,1,2,3,4,5,6,8
	cat > "$WORK/batch" <<- EOT
		circuit set acme pcp keep dei keep z-dei clear
		circuit set acme l2cp pause=tunnel
	EOT
	no v -transaction -batch "$WORK/batch"
	check_eq settings "$(circ pcp) $(circ dei) $(circ z_dei)" \
		"1,2,3,4,5,6,7,0 clear keep"
	v circuit show acme | grep -q "pcp 1,2,3,4,5,6,7,0 dei clear"
	check_err $? "show does not tell: $(v circuit show acme)"
	back "8100:200.p7.d" "8100:100" | frames
}

run_tests
