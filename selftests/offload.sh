#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Offloads: a peering has what its ports have, large packets pass through two
# tags both ways, every checksum and every byte is right.
#
#   C   c1.100.10           customer
#         |
#   P    p1                 circuit acme on p1:100, peering acme-p C-VID 10

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

ALL_TESTS="
	features_follow_the_port
	features_are_what_both_ports_have
	lro_is_off
	large_sends_and_receives
	without_segmentation_offload
	without_any_offload
	receive_offload_on_the_port
	each_tpid_and_attachment
	gso_limits
	port_with_a_tunnel_below
	frames_with_an_upper_vlan
"

BYTES=$(scale 8000000)

setup_all()
{
	[[ -n $(type -P ethtool) ]] || return 1
	setup_provider
	two_wires
	# Devices below the peerings say nothing of their own.
	cexec sysctl -qw net.ipv6.conf.c1.disable_ipv6=1
	pexec sysctl -qw net.ipv6.conf.p1.disable_ipv6=1
}

customer()
{
	local dev

	for dev in $(cip -j link show type vlan |
		jq -r '.[].ifname // empty'); do
		cip link del "$dev" 2> /dev/null
	done
	customer_vlan c1 "$1" > /dev/null
	cexec sysctl -qw "net.ipv6.conf.c1/$1.disable_ipv6=1"
	customer_vlan "c1.$1" "$2" 10.1.0.1/30 fd01::1/64 > /dev/null
	cip link set "c1.$1.$2" mtu 1492
}

acme()
{
	v port show p1 > /dev/null 2>&1 || must v port add p1
	# Streams end at the provider itself.
	must v port set p1 tpid 8100 local any
	must v circuit add acme leg "${1:-p1:100}"
	must v peering add acme-p circuit acme cvid 10
	pip link set acme-p up
	addr_add pip acme-p 10.1.0.2/30
	addr_add pip acme-p fd01::2/64
}

# offload on|off FEATURE...: of the port and of the customer's end.
offload()
{
	local what=$1 feature args=()

	shift
	for feature in "$@"; do
		args+=("$feature" "$what")
	done
	pexec ethtool -K p1 "${args[@]}" > /dev/null 2>&1
	cexec ethtool -K c1 "${args[@]}" > /dev/null 2>&1
}

feature()
{
	pexec ethtool -k "${2:-acme-p}" | awk -v f="$1:" '$1 == f { print $2 }'
}

csum_errors()
{
	{
		cexec cat /proc/net/snmp /proc/net/snmp6
		pexec cat /proc/net/snmp /proc/net/snmp6
	} | awk '/^Tcp:/ { for (i = 1; i <= NF; i++)
			if ($1 SUBSEP i in name && name[$1, i] == "InCsumErrors")
				n += $i
			else
				name[$1, i] = $i }
		/InCsumErrors/ && NF == 2 { n += $2 }
		END { print n + 0 }'
}

# streams: TCP both ways over IPv4 and IPv6, and no checksum error.
streams()
{
	local before

	before=$(csum_errors)
	must "$PROGS/stream" "$(pns)" "$C" 10.1.0.1 "$BYTES"
	must "$PROGS/stream" "$C" "$(pns)" 10.1.0.2 "$BYTES"
	must "$PROGS/stream" "$(pns)" "$C" fd01::1 "$BYTES"
	must "$PROGS/stream" "$C" "$(pns)" fd01::2 "$BYTES"
	check_eq "checksum errors" "$(csum_errors)" "$before"
}

leg()
{
	jqv ".[0].legs[0].stats.$1" show acme
}

far_end()
{
	cip -j -s link show c1 | jq ".[0].stats64.$1.packets"
}

# begin_counting rx|tx: of the leg; it and the far end at the same frame.
begin_counting()
{
	[[ $1 == rx ]] && FAR=tx || FAR=rx
	NEAR=$1_packets
	FAR_BEGIN=
	until [[ $FAR_BEGIN == "$(far_end "$FAR")" ]]; do
		FAR_BEGIN=$(far_end "$FAR")
		NEAR_BEGIN=$(leg "$NEAR")
	done
}

# Frames that the far end has counted since then and the leg has not.
uncounted()
{
	echo $(($(far_end "$FAR") - FAR_BEGIN - $(leg "$NEAR") + NEAR_BEGIN))
}

# Frames on the wire are never longer than the MTU and the two tags allow.
wire_frames_fit()
{
	local way frames bytes

	for way in rx tx; do
		frames=$(leg "${way}_packets")
		bytes=$(leg "${way}_bytes")
		((bytes > 2 * BYTES && bytes <= frames * (1492 + 14 + 8)))
		check_err $? "$way: $bytes bytes in $frames frames"
	done
}

# Segmentation does not follow: what the port cannot do the core does for it.
features_follow_the_port()
{
	local f

	acme
	offload on tx sg tso gso
	for f in tx-checksum-ip-generic tx-scatter-gather; do
		check_eq "$f" "$(feature "$f")" "$(feature "$f" p1)"
		pexec ethtool -K p1 "$f" off > /dev/null 2>&1
		check_eq "$f, off at the port" "$(feature "$f")" off
		pexec ethtool -K p1 "$f" on > /dev/null 2>&1
		check_eq "$f, on at the port" "$(feature "$f")" on
	done
	offload on tx sg tso gso
}

features_are_what_both_ports_have()
{
	v port show p2 > /dev/null 2>&1 || must v port add p2
	acme
	must v circuit leg add acme p2:100
	offload on tx sg tso gso
	check_eq "scatter-gather" "$(feature tx-scatter-gather)" on
	pexec ethtool -K p2 sg off > /dev/null
	check_eq "scatter-gather, off at the second port" \
		"$(feature tx-scatter-gather)" off
	must v circuit leg del acme role secondary
	check_eq "scatter-gather, second leg gone" \
		"$(feature tx-scatter-gather)" on
	pexec ethtool -K p2 sg on > /dev/null
}

lro_is_off()
{
	acme
	check_eq "LRO" "$(feature large-receive-offload p1)" off
	check_eq "LRO of the peering" "$(feature large-receive-offload)" off
}

large_sends_and_receives()
{
	acme
	customer 100 10
	offload on tx sg tso gso rxvlan txvlan
	streams
	wire_frames_fit
}

without_segmentation_offload()
{
	acme
	customer 100 10
	offload off tso gso
	begin_counting tx
	streams
	wire_frames_fit
	# Nothing is segmented behind the counter, so it counts what arrives.
	until_eq 5 0 uncounted
	offload on tso gso
}

without_any_offload()
{
	acme
	customer 100 10
	offload off tso gso tx sg rxvlan txvlan
	streams
	wire_frames_fit
	offload on tx sg tso gso rxvlan txvlan
}

# GRO hands the peering packets of many frames; they count as what they were.
receive_offload_on_the_port()
{
	acme
	customer 100 10
	offload off tso gso
	offload on gro
	begin_counting rx
	streams
	wire_frames_fit
	until_eq 5 0 uncounted
	offload off gro
	offload on tso gso
}

each_tpid_and_attachment()
{
	acme
	PROTO=(proto 802.1ad)
	customer 100 99
	PROTO=()
	cip link del c1.100.99
	customer_vlan c1.100 10 10.1.0.1/30 fd01::1/64 > /dev/null
	cip link set c1.100.10 mtu 1492
	must v port set p1 tpid 88a8
	streams
	must v port set p1 tpid 8100
	customer 100 10
	must v peering set acme-p cvid untagged
	must v circuit leg set acme role primary p1:100.10
	streams
}

gso_limits()
{
	local limit

	pip link set p1 gso_max_size 30000 2> /dev/null
	acme
	limit=$(pip -j -d link show acme-p | jq '.[0].gso_max_size')
	((limit <= $(pip -j -d link show p1 | jq '.[0].gso_max_size')))
	check_err $? "gso_max_size $limit is above that of the port"
	pip link set p1 gso_max_size 65536 2> /dev/null
}

# The port puts headers of its own before ours: there has to be room for them.
port_with_a_tunnel_below()
{
	cip link del c1.100 2> /dev/null
	cip addr add 192.0.2.1/24 dev c2
	pip addr add 192.0.2.2/24 dev p2
	v port del p2 > /dev/null 2>&1
	if ! pip link add vx type vxlan id 5 remote 192.0.2.1 dstport 4789 \
		2> /dev/null; then
		skip "no vxlan"
		return
	fi
	cip link add vx type vxlan id 5 remote 192.0.2.2 dstport 4789
	cip link set vx up
	pip link set vx up
	must v port add vx local any
	must v circuit add acme leg vx:100
	must v peering add acme-p circuit acme cvid 10
	pip link set acme-p up
	addr_add pip acme-p 10.1.0.2/30
	addr_add pip acme-p fd01::2/64
	customer_vlan vx 100 > /dev/null
	customer_vlan vx.100 10 10.1.0.1/30 fd01::1/64 > /dev/null
	cip link set vx.100.10 mtu \
		"$(pip -j link show acme-p | jq '.[0].mtu')"
	streams
	vxc_flush
	pip link del vx
	cip link del vx
	cip addr flush dev c2
	pip addr flush dev p2
}

frames_with_an_upper_vlan()
{
	acme
	pip link add link acme-p name above type vlan id 33
	pip link set above up
	addr_add pip above 10.4.0.2/30
	customer 100 10
	customer_vlan c1.100.10 33 10.4.0.1/30 > /dev/null
	# Three tags: they leave as they are and are refused on the way back.
	pexec ping -q -n -c 2 -i 0.1 -W 1 10.4.0.1 > /dev/null 2>&1
	(($(jqv '.[0].legs[0].drops["extra-tag"] // 0' show acme) > 0))
	check_err $? "no frame was dropped for its third tag"
	pip link del above
}

run_tests
