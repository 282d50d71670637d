// SPDX-License-Identifier: GPL-2.0
/* The meter against a model that shares no code with it. */
#include <math.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>

#include "ktap.h"
#include "meter.h"
#include "meter_model.h"
#include "meter_random.h"

/* Arrival patterns: nanoseconds to the next frame. */
enum pattern { STEADY, LINE, POISSON, BURSTS, PATTERNS };

static u64 gap(enum pattern pattern, u64 bps, u32 len, unsigned int i)
{
	double mean = len * 8e9 / (double)bps;
	double u;

	switch (pattern) {
	case STEADY:		/* a little above the rate */
		return (u64)(mean / 1.1 + (double)(rnd() % 1000) / 1000);
	case LINE:		/* ten times the rate */
		return (u64)(mean / 10 + (double)(rnd() % 1000) / 1000);
	case POISSON:
		u = ((double)(rnd() >> 11) + 1) / 9007199254740993.0;
		return (u64)(-log(u) * mean / 1.5 +
			     (double)(rnd() % 1000) / 1000);
	default:		/* 200 at once, then what they take, and half */
		return i % 200 ? 0 : (u64)(mean * 150);
	}
}

/*
 * Of everything that passes, no stretch of time may have more than the burst
 * and its rate: the exact pool, with the one byte that cutting can shift, must
 * take all of it. And what passes must be all but what the model passes.
 */
static bool run(u64 bps, u32 len, enum pattern pattern, unsigned int n)
{
	u64 burst = bps / 8 / 200, now = rnd() % (20 * YEAR) / 2, begin = now;
	struct model model, bound;
	u64 passed = 0, model_passed = 0;
	struct vxc_spent spent = {};
	struct vxc_profile p;
	unsigned int i;
	double differ;

	if (burst < 4ULL * len)
		burst = 4ULL * len;
	profile_init(&p, bps, (u32)burst, 0, 0, false);
	vxc_bucket_start(&p.green, NULL, &spent.green, now);
	model_init(&model, bps, burst, 0, 0, false);
	model_init(&bound, bps, burst + 1, 0, 0, false);
	model.now = now;
	bound.now = now;
	for (i = 0; i < n; i++) {
		u8 color = vxc_meter(&p, &spent, now, len, VXC_COLOR_GREEN);

		arrivals++;
		if (model_color(&model, now, len, VXC_COLOR_GREEN) ==
		    VXC_COLOR_GREEN)
			model_passed += len;
		if (color == VXC_COLOR_GREEN) {
			passed += len;
			if (!check(model_color(&bound, now, len,
					       VXC_COLOR_GREEN) ==
				   VXC_COLOR_GREEN))
				return false;
		} else if (!check(color == VXC_COLOR_RED)) {
			return false;
		}
		now += gap(pattern, bps, len, i);
	}

	differ = ((double)passed - (double)model_passed) / (double)model_passed;
	if (!check(fabs(differ) <= 0.001)) {
		fprintf(ktap_out,
			"# %llu bit/s, %u bytes, pattern %d, %llu ns: %llu passed, model %llu\n",
			(unsigned long long)bps, len, pattern,
			(unsigned long long)(now - begin),
			(unsigned long long)passed,
			(unsigned long long)model_passed);
		return false;
	}
	return true;
}

static const u64 rates[] = {
	50000000, 100000000, 200000000, 1000000000, 10000000000, 40000000000,
	100000000000, 400000000000,
};

static const u32 lengths[] = { 64, 512, 1518, 9100, 68970 };

static void all_rates_and_lengths(void)
{
	unsigned int r, l, p;

	for (r = 0; r < sizeof(rates) / sizeof(*rates); r++)
		for (l = 0; l < sizeof(lengths) / sizeof(*lengths); l++)
			for (p = 0; p < PATTERNS; p++)
				if (!run(rates[r], lengths[l], p, 65000))
					return;
}

/* A whole second of ten times the rate, from a full bucket. */
static void one_second(void)
{
	unsigned int r, l;

	for (r = 0; r < 4; r++) {
		for (l = 1; l < sizeof(lengths) / sizeof(*lengths); l++) {
			u64 bps = rates[r], now = 12345, end = now + NSEC;
			u32 burst = 300000, len = lengths[l];
			struct vxc_spent spent = {};
			struct vxc_profile p;
			u64 passed = 0;
			double want;

			profile_init(&p, bps, burst, 0, 0, false);
			vxc_bucket_start(&p.green, NULL, &spent.green, now);
			for (; now < end; now += len * 800000000ULL / bps) {
				arrivals++;
				if (vxc_meter(&p, &spent, now, len,
					      VXC_COLOR_GREEN) ==
				    VXC_COLOR_GREEN)
					passed += len;
			}
			want = (double)burst + (double)bps / 8;
			check((double)passed <= want);
			/* Less than a frame may be left. */
			check((double)(passed + len) >= want * 0.999);
		}
	}
}

/* Any rate, any profile, any color, gaps from 0 ns to 10 years. */
static void two_rates(bool coupled)
{
	unsigned int round, i;

	for (round = 0; round < 2000; round++) {
		u64 cir = any_rate(), eir = rnd() % 4 ? any_rate() : 0, now;
		u32 cbs = 9100 + (u32)(rnd() % 1000000);
		u32 ebs = eir || coupled ? 9100 + (u32)(rnd() % 1000000) : 0;
		u64 scale = 8 * 9100 * NSEC / (cir + eir) + 1;
		u64 got[VXC_COLORS] = {}, want[VXC_COLORS] = {};
		struct vxc_spent spent = {};
		struct model model, bound;
		struct vxc_profile p;

		if (!eir && coupled)
			eir = 1000;
		profile_init(&p, cir, cbs, eir, ebs, coupled);
		now = rnd() % YEAR;
		vxc_bucket_start(&p.green, NULL, &spent.green, now);
		vxc_bucket_start(&p.yellow, NULL, &spent.yellow, now);
		model_init(&model, cir, cbs, eir, ebs, coupled);
		model_init(&bound, cir, cbs + 1, eir, ebs + 2, false);
		model.now = now;
		bound.now = now;
		for (i = 0; i < 1000; i++) {
			u8 in = rnd() % 4 ? VXC_COLOR_GREEN : VXC_COLOR_YELLOW;
			u32 len = 64 + (u32)(rnd() % 9037);
			u8 color = vxc_meter(&p, &spent, now, len, in);
			u8 m = model_color(&model, now, len, in);

			arrivals++;
			got[color] += len;
			want[m] += len;
			check(color >= in);
			if (color != VXC_COLOR_RED && !coupled) {
				model_time(&bound, now);
				if (!check(pool_take(color == VXC_COLOR_GREEN ?
						     &bound.green :
						     &bound.yellow, len)))
					return;
			}
			now += rnd() % 500 ? rnd() % scale :
			       rnd() % (10 * YEAR / 200);
			if (now > 100 * YEAR / 10)
				break;
		}
		/* They may part over a token, and meet again a frame later. */
		if (!check(llabs((long long)(got[0] - want[0])) <=
			   20000 + (long long)want[0] / 100) ||
		    !check(llabs((long long)(got[1] - want[1])) <=
			   20000 + (long long)want[1] / 100)) {
			fprintf(ktap_out,
				"# round %u: cir %llu cbs %u eir %llu ebs %u: green %llu/%llu yellow %llu/%llu\n",
				round, (unsigned long long)cir, cbs,
				(unsigned long long)eir, ebs,
				(unsigned long long)got[0],
				(unsigned long long)want[0],
				(unsigned long long)got[1],
				(unsigned long long)want[1]);
			return;
		}
	}
}

static void two_rates_apart(void)
{
	two_rates(false);
}

static void two_rates_coupled(void)
{
	two_rates(true);
}

/* After any idle time there is a burst, no more, and no less once it is full */
static void idle(void)
{
	static const u64 bps[] = { 1000, 1000000, 100000000000, 400000000000 };
	unsigned int r, shift;

	for (r = 0; r < sizeof(bps) / sizeof(*bps); r++) {
		for (shift = 0; shift < 59; shift++) {
			u64 idle = (1ULL << shift) + rnd() % (1ULL << shift);
			struct vxc_spent spent = {};
			struct vxc_profile p;
			u64 now = NSEC, level;
			__int128 want;

			if (idle > 10 * YEAR)
				idle = 10 * YEAR;
			profile_init(&p, bps[r], 100000, 0, 0, false);
			vxc_bucket_start(&p.green, NULL, &spent.green, now);
			check(vxc_meter(&p, &spent, now, 100000, 0) ==
			      VXC_COLOR_GREEN);
			check(vxc_meter(&p, &spent, now, 1, 0) ==
			      VXC_COLOR_RED);
			now += idle;
			want = (__int128)bps[r] * idle / UNIT;
			if (want > 100000)
				want = 100000;
			level = vxc_bucket_level(&p.green, &spent.green, now);
			arrivals += 2;
			if (!check(level <= want && level + 1 >= want)) {
				fprintf(ktap_out,
					"# %llu bit/s, idle %llu ns: %llu bytes\n",
					(unsigned long long)bps[r],
					(unsigned long long)idle,
					(unsigned long long)level);
				return;
			}
		}
	}
}

/* A clock that is behind gives nothing away, and spoils nothing. */
static void time_goes_back(void)
{
	struct vxc_spent spent = {};
	struct vxc_profile p;
	u64 now = 10 * NSEC;

	profile_init(&p, 1000000000, 100000, 0, 0, false);
	vxc_bucket_start(&p.green, NULL, &spent.green, now);
	check_int(vxc_bucket_level(&p.green, &spent.green, now - NSEC),
		  100000);
	now += 5 * NSEC;
	check_int(vxc_meter(&p, &spent, now, 100000, 0), VXC_COLOR_GREEN);
	check_int(vxc_meter(&p, &spent, now - NSEC, 64, 0), VXC_COLOR_RED);
	check_int(vxc_meter(&p, &spent, 0, 64, 0), VXC_COLOR_RED);
	check_int(vxc_bucket_level(&p.green, &spent.green, now + 8000), 1000);
}

/* A packet above the burst passes when the bucket is full, and is paid for. */
static void longer_than_the_burst(void)
{
	struct vxc_spent spent = {};
	struct vxc_profile p;
	u64 now = NSEC;

	profile_init(&p, 8000000, 10000, 0, 0, false);
	vxc_bucket_start(&p.green, NULL, &spent.green, now);
	check_int(vxc_meter(&p, &spent, now, 65000, 0), VXC_COLOR_GREEN);
	check_int(vxc_meter(&p, &spent, now + 54999999, 1, 0), VXC_COLOR_RED);
	check_int(vxc_bucket_level(&p.green, &spent.green, now + 55001001), 1);
	check_int(vxc_meter(&p, &spent, now + 60000000, 65000, 0),
		  VXC_COLOR_RED);
	check_int(vxc_meter(&p, &spent, now + 65001000, 65000, 0),
		  VXC_COLOR_GREEN);
}

/*
 * What a bucket holds survives a change of its rate, both ways, to a byte. A
 * frame that is late, and still with the old one, passes and is charged.
 */
static void rate_changes(void)
{
	struct vxc_spent spent = {};
	struct vxc_profile p[2] = {};
	u64 now = NSEC, sum = 0;
	unsigned int i, k = 0;

	vxc_bucket_init(&p[0].green, 1000000000, 1000000);
	vxc_bucket_start(&p[0].green, NULL, &spent.green, now);
	for (i = 0; i < 100000; i++) {
		struct vxc_bucket *new = &p[!k].green, *old = &p[k].green;
		u64 bps = 1000 + rnd() % 400000000000ULL, before, after;
		u64 late;

		arrivals += 2;
		if (vxc_meter(&p[k], &spent, now, 5000, 0) == VXC_COLOR_GREEN)
			sum += 5000;
		now += rnd() % 1000000;
		before = vxc_bucket_level(old, &spent.green, now);
		vxc_bucket_init(new, bps, 1000000);
		vxc_bucket_start(new, old, &spent.green, now);
		after = vxc_bucket_level(new, &spent.green, now);
		if (!check(after == before))
			return;
		late = now + rnd() % NSEC;
		if (vxc_meter(&p[!k], &spent, late, 100, 0) == VXC_COLOR_GREEN)
			sum += 100;
		before = vxc_bucket_level(new, &spent.green, late);
		now = late;
		late += 1 + rnd() % NSEC;
		if (!check(vxc_meter(&p[k], &spent, late, 3000, 0) ==
			   VXC_COLOR_GREEN))
			return;
		before -= before < 3000 ? before : 3000;
		after = vxc_bucket_level(new, &spent.green, now);
		if (!check(after == before))
			return;
		k = !k;
	}
	check(sum > 0);
	/* To a smaller burst, and to a larger one: that is not full at once. */
	now += NSEC * 1000;
	vxc_bucket_init(&p[!k].green, 1000000, 3000);
	vxc_bucket_start(&p[!k].green, &p[k].green, &spent.green, now);
	check_int(vxc_bucket_level(&p[!k].green, &spent.green, now), 3000);
	now += NSEC * 1000;
	vxc_bucket_init(&p[k].green, 1000000, 9000);
	vxc_bucket_start(&p[k].green, &p[!k].green, &spent.green, now);
	check_int(vxc_bucket_level(&p[k].green, &spent.green, now), 3000);
	/* Stopped, with a frame that is late, and started anew: full. */
	vxc_bucket_stop(&p[k].green, &spent.green, now);
	now += NSEC * 1000;
	vxc_meter(&p[k], &spent, now, 2000, 0);
	vxc_bucket_init(&p[!k].green, 1000000, 9000);
	vxc_bucket_start(&p[!k].green, NULL, &spent.green, now);
	check_int(vxc_bucket_level(&p[!k].green, &spent.green, now), 9000);
	vxc_meter(&p[k], &spent, now, 1000, 0);
	check_int(vxc_bucket_level(&p[!k].green, &spent.green, now), 9000);
}

/* Never faster than told; slower by less than 2^-33 and one unit. */
static void rate_is_exact(void)
{
	unsigned int i;

	for (i = 0; i < 1000000; i++) {
		u64 bps = VXC_RATE_MIN +
			  rnd() % (VXC_RATE_MAX - VXC_RATE_MIN + 1);
		struct vxc_bucket b;
		__int128 want, got, low;

		vxc_bucket_init(&b, bps, 1);
		want = (__int128)bps << 56;
		got = (__int128)b.rate * 8000000000LL;
		low = want - want / (1LL << 33) - 8000000000LL;
		if (!check(got <= want && got > low))
			return;
	}
}

/*
 * Three flows in one envelope, all with more than they bought: each gets its
 * CIR, the highest rank the rest, and all of them no more than the envelope.
 */
static void envelope(void)
{
	static const u64 keep[3] = { 80000, 40000, 0 };
	static const u64 cir[3] = { 100000000, 300000000, 200000000 };
	const u64 bps = 1000000000;
	struct vxc_spent spent[3] = {};
	u64 now = NSEC, end = 3 * NSEC, got[3][VXC_COLORS] = {}, all = 0;
	struct vxc_bucket total;
	struct vxc_tokens word = {};
	struct vxc_profile p[3];
	unsigned int i;

	vxc_bucket_init(&total, bps, 125000);
	vxc_bucket_start(&total, NULL, &word, now);
	for (i = 0; i < 3; i++) {
		profile_init(&p[i], cir[i], 50000, bps, 125000, false);
		vxc_bucket_start(&p[i].green, NULL, &spent[i].green, now);
		vxc_bucket_start(&p[i].yellow, NULL, &spent[i].yellow, now);
	}
	for (; now < end; now += 1 + rnd() % 4000) {
		u32 len = 64 + (u32)(rnd() % 1455);
		u8 color;

		i = (unsigned int)(rnd() % 3);
		color = vxc_meter_within(&p[i], &spent[i], &total, &word,
					 keep[i], now, len, VXC_COLOR_GREEN);
		arrivals++;
		got[i][color] += len;
		if (color != VXC_COLOR_RED)
			all += len;
	}
	for (i = 0; i < 3; i++) {
		fprintf(ktap_out, "# rank %u: green %llu yellow %llu red %llu\n",
			i, (unsigned long long)got[i][0],
			(unsigned long long)got[i][1],
			(unsigned long long)got[i][2]);
		check((double)got[i][0] >= (double)cir[i] / 8 * 2 * 0.99);
		check(got[i][0] <= cir[i] / 8 * 2 + 50000);
	}
	check(all <= bps / 8 * 2 + 125000 + 3 * 50000);
	check((double)all >= (double)bps / 8 * 2 * 0.99);
	check(got[2][1] > 10 * (got[1][1] + got[0][1]));
}

/*
 * Windows of 1 ms against an account of all frames: each is in one window, no
 * window is longer, and the peak is that of the fullest.
 */
static void windows(void)
{
	u64 now = NSEC, begin = 0, in = 0, peak = 0, sum = 0, n = 0, i;
	u64 want[VXC_LOADS] = {}, limit;
	struct vxc_load w = {};
	struct vxc_bucket b;
	unsigned int load;

	vxc_bucket_init(&b, 800000000, 1000000);	/* 100000 a ms */
	for (i = 0; i < 200000; i++) {
		u32 len = 64 + (u32)(rnd() % 1455);

		if (now - begin >= 1000000) {
			limit = 12500;
			for (load = 0; load < 7 && in > limit; load++)
				limit += limit;
			want[load] += in > 0;
			peak = in > peak ? in : peak;
			begin = now;
			in = 0;
		}
		in += len;
		sum += len;
		vxc_load_add(&w, &b, now, len);
		/* From a lull to eight times the rate, and idle times. */
		now += rnd() % 1000 ? rnd() % (1ULL << (9 + i / 500 % 8)) :
				      rnd() % 100000000;
	}
	arrivals += i;
	check_int(w.bytes.counter, sum);
	check_int(w.closed.counter, sum - in);
	check_int(w.peak.counter, peak);
	for (load = 0; load < VXC_LOADS; load++) {
		check_int(w.n[load].counter, want[load]);
		n += want[load] > 0;
	}
	check(n >= 6);
	/* A clock that is behind closes nothing. */
	vxc_load_add(&w, &b, begin - NSEC, 100);
	check_int(w.begin.counter, begin);
}

/* Threads that share one clock and one bucket. */
#define THREADS	4
#define EACH	500000

static struct {
	struct vxc_profile p;
	struct vxc_spent spent;
	u64 clock;
	u64 passed;
	unsigned int step;
} shared;

static void *contend(void *arg)
{
	u64 state = (u64)(uintptr_t)arg, passed = 0, now;
	unsigned int i;
	u32 len;

	for (i = 0; i < EACH; i++) {
		state = state * 6364136223846793005ULL + 1442695040888963407ULL;
		len = 64 + (u32)(state >> 33) % 1455;
		now = __atomic_add_fetch(&shared.clock, state >> 40 &
					 (shared.step - 1), __ATOMIC_RELAXED);
		if (vxc_meter(&shared.p, &shared.spent, now, len, 0) ==
		    VXC_COLOR_GREEN)
			passed += len;
	}
	__atomic_add_fetch(&shared.passed, passed, __ATOMIC_RELAXED);
	return NULL;
}

static void threads(void)
{
	const u64 bps = 10000000000ULL, burst = 200000, begin = NSEC;
	pthread_t t[THREADS];
	double want;
	int i;

	memset(&shared, 0, sizeof(shared));
	profile_init(&shared.p, bps, burst, 0, 0, false);
	vxc_bucket_start(&shared.p.green, NULL, &shared.spent.green, begin);
	shared.clock = begin;
	shared.step = 1024;	/* mean gap 512 ns, 12 Gbit/s */
	for (i = 0; i < THREADS; i++)
		pthread_create(&t[i], NULL, contend,
			       (void *)(uintptr_t)(rnd() | 1));
	for (i = 0; i < THREADS; i++)
		pthread_join(t[i], NULL);
	arrivals += THREADS * EACH;
	want = (double)bps / 8e9 * (double)(shared.clock - begin);
	fprintf(ktap_out, "# %d threads: %llu bytes passed, the rate is %.0f\n",
		THREADS, (unsigned long long)shared.passed, want);
	check((double)shared.passed <= want + (double)burst);
	check((double)shared.passed >= want * 0.99);
}

int main(void)
{
	static const struct test tests[] = {
		{ rate_is_exact, "rates are exact" },
		{ all_rates_and_lengths, "all rates, lengths and patterns" },
		{ one_second, "within 1 % over a second" },
		{ two_rates_apart, "three colors, any profile" },
		{ two_rates_coupled, "three colors, coupled" },
		{ idle, "idle from a nanosecond to ten years" },
		{ time_goes_back, "time goes back" },
		{ longer_than_the_burst, "longer than the burst" },
		{ rate_changes, "the rate changes" },
		{ envelope, "three flows in an envelope" },
		{ windows, "windows of 1 ms" },
		{ threads, "threads" },
	};

	return run_tests(tests, sizeof(tests) / sizeof(*tests), 10000000);
}
