# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# The guest's side: talk to the measuring module, set a way up, measure a row.
#
# A way is a file ways/NAME.sh that defines one or both of
#   w1   join S-VID 100 of pa to S-VID 200 of pb
#   l3   make the L3 devices of the circuits pa S-VID 100 C-VID 10 and pb S-VID
#        300 C-VID 20, and put their names into X and Y
# and may define
#   down what has to be undone besides deleting devices
# and set
#   TPID of the outer tag               HOOK  number of the hook that ends W2
#   TAGS=none for untagged frames       OWN=1 only takes frames to its address
#   NOT="w3 v6..." what it cannot do    IN_FRAME=1 only takes tags in the frame
#   WORDS="tos=..." of each frame       PCP   that tags have when they leave,
#                                      DEI   and this

# ONLY "CASE...": no other cases than these; MORE "WORD...": of every run
RUNS=${RUNS:-3}
ONLY=${ONLY:-}
MORE=${MORE:-}
control=/proc/benchport
dmac_w1=02:00:00:aa:00:02
mac_x=02:00:00:bb:00:01
mac_y=02:00:00:bb:00:02

bench()
{
	echo "$*" > "$control"
}

up()
{
	local dev

	for dev in "$@"; do
		ip link set "$dev" up
	done
}

mac_of()
{
	cat "/sys/class/net/$1/address"
}

# vlans PORT S-VID C-VID [PROTOCOL]: a VLAN device on a VLAN device
vlans()
{
	local outer=$1.$2

	ip link add link "$1" name "$outer" type vlan \
		proto "${4:-802.1Q}" id "$2" &&
	ip link add link "$outer" name "$outer.$3" type vlan id "$3" &&
	up "$outer" "$outer.$3"
}

delete_devices()
{
	local path

	for path in /sys/class/net/*; do
		case ${path##*/} in
		lo|pa|pb|fl[01]) ;;
		*) ip link del "${path##*/}" 2>/dev/null ;;
		esac
	done
}

# fresh WAY: new ports, and the functions of the way
fresh()
{
	if declare -F down > /dev/null; then
		down
	fi
	unset -f w1 l3 down w1_alone
	delete_devices
	! grep -q '^benchport ' /proc/modules || rmmod benchport
	# Whatever IPv6 sends by itself would end up in the ports
	echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6
	insmod /bench/benchport.ko || return
	up pa pb
	X='' Y='' TPID=8100 TAGS='' HOOK=1 OWN='' NOT='' IN_FRAME='' WORDS=''
	PCP=0 DEI=0
	# shellcheck disable=SC1090 # one of many
	. "/bench/ways/$1.sh"
}

cannot()
{
	[[ " $NOT " == *" $1 "* ]]
}

# Sizes and kinds of frames. The baseline is the same frame made and freed.
declare -A case_words=(
	[64B]="hw=1" [64B-frame]="hw=0" [1500B]="hw=1 size=1514"
	[1500B-frame]="hw=0 size=1514"
	[64KB]="hw=1 size=64014 gso=1448 batches=8"
	[64B-gro]="hw=1 mode=gro" [64B-list]="hw=1 mode=list"
	[64B-10k]="hw=1 dsts=10000" [64B-v6]="hw=1 v6=1"
)
declare -A case_base=(
	[64B]=64B [64B-frame]=64B-frame [1500B]=1500B [1500B-frame]=1500B
	[64KB]=64KB [64B-gro]=64B [64B-list]=64B [64B-10k]=64B
	[64B-v6]=64B-v6
)

# row WAY WORK CASE EXPECT WORD...: a few measured runs, then one in which the
# frames are looked at where they end. EXPECT says how they shall look there.
row()
{
	local way=$1 work=$2 name=$3 expect=$4 i runs=''
	local base=${case_base[${name%-vrf*}]-none}

	shift 4
	for ((i = 0; i < RUNS; i++)); do
		# shellcheck disable=SC2086 # a list of words
		bench run "$@" $MORE || return
		runs+=${runs:+,}$(cat "$control")
	done
	bench run "$@" verify=1 batches=4 || return
	printf 'row {"way":"%s","work":"%s","case":"%s","base":"%s",' \
		"$way" "$work" "$name" "$base"
	printf '"expect":{%s},"runs":[%s],"verified":%s}\n' \
		"$expect" "$runs" "$(cat "$control")"
}

# expect AT TAGS DMAC TTL [IP-BYTES]
expect()
{
	printf '"at":"%s","tags":"%s","dmac":"%s","ttl":%s' "$@"
}

wanted()
{
	[ -z "$ONLY" ] || [[ " $ONLY " == *" $1 "* ]]
}

# cases WAY WORK EXPECT "CASE..." WORD...: VRF is part of a case's name
cases()
{
	local way=$1 work=$2 expect=$3 names=$4 name

	shift 4
	for name in $names; do
		wanted "$name" || continue
		# shellcheck disable=SC2086 # a list of words
		row "$way" "$work" "$name$VRF" "$expect" "$@" $WORDS \
			${case_words[$name]} || return
	done
}
