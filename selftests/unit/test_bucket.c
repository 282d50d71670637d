// SPDX-License-Identifier: GPL-2.0
/* What the usual frame takes from a bucket is what any frame takes. */
#include <stdint.h>
#include <stdlib.h>

#include "bucket.h"
#include "ktap.h"
#include "meter_random.h"

#define YEAR	(365ULL * 86400 * 1000000000)

/* Any bucket in any state: full, empty, in debt, or left alone for years. */
static void any_state(struct vxc_bucket *b, struct vxc_tokens *t, u64 *now)
{
	u32 burst = rnd() % 8 ? (u32)(rnd() % 100000) : 0;
	u64 bps = any_rate(), begin = rnd() % (20 * YEAR);

	memset(t, 0, sizeof(*t));
	vxc_bucket_init(b, bps, burst);
	vxc_bucket_start(b, NULL, t, begin);
	*now = begin + rnd() % (1ULL << (rnd() % 59));
	switch (rnd() % 4) {
	case 0:		/* full at any time, and since */
		atomic64_add((s64)(rnd() % (burst + 1)), &t->spent);
		break;
	case 1:		/* as if it has been in use until now, or in debt */
		t->spent.counter = (s64)vxc_bucket_made(b, *now);
		atomic64_sub((s64)(rnd() % (burst + 1)), &t->spent);
		break;
	case 2:
		t->spent.counter = (s64)vxc_bucket_made(b, *now);
		atomic64_add((s64)(rnd() % 100000), &t->spent);
		break;
	default:	/* more than an s64 can tell behind */
		t->spent.counter = (s64)(vxc_bucket_made(b, *now) - rnd());
	}
}

static unsigned long quick;

static void frames(bool charge)
{
	struct vxc_tokens t, full;
	struct vxc_bucket b;
	bool taken, passes;
	u64 now, before;
	unsigned int i;
	u32 len;

	quick = 0;
	for (i = 0; i < 2000000; i++) {
		any_state(&b, &t, &now);
		len = 1 + (u32)(rnd() % 9100);
		full = t;
		before = (u64)t.spent.counter;
		arrivals++;
		taken = vxc_bucket_take_quick(&b, &t, now - b.since, len,
					      charge ? 0 : len);
		if (!taken) {
			check((u64)t.spent.counter == before);
			continue;
		}
		quick++;
		passes = charge ? vxc_bucket_take(&b, &full, now, len, 0) :
			 vxc_bucket_take_frame(&b, &full, now, len, 0);
		check(passes);
		check(t.spent.counter == full.spent.counter);
	}
	fprintf(ktap_out, "# %lu of %u were quick\n", quick, i);
	check(quick > i / 8 && quick < i);
}

static void takes(void)
{
	frames(false);
}

static void charges(void)
{
	frames(true);
}

/* A flow within its rate never needs more than the quick way. */
static void within_the_rate(void)
{
	struct vxc_tokens t = {};
	struct vxc_bucket b;
	u64 now = YEAR;
	unsigned int i;

	vxc_bucket_init(&b, 8000000000ULL, 9100);	/* a byte a ns */
	vxc_bucket_start(&b, NULL, &t, now);
	for (i = 0; i < 1000000; i++) {
		u32 len = 64 + (u32)(rnd() % 9037);

		arrivals++;
		check(vxc_bucket_take_quick(&b, &t, now - b.since, len, len));
		now += len + 1;
	}
}

int main(void)
{
	static const struct test tests[] = {
		{ takes, "a frame that finds tokens" },
		{ charges, "a frame that is charged whatever there is" },
		{ within_the_rate, "all of a flow within its rate" },
	};

	return run_tests(tests, sizeof(tests) / sizeof(*tests), 1000000);
}
