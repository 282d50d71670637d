# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2154 # lib.sh sets what is missing here
#
# Many MEPs: what a CCM costs, and whether any defect shows that is none.
#
#   alone   one host, whose port is a dummy device: CCMs are sent, none come
#   both    two hosts at the ends of one wire, each with all of the MEPs

# meps COUNT CCM MEPID PORT: commands for a host
meps()
{
	local i

	echo "port add $4"
	for ((i = 1; i <= $1; i++)); do
		printf 'circuit add m%u key 11111111-2222-3333-4444-%012x ' \
			"$i" "$i"
		echo "leg $4:$i oam ccm $2 mepid $3"
	done
}

hosts_of()
{
	modprobe veth
	modprobe dummy
	insmod /bench/vxc.ko && insmod /bench/benchport.ko || return
	if [ "$1" = alone ]; then
		ip link add p1 type dummy && ip link set p1 up
		return
	fi
	mkdir -p /run/netns
	ip netns add C &&
	ip link add p1 type veth peer name c1 netns C &&
	ip link set p1 up && ip -n C link set c1 up
}

create()
{
	meps "$2" "$3" 1 p1 > /tmp/here
	meps "$2" "$3" 2 c1 > /tmp/there
	vxc -batch /tmp/here || return
	[ "$1" = alone ] || vxc -n C -batch /tmp/there
}

# Sums over all MEPs of all hosts: sent, received, lost, seen, with a defect
figures()
{
	{
		vxc -j show
		[ "$1" = alone ] || vxc -n C -j show
	} | tr ',' '\n' | tr '{' '\n' | awk -F: '
		/^"ccm_tx"/ { tx += $2 }
		/^"ccm_rx"/ { rx += $2 }
		/^"ccm_lost"/ { lost += $2 }
		/^"seen":true/ { seen++ }
		/^"defects":\[./ && !/^"defects":\[\]/ { defects++ }
		END { print tx + 0, rx + 0, lost + 0, seen + 0, defects + 0 }'
}

# How often a circuit went down, over all of them
outages()
{
	{
		vxc -j sla
		[ "$1" = alone ] || vxc -n C -j sla
	} | tr ',' '\n' | tr '{' '\n' | awk -F: '
		/^"outages"/ { n += $2 } END { print n + 0 }'
}

# All have seen each other, and none has a defect any more
settled()
{
	local tx rx lost seen defects i

	[ "$1" != alone ] || return 0
	for ((i = 0; i < 100; i++)); do
		read -r tx rx lost seen defects <<< "$(figures "$1")"
		[ "$seen $defects" != "$((2 * $2)) 0" ] || return 0
		sleep 0.5
	done
	echo "error meps $*: $seen seen, $defects with a defect"
	return 1
}

# What the CPU did for that long, in instructions
busy()
{
	local t0 idle0 t1 idle1

	read -r t0 idle0 <<< "$(now)"
	sleep "$1"
	read -r t1 idle1 <<< "$(now)"
	echo $((t1 - t0 - (idle1 - idle0)))
}

# meps:KIND:COUNT:CCM:SECONDS
job_meps()
{
	local kind count ccm seconds base work fell
	local tx0 rx0 lost0 tx rx lost seen defects

	IFS=: read -r kind count ccm seconds <<< "$1"
	hosts_of "$kind" || return
	base=$(busy "$seconds")
	create "$kind" "$count" "$ccm" && settled "$kind" "$count" || return
	fell=$(outages "$kind")
	read -r tx0 rx0 lost0 _ <<< "$(figures "$kind")"
	work=$(busy "$seconds")
	read -r tx rx lost seen defects <<< "$(figures "$kind")"
	printf 'row {"kind":"%s","count":%u,"ccm":"%s","seconds":%u,' \
		"$kind" "$count" "$ccm" "$seconds"
	printf '"base":%s,"work":%s,"tx":%u,"rx":%u,"lost":%u,"seen":%u,' \
		"$base" "$work" $((tx - tx0)) $((rx - rx0)) \
		$((lost - lost0)) "$seen"
	printf '"defects":%u,"outages":%d}\n' "$defects" \
		$(($(outages "$kind") - fell))
}
