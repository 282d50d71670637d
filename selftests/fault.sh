#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Every allocation fails once, and every notifier refuses: what was asked for
# happens or does not, nothing in between. Needs a kernel that can inject.
# One in KSFT_FAULT_STEP (4) fails in one run, and others in the next;
# KSFT_FAULT_STEP=1 takes all.

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

ALL_TESTS="
	loading_the_module
	adding_a_port
	adding_a_circuit
	adding_peerings
	changing_things
	giving_reach
	monitoring_and_drilling
	crossing
	metering
	transaction_of_everything
	dying_devices
	notifiers_refuse
	allocations_fail_under_traffic
"

DEBUGFS=/sys/kernel/debug

# Inject into allocations that may sleep, too, and do not print each one.
arm()
{
	local d

	for d in failslab fail_page_alloc; do
		[[ -d $DEBUGFS/$d ]] || continue
		echo 0 > "$DEBUGFS/$d/verbose"
		echo N > "$DEBUGFS/$d/ignore-gfp-wait"
		echo 0 > "$DEBUGFS/$d/probability"
	done
	[[ -d $DEBUGFS/fail_page_alloc ]] &&
		echo 0 > "$DEBUGFS/fail_page_alloc/min-order"
	return 0
}

setup_all()
{
	setup_provider
	quiet_ns "$C"
	[[ -n $P ]] && quiet_ns "$P"
	wire sync sync
	wire c1 p1
	wire c2 p2
	arm
}

ports()
{
	v port show p1 > /dev/null 2>&1 || must v port add p1
	v port show p2 > /dev/null 2>&1 || must v port add p2
}

STEP=${KSFT_FAULT_STEP:-4}

# The core tells of failures of its own, not to the console, please; run_one
# looks into the log.
hushed()
{
	local rc

	dmesg -n 1
	"$@"
	rc=$?
	dmesg -n 7
	return "$rc"
}

# sweep OPS UNDO
sweep()
{
	local start=$((1 + RANDOM % STEP))

	hushed pexec "$PROGS/vxcnl" failnth "$1" "$2" "$STEP" "$start" \
		> "$WORK/out" 2>&1
	check_err $? "$1: $(tail -3 "$WORK/out")"
	diag "from allocation $start, each ${STEP}th: $(tail -5 "$WORK/out")"
}

# Where sysfs has no memory for a slab cache Linux 6.1 forgets the name that
# it has copied. Whatever else leaked is ours.
leaks_of_the_core()
{
	local leaks=/sys/kernel/debug/kmemleak

	[[ -z ${KSFT_NO_KMEMLEAK:-} && -w $leaks ]] || return 0
	echo "vxc-selftest: $$ looks at leaks" > /dev/kmsg
	tick 5
	echo scan > "$leaks"
	echo scan > "$leaks"
	awk 'BEGIN { RS = "unreferenced object" }
		NR > 1 && !/sysfs_slab_add/ { print RS $0 }' "$leaks" \
		> "$WORK/leaks"
	echo clear > "$leaks"
	[[ ! -s $WORK/leaks ]]
	check_err $? "memory leaked: $(head -60 "$WORK/leaks")"
}

loading_the_module()
{
	local ko=$VXC_KO

	[[ -f $ko ]] || ko=$(modinfo -n vxc)
	must rmmod vxc
	hushed "$PROGS/failmod" "$ko" vxc "$STEP" > "$WORK/out" 2>&1
	check_err $? "$(tail -3 "$WORK/out")"
	diag "$(tail -5 "$WORK/out")"
	hushed leaks_of_the_core
	module_load || fail "insmod afterwards"
}

adding_a_port()
{
	sweep "add port name=p1 tpid=0x88a8" "del port name=p1"
	check_eq promiscuity "$(pip -d link show p1 |
		grep -o 'promiscuity [0-9]*')" "promiscuity 0"
}

adding_a_circuit()
{
	ports
	sweep "add circuit name=a description=text leg { port=p1 svid=100 }
		leg { port=p2 svid=100 cvid=7 } metadata { key=a value=b }" \
		"del circuit name=a force"
}

adding_peerings()
{
	ports
	must v circuit add a leg p1:100 leg p2:100
	sweep "add peering name=ap circuit=a cvid=10 mtu=1400" \
		"del peering name=ap"
	pip link add red type vrf table 77
	sweep "add peering name=ap circuit=a role=0 vrf=$(pip -j link show red |
		jq '.[0].ifindex')" "del peering name=ap"
	pip link del red
}

changing_things()
{
	ports
	must v circuit add a leg p1:100 leg p2:100
	must v peering add ap circuit a cvid 10
	must v peering add aq circuit a
	sweep "set circuit name=a new-name=b description=x admin=0
		metadata { key=k value=v }" \
		"set circuit name=b new-name=a description= admin=1
		metadata { key=k value= }"
	sweep "set leg circuit=a role=0 port=p1 svid=200" \
		"set leg circuit=a role=0 port=p1 svid=100"
	sweep "set peering name=ap cvid=20 pcp=3" \
		"set peering name=ap cvid=10 pcp=0"
	sweep "set port name=p1 tpid=0x88a8 unmatched=1" \
		"set port name=p1 tpid=0x8100 unmatched=0"
}

giving_reach()
{
	local n key=000102030405060708090a0b0c0d0e0f

	ports
	for n in 1 2 3 4; do
		must v circuit add "s$n" leg "p1:$n"
	done
	must v reach add s3 s4
	sweep "add reach group=g circuit=s1 circuit=s2 circuit=s3
			prefix { ipv4=10 length=8 } ;
		del reach group=g circuit=s1 ;
		add reach circuit=s4 key=$key dscp=1" \
		"del reach group=g ; del reach key=$key"
	sweep "set reach circuit=s3 circuit=s4 dscp=5 until=4102444800" \
		"set reach circuit=s3 circuit=s4 everything"
	sweep "add reach circuit=s1 key=$key ; set reach key=$key circuit=s2" \
		"del reach circuit=s1 circuit=s2"
}

monitoring_and_drilling()
{
	ports
	must v circuit add a leg p1:100 leg p2:100
	sweep "set circuit name=a hold-off=100 aps=1 mep { ccm=1000000 }" \
		"set circuit name=a hold-off=0 aps=0 mep { off }"
	sweep "set leg circuit=a role=0 mep { ccm=10000 dm=1000 sl=1000
			ma-format=1 ma-name=ma }" \
		"set leg circuit=a role=0 mep { off }"
	sweep "add peering name=ap circuit=a cvid=10 mep { ccm=1000000 }" \
		"del peering name=ap"
	must v peering add ap circuit a cvid 10
	sweep "set peering name=ap mep { ccm=10000 dm=1000 remote=3 } ;
			set peering name=ap mep { level=5 }" \
		"set peering name=ap mep { off }"
	sweep "set circuit name=a ais=60000 ais-level=7" \
		"set circuit name=a ais=0 ais-level=5"
	sweep "set leg circuit=a role=1 drill=600000" \
		"set leg circuit=a role=1 drill=0"
}

crossing()
{
	ports
	sweep "add circuit name=a cvids { first=10 last=20 } cvids { first=7 }
			translate { cvid=10 z-cvid=30 } multicast=100
			l2cp { protocol=0 action=1 } leg { port=p1 svid=100 }
			leg { end=1 port=p2 svid=100 } ;
		add peering name=ap circuit=a cvid=50" \
		"del circuit name=a force"
	must v circuit add a leg p1:100 z-leg p2:100
	sweep "add leg circuit=a end=1 port=p2 svid=200 role=1" \
		"del leg circuit=a end=1 role=1"
}

metering()
{
	ports
	sweep "add circuit name=a bandwidth=1000000 leg { port=p1 svid=100 }
			leg { port=p2 svid=100 } ;
		add class circuit=a name=k dscp=1 cir=100000 ;
		set class circuit=a name=k eir=100000" \
		"del circuit name=a force"
	must v circuit add a leg p1:100 bandwidth 1M
	sweep "add class circuit=a name=k dscp=6 share=10" \
		"del class circuit=a name=k ;
		del class circuit=a name=default"
}

transaction_of_everything()
{
	local flood

	background "$WORK/flood" "$PROGS/frames" flood "$C:c1" \
		"8100:100 8100:10" "$C:c1" -
	flood=$BG
	sweep "add port name=p1 ; add port name=p2 ;
		add circuit name=a leg { port=p1 svid=100 } ;
		add leg circuit=a port=p2 svid=100 ;
		add peering name=ap circuit=a cvid=10 ;
		set peering name=ap cvid=11 ; del peering name=ap ;
		add peering name=aq circuit=a cvid=12" \
		"del circuit name=a force ; del port name=p1 ;
		del port name=p2"
	finish "$flood"
}

# What cannot be refused must not need memory either.
dying_devices()
{
	local i

	if [[ ! -d $DEBUGFS/failslab ]]; then
		skip "no failslab"
		return
	fi
	for ((i = 0; i < 5; i++)); do
		ports
		must v circuit add a leg p1:100 leg p2:100
		must v peering add ap circuit a cvid 10
		pip link set ap up
		echo Y > "$DEBUGFS/failslab/task-filter"
		echo 10 > "$DEBUGFS/failslab/probability"
		echo -1 > "$DEBUGFS/failslab/times"
		bash -c 'echo 1 > /proc/self/make-it-fail
			ip -n "$1" link del c1' _ "$C" > /dev/null 2>&1
		echo 0 > "$DEBUGFS/failslab/probability"
		echo N > "$DEBUGFS/failslab/task-filter"
		unwire c1
		until_eq 10 port-absent jqv '.[0].legs[0].reason' show a
		check_eq "the active leg" "$(circ active a)" secondary
		vxc_flush
		wire c1 p1
	done
}

# refuse ACTION OPS: with this notifier refusing, the operation fails and
# leaves nothing.
refuse()
{
	local error=$DEBUGFS/notifier-error-inject/netdev/actions/$1/error
	local before

	[[ -w $error ]] || return 0
	before=$(pexec "$PROGS/vxcnl" state)
	echo -12 > "$error"
	pexec "$PROGS/vxcnl" apply "$2" > "$WORK/out" 2>&1
	check_eq "exit status of '$2' with $1 refusing" $? 2
	echo 0 > "$error"
	check_eq "state after $1" "$(pexec "$PROGS/vxcnl" state)" "$before"
}

notifiers_refuse()
{
	if ! modprobe -q netdev-notifier-error-inject 2> /dev/null; then
		skip "no notifier error injection"
		return
	fi
	must v port add p2
	must v circuit add a leg p2:100
	must v peering add ap circuit a cvid 10
	pip link add red type vrf table 77
	pip link set p1 down
	refuse NETDEV_PRE_UP "add port name=p1"
	refuse NETDEV_POST_INIT "add peering name=x circuit=a"
	refuse NETDEV_REGISTER "add peering name=x circuit=a"
	refuse NETDEV_REGISTER "set circuit name=a admin=0 ;
		add circuit name=b leg { port=p2 svid=7 } ;
		add peering name=y circuit=b ; add peering name=x circuit=a"
	refuse NETDEV_PRECHANGEMTU "set peering name=ap mtu=1300"
	refuse NETDEV_CHANGEMTU "set peering name=ap mtu=1300"
	refuse NETDEV_CHANGENAME "set peering name=ap name=aq"
	refuse NETDEV_PRECHANGEUPPER "add peering name=x circuit=a
		vrf=$(pip -j link show red | jq '.[0].ifindex')"
	refuse NETDEV_CHANGEUPPER "add peering name=x circuit=a
		vrf=$(pip -j link show red | jq '.[0].ifindex')"
	no pip link show x
	pip link set p1 up
	pip link del red
	rmmod netdev-notifier-error-inject
	must v peering add x circuit a
}

allocations_fail_under_traffic()
{
	local sent taken

	if [[ ! -d $DEBUGFS/failslab ]]; then
		skip "no failslab"
		return
	fi
	ports
	must v circuit add a leg p1:100
	must v peering add ap circuit a cvid 10
	pip link set ap up
	echo Y > "$DEBUGFS/failslab/ignore-gfp-wait"
	echo 5 > "$DEBUGFS/failslab/probability"
	echo -1 > "$DEBUGFS/failslab/times"
	"$PROGS/frames" flood count "$(scale 20000)" "$C:c1" \
		"8100:100 8100:10" "$C:c1" "8100:100 8100:11" \
		"$C:c1" - "$(pns):ap" - > "$WORK/out" 2>&1
	echo 0 > "$DEBUGFS/failslab/probability"
	arm
	diag "$(< "$WORK/out")"
	read -r _ sent _ < "$WORK/out"
	taken=$(jqv '[.[0].legs[0] | .stats.rx_packets, .stats.tx_packets,
		(.drops[]?)] | add' show a)
	taken=$((taken + $(jqv '[.[0] | .passed, (.drops[]?)] | add' \
		port show p1)))
	((sent > 0 && taken <= sent))
	check_err $? "$taken of $sent frames are accounted for"
}

[[ -e /proc/self/fail-nth ]] || skip_all "this kernel injects no faults"
run_tests
