#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Circuits with two protected ends, what runs over them between two bonds or
# two bridges, and loops.
#
#   C   c1    c2      c3    c4          customer
#       |     |       |     |
#   P   p1    p2      p3    p4          acme: p1:100 p2:200 to p3:300 p4:400

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

ALL_TESTS="
	frames_follow_the_active_legs
	carrier_loss_at_either_end
	flips_of_both_ends_lose_nothing
	standby_frames_are_dropped
	lacp_crosses_between_bonds
	stp_crosses_between_bridges
	a_loop_takes_the_leg_down
	a_ring_of_circuits_is_a_loop
	reflected_frames_are_a_loop
	the_guard_can_be_off
	visible_loops_are_refused
"

setup_all()
{
	local i

	setup_provider
	quiet_ns "$C"
	[[ -n $P ]] && quiet_ns "$P"
	wire sync sync || return 1
	for i in 1 2 3 4; do
		wire "c$i" "p$i" || return 1
	done
}

ports()
{
	local i

	for i in 1 2 3 4; do
		cip link set "c$i" nomaster up
		pip link set "p$i" up
		v port show "p$i" > /dev/null 2>&1 || must v port add "p$i"
	done
}

acme()
{
	ports
	must v circuit add acme leg p1:100 leg p2:200 \
		z-leg p3:300 z-leg p4:400 "$@"
	until_eq 5 "up primary primary" summary
}

summary()
{
	jqv '.[0] | "\(.state) " + (.ends | map(.active) | join(" "))' \
		show acme
}

# legs NUMBER: state and reason of a leg, by the number of its port
leg()
{
	jqv ".[0].legs[] | select(.port == \"p$1\") | \"\(.state) \(.reason)\"" \
		show "${2:-acme}"
}

counted()
{
	jqv ".[0].legs[] | select(.port == \"p$1\") | .$2 // 0" \
		show "${3:-acme}"
}

frames()
{
	{
		echo "netns C $C"
		echo "netns P $(pns)"
		echo "sync C:sync P:sync"
		cat
	} > "$WORK/script"
	must "$PROGS/frames" run < "$WORK/script"
}

# through A Z: frames cross between these ports, and no others, once the legs
# that were active before are no longer heard.
through()
{
	tick 0.1
	frames <<- EOT
		send C:c$1 8100:${1}00 8100:7
		tap P:p$1
		expect C:c$2 8100:${2}00 8100:7
		send C:c$2 8100:${2}00 8100:7
		tap P:p$2
		expect C:c$1 8100:${1}00 8100:7
		send C:c$((3 - $1)) 8100:$((3 - $1))00
		tap P:p$((3 - $1))
		send C:c$((7 - $2)) 8100:$((7 - $2))00
		tap P:p$((7 - $2))
	EOT
}

frames_follow_the_active_legs()
{
	acme loop-guard off
	through 1 3
	must v circuit switch acme end z manual secondary
	through 1 4
	must v circuit switch acme manual secondary
	through 2 4
	must v circuit switch acme end z clear
	through 2 3
	must v circuit switch acme clear
	through 1 3
}

carrier_loss_at_either_end()
{
	acme loop-guard off
	cip link set c3 down
	until_eq 5 "degraded primary secondary" summary
	frames <<- EOT
		send C:c1 8100:100
		tap P:p1
		expect C:c4 8100:400
		send C:c4 8100:400
		tap P:p4
		expect C:c1 8100:100
	EOT
	cip link set c1 down
	until_eq 5 "degraded secondary secondary" summary
	frames <<- EOT
		send C:c2 8100:200
		tap P:p2
		expect C:c4 8100:400
	EOT
	cip link set c3 up
	until_eq 5 "degraded secondary primary" summary
	cip link set c1 up
	until_eq 5 "up primary primary" summary
	through 1 3
}

# flips COUNT: of either end in turn
flips()
{
	local i

	for ((i = 0; i < $1 / 4; i++)); do
		echo "circuit switch acme end z manual secondary"
		echo "circuit switch acme manual secondary"
		echo "circuit switch acme end z manual primary"
		echo "circuit switch acme manual primary"
	done > "$WORK/flips"
	must v -batch "$WORK/flips"
}

# What is sent at the active leg, on either, arrives once, in order.
flips_of_both_ends_lose_nothing()
{
	local n sent watch flood taken

	n=$(scale 400)
	acme loop-guard off
	background "$WORK/watch" "$PROGS/frames" watch "$C"
	watch=$BG
	wait_for 5 grep -q ready "$WORK/watch"
	background "$WORK/flood" "$PROGS/frames" flood \
		"$C:c1" "8100:100 8100:7"
	flood=$BG
	flips $((n / 4 * 4))
	finish "$flood"
	finish "$watch"
	read -r _ sent _ < "$WORK/flood"
	diag "$sent frames, $n switches"
	taken=$(counted 1 stats.rx_packets)
	check_eq "frames that crossed or were standby" \
		"$((taken + $(counted 1 drops.standby)))" "$sent"
	check_eq "frames that left" "$(($(counted 3 stats.tx_packets) +
		$(counted 4 stats.tx_packets)))" "$taken"
	grep ^distinct "$WORK/watch" | grep -q "distinct $taken duplicate 0 late 0" ||
		fail "of $taken: $(grep ^distinct "$WORK/watch")"
	check_eq "pairs of port and tags seen" \
		"$(awk '/^at/ { print $3, $4, $5 }' "$WORK/watch" | sort |
			tr '\n' ',')" "c3 8100:300 8100:7,c4 8100:400 8100:7,"
}

standby_frames_are_dropped()
{
	acme loop-guard off
	frames <<- EOT
		send C:c2 8100:200
		tap P:p2
		send C:c4 8100:400
		tap P:p4
	EOT
	check_eq "standby at a" "$(counted 2 drops.standby)" 1
	check_eq "standby at z" "$(counted 4 drops.standby)" 1
	check_eq "received" "$(jqv '[.[0].legs[].stats.rx_packets] | add' \
		show acme)" 0
}

# two_lines [SETTINGS...]: two circuits, port to port
two_lines()
{
	local i

	ports
	must v circuit add one leg 'p1:*' z-leg 'p3:*' "$@"
	must v circuit add two leg 'p2:*' z-leg 'p4:*' "$@"
	until_eq 5 "up up" jqv 'map(.state) | join(" ")' show
	setup_ns D
	for i in 3 4; do
		must cip link set "c$i" netns "$D"
		must ip -n "$D" link set "c$i" up
	done
}

# The far side comes home.
end_lines()
{
	local i

	ip -n "$D" link del master0 2> /dev/null
	cip link del master0 2> /dev/null
	for i in 3 4; do
		must ip -n "$D" link set "c$i" nomaster netns "$C"
	done
	ip netns del "$D"
	for i in 1 2 3 4; do
		cip link set "c$i" up
	done
}

partner()
{
	ip -n "$1" -d -j link show master0 |
		jq -r '.[0].linkinfo.info_data.ad_info |
			"\(.num_ports) \(.partner_mac)"'
}

# Ports in the active aggregate of the bond
aggregated()
{
	partner "$1" | cut -d' ' -f1
}

lacp_crosses_between_bonds()
{
	local ns i=1 dev

	modprobe -q bonding 2> /dev/null
	two_lines
	for ns in "$C" "$D"; do
		ip -n "$ns" link add master0 type bond mode 802.3ad \
			lacp_rate fast miimon 100 || {
			skip "no bonding"
			end_lines
			return
		}
		for dev in "c$i" "c$((i + 1))"; do
			ip -n "$ns" link set "$dev" down
			must ip -n "$ns" link set "$dev" master master0
		done
		must ip -n "$ns" link set master0 up
		ip -n "$ns" addr add "10.8.0.$i/24" dev master0
		i=$((i + 2))
	done
	until_eq 20 "2 $(ip -n "$D" -j link show master0 |
		jq -r '.[0].address')" partner "$C"
	until_eq 20 "2 $(cip -j link show master0 | jq -r '.[0].address')" \
		partner "$D"
	wait_for 10 cexec ping -qc1 -W1 10.8.0.3
	# Without its protocol there is no aggregate of both.
	must v circuit set two l2cp lacp=discard
	until_eq 20 1 aggregated "$C"
	end_lines
}

ports_of()
{
	ip netns exec "$1" bridge -j link show |
		jq -r '[.[] | select(.master == "master0") | .state] | sort |
			join(" ")'
}

all_ports()
{
	{
		ports_of "$C"
		ports_of "$D"
	} | tr ' ' '\n' | sort | paste -sd ' '
}

bridges()
{
	local ns i=1

	for ns in "$C" "$D"; do
		must ip -n "$ns" link add master0 type bridge "$@" || return
		must ip -n "$ns" link set "c$i" master master0
		must ip -n "$ns" link set "c$((i + 1))" master master0
		must ip -n "$ns" link set master0 up
		i=$((i + 2))
	done
}

# A ring of two lines and two bridges: one port of four has to block.
stp_crosses_between_bridges()
{
	two_lines
	bridges stp_state 1 forward_delay 200 hello_time 100 max_age 600
	until_eq 30 "blocking forwarding forwarding forwarding" all_ports
	check_eq "state of the circuits" "$(jqv 'map(.state) | join(" ")' \
		show)" "up up"
	end_lines
}

# loops_counted COUNT: that many were dropped
loops_counted()
{
	(($(counted 1 drops.loop) >= $1))
}

a_loop_takes_the_leg_down()
{
	local hold=10

	ports
	must v circuit add acme leg p1:100 z-leg p3:100
	until_eq 5 up circ state
	cip link add master0 type bridge
	cip link set c1 master master0
	cip link set c3 master master0
	cip link set master0 up
	until_eq 10 "down loop" leg 1
	until_eq 10 down circ state
	"$PROGS/frames" flood count 5 "$C:c1" 8100:100 > /dev/null
	wait_for 5 loops_counted 5
	# As long as it is there it is found anew.
	tick $((hold + 2))
	check_eq "while the loop lasts" "$(leg 1)" "down loop"
	cip link del master0
	until_eq $((hold + 10)) "up none" leg 1
	until_eq 10 "up none" leg 3
	cip link set c1 up
	cip link set c3 up
}

any_loop()
{
	v -j show | jq -e '[.[].legs[].reason] | any(. == "loop")'
}

# No wire of either circuit leads back to itself, but both together do.
a_ring_of_circuits_is_a_loop()
{
	two_lines
	bridges
	wait_for 10 any_loop
	end_lines
}

reflected_frames_are_a_loop()
{
	ports
	modprobe -q -a act_mirred cls_matchall sch_ingress 2> /dev/null
	must v circuit add acme leg p1:100 z-leg p3:100
	until_eq 5 up circ state
	cexec tc qdisc add dev c1 clsact
	if ! cexec tc filter add dev c1 ingress matchall \
		action mirred egress redirect dev c1; then
		skip "no act_mirred"
		return
	fi
	until_eq 10 "down loop" leg 1
	check_eq "the other end" "$(leg 3)" "up none"
	cexec tc qdisc del dev c1 clsact
}

received()
{
	cip -s -j link show "$1" | jq '.[0].stats64.rx.packets'
}

more_received()
{
	(($(received "$1") > $2))
}

the_guard_can_be_off()
{
	local n

	ports
	must v circuit add acme leg p1:100 z-leg p3:100 loop-guard off
	check_eq "the guard" "$(circ loop_guard)" false
	n=$(received c1)
	tick 3
	check_eq "frames at c1" "$(received c1)" "$n"
	must v circuit set acme loop-guard on
	wait_for 5 more_received c1 "$n"
	check_eq "frames counted for them" \
		"$(jqv '[.[0].legs[].stats.tx_packets] | add' show acme)" 0
}

visible_loops_are_refused()
{
	pip link add v0 type veth peer name v1
	must v port add v0
	must v port add v1
	ports
	refused 'v1:100.*v0:100.*veth' \
		circuit add acme leg v0:100 z-leg v1:100
	refused 'veth' circuit add acme leg 'v0:*' z-leg 'v1:*'
	must v circuit add acme leg v0:100 z-leg v1:101
	refused 'veth' leg set circuit acme end z role primary v1:100
	refused 'v0:100 is leg primary of circuit acme already' \
		leg add circuit acme end z v0:100
	must v circuit del acme force
	must v port del v0
	must v port del v1
	pip link del v0
}

run_tests
