#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# vxc monitor: what it tells, as text and as JSON, and what it does when it
# cannot keep up.
#
#   C   c1    c2            customer
#       |     |
#   P   p1    p2            ports

# shellcheck source=cli.bash
. "$(dirname "$0")/cli.bash"

ALL_TESTS="
	monitor_tells
	monitor_json
	monitor_overrun
"

# A monitor that is ready: it has told of a change.
start_monitor()
{
	local out=$1

	shift
	# No function here: its shell would be what the signal ends.
	background "$out" "$VXC" ${P:+-n "$P"} "$@"
	MONITOR=$BG
	wait_for 5 told_of_ready "$out"
}

told_of_ready()
{
	v circuit add ready 2> /dev/null || v circuit del ready
	[[ -s $1 ]] && grep -q ready "$1"
}

stop_monitor()
{
	kill -INT "$MONITOR"
	wait "$MONITOR"
	check_eq "exit status of monitor" "$?" 0
}

monitor_tells()
{
	local out=$WORK/events

	start_monitor "$out" -ts monitor
	acme
	must v peering add acme-p circuit acme cvid 10
	must v circuit switch acme manual secondary
	must v circuit set acme admin down
	must v peering del acme-p
	must v circuit del acme force
	wait_for 5 grep -q 'deleted circuit acme' "$out"
	stop_monitor
	grep -Eq '^\[20..-..-..T..:..:..\.[0-9]{6}\] added circuit acme: ' \
		"$out" || fail "no timestamp and added"
	grep -q 'added port p1: ' "$out" || fail "port was not added"
	grep -q 'added peering acme-p: ' "$out" || fail "peering was not added"
	grep -q 'switched circuit acme: .* active secondary (manual-switch)' \
		"$out" || fail "not switched"
	grep -q 'circuit acme: down (admin-down)' "$out" || fail "not down"
	grep -q 'deleted peering acme-p: ' "$out" || fail "peering not deleted"
	check_eq "lines that are no event" "$(grep -Ecv \
		'^\[[^]]+\] (added|changed|deleted|state|switched) (port|circuit|peering) ' \
		"$out")" 0
}

monitor_json()
{
	local out=$WORK/events

	start_monitor "$out" -j -p -t monitor circuit
	acme
	must v circuit del acme force
	wait_for 5 grep -q '"deleted".*"acme"' "$out"
	# Every line is whole at once, while the monitor still runs.
	jq -e . < "$out" > /dev/null || fail "invalid JSON"
	check_eq "a line each" "$(wc -l < "$out")" "$(jq -c . < "$out" | wc -l)"
	check_eq "keys that are there twice" "$(jq -c --stream \
		'select(length == 2) | .[0]' < "$out" | awk '
		# It is the first of each object.
		/^\["timestamp"\]/ { delete seen }
		seen[$0]++ { n++ }
		END { print n + 0 }')" 0
	check_eq "other objects" "$(jq -c 'select(.circuit | not)' "$out")" ""
	check_eq "without time" "$(jq -c 'select(.timestamp | not)' "$out")" ""
	check_eq "keys in events" "$(jq -c 'select(.circuit.key)' "$out")" ""
	stop_monitor
}

told_of_after()
{
	v circuit add after 2> /dev/null || v circuit del after
	grep -q '"added".*"after"' "$1"
}

# Stopped, it cannot keep up: it says so and goes on.
monitor_overrun()
{
	local out=$WORK/events text

	if ((KSFT_SLOW > 1)); then
		skip "too few events to overrun anything on a slow kernel"
		return
	fi
	start_monitor "$out" -j monitor
	ports
	kill -STOP "$MONITOR"
	seq 4000 | sed 's/.*/circuit add c& leg p1:& leg p2:&/' |
		must v -txn -b -
	for text in a b c; do
		seq 4000 | sed "s/.*/circuit set c& description $text/" |
			must v -txn -b -
	done
	seq 4000 | sed 's/.*/circuit del c& force/' | must v -txn -b -
	kill -CONT "$MONITOR"
	wait_for 30 grep -q '"kind":"overrun"' "$out"
	wait_for 60 told_of_after "$out"
	jq -e . < "$out" > /dev/null || fail "invalid JSON"
	stop_monitor
}

run_tests
