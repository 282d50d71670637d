/* SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause) */
/* Do not edit directly, auto-generated from: */
/*	Documentation/netlink/specs/vxc.yaml */
/* YNL-GEN uapi header */

#ifndef _UAPI_LINUX_VXC_H
#define _UAPI_LINUX_VXC_H

#define VXC_FAMILY_NAME		"vxc"
#define VXC_FAMILY_VERSION	1

#define VXC_NAME_MAX		63
#define VXC_ID_MAX		2147483646
#define VXC_TEXT_MAX		255
#define VXC_METADATA_MAX	32
#define VXC_VID_MAX		4094
#define VXC_WTR_MAX		720000

/**
 * enum vxc_action - What an operation does to its object.
 */
enum vxc_action {
	VXC_ACTION_ADD = 1,
	VXC_ACTION_SET,
	VXC_ACTION_DEL,
};

/**
 * enum vxc_unmatched - What becomes of a frame that belongs to no leg of its
 *   port.
 * @VXC_UNMATCHED_PASS: It goes on to the host, as if the port were not vxc's.
 * @VXC_UNMATCHED_DROP: It is dropped.
 */
enum vxc_unmatched {
	VXC_UNMATCHED_PASS,
	VXC_UNMATCHED_DROP,
};

/**
 * enum vxc_admin - Administrative state of a circuit.
 */
enum vxc_admin {
	VXC_ADMIN_DOWN,
	VXC_ADMIN_UP,
};

/**
 * enum vxc_provisioning - Provisioning state of a circuit. Traffic flows only
 *   when it is provisioned, and then the circuit can be deleted only by force.
 */
enum vxc_provisioning {
	VXC_PROVISIONING_NOT_PROVISIONED,
	VXC_PROVISIONING_PROVISIONING,
	VXC_PROVISIONING_PROVISIONED,
};

/**
 * enum vxc_end - The side of a circuit that a leg belongs to.
 */
enum vxc_end {
	VXC_END_A,
};

/**
 * enum vxc_role - The part a leg plays in its end's protection.
 */
enum vxc_role {
	VXC_ROLE_PRIMARY,
	VXC_ROLE_SECONDARY,
};

/**
 * enum vxc_match - What a leg matches on its port. The longest match wins:
 *   S-VID and C-VID before S-VID alone before the whole port.
 * @VXC_MATCH_SVID: The outer tag has the port's TPID and this S-VID.
 * @VXC_MATCH_SVID_CVID: As svid, and the next tag is 0x8100 with this C-VID.
 * @VXC_MATCH_UNTAGGED: No outer tag, or a priority tag (VID 0).
 * @VXC_MATCH_ANY: Every frame that no other leg of the port matches.
 */
enum vxc_match {
	VXC_MATCH_SVID,
	VXC_MATCH_SVID_CVID,
	VXC_MATCH_UNTAGGED,
	VXC_MATCH_ANY,
};

/**
 * enum vxc_state - Operational state.
 * @VXC_STATE_DOWN: No frame can pass.
 * @VXC_STATE_UP: Everything that is configured works.
 * @VXC_STATE_DEGRADED: Frames pass, but a leg is down (circuits only).
 */
enum vxc_state {
	VXC_STATE_DOWN,
	VXC_STATE_UP,
	VXC_STATE_DEGRADED,
};

/**
 * enum vxc_reason - Why an object is not up.
 * @VXC_REASON_NONE: It is up.
 * @VXC_REASON_ADMIN_DOWN: The circuit's administrative state is down.
 * @VXC_REASON_NOT_PROVISIONED: The circuit is not provisioned.
 * @VXC_REASON_NO_LEG: There is no leg to follow.
 * @VXC_REASON_PORT_ABSENT: The port's net_device is gone.
 * @VXC_REASON_PORT_DOWN: The port is administratively down.
 * @VXC_REASON_NO_CARRIER: The port has no carrier.
 * @VXC_REASON_LEGS_DOWN: All legs are down; each leg says why.
 * @VXC_REASON_LEG_DOWN: One of the legs is down; it says why.
 */
enum vxc_reason {
	VXC_REASON_NONE,
	VXC_REASON_ADMIN_DOWN,
	VXC_REASON_NOT_PROVISIONED,
	VXC_REASON_NO_LEG,
	VXC_REASON_PORT_ABSENT,
	VXC_REASON_PORT_DOWN,
	VXC_REASON_NO_CARRIER,
	VXC_REASON_LEGS_DOWN,
	VXC_REASON_LEG_DOWN,
};

/**
 * enum vxc_request - The request that decides which leg is active, by the
 *   names and the priority (lowest first) of ITU-T G.8031.
 * @VXC_REQUEST_NO_REQUEST: Nothing asks for a switch; the primary is active.
 * @VXC_REQUEST_DO_NOT_REVERT: The primary has recovered, but the circuit is
 *   not revertive.
 * @VXC_REQUEST_WAIT_TO_RESTORE: The primary has recovered and must stay up for
 *   a while.
 * @VXC_REQUEST_MANUAL_SWITCH: An operator asked for this leg.
 * @VXC_REQUEST_SIGNAL_FAIL: The other leg is down.
 */
enum vxc_request {
	VXC_REQUEST_NO_REQUEST,
	VXC_REQUEST_DO_NOT_REVERT,
	VXC_REQUEST_WAIT_TO_RESTORE,
	VXC_REQUEST_MANUAL_SWITCH,
	VXC_REQUEST_SIGNAL_FAIL,
};

/**
 * enum vxc_switch - Operator commands to the protection of a circuit.
 * @VXC_SWITCH_CLEAR: End a manual switch, a wait-to-restore or a
 *   do-not-revert.
 * @VXC_SWITCH_MANUAL: Make the leg given in switch-to active; a leg that is
 *   down wins.
 */
enum vxc_switch {
	VXC_SWITCH_CLEAR,
	VXC_SWITCH_MANUAL,
};

/**
 * enum vxc_pcp_source - Where a peering's priority code point comes from on
 *   transmit.
 * @VXC_PCP_SOURCE_FIXED: The pcp attribute.
 * @VXC_PCP_SOURCE_PRIORITY: The packet's priority (skb->priority), values
 *   above 7 count as 0.
 */
enum vxc_pcp_source {
	VXC_PCP_SOURCE_FIXED,
	VXC_PCP_SOURCE_PRIORITY,
};

/**
 * enum vxc_drop - Why a frame was dropped. Every frame is counted once.
 * @VXC_DROP_UNMATCHED: Received, no leg of the port matches (port counter).
 * @VXC_DROP_MALFORMED: Received, too short for the tags it announces (port
 *   counter).
 * @VXC_DROP_UNKNOWN_CVID: Received on a leg, no peering has the C-VID.
 * @VXC_DROP_EXTRA_TAG: Received for a peering with a tag left after those it
 *   matched.
 * @VXC_DROP_CIRCUIT_DOWN: Received while the circuit is down or not
 *   provisioned.
 * @VXC_DROP_STANDBY: Received on a leg that is not active.
 * @VXC_DROP_PEERING_DOWN: Received for a peering that is administratively
 *   down.
 * @VXC_DROP_NO_MEMORY: Received or transmitted while memory for the tags ran
 *   out.
 * @VXC_DROP_NO_LEG: Transmitted while no leg was up (peering counter).
 * @VXC_DROP_PORT_BUSY: Transmitted, and the port or its qdisc did not take it.
 * @VXC_DROP_PORT_GONE: Transmitted while the port was going down.
 */
enum vxc_drop {
	VXC_DROP_UNMATCHED,
	VXC_DROP_MALFORMED,
	VXC_DROP_UNKNOWN_CVID,
	VXC_DROP_EXTRA_TAG,
	VXC_DROP_CIRCUIT_DOWN,
	VXC_DROP_STANDBY,
	VXC_DROP_PEERING_DOWN,
	VXC_DROP_NO_MEMORY,
	VXC_DROP_NO_LEG,
	VXC_DROP_PORT_BUSY,
	VXC_DROP_PORT_GONE,
};

/**
 * enum vxc_event_kind - What has happened.
 * @VXC_EVENT_KIND_ADDED: The object was created.
 * @VXC_EVENT_KIND_CHANGED: The object's configuration changed.
 * @VXC_EVENT_KIND_DELETED: The object was deleted.
 * @VXC_EVENT_KIND_STATE: The object's operational state changed.
 * @VXC_EVENT_KIND_SWITCHED: The circuit's active leg changed.
 */
enum vxc_event_kind {
	VXC_EVENT_KIND_ADDED = 1,
	VXC_EVENT_KIND_CHANGED,
	VXC_EVENT_KIND_DELETED,
	VXC_EVENT_KIND_STATE,
	VXC_EVENT_KIND_SWITCHED,
};

enum {
	VXC_A_STATS_PAD = 1,
	VXC_A_STATS_RX_PACKETS,
	VXC_A_STATS_RX_BYTES,
	VXC_A_STATS_TX_PACKETS,
	VXC_A_STATS_TX_BYTES,
	VXC_A_STATS_RX_RATE,
	VXC_A_STATS_TX_RATE,

	__VXC_A_STATS_MAX,
	VXC_A_STATS_MAX = (__VXC_A_STATS_MAX - 1)
};

enum {
	VXC_A_DROPS_PAD = 1,
	VXC_A_DROPS_REASON,
	VXC_A_DROPS_PACKETS,

	__VXC_A_DROPS_MAX,
	VXC_A_DROPS_MAX = (__VXC_A_DROPS_MAX - 1)
};

enum {
	VXC_A_UNKNOWN_PAD = 1,
	VXC_A_UNKNOWN_TPID,
	VXC_A_UNKNOWN_VID,
	VXC_A_UNKNOWN_PACKETS,
	VXC_A_UNKNOWN_AGE,

	__VXC_A_UNKNOWN_MAX,
	VXC_A_UNKNOWN_MAX = (__VXC_A_UNKNOWN_MAX - 1)
};

enum {
	VXC_A_PORT_PAD = 1,
	VXC_A_PORT_IFINDEX,
	VXC_A_PORT_NAME,
	VXC_A_PORT_TPID,
	VXC_A_PORT_UNMATCHED,
	VXC_A_PORT_FORCE,
	VXC_A_PORT_STATE,
	VXC_A_PORT_REASON,
	VXC_A_PORT_MTU,
	VXC_A_PORT_LEGS,
	VXC_A_PORT_PASSED,
	VXC_A_PORT_DROPS,
	VXC_A_PORT_UNKNOWN,

	__VXC_A_PORT_MAX,
	VXC_A_PORT_MAX = (__VXC_A_PORT_MAX - 1)
};

enum {
	VXC_A_METADATA_KEY = 1,
	VXC_A_METADATA_VALUE,

	__VXC_A_METADATA_MAX,
	VXC_A_METADATA_MAX = (__VXC_A_METADATA_MAX - 1)
};

enum {
	VXC_A_LEG_CIRCUIT = 1,
	VXC_A_LEG_END,
	VXC_A_LEG_ROLE,
	VXC_A_LEG_PORT,
	VXC_A_LEG_MATCH,
	VXC_A_LEG_SVID,
	VXC_A_LEG_CVID,
	VXC_A_LEG_IFINDEX,
	VXC_A_LEG_STATE,
	VXC_A_LEG_REASON,
	VXC_A_LEG_ACTIVE,
	VXC_A_LEG_STATS,
	VXC_A_LEG_DROPS,

	__VXC_A_LEG_MAX,
	VXC_A_LEG_MAX = (__VXC_A_LEG_MAX - 1)
};

enum {
	VXC_A_CIRCUIT_PAD = 1,
	VXC_A_CIRCUIT_ID,
	VXC_A_CIRCUIT_NAME,
	VXC_A_CIRCUIT_NEW_NAME,
	VXC_A_CIRCUIT_KEY,
	VXC_A_CIRCUIT_DESCRIPTION,
	VXC_A_CIRCUIT_METADATA,
	VXC_A_CIRCUIT_ADMIN,
	VXC_A_CIRCUIT_PROVISIONING,
	VXC_A_CIRCUIT_REVERTIVE,
	VXC_A_CIRCUIT_WTR,
	VXC_A_CIRCUIT_SWITCH,
	VXC_A_CIRCUIT_SWITCH_TO,
	VXC_A_CIRCUIT_FORCE,
	VXC_A_CIRCUIT_LEG,
	VXC_A_CIRCUIT_STATE,
	VXC_A_CIRCUIT_REASON,
	VXC_A_CIRCUIT_ACTIVE,
	VXC_A_CIRCUIT_REQUEST,
	VXC_A_CIRCUIT_WTR_LEFT,
	VXC_A_CIRCUIT_SWITCHES,
	VXC_A_CIRCUIT_SINCE,
	VXC_A_CIRCUIT_PEERINGS,

	__VXC_A_CIRCUIT_MAX,
	VXC_A_CIRCUIT_MAX = (__VXC_A_CIRCUIT_MAX - 1)
};

enum {
	VXC_A_PEERING_PAD = 1,
	VXC_A_PEERING_IFINDEX,
	VXC_A_PEERING_NAME,
	VXC_A_PEERING_CIRCUIT,
	VXC_A_PEERING_CIRCUIT_ID,
	VXC_A_PEERING_CVID,
	VXC_A_PEERING_UNTAGGED,
	VXC_A_PEERING_ROLE,
	VXC_A_PEERING_PROTECTED,
	VXC_A_PEERING_PCP_SOURCE,
	VXC_A_PEERING_PCP,
	VXC_A_PEERING_DEI,
	VXC_A_PEERING_VRF,
	VXC_A_PEERING_MTU,
	VXC_A_PEERING_ADDRESS,
	VXC_A_PEERING_MTU_MAX,
	VXC_A_PEERING_NETNSID,
	VXC_A_PEERING_STATE,
	VXC_A_PEERING_REASON,
	VXC_A_PEERING_STATS,
	VXC_A_PEERING_DROPS,

	__VXC_A_PEERING_MAX,
	VXC_A_PEERING_MAX = (__VXC_A_PEERING_MAX - 1)
};

enum {
	VXC_A_OP_ACTION = 1,
	VXC_A_OP_PORT,
	VXC_A_OP_CIRCUIT,
	VXC_A_OP_LEG,
	VXC_A_OP_PEERING,

	__VXC_A_OP_MAX,
	VXC_A_OP_MAX = (__VXC_A_OP_MAX - 1)
};

enum {
	VXC_A_MSG_OP = 1,
	VXC_A_MSG_KIND,
	VXC_A_MSG_PORT,
	VXC_A_MSG_CIRCUIT,
	VXC_A_MSG_PEERING,

	__VXC_A_MSG_MAX,
	VXC_A_MSG_MAX = (__VXC_A_MSG_MAX - 1)
};

enum {
	IFLA_VXC_CIRCUIT = 1,
	IFLA_VXC_CIRCUIT_ID,
	IFLA_VXC_CVID,
	IFLA_VXC_ROLE,
	IFLA_VXC_PCP_SOURCE,
	IFLA_VXC_PCP,
	IFLA_VXC_DEI,

	__IFLA_VXC_MAX,
	IFLA_VXC_MAX = (__IFLA_VXC_MAX - 1)
};

enum {
	VXC_CMD_APPLY = 1,
	VXC_CMD_PORT_GET,
	VXC_CMD_CIRCUIT_GET,
	VXC_CMD_PEERING_GET,
	VXC_CMD_EVENT,

	__VXC_CMD_MAX,
	VXC_CMD_MAX = (__VXC_CMD_MAX - 1)
};

#define VXC_MCGRP_EVENTS	"events"

#endif /* _UAPI_LINUX_VXC_H */
