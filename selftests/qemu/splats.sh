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

# That a large allocation failed, the core tells with a call trace; where
# failures are injected that is no complaint.
all=$(IFS='|'; echo "${patterns[*]}")
awk -v all="$all" '
	/vmalloc error: size|page allocation failure: order/ { told = 1 }
	!told && $0 ~ all { print NR ":" $0; bad++ }
	/<\/TASK>/ { told = 0 }
	bad == 40 { exit }
	END { exit(bad > 0) }' "$1"
