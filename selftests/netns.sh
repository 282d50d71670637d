#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Network namespaces die in any order, with ports, circuits and peerings in
# them, with traffic and without.

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

ALL_TESTS="
	provider_dies_with_everything
	customer_dies_first
	tenant_dies_first
	provider_dies_before_the_tenant
	all_die_at_once
	circular_moves
	routes_hold_nothing_back
	sockets_hold_nothing_back
	namespaces_come_and_go_during_load
	vlan_and_vrf_above_a_peering
	provider_in_the_initial_namespace
"

setup_all()
{
	setup_ns H
	P=$H
}

# world N: namespaces $C, $P and $T with a circuit whose peering is in T.
world()
{
	setup_ns C P T
	wire c1 p1 && wire c2 p2
	must v port add p1
	must v port add p2
	must v circuit add acme leg p1:100 leg p2:100
	must v peering add acme-p circuit acme cvid 10
	must v peering add acme-t circuit acme cvid 20
	must v circuit add locked leg p1:200 z-leg p2:200 ais 1s admin down
	pip link set acme-p up
	addr_add pip acme-p 10.1.0.2/30
	pip link set acme-t netns "$T"
	ip -n "$T" link set acme-t up
	ip -n "$T" addr add 10.2.0.2/30 dev acme-t
	ip -n "$T" route add 10.3.0.0/16 via 10.2.0.1
}

traffic()
{
	background "$WORK/in" "$PROGS/frames" flood \
		"$C:c1" "8100:100 8100:10" "$C:c1" "8100:100 8100:20" \
		"$C:c2" "8100:100 8100:10"
	background "$WORK/out" "$PROGS/frames" flood "$P:acme-p" - "$T:acme-t" -
}

quiet()
{
	local pid

	for pid in "${PIDS[@]}"; do
		finish "$pid"
	done
	PIDS=()
}

devices_are_gone()
{
	! ip -n "$1" link show "$2" > /dev/null 2>&1
}

# No namespace is left half dead: the kernel's worker for them has caught up
# when a new one can be made and its device registered.
settled()
{
	local n

	setup_ns n
	ip -n "$n" link add dummy7 type dummy
	ip netns del "$n"
	P=$H
}

provider_dies_with_everything()
{
	world
	traffic
	ip netns del "$P"
	quiet
	busywait 10 devices_are_gone "$T" acme-t
	check_err $? "the tenant still has acme-t"
	ip netns del "$C"
	ip netns del "$T"
	settled
}

customer_dies_first()
{
	world
	traffic
	ip netns del "$C"
	quiet
	until_eq 10 "port-absent port-absent" \
		jqv '.[0].legs | map(.reason) | join(" ")' show acme
	wait_for 5 is_down acme-p
	ip netns del "$T"
	ip netns del "$P"
	settled
}

tenant_dies_first()
{
	world
	traffic
	ip netns del "$T"
	quiet
	until_eq 10 acme-p circ 'peerings | map(.name) | join(" ")'
	ip netns del "$P"
	ip netns del "$C"
	settled
}

provider_dies_before_the_tenant()
{
	world
	ip netns del "$P"
	busywait 10 devices_are_gone "$T" acme-t
	check_err $? "the tenant still has acme-t"
	ip netns del "$T"
	ip netns del "$C"
	settled
}

all_die_at_once()
{
	local i

	for ((i = 0; i < $(scale 10); i++)); do
		world
		traffic
		ip netns del "$P" &
		ip netns del "$T" &
		ip netns del "$C" &
		wait $!
		quiet
	done
	settled
}

# Two providers, each with its peering in the other's namespace.
circular_moves()
{
	local first second

	setup_ns C P
	first=$P
	wire c1 p1
	must v port add p1
	must v circuit add acme leg p1:100
	must v peering add one circuit acme cvid 1
	setup_ns P
	second=$P
	wire c2 p2
	must v port add p2
	must v circuit add acme leg p2:100
	must v peering add two circuit acme cvid 1
	pip link set two netns "$first"
	ip -n "$first" link set one netns "$second"
	ip -n "$first" link set two up
	pip link set one up
	ip netns del "$first" &
	ip netns del "$second"
	wait $!
	ip netns del "$C"
	settled
}

routes_hold_nothing_back()
{
	world
	pip route add 10.8.0.0/16 via 10.1.0.1
	pip route get 10.8.0.1 > /dev/null
	pip neigh add 10.1.0.1 lladdr 02:00:00:00:00:01 dev acme-p
	pexec ping -c 1 -W 1 -q 10.8.0.1 > /dev/null 2>&1
	pip -6 addr add fd01::2/64 dev acme-p nodad
	pip -6 route add fd08::/32 via fd01::1
	must v peering del acme-p
	ip netns del "$P"
	ip netns del "$T"
	ip netns del "$C"
	settled
}

# A process in the namespace keeps it alive when its name is gone.
sockets_hold_nothing_back()
{
	local pid

	world
	background "$WORK/watch" "$PROGS/frames" watch "$P" "$T" "$C"
	pid=$BG
	wait_for 5 grep -q ready "$WORK/watch"
	ip netns del "$P"
	ip netns del "$T"
	ip netns del "$C"
	finish "$pid"
	PIDS=()
	settled
}

namespaces_come_and_go_during_load()
{
	local i pid

	(
		for ((i = 0; i < $(scale 100); i++)); do
			unshare -n true
		done
	) &
	pid=$!
	for ((i = 0; i < $(scale 10); i++)); do
		rmmod vxc || fail "rmmod"
		module_load || fail "insmod"
	done
	wait "$pid"
	settled
}

vlan_and_vrf_above_a_peering()
{
	world
	pip link add link acme-p name above type vlan id 9
	pip link set above up
	pip link add red type vrf table 77
	pip link set acme-p master red
	pip link set red up
	ip netns del "$P"
	ip netns del "$T"
	ip netns del "$C"
	settled
}

provider_in_the_initial_namespace()
{
	local D

	P=
	setup_ns C D
	wire vxc-c1 vxc-p1
	must v port add vxc-p1
	must v circuit add acme leg vxc-p1:100
	must v peering add vxc-acme circuit acme cvid 10
	ip link set vxc-acme netns "$D"
	ip -n "$D" link set vxc-acme up
	ip netns del "$D"
	until_eq 10 0 jqv length peering show
	ip netns del "$C"
	until_eq 10 port-absent jqv '.[0].legs[0].reason' show acme
	must v circuit del acme force
	must v port del vxc-p1
	P=$H
}


run_tests
