// SPDX-License-Identifier: GPL-2.0
/* Where a leg can attach, and which peerings can use it. Under rtnl. */
#include "txn.h"

static int refuse_taken(struct vxc_txn *txn, const struct vxc_leg *holder)
{
	char buf[32];

	return vxc_txn_refuse(txn, VXC_A_LEG_PORT, -EEXIST,
			      "%s is %s %s of circuit %s already",
			      vxc_attach_name(&holder->at, buf, sizeof(buf)),
			      vxc_end_word(holder->end),
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
			      "%s of peering %s: taken by %s, %s %s of circuit %s",
			      frames, p->dev->name,
			      vxc_attach_name(&holder->at, buf, sizeof(buf)),
			      vxc_end_word(holder->end),
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

/* The far ends of one veth pair, both in this network namespace? */
static bool is_pair(const struct net_device *a, const struct net_device *b)
{
	if (!a || !b || !a->rtnl_link_ops ||
	    strcmp(a->rtnl_link_ops->kind, "veth"))
		return false;

	return a->rtnl_link_ops == b->rtnl_link_ops &&
	       dev_get_iflink(a) == b->ifindex &&
	       dev_get_iflink(b) == a->ifindex;
}

static bool same_tags(const struct vxc_attach *a, const struct vxc_attach *b)
{
	return a->match == b->match && a->svid == b->svid &&
	       a->cvid == b->cvid && a->port->tpid == b->port->tpid;
}

/* What leaves by the one end would come in by the other. */
static int check_loop(struct vxc_txn *txn, const struct vxc_leg *leg)
{
	const struct vxc_leg *other;
	char buf[32], far[32];
	unsigned int i = 0;

	while ((other = vxc_next_leg(leg->circuit, &i))) {
		if (other->end == leg->end ||
		    !same_tags(&leg->at, &other->at) ||
		    !is_pair(leg->at.port->dev, other->at.port->dev))
			continue;
		return vxc_refuse(txn->extack, -ELOOP,
				  "%s and %s are the two ends of one veth pair: circuit %s would lead to itself",
				  vxc_attach_name(&leg->at, buf, sizeof(buf)),
				  vxc_attach_name(&other->at, far,
						  sizeof(far)),
				  leg->circuit->name);
	}

	return 0;
}

/**
 * vxc_leg_check() - Everything that could be wrong with where a leg attaches
 * @txn: the transaction
 * @leg: the leg; it may not be linked to its port yet
 *
 * Return: 0 or an error.
 */
int vxc_leg_check(struct vxc_txn *txn, const struct vxc_leg *leg)
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

	err = check_loop(txn, leg);
	if (!err)
		err = check_shadows(txn, leg);
	if (!err)
		err = check_peerings(txn, leg);
	/* The leg is new here, the peering is not at fault. */
	if (err)
		txn->bad = VXC_A_LEG_PORT;
	return err;
}
