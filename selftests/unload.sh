#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The module goes while everything is configured and busy, and comes back.
#
#   C   c1    c2            customer
#       |     |
#   P   p1    p2            provider, and T, a tenant

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

ALL_TESTS="
	unload_with_everything_configured
	unload_under_traffic_again_and_again
	unload_after_many_deletes
	unload_during_dumps
	unload_with_a_wait_to_restore_running
	port_works_for_others_afterwards
	configuration_comes_back
"

setup_all()
{
	setup_provider
	setup_ns T
	quiet_ns "$C"
	wire sync sync
	wire c1 p1
	wire c2 p2
}

configure()
{
	module_loaded || module_load || fail "insmod"
	cat > "$WORK/config" <<- END
		port add p1
		port add p2 tpid 88a8 unmatched drop
		circuit add acme key 11111111-2222-4333-8444-555555555555 leg p1:100 leg p2:100
		circuit add other leg p1:untagged
		circuit add third leg p1:* leg p2:200.7 wtr 5m
		circuit add locked leg p1:300 z-leg p2:300 ais 1s admin down
		peering add acme-p circuit acme cvid 10
		peering add acme-a circuit acme cvid 20 leg primary
		peering add acme-t circuit acme
		peering add other-p circuit other
	END
	must v -batch "$WORK/config"
	pip link set acme-p up
	pip link set acme-a up
	pip link set acme-t netns "$T"
	ip -n "$T" link set acme-t up
}

traffic()
{
	background "$WORK/in" "$PROGS/frames" flood \
		"$C:c1" "8100:100 8100:10" "$C:c1" "8100:100 8100:20" \
		"$C:c1" - "$C:c1" 8100:100 "$C:c2" "88a8:100 8100:10"
	background "$WORK/out" "$PROGS/frames" flood "$(pns):acme-p" - \
		"$T:acme-t" -
}

quiet()
{
	local pid

	for pid in "${PIDS[@]}"; do
		finish "$pid"
	done
	PIDS=()
}

nothing_remains()
{
	check_eq "devices of vxc" "$(pip -j link show type vxc 2> /dev/null |
		jq -r '.[].ifname // empty' | tr '\n' ' ')" ""
	no ip -n "$T" link show acme-t
	check_eq "promiscuity of the ports" "$(pip -d link show |
		grep -o 'promiscuity [0-9]*' | sort -u)" "promiscuity 0"
	no pexec "$PROGS/vxcnl" dump circuit
}

unload_with_everything_configured()
{
	configure
	must rmmod vxc
	nothing_remains
	configure
	must rmmod vxc
	nothing_remains
	module_load
}

unload_under_traffic_again_and_again()
{
	local i

	for ((i = 0; i < $(scale 12); i++)); do
		configure
		traffic
		tick 0.05
		must rmmod vxc
		quiet
	done
	nothing_remains
	module_load
}

unload_after_many_deletes()
{
	local i n

	n=$(scale 300)
	for ((i = 0; i < 3; i++)); do
		must v port add p1
		must pexec "$PROGS/vxcnl" cycle "$n" \
			"add circuit name=x leg { port=p1 svid=7 }" \
			"del circuit name=x force"
		must rmmod vxc
		module_load || fail "insmod"
	done
}

unload_during_dumps()
{
	local i pid

	for ((i = 0; i < $(scale 20); i++)); do
		configure
		background "$WORK/dumps" pexec "$PROGS/vxcnl" dump circuit 100000
		pid=$BG
		tick 0.02
		busywait 10 rmmod vxc || fail "rmmod: $(rmmod vxc 2>&1)"
		finish "$pid"
	done
	module_load
}

unload_with_a_wait_to_restore_running()
{
	configure
	must v circuit set acme wtr 10m
	cip link set c1 down
	until_eq 5 secondary circ active
	cip link set c1 up
	until_eq 5 wait-to-restore circ request
	must rmmod vxc
	nothing_remains
	module_load
}

port_works_for_others_afterwards()
{
	configure
	must rmmod vxc
	if pip link add br0 type bridge 2> /dev/null; then
		must pip link set p1 master br0
		pip link del br0
	fi
	must pip link add link p1 name p1.100 type vlan id 100
	pip link set p1.100 up
	must "$PROGS/frames" run <<- SCRIPT
		netns C $C
		netns P $(pns)
		sync C:sync P:sync
		send C:c1 8100:100
		tap P:p1
		expect P:p1.100 -
	SCRIPT
	pip link del p1.100
	module_load
}

configuration_comes_back()
{
	local mac

	configure
	mac=$(pip -j link show acme-p | jq -r '.[0].address')
	must rmmod vxc
	configure
	check_eq "MAC address after a reload" \
		"$(pip -j link show acme-p | jq -r '.[0].address')" "$mac"
	must "$PROGS/frames" run <<- SCRIPT
		netns C $C
		netns P $(pns)
		sync C:sync P:sync
		send C:c1 8100:100 8100:10
		tap P:p1
		expect P:acme-p -
		send P:acme-p -
		expect C:c1 8100:100 8100:10
	SCRIPT
}

run_tests
