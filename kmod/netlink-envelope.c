// SPDX-License-Identifier: GPL-2.0
/* Envelopes in netlink: from attributes to plain structs, and back. */
#include <net/genetlink.h>
#include <net/sock.h>

#include "netlink-attr.h"
#include "netlink-gen.h"
#include "txn.h"

/* Attributes that only replies have. */
static const u8 read_only[] = {
	VXC_A_ENVELOPE_SOLD, VXC_A_ENVELOPE_CBS_NOW, VXC_A_ENVELOPE_EBS_NOW,
	VXC_A_ENVELOPE_CIRCUIT, 0
};

static u64 get_u64(const struct nlattr *attr, u32 *given, u32 bit)
{
	if (!attr)
		return 0;

	*given |= bit;
	return nla_get_u64(attr);
}

/* What a circuit's attributes say of its envelope. */
void vxc_nl_get_part(struct nlattr **tb, struct vxc_part_cfg *cfg)
{
	u32 *given = &cfg->given;

	cfg->envelope = get_text(tb[VXC_A_CIRCUIT_ENVELOPE]);
	if (cfg->envelope)
		cfg->given |= VXC_PART_ENVELOPE;
	cfg->cir = get_u64(tb[VXC_A_CIRCUIT_CIR], given, VXC_PART_CIR);
	cfg->cbs = get_u32(tb[VXC_A_CIRCUIT_CBS], given, VXC_PART_CBS);
	cfg->rank = get_u8(tb[VXC_A_CIRCUIT_RANK], given, VXC_PART_RANK);
}

/* What there is to say of a circuit in an envelope. */
int vxc_put_part(struct sk_buff *skb, const struct vxc_qos_cfg *cfg)
{
	if (!cfg->part)
		return 0;

	if (nla_put_string(skb, VXC_A_CIRCUIT_ENVELOPE,
			   cfg->part->envelope->name) ||
	    nla_put_u64_64bit(skb, VXC_A_CIRCUIT_CIR, cfg->cir,
			      VXC_A_CIRCUIT_PAD) ||
	    nla_put_u32(skb, VXC_A_CIRCUIT_CBS, cfg->cbs) ||
	    nla_put_u8(skb, VXC_A_CIRCUIT_RANK, cfg->rank))
		return -EMSGSIZE;

	return 0;
}

static struct vxc_envelope *find(struct vxc_net *vn, struct nlattr **tb,
				 struct netlink_ext_ack *extack)
{
	struct vxc_envelope *e;

	if (!tb[VXC_A_ENVELOPE_NAME]) {
		vxc_refuse(extack, 0, "which envelope? give its name");
		return ERR_PTR(-EINVAL);
	}

	e = vxc_envelope_find(vn, nla_data(tb[VXC_A_ENVELOPE_NAME]));
	if (e)
		return e;

	vxc_refuse(extack, 0, "there is no envelope %s",
		   (char *)nla_data(tb[VXC_A_ENVELOPE_NAME]));
	NL_SET_BAD_ATTR(extack, tb[VXC_A_ENVELOPE_NAME]);
	return ERR_PTR(-ENOENT);
}

static void get_cfg(struct nlattr **tb, struct vxc_envelope_cfg *cfg)
{
	struct vxc_envelope_rates *rates = &cfg->rates;
	u32 *given = &cfg->given;

	cfg->name = get_text(tb[VXC_A_ENVELOPE_NAME]);
	rates->cir = get_u64(tb[VXC_A_ENVELOPE_CIR], given, VXC_ENVELOPE_CIR);
	rates->cbs = get_u32(tb[VXC_A_ENVELOPE_CBS], given, VXC_ENVELOPE_CBS);
	rates->eir = get_u64(tb[VXC_A_ENVELOPE_EIR], given, VXC_ENVELOPE_EIR);
	rates->ebs = get_u32(tb[VXC_A_ENVELOPE_EBS], given, VXC_ENVELOPE_EBS);
	rates->coupling = get_u8(tb[VXC_A_ENVELOPE_COUPLING], given,
				 VXC_ENVELOPE_COUPLING);
}

static int change(struct vxc_txn *txn, struct nlattr **tb, u32 action)
{
	struct vxc_envelope_cfg cfg = {};
	struct vxc_envelope *e;

	get_cfg(tb, &cfg);
	if (action == VXC_ACTION_ADD && cfg.name)
		return vxc_envelope_add(txn, &cfg);

	e = find(txn->vn, tb, txn->extack);
	if (IS_ERR(e))
		return PTR_ERR(e);
	if (action == VXC_ACTION_SET)
		return vxc_envelope_set(txn, e, &cfg);

	return vxc_envelope_del(txn, e);
}

/**
 * vxc_nl_envelope_op() - An operation on an envelope
 * @txn: the transaction
 * @nest: attributes of the envelope
 * @action: enum vxc_action
 *
 * Return: 0 or an error.
 */
int vxc_nl_envelope_op(struct vxc_txn *txn, const struct nlattr *nest,
		       u32 action)
{
	struct nlattr *tb[VXC_A_ENVELOPE_MAX + 1];
	int err;

	err = vxc_nl_parse(tb, VXC_A_ENVELOPE_MAX, nest,
			   vxc_envelope_nl_policy, read_only, txn->extack);
	if (err)
		return err;

	return vxc_nl_blame(txn, tb, VXC_A_ENVELOPE_MAX,
			    change(txn, tb, action));
}

static int put(struct sk_buff *skb, const struct vxc_envelope *e)
{
	const struct vxc_envelope_rates *rates = &e->rates;
	const struct vxc_part *part;

	if (nla_put_string(skb, VXC_A_ENVELOPE_NAME, e->name) ||
	    nla_put_u64_64bit(skb, VXC_A_ENVELOPE_CIR, rates->cir,
			      VXC_A_ENVELOPE_PAD) ||
	    nla_put_u32(skb, VXC_A_ENVELOPE_CBS, rates->cbs) ||
	    nla_put_u64_64bit(skb, VXC_A_ENVELOPE_EIR, rates->eir,
			      VXC_A_ENVELOPE_PAD) ||
	    nla_put_u32(skb, VXC_A_ENVELOPE_EBS, rates->ebs) ||
	    nla_put_u8(skb, VXC_A_ENVELOPE_COUPLING, rates->coupling) ||
	    nla_put_u64_64bit(skb, VXC_A_ENVELOPE_SOLD, e->sold,
			      VXC_A_ENVELOPE_PAD) ||
	    nla_put_u32(skb, VXC_A_ENVELOPE_CBS_NOW,
			vxc_envelope_cbs(rates)) ||
	    nla_put_u32(skb, VXC_A_ENVELOPE_EBS_NOW, vxc_envelope_ebs(rates)))
		return -EMSGSIZE;

	list_for_each_entry(part, &e->parts, list)
		if (nla_put_string(skb, VXC_A_ENVELOPE_CIRCUIT,
				   part->circuit->name))
			return -EMSGSIZE;

	return 0;
}

/* The nest of an envelope. */
static int fill(struct sk_buff *skb, const struct vxc_envelope *e)
{
	struct nlattr *nest = nla_nest_start(skb, VXC_A_MSG_ENVELOPE);

	if (!nest || put(skb, e))
		return -EMSGSIZE;

	nla_nest_end(skb, nest);
	return 0;
}

void vxc_event_envelope(struct vxc_net *vn, const struct vxc_envelope *e,
			u32 kind)
{
	struct sk_buff *skb;
	void *hdr;

	skb = vxc_event_start(vn->net, kind, &hdr);
	if (skb)
		vxc_event_send(vn->net, skb, hdr, fill(skb, e));
}

static struct vxc_envelope *request(struct vxc_net *vn, struct genl_info *info)
{
	struct nlattr *tb[VXC_A_ENVELOPE_MAX + 1] = {};
	int err;

	if (info->attrs[VXC_A_MSG_ENVELOPE]) {
		err = nla_parse_nested(tb, VXC_A_ENVELOPE_MAX,
				       info->attrs[VXC_A_MSG_ENVELOPE],
				       vxc_envelope_nl_policy, info->extack);
		if (err)
			return ERR_PTR(err);
	}

	return find(vn, tb, info->extack);
}

int vxc_nl_envelope_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct vxc_net *vn = vxc_net(genl_info_net(info));
	struct vxc_envelope *e;
	struct sk_buff *msg;
	void *hdr;
	int err;

	msg = vxc_nl_reply_start(info, VXC_CMD_ENVELOPE_GET, &hdr);
	if (!msg)
		return -ENOMEM;

	rtnl_lock();
	e = request(vn, info);
	err = IS_ERR(e) ? PTR_ERR(e) : fill(msg, e);
	rtnl_unlock();
	return vxc_nl_reply(info, msg, hdr, err);
}

int vxc_nl_envelope_get_dumpit(struct sk_buff *skb,
			       struct netlink_callback *cb)
{
	struct vxc_net *vn = vxc_net(sock_net(skb->sk));
	long skip = cb->args[0], i = 0;
	struct vxc_envelope *e;
	void *hdr;

	rtnl_lock();
	cb->seq = vn->gen;
	list_for_each_entry(e, &vn->envelopes, list) {
		if (i++ < skip)
			continue;
		hdr = vxc_nl_dump_start(skb, cb, VXC_CMD_ENVELOPE_GET);
		if (!vxc_nl_dump_end(skb, hdr, hdr ? fill(skb, e) : -EMSGSIZE))
			break;
		cb->args[0] = i;
	}
	rtnl_unlock();
	return skb->len ? skb->len : i > cb->args[0] ? -EMSGSIZE : 0;
}
