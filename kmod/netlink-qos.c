// SPDX-License-Identifier: GPL-2.0
/* Bandwidth and classes from and to attributes. Under rtnl. */
#include <net/genetlink.h>

#include "netlink-gen.h"
#include "txn.h"

/* An unsigned of any size, if it was given; @given gets its bit. */
static u64 get(const struct nlattr *attr, u32 *given, u32 bit)
{
	if (!attr)
		return 0;

	*given |= bit;
	switch (nla_len(attr)) {
	case sizeof(u8):
		return nla_get_u8(attr);
	case sizeof(u32):
		return nla_get_u32(attr);
	default:
		return nla_get_u64(attr);
	}
}

/* What a port's attributes say of it. */
void vxc_nl_get_port_qos(struct nlattr **tb, struct vxc_port_cfg *cfg)
{
	cfg->speed = get(tb[VXC_A_PORT_SPEED], &cfg->given, VXC_PORT_SPEED);
	cfg->oversubscription = get(tb[VXC_A_PORT_OVERSUBSCRIPTION],
				    &cfg->given, VXC_PORT_OVERSUB);
}

/* What a circuit's attributes say of it. */
void vxc_nl_get_qos(struct nlattr **tb, struct vxc_circuit_cfg *cfg)
{
	u32 *given = &cfg->given;

	cfg->bandwidth = get(tb[VXC_A_CIRCUIT_BANDWIDTH], given,
			     VXC_CIRCUIT_BANDWIDTH);
	cfg->burst = get(tb[VXC_A_CIRCUIT_BURST], given, VXC_CIRCUIT_BURST);
	cfg->tolerance = get(tb[VXC_A_CIRCUIT_TOLERANCE], given,
			     VXC_CIRCUIT_TOLERANCE);
	cfg->overhead = get(tb[VXC_A_CIRCUIT_OVERHEAD], given,
			    VXC_CIRCUIT_OVERHEAD);
	cfg->burst_to = get(tb[VXC_A_CIRCUIT_BURST_TO], given,
			    VXC_CIRCUIT_BURST_TO);
	cfg->burst_for = get(tb[VXC_A_CIRCUIT_BURST_FOR], given,
			     VXC_CIRCUIT_BURST_FOR);
	cfg->color_mode = get(tb[VXC_A_CIRCUIT_COLOR_MODE], given,
			      VXC_CIRCUIT_COLOR_MODE);
	cfg->yellow_pcp = get(tb[VXC_A_CIRCUIT_YELLOW_PCP], given,
			      VXC_CIRCUIT_YELLOW_PCP);
	cfg->yellow_dscp = get(tb[VXC_A_CIRCUIT_YELLOW_DSCP], given,
			       VXC_CIRCUIT_YELLOW_DSCP);
	cfg->coupling = get(tb[VXC_A_CIRCUIT_COUPLING], given,
			    VXC_CIRCUIT_COUPLING);
	cfg->unlisted = get(tb[VXC_A_CIRCUIT_UNLISTED], given,
			    VXC_CIRCUIT_UNLISTED);
	cfg->classes = get(tb[VXC_A_CIRCUIT_CLASSES], given,
			   VXC_CIRCUIT_CLASSES);
}

static void get_class(struct nlattr **tb, struct vxc_class_cfg *cfg)
{
	struct vxc_class *class = &cfg->class;
	u32 *given = &cfg->given;

	class->dscp = get(tb[VXC_A_CLASS_DSCP], given, VXC_CLASS_DSCP);
	class->from_pcp = get(tb[VXC_A_CLASS_FROM_PCP], given,
			      VXC_CLASS_FROM_PCP);
	class->pcp = get(tb[VXC_A_CLASS_PCP], given, VXC_CLASS_PCP);
	class->cir = get(tb[VXC_A_CLASS_CIR], given, VXC_CLASS_CIR);
	class->share = get(tb[VXC_A_CLASS_SHARE], given, VXC_CLASS_SHARE);
	class->cbs = get(tb[VXC_A_CLASS_CBS], given, VXC_CLASS_CBS);
	class->eir = get(tb[VXC_A_CLASS_EIR], given, VXC_CLASS_EIR);
	class->ebs = get(tb[VXC_A_CLASS_EBS], given, VXC_CLASS_EBS);
	class->coupling = get(tb[VXC_A_CLASS_COUPLING], given,
			      VXC_CLASS_COUPLING);
}

/* An operation on a class. */
int vxc_nl_class_op(struct vxc_txn *txn, const struct nlattr *nest, u32 action)
{
	struct nlattr *tb[VXC_A_CLASS_MAX + 1];
	struct vxc_class_cfg cfg = {};
	struct vxc_circuit *circuit;
	int err;

	err = nla_parse_nested(tb, VXC_A_CLASS_MAX, nest, vxc_class_nl_policy,
			       txn->extack);
	if (err)
		return err;

	circuit = vxc_nl_circuit(txn->vn, tb[VXC_A_CLASS_CIRCUIT], NULL,
				 txn->extack);
	if (IS_ERR(circuit))
		return PTR_ERR(circuit);
	if (!tb[VXC_A_CLASS_NAME])
		return vxc_refuse(txn->extack, -EINVAL,
				  "which class? give its name");

	cfg.name = nla_data(tb[VXC_A_CLASS_NAME]);
	get_class(tb, &cfg);
	if (action == VXC_ACTION_ADD)
		err = vxc_class_add(txn, circuit, &cfg);
	else if (action == VXC_ACTION_SET)
		err = vxc_class_set(txn, circuit, &cfg);
	else
		err = vxc_class_del(txn, circuit, &cfg);
	return vxc_nl_blame(txn, tb, VXC_A_CLASS_MAX, err);
}

static int put_class(struct sk_buff *skb, const struct vxc_class *class)
{
	struct nlattr *nest = nla_nest_start(skb, VXC_A_CIRCUIT_CLASS);

	if (!nest)
		return -EMSGSIZE;

	if (nla_put_string(skb, VXC_A_CLASS_NAME, class->name) ||
	    nla_put_u64_64bit(skb, VXC_A_CLASS_DSCP, class->dscp,
			      VXC_A_CLASS_PAD) ||
	    nla_put_u8(skb, VXC_A_CLASS_FROM_PCP, class->from_pcp) ||
	    nla_put_u8(skb, VXC_A_CLASS_PCP, class->pcp) ||
	    nla_put_u64_64bit(skb, VXC_A_CLASS_CIR, class->cir,
			      VXC_A_CLASS_PAD) ||
	    nla_put_u8(skb, VXC_A_CLASS_SHARE, class->share) ||
	    nla_put_u32(skb, VXC_A_CLASS_CBS, class->cbs) ||
	    nla_put_u64_64bit(skb, VXC_A_CLASS_EIR, class->eir,
			      VXC_A_CLASS_PAD) ||
	    nla_put_u32(skb, VXC_A_CLASS_EBS, class->ebs) ||
	    nla_put_u8(skb, VXC_A_CLASS_COUPLING, class->coupling))
		return -EMSGSIZE;

	nla_nest_end(skb, nest);
	return 0;
}

/* What there is to say of a circuit. */
int vxc_put_qos(struct sk_buff *skb, const struct vxc_circuit *circuit)
{
	const struct vxc_qos_cfg *cfg = circuit->qos;
	int i;

	if (!cfg)
		return 0;

	if (nla_put_u64_64bit(skb, VXC_A_CIRCUIT_BANDWIDTH, cfg->bandwidth,
			      VXC_A_CIRCUIT_PAD) ||
	    nla_put_u32(skb, VXC_A_CIRCUIT_BURST, cfg->burst) ||
	    nla_put_u8(skb, VXC_A_CIRCUIT_TOLERANCE, cfg->tolerance) ||
	    nla_put_u8(skb, VXC_A_CIRCUIT_OVERHEAD, cfg->overhead) ||
	    nla_put_u32(skb, VXC_A_CIRCUIT_COLOR_MODE, cfg->color_mode) ||
	    nla_put_u8(skb, VXC_A_CIRCUIT_YELLOW_PCP, cfg->yellow_pcp) ||
	    nla_put_u64_64bit(skb, VXC_A_CIRCUIT_YELLOW_DSCP, cfg->yellow_dscp,
			      VXC_A_CIRCUIT_PAD) ||
	    nla_put_u8(skb, VXC_A_CIRCUIT_COUPLING, cfg->coupling) ||
	    nla_put_u32(skb, VXC_A_CIRCUIT_UNLISTED, cfg->unlisted))
		return -EMSGSIZE;
	if (vxc_put_part(skb, cfg))
		return -EMSGSIZE;
	if (cfg->burst_to &&
	    (nla_put_u64_64bit(skb, VXC_A_CIRCUIT_BURST_TO, cfg->burst_to,
			       VXC_A_CIRCUIT_PAD) ||
	     nla_put_u32(skb, VXC_A_CIRCUIT_BURST_FOR,
			 vxc_qos_burst_left(circuit))))
		return -EMSGSIZE;

	for (i = 0; i < cfg->nclasses; i++)
		if (put_class(skb, &cfg->class[i]))
			return -EMSGSIZE;

	return 0;
}

/* What there is to say of a port. */
int vxc_put_port_qos(struct sk_buff *skb, const struct vxc_port *port)
{
	u64 speed = vxc_port_speed(port);

	if (nla_put_u64_64bit(skb, VXC_A_PORT_SPEED, port->speed,
			      VXC_A_PORT_PAD) ||
	    nla_put_u32(skb, VXC_A_PORT_OVERSUBSCRIPTION,
			port->oversubscription) ||
	    (speed && nla_put_u64_64bit(skb, VXC_A_PORT_SPEED_NOW, speed,
					VXC_A_PORT_PAD)) ||
	    nla_put_u64_64bit(skb, VXC_A_PORT_SOLD, port->sold,
			      VXC_A_PORT_PAD))
		return -EMSGSIZE;

	return 0;
}

static int put_rates(struct sk_buff *skb, const struct vxc_class_dir *d)
{
	if (nla_put_u64_64bit(skb, VXC_A_COLORS_RX_RATE,
			      d[VXC_DIR_RX].second, VXC_A_COLORS_PAD) ||
	    nla_put_u64_64bit(skb, VXC_A_COLORS_TX_RATE,
			      d[VXC_DIR_TX].second, VXC_A_COLORS_PAD) ||
	    nla_put_u64_64bit(skb, VXC_A_COLORS_RX_RATE_MINUTE,
			      d[VXC_DIR_RX].minute, VXC_A_COLORS_PAD) ||
	    nla_put_u64_64bit(skb, VXC_A_COLORS_TX_RATE_MINUTE,
			      d[VXC_DIR_TX].minute, VXC_A_COLORS_PAD))
		return -EMSGSIZE;

	return 0;
}

static int put_colors(struct sk_buff *skb, const struct vxc_leg *leg,
		      const char *class)
{
	const struct vxc_class_state *state;
	u64 sum[VXC_COLOR_COUNTERS];
	struct nlattr *nest;
	int i;

	state = vxc_class_find(leg->metered, class);
	if (!state)
		return 0;

	nest = nla_nest_start(skb, VXC_A_LEG_COLORS);
	if (!nest || (*class && nla_put_string(skb, VXC_A_COLORS_CLASS, class)))
		return -EMSGSIZE;

	vxc_colors_sum(state, sum);
	for (i = 0; i < VXC_COLOR_COUNTERS; i++)
		if (nla_put_u64_64bit(skb, VXC_A_COLORS_RX_GREEN_PACKETS + i,
				      sum[i], VXC_A_COLORS_PAD))
			return -EMSGSIZE;
	if (put_rates(skb, state->dir))
		return -EMSGSIZE;

	nla_nest_end(skb, nest);
	return 0;
}

/* Bytes in 1 ms as bit/s, and how many such times had how much. */
static int put_windows(struct sk_buff *skb, const struct vxc_load *w,
		       int peak, int n)
{
	u64 bytes = atomic64_read(&w->peak);
	int i;

	if (nla_put_u64_64bit(skb, peak, bytes * BITS_PER_BYTE *
			      div_u64(NSEC_PER_SEC, VXC_LOAD_NS),
			      VXC_A_LOAD_PAD))
		return -EMSGSIZE;

	for (i = 0; i < VXC_LOADS; i++)
		if (nla_put_u64_64bit(skb, n, atomic64_read(&w->n[i]),
				      VXC_A_LOAD_PAD))
			return -EMSGSIZE;

	return 0;
}

static int put_load(struct sk_buff *skb, const struct vxc_leg *leg)
{
	const struct vxc_metered_dir *m = leg->metered->dir;
	struct nlattr *nest = nla_nest_start(skb, VXC_A_LEG_LOAD);

	if (!nest ||
	    put_windows(skb, &m[VXC_DIR_RX].load, VXC_A_LOAD_RX_PEAK,
			VXC_A_LOAD_RX_WINDOWS) ||
	    put_windows(skb, &m[VXC_DIR_TX].load, VXC_A_LOAD_TX_PEAK,
			VXC_A_LOAD_TX_WINDOWS))
		return -EMSGSIZE;

	nla_nest_end(skb, nest);
	return 0;
}

/* What there is to say of a leg. */
int vxc_put_leg_qos(struct sk_buff *skb, const struct vxc_leg *leg)
{
	const struct vxc_qos_cfg *cfg = leg->circuit->qos;
	u32 burst = vxc_qos_burst(leg);
	int i, err = 0;

	if (burst && nla_put_u32(skb, VXC_A_LEG_BURST, burst))
		return -EMSGSIZE;
	if (!cfg || !leg->metered)
		return 0;
	if (burst && put_load(skb, leg))
		return -EMSGSIZE;
	if (!cfg->nclasses)
		return put_colors(skb, leg, "");

	for (i = 0; i < cfg->nclasses && !err; i++)
		err = put_colors(skb, leg, cfg->class[i].name);
	return err;
}
