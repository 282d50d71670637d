#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Every frame counts once: delivered, passed or dropped for one reason; the
# sums over peerings, legs and ports agree, and no counter ever goes back.
#
#   C   c1    c2            customer
#       |     |
#   P   p1    p2            circuit acme: p1:100 and p2:200

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

ALL_TESTS="
	received_frames_and_bytes
	sent_frames_and_bytes
	ip_link_counts_without_tags
	sums_agree
	unknown_vids_are_listed
	malformed_frames
	monotonic_over_switches
	counters_outlive_a_peering
	frames_a_qdisc_drops
	rates
	taps_do_not_disturb
"

setup_all()
{
	setup_provider
	quiet_ns "$C"
	[[ -n $P ]] && quiet_ns "$P"
	wire sync sync
	two_wires
}

acme()
{
	v port show p1 > /dev/null 2>&1 || must v port add p1
	v port show p2 > /dev/null 2>&1 || must v port add p2
	must v circuit add acme leg p1:100 leg p2:200
	must v peering add acme-p circuit acme cvid 10
	must v peering add acme-q circuit acme
	must pip link set acme-p up
	must pip link set acme-q up
}

# frames LINES...: run these, with the usual head.
frames()
{
	{
		echo "netns C $C"
		echo "netns P $(pns)"
		echo "sync C:sync P:sync"
		cat
	} | must "$PROGS/frames" run
}

leg0()
{
	jqv ".[0].legs[0].stats.$1" show acme
}

peering()
{
	jqv ".[0].stats.$2" peering show "$1"
}

received_frames_and_bytes()
{
	acme
	frames <<- END
		send C:c1 8100:100 8100:10 pay=46
		tap P:p1
		expect P:acme-p -
		send C:c1 8100:100 8100:10 pay=1000
		tap P:p1
		expect P:acme-p -
		send C:c1 8100:100 pay=100
		tap P:p1
		expect P:acme-q -
	END
	check_eq "frames of the leg" "$(leg0 rx_packets)" 3
	check_eq "bytes of the leg" "$(leg0 rx_bytes)" \
		$((22 + 46 + 22 + 1000 + 18 + 100))
	check_eq "frames of a peering" "$(peering acme-p rx_packets)" 2
	check_eq "bytes of a peering" "$(peering acme-p rx_bytes)" \
		$((22 + 46 + 22 + 1000))
	check_eq "bytes of the other" "$(peering acme-q rx_bytes)" 118
}

sent_frames_and_bytes()
{
	acme
	frames <<- END
		send P:acme-p - pay=46
		expect C:c1 8100:100 8100:10
		send P:acme-p - pay=1400
		expect C:c1 8100:100 8100:10
		send P:acme-q - pay=100
		expect C:c1 8100:100
	END
	check_eq "frames of the leg" "$(leg0 tx_packets)" 3
	check_eq "bytes of the leg" "$(leg0 tx_bytes)" \
		$((22 + 46 + 22 + 1400 + 18 + 100))
	check_eq "bytes of a peering" "$(peering acme-p tx_bytes)" \
		$((22 + 46 + 22 + 1400))
}

ip_link_counts_without_tags()
{
	acme
	frames <<- END
		send C:c1 8100:100 8100:10 pay=100
		tap P:p1
		expect P:acme-p -
		send P:acme-p - pay=200
		expect C:c1 8100:100 8100:10
		send P:acme-p - pay=200
		expect C:c1 8100:100 8100:10
	END
	check_eq "ip -s link" "$(pip -j -s link show acme-p | jq -r \
		'.[0].stats64 | "\(.rx.packets) \(.rx.bytes) \(.tx.packets) " +
		"\(.tx.bytes)"')" "1 114 2 428"
}

# Every kind of fate at once.
sums_agree()
{
	local i port legs

	acme
	for ((i = 0; i < 10; i++)); do
		cat <<- END
			send C:c1 8100:100 8100:10
			tap P:p1
			expect P:acme-p -
			send C:c1 8100:100 8100:99
			tap P:p1
			send C:c1 8100:100 8100:10 8100:5
			tap P:p1
			send C:c1 8100:77
			tap P:p1
			send C:c1 -
			tap P:p1
			send C:c1 8100:100 8100:10
			tap P:p1
			expect P:acme-p -
			send C:c2 8100:200 8100:10
			tap P:p2
		END
	done > "$WORK/in"
	frames < "$WORK/in"
	port=$(jqv '[.[].passed, (.[].drops[]?)] | add' port show)
	legs=$(jqv '[.[0].legs[] | .stats.rx_packets, (.drops[]?)] | add' \
		show acme)
	check_eq "passed" "$(jqv '.[0].passed' port show p1)" 20
	check_eq "all frames accounted for" $((port + legs)) 70
	check_eq "drops of the primary" \
		"$(jqv '.[0].legs[0].drops | tojson' show acme)" \
		'{"unknown-cvid":10,"extra-tag":10}'
	check_eq "drops of the secondary" \
		"$(jqv '.[0].legs[1].drops | tojson' show acme)" \
		'{"standby":10}'
}

unknown_vids_are_listed()
{
	acme
	frames <<- END
		send C:c1 8100:77
		tap P:p1
		send C:c1 8100:77
		tap P:p1
		send C:c1 88a8:78
		tap P:p1
		send C:c1 9100:79
		tap P:p1
	END
	check_eq "unknown VLAN IDs" "$(jqv \
		'.[0].unknown | map("\(.tpid) \(.vid) \(.packets)") | join(",")' \
		port show p1 | tr 'A-F' 'a-f' | sed 's/0x//g')" \
		"9100 79 1,88a8 78 1,8100 77 2"
	check_eq "VLAN IDs with an age" \
		"$(jqv '[.[0].unknown[] | select(.age < 600000)] | length' \
			port show p1)" 3
}

# The frame ends in or right behind its second tag; one that ends in the first
# one dies in the core.
malformed_frames()
{
	acme
	frames <<- END
		send C:c1 8100:100 type=8100 pay=2
		tap P:p1
		send C:c1 8100:100 type=8100 pay=3
		tap P:p1
		send C:c1 8100:100 type=8100 pay=4
		tap P:p1
		send C:c1 8100:100 type=8100 pay=5
		tap P:p1
	END
	check_eq "malformed frames" \
		"$(jqv '.[0].drops.malformed' port show p1)" 4
	check_eq "frames of the leg" "$(leg0 rx_packets)" 0
}

# Each sample has to be at least what the one before was.
monotonic_over_switches()
{
	local i flood old=0 new

	acme
	background "$WORK/flood" "$PROGS/frames" flood "$(pns):acme-p" - \
		"$C:c1" "8100:100 8100:10" "$C:c2" "8100:200 8100:10"
	flood=$BG
	for ((i = 0; i < $(scale 10); i++)); do
		v circuit switch acme manual secondary
		new=$(peering acme-p 'tx_packets + .[0].stats.rx_packets')
		((new >= old)) || fail "the counters went from $old to $new"
		old=$new
		v circuit switch acme manual primary
	done
	((old > 0))
	check_err $? "nothing was counted"
	finish "$flood"
	check_eq "sent by the legs together" \
		"$(jqv '[.[0].legs[].stats.tx_packets] | add' show acme)" \
		"$(peering acme-p tx_packets)"
}

counters_outlive_a_peering()
{
	acme
	frames <<- END
		send C:c1 8100:100 8100:10
		tap P:p1
		expect P:acme-p -
		send P:acme-p -
		expect C:c1 8100:100 8100:10
	END
	must v peering del acme-p
	check_eq "frames of the leg" "$(leg0 rx_packets) $(leg0 tx_packets)" \
		"1 1"
	must v circuit leg set acme role primary p1:300
	check_eq "frames of the leg after an edit" \
		"$(leg0 rx_packets) $(leg0 tx_packets)" "1 1"
}

frames_a_qdisc_drops()
{
	local sent failed

	acme
	if ! pexec tc qdisc add dev p1 root netem limit 1 delay 60s; then
		skip "no netem"
		return
	fi
	read -r _ sent _ failed _ < <("$PROGS/frames" flood count 10 \
		"$(pns):acme-p" -)
	check_eq "frames that the peering took" "$((sent + failed))" 10
	check_eq "frames that the port's qdisc took or not" \
		"$(leg0 tx_packets) $(jqv \
			'.[0].legs[0].drops["port-busy"]' show acme)" "1 9"
	pexec tc qdisc del dev p1 root
}

rates()
{
	local flood

	acme
	background "$WORK/flood" "$PROGS/frames" flood gap 1000 \
		"$C:c1" "8100:100 8100:10 pay=1000"
	flood=$BG
	wait_for 10 has_rate
	finish "$flood"
	until_eq 10 0 leg0 rx_rate
}

has_rate()
{
	(($(leg0 rx_rate) > 0 && $(peering acme-p rx_rate) > 0))
}

# A tap on the port gets the frame as it came, while the peering gets its own:
# nobody writes to what another has.
taps_do_not_disturb()
{
	local watch

	acme
	background "$WORK/watch" "$PROGS/frames" watch "$(pns)"
	watch=$BG
	wait_for 5 grep -q ready "$WORK/watch"
	must "$PROGS/frames" flood count 500 "$C:c1" "8100:100.p3 8100:10.p2.d"
	finish "$watch"
	check_eq "frames seen" \
		"$(awk '/^at/ { $2 = ""; print }' "$WORK/watch" | sort |
			tr -s ' ' | tr '\n' ,)" \
		"at acme-p - type=88b5 pay=46 count 500,$(:
		)at p1 8100:100.p3 8100:10.p2.d type=88b5 pay=46 count 500,"
}

run_tests
