/* SPDX-License-Identifier: GPL-2.0 */
/*
 * PDUs of Ethernet OAM (IEEE 802.1Q clause 21, ITU-T G.8013/Y.1731 clause 9,
 * ITU-T G.8031 clause 11): from bytes to plain structs and back. Pure: it
 * compiles in user space, where it is tested. A PDU begins after the ethertype
 * 0x8902; none of its bytes is looked at before it is known to be there.
 */
#ifndef _VXC_OAM_PDU_H
#define _VXC_OAM_PDU_H

#include <linux/types.h>
#ifndef __KERNEL__
#include <stdbool.h>
#endif

#define VXC_PDU_HEAD		4	/* octets before the fields */
#define VXC_PDU_MAID		48
#define VXC_PDU_CCM_MAX		128	/* octets of the longest CCM */
#define VXC_PDU_MAC		6
#define VXC_PDU_MEPID_MAX	8191
#define VXC_PDU_LEVEL_MAX	7

/* Opcodes. */
#define VXC_PDU_CCM		1
#define VXC_PDU_LBR		2
#define VXC_PDU_LBM		3
#define VXC_PDU_LTR		4
#define VXC_PDU_LTM		5
#define VXC_PDU_AIS		33
#define VXC_PDU_LCK		35
#define VXC_PDU_APS		39
#define VXC_PDU_DMR		46
#define VXC_PDU_DMM		47
#define VXC_PDU_SLR		54
#define VXC_PDU_SLM		55

/* Types of TLVs. */
#define VXC_TLV_END		0
#define VXC_TLV_DATA		3
#define VXC_TLV_PORT_STATUS	2
#define VXC_TLV_IF_STATUS	4
#define VXC_TLV_REPLY_INGRESS	5
#define VXC_TLV_LTM_EGRESS_ID	7
#define VXC_TLV_LTR_EGRESS_ID	8

/* Values of the status TLVs; 0 stands for a TLV that is absent. */
#define VXC_PORT_STATUS_BLOCKED	1
#define VXC_PORT_STATUS_UP	2
#define VXC_IF_STATUS_UP	1

/* Flags of a CCM: RDI and the code of its interval. */
#define VXC_CCM_RDI		0x80
#define VXC_CCM_INTERVAL	0x07

/* Flags of an LTR; the first one is that of the LTM. */
#define VXC_LT_USE_FDB_ONLY	0x80
#define VXC_LTR_FWD_YES		0x40
#define VXC_LTR_TERMINAL	0x20
#define VXC_LTR_RELAY_HIT	1

/* First octet of APS-specific information, beside the request. */
#define VXC_APS_A		0x08	/* there is an APS channel */
#define VXC_APS_B		0x04	/* 1:1, traffic is bridged to one leg */
#define VXC_APS_D		0x02	/* bidirectional switching */
#define VXC_APS_R		0x01	/* revertive */
#define VXC_APS_T		0x80	/* of the flags: broadcast bridge */

/**
 * struct vxc_pdu - the part that all PDUs have
 * @level: MEG level
 * @version: version, of which receivers make nothing
 * @opcode: VXC_PDU_*
 * @flags: flags, by opcode
 * @fields: octets of the fields between header and TLVs
 * @len: octets of the whole PDU, padding included
 */
struct vxc_pdu {
	__u8 level;
	__u8 version;
	__u8 opcode;
	__u8 flags;
	__u8 fields;
	__u32 len;
};

struct vxc_pdu_tlv {
	__u8 type;
	__u16 len;
	const __u8 *value;
};

/* @maid points into the PDU. */
struct vxc_pdu_ccm {
	__u8 rdi;
	__u8 interval;		/* code, 1 to 7; 0 is no interval */
	__u32 seq;
	__u16 mepid;
	const __u8 *maid;
	__u8 port_status;
	__u8 if_status;
};

/* LBM and LBR; the data TLV has @data octets, 0: there is none. */
struct vxc_pdu_lb {
	__u32 id;
	__u16 data;
};

struct vxc_pdu_ltm {
	__u32 id;
	__u8 ttl;
	__u8 flags;
	__u8 origin[VXC_PDU_MAC];
	__u8 target[VXC_PDU_MAC];
	__u8 egress[8];		/* LTM egress identifier */
};

struct vxc_pdu_ltr {
	__u32 id;
	__u8 ttl;
	__u8 action;
	__u8 flags;
	__u8 last[8];		/* of the LTR egress identifier */
	__u8 next[8];
	__u8 ingress[VXC_PDU_MAC];
};

/* DMM and DMR: nanoseconds; on the wire seconds and nanoseconds. */
struct vxc_pdu_dm {
	__u64 tx_f;
	__u64 rx_f;
	__u64 tx_b;
};

/* SLM and SLR. */
struct vxc_pdu_sl {
	__u16 source;
	__u16 responder;
	__u32 test;
	__u32 tx_f;
	__u32 tx_b;
};

struct vxc_pdu_aps {
	__u8 request;		/* 0 to 15 */
	__u8 type;		/* VXC_APS_A to VXC_APS_R */
	__u8 requested;
	__u8 bridged;
	__u8 flags;
};

/* What was received; all return whether it is such a PDU. */
bool vxc_pdu_parse(const __u8 *p, __u32 len, struct vxc_pdu *pdu);
bool vxc_pdu_tlv(const __u8 *p, __u32 len, __u32 *at,
		 struct vxc_pdu_tlv *tlv);
bool vxc_pdu_tlvs_good(const __u8 *p, const struct vxc_pdu *pdu);
bool vxc_pdu_get_ccm(const __u8 *p, const struct vxc_pdu *pdu,
		     struct vxc_pdu_ccm *ccm);
bool vxc_pdu_get_lb(const __u8 *p, const struct vxc_pdu *pdu,
		    struct vxc_pdu_lb *lb);
bool vxc_pdu_get_ltm(const __u8 *p, const struct vxc_pdu *pdu,
		     struct vxc_pdu_ltm *ltm);
bool vxc_pdu_get_ltr(const __u8 *p, const struct vxc_pdu *pdu,
		     struct vxc_pdu_ltr *ltr);
bool vxc_pdu_get_dm(const __u8 *p, const struct vxc_pdu *pdu,
		    struct vxc_pdu_dm *dm);
bool vxc_pdu_get_sl(const __u8 *p, const struct vxc_pdu *pdu,
		    struct vxc_pdu_sl *sl);
bool vxc_pdu_get_aps(const __u8 *p, const struct vxc_pdu *pdu,
		     struct vxc_pdu_aps *aps);
bool vxc_pdu_get_alarm(const __u8 *p, const struct vxc_pdu *pdu,
		       __u8 *period);

/* What is sent; all return its length, or 0 where @size is too small. */
__u32 vxc_pdu_put_ccm(__u8 *p, __u32 size, __u8 level,
		      const struct vxc_pdu_ccm *ccm);
__u32 vxc_pdu_put_lb(__u8 *p, __u32 size, __u8 level, __u8 opcode,
		     const struct vxc_pdu_lb *lb);
__u32 vxc_pdu_put_ltm(__u8 *p, __u32 size, __u8 level,
		      const struct vxc_pdu_ltm *ltm);
__u32 vxc_pdu_put_ltr(__u8 *p, __u32 size, __u8 level,
		      const struct vxc_pdu_ltr *ltr);
__u32 vxc_pdu_put_dm(__u8 *p, __u32 size, __u8 level, __u8 opcode,
		     const struct vxc_pdu_dm *dm);
__u32 vxc_pdu_put_sl(__u8 *p, __u32 size, __u8 level, __u8 opcode,
		     const struct vxc_pdu_sl *sl);
__u32 vxc_pdu_put_aps(__u8 *p, __u32 size, __u8 level,
		      const struct vxc_pdu_aps *aps);
__u32 vxc_pdu_put_alarm(__u8 *p, __u32 size, __u8 level, __u8 opcode,
			__u8 period);

/* A CCM that was put, sent again; a request turned into its reply in place. */
void vxc_pdu_again_ccm(__u8 *p, bool rdi, __u32 seq, __u8 port_status);
void vxc_pdu_reply_lb(__u8 *p);
void vxc_pdu_reply_dm(__u8 *p, __u64 rx_f, __u64 tx_b);
void vxc_pdu_reply_sl(__u8 *p, __u16 responder, __u32 tx_b);

/* MAIDs without a maintenance domain name; false where the name is too long. */
#define VXC_MA_STRING		2
#define VXC_MA_INTEGER		3
#define VXC_MA_ICC		32
#define VXC_MA_NAME_SIZE	45

bool vxc_pdu_maid(__u8 *maid, __u8 format, const __u8 *name, __u32 len);

#endif /* _VXC_OAM_PDU_H */
