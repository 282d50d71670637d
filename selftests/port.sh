#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# What can be a port and what cannot, who holds it, and what becomes of it
# when its device changes under it.

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=port-lib.sh
. "$(dirname "$0")/port-lib.sh"

ALL_TESTS="
	devices_that_are_no_ethernet
	devices_that_others_hold
	devices_that_vxc_holds
	masters_can_be_ports
	vxc_above_itself
	loops_in_one_host_come_to_an_end
	vlan_device_that_was_there_first
	vlan_device_that_comes_later
	vlan_device_beside_a_leg
	device_is_brought_up
	carrier_and_admin_state
	mac_address_of_the_port
	mtu_of_the_port
	rename
	move_to_another_namespace
	device_dies_and_comes_back
	device_dies_under_traffic
	order_of_death
	attach_and_detach_under_traffic
	promiscuity_is_balanced
"

devices_that_are_no_ethernet()
{
	refused 'lo.*loopback' port add lo
	refused . port add nobody
	if try_link gre7 type gre local 10.0.0.1 remote 10.0.0.2; then
		refused "gre7.*not an Ethernet" port add gre7
		pip link del gre7
	fi
	if pip tuntap add tun7 mode tun 2> /dev/null; then
		refused "tun7.*not an Ethernet" port add tun7
		pip link del tun7
	fi
	if try_link vrf7 type vrf table 99; then
		refused "vrf7.*VRF" port add vrf7
		pip link del vrf7
	fi
	check_eq ports "$(jqv length port show)" 0
}

# held_by HOLDER: p1 is refused, with this name in the message, and untouched.
held_by()
{
	local before

	before=$(pip -d link show p1)
	refused "p1.*$1" port add p1
	check_eq "p1 after the refusal" "$(pip -d link show p1)" "$before"
}

devices_that_others_hold()
{
	pip link set p1 up
	if try_link br0 type bridge; then
		pip link set p1 master br0
		held_by 'bridge br0'
		pip link del br0
	fi
	if try_link bd0 type bond; then
		pip link set p1 down
		pip link set p1 master bd0
		held_by 'bond bd0'
		pip link del bd0
		pip link set p1 nomaster 2> /dev/null
		pip link set p1 up
	fi
	if try_link tm0 type team; then
		pip link set p1 down
		pip link set p1 master tm0 && held_by 'team tm0'
		pip link del tm0
		pip link set p1 up
	fi
	if try_link mv0 link p1 type macvlan; then
		held_by macvlan
		pip link del mv0
	fi
	if try_link iv0 link p1 type ipvlan; then
		held_by ipvlan
		pip link del iv0
	fi
	if [[ -n $(type -P ovs-vsctl) ]]; then
		diag "Open vSwitch is here but not tried"
	fi
	must v port add p1
	refused 'p1.*port already' port add p1
}

# The other way round: a port cannot be given to anyone else.
devices_that_vxc_holds()
{
	acme
	if try_link br0 type bridge; then
		no pip link set p1 master br0
		pip link del br0
	fi
	if try_link bd0 type bond; then
		pip link set p1 master bd0 2> /dev/null
		check_eq "master of the port" \
			"$(pip -j link show p1 | jq '.[0].master')" null
		pip link del bd0
	fi
	no pip link add mv0 link p1 type macvlan
	no pip link add iv0 link p1 type ipvlan
	pip link set p1 up
	until_eq 5 "up none" leg_state
	frame_comes_through
}

masters_can_be_ports()
{
	if ! try_link br0 type bridge; then
		skip "no bridge"
		return
	fi
	pip link set br0 up
	pip link set p1 master br0 up
	must v port add br0
	must v circuit add acme leg br0:100
	must v peering add acme-p circuit acme cvid 10
	pip link set acme-p up
	until_eq 5 UP oper acme-p
	must "$PROGS/frames" run <<- SCRIPT
		netns C $C
		netns P $(pns)
		sync C:sync P:sync
		send C:c1 8100:100 8100:10
		tap P:p1
		expect P:br0 8100:100 8100:10
		expect P:acme-p -
		send P:acme-p -
		expect C:c1 8100:100 8100:10
	SCRIPT
	pip link set p1 nomaster
	pip link del br0
	until_eq 5 "down port-absent" leg_state
}

vxc_above_itself()
{
	acme
	refused 'acme-p.*peering' port add acme-p
	pip link add link acme-p name over type vlan id 5
	refused 'over.*acme-p' port add over
	if try_link br0 type bridge; then
		pip link set acme-p master br0
		refused 'br0.*acme-p' port add br0
		pip link set acme-p nomaster
		must v port add br0
		no pip link set acme-p master br0
		check_eq "master of the peering" \
			"$(pip -j link show acme-p | jq '.[0].master')" null
		must v port del br0
		pip link del br0
	fi
	pip link del over
	frame_comes_through
}

# Two ports wired to each other: what the peering sends comes back to a leg.
loops_in_one_host_come_to_an_end()
{
	pip link add l1 type veth peer name l2
	pip link set l1 up
	pip link set l2 up
	must v port add l1
	must v port add l2
	must v circuit add a leg l1:100
	must v circuit add b leg l2:100
	must v peering add a-p circuit a
	must v peering add b-p circuit b
	if try_link br0 type bridge; then
		pip link set a-p master br0 up
		pip link set b-p master br0 up
		pip link set br0 type bridge stp_state 0
		pip link set br0 up
		must "$PROGS/frames" flood count 1 "$(pns):a-p" - > "$WORK/out"
		pip link set br0 down
		pip link del br0
	fi
	pip link del l1
	check_eq "legs without a port" \
		"$(jqv '[.[].legs[] | select(.reason == "port-absent")] |
			length' show)" 2
}

vlan_device_that_was_there_first()
{
	pip link add link p1 name thief type vlan id 100
	must v port add p1
	must v port add p2
	refused 'thief.*100' circuit add acme leg p1:100
	refused 'thief.*100' circuit add acme leg p1:100.10
	refused 'thief' circuit add acme leg 'p1:*'
	check_eq circuits "$(jqv length circuit show)" 0
	must v circuit add acme leg p1:101
	refused 'thief.*100' circuit leg set acme role primary p1:100
	must v circuit leg set acme role primary p2:100
	must v port set p1 tpid 88a8
	must v circuit leg set acme role primary p1:100
	refused 'thief.*100' port set p1 tpid 8100
	check_eq tpid "$(jqv '.[0].tpid' port show p1 | sed 's/0x//')" 88a8
	must v circuit del acme force
	must v port del p1
	pip link del thief
}

vlan_device_that_comes_later()
{
	local out

	acme
	out=$(pip link add link p1 name thief type vlan id 100 2>&1)
	check_fail $? "a VLAN device took VID 100 from acme"
	grep -q 'thief.*acme' <<< "$out"
	check_err $? "the refusal does not name them: $out"
	no pip link show thief
	must pip link add link p1 name fine type vlan id 101
	must v circuit add other leg 'p2:*'
	no pip link add link p2 name thief type vlan id 55
	pip link del fine
	frame_comes_through
}

vlan_device_beside_a_leg()
{
	acme
	pip link add link p1 name beside type vlan id 7
	pip link set beside up
	must "$PROGS/frames" run <<- SCRIPT
		netns C $C
		netns P $(pns)
		sync C:sync P:sync
		send C:c1 8100:7
		tap P:p1
		expect P:beside -
		send C:c1 8100:100 8100:10
		tap P:p1
		expect P:acme-p -
	SCRIPT
	pip link del beside
}

device_is_brought_up()
{
	pip link set p1 down
	must v port add p1
	pip link show p1 | grep -q '[<,]UP'
	check_err $? "the port's device is down: $(pip link show p1)"
	pip link set p2 down
	if try_link br0 type bridge; then
		pip link set p2 master br0
		refused br0 port add p2
		pip link show p2 | grep -q '[<,]UP'
		check_fail $? "a refused port add left the device up"
		pip link del br0
	fi
	pip link set p2 up
}

carrier_and_admin_state()
{
	acme
	check_eq port "$(jqv '.[0] | "\(.state) \(.reason)"' port show p1)" \
		"up none"
	cip link set c1 down
	until_eq 5 "down no-carrier" \
		jqv '.[0] | "\(.state) \(.reason)"' port show p1
	pip link set p1 down
	until_eq 5 "down port-down" \
		jqv '.[0] | "\(.state) \(.reason)"' port show p1
	cip link set c1 up
	pip link set p1 up
	until_eq 5 "up none" leg_state
	frame_comes_through
}

mac_address_of_the_port()
{
	local mac

	acme
	mac=$(pip -j link show acme-p | jq -r '.[0].address')
	pip link set p1 address 02:00:00:00:01:01
	check_eq "MAC address of the peering" \
		"$(pip -j link show acme-p | jq -r '.[0].address')" "$mac"
	frame_comes_through
}

mtu_of_the_port()
{
	acme
	pip link set p1 mtu 1300
	until_eq 5 1300 jqv '.[0].mtu' port show p1
	until_eq 5 1292 jqv '.[0].mtu' peering show acme-p
	check_eq "largest MTU" "$(jqv '.[0].mtu_max' peering show acme-p)" 1292
	pip link set p1 mtu 1500
	until_eq 5 1492 jqv '.[0].mtu' peering show acme-p
}

rename()
{
	acme
	if ! pip link set p1 name q1 2> /dev/null; then
		pip link set p1 down
		must pip link set p1 name q1
		pip link set q1 up
		until_eq 5 "up none" leg_state
	fi
	check_eq port "$(jqv '.[0].name' port show q1)" q1
	check_eq attachment "$(circ 'legs[0].attachment')" q1:100
	frame_comes_through q1
	refused p1 port show p1
	pip link set q1 down
	must pip link set q1 name p1
	pip link set p1 up
}

move_to_another_namespace()
{
	acme
	must pip link set p1 netns "$X"
	until_eq 5 "down port-absent" leg_state
	check_eq "port" "$(jqv '.[0] | "\(.state) \(.reason)"' port show p1)" \
		"down port-absent"
	check_eq "the active leg" "$(circ active)" secondary
	ip -n "$X" -d link show p1 | grep -q 'promiscuity 0'
	check_err $? "it kept its promiscuity: $(ip -n "$X" -d link show p1)"
	ip -n "$X" link set p1 up
	must "$PROGS/frames" flood count 10 "$C:c1" "8100:100 8100:10"
	ip -n "$X" link set p1 netns "${P:-1}"
	pip link set p1 up
	must v port add p1
	until_eq 5 "up none" leg_state
	frame_comes_through
}

device_dies_and_comes_back()
{
	local index

	acme tpid 8100
	index=$(pip -j link show acme-p | jq '.[0].ifindex')
	unwire c1
	until_eq 5 "down port-absent" leg_state
	check_eq "the port" \
		"$(jqv '.[0] | "\(.name) \(.reason) \(.ifindex)"' \
			port show p1)" "p1 port-absent null"
	wire c1 p1
	check_eq "the leg before port add" "$(leg_state)" "down port-absent"
	must v port add p1
	until_eq 5 "up none" leg_state
	check_eq ifindex "$(pip -j link show acme-p | jq '.[0].ifindex')" \
		"$index"
	frame_comes_through
	unwire c1
	must v circuit del acme force
	must v port del p1
	wire c1 p1
}

device_dies_under_traffic()
{
	local i in out

	acme
	for ((i = 0; i < $(scale 5); i++)); do
		background "$WORK/in" "$PROGS/frames" flood "$C:c1" \
			"8100:100 8100:10" "$C:c1" "8100:5" "$C:c1" -
		in=$BG
		background "$WORK/out" "$PROGS/frames" flood \
			"$(pns):acme-p" -
		out=$BG
		tick 0.05
		unwire c1
		until_eq 10 "down port-absent" leg_state
		finish "$in"
		finish "$out"
		wire c1 p1
		must v port add p1 || return
	done
	until_eq 10 "up none" leg_state
	frame_comes_through
}

# The device, the peering, the circuit and the port go in every order.
order_of_death()
{
	local order what

	for order in "dev peering circuit port" "peering dev circuit port" \
		"dev circuit port" "circuit dev port" "circuit port dev" \
		"peering circuit port dev" "forced dev circuit port"; do
		acme
		for what in $order; do
			case $what in
			dev) unwire c1 ;;
			peering) must v peering del acme-p ;;
			circuit) must v circuit del acme force ;;
			port) must v port del p1 ;;
			forced) must v port del p1 force ;;
			esac
		done
		vxc_flush
		check_eq "what is left after $order" "$(jqv length port show)" 0
		pip link show p1 > /dev/null 2>&1 || wire c1 p1
		unwire c1
		wire c1 p1
	done
}

attach_and_detach_under_traffic()
{
	local flood i

	cip link set c1 up
	background "$WORK/flood" "$PROGS/frames" flood "$C:c1" \
		"8100:100 8100:10" "$C:c1" "8100:7" "$C:c1" -
	flood=$BG
	for ((i = 0; i < $(scale 100); i++)); do
		echo "port add p1"
		echo "circuit add x leg p1:100"
		echo "peering add xp circuit x cvid 10"
		echo "port del p1 force"
		echo "port add p1"
		echo "circuit del x force"
		echo "port del p1"
	done > "$WORK/edits"
	must v -batch "$WORK/edits"
	finish "$flood"
	check_eq ports "$(jqv length port show)" 0
}

promiscuity_is_balanced()
{
	local i counts

	counts=$(pip -d link show p1 | grep -o 'promiscuity [0-9]*')
	check_eq "promiscuity before" "$counts" "promiscuity 0"
	for ((i = 0; i < $(scale 50); i++)); do
		echo "port add p1"
		echo "circuit add x leg p1:100"
		echo "peering add xp circuit x cvid 10"
		echo "circuit del x force"
		echo "port del p1"
	done > "$WORK/edits"
	must v -batch "$WORK/edits"
	check_eq "promiscuity after" \
		"$(pip -d link show p1 | grep -o 'promiscuity [0-9]*')" \
		"$counts"
	must v port add p1
	pip link set p1 down
	pip link set p1 up
	pip link set p1 promisc on
	must v port del p1
	check_eq "promiscuity that someone else wanted" \
		"$(pip -d link show p1 | grep -o 'promiscuity [0-9]*')" \
		"promiscuity 1"
	pip link set p1 promisc off
	[[ -z $(pexec find /sys/class/net/p1/ -name 'lower_*' -o \
		-name 'upper_*') ]]
	check_err $? "the device has neighbours: $(pexec ls /sys/class/net/p1)"
}

run_tests
