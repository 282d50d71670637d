#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# What a circuit sends reaches the circuits it has reach to, and nothing else:
# every kind of packet from every circuit to every other one.
# matrix.sh has the same while and after things change, uplink.sh looks at what
# the host itself sends while they do.

# shellcheck source=matrix-lib.sh
. "$(dirname "$0")/matrix-lib.sh"

ALL_TESTS="
	by_default_nothing_passes
	exactly_the_pairs_that_have_reach_pass
	the_same_in_one_vrf
	the_same_after_a_failover
	the_same_after_a_reload
	multicast_passes_where_there_is_reach
	devices_of_the_vrf_are_the_domain
	egress_any_leaves_the_domain
	a_flowtable_ends_with_the_reach
	bridged_peerings_are_isolated
	peerings_of_a_tenant_are_isolated
	the_culprits_are_named
	host_is_closed_but_for_routing
	host_gets_answers
	host_opens_with_the_port
	no_peering_no_hooks
"

UNICAST="v4 v6 frag4 late4 frag6 late6"
NOWHERE="out4 out6 bcast l2bcast l2"

by_default_nothing_passes()
{
	sites_make "$SITES"
	# shellcheck disable=SC2086 # lists of words
	matrix c1 $UNICAST $NOWHERE ttl4 ttl6
}

exactly_the_pairs_that_have_reach_pass()
{
	sites_make "$SITES"
	some_reach
	# shellcheck disable=SC2086
	matrix c1 $UNICAST $NOWHERE ttl4 ttl6

	must v reach del s1 s2
	must v reach del group all s5
	sed -i '/allow \(1 2\|2 1\|. 5\|5 .\)$/d' "$WORK/map"
	# shellcheck disable=SC2086
	matrix c1 $UNICAST
	must v reach del group all
	must v circuit del s3 force
	sed -i '/allow/d; /site 3 /d' "$WORK/map"
	matrix c1 v4 v6
	check_eq "reaches" "$(jqv length reach show)" 0
}

the_same_in_one_vrf()
{
	sites_make "$SITES" vrf red
	some_reach
	# shellcheck disable=SC2086
	matrix c1 $UNICAST $NOWHERE ttl4 ttl6
}

the_same_after_a_failover()
{
	sites_make "$SITES" vrf red
	some_reach
	matrix c1 v4 v6
	cip link set c1 down
	until_eq 5 secondary circ active s1
	until_eq 5 secondary circ active "s$SITES"
	# shellcheck disable=SC2086
	matrix c2 $UNICAST ttl4 ttl6 out4
	cip link set c1 up
	until_eq 5 primary circ active s1
	until_eq 5 primary circ active "s$SITES"
	# shellcheck disable=SC2086
	matrix c1 $UNICAST
}

the_same_after_a_reload()
{
	sites_make "$SITES"
	some_reach
	vxc_flush
	must rmmod vxc
	must module_load
	sites_make "$SITES"
	# shellcheck disable=SC2086
	matrix c1 $UNICAST
	some_reach
	# shellcheck disable=SC2086
	matrix c1 $UNICAST out4
}

multicast_passes_where_there_is_reach()
{
	sites_make "$SITES"
	mrouted 0
	matrix c1 mcast4 mcast6
	some_reach
	matrix c1 mcast4 mcast6
	finish "$BG"
	vxc_flush

	sites_make "$SITES" vrf red
	some_reach
	mrouted 100
	matrix c1 mcast4 mcast6
	finish "$BG"
}

# customer_site N: the customer's end of a site, as a VLAN device.
customer_site()
{
	local dev

	dev=$(customer_vlan c1 $((100 + $1)) "10.1.$1.2/24")
	cip link set "$dev" address "02:00:00:00:00:0$1"
	cip route add default via "10.1.$1.1" dev "$dev" table "$1"
	cip rule add from "10.1.$1.2" table "$1"
}

customer_clear()
{
	local n

	for n in 1 2 3; do
		cip link del "c1.$((100 + n))" 2> /dev/null
		cip rule del table "$n" 2> /dev/null
	done
}

# ping_from N ADDRESS
ping_from()
{
	cexec ping -q -n -c 2 -i 0.1 -W 1 -I "10.1.$1.2" "$2"
}

# A network behind the provider: a dummy with an address would be the host
# itself, so a namespace is behind it.
cloud_make()
{
	setup_ns W
	pip link add cloud type veth peer name eth0 netns "$W"
	pip link set cloud up
	addr_add pip cloud 10.9.0.1/24
	ip -n "$W" link set eth0 up
	ip -n "$W" addr add 10.9.0.2/24 dev eth0
	ip -n "$W" route add default via 10.9.0.1
}

devices_of_the_vrf_are_the_domain()
{
	cloud_make
	sites_make 2 vrf red
	customer_site 1
	no ping_from 1 10.9.0.2
	pip link set cloud master red
	must ping_from 1 10.9.0.2
	must v circuit set s1 egress domain
	must ping_from 1 10.9.0.2

	# A leak between tables does not lead out of the domain.
	pip route add 198.51.100.0/24 dev uplink table 100
	no ping_from 1 198.51.100.2
	check_eq "the reason" "$(circ 'denied[0].reason' s1)" domain
	check_eq "the device" "$(circ 'denied[0].device' s1)" uplink
	pip route del 198.51.100.0/24 dev uplink table 100
	customer_clear
}

egress_any_leaves_the_domain()
{
	sites_make 2
	customer_site 1
	no ping_from 1 10.9.0.2
	pip link set cloud nomaster
	no ping_from 1 10.9.0.2
	must v circuit set s1 egress any
	must ping_from 1 10.9.0.2
	must v circuit set s1 egress domain
	no ping_from 1 10.9.0.2
	pip link del cloud
	customer_clear
}

# flow PEERING...: a flowtable that has all TCP of them.
flow()
{
	local list

	list=$(IFS=,; echo "$*")
	pexec nft -f - <<- EOF_NFT
		table ip ft {
			flowtable f {
				hook ingress priority 0
				devices = { $list }
			}
			chain forward {
				type filter hook forward priority 0
				ip protocol tcp flow add @f
			}
		}
	EOF_NFT
}

offloaded()
{
	pexec grep -q OFFLOAD /proc/net/nf_conntrack
}

reads_more()
{
	local before

	before=$(stat -c %s "$WORK/received")
	busywait 3 bigger_than "$before"
}

tcp_left()
{
	cexec ss -Htn state established state fin-wait-1 state close-wait \
		state last-ack
}

bigger_than()
{
	(($(stat -c %s "$WORK/received") > $1))
}

a_flowtable_ends_with_the_reach()
{
	sites_make 2
	customer_site 1
	setup_ns D
	cip link add link c1 name far address 02:00:00:00:00:02 \
		netns "$D" type vlan id 102
	ip -n "$D" link set far up
	ip -n "$D" addr add 10.1.2.2/24 dev far
	ip -n "$D" route add default via 10.1.2.1
	if ! flow s1-p s2-p 2> "$WORK/nft"; then
		skip "no flowtables: $(cat "$WORK/nft")"
		return
	fi
	must v reach add s1 s2
	: > "$WORK/received"
	background "$WORK/server" ip netns exec "$D" \
		socat -u TCP-LISTEN:5000,reuseaddr \
		"OPEN:$WORK/received,creat,append"
	local server=$BG
	tick 0.5
	background /dev/null cexec socat -u EXEC:'yes' \
		TCP:10.1.2.2:5000,bind=10.1.1.2
	local client=$BG
	wait_for 10 offloaded
	reads_more || fail "the offloaded flow carries nothing"
	must v reach del s1 s2
	tick 0.2
	local before
	before=$(stat -c %s "$WORK/received")
	tick 1
	check_eq "bytes after the end of reach" \
		"$(stat -c %s "$WORK/received")" "$before"
	# What it still has to send must not come in another test's way.
	must v reach add s1 s2
	finish "$server"
	finish "$client"
	until_eq 30 "" tcp_left
	pexec nft delete table ip ft
	ip -n "$D" link del far
	customer_clear
}

bridged_peerings_are_isolated()
{
	sites_make 3
	pip link add br0 type bridge
	pip link set br0 up
	pip addr flush dev s1-p
	pip addr flush dev s2-p
	pip link set s1-p master br0
	pip link set s2-p master br0
	setup_ns E
	cip link add link c1 name e1 type vlan id 101
	cip link set e1 up
	addr_add cip e1 10.3.0.1/24
	cip link add link c1 name e2 address 02:00:00:00:00:e2 \
		netns "$E" type vlan id 102
	ip -n "$E" link set e2 up
	ip -n "$E" addr add 10.3.0.2/24 dev e2
	no pings cexec 10.3.0.2
	check_eq "the culprit" "$(circ 'denied[0].circuit' s1)" s2
	must v reach add s1 s2
	# The neighbour has failed for now.
	wait_for 5 pings cexec 10.3.0.2
	must v reach del s1 s2
	no pings cexec 10.3.0.2
	# A scope of prefixes has no place for ARP.
	must v reach add s1 s2 prefix 10.3.0.0/24
	cip neigh flush dev e1
	no pings cexec 10.3.0.2
	pip link del br0
	cip link del e1
}

peerings_of_a_tenant_are_isolated()
{
	local i

	sites_make 3
	setup_ns T
	ip netns exec "$T" sysctl -qw net.ipv4.ip_forward=1
	for i in 1 2 3; do
		pip link set "s$i-p" netns "$T"
		ip -n "$T" link set "s$i-p" up
		ip -n "$T" addr add "10.1.$i.1/24" dev "s$i-p"
		ip -n "$T" neigh replace "10.1.$i.2" dev "s$i-p" \
			lladdr "02:00:00:00:00:0$i"
	done
	matrix c1 v4 frag4
	pair 1 3
	matrix c1 v4 frag4
	ip -n "$T" link set s1-p netns "${P:-1}"
	pip link set s1-p up
	ip netns del "$T"
	must v peering show s1-p
	wait_for 5 peering_gone s3-p
}

peering_gone()
{
	! v peering show "$1"
}

the_culprits_are_named()
{
	sites_make 5
	pair 1 5
	customer_site 1
	no ping_from 1 10.1.3.2
	no ping_from 1 10.1.4.2
	ping_from 1 10.1.5.2 > /dev/null
	check_eq "the last culprit" "$(circ 'denied[0].circuit' s1)" s4
	check_eq "the one before" "$(circ 'denied[1].circuit' s1)" s3
	check_eq "its packets" "$(circ 'denied[1].packets' s1)" 2
	check_eq "the reason" "$(circ 'denied[0].reason' s1)" no-reach
	check_eq "the device" "$(circ 'denied[0].device' s1)" s4-p
	check_eq "the circuit's drops" \
		"$(circ 'drops["no-reach"]' s1)" 4
	check_eq "denied in the other direction" "$(circ 'denied | length' s3)" 0
	check_eq "packets that passed" "$(jqv \
		'.[0].pairs[] | select(.from == "s1").packets' reach show s1)" 2
	v show s1 | grep -q "denied to circuit s4 device s4-p reason no-reach" ||
		fail "show does not say it: $(v show s1)"
	customer_clear
}

# serve PROTOCOL PORT: the provider answers on it.
serve()
{
	background /dev/null pexec socat "$1-LISTEN:$2,fork,reuseaddr" \
		EXEC:"echo served"
}

# asks PROTOCOL PORT: does the customer get an answer?
asks()
{
	local out

	out=$(cexec timeout 3 socat -T 1 - "$1:10.1.1.1:$2,bind=10.1.1.2" \
		< /dev/null 2> /dev/null)
	[[ $out == served ]]
}

local_drops()
{
	circ 'drops.local // 0' s1
}

host_is_closed_but_for_routing()
{
	local before

	sites_make 2
	customer_site 1
	serve TCP 22
	serve TCP 179
	tick 0.3
	must ping_from 1 10.1.1.1
	must ping_from 1 10.1.2.1
	must cexec ping -q -n -c 1 -s 3000 -I 10.1.1.2 10.1.1.1
	check_eq "drops so far" "$(local_drops)" 0
	must asks TCP 179
	no asks TCP 22
	before=$(local_drops)
	((before > 0)) || fail "nothing was counted"
	# From port 179 no connection begins.
	cexec timeout 1 socat - TCP:10.1.1.1:22,bind=10.1.1.2:179 \
		< /dev/null > /dev/null 2>&1 &&
		fail "port 179 is a way in"
	(($(local_drops) > before)) || fail "that was not counted"
	customer_clear
}

host_gets_answers()
{
	sites_make 2
	customer_site 1
	background /dev/null cexec socat \
		TCP-LISTEN:7000,fork,reuseaddr,bind=10.1.1.2 EXEC:"echo served"
	tick 0.3
	check_eq "the host's own connection" \
		"$(pexec timeout 5 socat - TCP:10.1.1.2:7000 < /dev/null)" served
	customer_clear
}

host_opens_with_the_port()
{
	sites_make 2
	customer_site 1
	serve TCP 22
	tick 0.3
	no asks TCP 22
	must v port set p1 local any
	no asks TCP 22		# the other port is still stricter
	must v port set p2 local any
	must asks TCP 22
	must v port set p1 local limited
	no asks TCP 22
	must v port set p1 local limited
	must v port set p2 local limited
	customer_clear
}

no_peering_no_hooks()
{
	sites_make 1
	if pexec nft list hooks > "$WORK/hooks" 2> /dev/null; then
		grep -q vxc "$WORK/hooks" || skip "nft does not show the hooks"
		must v peering del s1-p
		pexec nft list hooks | grep -q vxc && fail "a hook has stayed"
	else
		skip "nft cannot list hooks"
	fi
}

run_tests
