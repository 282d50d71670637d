# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# Numbered traffic whose losses can be counted. Sourced by run.sh.

declare -A FLOW_PID=()

# flow_start NAME SOURCE DESTINATION: fifty echo requests a second.
flow_start()
{
	ip netns exec customer ping -n -D -i 0.02 -I "$2" "$3" \
		< /dev/null > "$WORK/flow-$1" 2>&1 &
	FLOW_PID[$1]=$!
}

# Replies so far.
flow_count()
{
	grep -c 'icmp_seq=.*time=' "$WORK/flow-$1"
}

flow_above()
{
	(($(flow_count "$1") >= $2))
}

# flows_advance N: every flow gets N more replies.
flows_advance()
{
	local name target

	for name in "${!FLOW_PID[@]}"; do
		target=$(($(flow_count "$name") + $1))
		within 30 flow_above "$name" "$target" || return 1
	done
}

flows_stop()
{
	local pid

	for pid in "${FLOW_PID[@]}"; do
		kill "$pid"
		wait "$pid" 2> /dev/null || true
	done
	FLOW_PID=()
}

# What became of a flow: requests sent up to the last one answered, replies
# that are missing, duplicates, longest silence in milliseconds.
flow_report()
{
	awk '/icmp_seq=.*time=/ {
		match($0, /icmp_seq=[0-9]+/)
		seq = substr($0, RSTART + 9, RLENGTH - 9) + 0
		if (seen[seq]++) { dup++; next }
		t = substr($1, 2) + 0
		if (n++ && t - last > gap) gap = t - last
		last = t
		if (seq > max) max = seq
	}
	END { print max + 0, max - n, dup + 0, int(gap * 1000) }' \
		"$WORK/flow-$1"
}

# tcp_start SOURCE DESTINATION SECONDS: a TCP transfer towards the provider.
tcp_start()
{
	ip netns exec provider iperf3 -s -1 -p 5201 \
		< /dev/null > "$WORK/tcp-server" 2>&1 &
	TCP_SERVER=$!
	within 10 tcp_listens || return 1
	ip netns exec customer iperf3 -c "$2" -B "$1" -p 5201 -t "$3" -b 10M -J \
		< /dev/null > "$WORK/tcp-client" 2>&1 &
	TCP_CLIENT=$!
}

tcp_listens()
{
	in_provider ss -Hltn 'sport = :5201' | grep -q .
}

tcp_stop()
{
	wait "$TCP_CLIENT" && wait "$TCP_SERVER" && TCP_CLIENT='' TCP_SERVER=''
}

# Bytes received, and retransmissions.
tcp_report()
{
	jq -r '[.end.sum_received.bytes // 0,
		.end.sum_sent.retransmits // 0] | @tsv' "$WORK/tcp-client"
}
