// SPDX-License-Identifier: GPL-2.0
/*
 * The configuration of MEPs, and how one becomes part of the data path. All
 * under rtnl.
 */
#include <linux/slab.h>

#include "oam.h"

#define ICC_MAX		13	/* characters of an ICC-based name */

static int check_interval(struct vxc_txn *txn, struct vxc_mep_req *req)
{
	u32 us = req->cfg.ccm;

	if (!(req->given & VXC_MEP_CCM) || vxc_mep_interval_code(us))
		return 0;

	req->bad = VXC_A_MEP_CCM;
	return vxc_refuse(txn->extack, -EINVAL,
			  "CCM interval %u us is not one of 3.33ms, 10ms, 100ms, 1s, 10s, 1m, 10m",
			  us);
}

static int check_schedule(struct vxc_txn *txn, struct vxc_mep_req *req,
			  u16 attr, const char *what, u32 ms)
{
	if (!ms || (ms >= VXC_MEASURE_MIN && ms <= VXC_MEASURE_MAX))
		return 0;

	req->bad = attr;
	return vxc_refuse(txn->extack, -ERANGE,
			  "%s %u ms is not 0 (never) or %u to %u", what, ms,
			  VXC_MEASURE_MIN, VXC_MEASURE_MAX);
}

static int check_name(struct vxc_txn *txn, struct vxc_mep_req *req,
		      const struct vxc_mep_cfg *cfg)
{
	int len = strlen(cfg->ma_name), max = VXC_MA_NAME_MAX;

	if (cfg->ma_format == VXC_MA_FORMAT_ICC)
		max = ICC_MAX;
	else if (cfg->ma_format != VXC_MA_FORMAT_STRING)
		return 0;
	if (len && len <= max)
		return 0;

	req->bad = VXC_A_MEP_MA_NAME;
	return vxc_refuse(txn->extack, -EINVAL,
			  "MA name \"%s\" has not 1 to %d characters",
			  cfg->ma_name, max);
}

/* Each MEPID is that of one MEP. */
static int check_remotes(struct vxc_txn *txn, struct vxc_mep_req *req,
			 const struct vxc_mep_cfg *cfg)
{
	int i, j;
	u16 id;

	for (i = 0; i <= cfg->n_also; i++) {
		id = i ? cfg->also[i - 1] : cfg->remote;
		req->bad = cfg->n_also ? VXC_A_MEP_REMOTE_MEP :
					 VXC_A_MEP_REMOTE;
		if (id == cfg->mepid)
			return vxc_refuse(txn->extack, -EINVAL,
					  "MEPID %u cannot be that of both ends",
					  id);
		for (j = i; j < cfg->n_also; j++)
			if (cfg->also[j] == id)
				return vxc_refuse(txn->extack, -EINVAL,
						  "MEPID %u is given for two remote MEPs",
						  id);
	}

	req->bad = 0;
	return 0;
}

/* Signal degrade rests on SLMs, and a ratio on more than a few of them. */
static int check_degrade(struct vxc_txn *txn, struct vxc_mep_req *req,
			 const struct vxc_mep_cfg *cfg)
{
	u32 ms = cfg->sd_interval;

	req->bad = VXC_A_MEP_SD_THRESHOLD;
	if (cfg->sd >= VXC_DEGRADE_ALL)
		return vxc_refuse(txn->extack, -ERANGE,
				  "signal degrade above %u ppm lost is not 0 (never) to %u",
				  cfg->sd, VXC_DEGRADE_ALL - 1);

	req->bad = VXC_A_MEP_SD_INTERVAL;
	if (ms < VXC_SD_INTERVAL_MIN || ms > VXC_MEASURE_MAX)
		return vxc_refuse(txn->extack, -ERANGE,
				  "signal degrade interval %u ms is not %u to %u",
				  ms, VXC_SD_INTERVAL_MIN, VXC_MEASURE_MAX);

	req->bad = req->given & VXC_MEP_SL ? VXC_A_MEP_SL :
					     VXC_A_MEP_SD_THRESHOLD;
	if (cfg->sd && !cfg->sl)
		return vxc_refuse(txn->extack, -EINVAL,
				  "signal degrade needs loss measurement: give it an interval too");
	if (cfg->sd && ms / cfg->sl < VXC_DEGRADE_SLMS)
		return vxc_refuse(txn->extack, -EINVAL,
				  "%u ms hold %u loss measurements at %u ms, signal degrade needs %u",
				  ms, ms / cfg->sl, cfg->sl, VXC_DEGRADE_SLMS);

	req->bad = 0;
	return 0;
}

/* What is given, put over what there is. */
static void merge(struct vxc_mep_cfg *cfg, const struct vxc_mep_req *req)
{
	u32 given = req->given;

	if (!cfg->ccm) {
		cfg->sd_interval = VXC_MEP_SD_INTERVAL_DEFAULT;
		cfg->sd_raise = VXC_MEP_SD_RAISE_DEFAULT;
		cfg->sd_clear = VXC_MEP_SD_CLEAR_DEFAULT;
		cfg->level = VXC_MEP_LEVEL_DEFAULT;
		cfg->pcp = VXC_MEP_PCP_DEFAULT;
		cfg->mepid = 1;
		cfg->remote = 2;
	}
	if (given & VXC_MEP_CCM)
		cfg->ccm = req->cfg.ccm;
	if (given & VXC_MEP_LEVEL)
		cfg->level = req->cfg.level;
	if (given & VXC_MEP_PCP)
		cfg->pcp = req->cfg.pcp;
	if (given & VXC_MEP_ID)
		cfg->mepid = req->cfg.mepid;
	if (given & VXC_MEP_REMOTE) {
		cfg->remote = req->cfg.remote;
		cfg->n_also = req->cfg.n_also;
		memcpy(cfg->also, req->cfg.also, sizeof(cfg->also));
	} else if (given & VXC_MEP_ID && !cfg->n_also &&
		   cfg->remote == cfg->mepid) {
		cfg->remote = cfg->mepid == 1 ? 2 : 1;
	}
	if (given & VXC_MEP_MA) {
		cfg->ma_format = req->cfg.ma_format;
		cfg->ma_number = req->cfg.ma_number;
		strscpy(cfg->ma_name, req->cfg.ma_name, sizeof(cfg->ma_name));
	}
	if (given & VXC_MEP_DM)
		cfg->dm = req->cfg.dm;
	if (given & VXC_MEP_SL)
		cfg->sl = req->cfg.sl;
	if (given & VXC_MEP_SD)
		cfg->sd = req->cfg.sd;
	if (given & VXC_MEP_SD_INTERVAL)
		cfg->sd_interval = req->cfg.sd_interval;
	if (given & VXC_MEP_SD_RAISE)
		cfg->sd_raise = req->cfg.sd_raise;
	if (given & VXC_MEP_SD_CLEAR)
		cfg->sd_clear = req->cfg.sd_clear;
}

/**
 * vxc_mep_change() - Change how a MEP is configured
 * @txn: the transaction; the caller can take @cfg back
 * @cfg: how it is configured; unchanged after an error
 * @req: what is given; the attribute at fault goes to its @bad
 *
 * Return: 0 or an error.
 */
int vxc_mep_change(struct vxc_txn *txn, struct vxc_mep_cfg *cfg,
		   struct vxc_mep_req *req)
{
	struct vxc_mep_cfg new = *cfg;
	int err;

	if (req->off) {
		memset(cfg, 0, sizeof(*cfg));
		return 0;
	}

	err = check_interval(txn, req);
	if (err)
		return err;

	merge(&new, req);
	err = check_name(txn, req, &new);
	if (!err)
		err = check_schedule(txn, req, VXC_A_MEP_DM,
				     "delay measurement interval", new.dm);
	if (!err)
		err = check_schedule(txn, req, VXC_A_MEP_SL,
				     "loss measurement interval", new.sl);
	if (!err)
		err = check_remotes(txn, req, &new);
	if (!err)
		err = check_degrade(txn, req, &new);
	if (err)
		return err;

	*cfg = new;
	return 0;
}

/* Has the leg a MEP? Under rtnl. */
bool vxc_leg_has_mep(const struct vxc_leg *leg)
{
	return leg->oam_cfg && leg->oam_cfg->ccm;
}

/**
 * vxc_mep_set() - Configure the MEP of a leg
 * @txn: the transaction; the caller can take back what oam_cfg points to
 * @leg: the leg
 * @req: what is given; the attribute at fault goes to its @bad
 *
 * Return: 0 or an error.
 */
int vxc_mep_set(struct vxc_txn *txn, struct vxc_leg *leg,
		struct vxc_mep_req *req)
{
	if (!vxc_leg_has_mep(leg) && req->off)
		return 0;
	if (!vxc_leg_has_mep(leg) && !(req->given & VXC_MEP_CCM))
		return vxc_refuse(txn->extack, -EINVAL,
				  "leg %s of circuit %s has no MEP: give it a CCM interval",
				  vxc_role_name(leg->role), leg->circuit->name);

	if (!leg->oam_cfg)
		leg->oam_cfg = kzalloc(sizeof(*leg->oam_cfg),
				       GFP_KERNEL_ACCOUNT);
	if (!leg->oam_cfg)
		return -ENOMEM;

	return vxc_mep_change(txn, leg->oam_cfg, req);
}

static bool same(const struct vxc_mep_cfg *a, const struct vxc_mep_cfg *b)
{
	return a->ccm == b->ccm && a->dm == b->dm && a->sl == b->sl &&
	       a->mepid == b->mepid && a->remote == b->remote &&
	       a->level == b->level && a->pcp == b->pcp && a->sd == b->sd &&
	       a->sd_interval == b->sd_interval &&
	       a->sd_raise == b->sd_raise && a->sd_clear == b->sd_clear &&
	       a->n_also == b->n_also &&
	       !memcmp(a->also, b->also, sizeof(a->also));
}

/*
 * The MAID: what is configured, or the circuit's UUID and the leg's number, and
 * for a peering its C-VID.
 */
static void get_maid(const struct vxc_leg *leg, const struct vxc_peering *p,
		     const struct vxc_mep_cfg *cfg, u8 *maid)
{
	char text[UUID_STRING_LEN + sizeof("-1-4094")];
	u8 number[2];

	switch (cfg->ma_format) {
	case VXC_MA_FORMAT_STRING:
		vxc_pdu_maid(maid, VXC_MA_STRING, cfg->ma_name,
			     strlen(cfg->ma_name));
		break;
	case VXC_MA_FORMAT_ICC:
		vxc_pdu_maid(maid, VXC_MA_ICC, cfg->ma_name,
			     strlen(cfg->ma_name));
		break;
	case VXC_MA_FORMAT_INTEGER:
		number[0] = cfg->ma_number >> 8;
		number[1] = cfg->ma_number;
		vxc_pdu_maid(maid, VXC_MA_INTEGER, number, sizeof(number));
		break;
	default:
		if (p)
			snprintf(text, sizeof(text), "%pUb-%u-%u",
				 &leg->circuit->key, leg->role + 1, p->cvid);
		else
			snprintf(text, sizeof(text), "%pUb-%u",
				 &leg->circuit->key, leg->role + 1);
		vxc_pdu_maid(maid, VXC_MA_STRING, text, strlen(text));
	}
}

/**
 * vxc_mep_link() - The way of OAM frames to the wire
 * @leg: the leg; its port has a device
 * @cvid: C-VID of the peering that they are for, or 0
 * @pcp: PCP of all tags
 *
 * They have the tags that traffic there has, but the address of the port: on
 * the leg that is not active a peering's own address would attract its frames.
 *
 * Return: the link or NULL without memory.
 */
struct vxc_oam_link *vxc_mep_link(const struct vxc_leg *leg, u16 cvid, u8 pcp)
{
	const struct vxc_attach *at = &leg->at;
	struct vxc_oam_link *link;

	link = kzalloc(sizeof(*link), GFP_KERNEL_ACCOUNT);
	if (!link)
		return NULL;

	link->lower = at->port->dev;
	link->pcp = pcp;
	if (at->match == VXC_MATCH_SVID || at->match == VXC_MATCH_SVID_CVID) {
		link->outer_proto = htons(at->port->tpid);
		link->outer_vid = at->svid;
		link->inner_vid = at->match == VXC_MATCH_SVID ? cvid : at->cvid;
	} else if (cvid) {
		link->outer_proto = htons(ETH_P_8021Q);
		link->outer_vid = cvid;
	}
	return link;
}

/* What the MEP would take for its own must not be sent through it. */
static int check_ais_level(const struct vxc_leg *leg,
			   struct netlink_ext_ack *extack)
{
	const struct vxc_circuit *circuit = leg->circuit;

	if (!circuit->ais || circuit->ais_level > leg->oam_cfg->level)
		return 0;

	return vxc_refuse(extack, -EINVAL,
			  "ais-level %u of circuit %s is not above level %u of the MEP of its %s %s",
			  circuit->ais_level, circuit->name,
			  leg->oam_cfg->level, vxc_role_name(leg->role),
			  vxc_end_word(leg->end));
}

/**
 * vxc_mep_make() - Prepare the MEP of a place
 * @point: the place
 * @leg: the leg it is on
 * @p: the peering it is for, or NULL
 *
 * Return: 0 or -ENOMEM.
 */
int vxc_mep_make(struct vxc_mep_point *point, struct vxc_leg *leg,
		 struct vxc_peering *p)
{
	const struct vxc_mep_cfg *cfg = p ? &rtnl_dereference(p->mep)->cfg :
					    leg->oam_cfg;
	struct vxc_mep *mep, *old = rtnl_dereference(point->mep);
	u8 maid[VXC_PDU_MAID];

	get_maid(leg, p, cfg, maid);
	point->mep_next = old;
	if (old && old->leg == leg && same(&old->cfg, cfg) &&
	    !memcmp(old->maid, maid, sizeof(maid)))
		return 0;

	mep = vxc_mep_alloc(cfg, maid);
	point->mep_next = mep;
	if (!mep)
		return -ENOMEM;

	mep->leg = leg;
	mep->peering = p;
	mep->point = point;
	return 0;
}

/**
 * vxc_mep_compile() - Prepare a leg's MEP for a transaction
 * @leg: the leg
 * @extack: where a refusal goes
 *
 * Return: 0 or an error.
 */
int vxc_mep_compile(struct vxc_leg *leg, struct netlink_ext_ack *extack)
{
	struct vxc_mep_point *point = &leg->point;
	u8 pcp = VXC_MEP_PCP_DEFAULT;
	int err;

	point->mep_next = NULL;
	point->link_next = NULL;
	if (vxc_leg_has_mep(leg)) {
		pcp = leg->oam_cfg->pcp;
		err = check_ais_level(leg, extack);
		if (!err)
			err = vxc_mep_make(point, leg, NULL);
		if (!err && leg->oam_cfg->sl &&
		    leg->oam_cfg->sl <= VXC_SL_RECORD)
			err = vxc_sla_prepare(leg);
		if (err)
			return err;
	} else if (!leg->circuit->ais) {
		return 0;
	}
	if (!leg->at.port->dev)
		return 0;

	point->link_next = vxc_mep_link(leg, 0, pcp);
	return point->link_next ? 0 : -ENOMEM;
}

/* Forget what was compiled. */
void vxc_mep_discard(struct vxc_mep_point *point)
{
	if (point->mep_next != rtnl_dereference(point->mep))
		kfree(point->mep_next);
	kfree(point->link_next);
	point->mep_next = NULL;
	point->link_next = NULL;
}

static void set_link(struct vxc_mep_point *point, struct vxc_oam_link *link)
{
	struct vxc_oam_link *old = rtnl_dereference(point->link);

	rcu_assign_pointer(point->link, link);
	if (old)
		kfree_rcu(old, rcu);
}

static void inherit_remote(struct vxc_mep *mep, struct vxc_remote *r,
			   const struct vxc_mep *old)
{
	const struct vxc_remote *o;
	unsigned int i;

	for (i = 0; i < vxc_mep_remotes(old); i++) {
		o = &old->remote[i];
		if (o->mepid != r->mepid)
			continue;
		r->seen = o->seen;
		r->good = o->good;
		r->loc = o->loc;
		r->began = o->began;
		ether_addr_copy(r->mac, o->mac);
		mep->lost += o->loc;
	}
}

/* Of the same association: with the remote MEPs that stay it goes on. */
static void inherit(struct vxc_mep *mep, struct vxc_mep *old)
{
	unsigned int i;

	if (old->leg != mep->leg ||
	    memcmp(old->maid, mep->maid, sizeof(mep->maid)))
		return;

	spin_lock_bh(&old->lock);
	for (i = 0; i < vxc_mep_remotes(mep); i++)
		inherit_remote(mep, &mep->remote[i], old);
	spin_unlock_bh(&old->lock);
	if (mep->lost)
		mep->defects = VXC_DEFECT_LOC;
	if (vxc_mep_hears_none(mep))
		mep->fail = VXC_REASON_CCM_LOSS;
	/* Loss is measured to the first remote MEP alone. */
	if (old->cfg.remote != mep->cfg.remote)
		return;

	mep->degrade.answers = old->degrade.answers;
	if (mep->degrade.slms && old->degrade.degraded) {
		mep->degrade.degraded = true;
		mep->defects |= VXC_DEFECT_DEGRADED;
	}
}

/* What the old MEP told the circuit the new one takes back or repeats. */
static void tell_leg(struct vxc_leg *leg, const struct vxc_mep *mep)
{
	local_bh_disable();
	vxc_protect_signal(leg, mep ? mep->fail : VXC_REASON_NONE);
	vxc_protect_degrade(leg, mep && mep->degrade.degraded);
	local_bh_enable();
}

/**
 * vxc_mep_publish() - Let a MEP be what was compiled; cannot fail
 * @point: its place
 */
void vxc_mep_publish(struct vxc_mep_point *point)
{
	struct vxc_mep *old = rtnl_dereference(point->mep);
	struct vxc_mep *mep = point->mep_next;

	if (old && old != mep)
		vxc_mep_stop(old);
	set_link(point, point->link_next);
	if (old && old != mep) {
		if (mep)
			inherit(mep, old);
		if (!old->peering)
			tell_leg(old->leg, mep);
	}
	if (old != mep) {
		if (mep)
			vxc_mep_start(mep);
		rcu_assign_pointer(point->mep, mep);
	}
	if (old && old != mep)
		kfree_rcu(old, rcu);
	point->mep_next = NULL;
	point->link_next = NULL;
}

/* The port's device goes away. */
void vxc_mep_unlink(struct vxc_mep_point *point)
{
	set_link(point, NULL);
}

/* The leg or peering goes away; the circuit must still be there. */
void vxc_mep_end(struct vxc_mep_point *point)
{
	struct vxc_mep *mep = rtnl_dereference(point->mep);

	if (mep)
		vxc_mep_stop(mep);
	set_link(point, NULL);
	if (!mep)
		return;

	RCU_INIT_POINTER(point->mep, NULL);
	kfree_rcu(mep, rcu);
}
