/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Maintenance end points: one a leg, a down MEP at its attachment, and one for
 * each peering and leg, behind the peering's C-tag. A MEP is compiled from the
 * configuration as the data path is: a change that matters to it makes a new
 * one, which the transaction publishes.
 *
 * Lock order: a MEP's lock, then the lock of the leg's circuit.
 */
#ifndef _VXC_OAM_H
#define _VXC_OAM_H

#include "degrade.h"
#include "oam_pdu.h"
#include "txn.h"

#define VXC_OAM_LOOK	256	/* octets of a PDU that are looked at */
#define VXC_OAM_PINGS	8	/* LBMs that wait for a reply */
#define VXC_DM_BINS	20	/* below 1 us, 2 us, 4 us ... */

/* Defects that last for a while after the frame that says so. */
enum {
	VXC_OAM_MISMERGE,
	VXC_OAM_MEP,
	VXC_OAM_LEVEL,
	VXC_OAM_PERIOD,
	VXC_OAM_LOOP,
	VXC_OAM_AIS,
	VXC_OAM_LCK,
	VXC_OAM_LASTING,
};

/**
 * struct vxc_oam_link - how OAM frames of a MEP get to the wire
 * @lower: the port's device
 * @outer_proto: TPID of the tag handed over in vlan_tci, 0 if there is none
 * @outer_vid: its VLAN ID
 * @inner_vid: C-VID of the tag put into the frame, 0 if there is none
 * @pcp: PCP of both
 * @rcu: for freeing
 */
struct vxc_oam_link {
	struct net_device		*lower;
	__be16				outer_proto;
	u16				outer_vid;
	u16				inner_vid;
	u8				pcp;
	struct rcu_head			rcu;
};

/* Two-way frame delay, in nanoseconds. */
struct vxc_dm {
	u64				sent;
	u64				count;
	u64				last;
	u64				min;
	u64				max;
	u64				sum;
	u64				var_count;
	u64				var_sum;
	u64				var_max;
	u64				bin[VXC_DM_BINS];
};

/* Synthetic loss: the counters of the last SLR, and what was lost since. */
struct vxc_sl {
	u32				test;
	u32				sent;
	u32				last_f;
	u32				last_b;
	u64				replies;
	u64				far;
	u64				near;
};

/* An LBM or LTM that was sent. */
struct vxc_ping {
	u32				id;
	u64				sent;	/* ns, 0: none */
};

/**
 * struct vxc_remote - a remote MEP as a MEP sees it
 * @mepid: its MEPID
 * @seen: a CCM has come from it
 * @good: one without RDI has, or RDI has lasted: it counts
 * @loc: none has come for too long
 * @rdi: the last one had RDI
 * @port_status: value of its port status TLV
 * @if_status: value of its interface status TLV
 * @mac: its address
 * @rx_seq: sequence number of the last CCM
 * @began: when the first one came
 * @last_rx: when the last one came, or when the MEP began
 * @ccm_rx: CCMs received
 * @ccm_lost: gaps in their sequence numbers
 */
struct vxc_remote {
	u16				mepid;
	bool				seen;
	bool				good;
	bool				loc;
	bool				rdi;
	u8				port_status;
	u8				if_status;
	u8				mac[ETH_ALEN];
	u32				rx_seq;
	u64				began;
	u64				last_rx;
	u64				ccm_rx;
	u64				ccm_lost;
};

/**
 * struct vxc_mep - a maintenance end point
 * @leg: the leg it is the end point of
 * @peering: the peering that it is for, on @leg; NULL: it is for the leg
 * @point: the place that it has
 * @cfg: the configuration it was made from
 * @interval: of CCMs, in nanoseconds
 * @code: the interval's code in CCMs
 * @maid: the MAID
 * @frame: a CCM as it was put, without tags and Ethernet header
 * @frame_len: its octets
 * @lock: guards all that follows
 * @dead: it is going away; no timer may be started
 * @lost: remote MEPs with LOC
 * @rdis: remote MEPs with RDI
 * @fail: what it told the circuit, enum vxc_reason; that of a peering tells
 *	it nothing
 * @defects: enum vxc_defect
 * @until: when a lasting defect ends, in nanoseconds
 * @seq: sequence number of the next CCM
 * @ccm_tx: CCMs sent
 * @ais_rx: AIS received
 * @lck_rx: LCK received
 * @rejected: PDUs refused
 * @next_id: transaction number of the next LBM or LTM
 * @credit: nanoseconds of the allowance for replies
 * @credited: when it was last filled
 * @lb: LBMs that wait for their reply
 * @lt: the last LTM
 * @lt_left: replies to it that will be told
 * @dm: delay measurement
 * @dm_skew: between real and monotonic time at the last DMM
 * @sl: loss measurement
 * @degrade: whether that makes the leg degraded
 * @peer_test: test of the remote MEP that this one responds to
 * @peer_sl: SLRs sent for it
 * @tx: sends CCMs
 * @check: looks whether defects begin or end
 * @dm_timer: sends DMMs
 * @sl_timer: sends SLMs
 * @tx_next: when the next CCM is due
 * @rcu: for freeing
 * @remote: the remote MEPs; all but CCMs is for the first alone
 */
struct vxc_mep {
	struct vxc_leg			*leg;
	struct vxc_peering		*peering;
	struct vxc_mep_point		*point;
	struct vxc_mep_cfg		cfg;
	u64				interval;
	u8				code;
	u8				maid[VXC_PDU_MAID];
	u8				frame[VXC_PDU_CCM_MAX];
	u32				frame_len;

	spinlock_t			lock;	/* guards what follows */
	bool				dead;
	u8				lost;
	u8				rdis;
	u8				fail;
	u32				defects;
	u64				until[VXC_OAM_LASTING];
	u32				seq;
	u64				ccm_tx;
	u64				ais_rx;
	u64				lck_rx;
	u64				rejected;
	u32				next_id;
	u64				credit;
	u64				credited;
	struct vxc_ping			lb[VXC_OAM_PINGS];
	struct vxc_ping			lt;
	unsigned int			lt_left;
	struct vxc_dm			dm;
	s64				dm_skew;
	struct vxc_sl			sl;
	struct vxc_degrade		degrade;
	u32				peer_test;
	u32				peer_sl;
	struct hrtimer			tx;
	struct hrtimer			check;
	struct hrtimer			dm_timer;
	struct hrtimer			sl_timer;
	u64				tx_next;
	struct rcu_head			rcu;
	struct vxc_remote		remote[];
};

static inline unsigned int vxc_mep_remotes(const struct vxc_mep *mep)
{
	return 1 + mep->cfg.n_also;
}

/* What an operator asks a MEP to send; @remote: to whom, 0: to the first. */
struct vxc_oam_ask {
	bool				trace;
	u16				remote;
	u16				size;
	u8				ttl;
	u32				id;
};

/* What is told of a reply to an LBM or LTM. */
struct vxc_oam_told {
	bool				trace;
	u32				id;
	u64				time;	/* ns since the request */
	const u8			*source;
	u8				ttl;
	u8				flags;
};

/* What a PDU came with. */
struct vxc_oam_rx {
	struct vxc_mep			*mep;
	const struct vxc_oam_link	*link;
	struct sk_buff			*skb;
	unsigned int			offset;	/* of the PDU in the frame */
	bool				multicast;
	u64				now;	/* ns, monotonic */
};

/* oam.c */
void vxc_oam_class1(u8 *dest, u8 level);
void vxc_oam_class2(u8 *dest, u8 level);
struct sk_buff *vxc_oam_alloc(const struct vxc_oam_link *link, const u8 *dest,
			      unsigned int len, u8 **pdu);
bool vxc_oam_xmit(const struct vxc_oam_link *link, struct sk_buff *skb);

/* mep.c */
bool vxc_mep_arm(struct vxc_mep *mep, struct hrtimer *timer, u64 at);
bool vxc_mep_sends_rdi(const struct vxc_mep *mep);
struct vxc_remote *vxc_mep_remote(struct vxc_mep *mep, u16 mepid);
bool vxc_mep_hears_none(const struct vxc_mep *mep);
u8 vxc_mep_interval_code(u32 us);
struct vxc_mep *vxc_mep_alloc(const struct vxc_mep_cfg *cfg, const u8 *maid);
void vxc_mep_start(struct vxc_mep *mep);
void vxc_mep_stop(struct vxc_mep *mep);
void vxc_mep_ccm(struct vxc_mep *mep, const struct vxc_pdu_ccm *ccm, u8 level,
		 const u8 *source, bool own, u64 now);
bool vxc_mep_alarm(struct vxc_mep *mep, u8 opcode, u8 code, u64 now);

/* mep-config.c */
bool vxc_leg_has_mep(const struct vxc_leg *leg);
int vxc_mep_change(struct vxc_txn *txn, struct vxc_mep_cfg *cfg,
		   struct vxc_mep_req *req);
int vxc_mep_make(struct vxc_mep_point *point, struct vxc_leg *leg,
		 struct vxc_peering *p);
struct vxc_oam_link *vxc_mep_link(const struct vxc_leg *leg, u16 cvid, u8 pcp);

/* oam-reply.c */
bool vxc_oam_reply(struct vxc_oam_rx *rx, u32 fields,
		   void (*turn)(u8 *p, void *arg), void *arg);
bool vxc_oam_lb(struct vxc_oam_rx *rx, const u8 *p, struct vxc_pdu *pdu);
bool vxc_oam_lt(struct vxc_oam_rx *rx, const u8 *p, struct vxc_pdu *pdu);
int vxc_oam_ask(struct vxc_mep_point *point, struct vxc_oam_ask *ask,
		struct netlink_ext_ack *extack);

/* oam-measure.c */
void vxc_oam_measure_start(struct vxc_mep *mep, u64 now);
enum hrtimer_restart vxc_oam_dm_send(struct hrtimer *timer);
enum hrtimer_restart vxc_oam_sl_send(struct hrtimer *timer);
bool vxc_oam_dm(struct vxc_oam_rx *rx, const u8 *p, struct vxc_pdu *pdu);
bool vxc_oam_sl(struct vxc_oam_rx *rx, const u8 *p, struct vxc_pdu *pdu);

/* netlink-ask.c */
void vxc_event_reply(const struct vxc_mep *mep, const struct vxc_oam_told *t);

#endif /* _VXC_OAM_H */
