// SPDX-License-Identifier: GPL-2.0
/* MEPs as attributes. */
#include <net/genetlink.h>

#include "netlink-attr.h"
#include "netlink-gen.h"
#include "oam.h"

static const u8 read_only[] = {
	VXC_A_MEP_SEEN, VXC_A_MEP_DEFECTS, VXC_A_MEP_RDI_SENT,
	VXC_A_MEP_ADDRESS, VXC_A_MEP_PORT_STATUS, VXC_A_MEP_IF_STATUS,
	VXC_A_MEP_CCM_TX, VXC_A_MEP_CCM_RX, VXC_A_MEP_CCM_LOST,
	VXC_A_MEP_REJECTED, VXC_A_MEP_DELAY, VXC_A_MEP_LOSS,
	VXC_A_MEP_AIS_RX, VXC_A_MEP_LCK_RX, VXC_A_MEP_ROLE, 0
};

static int get_ma(struct vxc_txn *txn, struct nlattr **tb,
		  struct vxc_mep_req *req)
{
	struct nlattr *name = tb[VXC_A_MEP_MA_NAME];
	struct nlattr *number = tb[VXC_A_MEP_MA_NUMBER];
	bool named, numbered;
	u32 format;

	if (!tb[VXC_A_MEP_MA_FORMAT]) {
		if (!name && !number)
			return 0;
		NL_SET_ERR_MSG_ATTR(txn->extack, name ? name : number,
				    "a short MA name needs its format");
		return -EINVAL;
	}

	format = nla_get_u32(tb[VXC_A_MEP_MA_FORMAT]);
	named = format == VXC_MA_FORMAT_STRING || format == VXC_MA_FORMAT_ICC;
	numbered = format == VXC_MA_FORMAT_INTEGER;
	if (named != !!name || numbered != !!number) {
		NL_SET_ERR_MSG_ATTR(txn->extack, tb[VXC_A_MEP_MA_FORMAT],
				    "a string or ICC has a name, an integer a number, a UUID neither");
		return -EINVAL;
	}

	req->given |= VXC_MEP_MA;
	req->cfg.ma_format = format;
	if (name)
		nla_strscpy(req->cfg.ma_name, name, sizeof(req->cfg.ma_name));
	if (number)
		req->cfg.ma_number = nla_get_u16(number);
	return 0;
}

static void get_numbers(struct nlattr **tb, struct vxc_mep_req *req)
{
	struct vxc_mep_cfg *cfg = &req->cfg;
	u32 *given = &req->given;

	cfg->ccm = get_u32(tb[VXC_A_MEP_CCM], given, VXC_MEP_CCM);
	cfg->level = get_u8(tb[VXC_A_MEP_LEVEL], given, VXC_MEP_LEVEL);
	cfg->mepid = get_u16(tb[VXC_A_MEP_MEPID], given, VXC_MEP_ID);
	cfg->remote = get_u16(tb[VXC_A_MEP_REMOTE], given, VXC_MEP_REMOTE);
	cfg->pcp = get_u8(tb[VXC_A_MEP_PCP], given, VXC_MEP_PCP);
	cfg->dm = get_u32(tb[VXC_A_MEP_DM], given, VXC_MEP_DM);
	cfg->sl = get_u32(tb[VXC_A_MEP_SL], given, VXC_MEP_SL);
	cfg->sd = get_u32(tb[VXC_A_MEP_SD_THRESHOLD], given, VXC_MEP_SD);
	cfg->sd_interval = get_u32(tb[VXC_A_MEP_SD_INTERVAL], given,
				   VXC_MEP_SD_INTERVAL);
	cfg->sd_raise = get_u8(tb[VXC_A_MEP_SD_RAISE], given,
			       VXC_MEP_SD_RAISE);
	cfg->sd_clear = get_u8(tb[VXC_A_MEP_SD_CLEAR], given,
			       VXC_MEP_SD_CLEAR);
}

static int add_remote(struct vxc_mep_cfg *cfg, u32 n, u16 mepid)
{
	if (n >= VXC_REMOTES_MAX)
		return -E2BIG;
	if (n)
		cfg->also[n - 1] = mepid;
	else
		cfg->remote = mepid;
	cfg->n_also = n;
	return 0;
}

/* The remote MEPs, if more than the first is given. */
static int get_remotes(struct vxc_txn *txn, const struct nlattr *nest,
		       struct nlattr **tb, struct vxc_mep_req *req)
{
	static const u8 state[] = {
		VXC_A_REMOTE_SEEN, VXC_A_REMOTE_DEFECTS, VXC_A_REMOTE_ADDRESS,
		VXC_A_REMOTE_PORT_STATUS, VXC_A_REMOTE_IF_STATUS,
		VXC_A_REMOTE_CCM_RX, VXC_A_REMOTE_CCM_LOST, 0
	};
	struct nlattr *remote[VXC_A_REMOTE_MAX + 1];
	bool first = req->given & VXC_MEP_REMOTE;
	const struct nlattr *attr;
	int err, rem, n = 0;
	u16 mepid;

	nla_for_each_nested(attr, nest, rem) {
		if (nla_type(attr) != VXC_A_MEP_REMOTE_MEP)
			continue;
		err = vxc_nl_parse(remote, VXC_A_REMOTE_MAX, attr,
				   vxc_remote_nl_policy, state, txn->extack);
		if (err)
			return err;
		NL_SET_BAD_ATTR(txn->extack, attr);
		if (!remote[VXC_A_REMOTE_MEPID])
			return vxc_refuse(txn->extack, -EINVAL,
					  "a remote MEP needs its MEPID");
		mepid = nla_get_u16(remote[VXC_A_REMOTE_MEPID]);
		if (!n && first && mepid != req->cfg.remote)
			return vxc_refuse(txn->extack, -EINVAL,
					  "MEPID %u is to be the first remote MEP, but the first of all is %u",
					  req->cfg.remote, mepid);
		if (add_remote(&req->cfg, n++, mepid))
			return vxc_refuse(txn->extack, -E2BIG,
					  "a MEP has at most %u remote MEPs",
					  VXC_REMOTES_MAX);
	}

	if (n) {
		req->given |= VXC_MEP_REMOTE;
		NL_SET_BAD_ATTR(txn->extack, NULL);
	}
	return 0;
}

/**
 * vxc_nl_mep() - What attributes ask of a MEP
 * @txn: the transaction
 * @nest: the nest they are in, or NULL
 * @tb: for the attributes, VXC_A_MEP_MAX + 1 of them
 * @req: for what they ask
 * @given: @req, or NULL if there is no nest
 *
 * Return: 0 or an error.
 */
int vxc_nl_mep(struct vxc_txn *txn, const struct nlattr *nest,
	       struct nlattr **tb, struct vxc_mep_req *req,
	       struct vxc_mep_req **given)
{
	int err;

	*given = NULL;
	if (!nest)
		return 0;

	*given = req;
	memset(req, 0, sizeof(*req));
	err = vxc_nl_parse(tb, VXC_A_MEP_MAX, nest, vxc_mep_nl_policy,
			   read_only, txn->extack);
	if (err)
		return err;

	req->off = nla_get_flag(tb[VXC_A_MEP_OFF]);
	get_numbers(tb, req);
	err = get_ma(txn, tb, req);
	if (!err && tb[VXC_A_MEP_REMOTE_MEP])
		err = get_remotes(txn, nest, tb, req);
	if (!err && req->off && req->given) {
		NL_SET_ERR_MSG_ATTR(txn->extack, tb[VXC_A_MEP_OFF],
				    "a MEP that is off has no parameters");
		return -EINVAL;
	}
	return err;
}

/* Point at the attribute of the MEP that was found to be at fault. */
void vxc_nl_mep_blame(struct vxc_txn *txn, struct nlattr **tb,
		      const struct vxc_mep_req *req)
{
	if (req->bad && tb[req->bad])
		NL_SET_BAD_ATTR(txn->extack, tb[req->bad]);
}

/* One request for the MEPs of all legs. */
int vxc_nl_all_meps(struct vxc_txn *txn, struct vxc_circuit *circuit,
		    const struct nlattr *nest)
{
	struct nlattr *tb[VXC_A_MEP_MAX + 1];
	struct vxc_leg_cfg cfg = { .given = VXC_LEG_ROLE };
	struct vxc_mep_req req;
	struct vxc_leg *leg;
	unsigned int i = 0;
	bool any = false;
	int err;

	err = vxc_nl_mep(txn, nest, tb, &req, &cfg.mep);
	while (!err && (leg = vxc_next_leg(circuit, &i))) {
		any = true;
		cfg.end = leg->end->which;
		cfg.role = leg->role;
		err = vxc_leg_set(txn, circuit, &cfg);
	}
	if (err)
		vxc_nl_mep_blame(txn, tb, &req);
	if (!err && !any)
		err = vxc_refuse(txn->extack, -ENOENT,
				 "circuit %s has no leg that could have a MEP",
				 circuit->name);
	return err;
}

static int put_config(struct sk_buff *skb, const struct vxc_mep_cfg *cfg)
{
	if (nla_put_u32(skb, VXC_A_MEP_CCM, cfg->ccm) ||
	    nla_put_u8(skb, VXC_A_MEP_LEVEL, cfg->level) ||
	    nla_put_u16(skb, VXC_A_MEP_MEPID, cfg->mepid) ||
	    nla_put_u16(skb, VXC_A_MEP_REMOTE, cfg->remote) ||
	    nla_put_u32(skb, VXC_A_MEP_MA_FORMAT, cfg->ma_format) ||
	    (*cfg->ma_name &&
	     nla_put_string(skb, VXC_A_MEP_MA_NAME, cfg->ma_name)) ||
	    (cfg->ma_format == VXC_MA_FORMAT_INTEGER &&
	     nla_put_u16(skb, VXC_A_MEP_MA_NUMBER, cfg->ma_number)) ||
	    nla_put_u8(skb, VXC_A_MEP_PCP, cfg->pcp) ||
	    nla_put_u32(skb, VXC_A_MEP_DM, cfg->dm) ||
	    nla_put_u32(skb, VXC_A_MEP_SL, cfg->sl))
		return -EMSGSIZE;

	return 0;
}

/* What the MEPs of legs have besides. */
static int put_leg_config(struct sk_buff *skb, const struct vxc_mep_cfg *cfg)
{
	if (nla_put_u32(skb, VXC_A_MEP_SD_THRESHOLD, cfg->sd) ||
	    nla_put_u32(skb, VXC_A_MEP_SD_INTERVAL, cfg->sd_interval) ||
	    nla_put_u8(skb, VXC_A_MEP_SD_RAISE, cfg->sd_raise) ||
	    nla_put_u8(skb, VXC_A_MEP_SD_CLEAR, cfg->sd_clear))
		return -EMSGSIZE;

	return 0;
}

static int put_bin(struct sk_buff *skb, u32 below, u64 count)
{
	struct nlattr *nest = nla_nest_start(skb, VXC_A_DELAY_BIN);

	if (!nest)
		return -EMSGSIZE;

	if (nla_put_u32(skb, VXC_A_BIN_BELOW, below) ||
	    nla_put_u64_64bit(skb, VXC_A_BIN_COUNT, count, VXC_A_BIN_PAD))
		return -EMSGSIZE;

	nla_nest_end(skb, nest);
	return 0;
}

static u64 mean(u64 sum, u64 n)
{
	return n ? div64_u64(sum, n) : 0;
}

static int put_delay(struct sk_buff *skb, const struct vxc_dm *dm)
{
	struct nlattr *nest = nla_nest_start(skb, VXC_A_MEP_DELAY);
	const u64 v[] = {
		dm->sent, dm->count, dm->last, dm->min,
		mean(dm->sum, dm->count), dm->max,
		mean(dm->var_sum, dm->var_count), dm->var_max,
	};
	unsigned int i;

	if (!nest)
		return -EMSGSIZE;

	for (i = 0; i < ARRAY_SIZE(v); i++)
		if (nla_put_u64_64bit(skb, VXC_A_DELAY_SENT + i, v[i],
				      VXC_A_DELAY_PAD))
			return -EMSGSIZE;
	for (i = 0; i < VXC_DM_BINS; i++)
		if (dm->bin[i] &&
		    put_bin(skb, i < VXC_DM_BINS - 1 ? 1 << i : 0, dm->bin[i]))
			return -EMSGSIZE;

	nla_nest_end(skb, nest);
	return 0;
}

static int put_degrade(struct sk_buff *skb, const struct vxc_degrade *d)
{
	if ((d->intervals &&
	     (nla_put_u32(skb, VXC_A_LOSS_FAR_RATIO, d->far.ratio) ||
	      nla_put_u32(skb, VXC_A_LOSS_NEAR_RATIO, d->near.ratio))) ||
	    nla_put_u64_64bit(skb, VXC_A_LOSS_INTERVALS, d->intervals,
			      VXC_A_LOSS_PAD) ||
	    nla_put_u64_64bit(skb, VXC_A_LOSS_BAD_INTERVALS, d->bad,
			      VXC_A_LOSS_PAD))
		return -EMSGSIZE;

	return 0;
}

static int put_loss(struct sk_buff *skb, const struct vxc_mep *mep)
{
	const struct vxc_sl *sl = &mep->sl;
	struct nlattr *nest = nla_nest_start(skb, VXC_A_MEP_LOSS);

	if (!nest)
		return -EMSGSIZE;

	if (nla_put_u64_64bit(skb, VXC_A_LOSS_SENT, sl->sent,
			      VXC_A_LOSS_PAD) ||
	    nla_put_u64_64bit(skb, VXC_A_LOSS_REPLIES, sl->replies,
			      VXC_A_LOSS_PAD) ||
	    nla_put_u64_64bit(skb, VXC_A_LOSS_FAR, sl->far, VXC_A_LOSS_PAD) ||
	    nla_put_u64_64bit(skb, VXC_A_LOSS_NEAR, sl->near,
			      VXC_A_LOSS_PAD) ||
	    (mep->cfg.sd && put_degrade(skb, &mep->degrade)))
		return -EMSGSIZE;

	nla_nest_end(skb, nest);
	return 0;
}

static int put_remote(struct sk_buff *skb, const struct vxc_remote *r)
{
	struct nlattr *nest = nla_nest_start(skb, VXC_A_MEP_REMOTE_MEP);
	u32 defects = 0;

	if (!nest)
		return -EMSGSIZE;

	defects |= r->loc ? VXC_DEFECT_LOC : 0;
	defects |= r->rdi ? VXC_DEFECT_RDI : 0;
	if (nla_put_u16(skb, VXC_A_REMOTE_MEPID, r->mepid) ||
	    (r->seen && nla_put_flag(skb, VXC_A_REMOTE_SEEN)) ||
	    nla_put_u32(skb, VXC_A_REMOTE_DEFECTS, defects) ||
	    (r->seen &&
	     (nla_put(skb, VXC_A_REMOTE_ADDRESS, ETH_ALEN, r->mac) ||
	      nla_put_u8(skb, VXC_A_REMOTE_PORT_STATUS, r->port_status) ||
	      nla_put_u8(skb, VXC_A_REMOTE_IF_STATUS, r->if_status))) ||
	    nla_put_u64_64bit(skb, VXC_A_REMOTE_CCM_RX, r->ccm_rx,
			      VXC_A_REMOTE_PAD) ||
	    nla_put_u64_64bit(skb, VXC_A_REMOTE_CCM_LOST, r->ccm_lost,
			      VXC_A_REMOTE_PAD))
		return -EMSGSIZE;

	nla_nest_end(skb, nest);
	return 0;
}

static int put_remotes(struct sk_buff *skb, const struct vxc_mep *mep)
{
	unsigned int i;
	int err = 0;

	if (!mep->cfg.n_also)
		return 0;

	for (i = 0; i < vxc_mep_remotes(mep) && !err; i++)
		err = put_remote(skb, &mep->remote[i]);

	return err;
}

/* The lock is held, so that all of it is of one moment. */
static int put_state(struct sk_buff *skb, const struct vxc_mep *mep)
{
	const struct vxc_remote *first = &mep->remote[0];
	u64 ccm_rx = 0, ccm_lost = 0;
	bool seen = false;
	unsigned int i;

	for (i = 0; i < vxc_mep_remotes(mep); i++) {
		seen |= mep->remote[i].seen;
		ccm_rx += mep->remote[i].ccm_rx;
		ccm_lost += mep->remote[i].ccm_lost;
	}
	if ((seen && nla_put_flag(skb, VXC_A_MEP_SEEN)) ||
	    nla_put_u32(skb, VXC_A_MEP_DEFECTS, mep->defects) ||
	    (vxc_mep_sends_rdi(mep) &&
	     nla_put_flag(skb, VXC_A_MEP_RDI_SENT)) ||
	    (first->seen &&
	     (nla_put(skb, VXC_A_MEP_ADDRESS, ETH_ALEN, first->mac) ||
	      nla_put_u8(skb, VXC_A_MEP_PORT_STATUS, first->port_status) ||
	      nla_put_u8(skb, VXC_A_MEP_IF_STATUS, first->if_status))) ||
	    nla_put_u64_64bit(skb, VXC_A_MEP_CCM_TX, mep->ccm_tx,
			      VXC_A_MEP_PAD) ||
	    nla_put_u64_64bit(skb, VXC_A_MEP_CCM_RX, ccm_rx,
			      VXC_A_MEP_PAD) ||
	    nla_put_u64_64bit(skb, VXC_A_MEP_CCM_LOST, ccm_lost,
			      VXC_A_MEP_PAD) ||
	    nla_put_u64_64bit(skb, VXC_A_MEP_AIS_RX, mep->ais_rx,
			      VXC_A_MEP_PAD) ||
	    nla_put_u64_64bit(skb, VXC_A_MEP_LCK_RX, mep->lck_rx,
			      VXC_A_MEP_PAD) ||
	    nla_put_u64_64bit(skb, VXC_A_MEP_REJECTED, mep->rejected,
			      VXC_A_MEP_PAD))
		return -EMSGSIZE;

	if (put_remotes(skb, mep))
		return -EMSGSIZE;
	if (mep->cfg.dm && put_delay(skb, &mep->dm))
		return -EMSGSIZE;

	return mep->cfg.sl ? put_loss(skb, mep) : 0;
}

static int put_mep(struct sk_buff *skb, struct vxc_mep *mep)
{
	int err;

	spin_lock_bh(&mep->lock);
	err = put_state(skb, mep);
	spin_unlock_bh(&mep->lock);
	return err;
}

/* The nest of a leg's MEP, if it has one; under rtnl. */
int vxc_fill_mep(struct sk_buff *skb, struct vxc_leg *leg)
{
	struct vxc_mep *mep = rtnl_dereference(leg->point.mep);
	struct nlattr *nest;

	if (!mep)
		return 0;

	nest = nla_nest_start(skb, VXC_A_LEG_MEP);
	if (!nest || put_config(skb, leg->oam_cfg) ||
	    put_leg_config(skb, leg->oam_cfg) || put_mep(skb, mep))
		return -EMSGSIZE;

	nla_nest_end(skb, nest);
	return 0;
}

static int put_peering_mep(struct sk_buff *skb, const struct vxc_mep_cfg *cfg,
			   struct vxc_mep *mep)
{
	struct nlattr *nest = nla_nest_start(skb, VXC_A_PEERING_MEP);

	if (!nest || put_config(skb, cfg))
		return -EMSGSIZE;
	if (mep && (nla_put_u32(skb, VXC_A_MEP_ROLE, mep->leg->role) ||
		    put_mep(skb, mep)))
		return -EMSGSIZE;

	nla_nest_end(skb, nest);
	return 0;
}

/* A nest for each of a peering's MEPs; one without state if it has no leg. */
int vxc_fill_peering_meps(struct sk_buff *skb, struct vxc_peering *p)
{
	struct vxc_peering_mep *pm = rtnl_dereference(p->mep);
	struct vxc_mep *mep;
	bool any = false;
	int role, err;

	if (!pm || !pm->cfg.ccm)
		return 0;

	for (role = 0; role < VXC_LEGS; role++) {
		mep = rtnl_dereference(pm->point[role].mep);
		if (!mep)
			continue;
		any = true;
		err = put_peering_mep(skb, &pm->cfg, mep);
		if (err)
			return err;
	}

	return any ? 0 : put_peering_mep(skb, &pm->cfg, NULL);
}
