#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# What passes between circuits that have reach: pairs, groups, scopes, and what is
# counted. isolation.sh has what may not pass.

# shellcheck source=reach-lib.sh
. "$(dirname "$0")/reach-lib.sh"

ALL_TESTS="
	pair_passes_both_ways
	every_packet_and_byte_is_counted
	reach_is_not_transitive
	group_reaches_itself
	either_side_revokes_at_once
	scope_of_prefixes
	scope_of_dscp
	scope_in_time
	scope_changes_in_place
	errors_of_the_host_go_to_the_sender
	reach_survives_a_failover
	reach_survives_renames_and_ends_with_the_circuit
"

pair_passes_both_ways()
{
	sites
	silent 1 2
	silent 2 1
	must v reach add s1 s2
	passes 1 2
	passes 2 1
	silent 1 3
	silent 3 2
	must v reach del s2 s1
	silent 1 2
}

every_packet_and_byte_is_counted()
{
	sites
	must v reach add s1 s2
	counted 1 2 0 0
	must sends 1 2 4 -s 56			# 20 + 8 + 56
	counted 1 2 3 252
	counted 2 1 3 252
	must sends 2 1 6 -s 100			# 40 + 8 + 100
	counted 1 2 6 696
	counted 2 1 6 696
	# Fragments: 1500 + 1500 + 68, and 1496 + 1496 + 160
	must sends 1 2 4 -s 3000
	counted 1 2 15 9900
	counted 2 1 15 9900
	must sends 1 2 6 -s 3000
	counted 1 2 24 19356
	counted 2 1 24 19356
	# One way only: nobody answers for an address that nobody has.
	pip neigh replace 10.1.2.9 dev s2-p lladdr 02:00:00:00:00:02
	no at 1 ping -q -n -c 2 -i 0.05 -W 0.1 -s 0 10.1.2.9
	counted 1 2 26 19412
	counted 2 1 24 19356
	silent 1 3
	counted 1 2 26 19412
	check_eq "drops of s1" "$(circ 'drops["no-reach"]' s1)" 2
}

reach_is_not_transitive()
{
	sites
	must v reach add s1 s2
	must v reach add s2 s3
	must v reach add group g s3 s4
	passes 1 2
	passes 2 3
	passes 3 4
	silent 1 3
	silent 3 1
	silent 2 4
	silent 1 4
	check_eq "the culprit" "$(circ 'denied[0].circuit' s1)" s4
}

group_reaches_itself()
{
	local a b

	sites vrf red
	must v reach add group all s1 s2 s3 s4
	for ((a = 1; a <= SITES; a++)); do
		for ((b = 1; b <= SITES; b++)); do
			((a == b)) || passes "$a" "$b"
		done
	done
	check_eq "pairs, both directions" \
		"$(jqv '.[0].pairs | length' reach show group all)" 12
	must v reach del group all s4
	silent 1 4
	silent 4 2
	passes 1 3
	must v reach add group all s4
	passes 4 1
	must v reach del group all
	silent 1 2
	check_eq "reaches" "$(jqv length reach show)" 0
}

# received N: echo requests that site N has got. ARP and neighbour discovery go
# on without reach.
received()
{
	# shellcheck disable=SC2016 # fields of awk
	at "$1" awk '$1 == "Icmp:" && n { print $n }
		$1 == "Icmp:" { for (i = 2; i <= NF; i++)
			if ($i == "InEchos") n = i }' /proc/net/snmp
}

more_than()
{
	(($(received "$1") > $2))
}

either_side_revokes_at_once()
{
	local order before

	sites
	for order in "s1 s2" "s2 s1"; do
		must v reach add s1 s2
		background /dev/null ip netns exec "${NS[1]}" \
			ping -n -i 0.002 10.1.2.2
		before=$(received 2)
		wait_for 5 more_than 2 $((before + 50))
		# shellcheck disable=SC2086 # two words
		must v reach del $order
		tick 0.05
		before=$(received 2)
		tick 0.5
		check_eq "packets after the end of reach" "$(received 2)" \
			"$before"
		finish "$BG"
	done
	(($(circ 'drops["no-reach"]' s1) > 50)) || fail "they are not counted"
}

scope_of_prefixes()
{
	sites
	must v reach add s1 s2 prefix 10.1.0.0/16
	must sends 1 2 4
	no at 1 ping -q -n -c 1 -W 0.3 fd00:2::2
	counted 1 2 3 252 1
	# Both addresses have to be in one.
	must v reach set s1 s2 prefix 10.1.1.0/24 prefix fd00:1::/64
	silent 1 2
	counted 1 2 3 252 3
	must v reach set s1 s2 prefix 10.1.1.2/32 prefix 10.1.2.0/24 \
		prefix fd00:1::/64 prefix fd00:2::2/128
	passes 1 2
	at 2 ip addr add 10.1.2.77/24 dev eth0
	pip neigh replace 10.1.2.77 dev s2-p lladdr 02:00:00:00:00:02
	must at 1 ping -q -n -c 1 -W 2 10.1.2.77
	must v reach set s1 s2 prefix 10.1.1.2/32 prefix 10.1.2.2/32
	no at 1 ping -q -n -c 1 -W 0.3 10.1.2.77
	must sends 1 2 4
	at 2 ip addr del 10.1.2.77/24 dev eth0
}

scope_of_dscp()
{
	sites
	must v reach add s1 s2 dscp 46,0
	passes 1 2			# DSCP 0
	passes 1 2 -Q 0xb8		# 46 (EF)
	passes 1 2 -Q 0xb9		# 46, with ECN
	counted 1 2 18 $((9 * 84 + 9 * 104)) 0
	silent 1 2 -Q 0x88		# 34 (AF41)
	counted 1 2 18 $((9 * 84 + 9 * 104)) 2
	must v reach set s1 s2 dscp 34
	silent 1 2
	passes 1 2 -Q 0x88
	must v reach set s1 s2 dscp any
	passes 1 2 -Q 4
}

state_of()
{
	jqv '.[0].state' reach show "$1"
}

scope_in_time()
{
	local now

	sites
	now=$(date +%s)
	must v reach add s1 s2 start @$((now + 4 * KSFT_SLOW)) \
		until @$((now + 8 * KSFT_SLOW))
	check_eq "state at first" "$(state_of s1)" waiting
	silent 1 2
	until_eq 10 active state_of s1
	must sends 1 2 4 -c 1
	until_eq 10 ended state_of s1
	silent 1 2
	check_eq "packets that came too early or late" "$(count denied 1 2)" 4
	must v reach set s1 s2 start always until never
	check_eq "state without limits" "$(state_of s1)" active
	passes 1 2
	refused 'not after' reach set s1 s2 start @20 until @10
	must v reach set s1 s2 until 2999-12-31T23:59:59
	check_eq "the end" "$(jqv '.[0].until' reach show s1)" \
		"2999-12-31T23:59:59Z"
	passes 1 2
}

# A change of scope loses nothing that both scopes let through.
scope_changes_in_place()
{
	local i

	sites
	must v reach add s1 s2 prefix 10.0.0.0/8
	at 1 ping -q -n -c 200 -i 0.005 -W 2 10.1.2.2 > "$WORK/ping" &
	BG=$!
	for ((i = 0; i < 40; i++)); do
		must v reach set s1 s2 prefix 10.0.0.0/8 prefix "11.$i.0.0/16"
		must v reach set s1 s2 everything dscp 0,$((i % 60 + 1))
		must v reach set s1 s2 everything prefix 10.1.0.0/16
	done
	wait "$BG"
	grep -q ' 200 received' "$WORK/ping" ||
		fail "something was lost: $(tail -2 "$WORK/ping")"
	counted 1 2 200 16800
	counted 2 1 200 16800
}

errors_of_the_host_go_to_the_sender()
{
	sites
	must v reach add s1 s2
	at 1 ping -n -c 1 -W 2 -t 1 10.1.2.2 > "$WORK/ping"
	grep -q 'From 10.1.1.1.*exceeded' "$WORK/ping" ||
		fail "no error for IPv4: $(< "$WORK/ping")"
	at 1 ping -n -c 1 -W 2 -t 1 fd00:2::2 > "$WORK/ping"
	grep -q 'From fd00:1::1.*exceeded' "$WORK/ping" ||
		fail "no error for IPv6: $(< "$WORK/ping")"
	# Path MTU: towards the one whose reach it is, by the host's error.
	must v peering set s2-p mtu 1400
	at 1 ping -n -c 1 -W 2 -M "do" -s 1420 10.1.2.2 > "$WORK/ping" 2>&1
	grep -q 'mtu = 1400' "$WORK/ping" ||
		fail "no path MTU for IPv4: $(< "$WORK/ping")"
	at 1 ping -n -c 1 -W 2 -M "do" -s 1400 fd00:2::2 > "$WORK/ping" 2>&1
	grep -q 'mtu[ =:]*1400' "$WORK/ping" ||
		fail "no path MTU for IPv6: $(< "$WORK/ping")"
	counted 1 2 0 0
	counted 2 1 0 0
	at 1 ip route flush cache
	at 1 ip -6 route flush cache
}

reach_survives_a_failover()
{
	sites
	must v reach add s1 s2
	must v reach add group g s3 s4
	passes 1 2
	counted 1 2 6 $((3 * 84 + 3 * 104))
	pip link set p1 down
	until_eq 5 secondary circ active s1
	until_eq 5 secondary circ active s4
	wait_for 10 sends 1 2 4 -c 1
	passes 1 2
	passes 3 4
	silent 1 3
	silent 4 1
	pip link set p1 up
	until_eq 5 primary circ active s1
	until_eq 5 primary circ active s4
	wait_for 10 sends 1 2 4 -c 1
	passes 2 1
	silent 1 3
	check_eq "what both have counted" "$(count packets 1 2)" \
		"$(count packets 2 1)"
}

reach_survives_renames_and_ends_with_the_circuit()
{
	sites
	must v reach add s1 s2
	must v reach add group g s2 s3 s4
	must v circuit set s2 name other
	passes 1 2
	passes 2 3
	check_eq "the pair" "$(jqv '.[0].circuits | join(" ")' reach show s1)" \
		"s1 other"
	must v circuit del other force
	check_eq "what is left" \
		"$(jqv '[.[] | .group, .circuits[]] | join(" ")' reach show)" \
		"g s3 s4"
	passes 3 4
	must v circuit add s2 leg p1:102 leg p2:102
	must v peering add s2-p circuit s2 address 10.1.2.1/24 \
		mac 02:00:00:00:01:02
	pip neigh replace 10.1.2.2 dev s2-p lladdr 02:00:00:00:00:02
	no at 1 ping -q -n -c 1 -W 0.3 10.1.2.2
	must v reach add s1 s2
	must sends 1 2 4
}

run_tests
