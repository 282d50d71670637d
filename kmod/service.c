// SPDX-License-Identifier: GPL-2.0
/* What a circuit does with the frames that cross it. All under rtnl. */
#include <linux/bitmap.h>
#include <linux/slab.h>

#include "txn.h"

/**
 * vxc_service_init() - The service of a new circuit
 * @s: the service
 *
 * As transparent as it can be. PAUSE is between two neighbours and never
 * crosses.
 */
void vxc_service_init(struct vxc_service *s)
{
	int i;

	for (i = 0; i < VXC_ENDS; i++)
		s->pcp[i] = VXC_PCP_KEEP;
	for (i = 0; i < VXC_CASTS; i++)
		s->rate[i] = VXC_RATE_ANY;
	for (i = 0; i < VXC_L2CPS; i++)
		s->l2cp[i] = VXC_L2CP_ACTION_TUNNEL;
	s->l2cp[VXC_L2CP_PAUSE] = VXC_L2CP_ACTION_DISCARD;
	s->neighbour_rate = VXC_NEIGHBOUR_RATE_DEFAULT;
	s->loop_guard = 1;
	s->cvids = NULL;
}

struct service_change {
	struct vxc_change		change;
	struct vxc_circuit		*circuit;
	struct vxc_service		old;
	struct vxc_cvids		*cvids;	/* the new one */
};

static void set_commit(struct vxc_txn *txn, struct vxc_change *change)
{
	struct service_change *c = (struct service_change *)change;

	if (c->old.cvids && c->old.cvids != c->cvids)
		kfree_rcu(c->old.cvids, rcu);
}

static void set_abort(struct vxc_txn *txn, struct vxc_change *change)
{
	struct service_change *c = (struct service_change *)change;

	if (!c->circuit)
		return;

	if (c->cvids != c->old.cvids)
		kfree(c->cvids);
	c->circuit->service = c->old;
}

/* The half that is not given stays as it is. */
static int merge_cvids(struct vxc_service *s,
		       const struct vxc_service_cfg *cfg)
{
	struct vxc_cvids *c = vxc_cvids_alloc();

	if (!c)
		return -ENOMEM;

	if (cfg->given & VXC_SERVICE_CVIDS)
		bitmap_copy(c->allowed, cfg->cvids->allowed, VLAN_N_VID);
	else if (s->cvids)
		bitmap_copy(c->allowed, s->cvids->allowed, VLAN_N_VID);

	if (cfg->given & VXC_SERVICE_TRANSLATE) {
		c->npairs = cfg->cvids->npairs;
		memcpy(c->pair, cfg->cvids->pair, sizeof(c->pair));
	} else if (s->cvids) {
		c->npairs = s->cvids->npairs;
		memcpy(c->pair, s->cvids->pair, sizeof(c->pair));
	}

	if (vxc_cvids_idle(c)) {
		kfree(c);
		c = NULL;
	}
	s->cvids = c;
	return 0;
}

static void take_cfg(struct vxc_service *s, const struct vxc_service_cfg *cfg)
{
	int i;

	for (i = 0; i < VXC_ENDS; i++) {
		if (cfg->given & VXC_SERVICE_PCP(i))
			s->pcp[i] = cfg->pcp[i];
		if (cfg->given & VXC_SERVICE_DEI(i))
			s->dei[i] = cfg->dei[i];
		if (cfg->given & VXC_SERVICE_HYGIENE(i))
			s->hygiene[i] = cfg->hygiene[i];
	}
	for (i = 0; i < VXC_CASTS; i++)
		if (cfg->given & VXC_SERVICE_RATE(i))
			s->rate[i] = cfg->rate[i];
	for (i = 0; i < VXC_L2CPS; i++)
		if (cfg->l2cp_given & BIT(i))
			s->l2cp[i] = cfg->l2cp[i];
	if (cfg->given & VXC_SERVICE_NEIGHBOURS)
		s->neighbour_rate = cfg->neighbour_rate;
	if (cfg->given & VXC_SERVICE_GUARD)
		s->loop_guard = cfg->loop_guard;
}

/**
 * vxc_service_set() - Change what a circuit does with crossing frames
 * @txn: the transaction
 * @circuit: the circuit
 * @cfg: what is to change; its table of C-VIDs stays the caller's
 *
 * Return: 0 or an error.
 */
int vxc_service_set(struct vxc_txn *txn, struct vxc_circuit *circuit,
		    const struct vxc_service_cfg *cfg)
{
	struct service_change *c;
	int err;

	if (cfg->l2cp_given & BIT(VXC_L2CP_PAUSE) &&
	    cfg->l2cp[VXC_L2CP_PAUSE] == VXC_L2CP_ACTION_TUNNEL)
		return vxc_txn_refuse(txn, VXC_A_CIRCUIT_L2CP, -EINVAL,
				      "pause never crosses circuit %s: it can be discarded or peered",
				      circuit->name);

	c = vxc_txn_record(txn, sizeof(*c), set_commit, set_abort);
	if (!c)
		return -ENOMEM;

	c->old = circuit->service;
	c->cvids = c->old.cvids;
	c->circuit = circuit;
	vxc_txn_touch(txn, circuit);
	take_cfg(&circuit->service, cfg);
	if (!(cfg->given & (VXC_SERVICE_CVIDS | VXC_SERVICE_TRANSLATE)))
		return 0;

	err = merge_cvids(&circuit->service, cfg);
	c->cvids = circuit->service.cvids;
	return err;
}
