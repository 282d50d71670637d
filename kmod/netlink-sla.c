// SPDX-License-Identifier: GPL-2.0
/* The records of circuits: read, begun anew, and added to. Under rtnl. */
#include <net/genetlink.h>
#include <net/sock.h>

#include "netlink-gen.h"
#include "txn.h"

struct figure {
	int type;
	u64 val;
};

static int put_times(struct sk_buff *skb, const struct figure *figures)
{
	for (; figures->type; figures++)
		if (nla_put_u64_64bit(skb, figures->type, figures->val,
				      VXC_A_SLA_TIME_PAD))
			return -EMSGSIZE;

	return 0;
}

static u64 ms(u64 ns)
{
	return div_u64(ns, NSEC_PER_MSEC);
}

static int put_ledger(struct sk_buff *skb, int type,
		      const struct vxc_ledger *l)
{
	const struct figure figures[] = {
		{ VXC_A_SLA_TIME_UP, ms(l->time[VXC_ACCOUNT_UP]) },
		{ VXC_A_SLA_TIME_DEGRADED,
		  ms(l->time[VXC_ACCOUNT_DEGRADED]) },
		{ VXC_A_SLA_TIME_DOWN, ms(l->time[VXC_ACCOUNT_DOWN]) },
		{ VXC_A_SLA_TIME_PLANNED_DEGRADED,
		  ms(l->time[VXC_ACCOUNT_PLANNED_DEGRADED]) },
		{ VXC_A_SLA_TIME_PLANNED_DOWN,
		  ms(l->time[VXC_ACCOUNT_PLANNED_DOWN]) },
		{ VXC_A_SLA_TIME_WORST, ms(l->worst) },
		{ VXC_A_SLA_TIME_OUTAGE,
		  l->account == VXC_ACCOUNT_DOWN ? ms(l->outage) : 0 },
		{ VXC_A_SLA_TIME_AVAILABLE, vxc_ledger_available(l) },
		{ VXC_A_SLA_TIME_UNAVAILABLE, vxc_ledger_unavailable(l) },
		{ VXC_A_SLA_TIME_HIGH_LOSS, l->windows.high_loss },
		{ VXC_A_SLA_TIME_HIGH_LOSS_RUNS, l->windows.high_runs },
		{ l->windows.since ? VXC_A_SLA_TIME_AVAILABILITY_AGE : 0,
		  ms(l->at - l->windows.since) },
		{ }
	};
	struct nlattr *nest = nla_nest_start(skb, type);

	if (!nest || put_times(skb, figures) ||
	    nla_put_u32(skb, VXC_A_SLA_TIME_OUTAGES, l->outages) ||
	    (l->windows.unavailable &&
	     nla_put_flag(skb, VXC_A_SLA_TIME_IS_UNAVAILABLE)) ||
	    (l->windows.waits &&
	     nla_put_flag(skb, VXC_A_SLA_TIME_IS_MEASURED)))
		return -EMSGSIZE;

	nla_nest_end(skb, nest);
	return 0;
}

static int put_leg(struct sk_buff *skb, const struct vxc_leg *leg)
{
	struct nlattr *nest = nla_nest_start(skb, VXC_A_SLA_LEG);

	if (!nest || nla_put_u32(skb, VXC_A_SLA_LEG_END, leg->end->which) ||
	    nla_put_u32(skb, VXC_A_SLA_LEG_ROLE, leg->role) ||
	    put_ledger(skb, VXC_A_SLA_LEG_TIME, &leg->ledger))
		return -EMSGSIZE;

	nla_nest_end(skb, nest);
	return 0;
}

static int put_event(struct sk_buff *skb, const struct vxc_sla_event *e)
{
	struct nlattr *nest = nla_nest_start(skb, VXC_A_SLA_EVENT);
	int why = e->kind == VXC_SLA_KIND_SWITCH ? VXC_A_SLA_EVENT_REQUEST :
						   VXC_A_SLA_EVENT_REASON;

	if (!nest ||
	    nla_put_u64_64bit(skb, VXC_A_SLA_EVENT_TIME, ms(e->time),
			      VXC_A_SLA_EVENT_PAD) ||
	    nla_put_u32(skb, VXC_A_SLA_EVENT_KIND, e->kind) ||
	    (e->role != VXC_NO_LEG &&
	     (nla_put_u32(skb, VXC_A_SLA_EVENT_END, e->end) ||
	      nla_put_u32(skb, VXC_A_SLA_EVENT_ROLE, e->role))) ||
	    nla_put_u32(skb, VXC_A_SLA_EVENT_STATE, e->state) ||
	    nla_put_u32(skb, why, e->why))
		return -EMSGSIZE;

	nla_nest_end(skb, nest);
	return 0;
}

static int put_events(struct sk_buff *skb, const struct vxc_sla *sla)
{
	u32 i;

	for (i = sla->n_events - sla->kept; i != sla->n_events; i++)
		if (put_event(skb, &sla->events[i % sla->room]))
			return -EMSGSIZE;

	return 0;
}

/* All of one moment: under the circuit's lock. */
static int put_sla(struct sk_buff *skb, struct vxc_circuit *circuit)
{
	const struct vxc_sla *sla = &circuit->sla;
	struct vxc_leg *leg;
	unsigned int i = 0;

	vxc_sla_keep(circuit);
	if (nla_put_string(skb, VXC_A_SLA_CIRCUIT, circuit->name) ||
	    nla_put_u64_64bit(skb, VXC_A_SLA_BEGUN, ms(sla->begun),
			      VXC_A_SLA_PAD) ||
	    nla_put_u32(skb, VXC_A_SLA_STATE, circuit->state) ||
	    nla_put_u32(skb, VXC_A_SLA_FAILOVERS, sla->failovers) ||
	    put_ledger(skb, VXC_A_SLA_TIME, &sla->ledger))
		return -EMSGSIZE;

	while ((leg = vxc_next_leg(circuit, &i)))
		if (put_leg(skb, leg))
			return -EMSGSIZE;

	return put_events(skb, sla);
}

static int fill(struct sk_buff *skb, struct vxc_circuit *circuit, bool reset)
{
	struct nlattr *nest = nla_nest_start(skb, VXC_A_MSG_SLA);
	int err;

	if (!nest)
		return -EMSGSIZE;

	spin_lock_bh(&circuit->lock);
	err = put_sla(skb, circuit);
	if (!err && reset)
		vxc_sla_reset(circuit);
	spin_unlock_bh(&circuit->lock);
	if (err)
		return err;

	nla_nest_end(skb, nest);
	return 0;
}

int vxc_nl_sla_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	bool reset = info->attrs[VXC_A_MSG_RESET];
	struct net *net = genl_info_net(info);
	struct vxc_circuit *circuit;
	struct sk_buff *msg;
	void *hdr;
	int err;

	if (reset && !netlink_ns_capable(skb, net->user_ns, CAP_NET_ADMIN))
		return vxc_refuse(info->extack, -EPERM,
				  "a reset needs CAP_NET_ADMIN");

	msg = vxc_nl_reply_start(info, VXC_CMD_SLA_GET, &hdr);
	if (!msg)
		return -ENOMEM;

	rtnl_lock();
	circuit = vxc_nl_request_circuit(vxc_net(net),
					 info->attrs[VXC_A_MSG_CIRCUIT],
					 info->extack);
	err = IS_ERR(circuit) ? PTR_ERR(circuit) : fill(msg, circuit, reset);
	rtnl_unlock();
	return vxc_nl_reply(info, msg, hdr, err);
}

int vxc_nl_sla_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	return vxc_nl_dump_circuits(skb, cb, VXC_CMD_SLA_GET, fill, false);
}

/* --- figures that are added ----------------------------------------------- */

static u64 get_u64(const struct nlattr *attr)
{
	return attr ? nla_get_u64(attr) : 0;
}

/* More than the 292 years that fit is no figure of a circuit. */
static u64 get_ns(const struct nlattr *attr)
{
	return min_t(u64, get_u64(attr), S64_MAX / NSEC_PER_MSEC) *
	       NSEC_PER_MSEC;
}

static int get_ledger(const struct nlattr *nest, struct vxc_ledger *l,
		      struct netlink_ext_ack *extack)
{
	struct nlattr *tb[VXC_A_SLA_TIME_MAX + 1];
	int err;

	if (!nest)
		return 0;

	err = nla_parse_nested(tb, VXC_A_SLA_TIME_MAX, nest,
			       vxc_sla_time_nl_policy, extack);
	if (err)
		return err;

	l->time[VXC_ACCOUNT_UP] = get_ns(tb[VXC_A_SLA_TIME_UP]);
	l->time[VXC_ACCOUNT_DEGRADED] = get_ns(tb[VXC_A_SLA_TIME_DEGRADED]);
	l->time[VXC_ACCOUNT_DOWN] = get_ns(tb[VXC_A_SLA_TIME_DOWN]);
	l->time[VXC_ACCOUNT_PLANNED_DEGRADED] =
		get_ns(tb[VXC_A_SLA_TIME_PLANNED_DEGRADED]);
	l->time[VXC_ACCOUNT_PLANNED_DOWN] =
		get_ns(tb[VXC_A_SLA_TIME_PLANNED_DOWN]);
	l->worst = get_ns(tb[VXC_A_SLA_TIME_WORST]);
	if (tb[VXC_A_SLA_TIME_OUTAGES])
		l->outages = nla_get_u32(tb[VXC_A_SLA_TIME_OUTAGES]);
	l->windows.good_time = get_u64(tb[VXC_A_SLA_TIME_AVAILABLE]);
	l->windows.bad_time = get_u64(tb[VXC_A_SLA_TIME_UNAVAILABLE]);
	l->windows.high_loss = get_u64(tb[VXC_A_SLA_TIME_HIGH_LOSS]);
	l->windows.high_runs = get_u64(tb[VXC_A_SLA_TIME_HIGH_LOSS_RUNS]);
	return 0;
}

struct add_change {
	struct vxc_change		change;
	struct vxc_circuit		*circuit;
	struct vxc_sla_figures		figures;
};

static void add_commit(struct vxc_txn *txn, struct vxc_change *change)
{
	struct add_change *c = (struct add_change *)change;

	spin_lock_bh(&c->circuit->lock);
	vxc_sla_add(c->circuit, &c->figures);
	spin_unlock_bh(&c->circuit->lock);
}

/* Nothing is done before the commit. */
static void add_abort(struct vxc_txn *txn, struct vxc_change *change)
{
}

static int get_leg(struct vxc_txn *txn, const struct nlattr *nest,
		   struct vxc_sla_figures *figures)
{
	struct nlattr *tb[VXC_A_SLA_LEG_MAX + 1];
	u32 place;
	int err;

	err = nla_parse_nested(tb, VXC_A_SLA_LEG_MAX, nest,
			       vxc_sla_leg_nl_policy, txn->extack);
	if (err)
		return err;

	if (!tb[VXC_A_SLA_LEG_ROLE]) {
		NL_SET_ERR_MSG_ATTR(txn->extack, nest, "of which leg?");
		return -EINVAL;
	}
	place = nla_get_u32(tb[VXC_A_SLA_LEG_ROLE]);
	if (tb[VXC_A_SLA_LEG_END])
		place += nla_get_u32(tb[VXC_A_SLA_LEG_END]) * VXC_LEGS;
	return get_ledger(tb[VXC_A_SLA_LEG_TIME], &figures->leg[place],
			  txn->extack);
}

static int get_legs(struct vxc_txn *txn, const struct nlattr *nest,
		    struct vxc_sla_figures *figures)
{
	const struct nlattr *attr;
	int rem, err;

	nla_for_each_nested(attr, nest, rem) {
		if (nla_type(attr) != VXC_A_SLA_LEG)
			continue;
		err = get_leg(txn, attr, figures);
		if (err)
			return err;
	}

	return 0;
}

/**
 * vxc_nl_sla_add() - Figures to add to a circuit's record
 * @txn: the transaction
 * @circuit: the circuit
 * @nest: the attribute that has them
 *
 * Return: 0 or an error.
 */
int vxc_nl_sla_add(struct vxc_txn *txn, struct vxc_circuit *circuit,
		   const struct nlattr *nest)
{
	struct nlattr *tb[VXC_A_SLA_MAX + 1];
	struct add_change *c;
	int err;

	err = nla_parse_nested(tb, VXC_A_SLA_MAX, nest, vxc_sla_nl_policy,
			       txn->extack);
	if (err)
		return err;

	c = vxc_txn_record(txn, sizeof(*c), add_commit, add_abort);
	if (!c)
		return -ENOMEM;

	c->circuit = circuit;
	c->figures.begun = get_ns(tb[VXC_A_SLA_BEGUN]);
	if (tb[VXC_A_SLA_FAILOVERS])
		c->figures.failovers = nla_get_u32(tb[VXC_A_SLA_FAILOVERS]);
	err = get_ledger(tb[VXC_A_SLA_TIME], &c->figures.circuit, txn->extack);
	if (err)
		return err;

	return get_legs(txn, nest, &c->figures);
}
