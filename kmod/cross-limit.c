// SPDX-License-Identifier: GPL-2.0
/*
 * What need not cross: layer 2 control protocols, frames of a class that is
 * limited, foreign source addresses. Runs in softirq under RCU.
 */
#include "cross.h"

/* By the last byte of 01:80:c2:00:00:xx; those left out are "other". */
static const u8 bridge_group[] = {
	[0x00] = VXC_L2CP_STP + 1,
	[0x01] = VXC_L2CP_PAUSE + 1,
	[0x02] = VXC_L2CP_LACP + 1,
	[0x03] = VXC_L2CP_EAPOL + 1,
	[0x07] = VXC_L2CP_ELMI + 1,
	[0x08] = VXC_L2CP_STP + 1,
	[0x0d] = VXC_L2CP_MRP + 1,
	[0x0e] = VXC_L2CP_LLDP + 1,
	[0x0f] = 0,
	[0x20 ... 0x2f] = VXC_L2CP_MRP + 1,
	[0x30 ... 0x3f] = VXC_L2CP_CFM + 1,
};

/* The protocol of a group address, enum vxc_l2cp; -1: it is none. */
static int protocol_of(const u8 *dest)
{
	static const u8 bridge[] = { 0x01, 0x80, 0xc2, 0x00, 0x00 };
	static const u8 vendor[] = { 0x01, 0x00, 0x0c, 0xcc, 0xcc };
	u8 last = dest[ETH_ALEN - 1];

	if (!memcmp(dest, bridge, sizeof(bridge))) {
		if (last >= ARRAY_SIZE(bridge_group) ||
		    (last > 0x0f && !bridge_group[last]))
			return -1;
		return bridge_group[last] ? bridge_group[last] - 1 :
					    VXC_L2CP_OTHER;
	}
	if (memcmp(dest, vendor, sizeof(vendor)))
		return -1;
	if (last == 0xcd)
		return VXC_L2CP_STP;

	return last == 0xcc ? VXC_L2CP_CDP : -1;
}

/**
 * vxc_l2cp() - Look at a group address or a PAUSE frame
 * @skb: the frame
 * @x: its leg's crossing
 * @pause: it is PAUSE, whatever its address is
 *
 * Return: -1, it may cross; a reason to drop it; or VXC_L2CP_HOST.
 */
int vxc_l2cp(struct sk_buff *skb, const struct vxc_cross *x, bool pause)
{
	const u8 *dest = eth_hdr(skb)->h_dest;
	int protocol;

	protocol = pause ? VXC_L2CP_PAUSE : protocol_of(dest);
	if (protocol < 0)
		return vxc_loop_receive(skb, x);

	switch (x->l2cp[protocol]) {
	case VXC_L2CP_ACTION_TUNNEL:
		return -1;
	case VXC_L2CP_ACTION_PEER:
		return VXC_L2CP_HOST;
	default:
		return VXC_DROP_L2CP;
	}
}

static u8 cast_of(const u8 *dest)
{
	if (!is_multicast_ether_addr(dest))
		return VXC_CAST_UNICAST;

	return is_broadcast_ether_addr(dest) ? VXC_CAST_BROADCAST :
					       VXC_CAST_MULTICAST;
}

/**
 * vxc_within_rate() - May more frames pass?
 * @due: when the last frame was due if they came evenly
 * @rate: frames a second; 0: none, VXC_RATE_ANY: all of them
 * @frames: their number
 *
 * A budget without a lock: a frame that comes more than VXC_RATE_BURST before
 * its time is one too many.
 *
 * Return: they may, and are counted.
 */
bool vxc_within_rate(atomic64_t *due, u32 rate, u32 frames)
{
	u64 now, gap, burst;
	s64 old, next;

	if (rate == VXC_RATE_ANY || !rate)
		return rate;

	now = ktime_get_mono_fast_ns();
	gap = div_u64(NSEC_PER_SEC, rate);
	burst = max_t(u64, VXC_RATE_BURST, gap);
	do {
		old = atomic64_read(due);
		next = max_t(s64, old, now) + gap * frames;
		if (next > (s64)(now + burst))
			return false;
	} while (atomic64_cmpxchg(due, old, next) != old);

	return true;
}

/**
 * vxc_limit() - Does a frame keep to what its circuit lets through?
 * @skb: the frame
 * @x: its leg's crossing
 *
 * Return: -1, it does; or a reason to drop it.
 */
int vxc_limit(struct sk_buff *skb, const struct vxc_cross *x)
{
	const struct ethhdr *eth = eth_hdr(skb);
	u8 cast = cast_of(eth->h_dest), reason;

	if (!vxc_source_permits(x->leg, eth->h_source))
		return VXC_DROP_SRC_MAC;
	if (x->hygiene) {
		reason = vxc_hygiene(skb, x->leg, x->l2cp[VXC_L2CP_CFM] ==
				     VXC_L2CP_ACTION_TUNNEL);
		if (reason)
			return reason;
	}
	if (!vxc_within_rate(&x->leg->end->due[cast], x->rate[cast],
			     max_t(u32, skb_shinfo(skb)->gso_segs, 1)))
		return VXC_DROP_DISPOSITION;

	return -1;
}
