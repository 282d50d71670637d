#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# What the script of this name checks for the ports of a switch, for ports and
# circuits: frames of every sort, with every sort of tag, come out nowhere but
# where a circuit leads. Each test ends with what does let them through.
#
#   C   c1    c2    c3    c4          customers
#       |     |     |     |
#   P   p1    p2    p3    p4          provider

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

ALL_TESTS="
	ports_without_circuits
	ports_that_drop_what_is_unmatched
	circuits_with_peerings
	peerings_in_different_bridges
	peerings_in_one_bridge
	peerings_in_one_bridge_with_different_pvids
"

UNKNOWN_MAC=02:00:00:00:00:99
VIDS=(0 1 2 5 10 20 50 99 100 101 200 500 1000 2000 4000 4094)

# What a frame is, but for its tags; UNICAST is replaced by an address.
FRAMES="
	dst=UNICAST type=0004
	dst=01:02:03:04:05:06 type=0004
	dst=ff:ff:ff:ff:ff:ff type=0004
	dst=UNICAST
	dst=UNICAST ip=4
	dst=01:00:5e:00:00:01 ip=4
	dst=ff:ff:ff:ff:ff:ff ip=4
	dst=UNICAST ip=6
	dst=33:33:00:00:00:01 ip=6
	dst=ff:ff:ff:ff:ff:ff type=0806
	dst=UNICAST type=8847
	dst=UNICAST pay=1400
"

# Control protocols: by address, and those known by their ethertype.
CONTROL="
	dst=01:80:c2:00:00:02 type=8809
	dst=01:80:c2:00:00:03 type=888e
	dst=01:80:c2:00:00:0e type=88cc
	dst=01:80:c2:00:00:0e type=88f7
	dst=01:80:c2:00:00:21 type=88f5
	dst=01:00:0c:cc:cc:cc type=0046
	dst=01:00:0c:cc:cc:cd type=0032
"
PAUSE="
	dst=01:80:c2:00:00:01
	dst=01:80:c2:00:00:01 type=8808
	dst=UNICAST type=8808
"

setup_all()
{
	local i

	setup_provider
	quiet_ns "$C"
	[[ -n $P ]] && quiet_ns "$P"
	for i in 1 2 3 4; do
		wire "c$i" "p$i" || return 1
	done
	cip link add csync1 type veth peer name csync2
	cip link set csync1 up
	cip link set csync2 up
	modprobe -q bridge 2> /dev/null
	pexec sysctl -qw net.ipv4.ip_forward=1
	mapfile -t TAGS < <(tags)
	mapfile -t BODIES < <(bodies)
	mapfile -t NEVER < <(grep -o 'dst.*' <<< "$PAUSE")
	diag "${#TAGS[@]} sorts of tags, $((${#BODIES[@]} + ${#NEVER[@]}))" \
		"sorts of frames"
}

# tags: every sort of them, one a line
tags()
{
	local vid

	echo -
	for vid in "${VIDS[@]}"; do
		echo "8100:$vid"
	done
	for vid in 0 100 200 2000; do
		echo "88a8:$vid"
	done
	for vid in 100 200; do
		echo "9100:$vid"
		echo "8100:$vid 8100:10"
		echo "88a8:$vid 8100:10"
		echo "8100:10 8100:$vid"
	done
	echo "8100:0 8100:100"
	echo "8100:100.p7.d 8100:0.p3"
	echo "8100:100 8100:100 8100:100"
}

bodies()
{
	local i

	grep -o 'dst.*' <<< "$FRAMES"
	for ((i = 0; i < 64; i += i < 16 ? 1 : 5)); do
		((i == 1)) || printf 'dst=01:80:c2:00:00:%02x\n' "$i"
	done
	grep -o 'dst.*' <<< "$CONTROL"
}

# frames FROM UNICAST [TO]: all of them from a device of the customer. TO names
# a function that says in $OUT where frames with some tags come out, and with
# which.
frames()
{
	local tags body

	for tags in "${TAGS[@]}"; do
		OUT=
		[[ -z ${3:-} ]] || "$3" "$1" "$tags"
		for body in "${BODIES[@]}"; do
			echo "send C:$1 $tags ${body/UNICAST/$2}"
			[[ -z $OUT ]] ||
				echo "expect C:$OUT ${body/UNICAST/$2}"
		done
		for body in "${NEVER[@]}"; do
			echo "send C:$1 $tags ${body/UNICAST/$2}"
		done
	done
}

mac_of()
{
	cip -j link show "$1" | jq -r '.[0].address'
}

# packets NETNS-COMMAND PREFIX: received by those four devices
packets()
{
	"$1" -j -s link show type veth | jq "[.[] | select(.ifname |
		test(\"^$2[1-4]\$\")).stats64.rx.packets] | add"
}

# run: the frames on standard input; where they come out in C, byte for byte
run()
{
	{
		echo "netns C $C"
		echo "sync C:csync1 C:csync2"
		cat
	} > "$WORK/script"
	"$PROGS/frames" run < "$WORK/script" > "$WORK/out" 2>&1
	check_err $? "frames went astray: $(head -20 "$WORK/out")"
}

# all_come_out_right [TO]: from all four customers, to each other's addresses
# and to one that nobody has. Nor does anything else come out.
all_come_out_right()
{
	local in out sent want

	in=$(packets pip p)
	out=$(packets cip c)
	{
		frames c1 "$(mac_of c2)" "$@"
		frames c2 "$(mac_of c1)" "$@"
		frames c3 "$UNKNOWN_MAC" "$@"
		frames c4 "$(mac_of c1)" "$@"
	} | run
	sent=$(grep -c ^send "$WORK/script")
	want=$(grep -c ^expect "$WORK/script")
	check_eq "frames received by ports" "$(($(packets pip p) - in))" "$sent"
	check_eq "frames that came out" "$(($(packets cip c) - out))" "$want"
	diag "$sent frames, $want of them come out"
}

# one FROM TO TAGS [ARRIVES-WITH]: so they would have come through.
one()
{
	run <<- EOT
		send C:$1 $3 dst=$UNKNOWN_MAC
		expect C:$2 ${4:-$3}
	EOT
}

ports()
{
	local i

	for i in 1 2 3 4; do
		must v port add "p$i" "$@"
	done
}

ports_without_circuits()
{
	ports
	all_come_out_right
	must v circuit add x leg 'p1:*' z-leg 'p2:*' loop-guard off
	one c1 c2 8100:7
}

ports_that_drop_what_is_unmatched()
{
	ports unmatched drop
	all_come_out_right
	must v circuit add x leg p1:untagged z-leg p2:untagged loop-guard off
	one c1 c2 -
}

# peerings: circuits x and y, each with two
peerings()
{
	local name

	ports
	must v circuit add x leg p1:100
	must v circuit add y leg p2:100
	for name in x y; do
		must v peering add "$name-p" circuit "$name"
		must v peering add "$name-q" circuit "$name" cvid 10
		must pip link set "$name-p" up
		must pip link set "$name-q" up
	done
}

# Frames of IPv4 are routed from x to y as far as isolation lets them.
circuits_with_peerings()
{
	local mac n

	peerings
	addr_add pip x-p 192.0.2.65/26
	addr_add pip y-p 192.0.2.3/26
	must pip neigh add 192.0.2.1 dev y-p lladdr "$(mac_of c2)"
	mac=$(pip -j link show x-p | jq -r '.[0].address')
	BODIES+=("dst=$mac ip=4" "dst=$mac ip=6" "dst=$mac")
	all_come_out_right
	(($(circ 'drops["no-reach"]' x) > 0))
	check_err $? "no packet was denied its way"
	must v reach add x y
	n=$(packets cip c)
	run <<< "send C:c1 8100:100 dst=$mac ip=4"
	check_eq "packets routed with reach" "$(($(packets cip c) - n))" 1
	mapfile -t BODIES < <(bodies)
}

# bridge NAME [ARGUMENTS...]: one that forwards control protocols, too
bridge_add()
{
	must pip link add "$1" type bridge mcast_snooping 0 \
		group_fwd_mask 65528 "${@:2}" || return
	must pip link set "$1" up
}

peerings_in_different_bridges()
{
	peerings
	bridge_add br0
	bridge_add br1
	must pip link set x-p master br0
	must pip link set y-p master br1
	must v reach add x y
	all_come_out_right
	must pip link set y-p master br0
	one c1 c2 8100:100
	pip link del br0
	pip link del br1
}

# Only reach makes members of one bridge one network.
peerings_in_one_bridge()
{
	peerings
	bridge_add br0
	must pip link set x-p master br0
	must pip link set y-p master br0
	all_come_out_right
	must v reach add x y
	one c1 c2 8100:100
	must v reach del x y
	pip link del br0
}

peerings_in_one_bridge_with_different_pvids()
{
	peerings
	bridge_add br0 vlan_filtering 1 vlan_default_pvid 0
	must pip link set x-p master br0
	must pip link set y-p master br0
	must pexec bridge vlan add dev x-p vid 1 pvid untagged
	must pexec bridge vlan add dev y-p vid 2 pvid untagged
	must v reach add x y
	all_come_out_right
	must pexec bridge vlan add dev y-p vid 1 pvid untagged
	one c1 c2 8100:100
	pip link del br0
}

run_tests
