#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Drains: BGP moves traffic off a leg before it goes out of service, and back
# afterwards. No frame is lost, and FRR's configuration is what it was.
#
#   C   lan 10.2.0.1/24, FRR
#       c1: b1 VLAN 200, C-VID 10    c2: b2 VLAN 200, C-VID 10
#        |                            |
#   P   p1 -- circuit beta -- p2      peerings pinned to a leg each, in VRF
#       beta-a  beta-b                beta with FRR, net 10.201.0.0/24

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=frr-lib.sh
. "$SELFTESTS/frr-lib.sh"

ALL_TESTS="
	both_legs_are_used
	drain_loses_nothing
	what_a_neighbour_has_stays
	killed_drain_is_ended
	asked_to_end_it_puts_all_back
	traffic_that_stays_keeps_the_leg
	refusals
"

FLOWS=8

customer_conf()
{
	cat <<- END
		frr defaults traditional
		no zebra nexthop kernel enable
		router bgp 65002
		 bgp router-id 10.2.0.1
		 no bgp ebgp-requires-policy
		 no bgp default ipv4-unicast
		 timers bgp 3 9
		 neighbor 192.168.100.1 remote-as 12076
		 neighbor 192.168.100.1 timers connect 1
		 neighbor 192.168.100.5 remote-as 12076
		 neighbor 192.168.100.5 timers connect 1
		 address-family ipv4 unicast
		  network 10.2.0.0/24
		  neighbor 192.168.100.1 activate
		  neighbor 192.168.100.5 activate
		  maximum-paths 2
		 exit-address-family
	END
}

provider_conf()
{
	cat <<- END
		frr defaults traditional
		no zebra nexthop kernel enable
		route-map MARK permit 10
		 set community 12076:77
		exit
		route-map ALL permit 10
		exit
		router bgp 12076 vrf beta
		 bgp router-id 192.168.100.1
		 no bgp ebgp-requires-policy
		 no bgp default ipv4-unicast
		 timers bgp 3 9
		 neighbor GROUP peer-group
		 neighbor 192.168.100.2 remote-as 65002
		 neighbor 192.168.100.2 timers connect 1
		 neighbor 192.168.100.2 peer-group GROUP
		 neighbor 192.168.100.6 remote-as 65002
		 neighbor 192.168.100.6 timers connect 1
		 address-family ipv4 unicast
		  network 10.201.0.0/24
		  neighbor GROUP route-map ALL in
		  neighbor 192.168.100.2 activate
		  neighbor 192.168.100.2 route-map MARK out
		  neighbor 192.168.100.6 activate
		  maximum-paths 2
		 exit-address-family
	END
}

customer_site()
{
	local n

	for n in 1 2; do
		cip link add link "c$n" name "b$n" type vlan id 200
		cip link set "b$n" up
		cip link add link "b$n" name "b$n.10" type vlan id 10
		cip link set "b$n.10" up
		addr_add cip "b$n.10" "192.168.100.$((n * 4 - 2))/30"
	done
	cip link add lan type dummy
	cip link set lan up
	addr_add cip lan 10.2.0.1/24
}

setup_all()
{
	local n

	frr_installed || return 0
	KEEP=1		# one configuration for all tests
	modprobe -q -a 8021q 2> /dev/null
	setup_ns C P
	two_wires
	v port set p1 local any
	v port set p2 local any
	for n in "$C" "$P"; do
		ip netns exec "$n" sysctl -qw net.ipv4.ip_forward=1 \
			net.ipv4.tcp_l3mdev_accept=1
	done
	customer_site
	pip link add beta type vrf table 1003
	pip link set beta up
	pip link add servers type dummy
	pip link set servers master beta
	pip link set servers up
	for ((n = 1; n <= FLOWS; n++)); do
		addr_add pip servers "10.201.0.$n/24"
	done
	must v circuit add beta leg p1:200 leg p2:200
	must v peering add beta-a circuit beta cvid 10 leg primary vrf beta \
		address 192.168.100.1/30
	must v peering add beta-b circuit beta cvid 10 leg secondary vrf beta \
		address 192.168.100.5/30
	frr_start "$P" < <(provider_conf)
	frr_start "$C" < <(customer_conf)
	CONFIG=$(config)
}

config()
{
	vtysh -N "$P" -c 'show running-config'
}

drain()
{
	v drain beta "$@" pathspace "$P"
}

# paths NETNS-COMMAND TABLE PREFIX: next hops of the kernel's route
paths()
{
	"$1" -j route show table "$2" "$3" proto bgp |
		jq '[.[] | .nexthops[]? // .] | length'
}

both_paths()
{
	[[ $(paths cip main 10.201.0.0/24) == 2 &&
		$(paths pip 1003 10.2.0.0/24) == 2 ]]
}

pinned_packets()
{
	jqv ".[] | select(.name == \"$1\").stats | .rx_packets + .tx_packets" \
		peering show
}

# flows: a ping to each address, until flows_end
flows()
{
	local n

	FLOW=()
	for ((n = 1; n <= FLOWS; n++)); do
		background "$WORK/flow$n" ip netns exec "$C" ping -n -q -i 0.1 \
			-I 10.2.0.1 "10.201.0.$n"
		FLOW+=("$BG")
	done
}

# Ask them to end as an interrupt does; a reply may be on its way.
flows_end()
{
	local n sent got

	for ((n = 1; n <= FLOWS; n++)); do
		kill -INT "${FLOW[n - 1]}"
		wait "${FLOW[n - 1]}"
		read -r sent got < <(awk '/packets transmitted/ {
			print $1, $4 }' "$WORK/flow$n")
		((sent > 5 && got >= sent - 1 && got <= sent)) ||
			fail "flow $n: $(tail -3 "$WORK/flow$n")"
	done
}

uses_leg()
{
	local before

	before=$(pinned_packets "$1")
	tick 0.5
	(($(pinned_packets "$1") >= before + 4))
}

both_legs_are_used()
{
	have_frr || return
	busywait 30 both_paths || {
		fail "no two paths"
		diag "$(vtysh -N "$P" -c 'show bgp vrf beta ipv4 unicast')"
		diag "$(vtysh -N "$P" -c 'show ip route vrf beta')"
		diag "$(pip route show table 1003)"
		diag "$(vtysh -N "$C" -c 'show bgp ipv4 unicast')"
		diag "$(cat "$WORK"/*-boot)"
	}
	flows
	wait_for 10 uses_leg beta-a
	wait_for 10 uses_leg beta-b
	flows_end
}

leg_state()
{
	jqv ".[0].legs[] | select(.role == \"$1\") | \"\(.state) \(.reason)\"" \
		show beta
}

drain_loses_nothing()
{
	local moved before

	have_frr || return
	wait_for 20 both_paths
	before=$(sessions_of 192.168.100.6)
	flows
	wait_for 10 uses_leg beta-a
	background "$WORK/drain" "$VXC" -j -n "$P" drain beta leg primary \
		for 4s pathspace "$P"
	until_eq 60 "down drill" leg_state primary
	moved=$(pinned_packets beta-a)
	check_eq "paths while it is out" "$(paths cip main 10.201.0.0/24) $(
		paths pip 1003 10.2.0.0/24)" "1 1"
	until_eq 30 "up none" leg_state primary
	wait "$BG"
	check_err $? "drain: $(< "$WORK/drain")"
	(($(pinned_packets beta-a) - moved < 60 * KSFT_SLOW))
	check_err $? "traffic on a leg that is out"
	wait_for 20 both_paths
	wait_for 10 uses_leg beta-a
	flows_end
	check_eq "the report" "$(jq -c '.[0] | [.circuit, .leg, .time, .passed,
		(.sessions | map(.neighbour + .peering))]' "$WORK/drain")" \
		'["beta","primary",4000,true,["192.168.100.2beta-a"]]'
	check_eq "FRR's configuration" "$(config)" "$CONFIG"
	check_eq "the other session" "$(sessions_of 192.168.100.6)" "$before"
	check_eq "planned time, and no outage" "$(jqv '.[0].legs[0] |
		.planned_down >= 4000 and .outages == 0' sla beta)" true
}

# sessions_of NEIGHBOUR: how often it was established
sessions_of()
{
	vtysh -N "$P" -c "show bgp vrf beta neighbors $1 json" |
		jq ".[\"$1\"].connectionsEstablished"
}

# What the customer has learned over a session: AS path and communities
learned()
{
	vtysh -N "$C" -c "show bgp ipv4 unicast 10.201.0.0/24 json" |
		jq -r "[.paths[] | select(.peer.peerId == \"$1\") |
			\"\(.aspath.string) \(.community.string)\"] |
			join(\",\")"
}

what_a_neighbour_has_stays()
{
	have_frr || return
	wait_for 20 both_paths
	check_eq "before" "$(learned 192.168.100.1)" "12076 12076:77"
	background "$WORK/drain" "$VXC" -n "$P" drain beta leg primary \
		for 2s prepend 2 pathspace "$P"
	until_eq 30 "12076 12076 12076 12076:77 graceful-shutdown" \
		learned 192.168.100.1
	config_has "2 route-map vxc-drain/beta/primary/192.168.100.2/ipv4/in in"
	check_err $? "no route-map inwards"
	wait "$BG"
	check_err $? "drain: $(< "$WORK/drain")"
	grep -q passed "$WORK/drain"
	check_err $? "no verdict: $(< "$WORK/drain")"
	until_eq 30 "12076 12076:77" learned 192.168.100.1
	check_eq "FRR's configuration" "$(config)" "$CONFIG"
	wait_for 20 both_paths
}

killed_drain_is_ended()
{
	have_frr || return
	background "$WORK/drain" "$VXC" -n "$P" drain beta leg primary \
		for 3s pathspace "$P"
	until_eq 60 "down drill" leg_state primary
	kill -9 "$BG"
	wait "$BG" 2> /dev/null
	until_eq 30 "up none" leg_state primary
	config | grep -q vxc-drain
	check_err $? "nothing is left to be ended"
	must drain end
	check_eq "FRR's configuration" "$(config)" "$CONFIG"
	drain end 2>&1 | grep -q "nothing of a drain"
	check_err $? "end of what is not"
	wait_for 60 established
	# Killed before anything has moved; the next one mends it.
	background "$WORK/drain" "$VXC" -n "$P" drain beta leg primary \
		for 1s pathspace "$P"
	wait_for 30 config_has vxc-drain
	kill -9 "$BG"
	wait "$BG" 2> /dev/null
	wait_for 60 established
	must drain leg primary for 1s prepend 1
	check_eq "after the next" "$(config)" "$CONFIG"
	wait_for 20 both_paths
}

config_has()
{
	config | grep -q "$1"
}

established()
{
	[[ $(vtysh -N "$P" -c 'show bgp vrf beta summary json' |
		jq '[.ipv4Unicast.peers[] | select(.state == "Established")] |
			length') == 2 ]]
}

asked_to_end_it_puts_all_back()
{
	have_frr || return
	wait_for 20 both_paths
	background "$WORK/drain" "$VXC" -j -n "$P" drain beta leg primary \
		for 1h pathspace "$P"
	until_eq 60 "down drill" leg_state primary
	kill -TERM "$BG"
	wait "$BG"
	check_err $? "a drain that was asked to end"
	check_eq "the leg" "$(leg_state primary)" "up none"
	check_eq "FRR's configuration" "$(config)" "$CONFIG"
	check_eq "the report" "$(jq '.[0].passed' "$WORK/drain")" false
	wait_for 20 both_paths
}

traffic_that_stays_keeps_the_leg()
{
	local out rc

	have_frr || return
	wait_for 60 established
	# A static route: BGP has no say. 16 kbit/s would pass for none; only
	# requests keep to this leg, and are ten times that.
	cip route add 10.201.0.1/32 via 192.168.100.1
	background "$WORK/stays" ip netns exec "$C" ping -n -q -i 0.05 \
		-s 1000 -I 10.2.0.1 10.201.0.1
	wait_for 10 uses_leg beta-a
	out=$(drain leg primary for 1s within 4s 2>&1)
	rc=$?
	check_eq "$out: exit status" "$rc" 2
	grep -q 'traffic has not left leg primary' <<< "$out"
	check_err $? "no word of why: $out"
	check_eq "the leg" "$(leg_state primary)" "up none"
	check_eq "FRR's configuration" "$(config)" "$CONFIG"
	kill "$BG"
	cip route del 10.201.0.1/32
}

# fails REGEX STATUS COMMAND...
fails()
{
	local regex=$1 status=$2 out rc

	shift 2
	out=$("$@" 2>&1)
	rc=$?
	((rc == status)) || fail "$* -> $rc, not $status: $out"
	grep -Eq -- "$regex" <<< "$out" || fail "$*: '$out', not /$regex/"
}

refusals()
{
	local vxc

	have_frr || return
	vxc=$(type -P "$VXC")
	fails 'vtysh is not in PATH' 2 env PATH=/nowhere "$vxc" -n "$P" drain \
		beta leg primary for 1s
	fails 'vtysh failed' 2 v drain beta leg primary for 1s pathspace nemo
	fails 'no path space' 1 v drain beta leg primary for 1s pathspace a/b
	fails 'no circuit nemo' 2 v drain nemo leg primary for 1s \
		pathspace "$P"
	fails 'is of a leg for a TIME' 1 v drain beta leg primary
	fails 'is of a leg for a TIME' 1 v drain beta end for 1s
	fails 'expected a number from 1 to 10' 1 v drain beta leg primary \
		for 1s prepend 11
	must v circuit add other leg p1:300 leg p2:300
	must v peering add other-p circuit other cvid 10
	fails 'no peering of circuit other is pinned' 2 v drain other leg \
		primary for 1s pathspace "$P"
	must v circuit del other force
	vtysh -N "$P" -c 'configure terminal' \
		-c 'router bgp 12076 vrf beta' \
		-c 'neighbor 192.168.100.2 shutdown'
	fails 'beta-a has no BGP session' 2 drain leg primary for 1s
	check_eq "the leg" "$(leg_state primary)" "up none"
	must drain leg primary for 100ms within 2s force
	config_has vxc-drain
	check_fail $? "something is left in FRR"
	frr_stop
}

run_tests
