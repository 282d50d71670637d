#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# check.sh STEP...: take the steps in turn, all of them whatever fails, and end
# with one "N passed, N failed" over everything that was checked. Steps: deps,
# build, lint, unit, bench (has a packet become dearer, do CPUs share more than
# they must, are CCMs lost?), and the name of a kernel (see kernel.sh) for the
# tests in a virtual machine.

. "$(dirname "${BASH_SOURCE[0]}")/lab.sh"

. "$lab_dir/results.sh"
set -o pipefail

step()
{
	local bad

	case $1 in
	deps)
		"$lab_dir/deps.sh"
		;;
	build)
		counted "build: module" make -C "$lab_top" modules
		counted "build: command" make -C "$lab_top" tools
		counted "build: test programs" make -C "$lab_top/selftests"
		;;
	lint)
		"$lab_top/selftests/lint/run.sh"
		;;
	unit)
		counted "unit: build" make -C "$lab_top/selftests/unit"
		counted "fuzz: build" make -C "$lab_top/selftests/fuzz"
		bad=0
		make -s -C "$lab_top/selftests/unit" run | ktap unit || bad=1
		make -s -C "$lab_top/selftests/fuzz" run | ktap fuzz || bad=1
		return "$bad"
		;;
	bench)
		bad=0
		"$lab_top/selftests/bench/check.sh" | ktap bench || bad=1
		WAYS="floor vxc vxc-class" \
			"$lab_top/selftests/bench/watch.sh" | ktap watch ||
			bad=1
		QUICK=1 "$lab_top/selftests/bench/meps.sh" | ktap meps || bad=1
		return "$bad"
		;;
	stock|6.12|7.x)
		"$lab_dir/run-tests.sh" -k "$1"
		;;
	debug)
		# shellcheck disable=SC2086 # names of tests
		"$lab_dir/run-tests.sh" -k debug ${VXC_DEBUG_TESTS:-}
		;;
	*)
		die "no step '$1'"
		;;
	esac
}

total=$VXC_RESULTS
for name in "$@"; do
	echo "== $name"
	export VXC_RESULTS=$results_dir/step
	: > "$VXC_RESULTS"
	rc=0
	# Not in a condition: a step shall stop at its first error
	(step "$name") &
	wait $! || rc=$?
	if [ "$rc" != 0 ] && ! grep -q '^fail' "$VXC_RESULTS"; then
		result fail "$name: ended with status $rc"
	fi
	cat "$VXC_RESULTS" >> "$total"
done
echo "== total"
"$lab_dir/total.sh" < "$total"
