#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The life of a circuit: service key, administrative and provisioning state,
# what may be deleted and when, names, numbers, descriptions, metadata.

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

ALL_TESTS="
	service_key_is_made_and_unique
	service_key_is_fixed_once_provisioned
	provisioning_states
	delete_needs_force_while_provisioned
	admin_down_stops_traffic
	not_provisioned_stops_traffic
	deprovisioned_can_be_deleted
	names_are_checked
	rename_keeps_everything
	numbers
	metadata_and_description
	attachments_are_unique
	overlapping_attachments_live_together
	peerings_are_unique
	peerings_fit_their_leg
	peerings_are_told_of_when_up
	port_with_legs_needs_force
	port_is_found_and_set
	many_lives
"

KEY=0f0e0d0c-0b0a-0908-0706-050403020100

setup_all()
{
	setup_provider
	quiet_ns "$C"
	two_wires
	wire sync sync
}

ports()
{
	v port show p1 > /dev/null 2>&1 || must v port add p1
	v port show p2 > /dev/null 2>&1 || must v port add p2
}

acme()
{
	ports
	must v circuit add acme leg p1:100 "$@"
	must v peering add acme-p circuit acme cvid 10
	must pip link set acme-p up
}

service_key_is_made_and_unique()
{
	local first second uuid

	uuid='^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-'
	uuid+='[0-9a-f]{12}$'
	must v circuit add a
	must v circuit add b
	first=$(circ key a)
	second=$(circ key b)
	[[ $first =~ $uuid ]]
	check_err $? "not a random UUID: $first"
	[[ $first != "$second" ]]
	check_err $? "two circuits have the key $first"
	must v circuit add c key "$KEY"
	check_eq "key given" "$(circ key c)" "$KEY"
	refused "key.*(c\b|holds|in use|exists|taken|circuit)" \
		circuit add d key "$KEY"
	refused '.' circuit set b key "$KEY"
	check_eq "key after a refusal" "$(circ key b)" "$second"
	no v circuit add e key 12345
	no v circuit add e key "${KEY}0"
}

service_key_is_fixed_once_provisioned()
{
	local state

	ports
	must v circuit add acme
	must v circuit set acme key "$KEY"
	check_eq key "$(circ key)" "$KEY"
	must v circuit leg add acme p1:100
	for state in provisioning provisioned; do
		must v circuit set acme provisioning "$state"
		refused 'key' circuit set acme \
			key 00000000-0000-4000-8000-000000000001
		check_eq key "$(circ key)" "$KEY"
	done
	must v circuit set acme provisioning not-provisioned
	must v circuit set acme key 00000000-0000-4000-8000-000000000001
	refused 'key' circuit set acme key 00000000-0000-0000-0000-000000000000
}

# stands STATE REASON: what the circuit says of itself.
stands()
{
	check_eq "state and reason" "$(circ state) $(circ reason)" "$*"
}

provisioning_states()
{
	ports
	must v circuit add acme
	check_eq "state without a leg" "$(circ provisioning)" not-provisioned
	must v circuit add other leg p1:300
	check_eq "state with a leg" "$(circ provisioning other)" provisioned
	must v circuit set acme provisioning provisioning
	check_eq state "$(circ provisioning)" provisioning
	refused 'no leg' circuit set acme provisioning provisioned
	check_eq "state after the refusal" "$(circ provisioning)" provisioning
	must v circuit leg add acme p1:100
	stands down not-provisioned
	must v circuit set acme provisioning provisioned
	check_eq "admin state" "$(circ admin)" up
	stands up none
	refused 'no leg|provisioned' circuit leg del acme role primary
	refused 'not-provisioned' circuit set acme provisioning provisioning
	stands up none
	must v circuit set acme provisioning not-provisioned
	stands down not-provisioned
	must v circuit set acme provisioning provisioned admin down
	stands down admin-down
	no v circuit set acme provisioning nonsense
	no v circuit set acme admin nonsense
}

delete_needs_force_while_provisioned()
{
	acme
	refused 'provision' circuit del acme
	check_eq "circuit after the refusal" "$(circ name)" acme
	must v circuit set acme provisioning not-provisioned
	must v circuit set acme provisioning provisioning
	refused 'provision' circuit del acme
	must v circuit del acme force
	check_eq "circuits" "$(jqv length circuit show)" 0
	no pip link show acme-p
	refused 'acme' circuit del acme
	refused 'acme' circuit set acme admin down
}

# frame_gets NOTHING|THROUGH
frame_gets()
{
	local line=

	[[ $1 == through ]] && line="expect P:acme-p -"
	must "$PROGS/frames" run <<- SCRIPT
		netns C $C
		netns P $(pns)
		sync C:sync P:sync
		send C:c1 8100:100 8100:10
		tap P:p1
		$line
	SCRIPT
}

drops()
{
	jqv ".[0].legs[0].drops[\"$1\"] // 0" show acme
}

admin_down_stops_traffic()
{
	acme
	frame_gets through
	must v circuit set acme admin down
	frame_gets nowhere
	check_eq "drops of a circuit that is down" "$(drops circuit-down)" 1
	wait_for 5 is_down acme-p	# the port below is up
	must v circuit set acme admin up
	until_eq 5 UP oper acme-p
	frame_gets through
	pip link set acme-p down
	frame_gets nowhere
	check_eq "drops of a peering that is down" "$(drops peering-down)" 1
	check_eq "drops of a circuit that is down" "$(drops circuit-down)" 1
}

not_provisioned_stops_traffic()
{
	acme provisioning not-provisioned
	frame_gets nowhere
	must v circuit set acme provisioning provisioning
	frame_gets nowhere
	check_eq drops "$(drops circuit-down)" 2
	wait_for 5 is_down acme-p
	must v circuit set acme provisioning provisioned
	until_eq 5 UP oper acme-p
	frame_gets through
}

deprovisioned_can_be_deleted()
{
	acme
	must v circuit set acme provisioning not-provisioned
	must v circuit del acme
	no pip link show acme-p
	check_eq "legs of the port" "$(jqv '.[0].legs' port show p1)" 0
}

names_are_checked()
{
	local long

	long=$(printf 'n%.0s' {1..63})
	must v circuit add "$long"
	check_eq "long name" "$(circ name "$long")" "$long"
	no v circuit add "x$long"
	no v circuit add ""
	no v circuit add "a b"
	no v circuit add "a/b"
	no v circuit add $'a\nb'
	no v circuit add $'\xff'
	must v circuit add a.b-c_D9
	must v circuit add acme
	refused "acme.*(exist|in use|already|taken)|(exist|already).*acme" \
		circuit add acme
	check_eq "circuits" "$(jqv length circuit show)" 3
}

rename_keeps_everything()
{
	local index id key

	acme
	index=$(pip -j link show acme-p | jq '.[0].ifindex')
	id=$(circ id)
	key=$(circ key)
	must v circuit set acme name emca
	check_eq id "$(circ id emca)" "$id"
	check_eq key "$(circ key emca)" "$key"
	check_eq peerings "$(jqv '.[0].peerings[].name' show emca)" acme-p
	check_eq ifindex "$(pip -j link show acme-p | jq '.[0].ifindex')" \
		"$index"
	must v circuit add acme
	refused "emca.*(exist|in use|already|taken)|(exist|already).*emca" \
		circuit set acme name emca
	frame_gets through
	must v circuit set emca name emca
}

numbers()
{
	must v circuit add a
	must v circuit add b id 77
	must v circuit add c
	check_eq "number given" "$(circ id b)" 77
	refused '77' circuit add d id 77
	[[ $(circ id a) != "$(circ id c)" ]]
	check_err $? "two circuits have the same number"
	no v circuit add e id 0
	must v circuit add f id 2147483646
	check_eq "largest number" "$(circ id f)" 2147483646
	refused '2147483646' circuit add g id 2147483647
}

metadata_and_description()
{
	local i args=()

	must v circuit add acme description "two words" \
		metadata site=fra metadata customer=42
	check_eq description "$(circ description)" "two words"
	check_eq metadata "$(circ 'metadata | tojson')" \
		'{"site":"fra","customer":"42"}'
	must v circuit set acme metadata site=ams metadata noc=n1
	check_eq metadata \
		"$(circ 'metadata | to_entries | sort_by(.key) |
			map("\(.key)=\(.value)") | join(" ")')" \
		"customer=42 noc=n1 site=ams"
	must v circuit set acme metadata customer=
	check_eq "metadata left" "$(circ 'metadata | keys | join(" ")')" \
		"noc site"
	must v circuit set acme description ""
	check_eq description "$(jqv '.[0].description // ""' show acme)" ""
	must v circuit add full
	for ((i = 0; i < 32; i++)); do
		args+=(metadata "k$i=v$i")
	done
	must v circuit set full "${args[@]}"
	check_eq entries "$(circ 'metadata | length' full)" 32
	refused 'metadata|entr' circuit set full metadata one=more
	must v circuit set full metadata k0=new
	no v circuit set full description "$(printf 'd%.0s' {1..256})"
	must v circuit set full description "$(printf 'd%.0s' {1..255})"
}

attachments_are_unique()
{
	ports
	must v circuit add a leg p1:100
	refused "(p1.*100|100.*p1).*\ba\b|\ba\b.*(p1.*100|100.*p1)" \
		circuit add b leg p1:100
	check_eq "circuits after the refusal" "$(jqv length circuit show)" 1
	must v circuit add b leg p1:100.10
	refused '\bb\b' circuit add c leg p1:100.10
	must v circuit add u leg p1:untagged
	refused '\bu\b' circuit add c leg p1:untagged
	must v circuit add w leg 'p1:*'
	refused '\bw\b' circuit add c leg 'p1:*'
	must v circuit add c leg p2:100
	refused '\bc\b' circuit leg add a p2:100
	refused . circuit add d leg p1:500 leg p1:500
	check_eq "circuit after half of it was refused" \
		"$(jqv 'map(.name) | index("d")' circuit show)" null
	refused . circuit add d leg p3:100
	no v circuit add d leg p1:0
	no v circuit add d leg p1:4095
	no v circuit add d leg p1:100.0
	no v circuit add d leg p1:100.4095
	must v circuit add d leg p1:4094.4094
}

# one_goes_to DEV TAG...: a frame with these tags.
one_goes_to()
{
	local dev=$1

	shift
	must "$PROGS/frames" run <<- SCRIPT
		netns C $C
		netns P $(pns)
		sync C:sync P:sync
		send C:c1 $*
		tap P:p1
		expect P:$dev -
	SCRIPT
}

# A C-VID under an S-VID belongs to a peering or to a leg, not to both.
overlapping_attachments_live_together()
{
	ports
	must v circuit add s leg p1:100
	must v peering add s-10 circuit s cvid 10
	refused '10.*s-10|s-10.*10' circuit add q leg p1:100.10
	must v circuit add q leg p1:100.20
	must v peering add q-p circuit q
	refused '20.*\bq\b|\bq\b.*20' peering add s-20 circuit s cvid 20
	refused '20.*\bq\b|\bq\b.*20' peering set s-10 cvid 20
	must v circuit add w leg 'p1:*'
	refused '100.*\bs\b|\bs\b.*100' peering add w-100 circuit w cvid 100
	must v peering add w-50 circuit w cvid 50
	pip link set s-10 up
	pip link set q-p up
	pip link set w-50 up
	one_goes_to w-50 8100:50
	one_goes_to s-10 8100:100 8100:10
	one_goes_to q-p 8100:100 8100:20
	must v circuit del q force
	must v peering set s-10 cvid 20
	one_goes_to s-10 8100:100 8100:20
	must v circuit del s force
	must v peering set w-50 cvid 100
	one_goes_to w-50 8100:100
}

peerings_are_unique()
{
	ports
	must v circuit add acme leg p1:100 leg p2:100
	must v peering add a circuit acme cvid 10
	refused '\ba\b' peering add b circuit acme cvid 10
	refused '\ba\b' peering add b circuit acme cvid 10 leg primary
	must v peering add u circuit acme
	refused '\bu\b' peering add b circuit acme
	must v peering add x circuit acme cvid 20 leg primary
	must v peering add y circuit acme cvid 20 leg secondary
	refused '\b[xy]\b' peering add b circuit acme cvid 20
	refused '\by\b|\bx\b' peering set y leg primary
	refused '\ba\b' peering set u cvid 10
	refused . peering add a circuit acme cvid 40
	refused . peering add p1 circuit acme cvid 40
	refused 'nobody' peering add c circuit nobody cvid 40
	no v peering add c circuit acme cvid 0
	no v peering add c circuit acme cvid 4095
	no v peering add this-name-is-too-long circuit acme cvid 40
	no v peering add "a b" circuit acme cvid 40
	check_eq peerings "$(circ 'peerings | map(.name) | sort | join(" ")')" \
		"a u x y"
}

peerings_fit_their_leg()
{
	ports
	must v circuit add q leg p1:100.10
	refused 'cvid|c-vid|C-VID' peering add a circuit q cvid 20
	must v peering add a circuit q
	refused 'cvid|c-vid|C-VID' peering set a cvid 20
	must v circuit add u leg p1:untagged
	refused 'cvid|c-vid|C-VID' peering add b circuit u cvid 20
	must v circuit add s leg p1:200
	must v peering add c circuit s cvid 20
	refused 'cvid|c-vid|C-VID|peering|\bc\b' \
		circuit leg set s role primary p1:200.5
	refused 'cvid|c-vid|C-VID|peering|\bc\b' \
		circuit leg add s role secondary p2:untagged
}

# ready_to_hear FILE: what monitors writes of a device that comes and goes
ready_to_hear()
{
	pip link add heard type dummy 2> /dev/null || pip link del heard
	grep -q heard "$1"
}

# uevents N WHAT COMMAND...: so many are sent while it runs
uevents()
{
	local n=$1 what=$2 before

	shift 2
	before=$(< /sys/kernel/uevent_seqnum)
	must "$@"
	check_eq "uevents $what" \
		"$(($(< /sys/kernel/uevent_seqnum) - before))" "$n"
}

# One uevent, as its queues are nobody's business, and up from the beginning
peerings_are_told_of_when_up()
{
	local out=$WORK/links

	ports
	must v circuit add acme leg p1:100
	background "$out" ip ${P:+-n "$P"} -o monitor link
	wait_for 5 ready_to_hear "$out"
	uevents 1 "of a new peering" v peering add acme-p circuit acme cvid 10
	must v peering add acme-q circuit acme cvid 20 down
	uevents 1 "of one that goes" v peering del acme-p
	must v peering del acme-q
	wait_for 5 grep -q 'Deleted.*acme-q' "$out"
	kill "$BG"
	grep -m 1 acme-p "$out" | grep -q '[<,]UP[,>]'
	check_err $? "not up when first told of: $(grep -m 1 acme-p "$out")"
	check_eq "lines that say acme-q is up" \
		"$(grep acme-q "$out" | grep -c '[<,]UP[,>]')" 0
	pip link del heard 2> /dev/null
}

port_with_legs_needs_force()
{
	acme
	refused 'leg' port del p1
	check_eq "the peering" "$(oper acme-p)" UP
	must v port del p1 force
	check_eq "the leg" "$(jqv '.[0].legs[0] | "\(.state) \(.reason)"' \
		show acme)" "down port-absent"
	wait_for 5 is_down acme-p
	must v port add p1
	until_eq 5 UP oper acme-p
	frame_gets through
	must v circuit del acme force
	must v port del p1
	refused 'p1' port del p1
}

port_is_found_and_set()
{
	ports
	check_eq "port by name" "$(jqv '.[].name' port show p1)" p1
	check_eq "ports" "$(jqv 'map(.name) | sort | join(" ")' port show)" \
		"p1 p2"
	check_eq "as made" "$(jqv \
		'.[0] | "\(.unmatched) \(.state) \(.reason) \(.mtu) \(.legs)"' \
		port show p1)" "pass up none 1500 0"
	must v port set p1 tpid 88a8 unmatched drop
	check_eq "unmatched" "$(jqv '.[0].unmatched' port show p1)" drop
	refused 'p1' port add p1
	refused . port add nodev0
	no v port set p1 tpid 1234
	no v port set p1 tpid 800
	no v port set p1 unmatched sometimes
	refused . port set sync tpid 88a8
}

many_lives()
{
	local n

	n=$(scale 200)
	ports
	pexec "$PROGS/vxcnl" cycle "$n" \
		"add circuit name=x leg { port=p1 svid=7 } ;
		 add peering name=xp circuit=x cvid=9" \
		"del circuit name=x force" > "$WORK/out" 2>&1
	check_err $? "$(< "$WORK/out")"
	check_eq "what is left" "$(jqv length circuit show) $(jqv \
		'.[0].legs' port show p1)" "0 0"
}

run_tests
