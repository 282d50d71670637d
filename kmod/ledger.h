/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The ledger of a service: how long it was in which state, and what that
 * makes of its availability by MEF 10.4. Pure: states and times go in; it
 * compiles in user space, where it is tested.
 */
#ifndef _VXC_LEDGER_H
#define _VXC_LEDGER_H

#include <linux/types.h>
#include <linux/vxc.h>

#define VXC_WINDOW_NS	1000000000ULL	/* delta t of the availability */
#define VXC_WINDOW_BAD	(VXC_WINDOW_NS / 2) /* C: more of it lost is bad */
#define VXC_WINDOW_RUN	10		/* n: this many in a row flip it */

/* The states that time is kept for. */
enum vxc_account {
	VXC_ACCOUNT_OFF,		/* not in service: no time is kept */
	VXC_ACCOUNT_UP,
	VXC_ACCOUNT_DEGRADED,
	VXC_ACCOUNT_DOWN,
	VXC_ACCOUNT_PLANNED_DEGRADED,
	VXC_ACCOUNT_PLANNED_DOWN,
	VXC_ACCOUNTS
};

/**
 * struct vxc_windows - availability, from windows of a second
 * @at: how much of the running window is over, in nanoseconds
 * @lost: how much of that the service was down
 * @planned: some of it was planned down time, so it will not count
 * @unavailable: what the service is, as of the last window decided
 * @run: windows in a row that say otherwise, and are not decided yet
 * @good_time: windows decided as available
 * @bad_time: windows decided as unavailable
 * @high_loss: windows that were bad, in available time
 */
struct vxc_windows {
	__u64 at;
	__u64 lost;
	__u8 planned;
	__u8 unavailable;
	__u32 run;
	__u64 good_time;
	__u64 bad_time;
	__u64 high_loss;
};

/**
 * struct vxc_ledger - time kept of one thing
 * @account: where it is now, enum vxc_account
 * @at: until when time has been kept, in nanoseconds
 * @time: nanoseconds in each account
 * @outages: how often it went down without a plan
 * @outage: how long the present outage has lasted, or the last one did
 * @worst: the longest outage
 * @windows: availability
 */
struct vxc_ledger {
	__u8 account;
	__u64 at;
	__u64 time[VXC_ACCOUNTS];
	__u32 outages;
	__u64 outage;
	__u64 worst;
	struct vxc_windows windows;
};

void vxc_ledger_init(struct vxc_ledger *ledger, __u64 now);
void vxc_ledger_keep(struct vxc_ledger *ledger, __u64 now);
int vxc_ledger_enter(struct vxc_ledger *ledger, __u8 account, __u64 now);
void vxc_ledger_reset(struct vxc_ledger *ledger, __u64 now);
__u64 vxc_ledger_available(const struct vxc_ledger *ledger);
__u64 vxc_ledger_unavailable(const struct vxc_ledger *ledger);

#endif /* _VXC_LEDGER_H */
