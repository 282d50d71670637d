# SPDX-License-Identifier: GPL-2.0
#
# Blank the lines of a kernel's log in which it complains of what is known and
# not vxc's, up to the end of the call trace:
#
# - Of a large allocation and of a slab cache that failed the core tells with a
#   call trace; where failures are injected that is no complaint.
# - How many leaks there are, where a test says that it looks at each of them.
# - nft_flowtable_lookup() of Linux 6.1 walks an RCU list under the mutex of
#   nf_tables, not in a reader as PROVE_RCU_LIST wants it: "suspicious RCU
#   usage, net/netfilter/nf_tables_api.c:N". This is known by lines that come
#   late, so such a complaint is held back until its end, or the next one.

function let_go(known, i)
{
	for (i = 1; i <= held; i++)
		print known ? "" : line[i]
	held = place = caller = 0
}

/vmalloc error: size|page allocation failure: order|sysctl could/ {
	injected = 1
}

/kmem_cache_create.* failed with error -[0-9]/ {
	injected = 1
}

/vxc-selftest: / {
	looked = /looks at leaks/
}

looked && /new suspected memory leaks/ {
	print ""
	next
}

/WARNING:|BUG:/ {
	let_go(0)
	rcu = /WARNING: suspicious RCU usage/
}

rcu {
	line[++held] = $0
	if (/nf_tables_api\.c:[0-9]+ RCU-list traversed in non-reader section/)
		place = 1
	if (/ nft_flowtable_lookup\+/)
		caller = 1
	if (/<\/TASK>/ || held == 100) {
		let_go(place && caller)
		rcu = 0
	}
	next
}

{
	print injected ? "" : $0
}

/<\/TASK>/ {
	injected = 0
}

END {
	let_go(0)
}
