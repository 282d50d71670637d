#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The command: what its objects can, how they read back, who may, and the plugin
# for ip.
#
#   C   c1    c2            customer
#       |     |
#   P   p1    p2            ports

# shellcheck source=cli.bash
. "$(dirname "$0")/cli.bash"

ALL_TESTS="
	nothing_is_an_empty_list
	port_commands
	circuit_commands
	leg_commands
	peering_commands
	peering_add_is_whole_or_not_at_all
	peering_set_by_rtnetlink
	reads_back_what_was_set
	who_may_see_and_change
	network_namespaces
	ip_link_plugin
	without_the_module
"

nothing_is_an_empty_list()
{
	local what

	for what in "port show" "circuit show" "peering show" show \
		"port list"; do
		# shellcheck disable=SC2086 # words
		check_eq "-j $what" "$(v -j $what)" "[]"
		# shellcheck disable=SC2086
		check_eq "$what" "$(v $what 2>&1)" ""
		# shellcheck disable=SC2086
		must v $what
	done
	check_eq "-j -p show" "$(v -j -p show)" "[]"
}

port_commands()
{
	must v port add p1
	must v port add p2 tpid 88a8 unmatched drop
	check_eq ports "$(jqv '.[] | "\(.name) \(.tpid) \(.unmatched)"' port \
		show | paste -sd,)" "p1 8100 pass,p2 88a8 drop"
	must v port set p2 tpid 9100
	check_eq "set one thing" "$(jqv '.[0] | "\(.tpid) \(.unmatched)"' \
		port show p2)" "9100 drop"
	says 0 '^p2: up tpid 9100 unmatched drop mtu 1500 legs 0 ' port show p2
	refused 'p9' port show p9
	must v circuit add acme leg p1:100
	refused 'p1.*(leg|acme)' port del p1
	must v port del p1 force
	check_eq "by force" "$(jqv '.[0] | "\(.state) \(.reason)"' port show \
		p1)" "down port-absent"
	must v circuit del acme force
	must v port del p1
	must v port del p2
	check_eq ports "$(jqv length port show)" 0
}

circuit_commands()
{
	local key=01234567-89ab-cdef-0123-456789abcdef

	ports
	must v circuit add acme id 77 key "$key" leg p1:100 leg p2:100.5 \
		description "two words" metadata site=fra1 metadata a=b=c \
		revertive off wtr 90s admin down
	check_eq circuit "$(jqv '.[0] | [.id, .name, .key, .description,
		.metadata, .admin, .provisioning, .revertive, .wtr,
		.state, .reason]' circuit show acme)" \
		"[77,\"acme\",\"$key\",\"two words\",$(
		)"'{"site":"fra1","a":"b=c"},"down","provisioned",false,90000,"down","admin-down"]'
	check_eq legs "$(jqv '.[0].legs[] | [.role, .attachment, .port,
		.match, .svid, .cvid]' circuit show acme | paste -sd' ')" \
		'["primary","p1:100","p1","svid",100,null] ["secondary","p2:100.5","p2","svid-cvid",100,5]'
	must v circuit set acme admin up name globex metadata site=
	check_eq "what was not named stays" "$(jqv '.[0] | [.admin, .revertive,
		.description, .metadata]' circuit show globex)" \
		'["up",false,"two words",{"a":"b=c"}]'
	refused 'no.* acme' circuit show acme
	must v circuit switch globex manual secondary
	check_eq switched "$(circ active globex) $(circ request globex)" \
		"secondary manual-switch"
	must v circuit switch globex clear
	check_eq cleared "$(circ request globex)" do-not-revert
	must v circuit switch globex clear
	check_eq "cleared again" "$(circ active globex)" primary
	refused 'provisioned' circuit del globex
	must v circuit set globex provisioning not-provisioned
	must v circuit del globex
	check_eq circuits "$(jqv length circuit show)" 0
}

leg_commands()
{
	ports
	must v circuit add acme
	must v leg add circuit acme p1:100
	must v circuit leg add acme role secondary p2:untagged
	check_eq legs "$(jqv '.[0].legs[] | "\(.role) \(.attachment)"' \
		circuit show acme | paste -sd,)" \
		"primary p1:100,secondary p2:untagged"
	must v leg set circuit acme role secondary 'p2:*'
	must v circuit leg set acme p1:200.300 role primary
	check_eq legs "$(jqv '.[0].legs[] | "\(.role) \(.attachment)"' \
		circuit show acme | paste -sd,)" \
		"primary p1:200.300,secondary p2:*"
	must v leg del circuit acme role primary
	must v circuit leg del acme role secondary
	check_eq legs "$(jqv '.[0].legs | length' circuit show acme)" 0
}

peering_commands()
{
	local ifindex

	acme_vrf
	check_eq peering "$(jqv '.[0] | [.name, .circuit, .cvid, .role, .vrf,
		.device, .state, .addresses]' peering show acme-p)" \
		'["acme-p","acme",10,null,"blue","up","up",["172.16.0.2/30","fd00::2/64"]]'
	[[ $(pip -j addr show acme-p | jq -r '.[0].addr_info[] |
		select(.local == "fd00::2") | .nodad') == true ]] ||
		fail "the IPv6 address waits for duplicates"
	must v peering add acme-1 circuit acme leg secondary mtu 1400 \
		mac 02:00:00:00:00:11 pcp 5 dei 1 down
	check_eq peering "$(jqv '.[0] | [.cvid, .role, .vrf, .device, .mtu,
		.address, .pcp_source, .pcp, .dei, .addresses]' peering show \
		acme-1)" '[null,"secondary",null,"down",1400,"02:00:00:00:00:11","fixed",5,1,[]]'
	ifindex=$(jqv '.[0].ifindex' peering show acme-1)
	must v peering set acme-1 cvid 11 leg primary mtu 1300 pcp priority
	check_eq peering "$(jqv '.[0] | [.cvid, .role, .mtu, .pcp_source,
		.dei]' peering show acme-1)" '[11,"primary",1300,"priority",1]'
	must v peering set acme-1 cvid untagged leg protected
	check_eq peering "$(jqv '.[0] | [.cvid, .role, .ifindex]' \
		peering show acme-1)" "[null,null,$ifindex]"
	check_eq list "$(jqv '.[].name' peering show circuit acme | sort |
		paste -sd,)" acme-1,acme-p
	must v circuit add other
	check_eq list "$(jqv length peering show circuit other)" 0
	must v peering del acme-1
	refused 'no peering acme-1' peering del acme-1
	pip link del blue
}

peering_add_is_whole_or_not_at_all()
{
	acme
	refused 'no VRF "red".*ip link add red type vrf' \
		peering add x circuit acme cvid 5 vrf red
	refused 'p1 is not a VRF' peering add x circuit acme cvid 5 vrf p1
	says 2 '^  +\^{13}$' peering add x circuit acme cvid 5 \
		address 172.16.0.2/30 address 172.16.0.2/30
	no pip link show x
	check_eq peerings "$(jqv length peering show)" 0
	usage 'expected ADDRESS/LENGTH' \
		peering add x circuit acme address 172.16.0.2
	no pip link show x
}

peering_set_by_rtnetlink()
{
	local ifindex

	acme_vrf
	ifindex=$(jqv '.[0].ifindex' peering show acme-p)
	pip link add green type vrf table 1002
	must v peering set acme-p vrf green mac 02:00:00:00:00:12
	check_eq peering "$(jqv '.[0] | [.vrf, .address, .ifindex]' \
		peering show acme-p)" "[\"green\",\"02:00:00:00:00:12\",$ifindex]"
	must v peering set acme-p vrf none
	check_eq vrf "$(jqv '.[0].vrf' peering show acme-p)" null
	must pip link set acme-p down
	must v peering set acme-p name acme-q cvid 12
	check_eq peering "$(jqv '.[0] | [.cvid, .ifindex]' \
		peering show acme-q)" "[12,$ifindex]"
	no v peering show acme-p
	says 2 'exists' peering set acme-q name p1
	pip link del blue
	pip link del green
}

# set -> show -> the same set again changes nothing
reads_back_what_was_set()
{
	local before

	acme
	must v circuit set acme description 'x "y"' metadata 'a=b c' \
		revertive off wtr 90s
	before=$(v -j circuit show acme | jq 'del(.. | .since?)')
	must v circuit set acme key "$(jqv '.[0].key' circuit show acme)" 2> \
		/dev/null || RET=0
	must v circuit set acme \
		description "$(jqv '.[0].description' circuit show acme)" \
		metadata "a=$(jqv '.[0].metadata.a' circuit show acme)" \
		admin "$(circ admin)" provisioning "$(circ provisioning)" \
		wtr "$(circ wtr)ms" revertive off
	must v leg set circuit acme role primary \
		"$(jqv '.[0].legs[0].attachment' circuit show acme)"
	check_eq "after the same settings" \
		"$(v -j circuit show acme | jq 'del(.. | .since?)')" "$before"
}

# As nobody, in the provider's namespace
nobody()
{
	local run=(setpriv --reuid=65534 --regid=65534 --clear-groups
		--bounding-set=-all)

	pexec "${run[@]}" "$VXC" "$@"
}

who_may_see_and_change()
{
	local out

	acme
	[[ $(circ key) == ????????-????-????-????-???????????? ]] ||
		fail "the administrator sees no key"
	check_eq "key for nobody" \
		"$(nobody -j show acme | jq -r '.[0] | has("key")')" false
	check_eq "the rest for nobody" \
		"$(nobody -j show acme | jq -r '.[0].legs | length')" 2
	out=$(nobody circuit add b 2>&1)
	check_eq "exit status" "$?" 2
	grep -q CAP_NET_ADMIN <<< "$out" || fail "no capability in: $out"
	check_eq circuits "$(jqv length circuit show)" 1
}

network_namespaces()
{
	acme
	ip netns add "$C-x"
	NETNS_LIST+=("$C-x")
	check_eq "another namespace" "$("$VXC" -n "$C-x" -j show)" "[]"
	must "$VXC" -n "$C-x" circuit add acme
	check_eq "by its path" "$("$VXC" -n "/run/netns/$C-x" -j show |
		jq -r '.[0].name')" acme
	usage 'no-such-ns' -n no-such-ns show
	must "$VXC" -n "$C-x" circuit del acme
}

ip_link_plugin()
{
	local dir

	dir=$(dirname "$VXC")
	[[ -f $dir/link_vxc.so ]] && export IP_LIB_DIR=$dir
	if ! ip link help vxc 2>&1 | grep -q 'type vxc circuit'; then
		skip "no plugin for ip here"
		return
	fi
	acme
	must pip link add acme-p type vxc circuit acme cvid 10 leg secondary \
		pcp 3 dei 1
	check_eq "ip -d link" "$(pip -d -j link show acme-p | jq -c \
		'.[0].linkinfo.info_data | del(.circuit_id)')" \
		'{"circuit":"acme","cvid":10,"role":"secondary","pcp":3,"dei":1}'
	pip -d link show acme-p | grep -q \
		'vxc circuit acme id [0-9]* cvid 10 leg secondary pcp 3 dei 1 ' ||
		fail "$(pip -d link show acme-p)"
	check_eq "vxc peering" "$(jqv '.[0] | [.cvid, .role, .pcp, .dei]' \
		peering show acme-p)" '[10,"secondary",3,1]'
	must pip link add acme-q type vxc circuit acme cvid 11 pcp priority
	check_eq "pcp priority" "$(jqv '.[0].pcp_source' peering show acme-q)" \
		priority
	no pip link add x type vxc circuit acme cvid 4095
	no pip link add x type vxc circuit acme cvid 12 cvid 13
	no pip link add x type vxc circuit acme leg tertiary
	no pip link add x type vxc circuit nosuch
	no pip link add x type vxc
	no pip link add x type vxc circuit acme colour red
	must pip link del acme-p
	check_eq peerings "$(jqv '[.[].name]' peering show)" '["acme-q"]'
	unset IP_LIB_DIR
}

without_the_module()
{
	vxc_flush
	busywait 10 rmmod vxc || fail "rmmod"
	refused 'the vxc kernel module is not loaded \(modprobe vxc\)' show
	refused 'not loaded' circuit add acme
	refused 'not loaded' monitor
	check_eq module "$(jqv .module version)" null
	must module_load
}

run_tests
