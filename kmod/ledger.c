// SPDX-License-Identifier: GPL-2.0
#ifdef __KERNEL__
#include <linux/math64.h>
#else
#define div64_u64(a, b)	((a) / (b))
#endif

#include "ledger.h"

/* Windows of one kind, all in a row. The last VXC_WINDOW_RUN decide. */
static void decide(struct vxc_windows *w, int bad, __u64 n)
{
	__u64 rest;

	if (bad == w->unavailable) {
		/* The run that ends here has decided nothing. */
		if (w->unavailable) {
			w->bad_time += w->run + n;
		} else {
			w->good_time += w->run + n;
			w->high_loss += w->run;
		}
		w->run = 0;
		return;
	}

	rest = VXC_WINDOW_RUN - w->run;
	if (n < rest) {
		w->run += n;
		return;
	}
	/* It flips, with effect from the first window of the run. */
	n += w->run;
	w->run = 0;
	w->unavailable = bad;
	if (bad)
		w->bad_time += n;
	else
		w->good_time += n;
}

static void end_window(struct vxc_windows *w)
{
	if (!w->planned)
		decide(w, w->lost > VXC_WINDOW_BAD, 1);
	w->at = 0;
	w->lost = 0;
	w->planned = 0;
}

static void pass(struct vxc_windows *w, __u8 account, __u64 ns)
{
	w->at += ns;
	if (account == VXC_ACCOUNT_DOWN)
		w->lost += ns;
	else if (account == VXC_ACCOUNT_PLANNED_DOWN)
		w->planned = 1;
}

/* Time in one account: the rest of a window, whole ones, part of another. */
static void keep_windows(struct vxc_windows *w, __u8 account, __u64 ns)
{
	__u64 rest = VXC_WINDOW_NS - w->at, n;

	if (ns < rest) {
		pass(w, account, ns);
		return;
	}
	pass(w, account, rest);
	end_window(w);
	ns -= rest;

	n = div64_u64(ns, VXC_WINDOW_NS);
	if (n && account != VXC_ACCOUNT_PLANNED_DOWN)
		decide(w, account == VXC_ACCOUNT_DOWN, n);
	if (ns - n * VXC_WINDOW_NS)
		pass(w, account, ns - n * VXC_WINDOW_NS);
}

/**
 * vxc_ledger_init() - Start a ledger, not in service
 * @ledger: the ledger
 * @now: the time, in nanoseconds of a clock that never goes back
 */
void vxc_ledger_init(struct vxc_ledger *ledger, __u64 now)
{
	*ledger = (struct vxc_ledger) { .at = now };
}

/**
 * vxc_ledger_keep() - Bring a ledger up to date
 * @ledger: the ledger
 * @now: the time, in nanoseconds
 */
void vxc_ledger_keep(struct vxc_ledger *ledger, __u64 now)
{
	__u64 ns = now - ledger->at;

	ledger->at = now;
	if (ledger->account == VXC_ACCOUNT_OFF || !ns)
		return;

	ledger->time[ledger->account] += ns;
	keep_windows(&ledger->windows, ledger->account, ns);
	if (ledger->account != VXC_ACCOUNT_DOWN)
		return;

	ledger->outage += ns;
	if (ledger->outage > ledger->worst)
		ledger->worst = ledger->outage;
}

/**
 * vxc_ledger_enter() - The service is in another state
 * @ledger: the ledger
 * @account: where it is now, enum vxc_account
 * @now: the time, in nanoseconds
 *
 * Return: whether it was in another one.
 */
int vxc_ledger_enter(struct vxc_ledger *ledger, __u8 account, __u64 now)
{
	vxc_ledger_keep(ledger, now);
	if (ledger->account == account)
		return 0;

	if (account == VXC_ACCOUNT_DOWN) {
		ledger->outages++;
		ledger->outage = 0;
	}
	ledger->account = account;
	return 1;
}

/**
 * vxc_ledger_reset() - Begin a new period
 * @ledger: the ledger, up to date
 * @now: the time, in nanoseconds
 *
 * An outage that lasts is one of the new period too, from now on.
 */
void vxc_ledger_reset(struct vxc_ledger *ledger, __u64 now)
{
	__u8 account = ledger->account;

	vxc_ledger_init(ledger, now);
	vxc_ledger_enter(ledger, account, now);
}

/**
 * vxc_ledger_available() - Windows in which the service was available
 * @ledger: the ledger
 *
 * Return: their number; a run that is not decided counts as what it was.
 */
__u64 vxc_ledger_available(const struct vxc_ledger *ledger)
{
	const struct vxc_windows *w = &ledger->windows;

	return w->good_time + (w->unavailable ? 0 : w->run);
}

/**
 * vxc_ledger_unavailable() - Windows in which the service was unavailable
 * @ledger: the ledger
 *
 * Return: their number.
 */
__u64 vxc_ledger_unavailable(const struct vxc_ledger *ledger)
{
	const struct vxc_windows *w = &ledger->windows;

	return w->bad_time + (w->unavailable ? w->run : 0);
}
