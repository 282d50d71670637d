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
#define VXC_WINDOW_CHLI	5		/* p: a run that is told */
#define VXC_METERS	4		/* kinds of measurements in a ledger */

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

/* Measurements of one kind that began in a window. */
struct vxc_window_meter {
	__u32 first;		/* number of the first of the last row */
	__u16 row;		/* so many have followed each other */
	__u16 sent;
	__u16 answered;
};

/* A window: how much of it the service was down. */
struct vxc_window {
	__u64 begun;		/* in nanoseconds */
	__u32 lost;		/* nanoseconds */
	__u8 planned;		/* down by plan: not counted */
	__u8 measured;
};

/*
 * What was measured in the running window and in the one before, which waits
 * for the last replies.
 */
struct vxc_measured {
	struct vxc_window_meter now[VXC_METERS];
	struct vxc_window_meter late[VXC_METERS];
	struct vxc_window before;
};

/**
 * struct vxc_windows - availability, from windows of a second
 * @at: how much of the running window is over, in nanoseconds
 * @waits: the window before is not decided yet
 * @unavailable: what the service is, as of the last window decided
 * @run: windows in a row that say otherwise, and are not decided yet
 * @now: the running window
 * @since: when @unavailable began, in nanoseconds; 0: with the ledger
 * @run_begun: when the first of them began, in nanoseconds
 * @good_time: windows decided as available
 * @bad_time: windows decided as unavailable
 * @high_loss: windows that were bad, in available time (HLI)
 * @high_runs: runs of VXC_WINDOW_CHLI or more of them (CHLI)
 * @measured: measurements, or NULL: there are none
 */
struct vxc_windows {
	__u32 at;
	__u8 waits;
	__u8 unavailable;
	__u8 run;
	struct vxc_window now;
	__u64 since;
	__u64 run_begun;
	__u64 good_time;
	__u64 bad_time;
	__u64 high_loss;
	__u64 high_runs;
	struct vxc_measured *measured;
};

/**
 * struct vxc_ledger - time kept of one thing
 * @account: where it is now, enum vxc_account
 * @outages: how often it went down without a plan
 * @at: until when time has been kept, in nanoseconds
 * @time: nanoseconds in each account
 * @outage: how long the present outage has lasted, or the last one did
 * @worst: the longest outage
 * @windows: availability
 */
struct vxc_ledger {
	__u8 account;
	__u32 outages;
	__u64 at;
	__u64 time[VXC_ACCOUNTS];
	__u64 outage;
	__u64 worst;
	struct vxc_windows windows;
};

void vxc_ledger_init(struct vxc_ledger *ledger, __u64 now);
void vxc_ledger_measure(struct vxc_ledger *ledger,
			struct vxc_measured *measured);
void vxc_ledger_keep(struct vxc_ledger *ledger, __u64 now);
int vxc_ledger_enter(struct vxc_ledger *ledger, __u8 account, __u64 now);
void vxc_ledger_sent(struct vxc_ledger *ledger, __u8 meter, __u32 number,
		     __u64 now);
void vxc_ledger_answered(struct vxc_ledger *ledger, __u8 meter, __u32 number,
			 __u64 now);
void vxc_ledger_reset(struct vxc_ledger *ledger, __u64 now);
__u64 vxc_ledger_available(const struct vxc_ledger *ledger);
__u64 vxc_ledger_unavailable(const struct vxc_ledger *ledger);

#endif /* _VXC_LEDGER_H */
