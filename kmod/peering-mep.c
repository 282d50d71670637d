// SPDX-License-Identifier: GPL-2.0
/*
 * The MEPs of peerings: one on each leg that a peering uses, behind its C-tag.
 * They show whether its frames could pass, end to end; the legs are switched
 * for all peerings together, so by the MEPs of legs alone. All under rtnl.
 */
#include <linux/slab.h>

#include "oam.h"

#define SD_GIVEN	(VXC_MEP_SD | VXC_MEP_SD_INTERVAL | VXC_MEP_SD_RAISE | \
			 VXC_MEP_SD_CLEAR)

struct mep_change {
	struct vxc_change		change;
	struct vxc_peering		*p;
	struct vxc_mep_cfg		cfg;	/* before the change */
	bool				first;	/* there was none at all */
};

/* Readers may still look at it. */
static void forget_unused(struct vxc_peering *p)
{
	struct vxc_peering_mep *pm = rtnl_dereference(p->mep);

	if (!pm || pm->cfg.ccm)
		return;

	RCU_INIT_POINTER(p->mep, NULL);
	kfree_rcu(pm, rcu);
}

static void nothing(struct vxc_txn *txn, struct vxc_change *change)
{
}

static void set_abort(struct vxc_txn *txn, struct vxc_change *change)
{
	struct mep_change *c = (struct mep_change *)change;

	if (!c->p)
		return;

	rtnl_dereference(c->p->mep)->cfg = c->cfg;
	if (c->first)
		forget_unused(c->p);
}

/* A sentence for what legs alone can have. */
static int check_req(struct vxc_txn *txn, const struct vxc_peering *p,
		     struct vxc_mep_req *req)
{
	const struct vxc_peering_mep *pm = rtnl_dereference(p->mep);

	if (req->given & SD_GIVEN) {
		req->bad = req->given & VXC_MEP_SD ? VXC_A_MEP_SD_THRESHOLD :
			   req->given & VXC_MEP_SD_INTERVAL ?
			   VXC_A_MEP_SD_INTERVAL :
			   req->given & VXC_MEP_SD_RAISE ?
			   VXC_A_MEP_SD_RAISE : VXC_A_MEP_SD_CLEAR;
		return vxc_refuse(txn->extack, -EOPNOTSUPP,
				  "signal degrade switches legs, so the MEP of peering %s has none: give it to the MEPs of circuit %s",
				  p->dev->name, p->circuit->name);
	}
	if (!req->off && !(req->given & VXC_MEP_CCM) && (!pm || !pm->cfg.ccm))
		return vxc_refuse(txn->extack, -EINVAL,
				  "peering %s has no MEP: give it a CCM interval",
				  p->dev->name);

	return 0;
}

static int change_mep(struct vxc_txn *txn, struct vxc_peering *p,
		      struct vxc_mep_req *req)
{
	struct vxc_peering_mep *pm = rtnl_dereference(p->mep);
	struct mep_change *c;
	int err;

	err = check_req(txn, p, req);
	if (err || (req->off && !pm))
		return err;

	c = vxc_txn_record(txn, sizeof(*c), nothing, set_abort);
	if (!c)
		return -ENOMEM;

	if (!pm) {
		pm = kzalloc(sizeof(*pm), GFP_KERNEL_ACCOUNT);
		if (!pm)
			return -ENOMEM;
		rcu_assign_pointer(p->mep, pm);
		c->first = true;
	}
	c->cfg = pm->cfg;
	c->p = p;
	return vxc_mep_change(txn, &pm->cfg, req);
}

/**
 * vxc_peering_mep_set() - Configure the MEPs of a peering
 * @txn: the transaction, which has touched the circuit
 * @p: the peering, registered and otherwise as it will be
 * @req: what is given, or NULL; the attribute at fault goes to its @bad
 *
 * Return: 0 or an error.
 */
int vxc_peering_mep_set(struct vxc_txn *txn, struct vxc_peering *p,
			struct vxc_mep_req *req)
{
	const struct vxc_peering_mep *pm;
	int err;

	err = req ? change_mep(txn, p, req) : 0;
	if (err)
		return err;

	pm = rtnl_dereference(p->mep);
	if (!pm || !pm->cfg.ccm || p->cvid)
		return 0;

	return vxc_txn_refuse(txn, req ? VXC_A_PEERING_MEP :
			      VXC_A_PEERING_UNTAGGED, -EINVAL,
			      "peering %s without a C-VID cannot have a MEP: its frames are those that the MEP of the leg watches",
			      p->dev->name);
}

/* Does a MEP stand where the peering's frames pass, its own or the leg's? */
bool vxc_peering_mep_on_path(const struct vxc_peering *p,
			     const struct vxc_leg *leg)
{
	const struct vxc_peering_mep *pm = rtnl_dereference(p->mep);

	return p->cvid ? pm && pm->cfg.ccm : vxc_leg_has_mep(leg);
}

static int compile_point(struct vxc_mep_point *point, struct vxc_leg *leg,
			 struct vxc_peering *p, u8 pcp)
{
	int err;

	err = vxc_mep_make(point, leg, p);
	if (err || !leg->at.port->dev)
		return err;

	point->link_next = vxc_mep_link(leg, p->cvid, pcp);
	return point->link_next ? 0 : -ENOMEM;
}

/**
 * vxc_peering_mep_compile() - Prepare a peering's MEPs for a transaction
 * @p: the peering
 *
 * Return: 0 or -ENOMEM.
 */
int vxc_peering_mep_compile(struct vxc_peering *p)
{
	struct vxc_peering_mep *pm = rtnl_dereference(p->mep);
	struct vxc_mep_point *point;
	struct vxc_leg *leg;
	int role, err;

	for (role = 0; pm && role < VXC_LEGS; role++) {
		point = &pm->point[role];
		point->mep_next = NULL;
		point->link_next = NULL;
		leg = vxc_peering_leg(p, role);
		if (p->dying || !leg || !pm->cfg.ccm)
			continue;
		err = compile_point(point, leg, p, pm->cfg.pcp);
		if (err)
			return err;
	}

	return 0;
}

/* Let the MEPs be what was compiled; cannot fail. */
void vxc_peering_mep_publish(struct vxc_peering *p)
{
	struct vxc_peering_mep *pm = rtnl_dereference(p->mep);
	int role;

	for (role = 0; pm && role < VXC_LEGS; role++)
		vxc_mep_publish(&pm->point[role]);
	forget_unused(p);
}

/* Forget what was compiled. */
void vxc_peering_mep_discard(struct vxc_peering *p)
{
	struct vxc_peering_mep *pm = rtnl_dereference(p->mep);
	int role;

	for (role = 0; pm && role < VXC_LEGS; role++)
		vxc_mep_discard(&pm->point[role]);
}

/* The device of the port of a leg goes away. */
void vxc_peering_mep_unlink(struct vxc_peering *p, u8 role)
{
	struct vxc_peering_mep *pm = rtnl_dereference(p->mep);

	if (pm)
		vxc_mep_unlink(&pm->point[role]);
}

/* Until the circuit is compiled again there are none. */
void vxc_peering_mep_end(struct vxc_peering *p)
{
	struct vxc_peering_mep *pm = rtnl_dereference(p->mep);
	int role;

	for (role = 0; pm && role < VXC_LEGS; role++)
		vxc_mep_end(&pm->point[role]);
}

/* The peering is freed; its MEPs have ended. */
void vxc_peering_mep_free(struct vxc_peering *p)
{
	kfree(rcu_dereference_protected(p->mep, true));
}
