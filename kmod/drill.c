// SPDX-License-Identifier: GPL-2.0
/*
 * Drills: a leg is taken out of service for a while, to see that the other
 * one can stand in for it. The kernel puts it back, whoever asked. Under rtnl.
 */
#include "txn.h"

struct drill_change {
	struct vxc_change		change;
	struct vxc_leg			*leg;
	u32				ms;
};

static void drill_commit(struct vxc_txn *txn, struct vxc_change *change)
{
	struct drill_change *c = (struct drill_change *)change;

	vxc_protect_drill(c->leg, c->ms);
	vxc_event_circuit(c->leg->circuit, VXC_EVENT_KIND_CHANGED);
}

/* Nothing is done before the commit. */
static void drill_abort(struct vxc_txn *txn, struct vxc_change *change)
{
}

/* Peerings that are pinned to the leg have no other. */
static int check_alone(struct vxc_txn *txn, const struct vxc_leg *leg)
{
	const struct vxc_leg *other = leg->end->leg[!leg->role];
	const char *word = vxc_end_word(leg->end);

	if (!other)
		return vxc_txn_refuse(txn, VXC_A_LEG_DRILL, -EBUSY,
				      "circuit %s has no other %s than the %s: use force",
				      leg->circuit->name, word,
				      vxc_role_name(leg->role));
	if (other->reason)
		return vxc_txn_refuse(txn, VXC_A_LEG_DRILL, -EBUSY,
				      "%s %s of circuit %s is down, so the %s is the last: use force",
				      word, vxc_role_name(other->role),
				      leg->circuit->name,
				      vxc_role_name(leg->role));

	return 0;
}

/**
 * vxc_leg_drill() - Take a leg out of service for a while, or put it back
 * @txn: the transaction
 * @circuit: the circuit
 * @cfg: end, role and the time
 *
 * Return: 0 or an error.
 */
int vxc_leg_drill(struct vxc_txn *txn, struct vxc_circuit *circuit,
		  const struct vxc_leg_cfg *cfg)
{
	struct drill_change *c;
	struct vxc_leg *leg;
	int err;

	if (cfg->given & ~(VXC_LEG_ROLE | VXC_LEG_DRILL))
		return vxc_txn_refuse(txn, VXC_A_LEG_DRILL, -EINVAL,
				      "a drill leaves the leg as it is");
	if (cfg->drill > VXC_DRILL_MAX)
		return vxc_txn_refuse(txn, VXC_A_LEG_DRILL, -ERANGE,
				      "drill of %u ms is above %u ms",
				      cfg->drill, VXC_DRILL_MAX);
	leg = vxc_leg_get(txn, circuit, cfg);
	if (IS_ERR(leg))
		return PTR_ERR(leg);

	if (cfg->drill && !cfg->force) {
		err = check_alone(txn, leg);
		if (err)
			return err;
	}

	c = vxc_txn_record(txn, sizeof(*c), drill_commit, drill_abort);
	if (!c)
		return -ENOMEM;

	c->leg = leg;
	c->ms = cfg->drill;
	return 0;
}
