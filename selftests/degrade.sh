#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Signal degrade: of the loss measurements of a leg a program loses exactly so
# many, there or back, and the circuit leaves the leg and returns to it.

# shellcheck source=oam-lib.sh
. "$(dirname "$0")/oam-lib.sh"

ALL_TESTS="
	what_is_refused
	a_good_leg_is_not_degraded
	loss_on_the_way_there
	loss_on_the_way_back
	wait_to_restore_then_back
	both_degraded_stay_where_they_are
	one_leg_alone_stays_up
	a_failure_is_worse
	who_never_replies_degrades_nothing
	changes_of_the_mep
	with_aps_both_ends_leave
"

# An interval has ten measurements; CCMs have a longer one than what stalls.
SL=20
IV=200
if ((KSFT_SLOW > 1)); then
	SL=100
	IV=1000
fi
SD="sl ${SL}ms sd 15% sd-interval ${IV}ms"

# Both legs measured and good; the arguments are for the circuit.
measured()
{
	# shellcheck disable=SC2086
	acme "$@" oam ccm 1s $SD sd-raise 2 sd-clear 2
	ccm 1 code=4 us=1000000
	ccm 2 code=4 us=1000000
	slr 1 .
	slr 2 .
	until_eq 10 "" defects
	until_eq 10 "" defects secondary
	until_eq 20 true mep '.loss.intervals >= 1'
	until_eq 20 true mep '.loss.intervals >= 1' secondary
}

decision()
{
	jqv '.[0] | "\(.state) \(.reason) \(.active) \(.request)"' show acme
}

switches()
{
	jqv '.[0].switches' show acme
}

# more_intervals N [ROLE]: so many are judged from now on.
more_intervals()
{
	local n

	n=$(mep .loss.intervals "${2:-primary}")
	until_eq 60 true mep ".loss.intervals >= $n + $1" "${2:-primary}"
}

what_is_refused()
{
	acme
	refused 'needs loss measurement' leg set circuit acme role primary \
		oam ccm 1s sd 1%
	refused '1000 ms hold 5 loss measurements at 200 ms.* needs 10' \
		leg set circuit acme role primary oam ccm 1s sl 200ms sd 1%
	refused 'interval 50 ms is not 100 to 600000' leg set circuit acme \
		role primary oam ccm 1s sl 10ms sd 1% sd-interval 50ms
	for t in 100% 1 1.00000% 1.5ppm -1% % 1000000ppm x; do
		no v leg set circuit acme role primary oam ccm 1s sl 10ms \
			sd "$t"
	done
	no v leg set circuit acme role primary oam ccm 1s sd-raise 0
	no v leg set circuit acme role primary oam ccm 1s sd-clear 101
	check_eq "after what was refused" "$(mep .)" null
	must v leg set circuit acme role primary oam ccm 1s sl 100ms sd 0.05%
	check_eq "as it is" "$(mep '"\(.sd_ppm) \(.sd_interval) \(.sd_raise) \(.sd_clear)"')" \
		"500 1000 3 10"
	v show acme | grep -q ' sd 0.05% '
	check_err $? "show does not say sd 0.05%"
	must v leg set circuit acme role primary oam sd 500ppm
	check_eq "the same in ppm" "$(mep .sd_ppm)" 500
	refused 'needs loss measurement' leg set circuit acme role primary \
		oam sl 0
	must v leg set circuit acme role primary oam sl 0 sd 0
}

# One in ten is lost, which is less than it takes. An interval ends between two
# measurements, and a reply that is late counts in the next.
a_good_leg_is_not_degraded()
{
	measured
	fates 1 .....f....
	fates 2 ...n......
	more_intervals 4
	more_intervals 4 secondary
	check_eq "the circuit" "$(decision)" "up none primary no-request"
	check_eq "the first loses there" \
		"$(mep '.loss | .far >= 3 and .near == 0')" true
	check_eq "the other back" \
		"$(mep '.loss | .far == 0 and .near >= 3' secondary)" true
	until_eq 10 true mep '.loss.far_ppm > 0 and .loss.far_ppm <= 150000'
	check_eq "last interval back" "$(mep .loss.near_ppm)" 0
	check_eq "switches" "$(switches)" 0
	all_quiet
}

# degrades PATTERN: of leg 1, and comes back.
degrades()
{
	local monitor

	measured
	must v circuit add other leg p1:101 leg p2:201
	background "$WORK/monitor" v -j monitor circuit
	monitor=$BG
	wait_for 10 monitor_runs acme
	: > "$WORK/monitor"
	fates 1 "$1"
	until_eq 30 "degraded signal-degrade secondary signal-degrade" decision
	check_eq "the leg" "$(leg_state)" "degraded signal-degrade"
	check_eq "the other leg" "$(leg_state secondary)" "up none"
	check_eq "defects" "$(defects)" degraded
	check_eq "RDI is sent" "$(mep .rdi_sent)" false
	check_eq "bad intervals are two at least" \
		"$(mep '.loss.bad_intervals >= 2')" true
	v show acme | grep -q 'acme: degraded (leg primary: signal-degrade)'
	check_err $? "show does not say what is degraded"
	more_intervals 3
	check_eq "switches" "$(switches)" 1
	fates 1 .
	until_eq 30 "up none primary no-request" decision
	check_eq "defects" "$(defects)" ""
	check_eq "switches" "$(switches)" 2
	check_eq "the other circuit" \
		"$(jqv '.[0] | "\(.state) \(.active) \(.switches)"' show other)" \
		"up primary 0"
	wait_for 10 events_are "switched:secondary:signal-degrade " \
		"switched:primary:no-request "
	check_eq "events of the legs in the record" "$(jqv '[.[0].events[] |
		select(.kind == "leg" and .role == "primary") |
		"\(.state) \(.reason)"][-2:] | join(", ")' sla acme)" \
		"degraded signal-degrade, up none"
	check_eq "the record has the time" "$(jqv \
		'.[0] | .degraded > 0 and .down == 0 and .outages == 0 and
		.legs[0].degraded > 0 and .legs[0].down == 0' sla acme)" true
	finish "$monitor"
	must v circuit del other force
	all_quiet
}

# events_are EVENT...: those that were told of switches.
events_are()
{
	[[ $(jq -r 'select(.kind == "switched").circuit |
		"switched:\(.active):\(.request)"' "$WORK/monitor" |
		tr '\n' ' ') == "$(printf '%s' "$@")" ]]
}

loss_on_the_way_there()
{
	degrades ..f..f..f.
	check_eq "lost there" "$(grep -c '^f ' "$WORK/slr1")" 1
}

loss_on_the_way_back()
{
	degrades ..n..n....
}

wait_to_restore_then_back()
{
	measured wtr $((2 * KSFT_SLOW))s
	fates 1 ff........
	until_eq 30 "degraded signal-degrade secondary signal-degrade" decision
	fates 1 .
	until_eq 30 "up none secondary wait-to-restore" decision
	until_eq $((5 * KSFT_SLOW)) "up none primary no-request" decision
	check_eq "switches" "$(switches)" 2
	all_quiet
}

both_degraded_stay_where_they_are()
{
	measured
	fates 2 nn.nn.nn.n
	until_eq 30 "degraded signal-degrade" leg_state secondary
	check_eq "the circuit" "$(decision)" \
		"degraded signal-degrade primary signal-degrade"
	fates 1 ff........
	until_eq 30 "degraded signal-degrade" leg_state
	more_intervals 5
	check_eq "both lose, neither is left" "$(decision)" \
		"degraded signal-degrade primary signal-degrade"
	check_eq "switches" "$(switches)" 0
	v show acme | grep -q \
		'degraded (leg primary: signal-degrade, leg secondary: signal'
	check_err $? "show does not name both"
	fates 2 .
	until_eq 30 secondary circ active
	fates 2 n.........
	fates 1 .
	until_eq 30 "up none primary no-request" decision
	check_eq "switches" "$(switches)" 2
	all_quiet
}

one_leg_alone_stays_up()
{
	v port show p1 > /dev/null 2>&1 || must v port add p1
	# shellcheck disable=SC2086
	must v circuit add acme key "$KEY" leg p1:100 oam ccm 1s $SD \
		sd-raise 2 sd-clear 2
	ccm 1 code=4 us=1000000
	slr 1 .
	until_eq 20 true mep '.loss.intervals >= 1'
	fates 1 .f
	until_eq 30 "degraded signal-degrade" leg_state
	check_eq "the circuit" "$(decision)" \
		"degraded signal-degrade primary no-request"
	fates 1 .
	until_eq 30 "up none" leg_state
	check_eq "switches" "$(switches)" 0
	quiet 1
	finish "${SLR_PID[1]}"
}

# A leg that loses frames is better than none.
a_failure_is_worse()
{
	measured
	fates 1 .f
	until_eq 30 "degraded signal-degrade secondary signal-degrade" decision
	cip link set c2 down
	until_eq 10 "degraded leg-down primary signal-fail-p" decision
	v show acme | grep -q \
		'(leg primary: signal-degrade, leg secondary: no-carrier)'
	check_err $? "show does not say both reasons"
	cip link set c2 up
	until_eq 30 secondary circ active
	check_eq "why" "$(circ request)" signal-degrade
	must v circuit switch acme lockout
	check_eq "a lockout is higher" "$(circ active)" primary
	must v circuit switch acme clear
	until_eq 10 secondary circ active
	refused 'signal-degrade' circuit switch acme manual primary
	fates 1 .
	until_eq 30 primary circ active
	all_quiet
}

who_never_replies_degrades_nothing()
{
	# shellcheck disable=SC2086
	acme oam ccm 1s $SD sd-raise 2 sd-clear 2
	ccm 1 code=4 us=1000000
	until_eq 10 true mep .seen
	until_eq 30 true mep '.loss.sent >= 50'
	check_eq "the leg" "$(leg_state)" "up none"
	check_eq "intervals" "$(mep .loss.intervals)" 0
	check_eq "no ratio" "$(mep '.loss | has("far_ppm")')" false
	# Once it has replied, silence is loss.
	slr 1 .
	until_eq 20 true mep '.loss.intervals >= 1'
	finish "${SLR_PID[1]}"
	until_eq 30 "degraded signal-degrade" leg_state
	until_eq 10 1000000 mep .loss.far_ppm
	quiet 1
}

changes_of_the_mep()
{
	measured
	fates 1 ff.ff.....
	until_eq 30 "degraded signal-degrade secondary signal-degrade" decision
	# The same measurement goes on: no way back until it was good.
	must v leg set circuit acme role primary oam pcp 5 sd 10%
	check_eq "after a change" "$(leg_state) $(circ active)" \
		"degraded signal-degrade secondary"
	must v leg set circuit acme role primary oam sd 90%
	until_eq 30 "up none primary no-request" decision
	must v leg set circuit acme role primary oam sd 10%
	until_eq 30 "degraded signal-degrade secondary signal-degrade" decision
	must v leg set circuit acme role primary oam sd 0
	check_eq "without detection" "$(leg_state)" "up none"
	check_eq "the circuit" "$(decision)" "up none primary no-request"
	check_eq "defects" "$(defects)" ""
	must v leg set circuit acme role primary oam sd 10%
	until_eq 30 "degraded signal-degrade" leg_state
	must v leg set circuit acme role primary oam off
	check_eq "without a MEP" "$(decision)" "up none primary no-request"
	all_quiet
}

# Only one end measures; the other follows it by APS.
with_aps_both_ends_leave()
{
	if ! pexec tc qdisc add dev p1 clsact 2> /dev/null; then
		skip "no clsact"
		return
	fi
	# shellcheck disable=SC2086
	acme aps on oam ccm 1s $SD sd-raise 2 sd-clear 2
	must "$VXC" -n "$C" port add c1
	must "$VXC" -n "$C" port add c2
	must "$VXC" -n "$C" circuit add acme key "$KEY" leg c1:100 \
		leg c2:200 aps on oam ccm 1s mepid 2
	until_eq 20 true mep '.loss.intervals >= 1'
	until_eq 20 true mep '.loss.intervals >= 1' secondary
	# Each fourth frame that p1 sends, of what is OAM; CCMs come often enough.
	if ! pexec tc filter add dev p1 egress protocol 802.1Q flower \
		action pass random determ drop 4; then
		skip "no gact with probability"
	else
		until_eq 30 "degraded signal-degrade secondary signal-degrade" \
			decision
		until_eq 10 "secondary true" other_follows
		pexec tc filter del dev p1 egress
		until_eq 30 "up none primary no-request" decision
		until_eq 10 "primary false" other_follows
	fi
	pexec tc qdisc del dev p1 clsact
	must "$VXC" -n "$C" circuit del acme force
	must "$VXC" -n "$C" port del c1
	must "$VXC" -n "$C" port del c2
}

other_follows()
{
	"$VXC" -n "$C" -j show acme |
		jq -r '.[0] | "\(.active) \(.ends[0].far_decides)"'
}

run_tests
