# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# What the tests of the command share.

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

setup_all()
{
	setup_provider
	quiet_ns "$C"
	wire sync sync
	wire c1 p1
	wire c2 p2
}

ports()
{
	must v port add p1 && must v port add p2
}

acme()
{
	ports
	must v circuit add acme leg p1:100 leg p2:100 "$@"
}

acme_vrf()
{
	acme
	pip link add blue type vrf table 1001 2> /dev/null
	pip link set blue up
	must v peering add acme-p circuit acme cvid 10 vrf blue \
		address 172.16.0.2/30 address fd00::2/64
}

# says STATUS REGEX VXC-ARGUMENTS...
says()
{
	local status=$1 regex=$2 out rc

	shift 2
	out=$(v "$@" 2>&1)
	rc=$?
	((rc == status)) || fail "vxc $*: exit status $rc, not $status: $out"
	grep -Eq -- "$regex" <<< "$out" ||
		fail "vxc $*: no /$regex/ in: $out"
}

# usage REGEX VXC-ARGUMENTS...: a usage error
usage()
{
	says 1 "$@"
}

# A path that leads to two leaves
duplicates()
{
	jq -c --stream 'select(length == 2) | .[0]' > "$WORK/leaves" &&
		sort "$WORK/leaves" | uniq -d
}
