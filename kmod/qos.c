// SPDX-License-Identifier: GPL-2.0
/*
 * What becomes of a frame on a circuit with a bandwidth or with classes: its
 * class, its color, its marks. It runs in softirq under RCU on what
 * qos-compile.c made. CPUs share the words of the buckets, and no lock.
 */
#include <net/dsfield.h>
#include <net/inet_ecn.h>

#include "vxc.h"

/* Tags in a frame: two of the leg's that it crosses from, two of others. */
#define TAGS_MAX	4

/**
 * vxc_skip_tags() - Look behind tags
 * @skb: the frame
 * @offset: where the first one is, if there is one
 * @proto: its TPID; then the ethertype behind the last one, or its TPID if
 *	there are too many
 *
 * Return: where that begins, or -1: the frame ends before.
 */
int vxc_skip_tags(const struct sk_buff *skb, int offset, __be16 *proto)
{
	const struct vlan_hdr *h;
	struct vlan_hdr buf;
	int tags;

	for (tags = 0; vxc_is_tpid(*proto) && tags < TAGS_MAX; tags++) {
		h = skb_header_pointer(skb, offset, sizeof(buf), &buf);
		if (!h)
			return -1;
		*proto = h->h_vlan_encapsulated_proto;
		offset += VLAN_HLEN;
	}

	return offset;
}

/* The IP header, behind tags of others if there are any. */
static int find_ip(const struct sk_buff *skb, int offset, __be16 *proto)
{
	if (unlikely(vxc_is_tpid(*proto)))
		offset = vxc_skip_tags(skb, offset, proto);
	if (*proto != htons(ETH_P_IP) && *proto != htons(ETH_P_IPV6))
		return -1;

	return offset;
}

/* DSCP of the header at an offset, or -1: there is none. */
static int get_dscp(const struct sk_buff *skb, int offset, __be16 proto)
{
	const __be16 *h;
	__be16 buf;
	u16 word;

	h = skb_header_pointer(skb, offset, sizeof(buf), &buf);
	if (!h)
		return -1;

	word = be16_to_cpu(*h);
	if (proto == htons(ETH_P_IP))
		return word >> 12 == 4 ? (word & 0xff) >> 2 : -1;

	return word >> 12 == 6 ? (word >> 6) & 0x3f : -1;
}

/* ECN stays. Returns false without memory for a copy that can be written. */
static bool set_dscp(struct sk_buff *skb, int offset, __be16 proto, u8 dscp)
{
	int len = proto == htons(ETH_P_IP) ? sizeof(struct iphdr) :
					     sizeof(struct ipv6hdr);
	void *h;

	/* Not a packet that anybody could read. */
	if (unlikely(skb->len < offset + len))
		return true;
	if (skb_ensure_writable(skb, offset + len))
		return false;

	h = skb->data + offset;
	if (proto == htons(ETH_P_IP)) {
		ipv4_change_dsfield(h, INET_ECN_MASK, dscp << 2);
		return true;
	}
	/* No checksum of its own: the sum over the packet changes. */
	skb_postpull_rcsum(skb, h, sizeof(__be32));
	ipv6_change_dsfield(h, INET_ECN_MASK, dscp << 2);
	skb_postpush_rcsum(skb, h, sizeof(__be32));
	return true;
}

/* The color that a frame comes with, by what its outer tag says. */
static u8 color_of(const struct vxc_qos *q, u16 tci)
{
	if (q->flags & VXC_QOS_AWARE &&
	    (tci & VLAN_CFI_MASK ||
	     q->yellow_pcp & BIT(tci >> VLAN_PRIO_SHIFT)))
		return VXC_COLOR_YELLOW;

	return VXC_COLOR_GREEN;
}

/*
 * Find the class, and the color that the frame comes with; write the DSCP.
 * Returns the class, or -1: no memory.
 */
static int classify(const struct vxc_qos *q, struct sk_buff *skb, int offset,
		    __be16 proto, u16 tci, u8 *color)
{
	int dscp = -1;

	*color = color_of(q, tci);
	if (!(q->flags & (VXC_QOS_CLASSES | VXC_QOS_YELLOW_DSCP)))
		return 0;

	if (q->flags & (VXC_QOS_BY_DSCP | VXC_QOS_REWRITE |
			VXC_QOS_YELLOW_DSCP)) {
		offset = find_ip(skb, offset, &proto);
		if (offset >= 0)
			dscp = get_dscp(skb, offset, proto);
	}
	if (dscp >= 0 && q->flags & VXC_QOS_YELLOW_DSCP &&
	    q->yellow_dscp & BIT_ULL(dscp))
		*color = VXC_COLOR_YELLOW;
	if (dscp >= 0 && q->flags & VXC_QOS_REWRITE &&
	    q->dscp[dscp] != dscp &&
	    !set_dscp(skb, offset, proto, q->dscp[dscp]))
		return -1;
	if (dscp >= 0 && q->flags & VXC_QOS_BY_DSCP)
		return q->class[dscp];

	return q->class_pcp[tci >> VLAN_PRIO_SHIFT];
}

static void count(const struct vxc_flow *flow, int dir, u8 color, u32 frames,
		  u32 bytes)
{
	struct vxc_pcpu_colors *s = this_cpu_ptr(flow->state->colors);

	u64_stats_update_begin(&s->syncp);
	u64_stats_add(&s->n[VXC_COLOR_PACKETS(dir, color)], frames);
	u64_stats_add(&s->n[VXC_COLOR_BYTES(dir, color)], bytes);
	u64_stats_update_end(&s->syncp);
}

/* Reading the clock is what costs most: once for a frame. */
static u64 clock(const struct vxc_qos *q)
{
	return q->flags & VXC_QOS_METER ? ktime_get_ns() : 0;
}

/* As below, where the classes of a circuit share, or several circuits do. */
static u8 meter_shared(const struct vxc_qos *q, const struct vxc_flow *flow,
		       int dir, u64 now, u32 len, u8 color)
{
	bool classes = q->flags & VXC_QOS_PROFILES;
	struct vxc_spent *all = &q->metered->spent[dir];
	u8 own;

	if (classes)
		own = vxc_meter_within(&flow->profile[dir],
				       &flow->state->spent[dir],
				       &q->circuit[dir].green, &all->green,
				       flow->keep, now, len, color);
	else
		own = vxc_meter(&q->circuit[dir], all, now, len, color);
	if (!(q->flags & VXC_QOS_ENVELOPE) || own == VXC_COLOR_RED)
		return own;

	color = vxc_part_meter(q->part, q->end, dir, now, len, own,
			       classes && own == VXC_COLOR_GREEN);
	if (color != VXC_COLOR_RED)
		return color;

	/* It has not passed and counts against no other bandwidth either. */
	if (classes)
		vxc_meter_refund(&flow->state->spent[dir], len, own);
	vxc_meter_refund(all, len, classes ? VXC_COLOR_GREEN : own);
	return color;
}

static u8 meter(const struct vxc_qos *q, const struct vxc_flow *flow, int dir,
		u64 now, u32 frames, u32 bytes, u8 color)
{
	struct vxc_metered *m = q->metered;
	u32 len = bytes + frames * q->overhead;

	if (!(q->flags & VXC_QOS_METER))
		goto count;

	vxc_load_add(&m->load[dir], &q->circuit[dir].green, now, len);
	if (q->flags & (VXC_QOS_PROFILES | VXC_QOS_ENVELOPE))
		color = meter_shared(q, flow, dir, now, len, color);
	else
		color = vxc_meter(&q->circuit[dir], &m->spent[dir], now, len,
				  color);
count:
	count(flow, dir, color, frames, bytes);
	return color;
}

/**
 * vxc_qos_rx() - Meter and mark a received frame
 * @q: bandwidth and classes
 * @skb: the frame, its own
 * @offset: where its first tag, if it is not in vlan_tci, or its payload is
 * @tci: TCI of the outer tag it had, or 0
 * @frames: frames on the wire that it stands for
 * @bytes: their bytes, tags included
 * @c: what vxc_qos_leave() has to know of it
 *
 * Return: 0, or enum vxc_drop: why it has to be dropped.
 */
u8 vxc_qos_rx(const struct vxc_qos *q, struct sk_buff *skb, int offset,
	      u16 tci, u32 frames, u32 bytes, struct vxc_colored *c)
{
	const struct vxc_flow *flow;
	int class;

	class = classify(q, skb, offset, skb->protocol, tci, &c->color);
	if (unlikely(class < 0))
		return VXC_DROP_NO_MEMORY;

	c->class = class;
	c->now = clock(q);
	flow = &q->flow[class];
	c->color = meter(q, flow, VXC_DIR_RX, c->now, frames, bytes, c->color);
	if (c->color == VXC_COLOR_RED)
		return VXC_DROP_RED;

	if (q->flags & VXC_QOS_CLASSES)
		skb->priority = flow->tci >> VLAN_PRIO_SHIFT;
	return 0;
}

/**
 * vxc_qos_leave() - Meter and mark a frame that has crossed
 * @q: bandwidth and classes of the leg it leaves by, of the same circuit
 * @c: what vxc_qos_rx() found out; a frame that was yellow stays it
 * @frames: frames on the wire that it stands for
 * @bytes: their bytes, tags included
 * @tci: PCP and DEI of the tags it gets
 *
 * Return: 0, or enum vxc_drop: why it has to be dropped.
 */
u8 vxc_qos_leave(const struct vxc_qos *q, struct vxc_colored *c, u32 frames,
		 u32 bytes, u16 *tci)
{
	const struct vxc_flow *flow = &q->flow[c->class];

	c->color = meter(q, flow, VXC_DIR_TX, c->now, frames, bytes, c->color);
	if (c->color == VXC_COLOR_RED)
		return VXC_DROP_RED;

	if (q->flags & VXC_QOS_CLASSES)
		*tci = (*tci & ~VLAN_PRIO_MASK) | flow->tci;
	if (c->color == VXC_COLOR_YELLOW)
		*tci |= VLAN_CFI_MASK;
	return 0;
}

/**
 * vxc_qos_tx() - Meter and mark a frame to be transmitted
 * @q: bandwidth and classes
 * @skb: the frame, without the circuit's tags, from its addresses on
 * @frames: frames on the wire that it stands for
 * @bytes: their bytes, tags included
 * @tci: PCP and DEI of its tags
 *
 * Return: 0, or enum vxc_drop: why it has to be dropped.
 */
u8 vxc_qos_tx(const struct vxc_qos *q, struct sk_buff *skb, u32 frames,
	      u32 bytes, u16 *tci)
{
	u16 prio = skb->priority <= 7 ? skb->priority << VLAN_PRIO_SHIFT : 0;
	const struct vxc_flow *flow;
	int class;
	u8 color;

	class = classify(q, skb, ETH_HLEN, eth_hdr(skb)->h_proto, prio, &color);
	if (unlikely(class < 0))
		return VXC_DROP_NO_MEMORY;

	flow = &q->flow[class];
	color = meter(q, flow, VXC_DIR_TX, clock(q), frames, bytes, color);
	if (color == VXC_COLOR_RED)
		return VXC_DROP_RED;

	if (q->flags & VXC_QOS_CLASSES) {
		*tci = flow->tci;
		skb->priority = flow->tci >> VLAN_PRIO_SHIFT;
	}
	if (color == VXC_COLOR_YELLOW)
		*tci |= VLAN_CFI_MASK;
	return 0;
}
