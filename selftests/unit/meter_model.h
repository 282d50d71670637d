/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A model of MEF 10.4 in exact integers: a token is one bit, counted in units
 * of 10^-9, so that a nanosecond makes a whole number of them at every rate.
 * The model keeps levels and refills them, the meter counts what was made and
 * spent.
 */
#ifndef METER_MODEL_H
#define METER_MODEL_H

#include "meter.h"

#define NSEC	1000000000ULL
#define UNIT	((__int128)8 * NSEC)	/* of a byte */
#define YEAR	(365 * 86400 * NSEC)

struct pool {
	u64 bps;
	u64 burst;
	__int128 level;
};

/* Two pools filled by the time that passes, the overflow of one perhaps
 * into the other
 */
struct model {
	struct pool green, yellow;
	bool coupled;
	u64 now;
};

static __int128 pool_fill(struct pool *p, __int128 add)
{
	__int128 over;

	p->level += add;
	over = p->level - p->burst * UNIT;
	if (over <= 0)
		return 0;
	p->level -= over;
	return over;
}

static void model_init(struct model *m, u64 cir, u64 cbs, u64 eir, u64 ebs,
		       bool coupled)
{
	m->green = (struct pool) { cir, cbs, cbs * UNIT };
	m->yellow = (struct pool) { eir, ebs, ebs * UNIT };
	m->coupled = coupled;
	m->now = 0;
}

static void model_time(struct model *m, u64 now)
{
	u64 dt = now - m->now;
	__int128 over;

	m->now = now;
	over = pool_fill(&m->green, (__int128)m->green.bps * dt);
	pool_fill(&m->yellow, (__int128)m->yellow.bps * dt +
		  (m->coupled ? over : 0));
}

static bool pool_take(struct pool *p, u32 len)
{
	if (!p->burst || p->level < len * UNIT)
		return false;
	p->level -= len * UNIT;
	return true;
}

static inline u8 model_color(struct model *m, u64 now, u32 len, u8 color)
{
	model_time(m, now);
	if (color == VXC_COLOR_GREEN && pool_take(&m->green, len))
		return VXC_COLOR_GREEN;
	return pool_take(&m->yellow, len) ? VXC_COLOR_YELLOW : VXC_COLOR_RED;
}

#endif
