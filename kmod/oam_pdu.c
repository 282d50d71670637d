// SPDX-License-Identifier: GPL-2.0
#include "oam_pdu.h"

#define NSEC	1000000000u

#define CCM_FIELDS	70
#define LB_FIELDS	4
#define LTM_FIELDS	17
#define LTR_FIELDS	6
#define DM_FIELDS	32
#define SL_FIELDS	16
#define APS_FIELDS	4
#define ALARM_FIELDS	0

/* Where the values of the two status TLVs of a CCM of ours are. */
#define CCM_PORT_STATUS	(VXC_PDU_HEAD + CCM_FIELDS + 3)

static __u16 get16(const __u8 *p)
{
	return (__u16)(p[0] << 8 | p[1]);
}

static __u32 get32(const __u8 *p)
{
	return (__u32)get16(p) << 16 | get16(p + 2);
}

static void put16(__u8 *p, __u16 v)
{
	p[0] = (__u8)(v >> 8);
	p[1] = (__u8)v;
}

static void put32(__u8 *p, __u32 v)
{
	put16(p, (__u16)(v >> 16));
	put16(p + 2, (__u16)v);
}

static void copy(__u8 *to, const __u8 *from, __u32 n)
{
	while (n--)
		*to++ = *from++;
}

static void clear(__u8 *p, __u32 n)
{
	while (n--)
		*p++ = 0;
}

/**
 * vxc_pdu_parse() - Read the header
 * @p: the PDU
 * @len: octets that are there
 * @pdu: where the header goes
 *
 * Return: whether it is all there, and the fields that it announces.
 */
bool vxc_pdu_parse(const __u8 *p, __u32 len, struct vxc_pdu *pdu)
{
	if (len < VXC_PDU_HEAD || len - VXC_PDU_HEAD < p[3])
		return 0;

	pdu->level = p[0] >> 5;
	pdu->version = p[0] & 0x1f;
	pdu->opcode = p[1];
	pdu->flags = p[2];
	pdu->fields = p[3];
	pdu->len = len;
	return 1;
}

/**
 * vxc_pdu_tlv() - The next TLV
 * @p: the PDU
 * @len: octets that are there
 * @at: where to look, moved behind the TLV
 * @tlv: where it goes
 *
 * Return: false at the end: the End TLV, the end of the PDU, or a TLV that is
 * cut off, which @at then still stands at.
 */
bool vxc_pdu_tlv(const __u8 *p, __u32 len, __u32 *at, struct vxc_pdu_tlv *tlv)
{
	__u32 left;

	if (*at >= len || p[*at] == VXC_TLV_END)
		return 0;

	left = len - *at;
	if (left < 3 || left - 3 < get16(p + *at + 1))
		return 0;

	tlv->type = p[*at];
	tlv->len = get16(p + *at + 1);
	tlv->value = p + *at + 3;
	*at += 3u + tlv->len;
	return 1;
}

/* Does the list of TLVs end as it should, and not in the middle of one? */
bool vxc_pdu_tlvs_good(const __u8 *p, const struct vxc_pdu *pdu)
{
	__u32 at = VXC_PDU_HEAD + pdu->fields;
	struct vxc_pdu_tlv tlv;

	while (vxc_pdu_tlv(p, pdu->len, &at, &tlv))
		;
	return at == pdu->len || p[at] == VXC_TLV_END;
}

/* A PDU of a later version may have more fields, never fewer. */
static bool is(const struct vxc_pdu *pdu, __u8 opcode, __u8 fields)
{
	return pdu->opcode == opcode && pdu->fields >= fields;
}

static bool ccm_status(const __u8 *p, const struct vxc_pdu *pdu,
		       struct vxc_pdu_ccm *ccm)
{
	__u32 at = VXC_PDU_HEAD + pdu->fields;
	struct vxc_pdu_tlv tlv;

	ccm->port_status = 0;
	ccm->if_status = 0;
	while (vxc_pdu_tlv(p, pdu->len, &at, &tlv)) {
		if (tlv.len < 1)
			continue;
		if (tlv.type == VXC_TLV_PORT_STATUS)
			ccm->port_status = tlv.value[0];
		else if (tlv.type == VXC_TLV_IF_STATUS)
			ccm->if_status = tlv.value[0];
	}
	return at == pdu->len || p[at] == VXC_TLV_END;
}

bool vxc_pdu_get_ccm(const __u8 *p, const struct vxc_pdu *pdu,
		     struct vxc_pdu_ccm *ccm)
{
	if (!is(pdu, VXC_PDU_CCM, CCM_FIELDS))
		return 0;

	ccm->rdi = pdu->flags >> 7;
	ccm->interval = pdu->flags & VXC_CCM_INTERVAL;
	ccm->seq = get32(p + 4);
	ccm->mepid = get16(p + 8) & VXC_PDU_MEPID_MAX;
	ccm->maid = p + 10;
	return ccm_status(p, pdu, ccm);
}

bool vxc_pdu_get_lb(const __u8 *p, const struct vxc_pdu *pdu,
		    struct vxc_pdu_lb *lb)
{
	__u32 at = VXC_PDU_HEAD + pdu->fields;
	struct vxc_pdu_tlv tlv;

	if (!is(pdu, VXC_PDU_LBM, LB_FIELDS) &&
	    !is(pdu, VXC_PDU_LBR, LB_FIELDS))
		return 0;

	lb->id = get32(p + 4);
	lb->data = 0;
	while (vxc_pdu_tlv(p, pdu->len, &at, &tlv))
		if (tlv.type == VXC_TLV_DATA)
			lb->data = tlv.len;
	return at == pdu->len || p[at] == VXC_TLV_END;
}

bool vxc_pdu_get_ltm(const __u8 *p, const struct vxc_pdu *pdu,
		     struct vxc_pdu_ltm *ltm)
{
	__u32 at = VXC_PDU_HEAD + pdu->fields;
	struct vxc_pdu_tlv tlv;

	if (!is(pdu, VXC_PDU_LTM, LTM_FIELDS))
		return 0;

	ltm->id = get32(p + 4);
	ltm->ttl = p[8];
	ltm->flags = pdu->flags;
	copy(ltm->origin, p + 9, VXC_PDU_MAC);
	copy(ltm->target, p + 15, VXC_PDU_MAC);
	clear(ltm->egress, sizeof(ltm->egress));
	while (vxc_pdu_tlv(p, pdu->len, &at, &tlv))
		if (tlv.type == VXC_TLV_LTM_EGRESS_ID && tlv.len >= 8)
			copy(ltm->egress, tlv.value, 8);
	return at == pdu->len || p[at] == VXC_TLV_END;
}

bool vxc_pdu_get_ltr(const __u8 *p, const struct vxc_pdu *pdu,
		     struct vxc_pdu_ltr *ltr)
{
	__u32 at = VXC_PDU_HEAD + pdu->fields;
	struct vxc_pdu_tlv tlv;

	if (!is(pdu, VXC_PDU_LTR, LTR_FIELDS))
		return 0;

	ltr->id = get32(p + 4);
	ltr->ttl = p[8];
	ltr->action = p[9];
	ltr->flags = pdu->flags;
	clear(ltr->last, sizeof(ltr->last));
	clear(ltr->next, sizeof(ltr->next));
	clear(ltr->ingress, sizeof(ltr->ingress));
	while (vxc_pdu_tlv(p, pdu->len, &at, &tlv)) {
		if (tlv.type == VXC_TLV_LTR_EGRESS_ID && tlv.len >= 16) {
			copy(ltr->last, tlv.value, 8);
			copy(ltr->next, tlv.value + 8, 8);
		} else if (tlv.type == VXC_TLV_REPLY_INGRESS && tlv.len >= 7) {
			copy(ltr->ingress, tlv.value + 1, VXC_PDU_MAC);
		}
	}
	return at == pdu->len || p[at] == VXC_TLV_END;
}

static __u64 get_time(const __u8 *p)
{
	return (__u64)get32(p) * NSEC + get32(p + 4);
}

/* Splits by shifts and subtractions: 32-bit kernels divide no 64-bit value. */
static void put_time(__u8 *p, __u64 ns)
{
	__u32 seconds = 0;
	int i;

	for (i = 31; i >= 0; i--) {
		if (ns >> i < NSEC)
			continue;
		ns -= (__u64)NSEC << i;
		seconds |= (__u32)1 << i;
	}
	put32(p, seconds);
	put32(p + 4, (__u32)ns);
}

bool vxc_pdu_get_dm(const __u8 *p, const struct vxc_pdu *pdu,
		    struct vxc_pdu_dm *dm)
{
	if (!is(pdu, VXC_PDU_DMM, DM_FIELDS) &&
	    !is(pdu, VXC_PDU_DMR, DM_FIELDS))
		return 0;

	dm->tx_f = get_time(p + 4);
	dm->rx_f = get_time(p + 12);
	dm->tx_b = get_time(p + 20);
	return vxc_pdu_tlvs_good(p, pdu);
}

bool vxc_pdu_get_sl(const __u8 *p, const struct vxc_pdu *pdu,
		    struct vxc_pdu_sl *sl)
{
	if (!is(pdu, VXC_PDU_SLM, SL_FIELDS) &&
	    !is(pdu, VXC_PDU_SLR, SL_FIELDS))
		return 0;

	sl->source = get16(p + 4);
	sl->responder = get16(p + 6);
	sl->test = get32(p + 8);
	sl->tx_f = get32(p + 12);
	sl->tx_b = get32(p + 16);
	return vxc_pdu_tlvs_good(p, pdu);
}

bool vxc_pdu_get_aps(const __u8 *p, const struct vxc_pdu *pdu,
		     struct vxc_pdu_aps *aps)
{
	if (!is(pdu, VXC_PDU_APS, APS_FIELDS))
		return 0;

	aps->request = p[4] >> 4;
	aps->type = p[4] & 0x0f;
	aps->requested = p[5];
	aps->bridged = p[6];
	aps->flags = p[7];
	return vxc_pdu_tlvs_good(p, pdu);
}

/* AIS or LCK; their period has the code of a CCM interval. */
bool vxc_pdu_get_alarm(const __u8 *p, const struct vxc_pdu *pdu, __u8 *period)
{
	if (!is(pdu, VXC_PDU_AIS, ALARM_FIELDS) &&
	    !is(pdu, VXC_PDU_LCK, ALARM_FIELDS))
		return 0;

	*period = pdu->flags & VXC_CCM_INTERVAL;
	return vxc_pdu_tlvs_good(p, pdu);
}

/* The header, and room for @fields, @tlvs octets and the End TLV. */
static __u32 begin(__u8 *p, __u32 size, __u8 level, __u8 opcode, __u8 flags,
		   __u8 fields, __u32 tlvs)
{
	__u32 len = VXC_PDU_HEAD + fields + tlvs + 1;

	if (size < len)
		return 0;

	clear(p, len);
	p[0] = (__u8)(level << 5);
	p[1] = opcode;
	p[2] = flags;
	p[3] = fields;
	return len;
}

static __u8 *put_tlv(__u8 *p, __u8 type, __u16 len)
{
	p[0] = type;
	put16(p + 1, len);
	return p + 3;
}

__u32 vxc_pdu_put_ccm(__u8 *p, __u32 size, __u8 level,
		      const struct vxc_pdu_ccm *ccm)
{
	__u8 flags = (__u8)((ccm->rdi ? VXC_CCM_RDI : 0) | ccm->interval);
	__u32 len = begin(p, size, level, VXC_PDU_CCM, flags, CCM_FIELDS, 8);

	if (!len)
		return 0;

	put32(p + 4, ccm->seq);
	put16(p + 8, ccm->mepid);
	copy(p + 10, ccm->maid, VXC_PDU_MAID);
	p = put_tlv(p + VXC_PDU_HEAD + CCM_FIELDS, VXC_TLV_PORT_STATUS, 1);
	*p++ = ccm->port_status;
	p = put_tlv(p, VXC_TLV_IF_STATUS, 1);
	*p = ccm->if_status;
	return len;
}

/* Change in a CCM that was put what differs from one to the next. */
void vxc_pdu_again_ccm(__u8 *p, bool rdi, __u32 seq, __u8 port_status)
{
	p[2] = (__u8)((p[2] & VXC_CCM_INTERVAL) | (rdi ? VXC_CCM_RDI : 0));
	put32(p + 4, seq);
	p[CCM_PORT_STATUS] = port_status;
}

__u32 vxc_pdu_put_lb(__u8 *p, __u32 size, __u8 level, __u8 opcode,
		     const struct vxc_pdu_lb *lb)
{
	__u32 tlvs = lb->data ? 3u + lb->data : 0;
	__u32 len = begin(p, size, level, opcode, 0, LB_FIELDS, tlvs);
	__u16 i;

	if (!len)
		return 0;

	put32(p + 4, lb->id);
	if (!lb->data)
		return len;
	p = put_tlv(p + VXC_PDU_HEAD + LB_FIELDS, VXC_TLV_DATA, lb->data);
	for (i = 0; i < lb->data; i++)
		p[i] = (__u8)i;
	return len;
}

__u32 vxc_pdu_put_ltm(__u8 *p, __u32 size, __u8 level,
		      const struct vxc_pdu_ltm *ltm)
{
	__u32 len = begin(p, size, level, VXC_PDU_LTM, ltm->flags, LTM_FIELDS,
			  11);

	if (!len)
		return 0;

	put32(p + 4, ltm->id);
	p[8] = ltm->ttl;
	copy(p + 9, ltm->origin, VXC_PDU_MAC);
	copy(p + 15, ltm->target, VXC_PDU_MAC);
	p = put_tlv(p + VXC_PDU_HEAD + LTM_FIELDS, VXC_TLV_LTM_EGRESS_ID, 8);
	copy(p, ltm->egress, 8);
	return len;
}

__u32 vxc_pdu_put_ltr(__u8 *p, __u32 size, __u8 level,
		      const struct vxc_pdu_ltr *ltr)
{
	__u32 len = begin(p, size, level, VXC_PDU_LTR, ltr->flags, LTR_FIELDS,
			  19 + 10);

	if (!len)
		return 0;

	put32(p + 4, ltr->id);
	p[8] = ltr->ttl;
	p[9] = ltr->action;
	p = put_tlv(p + VXC_PDU_HEAD + LTR_FIELDS, VXC_TLV_LTR_EGRESS_ID, 16);
	copy(p, ltr->last, 8);
	copy(p + 8, ltr->next, 8);
	p = put_tlv(p + 16, VXC_TLV_REPLY_INGRESS, 7);
	*p = 1;		/* ingress action: OK */
	copy(p + 1, ltr->ingress, VXC_PDU_MAC);
	return len;
}

__u32 vxc_pdu_put_dm(__u8 *p, __u32 size, __u8 level, __u8 opcode,
		     const struct vxc_pdu_dm *dm)
{
	__u32 len = begin(p, size, level, opcode, 0, DM_FIELDS, 0);

	if (!len)
		return 0;

	put_time(p + 4, dm->tx_f);
	put_time(p + 12, dm->rx_f);
	put_time(p + 20, dm->tx_b);
	return len;
}

__u32 vxc_pdu_put_sl(__u8 *p, __u32 size, __u8 level, __u8 opcode,
		     const struct vxc_pdu_sl *sl)
{
	__u32 len = begin(p, size, level, opcode, 0, SL_FIELDS, 0);

	if (!len)
		return 0;

	put16(p + 4, sl->source);
	put16(p + 6, sl->responder);
	put32(p + 8, sl->test);
	put32(p + 12, sl->tx_f);
	put32(p + 16, sl->tx_b);
	return len;
}

__u32 vxc_pdu_put_aps(__u8 *p, __u32 size, __u8 level,
		      const struct vxc_pdu_aps *aps)
{
	__u32 len = begin(p, size, level, VXC_PDU_APS, 0, APS_FIELDS, 0);

	if (!len)
		return 0;

	p[4] = (__u8)(aps->request << 4 | aps->type);
	p[5] = aps->requested;
	p[6] = aps->bridged;
	p[7] = aps->flags;
	return len;
}

__u32 vxc_pdu_put_alarm(__u8 *p, __u32 size, __u8 level, __u8 opcode,
			__u8 period)
{
	return begin(p, size, level, opcode, period, ALARM_FIELDS, 0);
}

/* A reply repeats its request, TLVs included, but for these octets. */
void vxc_pdu_reply_lb(__u8 *p)
{
	p[1] = VXC_PDU_LBR;
}

void vxc_pdu_reply_dm(__u8 *p, __u64 rx_f, __u64 tx_b)
{
	p[1] = VXC_PDU_DMR;
	put_time(p + 12, rx_f);
	put_time(p + 20, tx_b);
}

void vxc_pdu_reply_sl(__u8 *p, __u16 responder, __u32 tx_b)
{
	p[1] = VXC_PDU_SLR;
	put16(p + 6, responder);
	put32(p + 16, tx_b);
}

/**
 * vxc_pdu_maid() - A maintenance association's identifier
 * @maid: VXC_PDU_MAID octets
 * @format: VXC_MA_*
 * @name: the short MA name
 * @len: its octets
 *
 * Return: whether the name fits.
 */
bool vxc_pdu_maid(__u8 *maid, __u8 format, const __u8 *name, __u32 len)
{
	if (!len || len > VXC_MA_NAME_SIZE)
		return 0;

	clear(maid, VXC_PDU_MAID);
	maid[0] = 1;	/* no maintenance domain name */
	maid[1] = format;
	maid[2] = (__u8)len;
	copy(maid + 3, name, len);
	return 1;
}
