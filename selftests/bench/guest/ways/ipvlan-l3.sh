# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034,SC2154 # from and for lib.sh
# ipvlan in mode l3: what it sends is routed once more below it, so no W3

l3()
{
	modprobe ipvlan
	OWN=1 NOT=w3
	vlans pa 100 10 && vlans pb 300 20 || return
	ip link add link pa.100.10 name ivx type ipvlan mode l3
	ip link add link pb.300.20 name ivy type ipvlan mode l3
	up ivx ivy
	X=ivx Y=ivy
}
