# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034,SC2154 # from and for lib.sh
# A plain bridge on the S-VLAN's device and a VLAN device on the bridge

# svi PORT S-VID C-VID BRIDGE
svi()
{
	local outer=$1.$2 mac

	ip link add link "$1" name "$outer" type vlan id "$2"
	ip link add "$4" type bridge
	ip link set "$outer" master "$4"
	up "$outer" "$4"
	ip link add link "$4" name "$4.$3" type vlan id "$3"
	up "$4.$3"
	for mac in "$mac_x" "$mac_y"; do
		bridge fdb add "$mac" dev "$outer" master static
	done
}

l3()
{
	modprobe bridge
	svi pa 100 10 brx && svi pb 300 20 bry || return
	X=brx.10 Y=bry.20
}
