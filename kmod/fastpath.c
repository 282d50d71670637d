// SPDX-License-Identifier: GPL-2.0
/*
 * The forwarding cache of a peering: where the kernel has just forwarded a
 * packet to another peering, the next ones of these addresses go at once.
 *
 * All that is decided is decided by the kernel: the last POST_ROUTING hook
 * sees what came of it and notes that. A note is used for a second, then a
 * packet takes the long way again, past all filters; and never longer than
 * the kernel holds its route to be valid, and the configuration of vxc does
 * not change. The neighbour is looked up for every packet. Whatever is not
 * plain takes the long way.
 *
 * Readers run in softirq under RCU. Notes are immutable and replaced whole.
 */
#include <linux/hash.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/netfilter_ipv4.h>
#include <linux/netfilter_ipv6.h>
#include <linux/slab.h>
#include <net/arp.h>
#include <net/gso.h>
#include <net/ip6_route.h>
#include <net/ndisc.h>
#include <net/netfilter/nf_conntrack.h>
#include <net/route.h>

#include "vxc.h"

#define FAST_BITS	10		/* of the index of a peering's notes */
#define FAST_LIFE	HZ		/* jiffies that a note is used for */
#define FAST_DSCP	0xfc		/* rules and reach may look at it */

/* An address pair; of IPv4, the first words. */
struct fast_key {
	__be32			saddr[4];
	__be32			daddr[4];
	u8			dscp;
	bool			v6;
};

struct fast_note {
	struct fast_key		key;
	__be32			gateway[4];
	struct dst_entry	*dst;
	struct net_device	*out;	/* good for as long as dst is valid */
	u32			cookie;
	u32			mtu;
	unsigned int		gen;
	unsigned long		until;
	struct rcu_head		rcu;
};

/* The notes of a peering, and how many packets they have forwarded. */
struct vxc_fast {
	const unsigned int	*gen;
	u32			seed;
	u64 __percpu		*hits;
	struct rcu_head		rcu;
	struct fast_note __rcu	*note[BIT(FAST_BITS)];
};

static u32 fold(const __be32 *addr, bool v6)
{
	__be32 sum = addr[0];

	if (v6)
		sum ^= addr[1] ^ addr[2] ^ addr[3];
	return (__force u32)sum;
}

static struct fast_note __rcu **slot_of(struct vxc_fast *fast,
					const struct fast_key *key)
{
	u32 hash = fold(key->daddr, key->v6) ^ fast->seed;

	hash += ror32(fold(key->saddr, key->v6), 16);
	return &fast->note[hash_32(hash, FAST_BITS)];
}

static bool same(const struct fast_key *a, const struct fast_key *b)
{
	if (a->v6 != b->v6 || a->dscp != b->dscp)
		return false;
	if (!a->v6)
		return a->daddr[0] == b->daddr[0] && a->saddr[0] == b->saddr[0];

	return !memcmp(a->daddr, b->daddr, sizeof(a->daddr)) &&
	       !memcmp(a->saddr, b->saddr, sizeof(a->saddr));
}

static bool valid(const struct vxc_fast *fast, const struct fast_note *note)
{
	/* As in note_packet(). */
	return note->gen == smp_load_acquire(fast->gen) &&
	       time_before(jiffies, note->until) &&
	       dst_check(note->dst, note->cookie);
}

/* The note for a packet, if there is one to be used. */
static struct fast_note *find(struct vxc_fast *fast, const struct fast_key *key)
{
	struct fast_note *note = rcu_dereference(*slot_of(fast, key));

	if (!note || !same(&note->key, key) || !valid(fast, note))
		return NULL;

	return note;
}

/*
 * Key and length of a plain packet. What the stack would count as an error, or
 * answer, is not plain: options, a TTL that ends, a wrong length or checksum.
 */
static bool parse4(const struct sk_buff *skb, struct fast_key *key, u32 *len)
{
	const struct iphdr *iph = (const struct iphdr *)skb->data;

	if (skb_headlen(skb) < sizeof(*iph) || iph->version != 4 ||
	    iph->ihl != 5 || iph->ttl <= 1)
		return false;

	*len = ntohs(iph->tot_len);
	if (*len < sizeof(*iph) || *len > skb->len ||
	    ip_fast_csum(iph, iph->ihl))
		return false;

	key->saddr[0] = iph->saddr;
	key->daddr[0] = iph->daddr;
	key->dscp = iph->tos & FAST_DSCP;
	key->v6 = false;
	return true;
}

static bool parse6(const struct sk_buff *skb, struct fast_key *key, u32 *len)
{
	const struct ipv6hdr *hdr = (const struct ipv6hdr *)skb->data;

	if (skb_headlen(skb) < sizeof(*hdr) || hdr->version != 6 ||
	    hdr->hop_limit <= 1 || hdr->nexthdr == NEXTHDR_HOP)
		return false;

	*len = ntohs(hdr->payload_len) + sizeof(*hdr);
	if (*len > skb->len)
		return false;

	memcpy(key->saddr, &hdr->saddr, sizeof(key->saddr));
	memcpy(key->daddr, &hdr->daddr, sizeof(key->daddr));
	key->dscp = ipv6_get_dsfield(hdr) & FAST_DSCP;
	key->v6 = true;
	return true;
}

static bool fits(struct sk_buff *skb, const struct fast_note *note, u32 len)
{
	if (likely(!skb_is_gso(skb)))
		return len <= note->mtu;

	return skb_gso_validate_network_len(skb, note->mtu);
}

/* Somebody wants to see, filter or queue what a device receives or sends. */
static bool watched_in(const struct net_device *dev)
{
	return !list_empty(&dev->ptype_all) || vxc_has_ingress(dev);
}

static bool watched_out(const struct net_device *dev)
{
	const struct netdev_queue *txq = netdev_get_tx_queue(dev, 0);

	return !list_empty(&dev->ptype_all) || vxc_has_egress(dev) ||
	       rcu_dereference_bh(txq->qdisc)->enqueue;
}

static struct neighbour *neighbour_of(const struct fast_note *note)
{
	struct neighbour *n = NULL;

	if (!note->key.v6)
		n = __ipv4_neigh_lookup_noref(note->out,
					      (__force u32)note->gateway[0]);
#if IS_ENABLED(CONFIG_IPV6)
	else
		n = __ipv6_neigh_lookup_noref(note->out, note->gateway);
#endif
	if (!n || !(READ_ONCE(n->nud_state) & NUD_VALID) ||
	    READ_ONCE(n->hh.hh_len) != ETH_HLEN)
		return NULL;

	/* It is in use: what is stale has to be probed. */
	return neigh_event_send(n, NULL) ? NULL : n;
}

static void put_header(struct sk_buff *skb, const struct neighbour *n)
{
	unsigned int seq;

	do {
		seq = read_seqbegin(&n->hh.hh_lock);
		memcpy(skb->data - HH_DATA_MOD, n->hh.hh_data, HH_DATA_MOD);
	} while (read_seqretry(&n->hh.hh_lock, seq));

	__skb_push(skb, ETH_HLEN);
	skb_reset_mac_header(skb);
}

/* What the stack does to a packet that it forwards. */
static void forward(struct sk_buff *skb, const struct fast_note *note)
{
	struct net *net = dev_net(note->out);

	if (!note->key.v6) {
		ip_decrease_ttl(ip_hdr(skb));
		if (READ_ONCE(net->ipv4.sysctl_ip_fwd_update_priority))
			skb->priority = rt_tos2priority(ip_hdr(skb)->tos);
	} else {
		ipv6_hdr(skb)->hop_limit--;
	}
	skb_forward_csum(skb);
	skb_clear_tstamp(skb);
	skb_orphan(skb);
	/* The peering that transmits it need not ask for reach again. */
	skb->skb_iif = 0;
	skb->dev = note->out;
}

/* Counts the packet if it may. Refusing it is left to the long way. */
static bool has_reach(const struct sk_buff *skb, const struct net_device *out)
{
	const struct vxc_peering *in = netdev_priv(skb->dev);
	const struct vxc_peering *p = netdev_priv(out);
	struct vxc_circuit *from = READ_ONCE(in->circuit);
	struct vxc_circuit *to = READ_ONCE(p->circuit);

	return from && to && (from == to || vxc_reach_permits(from, to, skb));
}

static bool parse(struct sk_buff *skb, struct fast_key *key, u32 *len)
{
	if (skb->protocol == htons(ETH_P_IP)) {
		skb_set_transport_header(skb, sizeof(struct iphdr));
		return parse4(skb, key, len);
	}
	if (skb->protocol == htons(ETH_P_IPV6)) {
		skb_set_transport_header(skb, sizeof(struct ipv6hdr));
		return parse6(skb, key, len);
	}

	return false;
}

/**
 * vxc_fast_forward() - Forward a packet by a note, if there is one
 * @fast: notes of the peering that received it
 * @skb: the packet, received by that peering, its network header at its start
 *
 * Context: softirq, under RCU.
 * Return: false, and the packet is as it was; or true, and it is gone.
 */
bool vxc_fast_forward(struct vxc_fast *fast, struct sk_buff *skb)
{
	struct fast_note *note;
	struct neighbour *n;
	struct fast_key key;
	u32 len;

	if (skb->pkt_type != PACKET_HOST || !parse(skb, &key, &len))
		return false;

	note = find(fast, &key);
	if (!note || !fits(skb, note, len) || watched_in(skb->dev))
		return false;

	n = neighbour_of(note);
	if (!n || skb_cow_head(skb, LL_RESERVED_SPACE(note->out)) ||
	    pskb_trim_rcsum(skb, len) || !has_reach(skb, note->out))
		return false;

	this_cpu_inc(*fast->hits);
	forward(skb, note);
	put_header(skb, n);
	if (unlikely(watched_out(note->out)))
		dev_queue_xmit(skb);
	else
		vxc_xmit(skb, note->out);
	return true;
}

static void note_free_rcu(struct rcu_head *rcu)
{
	struct fast_note *note = container_of(rcu, struct fast_note, rcu);

	dst_release(note->dst);
	kfree(note);
}

/* Takes the note, which has its reference to the route. */
static void store(struct vxc_fast *fast, struct fast_note *note)
{
	struct fast_note *old;

	old = unrcu_pointer(xchg(slot_of(fast, &note->key),
				 RCU_INITIALIZER(note)));
	if (old)
		call_rcu(&old->rcu, note_free_rcu);
}

/* Decisions that depend on more than what a note is found by. */
static bool plain_decision(const struct sk_buff *skb)
{
	const struct dst_entry *dst = skb_dst(skb);
	enum ip_conntrack_info ctinfo;
	const struct nf_conn *ct = nf_ct_get(skb, &ctinfo);

	if (skb->mark || dst->lwtstate || dst_xfrm(dst))
		return false;

	return !ct || !(ct->status & IPS_NAT_MASK);
}

static bool plain_routing4(const struct net *net)
{
#ifdef CONFIG_IP_MULTIPLE_TABLES
	if (net->ipv4.fib_rules_require_fldissect)
		return false;
#endif
#ifdef CONFIG_IP_ROUTE_MULTIPATH
	if (READ_ONCE(net->ipv4.sysctl_fib_multipath_hash_policy))
		return false;
#endif
	return true;
}

static bool plain_routing6(const struct net *net)
{
#ifdef CONFIG_IPV6_MULTIPLE_TABLES
	if (net->ipv6.fib6_rules_require_fldissect)
		return false;
#endif
#if IS_ENABLED(CONFIG_IPV6)
	if (ip6_multipath_hash_policy(net))
		return false;
#endif
	return true;
}

static bool route4(struct fast_note *note, const struct sk_buff *skb)
{
	const struct rtable *rt = skb_rtable(skb);

	if (ip_hdr(skb)->ihl != 5 || rt->rt_type != RTN_UNICAST ||
	    rt->rt_gw_family == AF_INET6)
		return false;

	note->key.saddr[0] = ip_hdr(skb)->saddr;
	note->key.daddr[0] = ip_hdr(skb)->daddr;
	note->key.dscp = ip_hdr(skb)->tos & FAST_DSCP;
	note->gateway[0] = rt_nexthop(rt, ip_hdr(skb)->daddr);
	note->mtu = ip_dst_mtu_maybe_forward(&rt->dst, true);
	return true;
}

static bool route6(struct fast_note *note, const struct sk_buff *skb)
{
	struct rt6_info *rt = (struct rt6_info *)skb_dst(skb);
	struct in6_addr daddr = ipv6_hdr(skb)->daddr;

	if (ipv6_hdr(skb)->nexthdr == NEXTHDR_HOP ||
	    ipv6_addr_is_multicast(&daddr))
		return false;

	note->key.v6 = true;
	note->key.dscp = ipv6_get_dsfield(ipv6_hdr(skb)) & FAST_DSCP;
	memcpy(note->key.saddr, &ipv6_hdr(skb)->saddr, sizeof(daddr));
	memcpy(note->key.daddr, &daddr, sizeof(daddr));
	memcpy(note->gateway, rt6_nexthop(rt, &daddr), sizeof(daddr));
	note->cookie = rt6_get_cookie(rt);
	note->mtu = ip6_dst_mtu_maybe_forward(&rt->dst, true);
	return true;
}

/* Note what became of a packet; without memory it is not noted. */
static void note_packet(struct vxc_fast *fast, const struct sk_buff *skb,
			struct net_device *out, bool v6)
{
	struct fast_note *note;
	unsigned int gen;

	/* Nothing that is looked at from here on is of an older one. */
	gen = smp_load_acquire(fast->gen);
	note = kzalloc(sizeof(*note), GFP_ATOMIC | __GFP_NOWARN);
	if (!note)
		return;

	note->gen = gen;
	note->out = out;
	note->until = jiffies + FAST_LIFE;
	note->dst = skb_dst(skb);
	if (!(v6 ? route6(note, skb) : route4(note, skb)) ||
	    find(fast, &note->key) || !dst_hold_safe(note->dst)) {
		kfree(note);
		return;
	}

	store(fast, note);
}

static struct vxc_fast *notes_of(const struct nf_hook_state *state, int iif)
{
	struct net_device *in;
	struct vxc_peering *p;

	if (!vxc_is_peering(state->out))
		return NULL;
	in = dev_get_by_index_rcu(state->net, iif);
	if (!in || in == state->out || !vxc_is_peering(in))
		return NULL;

	p = netdev_priv(in);
	return rcu_dereference(p->fast);
}

static unsigned int posted4(void *priv, struct sk_buff *skb,
			    const struct nf_hook_state *state)
{
	struct vxc_fast *fast;

	if (!(IPCB(skb)->flags & IPSKB_FORWARDED))
		return NF_ACCEPT;

	fast = notes_of(state, IPCB(skb)->iif);
	if (fast && plain_decision(skb) && plain_routing4(state->net))
		note_packet(fast, skb, state->out, false);
	return NF_ACCEPT;
}

static unsigned int posted6(void *priv, struct sk_buff *skb,
			    const struct nf_hook_state *state)
{
	struct vxc_fast *fast;

	/* What a socket sent has no input device, or none to speak of. */
	if (skb->sk)
		return NF_ACCEPT;

	fast = notes_of(state, IP6CB(skb)->iif);
	if (fast && plain_decision(skb) && plain_routing6(state->net))
		note_packet(fast, skb, state->out, true);
	return NF_ACCEPT;
}

static const struct nf_hook_ops hooks[] = {
	{
		.hook		= posted4,
		.pf		= NFPROTO_IPV4,
		.hooknum	= NF_INET_POST_ROUTING,
		.priority	= NF_IP_PRI_LAST,
	}, {
		.hook		= posted6,
		.pf		= NFPROTO_IPV6,
		.hooknum	= NF_INET_POST_ROUTING,
		.priority	= NF_IP6_PRI_LAST,
	},
};

/**
 * vxc_fast_alloc() - Give a peering notes, if it has none
 * @p: the peering; under rtnl
 *
 * Return: 0 or an error.
 */
int vxc_fast_alloc(struct vxc_peering *p)
{
	struct vxc_net *vn = vxc_net(dev_net(p->dev));
	struct vxc_fast *fast;
	int err;

	if (!vn->fast_hooks) {
		err = nf_register_net_hooks(vn->net, hooks, ARRAY_SIZE(hooks));
		if (err)
			return err;
		vn->fast_hooks = true;
	}
	if (rtnl_dereference(p->fast))
		return 0;

	fast = kvzalloc(sizeof(*fast), GFP_KERNEL_ACCOUNT);
	if (!fast)
		return -ENOMEM;
	fast->hits = alloc_percpu(u64);
	if (!fast->hits) {
		kvfree(fast);
		return -ENOMEM;
	}

	fast->gen = &p->circuit->vn->gen;
	fast->seed = get_random_u32();
	rcu_assign_pointer(p->fast, fast);
	return 0;
}

static void fast_free_rcu(struct rcu_head *rcu)
{
	struct vxc_fast *fast = container_of(rcu, struct vxc_fast, rcu);
	struct fast_note *note;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(fast->note); i++) {
		note = rcu_dereference_protected(fast->note[i], true);
		if (note)
			note_free_rcu(&note->rcu);
	}
	free_percpu(fast->hits);
	kvfree(fast);
}

/**
 * vxc_fast_free() - Take a peering's notes away
 * @p: the peering; under rtnl, and no path leads to them any more
 */
void vxc_fast_free(struct vxc_peering *p)
{
	struct vxc_fast *fast = rtnl_dereference(p->fast);

	if (!fast)
		return;

	RCU_INIT_POINTER(p->fast, NULL);
	call_rcu(&fast->rcu, fast_free_rcu);
}

/* Packets that a peering has forwarded by notes; under rtnl. */
u64 vxc_fast_hits(const struct vxc_peering *p)
{
	const struct vxc_fast *fast = rtnl_dereference(p->fast);
	u64 sum = 0;
	int cpu;

	if (!fast)
		return 0;

	for_each_possible_cpu(cpu)
		sum += READ_ONCE(*per_cpu_ptr(fast->hits, cpu));
	return sum;
}

/* The network namespace ends; nothing is forwarded in it any more. */
void vxc_fast_exit(struct vxc_net *vn)
{
	if (vn->fast_hooks)
		nf_unregister_net_hooks(vn->net, hooks, ARRAY_SIZE(hooks));
}
