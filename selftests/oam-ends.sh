#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# MEPs of two ends, both vxc: silent loss in both and in one direction, delay
# and loss measured, loopback and linktrace.

# shellcheck source=oam-lib.sh
. "$(dirname "$0")/oam-lib.sh"

ALL_TESTS="
	two_ends
	loss_in_one_direction
	reverts_lose_nothing
	delay_and_loss_are_measured
	ping_and_trace
"

# The peer is vxc too, in C: circuit acme with the other MEPIDs.
other_end()
{
	must "$VXC" -n "$C" port add c1
	must "$VXC" -n "$C" port add c2
	must "$VXC" -n "$C" circuit add acme key "$KEY" leg c1:100 leg c2:200 \
		oam ccm "${1:-$CCM}" mepid 2 "${@:2}"
}

no_other_end()
{
	must "$VXC" -n "$C" circuit del acme force
	must "$VXC" -n "$C" port del c1
	must "$VXC" -n "$C" port del c2
}

# other FILTER: of the circuit as it is at the other end.
other()
{
	"$VXC" -n "$C" -j show acme | jq -cr ".[0].$1"
}

both_up()
{
	until_eq 10 "" defects
	until_eq 10 "" defects secondary
	until_eq 10 '[]' other 'legs | map(.mep.defects[])'
	until_eq 10 up circ state
	until_eq 10 up other state
}

# lose c1|p1: what the device sends; lose_no_more the same.
lose()
{
	"${1:0:1}exec" tc qdisc add dev "$1" root netem loss 100%
}

lose_no_more()
{
	"${1:0:1}exec" tc qdisc del dev "$1" root
}

two_ends()
{
	acme oam ccm "$CCM"
	other_end
	both_up
	if ! lose c1 2> /dev/null; then
		skip "no netem"
		no_other_end
		return
	fi
	lose p1
	until_eq 10 "down ccm-loss" leg_state
	until_eq 10 ccm-loss other 'legs[0].reason'
	check_eq "active legs" "$(circ active) $(other active)" \
		"secondary secondary"
	lose_no_more c1
	lose_no_more p1
	both_up
	check_eq "active legs" "$(circ active) $(other active)" \
		"primary primary"
	no_other_end
}

# Only what the provider sends is lost: it learns of that by RDI.
loss_in_one_direction()
{
	acme oam ccm "$CCM"
	other_end
	both_up
	if ! lose p1 2> /dev/null; then
		skip "no netem"
		no_other_end
		return
	fi
	until_eq 10 "down remote-defect" leg_state
	check_eq "the other end" "$(other 'legs[0].reason')" ccm-loss
	check_eq "active legs" "$(circ active) $(other active)" \
		"secondary secondary"
	lose_no_more p1
	both_up
	no_other_end
}

standby_drops()
{
	jqv '.[0].legs | map(.drops.standby // 0) | add' show acme
	other 'legs | map(.drops.standby // 0) | add'
}

# fail_and_mend: of line 1 while frames go both ways; sets LOST
fail_and_mend()
{
	local flood before

	lose c1
	lose p1
	until_eq 10 "down ccm-loss" leg_state
	until_eq 10 ccm-loss other 'legs[0].reason'
	before=$(standby_drops)
	background /dev/null "$PROGS/frames" flood gap 500 \
		"$(pns):acme-p" "- pay=100" "$C:far-p" "- pay=100"
	flood=$BG
	lose_no_more p1
	lose_no_more c1
	until_eq 10 primary circ active
	until_eq 10 primary other active
	both_up
	finish "$flood"
	LOST=0
	[[ $(standby_drops) == "$before" ]] || LOST=1
	diag "standby drops: ${before/$'\n'/ }, then $(standby_drops | xargs)"
}

# The end that returns first sends where the other one does not yet listen.
# A machine that pauses for longer than they wait for each other tries again.
reverts_lose_nothing()
{
	local round

	acme oam ccm "$CCM" wtr 500ms
	other_end "$CCM" wtr 535ms
	must "$VXC" -n "$C" peering add far-p circuit acme cvid 10
	cip link set far-p up
	both_up
	if ! lose c1 2> /dev/null; then
		skip "no netem"
		no_other_end
		return
	fi
	lose_no_more c1
	for round in 1 2 3; do
		fail_and_mend
		((LOST)) || break
	done
	check_eq "frames lost in each of $round rounds" "$LOST" 0
	no_other_end
}

delay_and_loss_are_measured()
{
	acme oam ccm "$CCM" dm 20ms sl 20ms
	other_end
	both_up
	until_eq 10 true mep '.delay.count >= 20'
	check_eq "delays" "$(mep '.delay | .min_ns > 0 and
		.min_ns <= .mean_ns and .mean_ns <= .max_ns and
		.variation_mean_ns <= .variation_max_ns and
		([.histogram[].count] | add) == .count')" true
	until_eq 10 true mep '.loss.replies >= 20'
	check_eq "loss" "$(mep '"\(.loss.far) \(.loss.near)"')" "0 0"
	v show acme | grep -q 'delay min .*ms mean'
	check_err $? "show says nothing of the delay"
	if lose c1 2> /dev/null; then
		until_eq 10 true mep '.loss.sent > .loss.replies + 10'
		lose_no_more c1
		until_eq 10 true mep '.loss.near >= 10'
		check_eq "lost on the way there" "$(mep .loss.far)" 0
	fi
	no_other_end
}

ping_and_trace()
{
	local mac

	acme oam ccm "$CCM"
	other_end
	both_up
	mac=$(cip -j link show c1 | jq -r '.[0].address')
	v -j oam ping acme count 3 interval 10ms size 1000 > "$WORK/ping"
	check_err $? "ping: $(< "$WORK/ping")"
	check_eq "ping" "$(jq -c '[.sent, .received,
		([.replies[].address] | unique[0]),
		.min_ns > 0 and .min_ns <= .max_ns]' "$WORK/ping")" \
		"[3,3,\"$mac\",true]"
	v -j oam trace acme > "$WORK/trace"
	check_err $? "trace: $(< "$WORK/trace")"
	check_eq "trace" "$(jq -c '.replies | map([.address, .ttl, .terminal])' \
		"$WORK/trace")" "[[\"$mac\",63,true]]"
	refused 'no secondary leg|size 9000' oam ping acme size 9000
	no_other_end
	until_eq 10 "down ccm-loss" leg_state
	no v oam ping acme count 1
	must v circuit set acme oam off
	refused 'has no MEP' oam ping acme
}

run_tests
