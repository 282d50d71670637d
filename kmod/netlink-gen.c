// SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause)
/* Do not edit directly, auto-generated from: */
/*	Documentation/netlink/specs/vxc.yaml */
/* YNL-GEN kernel source */

#include <net/netlink.h>
#include <net/genetlink.h>

#include "netlink-gen.h"

#include <uapi/linux/vxc.h>

/* Common nested types */
const struct nla_policy vxc_alarm_nl_policy[VXC_A_ALARM_LCK_TX + 1] = {
	[VXC_A_ALARM_SENT] = NLA_POLICY_MAX(NLA_U32, 2),
	[VXC_A_ALARM_AIS_TX] = { .type = NLA_U64, },
	[VXC_A_ALARM_LCK_TX] = { .type = NLA_U64, },
};

const struct nla_policy vxc_bin_nl_policy[VXC_A_BIN_COUNT + 1] = {
	[VXC_A_BIN_BELOW] = { .type = NLA_U32, },
	[VXC_A_BIN_COUNT] = { .type = NLA_U64, },
};

const struct nla_policy vxc_circuit_nl_policy[VXC_A_CIRCUIT_RANK + 1] = {
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
	[VXC_A_CIRCUIT_SWITCH] = NLA_POLICY_MAX(NLA_U32, 4),
	[VXC_A_CIRCUIT_SWITCH_TO] = NLA_POLICY_MAX(NLA_U32, 1),
	[VXC_A_CIRCUIT_FORCE] = { .type = NLA_FLAG, },
	[VXC_A_CIRCUIT_LEG] = NLA_POLICY_NESTED(vxc_leg_nl_policy),
	[VXC_A_CIRCUIT_STATE] = NLA_POLICY_MAX(NLA_U32, 2),
	[VXC_A_CIRCUIT_REASON] = NLA_POLICY_MAX(NLA_U32, 18),
	[VXC_A_CIRCUIT_ACTIVE] = NLA_POLICY_MAX(NLA_U32, 1),
	[VXC_A_CIRCUIT_REQUEST] = NLA_POLICY_MAX(NLA_U32, 10),
	[VXC_A_CIRCUIT_WTR_LEFT] = { .type = NLA_U32, },
	[VXC_A_CIRCUIT_SWITCHES] = { .type = NLA_U32, },
	[VXC_A_CIRCUIT_SINCE] = { .type = NLA_U64, },
	[VXC_A_CIRCUIT_PEERINGS] = { .type = NLA_U32, },
	[VXC_A_CIRCUIT_SWITCH_END] = NLA_POLICY_MAX(NLA_U32, 1),
	[VXC_A_CIRCUIT_ENDS] = NLA_POLICY_NESTED(vxc_end_nl_policy),
	[VXC_A_CIRCUIT_HOLD_OFF] = { .type = NLA_U32, },
	[VXC_A_CIRCUIT_ANNOUNCE_COUNT] = NLA_POLICY_MAX(NLA_U8, 10),
	[VXC_A_CIRCUIT_ANNOUNCE_INTERVAL] = { .type = NLA_U32, },
	[VXC_A_CIRCUIT_SLA] = NLA_POLICY_NESTED(vxc_sla_nl_policy),
	[VXC_A_CIRCUIT_MEP] = NLA_POLICY_NESTED(vxc_mep_nl_policy),
	[VXC_A_CIRCUIT_APS] = NLA_POLICY_MAX(NLA_U8, 1),
	[VXC_A_CIRCUIT_CVIDS] = NLA_POLICY_NESTED(vxc_cvids_nl_policy),
	[VXC_A_CIRCUIT_TRANSLATE] = NLA_POLICY_NESTED(vxc_translate_nl_policy),
	[VXC_A_CIRCUIT_PCP] = { .type = NLA_U32, },
	[VXC_A_CIRCUIT_Z_PCP] = { .type = NLA_U32, },
	[VXC_A_CIRCUIT_UNICAST] = { .type = NLA_U32, },
	[VXC_A_CIRCUIT_MULTICAST] = { .type = NLA_U32, },
	[VXC_A_CIRCUIT_BROADCAST] = { .type = NLA_U32, },
	[VXC_A_CIRCUIT_L2CP] = NLA_POLICY_NESTED(vxc_l2cp_nl_policy),
	[VXC_A_CIRCUIT_LOOP_GUARD] = NLA_POLICY_MAX(NLA_U8, 1),
	[VXC_A_CIRCUIT_BANDWIDTH] = { .type = NLA_U64, },
	[VXC_A_CIRCUIT_BURST] = { .type = NLA_U32, },
	[VXC_A_CIRCUIT_TOLERANCE] = NLA_POLICY_MAX(NLA_U8, 100),
	[VXC_A_CIRCUIT_OVERHEAD] = NLA_POLICY_MAX(NLA_U8, 64),
	[VXC_A_CIRCUIT_BURST_TO] = { .type = NLA_U64, },
	[VXC_A_CIRCUIT_BURST_FOR] = { .type = NLA_U32, },
	[VXC_A_CIRCUIT_COLOR_MODE] = NLA_POLICY_MAX(NLA_U32, 1),
	[VXC_A_CIRCUIT_UNLISTED] = NLA_POLICY_MAX(NLA_U32, 1),
	[VXC_A_CIRCUIT_CLASSES] = NLA_POLICY_MAX(NLA_U32, 2),
	[VXC_A_CIRCUIT_CLASS] = NLA_POLICY_NESTED(vxc_class_nl_policy),
	[VXC_A_CIRCUIT_YELLOW_PCP] = { .type = NLA_U8, },
	[VXC_A_CIRCUIT_YELLOW_DSCP] = { .type = NLA_U64, },
	[VXC_A_CIRCUIT_COUPLING] = NLA_POLICY_MAX(NLA_U8, 1),
	[VXC_A_CIRCUIT_EGRESS] = NLA_POLICY_MAX(NLA_U32, 1),
	[VXC_A_CIRCUIT_DROPS] = NLA_POLICY_NESTED(vxc_drops_nl_policy),
	[VXC_A_CIRCUIT_DENIED] = NLA_POLICY_NESTED(vxc_denied_nl_policy),
	[VXC_A_CIRCUIT_FASTPATH] = NLA_POLICY_MAX(NLA_U8, 1),
	[VXC_A_CIRCUIT_HYGIENE] = NLA_POLICY_MAX(NLA_U32, 1),
	[VXC_A_CIRCUIT_Z_HYGIENE] = NLA_POLICY_MAX(NLA_U32, 1),
	[VXC_A_CIRCUIT_NEIGHBOUR_RATE] = { .type = NLA_U32, },
	[VXC_A_CIRCUIT_DEI] = NLA_POLICY_MAX(NLA_U32, 1),
	[VXC_A_CIRCUIT_Z_DEI] = NLA_POLICY_MAX(NLA_U32, 1),
	[VXC_A_CIRCUIT_AIS] = { .type = NLA_U32, },
	[VXC_A_CIRCUIT_AIS_LEVEL] = NLA_POLICY_MAX(NLA_U8, 7),
	[VXC_A_CIRCUIT_ENVELOPE] = { .type = NLA_NUL_STRING, .len = 63, },
	[VXC_A_CIRCUIT_CIR] = { .type = NLA_U64, },
	[VXC_A_CIRCUIT_CBS] = { .type = NLA_U32, },
	[VXC_A_CIRCUIT_RANK] = NLA_POLICY_RANGE(NLA_U8, 1, 8),
};

const struct nla_policy vxc_class_nl_policy[VXC_A_CLASS_COUPLING + 1] = {
	[VXC_A_CLASS_CIRCUIT] = { .type = NLA_NUL_STRING, .len = 63, },
	[VXC_A_CLASS_NAME] = { .type = NLA_NUL_STRING, .len = 15, },
	[VXC_A_CLASS_DSCP] = { .type = NLA_U64, },
	[VXC_A_CLASS_FROM_PCP] = { .type = NLA_U8, },
	[VXC_A_CLASS_PCP] = NLA_POLICY_MAX(NLA_U8, 7),
	[VXC_A_CLASS_CIR] = { .type = NLA_U64, },
	[VXC_A_CLASS_CBS] = { .type = NLA_U32, },
	[VXC_A_CLASS_EIR] = { .type = NLA_U64, },
	[VXC_A_CLASS_EBS] = { .type = NLA_U32, },
	[VXC_A_CLASS_SHARE] = NLA_POLICY_MAX(NLA_U8, 100),
	[VXC_A_CLASS_COUPLING] = NLA_POLICY_MAX(NLA_U8, 1),
};

const struct nla_policy vxc_colors_nl_policy[VXC_A_COLORS_TX_RATE_MINUTE + 1] = {
	[VXC_A_COLORS_CLASS] = { .type = NLA_NUL_STRING, },
	[VXC_A_COLORS_RX_GREEN_PACKETS] = { .type = NLA_U64, },
	[VXC_A_COLORS_RX_GREEN_BYTES] = { .type = NLA_U64, },
	[VXC_A_COLORS_RX_YELLOW_PACKETS] = { .type = NLA_U64, },
	[VXC_A_COLORS_RX_YELLOW_BYTES] = { .type = NLA_U64, },
	[VXC_A_COLORS_RX_RED_PACKETS] = { .type = NLA_U64, },
	[VXC_A_COLORS_RX_RED_BYTES] = { .type = NLA_U64, },
	[VXC_A_COLORS_TX_GREEN_PACKETS] = { .type = NLA_U64, },
	[VXC_A_COLORS_TX_GREEN_BYTES] = { .type = NLA_U64, },
	[VXC_A_COLORS_TX_YELLOW_PACKETS] = { .type = NLA_U64, },
	[VXC_A_COLORS_TX_YELLOW_BYTES] = { .type = NLA_U64, },
	[VXC_A_COLORS_TX_RED_PACKETS] = { .type = NLA_U64, },
	[VXC_A_COLORS_TX_RED_BYTES] = { .type = NLA_U64, },
	[VXC_A_COLORS_RX_RATE] = { .type = NLA_U64, },
	[VXC_A_COLORS_TX_RATE] = { .type = NLA_U64, },
	[VXC_A_COLORS_RX_RATE_MINUTE] = { .type = NLA_U64, },
	[VXC_A_COLORS_TX_RATE_MINUTE] = { .type = NLA_U64, },
};

const struct nla_policy vxc_cvids_nl_policy[VXC_A_CVIDS_LAST + 1] = {
	[VXC_A_CVIDS_FIRST] = NLA_POLICY_MAX(NLA_U16, 4095),
	[VXC_A_CVIDS_LAST] = NLA_POLICY_MAX(NLA_U16, 4095),
};

const struct nla_policy vxc_delay_nl_policy[VXC_A_DELAY_BIN + 1] = {
	[VXC_A_DELAY_SENT] = { .type = NLA_U64, },
	[VXC_A_DELAY_COUNT] = { .type = NLA_U64, },
	[VXC_A_DELAY_LAST] = { .type = NLA_U64, },
	[VXC_A_DELAY_SHORTEST] = { .type = NLA_U64, },
	[VXC_A_DELAY_MEAN] = { .type = NLA_U64, },
	[VXC_A_DELAY_LONGEST] = { .type = NLA_U64, },
	[VXC_A_DELAY_VARIATION_MEAN] = { .type = NLA_U64, },
	[VXC_A_DELAY_VARIATION_MAX] = { .type = NLA_U64, },
	[VXC_A_DELAY_BIN] = NLA_POLICY_NESTED(vxc_bin_nl_policy),
};

const struct nla_policy vxc_denied_nl_policy[VXC_A_DENIED_AGE + 1] = {
	[VXC_A_DENIED_REASON] = NLA_POLICY_MAX(NLA_U32, 26),
	[VXC_A_DENIED_CIRCUIT] = { .type = NLA_NUL_STRING, },
	[VXC_A_DENIED_IFINDEX] = { .type = NLA_U32, },
	[VXC_A_DENIED_PACKETS] = { .type = NLA_U64, },
	[VXC_A_DENIED_AGE] = { .type = NLA_U64, },
};

const struct nla_policy vxc_drops_nl_policy[VXC_A_DROPS_PACKETS + 1] = {
	[VXC_A_DROPS_REASON] = NLA_POLICY_MAX(NLA_U32, 26),
	[VXC_A_DROPS_PACKETS] = { .type = NLA_U64, },
};

const struct nla_policy vxc_end_nl_policy[VXC_A_END_APS_DEFECT + 1] = {
	[VXC_A_END_END] = NLA_POLICY_MAX(NLA_U32, 1),
	[VXC_A_END_ACTIVE] = NLA_POLICY_MAX(NLA_U32, 1),
	[VXC_A_END_REQUEST] = NLA_POLICY_MAX(NLA_U32, 10),
	[VXC_A_END_WTR_LEFT] = { .type = NLA_U32, },
	[VXC_A_END_SWITCHES] = { .type = NLA_U32, },
	[VXC_A_END_HOLD_LEFT] = { .type = NLA_U32, },
	[VXC_A_END_FAR_REQUEST] = NLA_POLICY_MAX(NLA_U32, 10),
	[VXC_A_END_FAR_DECIDES] = { .type = NLA_FLAG, },
	[VXC_A_END_APS_DEFECT] = NLA_POLICY_MAX(NLA_U32, 4),
};

const struct nla_policy vxc_envelope_nl_policy[VXC_A_ENVELOPE_CIRCUIT + 1] = {
	[VXC_A_ENVELOPE_NAME] = { .type = NLA_NUL_STRING, .len = 63, },
	[VXC_A_ENVELOPE_CIR] = { .type = NLA_U64, },
	[VXC_A_ENVELOPE_CBS] = { .type = NLA_U32, },
	[VXC_A_ENVELOPE_EIR] = { .type = NLA_U64, },
	[VXC_A_ENVELOPE_EBS] = { .type = NLA_U32, },
	[VXC_A_ENVELOPE_COUPLING] = NLA_POLICY_MAX(NLA_U8, 1),
	[VXC_A_ENVELOPE_SOLD] = { .type = NLA_U64, },
	[VXC_A_ENVELOPE_CBS_NOW] = { .type = NLA_U32, },
	[VXC_A_ENVELOPE_EBS_NOW] = { .type = NLA_U32, },
	[VXC_A_ENVELOPE_CIRCUIT] = { .type = NLA_STRING, },
};

const struct nla_policy vxc_l2cp_nl_policy[VXC_A_L2CP_ACTION + 1] = {
	[VXC_A_L2CP_PROTOCOL] = NLA_POLICY_MAX(NLA_U32, 9),
	[VXC_A_L2CP_ACTION] = NLA_POLICY_MAX(NLA_U32, 2),
};

const struct nla_policy vxc_leg_nl_policy[VXC_A_LEG_ALARM + 1] = {
	[VXC_A_LEG_CIRCUIT] = { .type = NLA_NUL_STRING, .len = 63, },
	[VXC_A_LEG_END] = NLA_POLICY_MAX(NLA_U32, 1),
	[VXC_A_LEG_ROLE] = NLA_POLICY_MAX(NLA_U32, 1),
	[VXC_A_LEG_PORT] = { .type = NLA_NUL_STRING, .len = 15, },
	[VXC_A_LEG_MATCH] = NLA_POLICY_MAX(NLA_U32, 3),
	[VXC_A_LEG_SVID] = NLA_POLICY_RANGE(NLA_U16, 1, 4094),
	[VXC_A_LEG_CVID] = NLA_POLICY_RANGE(NLA_U16, 1, 4094),
	[VXC_A_LEG_IFINDEX] = { .type = NLA_U32, },
	[VXC_A_LEG_STATE] = NLA_POLICY_MAX(NLA_U32, 2),
	[VXC_A_LEG_REASON] = NLA_POLICY_MAX(NLA_U32, 18),
	[VXC_A_LEG_ACTIVE] = { .type = NLA_FLAG, },
	[VXC_A_LEG_STATS] = NLA_POLICY_NESTED(vxc_stats_nl_policy),
	[VXC_A_LEG_DROPS] = NLA_POLICY_NESTED(vxc_drops_nl_policy),
	[VXC_A_LEG_DRILL] = { .type = NLA_U32, },
	[VXC_A_LEG_FORCE] = { .type = NLA_FLAG, },
	[VXC_A_LEG_DRILL_LEFT] = { .type = NLA_U32, },
	[VXC_A_LEG_MEP] = NLA_POLICY_NESTED(vxc_mep_nl_policy),
	[VXC_A_LEG_SOURCE] = NLA_POLICY_EXACT_LEN(6),
	[VXC_A_LEG_BURST] = { .type = NLA_U32, },
	[VXC_A_LEG_COLORS] = NLA_POLICY_NESTED(vxc_colors_nl_policy),
	[VXC_A_LEG_LOAD] = NLA_POLICY_NESTED(vxc_load_nl_policy),
	[VXC_A_LEG_LEARNED] = NLA_POLICY_EXACT_LEN(6),
	[VXC_A_LEG_ALARM] = NLA_POLICY_NESTED(vxc_alarm_nl_policy),
};

const struct nla_policy vxc_load_nl_policy[VXC_A_LOAD_TX_WINDOWS + 1] = {
	[VXC_A_LOAD_RX_PEAK] = { .type = NLA_U64, },
	[VXC_A_LOAD_TX_PEAK] = { .type = NLA_U64, },
	[VXC_A_LOAD_RX_WINDOWS] = { .type = NLA_U64, },
	[VXC_A_LOAD_TX_WINDOWS] = { .type = NLA_U64, },
};

const struct nla_policy vxc_loss_nl_policy[VXC_A_LOSS_BAD_INTERVALS + 1] = {
	[VXC_A_LOSS_SENT] = { .type = NLA_U64, },
	[VXC_A_LOSS_REPLIES] = { .type = NLA_U64, },
	[VXC_A_LOSS_FAR] = { .type = NLA_U64, },
	[VXC_A_LOSS_NEAR] = { .type = NLA_U64, },
	[VXC_A_LOSS_FAR_RATIO] = { .type = NLA_U32, },
	[VXC_A_LOSS_NEAR_RATIO] = { .type = NLA_U32, },
	[VXC_A_LOSS_INTERVALS] = { .type = NLA_U64, },
	[VXC_A_LOSS_BAD_INTERVALS] = { .type = NLA_U64, },
};

const struct nla_policy vxc_mep_nl_policy[VXC_A_MEP_ROLE + 1] = {
	[VXC_A_MEP_CCM] = { .type = NLA_U32, },
	[VXC_A_MEP_OFF] = { .type = NLA_FLAG, },
	[VXC_A_MEP_LEVEL] = NLA_POLICY_MAX(NLA_U8, 7),
	[VXC_A_MEP_MEPID] = NLA_POLICY_RANGE(NLA_U16, 1, 8191),
	[VXC_A_MEP_REMOTE] = NLA_POLICY_RANGE(NLA_U16, 1, 8191),
	[VXC_A_MEP_MA_FORMAT] = NLA_POLICY_MAX(NLA_U32, 3),
	[VXC_A_MEP_MA_NAME] = { .type = NLA_NUL_STRING, .len = 45, },
	[VXC_A_MEP_MA_NUMBER] = { .type = NLA_U16, },
	[VXC_A_MEP_PCP] = NLA_POLICY_MAX(NLA_U8, 7),
	[VXC_A_MEP_DM] = { .type = NLA_U32, },
	[VXC_A_MEP_SL] = { .type = NLA_U32, },
	[VXC_A_MEP_SEEN] = { .type = NLA_FLAG, },
	[VXC_A_MEP_DEFECTS] = NLA_POLICY_MASK(NLA_U32, 0x3ff),
	[VXC_A_MEP_RDI_SENT] = { .type = NLA_FLAG, },
	[VXC_A_MEP_ADDRESS] = NLA_POLICY_EXACT_LEN(6),
	[VXC_A_MEP_PORT_STATUS] = { .type = NLA_U8, },
	[VXC_A_MEP_IF_STATUS] = { .type = NLA_U8, },
	[VXC_A_MEP_CCM_TX] = { .type = NLA_U64, },
	[VXC_A_MEP_CCM_RX] = { .type = NLA_U64, },
	[VXC_A_MEP_CCM_LOST] = { .type = NLA_U64, },
	[VXC_A_MEP_REJECTED] = { .type = NLA_U64, },
	[VXC_A_MEP_DELAY] = NLA_POLICY_NESTED(vxc_delay_nl_policy),
	[VXC_A_MEP_LOSS] = NLA_POLICY_NESTED(vxc_loss_nl_policy),
	[VXC_A_MEP_AIS_RX] = { .type = NLA_U64, },
	[VXC_A_MEP_LCK_RX] = { .type = NLA_U64, },
	[VXC_A_MEP_REMOTE_MEP] = NLA_POLICY_NESTED(vxc_remote_nl_policy),
	[VXC_A_MEP_SD_THRESHOLD] = { .type = NLA_U32, },
	[VXC_A_MEP_SD_INTERVAL] = { .type = NLA_U32, },
	[VXC_A_MEP_SD_RAISE] = NLA_POLICY_RANGE(NLA_U8, 1, 100),
	[VXC_A_MEP_SD_CLEAR] = NLA_POLICY_RANGE(NLA_U8, 1, 100),
	[VXC_A_MEP_ROLE] = NLA_POLICY_MAX(NLA_U32, 1),
};

const struct nla_policy vxc_metadata_nl_policy[VXC_A_METADATA_VALUE + 1] = {
	[VXC_A_METADATA_KEY] = { .type = NLA_NUL_STRING, .len = 63, },
	[VXC_A_METADATA_VALUE] = { .type = NLA_NUL_STRING, .len = 255, },
};

const struct nla_policy vxc_oam_nl_policy[VXC_A_OAM_REMOTE + 1] = {
	[VXC_A_OAM_CIRCUIT] = { .type = NLA_NUL_STRING, .len = 63, },
	[VXC_A_OAM_END] = NLA_POLICY_MAX(NLA_U32, 1),
	[VXC_A_OAM_ROLE] = NLA_POLICY_MAX(NLA_U32, 1),
	[VXC_A_OAM_ASK] = NLA_POLICY_MAX(NLA_U32, 1),
	[VXC_A_OAM_SIZE] = NLA_POLICY_MAX(NLA_U16, 9000),
	[VXC_A_OAM_TTL] = NLA_POLICY_MIN(NLA_U8, 1),
	[VXC_A_OAM_ID] = { .type = NLA_U32, },
	[VXC_A_OAM_CIRCUIT_ID] = { .type = NLA_U32, },
	[VXC_A_OAM_TIME] = { .type = NLA_U64, },
	[VXC_A_OAM_ADDRESS] = NLA_POLICY_EXACT_LEN(6),
	[VXC_A_OAM_TERMINAL] = { .type = NLA_FLAG, },
	[VXC_A_OAM_PEERING] = { .type = NLA_NUL_STRING, .len = 15, },
	[VXC_A_OAM_PEERING_IFINDEX] = { .type = NLA_U32, },
	[VXC_A_OAM_REMOTE] = NLA_POLICY_RANGE(NLA_U16, 1, 8191),
};

const struct nla_policy vxc_op_nl_policy[VXC_A_OP_ENVELOPE + 1] = {
	[VXC_A_OP_ACTION] = NLA_POLICY_RANGE(NLA_U32, 1, 3),
	[VXC_A_OP_PORT] = NLA_POLICY_NESTED(vxc_port_nl_policy),
	[VXC_A_OP_CIRCUIT] = NLA_POLICY_NESTED(vxc_circuit_nl_policy),
	[VXC_A_OP_LEG] = NLA_POLICY_NESTED(vxc_leg_nl_policy),
	[VXC_A_OP_PEERING] = NLA_POLICY_NESTED(vxc_peering_nl_policy),
	[VXC_A_OP_CLASS] = NLA_POLICY_NESTED(vxc_class_nl_policy),
	[VXC_A_OP_REACH] = NLA_POLICY_NESTED(vxc_reach_nl_policy),
	[VXC_A_OP_ENVELOPE] = NLA_POLICY_NESTED(vxc_envelope_nl_policy),
};

const struct nla_policy vxc_pair_nl_policy[VXC_A_PAIR_DENIED + 1] = {
	[VXC_A_PAIR_GROUP] = { .type = NLA_NUL_STRING, },
	[VXC_A_PAIR_FROM] = { .type = NLA_NUL_STRING, },
	[VXC_A_PAIR_TO] = { .type = NLA_NUL_STRING, },
	[VXC_A_PAIR_PACKETS] = { .type = NLA_U64, },
	[VXC_A_PAIR_BYTES] = { .type = NLA_U64, },
	[VXC_A_PAIR_DENIED] = { .type = NLA_U64, },
};

const struct nla_policy vxc_peering_nl_policy[VXC_A_PEERING_MEP + 1] = {
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
	[VXC_A_PEERING_REASON] = NLA_POLICY_MAX(NLA_U32, 18),
	[VXC_A_PEERING_STATS] = NLA_POLICY_NESTED(vxc_stats_nl_policy),
	[VXC_A_PEERING_DROPS] = NLA_POLICY_NESTED(vxc_drops_nl_policy),
	[VXC_A_PEERING_FAST_PACKETS] = { .type = NLA_U64, },
	[VXC_A_PEERING_URPF] = NLA_POLICY_MAX(NLA_U32, 1),
	[VXC_A_PEERING_UP] = { .type = NLA_FLAG, },
	[VXC_A_PEERING_MEP] = NLA_POLICY_NESTED(vxc_mep_nl_policy),
};

const struct nla_policy vxc_port_nl_policy[VXC_A_PORT_LOCAL + 1] = {
	[VXC_A_PORT_IFINDEX] = { .type = NLA_U32, },
	[VXC_A_PORT_NAME] = { .type = NLA_NUL_STRING, .len = 15, },
	[VXC_A_PORT_TPID] = { .type = NLA_U16, },
	[VXC_A_PORT_UNMATCHED] = NLA_POLICY_MAX(NLA_U32, 1),
	[VXC_A_PORT_FORCE] = { .type = NLA_FLAG, },
	[VXC_A_PORT_STATE] = NLA_POLICY_MAX(NLA_U32, 2),
	[VXC_A_PORT_REASON] = NLA_POLICY_MAX(NLA_U32, 18),
	[VXC_A_PORT_MTU] = { .type = NLA_U32, },
	[VXC_A_PORT_LEGS] = { .type = NLA_U32, },
	[VXC_A_PORT_PASSED] = { .type = NLA_U64, },
	[VXC_A_PORT_DROPS] = NLA_POLICY_NESTED(vxc_drops_nl_policy),
	[VXC_A_PORT_UNKNOWN] = NLA_POLICY_NESTED(vxc_unknown_nl_policy),
	[VXC_A_PORT_SPEED] = { .type = NLA_U64, },
	[VXC_A_PORT_OVERSUBSCRIPTION] = { .type = NLA_U32, },
	[VXC_A_PORT_SPEED_NOW] = { .type = NLA_U64, },
	[VXC_A_PORT_SOLD] = { .type = NLA_U64, },
	[VXC_A_PORT_LOCAL] = NLA_POLICY_MAX(NLA_U32, 1),
};

const struct nla_policy vxc_prefix_nl_policy[VXC_A_PREFIX_LENGTH + 1] = {
	[VXC_A_PREFIX_IPV4] = { .type = NLA_U32, },
	[VXC_A_PREFIX_IPV6] = NLA_POLICY_EXACT_LEN(16),
	[VXC_A_PREFIX_LENGTH] = NLA_POLICY_MAX(NLA_U8, 128),
};

const struct nla_policy vxc_reach_nl_policy[VXC_A_REACH_STATE + 1] = {
	[VXC_A_REACH_GROUP] = { .type = NLA_NUL_STRING, .len = 63, },
	[VXC_A_REACH_CIRCUIT] = { .type = NLA_STRING, .len = 63, },
	[VXC_A_REACH_KEY] = NLA_POLICY_EXACT_LEN(16),
	[VXC_A_REACH_EVERYTHING] = { .type = NLA_FLAG, },
	[VXC_A_REACH_PREFIX] = NLA_POLICY_NESTED(vxc_prefix_nl_policy),
	[VXC_A_REACH_DSCP] = { .type = NLA_U64, },
	[VXC_A_REACH_START] = { .type = NLA_U64, },
	[VXC_A_REACH_UNTIL] = { .type = NLA_U64, },
	[VXC_A_REACH_STATE] = NLA_POLICY_MAX(NLA_U32, 3),
};

const struct nla_policy vxc_remote_nl_policy[VXC_A_REMOTE_CCM_LOST + 1] = {
	[VXC_A_REMOTE_MEPID] = NLA_POLICY_RANGE(NLA_U16, 1, 8191),
	[VXC_A_REMOTE_SEEN] = { .type = NLA_FLAG, },
	[VXC_A_REMOTE_DEFECTS] = NLA_POLICY_MASK(NLA_U32, 0x3ff),
	[VXC_A_REMOTE_ADDRESS] = NLA_POLICY_EXACT_LEN(6),
	[VXC_A_REMOTE_PORT_STATUS] = { .type = NLA_U8, },
	[VXC_A_REMOTE_IF_STATUS] = { .type = NLA_U8, },
	[VXC_A_REMOTE_CCM_RX] = { .type = NLA_U64, },
	[VXC_A_REMOTE_CCM_LOST] = { .type = NLA_U64, },
};

const struct nla_policy vxc_sla_nl_policy[VXC_A_SLA_EVENT + 1] = {
	[VXC_A_SLA_CIRCUIT] = { .type = NLA_NUL_STRING, .len = 63, },
	[VXC_A_SLA_BEGUN] = { .type = NLA_U64, },
	[VXC_A_SLA_STATE] = NLA_POLICY_MAX(NLA_U32, 2),
	[VXC_A_SLA_FAILOVERS] = { .type = NLA_U32, },
	[VXC_A_SLA_TIME] = NLA_POLICY_NESTED(vxc_sla_time_nl_policy),
	[VXC_A_SLA_LEG] = NLA_POLICY_NESTED(vxc_sla_leg_nl_policy),
	[VXC_A_SLA_EVENT] = NLA_POLICY_NESTED(vxc_sla_event_nl_policy),
};

const struct nla_policy vxc_sla_event_nl_policy[VXC_A_SLA_EVENT_REQUEST + 1] = {
	[VXC_A_SLA_EVENT_TIME] = { .type = NLA_U64, },
	[VXC_A_SLA_EVENT_KIND] = NLA_POLICY_MAX(NLA_U32, 2),
	[VXC_A_SLA_EVENT_END] = NLA_POLICY_MAX(NLA_U32, 1),
	[VXC_A_SLA_EVENT_ROLE] = NLA_POLICY_MAX(NLA_U32, 1),
	[VXC_A_SLA_EVENT_STATE] = NLA_POLICY_MAX(NLA_U32, 2),
	[VXC_A_SLA_EVENT_REASON] = NLA_POLICY_MAX(NLA_U32, 18),
	[VXC_A_SLA_EVENT_REQUEST] = NLA_POLICY_MAX(NLA_U32, 10),
};

const struct nla_policy vxc_sla_leg_nl_policy[VXC_A_SLA_LEG_TIME + 1] = {
	[VXC_A_SLA_LEG_END] = NLA_POLICY_MAX(NLA_U32, 1),
	[VXC_A_SLA_LEG_ROLE] = NLA_POLICY_MAX(NLA_U32, 1),
	[VXC_A_SLA_LEG_TIME] = NLA_POLICY_NESTED(vxc_sla_time_nl_policy),
};

const struct nla_policy vxc_sla_time_nl_policy[VXC_A_SLA_TIME_IS_MEASURED + 1] = {
	[VXC_A_SLA_TIME_UP] = { .type = NLA_U64, },
	[VXC_A_SLA_TIME_DEGRADED] = { .type = NLA_U64, },
	[VXC_A_SLA_TIME_DOWN] = { .type = NLA_U64, },
	[VXC_A_SLA_TIME_PLANNED_DEGRADED] = { .type = NLA_U64, },
	[VXC_A_SLA_TIME_PLANNED_DOWN] = { .type = NLA_U64, },
	[VXC_A_SLA_TIME_OUTAGES] = { .type = NLA_U32, },
	[VXC_A_SLA_TIME_WORST] = { .type = NLA_U64, },
	[VXC_A_SLA_TIME_OUTAGE] = { .type = NLA_U64, },
	[VXC_A_SLA_TIME_AVAILABLE] = { .type = NLA_U64, },
	[VXC_A_SLA_TIME_UNAVAILABLE] = { .type = NLA_U64, },
	[VXC_A_SLA_TIME_HIGH_LOSS] = { .type = NLA_U64, },
	[VXC_A_SLA_TIME_HIGH_LOSS_RUNS] = { .type = NLA_U64, },
	[VXC_A_SLA_TIME_IS_UNAVAILABLE] = { .type = NLA_FLAG, },
	[VXC_A_SLA_TIME_AVAILABILITY_AGE] = { .type = NLA_U64, },
	[VXC_A_SLA_TIME_IS_MEASURED] = { .type = NLA_FLAG, },
};

const struct nla_policy vxc_stats_nl_policy[VXC_A_STATS_TX_RATE + 1] = {
	[VXC_A_STATS_RX_PACKETS] = { .type = NLA_U64, },
	[VXC_A_STATS_RX_BYTES] = { .type = NLA_U64, },
	[VXC_A_STATS_TX_PACKETS] = { .type = NLA_U64, },
	[VXC_A_STATS_TX_BYTES] = { .type = NLA_U64, },
	[VXC_A_STATS_RX_RATE] = { .type = NLA_U64, },
	[VXC_A_STATS_TX_RATE] = { .type = NLA_U64, },
};

const struct nla_policy vxc_translate_nl_policy[VXC_A_TRANSLATE_Z_CVID + 1] = {
	[VXC_A_TRANSLATE_CVID] = NLA_POLICY_RANGE(NLA_U16, 1, 4094),
	[VXC_A_TRANSLATE_Z_CVID] = NLA_POLICY_RANGE(NLA_U16, 1, 4094),
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

/* VXC_CMD_OAM_ASK - do */
const struct nla_policy vxc_oam_ask_nl_policy[VXC_A_MSG_OAM + 1] = {
	[VXC_A_MSG_OAM] = NLA_POLICY_NESTED(vxc_oam_nl_policy),
};

/* VXC_CMD_SLA_GET - do */
const struct nla_policy vxc_sla_get_nl_policy[VXC_A_MSG_RESET + 1] = {
	[VXC_A_MSG_CIRCUIT] = NLA_POLICY_NESTED(vxc_circuit_nl_policy),
	[VXC_A_MSG_RESET] = { .type = NLA_FLAG, },
};

/* VXC_CMD_REACH_GET - do */
const struct nla_policy vxc_reach_get_nl_policy[VXC_A_MSG_REACH + 1] = {
	[VXC_A_MSG_REACH] = NLA_POLICY_NESTED(vxc_reach_nl_policy),
};

/* VXC_CMD_PAIR_GET - do */
const struct nla_policy vxc_pair_get_nl_policy[VXC_A_MSG_PAIR + 1] = {
	[VXC_A_MSG_PAIR] = NLA_POLICY_NESTED(vxc_pair_nl_policy),
};

/* VXC_CMD_ENVELOPE_GET - do */
const struct nla_policy vxc_envelope_get_nl_policy[VXC_A_MSG_ENVELOPE + 1] = {
	[VXC_A_MSG_ENVELOPE] = NLA_POLICY_NESTED(vxc_envelope_nl_policy),
};

/* Ops table for vxc */
const struct genl_ops vxc_nl_ops[9] = {
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
	{
		.cmd		= VXC_CMD_OAM_ASK,
		.doit		= vxc_nl_oam_ask_doit,
		.policy		= vxc_oam_ask_nl_policy,
		.maxattr	= VXC_A_MSG_OAM,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VXC_CMD_SLA_GET,
		.doit		= vxc_nl_sla_get_doit,
		.dumpit		= vxc_nl_sla_get_dumpit,
		.policy		= vxc_sla_get_nl_policy,
		.maxattr	= VXC_A_MSG_RESET,
	},
	{
		.cmd		= VXC_CMD_REACH_GET,
		.doit		= vxc_nl_reach_get_doit,
		.dumpit		= vxc_nl_reach_get_dumpit,
		.policy		= vxc_reach_get_nl_policy,
		.maxattr	= VXC_A_MSG_REACH,
	},
	{
		.cmd		= VXC_CMD_PAIR_GET,
		.doit		= vxc_nl_pair_get_doit,
		.dumpit		= vxc_nl_pair_get_dumpit,
		.policy		= vxc_pair_get_nl_policy,
		.maxattr	= VXC_A_MSG_PAIR,
	},
	{
		.cmd		= VXC_CMD_ENVELOPE_GET,
		.doit		= vxc_nl_envelope_get_doit,
		.dumpit		= vxc_nl_envelope_get_dumpit,
		.policy		= vxc_envelope_get_nl_policy,
		.maxattr	= VXC_A_MSG_ENVELOPE,
	},
};

const struct genl_multicast_group vxc_nl_mcgrps[1] = {
	[VXC_NLGRP_EVENTS] = { "events", },
};
