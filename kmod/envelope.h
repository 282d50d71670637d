/* SPDX-License-Identifier: GPL-2.0 */
/* Envelopes: bandwidth that several circuits share. */
#ifndef _VXC_ENVELOPE_H
#define _VXC_ENVELOPE_H

#include <linux/types.h>
#include <uapi/linux/vxc.h>

#include "meter.h"
#include "qos.h"
#include "service.h"

#define VXC_MAX_ENVELOPES	1024		/* per network namespace */
#define VXC_RANKS		(VXC_RANK_MAX + 1)	/* from 0 */

struct netlink_ext_ack;
struct sk_buff;
struct vxc_circuit;
struct vxc_net;

/**
 * struct vxc_envelope_rates - what an envelope has
 * @cir: bit/s
 * @cbs: bytes; 0: the default
 * @eir: bit/s; 0: none
 * @ebs: bytes; 0: the default
 * @coupling: what finds the bucket of the CIR full goes into that of the EIR
 */
struct vxc_envelope_rates {
	u64				cir;
	u32				cbs;
	u64				eir;
	u32				ebs;
	bool				coupling;
};

/**
 * struct vxc_envelope_map - what the data path has of an envelope
 * @profile: by end of the circuits and direction
 * @keep: by rank and color, what frames beyond their CIR have to leave
 * @rcu: for freeing
 *
 * Immutable once published, but for the end of its time.
 */
struct vxc_envelope_map {
	struct vxc_profile		profile[VXC_ENDS][VXC_DIRS];
	u64				keep[VXC_RANKS][VXC_COLOR_RED];
	struct rcu_head			rcu;
};

/**
 * struct vxc_envelope - bandwidth that several circuits share
 * @list: in struct vxc_net.envelopes
 * @name: its name
 * @rates: configured
 * @parts: struct vxc_part.list
 * @nparts: their number
 * @sold: their CIRs, in bit/s
 * @map: readers under RCU
 * @line: tokens, by end and direction: CPUs share these words, and no lock
 * @rcu: for freeing
 *
 * All but @map and @line under rtnl.
 */
struct vxc_envelope {
	struct list_head		list;
	char				name[VXC_NAME_MAX + 1];
	struct vxc_envelope_rates	rates;
	struct list_head		parts;
	unsigned int			nparts;
	u64				sold;
	struct vxc_envelope_map __rcu	*map;
	struct vxc_spent_line		line[VXC_ENDS][VXC_DIRS];
	struct rcu_head			rcu;
};

/**
 * struct vxc_part_map - what the data path has of a circuit's part
 * @rank: its rank
 * @cir: its CIR, by end and direction, for all legs of the end together
 * @rcu: for freeing
 */
struct vxc_part_map {
	u8				rank;
	struct vxc_bucket		cir[VXC_ENDS][VXC_DIRS];
	struct rcu_head			rcu;
};

/**
 * struct vxc_part - a circuit's part of an envelope, while it is in it
 * @list: in struct vxc_envelope.parts
 * @circuit: the circuit
 * @envelope: the envelope
 * @sold: its part of the envelope's @sold
 * @map: readers under RCU
 * @next: compiled while a transaction runs; then what it replaced
 * @line: tokens of the CIR, green ones
 * @rcu: for freeing
 */
struct vxc_part {
	struct list_head		list;
	struct vxc_circuit		*circuit;
	struct vxc_envelope		*envelope;
	u64				sold;
	struct vxc_part_map __rcu	*map;
	struct vxc_part_map		*next;
	struct vxc_spent_line		line[VXC_ENDS][VXC_DIRS];
	struct rcu_head			rcu;
};

/* What is asked for, as attributes give it; bits of @given as below. */
struct vxc_envelope_cfg {
	u32				given;
	const char			*name;
	struct vxc_envelope_rates	rates;
};

#define VXC_ENVELOPE_CIR	BIT(0)
#define VXC_ENVELOPE_CBS	BIT(1)
#define VXC_ENVELOPE_EIR	BIT(2)
#define VXC_ENVELOPE_EBS	BIT(3)
#define VXC_ENVELOPE_COUPLING	BIT(4)

struct vxc_part_cfg {
	u32				given;
	const char			*envelope;	/* "": none */
	u64				cir;
	u32				cbs;
	u8				rank;
};

#define VXC_PART_ENVELOPE	BIT(0)
#define VXC_PART_CIR		BIT(1)
#define VXC_PART_CBS		BIT(2)
#define VXC_PART_RANK		BIT(3)

struct vxc_txn;

/* envelope.c */
struct vxc_envelope *vxc_envelope_find(struct vxc_net *vn, const char *name);
u32 vxc_envelope_cbs(const struct vxc_envelope_rates *rates);
u32 vxc_envelope_ebs(const struct vxc_envelope_rates *rates);
int vxc_envelope_add(struct vxc_txn *txn, const struct vxc_envelope_cfg *cfg);
int vxc_envelope_set(struct vxc_txn *txn, struct vxc_envelope *envelope,
		     const struct vxc_envelope_cfg *cfg);
int vxc_envelope_del(struct vxc_txn *txn, struct vxc_envelope *envelope);
void vxc_envelope_exit(struct vxc_net *vn);

/* part.c */
u8 vxc_part_meter(struct vxc_part *part, u8 end, int dir, u64 now, u32 len,
		  u8 color, bool due);
int vxc_part_set(struct vxc_txn *txn, struct vxc_circuit *circuit,
		 struct vxc_qos_cfg *cfg, const struct vxc_part_cfg *want);
int vxc_part_check(struct vxc_txn *txn, const struct vxc_circuit *circuit);
int vxc_part_leave(struct vxc_txn *txn, struct vxc_circuit *circuit);
void vxc_part_sell(const struct vxc_qos_cfg *cfg);
int vxc_part_compile(struct vxc_circuit *circuit);
void vxc_part_publish(struct vxc_circuit *circuit);
void vxc_part_discard(struct vxc_circuit *circuit);
void vxc_part_free(struct vxc_part *part);

/* netlink-envelope.c */
void vxc_nl_get_part(struct nlattr **tb, struct vxc_part_cfg *cfg);
int vxc_put_part(struct sk_buff *skb, const struct vxc_qos_cfg *cfg);
int vxc_nl_envelope_op(struct vxc_txn *txn, const struct nlattr *nest,
		       u32 action);
void vxc_event_envelope(struct vxc_net *vn, const struct vxc_envelope *e,
			u32 kind);

#endif /* _VXC_ENVELOPE_H */
