// SPDX-License-Identifier: GPL-2.0
/*
 * Legs: the attachments of a circuit to ports. A leg can move to another port
 * or VLAN ID in place; its peerings do not notice.
 */
#include <linux/slab.h>

#include "txn.h"

const char *vxc_role_name(u8 role)
{
	return role == VXC_ROLE_PRIMARY ? "primary" : "secondary";
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

static int refuse_taken(struct vxc_txn *txn, const struct vxc_leg *holder)
{
	char buf[32];

	return vxc_txn_refuse(txn, VXC_A_LEG_PORT, -EEXIST,
			      "%s is leg %s of circuit %s already",
			      vxc_attach_name(&holder->at, buf, sizeof(buf)),
			      vxc_role_name(holder->role),
			      holder->circuit->name);
}

static int refuse_shadow(struct vxc_txn *txn, u16 cvid,
			 const struct vxc_peering *p,
			 const struct vxc_leg *holder)
{
	char frames[32] = "untagged frames";
	char buf[32];

	if (cvid)
		snprintf(frames, sizeof(frames), "C-VID %u", cvid);
	return vxc_txn_refuse(txn, VXC_A_PEERING_CVID, -EEXIST,
			      "%s of peering %s: taken by %s, leg %s of circuit %s",
			      frames, p->dev->name,
			      vxc_attach_name(&holder->at, buf, sizeof(buf)),
			      vxc_role_name(holder->role),
			      holder->circuit->name);
}

/* A longer match elsewhere would take all frames of the peering. */
static int check_shadow(struct vxc_txn *txn, const struct vxc_leg *leg,
			const struct vxc_peering *p)
{
	const struct vxc_leg *other = NULL;
	struct vxc_port *port = leg->at.port;

	if (leg->at.match == VXC_MATCH_SVID && p->cvid)
		other = vxc_leg_at(port, leg->at.svid, p->cvid);
	else if (leg->at.match == VXC_MATCH_ANY && p->cvid &&
		 port->tpid == ETH_P_8021Q)
		other = vxc_leg_at(port, p->cvid, 0);
	else if (leg->at.match == VXC_MATCH_ANY && !p->cvid)
		other = vxc_leg_at(port, VXC_VID_UNTAGGED, 0);
	if (!other || other == leg)
		return 0;

	return refuse_shadow(txn, p->cvid, p, other);
}

static int check_mtu(struct vxc_txn *txn, const struct vxc_leg *leg,
		     const struct vxc_peering *p)
{
	u32 mtu = p->mtu_given ? p->mtu : ETH_MIN_MTU;
	const struct vxc_port *port = leg->at.port;
	u32 need = mtu + vxc_attach_tags(&leg->at);

	if (p->cvid)
		need += VLAN_HLEN;
	if (!port->dev || port->dev->mtu >= need)
		return 0;

	return vxc_txn_refuse(txn, VXC_A_PEERING_MTU, -EINVAL,
			      "port %s mtu %u, needs %u for mtu %u of peering %s",
			      port->name, port->dev->mtu, need, mtu,
			      p->dev->name);
}

/**
 * vxc_leg_check_peering() - Can a peering use a leg?
 * @txn: the transaction; a refusal is of an attribute of the peering
 * @leg: the leg
 * @p: the peering
 *
 * Return: 0 or an error.
 */
int vxc_leg_check_peering(struct vxc_txn *txn, const struct vxc_leg *leg,
			  const struct vxc_peering *p)
{
	u8 match = leg->at.match;
	char buf[32];
	int err;

	if (p->cvid && (match == VXC_MATCH_SVID_CVID ||
			match == VXC_MATCH_UNTAGGED))
		return vxc_txn_refuse(txn, VXC_A_PEERING_CVID, -EINVAL,
				      "leg %s carries no C-tag, so peering %s cannot have C-VID %u",
				      vxc_attach_name(&leg->at, buf,
						      sizeof(buf)),
				      p->dev->name, p->cvid);

	err = check_shadow(txn, leg, p);
	if (err)
		return err;

	return check_mtu(txn, leg, p);
}

/* The reverse of check_shadow(): would this attachment take frames away? */
static int check_shadows(struct vxc_txn *txn, const struct vxc_leg *leg)
{
	const struct vxc_attach *at = &leg->at;
	const struct vxc_leg *wide = NULL;
	struct vxc_peering *p;
	u16 cvid = 0;

	if (at->match == VXC_MATCH_SVID_CVID) {
		wide = vxc_leg_at(at->port, at->svid, 0);
		cvid = at->cvid;
	} else if (at->match != VXC_MATCH_ANY) {
		wide = vxc_leg_at(at->port, VXC_VID_ANY, 0);
		if (at->match == VXC_MATCH_SVID)
			cvid = at->svid;
	}
	if (!wide || wide == leg)
		return 0;

	list_for_each_entry(p, &wide->circuit->peerings, list)
		if (!p->dying && p->cvid == cvid &&
		    vxc_peering_on_leg(p, wide))
			return refuse_shadow(txn, cvid, p, leg);

	return 0;
}

static int check_peerings(struct vxc_txn *txn, const struct vxc_leg *leg)
{
	struct vxc_peering *p;
	int err;

	list_for_each_entry(p, &leg->circuit->peerings, list) {
		if (p->dying || !vxc_peering_on_leg(p, leg))
			continue;
		err = vxc_leg_check_peering(txn, leg, p);
		if (err)
			return err;
	}

	return 0;
}

/* Everything that could be wrong with where a leg attaches. */
static int check_attach(struct vxc_txn *txn, const struct vxc_leg *leg)
{
	const struct vxc_attach *at = &leg->at;
	struct vxc_leg *other;
	int err;

	other = vxc_leg_at(at->port, vxc_attach_vid(at),
			   at->match == VXC_MATCH_SVID_CVID ? at->cvid : 0);
	if (other && other != leg)
		return refuse_taken(txn, other);

	err = vxc_attach_check_vlan(at, at->port->tpid, txn->extack);
	if (err)
		return err;

	err = check_shadows(txn, leg);
	if (!err)
		err = check_peerings(txn, leg);
	/* The leg is new here, the peering is not at fault. */
	if (err)
		txn->bad = VXC_A_LEG_PORT;
	return err;
}

static void leg_link(struct vxc_leg *leg)
{
	struct vxc_port *port = leg->at.port;
	u8 bucket = vxc_attach_vid(&leg->at);

	hlist_add_head(&leg->slot, &port->legs[bucket]);
	list_add_tail(&leg->on_port, &port->all_legs);
	port->nlegs++;
}

static void leg_unlink(struct vxc_leg *leg)
{
	hlist_del_init(&leg->slot);
	list_del(&leg->on_port);
	leg->at.port->nlegs--;
}

/* Take a leg from its circuit and port, so that it can be restored. */
void vxc_leg_take(struct vxc_leg *leg)
{
	leg_unlink(leg);
	leg->circuit->leg[leg->role] = NULL;
}

void vxc_leg_restore(struct vxc_leg *leg)
{
	leg->circuit->leg[leg->role] = leg;
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

static void leg_free_rcu(struct rcu_head *rcu)
{
	struct vxc_leg *leg = container_of(rcu, struct vxc_leg, rcu);

	free_percpu(leg->drops);
	kfree(leg);
}

/* Freed after a grace period. */
void vxc_leg_free(struct vxc_leg *leg)
{
	call_rcu(&leg->rcu, leg_free_rcu);
}

static struct vxc_leg *leg_alloc(struct vxc_circuit *circuit, u8 role)
{
	struct vxc_counters before = {};
	struct vxc_peering *p;
	struct vxc_leg *leg;

	leg = kzalloc(sizeof(*leg), GFP_KERNEL_ACCOUNT);
	if (!leg)
		return NULL;

	leg->drops = netdev_alloc_pcpu_stats(struct vxc_pcpu_drops);
	if (!leg->drops) {
		kfree(leg);
		return NULL;
	}

	leg->circuit = circuit;
	leg->role = role;
	leg->usable = VXC_NO_LEG;

	/* What the peerings counted over a leg before this one is not ours. */
	list_for_each_entry(p, &circuit->peerings, list)
		vxc_stats_add(&before, p->stats[role]);
	leg->gone.rx_packets = -before.rx_packets;
	leg->gone.rx_bytes = -before.rx_bytes;
	leg->gone.tx_packets = -before.tx_packets;
	leg->gone.tx_bytes = -before.tx_bytes;
	return leg;
}

struct leg_change {
	struct vxc_change		change;
	struct vxc_leg			*leg;
	struct vxc_attach		at;	/* before the change */
	bool				quiet;	/* the circuit is new too */
};

static void leg_changed(struct vxc_txn *txn, struct vxc_change *change)
{
	struct leg_change *c = (struct leg_change *)change;
	struct vxc_circuit *circuit = c->leg->circuit;
	struct vxc_peering *p;

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

static int pick_role(struct vxc_txn *txn, struct vxc_circuit *circuit,
		     const struct vxc_leg_cfg *cfg)
{
	u8 role = cfg->role;

	if (!(cfg->given & VXC_LEG_ROLE))
		role = circuit->leg[VXC_ROLE_PRIMARY] ? VXC_ROLE_SECONDARY :
							VXC_ROLE_PRIMARY;
	if (circuit->leg[role])
		return vxc_txn_refuse(txn, VXC_A_LEG_ROLE, -EEXIST,
				      "circuit %s has a %s leg already",
				      circuit->name, vxc_role_name(role));

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
	struct leg_change *c;
	struct vxc_leg *leg;
	int role, err;

	role = pick_role(txn, circuit, cfg);
	if (role < 0)
		return role;

	c = vxc_txn_record(txn, sizeof(*c), leg_changed, leg_add_abort);
	if (!c)
		return -ENOMEM;

	leg = leg_alloc(circuit, role);
	if (!leg)
		return -ENOMEM;

	leg->at.match = VXC_MATCH_SVID;
	err = resolve(txn, cfg, &leg->at);
	if (!err)
		err = check_attach(txn, leg);
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

static struct vxc_leg *leg_get(struct vxc_txn *txn,
			       struct vxc_circuit *circuit,
			       const struct vxc_leg_cfg *cfg)
{
	struct vxc_leg *leg;

	if (!(cfg->given & VXC_LEG_ROLE)) {
		vxc_refuse(txn->extack, -EINVAL,
			   "which leg of circuit %s? give its role",
			   circuit->name);
		return ERR_PTR(-EINVAL);
	}

	leg = circuit->leg[cfg->role];
	if (!leg) {
		vxc_refuse(txn->extack, -ENOENT, "circuit %s has no %s leg",
			   circuit->name, vxc_role_name(cfg->role));
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
	c->leg->at = c->at;
	leg_link(c->leg);
}

/**
 * vxc_leg_set() - Move a leg in place
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

	leg = leg_get(txn, circuit, cfg);
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
	c->leg = leg;
	leg_unlink(leg);
	leg->at = at;
	err = check_attach(txn, leg);
	leg_link(leg);
	vxc_map_touch(&leg->at);
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

	leg = leg_get(txn, circuit, cfg);
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
