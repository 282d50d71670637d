// SPDX-License-Identifier: GPL-2.0
/*
 * Crossings, from configuration to data path: a transaction compiles one for
 * each leg of a circuit with two ends, and publishes them all. Under rtnl.
 */
#include <linux/slab.h>

#include "cross.h"

/* Does anything cross the circuit? */
bool vxc_crosses(const struct vxc_circuit *circuit)
{
	return vxc_end_used(&circuit->end[VXC_END_A]) &&
	       vxc_end_used(&circuit->end[VXC_END_Z]);
}

static bool is_limited(const struct vxc_cross *x)
{
	const struct vxc_leg *leg = x->leg;
	int i;

	for (i = 0; i < VXC_CASTS; i++)
		if (x->rate[i] != VXC_RATE_ANY)
			return true;

	return x->hygiene || !is_zero_ether_addr(leg->source);
}

/* What a frame needs that is to leave by a leg. */
void vxc_exit_fill(struct vxc_exit *out, struct vxc_leg *leg)
{
	const struct vxc_attach *at = &leg->at;

	out->lower = at->port->dev;
	out->leg = leg;
	out->stats = leg->stats;
	out->map = &at->port->map[vxc_attach_vid(at)];
	out->match = at->match;
	if (at->match == VXC_MATCH_SVID || at->match == VXC_MATCH_SVID_CVID) {
		out->proto = htons(at->port->tpid);
		out->svid = at->svid;
	}
	if (at->match == VXC_MATCH_SVID_CVID)
		out->cvid = at->cvid;
}

static void fill(struct vxc_cross *x, struct vxc_leg *leg)
{
	struct vxc_circuit *circuit = leg->circuit;
	struct vxc_end *other = &circuit->end[!leg->end->which];
	struct vxc_service *s = &circuit->service;
	struct vxc_exit *out;
	int role;

	x->active = &leg->end->taken.active;
	x->exit_active = &other->taken.active;
	x->role = leg->role;
	x->match = leg->at.match;
	x->leg = leg;
	x->qos = leg->next_qos;
	x->stats = leg->stats;
	x->pcp = s->pcp[other->which];
	x->dei = s->dei[other->which] == VXC_DEI_KEEP ? VLAN_CFI_MASK : 0;
	x->cvids = s->cvids;
	memcpy(x->l2cp, s->l2cp, sizeof(x->l2cp));
	memcpy(x->rate, s->rate, sizeof(x->rate));
	x->hygiene = s->hygiene[leg->end->which];
	x->limited = is_limited(x);
	x->sibling = leg->end->leg[!leg->role];
	if (x->sibling)
		x->sibling_lower = x->sibling->at.port->dev;

	for (role = 0; role < VXC_LEGS; role++) {
		out = &x->exit[role];
		if (!other->leg[role])
			continue;
		vxc_exit_fill(out, other->leg[role]);
		out->qos = other->leg[role]->next_qos;
		if (!x->limited && !x->cvids && x->match == VXC_MATCH_SVID &&
		    out->match == VXC_MATCH_SVID && x->pcp == VXC_PCP_KEEP &&
		    x->dei)
			out->swap = x->qos ? VXC_SWAP_METERED : VXC_SWAP_ONLY;
	}
}

/**
 * vxc_cross_compile() - Prepare the crossings of a circuit
 * @circuit: the circuit
 *
 * Return: 0, or -ENOMEM; vxc_cross_discard() has to follow then.
 */
int vxc_cross_compile(struct vxc_circuit *circuit)
{
	struct vxc_cross *x;
	struct vxc_leg *leg;
	unsigned int i = 0;

	if (!vxc_crosses(circuit))
		return 0;

	while ((leg = vxc_next_leg(circuit, &i))) {
		x = kzalloc(sizeof(*x), GFP_KERNEL_ACCOUNT);
		if (!x)
			return -ENOMEM;
		fill(x, leg);
		leg->next_cross = x;
	}

	return 0;
}

static void publish(struct vxc_leg *leg, struct vxc_cross *x)
{
	struct vxc_cross *old = rtnl_dereference(leg->cross);

	rcu_assign_pointer(leg->cross, x);
	if (old)
		kfree_rcu(old, rcu);
}

/**
 * vxc_cross_publish() - Let the data path see the crossings of a circuit
 * @circuit: the circuit
 */
void vxc_cross_publish(struct vxc_circuit *circuit)
{
	struct vxc_leg *leg;
	unsigned int i = 0;

	while ((leg = vxc_next_leg(circuit, &i))) {
		publish(leg, leg->next_cross);
		leg->next_cross = NULL;
	}
}

/**
 * vxc_cross_discard() - Forget what was compiled
 * @circuit: the circuit
 */
void vxc_cross_discard(struct vxc_circuit *circuit)
{
	struct vxc_leg *leg;
	unsigned int i = 0;

	while ((leg = vxc_next_leg(circuit, &i))) {
		kfree(leg->next_cross);
		leg->next_cross = NULL;
	}
}

/* The leg has left its circuit: nothing crosses from it any more. */
void vxc_cross_remove(struct vxc_leg *leg)
{
	publish(leg, NULL);
}

static void forget_lower(struct vxc_leg *leg)
{
	struct vxc_leg *other;
	struct vxc_cross *x;
	unsigned int i = 0;

	while ((other = vxc_next_leg(leg->circuit, &i))) {
		x = rtnl_dereference(other->cross);
		if (!x)
			continue;
		if (other->end != leg->end)
			WRITE_ONCE(x->exit[leg->role].lower, NULL);
		else if (other != leg)
			WRITE_ONCE(x->sibling_lower, NULL);
	}
}

/**
 * vxc_cross_remove_port() - A port's device goes: nothing may leave by it
 * @port: the port
 *
 * Cannot fail. The caller waits for a grace period.
 */
void vxc_cross_remove_port(struct vxc_port *port)
{
	struct vxc_leg *leg;

	list_for_each_entry(leg, &port->all_legs, on_port)
		forget_lower(leg);
}
