# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# What the scripts about reach share: customers that are hosts of their own.
#
#   S1 .. S4  eth0: VLAN 101 .. 104 of bond
#                |
#   C         bond: c1, c2
#                |  |
#   P           p1  p2     circuit sN on both, peering sN-p

# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

SITES=4
# shellcheck disable=SC2034 # for the scripts
KEY=5d2b7a10-0f3c-4f6e-9d7a-4b6f1c2d3e4f

# site_make N: the customer's host of site N.
site_make()
{
	local ns

	setup_ns ns
	NS[$1]=$ns
	cip link add link bond name "s$1" address "02:00:00:00:00:0$1" \
		type vlan id $((100 + $1))
	cip link set "s$1" netns "$ns" name eth0
	ip -n "$ns" link set eth0 up
	ip -n "$ns" addr add "10.1.$1.2/24" dev eth0
	ip -n "$ns" addr add "fd00:$1::2/64" dev eth0 nodad
	# Neighbours are known, so that no first packet waits or is lost.
	ip -n "$ns" neigh add "10.1.$1.1" dev eth0 lladdr "02:00:00:00:01:0$1"
	ip -n "$ns" neigh add "fd00:$1::1" dev eth0 \
		lladdr "02:00:00:00:01:0$1"
	ip -n "$ns" route add default via "10.1.$1.1"
	ip -n "$ns" -6 route add default via "fd00:$1::1"
}

setup_all()
{
	local n

	modprobe -q -a bonding 8021q 2> /dev/null
	setup_provider
	declare -ga NS=()
	quiet_ns "$C"
	cip link add bond type bond mode active-backup miimon 20
	wire c1 p1
	wire c2 p2
	for n in c1 c2; do
		cip link set "$n" down
		cip link set "$n" master bond
		cip link set "$n" up
	done
	cip link set bond type bond primary c1
	cip link set bond up
	pexec sysctl -qw net.ipv4.ip_forward=1 \
		net.ipv6.conf.all.forwarding=1 \
		net.ipv4.icmp_ratelimit=0 net.ipv6.icmp.ratelimit=0
	for ((n = 1; n <= SITES; n++)); do
		site_make "$n"
	done
	pip link add red type vrf table 100
	pip link set red up
}

# sites [PEERING-ARGUMENTS...]: a circuit and a peering for each.
sites()
{
	local n

	must v port add p1
	must v port add p2
	for ((n = 1; n <= SITES; n++)); do
		echo "circuit add s$n leg p1:$((100 + n)) leg p2:$((100 + n))"
		echo "peering add s$n-p circuit s$n address 10.1.$n.1/24" \
			"address fd00:$n::1/64 mac 02:00:00:00:01:0$n $*"
	done > "$WORK/sites"
	must v -transaction -batch "$WORK/sites"
	for ((n = 1; n <= SITES; n++)); do
		until_eq 5 up jqv '.[0].state' peering show "s$n-p"
		pip neigh replace "10.1.$n.2" dev "s$n-p" \
			lladdr "02:00:00:00:00:0$n"
		pip neigh replace "fd00:$n::2" dev "s$n-p" \
			lladdr "02:00:00:00:00:0$n"
	done
}

# at N COMMAND...: at a site.
at()
{
	ip netns exec "${NS[$1]}" "${@:2}"
}

# address N 4|6
address()
{
	if (($2 == 4)); then
		echo "10.1.$1.2"
	else
		echo "fd00:$1::2"
	fi
}

# sends FROM TO 4|6 [PING-ARGUMENTS...]: three pings, and each is answered.
sends()
{
	local from=$1 to

	to=$(address "$2" "$3")
	shift 3
	at "$from" ping -q -n -c 3 -i 0.05 -W $((2 * KSFT_SLOW)) "$@" "$to"
}

# silent FROM TO [PING-ARGUMENTS...]: neither family gets through.
silent()
{
	local family from=$1 to=$2

	shift 2
	for family in 4 6; do
		no at "$from" ping -q -n -c 1 -W 0.3 "$@" \
			"$(address "$to" "$family")"
	done
}

# passes FROM TO [PING-ARGUMENTS...]: both families do.
passes()
{
	local family from=$1 to=$2

	shift 2
	for family in 4 6; do
		must sends "$from" "$to" "$family" "$@"
	done
}

# count FIELD FROM TO: of that direction; of all reaches that have the pair.
count()
{
	jqv "[.[].pairs[] | select(.from == \"s$2\" and .to == \"s$3\").$1] |
		add // 0" reach show
}

# counted FROM TO PACKETS BYTES [DENIED]
counted()
{
	check_eq "from s$1 to s$2" "$(jqv "[.[].pairs[] |
		select(.from == \"s$1\" and .to == \"s$2\")] |
		map([.packets, .bytes, .denied]) | transpose |
		map(add | tostring) | join(\" \")" reach show)" \
		"$3 $4 ${5:-0}"
}
