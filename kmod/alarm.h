/* SPDX-License-Identifier: GPL-2.0 */
/* What an end of a circuit tells the customer's MEPs. */
#ifndef _VXC_ALARM_H
#define _VXC_ALARM_H

#include <linux/hrtimer.h>
#include <linux/types.h>

struct vxc_end;

/**
 * struct vxc_alarm_state - AIS and LCK of an end, under the circuit's lock
 * @end: the end
 * @period: how often, in nanoseconds; 0: none are sent
 * @level: the customer's MEG level
 * @kind: what is sent, enum vxc_alarm
 * @last: when it was sent last, in nanoseconds
 * @next: when it is sent again, in nanoseconds
 * @timer: sends it
 */
struct vxc_alarm_state {
	struct vxc_end			*end;
	u64				period;
	u8				level;
	u8				kind;
	u64				last;
	u64				next;
	struct hrtimer			timer;
};

#endif /* _VXC_ALARM_H */
