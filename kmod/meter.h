/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Bandwidth profiles (MEF 10.4): time and length of a frame go in, its color
 * comes out. Pure: it compiles in user space, where it is tested.
 *
 * A bucket is one 64-bit word, the bytes that were ever taken from it. What
 * it holds is the bytes made so far, which are a function of the time, less
 * that word. CPUs that meter the same frames share the word and nothing else:
 * a frame costs one compare-and-exchange for each bucket it takes from, and
 * no bucket ever gives more than its burst and its rate times the time.
 */
#ifndef _VXC_METER_H
#define _VXC_METER_H

#include <linux/atomic.h>
#include <linux/compiler.h>
#include <linux/types.h>
#include <linux/vxc.h>

enum {
	VXC_COLOR_GREEN,
	VXC_COLOR_YELLOW,
	VXC_COLOR_RED,
	VXC_COLORS
};

/**
 * struct vxc_bucket - what makes tokens, a token being a byte
 * @rate: bytes per nanosecond, in units of 2^-56
 * @burst: the most that it holds; 0: there is no bucket, nothing passes
 * @made: what had been made at @since
 * @since: time from which @rate is valid, in nanoseconds
 * @until: time to which it is
 *
 * The other half of a bucket, struct vxc_tokens, outlives it when the rate
 * changes; nothing of this changes then but @until.
 */
struct vxc_bucket {
	u64				rate;
	u64				burst;
	u64				made;
	u64				since;
	u64				until;
};

/**
 * struct vxc_profile - bandwidth profile of one flow
 * @green: CIR and CBS
 * @yellow: EIR and EBS
 * @coupled: coupling flag: tokens that find the green bucket full go into the
 *	yellow one
 */
struct vxc_profile {
	struct vxc_bucket		green;
	struct vxc_bucket		yellow;
	bool				coupled;
};

/**
 * struct vxc_tokens - the other half of a bucket; all zero to begin with
 * @spent: bytes that were ever taken, or found it full
 * @made: what the last bucket had made when it was stopped
 */
struct vxc_tokens {
	atomic64_t			spent;
	u64				made;
};

/* Those of a flow. */
struct vxc_spent {
	struct vxc_tokens		green;
	struct vxc_tokens		yellow;
};

#define VXC_LOAD_NS		1000000		/* 1 ms */
#define VXC_LOADS		8

/**
 * struct vxc_load - how uneven a flow is: what comes within 1 ms
 * @begin: when the current window began, in nanoseconds
 * @bytes: bytes that ever came
 * @closed: of those, the ones before the current window
 * @peak: the most in any window
 * @n: number of windows, the first with up to an eighth of what the rate
 *	makes in that time, each with up to twice as much as the one before; in
 *	the last are all others
 *
 * A window begins with a frame, at the earliest 1 ms after the one before.
 */
struct vxc_load {
	atomic64_t			begin;
	atomic64_t			bytes;
	atomic64_t			closed;
	atomic64_t			peak;
	atomic64_t			n[VXC_LOADS];
};

void vxc_load_close(struct vxc_load *w, const struct vxc_bucket *b, u64 begin,
		    u64 now);
void vxc_bucket_init(struct vxc_bucket *b, u64 bps, u32 burst);
void vxc_bucket_start(struct vxc_bucket *b, struct vxc_bucket *old,
		      struct vxc_tokens *t, u64 now);
void vxc_bucket_stop(struct vxc_bucket *b, struct vxc_tokens *t, u64 now);
u64 vxc_bucket_level(const struct vxc_bucket *b, const struct vxc_tokens *t,
		     u64 now);
u8 vxc_meter(const struct vxc_profile *p, struct vxc_spent *spent, u64 now,
	     u32 len, u8 color);
u8 vxc_meter_within(const struct vxc_profile *p, struct vxc_spent *spent,
		    const struct vxc_bucket *envelope, struct vxc_tokens *total,
		    u64 keep, u64 now, u32 len, u8 color);
u8 vxc_meter_shared(const struct vxc_bucket *cir, struct vxc_tokens *own,
		    const struct vxc_profile *envelope,
		    struct vxc_spent *total, const u64 *keep, u64 now, u32 len,
		    u8 color, bool due);
void vxc_meter_refund(struct vxc_spent *spent, u32 len, u8 color);

/**
 * vxc_load_add() - A frame has come
 * @w: windows of its flow
 * @b: the bucket with the rate to compare it with
 * @now: time in nanoseconds
 * @len: length in bytes
 */
static __always_inline void
vxc_load_add(struct vxc_load *w, const struct vxc_bucket *b, u64 now, u32 len)
{
	u64 begin = atomic64_read(&w->begin);

	if (unlikely((s64)(now - begin) >= VXC_LOAD_NS))
		vxc_load_close(w, b, begin, now);
	atomic64_add(len, &w->bytes);
}

#endif /* _VXC_METER_H */
