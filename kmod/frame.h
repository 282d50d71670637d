/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A received frame: what it is, and its tags.
 */
#ifndef _VXC_FRAME_H
#define _VXC_FRAME_H

#include <linux/if_vlan.h>
#include <linux/unaligned.h>

#define VXC_TPID_9100	0x9100	/* the core does not know it */

struct vxc_leg;
struct vxc_path;

/* What a received frame is, found out once. */
struct vxc_frame {
	struct vxc_leg			*leg;
	struct vxc_path			*path;
	u16				tci;	/* of the outer tag */
	bool				stag;	/* an outer tag in the frame */
	bool				ctag;	/* a C-tag in the frame */
	__be16				type;	/* behind both tags */
};

static inline bool vxc_is_tpid(__be16 proto)
{
	return proto == htons(ETH_P_8021Q) || proto == htons(ETH_P_8021AD) ||
	       proto == htons(VXC_TPID_9100);
}

/* TCI of the outer tag as it came, or 0. */
static inline u16 vxc_outer_tci(const struct sk_buff *skb,
				const struct vxc_frame *f)
{
	if (f->stag && skb_headlen(skb) >= VLAN_HLEN)
		return be16_to_cpu(((struct vlan_hdr *)skb->data)->h_vlan_TCI);

	return skb_vlan_tag_present(skb) ? skb_vlan_tag_get(skb) : 0;
}

/* To take the C-tag out, nothing but the two addresses has to move. */
static inline bool vxc_ctag_is_easy(const struct sk_buff *skb)
{
	return skb_headlen(skb) >= VLAN_HLEN + sizeof(__be16) &&
	       !skb_cloned(skb) && skb->ip_summed != CHECKSUM_COMPLETE;
}

/*
 * Take the C-tag out of a frame where that is easy and the tag is next;
 * what is behind it is of this ethertype.
 */
static inline void vxc_pull_ctag(struct sk_buff *skb, __be16 type)
{
	u8 *mac = skb_mac_header(skb);
	u64 front;
	u32 back;

	front = get_unaligned((u64 *)mac);
	back = get_unaligned((u32 *)(mac + sizeof(front)));
	put_unaligned(front, (u64 *)(mac + VLAN_HLEN));
	put_unaligned(back, (u32 *)(mac + VLAN_HLEN + sizeof(front)));
	skb->mac_header += VLAN_HLEN;
	__skb_pull(skb, VLAN_HLEN);
	skb_reset_network_header(skb);
	skb->protocol = type;
}

/* Are frames of this leg the circuit's now? In softirq. */
static inline bool vxc_end_takes(const struct vxc_end *end, u8 role)
{
	union vxc_taken taken = { .both = READ_ONCE(end->taken.both) };

	return taken.active == role || taken.grace == role;
}

#endif /* _VXC_FRAME_H */
