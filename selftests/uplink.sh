#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The host has an uplink with the default route. Whatever circuits send while
# they and their peerings are made and deleted a thousand times, one by one and
# all at once, a capture at the far end of the uplink sees none of it; that the
# capture would is shown each time. Peerings are in a VRF: without one, what the
# host itself answers a circuit follows the default route while the route back
# is not there.

# shellcheck source=matrix-lib.sh
. "$(dirname "$0")/matrix-lib.sh"

ALL_TESTS="
	the_capture_sees_what_leaves
	creates_and_deletes_in_a_vrf
	and_with_devices_of_ip_link
"

SITES=6
ROUNDS=$(scale 1000)
MADE=0
# shellcheck disable=SC2034 # not all scripts have OAM
KINDS="v4 v6 frag4 late6 out4 out6 ttl4 ttl6 bcast l2bcast l2 ccm ask4 ask6"
MAGIC=$(printf vxc-matrix | od -An -v -tx1 | tr -d ' \n')

capture()
{
	background "$WORK/capture" "$PROGS/capture" "$C" u0
	CAPTURE=$BG
	OWN=0
	wait_for 10 grep -q ready "$WORK/capture"
}

# captured REGEX: how many frames of the capture match
captured()
{
	grep -Ec "$1" "$WORK/capture"
}

# own: the host sends a frame by the uplink, and the capture has it.
own()
{
	"$PROGS/frames" flood count 1 "$(pns):uplink" type=88b5 > /dev/null
	OWN=$((OWN + 1))
	until_eq 10 "$OWN" captured '^[0-9]+ f{12}027863.{6}88b5'
}

# The host tells of the groups that it listens to itself: MLD, to ff02::16.
own_alone()
{
	finish "$CAPTURE"
	check_eq "lost by the capture" \
		"$(sed -n 's/^frames .* lost //p' "$WORK/capture")" 0
	check_eq "frames of circuits on the uplink" "$(grep -Ev \
		'^(ready|frames .*|[0-9]+ (f{12}027863.{6}88b5|333300000016).*)$' \
		"$WORK/capture" | head -5)" ""
	check_eq "of circuits in all" "$(captured "$MAGIC")" 0
}

flood()
{
	# shellcheck disable=SC2086 # a list of words
	background /dev/null "$PROGS/matrix" "$WORK/map" "$C" c1,c2 flood $KINDS
	FLOOD=$BG
}

# churn ROUNDS: circuits that the flood is for are deleted and made.
churn()
{
	local i n=$1 site

	for ((i = 0; i < n; i++)); do
		site=$((1 + i % SITES))
		((i % 2)) || echo "peering del s$site-p"
		echo "circuit del s$site force"
		sed -n "/ s$site leg/p; / s$site-p /p" "$WORK/sites"
		((i % 3)) ||
			echo "reach add s$site s$((1 + (i + 1) % SITES))"
	done > "$WORK/churn"
	must v -batch "$WORK/churn" && MADE=$((MADE + n))
}

# churn_all TIMES: all circuits at once, by a transaction that deletes them and
# one that makes them.
churn_all()
{
	local i

	sed -n 's/^circuit add \(s[0-9]*\) .*/circuit del \1 force/p' \
		"$WORK/sites" > "$WORK/delete"
	for ((i = 0; i < $1; i++)); do
		must v -transaction -batch "$WORK/delete" &&
			must v -transaction -batch "$WORK/sites" || return
		MADE=$((MADE + SITES))
	done
}

received()
{
	jqv '[.[].legs[].stats.rx_packets] | add' show
}

# none_leaves [PEERING-ARGUMENTS...]
none_leaves()
{
	local i

	sites_make "$SITES" "$@"
	capture
	own
	flood
	for ((i = 0; i < 4; i++)); do
		churn $((ROUNDS / 8))
		churn_all $((ROUNDS / 8 / SITES + 1))
		own
	done
	(($(received) > 0))
	check_err $? "the circuits have received nothing"
	finish "$FLOOD"
	own
	own_alone
	((MADE >= ROUNDS))
	check_err $? "only $MADE circuits were deleted and made"
	((RET)) ||
		diag "$MADE circuits with peerings deleted and made," \
			"$OWN frames of its own seen"
}

the_capture_sees_what_leaves()
{
	sites_make "$SITES"
	capture
	own
	matrix c1 out4
	check_eq "that left" "$(captured "$MAGIC")" 0
	# Where a circuit may leave its domain the capture has its packets.
	must v circuit set s1 egress any
	"$PROGS/matrix" "$WORK/map" "$C" c1 out4 > "$WORK/matrix"
	check_fail $? "the program does not see that they leave"
	until_eq 10 1 captured "$MAGIC"
	finish "$CAPTURE"
}

# A peering is in its VRF before it is up: not a route of it in another table.
creates_and_deletes_in_a_vrf()
{
	background "$WORK/routes" pip -o monitor route
	local monitor=$BG
	busywait 10 route_monitored
	none_leaves vrf red
	route_monitored
	wait_for 10 route_monitored
	finish "$monitor"
	grep -q 'dev s1-p.* table 100' "$WORK/routes"
	check_err $? "the monitor has seen no route of the VRF"
	check_eq "routes in the main table" "$(grep -E 'dev s[0-9]+-p' \
		"$WORK/routes" | grep -v 'table 100' | head -5)" ""
}

# route_monitored: the monitor has seen all that was before.
route_monitored()
{
	ROUTE=$((${ROUTE:-0} + 1))
	pip route replace unreachable "192.0.2.$((ROUTE % 250))"
	tick 0.1
	grep -q "192.0.2.$((ROUTE % 250)) " "$WORK/routes"
}

# In the VRF before they are up, as it has to be where VRFs keep things apart
and_with_devices_of_ip_link()
{
	local i n=$((ROUNDS / 25))

	((n > 0)) || n=1
	sites_make "$SITES" vrf red
	capture
	own
	flood
	for ((i = 0; i < n; i++)); do
		must pip link del s1-p
		must pip link add s1-p address 02:00:00:00:01:01 master red \
			type vxc circuit s1
		must pip link set s1-p up
		addr_add pip s1-p 10.1.1.1/24
		addr_add pip s1-p fd00:1::1/64
	done
	finish "$FLOOD"
	own
	own_alone
	diag "$n devices deleted and made"
}

run_tests
