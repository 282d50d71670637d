// SPDX-License-Identifier: GPL-2.0
/*
 * The signal degrade detector against a diary of what became of each SLM, that
 * is read only when all is over. Every story of a few SLMs in every small
 * configuration; then long ones at random, in which the other end begins to
 * count anew at times.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "degrade.h"
#include "ktap.h"

#define LENGTH	4000
#define PPM	1000000.0
#define HAIR	0.000001
#define STORY	9		/* SLMs in each of all stories */

/* What became of an SLM: answered, lost there, lost back; or answered by an
 * end that has just begun to count.
 */
enum fate { OK, FAR, NEAR, ANEW, FATES };

static unsigned char diary[LENGTH];
static int written;

struct config {
	unsigned int slms, threshold, raise, clear;
};

struct verdict {
	bool judged, bad;
	double far, near;
};

static bool answered(int i)
{
	return diary[i] == OK || diary[i] == ANEW;
}

static int answered_before(int i)
{
	while (i-- > 0)
		if (answered(i))
			return i;
	return -1;
}

/* Frames whose fate is known at the end of an interval, and was not before. */
static void read_interval(const struct config *c, int k, struct verdict *v)
{
	int first = k * (int)c->slms, end = first + (int)c->slms;
	int from = answered_before(first), last = answered_before(end), i;
	int of = 0, far = 0, near = 0, all = 0, f = 0, n = 0;

	memset(v, 0, sizeof(*v));
	if (from < 0)
		return;
	v->judged = true;
	if (last < first) {
		v->bad = true;
		v->far = 1;
		v->near = 1;
		return;
	}
	/* What ends with an end that counts anew is not known. */
	for (i = from + 1; i <= last; i++) {
		all++;
		f += diary[i] == FAR;
		n += diary[i] == NEAR;
		if (!answered(i))
			continue;
		if (diary[i] == OK) {
			of += all;
			far += f;
			near += n;
		}
		all = 0;
		f = 0;
		n = 0;
	}
	if (!of) {
		v->judged = false;
		return;
	}
	v->far = (double)far / of;
	v->near = (double)near / (of - far);
	v->bad = v->far * PPM > c->threshold + HAIR ||
		 v->near * PPM > c->threshold + HAIR;
}

struct told {
	bool degraded;
	unsigned int intervals, bad;
	double far, near;
};

static void read_diary(const struct config *c, struct told *t)
{
	unsigned int run = 0;
	struct verdict v;
	int k;

	memset(t, 0, sizeof(*t));
	/* An interval ends when the next SLM is sent. */
	for (k = 0; (k + 1) * (int)c->slms < written; k++) {
		read_interval(c, k, &v);
		if (!v.judged)
			continue;
		t->intervals++;
		t->bad += v.bad;
		t->far = v.far;
		t->near = v.near;
		run = v.bad == t->degraded ? 0 : run + 1;
		if (run == (v.bad ? c->raise : c->clear) && run) {
			t->degraded = v.bad;
			run = 0;
		}
	}
}

static bool close_to(unsigned int ppm, double ratio)
{
	double off = ppm - ratio * PPM;

	return off > -1.01 && off < 1.01;
}

static bool same(const struct vxc_degrade *d, const struct config *c,
		 bool changed, int was)
{
	struct told t;

	read_diary(c, &t);
	if (d->degraded == t.degraded && d->intervals == t.intervals &&
	    d->bad == t.bad && was + changed * (1 - 2 * was) == t.degraded &&
	    (!t.intervals || (close_to(d->far.ratio, t.far) &&
			      close_to(d->near.ratio, t.near))))
		return true;
	fprintf(ktap_out,
		"# %u SLMs, above %u, raise %u, clear %u, after %d: degraded %d, %llu intervals, %llu bad, %u/%u ppm; diary %d, %u, %u, %f/%f\n",
		c->slms, c->threshold, c->raise, c->clear, written,
		d->degraded, (unsigned long long)d->intervals,
		(unsigned long long)d->bad, d->far.ratio, d->near.ratio,
		t.degraded, t.intervals, t.bad, t.far, t.near);
	return false;
}

/* The two ends: what the counters in the replies tell. */
struct wire {
	unsigned int sent, last_sent;
	unsigned int turned, last_turned;
	bool any;
};

static void play(struct vxc_degrade *d, struct wire *w, enum fate fate)
{
	unsigned int turned;

	w->sent++;
	if (fate == FAR)
		return;
	w->turned++;
	if (fate == NEAR)
		return;
	turned = w->turned - w->last_turned;
	if (!w->any || fate == ANEW)
		turned = 0;
	vxc_degrade_reply(d, w->sent - w->last_sent, turned);
	w->any = true;
	w->last_sent = w->sent;
	w->last_turned = w->turned;
}

static void begin(struct vxc_degrade *d, struct wire *w,
		  const struct config *c)
{
	memset(d, 0, sizeof(*d));
	memset(w, 0, sizeof(*w));
	d->slms = c->slms;
	d->threshold = c->threshold;
	d->raise = (__u8)c->raise;
	d->clear = (__u8)c->clear;
	written = 0;
}

static bool step(struct vxc_degrade *d, struct wire *w,
		 const struct config *c, enum fate fate, bool compare)
{
	int was = d->degraded;
	bool changed = vxc_degrade_sent(d), good;

	/* The diary ends with this SLM, whose fate no interval has yet. */
	diary[written++] = (unsigned char)fate;
	good = !compare || same(d, c, changed, was);
	play(d, w, fate);
	return good;
}

static bool one_story(const struct config *c, int story)
{
	struct vxc_degrade d;
	struct wire w;
	int i;

	begin(&d, &w, c);
	for (i = 0; i < STORY; i++, story /= FAR + 2)
		if (!step(&d, &w, c, story % (FAR + 2), i + 1 == STORY ||
			  i % (int)c->slms == 0))
			return false;
	return true;
}

static bool every_story(const struct config *c)
{
	int story, stories = 1, i;

	for (i = 0; i < STORY; i++)
		stories *= FAR + 2;
	for (story = 0; story < stories; story++)
		if (!one_story(c, story))
			return false;
	return true;
}

static void all_stories(void)
{
	static const unsigned int thresholds[] = { 1, 333333, 500000, 999999 };
	struct config c;
	unsigned int i;

	for (i = 0; i < sizeof(thresholds) / sizeof(*thresholds); i++)
		for (c.slms = 1; c.slms <= 3; c.slms++)
			for (c.raise = 1; c.raise <= 2; c.raise++)
				for (c.clear = 1; c.clear <= 2; c.clear++) {
					c.threshold = thresholds[i];
					check(every_story(&c));
				}
}

static bool random_story(void)
{
	struct config c = {
		.slms = 1 + (unsigned int)rand() % 20,
		.threshold = (unsigned int)rand() % 1000000,
		.raise = 1 + (unsigned int)rand() % 4,
		.clear = 1 + (unsigned int)rand() % 4,
	};
	int weather = 0, i, fate;
	struct vxc_degrade d;
	struct wire w;

	begin(&d, &w, &c);
	for (i = 0; i < LENGTH / 4; i++) {
		if (rand() % 50 == 0)
			weather = rand() % 100;
		fate = rand() % 100 >= weather ? OK : FAR + rand() % 2;
		if (rand() % 300 == 0)
			fate = ANEW;
		if (!step(&d, &w, &c, fate, rand() % 16 == 0))
			return false;
	}
	return true;
}

/* One in ten lost in one direction, at thresholds next to that. */
static void the_threshold_itself_is_good(void)
{
	struct config c = { 10, 100000, 3, 3 };
	struct vxc_degrade d;
	struct wire w;
	int i;

	begin(&d, &w, &c);
	for (i = 0; i < 101; i++)
		step(&d, &w, &c, i % 10 == 4 ? FAR : OK, true);
	check_int(d.bad, 0);
	check_int(d.far.ratio, 100000);
	check_int(d.near.ratio, 0);
	c.threshold--;
	begin(&d, &w, &c);
	for (i = 0; i < 101; i++)
		step(&d, &w, &c, i % 10 == 4 ? NEAR : OK, true);
	check_int(d.intervals, 9);
	check_int(d.bad, 9);
	check_int(d.degraded, 1);
	check_int(d.near.ratio, 100000);
}

static void silence(void)
{
	struct config c = { 10, 999999, 2, 2 };
	struct vxc_degrade d;
	struct wire w;
	int i;

	begin(&d, &w, &c);
	for (i = 0; i < 1000; i++)
		step(&d, &w, &c, FAR, i % 10 == 0);
	check_int(d.intervals, 0);
	check_int(d.degraded, 0);
	for (i = 0; i < 30; i++)
		step(&d, &w, &c, OK, true);
	for (i = 0; i < 21; i++)
		step(&d, &w, &c, NEAR, true);
	check_int(d.degraded, 1);
	c.slms = 0;
	begin(&d, &w, &c);
	for (i = 0; i < 100; i++)
		check_int(vxc_degrade_sent(&d), 0);
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
	the_threshold_itself_is_good();
	ktap_test("the threshold itself is good");
	silence();
	ktap_test("who never replied degrades nothing");
	all_stories();
	ktap_test("every story");
	for (i = 0; i < 300 && random_story(); i++)
		;
	check_int(i, 300);
	ktap_test("random stories");
	return ktap_end();
}
