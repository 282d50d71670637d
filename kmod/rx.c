// SPDX-License-Identifier: GPL-2.0
/*
 * The receive path, all of it. It runs in softirq under RCU. A frame is not
 * changed before it is known to be ours: until then it may be shared, so it
 * is only looked at; from then on it is our own.
 */
#include <linux/unaligned.h>

#include "cross.h"

static void count_passed(struct vxc_port *port)
{
	struct vxc_pcpu_drops *s = this_cpu_ptr(port->stats);

	u64_stats_update_begin(&s->syncp);
	u64_stats_inc(&s->passed);
	u64_stats_update_end(&s->syncp);
}

/* No leg wants it: the host gets it as it came, or nobody does. */
static rx_handler_result_t rx_unmatched(struct vxc_port *port,
					struct sk_buff *skb)
{
	if (skb_vlan_tag_present(skb) && skb_vlan_tag_get_id(skb))
		vxc_port_unknown(port, skb->vlan_proto,
				 skb_vlan_tag_get_id(skb));
	else if (vxc_is_tpid(skb->protocol) && skb_headlen(skb) >= VLAN_HLEN)
		vxc_port_unknown(port, skb->protocol,
				 get_unaligned_be16(skb->data) & VLAN_VID_MASK);

	if (!READ_ONCE(port->rx_drop)) {
		count_passed(port);
		return RX_HANDLER_PASS;
	}

	vxc_drop_skb(port->stats, VXC_DROP_UNMATCHED, skb);
	return RX_HANDLER_CONSUMED;
}

static void map_lookup(const struct vxc_map *map, u16 cvid,
		       struct vxc_frame *f)
{
	const struct vxc_map_entry *e;
	unsigned int i = cvid;

	f->leg = map->leg;
	if (!cvid) {
		f->path = rcu_dereference(map->untagged);
		return;
	}

	for (;; i++) {
		e = &map->entry[i & map->mask];
		if (e->cvid == cvid)
			break;
		if (!e->cvid) {
			f->path = NULL;
			return;
		}
	}
	f->leg = e->leg;
	f->path = rcu_dereference(e->path);
}

/* The tag at an offset in the frame; it must have an ethertype and more. */
static const struct vlan_hdr *peek_tag(const struct sk_buff *skb, int offset,
				       struct vlan_hdr *buf)
{
	if (unlikely(skb->len < offset + VLAN_HLEN + sizeof(__be16)))
		return NULL;

	return skb_header_pointer(skb, offset, VLAN_HLEN, buf);
}

/* Frames whose outer VID has a map: the C-tag, if any, is in the frame. */
static bool classify_map(const struct sk_buff *skb, const struct vxc_map *map,
			 __be16 inner, int offset, struct vxc_frame *f)
{
	const struct vlan_hdr *h;
	struct vlan_hdr buf;
	u16 cvid = 0;

	f->type = inner;
	f->ctag = inner == htons(ETH_P_8021Q);
	if (f->ctag) {
		h = peek_tag(skb, offset, &buf);
		if (unlikely(!h))
			return false;
		f->type = h->h_vlan_encapsulated_proto;
		cvid = be16_to_cpu(h->h_vlan_TCI) & VLAN_VID_MASK;
	}

	map_lookup(map, cvid, f);
	return true;
}

/*
 * The whole-port leg: there is no S-tag, the outer tag is the C-tag. Of the
 * tags in the frame only a priority tag with the port's TPID is looked behind.
 */
static void classify_any(struct vxc_port *port, const struct sk_buff *skb,
			 __be16 inner, u16 vid, struct vxc_frame *f)
{
	const struct vxc_map *map = rcu_dereference(port->map[VXC_VID_ANY]);
	u16 cvid = 0;

	f->leg = NULL;
	f->ctag = false;
	f->type = inner;
	if (!map)
		return;

	f->leg = map->leg;
	f->path = NULL;
	if (skb_vlan_tag_present(skb)) {
		cvid = skb_vlan_tag_get_id(skb);
		if (cvid && skb->vlan_proto != htons(ETH_P_8021Q))
			return;
	} else if (vxc_is_tpid(skb->protocol) && (!f->stag || vid)) {
		return;
	}
	map_lookup(map, cvid, f);
}

/**
 * vxc_classify() - Find out what a frame is
 * @port: the port
 * @skb: the frame, its Ethernet header pulled
 * @f: what it is
 *
 * The core has moved an outer tag of 0x8100 or 0x88a8 to vlan_tci; 0x9100 it
 * does not know, that one is in the frame.
 *
 * Context: under RCU.
 * Return: false if the frame ends in the middle of a tag.
 */
bool vxc_classify(struct vxc_port *port, const struct sk_buff *skb,
		  struct vxc_frame *f)
{
	__be16 tpid = READ_ONCE(port->rx_tpid);
	__be16 inner = skb->protocol;
	const struct vxc_map *map;
	int offset = 0;
	u16 vid = 0;

	f->leg = NULL;
	f->path = NULL;
	f->stag = false;
	if (skb_vlan_tag_present(skb)) {
		vid = skb_vlan_tag_get_id(skb);
		if (vid && skb->vlan_proto != tpid)
			goto any;
	} else if (inner == tpid) {
		const struct vlan_hdr *h;
		struct vlan_hdr buf;

		h = peek_tag(skb, 0, &buf);
		if (unlikely(!h))
			return false;
		f->stag = true;
		vid = be16_to_cpu(h->h_vlan_TCI) & VLAN_VID_MASK;
		inner = h->h_vlan_encapsulated_proto;
		offset = VLAN_HLEN;
	} else if (unlikely(vxc_is_tpid(inner))) {
		goto any;
	}

	if (unlikely(vid == VXC_VID_ANY))
		goto any;
	map = rcu_dereference(port->map[vid]);
	if (likely(map)) {
		if (map->plain) {
			f->leg = map->leg;
			f->type = inner;
			f->ctag = false;
			return true;
		}
		if (unlikely(!classify_map(skb, map, inner, offset, f)))
			return false;
		if (likely(f->leg))
			return true;
	}
any:
	classify_any(port, skb, inner, vid, f);
	return true;
}

/* skb_vlan_untag() does it for every frame, at five times the cost. */
static bool pop_ctag_quick(struct sk_buff *skb)
{
	const struct vlan_hdr *h = (const struct vlan_hdr *)skb->data;

	if (unlikely(!vxc_ctag_is_easy(skb) ||
		     !eth_proto_is_802_3(h->h_vlan_encapsulated_proto)))
		return false;

	vxc_pull_ctag(skb, h->h_vlan_encapsulated_proto);
	return true;
}

/* Take all tags off that the peering's attachment has. NULL: freed. */
static struct sk_buff *pop_tags(struct sk_buff *skb, struct vxc_frame *f,
				const struct vxc_path *path)
{
	if (unlikely(f->stag)) {
		skb = skb_vlan_untag(skb);
		if (unlikely(!skb))
			return NULL;
	}
	if (unlikely(path->flags & VXC_PATH_PRIORITY) &&
	    skb_vlan_tag_present(skb))
		skb->priority = skb_vlan_tag_get_prio(skb);
	f->tci = skb_vlan_tag_present(skb) ? skb_vlan_tag_get(skb) : 0;
	__vlan_hwaccel_clear_tag(skb);
	if (likely(f->ctag) && !pop_ctag_quick(skb)) {
		skb = skb_vlan_untag(skb);
		if (unlikely(!skb))
			return NULL;
		__vlan_hwaccel_clear_tag(skb);
	}

	return skb;
}

/*
 * A frame on a leg that is not active. It may be the first sign that the
 * active one has lost its carrier; then this path may become active.
 */
static bool still_inactive(const struct vxc_path *path)
{
	const struct vxc_peering *p = netdev_priv(path->dev);
	const struct vxc_end *end = path->leg->end;
	const struct vxc_path *active;

	if (path->active == &end->taken.active &&
	    vxc_end_takes(end, path->role))
		return false;

	active = rcu_dereference(p->path[READ_ONCE(*path->active)]);
	if (!active || netif_carrier_ok(active->lower))
		return true;

	vxc_protect_carrier(active->leg);
	return READ_ONCE(*path->active) != path->role;
}

static void set_pkt_type(struct sk_buff *skb, const struct net_device *dev)
{
	const u8 *dest = eth_hdr(skb)->h_dest;

	/* The port judged by its own address. */
	if (likely(ether_addr_equal_64bits(dest, dev->dev_addr)))
		skb->pkt_type = PACKET_HOST;
	else if (!is_multicast_ether_addr(dest))
		skb->pkt_type = PACKET_OTHERHOST;
}

static void count_rx(struct vxc_path *path, u32 frames, u32 bytes)
{
	struct vxc_pcpu_stats *s = this_cpu_ptr(path->stats);

	u64_stats_update_begin(&s->syncp);
	u64_stats_add(&s->rx_packets, frames);
	u64_stats_add(&s->rx_bytes, bytes);
	u64_stats_update_end(&s->syncp);
}

/* The frame has no tags any more and is the peering's. */
static rx_handler_result_t hand_over(struct sk_buff *skb,
				     struct vxc_path *path, u32 frames,
				     u32 bytes)
{
	struct net_device *dev = path->dev;

	set_pkt_type(skb, dev);
	skb->dev = dev;
	count_rx(path, frames, bytes);
	if (unlikely(path->fast) && vxc_fast_forward(path->fast, skb))
		return RX_HANDLER_CONSUMED;
	return RX_HANDLER_ANOTHER;
}

/* The same for a frame that is metered. */
static noinline_for_stack rx_handler_result_t
hand_over_metered(struct vxc_path *path, struct sk_buff *skb, u16 tci,
		  u32 frames, u32 bytes)
{
	u8 reason;

	reason = vxc_qos_rx(path->qos, skb, tci, frames, bytes);
	if (unlikely(reason)) {
		vxc_drop_skb(path->leg->drops, reason, skb);
		return RX_HANDLER_CONSUMED;
	}

	return hand_over(skb, path, frames, bytes);
}

/* The same for a packet that is many frames. */
static noinline_for_stack rx_handler_result_t
hand_over_large(struct sk_buff *skb, struct vxc_path *path, u16 tci, u32 bytes)
{
	u32 frames = 1;

	vxc_stats_gso(skb, bytes - skb->len, &frames, &bytes);
	if (path->qos)
		return hand_over_metered(path, skb, tci, frames, bytes);

	return hand_over(skb, path, frames, bytes);
}

static rx_handler_result_t rx_deliver(struct sk_buff **pskb,
				      struct vxc_frame *f)
{
	struct vxc_path *path = f->path;
	struct net_device *dev = path->dev;
	struct sk_buff *skb = *pskb;
	u32 bytes;
	u8 reason;

	if (unlikely(READ_ONCE(*path->active) != path->role) &&
	    still_inactive(path)) {
		reason = READ_ONCE(path->leg->circuit->enabled) ?
			 VXC_DROP_STANDBY : VXC_DROP_CIRCUIT_DOWN;
		goto drop;
	}
	if (unlikely(!(dev->flags & IFF_UP))) {
		reason = VXC_DROP_PEERING_DOWN;
		goto drop;
	}

	bytes = skb->len + ETH_HLEN;
	if (skb_vlan_tag_present(skb))
		bytes += VLAN_HLEN;

	skb = pop_tags(skb, f, path);
	if (unlikely(!skb)) {
		vxc_drop_add(f->leg->drops, VXC_DROP_NO_MEMORY);
		return RX_HANDLER_CONSUMED;
	}
	*pskb = skb;
	if (unlikely(vxc_is_tpid(skb->protocol))) {
		reason = VXC_DROP_EXTRA_TAG;
		goto drop;
	}

	if (unlikely(path->flags & VXC_PATH_HYGIENE)) {
		reason = vxc_hygiene(skb, path->leg, false);
		if (reason)
			goto drop;
	}
	if (unlikely(path->flags & VXC_PATH_URPF) &&
	    !vxc_urpf_permits(skb, dev, path->leg->circuit)) {
		reason = VXC_DROP_URPF;
		goto drop;
	}
	if (unlikely(!net_eq(dev_net(dev), dev_net(skb->dev))))
		skb_scrub_packet(skb, true);
	if (skb_is_gso(skb))
		return hand_over_large(skb, path, f->tci, bytes);
	if (path->qos)
		return hand_over_metered(path, skb, f->tci, 1, bytes);
	return hand_over(skb, path, 1, bytes);

drop:
	vxc_drop_skb(f->leg->drops, reason, skb);
	return RX_HANDLER_CONSUMED;
}

/*
 * The map of a frame whose outer tag is a leg's, as the core has put it into
 * vlan_tci; NULL stands for every other frame.
 */
static const struct vxc_map *usual_map(const struct vxc_port *port,
				       const struct sk_buff *skb)
{
	u16 vid = skb_vlan_tag_get_id(skb);

	if (!skb_vlan_tag_present(skb) || !vid || vid == VXC_VID_ANY ||
	    skb->vlan_proto != READ_ONCE(port->rx_tpid))
		return NULL;

	return rcu_dereference(port->map[vid]);
}

/**
 * vxc_rx_frame() - Receive a frame, whatever it is
 * @pskb: the frame
 * @port: the port that received it
 * @map: the map of its outer tag, or NULL where that is not known yet
 *
 * Context: softirq, under RCU.
 * Return: as vxc_rx_handler().
 */
rx_handler_result_t vxc_rx_frame(struct sk_buff **pskb, struct vxc_port *port,
				 const struct vxc_map *map)
{
	struct sk_buff *skb = *pskb;
	const struct vxc_cross *x;
	struct vxc_frame f;

	f.stag = false;
	if (unlikely(!map || map->plain ||
		     !classify_map(skb, map, skb->protocol, 0, &f) || !f.leg)) {
		if (unlikely(!vxc_classify(port, skb, &f))) {
			vxc_drop_skb(port->stats, VXC_DROP_MALFORMED, skb);
			return RX_HANDLER_CONSUMED;
		}
		if (!f.leg)
			return rx_unmatched(port, skb);
	}

	skb = skb_share_check(skb, GFP_ATOMIC);
	if (unlikely(!skb)) {
		vxc_drop_add(f.leg->drops, VXC_DROP_NO_MEMORY);
		return RX_HANDLER_CONSUMED;
	}
	*pskb = skb;
	if (unlikely(f.type == htons(ETH_P_CFM)) && vxc_oam_rx(skb, &f))
		return RX_HANDLER_CONSUMED;
	if (likely(f.path))
		return rx_deliver(pskb, &f);

	x = rcu_dereference(f.leg->cross);
	if (x)
		return vxc_cross(pskb, x, &f);

	vxc_drop_skb(f.leg->drops, READ_ONCE(f.leg->circuit->enabled) ?
		     VXC_DROP_UNKNOWN_CVID : VXC_DROP_CIRCUIT_DOWN, skb);
	return RX_HANDLER_CONSUMED;
}

/* An IP packet behind a C-tag, in a frame that is nobody else's. */
static bool is_quick(const struct sk_buff *skb)
{
	const struct vlan_hdr *h = (const struct vlan_hdr *)skb->data;

	return skb->protocol == htons(ETH_P_8021Q) && vxc_ctag_is_easy(skb) &&
	       (h->h_vlan_encapsulated_proto == htons(ETH_P_IP) ||
		h->h_vlan_encapsulated_proto == htons(ETH_P_IPV6)) &&
	       !skb_shared(skb);
}

/* Nothing is to be done but to take the tags off and to hand it over. */
static bool path_is_quick(const struct vxc_path *path,
			  const struct sk_buff *skb)
{
	const struct net_device *dev = path->dev;

	return READ_ONCE(*path->active) == path->role &&
	       !(path->flags & VXC_PATH_SLOW) && dev->flags & IFF_UP &&
	       net_eq(dev_net(dev), dev_net(skb->dev));
}

/*
 * Most frames are IP packets behind an S-tag and a C-tag. This is the same as
 * rx_deliver() does to them, without a look at what they are not.
 */
static noinline_for_stack rx_handler_result_t
rx_quick(struct sk_buff **pskb, struct vxc_port *port,
	 const struct vxc_map *map)
{
	struct sk_buff *skb = *pskb;
	const struct vlan_hdr *h = (const struct vlan_hdr *)skb->data;
	const struct vxc_map_entry *e;
	struct vxc_path *path;
	u16 cvid, tci;
	u32 bytes;

	if (unlikely(!is_quick(skb)))
		return vxc_rx_frame(pskb, port, map);
	cvid = be16_to_cpu(h->h_vlan_TCI) & VLAN_VID_MASK;
	e = &map->entry[cvid & map->mask];
	path = rcu_dereference(e->path);
	if (unlikely(e->cvid != cvid || !path || !path_is_quick(path, skb)))
		return vxc_rx_frame(pskb, port, map);

	bytes = skb->len + VLAN_ETH_HLEN;
	tci = skb_vlan_tag_get(skb);
	__vlan_hwaccel_clear_tag(skb);
	vxc_pull_ctag(skb, h->h_vlan_encapsulated_proto);
	if (unlikely(skb_is_gso(skb)))
		return hand_over_large(skb, path, tci, bytes);
	if (unlikely(path->qos))
		return hand_over_metered(path, skb, tci, 1, bytes);

	return hand_over(skb, path, 1, bytes);
}

/**
 * vxc_rx_handler() - Every frame that a port receives
 * @pskb: the frame, its Ethernet header pulled
 *
 * Context: softirq, under RCU.
 * Return: what the core shall do with it: RX_HANDLER_ANOTHER, receive it again
 * on the peering it is now at; RX_HANDLER_PASS, it is the host's;
 * RX_HANDLER_CONSUMED, it is gone.
 */
rx_handler_result_t vxc_rx_handler(struct sk_buff **pskb)
{
	struct sk_buff *skb = *pskb;
	const struct vxc_map *map;
	struct vxc_port *port;

	if (unlikely(skb->pkt_type == PACKET_LOOPBACK))
		return RX_HANDLER_PASS;

	port = rcu_dereference(skb->dev->rx_handler_data);
	map = usual_map(port, skb);
	if (unlikely(!map))
		return vxc_rx_frame(pskb, port, map);
	if (map->plain)
		return vxc_cross_quick(pskb, port, map);

	return rx_quick(pskb, port, map);
}
