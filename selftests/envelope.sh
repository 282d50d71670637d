#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Envelopes: bandwidth that several circuits share. Each has its CIR, what
# these leave goes by rank, and no more passes than the envelope has.
#
#   C   c1    c2            customer
#       |     |
#   P   p1    p2            circuits acme p1:100, other p1:300 and more

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

ALL_TESTS="
	a_burst_is_shared
	what_no_cir_uses_goes_to_the_others
	cirs_are_kept_and_rank_decides
	excess_passes_yellow
	what_is_refused_is_not_spent
	a_class_keeps_its_cir
	legs_of_an_end_share_a_cir
	ends_and_directions_are_apart
	changes_take_effect_at_once
	circuits_come_and_go
	ports_sell_the_cir
	who_holds_it_is_said
	bad_input_is_refused
	what_fails_leaves_no_trace
	shown_and_told
	namespaces_have_their_own
"

U=

setup_all()
{
	setup_provider
	quiet_ns "$C"
	[[ -n $P ]] && quiet_ns "$P"
	two_wires
}

# flex SETTINGS...: the ports, and an envelope
flex()
{
	v port show p1 > /dev/null 2>&1 || must v port add p1
	v port show p2 > /dev/null 2>&1 || must v port add p2
	must v envelope add flex "$@"
	FILLED=$SECONDS
}

# member NAME SVID SETTINGS...: a circuit in it
member()
{
	must v circuit add "$1" leg "p1:$2" envelope flex "${@:3}"
	must v peering add "$1-p" circuit "$1" cvid 10
	must pip link set "$1-p" up
	until_eq 5 up circ state "$1"
}

# passed NAME FIELD [LEG]: transmitted, of all classes
passed()
{
	circ "legs[${3:-0}].colors | map(.tx.$2) | add" "$1"
}

# flood COUNT CIRCUIT...: frames of 1000 bytes from each in turn
flood()
{
	local -a from=()
	local name

	for name in "${@:2}"; do
		from+=("$(pns):$name-p" "- pay=978")
	done
	read -r _ SENT _ _ _ US < <("$PROGS/frames" flood count "$1" \
		"${from[@]}")
}

env()
{
	jqv ".[0].$1" envelope show flex
}

# The rates are so many U, in bit/s: a flood has to be more than they let pass,
# on a machine that is slow, too.
find_unit()
{
	[[ -z $U ]] || return 0
	must v port add p1
	must v circuit add pace leg p1:99
	must v peering add pace-p circuit pace cvid 10
	must pip link set pace-p up
	until_eq 5 up circ state pace
	flood "$(scale 2000)" pace
	must v circuit del pace force
	must v port del p1
	U=$((SENT * 8000 * 1000000 / US / 24))
	((U < 1000000)) || U=1000000
	((U > 1000)) || U=1000
	diag "$SENT frames in $US us: rates in units of $U bit/s"
}

# within WHAT BYTES RATE BURSTS: the rate in U, in US microseconds; 3 % less, or
# the bursts more
within()
{
	local want=$((U * $3 * US / 8000000))

	diag "$1: $2 bytes in $US us, the rate makes $want"
	(($2 >= want * 97 / 100 - 1000))
	check_err $? "$1: $2 bytes, not $want"
	(($2 <= want + $4 + 1000))
	check_err $? "$1: $2 bytes are above $want and $4"
}

# at_once WHAT GOT WANT [KBITS]: frames of a burst. At 1 kbit/s the next one
# takes 8 s: a slow machine has seen it since.
at_once()
{
	local more=$(((SECONDS - FILLED + 1) * ${4:-1} / 8))

	(($2 >= $3 && $2 <= $3 + more))
	check_err $? "$1: $2, not $3, and $more"
}

a_burst_is_shared()
{
	local green

	flex cir 1k cbs 20000
	member acme 100 bandwidth 1G rank 8
	member other 300 bandwidth 1G rank 8
	flood 60 acme other
	green=$(($(passed acme green_packets) + $(passed other green_packets)))
	at_once "frames that passed" "$green" 20
	check_eq "frames that did not" $(($(passed acme red_packets) +
		$(passed other red_packets))) $((60 - green))
	check_eq "dropped as red" "$(circ legs[0].drops.red)" \
		"$(passed acme red_packets)"
	check_eq "transmitted" "$(circ legs[0].stats.tx_packets)" \
		"$(passed acme green_packets)"
	# The lowest rank leaves half of it.
	must v circuit set acme envelope none
	must v circuit set other envelope none
	must v envelope del flex
	green=$(passed acme green_packets)
	flex cir 1k cbs 20000
	must v circuit set acme envelope flex
	flood 30 acme
	at_once "frames of the lowest rank" \
		$(($(passed acme green_packets) - green)) 10
}

what_no_cir_uses_goes_to_the_others()
{
	find_unit
	flex cir $((4 * U)) cbs 20000
	member acme 100 bandwidth 1G cir "$U" cbs 10000
	member other 300 bandwidth 1G cir $((3 * U)) cbs 10000
	flood "$(scale 16000)" acme
	within acme "$(passed acme green_bytes)" 4 30000
	check_eq "yellow" "$(passed acme yellow_packets)" 0
	check_eq "all of them" $(($(passed acme green_packets) +
		$(passed acme red_packets))) "$SENT"
	# The circuit's own bandwidth is still the most that it has.
	must v circuit set other bandwidth $((3 * U)) burst 10000
	flood "$(scale 16000)" other
	within other "$(passed other green_bytes)" 3 20000
}

cirs_are_kept_and_rank_decides()
{
	local acme other third

	find_unit
	flex cir $((4 * U)) cbs 40000
	member acme 100 bandwidth 1G cir "$U" cbs 10000
	member other 300 bandwidth 1G cir $((U / 2)) cbs 10000 rank 8
	member third 500 bandwidth 1G rank 4
	flood "$(scale 24000)" acme other third
	acme=$(passed acme green_bytes)
	other=$(passed other green_bytes)
	third=$(passed third green_bytes)
	within "acme, with its CIR" "$acme" 1 30000
	within "other, with the rest" "$other" 3 50000
	within "all" $((acme + other + third)) 4 60000
	((third <= 30000))
	check_err $? "third had $third bytes that other wanted"
	# Now they want it the other way round.
	must v circuit set third rank 8
	must v circuit set other rank 1
	flood "$(scale 24000)" acme other third
	third=$(($(passed third green_bytes) - third))
	other=$(($(passed other green_bytes) - other))
	within "other, with its CIR" "$other" 1/2 30000
	within "third, with the rest" "$third" 5/2 50000
}

excess_passes_yellow()
{
	find_unit
	flex cir "$U" cbs 10000 eir $((2 * U)) ebs 20000
	member acme 100 bandwidth 1G cir "$U" cbs 10000
	flood "$(scale 16000)" acme
	within green "$(passed acme green_bytes)" 1 20000
	within yellow "$(passed acme yellow_bytes)" 2 20000
	# What the CIR does not use, once its burst is full.
	must v circuit set acme cir 0
	must v envelope set flex cir 1k cbs 2000 eir 0 ebs 20000 coupling on
	check_eq "excess burst" "$(env ebs_now)" 20000
}

# What the envelope has no room for counts against nothing else.
what_is_refused_is_not_spent()
{
	flex cir 1k cbs 2000
	member acme 100 bandwidth 1k burst 20000 rank 8
	flood 50 acme
	at_once "frames with the envelope" "$(passed acme green_packets)" 2
	must v circuit set acme envelope none
	flood 50 acme
	at_once "and without" "$(passed acme green_packets)" $((2 + 18))
	# The same with classes.
	must v circuit set acme bandwidth 0
	must v circuit class add acme gold dscp 46
	must v circuit set acme bandwidth 1k burst 40000 envelope flex rank 8
	must v circuit class set acme default eir 1k ebs 20000
	flood 50 acme
	at_once "none with the empty envelope" \
		"$(passed acme yellow_packets)" 0
	must v circuit set acme envelope none
	flood 50 acme
	at_once "and without" "$(passed acme yellow_packets)" 20
}

# gold is promised, whoever has emptied the envelope, and whatever the rank.
a_class_keeps_its_cir()
{
	flex cir 2k cbs 20000
	member acme 100 bandwidth 1G
	member other 300 bandwidth 1G rank 8
	refused "the CIRs of circuit acme come to 1k, more than its CIR in its envelope, 0" \
		circuit class add acme gold dscp 46 cir 1k cbs 5000
	must v circuit set acme cir 1k cbs 8000
	must v circuit class add acme gold dscp 46 cir 1k cbs 5000
	flood 60 other
	at_once "frames of other" "$(passed other green_packets)" 20 2
	read -r _ SENT _ < <("$PROGS/frames" flood count 40 \
		"$(pns):acme-p" "- ip=4 dscp=46 pay=978" \
		"$(pns):acme-p" "- ip=4 pay=978")
	at_once "green frames of gold" \
		"$(circ 'legs[0].colors[1].tx.green_packets')" 5
	# The other class leaves half of the circuit's CBS to it.
	at_once "yellow frames" "$(passed acme yellow_packets)" 2
}

legs_of_an_end_share_a_cir()
{
	flex cir 1k cbs 2000
	must v circuit add acme leg p1:100 leg p2:200 bandwidth 1G \
		envelope flex cir 1k cbs 20000
	must v peering add one-p circuit acme cvid 10 leg primary
	must v peering add two-p circuit acme cvid 10 leg secondary
	must pip link set one-p up
	must pip link set two-p up
	until_eq 5 up circ state
	flood 60 one two
	at_once "frames by both" $(($(passed acme green_packets) +
		$(passed acme green_packets 1))) 20
}

ends_and_directions_are_apart()
{
	flex cir 1k cbs 20000
	must v circuit add acme leg p1:100 z-leg p2:200 loop-guard off \
		bandwidth 1G envelope flex rank 8
	until_eq 5 up circ state
	"$PROGS/frames" flood count 50 "$C:c1" "8100:100 pay=982" > /dev/null
	at_once "in at a" "$(circ 'legs[0].colors[0].rx.green_packets')" 20
	at_once "out at z" "$(circ 'legs[1].colors[0].tx.green_packets')" 20
	"$PROGS/frames" flood count 50 "$C:c2" "8100:200 pay=982" > /dev/null
	at_once "in at z" "$(circ 'legs[1].colors[0].rx.green_packets')" 20
	at_once "out at a" "$(circ 'legs[0].colors[0].tx.green_packets')" 20
}

changes_take_effect_at_once()
{
	local before

	find_unit
	flex cir 1k cbs 20000
	member acme 100 bandwidth 1G rank 8
	flood 10 acme
	check_eq "frames" "$(passed acme green_packets)" 10
	must v envelope set flex cir 2k
	flood 50 acme
	at_once "frames with what was left" "$(passed acme green_packets)" 20 2
	must v envelope set flex cir $((8 * U))
	before=$(passed acme green_bytes)
	flood "$(scale 16000)" acme
	within "with the new rate" $(($(passed acme green_bytes) - before)) 8 22000
	check_eq "CIR" "$(env cir)" $((8 * U))
	must v circuit set acme cir $((4 * U))
	check_eq "sold" "$(env sold)" $((4 * U))
}

circuits_come_and_go()
{
	flex cir 10M
	must v envelope add two cir 5M
	member acme 100 bandwidth 1G cir 1M
	member other 300 bandwidth 1G cir 2M rank 3
	check_eq "sold" "$(env sold)" 3000000
	check_eq "circuits" "$(env 'circuits | join(" ")')" "acme other"
	check_eq "rank" "$(circ rank other)" 3
	must v circuit set acme name ace
	check_eq "circuits" "$(env 'circuits | join(" ")')" "ace other"
	must v circuit set other envelope two cir 5M
	check_eq "sold" "$(env sold)" 1000000
	check_eq "of the other" "$(jqv '.[0].sold' envelope show two)" 5000000
	must v circuit set other envelope none
	check_eq "its envelope" "$(circ envelope other)" null
	must v circuit del ace force
	check_eq "sold" "$(env sold)" 0
	check_eq "circuits" "$(env 'circuits | length')" 0
	must v envelope del flex
	must v envelope del two
	check_eq "envelopes" "$(jqv length envelope show)" 0
}

ports_sell_the_cir()
{
	flex cir 1G
	must v port set p1 speed 1G oversubscription 1
	member acme 100 bandwidth 800M cir 300M
	member other 300 bandwidth 1G cir 600M
	check_eq "sold" "$(jqv '.[0].sold' port show p1)" 900000000
	refused "port p1 has 1G.* would have 1700M" \
		circuit set acme envelope none bandwidth 1100M
	refused "port p1 has 1G.* would have 1200M" \
		circuit add third leg p1:500 bandwidth 300M
	must v circuit set acme cir 400M
	check_eq "sold" "$(jqv '.[0].sold' port show p1)" 1000000000
}

who_holds_it_is_said()
{
	flex cir 1M
	member acme 100 bandwidth 1G cir 600k
	refused "circuit acme is in envelope flex" envelope del flex
	member other 300 bandwidth 1G
	refused "circuit acme is in envelope flex, and it is not the only one" \
		envelope del flex
	refused "envelope flex has a CIR of 1M; the circuits in it would have 1100k, of which other has 500k" \
		circuit set other cir 500k
	refused "the CIRs of the 2 circuits in envelope flex come to 600k, more than 500k" \
		envelope set flex cir 500k
	refused "circuit acme needs a bandwidth, the most that it can have of envelope flex" \
		circuit set acme bandwidth 0
	refused "CIR 2G of circuit other is more than its bandwidth 1G" \
		circuit set other cir 2G
}

bad_input_is_refused()
{
	flex cir 1M
	must v circuit add acme leg p1:100 bandwidth 1M
	refused "there is no envelope flux" circuit set acme envelope flux
	refused "there is no envelope flux" envelope set flux cir 1M
	refused "there is no envelope flux" envelope show flux
	refused "envelope flex exists already" envelope add flex cir 1M
	refused "an envelope needs a CIR" envelope add two
	refused "is no name for an envelope" envelope add none cir 1M
	refused "is no name for an envelope" envelope add a/b cir 1M
	refused "CIR 999 bit/s is not within 1k and 400G" \
		envelope add two cir 999
	refused "EIR 401G bit/s is not within" \
		envelope add two cir 1M eir 401G
	refused "a CBS of 100 bytes is not within one frame" \
		envelope set flex cbs 100
	refused "CIR, CBS and rank are for a circuit in an envelope, and acme is in none" \
		circuit set acme cir 500k
	refused "are for a circuit in an envelope" circuit set acme rank 3
	refused "CIR 10 bit/s is below 1k" \
		circuit set acme envelope flex cir 10
	refused "a CBS of 10 bytes is below one frame of port p1" \
		circuit set acme envelope flex cbs 10
	v circuit set acme envelope flex rank 9 2> /dev/null
	check_eq "exit status with a rank of 9" "$?" 1
	check_eq "its envelope" "$(circ envelope)" null
	check_eq "sold" "$(env sold)" 0
}

what_fails_leaves_no_trace()
{
	local before

	flex cir 10M
	member acme 100 bandwidth 1G cir 1M
	member other 300 bandwidth 1G cir 2M rank 3
	before=$(pexec "$PROGS/vxcnl" state)
	pexec "$PROGS/vxcnl" apply "add envelope name=two cir=5000000 ;
		set circuit name=acme envelope=two cir=3000000 ;
		set envelope name=flex cir=20000000 eir=1000 ;
		set circuit name=other cir=15000000 cbs=30000 ;
		del circuit name=other force ;
		del envelope name=flex ;
		add envelope name=flex cir=4000 ;
		del circuit name=nobody" > "$WORK/out"
	check_eq "exit status" "$?" 2
	grep -q "there is no circuit nobody" "$WORK/out" ||
		fail "another refusal: $(< "$WORK/out")"
	check_eq "state" "$(pexec "$PROGS/vxcnl" state)" "$before"
	check_eq "sold" "$(env sold)" 3000000
	flood 10 acme other
	check_eq "frames" "$(passed acme green_packets)" 5
	# And when nothing fails, all of it.
	pexec "$PROGS/vxcnl" apply "add envelope name=two cir=5000000 ;
		set circuit name=acme envelope=two cir=3000000 ;
		del circuit name=other force ; del envelope name=flex" > \
		"$WORK/out"
	check_eq "exit status" "$?" 0
	check_eq "sold" "$(jqv '.[0].sold' envelope show two)" 3000000
	flood 10 acme
	check_eq "frames" "$(passed acme green_packets)" 15
}

shown_and_told()
{
	local watch

	flex cir 1500M eir 500M
	member acme 100 bandwidth 1G cir 1G rank 2
	check_eq "text" "$(v envelope show | tr -s ' \n' ' ')" \
		"flex: cir 1500M eir 500M sold 1G circuit acme "
	check_eq "in brief" "$(v -br envelope show | tr -s ' ')" \
		"flex 1500M 500M 1G 1"
	check_eq "the circuit" "$(v circuit show acme |
		grep -o 'bandwidth.*')" \
		"bandwidth 1G envelope flex cir 1G rank 2"
	check_eq "its JSON" "$(jqv '.[0] | [.envelope, .cir, .cbs, .rank]' \
		circuit show acme)" \
		'["flex",1000000000,0,2]'
	check_eq "bursts" "$(env 'cbs_now > 0')" true
	background "$WORK/events" v monitor envelope
	watch=$BG
	wait_for 10 told
	must v envelope add two cir 1k
	must v envelope del two
	until_eq 10 1 grep -c '^deleted' "$WORK/events"
	finish "$watch"
	check_eq "events" "$(grep -o '^[a-z]* envelope [a-z]*' \
		"$WORK/events" | sort -u | tr '\n' ,)" \
		"added envelope two,changed envelope flex,deleted envelope two,"
}

told()
{
	v envelope set flex cir 2G
	[[ -s $WORK/events ]]
}

namespaces_have_their_own()
{
	flex cir 1M
	must far_envelope add flex cir 2M
	check_eq "CIR" "$(env cir)" 1000000
	must ip netns add "$C-gone"
	must "$VXC" -n "$C-gone" envelope add flex cir 2M
	must "$VXC" -n "$C-gone" circuit add acme bandwidth 1M envelope flex
	must ip netns del "$C-gone"
	check_eq "CIR" "$(env cir)" 1000000
	must far_envelope del flex
}

far_envelope()
{
	"$VXC" -n "$C" envelope "$@"
}

run_tests
