# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# What the scripts about isolation share: many circuits, each with a site.
#
#   C   c1, c2: site N is VLAN 100+N      u0
#       |   |                             |
#   P   p1, p2: circuit sN, peering sN-p  uplink: the provider's uplink

# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

CIRCUIT=()
SITES=$(scale 20)
((SITES >= 6)) || SITES=6

setup_all()
{
	setup_provider
	two_wires
	wire u0 uplink
	quiet_ns "$C"
	addr_add pip uplink 198.51.100.1/24
	pip route add default via 198.51.100.2
	pip -6 route add default dev uplink
	pip neigh add 198.51.100.2 lladdr 02:00:00:00:00:fe dev uplink
	pexec sysctl -qw net.ipv4.ip_forward=1 \
		net.ipv6.conf.all.forwarding=1 \
		net.ipv4.icmp_ratelimit=0 net.ipv6.icmp.ratelimit=0
	errors_unlimited
	pip link add red type vrf table 100
	pip link set red up
}

# The limit of all errors together, ICMPv6 too. Kernels differ in whose it is:
# each network namespace's, with 1000 a second and 50 at once, or one for all.
errors_unlimited()
{
	local limits=(net.ipv4.icmp_msgs_per_sec=1000000
		net.ipv4.icmp_msgs_burst=100000)

	pexec sysctl -qw "${limits[@]}" 2> /dev/null ||
		sysctl -qw "${limits[@]}"
}

# sites_make N [PEERING-ARGUMENTS...]: N circuits, each with one peering; the
# arguments in CIRCUIT are for all circuits.
sites_make()
{
	local n=$1 i

	shift
	v port show p1 > /dev/null 2>&1 || must v port add p1
	v port show p2 > /dev/null 2>&1 || must v port add p2
	for ((i = 1; i <= n; i++)); do
		echo "circuit add s$i leg p1:$((100 + i)) leg p2:$((100 + i))" \
			"${CIRCUIT[@]}"
		echo "peering add s$i-p circuit s$i address 10.1.$i.1/24" \
			"address fd00:$(printf %x "$i")::1/64" \
			"mac 02:00:00:00:01:$(printf %02x "$i") $*"
	done > "$WORK/sites"
	must v -batch "$WORK/sites"
	for ((i = 1; i <= n; i++)); do
		printf 'neigh replace %s lladdr 02:00:00:00:00:%02x dev s%d-p\n' \
			"10.1.$i.2" "$i" "$i" \
			"fd00:$(printf %x "$i")::2" "$i" "$i"
	done > "$WORK/neigh"
	must pip -batch "$WORK/neigh"
	pip -j link show type vxc | jq -r '.[] |
		"site \(.ifname | ltrimstr("s") | rtrimstr("-p")) \(.address)"' \
		> "$WORK/map"
}

# allow A B: in both directions, for the program that looks.
allow()
{
	printf 'allow %d %d\nallow %d %d\n' "$1" "$2" "$2" "$1" >> "$WORK/map"
}

# pair A B: reach between two sites.
pair()
{
	must v reach add "s$1" "s$2"
	allow "$1" "$2"
}

# some_reach: two pairs that touch, a pair apart, and a group that has the
# first site of them in it.
some_reach()
{
	pair 1 2
	pair 2 3
	pair "$SITES" 3
	must v reach add group all s1 s4 s5
	allow 1 4
	allow 1 5
	allow 4 5
}

# matrix DEVICES KIND...: one round of them; what it says is in $WORK/matrix.
matrix()
{
	local dev=$1

	shift
	"$PROGS/matrix" "$WORK/map" "$C" "$dev" "$@" > "$WORK/matrix" 2>&1 ||
		fail "matrix $dev $*: $(head -12 "$WORK/matrix")"
}

peering_names()
{
	local i

	for ((i = 1; i <= SITES; i++)); do
		echo "s$i-p"
	done
}

# mrouted TABLE: multicast of each site is forwarded to all others.
mrouted()
{
	local -a peerings

	mapfile -t peerings < <(peering_names)
	background "$WORK/mroute" pexec "$PROGS/mroute" "$1" "${peerings[@]}"
	wait_for 5 grep -q ready "$WORK/mroute"
}
