// SPDX-License-Identifier: GPL-2.0
/*
 * The end of a crossing: a frame that has the other end's tags is measured,
 * metered, sent and counted. Those that need no more than another S-VID come
 * here at once. Runs in softirq under RCU, on frames that are our own.
 */
#include <net/gso.h>

#include "cross.h"

static void count_rx(struct vxc_pcpu_stats __percpu *stats, u32 frames,
		     u32 bytes)
{
	struct vxc_pcpu_stats *s = this_cpu_ptr(stats);

	u64_stats_update_begin(&s->syncp);
	u64_stats_add(&s->rx_packets, frames);
	u64_stats_add(&s->rx_bytes, bytes);
	u64_stats_update_end(&s->syncp);
}

static void count_tx(struct vxc_pcpu_stats __percpu *stats, u32 frames,
		     u32 bytes)
{
	struct vxc_pcpu_stats *s = this_cpu_ptr(stats);

	u64_stats_update_begin(&s->syncp);
	u64_stats_add(&s->tx_packets, frames);
	u64_stats_add(&s->tx_bytes, bytes);
	u64_stats_update_end(&s->syncp);
}

static void count_drops(struct vxc_leg *leg, u8 reason, u32 frames)
{
	struct vxc_pcpu_drops *s = this_cpu_ptr(leg->drops);

	u64_stats_update_begin(&s->syncp);
	u64_stats_add(&s->drops[reason], frames);
	u64_stats_update_end(&s->syncp);
}

/* What became of frames that were handed to the port. */
static void count_sent(const struct vxc_exit *out, int ret, u32 frames,
		       u32 bytes)
{
	if (likely(ret == NET_XMIT_SUCCESS || ret == NET_XMIT_CN)) {
		count_tx(out->stats, frames, bytes);
		return;
	}
	count_drops(out->leg, ret == -ENETDOWN ? VXC_DROP_PORT_GONE :
					       VXC_DROP_PORT_BUSY, frames);
}

/* The outer tag is not counted, as it is not elsewhere in Linux. */
static bool fits(const struct sk_buff *skb, const struct net_device *dev)
{
	unsigned int max = READ_ONCE(dev->mtu) + ETH_HLEN;

	if (!skb_vlan_tag_present(skb) && vxc_is_tpid(skb->protocol))
		max += VLAN_HLEN;
	if (likely(skb->len <= max))
		return true;

	return skb_is_gso(skb) && skb_gso_validate_mac_len(skb, max);
}

/* What a frame that leaves is on the wire. */
static struct vxc_wire measure(const struct sk_buff *skb)
{
	struct vxc_wire wire = { .frames = 1 };
	u32 tag;

	tag = skb_vlan_tag_present(skb) ? VLAN_HLEN : 0;
	wire.bytes = skb->len + tag;
	if (unlikely(skb_is_gso(skb)))
		vxc_stats_gso(skb, skb_network_offset(skb) + tag, &wire.frames,
			      &wire.bytes);

	return wire;
}

static void xmit(struct sk_buff *skb, const struct vxc_exit *out,
		 struct net_device *lower)
{
	struct vxc_wire wire = measure(skb);

	skb->dev = lower;
	count_sent(out, dev_queue_xmit(skb), wire.frames, wire.bytes);
}

/* What a port with a TPID that the core does not know cannot leave to it. */
static void xmit_prepared(struct sk_buff *skb, const struct vxc_exit *out,
			  struct net_device *lower)
{
	struct sk_buff *segs, *next;

	if (!skb_is_gso(skb)) {
		if (skb->ip_summed == CHECKSUM_PARTIAL &&
		    skb_checksum_help(skb)) {
			vxc_drop_skb(out->leg->drops, VXC_DROP_NO_MEMORY, skb);
			return;
		}
		xmit(skb, out, lower);
		return;
	}

	segs = skb_gso_segment(skb, NETIF_F_SG);
	if (IS_ERR_OR_NULL(segs)) {
		vxc_drop_skb(out->leg->drops, VXC_DROP_NO_MEMORY, skb);
		return;
	}
	consume_skb(skb);
	skb_list_walk_safe(segs, skb, next) {
		skb_mark_not_on_list(skb);
		xmit(skb, out, lower);
	}
}

/* The network header behind the tags in the frame, for offloads. */
static void set_network_header(struct sk_buff *skb)
{
	int depth;

	if (__vlan_get_protocol(skb, skb->protocol, &depth))
		skb_set_network_header(skb, depth);
}

/* PCP and DEI of what the attachment has put on. */
static void mark(struct sk_buff *skb, const struct vxc_exit *out, u16 tci)
{
	struct vlan_hdr *h;

	if (!out->proto)
		return;

	skb->vlan_tci = (skb->vlan_tci & VLAN_VID_MASK) | tci;
	if (out->match != VXC_MATCH_SVID_CVID)
		return;

	h = (struct vlan_hdr *)(skb->data + ETH_HLEN);
	h->h_vlan_TCI = htons((ntohs(h->h_vlan_TCI) & VLAN_VID_MASK) | tci);
}

/*
 * The leg that the frame came by meters it, then the one that it leaves by.
 * False: dropped and counted.
 */
static bool meter(struct sk_buff *skb, const struct vxc_cross *x,
		  const struct vxc_exit *out, u16 tci, struct vxc_wire came,
		  struct vxc_wire leaves)
{
	struct vxc_leg *leg = x->leg;
	int ret;

	ret = vxc_qos_cross(x->qos, out->qos, skb, tci, came, leaves);
	if (likely(ret >= 0)) {
		mark(skb, out, ret);
		return true;
	}

	if (ret <= -VXC_DROPS) {
		count_rx(x->stats, came.frames, came.bytes);
		leg = out->leg;
		ret += VXC_DROPS;
	}
	vxc_drop_skb(leg->drops, -ret, skb);
	return false;
}

/**
 * vxc_cross_leave() - A frame leaves by a leg of the other end
 * @skb: the frame, with that leg's tags, from behind its addresses on
 * @x: the crossing of the leg it came by
 * @out: the leg it leaves by
 * @tci: TCI of the outer tag that it came with, or 0
 * @frames: frames on the wire that it was
 * @bytes: their bytes
 *
 * Return: RX_HANDLER_CONSUMED, whatever became of it.
 */
rx_handler_result_t vxc_cross_leave(struct sk_buff *skb,
				    const struct vxc_cross *x,
				    const struct vxc_exit *out, u16 tci,
				    u32 frames, u32 bytes)
{
	struct vxc_wire came = { .frames = frames, .bytes = bytes };
	struct net_device *lower = READ_ONCE(out->lower);

	if (unlikely(!lower)) {
		vxc_drop_skb(x->leg->drops, VXC_DROP_NO_LEG, skb);
		return RX_HANDLER_CONSUMED;
	}
	__skb_push(skb, ETH_HLEN);
	if (unlikely(!fits(skb, lower))) {
		vxc_drop_skb(x->leg->drops, VXC_DROP_OVERSIZE, skb);
		return RX_HANDLER_CONSUMED;
	}
	if (unlikely(x->qos) &&
	    !meter(skb, x, out, tci, came, measure(skb)))
		return RX_HANDLER_CONSUMED;

	count_rx(x->stats, frames, bytes);
	vxc_cross_forward(skb, lower);
	if (unlikely(skb->ip_summed == CHECKSUM_PARTIAL)) {
		if (eth_type_vlan(skb->protocol))
			set_network_header(skb);
		if (out->proto == htons(VXC_TPID_9100)) {
			xmit_prepared(skb, out, lower);
			return RX_HANDLER_CONSUMED;
		}
	}
	xmit(skb, out, lower);
	return RX_HANDLER_CONSUMED;
}

/* No layer 2 control protocol, and not to be seen by anybody else. */
static bool is_plain(const struct sk_buff *skb)
{
	return !skb_shared(skb) && skb->protocol != htons(ETH_P_PAUSE) &&
	       skb->protocol != htons(ETH_P_CFM) &&
	       !is_multicast_ether_addr(eth_hdr(skb)->h_dest);
}

/* The port is up, and the S-VID is nobody else's: see check_foreign(). */
static bool exit_is_quick(const struct vxc_exit *out,
			  const struct net_device *lower)
{
	const struct vxc_map *map = rcu_dereference(*out->map);

	return map && map->plain && netif_carrier_ok(lower);
}

/* What a port's offloads have to look into, or be done for. */
static bool is_offloaded(const struct sk_buff *skb)
{
	return skb->ip_summed == CHECKSUM_PARTIAL || skb_is_gso(skb);
}

/* Offloads find their headers, and a frame is no longer than the port's. */
static bool can_leave(const struct sk_buff *skb, const struct vxc_exit *out,
		      const struct net_device *lower)
{
	if (is_offloaded(skb) && (out->proto == htons(VXC_TPID_9100) ||
				  vxc_is_tpid(skb->protocol)))
		return false;

	return skb->len <= READ_ONCE(lower->mtu) ||
	       (skb_is_gso(skb) &&
		skb_gso_validate_network_len(skb, READ_ONCE(lower->mtu)));
}

static void swap_svid(struct sk_buff *skb, const struct vxc_exit *out)
{
	skb->vlan_proto = out->proto;
	skb->vlan_tci = (skb->vlan_tci & ~VLAN_VID_MASK) | out->svid;
	__skb_push(skb, ETH_HLEN);
}

static noinline_for_stack rx_handler_result_t
cross_counted(struct sk_buff *skb, const struct vxc_cross *x,
	      const struct vxc_exit *out, struct net_device *lower,
	      u32 frames, u32 bytes)
{
	swap_svid(skb, out);
	vxc_cross_forward(skb, lower);
	count_rx(x->stats, frames, bytes);
	count_sent(out, dev_queue_xmit(skb), frames, bytes);
	return RX_HANDLER_CONSUMED;
}

static noinline_for_stack rx_handler_result_t
cross_metered(struct sk_buff *skb, const struct vxc_cross *x,
	      const struct vxc_exit *out, struct net_device *lower,
	      u32 frames, u32 bytes)
{
	struct vxc_wire wire = { .frames = frames, .bytes = bytes };
	u16 tci = skb->vlan_tci;

	swap_svid(skb, out);
	if (unlikely(!meter(skb, x, out, tci, wire, wire)))
		return RX_HANDLER_CONSUMED;

	vxc_cross_forward(skb, lower);
	count_rx(x->stats, frames, bytes);
	count_sent(out, dev_queue_xmit(skb), frames, bytes);
	return RX_HANDLER_CONSUMED;
}

/*
 * What GRO has put together, and what another host of this machine sends with
 * its checksum open.
 */
static noinline_for_stack rx_handler_result_t
cross_large(struct sk_buff **pskb, struct vxc_port *port,
	    const struct vxc_map *map, const struct vxc_cross *x,
	    const struct vxc_exit *out, struct net_device *lower)
{
	struct sk_buff *skb = *pskb;
	u32 frames = 1, bytes;

	if (!can_leave(skb, out, lower))
		return vxc_rx_frame(pskb, port, map);

	bytes = skb->len + VLAN_ETH_HLEN;
	if (skb_is_gso(skb))
		vxc_stats_gso(skb, VLAN_ETH_HLEN, &frames, &bytes);
	if (unlikely(out->swap == VXC_SWAP_METERED))
		return cross_metered(skb, x, out, lower, frames, bytes);

	return cross_counted(skb, x, out, lower, frames, bytes);
}

/**
 * vxc_cross_quick() - Send a frame across its circuit, quickly if it can be
 * @pskb: the frame, with an outer tag in vlan_tci
 * @port: the port that received it
 * @map: the map of its outer tag, which says that it crosses
 *
 * Most that cross need no more than one S-VID for another. This is the same as
 * vxc_cross() does to them.
 *
 * Context: softirq, under RCU.
 * Return: as vxc_rx_handler().
 */
rx_handler_result_t vxc_cross_quick(struct sk_buff **pskb,
				    struct vxc_port *port,
				    const struct vxc_map *map)
{
	const struct vxc_cross *x = rcu_dereference(map->leg->cross);
	struct sk_buff *skb = *pskb;
	const struct vxc_exit *out;
	struct net_device *lower;
	unsigned int bytes;

	if (unlikely(!x || READ_ONCE(*x->active) != x->role || !is_plain(skb)))
		return vxc_rx_frame(pskb, port, map);
	out = &x->exit[READ_ONCE(*x->exit_active)];
	lower = READ_ONCE(out->lower);
	if (unlikely(!lower || !out->swap || !exit_is_quick(out, lower)))
		return vxc_rx_frame(pskb, port, map);

	if (unlikely(is_offloaded(skb) || skb->len > READ_ONCE(lower->mtu)))
		return cross_large(pskb, port, map, x, out, lower);
	bytes = skb->len + VLAN_ETH_HLEN;
	if (unlikely(out->swap == VXC_SWAP_METERED))
		return cross_metered(skb, x, out, lower, 1, bytes);

	swap_svid(skb, out);
	vxc_cross_forward(skb, lower);
	count_rx(x->stats, 1, bytes);
	count_sent(out, dev_queue_xmit(skb), 1, bytes);
	return RX_HANDLER_CONSUMED;
}
