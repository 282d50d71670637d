// SPDX-License-Identifier: GPL-2.0
/*
 * The codec of OAM PDUs as a program, for tests that compare it with others:
 *
 *   pdus write FILE   a capture with every kind of PDU that the codec builds;
 *                     a line for each says what it was asked for
 *   pdus read         PDUs as hexadecimal digits, a line each; the same lines
 *                     say what the codec made of them, "none" if nothing
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "oam_pdu.h"

#define HEAD	18	/* Ethernet header and one tag */
#define LONGEST	1600

static const __u8 mac_a[6] = { 2, 0, 0, 0, 0, 1 };
static const __u8 mac_b[6] = { 2, 0, 0, 0, 0, 2 };

static FILE *capture;
static __u8 frame[LONGEST];
static __u8 *const pdu = frame + HEAD;
static const __u32 room = LONGEST - HEAD;

static void die(const char *what)
{
	fprintf(stderr, "pdus: %s\n", what);
	exit(2);
}

static void le32(__u32 v)
{
	__u8 b[4] = { (__u8)v, (__u8)(v >> 8), (__u8)(v >> 16),
		      (__u8)(v >> 24) };

	if (fwrite(b, sizeof(b), 1, capture) != 1)
		die("cannot write");
}

/* The header of a capture of Ethernet frames. */
static void begin(const char *path)
{
	capture = fopen(path, "wb");
	if (!capture)
		die(path);
	le32(0xa1b2c3d4);
	le32(4 << 16 | 2);
	le32(0);
	le32(0);
	le32(65535);
	le32(1);
}

/* @len octets of a PDU, as a frame that is as long as Ethernet wants. */
static void write_frame(__u32 len)
{
	static __u32 second;
	__u32 size = HEAD + len;

	if (!len)
		die("a PDU does not fit");
	memcpy(frame, "\x01\x80\xc2\x00\x00\x30", 6);
	memcpy(frame + 6, mac_a, 6);
	memcpy(frame + 12, "\x81\x00\xe0\x64\x89\x02", 6);
	if (size < 64) {
		memset(frame + size, 0, 64 - size);
		size = 64;
	}
	le32(second++);
	le32(0);
	le32(size);
	le32(size);
	if (fwrite(frame, size, 1, capture) != 1)
		die("cannot write");
}

static void say_hex(const char *key, const __u8 *p, unsigned int n)
{
	printf(" %s=", key);
	while (n--)
		printf("%02x", *p++);
}

static void say_head(__u8 level, __u8 opcode)
{
	printf("level=%u opcode=%u", level, opcode);
}

static void say_ccm(const struct vxc_pdu_ccm *ccm)
{
	printf(" rdi=%u interval=%u seq=%u mepid=%u port=%u if=%u", ccm->rdi,
	       ccm->interval, ccm->seq, ccm->mepid, ccm->port_status,
	       ccm->if_status);
	say_hex("maid", ccm->maid, VXC_PDU_MAID);
	printf("\n");
}

static void say_lb(const struct vxc_pdu_lb *lb)
{
	printf(" id=%u data=%u\n", lb->id, lb->data);
}

static void say_ltm(const struct vxc_pdu_ltm *ltm)
{
	printf(" id=%u ttl=%u flags=%u", ltm->id, ltm->ttl, ltm->flags);
	say_hex("origin", ltm->origin, 6);
	say_hex("target", ltm->target, 6);
	say_hex("egress", ltm->egress, 8);
	printf("\n");
}

static void say_ltr(const struct vxc_pdu_ltr *ltr)
{
	printf(" id=%u ttl=%u action=%u flags=%u", ltr->id, ltr->ttl,
	       ltr->action, ltr->flags);
	say_hex("last", ltr->last, 8);
	say_hex("next", ltr->next, 8);
	say_hex("ingress", ltr->ingress, 6);
	printf("\n");
}

static void say_dm(const struct vxc_pdu_dm *dm)
{
	printf(" tx_f=%llu rx_f=%llu tx_b=%llu\n", dm->tx_f, dm->rx_f,
	       dm->tx_b);
}

static void say_sl(const struct vxc_pdu_sl *sl)
{
	printf(" source=%u responder=%u test=%u tx_f=%u tx_b=%u\n",
	       sl->source, sl->responder, sl->test, sl->tx_f, sl->tx_b);
}

static void say_aps(const struct vxc_pdu_aps *aps)
{
	printf(" request=%u type=%u requested=%u bridged=%u flags=%u\n",
	       aps->request, aps->type, aps->requested, aps->bridged,
	       aps->flags);
}

static void say_alarm(__u8 period)
{
	printf(" period=%u\n", period);
}

static void write_ccm(__u8 level, struct vxc_pdu_ccm *ccm)
{
	say_head(level, VXC_PDU_CCM);
	say_ccm(ccm);
	write_frame(vxc_pdu_put_ccm(pdu, room, level, ccm));
}

static void write_ccms(void)
{
	static const struct {
		__u8 format;
		const char *name;
		__u32 len;
	} names[] = {
		{ VXC_MA_STRING, "x", 1 },
		{ VXC_MA_STRING, "01234567-89ab-cdef-0123-456789abcdef-1", 38 },
		{ VXC_MA_STRING,
		  "a name that has forty-five characters, no les", 45 },
		{ VXC_MA_INTEGER, "\x12\x34", 2 },
		{ VXC_MA_ICC, "VXC_ACME-0001", 13 },
	};
	__u8 maid[VXC_PDU_MAID];
	struct vxc_pdu_ccm ccm = { .maid = maid, .seq = 0xfffffffd };
	unsigned int i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]) * 14; i++) {
		vxc_pdu_maid(maid, names[i / 14].format,
			     (const __u8 *)names[i / 14].name,
			     names[i / 14].len);
		ccm.rdi = i % 2;
		ccm.interval = (__u8)(i / 2 % 7 + 1);
		ccm.mepid = (__u16)(i ? 8192 - i : 1);
		ccm.port_status = (__u8)(i % 2 + 1);
		ccm.if_status = (__u8)(i % 7 + 1);
		write_ccm((__u8)(i % 8), &ccm);
		ccm.seq++;
	}
	/* One that was put before is sent again. */
	ccm.rdi = 1;
	ccm.port_status = VXC_PORT_STATUS_UP;
	say_head((__u8)((i - 1) % 8), VXC_PDU_CCM);
	say_ccm(&ccm);
	vxc_pdu_again_ccm(pdu, ccm.rdi, ccm.seq, ccm.port_status);
	write_frame(VXC_PDU_HEAD + 70 + 9);
}

static void write_lbs(void)
{
	static const __u16 sizes[] = { 0, 1, 46, 1400 };
	struct vxc_pdu_lb lb = { .id = 0xdeadbeef };
	__u8 level;
	__u32 len;

	for (level = 0; level < 4; level++) {
		lb.data = sizes[level];
		say_head(level, VXC_PDU_LBM);
		say_lb(&lb);
		len = vxc_pdu_put_lb(pdu, room, level, VXC_PDU_LBM, &lb);
		write_frame(len);
		say_head(level, VXC_PDU_LBR);
		say_lb(&lb);
		vxc_pdu_reply_lb(pdu);
		write_frame(len);
		lb.id += 0x11111111;
	}
}

static void write_lts(void)
{
	struct vxc_pdu_ltm ltm = {
		.id = 0x80000007, .ttl = 64, .flags = VXC_LT_USE_FDB_ONLY,
		.egress = { 0, 3, 2, 0, 0, 0, 0, 9 },
	};
	struct vxc_pdu_ltr ltr = {
		.id = 0x80000007, .ttl = 63,
		.last = { 0, 3, 2, 0, 0, 0, 0, 9 },
		.next = { 0, 1, 2, 0, 0, 0, 0, 2 },
	};

	memcpy(ltm.origin, mac_a, 6);
	memcpy(ltm.target, mac_b, 6);
	memcpy(ltr.ingress, mac_b, 6);
	say_head(7, VXC_PDU_LTM);
	say_ltm(&ltm);
	write_frame(vxc_pdu_put_ltm(pdu, room, 7, &ltm));
	ltm.flags = 0;
	say_head(0, VXC_PDU_LTM);
	say_ltm(&ltm);
	write_frame(vxc_pdu_put_ltm(pdu, room, 0, &ltm));
	for (ltr.action = 1; ltr.action <= 3; ltr.action++) {
		ltr.flags = ltr.action == 1 ? VXC_LTR_TERMINAL :
			    ltr.action == 2 ? VXC_LTR_FWD_YES :
			    VXC_LT_USE_FDB_ONLY;
		say_head(7, VXC_PDU_LTR);
		say_ltr(&ltr);
		write_frame(vxc_pdu_put_ltr(pdu, room, 7, &ltr));
	}
}

static void write_dms(void)
{
	struct vxc_pdu_dm dm = { .tx_f = 1764300000999999999ull };
	__u32 len;

	say_head(4, VXC_PDU_DMM);
	say_dm(&dm);
	len = vxc_pdu_put_dm(pdu, room, 4, VXC_PDU_DMM, &dm);
	write_frame(len);
	dm.rx_f = 0xffffffffull * 1000000000 + 999999999;
	dm.tx_b = 1000000000;
	say_head(4, VXC_PDU_DMR);
	say_dm(&dm);
	vxc_pdu_reply_dm(pdu, dm.rx_f, dm.tx_b);
	write_frame(len);
}

static void write_sls(void)
{
	struct vxc_pdu_sl sl = {
		.source = 8191, .test = 0xcafe0001, .tx_f = 0xfffffffe,
	};
	__u32 len;

	say_head(3, VXC_PDU_SLM);
	say_sl(&sl);
	len = vxc_pdu_put_sl(pdu, room, 3, VXC_PDU_SLM, &sl);
	write_frame(len);
	sl.responder = 4097;
	sl.tx_b = 0xfffffff0;
	say_head(3, VXC_PDU_SLR);
	say_sl(&sl);
	vxc_pdu_reply_sl(pdu, sl.responder, sl.tx_b);
	write_frame(len);
}

static void write_apses(void)
{
	struct vxc_pdu_aps aps = { .request = 0 };
	unsigned int i;

	for (i = 0; i < 16; i++) {
		aps.request = (__u8)i;
		aps.type = (__u8)(15 - i);
		aps.requested = (__u8)(i & 1);
		aps.bridged = (__u8)(i >> 1 & 1);
		aps.flags = i & 4 ? VXC_APS_T : 0;
		say_head((__u8)(i % 8), VXC_PDU_APS);
		say_aps(&aps);
		write_frame(vxc_pdu_put_aps(pdu, room, (__u8)(i % 8), &aps));
	}
}

static void write_alarms(void)
{
	static const __u8 opcodes[] = { VXC_PDU_AIS, VXC_PDU_LCK };
	unsigned int i;

	for (i = 0; i < 16; i++) {
		say_head((__u8)(i % 8), opcodes[i / 8]);
		say_alarm((__u8)(i % 2 ? 6 : 4));
		write_frame(vxc_pdu_put_alarm(pdu, room, (__u8)(i % 8),
					      opcodes[i / 8],
					      i % 2 ? 6 : 4));
	}
}

static void read_fields(const __u8 *p, const struct vxc_pdu *head)
{
	union {
		struct vxc_pdu_ccm ccm;
		struct vxc_pdu_lb lb;
		struct vxc_pdu_ltm ltm;
		struct vxc_pdu_ltr ltr;
		struct vxc_pdu_dm dm;
		struct vxc_pdu_sl sl;
		struct vxc_pdu_aps aps;
		__u8 period;
	} is;

	if (vxc_pdu_get_ccm(p, head, &is.ccm))
		say_ccm(&is.ccm);
	else if (vxc_pdu_get_lb(p, head, &is.lb))
		say_lb(&is.lb);
	else if (vxc_pdu_get_ltm(p, head, &is.ltm))
		say_ltm(&is.ltm);
	else if (vxc_pdu_get_ltr(p, head, &is.ltr))
		say_ltr(&is.ltr);
	else if (vxc_pdu_get_dm(p, head, &is.dm))
		say_dm(&is.dm);
	else if (vxc_pdu_get_sl(p, head, &is.sl))
		say_sl(&is.sl);
	else if (vxc_pdu_get_aps(p, head, &is.aps))
		say_aps(&is.aps);
	else if (vxc_pdu_get_alarm(p, head, &is.period))
		say_alarm(is.period);
	else
		printf(" none\n");
}

/* Of exactly its size, so that a look at more is noticed. */
static void read_pdu(const char *line)
{
	__u32 len = (__u32)strcspn(line, "\n") / 2, i;
	__u8 *p = malloc(len ? len : 1);
	struct vxc_pdu head;
	unsigned int v;

	for (i = 0; i < len; i++) {
		if (!p || sscanf(line + 2 * i, "%2x", &v) != 1)
			die("not hexadecimal digits");
		p[i] = (__u8)v;
	}
	if (vxc_pdu_parse(p, len, &head)) {
		say_head(head.level, head.opcode);
		read_fields(p, &head);
	} else {
		printf("none\n");
	}
	free(p);
}

int main(int argc, char **argv)
{
	static char line[2 * LONGEST + 2];

	if (argc == 2 && !strcmp(argv[1], "read")) {
		while (fgets(line, sizeof(line), stdin))
			read_pdu(line);
		return 0;
	}
	if (argc != 3 || strcmp(argv[1], "write"))
		die("write FILE, or read");

	begin(argv[2]);
	write_ccms();
	write_lbs();
	write_lts();
	write_dms();
	write_sls();
	write_apses();
	write_alarms();
	return fclose(capture) ? 1 : 0;
}
