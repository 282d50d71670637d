#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Classes of service: DSCP and PCP to class, class to both tags, DSCPs that
# are rewritten, and what each class is guaranteed when the circuit is full.
#
#   C   c1    c2            customer
#       |     |
#   P   p1    p2            circuit acme: primary p1:100, secondary p2:200

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

ALL_TESTS="
	teams_marks_byte_for_byte
	google_marks_every_dscp
	custom_classes_mark
	pcp_chooses_where_there_is_no_dscp
	tags_of_others_are_looked_behind
	tcp_with_a_new_dscp_is_intact
	classes_count_apart
	a_cir_is_not_eaten
	higher_rank_comes_first
	yellow_has_dei
	classes_come_and_go
	bad_classes_are_refused
"

setup_all()
{
	setup_provider
	quiet_ns "$C"
	[[ -n $P ]] && quiet_ns "$P"
	wire sync sync
	two_wires
}

acme()
{
	v port show p1 > /dev/null 2>&1 || must v port add p1 local any
	v port show p2 > /dev/null 2>&1 || must v port add p2 local any
	must v circuit add acme leg p1:100 leg p2:200 "$@"
	must v peering add acme-p circuit acme cvid 10
	must pip link set acme-p up
	until_eq 5 primary circ active
}

# frames < SCRIPT: both ends, byte for byte.
frames()
{
	{
		echo "netns C $C"
		echo "netns P $(pns)"
		echo "sync C:sync P:sync"
		cat
	} | must "$PROGS/frames" run
}

# leaves FRAME PCP FRAME: what P sends, with which PCP it arrives, and how.
leaves()
{
	echo "send P:acme-p - $1"
	echo "expect C:c1 8100:100.p$2 8100:10.p$2 $3"
}

# arrives FRAME FRAME: what C sends, and how it arrives.
arrives()
{
	echo "send C:c1 8100:100 8100:10 $1"
	echo "tap P:p1"
	echo "expect P:acme-p - $2"
}

# of CLASS DIRECTION FIELD: a counter of the primary leg.
of()
{
	jqv "[.[0].legs[0].colors[] | select(.class == \"$1\").$2.$3] | add" \
		show acme
}

teams_marks_byte_for_byte()
{
	local ip ecn dscp

	acme classes teams
	for ip in 4 6; do
		for ecn in 0 1 2 3; do
			set -- "ip=$ip ecn=$ecn"
			leaves "$1 dscp=46" 5 "$1 dscp=46"
			leaves "$1 dscp=34" 4 "$1 dscp=34"
			leaves "$1 dscp=18" 4 "$1 dscp=18"
			leaves "$1 dscp=10" 0 "$1 dscp=10"
			leaves "$1 dscp=0" 0 "$1 dscp=0"
			arrives "$1 dscp=46" "$1 dscp=46"
			for ((dscp = 0; dscp < 64; dscp++)); do
				case $dscp in
				46|34|18|10|0)	continue ;;
				esac
				((dscp % 4 == ecn)) || continue
				leaves "$1 dscp=$dscp" 0 "$1 dscp=0"
				arrives "$1 dscp=$dscp" "$1 dscp=0"
			done
		done
	done > "$WORK/teams"
	leaves "" 0 "" >> "$WORK/teams"
	frames < "$WORK/teams"
	check_eq "frames of voice" "$(of voice tx green_packets)" 8
	check_eq "frames of interactive" \
		"$(of interactive tx green_packets)" 16
}

google_marks_every_dscp()
{
	local dscp
	local -a pcp=(0 1 2 3 5 5 6 6)

	acme classes google
	for ((dscp = 0; dscp < 64; dscp++)); do
		leaves "ip=4 dscp=$dscp" "${pcp[dscp / 8]}" "ip=4 dscp=$dscp"
		leaves "ip=6 dscp=$dscp" "${pcp[dscp / 8]}" "ip=6 dscp=$dscp"
	done > "$WORK/google"
	frames < "$WORK/google"
	check_eq "frames of tc5" "$(of tc5 tx green_packets)" 32
	check_eq "frames of tc6" "$(of tc6 tx green_packets)" 32
}

custom_classes_mark()
{
	acme
	must v circuit class add acme gold dscp 40-47 pcp 6
	must v circuit class add acme silver dscp 8,10 pcp 3
	{
		leaves "ip=4 dscp=40" 6 "ip=4 dscp=40"
		leaves "ip=6 dscp=47" 6 "ip=6 dscp=47"
		leaves "ip=4 dscp=10" 3 "ip=4 dscp=10"
		leaves "ip=4 dscp=9" 0 "ip=4 dscp=9"
	} | frames
	must v circuit class set acme default pcp 1
	must v circuit set acme unlisted clear
	{
		leaves "ip=4 dscp=9" 1 "ip=4 dscp=0"
		leaves "" 1 ""
	} | frames
	check_eq "classes" "$(circ 'classes | map(.name) | join(" ")')" \
		"default gold silver"
	check_eq "its DSCPs" "$(circ 'classes[1].dscp')" 40-47
}

pcp_chooses_where_there_is_no_dscp()
{
	acme
	must v circuit class add acme high from-pcp 5-7 pcp 5
	must "$PROGS/frames" run <<- SCRIPT
		netns C $C
		netns P $(pns)
		sync C:sync P:sync
		send C:c1 8100:100.p6 8100:10
		tap P:p1
		expect P:acme-p -
		send C:c1 8100:100.p4 8100:10 ip=4 dscp=46
		tap P:p1
		expect P:acme-p - ip=4 dscp=46
		send C:c1 8100:100.p5 8100:10 ip=4
		tap P:p1
		expect P:acme-p - ip=4
	SCRIPT
	check_eq "frames of high" "$(of high rx green_packets)" 2
	check_eq "other frames" "$(of default rx green_packets)" 1
}

tags_of_others_are_looked_behind()
{
	acme classes teams
	frames <<- SCRIPT
		send P:acme-p 8100:77 ip=4 dscp=46
		expect C:c1 8100:100.p5 8100:10.p5 8100:77 ip=4 dscp=46
		send P:acme-p 8100:77 ip=6 dscp=26
		expect C:c1 8100:100 8100:10 8100:77 ip=6 dscp=0
	SCRIPT
}

errors_in()
{
	"$1" nstat -asz TcpInErrs IpInHdrErrors TcpInCsumErrors 2> /dev/null |
		awk '/InErrs|HdrErr|Csum/ { n += $2 } END { print n + 0 }'
}

# GSO packets and clones of what TCP keeps are rewritten on the way.
tcp_with_a_new_dscp_is_intact()
{
	local vlan n

	n=$(scale 3000000)
	acme classes teams
	vlan=$(customer_vlan c1 100)
	cip link add link "$vlan" name cust type vlan id 10
	cip link set cust up
	addr_add cip cust 10.9.0.2/30
	addr_add pip acme-p 10.9.0.1/30
	TOS=104 must "$PROGS/stream" "$(pns)" "$C" 10.9.0.2 "$n"
	TOS=184 must "$PROGS/stream" "$(pns)" "$C" 10.9.0.2 "$n"
	TOS=104 must "$PROGS/stream" "$C" "$(pns)" 10.9.0.1 "$n"
	check_eq "errors at the customer" "$(errors_in cexec)" 0
	check_eq "errors at the provider" "$(errors_in pexec)" 0
	(($(of voice tx green_bytes) > n))
	check_err $? "voice has $(of voice tx green_bytes) bytes"
	(($(of voice tx green_bytes) < n * 2))
	check_err $? "voice has $(of voice tx green_bytes) bytes"
	(($(of default tx green_bytes) > n && $(of default rx green_bytes) > n))
	check_err $? "default has too few bytes"
	cip link del "$vlan"
}

classes_count_apart()
{
	acme classes teams bandwidth 1k burst 20000
	frames <<- SCRIPT
		$(leaves "ip=4 dscp=46" 5 "ip=4 dscp=46")
		$(leaves "ip=4 dscp=46" 5 "ip=4 dscp=46")
		$(leaves "ip=4 dscp=18" 4 "ip=4 dscp=18")
	SCRIPT
	check_eq "frames of voice" "$(of voice tx green_packets)" 2
	check_eq "bytes of voice" "$(of voice tx green_bytes)" 244
	check_eq "frames of interactive" "$(of interactive tx green_packets)" 1
	check_eq "frames of default" "$(of default tx green_packets)" 0
}

# Each wants more than the circuit has, on a slow machine, too. 1000 byte frames
# with both tags.
GOLD="- ip=4 dscp=46 pay=978"
BRONZE="- ip=4 dscp=0 pay=978"

read_flood()
{
	read -r _ SENT _ _ _ US < <("$PROGS/frames" flood "$@")
}

a_cir_is_not_eaten()
{
	local gold bronze all

	acme bandwidth 1M burst 20000
	must v circuit class add acme gold dscp 46 pcp 5 cir 250k cbs 10000
	must v circuit class set acme default cir 500k cbs 10000
	read_flood count "$(scale 8000)" "$(pns):acme-p" "$GOLD" \
		"$(pns):acme-p" "$BRONZE"
	gold=$(of gold tx green_bytes)
	bronze=$(of default tx green_bytes)
	all=$((gold + bronze + $(of gold tx yellow_bytes) +
		$(of default tx yellow_bytes)))
	diag "$US us: gold $gold, default $bronze, all $all bytes"
	((gold >= US * 98 / 3200 && gold <= US / 32 + 11000))
	check_err $? "gold has $gold bytes of its CIR"
	((bronze >= US * 98 / 1600 && bronze <= US / 16 + 11000))
	check_err $? "default has $bronze bytes of its CIR"
	((all >= US * 98 / 800 && all <= US / 8 + 41000))
	check_err $? "all have $all bytes"
}

higher_rank_comes_first()
{
	local gold bronze

	acme bandwidth 1M burst 20000
	must v circuit class add acme gold dscp 46 pcp 5 share 10 cbs 10000
	must v circuit class set acme default share 10 cbs 10000
	read_flood count "$(scale 8000)" "$(pns):acme-p" "$GOLD" \
		"$(pns):acme-p" "$BRONZE"
	gold=$(of gold tx yellow_bytes)
	bronze=$(of default tx yellow_bytes)
	diag "$US us: yellow bytes: gold $gold, default $bronze"
	((gold >= US * 38 / 400))
	check_err $? "gold has $gold bytes of the excess"
	((bronze <= gold / 5 + 30000))
	check_err $? "default has $bronze bytes of the excess"
	(($(of default tx green_bytes) >= US * 98 / 8000))
	check_err $? "default has less than its CIR"
}

yellow_has_dei()
{
	acme bandwidth 1M
	must v circuit class add acme gold dscp 46 pcp 5 eir 100k
	frames <<- SCRIPT
		send P:acme-p - ip=4 dscp=46
		expect C:c1 8100:100.p5.d 8100:10.p5.d ip=4 dscp=46
	SCRIPT
	must v circuit class set acme gold cir 1M
	frames <<- SCRIPT
		send P:acme-p - ip=4 dscp=46
		expect C:c1 8100:100.p5 8100:10.p5 ip=4 dscp=46
	SCRIPT
}

classes_come_and_go()
{
	acme classes teams
	frames <<< "$(leaves "ip=4 dscp=46" 5 "ip=4 dscp=46")"
	must v circuit class del acme voice
	frames <<< "$(leaves "ip=4 dscp=46" 0 "ip=4 dscp=0")"
	must v circuit class add acme voice dscp 46 pcp 7
	frames <<< "$(leaves "ip=4 dscp=46" 7 "ip=4 dscp=46")"
	check_eq "frames of voice, both times" \
		"$(of voice tx green_packets)" 2
	refused "takes what no other class wants" \
		circuit class del acme default
	must v circuit set acme classes none
	frames <<< "$(leaves "ip=4 dscp=26" 0 "ip=4 dscp=26")"
	check_eq classes "$(circ 'classes | length')" 0
}

bad_classes_are_refused()
{
	local i

	acme bandwidth 1M classes teams
	refused "has no class vioce: it has default, interactive, voice" \
		circuit class set acme vioce pcp 1
	refused "has a class voice already" circuit class add acme voice
	refused "DSCP 46 is of class voice" \
		circuit class add acme more dscp 44-46
	refused "no name for a class" circuit class add acme "a b"
	refused "the CIRs of circuit acme come to 1200k, more than its bandwidth 1M" \
		circuit class set acme voice cir 1200k
	refused "not both" circuit class set acme voice cir 1M share 5
	refused "CIR 999 bit/s of class voice" \
		circuit class set acme voice cir 999
	refused "CBS of 100 bytes is below one frame" \
		circuit class set acme voice cir 10k cbs 100
	no v circuit class set acme voice dscp 64
	no v circuit class set acme voice pcp 8
	no v circuit class add acme sixteen-letters-
	for ((i = 0; i < 5; i++)); do
		must v circuit class add acme "c$i" from-pcp "$i"
	done
	refused "has 8 classes, it cannot have more" \
		circuit class add acme ninth
	refused "class voice of circuit acme has a CIR|CIRs of circuit" \
		circuit class set acme voice cir 10M
	must v circuit class set acme voice cir 10k
	refused "class voice of circuit acme has a CIR, so the circuit needs" \
		circuit set acme bandwidth 0
}

run_tests
