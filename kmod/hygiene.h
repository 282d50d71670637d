/* SPDX-License-Identifier: GPL-2.0 */
/* What a leg knows of the customer's device, and holds its frames to. */
#ifndef _VXC_HYGIENE_H
#define _VXC_HYGIENE_H

#include <linux/atomic.h>
#include <linux/types.h>

struct sk_buff;
struct vxc_leg;

/**
 * struct vxc_neighbour - the device at the other end of a leg
 * @source: its one source address as a number, and whether that was learned
 *	and not given; 0: any
 * @due: when its last frame of ARP or neighbour discovery was due, see
 *	vxc_within_rate()
 * @rate: how many of them it may send, in frames a second
 * @on: it is held to hygiene; under rtnl
 */
struct vxc_neighbour {
	atomic64_t			source;
	atomic64_t			due;
	u32				rate;
	bool				on;
};

/* hygiene.c */
u8 vxc_hygiene(const struct sk_buff *skb, struct vxc_leg *leg, bool cfm);
bool vxc_source_permits(const struct vxc_leg *leg, const u8 *source);
bool vxc_source_learned(const struct vxc_leg *leg, u8 *source);
void vxc_source_forget(struct vxc_leg *leg);
void vxc_hygiene_publish(struct vxc_leg *leg);

/* cross-limit.c */
bool vxc_within_rate(atomic64_t *due, u32 rate, u32 frames);

#endif /* _VXC_HYGIENE_H */
