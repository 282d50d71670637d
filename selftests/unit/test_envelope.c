// SPDX-License-Identifier: GPL-2.0
/* Circuits that share an envelope, against a model that shares no code. */
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>

#include "ktap.h"
#include "meter.h"
#include "meter_model.h"
#include "meter_random.h"

#define EACH	500000

/* Circuits that share an envelope: each has a pool of its own CIR. */
#define SHARERS	4

struct sharing {
	struct model all;
	struct pool own[SHARERS];
	u64 keep[SHARERS][2];
};

static bool pool_take_above(struct pool *p, u32 len, u64 keep)
{
	u64 need = len + keep < p->burst ? len + keep : p->burst;

	if (!p->burst || p->level < (__int128)need * UNIT)
		return false;
	p->level -= len * UNIT;
	return true;
}

static u8 sharing_color(struct sharing *s, unsigned int i, u64 now, u32 len,
			u8 color)
{
	u64 dt = now - s->all.now;
	u64 half = color == VXC_COLOR_YELLOW ? s->own[i].burst / 2 : 0;
	unsigned int k;

	for (k = 0; k < SHARERS; k++)
		pool_fill(&s->own[k], (__int128)s->own[k].bps * dt);
	model_time(&s->all, now);
	if (pool_take_above(&s->own[i], len, half)) {
		s->all.green.level -= len * UNIT;
		return color;
	}
	if (pool_take_above(&s->all.green, len, s->keep[i][0]))
		return color;
	if (pool_take_above(&s->all.yellow, len, s->keep[i][1]))
		return VXC_COLOR_YELLOW;
	return VXC_COLOR_RED;
}

/* Circuits in an envelope, as the meter has them. */
struct shared {
	struct vxc_profile all;
	struct vxc_spent total;
	struct vxc_bucket own[SHARERS];
	struct vxc_tokens spent[SHARERS];
	u64 keep[SHARERS][2];
	u64 bursts;
};

/* Any rates and ranks, the CIRs together not above the envelope's. */
static void shared_init(struct shared *s, struct sharing *m, u64 now)
{
	u64 cir = any_rate() + 8000, eir = rnd() % 2 ? any_rate() : 0, part;
	u32 cbs = 9100 + (u32)(rnd() % 1000000), own;
	u32 ebs = eir ? 9100 + (u32)(rnd() % 1000000) : 0;
	unsigned int i, rank;

	memset(s, 0, sizeof(*s));
	memset(m, 0, sizeof(*m));
	profile_init(&s->all, cir, cbs, eir, ebs, eir && rnd() % 2);
	model_init(&m->all, cir, cbs, eir, ebs, s->all.coupled);
	m->all.now = now;
	vxc_bucket_start(&s->all.green, NULL, &s->total.green, now);
	vxc_bucket_start(&s->all.yellow, NULL, &s->total.yellow, now);
	s->bursts = cbs + ebs;
	for (i = 0; i < SHARERS; i++) {
		part = rnd() % 4 ? 1000 + rnd() % (cir / SHARERS - 1000) : 0;
		own = 9100 + (u32)(rnd() % 100000);
		rank = (unsigned int)(rnd() % 8);
		vxc_bucket_init(&s->own[i], part, own);
		vxc_bucket_start(&s->own[i], NULL, &s->spent[i], now);
		own = part ? own : 0;
		m->own[i] = (struct pool) { part, own, own * UNIT };
		s->keep[i][0] = (u64)cbs * rank / 14;
		s->keep[i][1] = (u64)ebs * rank / 14;
		memcpy(m->keep[i], s->keep[i], sizeof(m->keep[i]));
		s->bursts += own;
	}
}

static u8 shared_color(struct shared *s, unsigned int i, u64 now, u32 len,
		       u8 color)
{
	return vxc_meter_shared(&s->own[i], &s->spent[i], &s->all, &s->total,
				s->keep[i], now, len, color, false);
}

/*
 * They may part over a token, as one refills and the other counts: then a frame
 * of another circuit passes in the place of this one's.
 */
static bool shared_agree(const u64 (*got)[VXC_COLORS],
			 const u64 (*want)[VXC_COLORS])
{
	long long diff, sum = 0, all = 0;
	unsigned int i, color;

	for (i = 0; i < SHARERS; i++) {
		for (color = 0; color < VXC_COLOR_RED; color++) {
			diff = (long long)(got[i][color] - want[i][color]);
			sum += diff;
			all += (long long)want[i][color];
			if (llabs(diff) > 60000 +
					  (long long)want[i][color] / 50)
				return false;
		}
	}
	return llabs(sum) <= 20000 + all / 100;
}

/* Against the model, and never above the rates, whatever circuits ask for. */
static void shared_against_model(void)
{
	unsigned int round, n, i;
	struct sharing m;
	struct shared s;

	for (round = 0; round < 1000; round++) {
		u64 got[SHARERS][VXC_COLORS] = {}, begin = rnd() % YEAR;
		u64 want[SHARERS][VXC_COLORS] = {}, now = begin, all = 0;
		__int128 most;
		u64 scale;

		shared_init(&s, &m, now);
		scale = 8 * 9100 * NSEC /
			(m.all.green.bps + m.all.yellow.bps) + 1;
		for (n = 0; n < 2000; n++) {
			u8 in = rnd() % 4 ? VXC_COLOR_GREEN : VXC_COLOR_YELLOW;
			u32 len = 64 + (u32)(rnd() % 9037);
			u8 color;

			i = (unsigned int)(rnd() % SHARERS);
			arrivals++;
			color = shared_color(&s, i, now, len, in);
			check(color >= in);
			got[i][color] += len;
			all += color == VXC_COLOR_RED ? 0 : len;
			want[i][sharing_color(&m, i, now, len, in)] += len;
			most = ((__int128)m.all.green.bps +
				m.all.yellow.bps) * (now - begin) / UNIT +
			       s.bursts;
			if (!check(all <= most + 2))
				return;
			now += rnd() % 500 ? rnd() % scale :
					     rnd() % (100 * scale);
		}
		if (!check(shared_agree(got, want))) {
			fprintf(ktap_out, "# round %u\n", round);
			return;
		}
	}
}

/*
 * All ask for all of it: each gets its CIR, the higher rank what is left, and
 * when that falls silent the other. What is due passes whatever there is.
 */
static void shared_by_rank(void)
{
	static const u64 cir[SHARERS] = { 100000000, 300000000, 0, 200000000 };
	static const u64 keep[SHARERS] = { 62500, 44642, 26785, 0 };
	u64 now = NSEC, half = 2 * NSEC, end = 3 * NSEC;
	u64 got[2][SHARERS] = {};
	struct shared s;
	unsigned int i;
	u64 all[2];

	memset(&s, 0, sizeof(s));
	profile_init(&s.all, 1000000000, 125000, 0, 0, false);
	vxc_bucket_start(&s.all.green, NULL, &s.total.green, now);
	for (i = 0; i < SHARERS; i++) {
		vxc_bucket_init(&s.own[i], cir[i], 50000);
		vxc_bucket_start(&s.own[i], NULL, &s.spent[i], now);
		s.keep[i][0] = keep[i];
	}
	for (; now < end; now += 1 + rnd() % 3000) {
		u32 len = 64 + (u32)(rnd() % 1455);

		i = (unsigned int)(rnd() % (now < half ? 4 : 3));
		arrivals++;
		if (shared_color(&s, i, now, len, VXC_COLOR_GREEN) ==
		    VXC_COLOR_GREEN)
			got[now >= half][i] += len;
	}
	for (i = 0; i < 2; i++) {
		all[i] = got[i][0] + got[i][1] + got[i][2] + got[i][3];
		fprintf(ktap_out, "# second %u: %llu %llu %llu %llu\n", i,
			(unsigned long long)got[i][0],
			(unsigned long long)got[i][1],
			(unsigned long long)got[i][2],
			(unsigned long long)got[i][3]);
		check(all[i] <= 125000000 + 125000 + 150000);
		check(all[i] >= 125000000 / 100 * 99);
		check(got[i][0] >= cir[0] / 800 * 99);
		check(got[i][1] >= cir[1] / 800 * 99);
		check(got[i][0] <= cir[0] / 8 + 200000);
	}
	check(got[0][3] >= (cir[3] + 300000000) / 800 * 99);
	check(got[0][2] < 200000);
	check(got[1][2] >= 500000000 / 800 * 99);
	/* Nobody has anything: only what is due. */
	while (shared_color(&s, 1, now, 1500, VXC_COLOR_GREEN) ==
	       VXC_COLOR_GREEN)
		;
	check_int(vxc_meter_shared(&s.own[1], &s.spent[1], &s.all, &s.total,
				   s.keep[1], now, 1500, VXC_COLOR_GREEN,
				   true), VXC_COLOR_GREEN);
	check_int(vxc_bucket_level(&s.own[1], &s.spent[1], now), 0);
}

/* A frame that is not let through elsewhere has taken nothing. */
static void refunds(void)
{
	struct vxc_spent spent = {};
	struct vxc_profile p;
	unsigned int i;

	profile_init(&p, 8000000, 10000, 8000000, 20000, false);
	vxc_bucket_start(&p.green, NULL, &spent.green, NSEC);
	vxc_bucket_start(&p.yellow, NULL, &spent.yellow, NSEC);
	for (i = 0; i < 1000; i++) {
		u8 in = rnd() % 2 ? VXC_COLOR_GREEN : VXC_COLOR_YELLOW;
		u8 color = vxc_meter(&p, &spent, NSEC, 3000, in);

		arrivals++;
		check_int(color, in);
		vxc_meter_refund(&spent, 3000, color);
	}
	check_int(vxc_bucket_level(&p.green, &spent.green, NSEC), 10000);
	check_int(vxc_bucket_level(&p.yellow, &spent.yellow, NSEC), 20000);
}

static struct {
	struct shared s;
	u64 clock;
	u64 passed[SHARERS];
} crowd;

static void *contend_shared(void *arg)
{
	unsigned int i, me = (unsigned int)(uintptr_t)arg % SHARERS;
	u64 state = (u64)(uintptr_t)arg, passed = 0, now;
	u32 len;

	for (i = 0; i < EACH; i++) {
		state = state * 6364136223846793005ULL + 1442695040888963407ULL;
		len = 64 + (u32)(state >> 33) % 1455;
		now = __atomic_add_fetch(&crowd.clock, state >> 40 & 1023,
					 __ATOMIC_RELAXED);
		if (shared_color(&crowd.s, me, now, len, VXC_COLOR_GREEN) ==
		    VXC_COLOR_GREEN)
			passed += len;
	}
	crowd.passed[me] = passed;
	return NULL;
}

/* A thread each for the circuits of an envelope. */
static void shared_by_threads(void)
{
	const u64 bps = 10000000000ULL, begin = NSEC;
	u64 sum = 0, time;
	pthread_t t[SHARERS];
	double want;
	int i;

	memset(&crowd, 0, sizeof(crowd));
	profile_init(&crowd.s.all, bps, 200000, 0, 0, false);
	vxc_bucket_start(&crowd.s.all.green, NULL, &crowd.s.total.green,
			 begin);
	for (i = 0; i < SHARERS; i++) {
		vxc_bucket_init(&crowd.s.own[i], bps / 10 * (u64)i, 50000);
		vxc_bucket_start(&crowd.s.own[i], NULL, &crowd.s.spent[i],
				 begin);
	}
	crowd.clock = begin;
	for (i = 0; i < SHARERS; i++)
		pthread_create(&t[i], NULL, contend_shared,
			       (void *)(uintptr_t)((rnd() << 2 & ~0xfULL) |
						   (u64)i));
	for (i = 0; i < SHARERS; i++)
		pthread_join(t[i], NULL);
	arrivals += SHARERS * EACH;
	time = crowd.clock - begin;
	want = (double)bps / 8e9 * (double)time;
	for (i = 0; i < SHARERS; i++)
		sum += crowd.passed[i];
	fprintf(ktap_out, "# %d circuits: %llu bytes passed, the rate is %.0f\n",
		SHARERS, (unsigned long long)sum, want);
	check((double)sum <= want + 200000 + 3 * 50000);
	check((double)sum >= want * 0.98);
}

int main(void)
{
	static const struct test tests[] = {
		{ shared_against_model, "circuits share an envelope" },
		{ shared_by_rank, "CIRs are kept, the rest goes by rank" },
		{ refunds, "refunds" },
		{ shared_by_threads, "threads share an envelope" },
	};

	return run_tests(tests, sizeof(tests) / sizeof(*tests), 4000000);
}
