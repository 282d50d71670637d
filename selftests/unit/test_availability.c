// SPDX-License-Identifier: GPL-2.0
/*
 * Availability from measured loss, against a diary of every tenth of a second
 * and of every measurement, that is read only when all is over. All orders of
 * a few runs of good and bad windows; then long lives at random, with replies
 * that come late or never, and measurements that are of the service only now
 * and then.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "ktap.h"
#include "ledger.h"

#define TENTH	(VXC_WINDOW_NS / 10)
#define BEGAN	77
#define HAIR	0.000001
#define LENGTH	9000	/* tenths */
#define SLMS	(LENGTH * 3)

/* A measurement: in which tenth it began, and in which its reply came. */
struct slm {
	int meter;
	unsigned int number;
	int sent, answered;	/* -1: never */
};

static unsigned char diary[LENGTH];
static int written;
static struct slm slm[SLMS];
static int n_slm;

struct figures {
	unsigned long long available, unavailable, high_loss, high_runs;
	unsigned long long since;
	bool is_unavailable;
};

/* One window that is over. */
struct window {
	int first;		/* tenth in which it began */
	int down, sent, answered;
	bool planned, measured;
};

static struct window windows[LENGTH / 10 + 1];
static int n_windows;
static int window_of[LENGTH + 1];	/* of each tenth, as it begins */

static bool counts_time(int tenth)
{
	return diary[tenth] != VXC_ACCOUNT_OFF;
}

static bool in_service(int tenth)
{
	return diary[tenth] == VXC_ACCOUNT_UP ||
	       diary[tenth] == VXC_ACCOUNT_DEGRADED ||
	       diary[tenth] == VXC_ACCOUNT_PLANNED_DEGRADED;
}

static void cut_windows(void)
{
	struct window *w = windows;
	int i, in = 0;

	memset(windows, 0, sizeof(windows));
	for (i = 0; i < written; i++) {
		window_of[i] = (int)(w - windows);
		if (!counts_time(i))
			continue;
		if (!in)
			w->first = i;
		w->down += diary[i] == VXC_ACCOUNT_DOWN;
		w->planned |= diary[i] == VXC_ACCOUNT_PLANNED_DOWN;
		if (++in == 10) {
			in = 0;
			w++;
		}
	}
	window_of[written] = (int)(w - windows);
	n_windows = (int)(w - windows);
}

/* Later ones of its window that do not follow on it make it forgotten. */
static bool is_forgotten(int i)
{
	unsigned int next = slm[i].number + 1;
	int j;

	for (j = i + 1; j < n_slm && slm[j].sent <= slm[i].answered; j++) {
		if (slm[j].meter != slm[i].meter || !in_service(slm[j].sent))
			continue;
		if (window_of[slm[j].sent] != window_of[slm[i].sent])
			return false;
		/* What is sent in the tenth of the reply is sent after it. */
		if (slm[j].number != next++ && slm[j].sent < slm[i].answered)
			return true;
	}
	return false;
}

static void place_slms(void)
{
	struct window *w;
	int i;

	for (i = 0; i < n_slm; i++) {
		if (!in_service(slm[i].sent))
			continue;
		w = &windows[window_of[slm[i].sent]];
		w->measured = true;
		w->sent++;
		if (slm[i].answered >= 0 && slm[i].answered <= written &&
		    window_of[slm[i].answered] <= window_of[slm[i].sent] + 1 &&
		    !is_forgotten(i))
			w->answered++;
	}
}

static bool is_lost(const struct window *w)
{
	double up = 10 - w->down, lost = w->down;

	if (w->sent)
		lost += up * (w->sent - w->answered) / w->sent;
	return lost > 5 + HAIR;
}

static bool ten(const struct window *const *v, int n, int i, bool lost)
{
	int j;

	for (j = 0; j < 10; j++)
		if (i + j >= n || is_lost(v[i + j]) != lost)
			return false;
	return true;
}

static void end_run(struct figures *f, int *run)
{
	f->high_loss += (unsigned int)*run;
	f->high_runs += *run >= 5;
	*run = 0;
}

static void read_diary(struct figures *f)
{
	static const struct window *v[LENGTH / 10 + 1];
	int n = 0, i, run = 0, waits = 0;

	memset(f, 0, sizeof(*f));
	cut_windows();
	place_slms();
	for (i = 0; i < n_windows; i++)
		if (!windows[i].planned)
			v[n++] = &windows[i];
	/* The last one may still get replies. */
	if (n_windows && windows[n_windows - 1].measured &&
	    !windows[n_windows - 1].planned) {
		n--;
		waits = 1;
	}
	for (i = 0; i < n; i++) {
		if (ten(v, n, i, !f->is_unavailable)) {
			run = 0;
			f->is_unavailable = !f->is_unavailable;
			f->since = BEGAN + v[i]->first * TENTH;
		}
		f->available += !f->is_unavailable;
		f->unavailable += f->is_unavailable;
		if (!f->is_unavailable && is_lost(v[i]))
			run++;
		else if (!f->is_unavailable)
			end_run(f, &run);
	}
	f->available += !f->is_unavailable && waits;
	f->unavailable += f->is_unavailable && waits;
}

static bool same(const struct vxc_ledger *l)
{
	const struct vxc_windows *w = &l->windows;
	struct figures f;

	read_diary(&f);
	if (f.available == vxc_ledger_available(l) &&
	    f.unavailable == vxc_ledger_unavailable(l) &&
	    f.high_loss == w->high_loss && f.high_runs == w->high_runs &&
	    f.is_unavailable == w->unavailable && f.since == w->since)
		return true;
	fprintf(ktap_out,
		"# after %d: ledger %llu/%llu, high loss %llu, %llu runs, %d since %llu; diary %llu/%llu, %llu, %llu, %d since %llu\n",
		written, (unsigned long long)vxc_ledger_available(l),
		(unsigned long long)vxc_ledger_unavailable(l),
		(unsigned long long)w->high_loss,
		(unsigned long long)w->high_runs, w->unavailable,
		(unsigned long long)w->since, f.available, f.unavailable,
		f.high_loss, f.high_runs, f.is_unavailable, f.since);
	return false;
}

/* --- lives ---------------------------------------------------------------- */

static unsigned int numbers[VXC_METERS];

static __u64 now(void)
{
	return BEGAN + (__u64)written * TENTH;
}

static void send_slm(struct vxc_ledger *l, int meter, int answered)
{
	struct slm *s = &slm[n_slm++];

	s->meter = meter;
	s->number = numbers[meter]++;
	s->sent = written;
	s->answered = answered;
	vxc_ledger_sent(l, (__u8)meter, s->number, now());
}

static void answer(struct vxc_ledger *l)
{
	int i;

	for (i = n_slm > 300 ? n_slm - 300 : 0; i < n_slm; i++)
		if (slm[i].answered == written)
			vxc_ledger_answered(l, (__u8)slm[i].meter,
					    slm[i].number, now());
}

static void begin(struct vxc_ledger *l)
{
	static struct vxc_measured room;
	int i;

	written = 0;
	n_slm = 0;
	/* They may pass zero. */
	for (i = 0; i < VXC_METERS; i++)
		numbers[i] = 0u - (unsigned int)(rand() % 200);
	vxc_ledger_init(l, BEGAN);
	room = (struct vxc_measured) {};
	vxc_ledger_measure(l, &room);
}

struct weather {
	int account, measures, loss, switches;
};

static void change(struct weather *w)
{
	static const int losses[] = { 0, 0, 20, 50, 80, 100, 100 };

	w->account = rand() % 4 ? rand() % 8 ? VXC_ACCOUNT_UP :
		     VXC_ACCOUNT_DOWN : rand() % VXC_ACCOUNTS;
	w->measures = rand() % 4;
	w->loss = losses[rand() % 7];
	w->switches = rand() % 2;
}

static bool random_life(void)
{
	struct weather w = { VXC_ACCOUNT_UP, 1, 0, 0 };
	struct vxc_ledger l;
	int i, meter = 0;

	begin(&l);
	while (written < LENGTH - 1) {
		if (rand() % 60 == 0)
			change(&w);
		vxc_ledger_enter(&l, (__u8)w.account, now());
		diary[written] = (unsigned char)w.account;
		answer(&l);
		for (i = 0; i < w.measures && n_slm < SLMS; i++) {
			if (w.switches && rand() % 6 == 0) {
				meter = rand() % VXC_METERS;
				numbers[meter] += (unsigned int)(rand() % 2);
			}
			send_slm(&l, meter, rand() % 100 < w.loss ? -1 :
				 written + 1 + (rand() % 10 ? 0 :
						rand() % 25));
		}
		written++;
		if (rand() % 500)
			continue;
		answer(&l);
		vxc_ledger_keep(&l, now());
		return same(&l);
	}
	return same(&l);
}

static bool runs(const int *length, int n)
{
	struct vxc_ledger l;
	int i, j, k;

	begin(&l);
	vxc_ledger_enter(&l, VXC_ACCOUNT_UP, now());
	for (i = 0; i < n; i++)
		for (j = 0; j < length[i] * 10; j++) {
			diary[written] = VXC_ACCOUNT_UP;
			answer(&l);
			k = j % 10 < 5 && i % 2 ? -1 : written + 1;
			send_slm(&l, 0, i % 2 && j % 10 == 9 ? -1 : k);
			written++;
		}
	vxc_ledger_keep(&l, now());
	return same(&l);
}

static bool all_runs(void)
{
	static const int lengths[] = { 1, 4, 5, 9, 10, 11 };
	int length[5], code, i, c;

	for (code = 0; code < 6 * 6 * 6 * 6 * 6; code++) {
		for (i = 0, c = code; i < 5; i++, c /= 6)
			length[i] = lengths[c % 6];
		if (!runs(length, 5))
			return false;
	}
	return true;
}

static void nothing_is_measured_without_room(void)
{
	struct vxc_ledger l;

	vxc_ledger_init(&l, BEGAN);
	vxc_ledger_enter(&l, VXC_ACCOUNT_UP, BEGAN);
	vxc_ledger_sent(&l, 0, 1, BEGAN);
	vxc_ledger_sent(&l, 0, 2, BEGAN + 3 * VXC_WINDOW_NS);
	vxc_ledger_answered(&l, 0, 2, BEGAN + 3 * VXC_WINDOW_NS);
	vxc_ledger_keep(&l, BEGAN + 20 * VXC_WINDOW_NS);
	check_int(vxc_ledger_available(&l), 20);
	check_int(vxc_ledger_unavailable(&l), 0);
	vxc_ledger_reset(&l, BEGAN + 20 * VXC_WINDOW_NS);
	check_int(vxc_ledger_available(&l), 0);
}

static void measured_anew_after_reset(void)
{
	struct vxc_ledger l;
	int i;

	begin(&l);
	vxc_ledger_enter(&l, VXC_ACCOUNT_UP, BEGAN);
	for (i = 0; i < 9; i++)
		vxc_ledger_sent(&l, 0, (__u32)i, BEGAN + i * VXC_WINDOW_NS);
	vxc_ledger_reset(&l, BEGAN + 9 * VXC_WINDOW_NS);
	vxc_ledger_keep(&l, BEGAN + 29 * VXC_WINDOW_NS);
	check_int(vxc_ledger_available(&l), 20);
	check_int(vxc_ledger_unavailable(&l), 0);
	vxc_ledger_sent(&l, 0, 100, BEGAN + 29 * VXC_WINDOW_NS);
	check_int(l.windows.measured->now[0].sent, 1);
}

static void half_is_not_lost(void)
{
	struct vxc_ledger l;
	int i, lost;

	for (lost = 5; lost <= 6; lost++) {
		begin(&l);
		vxc_ledger_enter(&l, VXC_ACCOUNT_UP, now());
		for (i = 0; i < 300; i++) {
			diary[written] = VXC_ACCOUNT_UP;
			answer(&l);
			send_slm(&l, 2, i % 10 < lost ? -1 : written + 1);
			written++;
		}
		vxc_ledger_keep(&l, now());
		check_int(l.windows.unavailable, lost > 5);
		check_int(l.windows.since, lost > 5 ? BEGAN : 0);
		check(same(&l));
	}
}

int main(void)
{
	const char *given = getenv("SEED");
	unsigned int seed = given ? (unsigned int)strtoul(given, NULL, 0) :
				    (unsigned int)time(NULL);
	int i;

	ktap_begin(5);
	fprintf(ktap_out, "# SEED=%u\n", seed);
	srand(seed);
	half_is_not_lost();
	ktap_test("half of the measurements are not more than half");
	check(all_runs());
	ktap_test("all orders of runs");
	for (i = 0; i < 300 && random_life(); i++)
		;
	check_int(i, 300);
	ktap_test("random lives");
	nothing_is_measured_without_room();
	ktap_test("nothing is measured without room");
	measured_anew_after_reset();
	ktap_test("what was measured before a reset is forgotten");
	return ktap_end();
}
