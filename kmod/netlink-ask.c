// SPDX-License-Identifier: GPL-2.0
/* The oam-ask command, and the replies to what it asks. */
#include <net/genetlink.h>

#include "netlink-gen.h"
#include "oam.h"

static struct vxc_circuit *request_circuit(struct vxc_net *vn,
					   struct nlattr **tb,
					   struct netlink_ext_ack *extack)
{
	return vxc_nl_circuit(vn, tb[VXC_A_OAM_CIRCUIT],
			      tb[VXC_A_OAM_CIRCUIT_ID], extack);
}

static struct vxc_mep_point *leg_point(struct vxc_net *vn, struct nlattr **tb,
				       struct netlink_ext_ack *extack)
{
	u32 role = VXC_ROLE_PRIMARY, which = VXC_END_A;
	struct vxc_circuit *circuit;
	struct vxc_leg *leg;

	circuit = request_circuit(vn, tb, extack);
	if (IS_ERR(circuit))
		return ERR_CAST(circuit);

	if (tb[VXC_A_OAM_ROLE])
		role = nla_get_u32(tb[VXC_A_OAM_ROLE]);
	if (tb[VXC_A_OAM_END])
		which = nla_get_u32(tb[VXC_A_OAM_END]);
	leg = circuit->end[which].leg[role];
	if (!leg)
		vxc_refuse(extack, 0, "circuit %s has no %s %s", circuit->name,
			   vxc_role_name(role),
			   vxc_end_word(&circuit->end[which]));
	else if (!rtnl_dereference(leg->point.mep))
		vxc_refuse(extack, 0,
			   "on port %s leg %s has no MEP: give it a CCM interval",
			   leg->at.port->name, vxc_role_name(role));
	else
		return &leg->point;

	return ERR_PTR(-ENOENT);
}

/* The peering that is named, of the circuit if that is named, too. */
static struct vxc_peering *request_peering(struct vxc_net *vn,
					   struct nlattr **tb,
					   struct netlink_ext_ack *extack)
{
	const char *name = nla_data(tb[VXC_A_OAM_PEERING]);
	struct vxc_circuit *circuit = NULL;
	struct vxc_peering *p;

	if (tb[VXC_A_OAM_CIRCUIT] || tb[VXC_A_OAM_CIRCUIT_ID])
		circuit = request_circuit(vn, tb, extack);
	if (IS_ERR(circuit))
		return ERR_CAST(circuit);

	p = vxc_peering_find(vn, name);
	if (p && (!circuit || p->circuit == circuit))
		return p;

	if (p)
		vxc_refuse(extack, 0,
			   "peering %s is one of circuit %s, not of circuit %s",
			   name, p->circuit->name, circuit->name);
	else
		vxc_refuse(extack, 0, "there is no peering %s", name);
	return ERR_PTR(-ENOENT);
}

/* The MEP of a peering on the leg that is named, or on the first it uses. */
static struct vxc_mep_point *find_point(struct vxc_peering_mep *pm,
					const struct nlattr *role)
{
	int i;

	for (i = 0; i < VXC_LEGS; i++)
		if (rtnl_dereference(pm->point[i].mep) &&
		    (!role || nla_get_u32(role) == i))
			return &pm->point[i];

	return NULL;
}

static struct vxc_mep_point *peering_point(struct vxc_net *vn,
					   struct nlattr **tb,
					   struct netlink_ext_ack *extack)
{
	struct vxc_mep_point *point;
	struct vxc_peering_mep *pm;
	struct vxc_peering *p;

	p = request_peering(vn, tb, extack);
	if (IS_ERR(p))
		return ERR_CAST(p);

	pm = rtnl_dereference(p->mep);
	point = pm ? find_point(pm, tb[VXC_A_OAM_ROLE]) : NULL;
	if (tb[VXC_A_OAM_END] &&
	    nla_get_u32(tb[VXC_A_OAM_END]) != VXC_END_A)
		vxc_refuse(extack, 0, "peering %s is at end a of circuit %s",
			   p->dev->name, p->circuit->name);
	else if (!pm)
		vxc_refuse(extack, 0,
			   "peering %s has no MEP: give it a CCM interval",
			   p->dev->name);
	else if (!point)
		vxc_refuse(extack, 0, "peering %s does not use %s",
			   p->dev->name, tb[VXC_A_OAM_ROLE] ?
			   "that leg" : "any leg");
	else
		return point;

	return ERR_PTR(-ENOENT);
}

/* Whose question it is, by numbers. */
static int put_mep(struct sk_buff *msg, const struct vxc_mep *mep, u32 id)
{
	const struct vxc_leg *leg = mep->leg;

	if (nla_put_u32(msg, VXC_A_OAM_CIRCUIT_ID, leg->circuit->id) ||
	    nla_put_u32(msg, VXC_A_OAM_END, leg->end->which) ||
	    nla_put_u32(msg, VXC_A_OAM_ROLE, leg->role) ||
	    (mep->peering && nla_put_u32(msg, VXC_A_OAM_PEERING_IFINDEX,
					 mep->peering->dev->ifindex)) ||
	    nla_put_u32(msg, VXC_A_OAM_ID, id))
		return -EMSGSIZE;

	return 0;
}

static int put_answer(struct sk_buff *msg, const struct vxc_mep *mep, u32 id)
{
	struct nlattr *nest = nla_nest_start(msg, VXC_A_MSG_OAM);

	if (!nest || put_mep(msg, mep, id))
		return -EMSGSIZE;

	nla_nest_end(msg, nest);
	return 0;
}

static int ask(struct sk_buff *msg, struct genl_info *info, struct nlattr **tb)
{
	struct vxc_net *vn = vxc_net(genl_info_net(info));
	struct vxc_oam_ask question = { .ttl = 64 };
	struct vxc_mep_point *point;
	int err;

	if (tb[VXC_A_OAM_ASK])
		question.trace = nla_get_u32(tb[VXC_A_OAM_ASK]) ==
				 VXC_ASK_LINKTRACE;
	if (tb[VXC_A_OAM_SIZE])
		question.size = nla_get_u16(tb[VXC_A_OAM_SIZE]);
	if (tb[VXC_A_OAM_TTL])
		question.ttl = nla_get_u8(tb[VXC_A_OAM_TTL]);
	if (tb[VXC_A_OAM_REMOTE])
		question.remote = nla_get_u16(tb[VXC_A_OAM_REMOTE]);

	rtnl_lock();
	point = tb[VXC_A_OAM_PEERING] ? peering_point(vn, tb, info->extack) :
					leg_point(vn, tb, info->extack);
	err = IS_ERR(point) ? PTR_ERR(point) :
			      vxc_oam_ask(point, &question, info->extack);
	if (!err)
		err = put_answer(msg, rtnl_dereference(point->mep),
				 question.id);
	rtnl_unlock();
	return err;
}

int vxc_nl_oam_ask_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct nlattr *tb[VXC_A_OAM_MAX + 1] = {};
	struct sk_buff *msg;
	void *hdr;
	int err;

	if (info->attrs[VXC_A_MSG_OAM]) {
		err = nla_parse_nested(tb, VXC_A_OAM_MAX,
				       info->attrs[VXC_A_MSG_OAM],
				       vxc_oam_nl_policy, info->extack);
		if (err)
			return err;
	}

	msg = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	if (!msg)
		return -ENOMEM;

	hdr = genlmsg_put_reply(msg, info, &vxc_nl_family, 0, VXC_CMD_OAM_ASK);
	err = hdr ? ask(msg, info, tb) : -EMSGSIZE;
	if (err) {
		nlmsg_free(msg);
		return err;
	}

	genlmsg_end(msg, hdr);
	return genlmsg_reply(msg, info);
}

static int put_told(struct sk_buff *msg, const struct vxc_mep *mep,
		    const struct vxc_oam_told *t)
{
	struct nlattr *nest = nla_nest_start(msg, VXC_A_MSG_OAM);

	if (!nest || put_mep(msg, mep, t->id))
		return -EMSGSIZE;

	if (nla_put_u32(msg, VXC_A_OAM_ASK, t->trace ? VXC_ASK_LINKTRACE :
						       VXC_ASK_LOOPBACK) ||
	    nla_put_u64_64bit(msg, VXC_A_OAM_TIME, t->time, VXC_A_OAM_PAD) ||
	    nla_put(msg, VXC_A_OAM_ADDRESS, ETH_ALEN, t->source) ||
	    (t->trace && nla_put_u8(msg, VXC_A_OAM_TTL, t->ttl)) ||
	    (t->flags & VXC_LTR_TERMINAL &&
	     nla_put_flag(msg, VXC_A_OAM_TERMINAL)))
		return -EMSGSIZE;

	nla_nest_end(msg, nest);
	return 0;
}

/**
 * vxc_event_reply() - Tell of a reply to a question that was asked
 * @mep: the MEP that asked
 * @t: the reply
 *
 * Context: softirq, under RCU: names may be changing, so numbers are told.
 */
void vxc_event_reply(const struct vxc_mep *mep, const struct vxc_oam_told *t)
{
	struct vxc_net *vn = mep->leg->circuit->vn;
	struct sk_buff *msg;
	void *hdr;

	if (!vn || !READ_ONCE(vxc_nl_events) ||
	    !genl_has_listeners(&vxc_nl_family, vn->net, VXC_NLGRP_EVENTS))
		return;

	msg = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_ATOMIC);
	if (!msg)
		return;

	hdr = genlmsg_put(msg, 0, 0, &vxc_nl_family, 0, VXC_CMD_EVENT);
	if (!hdr || nla_put_u32(msg, VXC_A_MSG_KIND, VXC_EVENT_KIND_REPLY) ||
	    put_told(msg, mep, t)) {
		nlmsg_free(msg);
		return;
	}

	genlmsg_end(msg, hdr);
	genlmsg_multicast_netns(&vxc_nl_family, vn->net, msg, 0,
				VXC_NLGRP_EVENTS, GFP_ATOMIC);
}
