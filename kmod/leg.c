// SPDX-License-Identifier: GPL-2.0
/*
 * Legs: the attachments of a circuit to ports. A leg can move to another port
 * or VLAN ID in place; its peerings do not notice.
 */
#include <linux/slab.h>

#include "slots.h"
#include "txn.h"

const char *vxc_role_name(u8 role)
{
	return role == VXC_ROLE_PRIMARY ? "primary" : "secondary";
}

/* What the command calls the legs of an end. */
const char *vxc_end_word(const struct vxc_end *end)
{
	return end->which == VXC_END_A ? "leg" : "z-leg";
}

/**
 * vxc_attach_name() - The usual notation for an attachment
 * @at: the attachment
 * @buf: where to put it
 * @len: size of @buf
 *
 * Return: @buf, with eth1:100, eth1:100.200, eth1:untagged or eth1:*.
 */
const char *vxc_attach_name(const struct vxc_attach *at, char *buf, size_t len)
{
	const char *port = at->port->name;

	switch (at->match) {
	case VXC_MATCH_SVID:
		snprintf(buf, len, "%s:%u", port, at->svid);
		break;
	case VXC_MATCH_SVID_CVID:
		snprintf(buf, len, "%s:%u.%u", port, at->svid, at->cvid);
		break;
	case VXC_MATCH_UNTAGGED:
		snprintf(buf, len, "%s:untagged", port);
		break;
	default:
		snprintf(buf, len, "%s:*", port);
	}

	return buf;
}

/* Bytes of the tags that belong to the attachment itself. */
u16 vxc_attach_tags(const struct vxc_attach *at)
{
	switch (at->match) {
	case VXC_MATCH_SVID:
		return VLAN_HLEN;
	case VXC_MATCH_SVID_CVID:
		return 2 * VLAN_HLEN;
	default:
		return 0;
	}
}

/* The leg of a port at an outer VID, and at a C-VID under it if not 0. */
struct vxc_leg *vxc_leg_at(const struct vxc_port *port, u16 vid, u16 cvid)
{
	struct vxc_leg *leg;
	u16 at_cvid;

	hlist_for_each_entry(leg, &port->legs[vid & 0xff], slot) {
		at_cvid = leg->at.match == VXC_MATCH_SVID_CVID ?
			  leg->at.cvid : 0;
		if (vxc_attach_vid(&leg->at) == vid && at_cvid == cvid)
			return leg;
	}

	return NULL;
}

static void leg_link(struct vxc_leg *leg)
{
	struct vxc_port *port = leg->at.port;
	u8 bucket = vxc_attach_vid(&leg->at);

	hlist_add_head(&leg->slot, &port->legs[bucket]);
	list_add_tail(&leg->on_port, &port->all_legs);
	port->nlegs++;
	vxc_port_sell(leg, vxc_qos_sold(leg->circuit));
}

static void leg_unlink(struct vxc_leg *leg)
{
	hlist_del_init(&leg->slot);
	list_del(&leg->on_port);
	leg->at.port->nlegs--;
	vxc_port_sell(leg, 0);
}

/* Take a leg from its circuit and port, so that it can be restored. */
void vxc_leg_take(struct vxc_leg *leg)
{
	leg_unlink(leg);
	leg->end->leg[leg->role] = NULL;
}

void vxc_leg_restore(struct vxc_leg *leg)
{
	leg->end->leg[leg->role] = leg;
	leg_link(leg);
}

/* What the given attributes make of an attachment. */
static int resolve(struct vxc_txn *txn, const struct vxc_leg_cfg *cfg,
		   struct vxc_attach *at)
{
	u32 vids = cfg->given & (VXC_LEG_SVID | VXC_LEG_CVID);
	u32 want = 0;

	if (cfg->given & VXC_LEG_PORT) {
		at->port = vxc_port_find(txn->vn, cfg->port);
		if (!at->port)
			return vxc_txn_refuse(txn, VXC_A_LEG_PORT, -ENOENT,
					      "%s is not a vxc port",
					      cfg->port);
	}
	if (!at->port)
		return vxc_refuse(txn->extack, -EINVAL, "a leg needs a port");

	if (cfg->given & VXC_LEG_MATCH)
		at->match = cfg->match;
	else if (vids)
		at->match = cfg->given & VXC_LEG_CVID ? VXC_MATCH_SVID_CVID :
							VXC_MATCH_SVID;

	if (cfg->given & VXC_LEG_SVID)
		at->svid = cfg->svid;
	if (cfg->given & VXC_LEG_CVID)
		at->cvid = cfg->cvid;
	if (at->match == VXC_MATCH_SVID || at->match == VXC_MATCH_SVID_CVID)
		want |= VXC_LEG_SVID;
	if (at->match == VXC_MATCH_SVID_CVID)
		want |= VXC_LEG_CVID;

	if (vids & ~want)
		return vxc_refuse(txn->extack, -EINVAL,
				  "this match of a leg takes no such VLAN ID");
	if ((want & VXC_LEG_SVID && !at->svid) ||
	    (want & VXC_LEG_CVID && !at->cvid))
		return vxc_refuse(txn->extack, -EINVAL,
				  "this match of a leg needs %s",
				  want & VXC_LEG_CVID ? "S-VID and C-VID" :
							"an S-VID");
	if (!(want & VXC_LEG_SVID))
		at->svid = 0;
	if (!(want & VXC_LEG_CVID))
		at->cvid = 0;
	return 0;
}

struct leg_counters {
	struct vxc_pcpu_stats		stats;
	struct vxc_pcpu_drops		drops;
};

static struct vxc_slot_kind leg_slots = {
	.partial	= LIST_HEAD_INIT(leg_slots.partial),
	.size		= sizeof(struct leg_counters),
};

static int alloc_leg_counters(struct vxc_leg *leg)
{
	struct leg_counters __percpu *counters;
	struct leg_counters *c;
	int cpu;

	counters = vxc_slot_get(&leg_slots, &leg->slots);
	if (!counters)
		return -ENOMEM;

	for_each_possible_cpu(cpu) {
		c = per_cpu_ptr(counters, cpu);
		u64_stats_init(&c->stats.syncp);
		u64_stats_init(&c->drops.syncp);
	}

	leg->stats = &counters->stats;
	leg->drops = &counters->drops;
	return 0;
}

static void free_leg_counters(struct vxc_leg *leg)
{
	BUILD_BUG_ON(offsetof(struct leg_counters, stats));
	vxc_slot_put(leg->slots, leg->stats);
}

static void leg_free_rcu(struct rcu_head *rcu)
{
	struct vxc_leg *leg = container_of(rcu, struct vxc_leg, rcu);

	free_leg_counters(leg);
	vxc_qos_free(leg);
	kfree(leg->ledger.windows.measured);
	kfree(leg->oam_cfg);
	kmem_cache_free(vxc_legs, leg);
}

/* Freed after a grace period. */
void vxc_leg_free(struct vxc_leg *leg)
{
	vxc_mep_end(&leg->point);
	vxc_cross_remove(leg);
	call_rcu(&leg->rcu, leg_free_rcu);
}

/* What the peerings counted over a leg before this one is not ours. */
static void forget_counted(struct vxc_leg *leg)
{
	struct vxc_counters before = {};
	struct vxc_peering *p;

	if (leg->end->which != VXC_END_A)
		return;

	list_for_each_entry(p, &leg->circuit->peerings, list)
		vxc_stats_add(&before, p->stats[leg->role]);
	leg->gone.rx_packets = -before.rx_packets;
	leg->gone.rx_bytes = -before.rx_bytes;
	leg->gone.tx_packets = -before.tx_packets;
	leg->gone.tx_bytes = -before.tx_bytes;
}

static struct vxc_leg *leg_alloc(struct vxc_end *end, u8 role)
{
	struct vxc_leg *leg;

	leg = kmem_cache_zalloc(vxc_legs, GFP_KERNEL);
	if (!leg)
		return NULL;

	if (alloc_leg_counters(leg)) {
		kmem_cache_free(vxc_legs, leg);
		return NULL;
	}

	leg->circuit = end->circuit;
	leg->end = end;
	leg->role = role;
	leg->usable = VXC_NO_LEG;
	forget_counted(leg);
	return leg;
}

struct leg_change {
	struct vxc_change		change;
	struct vxc_leg			*leg;
	struct vxc_attach		at;	/* before the change */
	struct vxc_mep_cfg		oam_cfg;	/* the same */
	u8				source[ETH_ALEN];
	bool				quiet;	/* the circuit is new too */
	bool				forget;	/* the neighbour is another */
};

static void leg_changed(struct vxc_txn *txn, struct vxc_change *change)
{
	struct leg_change *c = (struct leg_change *)change;
	struct vxc_circuit *circuit = c->leg->circuit;
	struct vxc_peering *p;

	if (c->forget)
		vxc_source_forget(c->leg);
	list_for_each_entry(p, &circuit->peerings, list)
		vxc_peering_follow(p);
	if (!c->quiet)
		vxc_event_circuit(circuit, VXC_EVENT_KIND_CHANGED);
}

static void leg_add_abort(struct vxc_txn *txn, struct vxc_change *change)
{
	struct leg_change *c = (struct leg_change *)change;

	if (!c->leg)
		return;

	vxc_leg_take(c->leg);
	vxc_leg_free(c->leg);
}

static int pick_role(struct vxc_txn *txn, const struct vxc_end *end,
		     const struct vxc_leg_cfg *cfg)
{
	u8 role = cfg->role;

	if (!(cfg->given & VXC_LEG_ROLE))
		role = end->leg[VXC_ROLE_PRIMARY] ? VXC_ROLE_SECONDARY :
						    VXC_ROLE_PRIMARY;
	if (end->leg[role])
		return vxc_txn_refuse(txn, VXC_A_LEG_ROLE, -EEXIST,
				      "circuit %s has a %s %s already",
				      end->circuit->name, vxc_role_name(role),
				      vxc_end_word(end));

	return role;
}

/**
 * vxc_leg_add() - Give a circuit a leg
 * @txn: the transaction
 * @circuit: the circuit
 * @cfg: what is given
 *
 * Return: 0 or an error.
 */
int vxc_leg_add(struct vxc_txn *txn, struct vxc_circuit *circuit,
		const struct vxc_leg_cfg *cfg)
{
	struct vxc_end *end = &circuit->end[cfg->end];
	struct leg_change *c;
	struct vxc_leg *leg;
	int role, err;

	role = pick_role(txn, end, cfg);
	if (role < 0)
		return role;

	c = vxc_txn_record(txn, sizeof(*c), leg_changed, leg_add_abort);
	if (!c)
		return -ENOMEM;

	leg = leg_alloc(end, role);
	if (!leg)
		return -ENOMEM;

	leg->at.match = VXC_MATCH_SVID;
	ether_addr_copy(leg->source, cfg->source);
	err = resolve(txn, cfg, &leg->at);
	if (!err)
		err = vxc_leg_check(txn, leg);
	if (!err && cfg->mep)
		err = vxc_mep_set(txn, leg, cfg->mep);
	if (err) {
		vxc_leg_free(leg);
		return err;
	}

	vxc_leg_restore(leg);
	c->leg = leg;
	c->quiet = circuit->fresh;
	vxc_txn_touch(txn, circuit);
	return vxc_filter_tell(txn, &leg->at, leg->at.port->tpid);
}

/**
 * vxc_leg_get() - The leg that an operation is for
 * @txn: the transaction
 * @circuit: the circuit
 * @cfg: end and role
 *
 * Return: the leg or an ERR_PTR().
 */
struct vxc_leg *vxc_leg_get(struct vxc_txn *txn, struct vxc_circuit *circuit,
			    const struct vxc_leg_cfg *cfg)
{
	struct vxc_end *end = &circuit->end[cfg->end];
	struct vxc_leg *leg;

	if (!(cfg->given & VXC_LEG_ROLE)) {
		vxc_refuse(txn->extack, -EINVAL,
			   "which leg of circuit %s? give its role",
			   circuit->name);
		return ERR_PTR(-EINVAL);
	}

	leg = end->leg[cfg->role];
	if (!leg) {
		vxc_refuse(txn->extack, -ENOENT, "circuit %s has no %s %s",
			   circuit->name, vxc_role_name(cfg->role),
			   vxc_end_word(end));
		return ERR_PTR(-ENOENT);
	}

	return leg;
}

static void leg_set_abort(struct vxc_txn *txn, struct vxc_change *change)
{
	struct leg_change *c = (struct leg_change *)change;

	if (!c->leg)
		return;

	leg_unlink(c->leg);
	ether_addr_copy(c->leg->source, c->source);
	c->leg->at = c->at;
	if (c->leg->oam_cfg)
		*c->leg->oam_cfg = c->oam_cfg;
	leg_link(c->leg);
}

/**
 * vxc_leg_set() - Move a leg in place, or change its MEP
 * @txn: the transaction
 * @circuit: the circuit
 * @cfg: role, and what is to change
 *
 * Return: 0 or an error.
 */
int vxc_leg_set(struct vxc_txn *txn, struct vxc_circuit *circuit,
		const struct vxc_leg_cfg *cfg)
{
	struct leg_change *c;
	struct vxc_attach at;
	struct vxc_leg *leg;
	int err;

	leg = vxc_leg_get(txn, circuit, cfg);
	if (IS_ERR(leg))
		return PTR_ERR(leg);

	at = leg->at;
	err = resolve(txn, cfg, &at);
	if (err)
		return err;

	c = vxc_txn_record(txn, sizeof(*c), leg_changed, leg_set_abort);
	if (!c)
		return -ENOMEM;

	/* Both where it was and where it goes must be compiled. */
	vxc_txn_touch(txn, circuit);
	c->at = leg->at;
	if (leg->oam_cfg)
		c->oam_cfg = *leg->oam_cfg;
	ether_addr_copy(c->source, leg->source);
	c->leg = leg;
	leg_unlink(leg);
	leg->at = at;
	c->forget = cfg->given & (VXC_LEG_SOURCE | VXC_LEG_PORT |
				  VXC_LEG_MATCH | VXC_LEG_SVID | VXC_LEG_CVID);
	if (cfg->given & VXC_LEG_SOURCE)
		ether_addr_copy(leg->source, cfg->source);
	err = vxc_leg_check(txn, leg);
	leg_link(leg);
	vxc_map_touch(&leg->at);
	if (!err && cfg->mep)
		err = vxc_mep_set(txn, leg, cfg->mep);
	if (err)
		return err;

	err = vxc_filter_tell(txn, &leg->at, leg->at.port->tpid);
	if (err)
		return err;

	return vxc_filter_untell(txn, &c->at, c->at.port->tpid);
}

static void leg_del_commit(struct vxc_txn *txn, struct vxc_change *change)
{
	struct leg_change *c = (struct leg_change *)change;

	leg_changed(txn, change);
	vxc_leg_free(c->leg);
}

static void leg_del_abort(struct vxc_txn *txn, struct vxc_change *change)
{
	struct leg_change *c = (struct leg_change *)change;

	if (!c->leg)
		return;

	vxc_leg_restore(c->leg);
}

static int check_unused(struct vxc_txn *txn, const struct vxc_leg *leg)
{
	struct vxc_peering *p;

	if (leg->end->which != VXC_END_A)
		return 0;

	list_for_each_entry(p, &leg->circuit->peerings, list)
		if (!p->dying && p->role == leg->role)
			return vxc_refuse(txn->extack, -EBUSY,
					  "peering %s is pinned to leg %s of circuit %s",
					  p->dev->name,
					  vxc_role_name(leg->role),
					  leg->circuit->name);

	return 0;
}

/**
 * vxc_leg_del() - Take a leg from a circuit
 * @txn: the transaction
 * @circuit: the circuit
 * @cfg: role
 *
 * Return: 0 or an error.
 */
int vxc_leg_del(struct vxc_txn *txn, struct vxc_circuit *circuit,
		const struct vxc_leg_cfg *cfg)
{
	struct leg_change *c;
	struct vxc_leg *leg;
	int err;

	leg = vxc_leg_get(txn, circuit, cfg);
	if (IS_ERR(leg))
		return PTR_ERR(leg);

	err = check_unused(txn, leg);
	if (err)
		return err;

	c = vxc_txn_record(txn, sizeof(*c), leg_del_commit, leg_del_abort);
	if (!c)
		return -ENOMEM;

	vxc_txn_touch(txn, circuit);
	c->leg = leg;
	vxc_leg_take(leg);
	return vxc_filter_untell(txn, &leg->at, leg->at.port->tpid);
}
