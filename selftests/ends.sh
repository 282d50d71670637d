#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# A circuit with two ends: legs of each, and protection of each by itself.
#
#   C   c1    c2            c3    c4
#       |     |             |     |
#   P   p1    p2            p3    p4
#       end a of acme       end z of acme

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

ALL_TESTS="
	legs_belong_to_ends
	an_end_is_protected_by_itself
	an_end_is_switched_by_itself
	state_is_that_of_both_ends
	peerings_need_end_a_only
	end_a_is_needed
	legs_of_an_end_come_and_go
	refusals_name_the_end
"

setup_all()
{
	setup_provider
	quiet_ns "$C"
	[[ -n $P ]] && quiet_ns "$P"
	two_wires
	wire c3 p3 && wire c4 p4
}

ports()
{
	local i

	for i in 1 2 3 4; do
		cip link set "c$i" up
		pip link set "p$i" up
		v port show "p$i" > /dev/null 2>&1 || must v port add "p$i"
	done
}

acme()
{
	ports
	must v circuit add acme leg p1:100 leg p2:200 \
		z-leg p3:300 z-leg p4:400 "$@"
	until_eq 5 "up none primary/no-request primary/no-request" summary
}

# State and reason of the circuit, active leg and request of each end
summary()
{
	jqv '.[0] | "\(.state) \(.reason) " +
		(.ends | map("\(.active)/\(.request)") | join(" "))' show acme
}

switches()
{
	jqv '.[0].ends | map(.switches) | join(" ")' show acme
}

legs()
{
	jqv '.[0].legs | map("\(.end) \(.role) \(.attachment)") | join(", ")' \
		show acme
}

legs_belong_to_ends()
{
	local text

	acme
	check_eq legs "$(legs)" "a primary p1:100, a secondary p2:200, \
z primary p3:300, z secondary p4:400"
	text=$(v show acme)
	grep -q 'end a active primary request no-request switches 0' \
		<<< "$text" || fail "end a is not shown: $text"
	grep -q 'end z active primary' <<< "$text" ||
		fail "end z is not shown: $text"
	grep -q 'z-leg secondary p4:400 up' <<< "$text" ||
		fail "no z-leg is shown: $text"
	v circuit add one leg p1:7
	v show one | grep -q 'end a' && fail "one end is one too many"
	check_eq "its ends" "$(circ 'ends | map(.end) | join(" ")' one)" a
}

an_end_is_protected_by_itself()
{
	acme
	cip link set c3 down
	until_eq 5 "degraded leg-down primary/no-request secondary/signal-fail" \
		summary
	check_eq switches "$(switches)" "0 1"
	cip link set c1 down
	until_eq 5 "degraded leg-down secondary/signal-fail secondary/signal-fail" \
		summary
	check_eq switches "$(switches)" "1 1"
	check_eq "the reason" "$(v -br circuit show acme | awk '{ print $5 }')" \
		"primary=no-carrier,z-primary=no-carrier"
	cip link set c3 up
	until_eq 5 "degraded leg-down secondary/signal-fail primary/no-request" \
		summary
	cip link set c1 up
	until_eq 5 "up none primary/no-request primary/no-request" summary
	check_eq switches "$(switches)" "2 2"
}

an_end_is_switched_by_itself()
{
	acme
	must v circuit switch acme end z manual secondary
	check_eq "after the switch of z" "$(summary)" \
		"up none primary/no-request secondary/manual-switch"
	must v circuit switch acme manual secondary
	check_eq "after the switch of a" "$(summary)" \
		"up none secondary/manual-switch secondary/manual-switch"
	must v circuit switch acme end z clear
	check_eq "after clear of z" "$(summary)" \
		"up none secondary/manual-switch primary/no-request"
	must v circuit switch acme end a clear
	check_eq "after clear of a" "$(summary)" \
		"up none primary/no-request primary/no-request"
}

state_is_that_of_both_ends()
{
	acme
	cip link set c3 down
	cip link set c4 down
	until_eq 5 "down legs-down primary/no-request null/signal-fail-p" summary
	cip link set c1 down
	until_eq 5 "down legs-down secondary/signal-fail null/signal-fail-p" \
		summary
	cip link set c3 up
	until_eq 5 "degraded leg-down secondary/signal-fail primary/signal-fail-p" \
		summary
	cip link set c1 up
	cip link set c4 up
	until_eq 5 "up none primary/no-request primary/no-request" summary
}

peerings_need_end_a_only()
{
	acme
	must v peering add acme-p circuit acme cvid 10
	cip link set c3 down
	cip link set c4 down
	until_eq 5 "degraded legs-down primary/no-request null/signal-fail-p" \
		summary
	check_eq "the peering" "$(jqv '.[0] | "\(.state) \(.reason)"' \
		peering show acme-p)" "up none"
	must v peering del acme-p
	until_eq 5 "down legs-down primary/no-request null/signal-fail-p" summary
	cip link set c3 up
	cip link set c4 up
}

end_a_is_needed()
{
	ports
	refused 'acme has no leg' circuit add acme z-leg p3:300 \
		provisioning provisioned
	must v circuit add acme provisioning not-provisioned
	must v leg add circuit acme end z p3:300
	check_eq legs "$(legs)" "z primary p3:300"
	refused 'acme has no leg' circuit set acme provisioning provisioned
	must v leg add circuit acme p1:100
	must v circuit set acme provisioning provisioned
	until_eq 5 "up none primary/no-request primary/no-request" summary
}

legs_of_an_end_come_and_go()
{
	acme
	must v leg del circuit acme end z role primary
	check_eq legs "$(legs)" \
		"a primary p1:100, a secondary p2:200, z secondary p4:400"
	until_eq 5 "up none primary/no-request secondary/no-request" summary
	must v leg set circuit acme end z role secondary p3:33
	must v circuit leg add acme end z role primary p4:44
	check_eq legs "$(legs)" "a primary p1:100, a secondary p2:200, \
z primary p4:44, z secondary p3:33"
	must v leg del circuit acme end z role primary
	must v leg del circuit acme end z role secondary
	check_eq "with end a only" "$(summary)" "up none primary/no-request"
}

refusals_name_the_end()
{
	acme
	refused 'p3:300 is z-leg primary of circuit acme already' \
		circuit add other leg p3:300
	refused 'acme has a primary z-leg already' \
		leg add circuit acme end z role primary p1:5
	must v leg del circuit acme end z role secondary
	refused 'acme has no secondary z-leg' \
		leg del circuit acme end z role secondary
	refused 'acme has no secondary z-leg to switch' \
		circuit switch acme end z manual secondary
	must v leg del circuit acme end z role primary
	refused 'acme has no z-leg' circuit switch acme end z clear
	no v circuit switch acme manual primary clear
	no v leg add circuit acme end x p3:1
}

run_tests
