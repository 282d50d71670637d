/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Linear protection of one end with up to two legs: which leg is active, and
 * which request (ITU-T G.8031) decides it. Pure: time and events go in, the
 * decision comes out; it compiles in user space, where it is tested.
 */
#ifndef _VXC_SELECTOR_H
#define _VXC_SELECTOR_H

#include <linux/types.h>
#include <linux/vxc.h>

#define VXC_LEGS	2		/* legs an end can have */
#define VXC_NO_LEG	VXC_LEGS	/* the value of active for no leg */

/**
 * struct vxc_selector - state of one end's protection
 * @wtr: configured wait to restore, in nanoseconds
 * @revertive: configured; traffic returns to the primary leg
 * @present: legs that exist, one bit a role
 * @failed: legs that are down, one bit a role
 * @manual: leg of a standing manual switch, or VXC_NO_LEG
 * @active: the decision, a role or VXC_NO_LEG
 * @request: the request that decided, enum vxc_request
 * @wtr_end: when a running wait to restore ends, in nanoseconds
 */
struct vxc_selector {
	__u64 wtr;
	__u8 revertive;
	__u8 present;
	__u8 failed;
	__u8 manual;
	__u8 active;
	__u8 request;
	__u64 wtr_end;
};

void vxc_selector_init(struct vxc_selector *sel);
void vxc_selector_run(struct vxc_selector *sel, __u64 now);
void vxc_selector_clear(struct vxc_selector *sel, __u64 now);

#endif /* _VXC_SELECTOR_H */
