// SPDX-License-Identifier: GPL-2.0
/* What became of a leg's frames, by class and color. Under rtnl. */
#include "vxc.h"

/**
 * vxc_colors_sum() - Counters of a class on a leg
 * @state: the class there
 * @sum: VXC_COLOR_COUNTERS sums
 */
void vxc_colors_sum(const struct vxc_class_state *state, u64 *sum)
{
	u64 n[VXC_COLOR_COUNTERS];
	unsigned int seq;
	int cpu, i;

	memset(sum, 0, sizeof(n));
	for_each_possible_cpu(cpu) {
		const struct vxc_pcpu_colors *s;

		s = per_cpu_ptr(state->colors, cpu);
		do {
			seq = u64_stats_fetch_begin(&s->syncp);
			for (i = 0; i < VXC_COLOR_COUNTERS; i++)
				n[i] = u64_stats_read(&s->n[i]);
		} while (u64_stats_fetch_retry(&s->syncp, seq));

		for (i = 0; i < VXC_COLOR_COUNTERS; i++)
			sum[i] += n[i];
	}
}

static void get_passed(const struct vxc_class_state *state, u64 now,
		       struct vxc_passed *passed)
{
	u64 sum[VXC_COLOR_COUNTERS];
	int dir;

	vxc_colors_sum(state, sum);
	passed->time = now;
	for (dir = 0; dir < VXC_DIRS; dir++)
		passed->bytes[dir] =
			sum[VXC_COLOR_BYTES(dir, VXC_COLOR_GREEN)] +
			sum[VXC_COLOR_BYTES(dir, VXC_COLOR_YELLOW)];
}

/* The rate from one time to another, if there is one and it is not the same. */
static void get_rate(const struct vxc_passed *from, const struct vxc_passed *to,
		     int dir, u64 *rate)
{
	u64 us = div_u64(to->time - from->time, NSEC_PER_USEC);

	if (from->time && us)
		*rate = mul_u64_u64_div_u64(to->bytes[dir] - from->bytes[dir],
					    BITS_PER_BYTE * USEC_PER_SEC, us);
}

/* The oldest that is not older than a minute; of none, one without a time. */
static const struct vxc_passed *oldest(const struct vxc_class_past *past)
{
	const struct vxc_passed *p = &past->samples[past->next];

	return p->time ? p : &past->samples[0];
}

static void sample_class(struct vxc_class_state *state, u64 now)
{
	struct vxc_class_past *past = &state->past;
	const struct vxc_passed *newest;
	struct vxc_passed passed;
	int dir;

	get_passed(state, now, &passed);
	for (dir = 0; dir < VXC_DIRS; dir++) {
		get_rate(&past->last, &passed, dir, &state->dir[dir].second);
		get_rate(oldest(past), &passed, dir, &state->dir[dir].minute);
	}
	past->last = passed;

	newest = &past->samples[(past->next ?: VXC_MINUTE_STEPS) - 1];
	if (newest->time && now - newest->time < VXC_MINUTE_STEP)
		return;
	past->samples[past->next] = passed;
	past->next = (past->next + 1) % VXC_MINUTE_STEPS;
}

/**
 * vxc_qos_sample() - Measure the rates of a leg's classes
 * @leg: the leg
 * @now: time in nanoseconds
 *
 * Once a second, or a little less often.
 */
void vxc_qos_sample(struct vxc_leg *leg, u64 now)
{
	struct vxc_class_state *state;

	if (!leg->metered)
		return;

	list_for_each_entry(state, &leg->metered->classes, list)
		sample_class(state, now);
}
