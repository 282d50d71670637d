#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The main job of vxc on real parts: a redundant QinQ circuit that carries
# BGP-routed IPv4 and IPv6, one link of it cut, and mended again. A second
# customer then has a BGP session per link instead.
#
# Run it as root inside a virtual machine: it makes namespaces with plain
# names and loads the module. "make demo" does so.

set -uE

cd "$(dirname "$0")" || exit 1

usage()
{
	cat <<- EOF_USAGE
		Usage: run.sh [--color] [--shell]
		  --color   also where the output is no terminal
		  --shell   leave everything up and open a shell at the end
	EOF_USAGE
	exit "$1"
}

SHELL_WANTED='' COLOR_WANTED=''
for option; do
	case $option in
	--color) COLOR_WANTED=1 ;;
	--shell) SHELL_WANTED=1 ;;
	-h | --help) usage 0 ;;
	*) usage 1 >&2 ;;
	esac
done

WORK=$(mktemp -d /tmp/vxc-demo.XXXXXX)
# Deadlines are for a machine that is not emulated; they cost only who fails.
# A kernel that checks itself needs longer for everything.
SCALE=${VXC_DEMO_SCALE:-4}
[[ ! -e /proc/lockdep ]] || SCALE=$((SCALE * 5))

# shellcheck source=selftests/demo/say.sh
. ./say.sh
# shellcheck source=selftests/demo/net.sh
. ./net.sh
# shellcheck source=selftests/demo/bgp.sh
. ./bgp.sh
# shellcheck source=selftests/demo/traffic.sh
. ./traffic.sh

TCP_SERVER='' TCP_CLIENT=''

cleanup()
{
	local pid

	for pid in "${FLOW_PID[@]}" $TCP_CLIENT $TCP_SERVER; do
		kill "$pid" 2> /dev/null
	done
	frr_stop
	net_remove
	rm -rf "$WORK"
}
trap cleanup EXIT
trap '((BASH_SUBSHELL)) || fail "$BASH_COMMAND"' ERR

vxc() { ip netns exec provider vxc "$@"; }
vxc_json() { ip netns exec provider vxc -j "$@"; }

# circuit_is FILTER...: every jq filter holds for circuit acme.
circuit_is()
{
	local filter

	for filter; do
		vxc_json show "$CIRCUIT" |
		jq -e ".[0] | $filter" > /dev/null 2>&1 || return 1
	done
}

leg_tx()
{
	vxc_json show "$CIRCUIT" |
	jq ".[0].legs[] | select(.role == \"$1\").stats.tx_packets"
}

diagnose()
{
	set -x
	vxc show
	vxc port show
	ip -n provider -br link
	ip -n customer -br link
	ip -n provider route show table all proto bgp
	ip -n customer route show table all proto bgp
	tail -n 20 "$WORK/tcp-client" "$WORK"/*.log
	for ns in "${FRR_INSTANCES[@]}"; do
		vtysh -N "$ns" -c 'show bgp vrf all summary' \
			-c 'show bgp vrf all ipv4 unicast' \
			-c 'show bgp vrf all ipv6 unicast' < /dev/null
	done
	dmesg | tail -n 20
	set +x
}

load_module()
{
	[[ -e /sys/module/vxc ]] || insmod ../../vxc.ko || modprobe vxc
}

act_boot()
{
	title "Boot: Linux $(uname -r), two machines, two links"
	net_draw
	check "the module is loaded" load_module
	customer_build
	provider_build
	ip netns add cable
	cable_lay 1
	cable_lay 2
	customer_connect
	cable_mend 1
	cable_mend 2
}

links_have_carrier()
{
	carrier_at provider p1 1 && carrier_at provider p2 1 &&
		carrier_at customer c1 1 && carrier_at customer c2 1 &&
		bond_uses c1
}

act_circuit()
{
	CIRCUIT=acme

	title 'Circuit: what the provider types'
	# The networks behind the provider are the host's own here.
	run vxc port add p1 local any
	run vxc port add p2 local any
	check_within 10 'both links have carrier at both ends' links_have_carrier
	run vxc circuit add acme leg p1:100 leg p2:100
	run vxc peering add acme-pri circuit acme cvid 10 vrf acme \
		address 172.16.0.2/30 address fd00:10::2/126
	run vxc peering add acme-ms circuit acme cvid 20 vrf microsoft \
		address 192.0.2.2/30 address 2001:db8:20::2/126
	check_within 10 'circuit acme is up, its primary leg is active' \
		circuit_is '.state == "up"' '.active == "primary"'
	check_within 10 'both peerings are up' \
		circuit_is '[.peerings[].state] == ["up", "up"]'
	check_within 10 'the customer reaches both peerings' customer_pings
	check 'on the wire: S-VID 100 outside, C-VID 10 inside' wire_shows_tags
}

customer_pings()
{
	local address

	for address in 172.16.0.2 fd00:10::2 192.0.2.2 2001:db8:20::2; do
		in_customer ping -n -q -c 1 -W $((5 * SCALE)) "$address" \
			> /dev/null || return 1
	done
}

wire_shows_tags()
{
	ip netns exec cable timeout $((20 * SCALE)) tcpdump -ennt -c 2 -i 1p \
		'vlan 100 and vlan 10 and icmp' > "$WORK/wire" \
		2> "$WORK/wire-log" < /dev/null &
	local pid=$!

	within 10 grep -q 'listening on' "$WORK/wire-log" || return 1
	in_customer ping -n -q -c 1 -W 5 172.16.0.2 > /dev/null
	wait "$pid" || return 1
	indent < "$WORK/wire"
	grep -q 'vlan 100,.*vlan 10, p 0, ethertype IPv4.*> 172.16.0.2' \
		"$WORK/wire" &&
		grep -q 'vlan 100,.*vlan 10, p 0, ethertype IPv4.*> 172.16.0.1' \
			"$WORK/wire"
}

act_bgp()
{
	title 'BGP: FRR on both machines, IPv4 and IPv6 in both VRFs'
	check 'FRR runs at the provider' frr_start provider
	check 'FRR runs at the customer' frr_start customer
	check_within 60 'the provider has four sessions and learns prefixes' \
		bgp_established provider 4
	check_within 60 'the customer has four sessions and learns prefixes' \
		bgp_established customer 4
	check_within 10 'every prefix is in the table of its VRF, and no other' \
		routes_learned
	check 'one VRF does not reach the prefixes of the other' vrfs_apart
	bgp_tell provider | grep -v '^beta ' | indent
}

routes_learned()
{
	routes_are provider "$(printf '%s\n' '10.1.0.0/24 1001' \
		'198.51.100.0/24 1002' '2001:db8:1::/64 1002' \
		'fd00:1::/64 1001')" &&
		routes_are customer "$(printf '%s main\n' 10.200.0.0/24 \
			2001:db8:365::/64 203.0.113.0/24 fd00:200::/64)"
}

vrfs_apart()
{
	! in_provider ip route get vrf microsoft 10.1.0.1 &&
		! in_provider ip route get vrf acme 198.51.100.1
} > /dev/null 2>&1

act_traffic()
{
	title 'Traffic: from the networks of the customer to those behind vxc'
	say 'fifty echo requests a second in each VRF and family, and TCP'
	flow_start acme-ipv4 10.1.0.1 10.200.0.1
	flow_start acme-ipv6 fd00:1::1 fd00:200::1
	flow_start microsoft-ipv4 198.51.100.1 203.0.113.1
	flow_start microsoft-ipv6 2001:db8:1::1 2001:db8:365::1
	check 'all four flows run' flows_advance 50
	check 'TCP runs' tcp_start 10.1.0.1 10.200.0.1
	check 'nothing leaves over the secondary leg' secondary_is_silent
	run vxc show
	run vxc show acme
}

secondary_is_silent()
{
	local before

	before=$(leg_tx secondary) && flows_advance 20 &&
		[[ $(leg_tx secondary) == "$before" ]]
}

identity()
{
	ip -n provider -j link show type vxc |
		jq -c '[.[] | [.ifname, .ifindex, .address]]'
}

act_cut()
{
	title 'Cut: link 1 is cut while the traffic runs'
	HISTORY=$(bgp_history provider)
	IDENTITY=$(identity)
	[[ $(grep -c Established <<< "$HISTORY") == 4 ]]
	cable_cut 1
	check_within 10 'the secondary leg is active, the circuit degraded' \
		circuit_is '.active == "secondary"' '.state == "degraded"'
	check 'vxc tells why: the primary leg has no carrier' circuit_is \
		'.legs[] | select(.role == "primary").reason == "no-carrier"'
	check_within 10 'the customer uses link 2 as well' bond_uses c2
	check 'all four flows go on' flows_advance 50
	run vxc show
	run vxc show acme
}

act_mend()
{
	title 'Mend: link 1 is repaired'
	cable_mend 1
	check_within 10 'traffic is back on the primary leg, all is up' \
		circuit_is '.active == "primary"' '.state == "up"'
	check_within 10 'the customer is back on link 1' bond_uses c1
	check 'all four flows go on' flows_advance 50
	check 'TCP has come through' tcp_stop
	flows_stop
	check 'no BGP session was reset' bgp_unchanged provider "$HISTORY"
	check 'the peerings kept ifindex and address' \
		test "$(identity)" == "$IDENTITY"
	bgp_tell provider | grep -v '^beta ' | indent
	act_mend_report
}

act_mend_report()
{
	local name sent lost dup gap time idle

	say 'lost in cut and repair together:'
	for name in acme-ipv4 acme-ipv6 microsoft-ipv4 microsoft-ipv6; do
		read -r sent lost dup gap <<< "$(flow_report "$name")"
		printf '     %-15s %5d sent %3d lost %2d doubled, %s\n' "$name" \
			"$sent" "$lost" "$dup" "longest silence $gap ms"
		((sent > 0 && lost < 50 && dup == 0)) ||
			fail "$name: a second or more was lost"
	done
	ok 'no flow lost as much as a second of its traffic'
	read -r sent lost time idle <<< "$(tcp_report)"
	((idle <= SCALE)) || fail "TCP stood still for $idle of $time seconds"
	ok "TCP sent $sent kB in $time s, $lost segments again"
}

act_ecmp()
{
	CIRCUIT=beta

	title 'A second customer: a BGP session per link and both links in use'
	beta_build
	run vxc circuit add beta leg p1:200 leg p2:200
	run vxc peering add beta-1 circuit beta cvid 10 leg primary vrf beta
	run vxc peering add beta-2 circuit beta cvid 10 leg secondary vrf beta
	# FRR 8.4 loses an address that it hears of before it does of the device
	check_within 20 'FRR has seen both peerings' frr_knows provider beta-1 \
		beta-2
	run ip -n provider address add 192.168.100.130/30 dev beta-1
	run ip -n provider address add 192.168.100.134/30 dev beta-2
	check 'FRR runs at the second customer' frr_start beta
	check_within 60 'two sessions are up' bgp_established beta 2
	check_within 20 'the provider has two next hops for 10.2.0.0/24' \
		next_hops provider 1003 10.2.0.0/24 2
	check_within 20 'the customer has two next hops for 10.201.0.0/24' \
		next_hops beta main 10.201.0.0/24 2
	act_ecmp_share
	cable_cut 2
	check_within 20 'link 2 is cut: the provider has one next hop left' \
		next_hops provider 1003 10.2.0.0/24 1
	check_within 20 'and so has the customer' \
		next_hops beta main 10.201.0.0/24 1
	check 'all destinations answer' beta_pings
	check 'the peering of the dead leg is down, the other one up' circuit_is \
		'[.peerings[] | [.name, .state]] | sort ==
			[["beta-1", "up"], ["beta-2", "down"]]'
	run vxc show
	cable_mend 2
	check_within 60 'link 2 is mended: two sessions again' \
		bgp_established beta 2
	check_within 20 'two next hops again at the provider' \
		next_hops provider 1003 10.2.0.0/24 2
	check_within 20 'and at the customer' \
		next_hops beta main 10.201.0.0/24 2
}

beta_pings()
{
	local i

	for i in {1..24}; do
		in_beta ping -n -q -c 1 -W $((5 * SCALE)) -I 10.2.0.1 \
			"10.201.0.$i" > /dev/null || return 1
	done
}

act_ecmp_share()
{
	local first second

	first=$(leg_tx primary) second=$(leg_tx secondary)
	check '24 destinations answer' beta_pings
	first=$(($(leg_tx primary) - first))
	second=$(($(leg_tx secondary) - second))
	say "frames sent by vxc: $first over the primary, $second over the secondary leg"
	((first >= 3 && second >= 3)) || fail 'only one leg is in use'
	ok 'both legs carry traffic'
}

act_end()
{
	title 'End: everything is taken down again'
	frr_stop
	check 'a provisioned circuit is not deleted by mistake' \
		circuit_is_protected
	run vxc circuit del beta force
	run vxc circuit del acme force
	run vxc port del p1
	run vxc port del p2
	net_remove
	check 'the module can be unloaded' rmmod vxc
}

circuit_is_protected()
{
	! vxc circuit del acme 2> "$WORK/refusal" &&
		indent < "$WORK/refusal"
}

play()
{
	cat <<- EOF_PLAY

		Everything is up: namespaces provider, customer, beta and cable.
		  vxc show                          (here: the provider's vxc)
		  on customer ping -I 10.1.0.1 10.200.0.1
		  cable cut 1, cable mend 1         (the links, 1 and 2)
		  vtysh -N provider, vtysh -N customer
		exit ends the demo and the virtual machine.
	EOF_PLAY
	cat > "$WORK/rc" <<- 'EOF_RC'
		on() { ip netns exec "$@"; }
		cable() { "cable_$1" "$2"; }
		PS1='vxc demo # '
	EOF_RC
	export -f vxc cable_set cable_cut cable_mend
	bash --rcfile "$WORK/rc" -i || true
}

act_boot
act_circuit
act_bgp
act_traffic
act_cut
act_mend
act_ecmp
if [[ -n $SHELL_WANTED ]]; then
	verdict
	play
else
	act_end
	verdict
fi
