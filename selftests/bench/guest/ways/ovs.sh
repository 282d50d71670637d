# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034,SC2154 # from and for lib.sh
# Open vSwitch's kernel datapath. The flows are put into its cache directly:
# ovs-vswitchd never runs

NOT=v6

w1()
{
	modprobe openvswitch
	ovs-dpctl add-dp dp0
	ovs-dpctl add-if dp0 pa
	ovs-dpctl add-if dp0 pb
	ovs-dpctl add-flow dp0 "in_port(1),eth(),eth_type(0x8100),vlan(vid=100,pcp=0),encap(eth_type(0x0800),ipv4(frag=no))" \
		"pop_vlan,push_vlan(vid=200,pcp=0),2"
}

# internal PORT S-VID C-VID DEVICE PORT-NUMBER DEVICE-NUMBER
internal()
{
	ovs-dpctl add-if dp0 "$4,type=internal"
	ip link set "$4" address "$(mac_of "$1")" mtu 9000 up
	ovs-dpctl add-flow dp0 "in_port($5),eth(),eth_type(0x8100),vlan(vid=$2,pcp=0),encap(eth_type(0x8100),vlan(vid=$3,pcp=0),encap(eth_type(0x0800),ipv4(frag=no)))" \
		"pop_vlan,pop_vlan,$6"
	ovs-dpctl add-flow dp0 "in_port($6),eth(),eth_type(0x0800),ipv4(frag=no)" \
		"push_vlan(vid=$3,pcp=0),push_vlan(vid=$2,pcp=0),$5"
}

l3()
{
	modprobe openvswitch
	ovs-dpctl add-dp dp0
	ovs-dpctl add-if dp0 pa
	ovs-dpctl add-if dp0 pb
	internal pa 100 10 x0 1 3 && internal pb 300 20 y0 2 4 || return
	X=x0 Y=y0
}

down()
{
	ovs-dpctl del-dp dp0
}
