// SPDX-License-Identifier: GPL-2.0
/* Peerings in requests: from attributes to plain structs. */
#include <net/genetlink.h>

#include "netlink-attr.h"
#include "netlink-gen.h"
#include "txn.h"

/* Attributes that only replies have. */
static const u8 read_only[] = {
	VXC_A_PEERING_MTU_MAX, VXC_A_PEERING_NETNSID, VXC_A_PEERING_STATE,
	VXC_A_PEERING_REASON, VXC_A_PEERING_STATS, VXC_A_PEERING_DROPS,
	VXC_A_PEERING_FAST_PACKETS, 0
};

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
	cfg->urpf = get_u8(tb[VXC_A_PEERING_URPF], given, VXC_PEERING_URPF);
	cfg->up = nla_get_flag(tb[VXC_A_PEERING_UP]);
	cfg->vrf = get_u32(tb[VXC_A_PEERING_VRF], given, VXC_PEERING_VRF);
	cfg->mtu = get_u32(tb[VXC_A_PEERING_MTU], given, VXC_PEERING_MTU);
	if (tb[VXC_A_PEERING_ADDRESS]) {
		nla_memcpy(cfg->address, tb[VXC_A_PEERING_ADDRESS], ETH_ALEN);
		*given |= VXC_PEERING_ADDRESS;
	}
}

/**
 * vxc_nl_peering() - The peering that attributes name
 * @vn: network namespace
 * @tb: attributes of a peering
 * @extack: where the refusal goes
 *
 * Return: the peering or an ERR_PTR().
 */
struct vxc_peering *vxc_nl_peering(struct vxc_net *vn, struct nlattr **tb,
				   struct netlink_ext_ack *extack)
{
	struct vxc_peering *p = NULL;
	u32 given = 0, ifindex;

	ifindex = get_u32(tb[VXC_A_PEERING_IFINDEX], &given, 1);
	if (given)
		p = vxc_peering_find_index(vn, ifindex);
	else if (tb[VXC_A_PEERING_NAME])
		p = vxc_peering_find(vn, nla_data(tb[VXC_A_PEERING_NAME]));
	if (p)
		return p;

	if (given)
		vxc_refuse(extack, 0, "there is no peering with ifindex %u",
			   ifindex);
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

	circuit = vxc_nl_circuit(txn->vn, tb[VXC_A_PEERING_CIRCUIT],
				 tb[VXC_A_PEERING_CIRCUIT_ID], txn->extack);
	if (IS_ERR(circuit))
		return PTR_ERR(circuit);

	return vxc_peering_add(txn, circuit, cfg);
}

/**
 * vxc_nl_peering_op() - An operation on a peering
 * @txn: the transaction
 * @nest: attributes of the peering
 * @action: enum vxc_action
 *
 * Return: 0 or an error.
 */
int vxc_nl_peering_op(struct vxc_txn *txn, const struct nlattr *nest,
		      u32 action)
{
	struct nlattr *tb[VXC_A_PEERING_MAX + 1];
	struct nlattr *mep_tb[VXC_A_MEP_MAX + 1];
	struct vxc_peering_cfg cfg = {};
	struct vxc_mep_req req;
	struct vxc_peering *p;
	int err;

	err = vxc_nl_parse(tb, VXC_A_PEERING_MAX, nest, vxc_peering_nl_policy,
			   read_only, txn->extack);
	if (err)
		return err;

	get_peering_cfg(tb, &cfg);
	err = vxc_nl_mep(txn, tb[VXC_A_PEERING_MEP], mep_tb, &req, &cfg.mep);
	if (err)
		return err;
	if (action == VXC_ACTION_ADD) {
		err = peering_add(txn, tb, &cfg);
		goto blame;
	}

	p = vxc_nl_peering(txn->vn, tb, txn->extack);
	if (IS_ERR(p))
		return PTR_ERR(p);
	if (action == VXC_ACTION_DEL)
		return vxc_peering_del(txn, p);
	if (cfg.up)
		return vxc_refuse(txn->extack, -EOPNOTSUPP,
				  "a peering that exists is brought up with rtnetlink");
	if (tb[VXC_A_PEERING_CIRCUIT] || tb[VXC_A_PEERING_CIRCUIT_ID])
		return vxc_refuse(txn->extack, -EOPNOTSUPP,
				  "%s stays with circuit %s", p->dev->name,
				  p->circuit->name);

	err = vxc_peering_set(txn, p, &cfg);
blame:
	if (err && cfg.mep)
		vxc_nl_mep_blame(txn, mep_tb, cfg.mep);
	return vxc_nl_blame(txn, tb, VXC_A_PEERING_MAX, err);
}
