/* SPDX-License-Identifier: GPL-2.0 */
/* What a packet asks of reach. In softirq, under RCU. */
#ifndef _VXC_REACH_H
#define _VXC_REACH_H

/*
 * Most circuits are found at the first try, and most reaches have no scope.
 * False: it is for vxc_reach_search() to say.
 */
static inline bool vxc_reach_first(const struct vxc_circuit *from,
				   const struct vxc_circuit *to,
				   const struct vxc_reach_entry **entry)
{
	const struct vxc_reach_map *map = rcu_dereference(from->reach);
	const struct vxc_reach_entry *e;

	if (!map || unlikely(!to))
		return false;

	e = &map->entry[to->id & map->mask];
	*entry = e;
	return e->peer == to && !e->scope;
}

/*
 * May a packet pass from a circuit to another, NULL if that is leaving? Where
 * there is reach it is counted.
 */
static inline bool vxc_reach_permits(const struct vxc_circuit *from,
				     const struct vxc_circuit *to,
				     const struct sk_buff *skb)
{
	const struct vxc_reach_entry *e;

	if (unlikely(!vxc_reach_first(from, to, &e)))
		return vxc_reach_search(from, to, skb);

	vxc_reach_count(e, skb);
	return true;
}

#endif /* _VXC_REACH_H */
