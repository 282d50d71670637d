#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The record of a circuit against a plan of outages, and how it is begun anew,
# saved and restored.
#
#   C   c1    c2            customer
#       |     |
#   P   p1    p2            circuit acme: primary p1:100, secondary p2:200

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

ALL_TESTS="
	time_is_kept
	planned_time_is_apart
	a_plan_of_outages
	reset_reads_and_begins_anew
	saved_and_restored
	only_the_last_events
	hold_off_is_an_outage
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
	until_eq 5 up circ state
}

sla()
{
	jqv ".[0] | $1" sla acme
}

time_is_kept()
{
	local begin down

	acme
	begin=$(now_ms)
	cip link set c1 down
	until_eq 5 degraded circ state
	cip link set c2 down
	until_eq 5 down circ state
	down=$(now_ms)
	tick 0.5
	cip link set c2 up
	until_eq 5 degraded circ state
	down=$(($(now_ms) - down))
	cip link set c1 up
	until_eq 5 up circ state
	check_eq "all time is somewhere" "$(sla \
		'.up + .degraded + .down > 0 and .planned_down == 0')" true
	(($(sla .down) >= 450 && $(sla .down) <= down + 3000 * KSFT_SLOW))
	check_err $? "$(sla .down) ms down, seen were $down"
	(($(sla '.up + .degraded + .down') <= $(now_ms) - begin + 60000))
	check_err $? "more time than there was"
	check_eq "outages" "$(sla .outages)" 1
	check_eq "the worst" "$(sla '.worst == .down')" true
	check_eq "events" "$(sla '[.events[] | select(.kind == "circuit") |
		"\(.state) \(.reason)"] | join(", ")')" \
		"up none, degraded leg-down, down legs-down, degraded leg-down, up none"
	check_eq "down time of the legs" "$(sla \
		'.legs[0].down >= .down and .legs[1].down >= 450')" true
	v sla acme | grep -q "any-leg: time not down"
	check_err $? "a figure without its definition"
}

planned_time_is_apart()
{
	acme
	must v circuit set acme admin down
	until_eq 5 down circ state
	tick 0.3
	must v circuit set acme admin up
	until_eq 5 up circ state
	check_eq "planned time" "$(sla '.planned_down >= 300')" true
	check_eq "outages and down time" "$(sla '"\(.outages) \(.down)"')" "0 0"
	must v circuit set acme provisioning not-provisioned
	sla '[.up, .down, .planned_down] | join(" ")' > "$WORK/before"
	tick 0.3
	check_eq "time while not provisioned" \
		"$(sla '[.up, .down, .planned_down] | join(" ")')" \
		"$(< "$WORK/before")"
	must v circuit set acme provisioning provisioned
}

# Outages of the last leg, so often and so long. The clock is the guest's; an
# outage is at least from when it was seen until its end was asked for, and at
# most from when it was asked for until its end was seen.
a_plan_of_outages()
{
	local i n=50 asked seen end least=0 most=0 worst=0 got

	acme
	cip link set c1 down
	until_eq 5 degraded circ state
	must v sla acme reset
	for ((i = 0; i < n; i++)); do
		asked=$(now_ms)
		cip link set c2 down
		until_eq 5 down circ state
		seen=$(now_ms)
		tick "0.0$((1 + RANDOM % 9))"
		end=$(now_ms)
		cip link set c2 up
		until_eq 5 degraded circ state
		least=$((least + end - seen))
		most=$((most + $(now_ms) - asked))
		((end - seen <= worst)) || worst=$((end - seen))
	done
	check_eq "outages of the plan" "$(sla .outages)" "$n"
	got=$(sla .down)
	diag "$n outages, $least to $most ms, $got ms in the record"
	((got >= least - n && got <= most + n))
	check_err $? "$got ms down, not $least to $most"
	(($(sla .worst) >= worst - 1))
	check_err $? "worst $(sla .worst) ms is less than $worst ms"
	check_eq "time with all up" "$(sla .up)" 0
	check_eq "all of the time of the leg" "$(sla \
		'.legs[0].down - (.degraded + .down) | fabs < 5')" true
	cip link set c1 up
}

reset_reads_and_begins_anew()
{
	acme
	cip link set c1 down
	until_eq 5 degraded circ state
	cip link set c1 up
	until_eq 5 up circ state
	check_eq "failovers" "$(sla .failovers)" 2
	check_eq "what a reset reads" \
		"$(jqv '.[0].failovers' sla acme reset)" 2
	check_eq "what begins" "$(sla '"\(.failovers) \(.degraded)"')" "0 0"
	check_eq "events stay" "$(sla '.events | length > 0')" true
	no v sla show reset
	refused 'no circuit nemo' sla nemo
	if [[ -n $P ]]; then
		no pexec setpriv --reuid 1000 --clear-groups "$VXC" sla acme \
			reset
	fi
}

saved_and_restored()
{
	local begun

	acme
	cip link set c1 down
	until_eq 5 degraded circ state
	tick 0.3
	cip link set c1 up
	until_eq 5 up circ state
	begun=$(sla .since)
	must v sla save "$WORK/sla"
	check_eq "lines" "$(grep -c '^sla add acme' "$WORK/sla")" 3
	must v circuit del acme force
	must v circuit add acme leg p1:100 leg p2:200
	check_eq "a new record" "$(sla .failovers)" 0
	must v sla restore "$WORK/sla"
	check_eq "failovers" "$(sla .failovers)" 2
	check_eq "degraded time" "$(sla '.degraded >= 300')" true
	check_eq "of the leg" "$(sla '.legs[0] |
		.down >= 300 and .outages == 1')" true
	check_eq "since when" "$(sla .since)" "$begun"
	echo "sla add nemo up 5" >> "$WORK/sla"
	no v sla restore "$WORK/sla"
	refused 'no circuit nemo' sla add nemo up 5
	no v sla save /nowhere/sla
}

only_the_last_events()
{
	local i

	acme
	for ((i = 0; i < 20; i++)); do
		echo "circuit switch acme manual secondary"
		echo "circuit switch acme manual primary"
	done > "$WORK/flips"
	must v -batch "$WORK/flips"
	check_eq "events" "$(sla '.events | length')" 32
	check_eq "the last" "$(sla '.events[31] |
		"\(.kind) \(.role) \(.request)"')" \
		"switch primary manual-switch"
	check_eq "failovers" "$(sla .failovers)" 40
}

hold_off_is_an_outage()
{
	acme hold-off $((300 * KSFT_SLOW))ms
	must v sla acme reset
	cip link set c1 down
	until_eq 5 secondary circ active
	check_eq "an outage of the hold-off time" "$(sla \
		".outages == 1 and .down >= $((300 * KSFT_SLOW - 5))")" true
	cip link set c1 up
}

run_tests
