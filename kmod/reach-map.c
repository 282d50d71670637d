// SPDX-License-Identifier: GPL-2.0
/*
 * From reaches to the data path: each circuit has a table of the circuits it
 * has reach to, immutable and under RCU. A transaction compiles the tables of
 * the circuits it touched, which may fail, and publishes them, which cannot.
 */
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/slab.h>
#include <linux/timekeeping.h>
#include <net/dsfield.h>

#include "txn.h"

static void count_denied(const struct vxc_reach_entry *e,
			 const struct sk_buff *skb)
{
	struct vxc_pcpu_reach *s = this_cpu_ptr(e->stats);

	u64_stats_update_begin(&s->syncp);
	u64_stats_add(&s->denied, max_t(u32, skb_shinfo(skb)->gso_segs, 1));
	u64_stats_update_end(&s->syncp);
}

static bool in_scope(const struct vxc_scope *scope, const struct sk_buff *skb)
{
	int offset = skb_network_offset(skb);
	struct vxc_scope_packet packet = {};
	union {
		struct iphdr v4;
		struct ipv6hdr v6;
	} buf;

	if (skb->protocol == htons(ETH_P_IP)) {
		const struct iphdr *ip;

		ip = skb_header_pointer(skb, offset, sizeof(buf.v4), &buf);
		if (!ip)
			return false;
		packet.size = sizeof(ip->saddr);
		packet.dscp = ipv4_get_dsfield(ip) >> 2;
		packet.src = (const u8 *)&ip->saddr;
		packet.dst = (const u8 *)&ip->daddr;
	} else if (skb->protocol == htons(ETH_P_IPV6)) {
		const struct ipv6hdr *ip;

		ip = skb_header_pointer(skb, offset, sizeof(buf.v6), &buf);
		if (!ip)
			return false;
		packet.size = sizeof(ip->saddr);
		packet.dscp = ipv6_get_dsfield(ip) >> 2;
		packet.src = ip->saddr.s6_addr;
		packet.dst = ip->daddr.s6_addr;
	}

	return vxc_scope_permits(scope, &packet, ktime_get_real_seconds());
}

/**
 * vxc_reach_search() - May a packet leave by a circuit?
 * @from: the circuit it came in from
 * @to: the circuit it is to leave by, or NULL
 * @skb: the packet, with its network header set
 *
 * Context: softirq, under RCU.
 * Return: whether it may pass. Where there is reach it is counted.
 */
bool vxc_reach_search(const struct vxc_circuit *from,
		      const struct vxc_circuit *to, const struct sk_buff *skb)
{
	const struct vxc_reach_map *map = rcu_dereference(from->reach);
	const struct vxc_reach_entry *e;
	unsigned int i;

	if (!map || !to)
		return false;

	for (i = to->id;; i++) {
		e = &map->entry[i & map->mask];
		if (!e->peer)
			return false;
		if (e->peer != to)
			continue;
		if (!e->scope || in_scope(e->scope, skb)) {
			vxc_reach_count(e, skb);
			return true;
		}
		count_denied(e, skb);
	}
}

/**
 * vxc_reach_touch() - The table of a circuit must be compiled again
 * @txn: the transaction
 * @circuit: the circuit
 */
void vxc_reach_touch(struct vxc_txn *txn, struct vxc_circuit *circuit)
{
	if (list_empty(&circuit->reach_dirty))
		list_add_tail(&circuit->reach_dirty, &txn->reaches);
}

static unsigned int count_pairs(const struct vxc_circuit *circuit)
{
	const struct vxc_member *m;
	const struct list_head *pos;
	unsigned int i, n = 0;

	list_for_each_entry(m, &circuit->members, on_circuit)
		for (i = 0; i < 2; i++)
			list_for_each(pos, &m->pairs[i])
				n++;

	return n;
}

static void insert(struct vxc_reach_map *map, const struct vxc_pair *pair,
		   unsigned int dir)
{
	const struct vxc_member *peer = pair->member[!dir];
	unsigned int i = peer->circuit->id;
	struct vxc_reach_entry *e;

	do
		e = &map->entry[i++ & map->mask];
	while (e->peer);

	e->peer = peer->circuit;
	e->scope = peer->reach->scope ? &peer->reach->scope->scope : NULL;
	e->stats = pair->stats[dir];
}

static int compile(struct vxc_circuit *circuit)
{
	unsigned int n = count_pairs(circuit), i;
	struct vxc_reach_map *map;
	struct vxc_member *m;
	struct vxc_pair *pair;

	if (!n)
		return 0;

	n = roundup_pow_of_two(2 * n + 1);
	map = kvzalloc(struct_size(map, entry, n), GFP_KERNEL_ACCOUNT);
	if (!map)
		return -ENOMEM;

	map->mask = n - 1;
	list_for_each_entry(m, &circuit->members, on_circuit)
		for (i = 0; i < 2; i++)
			list_for_each_entry(pair, &m->pairs[i], at[i])
				insert(map, pair, i);
	circuit->reach_next = map;
	return 0;
}

/**
 * vxc_reach_compile() - Prepare the tables for a transaction
 * @txn: the transaction
 *
 * Return: 0, or -ENOMEM; what was compiled so far is then discarded by
 * vxc_reach_discard().
 */
int vxc_reach_compile(struct vxc_txn *txn)
{
	struct vxc_circuit *circuit;
	int err;

	list_for_each_entry(circuit, &txn->reaches, reach_dirty) {
		err = compile(circuit);
		if (err)
			return err;
	}

	return 0;
}

/* A circuit loses all reach, with no transaction. */
void vxc_reach_unpublish(struct vxc_circuit *circuit)
{
	struct vxc_reach_map *old = rtnl_dereference(circuit->reach);

	RCU_INIT_POINTER(circuit->reach, NULL);
	if (old)
		kvfree_rcu(old, rcu);
}

/**
 * vxc_reach_publish() - Let the data path see a transaction
 * @txn: the transaction
 */
void vxc_reach_publish(struct vxc_txn *txn)
{
	struct vxc_circuit *circuit, *next;
	struct vxc_reach_map *old;

	list_for_each_entry_safe(circuit, next, &txn->reaches, reach_dirty) {
		list_del_init(&circuit->reach_dirty);
		old = rtnl_dereference(circuit->reach);
		rcu_assign_pointer(circuit->reach, circuit->reach_next);
		circuit->reach_next = NULL;
		if (old)
			kvfree_rcu(old, rcu);
	}
}

/**
 * vxc_reach_discard() - Forget what was compiled
 * @txn: the transaction
 */
void vxc_reach_discard(struct vxc_txn *txn)
{
	struct vxc_circuit *circuit, *next;

	list_for_each_entry_safe(circuit, next, &txn->reaches, reach_dirty) {
		list_del_init(&circuit->reach_dirty);
		kvfree(circuit->reach_next);
		circuit->reach_next = NULL;
	}
}

/**
 * vxc_pair_counters() - Counters of one direction of a pair
 * @pair: the pair
 * @dir: 0 from the first circuit to the second, or 1
 * @sum: where they go
 */
void vxc_pair_counters(const struct vxc_pair *pair, unsigned int dir,
		       struct vxc_pair_counters *sum)
{
	int cpu;

	memset(sum, 0, sizeof(*sum));
	for_each_possible_cpu(cpu) {
		const struct vxc_pcpu_reach *s = per_cpu_ptr(pair->stats[dir],
							     cpu);
		struct vxc_pair_counters c;
		unsigned int start;

		do {
			start = u64_stats_fetch_begin(&s->syncp);
			c.packets = u64_stats_read(&s->packets);
			c.bytes = u64_stats_read(&s->bytes);
			c.denied = u64_stats_read(&s->denied);
		} while (u64_stats_fetch_retry(&s->syncp, start));

		sum->packets += c.packets;
		sum->bytes += c.bytes;
		sum->denied += c.denied;
	}
}
