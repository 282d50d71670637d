/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Private types. Who may touch what:
 *
 *  - Configuration is written and read under rtnl, and only inside a
 *    transaction (txn.c) or from the notifier.
 *  - The data path runs under RCU on objects compiled from the configuration
 *    (map.c): vxc_map and vxc_path. They are immutable once published, but
 *    for the pointers marked __rcu, which removal may clear in place.
 *  - Which leg is active is one byte an end, guarded by the circuit's lock
 *    for writers and read by the data path with READ_ONCE().
 *
 * Lock order: rtnl, then circuit->lock.
 */
#ifndef _VXC_H
#define _VXC_H

#include <linux/etherdevice.h>
#include <linux/if_vlan.h>
#include <linux/netdevice.h>
#include <linux/rtnetlink.h>
#include <linux/u64_stats_sync.h>
#include <linux/uuid.h>
#include <net/net_namespace.h>
#include <uapi/linux/vxc.h>

#include "selector.h"

#define VXC_KIND		"vxc"
#define VXC_VID_UNTAGGED	0		/* map index: no outer tag */
#define VXC_VID_ANY		VLAN_VID_MASK	/* map index: the whole port */
#define VXC_TPID_9100		0x9100
#define VXC_DROPS		(VXC_DROP_PORT_GONE + 1)
#define VXC_UNKNOWN		8		/* VIDs a port remembers */
#define VXC_MAX_PORTS		1024		/* per network namespace */
#define VXC_MAX_CIRCUITS	65536		/* per network namespace */
#define VXC_MAX_PEERINGS	65536		/* per network namespace */

struct vxc_port;
struct vxc_leg;
struct vxc_circuit;
struct vxc_peering;

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
};

/* Counters of one direction pair; wire frames and wire bytes. */
struct vxc_counters {
	u64			rx_packets;
	u64			rx_bytes;
	u64			tx_packets;
	u64			tx_bytes;
};

struct vxc_pcpu_stats {
	u64_stats_t		rx_packets;
	u64_stats_t		rx_bytes;
	u64_stats_t		tx_packets;
	u64_stats_t		tx_bytes;
	struct u64_stats_sync	syncp;
};

struct vxc_pcpu_drops {
	u64_stats_t		drops[VXC_DROPS];
	u64_stats_t		passed;
	struct u64_stats_sync	syncp;
};

/* Rates over the last second, and where the counters stood then. */
struct vxc_rate {
	u64			rx_bytes;
	u64			tx_bytes;
	u64			rx_rate;	/* bit/s */
	u64			tx_rate;	/* bit/s */
	u64			time;		/* ns */
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
	struct rcu_head			rcu;
};

#define VXC_PATH_INNER		BIT(0)	/* push a C-tag into the frame */
#define VXC_PATH_PRIORITY	BIT(1)	/* PCP from and to skb->priority */

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
 * @reason: why it is down, enum vxc_reason, as last announced
 * @nlegs: number of legs
 * @list: in vxc_net.ports
 * @all_legs: legs, by struct vxc_leg.on_port
 * @legs: legs by outer VID
 * @dirty: outer VIDs whose map the running transaction must compile
 * @has_dirty: whether there are any
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
	u8				reason;
	unsigned int			nlegs;
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
 * @role: enum vxc_role
 * @usable: @role while the leg is up, else VXC_NO_LEG; what pinned peerings
 *	follow. Written under the circuit's lock.
 * @reason: why it is down, enum vxc_reason. Written under the circuit's lock.
 * @at: where it attaches
 * @slot: in the port's legs by outer VID
 * @on_port: in the list of all the port's legs
 * @drops: drop counters
 * @gone: counters of peerings that are gone
 * @rate: rates
 * @rcu: for freeing
 */
struct vxc_leg {
	struct vxc_circuit		*circuit;
	u8				role;
	u8				usable;
	u8				reason;
	struct vxc_attach		at;
	struct hlist_node		slot;
	struct list_head		on_port;
	struct vxc_pcpu_drops __percpu	*drops;
	struct vxc_counters		gone;
	struct vxc_rate			rate;
	struct rcu_head			rcu;
};

/* A free key and value of a circuit. */
struct vxc_metadata {
	struct list_head		list;
	char				*value;
	char				key[];
};

/**
 * struct vxc_circuit - the cross-connect
 * @active: role of the active leg, or VXC_NO_LEG
 * @enabled: administratively up and provisioned. Written under @lock.
 * @fresh: made by the running transaction
 * @last: the last leg that was active, or VXC_NO_LEG
 * @state: enum vxc_state. Written under @lock.
 * @events: VXC_PENDING_*, events that @notify has to send; under @lock
 * @lock: guards the selector and all that follows from it
 * @sel: protection
 * @timer: wait to restore
 * @since: when @state was entered, in nanoseconds
 * @switches: how often @active has changed
 * @notify: sends the events
 * @refs: configuration, each peering, and @notify while it is queued
 * @vn: network namespace; NULL once the circuit is gone
 * @id: number
 * @name: name
 * @key: service key
 * @description: free text, or NULL
 * @metadata: struct vxc_metadata
 * @nmetadata: their number
 * @admin: enum vxc_admin
 * @provisioning: enum vxc_provisioning
 * @revertive: traffic returns to the primary leg
 * @wtr: wait to restore, in milliseconds
 * @leg: legs by role
 * @peerings: struct vxc_peering.list; readers under RCU
 * @npeerings: their number
 * @by_name: in the table of names
 * @by_key: in the table of keys
 * @dirty: in the running transaction's list of circuits to compile
 * @rcu: for freeing
 */
struct vxc_circuit {
	u8				active;
	bool				enabled;
	bool				fresh;
	u8				last;
	u8				state;
	u8				events;
	spinlock_t			lock;	/* guards the selector */
	struct vxc_selector		sel;
	struct hrtimer			timer;
	u64				since;
	u32				switches;
	struct work_struct		notify;
	refcount_t			refs;
	struct vxc_net			*vn;
	u32				id;
	char				name[VXC_NAME_MAX + 1];
	uuid_t				key;
	char				*description;
	struct list_head		metadata;
	unsigned int			nmetadata;
	u8				admin;
	u8				provisioning;
	u8				revertive;
	u32				wtr;
	struct vxc_leg			*leg[VXC_LEGS];
	struct list_head		peerings;
	unsigned int			npeerings;
	struct hlist_node		by_name;
	struct hlist_node		by_key;
	struct list_head		dirty;
	struct rcu_head			rcu;
};

#define VXC_PENDING_STATE	BIT(0)
#define VXC_PENDING_SWITCHED	BIT(1)
#define VXC_PENDING_PEERING	BIT(2)

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
 * @dying: a transaction or the kernel is removing it
 * @changed: its carrier has changed and an event is due
 * @mtu_given: @mtu was asked for, not the default
 * @mtu_follows: the MTU is being changed to follow the ports
 * @mtu: MTU that is wanted, and given where the ports allow
 * @next: paths compiled while a transaction runs
 * @stats: counters by role
 * @tags: bytes of the tags that the wire has and the device does not, by role
 * @rx_tags: of frames received when @tags was different, corrects for that
 * @tx_tags: of frames transmitted
 * @no_leg: frames dropped as no leg was up
 * @rate: rates
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
	bool				dying;
	bool				changed;
	bool				mtu_given;
	bool				mtu_follows;
	u32				mtu;
	struct vxc_path			*next[VXC_LEGS];
	struct vxc_pcpu_stats __percpu	*stats[VXC_LEGS];
	u16				tags[VXC_LEGS];
	s64				rx_tags;
	s64				tx_tags;
	atomic_long_t			no_leg;
	struct vxc_rate			rate;
};

/* What a received frame is, found out once. */
struct vxc_frame {
	struct vxc_leg			*leg;
	struct vxc_path			*path;
	bool				stag;	/* an outer tag in the frame */
	bool				ctag;	/* a C-tag in the frame */
};

/* main.c */
extern struct workqueue_struct *vxc_wq;
struct vxc_net *vxc_net(const struct net *net);
__printf(3, 4) int vxc_refuse(struct netlink_ext_ack *extack, int err,
			      const char *fmt, ...);

/* map.c */
u16 vxc_attach_vid(const struct vxc_attach *at);
void vxc_map_touch(const struct vxc_attach *at);
void vxc_map_remove_peering(struct vxc_peering *p);
void vxc_map_remove_port(struct vxc_port *port);

/* attach.c */
bool vxc_is_port(const struct net_device *dev);
struct vxc_port *vxc_port_of(const struct net_device *dev);
int vxc_attach_device(struct vxc_port *port, struct net_device *dev,
		      struct netlink_ext_ack *extack);
void vxc_release_device(struct vxc_port *port);
void vxc_detach_device(struct vxc_port *port);
int vxc_attach_check_vlan(const struct vxc_attach *at, u16 tpid,
			  struct netlink_ext_ack *extack);
int vxc_stack_check(struct net_device *upper, struct net_device *lower,
		    struct netlink_ext_ack *extack);

/* port.c */
struct vxc_port *vxc_port_find(struct vxc_net *vn, const char *name);
void vxc_port_destroy(struct vxc_port *port);
u8 vxc_port_reason(const struct vxc_port *port);
void vxc_port_update(struct vxc_port *port);
void vxc_port_follow(struct vxc_port *port);
void vxc_port_unknown(struct vxc_port *port, __be16 tpid, u16 vid);

/* circuit.c, metadata.c */
struct vxc_circuit *vxc_circuit_find(struct vxc_net *vn, const char *name);
struct vxc_circuit *vxc_circuit_find_id(struct vxc_net *vn, u32 id);
void vxc_circuit_destroy(struct vxc_circuit *circuit, struct list_head *devs);
void vxc_circuit_exit(struct vxc_circuit *circuit, struct list_head *devs);
void vxc_circuit_put(struct vxc_circuit *circuit);
void vxc_metadata_free(struct vxc_circuit *circuit);

/* leg.c */
const char *vxc_role_name(u8 role);
const char *vxc_attach_name(const struct vxc_attach *at, char *buf, size_t len);
u16 vxc_attach_tags(const struct vxc_attach *at);
struct vxc_leg *vxc_leg_at(const struct vxc_port *port, u16 vid, u16 cvid);
void vxc_leg_take(struct vxc_leg *leg);
void vxc_leg_restore(struct vxc_leg *leg);
void vxc_leg_free(struct vxc_leg *leg);

/* peering.c */
extern const u8 vxc_no_leg;
struct vxc_peering *vxc_peering_find(struct vxc_net *vn, const char *name);
struct vxc_peering *vxc_peering_find_index(struct vxc_net *vn, int ifindex);
bool vxc_peering_on_leg(const struct vxc_peering *p, const struct vxc_leg *leg);
u32 vxc_peering_mtu_max(const struct vxc_peering *p);
void vxc_peering_follow(struct vxc_peering *p);
void vxc_peering_remove(struct vxc_peering *p, struct list_head *devs);

/* netdev.c */
bool vxc_is_peering(const struct net_device *dev);
void vxc_netdev_setup(struct net_device *dev);

/* stats.c */
void vxc_stats_add(struct vxc_counters *sum,
		   const struct vxc_pcpu_stats __percpu *stats);
u64 vxc_drops_sum(const struct vxc_pcpu_drops __percpu *stats, u8 reason);
u64 vxc_passed_sum(const struct vxc_pcpu_drops __percpu *stats);
void vxc_leg_counters(const struct vxc_leg *leg, struct vxc_counters *sum);
void vxc_peering_counters(const struct vxc_peering *p,
			  struct vxc_counters *sum);
void vxc_stats_retag(struct vxc_peering *p, u8 role, u16 tags);
void vxc_device_counters(const struct vxc_peering *p,
			 struct vxc_counters *sum);
void vxc_stats_fold(struct vxc_peering *p);
void vxc_stats_sample(struct work_struct *work);
void vxc_drop_add(struct vxc_pcpu_drops __percpu *stats, u8 reason);
void vxc_drop_skb(struct vxc_pcpu_drops __percpu *stats, u8 reason,
		  struct sk_buff *skb);
void vxc_stats_gso(const struct sk_buff *skb, u32 head, u32 *frames,
		   u32 *bytes);

/* rx.c */
rx_handler_result_t vxc_rx_handler(struct sk_buff **pskb);

/* tx.c */
netdev_tx_t vxc_xmit(struct sk_buff *skb, struct net_device *dev);

/* protect.c */
void vxc_protect_init(struct vxc_circuit *circuit);
void vxc_protect_exit(struct vxc_circuit *circuit);
void vxc_protect_update(struct vxc_circuit *circuit);
void vxc_protect_carrier(struct vxc_leg *leg);
void vxc_protect_command(struct vxc_circuit *circuit, u8 cmd, u8 role);
u32 vxc_protect_wtr_left(struct vxc_circuit *circuit);
bool vxc_peering_up(const struct vxc_peering *p);
u8 vxc_peering_reason(const struct vxc_peering *p);
u8 vxc_circuit_reason(const struct vxc_circuit *circuit);

/* notifier.c */
extern struct notifier_block vxc_notifier;

/* rtnl.c */
extern struct rtnl_link_ops vxc_link_ops;

/* netlink.c */
extern struct genl_family vxc_nl_family;
int vxc_nl_init(void);
void vxc_nl_exit(void);

/* netlink-op.c */
struct vxc_circuit *vxc_nl_circuit(struct vxc_net *vn,
				   const struct nlattr *name,
				   const struct nlattr *id,
				   struct netlink_ext_ack *extack);
struct vxc_peering *vxc_nl_peering(struct vxc_net *vn, struct nlattr **tb,
				   struct netlink_ext_ack *extack);

/* netlink-fill.c */
extern bool vxc_nl_events;
int vxc_fill_port(struct sk_buff *skb, struct vxc_port *port);
int vxc_fill_circuit(struct sk_buff *skb, struct vxc_circuit *circuit,
		     bool secret);
int vxc_fill_peering(struct sk_buff *skb, struct vxc_peering *p);
void vxc_event_port(struct vxc_port *port, u32 kind);
void vxc_event_circuit(struct vxc_circuit *circuit, u32 kind);
void vxc_event_peering(struct vxc_peering *p, u32 kind);

static inline bool vxc_is_tpid(__be16 proto)
{
	return proto == htons(ETH_P_8021Q) || proto == htons(ETH_P_8021AD) ||
	       proto == htons(VXC_TPID_9100);
}

#endif /* _VXC_H */
