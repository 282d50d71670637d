#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Two ends that switch together, both vxc: they tell each other by APS over the
# secondary leg.

# shellcheck source=oam-lib.sh
. "$(dirname "$0")/oam-lib.sh"

ALL_TESTS="
	a_switch_is_followed
	a_failure_is_followed
	exercise_moves_nothing
	what_does_not_fit_is_shown
"

# The peer is vxc too, in C: circuit acme with the other MEPIDs.
two_ends()
{
	acme aps on oam ccm "$CCM"
	must "$VXC" -n "$C" port add c1
	must "$VXC" -n "$C" port add c2
	must "$VXC" -n "$C" circuit add acme key "$KEY" leg c1:100 leg c2:200 \
		aps on oam ccm "$CCM" mepid 2 "$@"
	until_eq 15 "up primary" one
	until_eq 15 "up primary" other
	until_eq 10 no-request far
}

no_other_end()
{
	must "$VXC" -n "$C" circuit del acme force
	must "$VXC" -n "$C" port del c1
	must "$VXC" -n "$C" port del c2
}

one()
{
	jqv '.[0] | "\(.state) \(.active)"' show acme
}

other()
{
	"$VXC" -n "$C" -j show acme | jq -cr '.[0] | "\(.state) \(.active)"'
}

# What decides at the other end, and whose request it is.
other_decides()
{
	"$VXC" -n "$C" -j show acme |
		jq -cr '.[0].ends[0] | "\(.request) \(.far_decides)"'
}

# What this end has heard of the other.
far()
{
	jqv '.[0].ends[0].far_request' show acme
}

defects()
{
	jqv '.[0].ends[0].aps_defects | join(" ")' show acme
}

a_switch_is_followed()
{
	two_ends
	must v circuit switch acme force secondary
	until_eq 5 "up secondary" other
	check_eq "at the other end" "$(other_decides)" "forced-switch true"
	check_eq "at this end" "$(one) $(far)" "up secondary no-request"
	must v circuit switch acme clear
	until_eq 5 "up primary" other
	check_eq "at the other end" "$(other_decides)" "no-request false"
	must "$VXC" -n "$C" circuit switch acme manual secondary
	until_eq 5 "up secondary" one
	check_eq "what the other says" "$(far)" manual-switch
	must v circuit switch acme lockout
	until_eq 5 "up primary" other
	check_eq "the lower request" "$(other_decides)" "lockout true"
	must v circuit switch acme clear
	until_eq 5 "no-request false" other_decides
	check_eq "a command that was overtaken" "$(other)" "up primary"
	no_other_end
}

# The drill is a failure that the other end does not see by itself.
a_failure_is_followed()
{
	two_ends wtr 0
	must v drill acme leg primary for 1h nowait
	check_eq "this end" "$(one)" "degraded secondary"
	until_eq 5 "signal-fail true" other_decides
	check_eq "the other end" "$(other)" "up secondary"
	must v drill acme leg primary stop
	until_eq 5 "up primary" other
	must v drill acme leg secondary for 1h nowait
	until_eq 5 "signal-fail-p true" other_decides
	check_eq "the other end" "$(other)" "up primary"
	must v drill acme leg secondary stop
	until_eq 5 "no-request false" other_decides
	no_other_end
}

exercise_moves_nothing()
{
	two_ends
	must v circuit switch acme exercise
	until_eq 5 reverse-request far
	check_eq "at the other end" "$(other_decides)" "exercise true"
	check_eq "both ends" "$(one), $(other)" "up primary, up primary"
	must v circuit switch acme clear
	until_eq 5 no-request far
	no_other_end
	must v circuit set acme aps off
	refused 'acme has no APS' circuit switch acme exercise
}

what_does_not_fit_is_shown()
{
	two_ends
	check_eq "defects" "$(defects)" ""
	must "$VXC" -n "$C" circuit set acme revertive off
	must v circuit switch acme force secondary
	until_eq 5 revertive-mismatch defects
	must v circuit switch acme clear
	must "$VXC" -n "$C" circuit set acme revertive on
	must "$VXC" -n "$C" circuit switch acme manual primary
	until_eq 5 manual-switch far
	until_eq 5 "" defects
	must "$VXC" -n "$C" circuit switch acme clear
	must "$VXC" -n "$C" circuit set acme aps off
	must v circuit switch acme manual secondary
	until_eq 5 no-response defects
	check_eq "an end by itself" "$(other)" "up primary"
	until_eq 30 no-aps defects
	no_other_end
}

run_tests
