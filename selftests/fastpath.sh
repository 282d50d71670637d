#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The forwarding cache: packets that it forwards are as if routed, and it never
# outlives what the kernel or an operator decides. A note is used for a second:
# each test changes something just after notes were made, and looks at once.
#
#   C   c1.100.10            site x, 10.1.0.1
#         |
#   P    p1                  circuit x, peering x-p, 10.1.0.2
#        p2                  circuit y, peering y-p, 10.2.0.2
#         |
#   D   c2.200.20            site y, 10.2.0.1, and 10.9.0.1 behind it

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

ALL_TESTS="
	notes_forward
	packets_are_as_if_routed
	in_a_vrf
	off_is_off
	route_goes
	better_route_comes
	rule_comes
	neighbour_moves
	mtu_shrinks
	reach_goes
	circuit_goes_down
	peering_goes
	leg_switches
	filter_is_obeyed_within_a_second
	translated_flows_are_not_noted
	watched_peerings_take_the_long_way
	two_families_of_many_flows
"

setup_all()
{
	setup_provider
	setup_ns D
	wire c1 p1 && wire c2 p2 && wire c3 p3
	cip link set c2 netns "$D"
	dip link set c2 up
	must v port add p1 && must v port add p2 && must v port add p3
	pexec sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
	site cip c1 100 10 10.1.0.1/24 fd01::1/64
	site dip c2 200 20 10.2.0.1/24 fd02::1/64
	addr_add dip lo 10.9.0.1/32
	cip route add default via 10.1.0.2
	cip -6 route add default via fd01::2
	dip route add default via 10.2.0.2
	dip -6 route add default via fd02::2
}

dip()
{
	ip -n "$D" "$@"
}

# site IP-COMMAND DEV S-VID C-VID ADDRESS...
site()
{
	local run=$1 dev=$2 s=$3 c=$4 address

	"$run" link add link "$dev" name "$dev.$s" type vlan id "$s"
	"$run" link add link "$dev.$s" name "$dev.$s.$c" type vlan id "$c"
	"$run" link set "$dev.$s" up
	"$run" link set "$dev.$s.$c" up
	shift 4
	for address in "$@"; do
		addr_add "$run" "$dev.$s.$c" "$address"
	done
}

# circuits [PEERING-ARGUMENTS...]: x and y, with reach and the cache on.
circuits()
{
	local name

	# Each circuit has another address
	cip neigh flush all
	dip neigh flush all
	for name in p1 p2 p3; do
		v port show "$name" > /dev/null 2>&1 || must v port add "$name"
	done
	must v circuit add x leg p1:100 fastpath on
	must v circuit add y leg p2:200 fastpath on
	must v peering add x-p circuit x cvid 10 "$@"
	must v peering add y-p circuit y cvid 20 "$@"
	must v reach add x y
	pip link set x-p up
	pip link set y-p up
	addr_add pip x-p 10.1.0.2/24
	addr_add pip x-p fd01::2/64
	addr_add pip y-p 10.2.0.2/24
	addr_add pip y-p fd02::2/64
	wait_for 5 pings cexec 10.2.0.1
	wait_for 5 pings cexec fd02::1
}

fast()
{
	jqv '.[0].fast_packets' peering show "${1:-x-p}"
}

flow()
{
	cexec ping -q -n -c "${2:-10}" -i 0.01 -W $((2 * KSFT_SLOW)) "$1"
}

# warm ADDRESS: notes are there and in use.
warm()
{
	local before

	before=$(fast)
	flow "$1" > /dev/null
	flow "$1" > /dev/null
	(($(fast) > before)) || fail "$1: no packet was forwarded by a note"
}

# cut ADDRESS: nothing comes back any more, at once.
cut_off()
{
	no cexec ping -q -n -c 3 -i 0.01 -W 1 "$1"
}

notes_forward()
{
	local before

	circuits
	before=$(fast)
	must flow 10.2.0.1 50
	must flow fd02::1 50
	(($(fast) - before >= 80 / KSFT_SLOW))
	check_err $? "$(($(fast) - before)) of 100 packets by notes"
	(($(fast y-p) >= 80 / KSFT_SLOW))
	check_err $? "and $(fast y-p) of the answers"
	check_eq "what the circuit says" "$(circ fastpath x)" true
}

# The TTL is one less, the tags are the other circuit's, counters count.
packets_are_as_if_routed()
{
	local rx tx ttl

	circuits
	warm 10.2.0.1
	ttl=$(cexec ping -n -c 1 10.2.0.1 | sed -n 's/.*ttl=\([0-9]*\).*/\1/p')
	check_eq ttl "$ttl" 63
	ttl=$(cexec ping -n -c 1 fd02::1 | sed -n 's/.*ttl=\([0-9]*\).*/\1/p')
	check_eq "hop limit" "$ttl" 63
	cexec ping -n -c 1 -t 1 10.2.0.1 | grep -q 'From 10.1.0.2.*exceeded'
	check_err $? "no answer when the TTL ends"
	rx=$(jqv '.[0].legs[0].stats.rx_packets' show x)
	tx=$(jqv '.[0].legs[0].stats.tx_packets' show y)
	must flow 10.2.0.1 20
	(($(jqv '.[0].legs[0].stats.rx_packets' show x) - rx >= 20))
	check_err $? "the leg of x received less than was sent"
	(($(jqv '.[0].legs[0].stats.tx_packets' show y) - tx >= 20))
	check_err $? "the leg of y transmitted less than was sent"
}

in_a_vrf()
{
	pip link add blue type vrf table 110
	pip link set blue up
	circuits vrf blue
	warm 10.2.0.1
	warm fd02::1
	vxc_flush
	pip link del blue
}

off_is_off()
{
	circuits
	warm 10.2.0.1
	must v circuit set x fastpath off
	must flow 10.2.0.1
	check_eq "packets by notes" "$(fast)" null
	check_eq "what the circuit says" "$(circ fastpath x)" false
	must v circuit set x fastpath on
	warm 10.2.0.1
}

route_goes()
{
	circuits
	pip route add 10.9.0.1/32 via 10.2.0.1
	wait_for 5 pings cexec 10.9.0.1
	warm 10.9.0.1
	pip route del 10.9.0.1/32
	cut_off 10.9.0.1
}

better_route_comes()
{
	circuits
	pip route add 10.9.0.0/16 via 10.2.0.1
	pip -6 route add fd09::/16 via fd02::1
	addr_add dip lo fd09::1/128
	warm 10.9.0.1
	warm fd09::1
	pip route add blackhole 10.9.0.1/32
	cut_off 10.9.0.1
	pip -6 route add blackhole fd09::1/128
	cut_off fd09::1
	pip route del blackhole 10.9.0.1/32
	pip -6 route del blackhole fd09::1/128
	must flow 10.9.0.1
}

rule_comes()
{
	circuits
	warm 10.2.0.1
	warm fd02::1
	pip rule add pref 10 from 10.1.0.1 blackhole
	cut_off 10.2.0.1
	pip -6 rule add pref 10 from fd01::1 blackhole
	cut_off fd02::1
	pip rule del pref 10
	pip -6 rule del pref 10
	must flow 10.2.0.1
}

neighbour_moves()
{
	circuits
	warm 10.2.0.1
	must pip neigh replace 10.2.0.1 lladdr 02:00:00:00:00:99 dev y-p \
		nud permanent
	cut_off 10.2.0.1
	must pip neigh del 10.2.0.1 dev y-p
	wait_for 5 pings cexec 10.2.0.1
}

# A packet that no longer fits is answered, not sent.
mtu_shrinks()
{
	circuits
	must cexec ping -q -n -c 5 -i 0.01 -s 1400 -M 'do' 10.2.0.1
	warm 10.2.0.1
	must pip link set y-p mtu 1300
	cexec ping -n -c 1 -W 1 -s 1400 -M 'do' 10.2.0.1 2>&1 |
		grep -q 'From 10.1.0.2.*mtu = 1300'
	check_err $? "no answer says the MTU"
	cip route flush cache
}

reach_goes()
{
	circuits
	warm 10.2.0.1
	warm fd02::1
	must v reach del x y
	cut_off 10.2.0.1
	cut_off fd02::1
	must v reach add x y
	must flow 10.2.0.1
}

circuit_goes_down()
{
	circuits
	warm 10.2.0.1
	must v circuit set y admin down
	cut_off 10.2.0.1
	must v circuit set y admin up
	wait_for 5 pings cexec 10.2.0.1
}

peering_goes()
{
	circuits
	warm 10.2.0.1
	must v peering del y-p
	cut_off 10.2.0.1
}

# The note names the peering; which leg that uses is asked for each packet.
leg_switches()
{
	local tx

	circuits
	must v leg add circuit y p3:300
	warm 10.2.0.1
	must v circuit switch y manual secondary
	tx=$(jqv '.[0].legs[1].stats.tx_packets' show y)
	cexec ping -q -n -c 10 -i 0.01 -W 1 10.2.0.1 > /dev/null
	(($(jqv '.[0].legs[1].stats.tx_packets' show y) - tx >= 10))
	check_err $? "the other leg did not transmit"
}

nft_here()
{
	[[ -n $(type -P nft) ]]
}

filter_is_obeyed_within_a_second()
{
	nft_here || {
		skip "no nft command"
		return
	}
	circuits
	warm 10.2.0.1
	pexec nft 'table ip t { chain f {
		type filter hook forward priority 0;
		ip daddr 10.2.0.1 drop; }; }'
	check_err $? "nft"
	tick 1.1
	cut_off 10.2.0.1
	pexec nft 'delete table ip t'
}

translated_flows_are_not_noted()
{
	local before

	nft_here || {
		skip "no nft command"
		return
	}
	circuits
	pexec nft 'table ip t { chain p {
		type nat hook postrouting priority srcnat; oif "y-p" masquerade; }; }' || {
		skip "no address translation in this kernel"
		return
	}
	tick 1.1
	before=$(fast)
	must flow 10.2.0.1 20
	check_eq "packets by notes" "$(($(fast) - before))" 0
	pexec nft 'delete table ip t'
}

watched_peerings_take_the_long_way()
{
	local before

	circuits
	warm 10.2.0.1
	must pexec tc qdisc add dev x-p clsact
	must pexec tc filter add dev x-p ingress matchall action drop
	cut_off 10.2.0.1
	must pexec tc qdisc del dev x-p clsact
	warm 10.2.0.1
	must pexec tc qdisc add dev y-p clsact
	must pexec tc filter add dev y-p egress matchall action drop
	cut_off 10.2.0.1
	must pexec tc qdisc del dev y-p clsact
	warm 10.2.0.1
	must pexec tc qdisc add dev y-p root pfifo
	before=$(pexec tc -s -j qdisc show dev y-p root | jq '.[0].packets')
	must flow 10.2.0.1 20
	(($(pexec tc -s -j qdisc show dev y-p root | jq '.[0].packets') >=
		before + 20))
	check_err $? "the qdisc did not see every packet"
	must pexec tc qdisc del dev y-p root
}

two_families_of_many_flows()
{
	local i before

	circuits
	for i in {10..60}; do
		addr_add dip lo "10.9.1.$i/32"
		addr_add dip lo "fd09:1::$i/128"
	done
	pip route add 10.9.1.0/24 via 10.2.0.1
	pip -6 route add fd09:1::/64 via fd02::1
	before=$(fast)
	for i in {10..60}; do
		must cexec ping -q -n -c 3 -i 0.01 "10.9.1.$i"
		must cexec ping -q -n -c 3 -i 0.01 "fd09:1::$i"
	done
	(($(fast) - before >= 100))
	check_err $? "only $(($(fast) - before)) packets by notes"
}

run_tests
