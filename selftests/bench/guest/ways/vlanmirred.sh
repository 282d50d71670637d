# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034,SC2154 # from and for lib.sh
# VLAN devices joined by tc matchall and mirred

w1()
{
	modprobe -a cls_matchall act_mirred sch_ingress
	ip link add link pa name pa.100 type vlan id 100
	ip link add link pb name pb.200 type vlan id 200
	up pa.100 pb.200
	ip link set pa.100 promisc on
	tc qdisc add dev pa.100 clsact
	tc filter add dev pa.100 ingress matchall \
		action mirred egress redirect dev pb.200
}
