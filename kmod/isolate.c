// SPDX-License-Identifier: GPL-2.0
/*
 * Isolation: what came in from a circuit leaves by no other circuit without
 * reach, nor by a device outside its routing domain.
 *
 * Netfilter's hooks see all that is forwarded, multicast too. What does not
 * come by there, from flowtables, bridges or redirections, is seen when a
 * peering transmits it. The hooks are registered while a network namespace
 * has peerings, whoever's they are.
 */
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/netfilter_ipv4.h>
#include <linux/slab.h>
#include <net/ip.h>

#include "vxc.h"

#define TABLE_MIN	16

/* The peering a device is, if its index is found at the first try */
static struct vxc_peering *find_first(const struct vxc_isolate *iso,
				      int ifindex)
{
	const struct vxc_isolate_table *table = rcu_dereference(iso->table);
	const struct vxc_isolate_entry *e;
	int key;

	if (unlikely(!table))
		return NULL;

	e = &table->entry[ifindex & table->mask];
	key = smp_load_acquire(&e->ifindex);	/* pairs with insert */
	return likely(key == ifindex) ? READ_ONCE(e->p) : NULL;
}

/*
 * The peering a device is, by the device's index, or NULL. Removal leaves the
 * index in place and clears the pointer, so a search never loses its way.
 */
static struct vxc_peering *find(const struct vxc_isolate *iso, int ifindex)
{
	const struct vxc_isolate_table *table = rcu_dereference(iso->table);
	const struct vxc_isolate_entry *e;
	unsigned int i;
	int key;

	if (unlikely(!table))
		return NULL;

	for (i = ifindex;; i++) {
		e = &table->entry[i & table->mask];
		key = smp_load_acquire(&e->ifindex);	/* pairs with insert */
		if (!key)
			return NULL;
		if (key == ifindex)
			return READ_ONCE(e->p);
	}
}

/*
 * The domain is the VRF that the packet was received in, which is what the
 * stack takes for its input device by now.
 */
static bool in_domain(const struct net_device *in, struct net_device *out)
{
	if (!netif_is_l3_master(in))
		return false;

	return in == out || netdev_master_upper_dev_get_rcu(out) == in;
}

/* What forward() does not see at first sight */
static noinline_for_stack unsigned int
forward_search(const struct vxc_isolate *iso, struct sk_buff *skb,
	       const struct nf_hook_state *state)
{
	struct vxc_circuit *from, *to = NULL;
	struct net_device *out = state->out;
	struct vxc_peering *p;
	u8 reason;

	p = find(iso, IPCB(skb)->iif);
	if (!p)
		return NF_ACCEPT;
	from = READ_ONCE(p->circuit);
	if (unlikely(!from))
		return NF_DROP;

	if (vxc_is_peering(out)) {
		p = netdev_priv(out);
		to = READ_ONCE(p->circuit);
		if (to == from || vxc_reach_permits(from, to, skb)) {
			skb->skb_iif = 0;
			return NF_ACCEPT;
		}
		reason = VXC_DROP_NO_REACH;
	} else {
		if (in_domain(state->in, out) ||
		    READ_ONCE(from->egress) == VXC_EGRESS_ANY)
			return NF_ACCEPT;
		reason = VXC_DROP_DOMAIN;
	}

	/* The host's own multicast, which the core has looped back to it */
	if (skb->pkt_type == PACKET_LOOPBACK)
		return NF_ACCEPT;

	vxc_deny(from, reason, skb, out, to);
	return NF_DROP;
}

/* Most packets stay in their circuit, or have reach that is found at once. */
static unsigned int forward(void *priv, struct sk_buff *skb,
			    const struct nf_hook_state *state)
{
	const struct vxc_reach_entry *reach;
	struct vxc_circuit *from, *to;
	struct vxc_peering *p;

	/* IPv6 has its input device in the same place; a VRF changes neither */
	BUILD_BUG_ON(offsetof(struct inet_skb_parm, iif) !=
		     offsetof(struct inet6_skb_parm, iif));

	p = find_first(priv, IPCB(skb)->iif);
	if (unlikely(!p || !vxc_is_peering(state->out)))
		return forward_search(priv, skb, state);
	from = READ_ONCE(p->circuit);
	p = netdev_priv(state->out);
	to = READ_ONCE(p->circuit);
	if (unlikely(!from))
		return NF_DROP;

	if (from != to) {
		if (unlikely(!vxc_reach_first(from, to, &reach)))
			return forward_search(priv, skb, state);
		vxc_reach_count(reach, skb);
	}
	/* The peering that transmits it need not ask again. */
	skb->skb_iif = 0;
	return NF_ACCEPT;
}

static unsigned int local_in(void *priv, struct sk_buff *skb,
			     const struct nf_hook_state *state)
{
	struct vxc_peering *p = find(priv, IPCB(skb)->iif);
	struct vxc_circuit *circuit;

	if (!p || READ_ONCE(p->local_any) || skb->pkt_type == PACKET_LOOPBACK)
		return NF_ACCEPT;
	if (vxc_local_permits(skb, state->pf))
		return NF_ACCEPT;

	circuit = READ_ONCE(p->circuit);
	if (likely(circuit))
		vxc_deny(circuit, VXC_DROP_LOCAL, skb, NULL, NULL);
	return NF_DROP;
}

/**
 * vxc_isolate_xmit() - May a peering transmit what came from another device?
 * @p: the peering
 * @skb: a frame that did not come by the hooks, or not from a circuit
 *
 * Context: BH disabled.
 * Return: false, with the frame counted, if it is another circuit's that has
 * no reach.
 */
bool vxc_isolate_xmit(const struct vxc_peering *p, const struct sk_buff *skb)
{
	struct vxc_circuit *from, *to = READ_ONCE(p->circuit);
	struct vxc_peering *in;
	bool ok;

	rcu_read_lock();
	in = find(p->isolate, skb->skb_iif);
	ok = !in;
	if (!in)
		goto out;

	from = READ_ONCE(in->circuit);
	ok = from && (from == to || vxc_reach_permits(from, to, skb));
	if (!ok && from)
		vxc_deny(from, VXC_DROP_NO_REACH, skb, p->dev, to);
out:
	rcu_read_unlock();
	return ok;
}

static void insert(struct vxc_isolate_table *table, int ifindex,
		   struct vxc_peering *p)
{
	struct vxc_isolate_entry *e;
	unsigned int i = ifindex;

	do
		e = &table->entry[i++ & table->mask];
	while (e->ifindex && e->ifindex != ifindex);

	WRITE_ONCE(e->p, p);
	if (e->ifindex)
		return;
	table->used++;
	smp_store_release(&e->ifindex, ifindex);	/* after the pointer */
}

/* Make room for one more, and forget those that have left. */
static int make_room(struct vxc_isolate *iso)
{
	struct vxc_isolate_table *table, *old = rtnl_dereference(iso->table);
	u32 i, size;

	if (old && old->used < (old->mask + 1) / 2)
		return 0;

	size = max_t(u32, TABLE_MIN, roundup_pow_of_two(4 *
						(iso->peerings + 1)));
	table = kvzalloc(struct_size(table, entry, size), GFP_KERNEL_ACCOUNT);
	if (!table)
		return -ENOMEM;

	table->mask = size - 1;
	for (i = 0; old && i <= old->mask; i++)
		if (old->entry[i].p)
			insert(table, old->entry[i].ifindex, old->entry[i].p);
	rcu_assign_pointer(iso->table, table);
	if (old)
		kvfree_rcu(old, rcu);
	return 0;
}

static void drop_table(struct vxc_isolate *iso)
{
	struct vxc_isolate_table *table = rtnl_dereference(iso->table);

	RCU_INIT_POINTER(iso->table, NULL);
	if (table)
		kvfree_rcu(table, rcu);
}

/**
 * vxc_isolate_add() - Watch a peering
 * @p: the peering; its device is in its network namespace
 *
 * Return: 0, or -ENOMEM, and then the peering must carry no frame.
 */
int vxc_isolate_add(struct vxc_peering *p)
{
	struct net *net = dev_net(p->dev);
	struct vxc_isolate *iso = &vxc_net(net)->isolate;
	int err;

	ASSERT_RTNL();

	err = make_room(iso);
	if (err)
		return err;

	if (!iso->peerings) {
		err = nf_register_net_hooks(net, iso->ops,
					    ARRAY_SIZE(iso->ops));
		if (err) {
			drop_table(iso);
			return err;
		}
	}

	iso->peerings++;
	p->isolate = iso;
	insert(rtnl_dereference(iso->table), p->dev->ifindex, p);
	return 0;
}

/**
 * vxc_isolate_del() - A peering leaves its network namespace
 * @p: the peering; no packet is under way from or to it
 */
void vxc_isolate_del(struct vxc_peering *p)
{
	struct vxc_isolate *iso = p->isolate;
	int ifindex = p->dev->ifindex;
	unsigned int i = ifindex;
	struct vxc_isolate_table *table;

	ASSERT_RTNL();

	if (!iso)
		return;

	p->isolate = NULL;
	table = rtnl_dereference(iso->table);
	while (table->entry[i & table->mask].ifindex != ifindex)
		i++;
	WRITE_ONCE(table->entry[i & table->mask].p, NULL);

	if (--iso->peerings)
		return;
	nf_unregister_net_hooks(dev_net(p->dev), iso->ops,
				ARRAY_SIZE(iso->ops));
	drop_table(iso);
}

void vxc_isolate_init(struct vxc_net *vn)
{
	static const struct nf_hook_ops ops[] = {
		{
			.hook		= forward,
			.pf		= NFPROTO_INET,
			.hooknum	= NF_INET_FORWARD,
			.priority	= NF_IP_PRI_FIRST,
		}, {
			.hook		= local_in,
			.pf		= NFPROTO_INET,
			.hooknum	= NF_INET_LOCAL_IN,
			.priority	= NF_IP_PRI_FIRST,
		},
	};
	int i;

	BUILD_BUG_ON(ARRAY_SIZE(ops) != ARRAY_SIZE(vn->isolate.ops));

	for (i = 0; i < ARRAY_SIZE(ops); i++) {
		vn->isolate.ops[i] = ops[i];
		vn->isolate.ops[i].priv = &vn->isolate;
	}
}
