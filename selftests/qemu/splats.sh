#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# splats.sh LOG: print the lines of a kernel's console in which it complains;
# status 1 if there are any. The patterns are exact: a clean boot of a debug
# kernel says "bug" and "possible" in innocent places.

patterns=(
	'RIP:'
	'Call Trace:'
	'BUG:'
	'kernel BUG at'
	'WARNING:'
	'KASAN: '
	'UBSAN: '
	'ODEBUG: '
	'refcount_t: '
	'ref_tracker: '
	'INFO: task .* blocked'
	'INFO: trying to register non-static key'
	'INFO: suspicious'
	'possible (recursive|circular|irq lock|deadlock)'
	'inconsistent lock state'
	'unreferenced object 0x'
	'[1-9][0-9]* new suspected memory leaks'
	'waiting for .* to become free'
	'general protection fault'
	'unable to handle'
	'Oops'
	'Kernel panic'
	'soft lockup'
	'hard LOCKUP'
	'rcu.*(stall|detected expedited)'
	'(list_add|list_del) corruption'
	'Slab cache still has objects|Objects remaining in'
	'module .* still in use|refcount leak'
	'^(early-)?init:'
)

all=$(IFS='|'; echo "${patterns[*]}")
awk -f "$(dirname "${BASH_SOURCE[0]}")/../known.awk" "$1" |
	awk -v all="$all" '
	$0 ~ all { print NR ":" $0; bad++ }
	bad == 40 { exit }
	END { exit(bad > 0) }'
