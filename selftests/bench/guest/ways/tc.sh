# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034,SC2086,SC2154 # from and for lib.sh
# tc flower, act_vlan and mirred; the L3 devices are dummies. POLICE is one
# action more on the way.

POLICE=''

w1()
{
	modprobe -a cls_flower act_vlan act_mirred sch_ingress
	tc qdisc add dev pa clsact
	tc filter add dev pa ingress protocol 802.1Q flower vlan_id 100 \
		$POLICE action vlan modify id 200 pipe \
		action mirred egress redirect dev pb
}

# dummy PORT S-VID C-VID DEVICE
dummy()
{
	ip link add name "$4" address "$(mac_of "$1")" type dummy
	up "$4"
	tc qdisc add dev "$1" clsact
	tc qdisc add dev "$4" clsact
	tc filter add dev "$1" ingress protocol 802.1Q flower vlan_id "$2" \
		vlan_ethtype 802.1Q cvlan_id "$3" \
		action vlan pop pipe action vlan pop pipe $POLICE \
		action mirred ingress redirect dev "$4"
	tc filter add dev "$4" egress matchall $POLICE \
		action vlan push id "$3" pipe action vlan push id "$2" pipe \
		action mirred egress redirect dev "$1"
}

# ip(8) reads the end of "set dy" as "dynamic"
l3()
{
	modprobe -a dummy cls_flower cls_matchall act_vlan act_mirred \
		sch_ingress
	dummy pa 100 10 lx && dummy pb 300 20 ly || return
	X=lx Y=ly
}
