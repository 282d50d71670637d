# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034,SC2154 # from and for lib.sh
# VLAN devices on VLAN devices; port to port by a bridge

w1()
{
	modprobe bridge
	ip link add link pa name pa.100 type vlan id 100
	ip link add link pb name pb.200 type vlan id 200
	ip link add br0 type bridge
	ip link set pa.100 master br0
	ip link set pb.200 master br0
	up br0 pa.100 pb.200
	bridge fdb add "$dmac_w1" dev pb.200 master static
}

l3()
{
	vlans pa 100 10 && vlans pb 300 20 || return
	X=pa.100.10 Y=pb.300.20
}
