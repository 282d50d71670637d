// SPDX-License-Identifier: GPL-2.0
/*
 * Crossing: a frame received on a leg of one end leaves on the active leg of
 * the other. What the attachment has put on comes off, what the other one
 * wants goes on, all between is the customer's. Runs in softirq under RCU, on
 * frames that are our own.
 */
#include "cross.h"

/* A frame on a leg that is not active: see still_inactive() of rx.c. */
static bool still_inactive(const struct vxc_cross *x)
{
	const struct net_device *lower = READ_ONCE(x->sibling_lower);

	if (vxc_end_takes(x->leg->end, x->role))
		return false;

	if (!lower || READ_ONCE(*x->active) != x->sibling->role ||
	    netif_carrier_ok(lower))
		return true;

	vxc_protect_carrier(x->sibling);
	return READ_ONCE(*x->active) != x->role;
}

static u8 inactive_reason(const struct vxc_leg *leg)
{
	if (!READ_ONCE(leg->circuit->enabled))
		return VXC_DROP_CIRCUIT_DOWN;

	return READ_ONCE(leg->reason) == VXC_REASON_LOOP ? VXC_DROP_LOOP :
							   VXC_DROP_STANDBY;
}

/* The leg to leave by; its lower is NULL if there is none. */
static const struct vxc_exit *find_exit(const struct vxc_cross *x)
{
	const struct vxc_exit *out = &x->exit[READ_ONCE(*x->exit_active)];
	const struct net_device *lower = READ_ONCE(out->lower);

	if (likely(lower && netif_carrier_ok(lower)) || !lower)
		return out;

	vxc_protect_carrier(out->leg);
	return &x->exit[READ_ONCE(*x->exit_active)];
}

/* PCP and DEI of the tag that goes on, from the outer tag as it came. */
static u16 map_prio(const struct vxc_cross *x, u16 tci)
{
	u16 pcp = tci >> VLAN_PRIO_SHIFT;

	pcp = x->pcp >> (VXC_PCP_BITS * pcp) & 7;
	return pcp << VLAN_PRIO_SHIFT | (tci & x->dei);
}

/*
 * Take off what belongs to the attachment. What is left is the customer's
 * frame, its own outer tag in vlan_tci if the core has put it there. NULL: no
 * memory, and skb is gone.
 */
static struct sk_buff *strip(struct sk_buff *skb, const struct vxc_cross *x,
			     const struct vxc_frame *f,
			     const struct vxc_exit *out)
{
	if (x->match == VXC_MATCH_ANY)
		return skb;

	/* A priority tag stays where nothing takes its place. */
	if (x->match == VXC_MATCH_UNTAGGED && !out->proto)
		return skb;

	if (f->stag) {
		skb = skb_vlan_untag(skb);
		if (unlikely(!skb))
			return NULL;
	}
	__vlan_hwaccel_clear_tag(skb);
	if (x->match == VXC_MATCH_SVID_CVID) {
		skb = skb_vlan_untag(skb);
		if (unlikely(!skb))
			return NULL;
		__vlan_hwaccel_clear_tag(skb);
	}

	return skb;
}

/* C-VID of a customer's frame, 0 without a tag, -1 if its tag is another. */
static int get_cvid(const struct sk_buff *skb)
{
	const struct vlan_hdr *h;
	struct vlan_hdr buf;

	if (skb_vlan_tag_present(skb) && skb_vlan_tag_get_id(skb))
		return skb->vlan_proto == htons(ETH_P_8021Q) ?
		       skb_vlan_tag_get_id(skb) : -1;
	if (skb_vlan_tag_present(skb))
		return 0;
	if (skb->protocol != htons(ETH_P_8021Q))
		return vxc_is_tpid(skb->protocol) ? -1 : 0;

	h = skb_header_pointer(skb, 0, sizeof(buf), &buf);
	return likely(h) ? be16_to_cpu(h->h_vlan_TCI) & VLAN_VID_MASK : -1;
}

static bool set_cvid(struct sk_buff *skb, u16 cvid)
{
	struct vlan_hdr *h;

	if (skb_vlan_tag_present(skb)) {
		skb->vlan_tci = (skb->vlan_tci & ~VLAN_VID_MASK) | cvid;
		return true;
	}
	if (skb_ensure_writable(skb, VLAN_HLEN))
		return false;

	h = (struct vlan_hdr *)skb->data;
	h->h_vlan_TCI &= htons((u16)~VLAN_VID_MASK);
	h->h_vlan_TCI |= htons(cvid);
	return true;
}

/* Let the C-VID through, maybe as another; or say why not. */
static int apply_cvids(struct sk_buff *skb, const struct vxc_cross *x)
{
	int cvid, to;

	cvid = get_cvid(skb);
	if (unlikely(cvid < 0))
		return VXC_DROP_UNKNOWN_CVID;

	to = vxc_cvids_cross(x->cvids, x->leg->end->which, cvid);
	if (to < 0)
		return VXC_DROP_UNKNOWN_CVID;
	if (to != cvid && !set_cvid(skb, to))
		return VXC_DROP_NO_MEMORY;

	return -1;
}

/* What is in vlan_tci goes into the frame. NULL: no memory, skb is gone. */
static struct sk_buff *push_inside(struct sk_buff *skb, __be16 proto, u16 tci)
{
	__skb_push(skb, ETH_HLEN);
	skb = vlan_insert_tag_set_proto(skb, proto, tci);
	if (unlikely(!skb))
		return NULL;

	__skb_pull(skb, ETH_HLEN);
	skb_reset_network_header(skb);
	return skb;
}

/*
 * Put on what the other attachment wants. As after every receive, an outer
 * tag that the core knows is in vlan_tci then.
 */
static struct sk_buff *dress(struct sk_buff *skb, const struct vxc_exit *out,
			     u16 prio)
{
	if (!out->proto) {
		if (!skb_vlan_tag_present(skb) && eth_type_vlan(skb->protocol))
			skb = skb_vlan_untag(skb);
		return skb;
	}

	if (skb_vlan_tag_present(skb)) {
		skb = push_inside(skb, skb->vlan_proto,
				  skb_vlan_tag_get(skb));
		if (unlikely(!skb))
			return NULL;
		__vlan_hwaccel_clear_tag(skb);
	}
	if (out->match == VXC_MATCH_SVID_CVID) {
		skb = push_inside(skb, htons(ETH_P_8021Q), out->cvid | prio);
		if (unlikely(!skb))
			return NULL;
	}
	__vlan_hwaccel_put_tag(skb, out->proto, out->svid | prio);
	return skb;
}

/*
 * Would the frame, coming back the way it leaves, be the same leg's and cross
 * again? If not, it is a frame of another leg, of a peering or of the MEP
 * there, and nobody's here to send. Under a 9100 tag in vlan_tci the look is
 * the same. Returns why it may not leave, or -1.
 */
static int check_foreign(struct sk_buff *skb, const struct vxc_exit *out)
{
	struct vxc_frame f;

	if (unlikely(!vxc_classify(out->leg->at.port, skb, &f)) ||
	    f.leg != out->leg || f.path)
		return VXC_DROP_FOREIGN;
	if (unlikely(f.type == htons(ETH_P_CFM)) && vxc_oam_stops(skb, &f))
		return VXC_DROP_OAM;

	return -1;
}

/* The general way. NULL: dropped and counted. */
static struct sk_buff *translate(struct sk_buff *skb, const struct vxc_cross *x,
				 const struct vxc_frame *f,
				 const struct vxc_exit *out)
{
	u16 prio = map_prio(x, vxc_outer_tci(skb, f));
	int reason;

	skb = strip(skb, x, f, out);
	if (unlikely(!skb))
		goto no_memory;
	reason = VXC_DROP_EXTRA_TAG;
	if (x->match == VXC_MATCH_UNTAGGED && vxc_is_tpid(skb->protocol))
		goto drop;
	if (x->cvids) {
		reason = apply_cvids(skb, x);
		if (reason >= 0)
			goto drop;
	}

	skb = dress(skb, out, prio);
	if (unlikely(!skb))
		goto no_memory;
	reason = check_foreign(skb, out);
	if (unlikely(reason >= 0))
		goto drop;

	return skb;

drop:
	vxc_drop_skb(x->leg->drops, reason, skb);
	return NULL;
no_memory:
	vxc_drop_add(x->leg->drops, VXC_DROP_NO_MEMORY);
	return NULL;
}

/**
 * vxc_cross_send() - Send a frame of our own by a leg
 * @skb: the frame, as if it was received
 * @leg: the leg, whose port has a device; under rtnl
 */
void vxc_cross_send(struct sk_buff *skb, struct vxc_leg *leg)
{
	struct vxc_exit out = {};

	vxc_exit_fill(&out, leg);
	skb = dress(skb, &out, VLAN_PRIO_MASK);
	if (!skb)
		return;

	__skb_push(skb, ETH_HLEN);
	dev_queue_xmit(skb);
}

/* PAUSE without the attachment's tags; behind a tag of the customer's, data. */
static bool is_pause(const struct sk_buff *skb, const struct vxc_cross *x,
		     const struct vxc_frame *f)
{
	if (likely(f->type != htons(ETH_P_PAUSE)))
		return false;
	if (x->match == VXC_MATCH_ANY)
		return !(vxc_outer_tci(skb, f) & VLAN_VID_MASK);

	return !f->ctag || x->match == VXC_MATCH_SVID_CVID;
}

/**
 * vxc_cross() - Send a frame across its circuit
 * @pskb: the frame, which nobody shares
 * @x: its leg's crossing
 * @f: what it is
 *
 * Context: softirq, under RCU.
 * Return: RX_HANDLER_CONSUMED; or RX_HANDLER_PASS, the frame is for the host.
 */
rx_handler_result_t vxc_cross(struct sk_buff **pskb, const struct vxc_cross *x,
			      const struct vxc_frame *f)
{
	struct sk_buff *skb = *pskb;
	bool pause = is_pause(skb, x, f);
	const struct vxc_exit *out;
	u32 frames = 1, bytes;
	int reason = -1;
	u16 tci = 0;

	if (unlikely(pause ||
		     is_multicast_ether_addr(eth_hdr(skb)->h_dest))) {
		reason = vxc_l2cp(skb, x, pause);
		if (reason == VXC_L2CP_HOST)
			return RX_HANDLER_PASS;
		if (reason >= 0)
			goto drop;
	}
	if (unlikely(READ_ONCE(*x->active) != x->role) && still_inactive(x)) {
		reason = inactive_reason(x->leg);
		goto drop;
	}
	if (unlikely(x->limited)) {
		reason = vxc_limit(skb, x);
		if (reason >= 0)
			goto drop;
	}

	out = find_exit(x);
	if (unlikely(!out->leg)) {
		reason = VXC_DROP_NO_LEG;
		goto drop;
	}
	bytes = skb->len + ETH_HLEN;
	if (skb_vlan_tag_present(skb))
		bytes += VLAN_HLEN;
	if (unlikely(skb_is_gso(skb)))
		vxc_stats_gso(skb, bytes - skb->len, &frames, &bytes);

	if (unlikely(x->qos))
		tci = vxc_outer_tci(skb, f);
	skb = translate(skb, x, f, out);
	if (!skb)
		return RX_HANDLER_CONSUMED;
	return vxc_cross_leave(skb, x, out, tci, frames, bytes);

drop:
	vxc_drop_skb(x->leg->drops, reason, skb);
	return RX_HANDLER_CONSUMED;
}
