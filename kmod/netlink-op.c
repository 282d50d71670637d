// SPDX-License-Identifier: GPL-2.0
/* The apply command: from attributes to plain structs. */
#include <net/genetlink.h>

#include "netlink-attr.h"
#include "netlink-gen.h"
#include "txn.h"

/* Attributes that only replies have. */
static const u8 port_read_only[] = {
	VXC_A_PORT_STATE, VXC_A_PORT_REASON, VXC_A_PORT_MTU, VXC_A_PORT_LEGS,
	VXC_A_PORT_PASSED, VXC_A_PORT_DROPS, VXC_A_PORT_UNKNOWN,
	VXC_A_PORT_SPEED_NOW, VXC_A_PORT_SOLD, 0
};

static const u8 leg_read_only[] = {
	VXC_A_LEG_IFINDEX, VXC_A_LEG_STATE, VXC_A_LEG_REASON, VXC_A_LEG_ACTIVE,
	VXC_A_LEG_STATS, VXC_A_LEG_DROPS, VXC_A_LEG_DRILL_LEFT,
	VXC_A_LEG_BURST, VXC_A_LEG_COLORS, VXC_A_LEG_LOAD, VXC_A_LEG_LEARNED,
	VXC_A_LEG_ALARM, 0
};

static const u8 circuit_read_only[] = {
	VXC_A_CIRCUIT_STATE, VXC_A_CIRCUIT_REASON, VXC_A_CIRCUIT_ACTIVE,
	VXC_A_CIRCUIT_REQUEST, VXC_A_CIRCUIT_WTR_LEFT, VXC_A_CIRCUIT_SWITCHES,
	VXC_A_CIRCUIT_SINCE, VXC_A_CIRCUIT_PEERINGS, VXC_A_CIRCUIT_ENDS,
	VXC_A_CIRCUIT_CLASS, VXC_A_CIRCUIT_DROPS, VXC_A_CIRCUIT_DENIED, 0
};

/**
 * vxc_nl_parse() - Index the attributes of an object in a request
 * @tb: where they go
 * @max: highest attribute
 * @nest: the object
 * @policy: of its attributes
 * @read_only: attributes that only replies have, up to a 0
 * @extack: where the refusal goes
 *
 * Return: 0 or an error.
 */
int vxc_nl_parse(struct nlattr **tb, int max, const struct nlattr *nest,
		 const struct nla_policy *policy, const u8 *read_only,
		 struct netlink_ext_ack *extack)
{
	int err;

	err = nla_parse_nested(tb, max, nest, policy, extack);
	if (err)
		return err;

	for (; *read_only; read_only++) {
		if (!tb[*read_only])
			continue;
		NL_SET_ERR_MSG_ATTR(extack, tb[*read_only],
				    "attribute is read only");
		return -EINVAL;
	}

	return 0;
}

/**
 * vxc_nl_blame() - Point at the attribute that was found to be at fault
 * @txn: the transaction
 * @tb: attributes of the object
 * @max: highest of them
 * @err: what the object's code has returned
 *
 * Return: @err.
 */
int vxc_nl_blame(struct vxc_txn *txn, struct nlattr **tb, int max, int err)
{
	if (err && txn->bad && txn->bad <= max && tb[txn->bad])
		NL_SET_BAD_ATTR(txn->extack, tb[txn->bad]);

	return err;
}

/* The device that a port command names. */
static int get_port_device(struct vxc_txn *txn, struct nlattr **tb,
			   struct vxc_port_cfg *cfg)
{
	struct net *net = txn->vn->net;
	u32 given = 0, ifindex;

	ifindex = get_u32(tb[VXC_A_PORT_IFINDEX], &given, 1);
	if (given)
		cfg->dev = __dev_get_by_index(net, ifindex);
	else if (cfg->name)
		cfg->dev = __dev_get_by_name(net, cfg->name);

	if (cfg->dev && cfg->name && strcmp(cfg->dev->name, cfg->name))
		return vxc_refuse(txn->extack, -EINVAL,
				  "ifindex and name are of different devices");
	if (cfg->dev)
		cfg->name = cfg->dev->name;
	if (!cfg->name)
		return vxc_refuse(txn->extack, -EINVAL,
				  "which port? give its name");

	return 0;
}

static int port_add(struct vxc_txn *txn, const struct vxc_port_cfg *cfg)
{
	/* It changes who gets the frames of a device of the host. */
	if (!netlink_capable(txn->skb, CAP_NET_ADMIN))
		return vxc_refuse(txn->extack, -EPERM,
				  "a port needs CAP_NET_ADMIN in the initial user namespace");
	if (!cfg->dev)
		return vxc_txn_refuse(txn, VXC_A_PORT_NAME, -ENODEV,
				      "there is no device %s", cfg->name);

	return vxc_port_add(txn, cfg);
}

static int port_op(struct vxc_txn *txn, const struct nlattr *nest, u32 action)
{
	struct nlattr *tb[VXC_A_PORT_MAX + 1];
	struct vxc_port_cfg cfg = {};
	int err;

	err = vxc_nl_parse(tb, VXC_A_PORT_MAX, nest, vxc_port_nl_policy,
			   port_read_only, txn->extack);
	if (err)
		return err;

	cfg.name = get_text(tb[VXC_A_PORT_NAME]);
	cfg.tpid = get_u16(tb[VXC_A_PORT_TPID], &cfg.given, VXC_PORT_TPID);
	cfg.unmatched = get_u8(tb[VXC_A_PORT_UNMATCHED], &cfg.given,
			       VXC_PORT_UNMATCHED);
	vxc_nl_get_port_qos(tb, &cfg);
	cfg.force = nla_get_flag(tb[VXC_A_PORT_FORCE]);
	cfg.local = get_u8(tb[VXC_A_PORT_LOCAL], &cfg.given, VXC_PORT_LOCAL);
	err = get_port_device(txn, tb, &cfg);
	if (err)
		return err;

	if (action == VXC_ACTION_SET)
		err = vxc_port_set(txn, &cfg);
	else if (action == VXC_ACTION_DEL)
		err = vxc_port_del(txn, &cfg);
	else
		err = port_add(txn, &cfg);
	return vxc_nl_blame(txn, tb, VXC_A_PORT_MAX, err);
}

static void get_leg_cfg(struct nlattr **tb, struct vxc_leg_cfg *cfg)
{
	if (tb[VXC_A_LEG_END])
		cfg->end = nla_get_u32(tb[VXC_A_LEG_END]);
	cfg->role = get_u8(tb[VXC_A_LEG_ROLE], &cfg->given, VXC_LEG_ROLE);
	cfg->port = get_text(tb[VXC_A_LEG_PORT]);
	if (cfg->port)
		cfg->given |= VXC_LEG_PORT;
	cfg->match = get_u8(tb[VXC_A_LEG_MATCH], &cfg->given, VXC_LEG_MATCH);
	cfg->svid = get_u16(tb[VXC_A_LEG_SVID], &cfg->given, VXC_LEG_SVID);
	cfg->cvid = get_u16(tb[VXC_A_LEG_CVID], &cfg->given, VXC_LEG_CVID);
	cfg->drill = get_u32(tb[VXC_A_LEG_DRILL], &cfg->given, VXC_LEG_DRILL);
	cfg->force = nla_get_flag(tb[VXC_A_LEG_FORCE]);
	if (tb[VXC_A_LEG_SOURCE]) {
		nla_memcpy(cfg->source, tb[VXC_A_LEG_SOURCE], ETH_ALEN);
		cfg->given |= VXC_LEG_SOURCE;
	}
}

/**
 * vxc_nl_circuit() - The circuit that attributes name
 * @vn: network namespace
 * @name: attribute with its name, or NULL
 * @id: attribute with its number, or NULL
 * @extack: where the refusal goes
 *
 * Return: the circuit or an ERR_PTR().
 */
struct vxc_circuit *vxc_nl_circuit(struct vxc_net *vn,
				   const struct nlattr *name,
				   const struct nlattr *id,
				   struct netlink_ext_ack *extack)
{
	struct vxc_circuit *circuit = NULL;

	if (name)
		circuit = vxc_circuit_find(vn, nla_data(name));
	else if (id)
		circuit = vxc_circuit_find_id(vn, nla_get_u32(id));
	if (circuit)
		return circuit;

	if (name)
		vxc_refuse(extack, 0, "there is no circuit %s",
			   (char *)nla_data(name));
	else if (id)
		vxc_refuse(extack, 0, "there is no circuit with id %u",
			   nla_get_u32(id));
	else
		vxc_refuse(extack, 0, "which circuit? give its name");
	if (name || id)
		NL_SET_BAD_ATTR(extack, name ? name : id);

	return ERR_PTR(name || id ? -ENOENT : -EINVAL);
}

static int leg_op(struct vxc_txn *txn, const struct nlattr *nest, u32 action)
{
	struct nlattr *mep_tb[VXC_A_MEP_MAX + 1];
	struct nlattr *tb[VXC_A_LEG_MAX + 1];
	struct vxc_leg_cfg cfg = {};
	struct vxc_mep_req req;
	struct vxc_circuit *circuit;
	int err;

	err = vxc_nl_parse(tb, VXC_A_LEG_MAX, nest, vxc_leg_nl_policy,
			   leg_read_only, txn->extack);
	if (err)
		return err;

	circuit = vxc_nl_circuit(txn->vn, tb[VXC_A_LEG_CIRCUIT], NULL,
				 txn->extack);
	if (IS_ERR(circuit))
		return PTR_ERR(circuit);

	get_leg_cfg(tb, &cfg);
	err = vxc_nl_mep(txn, tb[VXC_A_LEG_MEP], mep_tb, &req, &cfg.mep);
	if (err)
		return err;

	switch (action) {
	case VXC_ACTION_ADD:
		err = vxc_leg_add(txn, circuit, &cfg);
		if (!err)
			err = vxc_qos_check_part(txn, circuit, VXC_A_LEG_PORT);
		if (!err)
			err = vxc_qos_admit(txn, circuit, VXC_A_LEG_PORT);
		break;
	case VXC_ACTION_SET:
		if (cfg.given & VXC_LEG_DRILL)
			err = vxc_leg_drill(txn, circuit, &cfg);
		else
			err = vxc_leg_set(txn, circuit, &cfg);
		if (!err && cfg.given & VXC_LEG_PORT)
			err = vxc_qos_check_part(txn, circuit, VXC_A_LEG_PORT);
		if (!err && cfg.given & VXC_LEG_PORT)
			err = vxc_qos_admit(txn, circuit, VXC_A_LEG_PORT);
		break;
	default:
		err = vxc_leg_del(txn, circuit, &cfg);
		if (!err)
			err = vxc_circuit_check(txn, circuit);
	}

	if (err && cfg.mep)
		vxc_nl_mep_blame(txn, mep_tb, cfg.mep);
	return vxc_nl_blame(txn, tb, VXC_A_LEG_MAX, err);
}

static void get_circuit_cfg(struct nlattr **tb, struct vxc_circuit_cfg *cfg)
{
	u32 *given = &cfg->given;

	cfg->id = get_u32(tb[VXC_A_CIRCUIT_ID], given, VXC_CIRCUIT_ID);
	cfg->name = get_text(tb[VXC_A_CIRCUIT_NAME]);
	cfg->new_name = get_text(tb[VXC_A_CIRCUIT_NEW_NAME]);
	cfg->description = get_text(tb[VXC_A_CIRCUIT_DESCRIPTION]);
	if (tb[VXC_A_CIRCUIT_KEY]) {
		import_uuid(&cfg->key, nla_data(tb[VXC_A_CIRCUIT_KEY]));
		*given |= VXC_CIRCUIT_KEY;
	}
	cfg->admin = get_u8(tb[VXC_A_CIRCUIT_ADMIN], given, VXC_CIRCUIT_ADMIN);
	cfg->provisioning = get_u8(tb[VXC_A_CIRCUIT_PROVISIONING], given,
				   VXC_CIRCUIT_PROV);
	vxc_nl_get_protection(tb, cfg);
	cfg->cmd = get_u8(tb[VXC_A_CIRCUIT_SWITCH], given, VXC_CIRCUIT_SWITCH);
	cfg->cmd_to = get_u8(tb[VXC_A_CIRCUIT_SWITCH_TO], given,
			     VXC_CIRCUIT_SWITCH_TO);
	cfg->cmd_end = get_u8(tb[VXC_A_CIRCUIT_SWITCH_END], given,
			      VXC_CIRCUIT_SWITCH_END);
	vxc_nl_get_qos(tb, cfg);
	vxc_nl_get_part(tb, &cfg->part);
	cfg->fastpath = get_u8(tb[VXC_A_CIRCUIT_FASTPATH], given,
			       VXC_CIRCUIT_FASTPATH);
	cfg->force = nla_get_flag(tb[VXC_A_CIRCUIT_FORCE]);
	cfg->has_leg = tb[VXC_A_CIRCUIT_LEG];
	cfg->egress = get_u8(tb[VXC_A_CIRCUIT_EGRESS], given,
			     VXC_CIRCUIT_EGRESS);
}

/* @mep: a nest for the MEP of a leg that says nothing of it, or NULL. */
static int one_leg(struct vxc_txn *txn, struct vxc_circuit *circuit,
		   const struct nlattr *nest, const struct nlattr *mep)
{
	struct nlattr *mep_tb[VXC_A_MEP_MAX + 1];
	struct nlattr *tb[VXC_A_LEG_MAX + 1];
	struct vxc_leg_cfg cfg = {};
	struct vxc_mep_req req;
	int err;

	err = vxc_nl_parse(tb, VXC_A_LEG_MAX, nest, vxc_leg_nl_policy,
			   leg_read_only, txn->extack);
	if (err)
		return err;

	get_leg_cfg(tb, &cfg);
	if (tb[VXC_A_LEG_MEP])
		mep = tb[VXC_A_LEG_MEP];
	err = vxc_nl_mep(txn, mep, mep_tb, &req, &cfg.mep);
	if (err)
		return err;

	err = vxc_leg_add(txn, circuit, &cfg);
	if (err)
		NL_SET_BAD_ATTR(txn->extack, nest);
	if (err && cfg.mep)
		vxc_nl_mep_blame(txn, mep_tb, cfg.mep);
	err = vxc_nl_blame(txn, tb, VXC_A_LEG_MAX, err);
	txn->bad = 0;
	return err;
}

static int one_metadata(struct vxc_txn *txn, struct vxc_circuit *circuit,
			const struct nlattr *nest)
{
	struct nlattr *tb[VXC_A_METADATA_MAX + 1];
	int err;

	err = nla_parse_nested(tb, VXC_A_METADATA_MAX, nest,
			       vxc_metadata_nl_policy, txn->extack);
	if (err)
		return err;

	if (!tb[VXC_A_METADATA_KEY] || !tb[VXC_A_METADATA_VALUE]) {
		NL_SET_ERR_MSG_ATTR(txn->extack, nest,
				    "metadata needs a key and a value");
		return -EINVAL;
	}

	err = vxc_circuit_metadata(txn, circuit,
				   nla_data(tb[VXC_A_METADATA_KEY]),
				   nla_data(tb[VXC_A_METADATA_VALUE]));
	if (err)
		NL_SET_BAD_ATTR(txn->extack, nest);
	return err;
}

/* The lists inside a circuit. */
static int circuit_parts(struct vxc_txn *txn, struct vxc_circuit *circuit,
			 const struct nlattr *nest, bool add,
			 const struct nlattr *mep)
{
	const struct nlattr *attr;
	int rem, err = 0;

	nla_for_each_nested(attr, nest, rem) {
		if (nla_type(attr) == VXC_A_CIRCUIT_METADATA)
			err = one_metadata(txn, circuit, attr);
		else if (nla_type(attr) == VXC_A_CIRCUIT_SLA)
			err = vxc_nl_sla_add(txn, circuit, attr);
		else if (nla_type(attr) == VXC_A_CIRCUIT_LEG && add)
			err = one_leg(txn, circuit, attr, mep);
		else if (nla_type(attr) == VXC_A_CIRCUIT_LEG)
			err = vxc_refuse(txn->extack, -EINVAL,
					 "legs of a circuit that exists have operations of their own");
		if (err)
			return err;
	}

	return 0;
}

static int circuit_add(struct vxc_txn *txn, struct nlattr **tb,
		       const struct nlattr *nest,
		       const struct vxc_circuit_cfg *cfg)
{
	struct vxc_circuit *circuit;
	int err;

	if (!cfg->name)
		return vxc_refuse(txn->extack, -EINVAL,
				  "a circuit needs a name");
	if (cfg->new_name ||
	    cfg->given & (VXC_CIRCUIT_SWITCH | VXC_CIRCUIT_SWITCH_TO |
			  VXC_CIRCUIT_SWITCH_END))
		return vxc_refuse(txn->extack, -EINVAL,
				  "new-name and switch are for circuits that exist");

	circuit = vxc_circuit_add(txn, cfg);
	if (IS_ERR(circuit))
		return PTR_ERR(circuit);

	err = vxc_nl_service(txn, circuit, tb, nest);
	if (!err)
		err = circuit_parts(txn, circuit, nest, true,
				    tb[VXC_A_CIRCUIT_MEP]);
	if (!err)
		err = vxc_qos_set(txn, circuit, cfg);
	return err ? err : vxc_circuit_check(txn, circuit);
}

static int circuit_op(struct vxc_txn *txn, const struct nlattr *nest,
		      u32 action)
{
	struct nlattr *tb[VXC_A_CIRCUIT_MAX + 1];
	struct vxc_circuit_cfg cfg = {};
	struct vxc_circuit *circuit;
	int err;

	err = vxc_nl_parse(tb, VXC_A_CIRCUIT_MAX, nest, vxc_circuit_nl_policy,
			   circuit_read_only, txn->extack);
	if (err)
		return err;

	get_circuit_cfg(tb, &cfg);
	if (action == VXC_ACTION_ADD)
		return vxc_nl_blame(txn, tb, VXC_A_CIRCUIT_MAX,
			     circuit_add(txn, tb, nest, &cfg));

	circuit = vxc_nl_circuit(txn->vn, tb[VXC_A_CIRCUIT_NAME],
				 tb[VXC_A_CIRCUIT_ID], txn->extack);
	if (IS_ERR(circuit))
		return PTR_ERR(circuit);
	if (action == VXC_ACTION_DEL)
		return vxc_circuit_del(txn, circuit, cfg.force);

	err = vxc_circuit_set(txn, circuit, &cfg);
	if (!err)
		err = vxc_nl_service(txn, circuit, tb, nest);
	if (!err)
		err = circuit_parts(txn, circuit, nest, false, NULL);
	if (!err && tb[VXC_A_CIRCUIT_MEP])
		err = vxc_nl_all_meps(txn, circuit, tb[VXC_A_CIRCUIT_MEP]);
	if (!err)
		err = vxc_qos_set(txn, circuit, &cfg);
	return vxc_nl_blame(txn, tb, VXC_A_CIRCUIT_MAX, err);
}

static int one_op(struct vxc_txn *txn, const struct nlattr *nest)
{
	static int (*const ops[])(struct vxc_txn *txn,
				  const struct nlattr *nest, u32 action) = {
		[VXC_A_OP_PORT] = port_op,
		[VXC_A_OP_CIRCUIT] = circuit_op,
		[VXC_A_OP_LEG] = leg_op,
		[VXC_A_OP_PEERING] = vxc_nl_peering_op,
		[VXC_A_OP_CLASS] = vxc_nl_class_op,
		[VXC_A_OP_REACH] = vxc_nl_reach_op,
		[VXC_A_OP_ENVELOPE] = vxc_nl_envelope_op,
	};
	struct nlattr *tb[VXC_A_OP_MAX + 1];
	int type, err, object = 0;

	err = nla_parse_nested(tb, VXC_A_OP_MAX, nest, vxc_op_nl_policy,
			       txn->extack);
	if (err)
		return err;

	for (type = VXC_A_OP_PORT; type <= VXC_A_OP_MAX; type++) {
		if (!tb[type])
			continue;
		if (object)
			return vxc_refuse(txn->extack, -EINVAL,
					  "an operation has one object");
		object = type;
	}
	if (!object || !tb[VXC_A_OP_ACTION])
		return vxc_refuse(txn->extack, -EINVAL,
				  "an operation has an action and an object");

	return ops[object](txn, tb[object], nla_get_u32(tb[VXC_A_OP_ACTION]));
}

int vxc_nl_apply_doit(struct sk_buff *skb, struct genl_info *info)
{
	const struct nlattr *attr;
	struct vxc_txn txn;
	int rem, err = 0;

	if (!info->attrs[VXC_A_MSG_OP]) {
		NL_SET_ERR_MSG(info->extack, "there is nothing to do");
		return -EINVAL;
	}

	rtnl_lock();
	vxc_txn_begin(&txn, vxc_net(genl_info_net(info)), skb, info->extack);
	nla_for_each_attr(attr, genlmsg_data(info->genlhdr),
			  genlmsg_len(info->genlhdr), rem) {
		if (nla_type(attr) != VXC_A_MSG_OP)
			continue;
		err = one_op(&txn, attr);
		if (!err)
			continue;
		/* The operation, if nothing in it is known to be at fault. */
		if (!info->extack->bad_attr)
			NL_SET_BAD_ATTR(info->extack, attr);
		break;
	}
	err = vxc_txn_end(&txn, err);
	rtnl_unlock();
	return err;
}
