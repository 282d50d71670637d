# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2154 # lib.sh sets what is missing here
#
# Many circuits: what one costs to make, to keep and to delete, user space
# included, and whether a packet costs more among many.

same_mac=02:00:00:cc:00:01

now()
{
	bench clock && cat "$control"
}

# kB: free, slab that cannot be given back, per-CPU
memory()
{
	sync
	echo 3 > /proc/sys/vm/drop_caches
	sleep 2
	awk '/^MemFree:/ { free = $2 } /^SUnreclaim:/ { slab = $2 }
	     /^Percpu:/ { percpu = $2 } END { print free, slab, percpu }' \
		/proc/meminfo
}

# Lines "before, after" for the report to subtract
timed()
{
	local name=$1 before

	shift
	before=$(now)
	"$@" || return
	clocks+="\"$name\":[\"$before\",\"$(now)\"],"
}

find_devices()
{
	local path

	for path in "/sys/class/net/$1"[0-9]*; do
		[ ! -e "$path" ] || echo "${path##*/}"
	done
}

devices()
{
	find_devices "$1" | wc -l
}

circuits()
{
	local i

	for ((i = 1; i <= $1; i++)); do
		echo "circuit add c$i leg pa:$i"
	done
}

peerings()
{
	local i

	for ((i = 1; i <= $1; i++)); do
		echo "peering add p$i circuit c$i cvid 10 mac $same_mac"
	done
}

# both N [down]
both()
{
	local i

	for ((i = 1; i <= $1; i++)); do
		echo "circuit add c$i leg pa:$i"
		echo "peering add p$i circuit c$i cvid 10 mac $same_mac ${2:-}"
	done
}

# no_circuits N [FIRST]
no_circuits()
{
	local i

	for ((i = ${2:-1}; i < $1 + ${2:-1}; i++)); do
		echo "circuit del c$i force"
	done
}

apply()
{
	vxc -transaction -batch "$1"
}

# 1000 VLAN devices on each of a few S-VLANs
stacked()
{
	local i

	for ((i = 0; i < $1; i++)); do
		echo "link add link pa.$((100 + i / 1000)) name p$i" \
			"type vlan id $((i % 1000 + 1))"
	done
}

stacked_group()
{
	local i

	for ((i = 0; i < $1; i++)); do
		echo "link set p$i group 7"
	done
}

stacked_gone()
{
	local i

	for ((i = 0; i < $1; i++)); do
		echo "link del p$i"
	done
}

outer_devices()
{
	local vid

	for vid in 100 101 102 103; do
		ip link add link pa name pa.$vid type vlan id $vid || return
		up pa.$vid
	done
}

# scaled WAY N MADE LEFT
scaled()
{
	printf 'scale {"way":"%s","n":%s,"made":%s,"left":%s,' "$@"
	printf '"clock":{%s},"memory":[%s]}\n' "${clocks%,}" "${kept%,}"
}

keep()
{
	kept+="\"$(memory)\","
}

# made_and_deleted N
made_and_deleted()
{
	local n=$1 clocks='' kept='' made left

	fresh plain || return
	insmod /bench/vxc.ko && vxc port add pa || return
	both "$n" > /tmp/both
	circuits "$n" > /tmp/circuits
	peerings "$n" > /tmp/peerings
	no_circuits "$n" > /tmp/none
	keep
	timed circuits apply /tmp/circuits && keep &&
	timed peerings apply /tmp/peerings && keep || return
	made=$(devices p)
	timed gone apply /tmp/none || return
	timed create apply /tmp/both || return
	timed delete apply /tmp/none || return
	both "$n" down > /tmp/both
	timed "create, down" apply /tmp/both && apply /tmp/none || return
	left=$(devices p)
	scaled vxc "$n" "$made" "$left"
	vxc port del pa && rmmod vxc
}

job_scale-vxc()
{
	made_and_deleted 4000
}

# What check.sh compares
job_scale-short()
{
	made_and_deleted 2000
}

# What a device takes of the kernel, whoever makes it
job_scale-bare()
{
	local n=4000 clocks='' kept='' made left

	fresh plain || return
	keep
	timed create bench bare $n && keep || return
	made=$(devices b)
	timed delete bench bare 0 || return
	timed "create, down" bench bare $n down && bench bare 0 || return
	left=$(devices b)
	scaled bare $n "$made" "$left"
}

job_scale-vlanvlan()
{
	local n=4000 clocks='' kept='' made left

	fresh plain && outer_devices || return
	stacked $n > /tmp/both
	stacked_group $n > /tmp/group
	stacked_gone $n > /tmp/none
	keep
	timed create ip -batch /tmp/both && keep || return
	made=$(devices p)
	timed one-by-one ip -batch /tmp/none || return
	ip -batch /tmp/both && ip -batch /tmp/group || return
	timed delete ip link del group 7 || return
	left=$(devices p)
	scaled vlanvlan $n "$made" "$left"
}

# Frames go round all circuits
job_among-vxc()
{
	local n

	for n in 1 100 4000; do
		fresh plain || return
		insmod /bench/vxc.ko && vxc port add pa || return
		both $n > /tmp/both
		apply /tmp/both && all_up p && bench hook 1 || return
		row vxc among $n '' outer=8100:1 inner=8100:10 hw=1 \
			outers=$n inners=1 batches=200 dmac=$same_mac || return
		bench hook 0
		vxc port del pa force && rmmod vxc || return
	done
}

# Port to port, S-VID and C-VID of each circuit as they are: more than a port
# has S-VIDs, and so without devices
joined()
{
	local i vids

	for ((i = 0; i < $1; i++)); do
		vids=$((i / 1000 + 1)).$((i % 1000 + 1))
		echo "circuit add c$i leg pa:$vids z-leg pb:$vids loop-guard off"
	done
}

dump()
{
	vxc show > /tmp/dump
}

dumped()
{
	dump && grep -c '^c[0-9]' /tmp/dump
}

# across N: make them, send through all of them, list them, delete them
across()
{
	local n=$1 clocks='' kept='' made

	fresh plain || return
	insmod /bench/vxc.ko && vxc port add pa && vxc port add pb || return
	joined "$n" > /tmp/joined
	keep
	timed create vxc -batch /tmp/joined && keep || return
	row vxc across "$n" '"at":"pb"' outer=8100:1 inner=8100:1 hw=1 \
		outers=$(((n + 999) / 1000)) inners=$((n > 1000 ? 1000 : n)) \
		batches=200 "dmac=$dmac_w1" || return
	timed dump dump || return
	made=$(dumped)
	no_circuits "$n" 0 > /tmp/none
	timed delete vxc -batch /tmp/none || return
	scaled across "$n" "$made" "$(dumped)"
	rmmod vxc
}

job_across-vxc()
{
	local n

	for n in 1 100 4000 10000 64000; do
		across $n || return
	done
}

job_among-vlanvlan()
{
	local n mac

	for n in 1 100 4000; do
		fresh plain && outer_devices || return
		stacked $n > /tmp/both
		ip -batch /tmp/both && all_up p && bench hook 1 || return
		mac=$(mac_of p0)
		row vlanvlan among $n '' outer=8100:100 inner=8100:1 hw=1 \
			outers=$(((n + 999) / 1000)) \
			inners=$((n > 1000 ? 1000 : n)) \
			batches=200 "dmac=$mac" || return
		bench hook 0
		stacked_group $n > /tmp/group
		ip -batch /tmp/group && ip link del group 7 || return
	done
}

# IPv4 takes no frames on a device without an address
all_up()
{
	find_devices "$1" | sed 's/.*/link set & up/' > /tmp/up
	find_devices "$1" | head -n 1 | sed 's|.*|address add 10.0.1.1/24 dev &|' \
		>> /tmp/up
	ip -batch /tmp/up && settle
}
