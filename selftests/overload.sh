#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Circuits that are offered more than they bought, in all classes: what each is
# guaranteed it gets, and the continuity checks of all of them live.
#
#   C   c1                  vxc too: circuits acme and other
#       |
#   P   p1                  circuits acme p1:100 and other p1:300

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

ALL_TESTS="
	ccms_pass_where_nothing_else_does
	two_circuits_of_two_classes
"

CCM=100ms
((KSFT_SLOW == 1)) || CCM=1s

setup_all()
{
	setup_provider
	quiet_ns "$C"
	[[ -n $P ]] && quiet_ns "$P"
	wire c1 p1
}

far()
{
	"$VXC" -n "$C" "$@"
}

# two NAME SVID KEY SETTINGS...: a circuit, and its far end
two()
{
	must v circuit add "$1" key "$3" leg "p1:$2" oam ccm "$CCM" "${@:4}"
	must v peering add "$1-p" circuit "$1" cvid 10
	must pip link set "$1-p" up
	must far circuit add "$1" key "$3" leg "c1:$2" oam ccm "$CCM" mepid 2 \
		admin up
	must far peering add "$1-c" circuit "$1" cvid 10
	must cip link set "$1-c" up
}

circuits()
{
	local name

	must v port add p1
	must far port add c1
	two acme 100 01234567-89ab-cdef-0123-456789abcdef "$@"
	two other 300 01234567-89ab-cdef-0123-456789abcde0 "$@"
	for name in acme other; do
		until_eq 10 '[]' mep "$name" defects
		until_eq 10 '[]' far_mep "$name" defects
		until_eq 10 up circ state "$name"
	done
}

no_circuits()
{
	must far circuit del acme force
	must far circuit del other force
	must far port del c1
}

mep()
{
	circ "legs[0].mep.$2" "$1"
}

far_mep()
{
	far -j show "$1" | jq -c ".[0].legs[0].mep.$2"
}

more_ccms()
{
	(($(mep "$1" ccm_rx) >= $2 && $(far_mep "$1" ccm_rx) >= $3))
}

# Both ends have had ten more of them, and none was missed.
ccms_live()
{
	local name

	for name in acme other; do
		wait_for 30 more_ccms "$name" $(($(mep "$name" ccm_rx) + 10)) \
			$(($(far_mep "$name" ccm_rx) + 10))
		check_eq "defects of $name" "$(mep "$name" defects)" '[]'
		check_eq "those at the far end" "$(far_mep "$name" defects)" \
			'[]'
	done
}

flood()
{
	read -r _ SENT _ _ _ US < <("$PROGS/frames" flood "$@")
}

# of CIRCUIT CLASS COLOR: bytes transmitted
of()
{
	circ "legs[0].colors | map(select(.class == \"$2\")) |
		.[0].tx.$3_bytes" "$1"
}

ccms_pass_where_nothing_else_does()
{
	circuits bandwidth 1k burst 1518
	flood count 20 "$(pns):acme-p" "- pay=978" \
		"$C:acme-c" "- pay=978"
	check_eq "transmitted" "$(circ 'legs[0].colors[0].tx.green_packets')" 1
	check_eq "received" "$(circ 'legs[0].colors[0].rx.green_packets')" 1
	check_eq "dropped" "$(circ 'legs[0].drops.red')" 18
	ccms_live
	no_circuits
}

# within WHAT BYTES RATE: in US microseconds, 2 % less or the bursts more
within()
{
	local want=$(($3 * US / 8000000))

	diag "$1: $2 bytes, $want are guaranteed"
	(($2 >= want * 98 / 100))
	check_err $? "$1: $2 bytes, not $want"
	(($2 <= want * 102 / 100 + ${4:-20000}))
	check_err $? "$1: $2 bytes, only $want were bought"
}

two_circuits_of_two_classes()
{
	local name all class color watch n

	n=$(scale 24000)
	circuits bandwidth 4M burst 20000
	for name in acme other; do
		must v circuit class add "$name" gold dscp 46 pcp 5 cir 1M \
			cbs 10000
		must v circuit class set "$name" default cir 2M cbs 10000
	done
	background "$WORK/events" v monitor
	watch=$BG
	flood count "$n" "$(pns):acme-p" "- ip=4 dscp=46 pay=978" \
		"$(pns):acme-p" "- ip=4 pay=978" \
		"$(pns):other-p" "- ip=4 dscp=46 pay=978" \
		"$(pns):other-p" "- ip=4 pay=978"
	diag "$SENT frames in $US us"
	for name in acme other; do
		within "gold of $name" "$(of "$name" gold green)" 1000000
		within "default of $name" "$(of "$name" default green)" 2000000
		all=0
		for class in gold default; do
			for color in green yellow; do
				all=$((all + $(of "$name" "$class" "$color")))
			done
		done
		within "all of $name" "$all" 4000000 50000
		check_eq "defects of $name" "$(mep "$name" defects)" '[]'
		check_eq "those at the far end" "$(far_mep "$name" defects)" \
			'[]'
		check_eq "state of $name" "$(circ state "$name")" up
	done
	finish "$watch"
	check_eq "losses of continuity meanwhile" \
		"$(grep -c ccm-loss "$WORK/events")" 0
	ccms_live
	no_circuits
}

run_tests
