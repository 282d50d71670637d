/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Class and color of the usual frame: IPv4 or not looked into, and there are
 * tokens for it. Each of the ways through a leg has a copy of its own, where
 * calls would be half of what metering costs. All others go to qos.c.
 */
#ifndef _VXC_QOS_QUICK_H
#define _VXC_QOS_QUICK_H

#include <linux/ip.h>
#include <net/checksum.h>
#include <net/inet_ecn.h>

#include "bucket.h"
#include "qos.h"

#define VXC_QOS_YELLOW	BIT(8)	/* with a class: the frame comes yellow */

int vxc_qos_classify(const struct vxc_qos *q, struct sk_buff *skb, int offset,
		     __be16 proto, int tci);
u8 vxc_qos_color(const struct vxc_qos *q, const struct vxc_flow *flow, int dir,
		 u64 now, u32 len, u8 color);
void vxc_qos_charge(const struct vxc_qos *q, int dir, u64 now, u32 len);

/*
 * The flags of most legs with a bandwidth, and of those whose classes share it,
 * but for VXC_QOS_REWRITE. Where the compiler knows them there are no tests of
 * flags for each frame.
 */
#define VXC_QOS_USUAL		(VXC_QOS_METER | VXC_QOS_QUICK)
#define VXC_QOS_USUAL_CLASSES	(VXC_QOS_USUAL | VXC_QOS_PROFILES | \
				 VXC_QOS_CLASSES | VXC_QOS_BY_DSCP)

/* ECN stays, and so does what the header sums up to. */
static __always_inline void vxc_write_dscp(struct iphdr *h, u8 dscp)
{
	__be16 *word = (__be16 *)h, old = *word;

	*word = (old & ~htons(~INET_ECN_MASK & 0xff)) | htons(dscp << 2);
	csum_replace2(&h->check, old, *word);
}

/*
 * The class that the frame is in, with VXC_QOS_YELLOW, and its DSCP is written;
 * or -1: no memory. What its tags say is not looked at where a DSCP will do.
 */
static __always_inline int
vxc_qos_find(const u16 flags, const struct vxc_qos *q, struct sk_buff *skb,
	     int offset, __be16 proto, int tci)
{
	struct iphdr *h = (struct iphdr *)(skb->data + offset);
	u8 dscp, to;

	if (!(flags & (VXC_QOS_CLASSES | VXC_QOS_AWARE)))
		return 0;
	if (unlikely((flags & (VXC_QOS_AWARE | VXC_QOS_BY_DSCP)) !=
		     VXC_QOS_BY_DSCP || proto != htons(ETH_P_IP) ||
		     skb_headlen(skb) < offset + sizeof(*h) || h->version != 4))
		return vxc_qos_classify(q, skb, offset, proto, tci);

	dscp = h->tos >> 2;
	to = q->dscp[dscp];
	if (to != dscp) {
		if (unlikely(skb_cloned(skb)))
			return vxc_qos_classify(q, skb, offset, proto, tci);
		vxc_write_dscp(h, to);
	}

	return q->class[dscp];
}

static __always_inline u8 vxc_qos_came(const u16 flags, int class)
{
	return flags & VXC_QOS_AWARE && class & VXC_QOS_YELLOW ?
	       VXC_COLOR_YELLOW : VXC_COLOR_GREEN;
}

static __always_inline const struct vxc_flow *
vxc_qos_flow(const struct vxc_qos *q, int class)
{
	const struct vxc_flow *flow = &q->flow[(u8)class];

	/* Its address is found once, not with every use. */
	OPTIMIZER_HIDE_VAR(flow);
	return flow;
}

/* All buckets of a leg begin and end at the same time. */
static __always_inline u8
vxc_qos_take(const u16 flags, const struct vxc_qos *q,
	     const struct vxc_flow *flow, struct vxc_tokens *spent, int dir,
	     u64 now, u32 len, u8 color)
{
	const struct vxc_bucket *all = &q->circuit[dir].green;
	u64 time = now - all->since;

	if (unlikely(!(flags & VXC_QOS_QUICK) || color != VXC_COLOR_GREEN ||
		     time > READ_ONCE(all->until) - all->since))
		goto slow;

	if (!(flags & VXC_QOS_PROFILES)) {
		if (unlikely(!vxc_bucket_take_quick(all, spent, time, len,
						    len)))
			goto slow;
		return VXC_COLOR_GREEN;
	}

	if (unlikely(!vxc_bucket_take_quick(&flow->profile[dir].green,
					    &flow->state->dir[dir].spent.green,
					    time, len, len)))
		goto slow;
	if (unlikely(!vxc_bucket_take_quick(all, spent, time, len, 0)))
		vxc_qos_charge(q, dir, now, len);
	return VXC_COLOR_GREEN;

slow:
	return vxc_qos_color(q, flow, dir, now, len, color);
}

static __always_inline u8
vxc_qos_meter(const u16 flags, const struct vxc_qos *q,
	      const struct vxc_flow *flow, int dir, u64 now, u32 frames,
	      u32 bytes, u8 color)
{
	u32 len = bytes + frames * q->overhead;
	struct vxc_metered_dir *m = &q->metered->dir[dir];
	struct vxc_pcpu_colors *s;

	if (flags & VXC_QOS_METER) {
		vxc_load_add(&m->load, &q->circuit[dir].green, now, len);
		color = vxc_qos_take(flags, q, flow, &m->spent.green, dir,
				     now, len, color);
	}

	s = this_cpu_ptr(flow->colors);
	u64_stats_update_begin(&s->syncp);
	u64_stats_add(&s->n[VXC_COLOR_PACKETS(dir, color)], frames);
	u64_stats_add(&s->n[VXC_COLOR_BYTES(dir, color)], bytes);
	u64_stats_update_end(&s->syncp);
	return color;
}

#endif /* _VXC_QOS_QUICK_H */
