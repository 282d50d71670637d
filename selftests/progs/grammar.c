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

static const struct attr attrs_op[] = {
	{ "action", VXC_A_OP_ACTION, A_U32, NULL, false, false },
	{ "port", VXC_A_OP_PORT, A_NEST, &set_port, false, false },
	{ "circuit", VXC_A_OP_CIRCUIT, A_NEST, &set_circuit, false, false },
	{ "leg", VXC_A_OP_LEG, A_NEST, &set_leg, false, false },
	{ "peering", VXC_A_OP_PEERING, A_NEST, &set_peering, false, false },
	{ "class", VXC_A_OP_CLASS, A_NEST, &set_class, false, false },
	{ "reach", VXC_A_OP_REACH, A_NEST, &set_reach, false, false },
};

const struct attr_set set_op = SET(op);

static const struct attr attrs_msg[] = {
	{ "op", VXC_A_MSG_OP, A_NEST, &set_op, false, false },
	{ "kind", VXC_A_MSG_KIND, A_U32, NULL, false, false },
	{ "port", VXC_A_MSG_PORT, A_NEST, &set_port, false, false },
	{ "circuit", VXC_A_MSG_CIRCUIT, A_NEST, &set_circuit, false, false },
	{ "peering", VXC_A_MSG_PEERING, A_NEST, &set_peering, false, false },
	{ "reach", VXC_A_MSG_REACH, A_NEST, &set_reach, false, false },
	{ "pair", VXC_A_MSG_PAIR, A_NEST, &set_pair, false, false },
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
