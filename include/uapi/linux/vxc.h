/* SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause) */
/* Do not edit directly, auto-generated from: */
/*	Documentation/netlink/specs/vxc.yaml */
/* YNL-GEN uapi header */

#ifndef _UAPI_LINUX_VXC_H
#define _UAPI_LINUX_VXC_H

#define VXC_FAMILY_NAME		"vxc"
#define VXC_FAMILY_VERSION	1

#define VXC_NAME_MAX			63
#define VXC_ID_MAX			2147483646
#define VXC_TEXT_MAX			255
#define VXC_METADATA_MAX		32
#define VXC_MA_NAME_MAX			45
#define VXC_REMOTES_MAX			16
#define VXC_MEPID_MAX			8191
#define VXC_MEASURE_MIN			10
#define VXC_MEASURE_MAX			600000
#define VXC_VID_MAX			4094
#define VXC_WTR_MAX			720000
#define VXC_HOLD_OFF_MAX		10000
#define VXC_HOLD_OFF_STEP		100
#define VXC_ANNOUNCE_MAX		10
#define VXC_ANNOUNCE_MIN_INTERVAL	10
#define VXC_ANNOUNCE_MAX_INTERVAL	10000
#define VXC_DRILL_MAX			86400000
#define VXC_SD_INTERVAL_MIN		100
#define VXC_TRANSLATE_MAX		64
#define VXC_RATE_ANY			4294967295
#define VXC_RATE_MIN			1000
#define VXC_RATE_MAX			400000000000
#define VXC_BURST_MAX			1073741824
#define VXC_BURST_TIME_MAX		2678400000
#define VXC_OVERHEAD_MAX		64
#define VXC_SPEED_MAX			100000000000000
#define VXC_OVERSUBSCRIPTION_MAX	10000
#define VXC_CLASSES_MAX			8
#define VXC_CLASS_NAME_MAX		15
#define VXC_ENVELOPE_CIRCUITS_MAX	128
#define VXC_RANK_MAX			8

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
 * enum vxc_end_name - The side of a circuit that a leg belongs to.
 * @VXC_END_A: The side that the peerings are on.
 * @VXC_END_Z: The far side of a point-to-point circuit.
 */
enum vxc_end_name {
	VXC_END_A,
	VXC_END_Z,
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
 * @VXC_STATE_DEGRADED: Frames pass, but a leg is down or degraded; with
 *   peerings also while all legs of end z are down. Of a leg, too many frames
 *   are lost.
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
 * @VXC_REASON_LEGS_DOWN: All legs of an end are down; each leg says why.
 * @VXC_REASON_LEG_DOWN: One of the legs is down; it says why.
 * @VXC_REASON_CCM_LOSS: No CCM has come from the remote MEP for 3.5 intervals
 *   (LOC).
 * @VXC_REASON_MISMERGE: CCMs of another maintenance association arrive.
 * @VXC_REASON_UNEXPECTED_MEP: CCMs of a MEP that is not the remote one arrive.
 * @VXC_REASON_UNEXPECTED_LEVEL: CCMs of a lower MEG level arrive.
 * @VXC_REASON_LOOP: What was sent by the leg has come back; its own CCMs or
 *   probes.
 * @VXC_REASON_REMOTE_DEFECT: The remote MEP reports that it does not receive
 *   (RDI).
 * @VXC_REASON_DRILL: The leg is out of service for a drill.
 * @VXC_REASON_AIS: No CCM has come, and AIS does: it has failed further away,
 *   where that is known already.
 * @VXC_REASON_LCK: No CCM has come, and LCK does; it is locked further away.
 * @VXC_REASON_SIGNAL_DEGRADE: The leg works but loses too many frames; of a
 *   circuit, one of its legs does.
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
	VXC_REASON_CCM_LOSS,
	VXC_REASON_MISMERGE,
	VXC_REASON_UNEXPECTED_MEP,
	VXC_REASON_UNEXPECTED_LEVEL,
	VXC_REASON_LOOP,
	VXC_REASON_REMOTE_DEFECT,
	VXC_REASON_DRILL,
	VXC_REASON_AIS,
	VXC_REASON_LCK,
	VXC_REASON_SIGNAL_DEGRADE,
};

/**
 * enum vxc_request - The request that decides which leg is active, by the
 *   names of ITU-T G.8031. Its priorities from the highest: lockout,
 *   signal-fail-p, forced-switch, signal-fail, signal-degrade, manual-switch,
 *   wait-to-restore, exercise, reverse-request, do-not-revert, no-request.
 * @VXC_REQUEST_NO_REQUEST: Nothing asks for a switch; the primary is active.
 * @VXC_REQUEST_DO_NOT_REVERT: The primary has recovered, but the circuit is
 *   not revertive.
 * @VXC_REQUEST_WAIT_TO_RESTORE: The primary has recovered and must stay up for
 *   a while.
 * @VXC_REQUEST_MANUAL_SWITCH: An operator asked for this leg.
 * @VXC_REQUEST_SIGNAL_FAIL: The primary leg is down.
 * @VXC_REQUEST_LOCKOUT: An operator keeps traffic on the primary, whatever its
 *   state.
 * @VXC_REQUEST_SIGNAL_FAIL_P: The secondary leg is down.
 * @VXC_REQUEST_FORCED_SWITCH: An operator forced traffic to the secondary.
 * @VXC_REQUEST_SIGNAL_DEGRADE: The other leg loses too many frames.
 * @VXC_REQUEST_EXERCISE: An operator tests the protocol; no traffic moves.
 * @VXC_REQUEST_REVERSE_REQUEST: The answer to the far end's exercise.
 */
enum vxc_request {
	VXC_REQUEST_NO_REQUEST,
	VXC_REQUEST_DO_NOT_REVERT,
	VXC_REQUEST_WAIT_TO_RESTORE,
	VXC_REQUEST_MANUAL_SWITCH,
	VXC_REQUEST_SIGNAL_FAIL,
	VXC_REQUEST_LOCKOUT,
	VXC_REQUEST_SIGNAL_FAIL_P,
	VXC_REQUEST_FORCED_SWITCH,
	VXC_REQUEST_SIGNAL_DEGRADE,
	VXC_REQUEST_EXERCISE,
	VXC_REQUEST_REVERSE_REQUEST,
};

/**
 * enum vxc_switch - Operator commands to the protection of a circuit.
 * @VXC_SWITCH_CLEAR: End a standing command; without one, a wait-to-restore or
 *   a do-not-revert.
 * @VXC_SWITCH_MANUAL: Make the leg given in switch-to active; a leg that is
 *   down wins.
 * @VXC_SWITCH_LOCKOUT: Keep traffic on the primary leg, even when that is
 *   down.
 * @VXC_SWITCH_FORCE: Move traffic to the leg given in switch-to, even when the
 *   primary is up and whatever lower request stands. To the primary it is the
 *   lockout.
 * @VXC_SWITCH_EXERCISE: Test that the far end answers; with APS only.
 */
enum vxc_switch {
	VXC_SWITCH_CLEAR,
	VXC_SWITCH_MANUAL,
	VXC_SWITCH_LOCKOUT,
	VXC_SWITCH_FORCE,
	VXC_SWITCH_EXERCISE,
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
 * enum vxc_color_mode - Whether the color that a frame comes with counts.
 * @VXC_COLOR_MODE_BLIND: It does not.
 * @VXC_COLOR_MODE_AWARE: A received frame whose outer tag has the drop
 *   eligible indicator is yellow at best, and so is one with a PCP or DSCP
 *   that says so.
 */
enum vxc_color_mode {
	VXC_COLOR_MODE_BLIND,
	VXC_COLOR_MODE_AWARE,
};

/**
 * enum vxc_unlisted - What becomes of a DSCP that no class has.
 * @VXC_UNLISTED_KEEP: It stays.
 * @VXC_UNLISTED_CLEAR: It becomes 0.
 */
enum vxc_unlisted {
	VXC_UNLISTED_KEEP,
	VXC_UNLISTED_CLEAR,
};

/**
 * enum vxc_classes - Sets of classes.
 * @VXC_CLASSES_NONE: No classes.
 * @VXC_CLASSES_TEAMS: Voice (DSCP 46), interactive (34, 18) and default (10,
 *   0); every other DSCP becomes 0.
 * @VXC_CLASSES_GOOGLE: Six classes by DSCP: tc1 0 to 7, tc2 8 to 15, tc3 16 to
 *   23, tc4 24 to 31, tc5 32 to 47 and tc6 48 to 63.
 */
enum vxc_classes {
	VXC_CLASSES_NONE,
	VXC_CLASSES_TEAMS,
	VXC_CLASSES_GOOGLE,
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
 * @VXC_DROP_NO_LEG: Transmitted while no leg was up (peering counter), or
 *   received while no leg of the other end was.
 * @VXC_DROP_PORT_BUSY: Transmitted, and the port or its qdisc did not take it.
 * @VXC_DROP_PORT_GONE: Transmitted while the port was going down.
 * @VXC_DROP_OAM: Received, an OAM PDU of the MEP's level or a lower one that
 *   the MEP does not accept, or that would leave by a leg with such a MEP; or
 *   transmitted by a peering past such a MEP.
 * @VXC_DROP_OVERSIZE: Received, too large for the port it would leave by.
 * @VXC_DROP_FOREIGN: Received, and would leave with the tags of another leg,
 *   or of a peering, of the port it would leave by.
 * @VXC_DROP_L2CP: Received, a control protocol that the circuit discards.
 * @VXC_DROP_DISPOSITION: Received, of a class that is dropped or above its
 *   rate.
 * @VXC_DROP_SRC_MAC: Received from another source address than the leg's, or
 *   telling of another one in ARP or neighbour discovery.
 * @VXC_DROP_LOOP: Received on a leg that is down for a loop, or the probe that
 *   found the loop.
 * @VXC_DROP_RED: Above the circuit's bandwidth.
 * @VXC_DROP_NO_REACH: Packet for another circuit, to which this one has no
 *   reach (circuit counter).
 * @VXC_DROP_DOMAIN: Packet for a device outside the peering's routing domain
 *   (circuit counter).
 * @VXC_DROP_LOCAL: Packet for the host itself that the port's local policy
 *   does not let through (circuit counter).
 * @VXC_DROP_ETHERTYPE: Received with hygiene, neither IPv4 nor ARP nor IPv6.
 * @VXC_DROP_PROTOCOL: Received with hygiene, of a protocol that has no
 *   business on an exchange, or cut off before it says which one it is of.
 * @VXC_DROP_GROUP: Received with hygiene, for a group address, and neither ARP
 *   nor neighbour discovery.
 * @VXC_DROP_NEIGHBOUR_RATE: Received with hygiene, ARP or neighbour discovery
 *   above its rate.
 * @VXC_DROP_URPF: Received from an address to which no route leads by the
 *   circuit.
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
	VXC_DROP_OAM,
	VXC_DROP_OVERSIZE,
	VXC_DROP_FOREIGN,
	VXC_DROP_L2CP,
	VXC_DROP_DISPOSITION,
	VXC_DROP_SRC_MAC,
	VXC_DROP_LOOP,
	VXC_DROP_RED,
	VXC_DROP_NO_REACH,
	VXC_DROP_DOMAIN,
	VXC_DROP_LOCAL,
	VXC_DROP_ETHERTYPE,
	VXC_DROP_PROTOCOL,
	VXC_DROP_GROUP,
	VXC_DROP_NEIGHBOUR_RATE,
	VXC_DROP_URPF,

	/* private: */
	__VXC_DROP_MAX,
	VXC_DROP_MAX = (__VXC_DROP_MAX - 1)
};

/**
 * enum vxc_l2cp_protocol - Layer 2 control protocols, told apart by their
 *   destination address: 01:80:c2:00:00:xx if there is only a byte here.
 * @VXC_L2CP_STP: Spanning tree, 00 and 08; PVST+, 01:00:0c:cc:cc:cd.
 * @VXC_L2CP_PAUSE: PAUSE, 01 or Ethertype 0x8808.
 * @VXC_L2CP_LACP: Slow protocols, 02; LACP, marker, link OAM, ESMC.
 * @VXC_L2CP_EAPOL: 802.1X, 03.
 * @VXC_L2CP_LLDP: LLDP, 0e.
 * @VXC_L2CP_ELMI: E-LMI, 07.
 * @VXC_L2CP_MRP: MRP and GARP, 0d and 20 to 2f.
 * @VXC_L2CP_CDP: CDP, VTP, DTP, PAgP and UDLD, 01:00:0c:cc:cc:cc.
 * @VXC_L2CP_CFM: Connectivity fault management, 30 to 3f.
 * @VXC_L2CP_OTHER: All else of 00 to 0f.
 */
enum vxc_l2cp_protocol {
	VXC_L2CP_STP,
	VXC_L2CP_PAUSE,
	VXC_L2CP_LACP,
	VXC_L2CP_EAPOL,
	VXC_L2CP_LLDP,
	VXC_L2CP_ELMI,
	VXC_L2CP_MRP,
	VXC_L2CP_CDP,
	VXC_L2CP_CFM,
	VXC_L2CP_OTHER,
};

/**
 * enum vxc_l2cp_action - What becomes of frames of a layer 2 control protocol.
 * @VXC_L2CP_ACTION_TUNNEL: They cross like any other frame.
 * @VXC_L2CP_ACTION_DISCARD: They are dropped.
 * @VXC_L2CP_ACTION_PEER: They go to the host, on the port they came in by.
 */
enum vxc_l2cp_action {
	VXC_L2CP_ACTION_TUNNEL,
	VXC_L2CP_ACTION_DISCARD,
	VXC_L2CP_ACTION_PEER,
};

/**
 * enum vxc_cast - Classes of frames by their destination address.
 */
enum vxc_cast {
	VXC_CAST_UNICAST,
	VXC_CAST_MULTICAST,
	VXC_CAST_BROADCAST,
};

/**
 * enum vxc_event_kind - What has happened.
 * @VXC_EVENT_KIND_ADDED: The object was created.
 * @VXC_EVENT_KIND_CHANGED: The object's configuration changed.
 * @VXC_EVENT_KIND_DELETED: The object was deleted.
 * @VXC_EVENT_KIND_STATE: The object's operational state changed.
 * @VXC_EVENT_KIND_SWITCHED: The circuit's active leg changed.
 * @VXC_EVENT_KIND_OAM: The defects of a leg's MEP changed.
 * @VXC_EVENT_KIND_REPLY: A reply to an LBM or LTM of the oam-ask command came.
 */
enum vxc_event_kind {
	VXC_EVENT_KIND_ADDED = 1,
	VXC_EVENT_KIND_CHANGED,
	VXC_EVENT_KIND_DELETED,
	VXC_EVENT_KIND_STATE,
	VXC_EVENT_KIND_SWITCHED,
	VXC_EVENT_KIND_OAM,
	VXC_EVENT_KIND_REPLY,
};

/**
 * enum vxc_aps_defect - What is wrong between two ends that switch together.
 * @VXC_APS_DEFECT_NO_APS: No APS has come from the far end for 3.5 times its
 *   interval.
 * @VXC_APS_DEFECT_WRONG_LEG: APS comes over the primary leg: the far end has
 *   the legs the other way round.
 * @VXC_APS_DEFECT_TYPE_MISMATCH: The far end is of another protection type
 *   than 1:1 with APS.
 * @VXC_APS_DEFECT_REVERTIVE_MISMATCH: One end is revertive, the other is not.
 * @VXC_APS_DEFECT_NO_RESPONSE: The far end has not followed a switch for 50
 *   ms.
 */
enum vxc_aps_defect {
	VXC_APS_DEFECT_NO_APS,
	VXC_APS_DEFECT_WRONG_LEG,
	VXC_APS_DEFECT_TYPE_MISMATCH,
	VXC_APS_DEFECT_REVERTIVE_MISMATCH,
	VXC_APS_DEFECT_NO_RESPONSE,
};

/**
 * enum vxc_sla_kind - What an event in the record of a circuit is about.
 * @VXC_SLA_KIND_CIRCUIT: The circuit's state or its reason changed.
 * @VXC_SLA_KIND_LEG: A leg failed, recovered, or entered or left a drill.
 * @VXC_SLA_KIND_SWITCH: An end's active leg changed.
 */
enum vxc_sla_kind {
	VXC_SLA_KIND_CIRCUIT,
	VXC_SLA_KIND_LEG,
	VXC_SLA_KIND_SWITCH,
};

/**
 * enum vxc_ma_format - What a short MA name is.
 * @VXC_MA_FORMAT_UUID: The circuit's service key, as text, with -1 for the
 *   primary leg and -2 for the secondary one; a character string on the wire.
 *   Of a peering's MEP - and the C-VID follow, so it is never that of a leg.
 * @VXC_MA_FORMAT_STRING: A character string, 1 to 45 octets.
 * @VXC_MA_FORMAT_INTEGER: A number of two octets.
 * @VXC_MA_FORMAT_ICC: ICC-based, 1 to 13 characters (ITU-T G.8013/Y.1731).
 */
enum vxc_ma_format {
	VXC_MA_FORMAT_UUID,
	VXC_MA_FORMAT_STRING,
	VXC_MA_FORMAT_INTEGER,
	VXC_MA_FORMAT_ICC,
};

/**
 * enum vxc_defect - What a MEP sees go wrong, by the rules of G.8021 and
 *   802.1Q.
 * @VXC_DEFECT_LOC: No CCM from the remote MEP for 3.5 intervals.
 * @VXC_DEFECT_RDI: The remote MEP says that it does not receive.
 * @VXC_DEFECT_MISMERGE: A CCM with another MAID came.
 * @VXC_DEFECT_UNEXPECTED_MEP: A CCM with another MEPID than that of the remote
 *   MEP came.
 * @VXC_DEFECT_UNEXPECTED_LEVEL: A CCM of a lower MEG level came.
 * @VXC_DEFECT_UNEXPECTED_PERIOD: A CCM with another interval came; it is no
 *   sign of life.
 * @VXC_DEFECT_LOOP: A CCM of the MEP itself came back.
 * @VXC_DEFECT_AIS: AIS has come within 3.5 of its periods; makes no leg fail.
 * @VXC_DEFECT_LCK: LCK has come within 3.5 of its periods; makes no leg fail.
 * @VXC_DEFECT_DEGRADED: Signal degrade; too many SLMs or SLRs are lost (dDEG).
 */
enum vxc_defect {
	VXC_DEFECT_LOC = 1,
	VXC_DEFECT_RDI = 2,
	VXC_DEFECT_MISMERGE = 4,
	VXC_DEFECT_UNEXPECTED_MEP = 8,
	VXC_DEFECT_UNEXPECTED_LEVEL = 16,
	VXC_DEFECT_UNEXPECTED_PERIOD = 32,
	VXC_DEFECT_LOOP = 64,
	VXC_DEFECT_AIS = 128,
	VXC_DEFECT_LCK = 256,
	VXC_DEFECT_DEGRADED = 512,
};

/**
 * enum vxc_alarm - What is sent over a leg to the customer's MEPs.
 * @VXC_ALARM_NONE: Nothing.
 * @VXC_ALARM_AIS: Alarm indication signal. The other end carries nothing.
 * @VXC_ALARM_LCK: Lock signal. The circuit is down or not provisioned, or the
 *   legs of the other end are out of service for a drill and none has failed.
 */
enum vxc_alarm {
	VXC_ALARM_NONE,
	VXC_ALARM_AIS,
	VXC_ALARM_LCK,
};

/**
 * enum vxc_ask - What the oam-ask command sends.
 * @VXC_ASK_LOOPBACK: A loopback message (LBM).
 * @VXC_ASK_LINKTRACE: A linktrace message (LTM).
 */
enum vxc_ask {
	VXC_ASK_LOOPBACK,
	VXC_ASK_LINKTRACE,
};

#define VXC_GROUP_MAX		128
#define VXC_PREFIXES_MAX	32

/**
 * enum vxc_egress - Where packets that came in from a circuit may go, besides
 *   circuits to which it has reach, and the host.
 * @VXC_EGRESS_DOMAIN: To devices in the VRF of the peering; without a VRF to
 *   none.
 * @VXC_EGRESS_ANY: To every device that is not a peering.
 */
enum vxc_egress {
	VXC_EGRESS_DOMAIN,
	VXC_EGRESS_ANY,
};

/**
 * enum vxc_local - What packets from circuits of a port may reach on the host
 *   itself.
 * @VXC_LOCAL_LIMITED: BGP, BFD, ping, ICMP errors, neighbour discovery, and
 *   what answers the host's own connections.
 * @VXC_LOCAL_ANY: Everything.
 */
enum vxc_local {
	VXC_LOCAL_LIMITED,
	VXC_LOCAL_ANY,
};

/**
 * enum vxc_reach_state - What a reach permits now.
 * @VXC_REACH_STATE_AUTHORIZED: Nothing yet, nobody has redeemed the key.
 * @VXC_REACH_STATE_ACTIVE: Packets pass, as far as the scope has them.
 * @VXC_REACH_STATE_WAITING: Nothing yet, the start is to come.
 * @VXC_REACH_STATE_ENDED: Nothing any more, its end is past.
 */
enum vxc_reach_state {
	VXC_REACH_STATE_AUTHORIZED,
	VXC_REACH_STATE_ACTIVE,
	VXC_REACH_STATE_WAITING,
	VXC_REACH_STATE_ENDED,
};

/**
 * enum vxc_hygiene - What frames that come in from the customer are held to.
 * @VXC_HYGIENE_OFF: To nothing.
 * @VXC_HYGIENE_EXCHANGE: To what is due on an exchange: IPv4, ARP and IPv6
 *   from one source address, no group addresses but those of ARP and neighbour
 *   discovery, no protocols between neighbours but these two, and these not
 *   above their rate.
 */
enum vxc_hygiene {
	VXC_HYGIENE_OFF,
	VXC_HYGIENE_EXCHANGE,
};

/**
 * enum vxc_urpf - Unicast reverse path forwarding, RFC 3704.
 * @VXC_URPF_OFF: A peering takes packets from every source address.
 * @VXC_URPF_STRICT: Only from those to which a route of its routing domain
 *   leads by a peering of the same circuit, on whichever leg.
 */
enum vxc_urpf {
	VXC_URPF_OFF,
	VXC_URPF_STRICT,
};

/**
 * enum vxc_dei_mark - What becomes of the drop eligible indicator of the outer
 *   tag.
 * @VXC_DEI_KEEP: It stays.
 * @VXC_DEI_CLEAR: It becomes 0.
 */
enum vxc_dei_mark {
	VXC_DEI_KEEP,
	VXC_DEI_CLEAR,
};

#define VXC_NEIGHBOUR_RATE_DEFAULT	100

enum {
	VXC_A_BIN_PAD = 1,
	VXC_A_BIN_BELOW,
	VXC_A_BIN_COUNT,

	__VXC_A_BIN_MAX,
	VXC_A_BIN_MAX = (__VXC_A_BIN_MAX - 1)
};

enum {
	VXC_A_DELAY_PAD = 1,
	VXC_A_DELAY_SENT,
	VXC_A_DELAY_COUNT,
	VXC_A_DELAY_LAST,
	VXC_A_DELAY_SHORTEST,
	VXC_A_DELAY_MEAN,
	VXC_A_DELAY_LONGEST,
	VXC_A_DELAY_VARIATION_MEAN,
	VXC_A_DELAY_VARIATION_MAX,
	VXC_A_DELAY_BIN,

	__VXC_A_DELAY_MAX,
	VXC_A_DELAY_MAX = (__VXC_A_DELAY_MAX - 1)
};

enum {
	VXC_A_LOSS_PAD = 1,
	VXC_A_LOSS_SENT,
	VXC_A_LOSS_REPLIES,
	VXC_A_LOSS_FAR,
	VXC_A_LOSS_NEAR,
	VXC_A_LOSS_FAR_RATIO,
	VXC_A_LOSS_NEAR_RATIO,
	VXC_A_LOSS_INTERVALS,
	VXC_A_LOSS_BAD_INTERVALS,

	__VXC_A_LOSS_MAX,
	VXC_A_LOSS_MAX = (__VXC_A_LOSS_MAX - 1)
};

enum {
	VXC_A_REMOTE_PAD = 1,
	VXC_A_REMOTE_MEPID,
	VXC_A_REMOTE_SEEN,
	VXC_A_REMOTE_DEFECTS,
	VXC_A_REMOTE_ADDRESS,
	VXC_A_REMOTE_PORT_STATUS,
	VXC_A_REMOTE_IF_STATUS,
	VXC_A_REMOTE_CCM_RX,
	VXC_A_REMOTE_CCM_LOST,

	__VXC_A_REMOTE_MAX,
	VXC_A_REMOTE_MAX = (__VXC_A_REMOTE_MAX - 1)
};

enum {
	VXC_A_MEP_PAD = 1,
	VXC_A_MEP_CCM,
	VXC_A_MEP_OFF,
	VXC_A_MEP_LEVEL,
	VXC_A_MEP_MEPID,
	VXC_A_MEP_REMOTE,
	VXC_A_MEP_MA_FORMAT,
	VXC_A_MEP_MA_NAME,
	VXC_A_MEP_MA_NUMBER,
	VXC_A_MEP_PCP,
	VXC_A_MEP_DM,
	VXC_A_MEP_SL,
	VXC_A_MEP_SEEN,
	VXC_A_MEP_DEFECTS,
	VXC_A_MEP_RDI_SENT,
	VXC_A_MEP_ADDRESS,
	VXC_A_MEP_PORT_STATUS,
	VXC_A_MEP_IF_STATUS,
	VXC_A_MEP_CCM_TX,
	VXC_A_MEP_CCM_RX,
	VXC_A_MEP_CCM_LOST,
	VXC_A_MEP_REJECTED,
	VXC_A_MEP_DELAY,
	VXC_A_MEP_LOSS,
	VXC_A_MEP_AIS_RX,
	VXC_A_MEP_LCK_RX,
	VXC_A_MEP_REMOTE_MEP,
	VXC_A_MEP_SD_THRESHOLD,
	VXC_A_MEP_SD_INTERVAL,
	VXC_A_MEP_SD_RAISE,
	VXC_A_MEP_SD_CLEAR,
	VXC_A_MEP_ROLE,

	__VXC_A_MEP_MAX,
	VXC_A_MEP_MAX = (__VXC_A_MEP_MAX - 1)
};

enum vxc_alarm_attr {
	VXC_A_ALARM_PAD = 1,
	VXC_A_ALARM_SENT,
	VXC_A_ALARM_AIS_TX,
	VXC_A_ALARM_LCK_TX,

	__VXC_A_ALARM_MAX,
	VXC_A_ALARM_MAX = (__VXC_A_ALARM_MAX - 1)
};

enum {
	VXC_A_OAM_PAD = 1,
	VXC_A_OAM_CIRCUIT,
	VXC_A_OAM_END,
	VXC_A_OAM_ROLE,
	VXC_A_OAM_ASK,
	VXC_A_OAM_SIZE,
	VXC_A_OAM_TTL,
	VXC_A_OAM_ID,
	VXC_A_OAM_CIRCUIT_ID,
	VXC_A_OAM_TIME,
	VXC_A_OAM_ADDRESS,
	VXC_A_OAM_TERMINAL,
	VXC_A_OAM_PEERING,
	VXC_A_OAM_PEERING_IFINDEX,
	VXC_A_OAM_REMOTE,

	__VXC_A_OAM_MAX,
	VXC_A_OAM_MAX = (__VXC_A_OAM_MAX - 1)
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
	VXC_A_PORT_SPEED,
	VXC_A_PORT_OVERSUBSCRIPTION,
	VXC_A_PORT_SPEED_NOW,
	VXC_A_PORT_SOLD,
	VXC_A_PORT_LOCAL,

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
	VXC_A_CLASS_PAD = 1,
	VXC_A_CLASS_CIRCUIT,
	VXC_A_CLASS_NAME,
	VXC_A_CLASS_DSCP,
	VXC_A_CLASS_FROM_PCP,
	VXC_A_CLASS_PCP,
	VXC_A_CLASS_CIR,
	VXC_A_CLASS_CBS,
	VXC_A_CLASS_EIR,
	VXC_A_CLASS_EBS,
	VXC_A_CLASS_SHARE,
	VXC_A_CLASS_COUPLING,

	__VXC_A_CLASS_MAX,
	VXC_A_CLASS_MAX = (__VXC_A_CLASS_MAX - 1)
};

enum {
	VXC_A_COLORS_PAD = 1,
	VXC_A_COLORS_CLASS,
	VXC_A_COLORS_RX_GREEN_PACKETS,
	VXC_A_COLORS_RX_GREEN_BYTES,
	VXC_A_COLORS_RX_YELLOW_PACKETS,
	VXC_A_COLORS_RX_YELLOW_BYTES,
	VXC_A_COLORS_RX_RED_PACKETS,
	VXC_A_COLORS_RX_RED_BYTES,
	VXC_A_COLORS_TX_GREEN_PACKETS,
	VXC_A_COLORS_TX_GREEN_BYTES,
	VXC_A_COLORS_TX_YELLOW_PACKETS,
	VXC_A_COLORS_TX_YELLOW_BYTES,
	VXC_A_COLORS_TX_RED_PACKETS,
	VXC_A_COLORS_TX_RED_BYTES,
	VXC_A_COLORS_RX_RATE,
	VXC_A_COLORS_TX_RATE,
	VXC_A_COLORS_RX_RATE_MINUTE,
	VXC_A_COLORS_TX_RATE_MINUTE,

	__VXC_A_COLORS_MAX,
	VXC_A_COLORS_MAX = (__VXC_A_COLORS_MAX - 1)
};

enum {
	VXC_A_LOAD_PAD = 1,
	VXC_A_LOAD_RX_PEAK,
	VXC_A_LOAD_TX_PEAK,
	VXC_A_LOAD_RX_WINDOWS,
	VXC_A_LOAD_TX_WINDOWS,

	__VXC_A_LOAD_MAX,
	VXC_A_LOAD_MAX = (__VXC_A_LOAD_MAX - 1)
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
	VXC_A_LEG_DRILL,
	VXC_A_LEG_FORCE,
	VXC_A_LEG_DRILL_LEFT,
	VXC_A_LEG_MEP,
	VXC_A_LEG_SOURCE,
	VXC_A_LEG_BURST,
	VXC_A_LEG_COLORS,
	VXC_A_LEG_LOAD,
	VXC_A_LEG_LEARNED,
	VXC_A_LEG_ALARM,

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
	VXC_A_CIRCUIT_SWITCH_END,
	VXC_A_CIRCUIT_ENDS,
	VXC_A_CIRCUIT_HOLD_OFF,
	VXC_A_CIRCUIT_ANNOUNCE_COUNT,
	VXC_A_CIRCUIT_ANNOUNCE_INTERVAL,
	VXC_A_CIRCUIT_SLA,
	VXC_A_CIRCUIT_MEP,
	VXC_A_CIRCUIT_APS,
	VXC_A_CIRCUIT_CVIDS,
	VXC_A_CIRCUIT_TRANSLATE,
	VXC_A_CIRCUIT_PCP,
	VXC_A_CIRCUIT_Z_PCP,
	VXC_A_CIRCUIT_UNICAST,
	VXC_A_CIRCUIT_MULTICAST,
	VXC_A_CIRCUIT_BROADCAST,
	VXC_A_CIRCUIT_L2CP,
	VXC_A_CIRCUIT_LOOP_GUARD,
	VXC_A_CIRCUIT_BANDWIDTH,
	VXC_A_CIRCUIT_BURST,
	VXC_A_CIRCUIT_TOLERANCE,
	VXC_A_CIRCUIT_OVERHEAD,
	VXC_A_CIRCUIT_BURST_TO,
	VXC_A_CIRCUIT_BURST_FOR,
	VXC_A_CIRCUIT_COLOR_MODE,
	VXC_A_CIRCUIT_UNLISTED,
	VXC_A_CIRCUIT_CLASSES,
	VXC_A_CIRCUIT_CLASS,
	VXC_A_CIRCUIT_YELLOW_PCP,
	VXC_A_CIRCUIT_YELLOW_DSCP,
	VXC_A_CIRCUIT_COUPLING,
	VXC_A_CIRCUIT_EGRESS,
	VXC_A_CIRCUIT_DROPS,
	VXC_A_CIRCUIT_DENIED,
	VXC_A_CIRCUIT_FASTPATH,
	VXC_A_CIRCUIT_HYGIENE,
	VXC_A_CIRCUIT_Z_HYGIENE,
	VXC_A_CIRCUIT_NEIGHBOUR_RATE,
	VXC_A_CIRCUIT_DEI,
	VXC_A_CIRCUIT_Z_DEI,
	VXC_A_CIRCUIT_AIS,
	VXC_A_CIRCUIT_AIS_LEVEL,
	VXC_A_CIRCUIT_ENVELOPE,
	VXC_A_CIRCUIT_CIR,
	VXC_A_CIRCUIT_CBS,
	VXC_A_CIRCUIT_RANK,

	__VXC_A_CIRCUIT_MAX,
	VXC_A_CIRCUIT_MAX = (__VXC_A_CIRCUIT_MAX - 1)
};

enum {
	VXC_A_CVIDS_FIRST = 1,
	VXC_A_CVIDS_LAST,

	__VXC_A_CVIDS_MAX,
	VXC_A_CVIDS_MAX = (__VXC_A_CVIDS_MAX - 1)
};

enum {
	VXC_A_TRANSLATE_CVID = 1,
	VXC_A_TRANSLATE_Z_CVID,

	__VXC_A_TRANSLATE_MAX,
	VXC_A_TRANSLATE_MAX = (__VXC_A_TRANSLATE_MAX - 1)
};

enum {
	VXC_A_L2CP_PROTOCOL = 1,
	VXC_A_L2CP_ACTION,

	__VXC_A_L2CP_MAX,
	VXC_A_L2CP_MAX = (__VXC_A_L2CP_MAX - 1)
};

enum {
	VXC_A_END_END = 1,
	VXC_A_END_ACTIVE,
	VXC_A_END_REQUEST,
	VXC_A_END_WTR_LEFT,
	VXC_A_END_SWITCHES,
	VXC_A_END_HOLD_LEFT,
	VXC_A_END_FAR_REQUEST,
	VXC_A_END_FAR_DECIDES,
	VXC_A_END_APS_DEFECT,

	__VXC_A_END_MAX,
	VXC_A_END_MAX = (__VXC_A_END_MAX - 1)
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
	VXC_A_PEERING_FAST_PACKETS,
	VXC_A_PEERING_URPF,
	VXC_A_PEERING_UP,
	VXC_A_PEERING_MEP,

	__VXC_A_PEERING_MAX,
	VXC_A_PEERING_MAX = (__VXC_A_PEERING_MAX - 1)
};

enum {
	VXC_A_SLA_TIME_PAD = 1,
	VXC_A_SLA_TIME_UP,
	VXC_A_SLA_TIME_DEGRADED,
	VXC_A_SLA_TIME_DOWN,
	VXC_A_SLA_TIME_PLANNED_DEGRADED,
	VXC_A_SLA_TIME_PLANNED_DOWN,
	VXC_A_SLA_TIME_OUTAGES,
	VXC_A_SLA_TIME_WORST,
	VXC_A_SLA_TIME_OUTAGE,
	VXC_A_SLA_TIME_AVAILABLE,
	VXC_A_SLA_TIME_UNAVAILABLE,
	VXC_A_SLA_TIME_HIGH_LOSS,
	VXC_A_SLA_TIME_HIGH_LOSS_RUNS,
	VXC_A_SLA_TIME_IS_UNAVAILABLE,
	VXC_A_SLA_TIME_AVAILABILITY_AGE,
	VXC_A_SLA_TIME_IS_MEASURED,

	__VXC_A_SLA_TIME_MAX,
	VXC_A_SLA_TIME_MAX = (__VXC_A_SLA_TIME_MAX - 1)
};

enum {
	VXC_A_SLA_LEG_END = 1,
	VXC_A_SLA_LEG_ROLE,
	VXC_A_SLA_LEG_TIME,

	__VXC_A_SLA_LEG_MAX,
	VXC_A_SLA_LEG_MAX = (__VXC_A_SLA_LEG_MAX - 1)
};

enum {
	VXC_A_SLA_EVENT_PAD = 1,
	VXC_A_SLA_EVENT_TIME,
	VXC_A_SLA_EVENT_KIND,
	VXC_A_SLA_EVENT_END,
	VXC_A_SLA_EVENT_ROLE,
	VXC_A_SLA_EVENT_STATE,
	VXC_A_SLA_EVENT_REASON,
	VXC_A_SLA_EVENT_REQUEST,

	__VXC_A_SLA_EVENT_MAX,
	VXC_A_SLA_EVENT_MAX = (__VXC_A_SLA_EVENT_MAX - 1)
};

enum {
	VXC_A_SLA_PAD = 1,
	VXC_A_SLA_CIRCUIT,
	VXC_A_SLA_BEGUN,
	VXC_A_SLA_STATE,
	VXC_A_SLA_FAILOVERS,
	VXC_A_SLA_TIME,
	VXC_A_SLA_LEG,
	VXC_A_SLA_EVENT,

	__VXC_A_SLA_MAX,
	VXC_A_SLA_MAX = (__VXC_A_SLA_MAX - 1)
};

enum {
	VXC_A_DENIED_PAD = 1,
	VXC_A_DENIED_REASON,
	VXC_A_DENIED_CIRCUIT,
	VXC_A_DENIED_IFINDEX,
	VXC_A_DENIED_PACKETS,
	VXC_A_DENIED_AGE,

	__VXC_A_DENIED_MAX,
	VXC_A_DENIED_MAX = (__VXC_A_DENIED_MAX - 1)
};

enum {
	VXC_A_PREFIX_IPV4 = 1,
	VXC_A_PREFIX_IPV6,
	VXC_A_PREFIX_LENGTH,

	__VXC_A_PREFIX_MAX,
	VXC_A_PREFIX_MAX = (__VXC_A_PREFIX_MAX - 1)
};

enum {
	VXC_A_REACH_PAD = 1,
	VXC_A_REACH_GROUP,
	VXC_A_REACH_CIRCUIT,
	VXC_A_REACH_KEY,
	VXC_A_REACH_EVERYTHING,
	VXC_A_REACH_PREFIX,
	VXC_A_REACH_DSCP,
	VXC_A_REACH_START,
	VXC_A_REACH_UNTIL,
	VXC_A_REACH_STATE,

	__VXC_A_REACH_MAX,
	VXC_A_REACH_MAX = (__VXC_A_REACH_MAX - 1)
};

enum {
	VXC_A_PAIR_PAD = 1,
	VXC_A_PAIR_GROUP,
	VXC_A_PAIR_FROM,
	VXC_A_PAIR_TO,
	VXC_A_PAIR_PACKETS,
	VXC_A_PAIR_BYTES,
	VXC_A_PAIR_DENIED,

	__VXC_A_PAIR_MAX,
	VXC_A_PAIR_MAX = (__VXC_A_PAIR_MAX - 1)
};

enum {
	VXC_A_ENVELOPE_PAD = 1,
	VXC_A_ENVELOPE_NAME,
	VXC_A_ENVELOPE_CIR,
	VXC_A_ENVELOPE_CBS,
	VXC_A_ENVELOPE_EIR,
	VXC_A_ENVELOPE_EBS,
	VXC_A_ENVELOPE_COUPLING,
	VXC_A_ENVELOPE_SOLD,
	VXC_A_ENVELOPE_CBS_NOW,
	VXC_A_ENVELOPE_EBS_NOW,
	VXC_A_ENVELOPE_CIRCUIT,

	__VXC_A_ENVELOPE_MAX,
	VXC_A_ENVELOPE_MAX = (__VXC_A_ENVELOPE_MAX - 1)
};

enum {
	VXC_A_OP_ACTION = 1,
	VXC_A_OP_PORT,
	VXC_A_OP_CIRCUIT,
	VXC_A_OP_LEG,
	VXC_A_OP_PEERING,
	VXC_A_OP_CLASS,
	VXC_A_OP_REACH,
	VXC_A_OP_ENVELOPE,

	__VXC_A_OP_MAX,
	VXC_A_OP_MAX = (__VXC_A_OP_MAX - 1)
};

enum {
	VXC_A_MSG_OP = 1,
	VXC_A_MSG_KIND,
	VXC_A_MSG_PORT,
	VXC_A_MSG_CIRCUIT,
	VXC_A_MSG_PEERING,
	VXC_A_MSG_SLA,
	VXC_A_MSG_RESET,
	VXC_A_MSG_OAM,
	VXC_A_MSG_REACH,
	VXC_A_MSG_PAIR,
	VXC_A_MSG_ENVELOPE,

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
	VXC_CMD_OAM_ASK,
	VXC_CMD_SLA_GET,
	VXC_CMD_REACH_GET,
	VXC_CMD_PAIR_GET,
	VXC_CMD_ENVELOPE_GET,

	__VXC_CMD_MAX,
	VXC_CMD_MAX = (__VXC_CMD_MAX - 1)
};

#define VXC_MCGRP_EVENTS	"events"

#endif /* _UAPI_LINUX_VXC_H */
