# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034,SC2154 # from and for lib.sh
# VLAN devices on VLAN devices, the outer tag of type 802.1ad

l3()
{
	TPID=88a8
	vlans pa 100 10 802.1ad && vlans pb 300 20 802.1ad || return
	X=pa.100.10 Y=pb.300.20
}
