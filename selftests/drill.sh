#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Drills: a leg goes out of service, and the kernel puts it back.
#
#   C   c1    c2            customer
#       |     |
#   P   p1    p2            circuit acme: primary p1:100, secondary p2:200

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

ALL_TESTS="
	kernel_ends_a_drill
	drill_of_a_killed_command_ends
	last_leg_is_refused
	drill_reports
	drill_stops
	carrier_and_drill
"

setup_all()
{
	setup_provider
	quiet_ns "$C"
	[[ -n $P ]] && quiet_ns "$P"
	two_wires
}

acme()
{
	cip link set c1 up
	cip link set c2 up
	v port show p1 > /dev/null 2>&1 || must v port add p1
	v port show p2 > /dev/null 2>&1 || must v port add p2
	must v circuit add acme leg p1:100 leg p2:200 "$@"
	must v peering add acme-p circuit acme cvid 10
	must pip link set acme-p up
	until_eq 5 "up none primary no-request" summary
}

summary()
{
	jqv '.[0] | "\(.state) \(.reason) \(.active) \(.request)"' show acme
}

leg_state()
{
	jqv ".[0].legs[] | select(.role == \"$1\") | \"\(.state) \(.reason)\"" \
		show acme
}

# Events of the record with a reason, all in one line.
leg_events()
{
	jqv '[.[0].events[] | select(.kind == "leg") |
		"\(.role) \(.state) \(.reason)"] | join(", ")' sla acme
}

kernel_ends_a_drill()
{
	local begin took

	acme
	begin=$(now_ms)
	must v drill acme leg primary for 1500ms nowait
	check_eq "in the drill" "$(summary)" \
		"degraded leg-down secondary signal-fail"
	check_eq "primary leg" "$(leg_state primary)" "down drill"
	until_eq 10 "up none primary no-request" summary
	took=$(($(now_ms) - begin))
	((took >= 1400))
	check_err $? "the drill took $took ms, not 1500"
	check_eq "history" "$(leg_events)" \
		"primary up none, secondary up none, primary down drill, primary up none"
	check_eq "what the record says" "$(jqv '.[0] |
		"\(.failovers) \(.outages) \(.down) \(.degraded)"' sla acme)" \
		"2 0 0 0"
	# The timer starts before the leg goes, a moment of a busy machine.
	took=$(jqv '.[0].planned_degraded' sla acme)
	((took >= 1400 && took < 1500 + 1000 * KSFT_SLOW))
	check_err $? "$took ms of planned degraded time, not 1500"
	check_eq "planned time of the leg" "$(jqv '.[0].legs[0] |
		.planned_down >= 1500 and .down == 0' sla acme)" true
}

drill_of_a_killed_command_ends()
{
	acme
	background "$WORK/drill" v drill acme leg secondary for \
		$((2 * KSFT_SLOW))s
	until_eq 5 "down drill" leg_state secondary
	kill -9 "$BG"
	wait "$BG" 2> /dev/null
	check_eq "after the command was killed" "$(leg_state secondary)" \
		"down drill"
	until_eq $((2 * KSFT_SLOW + 8)) "up none" leg_state secondary
	check_eq "the circuit" "$(summary)" "up none primary no-request"
}

last_leg_is_refused()
{
	acme
	cip link set c2 down
	until_eq 5 signal-fail-p circ request
	refused 'secondary of circuit acme is down.*primary is the last' \
		drill acme leg primary for 10s
	check_eq "primary leg" "$(leg_state primary)" "up none"
	must v drill acme leg primary for 10s force nowait
	check_eq "by force" "$(summary)" "down legs-down null signal-fail-p"
	must v drill acme leg primary stop
	check_eq "primary leg" "$(leg_state primary)" "up none"
	cip link set c2 up
	until_eq 5 "up none" leg_state secondary
	must v circuit leg del acme role secondary
	refused 'acme has no other leg' drill acme leg primary for 10s
	refused 'acme has no secondary' drill acme leg secondary for 10s
	refused 'no circuit nemo' drill nemo leg primary for 10s
	no v drill acme leg primary
	no v drill acme leg primary for 25h
	no v drill acme leg primary for 0
	no v drill acme leg primary for 5s stop
}

drill_reports()
{
	acme
	must v -j drill acme leg primary for 1s > /dev/null
	v -j drill acme leg primary for 1s > "$WORK/report"
	check_err $? "a drill that is good"
	check_eq "the report" "$(jq -c '.[0] | [.circuit, .leg, .time,
		.redundant, .before.state, .during.state, .during.leg,
		.during.other_leg, .during.peerings_up, .after.state,
		.failovers, .outages, .down, .passed]' "$WORK/report")" \
		'["acme","primary",1000,true,"up","degraded","down","up",1,"up",2,0,0,true]'
	v drill acme leg secondary for 200ms > "$WORK/report"
	grep -q "redundant" "$WORK/report"
	check_err $? "no word of redundancy: $(< "$WORK/report")"
	grep -q "passed" "$WORK/report"
	check_err $? "no verdict: $(< "$WORK/report")"
}

drill_stops()
{
	acme
	must v drill acme leg primary for 1h nowait
	check_eq "primary leg" "$(leg_state primary)" "down drill"
	check_eq "rest of the drill" "$(jqv '.[0].legs[0].drill_left |
		. > 3500000 and . <= 3600000' show acme)" true
	must v drill acme leg primary stop
	check_eq "after the stop" "$(summary)" "up none primary no-request"
	must v drill acme leg primary for 1h nowait
	must v drill acme leg primary for 1ms nowait
	until_eq 5 "up none" leg_state primary
	# A circuit that goes takes its drills along.
	must v drill acme leg primary for 1h nowait
	must v circuit del acme force
}

carrier_and_drill()
{
	acme
	cip link set c1 down
	until_eq 5 "down no-carrier" leg_state primary
	must v drill acme leg primary for 1h nowait
	check_eq "what is worse" "$(leg_state primary)" "down no-carrier"
	cip link set c1 up
	until_eq 5 "down drill" leg_state primary
	must v drill acme leg primary stop
	until_eq 5 "up none primary no-request" summary
}

run_tests
