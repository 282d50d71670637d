# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# What every test script needs. A script sources this file, lists its test
# functions in ALL_TESTS, defines setup_all (once) and calls run_tests. A test
# fails when one of its checks does, when the kernel complains, or when it
# leaves a port or a circuit that cannot be deleted.
#
# Topology: the provider P has the ports and circuits, the customer C the far
# ends of the wires. VXC_PROVIDER=init puts the provider into the initial
# network namespace.

SELFTESTS=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
PROGS=$SELFTESTS/progs
VXC_KO=${VXC_KO:-$SELFTESTS/../vxc.ko}
VXC_PROVIDER=${VXC_PROVIDER:-netns}
KSFT_PASS=0
KSFT_FAIL=1
KSFT_SKIP=4
shopt -s lastpipe	# so that what a pipe ends in can fail the test

if [[ -z ${VXC:-} ]]; then
	VXC=vxc
	[[ -x $SELFTESTS/../userspace/vxc ]] && VXC=$SELFTESTS/../userspace/vxc
fi

# A kernel with KASAN and lockdep needs more time for everything.
is_debug_kernel()
{
	[[ $(uname -r) == *-vxcdbg* ]] && return 0
	[[ -r /proc/config.gz ]] &&
		zcat /proc/config.gz | grep -q '^CONFIG_KASAN=y'
}

if [[ -z ${KSFT_SLOW:-} ]]; then
	KSFT_SLOW=1
	is_debug_kernel && KSFT_SLOW=6
fi

# scale N: N on a fast kernel, less on a slow one.
scale()
{
	echo $(($1 / KSFT_SLOW > 0 ? $1 / KSFT_SLOW : 1))
}

WORK=
PROTO=()
EXEC=()	# "exec" where a function is all that a process does
NETNS_LIST=()
PIDS=()
TEST_N=0
PASSED=0
FAILED=0
SKIPPED=0
RET=0
SKIP=
P=
C=

# --- output ---------------------------------------------------------------

diag()
{
	local line

	while IFS= read -r line; do
		printf '# %s\n' "$line"
	done <<< "$*"
}

fail()
{
	RET=1
	diag "FAIL: $*"
}

skip()
{
	SKIP=$*
}

now_ms()
{
	echo $((${EPOCHREALTIME/[.,]/} / 1000))
}

report()
{
	local name=$1 took=$(($(now_ms) - BEGAN))

	((took < 3000)) || diag "$took ms"

	TEST_N=$((TEST_N + 1))
	if [[ -n $SKIP && $RET -eq 0 ]]; then
		SKIPPED=$((SKIPPED + 1))
		echo "ok $TEST_N - $name # SKIP $SKIP"
	elif ((RET == 0)); then
		PASSED=$((PASSED + 1))
		echo "ok $TEST_N - $name"
	else
		FAILED=$((FAILED + 1))
		echo "not ok $TEST_N - $name"
	fi
}

skip_all()
{
	echo "TAP version 13"
	echo "1..0 # SKIP $*"
	exit "$KSFT_SKIP"
}

# --- checks ---------------------------------------------------------------

check_err()
{
	(($1 == 0)) || fail "$2"
}

check_fail()
{
	(($1 != 0)) || fail "$2"
}

check_eq()
{
	local what=$1 got=$2 want=$3

	[[ $got == "$want" ]] || fail "$what is '$got', not '$want'"
}

# must COMMAND...: it has to succeed.
must()
{
	local out rc

	out=$("$@" 2>&1)
	rc=$?
	((rc == 0)) || fail "$* -> $rc: $out"
	return "$rc"
}

# refused REGEX VXC-ARGUMENTS...: the kernel refuses (exit status 2), and the
# message matches.
refused()
{
	local regex=$1 out rc

	shift
	out=$(v "$@" 2>&1)
	rc=$?
	if ((rc != 2)); then
		fail "vxc $* -> $rc, not 2: $out"
	elif ! grep -Eqi -- "$regex" <<< "$out"; then
		fail "vxc $*: message does not match /$regex/: $out"
	fi
}

# no COMMAND...: it has to fail.
no()
{
	local out

	if out=$("$@" 2>&1); then
		fail "$* succeeded: $out"
	fi
}

exec {TICK}<> <(:)

# A pause without a process, for loops that wait for something.
tick()
{
	read -rt "${1:-0.03}" -u "$TICK" _
	return 0
}

# busywait SECONDS COMMAND...: until the command succeeds. The deadline is for
# a machine that has nothing else to do; an emulated one gets more.
busywait()
{
	local end=$((SECONDS + $1 * (KSFT_SLOW + 2)))

	shift
	until "$@" > /dev/null 2>&1; do
		((SECONDS < end)) || return 1
		tick
	done
}

same_output()
{
	local want=$1

	shift
	[[ $("$@" 2>&1) == "$want" ]]
}

# until_eq SECONDS WANT COMMAND...: until it prints that.
until_eq()
{
	local seconds=$1 want=$2

	shift 2
	busywait "$seconds" same_output "$want" "$@" ||
		fail "$* prints '$("$@" 2>&1)', not '$want'"
}

# wait_for SECONDS COMMAND...: as busywait, and a failure if it never does.
wait_for()
{
	busywait "$@" || fail "never happened: ${*:2}"
}

# --- the provider and the customer ----------------------------------------

v()
{
	if [[ -n $P ]]; then
		"${EXEC[@]}" "$VXC" -n "$P" "$@"
	else
		"${EXEC[@]}" "$VXC" "$@"
	fi
}

# jqv FILTER VXC-ARGUMENTS...: look into the JSON of a vxc command.
jqv()
{
	local filter=$1

	shift
	v -j "$@" | jq -cr "$filter"
}

pip()
{
	if [[ -n $P ]]; then
		"${EXEC[@]}" ip -n "$P" "$@"
	else
		"${EXEC[@]}" ip "$@"
	fi
}

pexec()
{
	if [[ -n $P ]]; then
		"${EXEC[@]}" ip netns exec "$P" "$@"
	else
		"${EXEC[@]}" "$@"
	fi
}

cip()
{
	ip -n "$C" "$@"
}

cexec()
{
	ip netns exec "$C" "$@"
}

# The name by which the programs know the provider's network namespace.
pns()
{
	echo "${P:--}"
}

# setup_ns VARIABLE...: a network namespace with a random name for each.
setup_ns()
{
	local var name

	for var in "$@"; do
		name=vxc-${var,,}-$(printf '%04x' "$RANDOM")
		ip netns add "$name" || return 1
		NETNS_LIST+=("$name")
		ip -n "$name" link set lo up
		printf -v "$var" '%s' "$name"
	done
}

# Neighbour discovery would mix its frames with those of a test.
quiet_ns()
{
	ip netns exec "$1" sysctl -qw net.ipv6.conf.all.disable_ipv6=1 \
		net.ipv6.conf.default.disable_ipv6=1
}

setup_provider()
{
	setup_ns C
	if [[ $VXC_PROVIDER == init ]]; then
		P=
	else
		setup_ns P
	fi
}

# wire CUSTOMER-DEV PROVIDER-DEV [LINK-ARGUMENTS...]: a veth pair that is up.
wire()
{
	local c=$1 p=$2

	shift 2
	ip -n "$C" link add "$c" "$@" type veth peer name "$p" "$@" \
		netns "${P:-1}" &&
		cip link set "$c" up && pip link set "$p" up
}

# two_wires: c1-p1 and c2-p2, most tests need no more.
two_wires()
{
	wire c1 p1 && wire c2 p2 && must v port add p1 && must v port add p2
}

# customer_vlan DEV VID [ADDRESS...]: the customer's DEV.VID, up; prints it.
customer_vlan()
{
	local name=$1.$2 address

	cip link add link "$1" name "$name" type vlan id "$2" "${PROTO[@]}"
	cip link set "$name" up
	shift 2
	for address in "$@"; do
		addr_add cip "$name" "$address"
	done
	echo "$name"
}

# addr_add IP-COMMAND DEV ADDRESS: usable at once.
addr_add()
{
	if [[ $3 == *:* ]]; then
		"$1" addr add "$3" dev "$2" nodad
	else
		"$1" addr add "$3" dev "$2"
	fi
}

# What a customer and a provider end of one circuit agree on.
pings()
{
	local run=$1 address=$2

	"$run" ping -q -n -c 3 -i 0.1 -W $((2 * KSFT_SLOW)) "$address"
}

# reaches RUN ADDRESS...: pings go through; RUN is cexec, pexec or the like.
reaches()
{
	local run=$1 address

	shift
	for address in "$@"; do
		must pings "$run" "$address"
	done
}

# circ FIELD [NAME]: of a circuit as the command shows it.
circ()
{
	jqv ".[0].$1" show "${2:-acme}"
}

# A peering whose device stands on a port is LOWERLAYERDOWN when that is; one
# without a device below it can only be DOWN.
is_down()
{
	[[ $(oper "$1") == *DOWN ]]
}

oper()
{
	pip -j link show "$1" | jq -r '.[0].operstate'
}

unwire()
{
	cip link del "$1" 2> /dev/null
}

# --- programs in the background -------------------------------------------

is_function()
{
	[[ $(type -t "$1") == function ]]
}

# background OUTPUT COMMAND...: start it; its process is $BG.
background()
{
	local out=$1

	shift
	# One process, not a shell that waits for it: a signal has to reach it.
	(
		EXEC=(exec)
		is_function "$1" || exec "$@"
		"$@"
	) > "$out" 2>&1 &
	BG=$!
	PIDS+=("$BG")
}

# finish PID: ask it to end, and wait for that.
finish()
{
	kill -TERM "$1" 2> /dev/null
	wait "$1" 2> /dev/null
}

# monitor_runs CIRCUIT: change it until a monitor that writes to $WORK/monitor
# has seen that.
monitor_runs()
{
	v circuit set "$1" description "tick $RANDOM"
	[[ -s $WORK/monitor ]]
}

# --- what is configured ---------------------------------------------------

# Delete all circuits, envelopes and ports of the provider.
vxc_flush()
{
	must pexec "$PROGS/vxcnl" flush
}

vxc_is_empty()
{
	[[ $(pexec "$PROGS/vxcnl" dump circuit) == 0 &&
		$(pexec "$PROGS/vxcnl" dump port) == 0 ]]
}

# --- the module -----------------------------------------------------------

module_loaded()
{
	[[ -d /sys/module/vxc ]]
}

module_load()
{
	if [[ -f $VXC_KO ]]; then
		insmod "$VXC_KO"
	else
		modprobe vxc
	fi
}

# Lines that a kernel prints when something is wrong with it.
SPLAT='RIP:|Call Trace:|BUG:|WARNING:|ref_tracker:|possible (recursive|circular'
SPLAT+='|irq lock)|unreferenced object 0x|waiting for .* to become free|UBSAN:'
SPLAT+='|ODEBUG:|kmemleak: [0-9]+ new|INFO: task .* blocked|soft lockup'
SPLAT+='|general protection|suspicious RCU usage|refcount_t:|Oops'

mark_log()
{
	MARK="vxc-selftest: $$ $1 $TEST_N"
	[[ -w /dev/kmsg ]] && echo "$MARK" > /dev/kmsg
}

# Complaints of the kernel since mark_log.
splats()
{
	dmesg 2> /dev/null | awk -v mark="$MARK" '
		index($0, mark) { on = 1; next }
		on' | awk -f "$SELFTESTS/known.awk" | grep -E "$SPLAT"
}

# Two scans: an object counts when its contents did not change between them.
kmemleak_check()
{
	local leaks=/sys/kernel/debug/kmemleak

	[[ -z ${KSFT_NO_KMEMLEAK:-} && -w $leaks ]] || return 0
	tick 5
	echo scan > $leaks
	echo scan > $leaks
	if grep -q 'unreferenced object' $leaks; then
		fail "memory leaked"
		diag "$(head -60 $leaks)"
		echo clear > $leaks
	fi
}

# --- one script's run -----------------------------------------------------

cleanup()
{
	local pid name

	# A child that is hit before it has become what it shall be is not us.
	((BASHPID == $$)) || exit 1
	trap - EXIT INT TERM
	for pid in "${PIDS[@]}"; do
		kill "$pid" 2> /dev/null
	done
	wait 2> /dev/null
	for name in "${NETNS_LIST[@]}"; do
		ip netns del "$name" 2> /dev/null
	done
	[[ -n $WORK ]] && rm -rf "$WORK"
}

interrupted()
{
	cleanup
	exit 1
}

# The last test of every script.
module_unloads()
{
	local name

	for name in "${PIDS[@]}"; do
		kill "$name" 2> /dev/null
	done
	PIDS=()
	wait 2> /dev/null
	vxc_flush
	vxc_is_empty || fail "ports or circuits remain"
	for name in "${NETNS_LIST[@]}"; do
		ip netns del "$name" 2> /dev/null
	done
	NETNS_LIST=()
	busywait 10 rmmod vxc || fail "rmmod: $(rmmod vxc 2>&1)"
	module_loaded && fail "the module is still loaded"
	kmemleak_check
}

run_one()
{
	local name=$1

	RET=0
	SKIP=
	BEGAN=$(now_ms)
	mark_log "$name"
	"$name"
	if [[ -z ${KEEP:-} && $name != module_unloads ]] && module_loaded; then
		vxc_flush
	fi
	if [[ -n $(splats) ]]; then
		fail "the kernel complained"
		diag "$(splats | head -20)"
	fi
	report "${name//_/ }"
}

start()
{
	((EUID == 0)) || skip_all "needs root"
	[[ -n $(type -P "$VXC") ]] || skip_all "no vxc command"
	WORK=$(mktemp -d /tmp/vxc-test.XXXXXX)
	trap cleanup EXIT
	trap interrupted INT TERM
	modprobe -q -a veth vrf dummy 2> /dev/null
	if [[ ! -x $PROGS/frames ]]; then
		make -s -C "$PROGS" || skip_all "cannot build the programs"
	fi
	if [[ -w /sys/kernel/debug/kmemleak ]]; then
		echo clear > /sys/kernel/debug/kmemleak
	fi
	if module_loaded && ! rmmod vxc; then
		skip_all "a loaded vxc module is in use"
	fi
	module_load || skip_all "cannot load the module"
}

run_tests()
{
	local name

	start
	# shellcheck disable=SC2086 # a list of names
	set -- ${TESTS:-$ALL_TESTS} module_unloads
	echo "TAP version 13"
	echo "1..$#"
	RET=0
	setup_all || RET=1
	if ((RET)); then
		diag "the setup failed"
		echo "Bail out! setup failed"
		exit "$KSFT_FAIL"
	fi
	for name in "$@"; do
		run_one "$name"
	done
	echo "# Totals: pass:$PASSED fail:$FAILED xfail:0 xpass:0" \
		"skip:$SKIPPED error:0"
	((FAILED == 0)) || exit "$KSFT_FAIL"
	exit "$KSFT_PASS"
}
