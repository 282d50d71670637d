#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# What the command prints: JSON that is always valid, text that lacks nothing of
# it, and the row of state.
#
#   C   c1    c2            customer
#       |     |
#   P   p1    p2            ports

# shellcheck source=cli.bash
. "$(dirname "$0")/cli.bash"

ALL_TESTS="
	json_is_valid_everywhere
	strings_are_escaped
	text_says_what_json_says
	show_is_a_row_of_state
	brief_columns
	warnings
	unknown_vlans_are_named
	output_that_cannot_be_written
	colours
"

# What changes from one call to the next
STABLE='del(.. | .since?, .age?, .stats?, .passed?, .drops?)'

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

json_is_valid_everywhere()
{
	local what

	acme_vrf
	must v circuit add lone description 'a "b" \ c' metadata 'k"\=v"\ '
	must v peering add acme-2 circuit acme leg secondary
	must v reach add group g acme lone dscp 5 prefix 10.0.0.0/8
	cip link set c1 down
	until_eq 5 "no-carrier secondary" \
		jqv '.[0] | "\(.legs[0].reason) \(.active)"' show acme
	for what in show "show acme" "port show" "port show p1" \
		"circuit show" "circuit show lone" "peering show" \
		"reach show" "reach show acme" \
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
			    .announce_interval?, .match?, .svid?, .port?,
			    .speed_now?) |
			.. | scalars |
			select(. != null and . != true and . != false)')
	done
	v -d port show p1 | grep -qw 'speed-now 10G'
	check_err $? "-d port show p1 lacks the speed"
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

run_tests
