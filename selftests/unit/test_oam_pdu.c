// SPDX-License-Identifier: GPL-2.0
/*
 * The codec of OAM PDUs against octets written down from the layouts of the
 * standards, then every PDU cut at every octet and with every value of every
 * octet. Each input has memory of exactly its size.
 */
#include <stdlib.h>

#include "ktap.h"
#include "oam_pdu.h"

#define LEVEL	5
#define MAX	256

struct octets {
	unsigned int len;
	__u8 v[MAX];
};

/* Hexadecimal digits to octets; blanks between them are for people. */
static struct octets hex(const char *s)
{
	struct octets o = { 0 };
	unsigned int v;

	while (*s) {
		if (*s == ' ') {
			s++;
			continue;
		}
		if (sscanf(s, "%2x", &v) != 1 || o.len == MAX)
			abort();
		o.v[o.len++] = (__u8)v;
		s += 2;
	}
	return o;
}

static void same(const __u8 *got, __u32 len, const char *want)
{
	struct octets o = hex(want);
	__u32 i;

	check_int(len, o.len);
	for (i = 0; i < len && i < o.len; i++)
		if (got[i] != o.v[i]) {
			fprintf(ktap_out, "# octet %u is %02x, not %02x\n", i,
				got[i], o.v[i]);
			ktap_bad = true;
		}
}

/* MD format 1, MA format 32, 13 characters, zeros up to 48 octets */
#define MAID_HEX							\
	"01 20 0d 56 58 43 5f 41 43 4d 45 2d 30 30 30 31"		\
	"00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00"		\
	"00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00"

#define CCM_HEX								\
	"a0 01 82 46"	/* level 5, version 0; CCM; RDI, 10 ms; 70 */	\
	"01 02 03 04 01 41" MAID_HEX					\
	"00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00"		\
	"02 00 01 02 04 00 01 01 00"

#define LBM_HEX	"a0 03 00 04 de ad be ef 03 00 04 00 01 02 03 00"
#define LBR_HEX	"a0 02 00 04 de ad be ef 03 00 04 00 01 02 03 00"

#define LTM_HEX								\
	"a0 05 80 11 00 00 00 07 40 02 00 00 00 00 01 02 00 00 00 00 02"\
	"07 00 08 00 01 02 00 00 00 00 01 00"

#define LTR_HEX								\
	"a0 04 20 06 00 00 00 07 3f 01"					\
	"08 00 10 00 01 02 00 00 00 00 01 00 00 02 00 00 00 00 02"	\
	"05 00 07 01 02 00 00 00 00 02 00"

#define DMM_HEX								\
	"a0 2f 00 20 00 00 00 03 3b 9a c9 ff"				\
	"00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00"		\
	"00 00 00 00 00 00 00 00 00"

#define DMR_HEX								\
	"a0 2e 00 20 00 00 00 03 3b 9a c9 ff"				\
	"ff ff ff ff 3b 9a c9 ff 00 00 00 05 00 00 00 01"		\
	"00 00 00 00 00 00 00 00 00"

#define SLM_HEX								\
	"a0 37 00 10 00 01 00 00 0a 0b 0c 0d 00 00 00 2a"		\
	"00 00 00 00 00"
#define SLR_HEX								\
	"a0 36 00 10 00 01 00 02 0a 0b 0c 0d 00 00 00 2a"		\
	"00 00 00 29 00"

#define APS_HEX	"a0 27 00 04 bf 01 01 80 00"
#define AIS_HEX	"a0 21 04 00 00"
#define LCK_HEX	"a0 23 06 00 00"

static const char *const all[] = {
	CCM_HEX, LBM_HEX, LBR_HEX, LTM_HEX, LTR_HEX, DMM_HEX, DMR_HEX,
	SLM_HEX, SLR_HEX, APS_HEX, AIS_HEX, LCK_HEX, NULL
};

static const __u8 mac_a[6] = { 2, 0, 0, 0, 0, 1 };
static const __u8 mac_b[6] = { 2, 0, 0, 0, 0, 2 };
static const __u8 id_a[8] = { 0, 1, 2, 0, 0, 0, 0, 1 };
static const __u8 id_b[8] = { 0, 0, 2, 0, 0, 0, 0, 2 };

static bool parse(const struct octets *o, struct vxc_pdu *pdu)
{
	return vxc_pdu_parse(o->v, o->len, pdu);
}

static void test_ccm(void)
{
	__u8 maid[48], buf[VXC_PDU_CCM_MAX];
	struct octets o = hex(CCM_HEX);
	struct vxc_pdu_ccm ccm, got;
	struct vxc_pdu pdu;
	__u32 len;

	check(vxc_pdu_maid(maid, VXC_MA_ICC, (const __u8 *)"VXC_ACME-0001",
			   13));
	ccm = (struct vxc_pdu_ccm) {
		.rdi = 1, .interval = 2, .seq = 0x01020304, .mepid = 0x141,
		.maid = maid, .port_status = VXC_PORT_STATUS_UP,
		.if_status = VXC_IF_STATUS_UP,
	};
	len = vxc_pdu_put_ccm(buf, sizeof(buf), LEVEL, &ccm);
	same(buf, len, CCM_HEX);

	check(parse(&o, &pdu));
	check_int(pdu.level, LEVEL);
	check_int(pdu.opcode, VXC_PDU_CCM);
	check(vxc_pdu_get_ccm(o.v, &pdu, &got));
	check_int(got.rdi, 1);
	check_int(got.interval, 2);
	check_int(got.seq, 0x01020304);
	check_int(got.mepid, 0x141);
	check(!memcmp(got.maid, maid, sizeof(maid)));
	check_int(got.port_status, 2);
	check_int(got.if_status, 1);

	vxc_pdu_again_ccm(buf, false, 0xfffffffe, VXC_PORT_STATUS_BLOCKED);
	check(vxc_pdu_parse(buf, len, &pdu) &&
	      vxc_pdu_get_ccm(buf, &pdu, &got));
	check_int(got.rdi, 0);
	check_int(got.interval, 2);
	check_int(got.seq, 0xfffffffe);
	check_int(got.port_status, 1);
	check_int(got.if_status, 1);

	/* Without TLVs, then with ones that mean nothing to us */
	check(vxc_pdu_parse(o.v, 75, &pdu));
	o.v[74] = 0;
	check(vxc_pdu_get_ccm(o.v, &pdu, &got));
	check_int(got.port_status, 0);
	check_int(got.if_status, 0);
	ktap_test("CCM");
}

static void test_lb(void)
{
	struct vxc_pdu_lb lb = { .id = 0xdeadbeef, .data = 4 }, got;
	struct octets o = hex(LBM_HEX);
	struct vxc_pdu pdu;
	__u8 buf[MAX];
	__u32 len;

	len = vxc_pdu_put_lb(buf, sizeof(buf), LEVEL, VXC_PDU_LBM, &lb);
	same(buf, len, LBM_HEX);
	check(parse(&o, &pdu) && vxc_pdu_get_lb(o.v, &pdu, &got));
	check_int(got.id, 0xdeadbeef);
	check_int(got.data, 4);
	vxc_pdu_reply_lb(buf);
	same(buf, len, LBR_HEX);
	lb.data = 0;
	len = vxc_pdu_put_lb(buf, sizeof(buf), 0, VXC_PDU_LBM, &lb);
	same(buf, len, "00 03 00 04 de ad be ef 00");
	check(vxc_pdu_parse(buf, len, &pdu) &&
	      vxc_pdu_get_lb(buf, &pdu, &got));
	check_int(got.data, 0);
	ktap_test("LBM and LBR");
}

static void test_lt(void)
{
	struct octets m = hex(LTM_HEX), r = hex(LTR_HEX);
	struct vxc_pdu_ltm ltm = {
		.id = 7, .ttl = 64, .flags = VXC_LT_USE_FDB_ONLY,
	}, gotm;
	struct vxc_pdu_ltr ltr = {
		.id = 7, .ttl = 63, .action = VXC_LTR_RELAY_HIT,
		.flags = VXC_LTR_TERMINAL,
	}, gotr;
	struct vxc_pdu pdu;
	__u8 buf[MAX];
	__u32 len;

	memcpy(ltm.origin, mac_a, 6);
	memcpy(ltm.target, mac_b, 6);
	memcpy(ltm.egress, id_a, 8);
	len = vxc_pdu_put_ltm(buf, sizeof(buf), LEVEL, &ltm);
	same(buf, len, LTM_HEX);
	check(parse(&m, &pdu) && vxc_pdu_get_ltm(m.v, &pdu, &gotm));
	check_int(gotm.id, 7);
	check_int(gotm.ttl, 64);
	check_int(gotm.flags, VXC_LT_USE_FDB_ONLY);
	check(!memcmp(gotm.origin, mac_a, 6));
	check(!memcmp(gotm.target, mac_b, 6));
	check(!memcmp(gotm.egress, id_a, 8));

	memcpy(ltr.last, id_a, 8);
	memcpy(ltr.next, id_b, 8);
	memcpy(ltr.ingress, mac_b, 6);
	len = vxc_pdu_put_ltr(buf, sizeof(buf), LEVEL, &ltr);
	same(buf, len, LTR_HEX);
	check(parse(&r, &pdu) && vxc_pdu_get_ltr(r.v, &pdu, &gotr));
	check_int(gotr.id, 7);
	check_int(gotr.ttl, 63);
	check_int(gotr.action, 1);
	check_int(gotr.flags, VXC_LTR_TERMINAL);
	check(!memcmp(gotr.last, id_a, 8));
	check(!memcmp(gotr.next, id_b, 8));
	check(!memcmp(gotr.ingress, mac_b, 6));
	ktap_test("LTM and LTR");
}

static void test_dm(void)
{
	struct vxc_pdu_dm dm = { .tx_f = 3999999999ull }, got;
	struct octets o = hex(DMR_HEX);
	struct vxc_pdu pdu;
	__u8 buf[MAX];
	__u32 len;

	len = vxc_pdu_put_dm(buf, sizeof(buf), LEVEL, VXC_PDU_DMM, &dm);
	same(buf, len, DMM_HEX);
	vxc_pdu_reply_dm(buf, 0xffffffffull * 1000000000 + 999999999,
			 5000000001ull);
	same(buf, len, DMR_HEX);
	check(parse(&o, &pdu) && vxc_pdu_get_dm(o.v, &pdu, &got));
	check(got.tx_f == 3999999999ull);
	check(got.rx_f == 0xffffffffull * 1000000000 + 999999999);
	check(got.tx_b == 5000000001ull);
	ktap_test("DMM and DMR");
}

static void test_sl(void)
{
	struct vxc_pdu_sl sl = {
		.source = 1, .test = 0x0a0b0c0d, .tx_f = 42,
	}, got;
	struct octets o = hex(SLR_HEX);
	struct vxc_pdu pdu;
	__u8 buf[MAX];
	__u32 len;

	len = vxc_pdu_put_sl(buf, sizeof(buf), LEVEL, VXC_PDU_SLM, &sl);
	same(buf, len, SLM_HEX);
	vxc_pdu_reply_sl(buf, 2, 41);
	same(buf, len, SLR_HEX);
	check(parse(&o, &pdu) && vxc_pdu_get_sl(o.v, &pdu, &got));
	check_int(got.source, 1);
	check_int(got.responder, 2);
	check_int(got.test, 0x0a0b0c0d);
	check_int(got.tx_f, 42);
	check_int(got.tx_b, 41);
	ktap_test("SLM and SLR");
}

static void test_aps(void)
{
	struct vxc_pdu_aps aps = {
		.request = 11, .type = VXC_APS_A | VXC_APS_B | VXC_APS_D |
		VXC_APS_R, .requested = 1, .bridged = 1, .flags = VXC_APS_T,
	}, got;
	struct octets o = hex(APS_HEX);
	struct vxc_pdu pdu;
	__u8 buf[MAX];
	__u32 len;

	len = vxc_pdu_put_aps(buf, sizeof(buf), LEVEL, &aps);
	same(buf, len, APS_HEX);
	check(parse(&o, &pdu) && vxc_pdu_get_aps(o.v, &pdu, &got));
	check_int(got.request, 11);
	check_int(got.type, 15);
	check_int(got.requested, 1);
	check_int(got.bridged, 1);
	check_int(got.flags, VXC_APS_T);
	ktap_test("APS");
}

static void test_alarm(void)
{
	struct octets o = hex(LCK_HEX);
	struct vxc_pdu pdu;
	__u8 buf[MAX], period;
	__u32 len;

	len = vxc_pdu_put_alarm(buf, sizeof(buf), LEVEL, VXC_PDU_AIS, 4);
	same(buf, len, AIS_HEX);
	len = vxc_pdu_put_alarm(buf, sizeof(buf), LEVEL, VXC_PDU_LCK, 6);
	same(buf, len, LCK_HEX);
	check(parse(&o, &pdu) && vxc_pdu_get_alarm(o.v, &pdu, &period));
	check_int(period, 6);
	ktap_test("AIS and LCK");
}

static void test_maid(void)
{
	struct octets o = hex(MAID_HEX);
	char name[64];
	__u8 maid[48];

	check(vxc_pdu_maid(maid, 32, (const __u8 *)"VXC_ACME-0001", 13));
	check(!memcmp(maid, o.v, 48));
	memset(name, 'x', sizeof(name));
	check(vxc_pdu_maid(maid, 2, (const __u8 *)name, 45));
	check_int(maid[2], 45);
	check_int(maid[47], 'x');
	check(!vxc_pdu_maid(maid, 2, (const __u8 *)name, 46));
	check(!vxc_pdu_maid(maid, 2, (const __u8 *)name, 0));
	ktap_test("MAID");
}

/* How many of the readers take it; none may look at what is not there. */
static unsigned int readers(const __u8 *p, __u32 len)
{
	struct vxc_pdu_ccm ccm;
	struct vxc_pdu_ltm ltm;
	struct vxc_pdu_ltr ltr;
	struct vxc_pdu_aps aps;
	struct vxc_pdu_lb lb;
	struct vxc_pdu_dm dm;
	struct vxc_pdu_sl sl;
	unsigned int n = 0;
	struct vxc_pdu pdu;
	__u8 period;

	if (!vxc_pdu_parse(p, len, &pdu))
		return 0;

	if (vxc_pdu_get_ccm(p, &pdu, &ccm)) {
		__u8 maid[48];

		memcpy(maid, ccm.maid, sizeof(maid));
		n++;
	}
	n += vxc_pdu_get_lb(p, &pdu, &lb);
	n += vxc_pdu_get_ltm(p, &pdu, &ltm);
	n += vxc_pdu_get_ltr(p, &pdu, &ltr);
	n += vxc_pdu_get_dm(p, &pdu, &dm);
	n += vxc_pdu_get_sl(p, &pdu, &sl);
	n += vxc_pdu_get_aps(p, &pdu, &aps);
	n += vxc_pdu_get_alarm(p, &pdu, &period);
	check(n <= 1);
	return n;
}

static unsigned int readers_of(const __u8 *v, __u32 len)
{
	__u8 *p = malloc(len ? len : 1);
	unsigned int n;

	if (!p)
		abort();
	memcpy(p, v, len);
	n = readers(p, len);
	free(p);
	return n;
}

/*
 * A PDU cut in its fields or in a TLV is none. Cut between TLVs it is one
 * whose list ends with the PDU: where that is, a walk of our own says.
 */
static bool may_end(const struct octets *o, __u32 len)
{
	__u32 at = 4u + o->v[3];

	if (len < at)
		return false;
	for (;;) {
		if (at == len)
			return true;
		if (at > len)
			return false;
		if (!o->v[at])
			return true;
		at += 3u + (unsigned int)(o->v[at + 1] << 8 | o->v[at + 2]);
	}
}

static void test_truncated(void)
{
	int i;

	for (i = 0; all[i]; i++) {
		struct octets o = hex(all[i]);
		__u32 len;

		for (len = 0; len <= o.len; len++)
			if (!check_int(readers_of(o.v, len), may_end(&o, len)))
				fprintf(ktap_out, "# PDU %d, %u octets\n", i,
					len);
	}
	ktap_test("every PDU cut at every octet");
}

static void test_every_value(void)
{
	unsigned int taken = 0;
	int i, v;

	for (i = 0; all[i]; i++) {
		struct octets o = hex(all[i]);
		__u32 at;

		for (at = 0; at < o.len; at++) {
			__u8 good = o.v[at];

			for (v = 0; v < 256; v++) {
				o.v[at] = (__u8)v;
				taken += readers_of(o.v, o.len);
			}
			o.v[at] = good;
		}
	}
	check(taken > 0);
	ktap_test("every value of every octet");
}

/* A buffer that is too small by one is left alone. */
static void test_no_room(void)
{
	struct vxc_pdu_ccm ccm = { .interval = 1, .maid = mac_a };
	struct vxc_pdu_lb lb = { .data = 100 };
	struct vxc_pdu_ltm ltm = { .id = 1 };
	struct vxc_pdu_ltr ltr = { .id = 1 };
	struct vxc_pdu_aps aps = { .request = 1 };
	struct vxc_pdu_dm dm = { .tx_f = 1 };
	struct vxc_pdu_sl sl = { .tx_f = 1 };
	__u8 *p = malloc(1);

	*p = 0x5a;
	check(!vxc_pdu_put_ccm(p, 82, 1, &ccm));
	check(!vxc_pdu_put_lb(p, 111, 1, VXC_PDU_LBM, &lb));
	check(!vxc_pdu_put_ltm(p, 32, 1, &ltm));
	check(!vxc_pdu_put_ltr(p, 39, 1, &ltr));
	check(!vxc_pdu_put_dm(p, 36, 1, VXC_PDU_DMM, &dm));
	check(!vxc_pdu_put_sl(p, 20, 1, VXC_PDU_SLM, &sl));
	check(!vxc_pdu_put_aps(p, 8, 1, &aps));
	check(!vxc_pdu_put_alarm(p, 4, 1, VXC_PDU_AIS, 4));
	check_int(*p, 0x5a);
	free(p);
	ktap_test("no room");
}

int main(void)
{
	ktap_begin(11);
	test_ccm();
	test_lb();
	test_lt();
	test_dm();
	test_sl();
	test_aps();
	test_alarm();
	test_maid();
	test_truncated();
	test_every_value();
	test_no_room();
	return ktap_end();
}
