// SPDX-License-Identifier: GPL-2.0
#include <linux/bits.h>
#include <linux/compiler.h>
#include <linux/limits.h>
#include <linux/math64.h>
#include <linux/minmax.h>

#include "bucket.h"

/**
 * vxc_bucket_init() - Rate and burst of a bucket
 * @b: the bucket
 * @bps: bit/s, VXC_RATE_MIN to VXC_RATE_MAX, or 0 for no bucket
 * @burst: bytes
 *
 * Both divisions are exact but for the last digit, which is cut: the bucket is
 * never faster than @bps, and slower by less than one part in 2^33.
 */
void vxc_bucket_init(struct vxc_bucket *b, u64 bps, u32 burst)
{
	u32 rem;

	/* bps * 2^56 / 8,000,000,000, in two steps that fit into 64 bits. */
	b->rate = div_u64_rem(bps << 24, 15625000, &rem) << 23;
	b->rate += div_u64((u64)rem << 23, 15625000);
	b->burst = bps ? burst : 0;
	b->made = b->burst;
	b->since = 0;
	b->until = U64_MAX;
}

/**
 * vxc_bucket_level() - What a bucket holds
 * @b: the bucket
 * @t: its tokens
 * @now: time in nanoseconds
 *
 * Return: bytes.
 */
u64 vxc_bucket_level(const struct vxc_bucket *b, const struct vxc_tokens *t,
		     u64 now)
{
	u64 from = atomic64_read(&t->spent);

	return vxc_bucket_holds(b, vxc_bucket_made(b, now), &from);
}

/* What a bucket cannot hold counts as spent. Returns how much that was. */
static u64 spill(const struct vxc_bucket *b, struct vxc_tokens *t, u64 now)
{
	s64 old = atomic64_read(&t->spent);
	u64 got = vxc_bucket_made(b, now), from;

	do {
		from = old;
		vxc_bucket_holds(b, got, &from);
		if (from == (u64)old)
			return 0;
	} while (!atomic64_try_cmpxchg_relaxed(&t->spent, &old, from));

	return from - (u64)old;
}

/**
 * vxc_bucket_stop() - A bucket makes no more tokens
 * @b: the bucket
 * @t: its tokens
 * @now: time in nanoseconds
 *
 * Frames may be metered with it for a while all the same.
 */
void vxc_bucket_stop(struct vxc_bucket *b, struct vxc_tokens *t, u64 now)
{
	if (!b->burst)
		return;

	WRITE_ONCE(b->until, now);
	spill(b, t, now);
	t->made = vxc_bucket_made(b, now);
}

/**
 * vxc_bucket_start() - A bucket begins to make tokens
 * @b: the bucket, initialized
 * @old: the bucket that has made them so far, or NULL
 * @t: the tokens
 * @now: time in nanoseconds
 *
 * What @old holds is kept, as far as it fits; a frame that is still metered
 * with @old while @b is in use takes from the same tokens. Without @old, the
 * bucket is full.
 */
void vxc_bucket_start(struct vxc_bucket *b, struct vxc_bucket *old,
		      struct vxc_tokens *t, u64 now)
{
	if (old)
		vxc_bucket_stop(old, t, now);
	b->since = now;
	b->made = t->made;
	if (!old || !old->burst)
		b->made += b->burst;
}

/* The same for what is not the usual case. */
static bool take(const struct vxc_bucket *b, struct vxc_tokens *t, u64 now,
		 u32 len, u64 need)
{
	return vxc_bucket_take(b, t, now, len, need);
}

static bool take_frame(const struct vxc_bucket *b, struct vxc_tokens *t,
		       u64 now, u32 len, u64 keep)
{
	return vxc_bucket_take_frame(b, t, now, len, keep);
}

/* Tokens that found the green bucket full are yellow ones. */
static void couple(const struct vxc_profile *p, struct vxc_spent *spent,
		   u64 now)
{
	u64 over = spill(&p->green, &spent->green, now);

	/* More than it can hold would be lost anyway. */
	if (over)
		atomic64_sub(min(over, p->yellow.burst), &spent->yellow.spent);
}

/**
 * vxc_meter() - The color of a frame
 * @p: bandwidth profile
 * @spent: its tokens
 * @now: time in nanoseconds
 * @len: length in bytes
 * @color: color that the frame came with: VXC_COLOR_YELLOW takes no green
 *	tokens; VXC_COLOR_GREEN also where the profile is color blind
 *
 * Return: enum vxc_color; VXC_COLOR_RED has to be dropped.
 */
u8 vxc_meter(const struct vxc_profile *p, struct vxc_spent *spent, u64 now,
	     u32 len, u8 color)
{
	if (unlikely(p->coupled))
		couple(p, spent, now);
	if (likely(color == VXC_COLOR_GREEN &&
		   vxc_bucket_take_frame(&p->green, &spent->green, now, len,
					 0)))
		return VXC_COLOR_GREEN;
	if (take_frame(&p->yellow, &spent->yellow, now, len, 0))
		return VXC_COLOR_YELLOW;

	return VXC_COLOR_RED;
}

/**
 * vxc_meter_within() - The color of a frame of a flow that shares an envelope
 * @p: bandwidth profile of the flow
 * @spent: its tokens
 * @envelope: bucket that all its flows share
 * @total: its tokens
 * @keep: what yellow frames of this flow have to leave there: the lower its
 *	rank, the more
 * @now: time in nanoseconds
 * @len: length in bytes
 * @color: color that the frame came with
 *
 * A green frame has its flow's own tokens and passes even if others have just
 * emptied the envelope; it is charged there all the same. What no flow's CIR
 * uses is left for yellow frames, the flow of the highest rank first. As all
 * CIR together are not above the envelope's rate, no more passes in time t
 * than that rate times t, and the burst of the envelope and of all flows.
 *
 * Return: enum vxc_color.
 */
u8 vxc_meter_within(const struct vxc_profile *p, struct vxc_spent *spent,
		    const struct vxc_bucket *envelope, struct vxc_tokens *total,
		    u64 keep, u64 now, u32 len, u8 color)
{
	/* The usual frame, as vxc_meter() has it. */
	if (likely(color == VXC_COLOR_GREEN && !p->coupled)) {
		if (likely(vxc_bucket_take_frame(&p->green, &spent->green, now,
						 len, 0))) {
			vxc_bucket_take(envelope, total, now, len, 0);
			return VXC_COLOR_GREEN;
		}
		color = VXC_COLOR_YELLOW;
	}

	color = vxc_meter(p, spent, now, len, color);
	if (color == VXC_COLOR_GREEN) {
		take(envelope, total, now, len, 0);
	} else if (color == VXC_COLOR_YELLOW &&
		   !take_frame(envelope, total, now, len, keep)) {
		/* It does not count against the flow's EIR either. */
		atomic64_sub(len, &spent->yellow.spent);
		color = VXC_COLOR_RED;
	}

	return color;
}

/**
 * vxc_meter_refund() - A frame that vxc_meter() has let pass does not
 * @spent: tokens of the profile
 * @len: length in bytes
 * @color: color that it had there
 */
void vxc_meter_refund(struct vxc_spent *spent, u32 len, u8 color)
{
	struct vxc_tokens *t = color == VXC_COLOR_GREEN ? &spent->green :
							  &spent->yellow;

	atomic64_sub(len, &t->spent);
}

/**
 * vxc_meter_shared() - The color of a frame of one who shares an envelope
 * @cir: bucket of its own CIR there
 * @own: its tokens
 * @envelope: bandwidth profile that all share
 * @total: its tokens
 * @keep: by color, what frames beyond the CIR have to leave there: the lower
 *	the rank, the more
 * @now: time in nanoseconds
 * @len: length in bytes
 * @color: color that the frame has by all other meters, green or yellow
 * @due: it has been promised to pass, as part of the CIR
 *
 * What is within the CIR passes even if others have just emptied the envelope,
 * and is charged there all the same; yellow frames leave half of the CBS to
 * green ones. What no CIR uses is left for the rest, of the highest rank first.
 * As all CIRs together are not above the envelope's, no
 * more passes in time t than its rates times t, its bursts, and those of all
 * CIRs.
 *
 * Return: enum vxc_color.
 */
u8 vxc_meter_shared(const struct vxc_bucket *cir, struct vxc_tokens *own,
		    const struct vxc_profile *envelope,
		    struct vxc_spent *total, const u64 *keep, u64 now, u32 len,
		    u8 color, bool due)
{
	u64 half = color == VXC_COLOR_YELLOW ? cir->burst / 2 : 0;

	if (envelope->coupled)
		couple(envelope, total, now);
	if (due && cir->burst)
		take(cir, own, now, len, 0);
	if (due || take_frame(cir, own, now, len, half)) {
		take(&envelope->green, &total->green, now, len, 0);
		return color;
	}
	if (take_frame(&envelope->green, &total->green, now, len,
		       keep[VXC_COLOR_GREEN]))
		return color;
	if (take_frame(&envelope->yellow, &total->yellow, now, len,
		       keep[VXC_COLOR_YELLOW]))
		return VXC_COLOR_YELLOW;

	return VXC_COLOR_RED;
}

/* Move a word ahead. Returns by how much, 0 if another CPU was faster. */
static u64 advance(atomic64_t *word, s64 to)
{
	s64 old = atomic64_read(word);

	do {
		if (to <= old)
			return 0;
	} while (!atomic64_try_cmpxchg_relaxed(word, &old, to));

	return to - old;
}

/**
 * vxc_load_close() - The window of a flow is over
 * @w: windows of the flow
 * @b: the bucket with the rate to compare it with
 * @begin: when it began
 * @now: time in nanoseconds
 *
 * One CPU does it, whichever is the first after the window's end.
 */
void vxc_load_close(struct vxc_load *w, const struct vxc_bucket *b, u64 begin,
		    u64 now)
{
	/* The rate has been cut: without the 1 it would make a byte less. */
	u64 all = mul_u64_u64_shr(VXC_LOAD_NS, b->rate, VXC_RATE_SHIFT) + 1;
	s64 old = begin;
	int load = 0;
	u64 bytes;

	if (!atomic64_try_cmpxchg_relaxed(&w->begin, &old, now))
		return;

	bytes = advance(&w->closed, atomic64_read(&w->bytes));
	if (!bytes)
		return;

	while (load < VXC_LOADS - 1 && bytes * 8 > all << load)
		load++;
	atomic64_inc(&w->n[load]);
	advance(&w->peak, bytes);
}
