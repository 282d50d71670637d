#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# How circuits get reach and lose it: keys, transactions, refusals, events, and
# what is shown of it.

# shellcheck source=reach-lib.sh
. "$(dirname "$0")/reach-lib.sh"

ALL_TESTS="
	key_is_issued_and_redeemed
	key_can_be_wrong_late_or_revoked
	keys_are_secret
	transactions_leave_no_trace
	refusals_say_why
	events_tell_of_reach
	vrf_ends_unreachable
	text_says_what_json_says
"

key_is_issued_and_redeemed()
{
	local key out

	sites
	key=$(jqv '.[0].key' reach authorize s1)
	[[ $key =~ ^[0-9a-f-]{36}$ ]] || fail "the key is '$key'"
	check_eq "before" "$(jqv '.[0] | "\(.state) \(.circuits)"' reach show)" \
		'authorized ["s1"]'
	silent 1 2
	out=$(v reach redeem "$key" circuit s2 2>&1)
	check_eq "what redeem prints" "$out" ""
	check_eq "after" "$(jqv '.[0] | "\(.state) \(.circuits) \(.key)"' \
		reach show)" 'active ["s1","s2"] null'
	passes 1 2
	refused 'no such authorization key' reach redeem "$key" circuit s3
	silent 1 3
}

key_can_be_wrong_late_or_revoked()
{
	sites
	refused 'no such authorization key' reach redeem "$KEY" circuit s2
	must v reach authorize s1 key "$KEY"
	refused 'exists already' reach authorize s2 key "$KEY"
	refused 'another circuit' reach redeem "$KEY" circuit s1
	must v reach del key "$KEY"
	refused 'no such authorization key' reach redeem "$KEY" circuit s2
	must v reach authorize s1 key "$KEY" until 2020-01-01T00:00:00
	refused 'time has ended' reach redeem "$KEY" circuit s2
	must v reach set key "$KEY" until never
	refused 'no circuit' reach redeem "$KEY" circuit nobody
	must v reach redeem "$KEY" circuit s2
	passes 1 2
	must v reach del s1 s2
	# Whoever authorizes and is deleted takes the key along.
	must v reach authorize s1 key "$KEY"
	must v circuit del s1 force
	refused 'no such authorization key' reach redeem "$KEY" circuit s2
}

# as_nobody COMMAND...: without privileges.
as_nobody()
{
	pexec setpriv --reuid 65534 --regid 65534 --clear-groups \
		--inh-caps=-all --bounding-set=-all "$@"
}

heard_of_reach()
{
	v reach set key "$KEY" dscp "$((RANDOM % 64))"
	grep -q authorized "$WORK/monitor"
}

keys_are_secret()
{
	local ops out

	sites
	must v reach authorize s1 key "$KEY"
	must v reach add s3 s4
	check_eq "the key as root sees it" "$(jqv '.[0].key' reach show)" \
		"$KEY"
	as_nobody "$VXC" -j reach show > "$WORK/shown"
	check_eq "reaches that nobody sees" "$(jq length "$WORK/shown")" 2
	check_eq "the key as nobody sees it" \
		"$(jq -c '.[0].key' "$WORK/shown")" null
	background "$WORK/monitor" as_nobody "$VXC" -j monitor reach
	wait_for 5 heard_of_reach
	finish "$BG"
	cat "$WORK/monitor" >> "$WORK/shown"
	grep -qi "$KEY" "$WORK/shown" && fail "the key is shown to nobody"
	# Nor can it be guessed, one key at a time, or used.
	for ops in "add reach circuit=s1 circuit=s2" \
		"add reach circuit=s1 key=$KEY" \
		"set reach key=$KEY circuit=s2" "del reach key=$KEY" \
		"set reach circuit=s3 circuit=s4 dscp=1" \
		"add reach group=g circuit=s1" \
		"del reach circuit=s3 circuit=s4"
	do
		out=$(as_nobody "$PROGS/vxcnl" apply "$ops")
		grep -q ^EPERM <<< "$out"
		check_err $? "'$ops' by nobody: $out"
	done
	silent 1 2
	passes 3 4
}

state()
{
	pexec "$PROGS/vxcnl" state
}

transactions_leave_no_trace()
{
	local ops before bad

	sites
	must v reach add s1 s2 prefix 10.0.0.0/8
	must v reach add s1 s3
	must v reach add group g s1 s2 s4
	must v reach authorize s3 key "$KEY"
	before=$(state)
	bad="del reach group=nobody"
	for ops in "add reach circuit=s1 circuit=s4" \
		"add reach group=h circuit=s1 circuit=s2 circuit=s3" \
		"del reach circuit=s1 circuit=s2" "del reach group=g" \
		"del reach group=g circuit=s2 circuit=s4" \
		"del reach group=g circuit=s1 circuit=s2 circuit=s4" \
		"set reach circuit=s1 circuit=s2 everything dscp=5" \
		"set reach key=$KEY circuit=s4" "del reach key=$KEY" \
		"add reach group=g circuit=s3 ; del reach group=g circuit=s1" \
		"set port name=p1 local=1" "set circuit name=s1 egress=1" \
		"del circuit name=s1 force" \
		"del circuit name=s3 force ; del circuit name=s2 force"
	do
		pexec "$PROGS/vxcnl" apply "$ops ; $bad" > "$WORK/out"
		check_eq "exit status of '$ops'" $? 2
		check_eq "state after '$ops'" "$(state)" "$before"
	done
	passes 2 4
	no at 1 ping -q -n -c 1 -W 0.3 10.1.9.2
	must pexec "$PROGS/vxcnl" apply "del reach circuit=s1 circuit=s2 ;
		add reach circuit=s2 circuit=s1 ; del reach group=g ;
		add reach group=g circuit=s3 ; del circuit name=s3 force"
	check_eq "what is left" "$(jqv '.[].circuits | join(" ")' reach show)" \
		"s2 s1"
}

refusals_say_why()
{
	sites
	must v reach add s1 s2
	refused 's2 and s1 have reach already' reach add s2 s1
	refused 's1 needs another circuit' reach add s1 s1
	refused 'between two circuits' reach add s1
	refused 'between two circuits' reach add s1 s2 s3
	refused 'no circuit.*nobody' reach add s1 nobody
	refused 's1 and s3 are no pair' reach del s1 s3
	refused 'no group here' reach del group here
	refused 'which circuits' reach add group g
	must v reach add group g s1 s3
	refused 's1 is in group g already' reach add group g s1
	refused 's2 is not in group g' reach del group g s2
	refused 'scope is changed with set' reach add group g s4 dscp 5
	refused 'is no name for a group' reach add group 'a b' s1
	refused 'an authorization key cannot be all zeros' reach authorize s1 \
		key 00000000-0000-0000-0000-000000000000
	check_eq "usage: no such DSCP" "$(v reach set s1 s2 dscp 64 2>&1 |
		grep -c '0 to 63')" 1
	check_eq "usage: no DSCP" "$(v reach set s1 s2 dscp none 2>&1 |
		grep -c '0 to 63')" 1
	check_eq "usage: no such day" "$(v reach set s1 s2 \
		until 2026-06-31T00:00:00 2>&1 | grep -c 'in UTC')" 1
}

kinds()
{
	tail -n "+$HEARD" "$WORK/monitor" | jq -r 'select(.reach) |
		"\(.kind) \(.reach.circuits | join("-"))"' | tr '\n' ','
}

events_tell_of_reach()
{
	sites
	background "$WORK/monitor" v -j monitor reach
	wait_for 5 monitor_hears
	HEARD=$(($(wc -l < "$WORK/monitor") + 1))
	must v reach add s1 s2
	must v reach set s1 s2 dscp 5
	must v reach add group g s3 s4
	must v circuit del s2 force
	must v reach del group g s3
	must v reach del group g s4
	until_eq 5 "$(tr -d '\n\t' <<- KINDS
		added s1-s2,changed s1-s2,added s3-s4,deleted s1-s2,
		changed s4,deleted ,
	KINDS
	)" kinds
	finish "$BG"
}

monitor_hears()
{
	v reach add s3 s4
	v reach del s3 s4
	grep -q deleted "$WORK/monitor"
}

# default_of TABLE 4|6
default_of()
{
	pip "-$2" route show table "$1" |
		grep -c '^unreachable default.* metric 4278198272'
}

vrf_ends_unreachable()
{
	local family out

	pip link add blue type vrf table 101
	pip link set blue up
	pip route flush table 100
	pip -6 route flush table 100 2> /dev/null
	sites vrf red
	for family in 4 6; do
		check_eq "IPv$family defaults of red" \
			"$(default_of 100 "$family")" 1
		check_eq "IPv$family defaults of blue" \
			"$(default_of 101 "$family")" 0
	done
	# The main table has a way, which the customers of a VRF do not.
	pip route add 10.77.0.0/16 dev lo
	out=$(at 2 ping -n -c 1 -W 1 10.77.0.1)
	grep -q 'From 10.1.2.1.*Unreachable' <<< "$out" ||
		fail "a packet for the main table: $out"
	pip route del 10.77.0.0/16 dev lo
	must v peering set s1-p vrf blue
	for family in 4 6; do
		check_eq "IPv$family defaults of blue" \
			"$(default_of 101 "$family")" 1
	done
	out=$(v peering set s2-p vrf blue 2>&1)
	check_eq "what it says when they are there already" "$out" ""
	# What is no VRF has no table.
	pip link add br0 type bridge forward_delay 200
	v peering set s3-p vrf br0 > /dev/null 2>&1
	check_eq "routes of table 200" \
		"$(pip route show table 200 2> /dev/null)" ""
	pip link set s3-p nomaster
	pip link del br0
	pip link del blue
}

# Whatever is a word or a number in the JSON is in the text as well.
text_says_what_json_says()
{
	local text word

	sites
	must v reach add group offices s1 s2 s3 prefix 10.0.0.0/8 \
		prefix fd00::/16 dscp 10,46 start 2020-01-01T00:00:00 \
		until 2999-01-01T00:00:00
	must v reach authorize s4 key "$KEY"
	text=$(v -d -s reach show)
	for word in $(jqv '.. | scalars | tostring' reach show | sort -u); do
		[[ $word == null || $text == *$word* ]] ||
			fail "'$word' is in the JSON and not in: $text"
	done
	check_eq "reaches of s1" "$(jqv length reach show s1)" 1
	check_eq "the group" "$(jqv '.[0].circuits | length' \
		reach show group offices)" 3
	check_eq "lines with -o" "$(v -o reach show | wc -l)" 2
}

run_tests
