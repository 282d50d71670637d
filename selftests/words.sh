#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The words of the command: help, abbreviations, completion, usage errors, and
# refusals that name the words at fault.
#
#   C   c1    c2            customer
#       |     |
#   P   p1    p2            ports

# shellcheck source=cli.bash
. "$(dirname "$0")/cli.bash"

ALL_TESTS="
	versions_and_help
	abbreviations
	completion
	usage_errors
	refusals_mark_the_words
"

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

abbreviations()
{
	must v po a p1 tp 88a8 u drop
	must v po a p2
	must v c a acme le p2:5 rev off
	must v c sw acme c
	must v c se acme des x
	must v l a c acme r secondary p1:7
	must v pe a acme-p ci acme cv 9 dow
	check_eq circuit "$(jqv '.[0] | [.description, .revertive,
		.legs[].attachment]' c sh acme)" '["x",false,"p2:5","p1:7"]'
	must v -j -st -de -on -ti sh acme
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
	offers "end oam p1: p2: role source" circuit leg add acme ""
	offers "l2cp level loop-guard" circuit set acme oam l
	offers "100ms" circuit set acme oam level 5 ccm 100
	offers "secondary" oam ping acme role s
	offers "acme-p" oam trace acme peering ""
	offers "leg level" peering set acme-p oam l
	offers "acme-p" peering set ""
	offers "untagged" peering set acme-p cvid ""
	offers "p1 p2" port set ""
	offers "rank revertive" circuit add x leg p1:1 wtr 1s r
	offers "-batch -brief" -b
	offers "@files" batch ""
	pip link del blue
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

# marked REGEX VXC-ARGUMENTS...: refused, and what is underlined matches.
marked()
{
	local regex=$1 out

	shift
	out=$(v "$@" 2>&1 > /dev/null)
	(($? == 2)) || fail "vxc $* was not refused"
	out=$(awk '
		/^ +\^+ *$/ {
			match($0, /\^+/)
			got = substr(last, RSTART, RLENGTH)
		}
		{ last = $0 }
		END { print got }' <<< "$out")
	[[ $out =~ ^($regex)$ ]] || fail "vxc $*: '$out' is underlined"
}

refusals_mark_the_words()
{
	acme
	refused '^Error: .*[^.]\.$' circuit add acme
	marked acme circuit add acme
	marked 'p1:100|p1|100' circuit add b leg p1:100
	marked 'p9:7|p9' circuit add b leg p1:5 leg p9:7
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

run_tests
