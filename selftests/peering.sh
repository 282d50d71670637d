#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Peerings as routed interfaces: IPv4 and IPv6 over every kind of attachment,
# VRFs, MAC addresses, MTU, tenants' namespaces.
#
#   C   c1.100.10    c2...          customer, VLAN devices
#         |            |
#   P    p1           p2            provider, circuit acme

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

ALL_TESTS="
	every_attachment_carries_ipv4_and_ipv6
	other_tpids_carry_ip
	pinned_peerings_work_side_by_side
	protected_peering_follows_the_leg
	vrf_is_joined_before_up
	mac_is_stable_and_unique
	mac_of_the_port_is_not_ours
	mtu_has_to_fit_the_port
	mtu_follows_the_port
	too_big_is_told_to_the_sender
	full_size_packets_pass
	moves_to_a_tenant
	marks_stay_in_their_namespace
	tenant_namespace_dies
	ip_link_makes_and_deletes_peerings
"

PV4=10.1.0.2
CV4=10.1.0.1
PV6=fd01::2
CV6=fd01::1

setup_all()
{
	setup_provider
	setup_ns T
	two_wires
	pexec sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
}

# fresh: ports as after setup_all, the customer without VLAN devices.
fresh()
{
	local dev

	for dev in $(cip -j link show type vlan |
		jq -r '.[].ifname // empty'); do
		cip link del "$dev" 2> /dev/null
	done
	cip addr flush dev c1
	cip link set c1 up mtu 1500
	pip link set p1 up mtu 1500
	v port show p1 > /dev/null 2>&1 || must v port add p1
	v port show p2 > /dev/null 2>&1 || must v port add p2
	must v port set p1 tpid 8100
}

# acme ATTACHMENT [PEERING-ARGUMENTS...]: circuit with one peering, addressed.
acme()
{
	local leg=$1

	shift
	must v circuit add acme leg "$leg" &&
		must v peering add acme-p circuit acme "$@" &&
		pip link set acme-p up &&
		addr_add pip acme-p "$PV4/30" && addr_add pip acme-p "$PV6/64"
}

both_ways()
{
	reaches cexec "$PV4" "$PV6"
	reaches pexec "$CV4" "$CV6"
}

customer_on()
{
	addr_add cip "$1" "$CV4/30"
	addr_add cip "$1" "$CV6/64"
}

every_attachment_carries_ipv4_and_ipv6()
{
	fresh
	customer_vlan c1 100 > /dev/null

	acme p1:100 cvid 10
	customer_vlan c1.100 10 "$CV4/30" "$CV6/64" > /dev/null
	both_ways
	vxc_flush; fresh

	acme p1:100
	customer_vlan c1 100 "$CV4/30" "$CV6/64" > /dev/null
	both_ways
	vxc_flush; fresh

	acme p1:100.20
	customer_vlan c1 100 > /dev/null
	customer_vlan c1.100 20 "$CV4/30" "$CV6/64" > /dev/null
	both_ways
	vxc_flush; fresh

	acme p1:untagged
	customer_on c1
	both_ways
	vxc_flush; fresh

	acme 'p1:*' cvid 10
	customer_vlan c1 10 "$CV4/30" "$CV6/64" > /dev/null
	both_ways
}

other_tpids_carry_ip()
{
	fresh
	must v port set p1 tpid 88a8
	acme p1:100 cvid 10
	PROTO=(proto 802.1ad)
	customer_vlan c1 100 > /dev/null
	PROTO=()
	customer_vlan c1.100 10 "$CV4/30" "$CV6/64" > /dev/null
	both_ways
}

pinned_peerings_work_side_by_side()
{
	fresh
	must v circuit add acme leg p1:100 leg p2:100
	must v peering add acme-a circuit acme cvid 10 leg primary
	must v peering add acme-b circuit acme cvid 10 leg secondary
	pip link set acme-a up
	pip link set acme-b up
	addr_add pip acme-a 10.1.1.2/30
	addr_add pip acme-b 10.1.2.2/30
	customer_vlan c1 100 > /dev/null
	customer_vlan c1.100 10 10.1.1.1/30 > /dev/null
	customer_vlan c2 100 > /dev/null
	customer_vlan c2.100 10 10.1.2.1/30 > /dev/null
	reaches cexec 10.1.1.2 10.1.2.2
	cip link set c1 down
	until_eq 5 LOWERLAYERDOWN oper acme-a
	check_eq "the other peering" "$(oper acme-b)" UP
	reaches cexec 10.1.2.2
	cip link set c1 up
	cip link set c1.100 up
	cip link set c1.100.10 up
	until_eq 5 UP oper acme-a
	reaches pexec 10.1.1.1
}

protected_peering_follows_the_leg()
{
	local index

	fresh
	must v circuit add acme leg p1:100 leg p2:100
	must v peering add acme-p circuit acme cvid 10
	pip link set acme-p up
	addr_add pip acme-p "$PV4/30"
	index=$(pip -j link show acme-p | jq '.[0].ifindex')
	customer_vlan c1 100 > /dev/null
	customer_vlan c1.100 10 > /dev/null
	customer_vlan c2 100 > /dev/null
	customer_vlan c2.100 10 > /dev/null
	cip link add bridge0 type bridge
	cip link set c1.100.10 master bridge0
	cip link set c2.100.10 master bridge0
	cip link set bridge0 up
	cip addr add "$CV4/30" dev bridge0
	reaches pexec "$CV4"
	cip link set c1 down
	until_eq 5 secondary circ active
	reaches pexec "$CV4"
	check_eq ifindex "$(pip -j link show acme-p | jq '.[0].ifindex')" \
		"$index"
	cip link del bridge0
}

vrf_is_joined_before_up()
{
	local pid events

	fresh
	pip link add blue type vrf table 110
	pip link set blue up
	must v circuit add acme leg p1:100
	background "$WORK/monitor" pexec ip -o monitor link route
	pid=$BG
	wait_for 5 netlink_listener "$pid"
	must v peering add acme-p circuit acme cvid 10 vrf blue \
		address "$PV4/30"
	check_eq master "$(pip -j link show acme-p | jq -r '.[0].master')" blue
	pip link set acme-p up
	wait_for 5 grep -q 'acme-p.*UP' "$WORK/monitor"
	finish "$pid"
	events=$(grep -E 'acme-p[:@].*[<,]UP' "$WORK/monitor" |
		grep -v 'master blue')
	check_eq "events of the device up outside its VRF" "$events" ""
	events=$(grep 'acme-p' "$WORK/monitor" |
		grep -E '^(local |broadcast )?10\.' | grep -v 'table 110')
	check_eq "routes outside the VRF's table" "$events" ""
	[[ -n $(pip route show table 110) ]]
	check_err $? "no route in the VRF's table"
	check_eq "routes in the main table" "$(pip route show 10.1.0.0/30)" ""
	customer_vlan c1 100 > /dev/null
	customer_vlan c1.100 10 "$CV4/30" > /dev/null
	reaches cexec "$PV4"
	vxc_flush
	pip link del blue
}

# Whether a process has a netlink socket open in the provider's namespace.
netlink_listener()
{
	[[ -s $WORK/monitor ]] && return 0
	pip link set dev lo alias "tick $RANDOM"
	[[ -s $WORK/monitor ]]
}

mac()
{
	pip -j link show "$1" | jq -r '.[0].address'
}

mac_is_stable_and_unique()
{
	local key=11111111-2222-3333-4444-555555555555 first second

	fresh
	must v circuit add acme key "$key" leg p1:100
	must v peering add acme-1 circuit acme cvid 10
	must v peering add acme-2 circuit acme cvid 20
	first=$(mac acme-1)
	second=$(mac acme-2)
	[[ $first != "$second" ]]
	check_err $? "two peerings have the MAC address $first"
	(((0x${first%%:*} & 3) == 2))
	check_err $? "$first is not a local unicast address"
	must v circuit del acme force
	must v circuit add other key "$key" leg p1:100
	must v peering add other-1 circuit other cvid 10
	check_eq "MAC address of the same key again" "$(mac other-1)" "$first"
	must v peering add other-3 circuit other cvid 30 mac 02:00:00:00:00:33
	check_eq "MAC address given" "$(mac other-3)" 02:00:00:00:00:33
	must v circuit del other force
	must v circuit add acme leg p1:100
	must v peering add acme-1 circuit acme cvid 10
	[[ $(mac acme-1) != "$first" ]]
	check_err $? "another key makes the same MAC address"
}

# The peering has an address of its own, whatever the port has.
mac_of_the_port_is_not_ours()
{
	fresh
	acme p1:100
	customer_vlan c1 100 "$CV4/30" "$CV6/64" > /dev/null
	cip neigh replace "$PV4" lladdr "$(mac p1)" dev c1.100
	no cexec ping -q -n -c 1 -W 1 "$PV4"
	cip neigh replace "$PV4" lladdr "$(mac acme-p)" dev c1.100
	reaches cexec "$PV4"
}

mtu_of()
{
	pip -j link show "$1" | jq '.[0].mtu'
}

mtu_has_to_fit_the_port()
{
	local out

	fresh
	acme p1:100 cvid 10
	check_eq "default MTU behind two tags" "$(mtu_of acme-p)" 1492
	refused '1500.*1508|1508.*1500' peering set acme-p mtu 1500
	out=$(pip link set acme-p mtu 1493 2>&1)
	check_fail $? "ip link set mtu 1493 on a port of 1500"
	check_eq "MTU after refusals" "$(mtu_of acme-p)" 1492
	must v peering set acme-p mtu 1400
	check_eq MTU "$(mtu_of acme-p)" 1400
	must v peering add acme-q circuit acme
	check_eq "default MTU behind one tag" "$(mtu_of acme-q)" 1496
	refused '1500' peering add acme-r circuit acme cvid 30 mtu 1500
	pip link set p1 mtu 1508
	must v peering set acme-p mtu 1500
	check_eq MTU "$(mtu_of acme-p)" 1500
	refused '9000' peering set acme-p mtu 9000
	no pip link set acme-p mtu 60
}

mtu_follows_the_port()
{
	fresh
	acme p1:100 cvid 10
	pip link set p1 mtu 1400
	until_eq 5 1392 mtu_of acme-p
	pip link set p1 mtu 1500
	until_eq 5 1492 mtu_of acme-p
}

# A router in between tells the sender about the smaller MTU behind it.
too_big_is_told_to_the_sender()
{
	local out

	fresh
	acme p1:100 cvid 10
	customer_vlan c1 100 > /dev/null
	customer_vlan c1.100 10 "$CV4/30" "$CV6/64" > /dev/null
	must v circuit add far leg p2:200
	must v peering add far-p circuit far mtu 1300
	pip link set far-p up
	addr_add pip far-p 10.2.0.2/30
	addr_add pip far-p fd02::2/64
	pip neigh add 10.2.0.1 lladdr 02:00:00:00:00:99 dev far-p
	pip neigh add fd02::1 lladdr 02:00:00:00:00:99 dev far-p
	cip route add 10.2.0.0/30 via "$PV4"
	cip -6 route add fd02::/64 via "$PV6"
	out=$(cexec ping -n -c 1 -W 5 -M "do" -s 1400 10.2.0.1 2>&1)
	grep -q "From $PV4.*mtu = 1300" <<< "$out"
	check_err $? "no ICMP too big: $out"
	out=$(cexec ping -n -c 1 -W 5 -M "do" -s 1400 fd02::1 2>&1)
	grep -Eqi "From $PV6.*(too big|mtu).*1300" <<< "$out"
	check_err $? "no ICMPv6 too big: $out"
}

full_size_packets_pass()
{
	fresh
	acme p1:100 cvid 10
	customer_vlan c1 100 > /dev/null
	customer_vlan c1.100 10 "$CV4/30" "$CV6/64" > /dev/null
	cip link set c1.100.10 mtu 1492
	must cexec ping -q -n -c 2 -i 0.1 -W 5 -M "do" -s 1464 "$PV4"
	must pexec ping -q -n -c 2 -i 0.1 -W 5 -M "do" -s 1464 "$CV4"
	must pexec ping -q -n -c 2 -i 0.1 -W 5 -M "do" -s 1444 "$CV6"
	no pexec ping -q -n -c 1 -W 1 -M "do" -s 1465 "$CV4"
}

texec()
{
	ip netns exec "$T" "$@"
}

moves_to_a_tenant()
{
	fresh
	acme p1:100 cvid 10
	customer_vlan c1 100 > /dev/null
	customer_vlan c1.100 10 "$CV4/30" "$CV6/64" > /dev/null
	pip link set acme-p netns "$T"
	ip -n "$T" link set acme-p up
	ip -n "$T" addr add "$PV4/30" dev acme-p
	reaches texec "$CV4"
	reaches cexec "$PV4"
	check_eq "peerings of the circuit" \
		"$(circ 'peerings | map(.name) | join(" ")')" acme-p
	check_eq "peerings that the tenant sees" \
		"$("$VXC" -n "$T" -j peering show | jq length)" 0
	must v peering del acme-p
	no ip -n "$T" link show acme-p
}

marks_stay_in_their_namespace()
{
	fresh
	if [[ -z $(type -P nft) ]]; then
		skip "no nft"
		return
	fi
	acme p1:100 cvid 10
	customer_vlan c1 100 > /dev/null
	customer_vlan c1.100 10 "$CV4/30" > /dev/null
	pip link set acme-p netns "$T"
	ip -n "$T" link set acme-p up
	ip -n "$T" addr add "$PV4/30" dev acme-p
	if ! pexec tc qdisc add dev p1 clsact ||
		! pexec tc filter add dev p1 ingress matchall \
			action skbedit mark 7 ||
		! texec nft -f - <<- RULES
			table ip t {
				counter marked { }
				counter seen { }
				chain c {
					type filter hook input priority 0;
					meta mark 7 counter name marked
					counter name seen
				}
			}
		RULES
	then
		skip "no skbedit or nft counter"
		return
	fi
	reaches cexec "$PV4"
	texec nft -j list counters > "$WORK/counters"
	check_eq "packets with the mark of another namespace" \
		"$(jq '.nftables[].counter | select(.name == "marked").packets' \
			"$WORK/counters")" 0
	check_eq "whether packets came" \
		"$(jq '.nftables[].counter | select(.name == "seen").packets > 0' \
			"$WORK/counters")" true
	pexec tc qdisc del dev p1 clsact
}

tenant_namespace_dies()
{
	local D

	fresh
	setup_ns D
	acme p1:100 cvid 10
	customer_vlan c1 100 > /dev/null
	customer_vlan c1.100 10 "$CV4/30" > /dev/null
	pip link set acme-p netns "$D"
	ip -n "$D" link set acme-p up
	ip netns del "$D"
	until_eq 10 '[]' jqv . peering show
	check_eq "peerings" "$(circ 'peerings | length')" 0
	must v peering add acme-p circuit acme cvid 10
	pip link set acme-p up
	addr_add pip acme-p "$PV4/30"
	reaches cexec "$PV4"
}

ip_link_makes_and_deletes_peerings()
{
	fresh
	if ! ip link add type vxc help 2>&1 | grep -q circuit; then
		skip "ip does not know vxc, its plugin is not installed"
		return
	fi
	must v circuit add acme leg p1:100 leg p2:100
	must pip link add acme-p type vxc circuit acme cvid 10
	check_eq "C-VID" "$(jqv '.[0].cvid' peering show acme-p)" 10
	must pip link add acme-q type vxc circuit acme cvid 20 leg primary
	check_eq "leg" "$(jqv '.[0].role' peering show acme-q)" primary
	no pip link add acme-r type vxc circuit acme cvid 10
	no pip link add acme-r type vxc circuit nobody cvid 30
	pip -d link show acme-p | grep -q 'vxc.*circuit acme.*cvid 10'
	check_err $? "ip -d link show: $(pip -d link show acme-p)"
	must pip link del acme-p
	check_eq "peerings left" "$(circ 'peerings | map(.name) | join(" ")')" \
		acme-q
}

run_tests
