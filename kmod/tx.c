// SPDX-License-Identifier: GPL-2.0
/*
 * The transmit path, all of it. The path says everything that the frame
 * needs: the C-tag goes into the frame, the S-tag into vlan_tci for the port
 * to place, in hardware if it can.
 */
#include "vxc.h"

static void count_tx(struct vxc_path *path, u32 frames, u32 bytes)
{
	struct vxc_pcpu_stats *s = this_cpu_ptr(path->stats);

	u64_stats_update_begin(&s->syncp);
	u64_stats_add(&s->tx_packets, frames);
	u64_stats_add(&s->tx_bytes, bytes);
	u64_stats_update_end(&s->syncp);
}

/* Both tags carry the same PCP and DEI. NULL: no memory, and skb is gone. */
static struct sk_buff *push_tags(struct sk_buff *skb,
				 const struct vxc_path *path, u16 pcp)
{
	if (likely(path->flags & VXC_PATH_INNER)) {
		skb = vlan_insert_tag_set_proto(skb, htons(ETH_P_8021Q),
						path->inner_tci | pcp);
		if (unlikely(!skb))
			return NULL;
	}
	if (likely(path->outer_proto))
		__vlan_hwaccel_put_tag(skb, path->outer_proto,
				       path->outer_tci | pcp);

	return skb;
}

static void tx_dropped(struct vxc_path *path, int ret, u32 frames)
{
	struct vxc_pcpu_drops *s = this_cpu_ptr(path->leg->drops);
	u8 reason = ret == -ENETDOWN ? VXC_DROP_PORT_GONE : VXC_DROP_PORT_BUSY;

	u64_stats_update_begin(&s->syncp);
	u64_stats_add(&s->drops[reason], frames);
	u64_stats_update_end(&s->syncp);
}

static struct vxc_path *active_path(const struct vxc_peering *p)
{
	u8 active = READ_ONCE(*READ_ONCE(p->active));

	return rcu_dereference_bh(p->path[active]);
}

/**
 * vxc_xmit() - Transmit a frame of a peering
 * @skb: the frame, without tags of ours
 * @dev: the peering's device
 *
 * Context: BH disabled.
 * Return: NETDEV_TX_OK, whatever became of the frame.
 */
netdev_tx_t vxc_xmit(struct sk_buff *skb, struct net_device *dev)
{
	struct vxc_peering *p = netdev_priv(dev);
	u32 frames = 1, bytes;
	struct vxc_path *path;
	int pcp = 0, ret;

	path = active_path(p);
	if (path && unlikely(!netif_carrier_ok(path->lower))) {
		vxc_protect_carrier(path->leg);
		path = active_path(p);
	}
	if (unlikely(!path)) {
		atomic_long_inc(&p->no_leg);
		kfree_skb(skb);
		return NETDEV_TX_OK;
	}

	/* Received elsewhere, and isolation has not seen it */
	if (unlikely(skb->skb_iif) && !vxc_isolate_xmit(p, skb)) {
		kfree_skb(skb);
		return NETDEV_TX_OK;
	}

	bytes = skb->len + path->tags;
	if (skb_is_gso(skb))
		vxc_stats_gso(skb, skb_network_offset(skb) + path->tags,
			      &frames, &bytes);

	/* Senders that bypass the stack leave it to us. */
	skb_reset_mac_header(skb);
	if (unlikely(path->flags & (VXC_PATH_PRIORITY | VXC_PATH_OAM))) {
		if (path->flags & VXC_PATH_PRIORITY && skb->priority <= 7)
			pcp = skb->priority << VLAN_PRIO_SHIFT;
		if (path->flags & VXC_PATH_OAM && vxc_oam_stops_tx(skb, path)) {
			vxc_drop_skb(path->leg->drops, VXC_DROP_OAM, skb);
			return NETDEV_TX_OK;
		}
	}
	if (unlikely(path->qos)) {
		pcp = vxc_qos_tx(path->qos, skb, frames, bytes, pcp);
		if (unlikely(pcp < 0)) {
			vxc_drop_skb(path->leg->drops, -pcp, skb);
			return NETDEV_TX_OK;
		}
	}
	skb = push_tags(skb, path, pcp);
	if (unlikely(!skb)) {
		vxc_drop_add(path->leg->drops, VXC_DROP_NO_MEMORY);
		return NETDEV_TX_OK;
	}

	if (unlikely(!net_eq(dev_net(dev), dev_net(path->lower))))
		skb_scrub_packet(skb, true);
	skb->dev = path->lower;
	ret = dev_queue_xmit(skb);
	if (likely(ret == NET_XMIT_SUCCESS || ret == NET_XMIT_CN))
		count_tx(path, frames, bytes);
	else
		tx_dropped(path, ret, frames);

	return NETDEV_TX_OK;
}
