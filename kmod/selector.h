/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Linear protection of one end with up to two legs: which leg is active, and
 * which request (ITU-T G.8031) decides it. The primary leg is the standard's
 * working entity, the secondary its protection entity. Pure: time, signals,
 * commands and the far end's request go in, the decision comes out; it
 * compiles in user space, where it is tested.
 */
#ifndef _VXC_SELECTOR_H
#define _VXC_SELECTOR_H

#include <linux/types.h>
#include <linux/vxc.h>

#define VXC_LEGS	2		/* legs an end can have */
#define VXC_NO_LEG	VXC_LEGS	/* the value of active for no leg */

/* One end's request as the other end is told of it. */
struct vxc_selector_aps {
	__u8 request;		/* enum vxc_request */
	__u8 signal;		/* 1: traffic is asked for on the secondary */
};

/**
 * struct vxc_selector - state of one end's protection
 * @wtr: configured wait to restore, in nanoseconds
 * @hold: configured hold-off time, in nanoseconds
 * @revertive: configured; traffic returns to the primary leg
 * @aps: configured; both ends switch together and tell each other by APS
 * @present: legs that exist, one bit a role
 * @failed: legs that are down, one bit a role
 * @sure: those of @failed for which the hold-off time is not waited
 * @degraded: legs that work badly, one bit a role
 * @far: the far end's request; all zeros until there is one
 * @command: the operator's standing request, or VXC_REQUEST_NO_REQUEST
 * @command_leg: the leg it asks for
 * @down: legs whose failure counts, as the hold-off time is over
 * @selected: role of the leg that the protection is for
 * @active: the same if that leg works, else VXC_NO_LEG
 * @request: the request that decided, enum vxc_request
 * @local: this end's own highest request
 * @ruled: the far end's request decided
 * @wtr_end: when a running wait to restore ends, in nanoseconds
 * @hold_end: when the leg's hold-off time ends, in nanoseconds
 */
struct vxc_selector {
	__u64 wtr;
	__u64 hold;
	__u8 revertive;
	__u8 aps;
	__u8 present;
	__u8 failed;
	__u8 sure;
	__u8 degraded;
	struct vxc_selector_aps far;
	__u8 command;
	__u8 command_leg;
	__u8 down;
	__u8 selected;
	__u8 active;
	__u8 request;
	__u8 local;
	__u8 ruled;
	__u64 wtr_end;
	__u64 hold_end[VXC_LEGS];
};

void vxc_selector_init(struct vxc_selector *sel);
void vxc_selector_run(struct vxc_selector *sel, __u64 now);
int vxc_selector_refuses(const struct vxc_selector *sel, __u8 command);
void vxc_selector_command(struct vxc_selector *sel, __u8 command, __u8 leg,
			  __u64 now);
void vxc_selector_clear(struct vxc_selector *sel, __u64 now);
__u64 vxc_selector_deadline(const struct vxc_selector *sel);
struct vxc_selector_aps vxc_selector_tell(const struct vxc_selector *sel);

#endif /* _VXC_SELECTOR_H */
