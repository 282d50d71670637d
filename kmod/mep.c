// SPDX-License-Identifier: GPL-2.0
/*
 * Continuity check: CCMs sent, CCMs received, and the defects that follow.
 * All timers are hrtimers that run in softirq. The one that looks for defects
 * is not touched by the CCMs that come: when it expires it sees when the last
 * one came, and sets itself anew.
 */
#include <linux/random.h>
#include <linux/slab.h>

#include "oam.h"

static const struct {
	u32	us;	/* as configured */
	u64	ns;
} intervals[] = {
	{ 3333, 3333333 }, { 10000, 10000000 }, { 100000, 100000000 },
	{ 1000000, 1000000000 }, { 10000000, 10000000000 },
	{ 60000000, 60000000000 }, { 600000000, 600000000000 },
};

/* The code that CCMs have for an interval in microseconds; 0: for none. */
u8 vxc_mep_interval_code(u32 us)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(intervals); i++)
		if (intervals[i].us == us)
			return i + 1;

	return 0;
}

/* 3.5 intervals of a code. */
static u64 patience(u8 code)
{
	return intervals[code - 1].ns / 2 * 7;
}

/**
 * vxc_mep_arm() - Let a timer expire at a time, or earlier if it does so
 * @mep: the MEP; its lock is held
 * @timer: one of its timers
 * @at: when, in nanoseconds
 *
 * Return: false if the MEP is going away.
 */
bool vxc_mep_arm(struct vxc_mep *mep, struct hrtimer *timer, u64 at)
{
	if (mep->dead)
		return false;
	if (!hrtimer_is_queued(timer) ||
	    ktime_to_ns(hrtimer_get_expires(timer)) > at)
		hrtimer_start(timer, ns_to_ktime(at), HRTIMER_MODE_ABS_SOFT);

	return true;
}

static const struct {
	u32	defect;
	u8	reason;
} lasting[VXC_OAM_LASTING] = {
	[VXC_OAM_MISMERGE] = { VXC_DEFECT_MISMERGE, VXC_REASON_MISMERGE },
	[VXC_OAM_MEP] = { VXC_DEFECT_UNEXPECTED_MEP,
			  VXC_REASON_UNEXPECTED_MEP },
	[VXC_OAM_LEVEL] = { VXC_DEFECT_UNEXPECTED_LEVEL,
			    VXC_REASON_UNEXPECTED_LEVEL },
	[VXC_OAM_PERIOD] = { VXC_DEFECT_UNEXPECTED_PERIOD, VXC_REASON_NONE },
	[VXC_OAM_LOOP] = { VXC_DEFECT_LOOP, VXC_REASON_LOOP },
	[VXC_OAM_AIS] = { VXC_DEFECT_AIS, VXC_REASON_NONE },
	[VXC_OAM_LCK] = { VXC_DEFECT_LCK, VXC_REASON_NONE },
};

/* The fault behind a loss of CCMs: one that is known already, if it is. */
static u8 loss_reason(const struct vxc_mep *mep)
{
	if (mep->defects & VXC_DEFECT_LCK)
		return VXC_REASON_LCK;

	return mep->defects & VXC_DEFECT_AIS ? VXC_REASON_AIS :
					       VXC_REASON_CCM_LOSS;
}

/* Of the remote MEPs that were seen none is heard, and one was seen. */
bool vxc_mep_hears_none(const struct vxc_mep *mep)
{
	bool seen = false;
	unsigned int i;

	for (i = 0; i < vxc_mep_remotes(mep); i++) {
		if (!mep->remote[i].seen)
			continue;
		if (!mep->remote[i].loc)
			return false;
		seen = true;
	}

	return seen;
}

/*
 * Which defects make the leg fail. A remote MEP that was never seen may not be
 * there yet, and one that has only just come does not see us yet. Of several
 * remote MEPs each sends RDI when it misses any other: that is not our leg.
 */
static u8 judge(const struct vxc_mep *mep)
{
	int i;

	if (mep->defects & VXC_DEFECT_LOC && vxc_mep_hears_none(mep))
		return loss_reason(mep);
	for (i = 0; i < VXC_OAM_LASTING; i++)
		if (mep->defects & lasting[i].defect && lasting[i].reason)
			return lasting[i].reason;
	if (mep->defects & VXC_DEFECT_RDI && mep->remote[0].good &&
	    !mep->cfg.n_also)
		return VXC_REASON_REMOTE_DEFECT;

	return VXC_REASON_NONE;
}

/* Whether the MEP says in its CCMs that it does not receive as it should. */
bool vxc_mep_sends_rdi(const struct vxc_mep *mep)
{
	return mep->defects & (VXC_DEFECT_LOC | VXC_DEFECT_MISMERGE |
			       VXC_DEFECT_UNEXPECTED_MEP |
			       VXC_DEFECT_UNEXPECTED_LEVEL | VXC_DEFECT_LOOP);
}

/*
 * What it sees has changed. A leg may fail by it; all the peerings of a circuit
 * are switched together, so what one of them sees is only told.
 */
static void tell(struct vxc_mep *mep)
{
	if (mep->peering)
		vxc_announce_peering(mep->peering);
	else
		vxc_protect_signal(mep->leg, mep->fail);
}

/* The defects are no longer these; the lock is held. */
static void follow(struct vxc_mep *mep, u32 before, bool rdi_before, u64 now)
{
	u8 fail = judge(mep);

	if (mep->defects == before && mep->fail == fail)
		return;

	mep->fail = fail;
	tell(mep);
	/* The peer need not wait for the next CCM to know. */
	if (vxc_mep_sends_rdi(mep) != rdi_before) {
		mep->tx_next = now;
		vxc_mep_arm(mep, &mep->tx, now);
	}
}

static void lasts(struct vxc_mep *mep, int which, u8 code, u64 now)
{
	mep->until[which] = now + patience(code);
	mep->defects |= lasting[which].defect;
	vxc_mep_arm(mep, &mep->check, mep->until[which]);
}

static void count_ccm(struct vxc_remote *r, u32 seq)
{
	u32 gap = seq - r->rx_seq;

	/* A peer that numbers its CCMs, and has not begun anew. */
	if (r->ccm_rx++ && gap > 1 && gap < 65536 && r->rx_seq)
		r->ccm_lost += gap - 1;
	r->rx_seq = seq;
}

/*
 * The MEP has a defect as long as one of its remote MEPs has. Of several each
 * change is told, though it may be none of the MEP's own.
 */
static void set_defect(struct vxc_mep *mep, bool *is, bool to, u8 *count,
		       u32 defect)
{
	if (*is == to)
		return;

	*is = to;
	*count += to ? 1 : -1;
	if (*count)
		mep->defects |= defect;
	else
		mep->defects &= ~defect;
	if (mep->cfg.n_also)
		tell(mep);
}

static void set_loc(struct vxc_mep *mep, struct vxc_remote *r, bool to)
{
	set_defect(mep, &r->loc, to, &mep->lost, VXC_DEFECT_LOC);
}

static void set_rdi(struct vxc_mep *mep, struct vxc_remote *r, bool to)
{
	set_defect(mep, &r->rdi, to, &mep->rdis, VXC_DEFECT_RDI);
}

static void expected(struct vxc_mep *mep, struct vxc_remote *r,
		     const struct vxc_pdu_ccm *ccm, const u8 *source, u64 now)
{
	if (!r->seen)
		r->began = now;
	r->seen = true;
	r->last_rx = now;
	count_ccm(r, ccm->seq);
	ether_addr_copy(r->mac, source);
	r->port_status = ccm->port_status;
	r->if_status = ccm->if_status;

	if (!ccm->rdi || now - r->began >= patience(mep->code))
		r->good = true;
	if (ccm->rdi != r->rdi)
		set_rdi(mep, r, ccm->rdi);
	if (r->loc) {
		set_loc(mep, r, false);
		vxc_mep_arm(mep, &mep->check, now + patience(mep->code));
	}
}

/* The remote MEP with a MEPID, or NULL. */
struct vxc_remote *vxc_mep_remote(struct vxc_mep *mep, u16 mepid)
{
	unsigned int i;

	for (i = 0; i < vxc_mep_remotes(mep); i++)
		if (mep->remote[i].mepid == mepid)
			return &mep->remote[i];

	return NULL;
}

/**
 * vxc_mep_ccm() - A CCM that is well formed and addressed to the MEP
 * @mep: the MEP
 * @ccm: the CCM
 * @level: its level, the MEP's or a lower one
 * @source: its source address
 * @own: that is the address of the MEP's port
 * @now: the time, in nanoseconds
 */
void vxc_mep_ccm(struct vxc_mep *mep, const struct vxc_pdu_ccm *ccm, u8 level,
		 const u8 *source, bool own, u64 now)
{
	const struct vxc_mep_cfg *cfg = &mep->cfg;
	struct vxc_remote *r;
	bool rdi_before;
	u32 before;

	r = vxc_mep_remote(mep, ccm->mepid);
	spin_lock(&mep->lock);
	before = mep->defects;
	rdi_before = vxc_mep_sends_rdi(mep);
	if (mep->dead)
		goto out;
	if (level < cfg->level)
		lasts(mep, VXC_OAM_LEVEL, ccm->interval, now);
	else if (memcmp(ccm->maid, mep->maid, VXC_PDU_MAID))
		lasts(mep, VXC_OAM_MISMERGE, ccm->interval, now);
	else if (ccm->mepid == cfg->mepid && own)
		lasts(mep, VXC_OAM_LOOP, ccm->interval, now);
	else if (!r)
		lasts(mep, VXC_OAM_MEP, ccm->interval, now);
	else if (ccm->interval != mep->code)
		lasts(mep, VXC_OAM_PERIOD, ccm->interval, now);
	else
		expected(mep, r, ccm, source, now);
	follow(mep, before, rdi_before, now);
out:
	spin_unlock(&mep->lock);
}

/**
 * vxc_mep_alarm() - An AIS or LCK PDU of the MEP's level
 * @mep: the MEP
 * @opcode: which of them
 * @code: code of its period
 * @now: the time, in nanoseconds
 *
 * By itself it makes no leg fail: as long as CCMs come the leg works.
 *
 * Return: false if it has no period of one second or one minute.
 */
bool vxc_mep_alarm(struct vxc_mep *mep, u8 opcode, u8 code, u64 now)
{
	bool ais = opcode == VXC_PDU_AIS;
	u32 before;

	if (!code || (intervals[code - 1].us != USEC_PER_SEC &&
		      intervals[code - 1].us != 60 * USEC_PER_SEC))
		return false;

	spin_lock(&mep->lock);
	before = mep->defects;
	if (!mep->dead) {
		(*(ais ? &mep->ais_rx : &mep->lck_rx))++;
		lasts(mep, ais ? VXC_OAM_AIS : VXC_OAM_LCK, code, now);
		follow(mep, before, vxc_mep_sends_rdi(mep), now);
	}
	spin_unlock(&mep->lock);
	return true;
}

/* Are remote MEPs lost? Returns when to look again, U64_MAX: never. */
static u64 check_remotes(struct vxc_mep *mep, u64 now)
{
	u64 next = U64_MAX, loss;
	struct vxc_remote *r;
	unsigned int i;

	for (i = 0; i < vxc_mep_remotes(mep); i++) {
		r = &mep->remote[i];
		loss = r->last_rx + patience(mep->code);
		if (r->loc)
			continue;
		if (now < loss) {
			next = min(next, loss);
			continue;
		}
		set_loc(mep, r, true);
		/* What it said last is no longer known to be so. */
		set_rdi(mep, r, false);
	}

	return next;
}

/* Do defects begin or end? Returns when to look again, U64_MAX: never. */
static u64 check_defects(struct vxc_mep *mep, u64 now)
{
	u64 next = check_remotes(mep, now);
	int i;

	for (i = 0; i < VXC_OAM_LASTING; i++) {
		if (!(mep->defects & lasting[i].defect))
			continue;
		if (now >= mep->until[i])
			mep->defects &= ~lasting[i].defect;
		else
			next = min(next, mep->until[i]);
	}

	return next;
}

static enum hrtimer_restart check_expired(struct hrtimer *timer)
{
	struct vxc_mep *mep = container_of(timer, struct vxc_mep, check);
	u64 now = ktime_get_ns(), next;
	bool rdi_before;
	u32 before;

	rcu_read_lock();
	spin_lock(&mep->lock);
	if (!mep->dead) {
		before = mep->defects;
		rdi_before = vxc_mep_sends_rdi(mep);
		next = check_defects(mep, now);
		if (next != U64_MAX)
			vxc_mep_arm(mep, timer, next);
		follow(mep, before, rdi_before, now);
	}
	spin_unlock(&mep->lock);
	rcu_read_unlock();
	return HRTIMER_NORESTART;
}

/* Whether traffic may pass where the MEP is, whichever leg is active. */
static bool is_open(const struct vxc_mep *mep)
{
	const struct vxc_peering *p = mep->peering;

	if (p && !(READ_ONCE(p->dev->flags) & IFF_UP))
		return false;

	return READ_ONCE(mep->leg->circuit->enabled);
}

static void send_ccm(struct vxc_mep *mep, bool rdi, u32 seq)
{
	const struct vxc_oam_link *link;
	struct sk_buff *skb;
	u8 dest[ETH_ALEN];
	u8 *pdu;

	link = rcu_dereference(mep->point->link);
	if (!link)
		return;

	vxc_oam_class1(dest, mep->cfg.level);
	skb = vxc_oam_alloc(link, dest, mep->frame_len, &pdu);
	if (!skb)
		return;

	memcpy(pdu, mep->frame, mep->frame_len);
	vxc_pdu_again_ccm(pdu, rdi, seq, is_open(mep) ?
			  VXC_PORT_STATUS_UP : VXC_PORT_STATUS_BLOCKED);
	if (vxc_oam_xmit(link, skb)) {
		spin_lock(&mep->lock);
		mep->ccm_tx++;
		spin_unlock(&mep->lock);
	}
}

static enum hrtimer_restart tx_expired(struct hrtimer *timer)
{
	struct vxc_mep *mep = container_of(timer, struct vxc_mep, tx);
	u64 now = ktime_get_ns();
	bool rdi, dead;
	u32 seq;

	rcu_read_lock();
	spin_lock(&mep->lock);
	dead = mep->dead;
	rdi = vxc_mep_sends_rdi(mep);
	seq = mep->seq++;
	/* In step, unless it is late by more than an interval. */
	mep->tx_next += mep->interval;
	if (mep->tx_next <= now)
		mep->tx_next = now + mep->interval;
	vxc_mep_arm(mep, timer, mep->tx_next);
	spin_unlock(&mep->lock);
	if (!dead)
		send_ccm(mep, rdi, seq);
	rcu_read_unlock();
	return HRTIMER_NORESTART;
}

static void put_template(struct vxc_mep *mep)
{
	struct vxc_pdu_ccm ccm = {
		.interval = mep->code,
		.mepid = mep->cfg.mepid,
		.maid = mep->maid,
		.port_status = VXC_PORT_STATUS_UP,
		.if_status = VXC_IF_STATUS_UP,
	};

	mep->frame_len = vxc_pdu_put_ccm(mep->frame, sizeof(mep->frame),
					 mep->cfg.level, &ccm);
}

/* A MEP as it is configured, that has no place yet and is not started. */
struct vxc_mep *vxc_mep_alloc(const struct vxc_mep_cfg *cfg, const u8 *maid)
{
	struct vxc_mep *mep;
	unsigned int i;

	mep = kzalloc(struct_size(mep, remote, 1 + cfg->n_also),
		      GFP_KERNEL_ACCOUNT);
	if (!mep)
		return NULL;

	mep->cfg = *cfg;
	for (i = 0; i < vxc_mep_remotes(mep); i++)
		mep->remote[i].mepid = i ? mep->cfg.also[i - 1] :
					   mep->cfg.remote;
	mep->code = vxc_mep_interval_code(mep->cfg.ccm);
	mep->interval = intervals[mep->code - 1].ns;
	memcpy(mep->maid, maid, sizeof(mep->maid));
	put_template(mep);
	spin_lock_init(&mep->lock);
	mep->seq = 1;
	mep->next_id = get_random_u32();
	mep->sl.test = get_random_u32();
	if (mep->cfg.sd) {
		mep->degrade.slms = mep->cfg.sd_interval / mep->cfg.sl;
		mep->degrade.threshold = mep->cfg.sd;
		mep->degrade.raise = mep->cfg.sd_raise;
		mep->degrade.clear = mep->cfg.sd_clear;
	}
	vxc_hrtimer_setup(&mep->tx, tx_expired);
	vxc_hrtimer_setup(&mep->check, check_expired);
	vxc_hrtimer_setup(&mep->dm_timer, vxc_oam_dm_send);
	vxc_hrtimer_setup(&mep->sl_timer, vxc_oam_sl_send);
	return mep;
}

void vxc_mep_start(struct vxc_mep *mep)
{
	u64 now = ktime_get_ns();
	unsigned int i;

	spin_lock_bh(&mep->lock);
	for (i = 0; i < vxc_mep_remotes(mep); i++)
		mep->remote[i].last_rx = now;
	mep->credited = now;
	/* Not all at once, should many begin together. */
	mep->tx_next = now + mul_u64_u32_shr(mep->interval, get_random_u32(),
					     32);
	vxc_mep_arm(mep, &mep->tx, mep->tx_next);
	vxc_mep_arm(mep, &mep->check, now + patience(mep->code));
	vxc_oam_measure_start(mep, now);
	spin_unlock_bh(&mep->lock);
}

void vxc_mep_stop(struct vxc_mep *mep)
{
	spin_lock_bh(&mep->lock);
	mep->dead = true;
	spin_unlock_bh(&mep->lock);
	hrtimer_cancel(&mep->tx);
	hrtimer_cancel(&mep->check);
	hrtimer_cancel(&mep->dm_timer);
	hrtimer_cancel(&mep->sl_timer);
}
