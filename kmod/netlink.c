// SPDX-License-Identifier: GPL-2.0
/* From attributes to plain structs, and the commands of the family. */
#include <linux/module.h>
#include <net/genetlink.h>
#include <net/sock.h>

#include "netlink-gen.h"
#include "vxc.h"

/* Attributes that only replies have. */
static const u8 port_read_only[] = {
	VXC_A_PORT_STATE, VXC_A_PORT_REASON, VXC_A_PORT_MTU, VXC_A_PORT_LEGS,
	VXC_A_PORT_PASSED, VXC_A_PORT_DROPS, VXC_A_PORT_UNKNOWN, 0
};

static const u8 leg_read_only[] = {
	VXC_A_LEG_IFINDEX, VXC_A_LEG_STATE, VXC_A_LEG_REASON, VXC_A_LEG_ACTIVE,
	VXC_A_LEG_STATS, VXC_A_LEG_DROPS, 0
};

static const u8 circuit_read_only[] = {
	VXC_A_CIRCUIT_STATE, VXC_A_CIRCUIT_REASON, VXC_A_CIRCUIT_ACTIVE,
	VXC_A_CIRCUIT_REQUEST, VXC_A_CIRCUIT_WTR_LEFT, VXC_A_CIRCUIT_SWITCHES,
	VXC_A_CIRCUIT_SINCE, VXC_A_CIRCUIT_PEERINGS, 0
};

static const u8 peering_read_only[] = {
	VXC_A_PEERING_MTU_MAX, VXC_A_PEERING_NETNSID, VXC_A_PEERING_STATE,
	VXC_A_PEERING_REASON, VXC_A_PEERING_STATS, VXC_A_PEERING_DROPS, 0
};

static int parse(struct nlattr **tb, int max, const struct nlattr *nest,
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

/* A string or an integer, if it was given; @given gets its bit. */
static const char *get_text(const struct nlattr *attr)
{
	return attr ? nla_data(attr) : NULL;
}

static u8 get_u8(const struct nlattr *attr, u32 *given, u32 bit)
{
	if (!attr)
		return 0;

	*given |= bit;
	return nla_len(attr) == sizeof(u8) ? nla_get_u8(attr) :
					     nla_get_u32(attr);
}

static u16 get_u16(const struct nlattr *attr, u32 *given, u32 bit)
{
	if (!attr)
		return 0;

	*given |= bit;
	return nla_get_u16(attr);
}

static u32 get_u32(const struct nlattr *attr, u32 *given, u32 bit)
{
	if (!attr)
		return 0;

	*given |= bit;
	return nla_get_u32(attr);
}

/* The device that a port command names. */
static int get_port_device(struct vxc_txn *txn, struct nlattr **tb,
			   struct vxc_port_cfg *cfg)
{
	struct net *net = txn->vn->net;

	if (tb[VXC_A_PORT_IFINDEX])
		cfg->dev = __dev_get_by_index(net,
				nla_get_u32(tb[VXC_A_PORT_IFINDEX]));
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

static int port_op(struct vxc_txn *txn, const struct nlattr *nest, u32 action)
{
	struct nlattr *tb[VXC_A_PORT_MAX + 1];
	struct vxc_port_cfg cfg = {};
	int err;

	err = parse(tb, VXC_A_PORT_MAX, nest, vxc_port_nl_policy,
		    port_read_only, txn->extack);
	if (err)
		return err;

	cfg.name = get_text(tb[VXC_A_PORT_NAME]);
	cfg.tpid = get_u16(tb[VXC_A_PORT_TPID], &cfg.given, VXC_PORT_TPID);
	cfg.unmatched = get_u8(tb[VXC_A_PORT_UNMATCHED], &cfg.given,
			       VXC_PORT_UNMATCHED);
	cfg.force = nla_get_flag(tb[VXC_A_PORT_FORCE]);
	err = get_port_device(txn, tb, &cfg);
	if (err)
		return err;

	if (action == VXC_ACTION_SET)
		return vxc_port_set(txn, &cfg);
	if (action == VXC_ACTION_DEL)
		return vxc_port_del(txn, &cfg);

	/* It changes who gets the frames of a device of the host. */
	if (!netlink_capable(txn->skb, CAP_NET_ADMIN))
		return vxc_refuse(txn->extack, -EPERM,
				  "a port needs CAP_NET_ADMIN in the initial user namespace");
	if (!cfg.dev)
		return vxc_refuse(txn->extack, -ENODEV,
				  "there is no device %s", cfg.name);

	return vxc_port_add(txn, &cfg);
}

static void get_leg_cfg(struct nlattr **tb, struct vxc_leg_cfg *cfg)
{
	cfg->role = get_u8(tb[VXC_A_LEG_ROLE], &cfg->given, VXC_LEG_ROLE);
	cfg->port = get_text(tb[VXC_A_LEG_PORT]);
	if (cfg->port)
		cfg->given |= VXC_LEG_PORT;
	cfg->match = get_u8(tb[VXC_A_LEG_MATCH], &cfg->given, VXC_LEG_MATCH);
	cfg->svid = get_u16(tb[VXC_A_LEG_SVID], &cfg->given, VXC_LEG_SVID);
	cfg->cvid = get_u16(tb[VXC_A_LEG_CVID], &cfg->given, VXC_LEG_CVID);
}

static struct vxc_circuit *get_circuit(struct vxc_txn *txn,
				       const struct nlattr *name,
				       const struct nlattr *id)
{
	struct vxc_circuit *circuit = NULL;

	if (name)
		circuit = vxc_circuit_find(txn->vn, nla_data(name));
	else if (id)
		circuit = vxc_circuit_find_id(txn->vn, nla_get_u32(id));
	if (circuit)
		return circuit;

	if (name)
		vxc_refuse(txn->extack, 0, "there is no circuit %s",
			   (char *)nla_data(name));
	else if (id)
		vxc_refuse(txn->extack, 0, "there is no circuit with id %u",
			   nla_get_u32(id));
	else
		vxc_refuse(txn->extack, 0, "which circuit? give its name");
	if (name || id)
		NL_SET_BAD_ATTR(txn->extack, name ? name : id);

	return ERR_PTR(name || id ? -ENOENT : -EINVAL);
}

static int leg_op(struct vxc_txn *txn, const struct nlattr *nest, u32 action)
{
	struct nlattr *tb[VXC_A_LEG_MAX + 1];
	struct vxc_leg_cfg cfg = {};
	struct vxc_circuit *circuit;
	int err;

	err = parse(tb, VXC_A_LEG_MAX, nest, vxc_leg_nl_policy, leg_read_only,
		    txn->extack);
	if (err)
		return err;

	circuit = get_circuit(txn, tb[VXC_A_LEG_CIRCUIT], NULL);
	if (IS_ERR(circuit))
		return PTR_ERR(circuit);

	get_leg_cfg(tb, &cfg);
	switch (action) {
	case VXC_ACTION_ADD:
		return vxc_leg_add(txn, circuit, &cfg);
	case VXC_ACTION_SET:
		return vxc_leg_set(txn, circuit, &cfg);
	default:
		err = vxc_leg_del(txn, circuit, &cfg);
		return err ? err : vxc_circuit_check(txn, circuit);
	}
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
	cfg->revertive = get_u8(tb[VXC_A_CIRCUIT_REVERTIVE], given,
				VXC_CIRCUIT_REVERTIVE);
	cfg->wtr = get_u32(tb[VXC_A_CIRCUIT_WTR], given, VXC_CIRCUIT_WTR);
	cfg->cmd = get_u8(tb[VXC_A_CIRCUIT_SWITCH], given, VXC_CIRCUIT_SWITCH);
	cfg->cmd_to = get_u8(tb[VXC_A_CIRCUIT_SWITCH_TO], given,
			     VXC_CIRCUIT_SWITCH_TO);
	cfg->force = nla_get_flag(tb[VXC_A_CIRCUIT_FORCE]);
	cfg->has_leg = tb[VXC_A_CIRCUIT_LEG];
}

static int one_leg(struct vxc_txn *txn, struct vxc_circuit *circuit,
		   const struct nlattr *nest)
{
	struct nlattr *tb[VXC_A_LEG_MAX + 1];
	struct vxc_leg_cfg cfg = {};
	int err;

	err = parse(tb, VXC_A_LEG_MAX, nest, vxc_leg_nl_policy, leg_read_only,
		    txn->extack);
	if (err)
		return err;

	get_leg_cfg(tb, &cfg);
	err = vxc_leg_add(txn, circuit, &cfg);
	if (err)
		NL_SET_BAD_ATTR(txn->extack, nest);
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
			 const struct nlattr *nest, bool add)
{
	const struct nlattr *attr;
	int rem, err = 0;

	nla_for_each_nested(attr, nest, rem) {
		if (nla_type(attr) == VXC_A_CIRCUIT_METADATA)
			err = one_metadata(txn, circuit, attr);
		else if (nla_type(attr) == VXC_A_CIRCUIT_LEG && add)
			err = one_leg(txn, circuit, attr);
		else if (nla_type(attr) == VXC_A_CIRCUIT_LEG)
			err = vxc_refuse(txn->extack, -EINVAL,
					 "legs of a circuit that exists have operations of their own");
		if (err)
			return err;
	}

	return 0;
}

static int circuit_add(struct vxc_txn *txn, const struct nlattr *nest,
		       const struct vxc_circuit_cfg *cfg)
{
	struct vxc_circuit *circuit;
	int err;

	if (!cfg->name)
		return vxc_refuse(txn->extack, -EINVAL,
				  "a circuit needs a name");
	if (cfg->new_name ||
	    cfg->given & (VXC_CIRCUIT_SWITCH | VXC_CIRCUIT_SWITCH_TO))
		return vxc_refuse(txn->extack, -EINVAL,
				  "new-name and switch are for circuits that exist");

	circuit = vxc_circuit_add(txn, cfg);
	if (IS_ERR(circuit))
		return PTR_ERR(circuit);

	err = circuit_parts(txn, circuit, nest, true);
	return err ? err : vxc_circuit_check(txn, circuit);
}

static int circuit_op(struct vxc_txn *txn, const struct nlattr *nest,
		      u32 action)
{
	struct nlattr *tb[VXC_A_CIRCUIT_MAX + 1];
	struct vxc_circuit_cfg cfg = {};
	struct vxc_circuit *circuit;
	int err;

	err = parse(tb, VXC_A_CIRCUIT_MAX, nest, vxc_circuit_nl_policy,
		    circuit_read_only, txn->extack);
	if (err)
		return err;

	get_circuit_cfg(tb, &cfg);
	if (action == VXC_ACTION_ADD)
		return circuit_add(txn, nest, &cfg);

	circuit = get_circuit(txn, tb[VXC_A_CIRCUIT_NAME],
			      tb[VXC_A_CIRCUIT_ID]);
	if (IS_ERR(circuit))
		return PTR_ERR(circuit);
	if (action == VXC_ACTION_DEL)
		return vxc_circuit_del(txn, circuit, cfg.force);

	err = vxc_circuit_set(txn, circuit, &cfg);
	return err ? err : circuit_parts(txn, circuit, nest, false);
}

static void get_peering_cfg(struct nlattr **tb, struct vxc_peering_cfg *cfg)
{
	u32 *given = &cfg->given;

	cfg->name = get_text(tb[VXC_A_PEERING_NAME]);
	cfg->cvid = get_u16(tb[VXC_A_PEERING_CVID], given, VXC_PEERING_CVID);
	if (tb[VXC_A_PEERING_UNTAGGED])
		*given |= VXC_PEERING_CVID;
	cfg->role = get_u8(tb[VXC_A_PEERING_ROLE], given, VXC_PEERING_ROLE);
	if (tb[VXC_A_PEERING_PROTECTED]) {
		cfg->role = VXC_NO_LEG;
		*given |= VXC_PEERING_ROLE;
	}
	cfg->pcp_source = get_u8(tb[VXC_A_PEERING_PCP_SOURCE], given,
				 VXC_PEERING_PCP_SOURCE);
	cfg->pcp = get_u8(tb[VXC_A_PEERING_PCP], given, VXC_PEERING_PCP);
	cfg->dei = get_u8(tb[VXC_A_PEERING_DEI], given, VXC_PEERING_DEI);
	cfg->vrf = get_u32(tb[VXC_A_PEERING_VRF], given, VXC_PEERING_VRF);
	cfg->mtu = get_u32(tb[VXC_A_PEERING_MTU], given, VXC_PEERING_MTU);
	if (tb[VXC_A_PEERING_ADDRESS]) {
		nla_memcpy(cfg->address, tb[VXC_A_PEERING_ADDRESS], ETH_ALEN);
		*given |= VXC_PEERING_ADDRESS;
	}
}

static struct vxc_peering *get_peering(struct vxc_net *vn, struct nlattr **tb,
				       struct netlink_ext_ack *extack)
{
	struct vxc_peering *p = NULL;

	if (tb[VXC_A_PEERING_IFINDEX])
		p = vxc_peering_find_index(vn,
				nla_get_u32(tb[VXC_A_PEERING_IFINDEX]));
	else if (tb[VXC_A_PEERING_NAME])
		p = vxc_peering_find(vn, nla_data(tb[VXC_A_PEERING_NAME]));
	if (p)
		return p;

	if (tb[VXC_A_PEERING_IFINDEX])
		vxc_refuse(extack, 0, "there is no peering with ifindex %u",
			   nla_get_u32(tb[VXC_A_PEERING_IFINDEX]));
	else if (tb[VXC_A_PEERING_NAME])
		vxc_refuse(extack, 0, "there is no peering %s",
			   (char *)nla_data(tb[VXC_A_PEERING_NAME]));
	else
		vxc_refuse(extack, 0, "which peering? give its name");

	return ERR_PTR(-ENOENT);
}

static int peering_add(struct vxc_txn *txn, struct nlattr **tb,
		       const struct vxc_peering_cfg *cfg)
{
	struct vxc_circuit *circuit;

	if (!cfg->name)
		return vxc_refuse(txn->extack, -EINVAL,
				  "a peering needs a name");

	circuit = get_circuit(txn, tb[VXC_A_PEERING_CIRCUIT],
			      tb[VXC_A_PEERING_CIRCUIT_ID]);
	if (IS_ERR(circuit))
		return PTR_ERR(circuit);

	return vxc_peering_add(txn, circuit, cfg);
}

static int peering_op(struct vxc_txn *txn, const struct nlattr *nest,
		      u32 action)
{
	struct nlattr *tb[VXC_A_PEERING_MAX + 1];
	struct vxc_peering_cfg cfg = {};
	struct vxc_peering *p;
	int err;

	err = parse(tb, VXC_A_PEERING_MAX, nest, vxc_peering_nl_policy,
		    peering_read_only, txn->extack);
	if (err)
		return err;

	get_peering_cfg(tb, &cfg);
	if (action == VXC_ACTION_ADD)
		return peering_add(txn, tb, &cfg);

	p = get_peering(txn->vn, tb, txn->extack);
	if (IS_ERR(p))
		return PTR_ERR(p);
	if (action == VXC_ACTION_DEL)
		return vxc_peering_del(txn, p);
	if (tb[VXC_A_PEERING_CIRCUIT] || tb[VXC_A_PEERING_CIRCUIT_ID])
		return vxc_refuse(txn->extack, -EOPNOTSUPP,
				  "%s stays with circuit %s", p->dev->name,
				  p->circuit->name);

	return vxc_peering_set(txn, p, &cfg);
}

static int one_op(struct vxc_txn *txn, const struct nlattr *nest)
{
	static int (*const ops[])(struct vxc_txn *txn,
				  const struct nlattr *nest, u32 action) = {
		[VXC_A_OP_PORT] = port_op,
		[VXC_A_OP_CIRCUIT] = circuit_op,
		[VXC_A_OP_LEG] = leg_op,
		[VXC_A_OP_PEERING] = peering_op,
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

static int reply(struct genl_info *info, struct sk_buff *skb, void *hdr,
		 int err)
{
	if (err) {
		nlmsg_free(skb);
		return err;
	}

	genlmsg_end(skb, hdr);
	return genlmsg_reply(skb, info);
}

static struct sk_buff *reply_start(struct genl_info *info, u8 cmd, void **hdr)
{
	struct sk_buff *skb = genlmsg_new(16 * 1024, GFP_KERNEL);

	if (!skb)
		return NULL;

	*hdr = genlmsg_put_reply(skb, info, &vxc_nl_family, 0, cmd);
	if (!*hdr) {
		nlmsg_free(skb);
		return NULL;
	}

	return skb;
}

static struct vxc_port *request_port(struct genl_info *info)
{
	struct vxc_net *vn = vxc_net(genl_info_net(info));
	struct nlattr *tb[VXC_A_PORT_MAX + 1] = {};
	struct vxc_port *port;
	int err;

	if (info->attrs[VXC_A_MSG_PORT]) {
		err = nla_parse_nested(tb, VXC_A_PORT_MAX,
				       info->attrs[VXC_A_MSG_PORT],
				       vxc_port_nl_policy, info->extack);
		if (err)
			return ERR_PTR(err);
	}

	list_for_each_entry(port, &vn->ports, list) {
		if (tb[VXC_A_PORT_IFINDEX] && port->dev &&
		    port->dev->ifindex == nla_get_u32(tb[VXC_A_PORT_IFINDEX]))
			return port;
		if (!tb[VXC_A_PORT_IFINDEX] && tb[VXC_A_PORT_NAME] &&
		    !strcmp(port->name, nla_data(tb[VXC_A_PORT_NAME])))
			return port;
	}

	vxc_refuse(info->extack, 0, "%s is not a vxc port",
		   tb[VXC_A_PORT_NAME] ?
		   (char *)nla_data(tb[VXC_A_PORT_NAME]) : "that device");
	return ERR_PTR(-ENOENT);
}

int vxc_nl_port_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct sk_buff *msg;
	struct vxc_port *port;
	void *hdr;
	int err;

	msg = reply_start(info, VXC_CMD_PORT_GET, &hdr);
	if (!msg)
		return -ENOMEM;

	rtnl_lock();
	port = request_port(info);
	err = IS_ERR(port) ? PTR_ERR(port) : vxc_fill_port(msg, port);
	rtnl_unlock();
	return reply(info, msg, hdr, err);
}

static struct vxc_circuit *request_circuit(struct vxc_net *vn,
					   const struct nlattr *nest,
					   struct netlink_ext_ack *extack)
{
	struct nlattr *tb[VXC_A_CIRCUIT_MAX + 1] = {};
	struct vxc_txn txn = { .vn = vn, .extack = extack };
	int err;

	if (nest) {
		err = nla_parse_nested(tb, VXC_A_CIRCUIT_MAX, nest,
				       vxc_circuit_nl_policy, extack);
		if (err)
			return ERR_PTR(err);
	}

	return get_circuit(&txn, tb[VXC_A_CIRCUIT_NAME], tb[VXC_A_CIRCUIT_ID]);
}

int vxc_nl_circuit_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct net *net = genl_info_net(info);
	struct vxc_circuit *circuit;
	struct sk_buff *msg;
	bool secret;
	void *hdr;
	int err;

	msg = reply_start(info, VXC_CMD_CIRCUIT_GET, &hdr);
	if (!msg)
		return -ENOMEM;

	secret = netlink_ns_capable(skb, net->user_ns, CAP_NET_ADMIN);
	rtnl_lock();
	circuit = request_circuit(vxc_net(net),
				  info->attrs[VXC_A_MSG_CIRCUIT],
				  info->extack);
	err = IS_ERR(circuit) ? PTR_ERR(circuit) :
	      vxc_fill_circuit(msg, circuit, secret);
	rtnl_unlock();
	return reply(info, msg, hdr, err);
}

int vxc_nl_peering_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct nlattr *tb[VXC_A_PEERING_MAX + 1] = {};
	struct vxc_peering *p;
	struct sk_buff *msg;
	void *hdr;
	int err;

	if (info->attrs[VXC_A_MSG_PEERING]) {
		err = nla_parse_nested(tb, VXC_A_PEERING_MAX,
				       info->attrs[VXC_A_MSG_PEERING],
				       vxc_peering_nl_policy, info->extack);
		if (err)
			return err;
	}

	msg = reply_start(info, VXC_CMD_PEERING_GET, &hdr);
	if (!msg)
		return -ENOMEM;

	rtnl_lock();
	p = get_peering(vxc_net(genl_info_net(info)), tb, info->extack);
	err = IS_ERR(p) ? PTR_ERR(p) : vxc_fill_peering(msg, p);
	rtnl_unlock();
	return reply(info, msg, hdr, err);
}

static void *dump_start(struct sk_buff *skb, struct netlink_callback *cb,
			u8 cmd)
{
	void *hdr;

	hdr = genlmsg_put(skb, NETLINK_CB(cb->skb).portid, cb->nlh->nlmsg_seq,
			  &vxc_nl_family, NLM_F_MULTI, cmd);
	if (hdr)
		genl_dump_check_consistent(cb, hdr);

	return hdr;
}

/* Finish an object; false if it did not fit and has to go into the next. */
static bool dump_end(struct sk_buff *skb, void *hdr, int err)
{
	if (err) {
		if (hdr)
			genlmsg_cancel(skb, hdr);
		return false;
	}

	genlmsg_end(skb, hdr);
	return true;
}

int vxc_nl_port_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct vxc_net *vn = vxc_net(sock_net(skb->sk));
	long skip = cb->args[0], i = 0;
	struct vxc_port *port;
	void *hdr;

	rtnl_lock();
	cb->seq = vn->gen;
	list_for_each_entry(port, &vn->ports, list) {
		if (i++ < skip)
			continue;
		hdr = dump_start(skb, cb, VXC_CMD_PORT_GET);
		if (!dump_end(skb, hdr, hdr ? vxc_fill_port(skb, port) :
					      -EMSGSIZE))
			break;
		cb->args[0] = i;
	}
	rtnl_unlock();
	return skb->len ? skb->len : i > cb->args[0] ? -EMSGSIZE : 0;
}

int vxc_nl_circuit_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct net *net = sock_net(skb->sk);
	struct vxc_circuit *circuit;
	int id = cb->args[0];
	bool secret, stuck = false;
	struct vxc_net *vn = vxc_net(net);
	void *hdr;

	secret = netlink_ns_capable(cb->skb, net->user_ns, CAP_NET_ADMIN);
	rtnl_lock();
	cb->seq = vn->gen;
	idr_for_each_entry_continue(&vn->circuits, circuit, id) {
		hdr = dump_start(skb, cb, VXC_CMD_CIRCUIT_GET);
		stuck = !dump_end(skb, hdr, hdr ?
				  vxc_fill_circuit(skb, circuit, secret) :
				  -EMSGSIZE);
		if (stuck)
			break;
		cb->args[0] = id + 1;
	}
	rtnl_unlock();
	return skb->len ? skb->len : stuck ? -EMSGSIZE : 0;
}

/* The peerings of one circuit, from the place where the dump stands. */
static bool dump_peerings(struct sk_buff *skb, struct netlink_callback *cb,
			  struct vxc_circuit *circuit)
{
	struct vxc_peering *p;
	void *hdr;
	long i = 0;

	list_for_each_entry(p, &circuit->peerings, list) {
		if (i++ < cb->args[1])
			continue;
		hdr = dump_start(skb, cb, VXC_CMD_PEERING_GET);
		if (!dump_end(skb, hdr, hdr ? vxc_fill_peering(skb, p) :
					      -EMSGSIZE))
			return false;
		cb->args[1] = i;
	}

	return true;
}

/* The id of the one circuit that the dump is limited to, or 0. */
static int dump_filter(struct vxc_net *vn, struct netlink_callback *cb)
{
	struct nlattr **attrs = vxc_dump_attrs(cb);
	struct nlattr *tb[VXC_A_PEERING_MAX + 1];
	struct vxc_txn txn = { .vn = vn, .extack = cb->extack };
	struct vxc_circuit *circuit;
	int err;

	if (!attrs || !attrs[VXC_A_MSG_PEERING])
		return 0;

	err = nla_parse_nested(tb, VXC_A_PEERING_MAX,
			       attrs[VXC_A_MSG_PEERING],
			       vxc_peering_nl_policy, cb->extack);
	if (err)
		return err;
	if (!tb[VXC_A_PEERING_CIRCUIT] && !tb[VXC_A_PEERING_CIRCUIT_ID])
		return 0;

	circuit = get_circuit(&txn, tb[VXC_A_PEERING_CIRCUIT],
			      tb[VXC_A_PEERING_CIRCUIT_ID]);
	return IS_ERR(circuit) ? PTR_ERR(circuit) : circuit->id;
}

int vxc_nl_peering_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct vxc_net *vn = vxc_net(sock_net(skb->sk));
	struct vxc_circuit *circuit;
	int id = cb->args[0], only;
	bool stuck = false;

	rtnl_lock();
	only = dump_filter(vn, cb);
	if (only < 0)
		goto out;

	cb->seq = vn->gen;
	idr_for_each_entry_continue(&vn->circuits, circuit, id) {
		if (only && id != only)
			continue;
		stuck = !dump_peerings(skb, cb, circuit);
		cb->args[0] = stuck ? id : id + 1;
		if (stuck)
			break;
		cb->args[1] = 0;
	}
out:
	rtnl_unlock();
	if (only < 0)
		return only;

	return skb->len ? skb->len : stuck ? -EMSGSIZE : 0;
}

struct genl_family vxc_nl_family __ro_after_init = {
	.name		= VXC_FAMILY_NAME,
	.version	= VXC_FAMILY_VERSION,
	.netnsok	= true,
	.module		= THIS_MODULE,
	.ops		= vxc_nl_ops,
	.n_ops		= ARRAY_SIZE(vxc_nl_ops),
	.mcgrps		= vxc_nl_mcgrps,
	.n_mcgrps	= ARRAY_SIZE(vxc_nl_mcgrps),
};

int __init vxc_nl_init(void)
{
	int err;

	err = genl_register_family(&vxc_nl_family);
	if (err)
		return err;

	rtnl_lock();
	vxc_nl_events = true;
	rtnl_unlock();
	return 0;
}

/* What is torn down from here on tells nobody. */
void vxc_nl_exit(void)
{
	rtnl_lock();
	vxc_nl_events = false;
	rtnl_unlock();
	genl_unregister_family(&vxc_nl_family);
}
