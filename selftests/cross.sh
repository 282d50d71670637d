#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# What crosses a circuit from end to end: the table of docs/truth-table.md byte
# for byte, C-VIDs, priorities, limits, and the counters.
#
#   C  csync  ca0 cz0  ca1 cz1 ...     a wire for each end of each circuit
#       |      |   |
#   P  psync   a0  z0   a1  z1 ...     circuit x0 joins a0 to z0, and so on

# shellcheck source=cross-lib.sh
. "$(dirname "$0")/cross-lib.sh"

ALL_TESTS="
	the_table_with_vlan_offload
	the_table_without_vlan_offload
	each_frame_counts_once_at_each_end
	cvids_are_kept_translated_and_restricted
	priorities_are_kept_and_mapped
	classes_of_frames_are_dropped_and_limited
	a_source_address_is_pinned
	large_frames
	large_packets_of_offload
	peerings_and_crossing_share_a_circuit
	frames_of_others_do_not_leave
	down_circuits_carry_nothing
	settings_survive_their_refusal
"

DOC=$SELFTESTS/../docs/truth-table.md
[[ -r $DOC ]] || DOC=$SELFTESTS/truth-table.md

setup_all()
{
	setup_circuits
}

set_offload()
{
	local i

	for ((i = 0; i < 16; i++)); do
		pexec ethtool -K "a$i" rxvlan "$1" txvlan "$1" > /dev/null 2>&1
		pexec ethtool -K "z$i" rxvlan "$1" txvlan "$1" > /dev/null 2>&1
	done
}

# The rows of the table as frames, with the TPIDs P and Q
table()
{
	awk -F '|' -v p="$1" -v q="$2" -v kinds="${ATTACHMENTS[*]}" '
	function trim(s) { gsub(/^ +| +$|`/, "", s); return s }
	function tags(s) {
		gsub(/P:S/, p ":100", s); gsub(/Q:T/, q ":200", s)
		gsub(/:C/, ":10", s); gsub(/:D/, ":20", s)
		return s
	}
	BEGIN {
		n = split(kinds, kind, " ")
		for (i = 1; i <= n; i++)
			for (j = 1; j <= n; j++)
				at[kind[i] kind[j]] = (i - 1) * n + j - 1
	}
	/<!-- table: crossing -->/ { on = 1; next }
	!on || NF < 6 { if (on && rows && NF < 6) exit; next }
	{
		from = trim($2); to = trim($3)
		if (!((from to) in at))
			next
		rows++
		i = at[from to]
		print "send C:ca" i, tags(trim($4))
		print "tap P:a" i
		if (trim($5) != "foreign")
			print "expect C:cz" i, tags(trim($5))
	}
	END { if (rows < 40) exit 1 }' "$DOC"
}

the_table()
{
	local pair

	set_offload "$1"
	for pair in "8100 8100" "8100 88a8" "88a8 9100" "9100 8100"; do
		# shellcheck disable=SC2086 # two TPIDs
		circuits $pair
		# shellcheck disable=SC2086
		table $pair > "$WORK/table" || fail "there is no table"
		frames < "$WORK/table"
		[[ $RET == 0 ]] || diag "with TPIDs $pair"
		check_eq "foreign frames" "$(jqv \
			'[.[].legs[].drops.foreign // 0] | add' show)" \
			"$(($(grep -c ^send "$WORK/table") -
				$(grep -c ^expect "$WORK/table")))"
		vxc_flush
	done
}

the_table_with_vlan_offload()
{
	the_table on
}

the_table_without_vlan_offload()
{
	the_table off
	set_offload on
}

each_frame_counts_once_at_each_end()
{
	local i

	acme
	for ((i = 0; i < 5; i++)); do
		across "8100:100 8100:7 pay=100" "8100:200 8100:7 pay=100"
		back "8100:200 pay=46" "8100:100 pay=46"
	done | frames
	across "8100:101 pay=100" "" | frames
	check_eq "received at a" "$(of a stats.rx_packets)" 5
	check_eq "sent at z" "$(of z stats.tx_packets)" 5
	check_eq "received at z" "$(of z stats.rx_packets)" 5
	check_eq "sent at a" "$(of a stats.tx_packets)" 5
	check_eq "bytes received at a" "$(of a stats.rx_bytes)" $((5 * 122))
	check_eq "bytes sent at z" "$(of z stats.tx_bytes)" $((5 * 122))
	check_eq "bytes received at z" "$(of z stats.rx_bytes)" $((5 * 64))
	check_eq "drops" "$(jqv '[.[0].legs[].drops[]] | add' show acme)" null
}

cvids_are_kept_translated_and_restricted()
{
	acme cvids untagged,10-20,30 translate 10:110,20:120
	check_eq cvids "$(circ cvids)" "untagged,10-20,30"
	check_eq translate "$(circ translate)" "10:110,20:120"
	{
		across "8100:100" "8100:200"
		across "8100:100 8100:0.p3" "8100:200 8100:0.p3"
		across "8100:100 8100:10.p5" "8100:200 8100:110.p5"
		across "8100:100 8100:11" "8100:200 8100:11"
		across "8100:100 8100:20.d 8100:5" "8100:200 8100:120.d 8100:5"
		across "8100:100 8100:30" "8100:200 8100:30"
		across "8100:100 8100:9" ""
		across "8100:100 8100:21" ""
		across "8100:100 8100:110" ""
		across "8100:100 88a8:11" ""
		back "8100:200 8100:110" "8100:100 8100:10"
		back "8100:200 8100:120" "8100:100 8100:20"
		back "8100:200 8100:11" "8100:100 8100:11"
		back "8100:200 8100:10" ""
		back "8100:200 8100:31" ""
	} | frames
	check_eq "unknown C-VIDs from a" "$(of a 'drops["unknown-cvid"]')" 4
	check_eq "unknown C-VIDs from z" "$(of z 'drops["unknown-cvid"]')" 2
	must v circuit set acme cvids all
	check_eq cvids "$(circ cvids)" all
	check_eq translate "$(circ translate)" "10:110,20:120"
	{
		across "8100:100 8100:10" "8100:200 8100:110"
		across "8100:100 8100:21" "8100:200 8100:21"
	} | frames
	must v circuit set acme translate none cvids 5
	{
		across "8100:100 8100:10" ""
		across "8100:100" ""
		across "8100:100 8100:5" "8100:200 8100:5"
	} | frames
}

priorities_are_kept_and_mapped()
{
	local pcp

	acme
	for ((pcp = 0; pcp < 8; pcp++)); do
		across "8100:100.p$pcp.d 8100:7.p2" "8100:200.p$pcp.d 8100:7.p2"
	done | frames
	must v circuit set acme z-pcp 7,6,5,4,3,2,1,0
	check_eq z-pcp "$(circ z_pcp)" 7,6,5,4,3,2,1,0
	for ((pcp = 0; pcp < 8; pcp++)); do
		across "8100:100.p$pcp 8100:7.p2" \
			"8100:200.p$((7 - pcp)) 8100:7.p2"
		back "8100:200.p$pcp" "8100:100.p$pcp"
	done | frames
	must v circuit set acme pcp 5 z-pcp keep
	{
		across "8100:100.p3" "8100:200.p3"
		back "8100:200.p3.d" "8100:100.p5.d"
	} | frames
}

classes_of_frames_are_dropped_and_limited()
{
	local cast passed

	acme broadcast drop
	{
		across "8100:100 dst=ff:ff:ff:ff:ff:ff" ""
		across "8100:100 dst=01:00:5e:00:00:01" "8100:200"
		across "8100:100 dst=02:00:00:00:00:01" "8100:200"
		back "8100:200 dst=ff:ff:ff:ff:ff:ff" ""
	} | frames
	must v circuit set acme broadcast allow multicast drop
	{
		across "8100:100 dst=ff:ff:ff:ff:ff:ff" "8100:200"
		across "8100:100 dst=01:00:5e:00:00:01" ""
		across "8100:100 dst=02:00:00:00:00:01" "8100:200"
	} | frames
	must v circuit set acme multicast allow unicast drop
	{
		across "8100:100 dst=ff:ff:ff:ff:ff:ff" "8100:200"
		across "8100:100 dst=02:00:00:00:00:01" ""
	} | frames
	check_eq "dropped at a" "$(of a drops.disposition)" 3
	check_eq "dropped at z" "$(of z drops.disposition)" 1

	# One frame a second, and one at once: of 200 sent at once, not many.
	must v circuit set acme unicast allow broadcast 1
	check_eq broadcast "$(circ broadcast)" 1
	passed=$(of z stats.tx_packets)
	"$PROGS/frames" flood count 200 "$C:ca0" "8100:100" > "$WORK/flood"
	until_eq 10 200 limited "$passed"
	passed=$(($(of z stats.tx_packets) - passed))
	((passed >= 1 && passed <= 30))
	check_err $? "$passed of 200 frames passed a limit of 1 a second"
}

# limited BEFORE: what has passed since, and what was dropped for its rate
limited()
{
	echo $(($(of z stats.tx_packets) - $1 + $(of a drops.disposition) - 3))
}

a_source_address_is_pinned()
{
	acme
	across "8100:100" "8100:200" | frames
	must v leg set circuit acme role primary source 02:aa:bb:cc:dd:ee
	check_eq source "$(of a source)" 02:aa:bb:cc:dd:ee
	{
		across "8100:100" ""
		back "8100:200" "8100:100"
	} | frames
	check_eq "from elsewhere" "$(of a 'drops["src-mac"]')" 1
	must v leg set circuit acme role primary source any
	across "8100:100" "8100:200" | frames
}

# The outer tag does not count, others do.
large_frames()
{
	acme
	{
		across "8100:100 pay=1500" "8100:200 pay=1500"
		across "8100:100 8100:7 pay=1496" "8100:200 8100:7 pay=1496"
	} | frames
	must cip link set ca0 mtu 9200
	must pip link set a0 mtu 9200
	{
		across "8100:100 pay=1501" ""
		across "8100:100 8100:7 pay=1497" ""
		across "8100:100 pay=1500" "8100:200 pay=1500"
	} | frames
	check_eq oversize "$(of a drops.oversize)" 2
	must cip link set cz0 mtu 9200
	must pip link set z0 mtu 9200
	across "8100:100 8100:7 pay=9100" "8100:200 8100:7 pay=9100" | frames
	for i in "cip ca0" "pip a0" "cip cz0" "pip z0"; do
		must "${i% *}" link set "${i#* }" mtu 1500
	done
}

# TCP between the two ends, with segmentation offload on the way
tcp_across()
{
	local bytes=$((20000000 / KSFT_SLOW)) got

	setup_ns D
	must cip link set cz0 netns "$D"
	ip -n "$D" link set cz0 up
	cip link add link ca0 name ca0.100 up type vlan id 100
	cip addr add 10.9.0.1/24 dev ca0.100
	ip -n "$D" link add link cz0 name czt up type vlan id "$2" \
		protocol "$1"
	ip -n "$D" addr add 10.9.0.2/24 dev czt
	wait_for 5 cexec ping -qc1 -W1 10.9.0.2
	background "$WORK/got" ip netns exec "$D" \
		bash -c 'exec socat -u TCP-LISTEN:7,reuseaddr -'
	tick 0.5
	wait_for 5 bash -c "ip netns exec $D ss -ltn | grep -q :7"
	head -c "$bytes" /dev/zero |
		timeout 60 ip netns exec "$C" socat -u - TCP:10.9.0.2:7
	until_eq 20 "$bytes" stat -c %s "$WORK/got"
	got=$(of z stats.tx_packets)
	((got > bytes / 1500))
	check_err $? "$got frames for $bytes bytes: segments are not counted"
	check_eq "frames at z" "$got" "$(of a stats.rx_packets)"
	check_eq "drops" "$(jqv '[.[0].legs[].drops[]] | add' show acme)" null
	finish "$BG"
	must ip -n "$D" link del czt
	must ip -n "$D" link set cz0 netns "$C"
	cip link set cz0 up
	cip link del ca0.100
}

large_packets_of_offload()
{
	type -P socat > /dev/null || { skip "no socat"; return; }
	acme
	tcp_across 802.1Q 200
	vxc_flush
	must v port add a0
	must v port add z0 tpid 88a8
	must v circuit add acme leg a0:100 z-leg z0:200 loop-guard off
	tcp_across 802.1ad 200
}

peerings_and_crossing_share_a_circuit()
{
	acme
	must v peering add acme-p circuit acme cvid 10
	{
		across "8100:100 8100:10" ""
		echo "expect P:acme-p -"
		across "8100:100 8100:11" "8100:200 8100:11"
		across "8100:100" "8100:200"
		back "8100:200 8100:10" ""
		back "8100:200 8100:11" "8100:100 8100:11"
		echo "send P:acme-p -"
		echo "expect C:ca0 8100:100 8100:10"
	} | frames
	check_eq "frames of the peering from z" "$(of z drops.foreign)" 1
	check_eq "received at a" "$(of a stats.rx_packets)" 3
	check_eq "sent at a" "$(of a stats.tx_packets)" 2
	must v peering add acme-u circuit acme
	{
		across "8100:100" ""
		echo "expect P:acme-u -"
		back "8100:200" ""
		across "8100:100 8100:11" "8100:200 8100:11"
	} | frames
	must v peering del acme-u
	across "8100:100" "8100:200" | frames
}

# A frame that would leave as another circuit's does not.
frames_of_others_do_not_leave()
{
	acme
	must v circuit add other leg z0:200.33 loop-guard off
	{
		across "8100:100 8100:33" ""
		across "8100:100 8100:34" "8100:200 8100:34"
	} | frames
	check_eq foreign "$(of a drops.foreign)" 1
	must v circuit del other force
	across "8100:100 8100:33" "8100:200 8100:33" | frames
	must v leg set circuit acme end z role primary 'z0:*'
	must v circuit add other leg z0:7 loop-guard off
	{
		across "8100:100 8100:7" ""
		across "8100:100 8100:8" "8100:8"
	} | frames
}

down_circuits_carry_nothing()
{
	acme
	must v circuit set acme admin down
	across "8100:100" "" | frames
	check_eq "while down" "$(of a 'drops["circuit-down"]')" 1
	must v circuit set acme admin up
	across "8100:100" "8100:200" | frames
	cip link set cz0 down
	until_eq 5 down circ state
	across "8100:100" "" | frames
	check_eq "without a leg to leave by" "$(of a 'drops["no-leg"]')" 1
	cip link set cz0 up
	until_eq 5 up circ state
	must v leg del circuit acme end z role primary
	across "8100:100" "" | frames
	check_eq "with one end" "$(of a 'drops["unknown-cvid"]')" 1
	must v leg add circuit acme end z z0:200
	until_eq 5 up circ state
	must v port del z0 force
	across "8100:100" "" | frames
	must v port add z0
	until_eq 5 up circ state
	across "8100:100" "8100:200" | frames
}

settings_survive_their_refusal()
{
	acme cvids 10-20 translate 10:110 z-pcp 3 multicast 100 l2cp lacp=peer
	no v circuit set acme cvids 0
	no v circuit set acme cvids 20-10
	no v circuit set acme translate 10
	no v circuit set acme z-pcp 8
	no v circuit set acme broadcast some
	no v circuit set acme l2cp lacp=maybe
	no v circuit set acme l2cp ospf=peer
	refused '10 of end a is translated twice' \
		circuit set acme translate 10:11,10:12
	refused '12 of end z is translated twice' \
		circuit set acme translate 10:12,11:12
	cat > "$WORK/batch" <<- EOT
		circuit set acme cvids 7 translate none z-pcp keep multicast drop
		circuit set acme l2cp pause=tunnel
	EOT
	no v -transaction -batch "$WORK/batch"
	check_eq settings "$(jqv '.[0] | "\(.cvids) \(.translate) " +
		"\(.z_pcp) \(.multicast) \(.l2cp.lacp)"' show acme)" \
		"10-20 10:110 3 100 peer"
	cat > "$WORK/batch" <<- EOT
		circuit set acme cvids 7
		circuit set acme translate 7:8
		circuit set acme cvids 9 translate 9:10
	EOT
	must v -transaction -batch "$WORK/batch"
	across "8100:100 8100:9" "8100:200.p3 8100:10" | frames
}

run_tests
