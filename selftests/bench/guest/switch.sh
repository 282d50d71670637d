# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2154 # lib.sh sets what is missing here
#
# Switchovers: frames go both ways at an even pace over a circuit between two
# hosts, one line fails and is mended, over and over.
#
#   here  p1 -- m1 [bridge line1] n1 -- c1  there (network namespace C)
#         p2 -- m2 [bridge line2] n2 -- c2
#
# A bridge that is down is silence in both directions while all carriers stay.

line()
{
	ip link add "p$1" type veth peer name "m$1" &&
	ip link add "c$1" netns C type veth peer name "n$1" netns M &&
	ip link set "m$1" netns M &&
	ip -n M link add "line$1" type bridge mcast_snooping 0 &&
	ip -n M link set "m$1" master "line$1" up &&
	ip -n M link set "n$1" master "line$1" up &&
	ip -n M link set "line$1" up &&
	ip link set "p$1" up && ip -n C link set "c$1" up
}

# host MEPID CCM PORT PORT [OPTION...]
host()
{
	local mepid=$1 ccm=$2 one=$3 two=$4

	shift 4
	vxc "$@" port add "$one" && vxc "$@" port add "$two" &&
	vxc "$@" circuit add acme key 11111111-2222-3333-4444-555555555555 \
		leg "$one:100" leg "$two:200" announce-count 0 \
		aps "$APS" \
		oam ccm "$ccm" mepid "$mepid" &&
	vxc "$@" peering add acme-p circuit acme cvid 10 \
		mtu 1400 mac "02:00:00:cc:00:0$mepid"
}

hosts()
{
	local name

	for name in C M; do
		ip netns add "$name" || return
	done
	modprobe bridge
	modprobe veth
	insmod /bench/vxc.ko || return
	line 1 && line 2 &&
	host 1 "$1" p1 p2 && host 2 "$1" c1 c2 -n C || return
	ip link set acme-p up && ip -n C link set acme-p up
}

# is_active LEG [up]: both hosts say that, and that nothing else is the matter
is_active()
{
	local row

	for row in "$(vxc -j show acme)" "$(vxc -n C -j show acme)"; do
		[[ $row == *'"active":"'"$1"'"'* ]] || return
		[[ -z ${2:-} || $row != *'"state":"d'* ]] || return
		[[ $row != *'"seen":false'* ]] || return
	done
}

# A look takes a few milliseconds, CCMs up to 100 ms each
wait_active()
{
	local i

	for ((i = 0; i < 1000; i++)); do
		! is_active "$@" || return 0
		sleep 0.01
	done
	echo "error $CASE: the active leg is not $1"
	return 1
}

line_ends()
{
	printf 'link set %s\n' "m1 $1" "n1 $1" | ip -n M -batch -
}

fail_carrier()
{
	line_ends down
}

mend_carrier()
{
	line_ends up
}

fail_silent()
{
	ip -n M link set line1 down
}

mend_silent()
{
	ip -n M link set line1 up
}

fail_one-way()
{
	ip netns exec M tc filter add dev m1 ingress pref 1 matchall action drop
}

mend_one-way()
{
	ip netns exec M tc filter del dev m1 ingress pref 1
}

# The other host follows by APS
fail_manual()
{
	vxc circuit switch acme manual secondary
}

mend_manual()
{
	vxc circuit switch acme clear
}

# mark KIND: what the pulses say since the last one
mark()
{
	local line

	echo >&"${PULSE[1]}"
	read -r line <&"${PULSE[0]}" || return
	[ "$1" = none ] || printf 'row {"case":"%s","ccm":"%s",%s\n' \
		"$1" "$CCM" "${line#\{}"
}

one_switch()
{
	mark none && "fail_$1" && wait_active secondary && mark "$1" &&
	"mend_$1" && wait_active primary up && mark "$1-back"
}

# switch:KIND:CCM:PULSE-US:COUNT
job_switch()
{
	local kind i count

	IFS=: read -r kind CCM pulse count <<< "$1"
	CASE=$1 APS=off
	[ "$kind" != manual ] || APS=on
	mkdir -p /run/netns
	hosts "$CCM" || return
	! [ "$kind" = one-way ] ||
		ip netns exec M tc qdisc add dev m1 clsact || return
	wait_active primary up || return
	coproc PULSE { exec pulse "$pulse" acme-p C:acme-p; }
	for ((i = 0; i < count; i++)); do
		one_switch "$kind" || return
	done
}
