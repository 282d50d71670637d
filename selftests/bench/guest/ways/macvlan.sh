# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034,SC2154 # from and for lib.sh
# macvlan on VLAN devices on VLAN devices

l3()
{
	modprobe macvlan
	vlans pa 100 10 && vlans pb 300 20 || return
	ip link add link pa.100.10 name mvx type macvlan mode bridge
	ip link add link pb.300.20 name mvy type macvlan mode bridge
	up mvx mvy
	X=mvx Y=mvy
}
