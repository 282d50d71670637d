// SPDX-License-Identifier: GPL-2.0
/* Protection of circuits: attributes and plain structs. */
#include "mep.h"
#include "netlink-attr.h"
#include "txn.h"

/* What attributes ask of a circuit's protection. */
void vxc_nl_get_protection(struct nlattr **tb, struct vxc_circuit_cfg *cfg)
{
	u32 *given = &cfg->given;

	cfg->revertive = get_u8(tb[VXC_A_CIRCUIT_REVERTIVE], given,
				VXC_CIRCUIT_REVERTIVE);
	cfg->wtr = get_u32(tb[VXC_A_CIRCUIT_WTR], given, VXC_CIRCUIT_WTR);
	cfg->hold_off = get_u32(tb[VXC_A_CIRCUIT_HOLD_OFF], given,
				VXC_CIRCUIT_HOLD_OFF);
	cfg->aps = get_u8(tb[VXC_A_CIRCUIT_APS], given, VXC_CIRCUIT_APS);
	cfg->announce_count = get_u8(tb[VXC_A_CIRCUIT_ANNOUNCE_COUNT], given,
				     VXC_CIRCUIT_ANN_COUNT);
	cfg->announce_interval = get_u32(tb[VXC_A_CIRCUIT_ANNOUNCE_INTERVAL],
					 given, VXC_CIRCUIT_ANN_TIME);
	cfg->ais = get_u32(tb[VXC_A_CIRCUIT_AIS], given, VXC_CIRCUIT_AIS);
	cfg->ais_level = get_u8(tb[VXC_A_CIRCUIT_AIS_LEVEL], given,
				VXC_CIRCUIT_AIS_LEVEL);
}

/* What a leg tells the customer's MEPs, where its circuit is to. */
int vxc_put_leg_alarm(struct sk_buff *skb, struct vxc_leg *leg)
{
	struct nlattr *nest;
	u64 ais, lck;
	u8 kind;

	kind = vxc_alarm_report(leg, &ais, &lck);
	if (!leg->circuit->ais && !ais && !lck)
		return 0;

	nest = nla_nest_start(skb, VXC_A_LEG_ALARM);
	if (!nest || nla_put_u32(skb, VXC_A_ALARM_SENT, kind) ||
	    nla_put_u64_64bit(skb, VXC_A_ALARM_AIS_TX, ais,
			      VXC_A_ALARM_PAD) ||
	    nla_put_u64_64bit(skb, VXC_A_ALARM_LCK_TX, lck, VXC_A_ALARM_PAD))
		return -EMSGSIZE;

	nla_nest_end(skb, nest);
	return 0;
}
