#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Frames of any shape and transactions of any content. SEED=N repeats a run,
# FUZZ=N makes it longer.
#
#   C   c1    c2            customer
#       |     |
#   P   p0    p1            provider

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

ALL_TESTS="
	frames_to_the_ports
	frames_from_the_peerings
	frames_while_things_change
	messages_of_root
	messages_of_root_in_a_user_namespace
	messages_under_traffic
	it_still_works
"

SEED=${SEED:-$RANDOM$RANDOM}
FUZZ=${FUZZ:-$(scale 20000)}
# A transaction takes a slow kernel a hundred times as long as a frame
MESSAGES=$((KSFT_SLOW > 1 ? FUZZ / 4 : FUZZ))

setup_all()
{
	setup_provider
	quiet_ns "$C"
	[[ -n $P ]] && quiet_ns "$P"
	wire sync sync
	wire c1 p0
	wire c2 p1
	diag "seed $SEED"
}

configure()
{
	must v port add p0
	must v port add p1 tpid 88a8 unmatched drop
	cat > "$WORK/config" <<- END
		circuit add a leg p0:100 leg p1:100
		circuit add b leg p0:untagged leg p1:100.30
		circuit add c leg p0:200.20
		circuit add w leg p1:*
		peering add a-p circuit a cvid 10
		peering add a-q circuit a
		peering add a-r circuit a cvid 20 leg secondary
		peering add b-p circuit b
		peering add c-p circuit c
		peering add w-p circuit w cvid 20
	END
	must v -batch "$WORK/config"
	for dev in a-p a-q a-r b-p c-p w-p; do
		pip link set "$dev" up
	done
}

# Everything that the ports have received, wherever it went.
accounted()
{
	echo $(($(jqv '[.[] | .passed, (.drops[]?)] | add' port show) +
		$(jqv '[.[].legs[] | .stats.rx_packets, (.drops[]?)] | add' \
			show)))
}

frames_to_the_ports()
{
	local sent cut

	configure
	"$PROGS/fuzz-frames" "$SEED" "$FUZZ" "$C:c1" "$C:c2" > "$WORK/out"
	check_err $? "fuzz-frames: $(< "$WORK/out")"
	diag "$(< "$WORK/out")"
	read -r _ _ _ sent _ _ _ cut < "$WORK/out"
	((sent > FUZZ / 2))
	check_err $? "only $sent frames were sent"
	until_eq 5 $((sent - cut)) accounted
}

frames_from_the_peerings()
{
	local sent taken

	configure
	"$PROGS/fuzz-frames" "$SEED" "$((FUZZ / 2))" "$(pns):a-p" \
		"$(pns):a-q" "$(pns):a-r" "$(pns):b-p" "$(pns):c-p" \
		"$(pns):w-p" > "$WORK/out"
	check_err $? "fuzz-frames: $(< "$WORK/out")"
	diag "$(< "$WORK/out")"
	read -r _ _ _ sent _ < "$WORK/out"
	taken=$(jqv '[.[].legs[].stats.tx_packets,
		(.[].peerings[].drops[]?)] | add' show)
	check_eq "frames sent or dropped" "$taken" "$sent"
}

frames_while_things_change()
{
	local pid i

	configure
	background "$WORK/out" "$PROGS/fuzz-frames" "$SEED" 100000000 \
		"$C:c1" "$C:c2" "$(pns):a-p" "$(pns):w-p"
	pid=$BG
	for ((i = 0; i < $(scale 40); i++)); do
		cat <<- END
			circuit leg set a role primary p0:101
			port set p0 tpid 9100
			peering set a-p cvid untagged
			peering del a-q
			peering add a-q circuit a cvid 4000
			circuit leg set a role primary p0:100
			circuit switch a manual secondary
			circuit switch a clear
			peering set a-p cvid 10
			port set p0 tpid 8100
			circuit set a admin down
			circuit set a admin up
			circuit del w force
			circuit add w leg p1:*
			peering add w-p circuit w cvid 20
		END
	done > "$WORK/edits"
	v -batch "$WORK/edits" > "$WORK/err" 2>&1
	kill -TERM "$pid"
	wait "$pid" 2> /dev/null
}

messages_of_root()
{
	pexec timeout $((120 * KSFT_SLOW)) "$PROGS/fuzz-netlink" "$SEED" \
		"$MESSAGES" > "$WORK/out" 2>&1
	check_err $? "fuzz-netlink: $(< "$WORK/out")"
	diag "$(< "$WORK/out")"
}

messages_of_root_in_a_user_namespace()
{
	if ! unshare -Urn true 2> /dev/null; then
		skip "no user namespaces"
		return
	fi
	unshare -Urn timeout $((120 * KSFT_SLOW)) "$PROGS/fuzz-netlink" \
		"$SEED" "$MESSAGES" > "$WORK/out" 2>&1
	check_err $? "fuzz-netlink: $(< "$WORK/out")"
	diag "$(< "$WORK/out")"
}

messages_under_traffic()
{
	local flood

	background "$WORK/flood" "$PROGS/frames" flood \
		"$C:c1" "8100:100 8100:10" "$C:c1" - "$C:c2" "8100:100" \
		"$C:c2" "88a8:100 8100:10"
	flood=$BG
	pexec timeout $((120 * KSFT_SLOW)) "$PROGS/fuzz-netlink" \
		"$((SEED + 1))" "$((MESSAGES / 2))" > "$WORK/out" 2>&1
	check_err $? "fuzz-netlink: $(< "$WORK/out")"
	diag "$(< "$WORK/out")"
	finish "$flood"
}

it_still_works()
{
	configure
	must "$PROGS/frames" run <<- SCRIPT
		netns C $C
		netns P $(pns)
		sync C:sync P:sync
		send C:c1 8100:100 8100:10
		tap P:p0
		expect P:a-p -
		send P:a-p -
		expect C:c1 8100:100 8100:10
	SCRIPT
}

run_tests
