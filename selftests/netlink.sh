#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The netlink family itself: transactions, what refusals point at, who may do
# what, events, dumps.
#
#   C   c1    c2            customer
#       |     |
#   P   p1    p2            provider
#   X                       somebody else's network namespace

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

ALL_TESTS="
	transaction_of_many
	transaction_is_all_or_nothing
	transaction_uses_what_it_makes
	refusals_point_at_the_attribute
	attributes_are_checked
	reading_needs_no_privilege
	writing_needs_privilege
	service_key_is_secret
	root_of_a_user_namespace
	tenant_cannot_touch_the_circuit
	events_go_to_their_namespace
	objects_stay_in_their_namespace
	dump_while_changing
	large_dump
	many_at_once
	padding_is_clean
	circuits_have_a_limit
	ports_have_a_limit
"

setup_all()
{
	setup_provider
	setup_ns X
	quiet_ns "$C"
	wire c1 p1
	wire c2 p2
}

ports()
{
	v port show p1 > /dev/null 2>&1 || must v port add p1
	v port show p2 > /dev/null 2>&1 || must v port add p2
}

nl()
{
	pexec "$PROGS/vxcnl" "$@"
}

# says REGEX OPS: a transaction is refused with this; nothing changed.
says()
{
	local out before

	before=$(nl state)
	out=$(nl apply "$2")
	check_eq "exit status of '$2'" $? 2
	grep -Eqi -- "$1" <<< "$out"
	check_err $? "'$2' says '$out', not /$1/"
	check_eq "state after '$2'" "$(nl state)" "$before"
}

transaction_of_many()
{
	must nl apply "add port name=p1 ; add port name=p2 tpid=0x88a8 ;
		add circuit name=acme leg { port=p1 svid=100 }
			leg { port=p2 svid=100 } metadata { key=a value=b } ;
		add peering name=acme-p circuit=acme cvid=10 ;
		add peering name=acme-q circuit=acme cvid=20 role=1"
	check_eq "what is there" "$(jqv '.[0] | "\(.legs | length) " +
		"\(.peerings | map(.name) | sort | join(" ")) \(.state)"' \
		show acme)" "2 acme-p acme-q up"
	must nl apply "del peering name=acme-p ; del peering name=acme-q ;
		del circuit name=acme force ; del port name=p1 ;
		del port name=p2"
	vxc_is_empty
	check_err $? "something is left"
	no pip link show acme-p
}

# A step that fails, at every place of the transaction.
transaction_is_all_or_nothing()
{
	local good bad at ops i

	ports
	must v circuit add held leg p1:999
	pip link add taken type dummy
	good=("add circuit name=a leg { port=p1 svid=1 } leg { port=p2 svid=1 }"
		"add peering name=ap circuit=a cvid=5"
		"add peering name=aq circuit=a mtu=1400"
		"set circuit name=a description=text admin=0"
		"set port name=p1 unmatched=1 tpid=0x88a8"
		"set leg circuit=held role=0 port=p2 svid=3"
		"set circuit name=held new-name=kept"
		"set peering name=ap cvid=6"
		"del peering name=aq"
		"add leg circuit=kept port=p1 svid=77"
		"del circuit name=kept force"
		"set circuit name=a switch=1 switch-to=1")
	for bad in "add circuit name=b leg { port=p1 svid=1 }" \
		"add port name=lo" "del port name=p1" \
		"add peering name=taken circuit=a cvid=9" \
		"add peering name=x circuit=nobody" "set peering name=ap mtu=9000"
	do
		for ((at = 2; at <= ${#good[@]}; at += 3)); do
			ops=
			for ((i = 0; i < at; i++)); do
				ops+="${good[i]} ; "
			done
			says '.' "$ops $bad"
		done
	done
	no pip link show ap
	pip link del taken
	check_eq "circuits" "$(jqv 'map(.name) | join(" ")' circuit show)" held
}

transaction_uses_what_it_makes()
{
	must nl apply "add port name=p1 ;
		add circuit name=a leg { port=p1 svid=1 } ;
		set circuit name=a new-name=b ;
		add peering name=bp circuit=b cvid=5 ;
		set peering name=bp cvid=6 ;
		set leg circuit=b role=0 port=p1 svid=2"
	check_eq "what is there" "$(jqv '.[0] |
		"\(.name) \(.legs[0].attachment) \(.peerings[0].cvid)"' \
		show b)" "b p1:2 6"
	must nl apply "del peering name=bp ; add peering name=bq circuit=b ;
		del circuit name=b force ; add circuit name=b"
	check_eq "what is there" "$(jqv '.[0] | "\(.legs) \(.peerings)"' \
		show b)" "[] []"
}

refusals_point_at_the_attribute()
{
	ports
	must v circuit add acme leg p1:100
	must v peering add acme-p circuit acme cvid 10
	says 'at .op.port.name:' "add port name=nodev0"
	says 'at .op.port.tpid:' "set port name=p1 tpid=0x1234"
	says 'at .op.leg.svid:' "add leg circuit=acme port=p2 svid=4095"
	says 'at .op.circuit.leg(.svid|.port)?:.*acme' \
		"add circuit name=b leg { port=p1 svid=100 }"
	says 'at .op.circuit.leg.port:.*p9' \
		"add circuit name=b leg { port=p9 svid=100 }"
	says 'at .op.circuit.name:' "add circuit name=acme"
	says 'at .op.circuit.name:' "set circuit name=nobody admin=0"
	says 'at .op.peering.cvid:.*acme-p' \
		"add peering name=b circuit=acme cvid=10"
	says 'at .op.peering.circuit:.*nobody' \
		"add peering name=b circuit=nobody cvid=10"
	says 'at .op.peering.mtu:.*9000' "set peering name=acme-p mtu=9000"
	says 'at .op.peering.pcp:' "set peering name=acme-p pcp=8"
	# Of two operations, the second one is at fault.
	says 'at .op.circuit.name:' \
		"set circuit name=acme admin=0 ; set circuit name=no admin=0"
}

attributes_are_checked()
{
	local ops

	ports
	must v circuit add acme leg p1:100
	for ops in "add circuit" "add circuit name=" "set circuit admin=0" \
		"add circuit name=x id=0" "add circuit name=x wtr=720001" \
		"add circuit name=x admin=7" "add circuit name=x revertive=2" \
		"add circuit name=x provisioning=3" \
		"add circuit name=x key=00112233" \
		"add circuit name=x leg { port=p1 }" \
		"add circuit name=x leg { svid=1 }" \
		"add circuit name=x leg { port=p1 svid=0 }" \
		"add circuit name=x leg { port=p1 svid=1 end=1 }" \
		"add circuit name=x leg { port=p1 svid=1 role=2 }" \
		"add circuit name=x leg { port=p1 match=2 svid=1 }" \
		"add circuit name=x leg { port=p1 match=9 }" \
		"add circuit name=x leg { port=p1 match=1 svid=1 }" \
		"add circuit name=x metadata { value=b }" \
		"set circuit name=acme switch=1" \
		"set circuit name=acme switch=9" \
		"set circuit name=acme switch-to=1" \
		"add peering name=x" "add peering circuit=acme cvid=4095" \
		"add peering name=x circuit=acme cvid=0" \
		"add peering name=x circuit=acme dei=2" \
		"add peering name=x circuit=acme pcp-source=2" \
		"add peering name=x circuit=acme vrf=999999" \
		"add peering name=x circuit=acme vrf=1" \
		"add peering name=x circuit=acme address=01:02:03:04:05:06" \
		"add peering name=x circuit=acme address=02:03" \
		"add port" "add port name=p1 unmatched=2" "del leg circuit=x"
	do
		says '.' "$ops"
	done
}

# as_nobody COMMAND...: in the provider's namespace, without privileges.
as_nobody()
{
	pexec setpriv --reuid 65534 --regid 65534 --clear-groups \
		--inh-caps=-all --bounding-set=-all "$@"
}

reading_needs_no_privilege()
{
	ports
	must v circuit add acme leg p1:100
	check_eq "circuits that nobody sees" \
		"$(as_nobody "$PROGS/vxcnl" dump circuit)" 1
	check_eq "ports that nobody sees" \
		"$(as_nobody "$PROGS/vxcnl" dump port)" 2
}

writing_needs_privilege()
{
	local ops out

	ports
	must v circuit add acme leg p1:100
	must v peering add acme-p circuit acme
	for ops in "add port name=p1" "set port name=p1 unmatched=1" \
		"del port name=p1" "add circuit name=x" \
		"set circuit name=acme admin=0" "del circuit name=acme force" \
		"add leg circuit=acme port=p2 svid=1" \
		"del leg circuit=acme role=0" \
		"add peering name=x circuit=acme cvid=9" \
		"set peering name=acme-p cvid=9" "del peering name=acme-p"
	do
		out=$(as_nobody "$PROGS/vxcnl" apply "$ops")
		grep -q ^EPERM <<< "$out"
		check_err $? "'$ops' by nobody: $out"
	done
	check_eq "the peering" "$(oper acme-p | grep -c .)" 1
}

service_key_is_secret()
{
	local key

	must v circuit add acme
	key=$(circ key)
	[[ -n $key && $key != null ]]
	check_err $? "root does not see the key"
	as_nobody "$VXC" -j circuit show > "$WORK/shown" 2>&1
	check_eq "the circuit as nobody sees it" \
		"$(jq -r '.[0].name' "$WORK/shown")" acme
	grep -q "$key" "$WORK/shown"
	check_fail $? "nobody sees the service key"
	background "$WORK/monitor" as_nobody "$VXC" -j monitor
	wait_for 5 monitor_runs acme
	finish "$BG"
	grep -q "$key" "$WORK/monitor"
	check_fail $? "an event has the service key"
}

# Root of a namespace of its own may do all but give a device to vxc.
root_of_a_user_namespace()
{
	if ! unshare -Urn true 2> /dev/null; then
		skip "no user namespaces"
		return
	fi
	cat > "$WORK/inside" <<- END
		ip link add veth7 type veth peer name veth8
		ip link set veth7 up
		ip link set veth8 up
		"$PROGS/vxcnl" apply "add port name=veth7"
		"$PROGS/vxcnl" apply "add circuit name=x"
		"$PROGS/vxcnl" dump circuit
		"$PROGS/vxcnl" apply "del circuit name=x"
	END
	unshare -Urn bash "$WORK/inside" > "$WORK/out" 2>&1
	sed 's/ .*//' "$WORK/out" > "$WORK/short"
	check_eq "port add, circuit add, dump, circuit del" \
		"$(tr '\n' ' ' < "$WORK/short")" "EPERM ok 1 ok "
}

# tenant COMMAND...: root in a user namespace that owns network namespace $1's
# devices, but not the provider's.
tenant_cannot_touch_the_circuit()
{
	local pid out

	if ! unshare -Urn true 2> /dev/null; then
		skip "no user namespaces"
		return
	fi
	ports
	must v circuit add acme leg p1:100
	must v peering add acme-p circuit acme cvid 10
	background "$WORK/tenant" unshare -Urn sleep 600
	pid=$BG
	wait_for 5 in_other_netns "$pid"
	must pip link set acme-p netns "$pid"
	inside=(nsenter -t "$pid" -U -n --preserve-credentials)
	must "${inside[@]}" ip link set acme-p up
	must "${inside[@]}" ip addr add 10.1.0.2/30 dev acme-p
	out=$("${inside[@]}" "$PROGS/vxcnl" apply \
		"set peering name=acme-p cvid=20")
	check_eq "exit status of the tenant's change" $? 2
	out=$("${inside[@]}" ip link set acme-p type vxc cvid 20 2>&1)
	check_fail $? "the tenant changed the C-VID by rtnetlink: $out"
	check_eq "C-VID" "$(jqv '.[0].cvid' peering show)" 10
	# The core lets anyone delete the devices of a namespace of their own.
	must "${inside[@]}" ip link del acme-p
	check_eq "peerings left" "$(jqv length peering show)" 0
	must v peering add acme-p circuit acme cvid 10
	finish "$pid"
}

in_other_netns()
{
	[[ $(readlink "/proc/$1/ns/net") != $(readlink /proc/self/ns/net) &&
		$(< "/proc/$1/uid_map") == *0*0* ]]
}

events_go_to_their_namespace()
{
	local mine other

	ports
	must v circuit add acme leg p1:100
	background "$WORK/other" "$VXC" -n "$X" -j monitor
	other=$BG
	background "$WORK/monitor" v -j monitor
	mine=$BG
	wait_for 5 monitor_runs acme
	"$VXC" -n "$X" circuit add elsewhere
	wait_for 5 other_runs
	must v peering add acme-p circuit acme cvid 10
	must v peering set acme-p cvid 20
	must v peering del acme-p
	must v circuit del acme force
	must v port set p1 unmatched drop
	wait_for 5 grep -q 'p1' "$WORK/monitor"
	wait_for 5 grep -q 'deleted.*acme' <(tr '\n' ' ' < "$WORK/monitor")
	finish "$mine"
	finish "$other"
	grep -q 'acme\|p1' "$WORK/other"
	check_fail $? "events in a namespace they are not for"
	grep -q elsewhere "$WORK/monitor"
	check_fail $? "events of another namespace"
	"$VXC" -n "$X" circuit del elsewhere
}

other_runs()
{
	"$VXC" -n "$X" circuit set elsewhere description "tick $RANDOM"
	[[ -s $WORK/other ]]
}

objects_stay_in_their_namespace()
{
	ports
	must v circuit add acme leg p1:100
	check_eq "circuits elsewhere" \
		"$("$VXC" -n "$X" -j circuit show | jq length)" 0
	check_eq "ports elsewhere" "$("$VXC" -n "$X" -j port show | jq length)" 0
	must "$VXC" -n "$X" circuit add acme
	no "$VXC" -n "$X" circuit add b leg p1:100
	must "$VXC" -n "$X" circuit del acme
	check_eq "the circuit here" "$(circ state)" up
}

# Circuits that nobody touches are in every dump, once.
dump_while_changing()
{
	local i n churn

	n=$(scale 300)
	for ((i = 0; i < n; i++)); do
		echo "circuit add stay$i"
	done > "$WORK/stay"
	must v -batch "$WORK/stay"
	background "$WORK/churn" nl cycle 100000 \
		"add circuit name=churn" "del circuit name=churn"
	churn=$BG
	for ((i = 0; i < 5; i++)); do
		v -j circuit show > "$WORK/dump" || continue
		check_eq "circuits that stay" \
			"$(jq '[.[].name | select(startswith("stay"))] |
				"\(length) \(unique | length)"' "$WORK/dump")" \
			"\"$n $n\""
	done
	finish "$churn"
	v circuit del churn > /dev/null 2>&1
}

large_dump()
{
	local i n begin

	n=$(scale 300)
	for ((i = 0; i < n; i++)); do
		echo "circuit add c$i description $(printf '%0200d' "$i")"
	done > "$WORK/many"
	must v -batch "$WORK/many"
	begin=$SECONDS
	check_eq "circuits dumped" "$(nl dump circuit)" "$n"
	((SECONDS - begin <= 5 * KSFT_SLOW))
	check_err $? "the dump took $((SECONDS - begin)) s"
	must pexec timeout 60 "$PROGS/vxcnl" dump circuit 3
}

# Several at once, over generic netlink and rtnetlink: nobody waits for ever,
# and what each has made is there in the end.
many_at_once()
{
	local i n pids=()

	n=$(scale 200)
	ports
	must v circuit add acme leg p1:100 leg p2:100
	must v peering add acme-p circuit acme cvid 10
	for i in 1 2; do
		background "$WORK/cycle$i" nl cycle "$n" \
			"add circuit name=x$i leg { port=p1 svid=20$i } ;
			add peering name=xp$i circuit=x$i cvid=9" \
			"del circuit name=x$i force"
		pids+=("$BG")
	done
	for ((i = 0; i < n / 4; i++)); do
		echo "link set p1 mtu $((1400 + i % 100))"
		echo "link set acme-p down"
		echo "link set acme-p up"
		echo "link set p2 down"
		echo "link set p2 up"
	done > "$WORK/links"
	background "$WORK/ip" pip -batch "$WORK/links"
	pids+=("$BG")
	background "$WORK/dumps" nl dump peering "$n"
	pids+=("$BG")
	for i in "${pids[@]}"; do
		wait "$i" || fail "one of them failed: $(cat "$WORK"/cycle? \
			"$WORK/ip" "$WORK/dumps")"
	done
	pip link set p1 mtu 1500
	until_eq 5 "up none" jqv '.[0] | "\(.state) \(.reason)"' show acme
	check_eq circuits "$(jqv 'map(.name) | join(" ")' circuit show)" acme
}

# Two dumps of the same state have the same bytes.
padding_is_clean()
{
	ports
	must v circuit add acme leg p1:100 metadata a=b description xyz
	must v peering add acme-p circuit acme cvid 10
	check_eq "the same state" "$(nl state)" "$(nl state)"
}

# Nobody can make circuits until the memory is gone, and a dump of as many as
# there can be neither hangs nor misses one.
circuits_have_a_limit()
{
	local begin

	if ((KSFT_SLOW > 1)); then
		skip "too slow on this kernel"
		return
	fi
	begin=$SECONDS
	must nl many 65536
	diag "made in $((SECONDS - begin)) s"
	says '65536' "add circuit name=toomany"
	begin=$SECONDS
	check_eq "circuits dumped" "$(nl dump circuit)" 65536
	diag "dumped in $((SECONDS - begin)) s"
	must "$VXC" -n "$X" circuit add elsewhere
	must "$VXC" -n "$X" circuit del elsewhere
	begin=$SECONDS
	vxc_flush
	diag "deleted in $((SECONDS - begin)) s"
}

ports_have_a_limit()
{
	local i ops=

	if ((KSFT_SLOW > 1)); then
		skip "too slow on this kernel"
		return
	fi
	for ((i = 0; i < 1025; i++)); do
		echo "link add l$i type dummy"
	done > "$WORK/links"
	pip -batch "$WORK/links"
	for ((i = 0; i < 1024; i++)); do
		ops+="add port name=l$i ; "
	done
	must nl apply "$ops"
	refused '1024' port add l1024
	must v port del l5
	must v port add l1024
	vxc_flush
	sed -i 's/link add \(.*\) type dummy/link del \1/' "$WORK/links"
	pip -batch "$WORK/links"
}

run_tests
