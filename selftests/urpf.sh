#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# A customer sends from addresses that are not its own. What the host answers
# would go to whose they are; with "urpf strict" there is no answer.
#
#   C   c1.100, .101   c2.100   c2.200          u0
#         |               |        |            |
#   P   a-p             (a-q)     b-p         uplink: the default route
#       circuit a               circuit b
#
# Site a is 10.1.1.0/24 and fd01::/64, site b 10.1.2.0/24 and fd02::/64.

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

ALL_TESTS="
	answers_go_to_the_source
	strict_takes_what_is_routed_back
	errors_are_not_sent_either
	routes_come_and_go
	multipath_leads_by_any_of_its_hops
	any_leg_of_the_circuit_will_do
	link_local_sources_pass
	without_a_vrf_there_is_the_default_route
	tenants_have_routes_of_their_own
	set_in_place_and_taken_back
"

declare -A THERE
A4=10.1.1.2
A6=fd01::2

setup_all()
{
	setup_provider
	setup_ns T
	two_wires
	wire u0 uplink
	pexec sysctl -qw net.ipv4.ip_forward=1 \
		net.ipv6.conf.all.forwarding=1 \
		net.ipv4.conf.all.rp_filter=0 \
		net.ipv4.conf.default.rp_filter=0 \
		net.ipv4.icmp_ratelimit=0 net.ipv6.icmp.ratelimit=0
	cexec sysctl -qw net.ipv4.conf.all.rp_filter=0
	addr_add pip uplink 198.51.100.1/24
	pip route add default via 198.51.100.2
	pip -6 route add default dev uplink
	pip neigh add 198.51.100.2 lladdr 02:00:00:00:00:fe dev uplink
	pip link add red type vrf table 100
	pip link set red up
	customer_vlan c1 100 10.1.1.1/24 fd01::1/64 > /dev/null
	customer_vlan c2 200 > /dev/null
	# Its own, those of site b, the provider's and any others
	for address in 10.1.2.1/32 fd02::1/128 10.9.0.1/32 fd09::1/128 \
		203.0.113.1/32 fd0a::1/128; do
		addr_add cip lo "$address"
	done
	LLADDR_A=$(cip -j link show c1 | jq -r '.[0].address')
	MAC_A=${LLADDR_A//:/}
	watch c1
	watch c2
	watch u0
	cip route add 10.1.3.0/24 via $A4
	cip -6 route add fd03::/64 via $A6
}

# neighbours DEV: nobody has to ask for any.
neighbours()
{
	local mac

	mac=$(pip -j link show "$1" | jq -r '.[0].address')
	cip neigh replace "$A4" lladdr "$mac" dev c1.100
	cip neigh replace "$A6" lladdr "$mac" dev c1.100
}

# sites [PEERING-ARGUMENTS...]: the two circuits
sites()
{
	v port show p1 > /dev/null 2>&1 || must v port add p1
	v port show p2 > /dev/null 2>&1 || must v port add p2
	must v circuit add a leg p1:100 leg p2:100
	must v circuit add b leg p2:200
	must v peering add a-p circuit a address "$A4/24" address "$A6/64" "$@"
	must v peering add b-p circuit b address 10.1.2.2/24 \
		address fd02::2/64 "$@"
	neighbours a-p
	pip neigh replace 10.1.1.1 lladdr "$LLADDR_A" dev a-p
	pip neigh replace fd01::1 lladdr "$LLADDR_A" dev a-p
	pip neigh replace 10.1.2.1 lladdr 02:00:00:00:00:bb dev b-p
	pip neigh replace fd02::1 lladdr 02:00:00:00:00:bb dev b-p
	until_eq 5 "up up" jqv '[.[].state] | join(" ")' show
	DROPS=0
	SENT=$(answers)
	THERE=([a]="$(at a)" [b]="$(at b)" [uplink]="$(at uplink)")
}

# peer FILTER PEERING
peer()
{
	jqv ".[0] | $1" peering show "$2"
}

# urpf_drops [ROLE]: of circuit a
urpf_drops()
{
	jqv ".[0].legs[] | select(.role == \"${1:-primary}\") |
		.drops.urpf // 0" show a
}

# watch DEV: what the customer's device receives
watch()
{
	background "$WORK/$1" "$PROGS/capture" "$C" "$1"
	wait_for 10 grep -q ready "$WORK/$1"
}

# at PLACE: how many frames for the neighbour there have been received
at()
{
	case $1 in
	a)
		grep -c "^[0-9]* $MAC_A" "$WORK/c1"
		;;
	b)
		grep -c "^[0-9]* 0200000000bb" "$WORK/c2"
		;;
	uplink)
		grep -c "^[0-9]* 0200000000fe" "$WORK/u0"
		;;
	esac
}

# answers: how many replies and errors the host has sent
answers()
{
	pexec nstat -asz | awk '
		/^IcmpMsgOutType(0|3|11) |^Icmp6OutType(1|3|129) / { n += $2 }
		END { print n + 0 }'
}

# ask FROM [TO [PING-ARGUMENTS...]]: one packet that wants an answer; by default
# to the peering's address
ask()
{
	local from=$1 to=${2:-}

	if [[ -z $to ]]; then
		to=$A4
		[[ $from == *:* ]] && to=$A6
	fi
	cexec ping -q -c 1 -W 0.05 -I "$from" "${@:3}" "$to" > /dev/null 2>&1
}

# answered PLACE FROM [TO [PING-ARGUMENTS...]]: it is, once, and goes there.
answered()
{
	local place=$1

	shift
	ask "$@"
	until_eq 5 $((++SENT)) answers
	until_eq 5 $((++THERE[$place])) at "$place"
	check_eq "drops, $*" "$(urpf_drops)" "$DROPS"
}

# not_answered FROM [TO [PING-ARGUMENTS...]]: it is dropped, and nothing sent.
not_answered()
{
	ask "$@"
	until_eq 5 $((++DROPS)) urpf_drops
	check_eq "answers, $*" "$(answers)" "$SENT"
}

answers_go_to_the_source()
{
	sites vrf red
	check_eq "by default" "$(peer .urpf a-p)" off
	answered a 10.1.1.1
	answered a fd01::1
	answered b 10.1.2.1
	answered b fd02::1
	answered b 10.1.2.1 10.1.3.9 -t 1
	answered b fd02::1 fd03::9 -t 1
}

strict_takes_what_is_routed_back()
{
	sites vrf red urpf strict
	check_eq "as given" "$(peer .urpf a-p)" strict
	v -d peering show a-p | grep -q 'urpf strict'
	check_err $? "the text does not say it"
	answered a 10.1.1.1
	answered a fd01::1
	not_answered 10.1.2.1
	not_answered fd02::1
	# No route but the VRF's unreachable one
	not_answered 10.9.0.1
	not_answered fd09::1
	check_eq "in all" "$(urpf_drops)" 4
	check_eq "other drops" \
		"$(jqv '.[0].legs[0].drops | del(.urpf)' show a)" '{}'
	check_eq "of b" "$(jqv '.[0].legs[0].drops' show b)" '{}'
}

errors_are_not_sent_either()
{
	sites vrf red urpf strict
	pip route add 10.1.3.0/24 via 10.1.1.1 dev a-p vrf red
	answered a 10.1.1.1 10.1.3.9 -t 1
	answered a fd01::1 fd03::9 -t 1
	not_answered 10.1.2.1 10.1.3.9 -t 1
	not_answered fd02::1 fd03::9 -t 1
	# Nor what the host refuses: no route, and closed ports
	not_answered 10.1.2.1 10.1.3.9
	not_answered fd02::1 fd03::9
}

routes_come_and_go()
{
	sites vrf red urpf strict
	not_answered 10.9.0.1
	not_answered fd09::1
	must pip route add 10.9.0.0/16 via 10.1.1.1 dev a-p vrf red
	must pip -6 route add fd09::/64 via fd01::1 dev a-p vrf red
	answered a 10.9.0.1
	answered a fd09::1
	# A better one leads elsewhere.
	must pip route add 10.9.0.0/24 via 10.1.2.1 dev b-p vrf red
	must pip -6 route add fd09::1/128 via fd02::1 dev b-p vrf red
	not_answered 10.9.0.1
	not_answered fd09::1
	must pip route replace blackhole 10.9.0.0/24 vrf red
	must pip -6 route replace blackhole fd09::1/128 vrf red
	not_answered 10.9.0.1
	not_answered fd09::1
	must pip route del 10.9.0.0/24 vrf red
	must pip -6 route del fd09::1/128 vrf red
	answered a 10.9.0.1
	answered a fd09::1
	# The host's own address is nobody else's.
	addr_add pip red 10.9.0.1/32
	addr_add pip red fd09::1/128
	not_answered 10.9.0.1
	not_answered fd09::1
	pip addr flush dev red
}

# multipath FROM PREFIX HOP-A HOP-B: two next hops, then nexthop objects
multipath()
{
	local from=$1 prefix=$2 a=$3 b=$4

	must pip route add "$prefix" vrf red nexthop via "$b" dev b-p \
		nexthop via "$a" dev a-p
	taken "$from"
	must pip route replace "$prefix" vrf red via "$b" dev b-p
	not_answered "$from"
	must pip route del "$prefix" vrf red

	must pip nexthop add id 1 via "$a" dev a-p
	must pip nexthop add id 2 via "$b" dev b-p
	must pip nexthop add id 3 group 1/2
	must pip nexthop add id 4 group 2
	must pip route add "$prefix" vrf red nhid 3
	taken "$from"
	must pip route replace "$prefix" vrf red nhid 4
	not_answered "$from"
	must pip route replace "$prefix" vrf red nhid 1
	taken "$from"
	must pip route del "$prefix" vrf red
	pip nexthop flush > /dev/null 2>&1
}

# taken FROM: which hop the answer goes by is for the stack to choose
taken()
{
	ask "$1"
	until_eq 5 $((++SENT)) answers
	check_eq "drops, $1" "$(urpf_drops)" "$DROPS"
}

multipath_leads_by_any_of_its_hops()
{
	sites vrf red urpf strict
	multipath 10.9.0.1 10.9.0.0/16 10.1.1.1 10.1.2.1
	multipath fd09::1 fd09::/64 fd01::1 fd02::1
}

# One peering a leg: the route back leads by the other one.
any_leg_of_the_circuit_will_do()
{
	sites vrf red urpf strict
	must v peering set a-p leg primary
	must v peering add a-q circuit a leg secondary vrf red \
		address 10.1.4.2/24 address fd04::2/64 urpf strict
	must pip route add 10.9.0.0/16 via 10.1.4.1 dev a-q vrf red
	must pip -6 route add fd09::/64 via fd04::1 dev a-q vrf red
	pip neigh replace 10.1.4.1 lladdr 02:00:00:00:00:bb dev a-q
	pip neigh replace fd04::1 lladdr 02:00:00:00:00:bb dev a-q
	until_eq 5 up peer .state a-q
	answered b 10.9.0.1	# the same wire, its neighbour is told apart
	answered b fd09::1
	not_answered 10.1.2.1
	not_answered fd02::1
	must v peering del a-q
	not_answered 10.9.0.1
	not_answered fd09::1
}

# link_local IP-COMMAND DEV: its address
link_local()
{
	"$1" -6 -j addr show dev "$2" scope link |
		jq -r '.[].addr_info[]?.local // empty'
}

# Nobody has told the provider or the customer of their neighbours.
link_local_sources_pass()
{
	sites vrf red urpf strict
	pip neigh del fd01::1 dev a-p
	pip neigh del 10.1.1.1 dev a-p
	cip neigh del "$A4" dev c1.100
	cip neigh del "$A6" dev c1.100
	wait_for 10 cexec ping -q -c 1 -W 1 -I fd01::1 "$A6"
	wait_for 10 cexec ping -q -c 1 -W 1 -I 10.1.1.1 "$A4"
	wait_for 10 cexec ping -q -c 1 -W 1 -I c1.100 \
		"$(link_local pip a-p)%c1.100"
	check_eq "drops" "$(urpf_drops)" 0
}

without_a_vrf_there_is_the_default_route()
{
	sites
	answered uplink 203.0.113.1
	must v peering set a-p urpf strict
	must v peering set b-p urpf strict
	not_answered 203.0.113.1
	not_answered fd0a::1
	not_answered 10.1.2.1
	not_answered fd02::1
	answered a 10.1.1.1
	answered a fd01::1
	must pip route add 203.0.113.0/24 via 10.1.1.1 dev a-p
	must pip -6 route add fd0a::/64 via fd01::1 dev a-p
	answered a 203.0.113.1
	answered a fd0a::1
}

tenants_have_routes_of_their_own()
{
	sites urpf strict
	must pip link set a-p netns "$T"
	must tip link set a-p up
	addr_add tip a-p "$A4/24"
	must tip neigh replace 10.1.1.1 lladdr "$LLADDR_A" dev a-p
	until_eq 5 up jqv '.[0].state' show a
	# The provider has a route for it, the tenant has none.
	must pip route add 10.9.0.0/16 dev b-p
	not_answered 10.9.0.1
	must tip route add 10.9.0.0/16 via 10.1.1.1
	ask 10.9.0.1
	until_eq 5 $((++THERE[a])) at a
	check_eq "drops" "$(urpf_drops)" "$DROPS"
	must tip link set a-p netns "${P:-1}"
}

tip()
{
	ip -n "$T" "$@"
}

set_in_place_and_taken_back()
{
	local index

	sites vrf red
	index=$(peer .ifindex a-p)
	must v peering set a-p urpf strict
	check_eq "interface index" "$(peer .ifindex a-p)" "$index"
	not_answered 10.1.2.1
	no v peering set a-p urpf loose
	printf '%s\n' "peering set a-p urpf off" \
		"peering set nobody urpf strict" > "$WORK/batch"
	refused "no peering nobody" -transaction -batch "$WORK/batch"
	check_eq "after a transaction that failed" "$(peer .urpf a-p)" strict
	not_answered 10.1.2.1
	must v peering set a-p urpf off
	answered b 10.1.2.1
}

run_tests
