# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034,SC2086,SC2154 # from and for lib.sh
# W1: a circuit from port to port; otherwise one on each port, with a leg and a
# peering, reach between them (W4) and a host that takes all (W2). BUY is what a
# circuit has besides, bought() what is done to it.

BUY=''

bought()
{
	:
}

w1()
{
	insmod /bench/vxc.ko || return
	vxc port add pa && vxc port add pb &&
	vxc circuit add x leg pa:100 z-leg pb:200 loop-guard off $BUY &&
	bought x
}

l3()
{
	insmod /bench/vxc.ko || return
	vxc port add pa local any && vxc port add pb local any &&
	vxc circuit add x leg pa:100 $BUY && bought x &&
	vxc circuit add y leg pb:300 $BUY && bought y &&
	vxc reach add x y &&
	vxc peering add vx0 circuit x cvid 10 &&
	vxc peering add vx1 circuit y cvid 20 || return
	X=vx0 Y=vx1
}

down()
{
	rmmod vxc
}
