# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034,SC2154 # from and for lib.sh
# A circuit with one leg and one peering on each port

l3()
{
	insmod /bench/vxc.ko || return
	vxc port add pa && vxc port add pb &&
	vxc circuit add x leg pa:100 && vxc circuit add y leg pb:300 &&
	vxc peering add vx0 circuit x cvid 10 &&
	vxc peering add vx1 circuit y cvid 20 || return
	X=vx0 Y=vx1
}

down()
{
	rmmod vxc
}
