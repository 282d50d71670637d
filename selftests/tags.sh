#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# docs/truth-table.md, row by row: every combination of legs and tags, with
# the port's VLAN offload on and off. Bytes, counters, silence elsewhere.
#
#   C  csync  cp0  cp1 ...            one port for each set of legs
#       |      |    |
#   P  psync   p0   p1 ...            a circuit for each leg: tp1U, tp1S, ...

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

ALL_TESTS="
	received_with_vlan_offload
	received_without_vlan_offload
	unmatched_frames_can_be_dropped
	sent_with_vlan_offload
	sent_without_vlan_offload
	every_pcp_and_dei
	pcp_follows_the_priority
	senders_that_bypass_the_qdisc
"

DOC=$SELFTESTS/../docs/truth-table.md
[[ -r $DOC ]] || DOC=$SELFTESTS/truth-table.md
LEGS="none U S Q A US UQ UA SQ SA QA USQ USA UQA SQA USQA u s q a usqa"
PORTS=()
every=$(scale 1)
((KSFT_SLOW > 1)) && every=7

make_wires()
{
	local set i=0

	{
		echo "link add sync type veth peer name sync netns ${P:-1}"
		for set in $LEGS; do
			echo "link add cp$i type veth peer name p$i netns ${P:-1}"
			echo "link set cp$i up"
			i=$((i + 1))
		done
		echo "link set sync up"
	} > "$WORK/c"
	i=0
	: > "$WORK/ports"
	for set in $LEGS; do
		PORTS+=("p$i")
		echo "link set p$i up" >> "$WORK/p"
		echo "p$i $set" >> "$WORK/ports"
		i=$((i + 1))
	done
	echo "link set sync up" >> "$WORK/p"
	cip -batch "$WORK/c" && pip -batch "$WORK/p"
}

# circuit_lines PORT LETTER LEGS
circuit_lines()
{
	local name=t$1${2^^}

	case $2 in
	[Uu]) echo "circuit add $name leg $1:untagged" ;;
	[Ss]) echo "circuit add $name leg $1:100" ;;
	[Qq]) echo "circuit add $name leg $1:100.10" ;;
	[Aa]) echo "circuit add $name leg $1:*" ;;
	esac
	[[ $2 == [USQA] && $2$3 != A*[Uu]* ]] &&
		echo "peering add $name circuit $name"
	if [[ $2 == [SsAa] ]]; then
		[[ $2$3 == [Ss]*[Qq]* ]] ||
			echo "peering add ${name}10 circuit $name cvid 10"
		echo "peering add ${name}20 circuit $name cvid 20"
	fi
}

setup_all()
{
	local port set i

	setup_provider
	quiet_ns "$C"
	[[ -n $P ]] && quiet_ns "$P"
	make_wires || return 1
	while read -r port set; do
		echo "port add $port"
		[[ $set == none ]] && continue
		for ((i = 0; i < ${#set}; i++)); do
			circuit_lines "$port" "${set:i:1}" "$set"
		done
	done < "$WORK/ports" > "$WORK/config"
	v -batch "$WORK/config" || return 1
	sed -n 's/^peering add \([^ ]*\) .*/link set \1 up/p' \
		"$WORK/config" > "$WORK/up"
	pip -batch "$WORK/up"
}

set_offload()
{
	local port

	for port in "${PORTS[@]}"; do
		pexec ethtool -K "$port" rxvlan "$1" txvlan "$1" \
			rx-vlan-stag-hw-parse "$1" \
			tx-vlan-stag-hw-insert "$1" > /dev/null 2>&1
	done
}

# In one transaction: set_ports ATTRIBUTES...
set_ports()
{
	local port ops=

	for port in "${PORTS[@]}"; do
		ops+="set port name=$port $* ; "
	done
	must pexec "$PROGS/vxcnl" apply "$ops"
}

snapshot()
{
	v -j port show | jq -r '.[] | "port \(.name) passed \(.passed // 0)",
		(.name as $n | .drops // {} | to_entries[] |
		"port \($n) \(.key) \(.value)")'
	v -j show | jq -r '.[] |
		(.name as $n | .legs[] | "leg \($n) rx \(.stats.rx_packets)",
		"leg \($n) rx_bytes \(.stats.rx_bytes)",
		"leg \($n) tx \(.stats.tx_packets)",
		"leg \($n) tx_bytes \(.stats.tx_bytes)",
		(.drops // {} | to_entries[] |
		"leg \($n) \(.key) \(.value)")),
		(.peerings[] | "peering \(.name) rx \(.stats.rx_packets)",
		"peering \(.name) rx_bytes \(.stats.rx_bytes)",
		"peering \(.name) tx \(.stats.tx_packets)",
		"peering \(.name) tx_bytes \(.stats.tx_bytes)",
		(.name as $p | .drops // {} | to_entries[] |
		"peering \($p) \(.key) \(.value)"))'
}

# What counted between two snapshots.
counted()
{
	awk 'NR == FNR { old[$1 $2 $3] = $4; next }
		$4 - old[$1 $2 $3] { print $1, $2, $3, $4 - old[$1 $2 $3] }' \
		"$1" "$2" | sort
}

# run_table AWK-VARIABLES...: one pass, for the TPID that the ports have.
run_table()
{
	local var args=()

	for var in "$@"; do
		args+=(-v "$var")
	done
	: > "$WORK/counters"
	if ! awk "${args[@]}" -v cns="$C" -v pns="$(pns)" \
		-v counters="$WORK/counters" -f "$SELFTESTS/tags.awk" \
		"$DOC" "$WORK/ports" > "$WORK/script" 2> "$WORK/err"; then
		fail "the table: $(< "$WORK/err")"
		return
	fi
	[[ -n ${EXTRA:-} ]] && sed -i "1i $EXTRA" "$WORK/script"
	snapshot > "$WORK/before"
	if ! "$PROGS/frames" run < "$WORK/script" > "$WORK/out" 2>&1; then
		fail "$* frames went astray"
		diag "$(head -30 "$WORK/out")"
	fi
	snapshot > "$WORK/after"
	if ! diff <(sort "$WORK/counters") \
		<(counted "$WORK/before" "$WORK/after") > "$WORK/diff"; then
		fail "$* counters, wanted (<) and got (>):"
		diag "$(head -20 "$WORK/diff")"
	fi
}

received()
{
	local tpid

	for tpid in 8100 88a8 9100; do
		set_ports "tpid=0x$tpid"
		run_table "tpid=$tpid" "policy=${1:-pass}" "every=$every"
	done
}

received_with_vlan_offload()
{
	set_offload on
	received
}

received_without_vlan_offload()
{
	set_offload off
	received
}

unmatched_frames_can_be_dropped()
{
	set_ports unmatched=1 tpid=0x88a8
	run_table tpid=88a8 policy=drop "every=$((every * 3))"
	set_ports unmatched=0
}

sent()
{
	local tpid

	for tpid in 8100 88a8 9100; do
		set_ports "tpid=0x$tpid"
		run_table "tpid=$tpid" tx=1 pcp=0 dei=0 every=1
	done
}

sent_with_vlan_offload()
{
	set_offload on
	sent
}

sent_without_vlan_offload()
{
	set_offload off
	sent
}

# The same of all peerings: set_peerings ATTRIBUTES...
set_peerings()
{
	must pexec "$PROGS/vxcnl" apply "$(sed -n \
		"s/^peering add \([^ ]*\) .*/set peering name=\1 $* ;/p" \
		"$WORK/config")"
}

every_pcp_and_dei()
{
	local pcp

	for ((pcp = 0; pcp < 8; pcp++)); do
		set_peerings "pcp=$pcp" "dei=$((pcp % 2))"
		run_table tpid=9100 tx=1 "pcp=$pcp" dei=$((pcp % 2)) every=1
	done
	set_ports tpid=0x8100
	for pcp in 0 7; do
		set_peerings "pcp=$pcp" "dei=$((1 - pcp % 2))"
		run_table tpid=8100 tx=1 "pcp=$pcp" dei=$((1 - pcp % 2)) every=1
	done
}

pcp_follows_the_priority()
{
	set_ports tpid=0x8100
	set_peerings pcp-source=1 dei=0
	EXTRA="option priority=5" run_table tpid=8100 tx=1 pcp=5 dei=0 every=1
	EXTRA="option priority=0" run_table tpid=8100 tx=1 pcp=0 dei=0 every=1
	EXTRA="option priority=8" run_table tpid=8100 tx=1 pcp=0 dei=0 every=1
	set_peerings pcp-source=0 pcp=0
}

senders_that_bypass_the_qdisc()
{
	set_ports tpid=0x88a8
	EXTRA="option qdisc-bypass" \
		run_table tpid=88a8 tx=1 pcp=0 dei=0 every=1
}

KEEP=1
run_tests
