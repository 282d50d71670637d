# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# What the tests of ports share: the wires and the circuit on them.
#
#   C   c1    c2            customer
#       |     |
#   P   p1    p2            circuit acme on p1:100

setup_all()
{
	setup_provider
	setup_ns X
	quiet_ns "$C"
	[[ -n $P ]] && quiet_ns "$P"
	wire sync sync
	wire c1 p1
	wire c2 p2
	modprobe -q -a bridge bonding macvlan ipvlan 8021q ip_gre tun 2> /dev/null
}

acme()
{
	cip link set c1 up
	pip link set p1 up mtu 1500
	must v port add p1 "$@"
	must v port add p2
	must v circuit add acme leg p1:100 leg p2:100
	must v peering add acme-p circuit acme cvid 10
	must pip link set acme-p up
}

frame_comes_through()
{
	must "$PROGS/frames" run <<- SCRIPT
		netns C $C
		netns P $(pns)
		sync C:sync P:sync
		send C:c1 8100:100 8100:10
		tap P:${1:-p1}
		expect P:acme-p -
		send P:acme-p -
		expect C:c1 8100:100 8100:10
	SCRIPT
}

leg_state()
{
	jqv '.[0].legs[0] | "\(.state) \(.reason)"' show acme
}

# try_link NAME ARGUMENTS...: make a link, or say that this kernel cannot.
try_link()
{
	pip link add "$@" 2> /dev/null && return 0
	diag "this kernel has no such device: $*"
	return 1
}
