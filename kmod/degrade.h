/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Signal degrade of a leg: SLMs and their replies are counted in intervals,
 * and so many bad ones in a row make the leg degraded, so many good ones end
 * that (ITU-T G.8021, dDEG). Pure: what was sent and what came back go in; it
 * compiles in user space, where it is tested.
 */
#ifndef _VXC_DEGRADE_H
#define _VXC_DEGRADE_H

#include <linux/types.h>

#define VXC_DEGRADE_ALL		1000000	/* a ratio: all was lost */
#define VXC_DEGRADE_SLMS	10	/* SLMs that an interval has at least */

/* Frames in one direction. */
struct vxc_degrade_way {
	__u32 of;		/* so many, of which the fate is known */
	__u32 lost;
	__u32 ratio;		/* in the last interval, in parts per million */
};

/**
 * struct vxc_degrade - the detector
 * @slms: configured; SLMs in an interval, 0: it detects nothing
 * @threshold: configured; a higher ratio is bad, in parts per million
 * @raise: configured; bad intervals in a row that make the leg degraded
 * @clear: configured; good ones that end it
 * @answers: the remote MEP has replied before the running interval
 * @degraded: what the leg is
 * @run: intervals in a row, up to now, that say otherwise
 * @sent: SLMs sent in the running interval
 * @replies: replies that came in it
 * @far: frames to the remote MEP
 * @near: frames from it
 * @intervals: intervals judged
 * @bad: those that were bad
 */
struct vxc_degrade {
	__u32 slms;
	__u32 threshold;
	__u8 raise;
	__u8 clear;
	__u8 answers;
	__u8 degraded;
	__u8 run;
	__u32 sent;
	__u32 replies;
	struct vxc_degrade_way far;
	struct vxc_degrade_way near;
	__u64 intervals;
	__u64 bad;
};

int vxc_degrade_sent(struct vxc_degrade *d);
void vxc_degrade_reply(struct vxc_degrade *d, __u32 sent, __u32 turned);

#endif /* _VXC_DEGRADE_H */
