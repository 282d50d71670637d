/* SPDX-License-Identifier: GPL-2.0 */
/* What an end of a circuit keeps of the protocol between the ends. */
#ifndef _VXC_APS_H
#define _VXC_APS_H

#include "selector.h"

/**
 * struct vxc_aps - what an end and the far end tell each other
 * @told: what this end tells
 * @copies: how often it does so in quick succession
 * @seen: it has been heard at all
 * @lost: it has not been heard for too long
 * @wrong_leg: it was last heard on the primary leg
 * @type: VXC_APS_*, as the far end said last
 * @bridged: the leg that it transmits on, 1: the secondary
 * @changed: since when it tells @told, as all times in nanoseconds
 * @next: when it tells that again; 0: there is no APS
 * @heard: when the far end was last heard, or APS began
 */
struct vxc_aps {
	struct vxc_selector_aps		told;
	u8				copies;
	bool				seen;
	bool				lost;
	bool				wrong_leg;
	u8				type;
	u8				bridged;
	u64				changed;
	u64				next;
	u64				heard;
};

#endif /* _VXC_APS_H */
