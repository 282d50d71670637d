# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# TCP through a circuit that has a bandwidth and the default burst: how much of
# what was bought the wire gets.
#
#   c   c1                  customer: VLAN 10 in VLAN 100
#       |
#       p1                  circuit acme, peering acme-p

tcp_net()
{
	mkdir -p /run/netns
	modprobe -a veth 8021q sch_netem
	ip netns add c &&
	ip link add p1 type veth peer name c1 netns c &&
	up lo p1 &&
	ip -n c link set c1 up &&
	ip -n c link add link c1 name c2 type vlan id 100 &&
	ip -n c link add link c2 name c3 type vlan id 10 &&
	ip -n c link set c2 up && ip -n c link set c3 up &&
	ip -n c address add 10.9.0.2/30 dev c3
}

tcp_circuit()
{
	insmod /bench/vxc.ko || return
	vxc port add p1 local any &&
	vxc circuit add acme leg p1:100 bandwidth "$1" &&
	vxc peering add acme-p circuit acme cvid 10 &&
	ip address add 10.9.0.1/30 dev acme-p && up acme-p
}

# Frames and bytes of the leg by color, as the command has them
tcp_colors()
{
	vxc -j show acme | tr '\n' ' ' | sed 's/.*"colors" *: *//; s/"load".*//' |
		sed "s/.*\"$1\" *: *{\([^}]*\)}.*/\1/"
}

tcp_color()
{
	tcp_colors "$1" | tr ',' '\n' |
		sed -n "s/.*\"$2\" *: *\([0-9]*\).*/\1/p"
}

# tcp_run NAME DIRECTION FROM TO ADDRESS BYTES
tcp_run()
{
	local begin green red burst

	burst=$(vxc -j show acme | tr '\n' ' ' |
		sed 's/.*"burst" *: *\([0-9]*\) *,.*/\1/')
	begin=${EPOCHREALTIME/./}
	green=$(tcp_color "$2" green_bytes)
	red=$(tcp_color "$2" red_packets)
	stream "$3" "$4" "$5" "$6" > /dev/null || return
	echo "tcp $1 burst=$burst us=$((${EPOCHREALTIME/./} - begin))" \
		"bytes=$(($(tcp_color "$2" green_bytes) - green))" \
		"dropped=$(($(tcp_color "$2" red_packets) - red))"
}

job_tcp()
{
	local bytes=200000000

	tcp_net && tcp_circuit 200M || return
	tcp_run transmitted tx - c 10.9.0.2 $bytes &&
	tcp_run received rx c - 10.9.0.1 $bytes || return
	tc -n c qdisc add dev c1 root netem delay 5ms limit 10000 || return
	tcp_run transmitted-5ms tx - c 10.9.0.2 $bytes &&
	tcp_run received-5ms rx c - 10.9.0.1 $bytes
}
