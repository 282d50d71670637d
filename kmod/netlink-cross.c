// SPDX-License-Identifier: GPL-2.0
/* What crosses a circuit: between attributes and plain structs. Under rtnl. */
#include <linux/bitmap.h>
#include <linux/slab.h>
#include <net/genetlink.h>

#include "netlink-gen.h"
#include "txn.h"

static int get_l2cp(struct vxc_txn *txn, const struct nlattr *nest,
		    struct vxc_service_cfg *cfg)
{
	struct nlattr *tb[VXC_A_L2CP_MAX + 1];
	u32 protocol;
	int err;

	err = nla_parse_nested(tb, VXC_A_L2CP_MAX, nest, vxc_l2cp_nl_policy,
			       txn->extack);
	if (err)
		return err;
	if (!tb[VXC_A_L2CP_PROTOCOL] || !tb[VXC_A_L2CP_ACTION])
		return vxc_txn_refuse(txn, VXC_A_CIRCUIT_L2CP, -EINVAL,
				      "l2cp needs a protocol and an action");

	protocol = nla_get_u32(tb[VXC_A_L2CP_PROTOCOL]);
	cfg->l2cp_given |= BIT(protocol);
	cfg->l2cp[protocol] = nla_get_u32(tb[VXC_A_L2CP_ACTION]);
	return 0;
}

/* The table under construction: the first list item given makes it. */
static int need_cvids(struct vxc_service_cfg *cfg, u32 part)
{
	if (!cfg->cvids)
		cfg->cvids = vxc_cvids_alloc();
	if (!cfg->cvids)
		return -ENOMEM;

	if (part == VXC_SERVICE_CVIDS && !(cfg->given & part))
		bitmap_zero(cfg->cvids->allowed, VLAN_N_VID);
	cfg->given |= part;
	return 0;
}

static int get_cvids(struct vxc_txn *txn, const struct nlattr *nest,
		     struct vxc_service_cfg *cfg)
{
	struct nlattr *tb[VXC_A_CVIDS_MAX + 1];
	u16 first, last;
	int err;

	err = nla_parse_nested(tb, VXC_A_CVIDS_MAX, nest, vxc_cvids_nl_policy,
			       txn->extack);
	if (err)
		return err;

	first = tb[VXC_A_CVIDS_FIRST] ? nla_get_u16(tb[VXC_A_CVIDS_FIRST]) : 0;
	last = tb[VXC_A_CVIDS_LAST] ? nla_get_u16(tb[VXC_A_CVIDS_LAST]) : first;
	if (last < first)
		return vxc_txn_refuse(txn, VXC_A_CIRCUIT_CVIDS, -EINVAL,
				      "C-VIDs %u to %u are none", first, last);

	err = need_cvids(cfg, VXC_SERVICE_CVIDS);
	if (!err)
		bitmap_set(cfg->cvids->allowed, first, last - first + 1);
	return err;
}

static int get_translate(struct vxc_txn *txn, const struct nlattr *nest,
			 struct vxc_service_cfg *cfg)
{
	struct nlattr *tb[VXC_A_TRANSLATE_MAX + 1];
	struct vxc_cvid_pair pair;
	int err;

	err = nla_parse_nested(tb, VXC_A_TRANSLATE_MAX, nest,
			       vxc_translate_nl_policy, txn->extack);
	if (err)
		return err;
	err = need_cvids(cfg, VXC_SERVICE_TRANSLATE);
	if (err)
		return err;
	/* An empty one makes the list empty. */
	if (!tb[VXC_A_TRANSLATE_CVID] && !tb[VXC_A_TRANSLATE_Z_CVID])
		return 0;
	if (!tb[VXC_A_TRANSLATE_CVID] || !tb[VXC_A_TRANSLATE_Z_CVID])
		return vxc_txn_refuse(txn, VXC_A_CIRCUIT_TRANSLATE, -EINVAL,
				      "a translation needs the C-VIDs of both ends");

	pair.cvid[VXC_END_A] = nla_get_u16(tb[VXC_A_TRANSLATE_CVID]);
	pair.cvid[VXC_END_Z] = nla_get_u16(tb[VXC_A_TRANSLATE_Z_CVID]);
	return vxc_cvids_translate(txn, cfg->cvids, &pair);
}

static int get_lists(struct vxc_txn *txn, const struct nlattr *nest,
		     struct vxc_service_cfg *cfg)
{
	const struct nlattr *attr;
	int rem, err = 0;

	nla_for_each_nested(attr, nest, rem) {
		if (nla_type(attr) == VXC_A_CIRCUIT_L2CP)
			err = get_l2cp(txn, attr, cfg);
		else if (nla_type(attr) == VXC_A_CIRCUIT_CVIDS)
			err = get_cvids(txn, attr, cfg);
		else if (nla_type(attr) == VXC_A_CIRCUIT_TRANSLATE)
			err = get_translate(txn, attr, cfg);
		if (err)
			return err;
	}

	return 0;
}

static void get_u32(const struct nlattr *attr, u32 *val, u32 *given, u32 bit)
{
	if (!attr)
		return;

	*given |= bit;
	*val = nla_get_u32(attr);
}

/* Each of eight values in four bits, the uppermost of which is 0. */
static int check_pcp(struct vxc_txn *txn, u16 type, u32 map)
{
	if (!(map & ~VXC_PCP_MASK))
		return 0;

	return vxc_txn_refuse(txn, type, -EINVAL,
			      "0x%08x has a PCP above 7", map);
}

static int get_service(struct vxc_txn *txn, struct nlattr **tb,
		       const struct nlattr *nest, struct vxc_service_cfg *cfg)
{
	u32 *given = &cfg->given;
	int err;

	get_u32(tb[VXC_A_CIRCUIT_PCP], &cfg->pcp[VXC_END_A], given,
		VXC_SERVICE_PCP(VXC_END_A));
	get_u32(tb[VXC_A_CIRCUIT_Z_PCP], &cfg->pcp[VXC_END_Z], given,
		VXC_SERVICE_PCP(VXC_END_Z));
	get_u32(tb[VXC_A_CIRCUIT_UNICAST], &cfg->rate[VXC_CAST_UNICAST],
		given, VXC_SERVICE_RATE(VXC_CAST_UNICAST));
	get_u32(tb[VXC_A_CIRCUIT_MULTICAST], &cfg->rate[VXC_CAST_MULTICAST],
		given, VXC_SERVICE_RATE(VXC_CAST_MULTICAST));
	get_u32(tb[VXC_A_CIRCUIT_BROADCAST], &cfg->rate[VXC_CAST_BROADCAST],
		given, VXC_SERVICE_RATE(VXC_CAST_BROADCAST));
	get_u32(tb[VXC_A_CIRCUIT_DEI], &cfg->dei[VXC_END_A], given,
		VXC_SERVICE_DEI(VXC_END_A));
	get_u32(tb[VXC_A_CIRCUIT_Z_DEI], &cfg->dei[VXC_END_Z], given,
		VXC_SERVICE_DEI(VXC_END_Z));
	get_u32(tb[VXC_A_CIRCUIT_HYGIENE], &cfg->hygiene[VXC_END_A], given,
		VXC_SERVICE_HYGIENE(VXC_END_A));
	get_u32(tb[VXC_A_CIRCUIT_Z_HYGIENE], &cfg->hygiene[VXC_END_Z], given,
		VXC_SERVICE_HYGIENE(VXC_END_Z));
	get_u32(tb[VXC_A_CIRCUIT_NEIGHBOUR_RATE], &cfg->neighbour_rate, given,
		VXC_SERVICE_NEIGHBOURS);
	if (tb[VXC_A_CIRCUIT_LOOP_GUARD]) {
		cfg->loop_guard = nla_get_u8(tb[VXC_A_CIRCUIT_LOOP_GUARD]);
		*given |= VXC_SERVICE_GUARD;
	}
	err = check_pcp(txn, VXC_A_CIRCUIT_PCP, cfg->pcp[VXC_END_A]);
	if (!err)
		err = check_pcp(txn, VXC_A_CIRCUIT_Z_PCP, cfg->pcp[VXC_END_Z]);
	return err ? err : get_lists(txn, nest, cfg);
}

/**
 * vxc_nl_service() - Set what attributes say of the frames that cross
 * @txn: the transaction
 * @circuit: the circuit
 * @tb: its attributes
 * @nest: the nest they are in
 *
 * Return: 0 or an error.
 */
int vxc_nl_service(struct vxc_txn *txn, struct vxc_circuit *circuit,
		   struct nlattr **tb, const struct nlattr *nest)
{
	struct vxc_service_cfg cfg = {};
	int err;

	err = get_service(txn, tb, nest, &cfg);
	if (!err && (cfg.given || cfg.l2cp_given))
		err = vxc_service_set(txn, circuit, &cfg);
	kfree(cfg.cvids);
	return err;
}

static int put_l2cp(struct sk_buff *skb, const struct vxc_service *s)
{
	struct nlattr *nest;
	int i;

	for (i = 0; i < VXC_L2CPS; i++) {
		nest = nla_nest_start(skb, VXC_A_CIRCUIT_L2CP);
		if (!nest || nla_put_u32(skb, VXC_A_L2CP_PROTOCOL, i) ||
		    nla_put_u32(skb, VXC_A_L2CP_ACTION, s->l2cp[i]))
			return -EMSGSIZE;
		nla_nest_end(skb, nest);
	}

	return 0;
}

static int put_ranges(struct sk_buff *skb, const struct vxc_cvids *c)
{
	unsigned long first = 0, end;
	struct nlattr *nest;

	if (bitmap_full(c->allowed, VLAN_N_VID))
		return 0;

	for (;;) {
		first = find_next_bit(c->allowed, VLAN_N_VID, first);
		if (first >= VLAN_N_VID)
			return 0;
		end = find_next_zero_bit(c->allowed, VLAN_N_VID, first);
		if (!first)
			end = 1;	/* no C-tag is no VID */
		nest = nla_nest_start(skb, VXC_A_CIRCUIT_CVIDS);
		if (!nest || nla_put_u16(skb, VXC_A_CVIDS_FIRST, first) ||
		    nla_put_u16(skb, VXC_A_CVIDS_LAST, end - 1))
			return -EMSGSIZE;
		nla_nest_end(skb, nest);
		first = end;
	}
}

static int put_pairs(struct sk_buff *skb, const struct vxc_cvids *c)
{
	const struct vxc_cvid_pair *pair = c->pair[VXC_END_A];
	struct nlattr *nest;
	int i;

	for (i = 0; i < c->npairs; i++) {
		nest = nla_nest_start(skb, VXC_A_CIRCUIT_TRANSLATE);
		if (!nest ||
		    nla_put_u16(skb, VXC_A_TRANSLATE_CVID,
				pair[i].cvid[VXC_END_A]) ||
		    nla_put_u16(skb, VXC_A_TRANSLATE_Z_CVID,
				pair[i].cvid[VXC_END_Z]))
			return -EMSGSIZE;
		nla_nest_end(skb, nest);
	}

	return 0;
}

/* Attributes of a circuit with a leg at end z, or with a service of its own. */
int vxc_fill_service(struct sk_buff *skb, const struct vxc_circuit *circuit)
{
	const struct vxc_service *s = &circuit->service;

	if (nla_put_u32(skb, VXC_A_CIRCUIT_PCP, s->pcp[VXC_END_A]) ||
	    nla_put_u32(skb, VXC_A_CIRCUIT_Z_PCP, s->pcp[VXC_END_Z]) ||
	    nla_put_u32(skb, VXC_A_CIRCUIT_UNICAST,
			s->rate[VXC_CAST_UNICAST]) ||
	    nla_put_u32(skb, VXC_A_CIRCUIT_MULTICAST,
			s->rate[VXC_CAST_MULTICAST]) ||
	    nla_put_u32(skb, VXC_A_CIRCUIT_BROADCAST,
			s->rate[VXC_CAST_BROADCAST]) ||
	    nla_put_u8(skb, VXC_A_CIRCUIT_LOOP_GUARD, s->loop_guard) ||
	    nla_put_u32(skb, VXC_A_CIRCUIT_DEI, s->dei[VXC_END_A]) ||
	    nla_put_u32(skb, VXC_A_CIRCUIT_Z_DEI, s->dei[VXC_END_Z]) ||
	    nla_put_u32(skb, VXC_A_CIRCUIT_HYGIENE, s->hygiene[VXC_END_A]) ||
	    nla_put_u32(skb, VXC_A_CIRCUIT_Z_HYGIENE, s->hygiene[VXC_END_Z]) ||
	    nla_put_u32(skb, VXC_A_CIRCUIT_NEIGHBOUR_RATE,
			s->neighbour_rate) ||
	    put_l2cp(skb, s))
		return -EMSGSIZE;

	if (!s->cvids)
		return 0;

	return put_ranges(skb, s->cvids) || put_pairs(skb, s->cvids) ?
	       -EMSGSIZE : 0;
}
