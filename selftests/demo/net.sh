# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# The machines and cables of the demo. Sourced by run.sh.
#
# A cable is a namespace of its own with two veth ends joined by a redirect.
# Cutting it takes both ends down, so that both machines see the carrier go,
# and neither is touched otherwise.

net_draw()
{
	indent <<- 'EOF_DRAW'
		customer              link 1, S-VID 100            provider
		            +-- c1 ========================= p1 --+
		bond0 ------+                                     +-- vxc --+-- acme-pri
		C-VID 10, 20+-- c2 ========================= p2 --+         +-- acme-ms
		                      link 2, S-VID 100
	EOF_DRAW
}

NAMESPACES=(customer provider cable beta)

in_customer() { ip netns exec customer "$@"; }
in_provider() { ip netns exec provider "$@"; }
in_beta() { ip netns exec beta "$@"; }

router_add()
{
	ip netns add "$1"
	ip netns exec "$1" sysctl -qw \
		net.ipv4.ip_forward=1 \
		net.ipv6.conf.all.forwarding=1 \
		net.ipv4.tcp_l3mdev_accept=1
	ip -n "$1" link set lo up
}

# cable_lay N: cable N between port pN of the provider and cN of the customer.
#
# The devices are made in one namespace and then moved, so that no two ends of
# a pair have the same ifindex: the kernel would take such a pair for one
# physical device and report its carrier up to a second late.
cable_lay()
{
	local n=$1

	ip -batch - <<- EOF_BATCH
		link add p$n type veth peer name ${n}p
		link add c$n type veth peer name ${n}a
		link set p$n mtu 1600 netns provider
		link set c$n mtu 1600 netns customer
		link set ${n}p mtu 1600 addrgenmode none netns cable
		link set ${n}a mtu 1600 addrgenmode none netns cable
	EOF_BATCH
	cable_join "${n}p" "${n}a"
	cable_join "${n}a" "${n}p"
}

cable_join()
{
	tc -n cable -batch - <<- EOF_BATCH
		qdisc add dev $1 clsact
		filter add dev $1 ingress matchall action mirred egress redirect dev $2
	EOF_BATCH
}

# Both ends in one batch: a real cable does not fail one end at a time.
cable_set()
{
	ip -n cable -batch - <<- EOF_BATCH
		link set ${1}p $2
		link set ${1}a $2
	EOF_BATCH
}

cable_cut() { cable_set "$1" down; }
cable_mend() { cable_set "$1" up; }

# A customer's router as customers build it: an active-backup bond over both
# links, the carrier's S-VID on it, a C-VID per peering on top of that.
customer_build()
{
	router_add customer
	ip -n customer -batch - <<- EOF_BATCH
		link add bond0 mtu 1600 type bond mode active-backup miimon 10
		link add lan type dummy
		address add 10.1.0.1/24 dev lan
		address add fd00:1::1/64 dev lan nodad
		address add 198.51.100.1/24 dev lan
		address add 2001:db8:1::1/64 dev lan nodad
		link set lan up
	EOF_BATCH
}

customer_connect()
{
	ip -n customer -batch - <<- EOF_BATCH
		link set c1 down
		link set c2 down
		link set c1 master bond0
		link set c2 master bond0
		link set bond0 type bond primary c1
		link set bond0 up
		link add link bond0 name bond0.100 type vlan id 100
		link set bond0.100 up
		link add link bond0.100 name bond0.100.10 mtu 1500 type vlan id 10
		link add link bond0.100 name bond0.100.20 mtu 1500 type vlan id 20
		link set bond0.100.10 up
		link set bond0.100.20 up
		address add 172.16.0.1/30 dev bond0.100.10
		address add fd00:10::1/126 dev bond0.100.10 nodad
		address add 192.0.2.1/30 dev bond0.100.20
		address add 2001:db8:20::1/126 dev bond0.100.20 nodad
	EOF_BATCH
}

# vrf_add NAME TABLE: a VRF that does not fall through to the main table.
vrf_add()
{
	ip -n provider -batch - <<- EOF_BATCH
		link add $1 type vrf table $2
		link set $1 up
		route add unreachable 0.0.0.0/0 table $2 metric 4278198272
		route add unreachable ::/0 table $2 metric 4278198272
	EOF_BATCH
}

# net_add NAME VRF ADDRESS...: the networks behind the provider in a VRF.
net_add()
{
	local name=$1 vrf=$2

	shift 2
	{
		echo "link add $name type dummy"
		echo "link set $name master $vrf up"
		printf "address add %s dev $name\n" "$@"
	} | ip -n provider -batch -
}

provider_build()
{
	router_add provider
	vrf_add acme 1001
	vrf_add microsoft 1002
	vrf_add beta 1003
	net_add vnet acme 10.200.0.1/24 fd00:200::1/64
	net_add cloud microsoft 203.0.113.1/24 2001:db8:365::1/64
	net_add servers beta 10.201.0.{1..24}/24
}

carrier_at()
{
	[[ $(ip netns exec "$1" cat "/sys/class/net/$2/carrier" 2> /dev/null) \
		== "$3" ]]
}

bond_uses()
{
	in_customer grep -q "Currently Active Slave: $1\$" \
		/proc/net/bonding/bond0
}

# The second customer's router: a VLAN stack per link, no bond.
beta_build()
{
	router_add beta
	ip -n customer -batch - <<- EOF_BATCH
		link add link c1 name b1 netns beta type vlan id 200
		link add link c2 name b2 netns beta type vlan id 200
	EOF_BATCH
	ip -n beta -batch - <<- EOF_BATCH
		link set b1 up
		link set b2 up
		link add link b1 name b1.10 mtu 1500 type vlan id 10
		link add link b2 name b2.10 mtu 1500 type vlan id 10
		link set b1.10 up
		link set b2.10 up
		address add 192.168.100.129/30 dev b1.10
		address add 192.168.100.133/30 dev b2.10
		link add lan type dummy
		link set lan up
		address add 10.2.0.1/24 dev lan
	EOF_BATCH
}

net_remove()
{
	local ns

	for ns in "${NAMESPACES[@]}"; do
		[[ ! -e /run/netns/$ns ]] || ip netns del "$ns"
	done
}
