# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# FRR for the tests: a zebra and a bgpd in a network namespace, told apart by
# their path space, which has the name of the namespace. Sourced after lib.sh.

FRR=/usr/lib/frr
FRR_PID=()

frr_installed()
{
	[[ -x $FRR/bgpd && -x $FRR/zebra ]]
}

# frr_start NETNS: the configuration is on standard input. bgpd is to find a
# zebra that listens.
frr_start()
{
	local ns=$1 daemon

	install -d -o frr -g frr "/etc/frr/$ns" "/var/run/frr/$ns"
	cat > "/etc/frr/$ns/frr.conf"
	: > "/etc/frr/$ns/vtysh.conf"
	chown frr:frr "/etc/frr/$ns"/*
	for daemon in zebra bgpd; do
		background "$WORK/$ns-$daemon" ip netns exec "$ns" \
			"$FRR/$daemon" -N "$ns" -A 127.0.0.1
		FRR_PID+=("$BG")
		wait_for 30 vtysh -N "$ns" -d "$daemon" -c 'show version'
	done
	vtysh -N "$ns" -b > "$WORK/$ns-boot" 2>&1 ||
		fail "configuration: $(tail -5 "$WORK/$ns-boot")"
}

frr_stop()
{
	local pid

	for pid in "${FRR_PID[@]}"; do
		finish "$pid"
	done
	rm -rf "/etc/frr/${P:-none}" "/etc/frr/$C" \
		"/var/run/frr/${P:-none}" "/var/run/frr/$C"
}

have_frr()
{
	[[ -n ${FRR_PID[*]:-} ]] && return
	skip "no FRR"
	return 1
}
