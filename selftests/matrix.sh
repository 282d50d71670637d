#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Every kind of packet from every circuit to every other one, before, while and
# after legs are switched, wires are cut and the module is reloaded: exactly
# the pairs that have reach pass. Customers send everything by both wires.

# shellcheck source=matrix-lib.sh
. "$(dirname "$0")/matrix-lib.sh"

ALL_TESTS="
	before_and_while_legs_are_switched
	while_wires_are_cut_and_after
	while_reach_comes_and_goes
	while_the_module_is_reloaded_and_after
"

UNICAST="v4 v6 frag4 late4 frag6 late6"
ERRORS="ttl4 ttl6 big4 big6"
NOWHERE="out4 out6 bcast l2bcast l2 ccm ltm"
# shellcheck disable=SC2206 # lists of words
EVERYTHING=($UNICAST mcast4 mcast6 $ERRORS $NOWHERE lbm ask4 ask6)
CIRCUIT=(oam ccm 1s)
ROUNDS=3
MROUTE=

# sites: all circuits, half of them with reach to others, and what forwards
# multicast. The even ones have the second port for a primary leg.
sites()
{
	local i

	[[ -z $MROUTE ]] || finish "$MROUTE"
	sites_make "$SITES" vrf red
	for ((i = 2; i <= SITES; i += 2)); do
		echo "circuit switch s$i manual secondary"
	done > "$WORK/even"
	must v -batch "$WORK/even"
	# Large packets to them are too large
	must pip link set s1-p mtu 1280
	must pip link set s2-p mtu 1280
	mrouted 100
	MROUTE=$BG
}

# ports_of DEVICE...: whose MEPs answer there
ports_of()
{
	local dev n=0

	sed -i '/^port/d' "$WORK/map"
	for dev in "$@"; do
		echo "port $((n += 1)) $(pip -j link show "p${dev#c}" |
			jq -r '.[0].address')"
	done >> "$WORK/map"
}

# whole DEVICE...: one round of everything; no neighbour is being asked for.
whole()
{
	pip neigh flush nud incomplete
	pip neigh flush nud failed
	ports_of "$@"
	matrix "$(IFS=,; echo "$*")" "${EVERYTHING[@]}"
	diag "$*: $(tail -1 "$WORK/matrix")"
}

# look [WORDS...]: round by round, until it is told to end.
look()
{
	ports_of c1 c2
	background "$WORK/rounds" "$PROGS/matrix" "$WORK/map" "$C" c1,c2 until \
		"${EVERYTHING[@]}" "$@"
	LOOK=$BG
	wait_for 20 look_at 1
}

# look_at N: has it got so far?
look_at()
{
	grep -q "^round $1$" "$WORK/rounds"
}

# rounds_of TIMES COMMAND: again and again, so often and so many rounds at
# least; then look no more.
rounds_of()
{
	local n=0 end=$((SECONDS + 100 * KSFT_SLOW))

	until look_at "$ROUNDS" && ((n >= $1)); do
		"$2" $((n += 1))
		kill -0 "$LOOK" 2> /dev/null || break
		((SECONDS < end)) || break
	done
	look_no_more
	((n >= $1))
	check_err $? "only $n times: $2"
	diag "$n times ${2//_/ }"
}

look_no_more()
{
	kill -TERM "$LOOK"
	wait "$LOOK"
	check_err $? "$(grep -v ^round "$WORK/rounds" | head -12)"
	diag "$(tail -1 "$WORK/rounds")"
}

# switch_some N: a third of all circuits in turn to the other leg.
switch_some()
{
	local i to=primary

	(($1 / 3 % 2)) || to=secondary
	for ((i = 1 + $1 % 3; i <= SITES; i += 3)); do
		echo "circuit switch s$i manual $to"
	done > "$WORK/switch"
	must v -batch "$WORK/switch"
}

active_legs()
{
	jqv '[.[].ends[0].active] | unique | join(" ")' show
}

before_and_while_legs_are_switched()
{
	local before

	sites
	whole c1 c2
	some_reach
	check_eq "active legs" "$(active_legs)" "primary secondary"
	whole c1 c2
	before=$(jqv '[.[].ends[0].switches] | add' show)
	look lossless
	rounds_of 6 switch_some
	diag "$(($(jqv '[.[].ends[0].switches] | add' show) - before)) switches"
	whole c1 c2

	# A pair that it is not told of does not escape the program.
	must v reach add s2 s4
	"$PROGS/matrix" "$WORK/map" "$C" c1,c2 v4 > "$WORK/matrix"
	check_fail $? "the program does not see a pair too many"
	check_eq "what it sees" "$(sort -u "$WORK/matrix" | grep -c arrives)" 2
}

# cut N: the other wire of the two
cut()
{
	local down=c$((1 + $1 % 2)) up=c$((2 - $1 % 2)) want=secondary

	cip link set "$up" up
	cip link set "$down" down
	[[ $down == c1 ]] || want=primary
	until_eq 5 "$want" active_legs
	tick 0.2
}

while_wires_are_cut_and_after()
{
	sites
	some_reach
	look
	rounds_of 2 cut
	cip link set c1 up
	cip link set c2 down
	until_eq 5 primary active_legs
	whole c1
	cip link set c2 up
	cip link set c1 down
	until_eq 5 secondary active_legs
	whole c2
	cip link set c1 up
	until_eq 5 up jqv 'map(.state) | unique | join(" ")' show
	whole c1 c2
}

# A reach that the program does not know of is one too many, so what comes and
# goes is that of circuits which have it anyway, and of no others.
while_reach_comes_and_goes()
{
	sites
	some_reach
	look
	rounds_of 3 come_and_go
}

come_and_go()
{
	must v reach del s1 s2
	must v reach del group all s4
	must v reach add group all s4
	must v reach add s1 s2
}

while_the_module_is_reloaded_and_after()
{
	local map

	sites
	some_reach
	map=$(grep -v port "$WORK/map")
	look
	rounds_of 2 reload
	check_eq "what the program looks for" "$(grep -v port "$WORK/map")" \
		"$map"
	whole c1 c2
}

reload()
{
	finish "$MROUTE"
	MROUTE=
	vxc_flush
	must rmmod vxc
	must module_load
	sites
	some_reach
}

run_tests
