/* SPDX-License-Identifier: GPL-2.0 */
/* What crosses a circuit from end to end: how it is compiled for frames. */
#ifndef _VXC_CROSS_H
#define _VXC_CROSS_H

#include <net/dst.h>

#include "vxc.h"

/**
 * struct vxc_exit - a leg of the other end, all that a frame needs to leave
 * @lower: the port's device; NULL if there is no such leg or no device
 * @leg: the leg
 * @qos: its bandwidth and classes, or NULL
 * @stats: its counters
 * @map: what its S-VID leads to at the port
 * @proto: TPID of its outer tag, 0 if it has none
 * @svid: S-VID
 * @cvid: C-VID under it, of a leg that matches both
 * @match: enum vxc_match
 * @swap: VXC_SWAP_*: nothing limits frames, and all the change they need is
 *	another S-VID in the place of one
 */
struct vxc_exit {
	struct net_device		*lower;
	struct vxc_leg			*leg;
	const struct vxc_qos		*qos;
	struct vxc_pcpu_stats __percpu	*stats;
	struct vxc_map __rcu		**map;
	__be16				proto;
	u16				svid;
	u16				cvid;
	u8				match;
	u8				swap;
};

enum {
	VXC_SWAP_NO,
	VXC_SWAP_ONLY,
	VXC_SWAP_METERED	/* they are metered besides */
};

/**
 * struct vxc_cross - what becomes of the frames that cross from one leg
 * @active: the byte that says which leg of its end is active
 * @exit_active: the byte that says which leg of the other end is
 * @role: this leg; frames cross if *active is equal
 * @match: what it matches, enum vxc_match
 * @limited: vxc_limit() has to look at each frame
 * @hygiene: so has vxc_hygiene()
 * @dei: what stays of the DEI on the other side, a mask
 * @l2cp: action for each layer 2 control protocol, enum vxc_l2cp_action
 * @pcp: PCP on the other side for each on this, VXC_PCP_BITS each
 * @rate: limit for each class of frames, in frames a second
 * @leg: the leg
 * @qos: its bandwidth and classes, or NULL as that of all exits
 * @stats: its counters
 * @sibling: the other leg of its end, or NULL
 * @sibling_lower: the device of its port, or NULL
 * @exit: legs of the other end by role; the last is empty, for VXC_NO_LEG
 * @cvids: C-VIDs that cross and as which, NULL if all do as they are
 * @rcu: for freeing
 *
 * Immutable once published, but for @sibling_lower and the exits' lower,
 * which are set to NULL when the device goes.
 */
struct vxc_cross {
	const u8			*active;
	const u8			*exit_active;
	u8				role;
	u8				match;
	bool				limited;
	bool				hygiene;
	u16				dei;
	u8				l2cp[VXC_L2CPS];
	u32				pcp;
	u32				rate[VXC_CASTS];
	struct vxc_leg			*leg;
	const struct vxc_qos		*qos;
	struct vxc_pcpu_stats __percpu	*stats;
	struct vxc_leg			*sibling;
	struct net_device		*sibling_lower;
	struct vxc_exit			exit[VXC_LEGS + 1];
	const struct vxc_cvids		*cvids;
	struct rcu_head			rcu;
};

#define VXC_L2CP_HOST		VXC_DROPS	/* no reason to drop it */

/* cross.c */
rx_handler_result_t vxc_cross(struct sk_buff **pskb, const struct vxc_cross *x,
			      const struct vxc_frame *f);
void vxc_cross_send(struct sk_buff *skb, struct vxc_leg *leg);

/* cross-leave.c */
rx_handler_result_t vxc_cross_leave(struct sk_buff *skb,
				    const struct vxc_cross *x,
				    const struct vxc_exit *out, u16 tci,
				    u32 frames, u32 bytes);
rx_handler_result_t vxc_cross_quick(struct sk_buff **pskb,
				    struct vxc_port *port,
				    const struct vxc_map *map);

/* cross-map.c */
void vxc_exit_fill(struct vxc_exit *out, struct vxc_leg *leg);

/* cross-limit.c */
int vxc_l2cp(struct sk_buff *skb, const struct vxc_cross *x, bool pause);
int vxc_limit(struct sk_buff *skb, const struct vxc_cross *x);

/* loop.c */
int vxc_loop_receive(struct sk_buff *skb, const struct vxc_cross *x);

/* What is of the way it came ends here. */
static inline void vxc_cross_forward(struct sk_buff *skb,
				     struct net_device *lower)
{
	skb_clear_tstamp(skb);
	skb_dst_drop(skb);
	skb_forward_csum(skb);
	skb->dev = lower;
}

#endif /* _VXC_CROSS_H */
