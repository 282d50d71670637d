#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The store of the records: what it has over a reload of the module, a reset
# and a kill, by month and since when, and what it makes of files that are torn.
#
#   C   c1    c2            customer
#       |     |
#   P   p1    p2            circuit acme: primary p1:100, secondary p2:200

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

ALL_TESTS="
	store_and_kernel_are_the_whole
	module_reload_in_the_middle
	reset_in_the_middle
	circuit_made_anew
	months_begin_in_utc
	since_when
	torn_files
	killed_at_any_moment
	store_is_bounded
	wrong_words
"

setup_all()
{
	setup_provider
	quiet_ns "$C"
	[[ -n $P ]] && quiet_ns "$P"
	two_wires
}

acme()
{
	cip link set c1 up
	cip link set c2 up
	v port show p1 > /dev/null 2>&1 || must v port add p1
	v port show p2 > /dev/null 2>&1 || must v port add p2
	must v circuit add acme leg p1:100 leg p2:200
	until_eq 5 up circ state
	DIR=$WORK/store-$RANDOM$RANDOM
	BEGIN=$(now_ms)
}

# An outage of one leg or both
outage()
{
	local dev

	for dev; do
		cip link set "$dev" down
	done
	until_eq 5 "$([[ $# == 2 ]] && echo down || echo degraded)" circ state
	tick 0.3
	for dev; do
		cip link set "$dev" up
	done
	until_eq 5 up circ state
}

store()
{
	must v sla store dir "$DIR" "$@"
}

sla()
{
	jqv ".[0] | $1" sla acme
}

# since FILTER: of all that the store and the kernel have
since()
{
	jqv ".[0] | $1" sla acme since @0 dir "$DIR"
}

# What a circuit has is told in one line, but for times that go on.
events()
{
	"$1" '"\(.failovers) \(.outages) \(.legs[0].outages) \(.legs[1].outages)"'
}

# near WHAT A B: milliseconds that two readings one after the other may differ
near()
{
	local off=$(($2 - $3))

	((off < 0)) && off=$((-off))
	((off <= 3000 * KSFT_SLOW)) || fail "$1 is $2, not about $3"
}

store_and_kernel_are_the_whole()
{
	local sum

	acme
	store
	check_eq "a first store has no outage" "$(events since)" "0 0 0 0"
	outage c1
	check_eq "what the kernel has is in it" "$(events since)" "2 0 1 0"
	store
	check_eq "and once only" "$(events since)" "2 0 1 0"
	outage c1 c2
	store
	outage c2
	check_eq "events" "$(events since)" "$(events sla)"
	for sum in up degraded down 'legs[0].down' 'legs[1].up'; do
		near "$sum" "$(since ".$sum")" "$(sla ".$sum")"
	done
	check_eq "down and degraded are exact" \
		"$(since '"\(.down) \(.degraded) \(.legs[0].down)"')" \
		"$(sla '"\(.down) \(.degraded) \(.legs[0].down)"')"
	near "in service" "$(since .covered.in_service)" \
		"$(since '.up + .degraded + .down')"
	near "what is covered" "$(since .covered.time)" \
		"$(since .covered.in_service)"
	check_eq "definitions" "$(since '.uptime.definition |
		test("any-leg.*both-legs")')" true
	must v sla acme since @0 dir "$DIR"
	v sla acme since @0 dir "$DIR" | grep -q 'covered .* from 20'
	check_err $? "no word of what is covered"
	v sla --since @0 dir "$DIR" | grep -q '^acme: from 1970'
	check_err $? "--since"
}

module_reloads()
{
	vxc_flush
	busywait 10 rmmod vxc || fail "rmmod: $(rmmod vxc 2>&1)"
	must module_load
}

module_reload_in_the_middle()
{
	local before begun n

	acme
	outage c1
	outage c1 c2
	store
	begun=$(sla .since)
	before=$(events sla)
	n=${before%% *}
	check_eq "before" "$before" "$n 1 2 1"
	module_reloads
	acme_again
	check_eq "a new record" "$(events sla)" "0 0 0 0"
	check_eq "the store tells already" "$(events since)" "$before"
	outage c2
	check_eq "before and after" "$(events since)" "$n 1 2 2"
	store
	check_eq "stored" "$(events since)" "$n 1 2 2"
	check_eq "the kernel's record goes on" "$(events sla)" "$n 1 2 2"
	check_eq "from when" "$(sla .since)" "$begun"
	store
	store
	check_eq "once only" "$(events sla) $(events since)" \
		"$n 1 2 2 $n 1 2 2"
	near "up time" "$(since .up)" "$(sla .up)"
	check_eq "down time" "$(since .down)" "$(sla .down)"
	(($(since .covered.time) <= $(now_ms) - BEGIN + 60000 * KSFT_SLOW))
	check_err $? "more time than there was"
	# Twice, and with nothing stored in between
	module_reloads
	acme_again
	store
	check_eq "after the second" "$(events sla) $(events since)" \
		"$n 1 2 2 $n 1 2 2"
	# Circuits that are made late go on as well.
	module_reloads
	store
	store
	acme_again
	outage c1
	store
	n=$((n + 2))
	check_eq "late" "$(events sla) $(events since)" \
		"$n 1 3 2 $n 1 3 2"
}

acme_again()
{
	local dir=$DIR begin=$BEGIN

	acme
	DIR=$dir
	BEGIN=$begin
}

reset_in_the_middle()
{
	acme
	outage c1
	store
	must v sla acme reset
	outage c1
	store
	check_eq "the record" "$(events sla)" "2 0 1 0"
	check_eq "the store" "$(events since)" "4 0 2 0"
	store
	check_eq "not given back" "$(events sla)" "2 0 1 0"
	refused 'nothing|no circuit' sla nemo reset
	no v sla acme reset since 7d dir "$DIR"
}

circuit_made_anew()
{
	acme
	outage c1
	store
	must v circuit del acme force
	check_eq "of a circuit that is gone" "$(events since)" "2 0 1 0"
	acme_again
	outage c1
	outage c2
	check_eq "both" "$(events since)" "4 0 2 1"
	store
	check_eq "stored" "$(events since)" "4 0 2 1"
	check_eq "the record of the new one" "$(events sla)" "2 0 1 1"
	must v circuit leg del acme role secondary
	must v circuit leg add acme p2:201
	until_eq 5 up circ state
	store
	check_eq "a new leg takes nothing away" "$(events since | cut -d' ' -f4)" 1
}

# day NAME SEQUENCE [LINE]...: a file of the store
day()
{
	local name=$1

	mkdir -p "$DIR"
	shift
	python3 - "$@" > "$DIR/sla-$name" <<- 'END'
		import sys, zlib
		print("vxc-sla 1 sequence", sys.argv[1])
		for line in sys.argv[2:]:
		    print("%s ;%08x" % (line, zlib.crc32(line.encode())))
		print("end")
	END
}

# ms DATE: of UTC
ms()
{
	echo "$(date -u -d "$1" +%s)000"
}

span()
{
	local from=$1 to=$2

	shift 2
	echo "span old from $(ms "$from") to $(ms "$to") $*"
}

old()
{
	jqv '.[0] | "\(.up) \(.degraded) \(.down) \(.outages)"' sla old "$@" \
		dir "$DIR"
}

months_begin_in_utc()
{
	acme
	day 2024-01-31 1 "$(span 2024-01-31T22:00 2024-01-31T23:00 up 3600000)"
	day 2024-02-01 2 \
		"$(span 2024-01-31T23:00 2024-02-01T00:00:00 up 3599000 down 1000 outages 1)" \
		"$(span 2024-02-01T00:00 2024-02-01T01:00 up 3600000)"
	day 2024-03-01 3 \
		"$(span 2024-02-29T23:00 2024-03-01T00:00:01 degraded 3601000)" \
		"$(span 2024-03-01T00:00:01 2024-03-01T01:00 up 7)" \
		"$(span 2024-03-31T00:00 2024-04-02T00:00 up 9)"
	check_eq "January" "$(old month 2024-01)" "7199000 0 1000 1"
	check_eq "February" "$(old month 2024-02)" "3600000 3601000 0 0"
	check_eq "March" "$(old month 2024-03)" "7 0 0 0"
	check_eq "April" "$(old month 2024-04)" "0 0 0 0"
	check_eq "what is left out" "$(jqv '.[0].covered.left_out' sla old \
		month 2024-03 dir "$DIR")" 1
	check_eq "of the other as well" "$(jqv '.[0].covered.left_out' sla \
		old month 2024-04 dir "$DIR")" 1
	for TZ in America/New_York Asia/Tokyo EST5 JST-9; do
		export TZ
		check_eq "January in $TZ" "$(old --month 2024-01)" \
			"7199000 0 1000 1"
	done
	unset TZ
	check_eq "the period" "$(jqv '.[0].period | "\(.from) \(.to)"' sla \
		old month 2024-02 dir "$DIR")" \
		"2024-02-01T00:00:00.000Z 2024-03-01T00:00:00.000Z"
	check_eq "what is covered of it" "$(jqv '.[0].covered |
		"\(.time) \(.from) \(.to) \(.ratio * 1000 | floor)"' sla old \
		month 2024-02 dir "$DIR")" \
		"7201000 2024-02-01T00:00:00.000Z 2024-03-01T00:00:01.000Z 287"
	check_eq "all circuits" "$(jqv '[.[].name] | sort | join(" ")' sla \
		month 2024-02 dir "$DIR")" "acme old"
}

since_when()
{
	acme
	day 2024-01-31 1 "$(span 2024-01-31T22:00 2024-01-31T23:00 up 1)"
	day 2024-02-01 2 "$(span 2024-01-31T23:00 2024-02-01T00:00 up 20)" \
		"$(span 2024-02-01T00:00 2024-02-01T01:00 up 300)"
	check_eq "a day" "$(old since 2024-02-01)" "300 0 0 0"
	check_eq "a moment" "$(old since 2024-01-31T23:00:00)" "320 0 0 0"
	check_eq "within a span" "$(old since 2024-01-31T23:29:00Z)" \
		"320 0 0 0"
	check_eq "late in a span" "$(old since 2024-01-31T23:31:00)" \
		"300 0 0 0"
	check_eq "seconds" "$(old since @0)" "321 0 0 0"
	check_eq "how long ago" "$(old since 36500d)" "321 0 0 0"
	check_eq "just now" "$(old since 90m)" "0 0 0 0"
	check_eq "nothing is covered" "$(jqv '.[0].covered |
		[.time, .from, .to, .left_out] | join(" ")' sla old since 1d \
		dir "$DIR")" "0   0"
}

# says REGEX COMMAND...: it succeeds, and the warning matches.
says()
{
	local regex=$1 out

	shift
	out=$("$@" 2>&1 > /dev/null) || fail "$* -> $?"
	grep -Eq "$regex" <<< "$out" || fail "$*: '$out', not /$regex/"
}

torn_files()
{
	local file

	acme
	outage c1
	store
	outage c1
	store
	file=$(echo "$DIR"/sla-*)
	cp "$file" "$WORK/whole"
	# Cut in what the kernel had: what is new cannot be known.
	head -c -30 "$WORK/whole" > "$file"
	says 'is torn: what is whole of it, 1 records' \
		v sla acme since @0 dir "$DIR"
	check_eq "of a torn file" "$(events since 2> /dev/null)" "4 0 2 0"
	outage c1
	says 'cannot be known.*|is kept as' v sla store dir "$DIR"
	cmp -s "$file.torn.1" <(head -c -30 "$WORK/whole")
	check_err $? "the torn file is not kept"
	outage c1
	says '^$' v sla store dir "$DIR"
	check_eq "it goes on, nothing twice" "$(events since)" "6 0 3 0"
	# A digit of a span is another.
	sed 's/^\(span .* up [0-9]*\)[0-9] /\18 /; t; s/ up / up 8/' \
		"$WORK/whole" > "$file"
	says 'is torn' v sla acme since @0 dir "$DIR"
	# Nothing, and something else
	: > "$file"
	says 'it is empty' v sla acme since @0 dir "$DIR"
	check_eq "of the kernel alone" "$(events since 2> /dev/null)" \
		"$(events sla)"
	head -c 5000 /dev/urandom > "$file"
	says 'does not begin like' v sla acme since @0 dir "$DIR"
	says 'is kept as' v sla store dir "$DIR"
	check_eq "it begins again" "$(events since)" "$(events sla)"
	# A folder with the name of a file
	rm "$file"
	mkdir "$file"
	says 'directory' v sla acme since @0 dir "$DIR"
	no v sla store dir "$DIR"
	rmdir "$file"
	store
}

killed_at_any_moment()
{
	local call n before

	if ! command -v strace > /dev/null; then
		skip "no strace"
		return
	fi
	acme
	outage c1
	store
	outage c1
	before=$(events since)
	for call in flock openat write fsync renameat; do
		for n in 1 2 3; do
			v_killed "$call" "$n"
			check_eq "killed at $call $n" "$(events since)" \
				"$before"
		done
	done
	store
	check_eq "stored at last" "$(events since)" "$before"
	module_reloads
	acme_again
	# sendto 1 asks for the family, the others read and add.
	for call in sendto fsync renameat; do
		for n in 1 2 3 4; do
			v_killed "$call" "$n"
			check_eq "resume killed at $call $n" \
				"$(events since)" "$before"
		done
	done
	store
	check_eq "resumed once" "$(events sla) $(events since)" \
		"$before $before"
}

v_killed()
{
	pexec strace -o /dev/null -e "inject=$1:signal=KILL:when=$2" \
		"$VXC" sla store dir "$DIR" > /dev/null 2>&1
}

store_is_bounded()
{
	local day

	acme
	for day in 01 02 03 04 05 06 07 08 09; do
		day "2024-01-$day" "${day#0}" \
			"$(span "2024-01-${day}T01:00" "2024-01-${day}T02:00" up 1)"
	done
	check_eq "nine days" "$(old since @0)" "9 0 0 0"
	store keep 4
	check_eq "those that stay" "$(cd "$DIR" && echo sla-2024*)" \
		"sla-2024-01-07 sla-2024-01-08 sla-2024-01-09"
	check_eq "three days and this" "$(old since @0)" "3 0 0 0"
	[[ $(stat -c %a "$DIR/lock") == 600 ]]
	check_err $? "who may lock it?"
}

# usage REGEX WORDS...: refused by the command itself
usage()
{
	local regex=$1 out rc

	shift
	out=$(v "$@" 2>&1)
	rc=$?
	((rc == 1)) || fail "vxc $* -> $rc, not 1: $out"
	grep -Eq -- "$regex" <<< "$out" || fail "vxc $*: '$out', not /$regex/"
}

wrong_words()
{
	acme
	usage 'cannot open /nowhere' sla since 7d dir /nowhere
	usage 'cannot make /nowhere/of' sla store dir /nowhere/of
	usage 'is empty' sla store dir ''
	store
	usage 'expected a month, like' sla month 2024-13 dir "$DIR"
	usage 'expected a month, like' sla month 202401 dir "$DIR"
	usage 'expected a month, like' sla month november dir "$DIR"
	usage 'still to come' sla month 9999-01 dir "$DIR"
	usage 'still to come' sla since 9999-01-01 dir "$DIR"
	usage 'expected a moment' sla since yesterday dir "$DIR"
	usage 'expected a moment' sla since 2024-02-30 dir "$DIR"
	usage 'expected a moment' sla since never dir "$DIR"
	usage 'expected a moment' sla since 5 dir "$DIR"
	usage 'one period at a time' sla since 7d month 2024-01 dir "$DIR"
	usage 'is given twice' sla since 7d since 8d dir "$DIR"
	usage 'not reset' sla acme reset since 7d dir "$DIR"
	usage 'since or month' sla acme dir "$DIR"
	usage 'needs a value' sla acme since
	usage 'knows a circuit nemo' sla nemo since 7d dir "$DIR"
	usage 'a number from 1 to 36500' sla store keep 0
	usage 'unknown keyword' sla store into "$DIR"
	check_eq "nothing was printed" "$(v -j sla nemo since 7d dir "$DIR" \
		2> /dev/null)" ""
	chmod 755 "$WORK"
	must pexec setpriv --reuid 1000 --clear-groups "$VXC" sla since 7d \
		dir "$DIR"
	no pexec setpriv --reuid 1000 --clear-groups "$VXC" sla store \
		dir "$DIR"
}

run_tests
