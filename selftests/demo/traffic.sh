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

flows_above()
{
	local target

	for target; do
		(($(flow_count "${target%:*}") >= ${target#*:})) || return 1
	done
}

# flows_advance N: every flow gets N more replies.
flows_advance()
{
	local name targets=()

	for name in "${!FLOW_PID[@]}"; do
		targets+=("$name:$(($(flow_count "$name") + $1))")
	done
	within 30 flows_above "${targets[@]}"
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

# tcp_start SOURCE DESTINATION: a TCP transfer towards the provider, with no end.
tcp_start()
{
	ip netns exec provider iperf3 -s -1 -p 5201 \
		< /dev/null > "$WORK/tcp-server" 2>&1 &
	TCP_SERVER=$!
	within 10 tcp_is listening || return 1
	ip netns exec customer iperf3 -c "$2" -B "$1" -p 5201 -t 0 -b 10M -J \
		< /dev/null > "$WORK/tcp-client" 2>&1 &
	TCP_CLIENT=$!
	within 10 tcp_is established
}

# tcp_is STATE: the server has a socket in it.
tcp_is()
{
	in_provider ss -Htn state "$1" 'sport = :5201' | grep -q .
}

# The client tells what it did when it is asked to end.
tcp_stop()
{
	kill "$TCP_CLIENT"
	wait "$TCP_CLIENT"
	wait "$TCP_SERVER"
	TCP_CLIENT='' TCP_SERVER=''
	jq -e '.intervals | length > 1' "$WORK/tcp-client" > /dev/null
}

# kB sent, segments sent again, seconds, and seconds in which nothing went.
tcp_report()
{
	jq -r '[.intervals[].sum | select(.seconds > 0.5)] |
		[(map(.bytes) | add / 1000 | floor),
		 (map(.retransmits) | add), length,
		 (map(select(.bytes == 0)) | length)] | @tsv' "$WORK/tcp-client"
}
