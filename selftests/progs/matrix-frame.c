// SPDX-License-Identifier: GPL-2.0
/* The packets of the matrix, and what a captured frame says of itself. */
#define _GNU_SOURCE
#include <linux/if_ether.h>
#include <string.h>

#include "matrix.h"

#define CFM	0x8902
#define LEVEL	4	/* of the MEPs */

static uint16_t checksum(const uint8_t *p, size_t len)
{
	uint32_t sum = 0;
	size_t i;

	for (i = 0; i + 1 < len; i += 2)
		sum += (uint32_t)p[i] << 8 | p[i + 1];
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return (uint16_t)~sum;
}

static size_t put16(uint8_t *p, unsigned int v)
{
	p[0] = (uint8_t)(v >> 8);
	p[1] = (uint8_t)v;
	return 2;
}

static unsigned int ethertype(int kind)
{
	switch (kind) {
	case V6:
	case FRAG6:
	case LATE6:
	case MCAST6:
	case TTL6:
	case BIG6:
	case ASK6:
	case OUT6:
		return ETH_P_IPV6;
	case L2:
	case CCM:
	case LBM:
	case LTM:
		return CFM;
	}
	return ETH_P_IP;
}

static void put_destination(uint8_t *p, int kind, const struct macs *macs)
{
	static const uint8_t oam[] = { 1, 0x80, 0xc2, 0, 0, 0x30 };
	static const uint8_t group4[] = { 1, 0, 0x5e, 1, 1, 1 };
	static const uint8_t group6[] = { 0x33, 0x33, 0, 1, 0, 1 };

	switch (kind) {
	case MCAST4:
		memcpy(p, group4, 6);
		break;
	case MCAST6:
		memcpy(p, group6, 6);
		break;
	case L2BCAST:
	case L2:
		memset(p, 0xff, 6);
		break;
	case CCM:
		memcpy(p, oam, 6);
		p[5] |= 7;
		break;
	case LTM:
		memcpy(p, oam, 6);
		p[5] |= 8 | LEVEL;
		break;
	case LBM:
		memcpy(p, macs->port, 6);
		break;
	default:
		memcpy(p, macs->gateway, 6);
	}
}

static size_t put_eth(uint8_t *p, const struct mark *mark,
		      const struct macs *macs)
{
	size_t n = 14;

	put_destination(p, mark->kind, macs);
	memset(p + 6, 0, 6);
	p[6] = 2;
	p[11] = mark->from;
	put16(p + 12, ETH_P_8021Q);
	n += put16(p + n, (unsigned int)(VLAN + mark->from));
	n += put16(p + n, ethertype(mark->kind));
	return n;
}

/* Large ones do not fit through a peering whose MTU is 1,280. */
static size_t put_udp(uint8_t *p, const struct mark *mark)
{
	size_t len = mark->kind == BIG4 || mark->kind == BIG6 ? 1400 :
		     8 + sizeof(*mark);

	memset(p, 0, len);
	put16(p, 4000);
	put16(p + 2, 4001);
	put16(p + 4, (unsigned int)len);
	memcpy(p + 8, mark, sizeof(*mark));
	return len;
}

static void put_destination4(uint8_t *dst, const struct mark *mark)
{
	dst[0] = 10;
	dst[1] = 1;
	dst[2] = mark->to;
	dst[3] = 2;
	if (mark->kind == MCAST4)
		memcpy(dst, "\xef\x01\x01\x01", 4);
	else if (mark->kind == OUT4)
		memcpy(dst, "\x08\x08\x08\x08", 4);
	else if (mark->kind == BCAST)
		dst[3] = 255;
	else if (mark->kind == ASK4)
		dst[3] = (uint8_t)(ASKED + mark->from);
}

static size_t put_v4(uint8_t *p, const struct mark *mark)
{
	uint8_t src[] = { 10, 1, mark->from, 2 };
	unsigned int frag = 0;
	size_t len = 20;

	if (mark->kind == FRAG4)
		frag = 0x2000;
	else if (mark->kind == LATE4)
		frag = 10;
	else if (mark->kind == BIG4)
		frag = 0x4000;
	len += put_udp(p + len, mark);
	if (mark->kind == FRAG4)
		len = 20 + 24;	/* whole units of 8 bytes */
	memset(p, 0, 12);
	p[0] = 0x45;
	put16(p + 2, (unsigned int)len);
	put16(p + 4, (unsigned int)(mark->from << 8 | mark->to));
	put16(p + 6, frag);
	p[8] = mark->kind == TTL4 ? 1 : 16;
	p[9] = 17;
	memcpy(p + 12, src, 4);
	put_destination4(p + 16, mark);
	put16(p + 10, checksum(p, 20));
	return len;
}

static void put_destination6(uint8_t *dst, const struct mark *mark)
{
	memset(dst, 0, 16);
	if (mark->kind == MCAST6) {
		memcpy(dst, "\xff\x05\0\0\0\0\0\0\0\0\0\0\0\1\0\1", 16);
		return;
	}
	memcpy(dst, mark->kind == OUT6 ? "\x20\x01\x48" : "\xfd\x00\x00", 3);
	dst[3] = mark->kind == OUT6 ? 0x60 : mark->to;
	dst[15] = mark->kind == ASK6 ? (uint8_t)(ASKED + mark->from) : 2;
	if (mark->kind == ASK6)
		dst[14] = mark->round;
}

static size_t put_v6(uint8_t *p, const struct mark *mark)
{
	bool frag = mark->kind == FRAG6 || mark->kind == LATE6;
	size_t len = 40;

	memset(p, 0, 48);
	p[0] = 0x60;
	p[6] = 17;
	p[7] = mark->kind == TTL6 ? 1 : 16;
	memcpy(p + 8, "\xfd\x00\x00", 3);
	p[11] = mark->from;
	p[23] = 2;
	put_destination6(p + 24, mark);
	if (frag) {
		p[6] = 44;
		p[40] = 17;
		put16(p + 42, mark->kind == FRAG6 ? 1 : 10 << 3);
		p[47] = mark->to;
		len += 8;
	}
	len += put_udp(p + len, mark);
	if (mark->kind == FRAG6)
		len = 48 + 24;
	put16(p + 4, (unsigned int)(len - 40));
	return len;
}

/* A CCM of a level above that of the MEPs, which it is not for. */
static size_t put_ccm(uint8_t *p, const struct mark *mark)
{
	memset(p, 0, 75);
	p[0] = 7 << 5;
	p[1] = 1;
	p[2] = 4;
	p[3] = 70;
	p[9] = mark->from;
	p[10] = 1;
	p[11] = 2;
	p[12] = sizeof(*mark);
	memcpy(p + 13, mark, sizeof(*mark));
	return 75;
}

/* What a MEP sends back whole, or, with another opcode, does not know. */
static size_t put_loopback(uint8_t *p, const struct mark *mark)
{
	memset(p, 0, 12);
	p[0] = LEVEL << 5;
	p[1] = mark->kind == LBM ? 3 : 5;
	p[3] = mark->kind == LBM ? 4 : 17;
	p[7] = mark->round;
	p[8] = 3;
	put16(p + 9, sizeof(*mark));
	memcpy(p + 11, mark, sizeof(*mark));
	p[11 + sizeof(*mark)] = 0;
	return 12 + sizeof(*mark);
}

/**
 * matrix_frame() - Build a packet
 * @buf: room for LONGEST octets
 * @mark: which one
 * @macs: of those that it is for
 *
 * Return: its length.
 */
size_t matrix_frame(uint8_t *buf, const struct mark *mark,
		    const struct macs *macs)
{
	size_t n = put_eth(buf, mark, macs);

	switch (mark->kind) {
	case L2:
		return n + put_udp(buf + n, mark);
	case CCM:
		return n + put_ccm(buf + n, mark);
	case LBM:
	case LTM:
		return n + put_loopback(buf + n, mark);
	}
	if (ethertype(mark->kind) == ETH_P_IPV6)
		return n + put_v6(buf + n, mark);
	return n + put_v4(buf + n, mark);
}

/* The host asks for a neighbour that only one site can have asked for. */
static bool asked_neighbour(struct mark *mark, const uint8_t *p, size_t len)
{
	const uint8_t *target;

	if (len >= 32 && p[4] == 8 && p[5] == 6 && p[13] == 1) {
		target = p + 30;
		mark->kind = ASK4;
		mark->to = target[2];
		mark->round = 0;
	} else if (len >= 6 + 64 && p[4] == 0x86 && p[12] == 58 &&
		   p[46] == 135) {
		target = p + 54 + 12;
		mark->kind = ASK6;
		mark->to = p[54 + 3];
		mark->round = target[2];
	} else {
		return false;
	}
	if (target[3] <= ASKED || target[3] > ASKED + SITES)
		return false;
	mark->from = (uint8_t)(target[3] - ASKED);
	return true;
}

/**
 * matrix_mark() - What does a captured frame say of itself?
 * @mark: it goes here; a neighbour's solicitation is of no program
 * @data: the frame
 * @len: its length
 *
 * Return: false if it is none of a matrix.
 */
bool matrix_mark(struct mark *mark, const uint8_t *data, size_t len)
{
	const uint8_t *p = memmem(data, len, MAGIC, sizeof(MAGIC));

	memset(mark, 0, sizeof(*mark));
	if (!p)
		return matrix_vlan(data, len) >= 0 &&
		       asked_neighbour(mark, data + 12, len - 12);
	if ((size_t)(data + len - p) < sizeof(*mark))
		return false;
	memcpy(mark, p, sizeof(*mark));
	return mark->kind < KINDS && mark->from <= SITES && mark->to <= SITES;
}

/**
 * matrix_is_error() - Does a frame bring back the beginning of a packet?
 * @data: the frame, with one tag
 * @len: its length
 */
bool matrix_is_error(const uint8_t *data, size_t len)
{
	const uint8_t *ip = data + 18;

	if (len < 18 + 41)
		return false;
	if (data[17] == 0xdd)
		return ip[6] == 58 && ip[40] < 128;
	return ip[9] == 1 && (ip[20] == 3 || ip[20] == 11);
}

/* The VLAN ID of a frame, or -1. */
int matrix_vlan(const uint8_t *data, size_t len)
{
	if (len < 18 || data[12] != 0x81 || data[13] != 0)
		return -1;
	return (data[14] & 15) << 8 | data[15];
}
