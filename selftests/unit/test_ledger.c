// SPDX-License-Identifier: GPL-2.0
/*
 * The ledger against one that notes down every tenth of a second what the
 * service was, and only looks at that when all is over.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "ktap.h"
#include "ledger.h"

#define TENTH	(VXC_WINDOW_NS / 10)
#define LENGTH	20000

static unsigned char diary[LENGTH];
static int written;

struct figures {
	__u64 time[VXC_ACCOUNTS];
	__u64 outages, worst, available, unavailable, high_loss;
};

static void write_diary(int account, int tenths)
{
	while (tenths-- && written < LENGTH)
		diary[written++] = (unsigned char)account;
}

static void count_outages(struct figures *f)
{
	__u64 lasts = 0;
	int i;

	for (i = 0; i < written; i++) {
		if (diary[i] != VXC_ACCOUNT_DOWN) {
			lasts = 0;
			continue;
		}
		f->outages += !lasts++;
		if (lasts * TENTH > f->worst)
			f->worst = lasts * TENTH;
	}
}

/* One letter a window that counts: b, g. Time out of service has none. */
static int windows(char *w)
{
	int i, n = 0, in = 0, down = 0, planned = 0;

	for (i = 0; i < written; i++) {
		if (diary[i] == VXC_ACCOUNT_OFF)
			continue;
		down += diary[i] == VXC_ACCOUNT_DOWN;
		planned += diary[i] == VXC_ACCOUNT_PLANNED_DOWN;
		if (++in < 10)
			continue;
		if (!planned)
			w[n++] = down > 5 ? 'b' : 'g';
		in = 0;
		down = 0;
		planned = 0;
	}
	return n;
}

static bool ten(const char *w, int n, int i, char c)
{
	int j;

	for (j = 0; j < 10; j++)
		if (i + j >= n || w[i + j] != c)
			return false;
	return true;
}

/* With the whole of the story at hand: look ahead for ten in a row. */
static void judge(struct figures *f)
{
	static char w[LENGTH];
	int n = windows(w), i, last = n;
	bool available = true;

	for (i = 0; i < n; i++) {
		if (ten(w, n, i, available ? 'b' : 'g'))
			available = !available;
		f->available += available;
		f->unavailable += !available;
	}
	/* What the present run of bad ones means nobody knows yet. */
	if (available)
		while (last && w[last - 1] == 'b')
			last--;
	available = true;
	for (i = 0; i < last; i++) {
		if (ten(w, n, i, available ? 'b' : 'g'))
			available = !available;
		f->high_loss += available && w[i] == 'b';
	}
}

static void read_diary(struct figures *f)
{
	int i;

	memset(f, 0, sizeof(*f));
	for (i = 0; i < written; i++)
		if (diary[i] != VXC_ACCOUNT_OFF)
			f->time[diary[i]] += TENTH;
	count_outages(f);
	judge(f);
}

static bool same(const struct vxc_ledger *l)
{
	struct figures f;

	read_diary(&f);
	if (!memcmp(f.time, l->time, sizeof(f.time)) &&
	    f.outages == l->outages && f.worst == l->worst &&
	    f.available == vxc_ledger_available(l) &&
	    f.unavailable == vxc_ledger_unavailable(l) &&
	    f.high_loss == l->windows.high_loss)
		return true;
	fprintf(ktap_out,
		"# ledger %u outages, worst %llu, %llu/%llu windows, %llu high loss; diary %llu, %llu, %llu/%llu, %llu\n",
		l->outages, (unsigned long long)l->worst,
		(unsigned long long)vxc_ledger_available(l),
		(unsigned long long)vxc_ledger_unavailable(l),
		(unsigned long long)l->windows.high_loss,
		(unsigned long long)f.outages, (unsigned long long)f.worst,
		(unsigned long long)f.available,
		(unsigned long long)f.unavailable,
		(unsigned long long)f.high_loss);
	return false;
}

/* Short and long stays, so that runs of windows end before and after ten. */
static int stay(void)
{
	return 1 + (rand() % 3 ? rand() % 20 : rand() % 200);
}

static bool random_life(void)
{
	__u64 now = 77;
	struct vxc_ledger l;
	int account, tenths;

	written = 0;
	vxc_ledger_init(&l, now);
	while (written < LENGTH - 201) {
		account = rand() % 4 ? rand() % 2 ? VXC_ACCOUNT_UP :
			  VXC_ACCOUNT_DOWN : rand() % VXC_ACCOUNTS;
		tenths = stay();
		vxc_ledger_enter(&l, (__u8)account, now);
		write_diary(account, tenths);
		now += (__u64)tenths * TENTH;
		if (rand() % 8)
			continue;
		vxc_ledger_keep(&l, now);
		if (!same(&l))
			return false;
	}
	return true;
}

static void a_flip_is_dated_back(void)
{
	struct vxc_ledger l;
	__u64 s = VXC_WINDOW_NS;

	vxc_ledger_init(&l, s);
	vxc_ledger_enter(&l, VXC_ACCOUNT_UP, s);
	vxc_ledger_enter(&l, VXC_ACCOUNT_DOWN, 21 * s);
	vxc_ledger_keep(&l, 30 * s);
	check_int(vxc_ledger_unavailable(&l), 0);
	vxc_ledger_keep(&l, 31 * s);
	check_int(vxc_ledger_unavailable(&l), 10);
	check_int(vxc_ledger_available(&l), 20);
	check_int(l.windows.high_loss, 0);
}

static void nine_bad_windows_are_high_loss(void)
{
	struct vxc_ledger l;
	__u64 s = VXC_WINDOW_NS;

	vxc_ledger_init(&l, 0);
	vxc_ledger_enter(&l, VXC_ACCOUNT_DOWN, 0);
	vxc_ledger_enter(&l, VXC_ACCOUNT_UP, 9 * s);
	vxc_ledger_keep(&l, 10 * s);
	check_int(vxc_ledger_unavailable(&l), 0);
	check_int(vxc_ledger_available(&l), 10);
	check_int(l.windows.high_loss, 9);
}

static void reset_in_an_outage(void)
{
	struct vxc_ledger l;

	vxc_ledger_init(&l, 0);
	vxc_ledger_enter(&l, VXC_ACCOUNT_DOWN, 5);
	vxc_ledger_keep(&l, 25);
	check_int(l.worst, 20);
	vxc_ledger_reset(&l, 25);
	check_int(l.outages, 1);
	check_int(l.worst, 0);
	vxc_ledger_enter(&l, VXC_ACCOUNT_UP, 31);
	check_int(l.worst, 6);
	check_int(l.time[VXC_ACCOUNT_DOWN], 6);
}

int main(void)
{
	const char *given = getenv("SEED");
	unsigned int seed = given ? (unsigned int)strtoul(given, NULL, 0) :
				    (unsigned int)time(NULL);
	int i;

	ktap_begin(4);
	fprintf(ktap_out, "# SEED=%u\n", seed);
	srand(seed);
	a_flip_is_dated_back();
	ktap_test("a flip is dated back to the first window of the run");
	nine_bad_windows_are_high_loss();
	ktap_test("nine bad windows are high loss, not unavailable");
	reset_in_an_outage();
	ktap_test("a reset in an outage");
	for (i = 0; i < 100 && random_life(); i++)
		;
	check_int(i, 100);
	ktap_test("random lives");
	return ktap_end();
}
