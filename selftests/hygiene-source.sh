#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Circuits with hygiene: the one source address, OAM, protocols for the host,
# the rate of ARP and neighbour discovery, counters and settings.

# shellcheck source=hygiene-lib.sh
. "$(dirname "$0")/hygiene-lib.sh"

ALL_TESTS="
	the_first_source_is_the_one
	a_given_source_is_the_one
	cfm_follows_its_table
	what_is_peered_passes
	neighbour_rate_limits
	counters_never_fall
	settings_survive
"

# ping_from SOURCE VERDICT: one packet across, or one that is not let through
ping_from()
{
	echo "send C:ca0 8100:100 src=$1 dst=$U type=0800" \
		"hex=$(ip4 17 c0000201 "$(udp 9)")"
	echo "tap P:a0"
	[[ $2 != pass ]] || echo "expect C:cz0 8100:200"
}

the_first_source_is_the_one()
{
	acme hygiene exchange
	check_eq "learned at first" "$(of a learned)" 0
	# What is dropped teaches nothing, and some addresses nobody has.
	{
		echo "send C:ca0 8100:100 src=$O dst=$U type=88b5"
		echo "tap P:a0"
		ping_from 00:00:00:00:00:00 drop
		ping_from 03:00:00:00:00:01 drop
	} | frames
	check_eq "learned from that" "$(of a learned)" 0
	{
		ping_from "$M" pass
		ping_from "$O" drop
		ping_from "$M" pass
	} | frames
	check_eq learned "$(of a learned)" "$M"
	check_eq source "$(of a source)" 0
	v circuit show acme | grep -q "learned $M"
	check_err $? "show does not tell the address"
	check_eq "from elsewhere" "$(of a 'drops["src-mac"]')" 3
	# It stays through other changes, and goes when it is to go.
	must v circuit set acme neighbour-rate 50 broadcast 10
	ping_from "$O" drop | frames
	check_eq learned "$(of a learned)" "$M"
	must v leg set circuit acme role primary source any
	check_eq "learned after that" "$(of a learned)" 0
	{
		ping_from "$O" pass
		ping_from "$M" drop
	} | frames
	must v circuit set acme hygiene off
	{
		ping_from "$O" pass
		ping_from "$M" pass
	} | frames
	must v circuit set acme hygiene exchange
	check_eq "learned after off and on" "$(of a learned)" 0
	{
		ping_from "$M" pass
		ping_from "$O" drop
	} | frames
	must v leg set circuit acme role primary a0:101
	must v leg set circuit acme role primary a0:100
	check_eq "learned after a move" "$(of a learned)" 0
	ping_from "$O" pass | frames
}

a_given_source_is_the_one()
{
	acme hygiene exchange
	must v leg set circuit acme role primary source "$M"
	{
		ping_from "$O" drop
		ping_from "$M" pass
	} | frames
	check_eq source "$(of a source)" "$M"
	check_eq learned "$(of a learned)" 0
	must v circuit set acme hygiene off
	{
		ping_from "$O" drop
		ping_from "$M" pass
	} | frames
	must v circuit set acme hygiene exchange
	must v leg set circuit acme role primary source "$O"
	{
		ping_from "$M" drop
		ping_from "$O" pass
	} | frames
	check_eq "from elsewhere" "$(of a 'drops["src-mac"]')" 3
	# Peerings have it too
	must v circuit add pe leg a0:300 hygiene exchange
	must v leg set circuit pe role primary source "$M"
	must v peering add pe-u circuit pe
	must pip link set pe-u up
	until_eq 5 up circ state pe
	{
		ping_from "$O" drop
		ping_from "$M" pass
	} | sed 's/:100/:300/; s/C:cz0.*/P:pe-u -/' | frames
	check_eq "from elsewhere to the peering" \
		"$(of a 'drops["src-mac"]' pe)" 1
	must v peering del pe-u
}

# cfm SOURCE DESTINATION VERDICT: a frame of level 5
cfm()
{
	echo "send C:ca0 8100:100 src=$1 dst=$2 type=8902 hex=a0010046"
	echo "tap P:a0"
	[[ $3 != pass ]] || echo "expect C:cz0 8100:200"
}

cfm_follows_its_table()
{
	acme hygiene exchange
	{
		ping_from "$M" pass
		cfm "$O" 01:80:c2:00:00:35 pass
		cfm "$O" "$U" pass
		cfm "$M" "$U" pass
	} | frames
	check_eq drops "$(drops a)" ""
	must v circuit set acme l2cp cfm=discard
	{
		cfm "$O" 01:80:c2:00:00:35 drop
		cfm "$O" "$U" drop
		cfm "$M" "$U" drop
	} | frames
	check_eq drops "$(drops a)" "ethertype 1 l2cp 1 src-mac 1"
	# A MEP's own frames come from whom they come from.
	must v leg set circuit acme role primary \
		oam ccm 100ms maid string:test level 4
	background "$WORK/ccm" "$PROGS/oam-peer" ccm "$C:ca0" tags=8100:100 \
		ma=test code=3 us=100000
	until_eq 10 true of a 'mep | (.ccm_rx > 3)'
	check_eq drops "$(drops a)" "ethertype 1 l2cp 1 src-mac 1"
	check_eq learned "$(of a learned)" "$M"
	finish "$BG"
}

what_is_peered_passes()
{
	acme hygiene exchange l2cp lacp=peer l2cp lldp=peer l2cp stp=discard
	{
		echo "host P"
		echo "send C:ca0 8100:100 dst=01:80:c2:00:00:02"
		echo "tap P:a0"
		echo "hosted P:a0"
		echo "send C:ca0 8100:100 dst=01:80:c2:00:00:0e"
		echo "tap P:a0"
		echo "hosted P:a0"
		echo "send C:ca0 8100:100 dst=01:80:c2:00:00:00"
		echo "tap P:a0"
		echo "send C:ca0 8100:100 dst=01:80:c2:00:00:03 src=$M"
		echo "tap P:a0"
	} | frames
	check_eq drops "$(drops a)" "ethertype 1 l2cp 1"
}

# flood COUNT HEX TYPE: from ca0, all at once
flood()
{
	"$PROGS/frames" flood count "$1" "$C:ca0" \
		"8100:100 src=$M dst=$U type=$3 hex=$2" > "$WORK/flood"
}

# settled BEFORE: frames that have passed since, or were above the rate
settled()
{
	echo $(($(of z stats.tx_packets) +
		$(of a 'drops["neighbour-rate"]') - $1))
}

neighbour_rate_limits()
{
	local ns packet arp passed before

	arp=$(arp 1 "$M")
	ns=$(ip6 58 "$DOC" "$(nd 135 "$(option 1 "$M")")")
	packet=$(ip4 17 c0000201 "$(udp 9)")
	acme hygiene exchange
	check_eq "the default" "$(circ neighbour_rate)" 100
	v circuit show acme | grep -q neighbour-rate
	check_fail $? "the usual rate is shown"
	# One a second, both kinds together, and one at once
	must v circuit set acme neighbour-rate 1
	check_eq neighbour-rate "$(circ neighbour_rate)" 1
	flood 100 "$arp" 0806
	until_eq 10 100 settled 0
	flood 100 "$ns" 86dd
	until_eq 10 200 settled 0
	passed=$(of z stats.tx_packets)
	((passed >= 1 && passed <= 30))
	check_err $? "$passed of 200 frames passed a limit of 1 a second"
	# Packets have no such limit
	before=$passed
	flood 200 "$packet" 0800
	until_eq 10 $((before + 200)) of z stats.tx_packets
	# None
	must v circuit set acme neighbour-rate drop
	check_eq neighbour-rate "$(circ neighbour_rate)" drop
	before=$(of z stats.tx_packets)
	passed=$(of a 'drops["neighbour-rate"]')
	flood 100 "$arp" 0806
	until_eq 10 $((passed + 100)) of a 'drops["neighbour-rate"]'
	flood 100 "$packet" 0800
	until_eq 10 $((before + 100)) of z stats.tx_packets
	# All, and at once after there were none
	must v circuit set acme neighbour-rate allow
	check_eq neighbour-rate "$(circ neighbour_rate)" allow
	before=$(of z stats.tx_packets)
	flood 200 "$ns" 86dd
	until_eq 10 $((before + 200)) of z stats.tx_packets
	check_eq drops "$(drops a)" "neighbour-rate $((passed + 100))"
	# 1000 a second: of those of half a second about that many
	must v circuit set acme neighbour-rate 1000
	before=$(of z stats.tx_packets)
	passed=$(of a 'drops["neighbour-rate"]')
	flood 2000 "$arp" 0806
	until_eq 20 2000 settled $((before + passed))
	passed=$(($(of z stats.tx_packets) - before))
	before=$(($(sed 's/.* us //' "$WORK/flood") / 1000 + 101))
	((passed >= 100 && passed <= before + before / 5))
	check_err $? "$passed passed in $before ms with 1000 a second"
}

# Whatever changes, no counter goes back, and what came is what is counted.
counters_never_fall()
{
	local i last=0 now sent=0 packet foreign

	packet=$(ip4 17 c0000201 "$(udp 9)")
	foreign=$(ip4 89 c0000201 0000)
	acme hygiene exchange
	for ((i = 0; i < 12; i++)); do
		case $((i % 6)) in
		0) must v circuit set acme hygiene exchange ;;
		1) must v circuit set acme neighbour-rate $((i + 1)) ;;
		2) must v leg set circuit acme role primary source any ;;
		3) must v circuit set acme hygiene off ;;
		4) must v leg set circuit acme role primary source "$O" ;;
		5) must v leg set circuit acme role primary source "$M" ;;
		esac
		flood 20 "$packet" 0800
		flood 20 "$foreign" 0800
		flood 20 "$(arp 1 "$M")" 0806
		sent=$((sent + 60))
		until_eq 10 "$sent" accounted
		now=$(jqv '[.[0].legs[] | select(.end == "a").drops[]] |
			add // 0' show acme)
		((now >= last))
		check_err $? "drops went from $last to $now"
		last=$now
	done
	((last > 0))
	check_err $? "nothing was dropped"
}

settings_survive()
{
	acme hygiene exchange z-hygiene exchange neighbour-rate 7
	no v circuit set acme hygiene on
	no v circuit set acme neighbour-rate some
	no v circuit set acme neighbour-rate 0
	cat > "$WORK/batch" <<- EOT
		circuit set acme hygiene off z-hygiene off neighbour-rate drop
		leg set circuit acme role primary source $O
		circuit set acme l2cp pause=tunnel
	EOT
	ping_from "$M" pass | frames
	no v -transaction -batch "$WORK/batch"
	check_eq settings "$(circ hygiene) $(circ z_hygiene)" \
		"exchange exchange"
	check_eq neighbour-rate "$(circ neighbour_rate)" 7
	check_eq learned "$(of a learned)" "$M"
	ping_from "$O" drop | frames
	v circuit show acme | grep -q \
		"hygiene exchange z-hygiene exchange neighbour-rate 7"
	check_err $? "show does not tell: $(v circuit show acme)"
}

run_tests
