/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Changes to the configuration: what is asked for, and the transactions in
 * which it is made. All under rtnl.
 */
#ifndef _VXC_TXN_H
#define _VXC_TXN_H

#include "vxc.h"

struct vxc_txn;

/*
 * Configurations as plain structs: what netlink.c and rtnl.c make of
 * attributes. @given has a bit for each field that was given.
 */
struct vxc_port_cfg {
	u32				given;
	struct net_device		*dev;
	const char			*name;
	u16				tpid;
	u8				unmatched;
	bool				force;
};

#define VXC_PORT_TPID		BIT(0)
#define VXC_PORT_UNMATCHED	BIT(1)

struct vxc_leg_cfg {
	u32				given;
	u8				role;
	const char			*port;
	u8				match;
	u16				svid;
	u16				cvid;
};

#define VXC_LEG_ROLE		BIT(0)
#define VXC_LEG_PORT		BIT(1)
#define VXC_LEG_MATCH		BIT(2)
#define VXC_LEG_SVID		BIT(3)
#define VXC_LEG_CVID		BIT(4)

struct vxc_circuit_cfg {
	u32				given;
	u32				id;
	const char			*name;
	const char			*new_name;
	uuid_t				key;
	const char			*description;
	u8				admin;
	u8				provisioning;
	u8				revertive;
	u32				wtr;
	u8				cmd;
	u8				cmd_to;
	bool				force;
	bool				has_leg;
};

#define VXC_CIRCUIT_ID		BIT(0)
#define VXC_CIRCUIT_KEY		BIT(1)
#define VXC_CIRCUIT_ADMIN	BIT(2)
#define VXC_CIRCUIT_PROV	BIT(3)
#define VXC_CIRCUIT_REVERTIVE	BIT(4)
#define VXC_CIRCUIT_WTR		BIT(5)
#define VXC_CIRCUIT_SWITCH	BIT(6)
#define VXC_CIRCUIT_SWITCH_TO	BIT(7)

struct vxc_peering_cfg {
	u32				given;
	const char			*name;
	u16				cvid;	/* 0: untagged */
	u8				role;	/* VXC_NO_LEG: protected */
	u8				pcp_source;
	u8				pcp;
	u8				dei;
	u32				vrf;
	u32				mtu;
	u8				address[ETH_ALEN];
};

#define VXC_PEERING_CVID	BIT(0)
#define VXC_PEERING_ROLE	BIT(1)
#define VXC_PEERING_PCP_SOURCE	BIT(2)
#define VXC_PEERING_PCP		BIT(3)
#define VXC_PEERING_DEI		BIT(4)
#define VXC_PEERING_VRF		BIT(5)
#define VXC_PEERING_MTU		BIT(6)
#define VXC_PEERING_ADDRESS	BIT(7)

/**
 * struct vxc_change - one step of a transaction that can be taken back
 * @list: in the transaction
 * @commit: what is left to do when the transaction succeeds; cannot fail
 * @abort: how to take it back
 */
struct vxc_change {
	struct list_head		list;
	void (*commit)(struct vxc_txn *txn, struct vxc_change *change);
	void (*abort)(struct vxc_txn *txn, struct vxc_change *change);
};

/**
 * struct vxc_txn - a transaction, under rtnl from begin to end
 * @vn: network namespace
 * @skb: the request, to check who sent it; NULL for rtnetlink, which checks
 * @extack: where refusals go
 * @bad: the attribute at fault, by its number in the nest of the operation's
 *	object, or 0
 * @changes: the steps made so far, oldest first
 * @circuits: circuits to compile
 * @staged: maps compiled
 * @unregister: devices to unregister once the data path has let go of them
 */
struct vxc_txn {
	struct vxc_net			*vn;
	struct sk_buff			*skb;
	struct netlink_ext_ack		*extack;
	u16				bad;
	struct list_head		changes;
	struct list_head		circuits;
	struct list_head		staged;
	struct list_head		unregister;
};

/* main.c */
__printf(4, 5) int vxc_txn_refuse(struct vxc_txn *txn, u16 bad, int err,
				  const char *fmt, ...);

/* txn.c */
void vxc_txn_begin(struct vxc_txn *txn, struct vxc_net *vn,
		   struct sk_buff *skb, struct netlink_ext_ack *extack);
void *vxc_txn_record(struct vxc_txn *txn, size_t size,
		     void (*commit)(struct vxc_txn *, struct vxc_change *),
		     void (*abort)(struct vxc_txn *, struct vxc_change *));
void vxc_txn_touch(struct vxc_txn *txn, struct vxc_circuit *circuit);
int vxc_txn_end(struct vxc_txn *txn, int err);

/* map.c */
int vxc_map_compile(struct vxc_txn *txn);
void vxc_map_publish(struct vxc_txn *txn);
void vxc_map_discard(struct vxc_txn *txn);

/* attach.c */
int vxc_filter_tell(struct vxc_txn *txn, const struct vxc_attach *at,
		    u16 tpid);
int vxc_filter_untell(struct vxc_txn *txn, const struct vxc_attach *at,
		      u16 tpid);

/* port.c */
int vxc_port_add(struct vxc_txn *txn, const struct vxc_port_cfg *cfg);
int vxc_port_set(struct vxc_txn *txn, const struct vxc_port_cfg *cfg);
int vxc_port_del(struct vxc_txn *txn, const struct vxc_port_cfg *cfg);

/* circuit.c, circuit-set.c, metadata.c */
int vxc_circuit_check_name(struct vxc_txn *txn, const char *name);
int vxc_circuit_check_key(struct vxc_txn *txn, const uuid_t *key);
int vxc_circuit_check_wtr(struct vxc_txn *txn,
			  const struct vxc_circuit_cfg *cfg);
void vxc_circuit_identify(struct vxc_circuit *circuit, const char *name,
			  const uuid_t *key);
struct vxc_circuit *vxc_circuit_add(struct vxc_txn *txn,
				    const struct vxc_circuit_cfg *cfg);
int vxc_circuit_set(struct vxc_txn *txn, struct vxc_circuit *circuit,
		    const struct vxc_circuit_cfg *cfg);
int vxc_circuit_metadata(struct vxc_txn *txn, struct vxc_circuit *circuit,
			 const char *key, const char *value);
int vxc_circuit_check(struct vxc_txn *txn, struct vxc_circuit *circuit);
int vxc_circuit_del(struct vxc_txn *txn, struct vxc_circuit *circuit,
		    bool force);

/* leg.c */
int vxc_leg_check_peering(struct vxc_txn *txn, const struct vxc_leg *leg,
			  const struct vxc_peering *p);
int vxc_leg_add(struct vxc_txn *txn, struct vxc_circuit *circuit,
		const struct vxc_leg_cfg *cfg);
int vxc_leg_set(struct vxc_txn *txn, struct vxc_circuit *circuit,
		const struct vxc_leg_cfg *cfg);
int vxc_leg_del(struct vxc_txn *txn, struct vxc_circuit *circuit,
		const struct vxc_leg_cfg *cfg);

/* peering.c */
int vxc_peering_join(struct vxc_txn *txn, struct net_device *dev,
		     struct vxc_circuit *circuit,
		     const struct vxc_peering_cfg *cfg);
int vxc_peering_add(struct vxc_txn *txn, struct vxc_circuit *circuit,
		    const struct vxc_peering_cfg *cfg);
int vxc_peering_set(struct vxc_txn *txn, struct vxc_peering *p,
		    const struct vxc_peering_cfg *cfg);
int vxc_peering_del(struct vxc_txn *txn, struct vxc_peering *p);

#endif /* _VXC_TXN_H */
