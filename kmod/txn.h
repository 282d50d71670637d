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
	u64				speed;
	u32				oversubscription;
	bool				force;
	u8				local;
};

#define VXC_PORT_TPID		BIT(0)
#define VXC_PORT_UNMATCHED	BIT(1)
#define VXC_PORT_SPEED		BIT(2)
#define VXC_PORT_OVERSUB	BIT(3)
#define VXC_PORT_LOCAL		BIT(4)

/* What is asked of a leg's MEP; @bad is the attribute at fault, or 0. */
struct vxc_mep_req {
	u32				given;
	u16				bad;
	bool				off;
	struct vxc_mep_cfg		cfg;
};

#define VXC_MEP_CCM		BIT(0)
#define VXC_MEP_LEVEL		BIT(1)
#define VXC_MEP_ID		BIT(2)
#define VXC_MEP_REMOTE		BIT(3)
#define VXC_MEP_MA		BIT(4)
#define VXC_MEP_PCP		BIT(5)
#define VXC_MEP_DM		BIT(6)
#define VXC_MEP_SL		BIT(7)
#define VXC_MEP_SD		BIT(8)
#define VXC_MEP_SD_INTERVAL	BIT(9)
#define VXC_MEP_SD_RAISE	BIT(10)
#define VXC_MEP_SD_CLEAR	BIT(11)

struct vxc_leg_cfg {
	u32				given;
	u8				end;
	u8				role;
	const char			*port;
	u8				match;
	u16				svid;
	u16				cvid;
	u32				drill;
	bool				force;
	struct vxc_mep_req		*mep;	/* or NULL */
	u8				source[ETH_ALEN];
};

#define VXC_LEG_ROLE		BIT(0)
#define VXC_LEG_PORT		BIT(1)
#define VXC_LEG_MATCH		BIT(2)
#define VXC_LEG_SVID		BIT(3)
#define VXC_LEG_CVID		BIT(4)
#define VXC_LEG_DRILL		BIT(5)
#define VXC_LEG_SOURCE		BIT(6)

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
	u32				hold_off;
	u8				aps;
	u32				ais;
	u8				ais_level;
	u8				announce_count;
	u32				announce_interval;
	u8				cmd;
	u8				cmd_to;
	u8				cmd_end;
	u64				bandwidth;
	u32				burst;
	u8				tolerance;
	u8				overhead;
	u64				burst_to;
	u32				burst_for;
	u8				color_mode;
	u8				yellow_pcp;
	u64				yellow_dscp;
	u8				coupling;
	u8				unlisted;
	u8				classes;
	u8				fastpath;
	bool				force;
	bool				has_leg;
	u8				egress;
	struct vxc_part_cfg		part;
};

#define VXC_CIRCUIT_ID		BIT(0)
#define VXC_CIRCUIT_KEY		BIT(1)
#define VXC_CIRCUIT_ADMIN	BIT(2)
#define VXC_CIRCUIT_PROV	BIT(3)
#define VXC_CIRCUIT_REVERTIVE	BIT(4)
#define VXC_CIRCUIT_WTR		BIT(5)
#define VXC_CIRCUIT_SWITCH	BIT(6)
#define VXC_CIRCUIT_SWITCH_TO	BIT(7)
#define VXC_CIRCUIT_SWITCH_END	BIT(8)
#define VXC_CIRCUIT_HOLD_OFF	BIT(9)
#define VXC_CIRCUIT_ANN_COUNT	BIT(10)
#define VXC_CIRCUIT_ANN_TIME	BIT(11)
#define VXC_CIRCUIT_APS		BIT(12)
#define VXC_CIRCUIT_EGRESS	BIT(13)
#define VXC_CIRCUIT_BANDWIDTH	BIT(16)
#define VXC_CIRCUIT_BURST	BIT(17)
#define VXC_CIRCUIT_TOLERANCE	BIT(18)
#define VXC_CIRCUIT_OVERHEAD	BIT(19)
#define VXC_CIRCUIT_BURST_TO	BIT(20)
#define VXC_CIRCUIT_BURST_FOR	BIT(21)
#define VXC_CIRCUIT_COLOR_MODE	BIT(22)
#define VXC_CIRCUIT_UNLISTED	BIT(23)
#define VXC_CIRCUIT_CLASSES	BIT(24)
#define VXC_CIRCUIT_YELLOW_PCP	BIT(25)
#define VXC_CIRCUIT_YELLOW_DSCP	BIT(26)
#define VXC_CIRCUIT_COUPLING	BIT(27)
#define VXC_CIRCUIT_FASTPATH	BIT(28)
#define VXC_CIRCUIT_AIS		BIT(29)
#define VXC_CIRCUIT_AIS_LEVEL	BIT(30)
#define VXC_CIRCUIT_QOS		GENMASK(27, 16)

struct vxc_class_cfg {
	u32				given;
	const char			*name;
	struct vxc_class		class;	/* but for its name */
};

#define VXC_CLASS_DSCP		BIT(0)
#define VXC_CLASS_FROM_PCP	BIT(1)
#define VXC_CLASS_PCP		BIT(2)
#define VXC_CLASS_CIR		BIT(3)
#define VXC_CLASS_SHARE		BIT(4)
#define VXC_CLASS_CBS		BIT(5)
#define VXC_CLASS_EIR		BIT(6)
#define VXC_CLASS_EBS		BIT(7)
#define VXC_CLASS_COUPLING	BIT(8)

struct vxc_service_cfg {
	u32				given;
	u32				pcp[VXC_ENDS];
	u32				rate[VXC_CASTS];
	u32				l2cp_given;
	u8				l2cp[VXC_L2CPS];
	u32				dei[VXC_ENDS];
	u32				hygiene[VXC_ENDS];
	u32				neighbour_rate;
	u8				loop_guard;
	struct vxc_cvids		*cvids;
};

#define VXC_SERVICE_PCP(end)	BIT(end)
#define VXC_SERVICE_RATE(cast)	BIT(4 + (cast))
#define VXC_SERVICE_GUARD	BIT(8)
#define VXC_SERVICE_CVIDS	BIT(9)
#define VXC_SERVICE_TRANSLATE	BIT(10)
#define VXC_SERVICE_DEI(end)	BIT(11 + (end))
#define VXC_SERVICE_HYGIENE(end)	BIT(13 + (end))
#define VXC_SERVICE_NEIGHBOURS	BIT(15)

struct vxc_peering_cfg {
	u32				given;
	const char			*name;
	u16				cvid;	/* 0: untagged */
	u8				role;	/* VXC_NO_LEG: protected */
	u8				pcp_source;
	u8				pcp;
	u8				dei;
	u8				urpf;
	bool				up;
	u32				vrf;
	u32				mtu;
	u8				address[ETH_ALEN];
	struct vxc_mep_req		*mep;	/* or NULL */
};

#define VXC_PEERING_CVID	BIT(0)
#define VXC_PEERING_ROLE	BIT(1)
#define VXC_PEERING_PCP_SOURCE	BIT(2)
#define VXC_PEERING_PCP		BIT(3)
#define VXC_PEERING_DEI		BIT(4)
#define VXC_PEERING_VRF		BIT(5)
#define VXC_PEERING_MTU		BIT(6)
#define VXC_PEERING_ADDRESS	BIT(7)
#define VXC_PEERING_URPF	BIT(8)

struct vxc_reach_cfg {
	u32				given;
	const char			*group;
	uuid_t				key;
	u64				dscp;
	u64				start;
	u64				until;
	unsigned int			ncircuits;
	u16				nprefixes;
	struct vxc_circuit		*circuit[VXC_GROUP_MAX];
	struct vxc_prefix		prefix[VXC_PREFIXES_MAX];
};

#define VXC_REACH_KEY		BIT(0)
#define VXC_REACH_EVERYTHING	BIT(1)
#define VXC_REACH_PREFIX	BIT(2)
#define VXC_REACH_DSCP		BIT(3)
#define VXC_REACH_START		BIT(4)
#define VXC_REACH_UNTIL		BIT(5)
#define VXC_REACH_SCOPE		(VXC_REACH_EVERYTHING | VXC_REACH_PREFIX | \
				 VXC_REACH_DSCP | VXC_REACH_START | \
				 VXC_REACH_UNTIL)

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
 * @reaches: circuits whose table of reach must be compiled
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
	struct list_head		reaches;
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
int vxc_circuit_check_times(struct vxc_txn *txn,
			    const struct vxc_circuit_cfg *cfg);
int vxc_circuit_set_protection(struct vxc_circuit *circuit,
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

/* leg.c, leg-check.c */
int vxc_leg_check(struct vxc_txn *txn, const struct vxc_leg *leg);
int vxc_leg_check_peering(struct vxc_txn *txn, const struct vxc_leg *leg,
			  const struct vxc_peering *p);
struct vxc_leg *vxc_leg_get(struct vxc_txn *txn, struct vxc_circuit *circuit,
			    const struct vxc_leg_cfg *cfg);
int vxc_leg_add(struct vxc_txn *txn, struct vxc_circuit *circuit,
		const struct vxc_leg_cfg *cfg);
int vxc_leg_set(struct vxc_txn *txn, struct vxc_circuit *circuit,
		const struct vxc_leg_cfg *cfg);
int vxc_leg_del(struct vxc_txn *txn, struct vxc_circuit *circuit,
		const struct vxc_leg_cfg *cfg);

/* drill.c */
int vxc_leg_drill(struct vxc_txn *txn, struct vxc_circuit *circuit,
		  const struct vxc_leg_cfg *cfg);

/* netlink-sla.c */
int vxc_nl_sla_add(struct vxc_txn *txn, struct vxc_circuit *circuit,
		   const struct nlattr *nest);

/* mep-config.c */
int vxc_mep_set(struct vxc_txn *txn, struct vxc_leg *leg,
		struct vxc_mep_req *req);

/* peering-mep.c */
int vxc_peering_mep_set(struct vxc_txn *txn, struct vxc_peering *p,
			struct vxc_mep_req *req);

/* netlink-oam.c */
int vxc_nl_mep(struct vxc_txn *txn, const struct nlattr *nest,
	       struct nlattr **tb, struct vxc_mep_req *req,
	       struct vxc_mep_req **given);
int vxc_nl_all_meps(struct vxc_txn *txn, struct vxc_circuit *circuit,
		    const struct nlattr *nest);
void vxc_nl_mep_blame(struct vxc_txn *txn, struct nlattr **tb,
		      const struct vxc_mep_req *req);

/* cvids.c, service.c, netlink-cross.c */
int vxc_cvids_translate(struct vxc_txn *txn, struct vxc_cvids *c,
			const struct vxc_cvid_pair *pair);
int vxc_service_set(struct vxc_txn *txn, struct vxc_circuit *circuit,
		    const struct vxc_service_cfg *cfg);
int vxc_nl_service(struct vxc_txn *txn, struct vxc_circuit *circuit,
		   struct nlattr **tb, const struct nlattr *nest);

/* peering.c */
int vxc_peering_join(struct vxc_txn *txn, struct net_device *dev,
		     struct vxc_circuit *circuit,
		     const struct vxc_peering_cfg *cfg);
int vxc_peering_add(struct vxc_txn *txn, struct vxc_circuit *circuit,
		    const struct vxc_peering_cfg *cfg);
int vxc_peering_set(struct vxc_txn *txn, struct vxc_peering *p,
		    const struct vxc_peering_cfg *cfg);
int vxc_peering_del(struct vxc_txn *txn, struct vxc_peering *p);

/* netlink-op.c */
int vxc_nl_parse(struct nlattr **tb, int max, const struct nlattr *nest,
		 const struct nla_policy *policy, const u8 *read_only,
		 struct netlink_ext_ack *extack);
int vxc_nl_blame(struct vxc_txn *txn, struct nlattr **tb, int max, int err);

/* netlink-peering.c */
int vxc_nl_peering_op(struct vxc_txn *txn, const struct nlattr *nest,
		      u32 action);

/* netlink-qos.c */
void vxc_nl_get_port_qos(struct nlattr **tb, struct vxc_port_cfg *cfg);
void vxc_nl_get_qos(struct nlattr **tb, struct vxc_circuit_cfg *cfg);
int vxc_nl_class_op(struct vxc_txn *txn, const struct nlattr *nest, u32 action);

/* netlink-protect.c */
void vxc_nl_get_protection(struct nlattr **tb, struct vxc_circuit_cfg *cfg);

/* qos-set.c */
struct vxc_qos_cfg *vxc_qos_change(struct vxc_txn *txn,
				   struct vxc_circuit *circuit, bool tell);
int vxc_qos_check(struct vxc_txn *txn, struct vxc_circuit *circuit);
int vxc_qos_check_part(struct vxc_txn *txn, struct vxc_circuit *circuit,
		       u16 bad);
int vxc_qos_set(struct vxc_txn *txn, struct vxc_circuit *circuit,
		const struct vxc_circuit_cfg *want);

/* qos-admit.c */
int vxc_port_check_speed(struct vxc_txn *txn, const struct vxc_port_cfg *cfg);
int vxc_port_admit(struct vxc_txn *txn, const struct vxc_port *port, u16 bad);
int vxc_qos_admit(struct vxc_txn *txn, const struct vxc_circuit *circuit,
		  u16 bad);

/* qos-class.c */
void vxc_class_preset(struct vxc_qos_cfg *cfg, u8 classes);
int vxc_class_add(struct vxc_txn *txn, struct vxc_circuit *circuit,
		  const struct vxc_class_cfg *want);
int vxc_class_set(struct vxc_txn *txn, struct vxc_circuit *circuit,
		  const struct vxc_class_cfg *want);
int vxc_class_del(struct vxc_txn *txn, struct vxc_circuit *circuit,
		  const struct vxc_class_cfg *want);

/*
 * Take an entry off a list, and put it back in its place: whatever happened to
 * the list in between must have been taken back before.
 */
static inline void vxc_list_hide(struct list_head *entry)
{
	__list_del_entry(entry);
}

static inline void vxc_list_show(struct list_head *entry)
{
	list_add(entry, entry->prev);
}

/* member.c */
struct vxc_member *vxc_member_of(const struct vxc_reach *reach,
				 const struct vxc_circuit *circuit);
void vxc_members_touch(struct vxc_txn *txn, struct vxc_reach *reach);
int vxc_member_join(struct vxc_txn *txn, struct vxc_reach *reach,
		    struct vxc_circuit *circuit);
int vxc_member_leave(struct vxc_txn *txn, struct vxc_member *m);
void vxc_members_free(struct vxc_net *vn, struct vxc_reach *reach);

/* reach.c */
struct vxc_reach *vxc_reach_find(struct vxc_net *vn,
				 const struct vxc_reach_cfg *cfg,
				 struct netlink_ext_ack *extack);
int vxc_reach_add(struct vxc_txn *txn, const struct vxc_reach_cfg *cfg);
int vxc_reach_set(struct vxc_txn *txn, struct vxc_reach *reach,
		  const struct vxc_reach_cfg *cfg);
int vxc_reach_del(struct vxc_txn *txn, struct vxc_reach *reach,
		  const struct vxc_reach_cfg *cfg);
int vxc_reach_leave(struct vxc_txn *txn, struct vxc_circuit *circuit);

/* reach-map.c */
void vxc_reach_touch(struct vxc_txn *txn, struct vxc_circuit *circuit);
int vxc_reach_compile(struct vxc_txn *txn);
void vxc_reach_publish(struct vxc_txn *txn);
void vxc_reach_discard(struct vxc_txn *txn);

/* netlink-reach.c */
int vxc_nl_reach_op(struct vxc_txn *txn, const struct nlattr *nest,
		    u32 action);

#endif /* _VXC_TXN_H */
