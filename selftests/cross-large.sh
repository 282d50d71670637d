#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Large frames and large packets that cross a circuit: whole where the port they
# leave by can take them, in segments where it cannot, and counted as the
# frames they are on the wire.
#
#   C   ca           D   cz            two customers, VLANs 100 and 200
#       |                |
#   P   pa               pz            circuit acme: pa:100 to pz:200

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

ALL_TESTS="
	super_packets_cross_whole
	super_packets_between_other_attachments
	segments_where_the_far_port_cannot
	segments_that_are_still_too_long
	jumbo_frames_cross
	what_is_longer_is_counted
"

BYTES=$(scale 12000000)

setup_all()
{
	setup_provider
	setup_ns D
	quiet_ns "$C"
	quiet_ns "$D"
	[[ -n $P ]] && quiet_ns "$P"
	wire sync sync || return 1
	wire ca pa || return 1
	wire cz pz || return 1
	cip link set cz netns "$D"
	dip link set cz up
}

dip()
{
	ip -n "$D" "$@"
}

# acme [A [Z [TPID]]]: attachments of the two ends; the TPID is that of z.
acme()
{
	must v port add pa
	must v port add pz tpid "${3:-8100}"
	must v circuit add acme leg "${1:-pa:100}" z-leg "${2:-pz:200}" \
		loop-guard off
	until_eq 5 up circ state
}

# of END FIELD: of the leg of that end
of()
{
	jqv ".[0].legs[] | select(.end == \"$1\") | .$2 // 0" show acme
}

no_hosts()
{
	local old

	for old in $(cip -j link show type vlan | jq -r '.[].ifname // empty')
	do
		cip link del "$old"
	done
	for old in $(dip -j link show type vlan | jq -r '.[].ifname // empty')
	do
		dip link del "$old"
	done
}

# hosts VID VID [PROTOCOL]: the customers' VLANs, with addresses
hosts()
{
	no_hosts
	must cip link add link ca name vlan type vlan id "$1"
	must dip link add link cz name vlan type vlan id "$2" \
		protocol "${3:-802.1Q}"
	cexec sysctl -qw net.ipv6.conf.vlan.disable_ipv6=0
	ip netns exec "$D" sysctl -qw net.ipv6.conf.vlan.disable_ipv6=0
	cip link set vlan up
	dip link set vlan up
	addr_add cip vlan 10.9.0.1/24
	addr_add cip vlan fd09::1/64
	addr_add dip vlan 10.9.0.2/24
	addr_add dip vlan fd09::2/64
	wait_for 5 cexec ping -qnc1 -W1 10.9.0.2
	wait_for 5 cexec ping -qnc1 -W1 fd09::2
}

# transfer FROM TO ADDRESS DEVICE: TCP; sets LARGEST, of the frames that the
# device of TO has captured.
transfer()
{
	background "$WORK/capture" "$PROGS/capture" "$2" "$4"
	wait_for 10 grep -q ready "$WORK/capture"
	must "$PROGS/stream" "$1" "$2" "$3" "$BYTES"
	finish "$BG"
	check_eq "lost by the capture" \
		"$(sed -n 's/^frames .* lost //p' "$WORK/capture")" 0
	LARGEST=$(awk '/^[0-9]/ && $1 > n { n = $1 } END { print n + 0 }' \
		"$WORK/capture")
}

# transfers MIN MAX: both ways, IPv4 and IPv6
transfers()
{
	local way from to address dev

	for way in "$C $D 10.9.0.2 cz" "$D $C 10.9.0.1 ca" \
		"$C $D fd09::2 cz" "$D $C fd09::1 ca"; do
		read -r from to address dev <<< "$way"
		transfer "$from" "$to" "$address" "$dev"
		((LARGEST >= $1 && LARGEST <= $2))
		check_err $? "to $address: the largest frame has $LARGEST bytes"
	done
	diag "the last of the largest frames: $LARGEST bytes"
	wire_frames
}

# underway FROM TO: frames that came in by one end and have not left by the other
underway()
{
	jqv "[.[0].legs[] | {(.end): .stats}] | add |
		.$1.rx_packets - .$2.tx_packets" show acme
}

# What the legs have counted are frames of the wire, at both ends the same.
wire_frames()
{
	local way frames bytes

	for way in "a z" "z a"; do
		until_eq 5 0 underway "${way% *}" "${way#* }"
		frames=$(of "${way% *}" stats.rx_packets)
		bytes=$(of "${way% *}" stats.rx_bytes)
		((bytes > 2 * BYTES && bytes <= frames * (1500 + 14 + 8)))
		check_err $? "$way: $bytes bytes in $frames frames"
	done
	check_eq drops "$(jqv '[.[0].legs[].drops[]] | add' show acme)" null
}

super_packets_cross_whole()
{
	acme
	hosts 100 200
	transfers 60000 65600
}

super_packets_between_other_attachments()
{
	acme pa:100 pz:200 88a8
	hosts 100 200 802.1ad
	transfers 60000 65600
	vxc_flush
	acme 'pa:*' 'pz:*'
	hosts 300 300
	transfers 60000 65600
}

# offload DEVICE on|off FEATURE...
offload()
{
	local dev=$1 what=$2 f args=()

	shift 2
	for f in "$@"; do
		args+=("$f" "$what")
	done
	pexec ethtool -K "$dev" "${args[@]}" > /dev/null 2>&1
}

segments_where_the_far_port_cannot()
{
	acme
	hosts 100 200
	offload pa off tso gso
	offload pz off tso gso
	transfers 1500 1522
	offload pa off tx sg
	offload pz off tx sg
	transfers 1500 1522
	offload pa on tx sg tso gso
	offload pz on tx sg tso gso
}

# Their segments are as long as those who sent them took the way for.
segments_that_are_still_too_long()
{
	acme
	cip link set ca mtu 4000
	pip link set pa mtu 4000
	dip link set cz mtu 4000
	hosts 100 200
	no timeout 5 "$PROGS/stream" "$C" "$D" 10.9.0.2 100000
	(($(of a drops.oversize) > 0))
	check_err $? "segments of 4,000 bytes were not counted as oversize"
	check_eq "the longest that has left" "$(of z drops.oversize)" 0
	pip link set pz mtu 4000
	must "$PROGS/stream" "$C" "$D" 10.9.0.2 "$BYTES"
	cip link set ca mtu 1500
	pip link set pa mtu 1500
	dip link set cz mtu 1500
	pip link set pz mtu 1500
}

# mtu BYTES: of all four devices
mtu()
{
	must cip link set ca mtu "$1"
	must pip link set pa mtu "$1"
	must dip link set cz mtu "$1"
	must pip link set pz mtu "$1"
}

frames()
{
	{
		echo "netns C $C"
		echo "netns D $D"
		echo "netns P $(pns)"
		echo "sync C:sync P:sync"
		cat
	} > "$WORK/script"
	"$PROGS/frames" run < "$WORK/script" > "$WORK/out" 2>&1
	check_err $? "frames went astray: $(head -20 "$WORK/out")"
}

# across PAYLOAD TAGS-BEHIND: it crosses both ways
across()
{
	cat <<- EOT
		send C:ca 8100:100 $2 pay=$1
		tap P:pa
		expect D:cz 8100:200 $2 pay=$1
		send D:cz 8100:200 $2 pay=$1
		tap P:pz
		expect C:ca 8100:100 $2 pay=$1
	EOT
}

jumbo_frames_cross()
{
	local n

	no_hosts
	acme
	for n in 9000 9216 65000; do
		mtu "$n"
		{
			across 1501 ""
			across "$((n - 100))" ""
			across "$((n - 4))" 8100:7
			across "$n" ""
		} | frames
	done
	check_eq drops "$(jqv '[.[0].legs[].drops[]] | add' show acme)" null
	mtu 1500
}

# The frame came in, so the port that it was to leave by takes less.
what_is_longer_is_counted()
{
	local n

	no_hosts
	acme
	mtu 9216
	for n in 9100 9000 1500; do
		must pip link set pz mtu "$n"
		must dip link set cz mtu "$n"
		frames <<- EOT
			send C:ca 8100:100 pay=$n
			tap P:pa
			expect D:cz 8100:200 pay=$n
			send C:ca 8100:100 pay=$((n + 1))
			tap P:pa
			send C:ca 8100:100 8100:7 pay=$((n - 4))
			tap P:pa
			expect D:cz 8100:200 8100:7 pay=$((n - 4))
			send C:ca 8100:100 8100:7 pay=$((n - 3))
			tap P:pa
		EOT
	done
	check_eq oversize "$(of a drops.oversize)" 6
	check_eq "that left" "$(of z stats.tx_packets)" 6
	mtu 1500
}

run_tests
