// SPDX-License-Identifier: GPL-2.0
/*
 * Every kind of packet from every site to every other one, and what arrived.
 *
 *	matrix NETNS DEVICE KIND... < SITES
 *
 * All sites are VLANs of DEVICE: number N, counted from 1, is VLAN 100 + N and
 * has 10.1.N.2 and fd00:N::2. SITES has lines "site N MAC", the address of its
 * gateway, and "allow A B" for each direction that is open. What is seen in
 * NETNS without the VLAN of a site has leaked. The kind "flood" sends packets
 * for everywhere until it is killed.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <linux/if_ether.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tap.h"

#define SITES	64
#define MAGIC	"vxc-matrix"
#define VLAN	100

enum kind {
	V4, V6, FRAG4, LATE4, FRAG6, LATE6, MCAST4, MCAST6, TTL4, TTL6,
	OUT4, OUT6, BCAST, L2BCAST, L2, KINDS,
};

static const char *const names[KINDS] = {
	"v4", "v6", "frag4", "late4", "frag6", "late6", "mcast4", "mcast6",
	"ttl4", "ttl6", "out4", "out6", "bcast", "l2bcast", "l2",
};

struct mark {
	char magic[sizeof(MAGIC)];
	uint8_t run;
	uint8_t kind;
	uint8_t from;
	uint8_t to;
};

static uint8_t macs[SITES + 1][6];
static bool present[SITES + 1], allowed[SITES + 1][SITES + 1];
static bool wanted[KINDS];
static unsigned int got[KINDS][SITES + 1][SITES + 1];
static int missing, errors;
static uint8_t run;

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

static bool is_v6(int kind)
{
	return kind == V6 || kind == FRAG6 || kind == LATE6 ||
	       kind == MCAST6 || kind == TTL6 || kind == OUT6;
}

static size_t put_eth(uint8_t *p, int kind, int from)
{
	static const uint8_t group4[] = { 1, 0, 0x5e, 1, 1, 1 };
	static const uint8_t group6[] = { 0x33, 0x33, 0, 1, 0, 1 };
	size_t n = 14;

	memcpy(p, macs[from], 6);
	if (kind == MCAST4)
		memcpy(p, group4, 6);
	else if (kind == MCAST6)
		memcpy(p, group6, 6);
	else if (kind == L2BCAST || kind == L2)
		memset(p, 0xff, 6);
	memset(p + 6, 0, 6);
	p[6] = 2;
	p[11] = (uint8_t)from;
	put16(p + 12, ETH_P_8021Q);
	n += put16(p + n, (unsigned int)(VLAN + from));
	n += put16(p + n, kind == L2 ? 0x8902 :
		   is_v6(kind) ? ETH_P_IPV6 : ETH_P_IP);
	return n;
}

static size_t put_udp(uint8_t *p, const struct mark *mark)
{
	put16(p, 4000);
	put16(p + 2, 4001);
	put16(p + 4, 8 + sizeof(*mark));
	put16(p + 6, 0);
	memcpy(p + 8, mark, sizeof(*mark));
	return 8 + sizeof(*mark);
}

static size_t put_v4(uint8_t *p, int kind, const struct mark *mark)
{
	uint8_t src[] = { 10, 1, mark->from, 2 };
	uint8_t dst[] = { 10, 1, mark->to, 2 };
	unsigned int frag = kind == FRAG4 ? 0x2000 : kind == LATE4 ? 10 : 0;
	size_t len = 20;

	if (kind == MCAST4)
		memcpy(dst, "\xef\x01\x01\x01", 4);
	else if (kind == OUT4)
		memcpy(dst, "\x08\x08\x08\x08", 4);
	else if (kind == BCAST)
		dst[3] = 255;
	len += put_udp(p + len, mark);
	if (kind == FRAG4)
		len = 20 + 24;	/* whole units of 8 bytes */
	memset(p, 0, 12);
	p[0] = 0x45;
	put16(p + 2, (unsigned int)len);
	put16(p + 4, (unsigned int)(mark->from << 8 | mark->to));
	put16(p + 6, frag);
	p[8] = kind == TTL4 ? 1 : 16;
	p[9] = 17;
	memcpy(p + 12, src, 4);
	memcpy(p + 16, dst, 4);
	put16(p + 10, checksum(p, 20));
	return len;
}

static size_t put_v6(uint8_t *p, int kind, const struct mark *mark)
{
	bool frag = kind == FRAG6 || kind == LATE6;
	size_t len = 40;

	memset(p, 0, 48);
	p[0] = 0x60;
	p[6] = 17;
	p[7] = kind == TTL6 ? 1 : 16;
	memcpy(p + 8, "\xfd\x00\x00", 3);
	p[11] = mark->from;
	p[23] = 2;
	if (kind == MCAST6)
		memcpy(p + 24, "\xff\x05\0\0\0\0\0\0\0\0\0\0\0\1\0\1", 16);
	else if (kind == OUT6)
		memcpy(p + 24, "\x20\x01\x48\x60", 4);
	else
		memcpy(p + 24, "\xfd\x00\x00", 3);
	if (kind != MCAST6) {
		p[27] = kind == OUT6 ? 1 : mark->to;
		p[39] = 2;
	}
	if (frag) {
		p[6] = 44;
		p[40] = 17;
		put16(p + 42, kind == FRAG6 ? 1 : 10 << 3);
		p[47] = mark->to;
		len += 8;
	}
	len += put_udp(p + len, mark);
	if (kind == FRAG6)
		len = 48 + 24;
	put16(p + 4, (unsigned int)(len - 40));
	return len;
}

static void send_one(int fd, int kind, int from, int to)
{
	struct mark mark = {
		.magic = MAGIC, .run = run, .kind = (uint8_t)kind,
		.from = (uint8_t)from, .to = (uint8_t)to,
	};
	uint8_t buf[256] = { 0 };
	size_t n = put_eth(buf, kind, from);

	if (kind == L2)
		n += put_udp(buf + n, &mark);
	else if (is_v6(kind))
		n += put_v6(buf + n, kind, &mark);
	else
		n += put_v4(buf + n, kind, &mark);
	if (!tap_send(fd, buf, n))
		die("cannot send: %m");
}

/* The host makes only so many errors a second; one for each site will do. */
static bool is_sent(int kind, int from, int to)
{
	if (kind != TTL4 && kind != TTL6)
		return true;
	return to == (from == 1 ? 2 : 1);
}

static bool to_all(int kind)
{
	return kind == MCAST4 || kind == MCAST6 || kind == OUT4 ||
	       kind == OUT6 || kind == L2;
}

/* Does a packet of this kind from and to these sites arrive at another one? */
static bool expected(int kind, int from, int to, int at)
{
	switch (kind) {
	case TTL4:
	case TTL6:
		return at == from;	/* the gateway's error, inside it */
	case MCAST4:
	case MCAST6:
		return at != from && allowed[from][at];
	case OUT4:
	case OUT6:
	case BCAST:
	case L2BCAST:
	case L2:
		return false;
	}
	return at == to && allowed[from][to];
}

static int vlan_of(const struct tap_frame *f)
{
	if (f->len < 18 || f->data[12] != 0x81 || f->data[13] != 0)
		return -1;
	return (f->data[14] & 15) << 8 | f->data[15];
}

/* An error about a packet brings its beginning back to its sender. */
static bool is_error(const struct tap_frame *f, const struct mark *mark)
{
	const uint8_t *ip = f->data + 18;
	bool icmp;

	if (f->len < 18 + 41)
		return false;
	icmp = f->data[17] == 0xdd ? ip[6] == 58 && ip[40] < 128 :
	       ip[9] == 1 && (ip[20] == 3 || ip[20] == 11);
	return icmp && vlan_of(f) == VLAN + mark->from;
}

static void seen(const struct tap_frame *f, void *arg)
{
	struct mark mark;
	const uint8_t *p;
	int at;

	p = memmem(f->data, f->len, MAGIC, sizeof(MAGIC));
	if (!p || (size_t)(f->data + f->len - p) < sizeof(mark))
		return;
	memcpy(&mark, p, sizeof(mark));
	if (mark.run != run || mark.kind >= KINDS || mark.from > SITES ||
	    mark.to > SITES)
		return;
	at = vlan_of(f) - VLAN;
	if (at < 1 || at > SITES || !present[at]) {
		printf("%s of site %u leaks to %s\n", names[mark.kind],
		       mark.from, tap_ifname(f->netns, f->ifindex));
		errors++;
		return;
	}
	/* Told to the sender that there is no way: that is no leak. */
	if (mark.kind != TTL4 && mark.kind != TTL6 && is_error(f, &mark))
		return;
	if (!expected(mark.kind, mark.from, mark.to, at)) {
		printf("%s from %u to %u arrives at %d\n", names[mark.kind],
		       mark.from, mark.to, at);
		errors++;
		return;
	}
	if (to_all(mark.kind) ? !got[mark.kind][mark.from][at]++ :
	    !got[mark.kind][mark.from][mark.to]++)
		missing--;
}

static void read_sites(void)
{
	unsigned int a, b, m[6];
	char line[128];
	int i;

	while (fgets(line, sizeof(line), stdin)) {
		if (sscanf(line, "site %u %x:%x:%x:%x:%x:%x", &a, m, m + 1,
			   m + 2, m + 3, m + 4, m + 5) == 7 && a <= SITES) {
			present[a] = true;
			for (i = 0; i < 6; i++)
				macs[a][i] = (uint8_t)m[i];
		} else if (sscanf(line, "allow %u %u", &a, &b) == 2 &&
			   a <= SITES && b <= SITES) {
			allowed[a][b] = true;
		} else {
			die("cannot understand: %s", line);
		}
	}
}

static void send_kind(int fd, int kind)
{
	int from, to, at;

	for (from = 1; from <= SITES; from++) {
		if (!present[from])
			continue;
		for (to = 1; to <= SITES; to++) {
			if (!present[to] || to == from ||
			    !is_sent(kind, from, to))
				continue;
			if (!to_all(kind) || to == (from == 1 ? 2 : 1)) {
				send_one(fd, kind, from, to);
				if (!to_all(kind))
					for (at = 1; at <= SITES; at++)
						missing += present[at] &&
							   expected(kind, from,
								    to, at);
			}
			if (to_all(kind))
				missing += expected(kind, from, to, to);
		}
		/* Not more at once than the queues hold */
		tap_collect(0, seen, NULL);
	}
}

static void flood(int fd)
{
	static const int kinds[] = { V4, V6, OUT4, OUT6, TTL4 };
	unsigned int i;

	for (;; usleep(1000))
		for (i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
			send_kind(fd, kinds[i]);
}

static void complain(int kind)
{
	int from, to, n = 0;

	for (from = 1; from <= SITES; from++)
		for (to = 1; to <= SITES; to++) {
			int at = kind == TTL4 || kind == TTL6 ? from : to;

			if (!present[from] || !present[to] || from == to ||
			    !is_sent(kind, from, to) ||
			    !expected(kind, from, to, at) ||
			    got[kind][from][to] || n++ > 4)
				continue;
			printf("%s from %d to %d does not arrive\n",
			       names[kind], from, to);
		}
}

int main(int argc, char **argv)
{
	int64_t end;
	int i, k, ns, fd;

	if (argc < 4)
		die("usage: matrix NETNS DEVICE KIND...");
	for (i = 3; i < argc; i++) {
		for (k = 0; k < KINDS; k++)
			if (!strcmp(argv[i], "all") ||
			    !strcmp(argv[i], names[k]))
				wanted[k] = true;
	}
	read_sites();
	run = (uint8_t)tap_now_ms();
	tap_init();
	ns = tap_netns(argv[1]);
	if (!strcmp(argv[3], "flood"))
		flood(tap_sender(ns, argv[2], true));
	tap_listen(ns);
	fd = tap_sender(ns, argv[2], true);
	for (k = 0; k < KINDS; k++)
		if (wanted[k])
			send_kind(fd, k);

	end = tap_now_ms() + 10000;
	while (missing > 0 && tap_now_ms() < end)
		tap_collect(50, seen, NULL);
	/* And what should not come gets its time too. */
	tap_collect(200, seen, NULL);
	for (k = 0; k < KINDS && missing; k++)
		if (wanted[k])
			complain(k);
	if (tap_lost())
		die("%lu frames were lost by the sockets", tap_lost());
	if (missing)
		printf("%d packets are missing\n", missing);
	return errors || missing;
}
