/* SPDX-License-Identifier: GPL-2.0 */
/* Random arrivals and profiles for tests of the meter; SEED repeats them. */
#ifndef METER_RANDOM_H
#define METER_RANDOM_H

#include <stdlib.h>
#include <time.h>

#include "ktap.h"
#include "meter.h"

static unsigned long arrivals;

static u64 rnd_state;

static u64 rnd(void)
{
	rnd_state ^= rnd_state << 13;
	rnd_state ^= rnd_state >> 7;
	rnd_state ^= rnd_state << 17;
	return rnd_state * 0x2545f4914f6cdd1dULL;
}

static void profile_init(struct vxc_profile *p, u64 cir, u32 cbs, u64 eir,
			 u32 ebs, bool coupled)
{
	vxc_bucket_init(&p->green, cir, cbs);
	vxc_bucket_init(&p->yellow, eir, ebs);
	p->coupled = coupled;
}

static u64 any_rate(void)
{
	return 1000 * (1 + rnd() % (1ULL << rnd() % 29));
}

struct test {
	void (*fn)(void);
	const char *name;
};

static int run_tests(const struct test *tests, unsigned int n,
		     unsigned long least)
{
	const char *seed = getenv("SEED");
	unsigned int i;

	rnd_state = seed ? strtoull(seed, NULL, 0) :
			   (u64)time(NULL) * 0x9e3779b97f4a7c15ULL;
	rnd_state |= 1;
	ktap_begin((int)n);
	fprintf(ktap_out, "# SEED=0x%llx\n", (unsigned long long)rnd_state);
	for (i = 0; i < n; i++) {
		tests[i].fn();
		ktap_test(tests[i].name);
	}
	fprintf(ktap_out, "# %lu arrivals\n", arrivals);
	check(arrivals >= least);
	return ktap_end();
}

#endif
