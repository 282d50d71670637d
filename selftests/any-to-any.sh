#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Any-to-any: four sites of one customer, each a circuit with a peering in one
# VRF. They learn each other's prefixes by BGP, and reach each other because,
# and only because, they have reach. Nothing of it gets out of the VRF.
#
#   C   site1 .. site4: VRFs with 10.20N.0.1/24 and fd00:20N::1/64
#       cN: VLAN 100+N      u0
#         |                  |
#   P   circuit sN in VRF any, FRR    uplink, with the default route

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=frr-lib.sh
. "$SELFTESTS/frr-lib.sh"

ALL_TESTS="
	sites_learn_prefixes_without_reach
	group_makes_any_to_any
	site_that_leaves_is_cut_off
	pair_alone_is_a_pair
	failover_keeps_sessions_and_reach
	no_packet_left_by_the_uplink
"

SITES=4

site_make()
{
	local n=$1

	cip link add "site$n" type vrf table "$((100 + n))"
	cip link set "site$n" up
	cip link add link bond name "v$n" address "02:00:00:00:00:0$n" \
		type vlan id $((100 + n))
	cip link set "v$n" master "site$n"
	cip link set "v$n" up
	addr_add cip "v$n" "172.16.$n.2/30"
	addr_add cip "v$n" "fd00:10:$n::2/64"
	cip link add "n$n" type dummy
	cip link set "n$n" master "site$n"
	cip link set "n$n" up
	addr_add cip "n$n" "10.20$n.0.1/24"
	addr_add cip "n$n" "fd00:20$n::1/64"
}

# neighbour ADDRESS AS
neighbour()
{
	cat <<- END
		 neighbor $1 remote-as $2
		 neighbor $1 timers connect 1
	END
}

# router AS VRF ID
router()
{
	cat <<- END
		router bgp $1 vrf $2
		 bgp router-id $3
		 no bgp ebgp-requires-policy
		 no bgp default ipv4-unicast
	END
}

provider_conf()
{
	local n

	echo "frr defaults traditional"
	router 65000 any 10.0.0.1
	for ((n = 1; n <= SITES; n++)); do
		neighbour "172.16.$n.2" "6500$n"
		neighbour "fd00:10:$n::2" "6500$n"
	done
	echo " address-family ipv4 unicast"
	for ((n = 1; n <= SITES; n++)); do
		echo "  neighbor 172.16.$n.2 activate"
	done
	echo " exit-address-family"
	echo " address-family ipv6 unicast"
	for ((n = 1; n <= SITES; n++)); do
		echo "  neighbor fd00:10:$n::2 activate"
	done
	echo " exit-address-family"
}

customer_conf()
{
	local n

	echo "frr defaults traditional"
	for ((n = 1; n <= SITES; n++)); do
		router "6500$n" "site$n" "10.0.0.1$n"
		neighbour "172.16.$n.1" 65000
		neighbour "fd00:10:$n::1" 65000
		cat <<- END
			 address-family ipv4 unicast
			  network 10.20$n.0.0/24
			  neighbor 172.16.$n.1 activate
			 exit-address-family
			 address-family ipv6 unicast
			  network fd00:20$n::/64
			  neighbor fd00:10:$n::1 activate
			 exit-address-family
			!
		END
	done
}

circuits()
{
	local n

	for ((n = 1; n <= SITES; n++)); do
		echo "circuit add s$n leg p1:$((100 + n)) leg p2:$((100 + n))"
		echo "peering add s$n-p circuit s$n vrf any" \
			"address 172.16.$n.1/30 address fd00:10:$n::1/64"
	done > "$WORK/circuits"
	must v -batch "$WORK/circuits"
}

setup_all()
{
	local n

	frr_installed || return 0
	KEEP=1		# one configuration for all tests
	modprobe -q -a bonding 8021q 2> /dev/null
	setup_ns C P
	cip link add bond type bond mode active-backup miimon 20
	two_wires
	for n in c1 c2; do
		cip link set "$n" down
		cip link set "$n" master bond
		cip link set "$n" up
	done
	cip link set bond type bond primary c1
	cip link set bond up
	wire u0 uplink
	pexec sysctl -qw net.ipv6.conf.uplink.disable_ipv6=1
	addr_add pip uplink 198.51.100.1/24
	pip route add default via 198.51.100.2
	pip neigh add 198.51.100.2 lladdr 02:00:00:00:00:fe dev uplink
	pip link add any type vrf table 1000
	pip link set any up
	for n in "$C" "$P"; do
		ip netns exec "$n" sysctl -qw net.ipv4.tcp_l3mdev_accept=1 \
			net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
	done
	for ((n = 1; n <= SITES; n++)); do
		site_make "$n"
	done
	circuits
	UPLINK=$(sent_to_the_uplink)
	frr_start "$P" < <(provider_conf)
	frr_start "$C" < <(customer_conf)
}

sent_to_the_uplink()
{
	pexec cat /sys/class/net/uplink/statistics/tx_packets
}

# routes_of SITE: those of BGP in its VRF
routes_of()
{
	cip -4 -j route show table $((100 + $1)) proto bgp |
		jq -r '.[].dst' | sort
	cip -6 -j route show table $((100 + $1)) proto bgp |
		jq -r '.[].dst' | sort
}

# others SITE: what it is to learn, the prefixes of all others
others()
{
	local n

	for ((n = 1; n <= SITES; n++)); do
		((n == $1)) || echo "10.20$n.0.0/24"
	done
	for ((n = 1; n <= SITES; n++)); do
		((n == $1)) || echo "fd00:20$n::/64"
	done
}

# from A B: site A's network pings that of site B, IPv4 and IPv6.
from()
{
	cexec ping -q -n -c 1 -W $((KSFT_SLOW)) -I "site$1" \
		-I "10.20$1.0.1" "10.20$2.0.1" &&
		cexec ping -q -n -c 1 -W $((KSFT_SLOW)) -I "site$1" \
			-I "fd00:20$1::1" "fd00:20$2::1"
}

# none A B: neither IPv4 nor IPv6
none()
{
	no cexec ping -q -n -c 1 -W 0.3 -I "site$1" \
		-I "10.20$1.0.1" "10.20$2.0.1"
	no cexec ping -q -n -c 1 -W 0.3 -I "site$1" \
		-I "fd00:20$1::1" "fd00:20$2::1"
}

# each FUNCTION: for any two sites, both ways
each()
{
	local a b

	for ((a = 1; a <= SITES; a++)); do
		for ((b = 1; b <= SITES; b++)); do
			((a == b)) || "$@" "$a" "$b"
		done
	done
}

can()
{
	must from "$@"
}

# How often each session was established
sessions()
{
	vtysh -N "$P" -c 'show bgp vrf any neighbors json' |
		jq -c '[.[] | objects | .connectionsEstablished // empty]'
}

sites_learn_prefixes_without_reach()
{
	local n

	have_frr || return
	for ((n = 1; n <= SITES; n++)); do
		until_eq 60 "$(others "$n")" routes_of "$n"
	done
	check_eq "prefixes at the provider" "$(pip -j route show table 1000 \
		proto bgp | jq length)" "$SITES"
	each none
	check_eq "the culprits of s1" "$(circ \
		'denied | map(.circuit) | unique | join(" ")' s1)" "s2 s3 s4"
}

group_makes_any_to_any()
{
	have_frr || return
	must v reach add group any s1 s2 s3 s4
	each can
}

site_that_leaves_is_cut_off()
{
	have_frr || return
	must v reach del group any s4
	none 1 4
	none 4 2
	can 1 2
	can 3 1
	check_eq "what it has learned" "$(routes_of 4)" "$(others 4)"
	must v reach del group any
	each none
}

pair_alone_is_a_pair()
{
	have_frr || return
	must v reach add s1 s2
	must v reach add s2 s3
	can 1 2
	can 3 2
	none 1 3
	must v reach del s1 s2
	must v reach del s2 s3
	none 2 1
}

failover_keeps_sessions_and_reach()
{
	local before

	have_frr || return
	must v reach add group any s1 s2 s3
	before=$(sessions)
	pip link set p1 down
	until_eq 5 secondary circ active s1
	wait_for 10 from 1 2
	can 2 3
	none 1 4
	pip link set p1 up
	until_eq 5 primary circ active s1
	wait_for 10 from 1 2
	none 4 3
	check_eq "how often the sessions were established" "$(sessions)" \
		"$before"
}

no_packet_left_by_the_uplink()
{
	have_frr || return
	# Nor is there a way out for what nobody has announced.
	no cexec ping -q -n -c 1 -W 0.3 -I site1 -I 10.201.0.1 198.51.100.2
	check_eq "packets sent by the uplink" "$(sent_to_the_uplink)" \
		"$UPLINK"
	frr_stop
}

run_tests
