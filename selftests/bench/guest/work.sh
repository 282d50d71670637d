# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2154 # lib.sh sets what is missing here
#
# The work that is measured: W1 port to port, W2 port to IP, W3 IP to port, W4
# routed from circuit to circuit.

VRF=
kinds="64B 64B-frame 1500B 64KB"

# The clock first: a loop of three instructions has to count as three
job_base()
{
	local n name

	fresh plain || return
	for n in 10 1000 100000; do
		bench loop $n && echo "loop $(cat "$control")"
	done
	for name in $kinds 64B-v6; do
		wanted "$name" || continue
		# shellcheck disable=SC2086 # a list of words
		row base null "$name" '' mode=null outer=8100:100 \
			inner=8100:10 ${case_words[$name]} || return
	done
}

# Where it is no instructions that the clock counts: how fast it runs
job_rate()
{
	fresh plain && bench rate && echo "rate $(cat "$control")"
}

job_w1()
{
	local frames out

	fresh "$1" || return
	w1 || return
	if declare -F w1_alone > /dev/null; then
		w1_alone "$1"
		return
	fi
	settle
	frames="$kinds 64B-gro 64B-list"
	cannot v6 || frames+=" 64B-v6"
	[ -z "$IN_FRAME" ] || frames="64B-frame 1500B-frame"
	out=$(expect pb "$TPID.$(tci 200) 0000.0" "$dmac_w1" 64)
	cases "$1" w1 "$out" "$frames" "outer=$TPID:100" "dmac=$dmac_w1"
}

# tci VID: with the PCP and the DEI of the way
tci()
{
	echo $((PCP << 13 | DEI << 12 | $1))
}

# Let what the kernel does later be done: router discovery, bridge timers
settle()
{
	sleep 2
}

# l3_up WAY [vrf]: circuits, addresses, neighbours
l3_up()
{
	table=main
	fresh "$1" || return
	l3 || return
	if [ -n "$VRF" ]; then
		modprobe vrf
		table=100
		ip link add vrf1 type vrf table "$table" || return
		up vrf1
		ip link set "$X" master vrf1 && ip link set "$Y" master vrf1 ||
			return
	fi
	up "$X" "$Y"
	ip address add 10.0.1.1/24 dev "$X" &&
	ip address add 10.0.2.1/24 dev "$Y" &&
	ip neigh replace 10.0.1.2 lladdr "$mac_x" dev "$X" nud permanent &&
	ip neigh replace 10.0.2.2 lladdr "$mac_y" dev "$Y" nud permanent ||
		return
	echo 1 > /proc/sys/net/ipv4/ip_forward
	settle
	dmac=$(mac_of "$X")
	if [ "$TAGS" = none ]; then
		frames=("dmac=$dmac")
		tags_x="0000.0 0000.0" tags_y="0000.0 0000.0"
	else
		frames=("outer=$TPID:100" inner=8100:10 "dmac=$dmac")
		tags_x="$TPID.$(tci 100) 8100.$(tci 10)"
		tags_y="$TPID.$(tci 300) 8100.$(tci 20)"
	fi
}

to_ip()
{
	local at=ip:$X dst=()

	[ -z "$VRF" ] || at=ip:vrf1
	[ -z "$OWN" ] || dst=(dst=0x0a000101)
	bench hook "$HOOK" || return
	cases "$1" w2 "$(expect "$at" "0000.0 0000.0" "$dmac" 64)" "$2" \
		"${frames[@]}" "${dst[@]}" || return
	bench hook 0
}

from_ip()
{
	cannot w3 && return
	cases "$1" w3 "$(expect pa "$tags_x" "$mac_x" 64)" "64B 1500B 64KB" \
		"dev=$X" mode=tx "dmac=$mac_x"
}

ten_thousand_routes()
{
	local i

	for ((i = 0; i < 10000; i++)); do
		echo "route add 20.$((i / 256)).$((i % 256)).0/24" \
			"via 10.0.2.2 dev $Y table $table"
	done > /tmp/routes
	ip -batch /tmp/routes
}

routed()
{
	local out

	[ -z "$OWN" ] || return 0
	out=$(expect pb "$tags_y" "$mac_y" 63)
	ip route add 20.0.0.0/8 via 10.0.2.2 dev "$Y" table "$table" &&
	cases "$1" w4 "$out" "$2" "${frames[@]}" || return
	wanted 64B-10k || return 0
	ten_thousand_routes &&
	cases "$1" w4 "$out" 64B-10k "${frames[@]}"
}

job_l3()
{
	VRF=
	l3_up "$1" &&
	to_ip "$1" "$kinds 64B-gro" && from_ip "$1" &&
	routed "$1" "$kinds 64B-gro"
}

# The first VRF adds a rule to the network namespace that every later routing
# decision pays for, VRF or not: never before the others in one guest
job_vrf()
{
	VRF=-vrf
	l3_up "$1" || return
	cannot vrf || to_ip "$1" 64B || return
	routed "$1" 64B
}

# What check.sh compares
job_short()
{
	VRF=
	l3_up "$1" &&
	to_ip "$1" 64B &&
	cases "$1" w3 "$(expect pa "$tags_x" "$mac_x" 64)" 64B \
		"dev=$X" mode=tx "dmac=$mac_x" &&
	ip route add 20.0.0.0/8 via 10.0.2.2 dev "$Y" table "$table" &&
	cases "$1" w4 "$(expect pb "$tags_y" "$mac_y" 63)" 64B "${frames[@]}"
}

# What is set up for profile.sh and watch.sh: ready_WORK WAY, frames to send
ready_w1()
{
	fresh "$1" && w1 || return
	settle
	frames=("outer=$TPID:100" "dmac=$dmac_w1")
}

ready_w2()
{
	VRF=
	l3_up "$1" && bench hook "$HOOK"
}

ready_w3()
{
	VRF=
	l3_up "$1" || return
	frames=("dev=$X" mode=tx "dmac=$mac_x")
}

ready_w4()
{
	VRF=
	l3_up "$1" &&
	ip route add 20.0.0.0/8 via 10.0.2.2 dev "$Y" table "$table"
}

# symbols [MODULES]: where functions and data are
symbols()
{
	stty -F /dev/ttyS2 raw
	{
		echo symbols
		grep "${1:-}" /proc/kallsyms
	} | gzip -1 > /dev/ttyS2
}

# profiled WAY:WORK [WORD...]: frames for as long as it takes
profiled()
{
	local i

	"ready_${1#*:}" "${1%:*}" || return
	symbols
	shift
	bench run "$@" "${frames[@]}" hw=1 batches=1
	echo profile
	for ((i = 0; i < 8; i++)); do
		bench run "$@" "${frames[@]}" hw=1 batches=400 || return
	done
}

job_profile()
{
	profiled "$1"
}

job_profile-null()
{
	profiled "$1" mode=null
}

# watch WAY:WORK: frames from all CPUs at once. Modules may be somewhere else
# each time.
job_watch()
{
	"ready_${1#*:}" "${1%:*}" || return
	symbols "${symbols_told:+\[}"
	symbols_told=1
	bench run "${frames[@]}" hw=1 batches=100 watch=1 || return
	printf 'watch {"way":"%s","work":"%s","sent":%s}\n' \
		"${1%:*}" "${1#*:}" "$(cat "$control")"
}
