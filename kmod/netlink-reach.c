// SPDX-License-Identifier: GPL-2.0
/* Reaches in netlink: from attributes to plain structs, and back. */
#include <linux/slab.h>
#include <net/genetlink.h>
#include <net/sock.h>

#include "netlink-gen.h"
#include "txn.h"

static int get_circuit(struct vxc_net *vn, const struct nlattr *attr,
		       struct vxc_reach_cfg *cfg,
		       struct netlink_ext_ack *extack)
{
	struct vxc_circuit *circuit;

	circuit = vxc_nl_circuit(vn, attr, NULL, extack);
	if (IS_ERR(circuit))
		return PTR_ERR(circuit);
	if (cfg->ncircuits == ARRAY_SIZE(cfg->circuit))
		return vxc_refuse(extack, -E2BIG,
				  "a reach has at most %u circuits",
				  VXC_GROUP_MAX);

	cfg->circuit[cfg->ncircuits++] = circuit;
	return 0;
}

static int get_prefix(const struct nlattr *nest, struct vxc_reach_cfg *cfg,
		      struct netlink_ext_ack *extack)
{
	struct nlattr *tb[VXC_A_PREFIX_MAX + 1];
	const struct nlattr *addr;
	struct vxc_prefix *prefix;
	int err;

	err = nla_parse_nested(tb, VXC_A_PREFIX_MAX, nest,
			       vxc_prefix_nl_policy, extack);
	if (err)
		return err;

	addr = tb[VXC_A_PREFIX_IPV4] ? tb[VXC_A_PREFIX_IPV4] :
				       tb[VXC_A_PREFIX_IPV6];
	if (!addr || !tb[VXC_A_PREFIX_LENGTH])
		return vxc_refuse(extack, -EINVAL,
				  "a prefix has an address and a length");
	if (cfg->nprefixes == ARRAY_SIZE(cfg->prefix))
		return vxc_refuse(extack, -E2BIG,
				  "a scope has at most %u prefixes",
				  VXC_PREFIXES_MAX);

	prefix = &cfg->prefix[cfg->nprefixes];
	prefix->size = nla_len(addr);
	prefix->len = nla_get_u8(tb[VXC_A_PREFIX_LENGTH]);
	if (prefix->len > prefix->size * BITS_PER_BYTE)
		return vxc_refuse(extack, -EINVAL,
				  "prefix length %u is above %u", prefix->len,
				  prefix->size * BITS_PER_BYTE);

	nla_memcpy(prefix->addr, addr, prefix->size);
	cfg->nprefixes++;
	cfg->given |= VXC_REACH_PREFIX;
	return 0;
}

static int get_part(struct vxc_net *vn, const struct nlattr *attr,
		    struct vxc_reach_cfg *cfg, struct netlink_ext_ack *extack)
{
	int err = 0;

	if (nla_type(attr) == VXC_A_REACH_CIRCUIT)
		err = get_circuit(vn, attr, cfg, extack);
	else if (nla_type(attr) == VXC_A_REACH_PREFIX)
		err = get_prefix(attr, cfg, extack);
	if (err)
		NL_SET_BAD_ATTR(extack, attr);

	return err;
}

static u64 get_u64(const struct nlattr *attr, u32 *given, u32 bit)
{
	if (!attr)
		return 0;

	*given |= bit;
	return nla_get_u64(attr);
}

static int get_cfg(struct vxc_net *vn, const struct nlattr *nest,
		   struct nlattr **tb, struct vxc_reach_cfg *cfg,
		   struct netlink_ext_ack *extack)
{
	const struct nlattr *attr;
	int rem, err;

	err = nla_parse_nested(tb, VXC_A_REACH_MAX, nest, vxc_reach_nl_policy,
			       extack);
	if (err)
		return err;

	if (tb[VXC_A_REACH_GROUP])
		cfg->group = nla_data(tb[VXC_A_REACH_GROUP]);
	if (tb[VXC_A_REACH_KEY]) {
		import_uuid(&cfg->key, nla_data(tb[VXC_A_REACH_KEY]));
		cfg->given |= VXC_REACH_KEY;
	}
	if (tb[VXC_A_REACH_EVERYTHING])
		cfg->given |= VXC_REACH_EVERYTHING;
	cfg->dscp = get_u64(tb[VXC_A_REACH_DSCP], &cfg->given,
			    VXC_REACH_DSCP);
	cfg->start = get_u64(tb[VXC_A_REACH_START], &cfg->given,
			     VXC_REACH_START);
	cfg->until = get_u64(tb[VXC_A_REACH_UNTIL], &cfg->given,
			     VXC_REACH_UNTIL);

	nla_for_each_nested(attr, nest, rem) {
		err = get_part(vn, attr, cfg, extack);
		if (err)
			return err;
	}

	return 0;
}

static int check_request(struct nlattr **tb, struct vxc_reach_cfg *cfg,
			 struct netlink_ext_ack *extack)
{
	if (tb[VXC_A_REACH_STATE]) {
		NL_SET_ERR_MSG_ATTR(extack, tb[VXC_A_REACH_STATE],
				    "attribute is read only");
		return -EINVAL;
	}
	if (cfg->group && !vxc_is_name(cfg->group)) {
		NL_SET_BAD_ATTR(extack, tb[VXC_A_REACH_GROUP]);
		return vxc_refuse(extack, -EINVAL,
				  "\"%s\" is no name for a group: use letters, digits, '.', '_' and '-'",
				  cfg->group);
	}
	if (cfg->group && cfg->given & VXC_REACH_KEY) {
		NL_SET_BAD_ATTR(extack, tb[VXC_A_REACH_KEY]);
		return vxc_refuse(extack, -EINVAL,
				  "a group has no authorization key");
	}

	return 0;
}

static int reach_do(struct vxc_txn *txn, const struct vxc_reach_cfg *cfg,
		    u32 action)
{
	struct vxc_reach *reach;

	if (action == VXC_ACTION_ADD)
		return vxc_reach_add(txn, cfg);

	reach = vxc_reach_find(txn->vn, cfg, txn->extack);
	if (IS_ERR(reach))
		return PTR_ERR(reach);
	if (action == VXC_ACTION_SET)
		return vxc_reach_set(txn, reach, cfg);

	return vxc_reach_del(txn, reach, cfg);
}

/**
 * vxc_nl_reach_op() - An operation on a reach
 * @txn: the transaction
 * @nest: attributes of the reach
 * @action: enum vxc_action
 *
 * Return: 0 or an error.
 */
int vxc_nl_reach_op(struct vxc_txn *txn, const struct nlattr *nest, u32 action)
{
	struct nlattr *tb[VXC_A_REACH_MAX + 1];
	struct vxc_reach_cfg *cfg;
	int err;

	cfg = kzalloc(sizeof(*cfg), GFP_KERNEL);
	if (!cfg)
		return -ENOMEM;

	err = get_cfg(txn->vn, nest, tb, cfg, txn->extack);
	if (!err)
		err = check_request(tb, cfg, txn->extack);
	if (!err)
		err = reach_do(txn, cfg, action);
	kfree(cfg);
	return vxc_nl_blame(txn, tb, VXC_A_REACH_MAX, err);
}

static int put_prefix(struct sk_buff *skb, const struct vxc_prefix *prefix)
{
	struct nlattr *nest = nla_nest_start(skb, VXC_A_REACH_PREFIX);
	int type = prefix->size == sizeof(struct in6_addr) ?
		   VXC_A_PREFIX_IPV6 : VXC_A_PREFIX_IPV4;

	if (!nest || nla_put(skb, type, prefix->size, prefix->addr) ||
	    nla_put_u8(skb, VXC_A_PREFIX_LENGTH, prefix->len))
		return -EMSGSIZE;

	nla_nest_end(skb, nest);
	return 0;
}

static int put_scope(struct sk_buff *skb, const struct vxc_scope *scope)
{
	unsigned int i;

	if ((scope->dscp && nla_put_u64_64bit(skb, VXC_A_REACH_DSCP,
					      scope->dscp, VXC_A_REACH_PAD)) ||
	    (scope->start && nla_put_u64_64bit(skb, VXC_A_REACH_START,
					       scope->start,
					       VXC_A_REACH_PAD)) ||
	    (scope->until && nla_put_u64_64bit(skb, VXC_A_REACH_UNTIL,
					       scope->until, VXC_A_REACH_PAD)))
		return -EMSGSIZE;

	for (i = 0; i < scope->nprefixes; i++)
		if (put_prefix(skb, &scope->prefix[i]))
			return -EMSGSIZE;

	return 0;
}

/* The nest of a reach; its key only for who may know it. */
static int fill_reach(struct sk_buff *skb, const struct vxc_reach *reach,
		      bool secret)
{
	struct nlattr *nest = nla_nest_start(skb, VXC_A_MSG_REACH);
	const struct vxc_member *m;

	if (!nest ||
	    nla_put_u32(skb, VXC_A_REACH_STATE, vxc_reach_state(reach)) ||
	    (*reach->group &&
	     nla_put_string(skb, VXC_A_REACH_GROUP, reach->group)) ||
	    (reach->pending && secret &&
	     nla_put(skb, VXC_A_REACH_KEY, sizeof(reach->key), &reach->key)) ||
	    (reach->scope && put_scope(skb, &reach->scope->scope)))
		return -EMSGSIZE;

	list_for_each_entry(m, &reach->members, on_reach)
		if (nla_put_string(skb, VXC_A_REACH_CIRCUIT, m->circuit->name))
			return -EMSGSIZE;

	nla_nest_end(skb, nest);
	return 0;
}

static int fill_pair(struct sk_buff *skb, const struct vxc_pair *pair,
		     unsigned int dir)
{
	struct nlattr *nest = nla_nest_start(skb, VXC_A_MSG_PAIR);
	const struct vxc_member *from = pair->member[dir];
	struct vxc_pair_counters sum;

	vxc_pair_counters(pair, dir, &sum);
	if (!nest ||
	    (*from->reach->group &&
	     nla_put_string(skb, VXC_A_PAIR_GROUP, from->reach->group)) ||
	    nla_put_string(skb, VXC_A_PAIR_FROM, from->circuit->name) ||
	    nla_put_string(skb, VXC_A_PAIR_TO,
			   pair->member[!dir]->circuit->name) ||
	    nla_put_u64_64bit(skb, VXC_A_PAIR_PACKETS, sum.packets,
			      VXC_A_PAIR_PAD) ||
	    nla_put_u64_64bit(skb, VXC_A_PAIR_BYTES, sum.bytes,
			      VXC_A_PAIR_PAD) ||
	    nla_put_u64_64bit(skb, VXC_A_PAIR_DENIED, sum.denied,
			      VXC_A_PAIR_PAD))
		return -EMSGSIZE;

	nla_nest_end(skb, nest);
	return 0;
}

void vxc_event_reach(struct vxc_net *vn, struct vxc_reach *reach, u32 kind)
{
	struct sk_buff *skb;
	void *hdr;

	skb = vxc_event_start(vn->net, kind, &hdr);
	if (skb)
		vxc_event_send(vn->net, skb, hdr,
			       fill_reach(skb, reach, false));
}

static int reach_get(struct sk_buff *msg, struct genl_info *info,
		     struct vxc_reach_cfg *cfg, bool secret)
{
	struct vxc_net *vn = vxc_net(genl_info_net(info));
	struct nlattr *tb[VXC_A_REACH_MAX + 1];
	struct vxc_reach *reach;
	int err;

	if (info->attrs[VXC_A_MSG_REACH]) {
		err = get_cfg(vn, info->attrs[VXC_A_MSG_REACH], tb, cfg,
			      info->extack);
		if (err)
			return err;
	}
	/* Whoever asks for a key must be one who may know it. */
	if (cfg->given & VXC_REACH_KEY && !secret)
		return -EPERM;

	reach = vxc_reach_find(vn, cfg, info->extack);
	return IS_ERR(reach) ? PTR_ERR(reach) : fill_reach(msg, reach, secret);
}

int vxc_nl_reach_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct net *net = genl_info_net(info);
	struct vxc_reach_cfg *cfg;
	struct sk_buff *msg;
	bool secret;
	void *hdr;
	int err;

	cfg = kzalloc(sizeof(*cfg), GFP_KERNEL);
	if (!cfg)
		return -ENOMEM;

	msg = vxc_nl_reply_start(info, VXC_CMD_REACH_GET, &hdr);
	if (!msg) {
		kfree(cfg);
		return -ENOMEM;
	}

	secret = netlink_ns_capable(skb, net->user_ns, CAP_NET_ADMIN);
	rtnl_lock();
	err = reach_get(msg, info, cfg, secret);
	rtnl_unlock();
	kfree(cfg);
	return vxc_nl_reply(info, msg, hdr, err);
}

int vxc_nl_reach_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct net *net = sock_net(skb->sk);
	struct vxc_net *vn = vxc_net(net);
	long skip = cb->args[0], i = 0;
	struct vxc_reach *reach;
	bool secret;
	void *hdr;

	secret = netlink_ns_capable(cb->skb, net->user_ns, CAP_NET_ADMIN);
	rtnl_lock();
	cb->seq = vn->gen;
	list_for_each_entry(reach, &vn->reaches, list) {
		if (i++ < skip)
			continue;
		hdr = vxc_nl_dump_start(skb, cb, VXC_CMD_REACH_GET);
		if (!vxc_nl_dump_end(skb, hdr, hdr ?
				     fill_reach(skb, reach, secret) :
				     -EMSGSIZE))
			break;
		cb->args[0] = i;
	}
	rtnl_unlock();
	return skb->len ? skb->len : i > cb->args[0] ? -EMSGSIZE : 0;
}

/* Both circuits of a request, by the names in it. */
static int pair_circuits(struct vxc_net *vn, struct genl_info *info,
			 struct vxc_circuit **from, struct vxc_circuit **to)
{
	struct nlattr *tb[VXC_A_PAIR_MAX + 1] = {};
	int err;

	if (info->attrs[VXC_A_MSG_PAIR]) {
		err = nla_parse_nested(tb, VXC_A_PAIR_MAX,
				       info->attrs[VXC_A_MSG_PAIR],
				       vxc_pair_nl_policy, info->extack);
		if (err)
			return err;
	}

	*from = vxc_nl_circuit(vn, tb[VXC_A_PAIR_FROM], NULL, info->extack);
	if (IS_ERR(*from))
		return PTR_ERR(*from);
	*to = vxc_nl_circuit(vn, tb[VXC_A_PAIR_TO], NULL, info->extack);
	return PTR_ERR_OR_ZERO(*to);
}

static const struct vxc_pair *find_pair(const struct vxc_circuit *from,
					const struct vxc_circuit *to,
					unsigned int *dir)
{
	const struct vxc_member *m;
	const struct vxc_pair *pair;

	list_for_each_entry(m, &from->members, on_circuit)
		for (*dir = 0; *dir < 2; ++*dir)
			list_for_each_entry(pair, &m->pairs[*dir], at[*dir])
				if (pair->member[!*dir]->circuit == to)
					return pair;

	return NULL;
}

int vxc_nl_pair_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct vxc_net *vn = vxc_net(genl_info_net(info));
	struct vxc_circuit *from, *to;
	const struct vxc_pair *pair;
	struct sk_buff *msg;
	unsigned int dir;
	void *hdr;
	int err;

	msg = vxc_nl_reply_start(info, VXC_CMD_PAIR_GET, &hdr);
	if (!msg)
		return -ENOMEM;

	rtnl_lock();
	err = pair_circuits(vn, info, &from, &to);
	if (!err) {
		pair = find_pair(from, to, &dir);
		err = pair ? fill_pair(msg, pair, dir) :
		      vxc_refuse(info->extack, -ENOENT,
				 "circuit %s has no reach to %s", from->name,
				 to->name);
	}
	rtnl_unlock();
	return vxc_nl_reply(info, msg, hdr, err);
}

static bool dump_pair(struct sk_buff *skb, struct netlink_callback *cb,
		      const struct vxc_pair *pair, unsigned int dir)
{
	void *hdr = vxc_nl_dump_start(skb, cb, VXC_CMD_PAIR_GET);

	return vxc_nl_dump_end(skb, hdr,
			       hdr ? fill_pair(skb, pair, dir) : -EMSGSIZE);
}

/* Both directions of the pairs of a reach, from where the dump stands. */
static bool dump_pairs(struct sk_buff *skb, struct netlink_callback *cb,
		       const struct vxc_reach *reach)
{
	const struct vxc_member *m;
	const struct vxc_pair *pair;
	unsigned int dir;
	long i = 0;

	list_for_each_entry(m, &reach->members, on_reach) {
		list_for_each_entry(pair, &m->pairs[0], at[0]) {
			for (dir = 0; dir < 2; dir++) {
				if (i++ < cb->args[1])
					continue;
				if (!dump_pair(skb, cb, pair, dir))
					return false;
				cb->args[1] = i;
			}
		}
	}

	return true;
}

int vxc_nl_pair_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct vxc_net *vn = vxc_net(sock_net(skb->sk));
	struct vxc_reach *reach;
	bool stuck = false;
	long i = 0;

	rtnl_lock();
	cb->seq = vn->gen;
	list_for_each_entry(reach, &vn->reaches, list) {
		if (i++ < cb->args[0])
			continue;
		stuck = !dump_pairs(skb, cb, reach);
		if (stuck)
			break;
		cb->args[0] = i;
		cb->args[1] = 0;
	}
	rtnl_unlock();
	return skb->len ? skb->len : stuck ? -EMSGSIZE : 0;
}
