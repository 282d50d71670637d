/* SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause) */
/* Do not edit directly, auto-generated from: */
/*	Documentation/netlink/specs/vxc.yaml */
/* YNL-GEN kernel header */

#ifndef _LINUX_VXC_GEN_H
#define _LINUX_VXC_GEN_H

#include <net/netlink.h>
#include <net/genetlink.h>

#include <uapi/linux/vxc.h>

/* Common nested types */
extern const struct nla_policy vxc_alarm_nl_policy[VXC_A_ALARM_LCK_TX + 1];
extern const struct nla_policy vxc_bin_nl_policy[VXC_A_BIN_COUNT + 1];
extern const struct nla_policy vxc_circuit_nl_policy[VXC_A_CIRCUIT_RANK + 1];
extern const struct nla_policy vxc_class_nl_policy[VXC_A_CLASS_COUPLING + 1];
extern const struct nla_policy vxc_colors_nl_policy[VXC_A_COLORS_TX_RATE_MINUTE + 1];
extern const struct nla_policy vxc_cvids_nl_policy[VXC_A_CVIDS_LAST + 1];
extern const struct nla_policy vxc_delay_nl_policy[VXC_A_DELAY_BIN + 1];
extern const struct nla_policy vxc_denied_nl_policy[VXC_A_DENIED_AGE + 1];
extern const struct nla_policy vxc_drops_nl_policy[VXC_A_DROPS_PACKETS + 1];
extern const struct nla_policy vxc_end_nl_policy[VXC_A_END_APS_DEFECT + 1];
extern const struct nla_policy vxc_envelope_nl_policy[VXC_A_ENVELOPE_CIRCUIT + 1];
extern const struct nla_policy vxc_l2cp_nl_policy[VXC_A_L2CP_ACTION + 1];
extern const struct nla_policy vxc_leg_nl_policy[VXC_A_LEG_ALARM + 1];
extern const struct nla_policy vxc_load_nl_policy[VXC_A_LOAD_TX_WINDOWS + 1];
extern const struct nla_policy vxc_loss_nl_policy[VXC_A_LOSS_BAD_INTERVALS + 1];
extern const struct nla_policy vxc_mep_nl_policy[VXC_A_MEP_ROLE + 1];
extern const struct nla_policy vxc_metadata_nl_policy[VXC_A_METADATA_VALUE + 1];
extern const struct nla_policy vxc_oam_nl_policy[VXC_A_OAM_REMOTE + 1];
extern const struct nla_policy vxc_op_nl_policy[VXC_A_OP_ENVELOPE + 1];
extern const struct nla_policy vxc_pair_nl_policy[VXC_A_PAIR_DENIED + 1];
extern const struct nla_policy vxc_peering_nl_policy[VXC_A_PEERING_MEP + 1];
extern const struct nla_policy vxc_port_nl_policy[VXC_A_PORT_LOCAL + 1];
extern const struct nla_policy vxc_prefix_nl_policy[VXC_A_PREFIX_LENGTH + 1];
extern const struct nla_policy vxc_reach_nl_policy[VXC_A_REACH_STATE + 1];
extern const struct nla_policy vxc_remote_nl_policy[VXC_A_REMOTE_CCM_LOST + 1];
extern const struct nla_policy vxc_sla_nl_policy[VXC_A_SLA_EVENT + 1];
extern const struct nla_policy vxc_sla_event_nl_policy[VXC_A_SLA_EVENT_REQUEST + 1];
extern const struct nla_policy vxc_sla_leg_nl_policy[VXC_A_SLA_LEG_TIME + 1];
extern const struct nla_policy vxc_sla_time_nl_policy[VXC_A_SLA_TIME_IS_MEASURED + 1];
extern const struct nla_policy vxc_stats_nl_policy[VXC_A_STATS_TX_RATE + 1];
extern const struct nla_policy vxc_translate_nl_policy[VXC_A_TRANSLATE_Z_CVID + 1];
extern const struct nla_policy vxc_unknown_nl_policy[VXC_A_UNKNOWN_AGE + 1];

extern const struct nla_policy vxc_apply_nl_policy[VXC_A_MSG_OP + 1];

extern const struct nla_policy vxc_port_get_nl_policy[VXC_A_MSG_PORT + 1];

extern const struct nla_policy vxc_circuit_get_nl_policy[VXC_A_MSG_CIRCUIT + 1];

extern const struct nla_policy vxc_peering_get_nl_policy[VXC_A_MSG_PEERING + 1];

extern const struct nla_policy vxc_oam_ask_nl_policy[VXC_A_MSG_OAM + 1];

extern const struct nla_policy vxc_sla_get_nl_policy[VXC_A_MSG_RESET + 1];

extern const struct nla_policy vxc_reach_get_nl_policy[VXC_A_MSG_REACH + 1];

extern const struct nla_policy vxc_pair_get_nl_policy[VXC_A_MSG_PAIR + 1];

extern const struct nla_policy vxc_envelope_get_nl_policy[VXC_A_MSG_ENVELOPE + 1];

/* Ops table for vxc */
extern const struct genl_ops vxc_nl_ops[9];
extern const struct genl_multicast_group vxc_nl_mcgrps[1];

int vxc_nl_apply_doit(struct sk_buff *skb, struct genl_info *info);
int vxc_nl_port_get_doit(struct sk_buff *skb, struct genl_info *info);
int vxc_nl_port_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int vxc_nl_circuit_get_doit(struct sk_buff *skb, struct genl_info *info);
int vxc_nl_circuit_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int vxc_nl_peering_get_doit(struct sk_buff *skb, struct genl_info *info);
int vxc_nl_peering_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int vxc_nl_oam_ask_doit(struct sk_buff *skb, struct genl_info *info);
int vxc_nl_sla_get_doit(struct sk_buff *skb, struct genl_info *info);
int vxc_nl_sla_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int vxc_nl_reach_get_doit(struct sk_buff *skb, struct genl_info *info);
int vxc_nl_reach_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int vxc_nl_pair_get_doit(struct sk_buff *skb, struct genl_info *info);
int vxc_nl_pair_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int vxc_nl_envelope_get_doit(struct sk_buff *skb, struct genl_info *info);
int vxc_nl_envelope_get_dumpit(struct sk_buff *skb,
			       struct netlink_callback *cb);

enum {
	VXC_NLGRP_EVENTS,
};

#endif /* _LINUX_VXC_GEN_H */
