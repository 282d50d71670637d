// SPDX-License-Identifier: GPL-2.0
/* Frames of any shape, the same ones for the same seed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "frame.h"
#include "tap.h"

#define DEVICES		8
#define LONGEST		1600

static uint64_t seed;

static uint32_t pick(uint32_t n)
{
	return frame_random(&seed) % n;
}

static void put16(uint8_t *p, uint16_t v)
{
	p[0] = v >> 8;
	p[1] = v;
}

static uint16_t random_tpid(void)
{
	static const uint16_t tpids[] = { 0x8100, 0x8100, 0x88a8, 0x9100,
					  0x9200, 0x88e7 };

	return tpids[pick(6)];
}

static uint16_t random_tci(void)
{
	static const uint16_t vids[] = { 0, 1, 10, 20, 99, 100, 200, 4094,
					 4095 };

	return pick(8) ? vids[pick(9)] | pick(16) << 12 : pick(65536);
}

static uint16_t random_type(void)
{
	static const uint16_t types[] = { 0x0800, 0x0806, 0x86dd, 0x88b5,
					  0x8902, 0x88cc, 0x8847, 0x8809,
					  0x0026, 0x05dc, 0x22f0, 0xffff };

	return pick(16) ? types[pick(12)] : pick(65536);
}

static void random_dst(uint8_t *dst)
{
	static const uint8_t bridge[6] = { 0x01, 0x80, 0xc2, 0, 0, 0 };
	unsigned int i, kind = pick(4);

	memset(dst, 0xff, 6);
	if (kind == 1) {
		memcpy(dst, bridge, 6);
		dst[5] = pick(16);
	} else if (kind == 2) {
		for (i = 0; i < 6; i++)
			dst[i] = pick(256);
	}
}

/* Lengths around those where something begins or ends, and any others. */
static size_t random_length(size_t header)
{
	switch (pick(4)) {
	case 0:
		return 14 + pick(header);
	case 1:
		return header + pick(8);
	case 2:
		return 1490 + pick(110);
	default:
		return 14 + pick(LONGEST - 14);
	}
}

static size_t random_frame(uint8_t *buf, uint32_t id)
{
	unsigned int i, tags = pick(3) ? pick(4) : pick(17);
	size_t header, len;

	random_dst(buf);
	frame_set_id(buf, id);
	for (i = 12; i < LONGEST; i++)
		buf[i] = pick(256);
	for (i = 0; i < tags; i++) {
		put16(buf + 12 + 4 * i, random_tpid());
		put16(buf + 14 + 4 * i, random_tci());
	}
	header = 14 + 4 * tags;
	put16(buf + header - 2, random_type());
	len = random_length(header);
	return len > LONGEST ? LONGEST : len;
}

/* The core drops these, and counts them nowhere: the outer tag is cut off. */
static bool dies_in_core(const uint8_t *buf, size_t len)
{
	unsigned int type = buf[12] << 8 | buf[13];

	return len < 20 && (type == 0x8100 || type == 0x88a8);
}

int main(int argc, char **argv)
{
	unsigned long count, i, sent = 0, refused = 0, lost = 0;
	int fds[DEVICES], nfds = 0;
	char copy[128], *dev;
	uint8_t buf[LONGEST];
	size_t len;

	if (argc < 4)
		die("usage: fuzz-frames SEED COUNT NETNS:DEV ...");
	seed = strtoull(argv[1], NULL, 0) | 1;
	count = strtoul(argv[2], NULL, 0);
	tap_init();
	tap_pin();
	for (i = 3; i < (unsigned long)argc && nfds < DEVICES; i++) {
		snprintf(copy, sizeof(copy), "%s", argv[i]);
		dev = strrchr(copy, ':');
		if (!dev)
			die("%s is not NETNS:DEV", argv[i]);
		*dev++ = 0;
		fds[nfds++] = tap_sender(tap_netns(copy), dev, false);
	}
	for (i = 0; i < count; i++) {
		len = random_frame(buf, i);
		if (!tap_send(fds[pick(nfds)], buf, len)) {
			refused++;
		} else {
			sent++;
			lost += dies_in_core(buf, len);
		}
	}
	printf("seed %s sent %lu refused %lu cut %lu\n", argv[1], sent,
	       refused, lost);
	return 0;
}
