// SPDX-License-Identifier: GPL-2.0
/* The family, and its commands that read. */
#include <linux/module.h>
#include <net/genetlink.h>
#include <net/sock.h>

#include "netlink-gen.h"
#include "vxc.h"

int vxc_nl_reply(struct genl_info *info, struct sk_buff *skb, void *hdr,
		 int err)
{
	if (err) {
		nlmsg_free(skb);
		return err;
	}

	genlmsg_end(skb, hdr);
	return genlmsg_reply(skb, info);
}

struct sk_buff *vxc_nl_reply_start(struct genl_info *info, u8 cmd, void **hdr)
{
	struct sk_buff *skb = genlmsg_new(24 * 1024, GFP_KERNEL);

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

	msg = vxc_nl_reply_start(info, VXC_CMD_PORT_GET, &hdr);
	if (!msg)
		return -ENOMEM;

	rtnl_lock();
	port = request_port(info);
	err = IS_ERR(port) ? PTR_ERR(port) : vxc_fill_port(msg, port);
	rtnl_unlock();
	return vxc_nl_reply(info, msg, hdr, err);
}

struct vxc_circuit *vxc_nl_request_circuit(struct vxc_net *vn,
					   const struct nlattr *nest,
					   struct netlink_ext_ack *extack)
{
	struct nlattr *tb[VXC_A_CIRCUIT_MAX + 1] = {};
	int err;

	if (nest) {
		err = nla_parse_nested(tb, VXC_A_CIRCUIT_MAX, nest,
				       vxc_circuit_nl_policy, extack);
		if (err)
			return ERR_PTR(err);
	}

	return vxc_nl_circuit(vn, tb[VXC_A_CIRCUIT_NAME],
			      tb[VXC_A_CIRCUIT_ID], extack);
}

int vxc_nl_circuit_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct net *net = genl_info_net(info);
	struct vxc_circuit *circuit;
	struct sk_buff *msg;
	bool secret;
	void *hdr;
	int err;

	msg = vxc_nl_reply_start(info, VXC_CMD_CIRCUIT_GET, &hdr);
	if (!msg)
		return -ENOMEM;

	secret = netlink_ns_capable(skb, net->user_ns, CAP_NET_ADMIN);
	rtnl_lock();
	circuit = vxc_nl_request_circuit(vxc_net(net),
					 info->attrs[VXC_A_MSG_CIRCUIT],
					 info->extack);
	err = IS_ERR(circuit) ? PTR_ERR(circuit) :
	      vxc_fill_circuit(msg, circuit, secret);
	rtnl_unlock();
	return vxc_nl_reply(info, msg, hdr, err);
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

	msg = vxc_nl_reply_start(info, VXC_CMD_PEERING_GET, &hdr);
	if (!msg)
		return -ENOMEM;

	rtnl_lock();
	p = vxc_nl_peering(vxc_net(genl_info_net(info)), tb, info->extack);
	err = IS_ERR(p) ? PTR_ERR(p) : vxc_fill_peering(msg, p);
	rtnl_unlock();
	return vxc_nl_reply(info, msg, hdr, err);
}

void *vxc_nl_dump_start(struct sk_buff *skb, struct netlink_callback *cb,
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
bool vxc_nl_dump_end(struct sk_buff *skb, void *hdr, int err)
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
		hdr = vxc_nl_dump_start(skb, cb, VXC_CMD_PORT_GET);
		if (!vxc_nl_dump_end(skb, hdr, hdr ? vxc_fill_port(skb, port) :
						     -EMSGSIZE))
			break;
		cb->args[0] = i;
	}
	rtnl_unlock();
	return skb->len ? skb->len : i > cb->args[0] ? -EMSGSIZE : 0;
}

/**
 * vxc_nl_dump_circuits() - Dump something of each circuit
 * @skb: where to
 * @cb: the dump
 * @cmd: the command
 * @fill: puts it
 * @arg: for @fill
 *
 * Return: as a dumpit does.
 */
int vxc_nl_dump_circuits(struct sk_buff *skb, struct netlink_callback *cb,
			 u8 cmd,
			 int (*fill)(struct sk_buff *skb,
				     struct vxc_circuit *circuit, bool arg),
			 bool arg)
{
	struct vxc_net *vn = vxc_net(sock_net(skb->sk));
	struct vxc_circuit *circuit;
	int id = cb->args[0];
	bool stuck = false;
	void *hdr;

	rtnl_lock();
	cb->seq = vn->gen;
	idr_for_each_entry_continue(&vn->circuits, circuit, id) {
		hdr = vxc_nl_dump_start(skb, cb, cmd);
		stuck = !vxc_nl_dump_end(skb, hdr, hdr ?
					 fill(skb, circuit, arg) : -EMSGSIZE);
		if (stuck)
			break;
		cb->args[0] = id + 1;
	}
	rtnl_unlock();
	return skb->len ? skb->len : stuck ? -EMSGSIZE : 0;
}

int vxc_nl_circuit_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	bool secret = netlink_ns_capable(cb->skb,
					 sock_net(skb->sk)->user_ns,
					 CAP_NET_ADMIN);

	return vxc_nl_dump_circuits(skb, cb, VXC_CMD_CIRCUIT_GET,
				    vxc_fill_circuit, secret);
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
		hdr = vxc_nl_dump_start(skb, cb, VXC_CMD_PEERING_GET);
		if (!vxc_nl_dump_end(skb, hdr, hdr ? vxc_fill_peering(skb, p) :
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

	circuit = vxc_nl_circuit(vn, tb[VXC_A_PEERING_CIRCUIT],
				 tb[VXC_A_PEERING_CIRCUIT_ID], cb->extack);
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
