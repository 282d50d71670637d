/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Bandwidth and classes of a circuit: the configuration, what a transaction
 * compiles it to for each leg, and what outlives that.
 */
#ifndef _VXC_QOS_H
#define _VXC_QOS_H

#include <linux/cache.h>
#include <linux/u64_stats_sync.h>
#include <uapi/linux/vxc.h>

#include "meter.h"

#define VXC_DSCPS	64
#define VXC_PCPS	8
#define VXC_DSCP_KEEP	0xff

enum {
	VXC_DIR_RX,
	VXC_DIR_TX,
	VXC_DIRS
};

/**
 * struct vxc_class - a class of service
 * @name: its name
 * @dscp: DSCPs of its frames, a bit each
 * @from_pcp: PCPs of its frames that have no DSCP, or none that any class has
 * @pcp: PCP of its frames on the wire, and their skb->priority
 * @share: CIR in per cent of the bandwidth; 0: @cir
 * @cir: CIR in bit/s; 0: none
 * @cbs: CBS in bytes; 0: the default
 * @eir: EIR in bit/s; 0: as much as the circuit has
 * @ebs: EBS in bytes; 0: the default
 * @coupling: green tokens that nobody takes become yellow ones of the class
 */
struct vxc_class {
	char				name[VXC_CLASS_NAME_MAX + 1];
	u64				dscp;
	u8				from_pcp;
	u8				pcp;
	u8				share;
	u64				cir;
	u32				cbs;
	u64				eir;
	u32				ebs;
	bool				coupling;
};

/**
 * struct vxc_qos_cfg - configuration; a change makes a new one
 * @bandwidth: bit/s in each direction of each leg; 0: no limit
 * @burst: bytes; 0: the default
 * @burst_to: bandwidth until @burst_end, or 0
 * @burst_end: in nanoseconds of the monotonic clock
 * @tolerance: per cent of @bandwidth that pass above it, as yellow
 * @overhead: bytes charged for a frame beyond those from address to payload
 * @color_mode: enum vxc_color_mode
 * @yellow_pcp: PCPs of frames that come yellow, a bit each
 * @yellow_dscp: DSCPs of such frames
 * @coupling: tokens that find the bucket of the bandwidth full go into that of
 *	the tolerance
 * @unlisted: enum vxc_unlisted
 * @nclasses: number of classes; a frame no other wants is in the first
 * @part: its part of an envelope, or NULL
 * @cir: its CIR there, in bit/s
 * @cbs: CBS in bytes; 0: the default
 * @rank: its rank there
 * @class: classes, by rank
 */
struct vxc_qos_cfg {
	u64				bandwidth;
	u32				burst;
	u64				burst_to;
	u64				burst_end;
	u8				tolerance;
	u8				overhead;
	u8				color_mode;
	u8				yellow_pcp;
	u64				yellow_dscp;
	bool				coupling;
	u8				unlisted;
	u8				nclasses;
	struct vxc_part			*part;
	u64				cir;
	u32				cbs;
	u8				rank;
	struct vxc_class		class[VXC_CLASSES_MAX];
};

/* Counters by direction and color, in the order of their attributes. */
#define VXC_COLOR_PACKETS(dir, color)	(((dir) * VXC_COLORS + (color)) * 2)
#define VXC_COLOR_BYTES(dir, color)	(VXC_COLOR_PACKETS(dir, color) + 1)
#define VXC_COLOR_COUNTERS		VXC_COLOR_PACKETS(VXC_DIRS, 0)

struct vxc_pcpu_colors {
	u64_stats_t			n[VXC_COLOR_COUNTERS];
	struct u64_stats_sync		syncp;
};

#define VXC_MINUTE_STEP		(5ULL * NSEC_PER_SEC)
#define VXC_MINUTE_STEPS	12

/**
 * struct vxc_passed - what has passed until a time, by direction
 * @time: in nanoseconds; 0: never
 * @bytes: green and yellow ones
 */
struct vxc_passed {
	u64				time;
	u64				bytes[VXC_DIRS];
};

/**
 * struct vxc_class_past - what rates are reckoned from; under rtnl
 * @last: as of the last sample, a second ago
 * @samples: each 5 seconds older than the one before, from @next - 1 down
 * @next: where the next one goes
 */
struct vxc_class_past {
	struct vxc_passed		last;
	struct vxc_passed		samples[VXC_MINUTE_STEPS];
	u8				next;
};

/*
 * Words that all CPUs write for each frame are in a cache line with nothing
 * that they only read, and none of the other direction, which may have other
 * CPUs.
 */
struct vxc_spent_line {
	struct vxc_spent		spent;
} ____cacheline_aligned;

/**
 * struct vxc_class_dir - one direction of a class
 * @spent: words of its bandwidth profile
 * @second: rate of what passes over the last second, in bit/s; under rtnl
 * @minute: rate over the last 60 seconds
 */
struct vxc_class_dir {
	struct vxc_spent		spent;
	u64				second;
	u64				minute;
} ____cacheline_aligned;

/**
 * struct vxc_class_state - what outlives changes of a class
 * @list: in struct vxc_metered.classes
 * @name: its name; empty where the circuit has no classes
 * @colors: counters
 * @past: what has passed
 * @dir: what is of one direction
 */
struct vxc_class_state {
	struct list_head		list;
	char				name[VXC_CLASS_NAME_MAX + 1];
	struct vxc_pcpu_colors __percpu	*colors;
	struct vxc_class_past		past;
	struct vxc_class_dir		dir[VXC_DIRS];
};

/**
 * struct vxc_metered_dir - what frames of a direction spend
 * @spent: words of the circuit's bandwidth
 * @load: how uneven what comes is, also what is dropped
 *
 * A frame writes the first of two cache lines, the end of a window the other.
 */
struct vxc_metered_dir {
	struct vxc_spent		spent;
	struct vxc_load			load;
} ____cacheline_aligned;

/**
 * struct vxc_metered - what frames of a leg have spent, and their number
 * @classes: struct vxc_class_state, also of classes that are gone: the
 *	counters go on when they come back
 * @nclasses: their number
 * @dir: by direction
 */
struct vxc_metered {
	struct list_head		classes;
	unsigned int			nclasses;
	struct vxc_metered_dir		dir[VXC_DIRS];
};

/**
 * struct vxc_flow - a class, or all that the circuit carries
 * @state: words and counters
 * @colors: the counters
 * @keep: what its yellow frames leave to those of higher rank
 * @profile: bandwidth profile, by direction, with VXC_QOS_PROFILES
 * @tci: PCP of its frames
 * @priority: the same, for skb->priority
 */
struct vxc_flow {
	struct vxc_class_state		*state;
	struct vxc_pcpu_colors __percpu	*colors;
	u64				keep;
	struct vxc_profile		profile[VXC_DIRS];
	u16				tci;
	u32				priority;
};

/**
 * struct vxc_qos - bandwidth and classes of a leg, all that a frame needs
 * @metered: words of the circuit
 * @circuit: bandwidth of the circuit, by direction; with VXC_QOS_PROFILES its
 *	green bucket is what the classes share
 * @flags: VXC_QOS_*
 * @nclasses: number of classes, 1 if there are none
 * @overhead: bytes to charge for a frame beyond its own
 * @yellow_pcp: PCPs of frames that come yellow, with VXC_QOS_AWARE
 * @end: the end that the leg is of
 * @yellow_dscp: DSCPs of such frames, with VXC_QOS_YELLOW_DSCP
 * @class: class by DSCP
 * @class_pcp: class by PCP
 * @dscp: DSCP to write, by DSCP
 * @part: the circuit's part of an envelope, with VXC_QOS_ENVELOPE
 * @rcu: for freeing
 * @flow: the classes
 */
struct vxc_qos {
	struct vxc_metered		*metered;
	struct vxc_profile		circuit[VXC_DIRS];
	u16				flags;
	u8				nclasses;
	u8				overhead;
	u8				yellow_pcp;
	u8				end;
	u64				yellow_dscp;
	u8				class[VXC_DSCPS];
	u8				class_pcp[VXC_PCPS];
	u8				dscp[VXC_DSCPS];
	struct vxc_part			*part;
	struct rcu_head			rcu;
	struct vxc_flow			flow[];
};

#define VXC_QOS_METER		BIT(0)	/* there is a bandwidth */
#define VXC_QOS_PROFILES	BIT(1)	/* classes have profiles */
#define VXC_QOS_CLASSES		BIT(2)	/* there are classes */
#define VXC_QOS_BY_DSCP		BIT(3)	/* a class has DSCPs */
#define VXC_QOS_REWRITE		BIT(4)	/* a DSCP may have to be written */
#define VXC_QOS_AWARE		BIT(5)	/* DEI and PCP can make it yellow */
#define VXC_QOS_YELLOW_DSCP	BIT(6)	/* so can its DSCP */
#define VXC_QOS_ENVELOPE	BIT(7)	/* the circuit is in an envelope */
#define VXC_QOS_QUICK		BIT(8)	/* a green frame needs but its tokens */

/* What a packet is on the wire. By value it takes one register. */
struct vxc_wire {
	u32				frames;
	u32				bytes;
};

#define VXC_CLASS_STATES	64	/* names of classes that a leg counts */

struct vxc_circuit;
struct vxc_leg;
struct vxc_part;
struct vxc_port;

/* qos.c */
int vxc_skip_tags(const struct sk_buff *skb, int offset, __be16 *proto);
u8 vxc_qos_rx(const struct vxc_qos *q, struct sk_buff *skb, u16 tci,
	      u32 frames, u32 bytes);
int vxc_qos_cross(const struct vxc_qos *in, const struct vxc_qos *out,
		  struct sk_buff *skb, u16 tci, struct vxc_wire came,
		  struct vxc_wire leaves);
int vxc_qos_tx(const struct vxc_qos *q, struct sk_buff *skb, u32 frames,
	       u32 bytes, u16 tci);

/* qos-compile.c */
u64 vxc_qos_bandwidth(const struct vxc_qos_cfg *cfg);
u64 vxc_rate_burst(u64 bps);
u32 vxc_default_burst(const struct vxc_leg *leg, u64 bps);
u32 vxc_qos_burst(const struct vxc_leg *leg);
int vxc_qos_compile(struct vxc_leg *leg, struct netlink_ext_ack *extack);
void vxc_qos_publish(struct vxc_leg *leg);
void vxc_qos_discard(struct vxc_leg *leg);
void vxc_qos_free(struct vxc_leg *leg);
u64 vxc_class_cir(const struct vxc_qos_cfg *cfg,
		  const struct vxc_class *class);
struct vxc_class_state *vxc_class_find(struct vxc_metered *m,
				       const char *name);

/* qos-stats.c */
void vxc_colors_sum(const struct vxc_class_state *state, u64 *sum);
void vxc_qos_sample(struct vxc_leg *leg, u64 now);

/* qos-set.c */
const char *vxc_rate_name(u64 bps, char *buf, size_t len);
u32 vxc_qos_burst_left(const struct vxc_circuit *circuit);
void vxc_qos_exit(struct vxc_circuit *circuit);

/* qos-admit.c */
u64 vxc_port_speed(const struct vxc_port *port);
u64 vxc_qos_sold(const struct vxc_circuit *circuit);
void vxc_port_sell(struct vxc_leg *leg, u64 bps);
void vxc_qos_sell(struct vxc_circuit *circuit);

/* netlink-qos.c */
int vxc_put_qos(struct sk_buff *skb, const struct vxc_circuit *circuit);
int vxc_put_port_qos(struct sk_buff *skb, const struct vxc_port *port);
int vxc_put_leg_qos(struct sk_buff *skb, const struct vxc_leg *leg);

#endif /* _VXC_QOS_H */
