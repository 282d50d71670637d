/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Isolation: which packets of a circuit may go where. The data path looks up
 * the peering that a packet came in by in a table of its network namespace
 * (isolate.c), and the circuits that have reach in a table of the circuit
 * (reach-map.c), both under RCU.
 */
#ifndef _VXC_ISOLATE_H
#define _VXC_ISOLATE_H

#include <linux/netfilter.h>
#include <linux/u64_stats_sync.h>
#include <linux/uuid.h>

#include "scope.h"

#define VXC_MAX_REACHES		65536	/* per network namespace */
#define VXC_MAX_PAIRS		65536	/* per network namespace */
#define VXC_DENIED		8	/* places a circuit remembers */
#define VXC_DENIALS		3	/* reasons, from VXC_DROP_NO_REACH on */

struct vxc_net;
struct vxc_circuit;
struct vxc_peering;

struct vxc_isolate_entry {
	int				ifindex;	/* 0: free */
	struct vxc_peering		*p;		/* NULL: it has left */
};

/**
 * struct vxc_isolate_table - the peerings in a network namespace
 * @rcu: for freeing
 * @mask: number of entries, a power of two, minus 1
 * @used: entries that are not free
 * @entry: hash table with linear probing, by ifindex, at most half full
 */
struct vxc_isolate_table {
	struct rcu_head			rcu;
	u32				mask;
	u32				used;
	struct vxc_isolate_entry	entry[];
};

/**
 * struct vxc_isolate - what watches a network namespace that has peerings
 * @table: the peerings; from the first one to the end of the namespace
 * @peerings: their number; the hooks are registered while there are any
 * @ops: the hooks
 */
struct vxc_isolate {
	struct vxc_isolate_table __rcu	*table;
	unsigned int			peerings;
	struct nf_hook_ops		ops[2];
};

/* A place where packets may not go. */
struct vxc_denied {
	u32				circuit;	/* id, 0: none */
	int				ifindex;
	u8				reason;		/* enum vxc_drop */
	u64				packets;
	u64				last;		/* ns */
};

/**
 * struct vxc_denials - what isolation has dropped of a circuit's packets
 * @packets: by reason
 * @lock: guards @last
 * @last: the last places they were to go to
 */
struct vxc_denials {
	atomic64_t			packets[VXC_DENIALS];
	spinlock_t			lock;	/* guards last */
	struct vxc_denied		last[VXC_DENIED];
};

/* A scope as the data path holds it. */
struct vxc_reach_scope {
	struct rcu_head			rcu;
	struct vxc_scope		scope;
};

/**
 * struct vxc_reach - circuits that have reach to each other
 * @list: in vxc_net.reaches
 * @members: struct vxc_member.on_reach
 * @nmembers: their number
 * @scope: limits, or NULL
 * @pending: one circuit's consent, which @key redeems
 * @key: authorization key while @pending
 * @group: name, empty for a pair
 */
struct vxc_reach {
	struct list_head		list;
	struct list_head		members;
	unsigned int			nmembers;
	struct vxc_reach_scope		*scope;
	bool				pending;
	uuid_t				key;
	char				group[VXC_NAME_MAX + 1];
};

/**
 * struct vxc_member - a circuit in a reach
 * @reach: the reach
 * @circuit: the circuit
 * @on_reach: in the reach's members
 * @on_circuit: in the circuit's members
 * @pairs: struct vxc_pair.at, those where it is the first and the second
 */
struct vxc_member {
	struct vxc_reach		*reach;
	struct vxc_circuit		*circuit;
	struct list_head		on_reach;
	struct list_head		on_circuit;
	struct list_head		pairs[2];
};

/* One direction of a pair of circuits. */
struct vxc_pcpu_reach {
	u64_stats_t			packets;
	u64_stats_t			bytes;
	u64_stats_t			denied;
	struct u64_stats_sync		syncp;
};

/* Two circuits of a reach. Direction 0 is from the first to the second. */
struct vxc_pair {
	struct vxc_member		*member[2];
	struct list_head		at[2];
	struct vxc_pcpu_reach __percpu	*stats[2];
	struct rcu_head			rcu;
};

struct vxc_reach_entry {
	const struct vxc_circuit	*peer;		/* NULL: free */
	const struct vxc_scope		*scope;		/* or NULL */
	struct vxc_pcpu_reach __percpu	*stats;
};

/**
 * struct vxc_reach_map - the circuits that a circuit has reach to
 * @rcu: for freeing
 * @mask: number of entries, a power of two, minus 1
 * @entry: hash table with linear probing, by id, at most half full; a circuit
 *	that shares several reaches has several entries
 */
struct vxc_reach_map {
	struct rcu_head			rcu;
	u32				mask;
	struct vxc_reach_entry		entry[];
};

struct vxc_pair_counters {
	u64				packets;
	u64				bytes;
	u64				denied;
};

static inline void vxc_reach_count(const struct vxc_reach_entry *e,
				   const struct sk_buff *skb)
{
	struct vxc_pcpu_reach *s = this_cpu_ptr(e->stats);

	u64_stats_update_begin(&s->syncp);
	u64_stats_add(&s->packets, max_t(u32, skb_shinfo(skb)->gso_segs, 1));
	u64_stats_add(&s->bytes, skb->len - skb_network_offset(skb));
	u64_stats_update_end(&s->syncp);
}

/* isolate.c */
void vxc_isolate_init(struct vxc_net *vn);
int vxc_isolate_add(struct vxc_peering *p);
void vxc_isolate_del(struct vxc_peering *p);
bool vxc_isolate_xmit(const struct vxc_peering *p, const struct sk_buff *skb);

/* denied.c */
void vxc_deny(struct vxc_circuit *circuit, u8 reason,
	      const struct sk_buff *skb, const struct net_device *out,
	      const struct vxc_circuit *to);
int vxc_denials_alloc(struct vxc_circuit *circuit);
int vxc_fill_denials(struct sk_buff *skb, struct vxc_circuit *circuit);

/* local.c */
bool vxc_local_permits(struct sk_buff *skb, u8 pf);

/* reach-map.c */
void vxc_reach_unpublish(struct vxc_circuit *circuit);
bool vxc_reach_search(const struct vxc_circuit *from,
		      const struct vxc_circuit *to, const struct sk_buff *skb);
void vxc_pair_counters(const struct vxc_pair *pair, unsigned int dir,
		       struct vxc_pair_counters *sum);

/* reach.c */
struct vxc_reach *vxc_reach_find_group(struct vxc_net *vn, const char *group);
struct vxc_reach *vxc_reach_find_key(struct vxc_net *vn, const uuid_t *key);
struct vxc_reach *vxc_reach_find_pair(const struct vxc_circuit *a,
				      const struct vxc_circuit *b);
void vxc_reach_exit(struct vxc_net *vn);
u32 vxc_reach_state(const struct vxc_reach *reach);

#endif /* _VXC_ISOLATE_H */
