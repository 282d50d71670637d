# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# What the scripts about hygiene share: frames, and what becomes of them.
# Besides acme there is circuit pe, which has peerings on a0:300.

# shellcheck source=cross-lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/cross-lib.sh"

HYGIENE="hygiene exchange neighbour-rate allow"
M=02:aa:00:00:00:01	# the customer
O=02:aa:00:00:00:02	# another
U=02:bb:00:00:00:09	# whoever it is for
B=ff:ff:ff:ff:ff:ff
DOC=20010db8000000000000000000000001
ALLNODES=ff020000000000000000000000000001

# --- packets as hexadecimal digits ----------------------------------------

flat()
{
	echo "${1//:/}"
}

# arp OPERATION SENDER
arp()
{
	printf '000108000604%04x%sc0000202000000000000c0000201' "$1" \
		"$(flat "$2")"
}

# ip4 PROTOCOL TO PAYLOAD [FRAGMENT]
ip4()
{
	printf '4500%04x0001%s40%02x0000c0000202%s%s' $((20 + ${#3} / 2)) \
		"${4:-0000}" "$1" "$2" "$3"
}

# ip6 NEXT TO PAYLOAD
ip6()
{
	printf '60000000%04x%02xff%s%s%s' $((${#3} / 2)) "$1" \
		fe80000000000000000000fffe000001 "$2" "$3"
}

# udp TO-PORT
udp()
{
	printf 'c000%04x000c000001020304' "$1"
}

# extension NEXT: of eight octets, as hop-by-hop and destination options are
extension()
{
	printf '%02x00010400000000' "$1"
}

# fragment NEXT OFFSET-AND-FLAG
fragment()
{
	printf '%02x00%04x00000007' "$1" "$2"
}

# nd TYPE [OPTION]: a neighbour solicitation, advertisement and the like
nd()
{
	printf '%02x00000000000000%s%s' "$1" "$DOC" "${2:-}"
}

# option TYPE ADDRESS
option()
{
	printf '%02x01%s' "$1" "$(flat "$2")"
}

# What becomes of which frames: VERDICT DESTINATION TYPE PAYLOAD; pass, or the
# reason to drop it.
frames_of_neighbours()
{
	local arp ns na i many=

	arp=$(arp 1 "$M")
	ns=$(nd 135 "$(option 1 "$M")")
	na=$(nd 136 "$(option 2 "$M")")
	for ((i = 0; i < 9; i++)); do
		many+=$(option 14 "$M")
	done
	cat <<- EOT
		pass $B 0806 $(arp 1 "$M")
		pass $U 0806 $(arp 1 "$M")
		pass $U 0806 $(arp 2 "$M")
		src-mac $B 0806 $(arp 1 "$O")
		src-mac $U 0806 $(arp 2 "$O")
		group 01:00:5e:00:00:01 0806 $(arp 1 "$M")
		protocol $U 0806 $(arp 3 "$M")
		protocol $U 0806 0006${arp:4}
		pass 33:33:ff:00:00:01 86dd $(ip6 58 ff0200000000000000000001ff000001 "$ns")
		pass $U 86dd $(ip6 58 $DOC "$ns")
		pass $U 86dd $(ip6 58 $DOC "$na")
		pass 33:33:00:00:00:01 86dd $(ip6 58 $ALLNODES "$na")
		pass $U 86dd $(ip6 58 $DOC "$(nd 135)")
		pass $U 86dd $(ip6 0 $DOC "$(extension 58)$na")
		src-mac $U 86dd $(ip6 58 $DOC "$(nd 135 "$(option 1 "$O")")")
		src-mac $U 86dd $(ip6 58 $DOC "$(nd 136 "$(option 14 "$M")$(option 2 "$O")")")
		src-mac $U 86dd $(ip6 60 $DOC "$(extension 58)$(nd 136 "$(option 2 "$O")")")
		group $B 86dd $(ip6 58 $ALLNODES "$na")
		group 01:00:5e:00:00:01 86dd $(ip6 58 $ALLNODES "$na")
		protocol $U 86dd $(ip6 44 $DOC "$(fragment 58 1)$ns")
		protocol $U 86dd $(ip6 58 $DOC "$(nd 135 0100aabbccddeeff)")
		protocol $U 86dd $(ip6 58 $DOC "$(nd 135 "$many")")
	EOT
}

frames_of_protocols()
{
	local ra hop dst ah

	ra=$(nd 134)
	hop=$(extension 60)
	dst=$(extension 58)
	ah=3a04000000000001000000010000000000000000$(printf %08d 0)
	cat <<- EOT
		protocol $B 0800 $(ip4 17 ffffffff "$(udp 67)")
		protocol $U 0800 $(ip4 17 c0000201 "$(udp 67)")
		protocol $U 0800 $(ip4 17 c0000201 "$(udp 68)")
		protocol $U 0800 $(ip4 17 c0000201 "$(udp 67)" 2000)
		protocol 33:33:00:01:00:02 86dd $(ip6 17 ff020000000000000000000000010002 "$(udp 547)")
		protocol $U 86dd $(ip6 17 $DOC "$(udp 546)")
		protocol $U 86dd $(ip6 60 $DOC "$(extension 17)$(udp 547)")
		protocol $U 86dd $(ip6 44 $DOC "$(fragment 17 1)$(udp 547)")
		protocol 33:33:00:00:00:01 86dd $(ip6 58 $ALLNODES "$ra")
		protocol $U 86dd $(ip6 58 $DOC "$ra")
		protocol 33:33:00:00:00:01 86dd $(ip6 0 $ALLNODES "$dst$ra")
		protocol 33:33:00:00:00:01 86dd $(ip6 0 $ALLNODES "$hop$dst$ra")
		protocol $U 86dd $(ip6 43 $DOC "$hop$dst$ra")
		protocol $U 86dd $(ip6 51 $DOC "$ah$ra")
		protocol $U 86dd $(ip6 44 $DOC "$(fragment 58 0)$ra")
		protocol $U 86dd $(ip6 44 $DOC "$(fragment 58 1)$ra")
		protocol $U 86dd $(ip6 60 $DOC "$(extension 44)$(fragment 60 1)$dst$ra")
		protocol $U 86dd $(ip6 44 $DOC "$(fragment 60 1)3aff0104")
		protocol $U 86dd $(ip6 44 $DOC "$(fragment 60 1)$hop")$dst$(udp 9)
		protocol $U 86dd $(ip6 44 $DOC "$(fragment 60 1)$(extension 17)")$(udp 9)
		protocol $U 86dd $(ip6 59 $DOC 00000000)
		protocol 33:33:00:00:00:02 86dd $(ip6 58 ff020000000000000000000000000002 "$(nd 133)")
		protocol $U 86dd $(ip6 58 $DOC "$(nd 137)")
		protocol $U 86dd $(ip6 58 $DOC "$(nd 138)")
		protocol $U 86dd $(ip6 58 $DOC "$(nd 151)")
		protocol $U 0800 $(ip4 1 c0000201 0501000000000000)
		protocol $U 0800 $(ip4 1 c0000201 0900000000000000)
		protocol $U 0800 $(ip4 1 e0000002 0a00000000000000)
		protocol 01:00:5e:00:00:16 0800 $(ip4 2 e0000016 2200000000000000)
		protocol 01:00:5e:00:00:05 0800 $(ip4 89 e0000005 0201000000000000)
		protocol $U 0800 $(ip4 89 c0000201 0201000000000000)
		protocol 01:00:5e:00:00:0a 0800 $(ip4 88 e000000a 0205000000000000)
		protocol 01:00:5e:00:00:0d 0800 $(ip4 103 e000000d 2000000000000000)
		protocol 01:00:5e:00:00:12 0800 $(ip4 112 e0000012 2101000000000000)
		protocol 33:33:00:00:00:05 86dd $(ip6 89 ff020000000000000000000000000005 0301000000000000)
		protocol 33:33:00:00:00:0d 86dd $(ip6 103 ff02000000000000000000000000000d 2000000000000000)
		protocol $U 0800 6000$DOC
		protocol $U 86dd 4500$DOC
	EOT
}

frames_of_packets()
{
	cat <<- EOT
		pass $U 0800 $(ip4 17 c0000201 "$(udp 9)")
		pass $U 0800 $(ip4 6 c0000201 00b3c0000000000100000000500200000000)
		pass $U 0800 $(ip4 1 c0000201 0800000000010001)
		pass $U 0800 $(ip4 17 c0000201 "$(udp 9)" 2000)
		pass $U 0800 $(ip4 17 c0000201 "$(udp 67)" 2002)
		pass $U 0800 $(ip4 47 c0000201 0000080045000000)
		pass $U 86dd $(ip6 17 $DOC "$(udp 9)")
		pass $U 86dd $(ip6 6 $DOC 00b3c0000000000100000000500200000000)
		pass $U 86dd $(ip6 58 $DOC 8000000000010001)
		pass $U 86dd $(ip6 0 $DOC "$(extension 60)$(extension 17)$(udp 9)")
		pass $U 86dd $(ip6 44 $DOC "$(fragment 17 1)$(udp 9)")
		pass $U 86dd $(ip6 44 $DOC "$(fragment 58 9)$(nd 134)")
		pass $U 86dd $(ip6 50 $DOC 0000000100000001)
		group 01:00:5e:01:01:01 0800 $(ip4 17 ef010101 "$(udp 9)")
		group 01:00:5e:00:00:fb 0800 $(ip4 17 e00000fb "$(udp 5353)")
		group $B 0800 $(ip4 17 c00002ff "$(udp 9)")
		group $B 0800 $(ip4 17 c0000201 "$(udp 9)")
		group $U 0800 $(ip4 17 e0000001 "$(udp 9)")
		group $U 0800 $(ip4 17 ffffffff "$(udp 9)")
		group $B 0800 $(ip4 17 ffffffff "$(udp 67)" 0003)
		group 33:33:00:00:00:16 86dd $(ip6 0 ff020000000000000000000000000016 "$(extension 58)8f00000000000000")
		group 33:33:00:00:00:01 86dd $(ip6 58 $ALLNODES 8000000000010001)
		group $U 86dd $(ip6 17 ff0e0000000000000000000000000001 "$(udp 9)")
		group 33:33:00:00:00:01 86dd $(ip6 44 $ALLNODES "$(fragment 58 9)$(nd 134)")
		group $B 86dd $(ip6 17 $DOC "$(udp 9)")
	EOT
}

# STP, PVST, CDP, LLDP, LACP, EAPOL, IS-IS, GVRP and what else there is
frames_of_ethertypes()
{
	cat <<- EOT
		ethertype 01:80:c2:00:00:00 0026 424203000000000080
		ethertype 01:00:0c:cc:cc:cd 0032 aaaa0300000c010b00
		ethertype 01:00:0c:cc:cc:cc 0026 aaaa0300000c200002b4
		ethertype 01:00:0c:cc:cc:cc 0026 aaaa0300000c2004
		ethertype 01:80:c2:00:00:0e 88cc 0207040001
		ethertype $U 88cc 0207040001
		ethertype 01:80:c2:00:00:02 8809 0101
		ethertype 01:80:c2:00:00:03 888e 01010000
		ethertype 01:80:c2:00:00:14 0020 fefe03831b01
		ethertype 01:80:c2:00:00:21 0020 4242030001
		ethertype 01:1b:19:00:00:00 88f7 1002
		ethertype $U 8847 0001013f$(ip4 17 c0000201 "$(udp 9)")
		ethertype $U 8863 11090000
		ethertype $U 8035 $(arp 3 "$M")
		ethertype cf:00:00:00:00:00 9000 0000
		ethertype $U 88b5 00
		ethertype $U 88e5 00
		ethertype $U 002e aaaa03000000080045$(ip4 17 c0000201 "$(udp 9)")
	EOT
}

verdicts()
{
	frames_of_neighbours
	frames_of_protocols
	frames_of_packets
	frames_of_ethertypes
}

# --- sending them ---------------------------------------------------------

# A port's own tags in, and the place and the tags out
through()
{
	local from=$1 tap=$2 tags=$3 to=$4 out=$5 verdict dst type hex

	while read -r verdict dst type hex; do
		echo "send $from $tags src=${SRC:-$M} dst=$dst type=$type hex=$hex"
		echo "tap $tap"
		[[ $verdict != pass ]] || echo "expect $to $out"
	done < "$WORK/verdicts"
}

# What the leg of an end has dropped, by reason
drops()
{
	jqv ".[0].legs[] | select(.end == \"$1\") | .drops |
		to_entries | sort_by(.key) |
		map(\"\(.key) \(.value)\") | join(\" \")" show "${2:-acme}"
}

# What $WORK/verdicts makes of N rounds
expected_drops()
{
	awk -v n="$1" '$1 != "pass" { d[$1] += n }
		END { for (r in d) print r, d[r] }' "$WORK/verdicts" |
		sort | tr '\n' ' ' | sed 's/ $//'
}

# What the leg of end a has dropped, and that of end z sent
accounted()
{
	jqv '.[0].legs | (map(select(.end == "a").drops[]) | add // 0) +
		(map(select(.end == "z").stats.tx_packets) | add)' show acme
}
