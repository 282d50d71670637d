// SPDX-License-Identifier: GPL-2.0
/*
 * Delay and loss, measured with DMM/DMR and SLM/SLR: what is sent on a
 * schedule, what comes back, and replies to the remote MEP.
 */
#include "oam.h"

#define DELAY_MOST	(10ULL * NSEC_PER_SEC)	/* more is no delay */
#define CLOCK_STEP	NSEC_PER_MSEC

/* The lock of the MEP is held. */
void vxc_oam_measure_start(struct vxc_mep *mep, u64 now)
{
	if (mep->cfg.dm)
		vxc_mep_arm(mep, &mep->dm_timer, now +
			    mul_u64_u32_shr((u64)mep->cfg.dm * NSEC_PER_MSEC,
					    get_random_u32(), 32));
	if (mep->cfg.sl)
		vxc_mep_arm(mep, &mep->sl_timer, now +
			    mul_u64_u32_shr((u64)mep->cfg.sl * NSEC_PER_MSEC,
					    get_random_u32(), 32));
}

/*
 * Where the remote MEP is; the lock is held. While it was not seen all of the
 * level are asked, and no answer of another than the remote MEP counts.
 */
static void remote_mac(const struct vxc_mep *mep, u8 *dest)
{
	if (mep->remote[0].seen)
		ether_addr_copy(dest, mep->remote[0].mac);
	else
		vxc_oam_class1(dest, mep->cfg.level);
}

/* The next one is due; false if the MEP is going away. */
static bool go_on(struct vxc_mep *mep, struct hrtimer *timer, u32 ms)
{
	u64 at = ktime_to_ns(hrtimer_get_expires(timer)) +
		 (u64)ms * NSEC_PER_MSEC;
	u64 now = ktime_get_ns();

	return vxc_mep_arm(mep, timer, at > now ? at : now +
			   (u64)ms * NSEC_PER_MSEC);
}

/* On the wire is the clock's time; a delay must not follow its steps. */
static void dm_stamp(u8 *pdu, u32 size, struct vxc_mep *mep)
{
	struct vxc_pdu_dm dm = { .tx_f = ktime_get_real_ns() };

	vxc_pdu_put_dm(pdu, size, mep->cfg.level, VXC_PDU_DMM, &dm);
	spin_lock(&mep->lock);
	mep->dm_skew = (s64)(dm.tx_f - ktime_get_ns());
	mep->dm.sent++;
	spin_unlock(&mep->lock);
}

enum hrtimer_restart vxc_oam_dm_send(struct hrtimer *timer)
{
	struct vxc_mep *mep = container_of(timer, struct vxc_mep, dm_timer);
	const struct vxc_oam_link *link;
	struct sk_buff *skb;
	u8 dest[ETH_ALEN];
	u8 *pdu;
	bool on;

	rcu_read_lock();
	spin_lock(&mep->lock);
	on = go_on(mep, timer, mep->cfg.dm);
	remote_mac(mep, dest);
	spin_unlock(&mep->lock);
	link = rcu_dereference(mep->point->link);
	skb = on && link ? vxc_oam_alloc(link, dest, 64, &pdu) : NULL;
	if (skb) {
		dm_stamp(pdu, 64, mep);
		vxc_oam_xmit(link, skb);
	}
	rcu_read_unlock();
	return HRTIMER_NORESTART;
}

static void dm_add(struct vxc_dm *dm, u64 delay)
{
	u64 var = delay > dm->last ? delay - dm->last : dm->last - delay;
	u64 us = div_u64(delay, NSEC_PER_USEC);
	int bin = us ? min_t(int, fls64(us), VXC_DM_BINS - 1) : 0;

	if (dm->count) {
		dm->var_count++;
		dm->var_sum += var;
		dm->var_max = max(dm->var_max, var);
	}
	if (!dm->count++ || delay < dm->min)
		dm->min = delay;
	dm->max = max(dm->max, delay);
	dm->sum += delay;
	dm->last = delay;
	dm->bin[bin]++;
}

struct dm_turn {
	u64	rx_f;
};

static void turn_dm(u8 *p, void *arg)
{
	struct dm_turn *turn = arg;

	vxc_pdu_reply_dm(p, turn->rx_f, ktime_get_real_ns());
}

static bool dm_result(struct vxc_oam_rx *rx, const struct vxc_pdu_dm *dm,
		      u64 real)
{
	const struct vxc_remote *remote = rx->mep->remote;
	const u8 *source = eth_hdr(rx->skb)->h_source;
	struct vxc_mep *mep = rx->mep;
	u64 delay = real - dm->tx_f;
	s64 skew;

	if (dm->tx_b >= dm->rx_f)
		delay -= dm->tx_b - dm->rx_f;

	spin_lock(&mep->lock);
	skew = (s64)(real - rx->now) - mep->dm_skew;
	if (skew > -(s64)CLOCK_STEP && skew < (s64)CLOCK_STEP &&
	    remote->seen && ether_addr_equal(source, remote->mac) &&
	    delay < DELAY_MOST && mep->dm.count < mep->dm.sent)
		dm_add(&mep->dm, delay);
	spin_unlock(&mep->lock);
	return true;
}

bool vxc_oam_dm(struct vxc_oam_rx *rx, const u8 *p, struct vxc_pdu *pdu)
{
	struct dm_turn turn = { .rx_f = ktime_get_real_ns() };
	struct vxc_pdu_dm dm;

	pdu->len = VXC_PDU_HEAD + pdu->fields;
	if (!vxc_pdu_get_dm(p, pdu, &dm))
		return false;
	if (pdu->opcode == VXC_PDU_DMM)
		return vxc_oam_reply(rx, pdu->fields, turn_dm, &turn);

	return dm_result(rx, &dm, turn.rx_f);
}

/*
 * Often enough, and to an end that answers: it says what the leg is worth. What
 * a peering loses may be its own.
 */
static bool counts(const struct vxc_mep *mep)
{
	return mep->cfg.sl <= VXC_SL_RECORD && mep->sl.replies && !mep->peering;
}

/* Another SLM goes out; the lock is held. */
static u32 count_slm(struct vxc_mep *mep)
{
	if (vxc_degrade_sent(&mep->degrade)) {
		mep->defects ^= VXC_DEFECT_DEGRADED;
		vxc_protect_degrade(mep->leg, mep->degrade.degraded);
	}

	mep->sl.sent++;
	if (counts(mep))
		vxc_sla_measure(mep->leg, mep->sl.sent, false);
	return mep->sl.sent;
}

enum hrtimer_restart vxc_oam_sl_send(struct hrtimer *timer)
{
	struct vxc_mep *mep = container_of(timer, struct vxc_mep, sl_timer);
	struct vxc_pdu_sl sl = { .source = mep->cfg.mepid };
	const struct vxc_oam_link *link;
	struct sk_buff *skb;
	u8 dest[ETH_ALEN];
	u8 *pdu;
	bool on;

	rcu_read_lock();
	link = rcu_dereference(mep->point->link);
	spin_lock(&mep->lock);
	/* Before it is known where the remote MEP is nothing can be lost. */
	on = go_on(mep, timer, mep->cfg.sl) && link && mep->remote[0].seen;
	if (on)
		sl.tx_f = count_slm(mep);
	sl.test = mep->sl.test;
	remote_mac(mep, dest);
	spin_unlock(&mep->lock);
	skb = on ? vxc_oam_alloc(link, dest, 64, &pdu) : NULL;
	if (skb) {
		vxc_pdu_put_sl(pdu, 64, mep->cfg.level, VXC_PDU_SLM, &sl);
		vxc_oam_xmit(link, skb);
	}
	rcu_read_unlock();
	return HRTIMER_NORESTART;
}

/*
 * Each SLR says how many SLMs were sent before it and how many had come to
 * the other end: what is missing there was lost on the way there, what is
 * missing of the SLRs themselves on the way back.
 */
static void sl_add(struct vxc_mep *mep, const struct vxc_pdu_sl *pdu)
{
	struct vxc_sl *sl = &mep->sl;
	u32 sent = pdu->tx_f - sl->last_f;
	u32 turned = pdu->tx_b - sl->last_b;

	/* Not at the first one, nor where the other end counts anew. */
	if (!sl->replies++ || turned > sent)
		turned = 0;
	if (turned) {
		sl->far += sent - turned;
		sl->near += turned - 1;
	}
	vxc_degrade_reply(&mep->degrade, sent, turned);
	sl->last_f = pdu->tx_f;
	sl->last_b = pdu->tx_b;
}

static bool sl_result(struct vxc_oam_rx *rx, const struct vxc_pdu_sl *pdu)
{
	struct vxc_mep *mep = rx->mep;
	bool ours;

	spin_lock(&mep->lock);
	/* Late ones, and those of others, would spoil the count. */
	ours = pdu->source == mep->cfg.mepid && pdu->test == mep->sl.test &&
	       pdu->responder == mep->cfg.remote &&
	       pdu->tx_f <= mep->sl.sent && pdu->tx_f > mep->sl.last_f;
	if (ours) {
		if (counts(mep))
			vxc_sla_measure(mep->leg, pdu->tx_f, true);
		sl_add(mep, pdu);
	}
	spin_unlock(&mep->lock);
	return ours;
}

struct sl_turn {
	u16	responder;
	u32	tx_b;
};

static void turn_sl(u8 *p, void *arg)
{
	struct sl_turn *turn = arg;

	vxc_pdu_reply_sl(p, turn->responder, turn->tx_b);
}

static bool sl_reply(struct vxc_oam_rx *rx, const struct vxc_pdu *pdu,
		     const struct vxc_pdu_sl *sl)
{
	struct sl_turn turn = { .responder = rx->mep->cfg.mepid };
	struct vxc_mep *mep = rx->mep;

	if (sl->source != mep->cfg.remote)
		return false;

	spin_lock(&mep->lock);
	if (mep->peer_test != sl->test) {
		mep->peer_test = sl->test;
		mep->peer_sl = 0;
	}
	turn.tx_b = ++mep->peer_sl;
	spin_unlock(&mep->lock);
	return vxc_oam_reply(rx, pdu->fields, turn_sl, &turn);
}

bool vxc_oam_sl(struct vxc_oam_rx *rx, const u8 *p, struct vxc_pdu *pdu)
{
	struct vxc_pdu_sl sl;

	pdu->len = VXC_PDU_HEAD + pdu->fields;
	if (!vxc_pdu_get_sl(p, pdu, &sl))
		return false;
	if (pdu->opcode == VXC_PDU_SLM)
		return sl_reply(rx, pdu, &sl);

	return sl_result(rx, &sl);
}
