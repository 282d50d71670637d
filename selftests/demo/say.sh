# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# What the demo tells its reader, and how it counts. Sourced by run.sh.

PASSED=0
START=${EPOCHREALTIME/[.,]/}

if [[ -n $COLOR_WANTED || (-t 1 && -z ${NO_COLOR-}) ]]; then
	BOLD=$'\e[1m' DIM=$'\e[2m' GREEN=$'\e[32m' RED=$'\e[31m' PLAIN=$'\e[0m'
else
	BOLD='' DIM='' GREEN='' RED='' PLAIN=''
fi

elapsed_us()
{
	echo $((${EPOCHREALTIME/[.,]/} - START))
}

# Seconds with one decimal from microseconds.
seconds()
{
	printf '%d.%d' $(($1 / 1000000)) $(($1 / 100000 % 10))
}

title()
{
	printf '\n%s== %s%s\n' "$BOLD" "$*" "$PLAIN"
}

say()
{
	printf '   %s\n' "$*"
}

indent()
{
	sed 's/^/     /'
}

# Show a command as an operator types it, then run it; its output is indented.
run()
{
	local out rc=0

	printf '   %s# %s%s\n' "$DIM" "$*" "$PLAIN"
	out=$("$@" 2>&1) || rc=$?
	[[ -z $out ]] || printf '%s\n' "$out" | indent
	((!rc)) || fail "$* (exit status $rc)"
}

ok()
{
	PASSED=$((PASSED + 1))
	printf '   %sok%s   %s  %s[%s s]%s\n' "$GREEN" "$PLAIN" "$*" \
		"$DIM" "$(seconds "$(elapsed_us)")" "$PLAIN"
}

# What follows a failed check means nothing: tell all there is and end.
fail()
{
	trap - ERR
	printf '   %sFAIL%s %s  [%s s]\n' "$RED" "$PLAIN" "$*" \
		"$(seconds "$(elapsed_us)")"
	diagnose 2>&1 | sed 's/^/   | /'
	printf '\ndemo: %d passed, 1 failed\n' "$PASSED"
	exit 1
}

# within SECONDS COMMAND...: poll until the command succeeds or time is up.
within()
{
	local end

	end=$(($(elapsed_us) + $1 * SCALE * 1000000))
	shift
	until "$@"; do
		(($(elapsed_us) < end)) || return 1
		sleep 0.1
	done
}

# check TEXT COMMAND...: the command succeeds now.
check()
{
	local text=$1

	shift
	if "$@"; then ok "$text"; else fail "$text"; fi
}

# check_within SECONDS TEXT COMMAND...: the command succeeds before long.
check_within()
{
	local limit=$1 text=$2

	shift 2
	check "$text" within "$limit" "$@"
}

verdict()
{
	printf '\n%sdemo: %d passed, 0 failed%s in %s s (%d s after boot)\n' \
		"$BOLD" "$PASSED" "$PLAIN" "$(seconds "$(elapsed_us)")" \
		"$(cut -d. -f1 /proc/uptime)"
}
