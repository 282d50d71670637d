# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# FRR in the demo's namespaces: one zebra and one bgpd each, told apart by
# their path space. Sourced by run.sh.

FRR_INSTANCES=()

# frr_start NAMESPACE: the configuration is frr/NAMESPACE.conf.
frr_start()
{
	local ns=$1 daemon

	install -d -o frr -g frr "/etc/frr/$ns" "/var/run/frr/$ns"
	install -o frr -g frr -m 640 "frr/$ns.conf" "/etc/frr/$ns/frr.conf"
	install -o frr -g frr -m 640 /dev/null "/etc/frr/$ns/vtysh.conf"
	FRR_INSTANCES+=("$ns")
	for daemon in zebra bgpd; do
		ip netns exec "$ns" "/usr/lib/frr/$daemon" -d -N "$ns" \
			-A 127.0.0.1 --log "file:$WORK/$ns-$daemon.log" \
			< /dev/null >> "$WORK/$ns-start.log" 2>&1
	done
	within 30 frr_answers "$ns" &&
		vtysh -N "$ns" -b >> "$WORK/$ns-start.log" 2>&1
}

frr_answers()
{
	vtysh -N "$1" -c 'show version' > /dev/null 2>&1
}

# frr_knows NAMESPACE DEVICE...: zebra has the devices in VRF beta.
frr_knows()
{
	local ns=$1 dev

	shift
	for dev; do
		vtysh -N "$ns" -c "show interface $dev" 2> /dev/null |
			grep -q '^ *vrf: beta' || return 1
	done
}

frr_stop()
{
	local ns pidfile

	for ns in "${FRR_INSTANCES[@]}"; do
		for pidfile in "/var/run/frr/$ns"/*.pid; do
			[[ ! -e $pidfile ]] || end_process "$(< "$pidfile")"
		done
	done
	FRR_INSTANCES=()
}

process_gone()
{
	! kill -0 "$1" 2> /dev/null
}

end_process()
{
	kill "$1" 2> /dev/null || return 0
	within 10 process_gone "$1" || kill -KILL "$1"
}

# One line per neighbour: VRF, address, state, times established, uptime in
# milliseconds, prefixes accepted.
bgp_neighbours()
{
	vtysh -N "$1" -c 'show bgp vrf all neighbors json' 2> /dev/null |
	jq -r 'to_entries[] | .key as $vrf | .value | objects | to_entries[] |
		select(.value | type == "object" and has("bgpState")) |
		[$vrf, .key, .value.bgpState,
		 .value.connectionsEstablished // 0,
		 .value.bgpTimerUpMsec // 0,
		 ([.value.addressFamilyInfo[]?.acceptedPrefixCounter // 0] |
			add // 0)] | @tsv'
}

# bgp_established NAMESPACE N: N sessions are up, each with a prefix or more.
bgp_established()
{
	[[ $(bgp_neighbours "$1" |
		awk '$3 == "Established" && $6 > 0' | wc -l) == "$2" ]]
}

# Every session that was ever established, its state and how often: does not
# change unless one is reset.
bgp_history()
{
	bgp_neighbours "$1" | awk '$4 { print $1, $2, $3, $4 }' | sort
}

bgp_unchanged()
{
	diff <(printf '%s\n' "$2") <(bgp_history "$1")
}

bgp_tell()
{
	printf '%-10s %-18s %-12s %9s %9s\n' vrf neighbour state up prefixes
	bgp_neighbours "$1" | awk '{
		printf "%-10s %-18s %-12s %7.1f s %9d\n", $1, $2, $3, $5/1000, $6
	}'
}

# routes NAMESPACE: what BGP has put into the kernel, a prefix and its table
# each.
routes()
{
	{
		ip -n "$1" -4 -j route show table all proto bgp
		ip -n "$1" -6 -j route show table all proto bgp
	} | jq -r '.[] | "\(.dst) \(.table // "main")"' | LC_ALL=C sort
}

routes_are()
{
	[[ $(routes "$1") == "$2" ]]
}

# next_hops NAMESPACE TABLE PREFIX N: the kernel's route has N that can be used.
next_hops()
{
	[[ $(ip -n "$1" -j route show table "$2" "$3" proto bgp |
		jq '[.[] | .nexthops[]? // . |
			select(.flags | index("linkdown") or index("dead") |
				not)] | length') == "$4" ]]
}
