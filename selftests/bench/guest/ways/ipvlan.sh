# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034,SC2154 # from and for lib.sh
# ipvlan in mode l2 on VLAN devices on VLAN devices. It only takes what is
# for its own address: no W4

l3()
{
	modprobe ipvlan
	OWN=1
	vlans pa 100 10 && vlans pb 300 20 || return
	ip link add link pa.100.10 name ivx type ipvlan mode l2
	ip link add link pb.300.20 name ivy type ipvlan mode l2
	up ivx ivy
	X=ivx Y=ivy
}
