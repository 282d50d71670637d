/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a frame takes from a bucket. A frame with all features on meets two of
 * them, where calls would be half of what metering costs. Pure, as meter.c.
 */
#ifndef _VXC_BUCKET_H
#define _VXC_BUCKET_H

#include <linux/bits.h>
#include <linux/compiler.h>
#include <linux/math64.h>
#include <linux/minmax.h>

#include "meter.h"

#define VXC_RATE_SHIFT	56

/*
 * How far what was spent can be ahead of what was made: another CPU's clock
 * was read later, or frames were charged that had to pass. Even at the highest
 * rate it is 22 seconds. Anything beyond is a bucket that has been left alone
 * for so long that the difference has become negative, which takes 11 years.
 */
#define VXC_AHEAD_MAX	BIT_ULL(40)

/*
 * Time may be a little before @since, on a CPU that read it earlier, and after
 * @until, on one that has not yet seen the bucket's successor.
 */
static __always_inline u64
vxc_bucket_made(const struct vxc_bucket *b, u64 now)
{
	u64 time = min(now, READ_ONCE(b->until));

	time = time > b->since ? time - b->since : 0;
	return b->made + mul_u64_u64_shr(time, b->rate, VXC_RATE_SHIFT);
}

/* What there is of @got tokens; the excess over the burst is added to @from. */
static __always_inline u64
vxc_bucket_holds(const struct vxc_bucket *b, u64 got, u64 *from)
{
	u64 have = got - *from;

	if (have <= b->burst)
		return have;
	if (have >= -VXC_AHEAD_MAX)
		return 0;

	*from = got - b->burst;
	return b->burst;
}

/* Take @len tokens if there are @need of them. */
static __always_inline bool
vxc_bucket_take(const struct vxc_bucket *b, struct vxc_tokens *t, u64 now,
		u32 len, u64 need)
{
	s64 old = atomic64_read(&t->spent);
	u64 got = vxc_bucket_made(b, now), from;

	do {
		from = old;
		if (vxc_bucket_holds(b, got, &from) < need)
			return false;
	} while (!atomic64_try_cmpxchg_relaxed(&t->spent, &old, from + len));

	return true;
}

/*
 * The same where it is easy: @time after @since, at which the bucket was not
 * stopped, there are @need tokens, and no other CPU takes any just now. False:
 * nothing was taken, it may be for vxc_bucket_take() all the same.
 */
static __always_inline bool
vxc_bucket_take_quick(const struct vxc_bucket *b, struct vxc_tokens *t,
		      u64 time, u32 len, u32 need)
{
	u64 got = b->made + mul_u64_u64_shr(time, b->rate, VXC_RATE_SHIFT);
	s64 old = atomic64_read(&t->spent);
	s64 have = min_t(s64, got - old, b->burst);

	return have >= (s64)need &&
	       atomic64_try_cmpxchg_relaxed(&t->spent, &old, got - have + len);
}

/*
 * A packet longer than the burst, which only the sum of the segments of one
 * can be, takes all there is once the bucket is full, and the rest as debt.
 *
 * A bucket that was stopped says nothing of what there is, as its successor
 * makes more and gives it away. The frame that is late for it passes, and is
 * charged: it is one for each CPU and change, those after it see the successor.
 */
static __always_inline bool
vxc_bucket_take_frame(const struct vxc_bucket *b, struct vxc_tokens *t,
		      u64 now, u32 len, u64 keep)
{
	u64 need = min_t(u64, len + keep, b->burst);

	if (!b->burst)
		return false;
	if (unlikely(now > READ_ONCE(b->until)))
		need = 0;

	return vxc_bucket_take(b, t, now, len, need);
}

#endif /* _VXC_BUCKET_H */
