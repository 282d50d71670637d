// SPDX-License-Identifier: GPL-2.0
#ifdef __KERNEL__
#include <linux/math64.h>
#else
#define div_u64(a, b)	((a) / (b))
#endif

#include "degrade.h"

static void judge_way(struct vxc_degrade_way *way)
{
	way->ratio = way->of ? (__u32)div_u64((__u64)way->lost *
					      VXC_DEGRADE_ALL, way->of) :
			       VXC_DEGRADE_ALL;
}

static int is_over(const struct vxc_degrade *d,
		   const struct vxc_degrade_way *way)
{
	return !way->of || (__u64)way->lost * VXC_DEGRADE_ALL >
			   (__u64)way->of * d->threshold;
}

/* An interval is over: does it change what the leg is? */
static int judge(struct vxc_degrade *d)
{
	int bad = is_over(d, &d->far) || is_over(d, &d->near);

	judge_way(&d->far);
	judge_way(&d->near);
	d->intervals++;
	d->bad += bad;
	if (bad == d->degraded) {
		d->run = 0;
		return 0;
	}
	if (++d->run < (bad ? d->raise : d->clear))
		return 0;

	d->run = 0;
	d->degraded = bad;
	return 1;
}

static int end_interval(struct vxc_degrade *d)
{
	int changed = 0;

	/*
	 * Who has never replied may not be able to. Replies without a frame
	 * whose fate they tell come when the other end counts anew.
	 */
	if (d->answers && (!d->replies || d->far.of))
		changed = judge(d);
	d->answers |= !!d->replies;
	d->sent = 0;
	d->replies = 0;
	d->far.of = 0;
	d->far.lost = 0;
	d->near.of = 0;
	d->near.lost = 0;
	return changed;
}

/**
 * vxc_degrade_sent() - An SLM is about to be sent
 * @d: the detector
 *
 * Return: whether the leg has become degraded, or is so no more.
 */
int vxc_degrade_sent(struct vxc_degrade *d)
{
	int changed = 0;

	if (!d->slms)
		return 0;

	/* Before the first of the next: by now the last has its reply. */
	if (d->sent >= d->slms)
		changed = end_interval(d);
	d->sent++;
	return changed;
}

/**
 * vxc_degrade_reply() - A reply has come
 * @d: the detector
 * @sent: SLMs that were sent since the one of the last reply, this one too
 * @turned: those of them that the remote MEP got; 0: nobody knows
 */
void vxc_degrade_reply(struct vxc_degrade *d, __u32 sent, __u32 turned)
{
	d->replies++;
	if (!turned)
		return;

	d->far.of += sent;
	d->far.lost += sent - turned;
	d->near.of += turned;
	d->near.lost += turned - 1;
}
