// SPDX-License-Identifier: GPL-2.0
/* Peerings as rtnetlink links of kind vxc. */
#include "txn.h"

static const struct nla_policy vxc_link_policy[IFLA_VXC_MAX + 1] = {
	[IFLA_VXC_CIRCUIT]	= { .type = NLA_NUL_STRING,
				    .len = VXC_NAME_MAX },
	[IFLA_VXC_CIRCUIT_ID]	= NLA_POLICY_MIN(NLA_U32, 1),
	[IFLA_VXC_CVID]		= NLA_POLICY_RANGE(NLA_U16, 1, VXC_VID_MAX),
	[IFLA_VXC_ROLE]		= NLA_POLICY_MAX(NLA_U32, VXC_ROLE_SECONDARY),
	[IFLA_VXC_PCP_SOURCE]	= NLA_POLICY_MAX(NLA_U32,
						 VXC_PCP_SOURCE_PRIORITY),
	[IFLA_VXC_PCP]		= NLA_POLICY_MAX(NLA_U8, 7),
	[IFLA_VXC_DEI]		= NLA_POLICY_MAX(NLA_U8, 1),
};

static void link_cfg(struct nlattr *tb[], struct nlattr *data[],
		     struct vxc_peering_cfg *cfg)
{
	if (data[IFLA_VXC_CVID]) {
		cfg->cvid = nla_get_u16(data[IFLA_VXC_CVID]);
		cfg->given |= VXC_PEERING_CVID;
	}
	if (data[IFLA_VXC_ROLE]) {
		cfg->role = nla_get_u32(data[IFLA_VXC_ROLE]);
		cfg->given |= VXC_PEERING_ROLE;
	}
	if (data[IFLA_VXC_PCP_SOURCE]) {
		cfg->pcp_source = nla_get_u32(data[IFLA_VXC_PCP_SOURCE]);
		cfg->given |= VXC_PEERING_PCP_SOURCE;
	}
	if (data[IFLA_VXC_PCP]) {
		cfg->pcp = nla_get_u8(data[IFLA_VXC_PCP]);
		cfg->given |= VXC_PEERING_PCP;
	}
	if (data[IFLA_VXC_DEI]) {
		cfg->dei = nla_get_u8(data[IFLA_VXC_DEI]);
		cfg->given |= VXC_PEERING_DEI;
	}
	if (tb && tb[IFLA_MTU]) {
		cfg->mtu = nla_get_u32(tb[IFLA_MTU]);
		cfg->given |= VXC_PEERING_MTU;
	}
}

static struct vxc_circuit *link_circuit(struct vxc_net *vn,
					struct nlattr *data[],
					struct netlink_ext_ack *extack)
{
	if (!data) {
		NL_SET_ERR_MSG(extack, "a peering needs a circuit");
		return ERR_PTR(-EINVAL);
	}

	return vxc_nl_circuit(vn, data[IFLA_VXC_CIRCUIT],
			      data[IFLA_VXC_CIRCUIT_ID], extack);
}

static int vxc_newlink_do(struct net *net, struct net_device *dev,
			  struct nlattr *tb[], struct nlattr *data[],
			  struct netlink_ext_ack *extack)
{
	struct vxc_net *vn = vxc_net(net);
	struct vxc_peering_cfg cfg = {};
	struct vxc_circuit *circuit;
	struct vxc_txn txn;
	int err;

	circuit = link_circuit(vn, data, extack);
	if (IS_ERR(circuit))
		return PTR_ERR(circuit);

	link_cfg(tb, data, &cfg);
	vxc_txn_begin(&txn, vn, NULL, extack);
	err = vxc_peering_join(&txn, dev, circuit, &cfg);
	return vxc_txn_end(&txn, err);
}

VXC_NEWLINK(vxc_newlink)

static int vxc_changelink(struct net_device *dev, struct nlattr *tb[],
			  struct nlattr *data[],
			  struct netlink_ext_ack *extack)
{
	struct vxc_peering *p = netdev_priv(dev);
	struct vxc_peering_cfg cfg = {};
	struct vxc_txn txn;
	struct vxc_net *vn;
	int err;

	if (!data)
		return 0;

	/* The device may be a tenant's, but the circuit is not. */
	vn = p->circuit->vn;
	if (!ns_capable(vn->net->user_ns, CAP_NET_ADMIN))
		return vxc_refuse(extack, -EPERM,
				  "%s belongs to a circuit of another network namespace, where you lack CAP_NET_ADMIN",
				  dev->name);
	if ((data[IFLA_VXC_CIRCUIT] || data[IFLA_VXC_CIRCUIT_ID]) &&
	    link_circuit(vn, data, extack) != p->circuit)
		return vxc_refuse(extack, -EOPNOTSUPP,
				  "%s stays with circuit %s", dev->name,
				  p->circuit->name);

	link_cfg(NULL, data, &cfg);
	if (!cfg.given)
		return 0;

	vxc_txn_begin(&txn, vn, NULL, extack);
	err = vxc_peering_set(&txn, p, &cfg);
	return vxc_txn_end(&txn, err);
}

static void vxc_dellink(struct net_device *dev, struct list_head *head)
{
	struct vxc_peering *p = netdev_priv(dev);

	if (p->dying)
		return;

	p->circuit->vn->gen++;
	vxc_peering_remove(p, head);
}

static size_t vxc_link_size(const struct net_device *dev)
{
	return nla_total_size(VXC_NAME_MAX + 1) +	/* CIRCUIT */
	       nla_total_size(sizeof(u32)) +		/* CIRCUIT_ID */
	       nla_total_size(sizeof(u16)) +		/* CVID */
	       nla_total_size(sizeof(u32)) +		/* ROLE */
	       nla_total_size(sizeof(u32)) +		/* PCP_SOURCE */
	       nla_total_size(sizeof(u8)) +		/* PCP */
	       nla_total_size(sizeof(u8));		/* DEI */
}

static int vxc_link_fill(struct sk_buff *skb, const struct net_device *dev)
{
	const struct vxc_peering *p = netdev_priv(dev);

	if (!p->circuit)
		return 0;

	if (nla_put_string(skb, IFLA_VXC_CIRCUIT, p->circuit->name) ||
	    nla_put_u32(skb, IFLA_VXC_CIRCUIT_ID, p->circuit->id) ||
	    (p->cvid && nla_put_u16(skb, IFLA_VXC_CVID, p->cvid)) ||
	    (p->role != VXC_NO_LEG &&
	     nla_put_u32(skb, IFLA_VXC_ROLE, p->role)) ||
	    nla_put_u32(skb, IFLA_VXC_PCP_SOURCE, p->pcp_source) ||
	    nla_put_u8(skb, IFLA_VXC_PCP, p->pcp) ||
	    nla_put_u8(skb, IFLA_VXC_DEI, p->dei))
		return -EMSGSIZE;

	return 0;
}

static struct net *vxc_link_net(const struct net_device *dev)
{
	const struct vxc_peering *p = netdev_priv(dev);

	return p->circuit && p->circuit->vn ? p->circuit->vn->net :
					      dev_net(dev);
}

struct rtnl_link_ops vxc_link_ops = {
	.kind		= VXC_KIND,
	.priv_size	= sizeof(struct vxc_peering),
	.maxtype	= IFLA_VXC_MAX,
	.policy		= vxc_link_policy,
	.setup		= vxc_netdev_setup,
	.newlink	= vxc_newlink,
	.changelink	= vxc_changelink,
	.dellink	= vxc_dellink,
	.get_size	= vxc_link_size,
	.fill_info	= vxc_link_fill,
	.get_link_net	= vxc_link_net,
};
