#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The command: every object and option, valid JSON everywhere, messages that
# name the words at fault, exit statuses, and the plugin for ip.
#
#   C   c1    c2            customer
#       |     |
#   P   p1    p2            ports

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

ALL_TESTS="
	versions_and_help
	nothing_is_an_empty_list
	port_commands
	circuit_commands
	leg_commands
	peering_commands
	peering_add_is_whole_or_not_at_all
	peering_set_by_rtnetlink
	json_is_valid_everywhere
	strings_are_escaped
	text_says_what_json_says
	show_is_a_row_of_state
	brief_columns
	warnings
	unknown_vlans_are_named
	abbreviations
	usage_errors
	refusals_mark_the_words
	reads_back_what_was_set
	who_may_see_and_change
	network_namespaces
	output_that_cannot_be_written
	colours
	completion
	ip_link_plugin
	without_the_module
"

setup_all()
{
	setup_provider
	quiet_ns "$C"
	wire sync sync
	wire c1 p1
	wire c2 p2
}

ports()
{
	must v port add p1 && must v port add p2
}

acme()
{
	ports
	must v circuit add acme leg p1:100 leg p2:100 "$@"
}

acme_vrf()
{
	acme
	pip link add blue type vrf table 1001 2> /dev/null
	pip link set blue up
	must v peering add acme-p circuit acme cvid 10 vrf blue \
		address 172.16.0.2/30 address fd00::2/64
}

# says STATUS REGEX VXC-ARGUMENTS...
says()
{
	local status=$1 regex=$2 out rc

	shift 2
	out=$(v "$@" 2>&1)
	rc=$?
	((rc == status)) || fail "vxc $*: exit status $rc, not $status: $out"
	grep -Eq -- "$regex" <<< "$out" ||
		fail "vxc $*: no /$regex/ in: $out"
}

# usage REGEX VXC-ARGUMENTS...: a usage error
usage()
{
	says 1 "$@"
}

# What changes from one call to the next
STABLE='del(.. | .since?, .age?, .stats?, .passed?)'

# valid VXC-ARGUMENTS...: its JSON is one document without duplicate keys,
# and the same whatever is asked for as text.
valid()
{
	local out=$WORK/json twice same

	v -j "$@" > "$out" || fail "vxc -j $* failed"
	[[ $(wc -l < "$out") == 1 ]] || fail "vxc -j $*: not one line"
	twice=$(duplicates < "$out") || fail "vxc -j $*: $(head -c 300 "$out")"
	[[ -z $twice ]] || fail "vxc -j $*: key twice: $twice"
	v -j -p -s -d -o -br "$@" >> "$out" || fail "vxc -j -p $* failed"
	same=$(jq -cs "map($STABLE) | length == 2 and .[0] == .[1]" < "$out")
	check_eq "vxc -j -p -s -d -o -br $* is as -j" "$same" true
}

# A path that leads to two leaves
duplicates()
{
	jq -c --stream 'select(length == 2) | .[0]' > "$WORK/leaves" &&
		sort "$WORK/leaves" | uniq -d
}

versions_and_help()
{
	local object command

	says 0 '^vxc version [0-9]+\.[0-9]+' -V
	says 0 '^vxc command [0-9.]+ module [0-9.]+$' version
	check_eq "module version" "$(jqv .module version)" \
		"$(cat /sys/module/vxc/version)"
	check_eq "command version" "$(jqv .command version)" \
		"$(v -V | cut -d' ' -f3)"
	[[ -z $(v version 2>&1 > /dev/null) ]] || fail "versions differ"
	says 0 '^Usage: vxc ' help
	says 0 '^Usage: vxc ' -h
	usage '^Usage: vxc '
	for object in port circuit leg peering; do
		says 0 "^Usage: vxc $object add" "$object" help
		says 0 "^Usage: vxc $object add" help "$object"
		for command in add set del; do
			says 0 "^Usage: vxc $object $command" \
				"$object" "$command" help
			says 0 "^Usage: vxc $object $command" \
				help "$object" "$command"
		done
	done
	says 0 '^Usage: vxc circuit leg add NAME' circuit leg help
	says 0 '^Usage: vxc show' show help
	says 0 '^Usage: vxc monitor' monitor help
	# Help is for reading: to standard output. A mistake is not.
	[[ -n $(v help 2> /dev/null) ]] || fail "help is not on stdout"
	[[ -z $(v circuit add 2> /dev/null) ]] || fail "usage is on stdout"
}

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

json_is_valid_everywhere()
{
	local what

	acme_vrf
	must v circuit add lone description 'a "b" \ c' metadata 'k"\=v"\ '
	must v peering add acme-2 circuit acme leg secondary
	cip link set c1 down
	for what in show "show acme" "port show" "port show p1" \
		"circuit show" "circuit show lone" "peering show" \
		"peering show acme-p" "peering show circuit acme" version; do
		# shellcheck disable=SC2086 # words
		valid $what
	done
	cip link set c1 up
	pip link del p2
	valid show
	valid port show
	wire c2 p2
	pip link del blue
}

strings_are_escaped()
{
	local text

	text=$'tab\there "quoted" \\ back\nline \e[31m \x01 \x7f gr\xc3\xbc\xc3\x9fe'
	must v circuit add acme description "$text" metadata "x=$text"
	valid circuit show
	check_eq description "$(jqv '.[0].description' circuit show)" "$text"
	check_eq metadata "$(jqv '.[0].metadata.x' circuit show)" "$text"
	v circuit show | LC_ALL=C grep -q $'[\x01\x1b\x7f]' &&
		fail "text has control characters"
	# What is no UTF-8 does not make the JSON invalid.
	must v circuit set acme description $'bad \xff\xc3 end'
	valid circuit show
	check_eq description "$(jqv '.[0].description' circuit show)" \
		$'bad \xef\xbf\xbd\xef\xbf\xbd end'
}

# Every value that -j prints is there with -d as well.
text_says_what_json_says()
{
	local what text value

	acme_vrf
	must v circuit set acme description "some text" metadata site=fra1
	for what in "circuit show acme" "port show p1" "peering show acme-p" \
		"show acme"; do
		# shellcheck disable=SC2086 # words
		text=$(v -d $what)
		while read -r value; do
			grep -Fqw -- "$value" <<< "$text" ||
				fail "-d $what lacks '$value'"
		done < <(
			# shellcheck disable=SC2086
			v -j $what | jq -r '
			del(.. | .wtr?, .since?, .age?, .reason?, .stats?,
			    .match?, .svid?, .port?) | .. | scalars |
			select(. != null and . != true and . != false)')
	done
	pip link del blue
}

show_is_a_row_of_state()
{
	acme_vrf
	check_eq header "$(v show | head -1 | tr -s ' ')" \
		"CIRCUIT STATE ACTIVE REQUEST RX TX DROPS PEERINGS REASON"
	until_eq 5 "acme up primary no-request 1/1 -" row
	cip link set c1 down
	until_eq 5 "acme degraded secondary signal-fail 1/1 leg primary: no-carrier" row
	pip link del p2
	until_eq 5 "acme down - no-request 0/1 leg primary: no-carrier, leg secondary: port-absent" row
	says 0 'acme: down \(leg primary: no-carrier, leg secondary: port-absent\)' \
		show acme
	check_eq brief "$(v -br show | tr -s ' ' | cut -d' ' -f9)" \
		"primary=no-carrier,secondary=port-absent"
	must v circuit set acme admin down
	says 0 '^acme: down \(admin-down\)' show acme
	says 0 ' drops [0-9]+$' -s show acme
	wire c2 p2
	cip link set c1 up
	pip link del blue
}

# The row without what runs
row()
{
	v show | awk '
	NR == 2 {
		printf "%s %s %s %s %s", $1, $2, $3,
			$3 == "-" ? "no-request" : $4, $8
		for (i = 9; i <= NF; i++)
			printf " %s", $i
		print ""
	}'
}

brief_columns()
{
	acme_vrf
	check_eq port "$(v -br port show p2 | awk '{ print NF, $1, $2, $3, $4,
		$5, $6 }')" "8 p2 up none 8100 pass 1"
	check_eq circuit "$(v -br circuit show | tr -s ' ')" \
		"acme up $(jqv '.[0].id' circuit show) p1:100,p2:100 none"
	check_eq peering "$(v -br peering show | tr -s ' ')" \
		"acme-p up acme 10 protected none"
	check_eq show "$(v -br show | awk '{ print NF, $1, $2, $3, $4, $8,
		$9 }')" "9 acme up primary no-request 1/1 -"
	# One line each, whatever there is to say
	check_eq oneline "$(v -o -d show | wc -l) $(v -o circuit show | wc -l)" \
		"1 1"
	says 0 '^acme: .*\\ +leg primary p1:100' -o show
	pip link del blue
}

warnings()
{
	ports
	must v circuit add acme leg p1:100 leg p1:101
	check_eq "both legs on one port" "$(jqv '.[0].warnings | length' show)" 1
	says 0 'warning: both legs are on port p1' show acme
	must v leg set circuit acme role secondary p2:100
	check_eq none "$(jqv '.[0].warnings | length' show)" 0
	pip link del p2
	says 0 'warning: leg secondary waits for port p2' show acme
	wire c2 p2
}

unknown_vlans_are_named()
{
	acme
	must "$PROGS/frames" run <<- SCRIPT
		netns C $C
		netns P $(pns)
		sync C:sync P:sync
		send C:c1 8100:101
		expect P:p1 8100:101
	SCRIPT
	until_eq 5 '[101,"8100",1]' \
		jqv '.[0].unknown[] | [.vid, .tpid, .packets]' port show p1
	says 0 '^ +unknown vid 101 tpid 8100 packets 1 age [0-9a-z.]+$' \
		port show p1
	says 0 'warning: nothing arrives on leg primary, but VLAN 101' show acme
	check_eq "the other port" "$(jqv '.[0].unknown | length' port show p2)" 0
}

abbreviations()
{
	must v po a p1 tp 88a8 u drop
	must v po a p2
	must v c a acme l p2:5 rev off
	must v c sw acme c
	must v c se acme d x
	must v l a c acme r secondary p1:7
	must v pe a acme-p ci acme cv 9 dow
	check_eq circuit "$(jqv '.[0] | [.description, .revertive,
		.legs[].attachment]' c sh acme)" '["x",false,"p2:5","p1:7"]'
	must v -j -st -de -on -ti s acme
	must v --json --statistics show
	usage 'ambiguous object "p": port or peering' p show
	usage 'ambiguous command "s": set, show or switch' circuit s
	usage 'ambiguous keyword "m": mtu or mac' \
		peering add x circuit acme m 1400
	# Values are never abbreviated.
	usage '"sec": expected primary or secondary' \
		leg add circuit acme role sec p1:9
	usage '"u": expected down or up' circuit set acme admin u
	usage 'unknown option "-x' -x show
	usage 'unknown option "-jsonx' -jsonx show
	usage 'unknown option "-json=1' -json=1 show
}

usage_errors()
{
	local att

	usage 'unknown object "nonsense": expected port, ' nonsense
	usage 'unknown command "make": expected add, ' circuit make
	usage 'NAME is missing' circuit add
	usage 'DEV is missing' port add
	usage 'circuit is missing' peering add x
	usage 'what to change is missing' circuit set acme
	usage '"wtr" needs a value' circuit set acme wtr
	usage '"wtr" is given twice' circuit set acme wtr 1s wtr 2s
	usage '"5": expected a time with its unit' circuit set acme wtr 5
	usage '"13m": expected at most 12m' circuit set acme wtr 13m
	usage '"x": expected a UUID' circuit add acme key x
	usage '"0": expected a number from 1' circuit add acme id 0
	usage '"nokey": expected KEY=VALUE' circuit add acme metadata nokey
	usage '"4095": expected a VLAN ID from 1 to 4094' \
		peering add x circuit acme cvid 4095
	usage '"8": expected a number from 0 to 7' \
		peering add x circuit acme pcp 8
	usage '"1.2.3.4/33": expected a prefix length' \
		peering add x circuit acme address 1.2.3.4/33
	usage 'longer than 63 bytes' circuit add "$(printf '%064d' 0)"
	usage 'longer than 255 bytes' \
		circuit add acme description "$(printf '%0256d' 0)"
	usage 'longer than 15 bytes' peering add sixteencharacter circuit a
	usage '"b" is one word too many' circuit show a b
	usage '"x" is one word too many' version x
	usage '"show" is one word too many after -batch' -b /dev/null show
	usage 'batch needs a value' -b
	usage 'expected always, auto or never' -color=maybe show
	usage 'transaction is for batch files' -txn show
	for att in p1 p1: :5 p1:0 p1:4095 p1:1.0 p1:1.4095 p1:1. p1:x 'p1:**' \
		p1:-1 'p 1:1' sixteencharacter:1; do
		usage "\"${att//\*/\\*}\": expected " \
			circuit add acme leg "$att"
	done
	check_eq "nothing was made" "$(jqv length circuit show)" 0
}

# marked WORD VXC-ARGUMENTS...: refused, and WORD is underlined.
marked()
{
	local word=$1 out

	shift
	out=$(v "$@" 2>&1 > /dev/null)
	(($? == 2)) || fail "vxc $* was not refused"
	out=$(awk -v word="$word" '
		/^ +\^+ *$/ {
			match($0, /\^+/)
			got = substr(last, RSTART, RLENGTH)
		}
		{ last = $0 }
		END { print got }' <<< "$out")
	check_eq "vxc $*: what is underlined" "$out" "$word"
}

refusals_mark_the_words()
{
	acme
	refused '^Error: .*[^.]\.$' circuit add acme
	marked acme circuit add acme
	marked p1:100 circuit add b leg p1:100
	marked p9:7 circuit add b leg p1:5 leg p9:7
	marked nosuch port add nosuch
	marked nosuch peering add x circuit nosuch
	marked nosuch circuit set nosuch admin up
	marked nosuch circuit del nosuch
	marked acme circuit del acme
	must v peering add acme-p circuit acme cvid 10
	marked acme-p peering add acme-p circuit acme cvid 11
	refused 'cvid 10.*acme-p|C-VID 10.*acme-p' \
		peering add x circuit acme cvid 10
	refused 'needs 9008|mtu 9000' \
		peering add x circuit acme cvid 11 mtu 9000
	check_eq "and nothing was made" \
		"$(jqv '[.[].name]' circuit show) $(jqv length peering show)" \
		'["acme"] 1'
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

output_that_cannot_be_written()
{
	acme
	[[ -w /dev/full ]] || return
	v show > /dev/full 2> "$WORK/err"
	check_eq "exit status" "$?" 2
	grep -q 'cannot write' "$WORK/err" || fail "$(cat "$WORK/err")"
}

colours()
{
	local esc=$'\e['

	acme
	[[ $(v show) == *"$esc"* ]] && fail "colour without a terminal"
	[[ $(v -c=always show) == *"$esc"* ]] || fail "no colour with always"
	[[ $(v -c show) == *"$esc"* ]] || fail "no colour with -c"
	[[ $(v -c -j show) == *"$esc"* ]] && fail "colour in JSON"
	[[ $(v -c=never show) == *"$esc"* ]] && fail "colour with never"
	# Colour or not, the columns are the same.
	check_eq "text" "$(v -c=always -br circuit show |
		sed 's/\x1b\[[0-9]*m//g')" "$(v -br circuit show)"
}

offers()
{
	local want=$1

	shift
	check_eq "complete '$*'" "$(v --complete "$@" | sort | paste -sd' ')" \
		"$want"
}

completion()
{
	acme_vrf
	offers "circuit" c
	offers "set show switch" circuit s
	offers "acme" circuit show a
	offers "acme" peering add x circuit a
	offers "blue" peering add x vrf b
	offers "down up" circuit set acme admin ""
	offers "not-provisioned" circuit set acme provisioning n
	offers "p1: p2:" circuit add x leg ""
	offers "p1: p2: role" circuit leg add acme ""
	offers "acme-p" peering set ""
	offers "untagged" peering set acme-p cvid ""
	offers "p1 p2" port set ""
	offers "revertive" circuit add x leg p1:1 wtr 1s r
	offers "-batch -brief" -b
	offers "@files" batch ""
	pip link del blue
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
