#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Edits in place: whatever changes, the peering keeps its ifindex, addresses,
# neighbours and routes, and frames flow with the new tags at once.
#
#   C   c1    c2            customer
#       |     |
#   P   p1    p2            circuit acme on p1:100, peering acme-p C-VID 10

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

ALL_TESTS="
	svid
	leg_moves_to_another_port
	kind_of_attachment
	cvid
	cvid_to_untagged_and_back
	pinned_to_protected_and_back
	pcp_and_dei
	tpid
	circuit_name
	peering_name
	peering_name_by_ip_link
	mtu
	mac_by_ip_link
	refused_edits_change_nothing
	edits_of_one_circuit_cost_another_nothing
	moving_under_traffic_mixes_nothing
"

setup_all()
{
	setup_provider
	quiet_ns "$C"
	wire sync sync
	two_wires
}

# What has to survive, as text.
identity()
{
	pip -j -d link show "${1:-acme-p}" |
		jq -r '.[0] | "\(.ifindex) \(.address)"'
	pip -j addr show dev "${1:-acme-p}" |
		jq -r '.[0].addr_info[].local' | sort
	pip neigh show dev "${1:-acme-p}" nud permanent | sort
	pip route show dev "${1:-acme-p}"
	pip -6 route show dev "${1:-acme-p}" | grep -v ^fe80 | sed 's/ pref.*//'
}

acme()
{
	v port show p1 > /dev/null 2>&1 || must v port add p1
	v port show p2 > /dev/null 2>&1 || must v port add p2
	must v circuit add acme leg p1:100 "$@"
	must v peering add acme-p circuit acme cvid 10
	must pip link set acme-p addrgenmode none up
	addr_add pip acme-p 10.1.0.2/30
	addr_add pip acme-p fd01::2/64
	pip neigh add 10.1.0.1 lladdr 02:00:00:00:00:01 dev acme-p
	pip neigh add fd01::1 lladdr 02:00:00:00:00:01 dev acme-p
	pip route add 10.9.0.0/16 via 10.1.0.1
	pip -6 route add fd09::/32 via fd01::1
	before=$(identity)
	flows 1 8100:100 8100:10
}

# flows WIRE TAG...: both ways over this wire, with these tags.
flows()
{
	local n=$1

	shift
	must "$PROGS/frames" run <<- SCRIPT
		netns C $C
		netns P $(pns)
		sync C:sync P:sync
		send P:${PEERING:-acme-p} -
		expect C:c$n ${*:--}
		send C:c$n ${*:--}
		tap P:p$n
		expect P:${PEERING:-acme-p} -
	SCRIPT
}

# kept WHAT: the peering is what it was, and up.
kept()
{
	check_eq "the peering after $1" "$(identity)" "$before"
	check_eq "operstate after $1" "$(oper acme-p)" UP
}

svid()
{
	acme
	must v circuit leg set acme role primary p1:200
	kept "a new S-VID"
	flows 1 8100:200 8100:10
	check_eq attachment "$(circ 'legs[0].attachment')" p1:200
	must v circuit add other leg p1:100
	refused 'other' circuit leg set acme role primary p1:100
	kept "a refused S-VID"
	flows 1 8100:200 8100:10
}

leg_moves_to_another_port()
{
	acme
	must v circuit leg set acme role primary p2:300
	kept "a move"
	flows 2 8100:300 8100:10
	check_eq "legs of the ports" \
		"$(jqv 'map("\(.name) \(.legs)") | sort | join(", ")' \
			port show)" "p1 0, p2 1"
	must v circuit leg set acme role primary p1:100
	kept "a move back"
	flows 1 8100:100 8100:10
}

kind_of_attachment()
{
	acme
	must v circuit leg set acme role primary 'p1:*'
	kept "a change to the whole port"
	flows 1 8100:10
	must v peering set acme-p cvid untagged
	must v circuit leg set acme role primary p1:untagged
	kept "a change to untagged"
	flows 1
	must v circuit leg set acme role primary p1:100.20
	kept "a change to S and C-VID"
	flows 1 8100:100 8100:20
	must v circuit leg set acme role primary p1:100
	must v peering set acme-p cvid 10
	kept "a change back"
	flows 1 8100:100 8100:10
}

cvid()
{
	acme
	must v peering set acme-p cvid 20
	kept "a new C-VID"
	flows 1 8100:100 8100:20
	must v peering add acme-q circuit acme cvid 10
	refused 'acme-q' peering set acme-p cvid 10
	kept "a refused C-VID"
	flows 1 8100:100 8100:20
}

cvid_to_untagged_and_back()
{
	acme
	must v peering set acme-p cvid untagged
	kept "no C-VID"
	flows 1 8100:100
	must v peering set acme-p cvid 4094
	kept "a C-VID again"
	flows 1 8100:100 8100:4094
}

pinned_to_protected_and_back()
{
	acme leg p2:200
	must v peering set acme-p leg secondary
	kept "being pinned"
	flows 2 8100:200 8100:10
	must v peering set acme-p leg protected
	kept "being protected"
	flows 1 8100:100 8100:10
	must v peering set acme-p leg primary
	kept "being pinned"
	cip link set c1 down
	until_eq 5 LOWERLAYERDOWN oper acme-p
	must v peering set acme-p leg secondary
	until_eq 5 UP oper acme-p
	flows 2 8100:200 8100:10
	cip link set c1 up
	wait_for 5 pip link show p1 up
}

pcp_and_dei()
{
	acme
	must v peering set acme-p pcp 6 dei 1
	kept "PCP and DEI"
	flows 1 8100:100.p6.d 8100:10.p6.d
	check_eq "PCP and DEI" "$(jqv '.[0] | "\(.pcp) \(.dei)"' \
		peering show acme-p)" "6 1"
	no v peering set acme-p pcp 8
	no v peering set acme-p dei 2
}

tpid()
{
	local tpid

	acme
	for tpid in 88a8 9100 8100; do
		must v port set p1 tpid "$tpid"
		kept "TPID $tpid"
		flows 1 "$tpid:100" 8100:10
	done
}

circuit_name()
{
	acme
	must v circuit set acme name emca
	kept "a new name of the circuit"
	flows 1 8100:100 8100:10
}

peering_name()
{
	acme
	must v peering set acme-p name acme-new
	check_eq "the peering after a new name" "$(identity acme-new)" \
		"${before//acme-p/acme-new}"
	PEERING=acme-new flows 1 8100:100 8100:10
	check_eq "name" "$(circ 'peerings[0].name')" acme-new
	refused . peering set acme-new name p1
	no v peering set acme-new name "a/b"
}

peering_name_by_ip_link()
{
	acme
	if ! pip link set acme-p name acme-new 2> /dev/null; then
		pip link set acme-p down
		must pip link set acme-p name acme-new
		pip link set acme-new up
	fi
	check_eq "name" "$(circ 'peerings[0].name')" acme-new
	must v peering set acme-new cvid 30
	PEERING=acme-new flows 1 8100:100 8100:30
}

mtu()
{
	acme
	must v peering set acme-p mtu 1400
	kept "a new MTU"
	check_eq MTU "$(pip -j link show acme-p | jq '.[0].mtu')" 1400
	flows 1 8100:100 8100:10
}

mac_by_ip_link()
{
	acme
	must pip link set acme-p address 02:00:00:00:00:77
	flows 1 8100:100 8100:10
	check_eq "MAC address" \
		"$(pip -j link show acme-p | jq -r '.[0].address')" \
		02:00:00:00:00:77
	no pip link set acme-p address 01:00:00:00:00:77
}

refused_edits_change_nothing()
{
	local state

	acme
	must v circuit add other leg p2:100
	state=$(pexec "$PROGS/vxcnl" state)
	refused . circuit leg set acme role primary p2:100
	refused . circuit leg set acme role primary p3:100
	refused . circuit leg set acme role secondary p1:300
	refused . circuit set acme name other
	refused . peering set acme-p mtu 9000
	refused . peering set acme-p leg secondary
	refused . peering set nobody cvid 5
	refused . port set p3 tpid 88a8
	check_eq "state after refusals" "$(pexec "$PROGS/vxcnl" state)" \
		"$state"
	kept refusals
	flows 1 8100:100 8100:10
}

# Others come, change and go; the frames of acme do not notice.
edits_of_one_circuit_cost_another_nothing()
{
	local watch flood sent i

	acme
	background "$WORK/watch" "$PROGS/frames" watch "$C" "$(pns)"
	watch=$BG
	wait_for 5 grep -q ready "$WORK/watch"
	background "$WORK/flood" "$PROGS/frames" flood \
		"$C:c1" "8100:100 8100:10"
	flood=$BG
	for ((i = 0; i < $(scale 60); i++)); do
		echo "circuit add x leg p1:200 leg p2:200"
		echo "peering add xp circuit x cvid 10"
		echo "circuit leg set x role primary p1:100.20"
		echo "peering set xp untagged"
		echo "circuit del x force"
		echo "peering add acme-q circuit acme cvid 20"
		echo "peering del acme-q"
	done > "$WORK/edits"
	v -batch "$WORK/edits" > "$WORK/out" 2>&1
	finish "$flood"
	finish "$watch"
	read -r _ sent _ < "$WORK/flood"
	check_eq "frames of $sent that acme-p received" \
		"$(awk '$3 == "acme-p" { print $NF }' "$WORK/watch")" "$sent"
	check_eq "drops" "$(circ 'legs[0].drops | tojson')" '{}'
}

# The leg moves to and fro while the peering sends: each frame leaves with the
# S-VID that belongs to its port.
moving_under_traffic_mixes_nothing()
{
	local watch flood sent i n

	n=$(scale 300)
	acme
	background "$WORK/watch" "$PROGS/frames" watch "$C"
	watch=$BG
	wait_for 5 grep -q ready "$WORK/watch"
	background "$WORK/flood" "$PROGS/frames" flood "$(pns):acme-p" -
	flood=$BG
	for ((i = 0; i < n; i++)); do
		echo "circuit leg set acme role primary p2:200"
		echo "circuit leg set acme role primary p1:100"
	done > "$WORK/edits"
	must v -batch "$WORK/edits"
	finish "$flood"
	finish "$watch"
	read -r _ sent _ < "$WORK/flood"
	check_eq "pairs of port and tags seen" \
		"$(awk '/^at/ { print $3, $4, $5 }' "$WORK/watch" | sort |
			tr '\n' ',')" \
		"c1 8100:100 8100:10,c2 8100:200 8100:10,"
	check_eq "frames on the wire" "$(grep ^distinct "$WORK/watch")" \
		"distinct $sent duplicate 0 late 0 lost 0"
}

run_tests
