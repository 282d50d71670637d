// SPDX-License-Identifier: GPL-2.0
/*
 * What becomes of a frame on a circuit with a bandwidth or with classes: its
 * class, its color, its marks. It runs in softirq under RCU on what
 * qos-compile.c made. CPUs share the words of the buckets, and no lock.
 */
#include <net/dsfield.h>

#include "qos-quick.h"
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

static noinline int classify_any(const struct vxc_qos *q, struct sk_buff *skb,
				 int offset, __be16 proto, int tci)
{
	int dscp = -1, class = 0;
	bool yellow;

	if (tci < 0)
		tci = skb->priority <= 7 ?
		      skb->priority << VLAN_PRIO_SHIFT : 0;
	yellow = color_of(q, tci) == VXC_COLOR_YELLOW;
	if (q->flags & (VXC_QOS_BY_DSCP | VXC_QOS_REWRITE |
			VXC_QOS_YELLOW_DSCP)) {
		offset = find_ip(skb, offset, &proto);
		if (offset >= 0)
			dscp = get_dscp(skb, offset, proto);
	}
	if (dscp >= 0 && q->flags & VXC_QOS_YELLOW_DSCP &&
	    q->yellow_dscp & BIT_ULL(dscp))
		yellow = true;
	if (dscp >= 0 && q->flags & VXC_QOS_REWRITE &&
	    q->dscp[dscp] != dscp &&
	    !set_dscp(skb, offset, proto, q->dscp[dscp]))
		return -1;
	if (dscp >= 0 && q->flags & VXC_QOS_BY_DSCP)
		class = q->class[dscp];
	else
		class = q->class_pcp[tci >> VLAN_PRIO_SHIFT];

	return yellow ? class | VXC_QOS_YELLOW : class;
}

/* IPv6 that only its DSCP sorts, or -1 if it has to be looked at closely. */
static int classify_ipv6(const struct vxc_qos *q, struct sk_buff *skb,
			 int offset)
{
	struct ipv6hdr *h = (struct ipv6hdr *)(skb->data + offset);
	u8 dscp, to;

	if (skb_headlen(skb) < offset + sizeof(*h) || h->version != 6)
		return -1;

	dscp = ipv6_get_dsfield(h) >> 2;
	to = q->dscp[dscp];
	if (to != dscp) {
		if (skb_cloned(skb) || skb->ip_summed == CHECKSUM_COMPLETE)
			return -1;
		ipv6_change_dsfield(h, INET_ECN_MASK, to << 2);
	}

	return q->class[dscp];
}

/**
 * vxc_qos_classify() - Find the class of any frame; write its DSCP
 * @q: bandwidth and classes
 * @skb: the frame, its own
 * @offset: where its first tag, if it is not in vlan_tci, or its payload is
 * @proto: ethertype there
 * @tci: TCI of the outer tag it had, or 0; -1: its PCP is skb->priority
 *
 * Return: the class, with VXC_QOS_YELLOW if the frame comes yellow, or -1:
 * no memory.
 */
int vxc_qos_classify(const struct vxc_qos *q, struct sk_buff *skb, int offset,
		     __be16 proto, int tci)
{
	int class;

	if (proto == htons(ETH_P_IPV6) &&
	    (q->flags & (VXC_QOS_AWARE | VXC_QOS_BY_DSCP)) == VXC_QOS_BY_DSCP) {
		class = classify_ipv6(q, skb, offset);
		if (class >= 0)
			return class;
	}

	return classify_any(q, skb, offset, proto, tci);
}

/* Where the classes of a circuit share, or several circuits do. */
static u8 meter_shared(const struct vxc_qos *q, const struct vxc_flow *flow,
		       int dir, u64 now, u32 len, u8 color)
{
	bool classes = q->flags & VXC_QOS_PROFILES;
	struct vxc_spent *all = &q->metered->dir[dir].spent;
	u8 own;

	if (classes)
		own = vxc_meter_within(&flow->profile[dir],
				       &flow->state->dir[dir].spent,
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
		vxc_meter_refund(&flow->state->dir[dir].spent, len, own);
	vxc_meter_refund(all, len, classes ? VXC_COLOR_GREEN : own);
	return color;
}

/**
 * vxc_qos_color() - The color of any frame
 * @q: bandwidth and classes
 * @flow: its class
 * @dir: direction
 * @now: time in nanoseconds
 * @len: length in bytes
 * @color: color that it came with
 *
 * Return: enum vxc_color.
 */
u8 vxc_qos_color(const struct vxc_qos *q, const struct vxc_flow *flow, int dir,
		 u64 now, u32 len, u8 color)
{
	if (q->flags & (VXC_QOS_PROFILES | VXC_QOS_ENVELOPE))
		return meter_shared(q, flow, dir, now, len, color);

	return vxc_meter(&q->circuit[dir], &q->metered->dir[dir].spent, now,
			 len, color);
}

/* What its class lets pass is charged, however little the others have left. */
void vxc_qos_charge(const struct vxc_qos *q, int dir, u64 now, u32 len)
{
	vxc_bucket_take(&q->circuit[dir].green,
			&q->metered->dir[dir].spent.green, now, len, 0);
}

/* Reading the clock is what costs most: once for a frame. */
static __always_inline u64 clock(const u16 flags)
{
	return flags & VXC_QOS_METER ? ktime_get_ns() : 0;
}

static __always_inline u8
meter_rx(const u16 flags, const struct vxc_qos *q, struct sk_buff *skb,
	 u16 tci, u32 frames, u32 bytes)
{
	const struct vxc_flow *flow;
	u64 now = clock(flags);
	int class;
	u8 color;

	class = vxc_qos_find(flags, q, skb, 0, skb->protocol, tci);
	if (unlikely(class < 0))
		return VXC_DROP_NO_MEMORY;

	flow = vxc_qos_flow(q, class);
	color = vxc_qos_meter(flags, q, flow, VXC_DIR_RX, now, frames, bytes,
			      vxc_qos_came(flags, class));
	if (unlikely(color == VXC_COLOR_RED))
		return VXC_DROP_RED;

	if (flags & VXC_QOS_CLASSES)
		skb->priority = flow->priority;
	return 0;
}

static noinline u8
meter_rx_any(const struct vxc_qos *q, struct sk_buff *skb, u16 tci, u32 frames,
	     u32 bytes)
{
	return meter_rx(q->flags, q, skb, tci, frames, bytes);
}

/**
 * vxc_qos_rx() - Meter and mark a frame that a peering receives
 * @q: bandwidth and classes
 * @skb: the frame, its own, without tags
 * @tci: TCI of the outer tag it had, or 0
 * @frames: frames on the wire that it stands for
 * @bytes: their bytes, tags included
 *
 * Return: 0, or enum vxc_drop: why it has to be dropped.
 */
u8 vxc_qos_rx(const struct vxc_qos *q, struct sk_buff *skb, u16 tci,
	      u32 frames, u32 bytes)
{
	switch (q->flags & ~VXC_QOS_REWRITE) {
	case VXC_QOS_USUAL:
		return meter_rx(VXC_QOS_USUAL, q, skb, tci, frames, bytes);
	case VXC_QOS_USUAL_CLASSES:
		return meter_rx(VXC_QOS_USUAL_CLASSES, q, skb, tci, frames,
				bytes);
	default:
		return meter_rx_any(q, skb, tci, frames, bytes);
	}
}

/* PCP and DEI of a frame's tags, if they have been so until now. */
static __always_inline int
mark_tags(const u16 flags, struct sk_buff *skb, const struct vxc_flow *flow,
	  u8 color, u16 tci)
{
	if (flags & VXC_QOS_CLASSES) {
		skb->priority = flow->priority;
		tci = (tci & VLAN_CFI_MASK) | flow->tci;
	}

	return unlikely(color == VXC_COLOR_YELLOW) ? tci | VLAN_CFI_MASK : tci;
}

static __always_inline int
meter_cross(const u16 flags, const struct vxc_qos *in,
	    const struct vxc_qos *out, struct sk_buff *skb, u16 tci,
	    struct vxc_wire came, struct vxc_wire leaves)
{
	const struct vxc_flow *flow;
	u64 now = clock(flags);
	int class;
	u8 color;

	class = vxc_qos_find(flags, in, skb, ETH_HLEN, skb->protocol, tci);
	if (unlikely(class < 0))
		return -VXC_DROP_NO_MEMORY;

	flow = vxc_qos_flow(in, class);
	color = vxc_qos_meter(flags, in, flow, VXC_DIR_RX, now, came.frames,
			      came.bytes, vxc_qos_came(flags, class));
	if (unlikely(color == VXC_COLOR_RED))
		return -VXC_DROP_RED;

	flow = vxc_qos_flow(out, class);
	color = vxc_qos_meter(flags, out, flow, VXC_DIR_TX, now, leaves.frames,
			      leaves.bytes, color);
	if (unlikely(color == VXC_COLOR_RED))
		return -VXC_DROP_RED - VXC_DROPS;

	tci = skb_vlan_tag_present(skb) ? skb->vlan_tci & ~VLAN_VID_MASK : 0;
	return mark_tags(flags, skb, flow, color, tci);
}

static noinline int
meter_cross_any(const struct vxc_qos *in, const struct vxc_qos *out,
		struct sk_buff *skb, u16 tci, struct vxc_wire came,
		struct vxc_wire leaves)
{
	return meter_cross(in->flags, in, out, skb, tci, came, leaves);
}

/**
 * vxc_qos_cross() - Meter and mark a frame that crosses, on both legs
 * @in: bandwidth and classes of the leg it came by
 * @out: those of the leg it leaves by, of the same circuit
 * @skb: the frame, its own, with that leg's tags, from its addresses on
 * @tci: TCI of the outer tag it came with, or 0
 * @came: what it was on the wire
 * @leaves: what it will be
 *
 * The legs of a circuit have the same flags. A frame that was yellow on the one
 * leg stays it on the other.
 *
 * Return: PCP and DEI of the tags it gets, or the negative enum vxc_drop;
 * less VXC_DROPS if it is the leg it leaves by that drops it.
 */
int vxc_qos_cross(const struct vxc_qos *in, const struct vxc_qos *out,
		  struct sk_buff *skb, u16 tci, struct vxc_wire came,
		  struct vxc_wire leaves)
{
	switch (in->flags & ~VXC_QOS_REWRITE) {
	case VXC_QOS_USUAL:
		return meter_cross(VXC_QOS_USUAL, in, out, skb, tci, came,
				   leaves);
	case VXC_QOS_USUAL_CLASSES:
		return meter_cross(VXC_QOS_USUAL_CLASSES, in, out, skb, tci,
				   came, leaves);
	default:
		return meter_cross_any(in, out, skb, tci, came, leaves);
	}
}

static __always_inline int
meter_tx(const u16 flags, const struct vxc_qos *q, struct sk_buff *skb,
	 u32 frames, u32 bytes, u16 tci)
{
	const struct ethhdr *eth = (struct ethhdr *)skb->data;
	const struct vxc_flow *flow;
	u64 now = clock(flags);
	int class;
	u8 color;

	class = vxc_qos_find(flags, q, skb, ETH_HLEN, eth->h_proto, -1);
	if (unlikely(class < 0))
		return -VXC_DROP_NO_MEMORY;

	flow = vxc_qos_flow(q, class);
	color = vxc_qos_meter(flags, q, flow, VXC_DIR_TX, now, frames, bytes,
			      vxc_qos_came(flags, class));
	if (unlikely(color == VXC_COLOR_RED))
		return -VXC_DROP_RED;

	return mark_tags(flags, skb, flow, color, tci);
}

static noinline int
meter_tx_any(const struct vxc_qos *q, struct sk_buff *skb, u32 frames,
	     u32 bytes, u16 tci)
{
	return meter_tx(q->flags, q, skb, frames, bytes, tci);
}

/**
 * vxc_qos_tx() - Meter and mark a frame that a peering transmits
 * @q: bandwidth and classes
 * @skb: the frame, without the circuit's tags, from its addresses on
 * @frames: frames on the wire that it stands for
 * @bytes: their bytes, tags included
 * @tci: PCP of its tags, if it has no class
 *
 * Return: PCP and DEI of the tags it gets, or the negative enum vxc_drop.
 */
int vxc_qos_tx(const struct vxc_qos *q, struct sk_buff *skb, u32 frames,
	       u32 bytes, u16 tci)
{
	switch (q->flags & ~VXC_QOS_REWRITE) {
	case VXC_QOS_USUAL:
		return meter_tx(VXC_QOS_USUAL, q, skb, frames, bytes, tci);
	case VXC_QOS_USUAL_CLASSES:
		return meter_tx(VXC_QOS_USUAL_CLASSES, q, skb, frames, bytes,
				tci);
	default:
		return meter_tx_any(q, skb, frames, bytes, tci);
	}
}
