/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Private types. Who may touch what:
 *
 *  - Configuration is written and read under rtnl, and only inside a
 *    transaction (txn.c) or from the notifier.
 *  - The data path runs under RCU on objects compiled from the configuration
 *    (map.c): vxc_map and vxc_path. They are immutable once published, but
 *    for the pointers marked __rcu, which removal may clear in place.
 *  - Which legs frames are taken from is one word an end, union vxc_taken,
 *    written under the circuit's lock and read by the data path with
 *    READ_ONCE(): whole, or the byte that says which leg is active.
 *
 * Lock order: rtnl, then circuit->lock.
 */
#ifndef _VXC_H
#define _VXC_H

#include <linux/etherdevice.h>
#include <linux/if_vlan.h>
#include <linux/netdevice.h>
#include <linux/rtnetlink.h>
#include <linux/uuid.h>
#include <net/net_namespace.h>
#include <uapi/linux/vxc.h>

#include "alarm.h"
#include "aps.h"
#include "counters.h"
#include "envelope.h"
#include "hygiene.h"
#include "isolate.h"
#include "ledger.h"
#include "mep.h"
#include "qos.h"
#include "selector.h"
#include "service.h"
#include "sla.h"

#define VXC_KIND		"vxc"
#define VXC_VID_UNTAGGED	0		/* map index: no outer tag */
#define VXC_VID_ANY		VLAN_VID_MASK	/* map index: the whole port */
#define VXC_UNKNOWN		8		/* VIDs a port remembers */
#define VXC_ANNOUNCE_COUNT	3
#define VXC_ANNOUNCE_INTERVAL	300		/* ms */
#define VXC_MAX_PORTS		1024		/* per network namespace */
#define VXC_MAX_CIRCUITS	65536		/* per network namespace */
#define VXC_MAX_PEERINGS	65536		/* per network namespace */

struct vxc_port;
struct vxc_cross;
struct vxc_leg;
struct vxc_pdu_aps;
struct vxc_end;
struct vxc_circuit;
struct vxc_peering;
struct vxc_fast;
struct vxc_slots;
struct vxc_burst;

/**
 * struct vxc_net - what vxc keeps for a network namespace
 * @net: the namespace
 * @ports: ports, by struct vxc_port.list
 * @nports: their number
 * @circuits: circuits by id
 * @ncircuits: their number
 * @npeerings: number of peerings of all circuits
 * @gen: changes with every change, tells dumps that they are inconsistent
 * @sample: measures the rates while there are circuits
 * @isolate: watches the peerings' devices that are here
 * @reaches: struct vxc_reach.list
 * @nreaches: their number
 * @npairs: number of pairs of circuits in them
 * @envelopes: struct vxc_envelope.list
 * @nenvelopes: their number
 * @fast_hooks: fastpath.c has its hooks here
 */
struct vxc_net {
	struct net		*net;
	struct list_head	ports;
	unsigned int		nports;
	struct idr		circuits;
	unsigned int		ncircuits;
	unsigned int		npeerings;
	unsigned int		gen;
	struct delayed_work	sample;
	struct vxc_isolate	isolate;
	struct list_head	reaches;
	unsigned int		nreaches;
	unsigned int		npairs;
	struct list_head	envelopes;
	unsigned int		nenvelopes;
	bool			fast_hooks;
};

/**
 * struct vxc_path - one peering over one leg, all that a frame needs
 * @dev: the peering's device
 * @lower: the port's device
 * @active: the byte that says which leg carries the peering's traffic
 * @role: this path's leg; it carries traffic if *active is equal
 * @flags: VXC_PATH_*
 * @tags: bytes of the tags on the wire
 * @outer_proto: TPID of the tag handed over in vlan_tci, 0 if there is none
 * @outer_tci: its TCI
 * @inner_tci: TCI of the C-tag put into the frame below it
 * @stats: counters of the pair of peering and leg
 * @leg: the leg, for its drop counters
 * @qos: bandwidth and classes of the leg, or NULL
 * @fast: the peering's forwarding cache, or NULL
 * @rcu: for freeing
 */
struct vxc_path {
	struct net_device		*dev;
	struct net_device		*lower;
	const u8			*active;
	u8				role;
	u8				flags;
	u16				tags;
	__be16				outer_proto;
	u16				outer_tci;
	u16				inner_tci;
	struct vxc_pcpu_stats __percpu	*stats;
	struct vxc_leg			*leg;
	const struct vxc_qos		*qos;
	struct vxc_fast			*fast;
	struct rcu_head			rcu;
};

#define VXC_PATH_INNER		BIT(0)	/* push a C-tag into the frame */
#define VXC_PATH_PRIORITY	BIT(1)	/* PCP from and to skb->priority */
#define VXC_PATH_HYGIENE	BIT(2)	/* vxc_hygiene() looks at frames */
#define VXC_PATH_URPF		BIT(3)	/* so does vxc_urpf_permits() */
#define VXC_PATH_OAM		BIT(4)	/* a MEP stands on it */
#define VXC_PATH_SLOW		(VXC_PATH_PRIORITY | VXC_PATH_HYGIENE | \
				 VXC_PATH_URPF)

/* What one C-VID leads to. */
struct vxc_map_entry {
	u16				cvid;	/* 0: the entry is free */
	struct vxc_leg			*leg;
	struct vxc_path __rcu		*path;
};

/**
 * struct vxc_map - what the C-VIDs under one outer VID of a port lead to
 * @leg: leg that owns the outer VID; NULL if only C-VIDs under it are used
 * @untagged: path of frames without a C-tag
 * @plain: whatever the C-VID, the frame crosses from @leg
 * @staged: in the running transaction's list of compiled maps
 * @port: the port
 * @vid: its index there
 * @rcu: for freeing
 * @mask: number of entries, a power of two, minus 1
 * @entry: hash table with linear probing, never full
 */
struct vxc_map {
	struct vxc_leg			*leg;
	struct vxc_path __rcu		*untagged;
	union {
		struct list_head	staged;
		struct rcu_head		rcu;
	};
	struct vxc_port			*port;
	u16				vid;
	u16				mask;
	bool				plain;
	struct vxc_map_entry		entry[];
};

/* An outer VID that belongs to no leg. Guarded by the port's unknown_lock. */
struct vxc_unknown {
	__be16				tpid;
	u16				vid;
	u64				packets;
	u64				last;	/* ns */
};

/**
 * struct vxc_port - a lower Ethernet device
 * @rx_tpid: TPID the data path expects, network byte order
 * @rx_drop: the data path drops unmatched frames
 * @dev: the device, NULL while it is absent
 * @tracker: of the reference to @dev
 * @vn: network namespace
 * @name: the device's name, kept while it is absent
 * @tpid: configured TPID, host byte order
 * @unmatched: configured, enum vxc_unmatched
 * @speed: configured, in bit/s; 0: that of the device
 * @oversubscription: how much of it can be sold, in per cent; 0: any amount
 * @reason: why it is down, enum vxc_reason, as last announced
 * @nlegs: number of legs
 * @sold: what their circuits have bought, in bit/s
 * @list: in vxc_net.ports
 * @all_legs: legs, by struct vxc_leg.on_port
 * @legs: legs by outer VID
 * @dirty: outer VIDs whose map the running transaction must compile
 * @has_dirty: whether there are any
 * @local: what may reach the host, enum vxc_local
 * @stats: counters of frames that reach no leg
 * @unknown_lock: guards @unknown
 * @unknown: the last outer VIDs that belong to no leg
 * @rcu: for freeing
 * @map: maps by outer VID
 */
struct vxc_port {
	__be16				rx_tpid;
	bool				rx_drop;
	struct net_device		*dev;
	netdevice_tracker		tracker;
	struct vxc_net			*vn;
	char				name[IFNAMSIZ];
	u16				tpid;
	u8				unmatched;
	u64				speed;
	u32				oversubscription;
	u8				reason;
	u8				local;
	unsigned int			nlegs;
	u64				sold;
	struct list_head		list;
	struct list_head		all_legs;
	struct hlist_head		legs[256];
	DECLARE_BITMAP(dirty, VLAN_N_VID);
	bool				has_dirty;
	struct vxc_pcpu_drops __percpu	*stats;
	spinlock_t			unknown_lock;	/* guards unknown */
	struct vxc_unknown		unknown[VXC_UNKNOWN];
	struct rcu_head			rcu;
	struct vxc_map __rcu		*map[VLAN_N_VID];
};

/* Where a leg attaches. */
struct vxc_attach {
	struct vxc_port			*port;
	u8				match;	/* enum vxc_match */
	u16				svid;
	u16				cvid;
};

/**
 * struct vxc_leg - one attachment of a circuit
 * @circuit: the circuit
 * @end: the end of it that the leg belongs to
 * @role: enum vxc_role
 * @usable: @role while the leg is up, else VXC_NO_LEG; what pinned peerings
 *	follow. Written under the circuit's lock.
 * @reason: why it is down, enum vxc_reason. Written under the circuit's lock.
 * @lower: the same, but for a drill and what its MEP says; as all that follows
 *	up to @ledger under the circuit's lock
 * @oam: what its MEP says, enum vxc_reason
 * @degraded: it works, but loses too many frames
 * @drill_end: when a drill ends, in nanoseconds; 0: there is none
 * @ledger: how long it was up and down
 * @at: where it attaches
 * @point: where its MEP is
 * @oam_cfg: how the MEP is configured; NULL before the first time
 * @slot: in the port's legs by outer VID
 * @on_port: in the list of all the port's legs
 * @source: the one source address that it was given, or all zeros
 * @neighbour: the customer's device
 * @ais_tx: AIS sent, under the circuit's lock
 * @lck_tx: LCK sent, under the circuit's lock
 * @loop_until: when its loop is over, in nanoseconds; 0: there is none. Under
 *	the circuit's lock.
 * @cross: how frames cross from it; NULL if they do not
 * @next_cross: compiled while a transaction runs
 * @stats: counters of the frames that cross from it and to it
 * @drops: drop counters
 * @slots: where both are
 * @gone: counters of peerings that are gone
 * @rate: rates
 * @qos: bandwidth and classes in use, or NULL
 * @next_qos: compiled while a transaction runs; then what it replaced
 * @metered: what frames have spent; NULL until there is a bandwidth
 * @sold: its part of the port's @sold
 * @rcu: for freeing
 */
struct vxc_leg {
	struct vxc_circuit		*circuit;
	struct vxc_end			*end;
	u8				role;
	u8				usable;
	u8				reason;
	u8				lower;
	u8				oam;
	bool				degraded;
	u64				drill_end;
	struct vxc_ledger		ledger;
	struct vxc_attach		at;
	struct vxc_mep_point		point;
	struct vxc_mep_cfg		*oam_cfg;
	struct hlist_node		slot;
	struct list_head		on_port;
	u8				source[ETH_ALEN];
	struct vxc_neighbour		neighbour;
	u64				ais_tx;
	u64				lck_tx;
	u64				loop_until;
	struct vxc_cross __rcu		*cross;
	struct vxc_cross		*next_cross;
	struct vxc_pcpu_stats __percpu	*stats;
	struct vxc_pcpu_drops __percpu	*drops;
	struct vxc_slots		*slots;
	struct vxc_counters		gone;
	struct vxc_rate			rate;
	struct vxc_qos			*qos;
	struct vxc_qos			*next_qos;
	struct vxc_metered		*metered;
	u64				sold;
	struct rcu_head			rcu;
};

/* A free key and value of a circuit. */
struct vxc_metadata {
	struct list_head		list;
	char				*value;
	char				key[];
};

/**
 * union vxc_taken - the legs of an end whose frames are taken
 * @active: role of the active leg, or VXC_NO_LEG
 * @grace: role of another leg, for a moment: traffic was just moved away from
 *	it or may be about to return to it; or VXC_NO_LEG
 * @both: for one store and one load: between two of them a frame on either leg
 *	could find itself to be on neither
 */
union vxc_taken {
	struct {
		u8		active;
		u8		grace;
	};
	u16			both;
};

/**
 * struct vxc_end - one side of a circuit: up to two legs and their protection
 * @taken: the legs whose frames are taken
 * @last: the last leg that was active, or VXC_NO_LEG
 * @which: enum vxc_end
 * @switches: how often another leg became active
 * @grace_end: when the grace of @taken ends, in nanoseconds, or 0
 * @sel: protection
 * @judged: the legs that @sel knows, by role
 * @aps: what the ends tell each other
 * @alarm: what the end tells the customer, NULL if it never did
 * @timer: for all that the protection waits for
 * @leg: legs by role
 * @due: when the last frame of a limited class was due, see vxc_within_rate()
 * @circuit: the circuit, whose lock guards all this but @leg and @due
 */
struct vxc_end {
	union vxc_taken			taken;
	u8				last;
	u8				which;
	u32				switches;
	u64				grace_end;
	struct vxc_selector		sel;
	struct vxc_leg			*judged[VXC_LEGS];
	struct vxc_aps			aps;
	struct vxc_alarm_state		*alarm;
	struct hrtimer			timer;
	struct vxc_leg			*leg[VXC_LEGS];
	atomic64_t			due[VXC_CASTS];
	struct vxc_circuit		*circuit;
};

/* What is said of an end's protection. */
struct vxc_end_report {
	u8				active;
	u8				request;
	bool				ruled;
	bool				seen;	/* the far end was heard */
	u8				far;	/* its request */
	u32				defects;
	u32				switches;
	u32				wtr_left;	/* ms */
	u32				hold_left;	/* ms */
};

/**
 * struct vxc_circuit - the cross-connect
 * @end: the ends; peerings are at end A
 * @enabled: administratively up and provisioned. Written under @lock.
 * @fresh: made by the running transaction
 * @fastpath: peerings have a forwarding cache
 * @state: enum vxc_state. Written under @lock.
 * @lock: guards the selectors and all that follows from them
 * @since: when @state was entered, in nanoseconds
 * @sla: the record, under @lock
 * @notify: sends the events
 * @announce: tells the neighbours again
 * @events: VXC_PENDING_*, events that @notify has to send; under @lock
 * @announce_left: how often still; under rtnl
 * @admin: enum vxc_admin
 * @provisioning: enum vxc_provisioning
 * @refs: configuration, each peering, and the works while they are queued
 * @vn: network namespace; NULL once the circuit is gone
 * @id: number
 * @name: name
 * @key: service key
 * @nmetadata: number of @metadata
 * @description: free text, or NULL
 * @metadata: struct vxc_metadata
 * @revertive: traffic returns to the primary leg
 * @aps: the ends switch together
 * @ais_level: MEG level of AIS and LCK
 * @announce_count: how often neighbours are told of a switch
 * @wtr: wait to restore, in milliseconds
 * @hold_off: how long a failure must last to count, in milliseconds
 * @ais: time between two AIS or LCK, in milliseconds; 0: none are sent
 * @announce_interval: time between two times, in milliseconds
 * @npeerings: number of @peerings
 * @service: what becomes of frames that cross
 * @loop_id: by which it knows its probes
 * @qos: bandwidth and classes, or NULL
 * @burst: ends the time of a higher bandwidth; NULL before the first one
 * @peerings: struct vxc_peering.list; readers under RCU
 * @by_name: in the table of names
 * @by_key: in the table of keys
 * @dirty: in the running transaction's list of circuits to compile
 * @egress: where packets may go, enum vxc_egress
 * @reach: the circuits it has reach to
 * @reach_next: compiled while a transaction runs
 * @reach_dirty: in the running transaction's list of tables to compile
 * @members: struct vxc_member.on_circuit
 * @denials: what isolation has dropped; NULL before the first peering
 * @rcu: for freeing
 */
struct vxc_circuit {
	struct vxc_end			end[VXC_ENDS];
	bool				enabled;
	bool				fresh;
	bool				fastpath;
	u8				state;
	spinlock_t			lock;	/* guards the selectors */
	u64				since;
	struct vxc_sla			sla;
	struct work_struct		notify;
	struct delayed_work		announce;
	u8				events;
	u8				announce_left;
	u8				admin;
	u8				provisioning;
	refcount_t			refs;
	struct vxc_net			*vn;
	u32				id;
	char				name[VXC_NAME_MAX + 1];
	uuid_t				key;
	unsigned int			nmetadata;
	char				*description;
	struct list_head		metadata;
	u8				revertive;
	u8				aps;
	u8				ais_level;
	u8				announce_count;
	u32				wtr;
	u32				hold_off;
	u32				ais;
	u32				announce_interval;
	unsigned int			npeerings;
	struct vxc_service		service;
	u64				loop_id;
	struct vxc_qos_cfg		*qos;
	struct vxc_burst		*burst;
	struct list_head		peerings;
	struct hlist_node		by_name;
	struct hlist_node		by_key;
	struct list_head		dirty;
	u8				egress;
	struct vxc_reach_map __rcu	*reach;
	struct vxc_reach_map		*reach_next;
	struct list_head		reach_dirty;
	struct list_head		members;
	struct vxc_denials		*denials;
	struct rcu_head			rcu;
};

#define VXC_PENDING_STATE	BIT(0)
#define VXC_PENDING_SWITCHED	BIT(1)
#define VXC_PENDING_PEERING	BIT(2)
#define VXC_PENDING_PEERS	BIT(3)	/* neighbours of peerings */
#define VXC_PENDING_OAM		BIT(4)

/**
 * struct vxc_peering - private part of a peering's device
 * @active: the byte that says which leg to use: the circuit's, that of the
 *	leg the peering is pinned to, or vxc_no_leg when it has left its circuit
 * @path: paths by role; the last one is always NULL, for VXC_NO_LEG
 * @dev: the device
 * @circuit: the circuit, NULL before and after its time in one
 * @list: in the circuit's peerings
 * @cvid: C-VID, or 0
 * @role: leg it is pinned to, or VXC_NO_LEG if it is protected
 * @pcp_source: enum vxc_pcp_source
 * @pcp: PCP of both tags
 * @dei: DEI of both tags
 * @urpf: enum vxc_urpf
 * @dying: a transaction or the kernel is removing it
 * @changed: its carrier has changed and an event is due
 * @oam_changed: so have the defects of its MEPs
 * @mtu_given: @mtu was asked for, not the default
 * @mtu_follows: the MTU is being changed to follow the ports
 * @mtu: MTU that is wanted, and given where the ports allow
 * @next: paths compiled while a transaction runs
 * @fast: forwarding cache, or NULL
 * @stats: counters by role
 * @slots: where they are
 * @tags: bytes of the tags that the wire has and the device does not, by role
 * @rx_tags: of frames received when @tags was different, corrects for that
 * @tx_tags: of frames transmitted
 * @no_leg: frames dropped as no leg was up
 * @rate: rates
 * @isolate: what watches it, NULL where it could not be
 * @mep: its MEPs, or NULL
 * @local_any: its packets may reach everything on the host
 */
struct vxc_peering {
	const u8			*active;
	struct vxc_path __rcu		*path[VXC_LEGS + 1];
	struct net_device		*dev;
	struct vxc_circuit		*circuit;
	struct list_head		list;
	u16				cvid;
	u8				role;
	u8				pcp_source;
	u8				pcp;
	u8				dei;
	u8				urpf;
	bool				dying;
	bool				changed;
	bool				oam_changed;
	bool				mtu_given;
	bool				mtu_follows;
	u32				mtu;
	struct vxc_path			*next[VXC_LEGS];
	struct vxc_fast __rcu		*fast;
	struct vxc_pcpu_stats __percpu	*stats[VXC_LEGS];
	struct vxc_slots		*slots[VXC_LEGS];
	u16				tags[VXC_LEGS];
	s64				rx_tags;
	s64				tx_tags;
	atomic_long_t			no_leg;
	struct vxc_rate			rate;
	struct vxc_isolate		*isolate;
	struct vxc_peering_mep __rcu	*mep;
	bool				local_any;
};

/* All legs of a circuit, one a call, by end and role; @i starts at 0. */
static inline struct vxc_leg *vxc_next_leg(const struct vxc_circuit *circuit,
					   unsigned int *i)
{
	struct vxc_leg *leg = NULL;

	for (; !leg && *i < VXC_PLACES; ++*i)
		leg = circuit->end[*i / VXC_LEGS].leg[*i % VXC_LEGS];
	return leg;
}

/* Has the end any leg? Under rtnl. */
static inline bool vxc_end_used(const struct vxc_end *end)
{
	return end->leg[VXC_ROLE_PRIMARY] || end->leg[VXC_ROLE_SECONDARY];
}

#include "frame.h"
#include "calls.h"
#include "reach.h"

#endif /* _VXC_H */
