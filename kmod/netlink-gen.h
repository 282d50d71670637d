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
extern const struct nla_policy vxc_circuit_nl_policy[VXC_A_CIRCUIT_PEERINGS + 1];
extern const struct nla_policy vxc_drops_nl_policy[VXC_A_DROPS_PACKETS + 1];
extern const struct nla_policy vxc_leg_nl_policy[VXC_A_LEG_DROPS + 1];
extern const struct nla_policy vxc_metadata_nl_policy[VXC_A_METADATA_VALUE + 1];
extern const struct nla_policy vxc_op_nl_policy[VXC_A_OP_PEERING + 1];
extern const struct nla_policy vxc_peering_nl_policy[VXC_A_PEERING_DROPS + 1];
extern const struct nla_policy vxc_port_nl_policy[VXC_A_PORT_UNKNOWN + 1];
extern const struct nla_policy vxc_stats_nl_policy[VXC_A_STATS_TX_RATE + 1];
extern const struct nla_policy vxc_unknown_nl_policy[VXC_A_UNKNOWN_AGE + 1];

extern const struct nla_policy vxc_apply_nl_policy[VXC_A_MSG_OP + 1];

extern const struct nla_policy vxc_port_get_nl_policy[VXC_A_MSG_PORT + 1];

extern const struct nla_policy vxc_circuit_get_nl_policy[VXC_A_MSG_CIRCUIT + 1];

extern const struct nla_policy vxc_peering_get_nl_policy[VXC_A_MSG_PEERING + 1];

/* Ops table for vxc */
extern const struct genl_ops vxc_nl_ops[4];
extern const struct genl_multicast_group vxc_nl_mcgrps[1];

int vxc_nl_apply_doit(struct sk_buff *skb, struct genl_info *info);
int vxc_nl_port_get_doit(struct sk_buff *skb, struct genl_info *info);
int vxc_nl_port_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int vxc_nl_circuit_get_doit(struct sk_buff *skb, struct genl_info *info);
int vxc_nl_circuit_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int vxc_nl_peering_get_doit(struct sk_buff *skb, struct genl_info *info);
int vxc_nl_peering_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);

enum {
	VXC_NLGRP_EVENTS,
};

#endif /* _LINUX_VXC_GEN_H */
