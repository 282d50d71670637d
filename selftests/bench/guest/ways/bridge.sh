# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034,SC2154 # from and for lib.sh
# A VLAN-aware bridge on the S-VLAN's device and a VLAN device on the bridge
# (an SVI); port to port with tc translating the VID at ingress

w1()
{
	local port

	modprobe -a bridge cls_flower act_vlan sch_ingress
	ip link add br0 type bridge vlan_filtering 1
	for port in pa pb; do
		ip link set $port master br0
		bridge vlan del dev $port vid 1
		bridge vlan add dev $port vid 200
	done
	up br0
	tc qdisc add dev pa clsact
	tc filter add dev pa ingress protocol 802.1Q flower vlan_id 100 \
		action vlan modify id 200
	bridge fdb add "$dmac_w1" dev pb master static vlan 200
}

# svi PORT S-VID C-VID BRIDGE
svi()
{
	local outer=$1.$2 mac

	ip link add link "$1" name "$outer" type vlan id "$2"
	ip link add "$4" type bridge vlan_filtering 1
	ip link set "$outer" master "$4"
	bridge vlan add dev "$outer" vid "$3"
	bridge vlan add dev "$4" vid "$3" self
	up "$outer" "$4"
	ip link add link "$4" name "$4.$3" type vlan id "$3"
	up "$4.$3"
	for mac in "$mac_x" "$mac_y"; do
		bridge fdb add "$mac" dev "$outer" master static vlan "$3"
	done
}

l3()
{
	modprobe bridge
	svi pa 100 10 brx && svi pb 300 20 bry || return
	X=brx.10 Y=bry.20
}
