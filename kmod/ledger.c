// SPDX-License-Identifier: GPL-2.0
#ifdef __KERNEL__
#include <linux/math64.h>
#include <linux/string.h>
#else
#include <string.h>
#define div64_u64(a, b)	((a) / (b))
#endif

#include "ledger.h"

static void end_run(struct vxc_windows *w)
{
	if (w->unavailable)
		return;

	w->high_loss += w->run;
	if (w->run >= VXC_WINDOW_CHLI)
		w->high_runs++;
}

/*
 * Windows of one kind, all in a row, since @begun. The last VXC_WINDOW_RUN
 * decide.
 */
static void decide(struct vxc_windows *w, int bad, __u64 n, __u64 begun)
{
	__u64 rest;

	if (bad == w->unavailable) {
		/* The run that ends here has decided nothing. */
		if (w->unavailable)
			w->bad_time += w->run + n;
		else
			w->good_time += w->run + n;
		end_run(w);
		w->run = 0;
		return;
	}

	if (!w->run)
		w->run_begun = begun;
	rest = VXC_WINDOW_RUN - w->run;
	if (n < rest) {
		w->run += n;
		return;
	}
	/* It flips, with effect from the first window of the run. */
	n += w->run;
	w->run = 0;
	w->unavailable = bad;
	w->since = w->run_begun;
	if (bad)
		w->bad_time += n;
	else
		w->good_time += n;
}

/*
 * The ratio lost: the time that the service was down, and of the rest as much
 * as of the measurements that began in it.
 */
static int is_bad(const struct vxc_window *window,
		  const struct vxc_window_meter *meter)
{
	__u64 sent = 0, answered = 0;
	int i;

	for (i = 0; window->measured && i < VXC_METERS; i++) {
		sent += meter[i].sent;
		answered += meter[i].answered;
	}
	if (!sent)
		return window->lost > VXC_WINDOW_BAD;

	return window->lost * sent +
	       (VXC_WINDOW_NS - window->lost) * (sent - answered) >
	       VXC_WINDOW_BAD * sent;
}

static void judge(struct vxc_windows *w, const struct vxc_window *window,
		  const struct vxc_window_meter *meter)
{
	if (!window->planned)
		decide(w, is_bad(window, meter), 1, window->begun);
}

static void judge_late(struct vxc_windows *w)
{
	if (w->waits)
		judge(w, &w->measured->before, w->measured->late);
	w->waits = 0;
}

/* Replies may still come to what was sent at the end of the window. */
static void end_window(struct vxc_windows *w)
{
	judge_late(w);
	if (w->now.measured) {
		w->measured->before = w->now;
		memcpy(w->measured->late, w->measured->now,
		       sizeof(w->measured->late));
		memset(w->measured->now, 0, sizeof(w->measured->now));
		w->waits = 1;
	} else {
		judge(w, &w->now, NULL);
	}
	w->at = 0;
	w->now = (struct vxc_window) {};
}

static void pass(struct vxc_windows *w, __u8 account, __u64 from, __u64 ns)
{
	if (!w->at)
		w->now.begun = from;
	w->at += ns;
	if (account == VXC_ACCOUNT_DOWN)
		w->now.lost += ns;
	else if (account == VXC_ACCOUNT_PLANNED_DOWN)
		w->now.planned = 1;
}

/*
 * Time in one account from @from on: the rest of a window, whole ones, part of
 * another.
 */
static void keep_windows(struct vxc_windows *w, __u8 account, __u64 from,
			 __u64 ns)
{
	__u64 rest = VXC_WINDOW_NS - w->at, n;

	if (ns < rest) {
		pass(w, account, from, ns);
		return;
	}
	pass(w, account, from, rest);
	end_window(w);
	ns -= rest;
	from += rest;

	n = div64_u64(ns, VXC_WINDOW_NS);
	if (n)
		judge_late(w);
	if (n && account != VXC_ACCOUNT_PLANNED_DOWN)
		decide(w, account == VXC_ACCOUNT_DOWN, n, from);
	ns -= n * VXC_WINDOW_NS;
	if (ns)
		pass(w, account, from + n * VXC_WINDOW_NS, ns);
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
 * vxc_ledger_measure() - Have room for measurements
 * @ledger: the ledger
 * @measured: the room, zeroed; it stays the caller's, who frees it
 */
void vxc_ledger_measure(struct vxc_ledger *ledger,
			struct vxc_measured *measured)
{
	ledger->windows.measured = measured;
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
	keep_windows(&ledger->windows, ledger->account, now - ns, ns);
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

static int is_service(__u8 account)
{
	return account == VXC_ACCOUNT_UP || account == VXC_ACCOUNT_DEGRADED ||
	       account == VXC_ACCOUNT_PLANNED_DEGRADED;
}

/**
 * vxc_ledger_sent() - A measurement begins, if there is room for any
 * @ledger: the ledger
 * @meter: of which kind
 * @number: its number; it counts up, by kind
 * @now: the time, in nanoseconds
 *
 * While the service is down its time is lost, whatever is measured.
 */
void vxc_ledger_sent(struct vxc_ledger *ledger, __u8 meter, __u32 number,
		     __u64 now)
{
	struct vxc_windows *w = &ledger->windows;
	struct vxc_window_meter *m;

	vxc_ledger_keep(ledger, now);
	if (!w->measured || !is_service(ledger->account))
		return;

	m = &w->measured->now[meter];
	if (m->sent == 0xffff)
		return;

	/* Others, in between, were none of this service. */
	if (!m->row || number != m->first + m->row) {
		m->first = number;
		m->row = 0;
	}
	m->row++;
	m->sent++;
	w->now.measured = 1;
}

static int count_answer(struct vxc_window_meter *m, __u32 number)
{
	if (number - m->first >= m->row)
		return 0;

	m->answered++;
	return 1;
}

/**
 * vxc_ledger_answered() - The reply to a measurement has come
 * @ledger: the ledger
 * @meter: of which kind
 * @number: that of the measurement; each is told once
 * @now: the time, in nanoseconds
 *
 * A reply that comes a window later than it should is none.
 */
void vxc_ledger_answered(struct vxc_ledger *ledger, __u8 meter, __u32 number,
			 __u64 now)
{
	struct vxc_windows *w = &ledger->windows;

	vxc_ledger_keep(ledger, now);
	if (!w->measured)
		return;
	if (!count_answer(&w->measured->now[meter], number) && w->waits)
		count_answer(&w->measured->late[meter], number);
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
	struct vxc_measured *measured = ledger->windows.measured;
	__u8 account = ledger->account;

	vxc_ledger_init(ledger, now);
	if (measured) {
		*measured = (struct vxc_measured) {};
		vxc_ledger_measure(ledger, measured);
	}
	vxc_ledger_enter(ledger, account, now);
}

static __u64 undecided(const struct vxc_windows *w)
{
	return w->run + (w->waits && !w->measured->before.planned);
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

	return w->good_time + (w->unavailable ? 0 : undecided(w));
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

	return w->bad_time + (w->unavailable ? undecided(w) : 0);
}
