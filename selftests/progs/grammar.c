// SPDX-License-Identifier: GPL-2.0
/* The attributes of the netlink family, as data. */
#include <stddef.h>
#include <string.h>

#include <linux/vxc.h>

#include "grammar.h"

#define SET(x)	{ #x, attrs_##x, sizeof(attrs_##x) / sizeof(attrs_##x[0]) }

static const struct attr attrs_stats[] = {
	{ "rx-packets", VXC_A_STATS_RX_PACKETS, A_U64, NULL, true, true },
	{ "rx-bytes", VXC_A_STATS_RX_BYTES, A_U64, NULL, true, true },
	{ "tx-packets", VXC_A_STATS_TX_PACKETS, A_U64, NULL, true, true },
	{ "tx-bytes", VXC_A_STATS_TX_BYTES, A_U64, NULL, true, true },
	{ "rx-rate", VXC_A_STATS_RX_RATE, A_U64, NULL, true, true },
	{ "tx-rate", VXC_A_STATS_TX_RATE, A_U64, NULL, true, true },
};

static const struct attr_set set_stats = SET(stats);

static const struct attr attrs_drops[] = {
	{ "reason", VXC_A_DROPS_REASON, A_U32, NULL, true, true },
	{ "packets", VXC_A_DROPS_PACKETS, A_U64, NULL, true, true },
};

static const struct attr_set set_drops = SET(drops);

static const struct attr attrs_unknown[] = {
	{ "tpid", VXC_A_UNKNOWN_TPID, A_U16, NULL, true, true },
	{ "vid", VXC_A_UNKNOWN_VID, A_U16, NULL, true, true },
	{ "packets", VXC_A_UNKNOWN_PACKETS, A_U64, NULL, true, true },
	{ "age", VXC_A_UNKNOWN_AGE, A_U64, NULL, true, true },
};

static const struct attr_set set_unknown = SET(unknown);

static const struct attr attrs_port[] = {
	{ "ifindex", VXC_A_PORT_IFINDEX, A_U32, NULL, false, true },
	{ "name", VXC_A_PORT_NAME, A_STRING, NULL, false, false },
	{ "tpid", VXC_A_PORT_TPID, A_U16, NULL, false, false },
	{ "unmatched", VXC_A_PORT_UNMATCHED, A_U32, NULL, false, false },
	{ "force", VXC_A_PORT_FORCE, A_FLAG, NULL, false, false },
	{ "state", VXC_A_PORT_STATE, A_U32, NULL, false, true },
	{ "reason", VXC_A_PORT_REASON, A_U32, NULL, false, true },
	{ "mtu", VXC_A_PORT_MTU, A_U32, NULL, false, true },
	{ "legs", VXC_A_PORT_LEGS, A_U32, NULL, false, true },
	{ "passed", VXC_A_PORT_PASSED, A_U64, NULL, true, true },
	{ "drops", VXC_A_PORT_DROPS, A_NEST, &set_drops, true, true },
	{ "unknown", VXC_A_PORT_UNKNOWN, A_NEST, &set_unknown, true, true },
	{ "speed", VXC_A_PORT_SPEED, A_U64, NULL, false, false },
	{ "oversubscription", VXC_A_PORT_OVERSUBSCRIPTION, A_U32,
	  NULL, false, false },
	{ "speed-now", VXC_A_PORT_SPEED_NOW, A_U64, NULL, true, true },
	{ "sold", VXC_A_PORT_SOLD, A_U64, NULL, false, true },
	{ "local", VXC_A_PORT_LOCAL, A_U32, NULL, false, false },
};

static const struct attr_set set_port = SET(port);

static const struct attr attrs_metadata[] = {
	{ "key", VXC_A_METADATA_KEY, A_STRING, NULL, false, false },
	{ "value", VXC_A_METADATA_VALUE, A_STRING, NULL, false, false },
};

static const struct attr_set set_metadata = SET(metadata);

static const struct attr attrs_class[] = {
	{ "circuit", VXC_A_CLASS_CIRCUIT, A_STRING, NULL, false, false },
	{ "name", VXC_A_CLASS_NAME, A_STRING, NULL, false, false },
	{ "dscp", VXC_A_CLASS_DSCP, A_U64, NULL, false, false },
	{ "from-pcp", VXC_A_CLASS_FROM_PCP, A_U8, NULL, false, false },
	{ "pcp", VXC_A_CLASS_PCP, A_U8, NULL, false, false },
	{ "cir", VXC_A_CLASS_CIR, A_U64, NULL, false, false },
	{ "cbs", VXC_A_CLASS_CBS, A_U32, NULL, false, false },
	{ "eir", VXC_A_CLASS_EIR, A_U64, NULL, false, false },
	{ "ebs", VXC_A_CLASS_EBS, A_U32, NULL, false, false },
	{ "share", VXC_A_CLASS_SHARE, A_U8, NULL, false, false },
	{ "coupling", VXC_A_CLASS_COUPLING, A_U8, NULL, false, false },
};

static const struct attr_set set_class = SET(class);

static const struct attr attrs_bin[] = {
	{ "below", VXC_A_BIN_BELOW, A_U32, NULL, true, true },
	{ "count", VXC_A_BIN_COUNT, A_U64, NULL, true, true },
};

static const struct attr_set set_bin = SET(bin);

static const struct attr attrs_delay[] = {
	{ "sent", VXC_A_DELAY_SENT, A_U64, NULL, true, true },
	{ "count", VXC_A_DELAY_COUNT, A_U64, NULL, true, true },
	{ "last", VXC_A_DELAY_LAST, A_U64, NULL, true, true },
	{ "shortest", VXC_A_DELAY_SHORTEST, A_U64, NULL, true, true },
	{ "mean", VXC_A_DELAY_MEAN, A_U64, NULL, true, true },
	{ "longest", VXC_A_DELAY_LONGEST, A_U64, NULL, true, true },
	{ "variation-mean", VXC_A_DELAY_VARIATION_MEAN, A_U64,
	  NULL, true, true },
	{ "variation-max", VXC_A_DELAY_VARIATION_MAX, A_U64, NULL, true, true },
	{ "bin", VXC_A_DELAY_BIN, A_NEST, &set_bin, true, true },
};

static const struct attr_set set_delay = SET(delay);

static const struct attr attrs_loss[] = {
	{ "sent", VXC_A_LOSS_SENT, A_U64, NULL, true, true },
	{ "replies", VXC_A_LOSS_REPLIES, A_U64, NULL, true, true },
	{ "far", VXC_A_LOSS_FAR, A_U64, NULL, true, true },
	{ "near", VXC_A_LOSS_NEAR, A_U64, NULL, true, true },
	{ "far-ratio", VXC_A_LOSS_FAR_RATIO, A_U32, NULL, true, true },
	{ "near-ratio", VXC_A_LOSS_NEAR_RATIO, A_U32, NULL, true, true },
	{ "intervals", VXC_A_LOSS_INTERVALS, A_U64, NULL, true, true },
	{ "bad-intervals", VXC_A_LOSS_BAD_INTERVALS, A_U64, NULL, true, true },
};

static const struct attr_set set_loss = SET(loss);

static const struct attr attrs_remote[] = {
	{ "mepid", VXC_A_REMOTE_MEPID, A_U16, NULL, false, false },
	{ "seen", VXC_A_REMOTE_SEEN, A_FLAG, NULL, true, true },
	{ "defects", VXC_A_REMOTE_DEFECTS, A_U32, NULL, true, true },
	{ "address", VXC_A_REMOTE_ADDRESS, A_BINARY, NULL, true, true },
	{ "port-status", VXC_A_REMOTE_PORT_STATUS, A_U8, NULL, true, true },
	{ "if-status", VXC_A_REMOTE_IF_STATUS, A_U8, NULL, true, true },
	{ "ccm-rx", VXC_A_REMOTE_CCM_RX, A_U64, NULL, true, true },
	{ "ccm-lost", VXC_A_REMOTE_CCM_LOST, A_U64, NULL, true, true },
};

static const struct attr_set set_remote = SET(remote);

static const struct attr attrs_mep[] = {
	{ "ccm", VXC_A_MEP_CCM, A_U32, NULL, false, false },
	{ "off", VXC_A_MEP_OFF, A_FLAG, NULL, false, false },
	{ "level", VXC_A_MEP_LEVEL, A_U8, NULL, false, false },
	{ "mepid", VXC_A_MEP_MEPID, A_U16, NULL, false, false },
	{ "remote", VXC_A_MEP_REMOTE, A_U16, NULL, false, false },
	{ "ma-format", VXC_A_MEP_MA_FORMAT, A_U32, NULL, false, false },
	{ "ma-name", VXC_A_MEP_MA_NAME, A_STRING, NULL, false, false },
	{ "ma-number", VXC_A_MEP_MA_NUMBER, A_U16, NULL, false, false },
	{ "pcp", VXC_A_MEP_PCP, A_U8, NULL, false, false },
	{ "dm", VXC_A_MEP_DM, A_U32, NULL, false, false },
	{ "sl", VXC_A_MEP_SL, A_U32, NULL, false, false },
	{ "seen", VXC_A_MEP_SEEN, A_FLAG, NULL, true, true },
	{ "defects", VXC_A_MEP_DEFECTS, A_U32, NULL, true, true },
	{ "rdi-sent", VXC_A_MEP_RDI_SENT, A_FLAG, NULL, true, true },
	{ "address", VXC_A_MEP_ADDRESS, A_BINARY, NULL, true, true },
	{ "port-status", VXC_A_MEP_PORT_STATUS, A_U8, NULL, true, true },
	{ "if-status", VXC_A_MEP_IF_STATUS, A_U8, NULL, true, true },
	{ "ccm-tx", VXC_A_MEP_CCM_TX, A_U64, NULL, true, true },
	{ "ccm-rx", VXC_A_MEP_CCM_RX, A_U64, NULL, true, true },
	{ "ccm-lost", VXC_A_MEP_CCM_LOST, A_U64, NULL, true, true },
	{ "rejected", VXC_A_MEP_REJECTED, A_U64, NULL, true, true },
	{ "delay", VXC_A_MEP_DELAY, A_NEST, &set_delay, true, true },
	{ "loss", VXC_A_MEP_LOSS, A_NEST, &set_loss, true, true },
	{ "ais-rx", VXC_A_MEP_AIS_RX, A_U64, NULL, true, true },
	{ "lck-rx", VXC_A_MEP_LCK_RX, A_U64, NULL, true, true },
	{ "remote-mep", VXC_A_MEP_REMOTE_MEP, A_NEST, &set_remote, false,
	  false },
	{ "sd-threshold", VXC_A_MEP_SD_THRESHOLD, A_U32, NULL, false, false },
	{ "sd-interval", VXC_A_MEP_SD_INTERVAL, A_U32, NULL, false, false },
	{ "sd-raise", VXC_A_MEP_SD_RAISE, A_U8, NULL, false, false },
	{ "sd-clear", VXC_A_MEP_SD_CLEAR, A_U8, NULL, false, false },
	{ "role", VXC_A_MEP_ROLE, A_U32, NULL, true, true },
};

static const struct attr_set set_mep = SET(mep);

static const struct attr attrs_colors[] = {
	{ "class", VXC_A_COLORS_CLASS, A_STRING, NULL, true, true },
	{ "rx-green-packets", VXC_A_COLORS_RX_GREEN_PACKETS, A_U64,
	  NULL, true, true },
	{ "rx-green-bytes", VXC_A_COLORS_RX_GREEN_BYTES, A_U64,
	  NULL, true, true },
	{ "rx-yellow-packets", VXC_A_COLORS_RX_YELLOW_PACKETS, A_U64,
	  NULL, true, true },
	{ "rx-yellow-bytes", VXC_A_COLORS_RX_YELLOW_BYTES, A_U64,
	  NULL, true, true },
	{ "rx-red-packets", VXC_A_COLORS_RX_RED_PACKETS, A_U64,
	  NULL, true, true },
	{ "rx-red-bytes", VXC_A_COLORS_RX_RED_BYTES, A_U64, NULL, true, true },
	{ "tx-green-packets", VXC_A_COLORS_TX_GREEN_PACKETS, A_U64,
	  NULL, true, true },
	{ "tx-green-bytes", VXC_A_COLORS_TX_GREEN_BYTES, A_U64,
	  NULL, true, true },
	{ "tx-yellow-packets", VXC_A_COLORS_TX_YELLOW_PACKETS, A_U64,
	  NULL, true, true },
	{ "tx-yellow-bytes", VXC_A_COLORS_TX_YELLOW_BYTES, A_U64,
	  NULL, true, true },
	{ "tx-red-packets", VXC_A_COLORS_TX_RED_PACKETS, A_U64,
	  NULL, true, true },
	{ "tx-red-bytes", VXC_A_COLORS_TX_RED_BYTES, A_U64, NULL, true, true },
	{ "rx-rate", VXC_A_COLORS_RX_RATE, A_U64, NULL, true, true },
	{ "tx-rate", VXC_A_COLORS_TX_RATE, A_U64, NULL, true, true },
	{ "rx-rate-minute", VXC_A_COLORS_RX_RATE_MINUTE, A_U64,
	  NULL, true, true },
	{ "tx-rate-minute", VXC_A_COLORS_TX_RATE_MINUTE, A_U64,
	  NULL, true, true },
};

static const struct attr_set set_colors = SET(colors);

static const struct attr attrs_load[] = {
	{ "rx-peak", VXC_A_LOAD_RX_PEAK, A_U64, NULL, true, true },
	{ "tx-peak", VXC_A_LOAD_TX_PEAK, A_U64, NULL, true, true },
	{ "rx-windows", VXC_A_LOAD_RX_WINDOWS, A_U64, NULL, true, true },
	{ "tx-windows", VXC_A_LOAD_TX_WINDOWS, A_U64, NULL, true, true },
};

static const struct attr_set set_load = SET(load);

static const struct attr attrs_alarm[] = {
	{ "sent", VXC_A_ALARM_SENT, A_U32, NULL, true, true },
	{ "ais-tx", VXC_A_ALARM_AIS_TX, A_U64, NULL, true, true },
	{ "lck-tx", VXC_A_ALARM_LCK_TX, A_U64, NULL, true, true },
};

static const struct attr_set set_alarm = SET(alarm);

static const struct attr attrs_leg[] = {
	{ "circuit", VXC_A_LEG_CIRCUIT, A_STRING, NULL, false, false },
	{ "end", VXC_A_LEG_END, A_U32, NULL, false, false },
	{ "role", VXC_A_LEG_ROLE, A_U32, NULL, false, false },
	{ "port", VXC_A_LEG_PORT, A_STRING, NULL, false, false },
	{ "match", VXC_A_LEG_MATCH, A_U32, NULL, false, false },
	{ "svid", VXC_A_LEG_SVID, A_U16, NULL, false, false },
	{ "cvid", VXC_A_LEG_CVID, A_U16, NULL, false, false },
	{ "ifindex", VXC_A_LEG_IFINDEX, A_U32, NULL, false, true },
	{ "state", VXC_A_LEG_STATE, A_U32, NULL, false, true },
	{ "reason", VXC_A_LEG_REASON, A_U32, NULL, false, true },
	{ "active", VXC_A_LEG_ACTIVE, A_FLAG, NULL, false, true },
	{ "stats", VXC_A_LEG_STATS, A_NEST, &set_stats, true, true },
	{ "drops", VXC_A_LEG_DROPS, A_NEST, &set_drops, true, true },
	{ "drill", VXC_A_LEG_DRILL, A_U32, NULL, false, false },
	{ "force", VXC_A_LEG_FORCE, A_FLAG, NULL, false, false },
	{ "drill-left", VXC_A_LEG_DRILL_LEFT, A_U32, NULL, true, true },
	{ "mep", VXC_A_LEG_MEP, A_NEST, &set_mep, false, false },
	{ "source", VXC_A_LEG_SOURCE, A_BINARY, NULL, false, false },
	{ "burst", VXC_A_LEG_BURST, A_U32, NULL, true, true },
	{ "colors", VXC_A_LEG_COLORS, A_NEST, &set_colors, true, true },
	{ "load", VXC_A_LEG_LOAD, A_NEST, &set_load, true, true },
	{ "learned", VXC_A_LEG_LEARNED, A_BINARY, NULL, true, true },
	{ "alarm", VXC_A_LEG_ALARM, A_NEST, &set_alarm, true, true },
};

static const struct attr_set set_leg = SET(leg);

static const struct attr attrs_denied[] = {
	{ "reason", VXC_A_DENIED_REASON, A_U32, NULL, true, true },
	{ "circuit", VXC_A_DENIED_CIRCUIT, A_STRING, NULL, true, true },
	{ "ifindex", VXC_A_DENIED_IFINDEX, A_U32, NULL, true, true },
	{ "packets", VXC_A_DENIED_PACKETS, A_U64, NULL, true, true },
	{ "age", VXC_A_DENIED_AGE, A_U64, NULL, true, true },
};

static const struct attr_set set_denied = SET(denied);

static const struct attr attrs_sla_time[] = {
	{ "up", VXC_A_SLA_TIME_UP, A_U64, NULL, true, false },
	{ "degraded", VXC_A_SLA_TIME_DEGRADED, A_U64, NULL, true, false },
	{ "down", VXC_A_SLA_TIME_DOWN, A_U64, NULL, true, false },
	{ "planned-degraded", VXC_A_SLA_TIME_PLANNED_DEGRADED, A_U64,
	  NULL, true, false },
	{ "planned-down", VXC_A_SLA_TIME_PLANNED_DOWN, A_U64,
	  NULL, true, false },
	{ "outages", VXC_A_SLA_TIME_OUTAGES, A_U32, NULL, true, false },
	{ "worst", VXC_A_SLA_TIME_WORST, A_U64, NULL, true, false },
	{ "outage", VXC_A_SLA_TIME_OUTAGE, A_U64, NULL, true, false },
	{ "available", VXC_A_SLA_TIME_AVAILABLE, A_U64, NULL, true, false },
	{ "unavailable", VXC_A_SLA_TIME_UNAVAILABLE, A_U64, NULL, true, false },
	{ "high-loss", VXC_A_SLA_TIME_HIGH_LOSS, A_U64, NULL, true, false },
	{ "high-loss-runs", VXC_A_SLA_TIME_HIGH_LOSS_RUNS, A_U64, NULL,
	  true, false },
	{ "is-unavailable", VXC_A_SLA_TIME_IS_UNAVAILABLE, A_FLAG, NULL,
	  true, false },
	{ "availability-age", VXC_A_SLA_TIME_AVAILABILITY_AGE, A_U64, NULL,
	  true, false },
	{ "is-measured", VXC_A_SLA_TIME_IS_MEASURED, A_FLAG, NULL,
	  true, false },
};

static const struct attr_set set_sla_time = SET(sla_time);

static const struct attr attrs_sla_leg[] = {
	{ "end", VXC_A_SLA_LEG_END, A_U32, NULL, true, false },
	{ "role", VXC_A_SLA_LEG_ROLE, A_U32, NULL, true, false },
	{ "time", VXC_A_SLA_LEG_TIME, A_NEST, &set_sla_time, true, false },
};

static const struct attr_set set_sla_leg = SET(sla_leg);

static const struct attr attrs_sla_event[] = {
	{ "time", VXC_A_SLA_EVENT_TIME, A_U64, NULL, true, false },
	{ "kind", VXC_A_SLA_EVENT_KIND, A_U32, NULL, true, false },
	{ "end", VXC_A_SLA_EVENT_END, A_U32, NULL, true, false },
	{ "role", VXC_A_SLA_EVENT_ROLE, A_U32, NULL, true, false },
	{ "state", VXC_A_SLA_EVENT_STATE, A_U32, NULL, true, false },
	{ "reason", VXC_A_SLA_EVENT_REASON, A_U32, NULL, true, false },
	{ "request", VXC_A_SLA_EVENT_REQUEST, A_U32, NULL, true, false },
};

static const struct attr_set set_sla_event = SET(sla_event);

static const struct attr attrs_sla[] = {
	{ "circuit", VXC_A_SLA_CIRCUIT, A_STRING, NULL, true, false },
	{ "begun", VXC_A_SLA_BEGUN, A_U64, NULL, true, false },
	{ "state", VXC_A_SLA_STATE, A_U32, NULL, true, false },
	{ "failovers", VXC_A_SLA_FAILOVERS, A_U32, NULL, true, false },
	{ "time", VXC_A_SLA_TIME, A_NEST, &set_sla_time, true, false },
	{ "leg", VXC_A_SLA_LEG, A_NEST, &set_sla_leg, true, false },
	{ "event", VXC_A_SLA_EVENT, A_NEST, &set_sla_event, true, false },
};

static const struct attr_set set_sla = SET(sla);

static const struct attr attrs_cvids[] = {
	{ "first", VXC_A_CVIDS_FIRST, A_U16, NULL, false, false },
	{ "last", VXC_A_CVIDS_LAST, A_U16, NULL, false, false },
};

static const struct attr_set set_cvids = SET(cvids);

static const struct attr attrs_translate[] = {
	{ "cvid", VXC_A_TRANSLATE_CVID, A_U16, NULL, false, false },
	{ "z-cvid", VXC_A_TRANSLATE_Z_CVID, A_U16, NULL, false, false },
};

static const struct attr_set set_translate = SET(translate);

static const struct attr attrs_l2cp[] = {
	{ "protocol", VXC_A_L2CP_PROTOCOL, A_U32, NULL, false, false },
	{ "action", VXC_A_L2CP_ACTION, A_U32, NULL, false, false },
};

static const struct attr_set set_l2cp = SET(l2cp);

static const struct attr attrs_end[] = {
	{ "end", VXC_A_END_END, A_U32, NULL, true, true },
	{ "active", VXC_A_END_ACTIVE, A_U32, NULL, true, true },
	{ "request", VXC_A_END_REQUEST, A_U32, NULL, true, true },
	{ "wtr-left", VXC_A_END_WTR_LEFT, A_U32, NULL, true, true },
	{ "switches", VXC_A_END_SWITCHES, A_U32, NULL, true, true },
	{ "hold-left", VXC_A_END_HOLD_LEFT, A_U32, NULL, true, true },
	{ "far-request", VXC_A_END_FAR_REQUEST, A_U32, NULL, true, true },
	{ "far-decides", VXC_A_END_FAR_DECIDES, A_FLAG, NULL, true, true },
	{ "aps-defect", VXC_A_END_APS_DEFECT, A_U32, NULL, true, true },
};

static const struct attr_set set_end = SET(end);

static const struct attr attrs_circuit[] = {
	{ "id", VXC_A_CIRCUIT_ID, A_U32, NULL, false, false },
	{ "name", VXC_A_CIRCUIT_NAME, A_STRING, NULL, false, false },
	{ "new-name", VXC_A_CIRCUIT_NEW_NAME, A_STRING, NULL, false, false },
	{ "key", VXC_A_CIRCUIT_KEY, A_BINARY, NULL, false, false },
	{ "description", VXC_A_CIRCUIT_DESCRIPTION, A_STRING,
	  NULL, false, false },
	{ "metadata", VXC_A_CIRCUIT_METADATA, A_NEST,
	  &set_metadata, false, false },
	{ "admin", VXC_A_CIRCUIT_ADMIN, A_U32, NULL, false, false },
	{ "provisioning", VXC_A_CIRCUIT_PROVISIONING, A_U32,
	  NULL, false, false },
	{ "revertive", VXC_A_CIRCUIT_REVERTIVE, A_U8, NULL, false, false },
	{ "wtr", VXC_A_CIRCUIT_WTR, A_U32, NULL, false, false },
	{ "switch", VXC_A_CIRCUIT_SWITCH, A_U32, NULL, false, false },
	{ "switch-to", VXC_A_CIRCUIT_SWITCH_TO, A_U32, NULL, false, false },
	{ "force", VXC_A_CIRCUIT_FORCE, A_FLAG, NULL, false, false },
	{ "leg", VXC_A_CIRCUIT_LEG, A_NEST, &set_leg, false, false },
	{ "state", VXC_A_CIRCUIT_STATE, A_U32, NULL, false, true },
	{ "reason", VXC_A_CIRCUIT_REASON, A_U32, NULL, false, true },
	{ "active", VXC_A_CIRCUIT_ACTIVE, A_U32, NULL, false, true },
	{ "request", VXC_A_CIRCUIT_REQUEST, A_U32, NULL, false, true },
	{ "wtr-left", VXC_A_CIRCUIT_WTR_LEFT, A_U32, NULL, true, true },
	{ "switches", VXC_A_CIRCUIT_SWITCHES, A_U32, NULL, false, true },
	{ "since", VXC_A_CIRCUIT_SINCE, A_U64, NULL, true, true },
	{ "peerings", VXC_A_CIRCUIT_PEERINGS, A_U32, NULL, false, true },
	{ "bandwidth", VXC_A_CIRCUIT_BANDWIDTH, A_U64, NULL, false, false },
	{ "burst", VXC_A_CIRCUIT_BURST, A_U32, NULL, false, false },
	{ "tolerance", VXC_A_CIRCUIT_TOLERANCE, A_U8, NULL, false, false },
	{ "overhead", VXC_A_CIRCUIT_OVERHEAD, A_U8, NULL, false, false },
	{ "burst-to", VXC_A_CIRCUIT_BURST_TO, A_U64, NULL, false, false },
	{ "burst-for", VXC_A_CIRCUIT_BURST_FOR, A_U32, NULL, true, false },
	{ "color-mode", VXC_A_CIRCUIT_COLOR_MODE, A_U32, NULL, false, false },
	{ "unlisted", VXC_A_CIRCUIT_UNLISTED, A_U32, NULL, false, false },
	{ "classes", VXC_A_CIRCUIT_CLASSES, A_U32, NULL, false, false },
	{ "class", VXC_A_CIRCUIT_CLASS, A_NEST, &set_class, false, true },
	{ "yellow-pcp", VXC_A_CIRCUIT_YELLOW_PCP, A_U8, NULL, false, false },
	{ "yellow-dscp", VXC_A_CIRCUIT_YELLOW_DSCP, A_U64,
	  NULL, false, false },
	{ "coupling", VXC_A_CIRCUIT_COUPLING, A_U8, NULL, false, false },
	{ "egress", VXC_A_CIRCUIT_EGRESS, A_U32, NULL, false, false },
	{ "drops", VXC_A_CIRCUIT_DROPS, A_NEST, &set_drops, true, true },
	{ "denied", VXC_A_CIRCUIT_DENIED, A_NEST, &set_denied, true, true },
	{ "switch-end", VXC_A_CIRCUIT_SWITCH_END, A_U32, NULL, false, false },
	{ "ends", VXC_A_CIRCUIT_ENDS, A_NEST, &set_end, true, true },
	{ "hold-off", VXC_A_CIRCUIT_HOLD_OFF, A_U32, NULL, false, false },
	{ "announce-count", VXC_A_CIRCUIT_ANNOUNCE_COUNT, A_U8,
	  NULL, false, false },
	{ "announce-interval", VXC_A_CIRCUIT_ANNOUNCE_INTERVAL, A_U32,
	  NULL, false, false },
	{ "sla", VXC_A_CIRCUIT_SLA, A_NEST, &set_sla, true, false },
	{ "mep", VXC_A_CIRCUIT_MEP, A_NEST, &set_mep, false, false },
	{ "aps", VXC_A_CIRCUIT_APS, A_U8, NULL, false, false },
	{ "cvids", VXC_A_CIRCUIT_CVIDS, A_NEST, &set_cvids, false, false },
	{ "translate", VXC_A_CIRCUIT_TRANSLATE, A_NEST,
	  &set_translate, false, false },
	{ "pcp", VXC_A_CIRCUIT_PCP, A_U32, NULL, false, false },
	{ "z-pcp", VXC_A_CIRCUIT_Z_PCP, A_U32, NULL, false, false },
	{ "unicast", VXC_A_CIRCUIT_UNICAST, A_U32, NULL, false, false },
	{ "multicast", VXC_A_CIRCUIT_MULTICAST, A_U32, NULL, false, false },
	{ "broadcast", VXC_A_CIRCUIT_BROADCAST, A_U32, NULL, false, false },
	{ "l2cp", VXC_A_CIRCUIT_L2CP, A_NEST, &set_l2cp, false, false },
	{ "loop-guard", VXC_A_CIRCUIT_LOOP_GUARD, A_U8, NULL, false, false },
	{ "fastpath", VXC_A_CIRCUIT_FASTPATH, A_U8, NULL, false, false },
	{ "hygiene", VXC_A_CIRCUIT_HYGIENE, A_U32, NULL, false, false },
	{ "z-hygiene", VXC_A_CIRCUIT_Z_HYGIENE, A_U32, NULL, false, false },
	{ "neighbour-rate", VXC_A_CIRCUIT_NEIGHBOUR_RATE, A_U32, NULL, false,
	  false },
	{ "dei", VXC_A_CIRCUIT_DEI, A_U32, NULL, false, false },
	{ "z-dei", VXC_A_CIRCUIT_Z_DEI, A_U32, NULL, false, false },
	{ "ais", VXC_A_CIRCUIT_AIS, A_U32, NULL, false, false },
	{ "ais-level", VXC_A_CIRCUIT_AIS_LEVEL, A_U8, NULL, false, false },
	{ "envelope", VXC_A_CIRCUIT_ENVELOPE, A_STRING, NULL, false, false },
	{ "cir", VXC_A_CIRCUIT_CIR, A_U64, NULL, false, false },
	{ "cbs", VXC_A_CIRCUIT_CBS, A_U32, NULL, false, false },
	{ "rank", VXC_A_CIRCUIT_RANK, A_U8, NULL, false, false },
};

static const struct attr_set set_circuit = SET(circuit);

static const struct attr attrs_peering[] = {
	{ "ifindex", VXC_A_PEERING_IFINDEX, A_U32, NULL, false, true },
	{ "name", VXC_A_PEERING_NAME, A_STRING, NULL, false, false },
	{ "circuit", VXC_A_PEERING_CIRCUIT, A_STRING, NULL, false, false },
	{ "circuit-id", VXC_A_PEERING_CIRCUIT_ID, A_U32, NULL, false, false },
	{ "cvid", VXC_A_PEERING_CVID, A_U16, NULL, false, false },
	{ "untagged", VXC_A_PEERING_UNTAGGED, A_FLAG, NULL, false, false },
	{ "role", VXC_A_PEERING_ROLE, A_U32, NULL, false, false },
	{ "pcp-source", VXC_A_PEERING_PCP_SOURCE, A_U32, NULL, false, false },
	{ "pcp", VXC_A_PEERING_PCP, A_U8, NULL, false, false },
	{ "dei", VXC_A_PEERING_DEI, A_U8, NULL, false, false },
	{ "vrf", VXC_A_PEERING_VRF, A_U32, NULL, false, false },
	{ "mtu", VXC_A_PEERING_MTU, A_U32, NULL, false, false },
	{ "address", VXC_A_PEERING_ADDRESS, A_BINARY, NULL, false, false },
	{ "mtu-max", VXC_A_PEERING_MTU_MAX, A_U32, NULL, false, true },
	{ "netnsid", VXC_A_PEERING_NETNSID, A_U32, NULL, false, true },
	{ "state", VXC_A_PEERING_STATE, A_U32, NULL, false, true },
	{ "reason", VXC_A_PEERING_REASON, A_U32, NULL, false, true },
	{ "stats", VXC_A_PEERING_STATS, A_NEST, &set_stats, true, true },
	{ "drops", VXC_A_PEERING_DROPS, A_NEST, &set_drops, true, true },
	{ "protected", VXC_A_PEERING_PROTECTED, A_FLAG, NULL, false, false },
	{ "fast-packets", VXC_A_PEERING_FAST_PACKETS, A_U64, NULL, true, true },
	{ "urpf", VXC_A_PEERING_URPF, A_U32, NULL, false, false },
	{ "up", VXC_A_PEERING_UP, A_FLAG, NULL, false, false },
	{ "mep", VXC_A_PEERING_MEP, A_NEST, &set_mep, false, false },
};

static const struct attr_set set_peering = SET(peering);

static const struct attr attrs_prefix[] = {
	{ "ipv4", VXC_A_PREFIX_IPV4, A_U32, NULL, false, false },
	{ "ipv6", VXC_A_PREFIX_IPV6, A_BINARY, NULL, false, false },
	{ "length", VXC_A_PREFIX_LENGTH, A_U8, NULL, false, false },
};

static const struct attr_set set_prefix = SET(prefix);

static const struct attr attrs_reach[] = {
	{ "group", VXC_A_REACH_GROUP, A_STRING, NULL, false, false },
	{ "circuit", VXC_A_REACH_CIRCUIT, A_STRING, NULL, false, false },
	{ "key", VXC_A_REACH_KEY, A_BINARY, NULL, false, false },
	{ "everything", VXC_A_REACH_EVERYTHING, A_FLAG, NULL, false, false },
	{ "prefix", VXC_A_REACH_PREFIX, A_NEST, &set_prefix, false, false },
	{ "dscp", VXC_A_REACH_DSCP, A_U64, NULL, false, false },
	{ "start", VXC_A_REACH_START, A_U64, NULL, false, false },
	{ "until", VXC_A_REACH_UNTIL, A_U64, NULL, false, false },
	{ "state", VXC_A_REACH_STATE, A_U32, NULL, true, true },
};

static const struct attr_set set_reach = SET(reach);

static const struct attr attrs_pair[] = {
	{ "group", VXC_A_PAIR_GROUP, A_STRING, NULL, false, false },
	{ "from", VXC_A_PAIR_FROM, A_STRING, NULL, false, false },
	{ "to", VXC_A_PAIR_TO, A_STRING, NULL, false, false },
	{ "packets", VXC_A_PAIR_PACKETS, A_U64, NULL, true, true },
	{ "bytes", VXC_A_PAIR_BYTES, A_U64, NULL, true, true },
	{ "denied", VXC_A_PAIR_DENIED, A_U64, NULL, true, true },
};

static const struct attr_set set_pair = SET(pair);

static const struct attr attrs_envelope[] = {
	{ "name", VXC_A_ENVELOPE_NAME, A_STRING, NULL, false, false },
	{ "cir", VXC_A_ENVELOPE_CIR, A_U64, NULL, false, false },
	{ "cbs", VXC_A_ENVELOPE_CBS, A_U32, NULL, false, false },
	{ "eir", VXC_A_ENVELOPE_EIR, A_U64, NULL, false, false },
	{ "ebs", VXC_A_ENVELOPE_EBS, A_U32, NULL, false, false },
	{ "coupling", VXC_A_ENVELOPE_COUPLING, A_U8, NULL, false, false },
	{ "sold", VXC_A_ENVELOPE_SOLD, A_U64, NULL, false, true },
	{ "cbs-now", VXC_A_ENVELOPE_CBS_NOW, A_U32, NULL, false, true },
	{ "ebs-now", VXC_A_ENVELOPE_EBS_NOW, A_U32, NULL, false, true },
	{ "circuit", VXC_A_ENVELOPE_CIRCUIT, A_STRING, NULL, false, true },
};

static const struct attr_set set_envelope = SET(envelope);

static const struct attr attrs_op[] = {
	{ "action", VXC_A_OP_ACTION, A_U32, NULL, false, false },
	{ "port", VXC_A_OP_PORT, A_NEST, &set_port, false, false },
	{ "circuit", VXC_A_OP_CIRCUIT, A_NEST, &set_circuit, false, false },
	{ "leg", VXC_A_OP_LEG, A_NEST, &set_leg, false, false },
	{ "peering", VXC_A_OP_PEERING, A_NEST, &set_peering, false, false },
	{ "class", VXC_A_OP_CLASS, A_NEST, &set_class, false, false },
	{ "reach", VXC_A_OP_REACH, A_NEST, &set_reach, false, false },
	{ "envelope", VXC_A_OP_ENVELOPE, A_NEST, &set_envelope, false, false },
};

const struct attr_set set_op = SET(op);

static const struct attr attrs_oam[] = {
	{ "circuit", VXC_A_OAM_CIRCUIT, A_STRING, NULL, true, false },
	{ "end", VXC_A_OAM_END, A_U32, NULL, true, false },
	{ "role", VXC_A_OAM_ROLE, A_U32, NULL, true, false },
	{ "ask", VXC_A_OAM_ASK, A_U32, NULL, true, false },
	{ "size", VXC_A_OAM_SIZE, A_U16, NULL, true, false },
	{ "ttl", VXC_A_OAM_TTL, A_U8, NULL, true, false },
	{ "id", VXC_A_OAM_ID, A_U32, NULL, true, false },
	{ "circuit-id", VXC_A_OAM_CIRCUIT_ID, A_U32, NULL, true, false },
	{ "time", VXC_A_OAM_TIME, A_U64, NULL, true, false },
	{ "address", VXC_A_OAM_ADDRESS, A_BINARY, NULL, true, false },
	{ "terminal", VXC_A_OAM_TERMINAL, A_FLAG, NULL, true, false },
	{ "peering", VXC_A_OAM_PEERING, A_STRING, NULL, true, false },
	{ "peering-ifindex", VXC_A_OAM_PEERING_IFINDEX, A_U32, NULL, true,
	  false },
	{ "remote", VXC_A_OAM_REMOTE, A_U16, NULL, true, false },
};

static const struct attr_set set_oam = SET(oam);

static const struct attr attrs_msg[] = {
	{ "op", VXC_A_MSG_OP, A_NEST, &set_op, false, false },
	{ "kind", VXC_A_MSG_KIND, A_U32, NULL, false, false },
	{ "port", VXC_A_MSG_PORT, A_NEST, &set_port, false, false },
	{ "circuit", VXC_A_MSG_CIRCUIT, A_NEST, &set_circuit, false, false },
	{ "peering", VXC_A_MSG_PEERING, A_NEST, &set_peering, false, false },
	{ "reach", VXC_A_MSG_REACH, A_NEST, &set_reach, false, false },
	{ "pair", VXC_A_MSG_PAIR, A_NEST, &set_pair, false, false },
	{ "envelope", VXC_A_MSG_ENVELOPE, A_NEST, &set_envelope, false, false },
	{ "sla", VXC_A_MSG_SLA, A_NEST, &set_sla, true, false },
	{ "reset", VXC_A_MSG_RESET, A_FLAG, NULL, true, false },
	{ "oam", VXC_A_MSG_OAM, A_NEST, &set_oam, true, false },
};

const struct attr_set set_msg = SET(msg);

const struct attr *attr_by_name(const struct attr_set *set, const char *name)
{
	unsigned int i;

	for (i = 0; i < set->count; i++) {
		if (!strcmp(set->attrs[i].name, name))
			return &set->attrs[i];
	}
	return NULL;
}

const struct attr *attr_by_id(const struct attr_set *set, uint16_t id)
{
	unsigned int i;

	for (i = 0; i < set->count; i++) {
		if (set->attrs[i].id == id)
			return &set->attrs[i];
	}
	return NULL;
}
