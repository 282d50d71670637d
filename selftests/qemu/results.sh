# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2154 # lab.sh sets lab_*
#
# Sourced after lab.sh by what checks things: each check is one line
# "pass|fail|skip NAME" in the file that VXC_RESULTS names, for the sum, and
# after one that failed what it said, set in.

results_dir=$(mktemp -d)
trap 'rm -rf "$results_dir"' EXIT
if [ -z "${VXC_RESULTS:-}" ]; then
	export VXC_RESULTS=$results_dir/results
fi
: >> "$VXC_RESULTS"

result()
{
	echo "$1  $2"
	echo "$1 $2" >> "$VXC_RESULTS"
}

# counted NAME COMMAND...: one check; what it says matters only if it fails.
# The command runs in a shell of its own that stops at the first error.
counted()
{
	local name=$1 output=$results_dir/output

	shift
	("$@") > "$output" 2>&1 < /dev/null &
	if wait $!; then
		result pass "$name"
	else
		result fail "$name"
		tail -n 60 "$output" | sed 's/^/      /' |
			tee -a "$VXC_RESULTS"
	fi
}

# ktap SUITE: count what comes in as KTAP
ktap()
{
	awk -v suite="$1" -v results="$VXC_RESULTS" \
		-f "$lab_dir/ktap-read.awk"
}
