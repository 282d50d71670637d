#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Availability by MEF 10.4 from measured loss: legs that are up all the time,
# whose loss measurements a program answers or not.

# shellcheck source=oam-lib.sh
. "$(dirname "$0")/oam-lib.sh"

ALL_TESTS="
	loss_is_unavailable_time
	without_measurement_it_is_time
"

BAD=ffnfnf....	# six of ten, there or back

sla()
{
	jqv ".[0] | $1" sla acme
}

measured()
{
	acme oam ccm 1s sl 50ms
	ccm 1 code=4 us=1000000
	ccm 2 code=4 us=1000000
	slr 1 .
	slr 2 .
	until_eq 20 true sla '.is_measured and .legs[0].is_measured and
		.legs[1].is_measured'
	must v sla acme reset
}

loss_is_unavailable_time()
{
	local begin age

	measured
	begin=$(now_ms)
	fates 1 "$BAD"
	until_eq 30 true sla '.is_unavailable and .legs[0].is_unavailable'
	age=$(sla .legs[0].availability_age)
	# Dated back to the first of ten windows, the last of which is over.
	((age >= 10000 && age <= $(now_ms) - begin + 1000))
	check_err $? "unavailable for $age ms, the loss is $(($(now_ms) - begin)) ms old"
	check_eq "the other leg" "$(sla '.legs[1] |
		"\(.unavailable) \(.high_loss) \(.is_unavailable)"')" \
		"0 0 false"
	v sla acme | grep -q 'is unavailable for [0-9]'
	check_err $? "sla does not say so"
	# Now it is the leg that is not active.
	fates 1 .
	fates 2 "$BAD"
	until_eq 30 true sla '.legs[1].is_unavailable and
		(.is_unavailable or .legs[0].is_unavailable | not)'
	check_eq "of the circuit what of the active leg" "$(sla \
		'.unavailable >= 10 and
		(.unavailable - .legs[0].unavailable | fabs) <= 1')" true
	check_eq "no high loss in available time of the active leg" \
		"$(sla '.legs[0].high_loss <= 1 and .high_loss <= 1')" true
	# More than five in a row, less than ten.
	fates 2 .
	must v sla acme reset
	fates 1 "$BAD"
	tick 6.5
	fates 1 .
	until_eq 10 1 sla '.legs[0].high_loss_runs'
	until_eq 10 1 sla .high_loss_runs
	check_eq "high loss" "$(sla '.legs[0] | .high_loss >= 5 and
		.high_loss < 10 and .unavailable == 0')" true
	check_eq "all of that time it was up" "$(sla '[.down, .degraded,
		.outages, .legs[0].down, .legs[0].degraded] | add')" 0
	kept
	all_quiet
}

# What was measured is saved and restored with the rest.
kept()
{
	local want

	must v sla save "$WORK/sla"
	want=$(grep -o ' high-loss.*' "$WORK/sla")
	check_eq "lines with high loss" "$(wc -l <<< "$want")" 2
	must v circuit del acme force
	must v circuit add acme leg p1:100 leg p2:200
	must v sla restore "$WORK/sla"
	must v sla save "$WORK/again"
	check_eq "what was restored" \
		"$(grep -o ' high-loss.*' "$WORK/again")" "$want"
}

# Nobody answers, or too seldom is asked: what was up was available.
without_measurement_it_is_time()
{
	acme oam ccm 1s sl 50ms
	must v leg set circuit acme role secondary oam sl 200ms
	ccm 1 code=4 us=1000000
	ccm 2 code=4 us=1000000
	slr 2 .
	until_eq 10 true mep '.loss.sent >= 60'
	until_eq 10 true mep '.loss.replies >= 20' secondary
	check_eq "the record" "$(sla '[., .legs[]] |
		map("\(.unavailable) \(.high_loss) \(.is_measured)") |
		unique | join(", ")')" "0 0 false"
	check_eq "it has time" "$(sla '.legs | map(.available >= 2) | all')" \
		true
	quiet 1
	quiet 2
	finish "${SLR_PID[2]}"
}

run_tests
