# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034,SC2154 # from and for lib.sh
# Reference: the least an rx_handler can do, floor.c of the measuring module

w1()
{
	bench floor cross 100 200
}

l3()
{
	bench floor l3 100.10 300.20
	X=fl0 Y=fl1
}
