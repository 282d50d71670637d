// SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause)
/* Do not edit directly, auto-generated from: */
/*	Documentation/netlink/specs/vxc.yaml */
/* YNL-GEN kernel source */

#include <net/netlink.h>
#include <net/genetlink.h>

#include "netlink-gen.h"

#include <uapi/linux/vxc.h>

/* Common nested types */
const struct nla_policy vxc_circuit_nl_policy[VXC_A_CIRCUIT_PEERINGS + 1] = {
	[VXC_A_CIRCUIT_ID] = NLA_POLICY_MIN(NLA_U32, 1),
	[VXC_A_CIRCUIT_NAME] = { .type = NLA_NUL_STRING, .len = 63, },
	[VXC_A_CIRCUIT_NEW_NAME] = { .type = NLA_NUL_STRING, .len = 63, },
	[VXC_A_CIRCUIT_KEY] = NLA_POLICY_EXACT_LEN(16),
	[VXC_A_CIRCUIT_DESCRIPTION] = { .type = NLA_NUL_STRING, .len = 255, },
	[VXC_A_CIRCUIT_METADATA] = NLA_POLICY_NESTED(vxc_metadata_nl_policy),
	[VXC_A_CIRCUIT_ADMIN] = NLA_POLICY_MAX(NLA_U32, 1),
	[VXC_A_CIRCUIT_PROVISIONING] = NLA_POLICY_MAX(NLA_U32, 2),
	[VXC_A_CIRCUIT_REVERTIVE] = NLA_POLICY_MAX(NLA_U8, 1),
	[VXC_A_CIRCUIT_WTR] = { .type = NLA_U32, },
	[VXC_A_CIRCUIT_SWITCH] = NLA_POLICY_MAX(NLA_U32, 1),
	[VXC_A_CIRCUIT_SWITCH_TO] = NLA_POLICY_MAX(NLA_U32, 1),
	[VXC_A_CIRCUIT_FORCE] = { .type = NLA_FLAG, },
	[VXC_A_CIRCUIT_LEG] = NLA_POLICY_NESTED(vxc_leg_nl_policy),
	[VXC_A_CIRCUIT_STATE] = NLA_POLICY_MAX(NLA_U32, 2),
	[VXC_A_CIRCUIT_REASON] = NLA_POLICY_MAX(NLA_U32, 8),
	[VXC_A_CIRCUIT_ACTIVE] = NLA_POLICY_MAX(NLA_U32, 1),
	[VXC_A_CIRCUIT_REQUEST] = NLA_POLICY_MAX(NLA_U32, 4),
	[VXC_A_CIRCUIT_WTR_LEFT] = { .type = NLA_U32, },
	[VXC_A_CIRCUIT_SWITCHES] = { .type = NLA_U32, },
	[VXC_A_CIRCUIT_SINCE] = { .type = NLA_U64, },
	[VXC_A_CIRCUIT_PEERINGS] = { .type = NLA_U32, },
};

const struct nla_policy vxc_drops_nl_policy[VXC_A_DROPS_PACKETS + 1] = {
	[VXC_A_DROPS_REASON] = NLA_POLICY_MAX(NLA_U32, 10),
	[VXC_A_DROPS_PACKETS] = { .type = NLA_U64, },
};

const struct nla_policy vxc_leg_nl_policy[VXC_A_LEG_DROPS + 1] = {
	[VXC_A_LEG_CIRCUIT] = { .type = NLA_NUL_STRING, .len = 63, },
	[VXC_A_LEG_END] = NLA_POLICY_MAX(NLA_U32, 0),
	[VXC_A_LEG_ROLE] = NLA_POLICY_MAX(NLA_U32, 1),
	[VXC_A_LEG_PORT] = { .type = NLA_NUL_STRING, .len = 15, },
	[VXC_A_LEG_MATCH] = NLA_POLICY_MAX(NLA_U32, 3),
	[VXC_A_LEG_SVID] = NLA_POLICY_RANGE(NLA_U16, 1, 4094),
	[VXC_A_LEG_CVID] = NLA_POLICY_RANGE(NLA_U16, 1, 4094),
	[VXC_A_LEG_IFINDEX] = { .type = NLA_U32, },
	[VXC_A_LEG_STATE] = NLA_POLICY_MAX(NLA_U32, 2),
	[VXC_A_LEG_REASON] = NLA_POLICY_MAX(NLA_U32, 8),
	[VXC_A_LEG_ACTIVE] = { .type = NLA_FLAG, },
	[VXC_A_LEG_STATS] = NLA_POLICY_NESTED(vxc_stats_nl_policy),
	[VXC_A_LEG_DROPS] = NLA_POLICY_NESTED(vxc_drops_nl_policy),
};

const struct nla_policy vxc_metadata_nl_policy[VXC_A_METADATA_VALUE + 1] = {
	[VXC_A_METADATA_KEY] = { .type = NLA_NUL_STRING, .len = 63, },
	[VXC_A_METADATA_VALUE] = { .type = NLA_NUL_STRING, .len = 255, },
};

const struct nla_policy vxc_op_nl_policy[VXC_A_OP_PEERING + 1] = {
	[VXC_A_OP_ACTION] = NLA_POLICY_RANGE(NLA_U32, 1, 3),
	[VXC_A_OP_PORT] = NLA_POLICY_NESTED(vxc_port_nl_policy),
	[VXC_A_OP_CIRCUIT] = NLA_POLICY_NESTED(vxc_circuit_nl_policy),
	[VXC_A_OP_LEG] = NLA_POLICY_NESTED(vxc_leg_nl_policy),
	[VXC_A_OP_PEERING] = NLA_POLICY_NESTED(vxc_peering_nl_policy),
};

const struct nla_policy vxc_peering_nl_policy[VXC_A_PEERING_DROPS + 1] = {
	[VXC_A_PEERING_IFINDEX] = { .type = NLA_U32, },
	[VXC_A_PEERING_NAME] = { .type = NLA_NUL_STRING, .len = 15, },
	[VXC_A_PEERING_CIRCUIT] = { .type = NLA_NUL_STRING, .len = 63, },
	[VXC_A_PEERING_CIRCUIT_ID] = NLA_POLICY_MIN(NLA_U32, 1),
	[VXC_A_PEERING_CVID] = NLA_POLICY_RANGE(NLA_U16, 1, 4094),
	[VXC_A_PEERING_UNTAGGED] = { .type = NLA_FLAG, },
	[VXC_A_PEERING_ROLE] = NLA_POLICY_MAX(NLA_U32, 1),
	[VXC_A_PEERING_PROTECTED] = { .type = NLA_FLAG, },
	[VXC_A_PEERING_PCP_SOURCE] = NLA_POLICY_MAX(NLA_U32, 1),
	[VXC_A_PEERING_PCP] = NLA_POLICY_MAX(NLA_U8, 7),
	[VXC_A_PEERING_DEI] = NLA_POLICY_MAX(NLA_U8, 1),
	[VXC_A_PEERING_VRF] = { .type = NLA_U32, },
	[VXC_A_PEERING_MTU] = { .type = NLA_U32, },
	[VXC_A_PEERING_ADDRESS] = NLA_POLICY_EXACT_LEN(6),
	[VXC_A_PEERING_MTU_MAX] = { .type = NLA_U32, },
	[VXC_A_PEERING_NETNSID] = { .type = NLA_S32, },
	[VXC_A_PEERING_STATE] = NLA_POLICY_MAX(NLA_U32, 2),
	[VXC_A_PEERING_REASON] = NLA_POLICY_MAX(NLA_U32, 8),
	[VXC_A_PEERING_STATS] = NLA_POLICY_NESTED(vxc_stats_nl_policy),
	[VXC_A_PEERING_DROPS] = NLA_POLICY_NESTED(vxc_drops_nl_policy),
};

const struct nla_policy vxc_port_nl_policy[VXC_A_PORT_UNKNOWN + 1] = {
	[VXC_A_PORT_IFINDEX] = { .type = NLA_U32, },
	[VXC_A_PORT_NAME] = { .type = NLA_NUL_STRING, .len = 15, },
	[VXC_A_PORT_TPID] = { .type = NLA_U16, },
	[VXC_A_PORT_UNMATCHED] = NLA_POLICY_MAX(NLA_U32, 1),
	[VXC_A_PORT_FORCE] = { .type = NLA_FLAG, },
	[VXC_A_PORT_STATE] = NLA_POLICY_MAX(NLA_U32, 2),
	[VXC_A_PORT_REASON] = NLA_POLICY_MAX(NLA_U32, 8),
	[VXC_A_PORT_MTU] = { .type = NLA_U32, },
	[VXC_A_PORT_LEGS] = { .type = NLA_U32, },
	[VXC_A_PORT_PASSED] = { .type = NLA_U64, },
	[VXC_A_PORT_DROPS] = NLA_POLICY_NESTED(vxc_drops_nl_policy),
	[VXC_A_PORT_UNKNOWN] = NLA_POLICY_NESTED(vxc_unknown_nl_policy),
};

const struct nla_policy vxc_stats_nl_policy[VXC_A_STATS_TX_RATE + 1] = {
	[VXC_A_STATS_RX_PACKETS] = { .type = NLA_U64, },
	[VXC_A_STATS_RX_BYTES] = { .type = NLA_U64, },
	[VXC_A_STATS_TX_PACKETS] = { .type = NLA_U64, },
	[VXC_A_STATS_TX_BYTES] = { .type = NLA_U64, },
	[VXC_A_STATS_RX_RATE] = { .type = NLA_U64, },
	[VXC_A_STATS_TX_RATE] = { .type = NLA_U64, },
};

const struct nla_policy vxc_unknown_nl_policy[VXC_A_UNKNOWN_AGE + 1] = {
	[VXC_A_UNKNOWN_TPID] = { .type = NLA_U16, },
	[VXC_A_UNKNOWN_VID] = { .type = NLA_U16, },
	[VXC_A_UNKNOWN_PACKETS] = { .type = NLA_U64, },
	[VXC_A_UNKNOWN_AGE] = { .type = NLA_U64, },
};

/* VXC_CMD_APPLY - do */
const struct nla_policy vxc_apply_nl_policy[VXC_A_MSG_OP + 1] = {
	[VXC_A_MSG_OP] = NLA_POLICY_NESTED(vxc_op_nl_policy),
};

/* VXC_CMD_PORT_GET - do */
const struct nla_policy vxc_port_get_nl_policy[VXC_A_MSG_PORT + 1] = {
	[VXC_A_MSG_PORT] = NLA_POLICY_NESTED(vxc_port_nl_policy),
};

/* VXC_CMD_CIRCUIT_GET - do */
const struct nla_policy vxc_circuit_get_nl_policy[VXC_A_MSG_CIRCUIT + 1] = {
	[VXC_A_MSG_CIRCUIT] = NLA_POLICY_NESTED(vxc_circuit_nl_policy),
};

/* VXC_CMD_PEERING_GET - do */
const struct nla_policy vxc_peering_get_nl_policy[VXC_A_MSG_PEERING + 1] = {
	[VXC_A_MSG_PEERING] = NLA_POLICY_NESTED(vxc_peering_nl_policy),
};

/* Ops table for vxc */
const struct genl_ops vxc_nl_ops[4] = {
	{
		.cmd		= VXC_CMD_APPLY,
		.doit		= vxc_nl_apply_doit,
		.policy		= vxc_apply_nl_policy,
		.maxattr	= VXC_A_MSG_OP,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VXC_CMD_PORT_GET,
		.doit		= vxc_nl_port_get_doit,
		.dumpit		= vxc_nl_port_get_dumpit,
		.policy		= vxc_port_get_nl_policy,
		.maxattr	= VXC_A_MSG_PORT,
	},
	{
		.cmd		= VXC_CMD_CIRCUIT_GET,
		.doit		= vxc_nl_circuit_get_doit,
		.dumpit		= vxc_nl_circuit_get_dumpit,
		.policy		= vxc_circuit_get_nl_policy,
		.maxattr	= VXC_A_MSG_CIRCUIT,
	},
	{
		.cmd		= VXC_CMD_PEERING_GET,
		.doit		= vxc_nl_peering_get_doit,
		.dumpit		= vxc_nl_peering_get_dumpit,
		.policy		= vxc_peering_get_nl_policy,
		.maxattr	= VXC_A_MSG_PEERING,
	},
};

const struct genl_multicast_group vxc_nl_mcgrps[1] = {
	[VXC_NLGRP_EVENTS] = { "events", },
};
