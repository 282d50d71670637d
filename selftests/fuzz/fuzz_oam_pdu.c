// SPDX-License-Identifier: GPL-2.0
/*
 * Any octets to every reader of OAM PDUs; what is read can be written, and is
 * then read as the same. Two characters of the input make an octet, so that
 * the seeds can be text.
 */
#include "fuzz.h"
#include "oam_pdu.h"

#define LARGEST	2048

const char *const fuzz_seeds[] = {
	"a0018246 01020304 0141 0120045658434100000000000000000000000000 "
	"0000000000000000000000000000000000000000000000000000000000000000 "
	"00000000000000000000 02000102 04000101 001f0003414243",
	"a0030004 deadbeef 03000400010203 00", "a0020004 00000001 030000",
	"a0050011 00000007 40 020000000001 020000000002 070008 "
	"0001020000000001 00",
	"a0042006 00000007 3f01 080010 0001020000000001 0000020000000002 "
	"050007 01020000000002 00",
	"a02f0020 00000003 3b9ac9ff 00000000 00000000 00000000 00000000 "
	"00000000 00000000 00",
	"a0370010 0001 0000 0a0b0c0d 0000002a 00000000 00",
	"a0270004bf01018000",
	"a021040000", "a023060000", "", NULL
};

static __u8 digit(__u8 c)
{
	return (__u8)((c & 0xf) + (c > '9' ? 9 : 0)) & 0xf;
}

/* TLVs, one after the other, lie within the PDU and come to an end. */
static void walk(const __u8 *p, const struct vxc_pdu *pdu)
{
	__u32 at = VXC_PDU_HEAD + pdu->fields, before = at;
	struct vxc_pdu_tlv tlv;

	while (vxc_pdu_tlv(p, pdu->len, &at, &tlv)) {
		must(at > before && at <= pdu->len);
		must(tlv.value >= p && tlv.value + tlv.len <= p + pdu->len);
		before = at;
	}
}

static void ccm(const __u8 *p, const struct vxc_pdu *pdu)
{
	__u8 buf[VXC_PDU_CCM_MAX];
	struct vxc_pdu_ccm a, b;
	struct vxc_pdu again;
	__u32 len;

	if (!vxc_pdu_get_ccm(p, pdu, &a))
		return;
	len = vxc_pdu_put_ccm(buf, sizeof(buf), pdu->level, &a);
	must(len && vxc_pdu_parse(buf, len, &again));
	must(vxc_pdu_get_ccm(buf, &again, &b));
	must(a.rdi == b.rdi && a.interval == b.interval && a.seq == b.seq);
	must(a.mepid == b.mepid && a.mepid <= VXC_PDU_MEPID_MAX);
	must(!memcmp(a.maid, b.maid, VXC_PDU_MAID));
	must(a.port_status == b.port_status && a.if_status == b.if_status);
}

static void lb(const __u8 *p, const struct vxc_pdu *pdu)
{
	struct vxc_pdu_lb a, b;
	__u8 buf[2 * LARGEST];
	struct vxc_pdu again;
	__u32 len;

	if (!vxc_pdu_get_lb(p, pdu, &a))
		return;
	must(a.data <= pdu->len);
	len = vxc_pdu_put_lb(buf, sizeof(buf), pdu->level, pdu->opcode, &a);
	must(len && vxc_pdu_parse(buf, len, &again));
	must(vxc_pdu_get_lb(buf, &again, &b));
	must(a.id == b.id && a.data == b.data);
}

static void lt(const __u8 *p, const struct vxc_pdu *pdu)
{
	struct vxc_pdu_ltm m, m2;
	struct vxc_pdu_ltr r, r2;
	struct vxc_pdu again;
	__u8 buf[64];
	__u32 len;

	if (vxc_pdu_get_ltm(p, pdu, &m)) {
		len = vxc_pdu_put_ltm(buf, sizeof(buf), pdu->level, &m);
		must(len && vxc_pdu_parse(buf, len, &again));
		must(vxc_pdu_get_ltm(buf, &again, &m2));
		must(!memcmp(&m, &m2, sizeof(m)));
	}
	if (vxc_pdu_get_ltr(p, pdu, &r)) {
		len = vxc_pdu_put_ltr(buf, sizeof(buf), pdu->level, &r);
		must(len && vxc_pdu_parse(buf, len, &again));
		must(vxc_pdu_get_ltr(buf, &again, &r2));
		must(r.id == r2.id && r.ttl == r2.ttl && r.flags == r2.flags);
		must(!memcmp(r.ingress, r2.ingress, sizeof(r.ingress)));
	}
}

static void measure(const __u8 *p, const struct vxc_pdu *pdu)
{
	struct vxc_pdu_dm d, d2;
	struct vxc_pdu_sl s, s2;
	struct vxc_pdu again;
	__u8 buf[64];
	__u32 len;

	if (vxc_pdu_get_dm(p, pdu, &d)) {
		len = vxc_pdu_put_dm(buf, sizeof(buf), pdu->level,
				     pdu->opcode, &d);
		must(len && vxc_pdu_parse(buf, len, &again));
		must(vxc_pdu_get_dm(buf, &again, &d2));
		/* What is 2^32 seconds or more cannot come back. */
		if (d.tx_f < (1ull << 32) * 1000000000)
			must(d.tx_f == d2.tx_f);
	}
	if (vxc_pdu_get_sl(p, pdu, &s)) {
		len = vxc_pdu_put_sl(buf, sizeof(buf), pdu->level,
				     pdu->opcode, &s);
		must(len && vxc_pdu_parse(buf, len, &again));
		must(vxc_pdu_get_sl(buf, &again, &s2));
		must(!memcmp(&s, &s2, sizeof(s)));
	}
}

static void aps(const __u8 *p, const struct vxc_pdu *pdu)
{
	struct vxc_pdu_aps a, b;
	struct vxc_pdu again;
	__u8 buf[64], period;
	__u32 len;

	if (vxc_pdu_get_alarm(p, pdu, &period))
		must(period <= VXC_CCM_INTERVAL);
	if (!vxc_pdu_get_aps(p, pdu, &a))
		return;
	len = vxc_pdu_put_aps(buf, sizeof(buf), pdu->level, &a);
	must(len && vxc_pdu_parse(buf, len, &again));
	must(vxc_pdu_get_aps(buf, &again, &b));
	must(!memcmp(&a, &b, sizeof(a)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	__u8 *p, digits[2 * LARGEST];
	size_t n = 0, len, i;
	struct vxc_pdu pdu;

	for (i = 0; i < size && n < sizeof(digits); i++)
		if (data[i] != ' ')
			digits[n++] = digit(data[i]);
	len = n / 2;
	p = malloc(len ? len : 1);
	if (!p)
		abort();
	for (i = 0; i < len; i++)
		p[i] = (__u8)(digits[2 * i] << 4 | digits[2 * i + 1]);
	if (vxc_pdu_parse(p, (__u32)len, &pdu)) {
		must(pdu.level <= VXC_PDU_LEVEL_MAX);
		must(VXC_PDU_HEAD + (size_t)pdu.fields <= len);
		walk(p, &pdu);
		ccm(p, &pdu);
		lb(p, &pdu);
		lt(p, &pdu);
		measure(p, &pdu);
		aps(p, &pdu);
	}
	free(p);
	return 0;
}
