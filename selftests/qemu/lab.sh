# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# Sourced by the scripts of this folder: where things are kept, who may build
# them, and how to say what is going on (always on stderr: stdout is for
# results).

set -eu
# What make was told (SHELL=1, -k) is not for the builds in here
unset MAKEFLAGS MFLAGS MAKEOVERRIDES MAKELEVEL

lab_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
lab_top=$(cd "$lab_dir/../.." && pwd)
lab_cache=${VXC_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/vxc}

say()
{
	printf 'vxc: %s\n' "$*" >&2
}

die()
{
	say "$*"
	exit 1
}

# once PATH BUILDER ARG...: let BUILDER make PATH, unless it is there already.
# The builder gets the name of a scratch path as its last argument; PATH only
# ever appears complete, and two callers at once build it once.
# Never call it in a condition: bash would then ignore errors in the builder.
once()
{
	local out=$1 lock

	shift
	[ ! -e "$out" ] || return 0
	mkdir -p "$(dirname "$out")"
	exec {lock}> "$out.lock"
	flock "$lock"
	if [ ! -e "$out" ]; then
		rm -rf "$out.new"
		"$@" "$out.new"
		mv -T "$out.new" "$out"
	fi
	exec {lock}>&-
}

# quietly LOG COMMAND...: keep the output in LOG, show its end on failure.
quietly()
{
	local log=$1 rc=0

	shift
	mkdir -p "$(dirname "$log")"
	"$@" > "$log" 2>&1 < /dev/null || rc=$?
	[ "$rc" = 0 ] || {
		tail -n 30 "$log" >&2
		say "$1 failed with status $rc, the whole log is $log"
	}
	return "$rc"
}
