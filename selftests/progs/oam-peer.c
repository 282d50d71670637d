// SPDX-License-Identifier: GPL-2.0
/* The other end of a MEP: CCMs on a schedule, frames by their octets, what
 * arrives as octets, and hostile PDUs. It knows the PDUs from the standards'
 * layouts and shares no code with the module.
 */
#include <ctype.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "frame.h"
#include "tap.h"

#define CFM		0x8902
#define LONGEST		1500

static volatile sig_atomic_t stop;

static void on_signal(int sig)
{
	stop = 1;
}

static void put16(uint8_t *p, uint16_t v)
{
	p[0] = v >> 8;
	p[1] = v;
}

static void put32(uint8_t *p, uint32_t v)
{
	put16(p, v >> 16);
	put16(p + 2, v);
}

/* NETNS:DEV to a socket that sends there */
static int sender(const char *where)
{
	char copy[128], *dev;

	snprintf(copy, sizeof(copy), "%s", where);
	dev = strrchr(copy, ':');
	if (!dev)
		die("%s is not NETNS:DEV", where);
	*dev++ = 0;
	return tap_sender(tap_netns(copy), dev, false);
}

/* Destination, source, the tags that the text has, and the ethertype. */
static size_t header(uint8_t *buf, const char *tags, const uint8_t *dst,
		     const uint8_t *src)
{
	struct frame_spec spec;
	uint8_t *p = buf + 12;
	unsigned int i;

	if (!frame_parse(&spec, tags))
		die("bad tags %s", tags);
	memcpy(buf, dst, 6);
	memcpy(buf + 6, src, 6);
	for (i = 0; i < spec.ntags; i++, p += 4) {
		put16(p, spec.tags[i].tpid);
		put16(p + 2, spec.tags[i].tci);
	}
	put16(p, CFM);
	return p + 2 - buf;
}

struct ccm {
	const char *tags;
	const char *ma;
	unsigned int format;
	unsigned int level;
	unsigned int mepid;
	unsigned int code;
	unsigned int rdi;
	unsigned int port;
	unsigned long us;
	unsigned long count;
	uint8_t src[6];
};

static size_t build_ccm(const struct ccm *c, uint32_t seq, uint8_t *buf)
{
	uint8_t dst[6] = { 0x01, 0x80, 0xc2, 0, 0, 0x30 };
	size_t len, ma = strlen(c->ma);
	uint8_t *p;

	dst[5] |= c->level;
	len = header(buf, c->tags, dst, c->src);
	p = buf + len;
	memset(p, 0, 83);
	p[0] = c->level << 5;
	p[1] = 1;
	p[2] = ((c->rdi == 2 ? seq & 1 : c->rdi) ? 0x80 : 0) | c->code;
	p[3] = 70;
	put32(p + 4, seq);
	put16(p + 8, c->mepid);
	p[10] = 1;
	p[11] = c->format;
	p[12] = ma;
	memcpy(p + 13, c->ma, ma > 45 ? 45 : ma);
	memcpy(p + 74, "\x02\x00\x01", 3);
	p[77] = c->port;
	memcpy(p + 78, "\x04\x00\x01\x01\x00", 5);
	return len + 83;
}

static void option(struct ccm *c, const char *word)
{
	const char *value = strchr(word, '=');
	unsigned int m[6], i;

	if (!value)
		die("%s is not KEY=VALUE", word);
	value++;
	if (!strncmp(word, "tags=", 5))
		c->tags = value;
	else if (!strncmp(word, "ma=", 3))
		c->ma = value;
	else if (!strncmp(word, "format=", 7))
		c->format = atoi(value);
	else if (!strncmp(word, "level=", 6))
		c->level = atoi(value);
	else if (!strncmp(word, "mepid=", 6))
		c->mepid = atoi(value);
	else if (!strncmp(word, "code=", 5))
		c->code = atoi(value);
	else if (!strncmp(word, "rdi=", 4))
		c->rdi = atoi(value);
	else if (!strncmp(word, "port=", 5))
		c->port = atoi(value);
	else if (!strncmp(word, "us=", 3))
		c->us = atol(value);
	else if (!strncmp(word, "count=", 6))
		c->count = atol(value);
	else if (!strncmp(word, "src=", 4) &&
		 sscanf(value, "%x:%x:%x:%x:%x:%x", &m[0], &m[1], &m[2], &m[3],
			&m[4], &m[5]) == 6)
		for (i = 0; i < 6; i++)
			c->src[i] = m[i];
	else
		die("what is %s?", word);
}

static void pause_until(struct timespec *at, unsigned long us)
{
	at->tv_nsec += us % 1000000 * 1000;
	at->tv_sec += us / 1000000;
	if (at->tv_nsec >= 1000000000) {
		at->tv_nsec -= 1000000000;
		at->tv_sec++;
	}
	clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, at, NULL);
}

/* ccm NETNS:DEV KEY=VALUE...: until a signal, or COUNT of them; then prints
 * when the last one was sent, in milliseconds of the wall clock. With rdi=2
 * every other one has it.
 */
static int run_ccm(int argc, char **argv)
{
	struct ccm c = {
		.tags = "-", .ma = "test", .format = 2, .level = 4,
		.mepid = 2, .code = 3, .us = 100000, .port = 2,
		.src = { 2, 0, 0, 0, 0, 2 },
	};
	uint8_t buf[256];
	struct timespec at, last = { 0 };
	uint32_t seq = 0;
	int fd, i;

	if (argc < 1)
		die("ccm: where?");
	fd = sender(argv[0]);
	for (i = 1; i < argc; i++)
		option(&c, argv[i]);
	clock_gettime(CLOCK_MONOTONIC, &at);
	while (!stop && (!c.count || seq < c.count)) {
		seq++;
		tap_send(fd, buf, build_ccm(&c, seq, buf));
		clock_gettime(CLOCK_REALTIME, &last);
		pause_until(&at, c.us);
	}
	printf("last %ld\n", last.tv_sec * 1000 + last.tv_nsec / 1000000);
	return 0;
}

static size_t from_hex(const char *s, uint8_t *buf)
{
	unsigned int v;
	size_t n = 0;

	for (; *s; s++) {
		if (isspace(*s))
			continue;
		if (n == LONGEST || sscanf(s, "%2x", &v) != 1)
			die("bad octets at %s", s);
		buf[n++] = v;
		s++;
	}
	return n;
}

/* send NETNS:DEV HEX [COUNT]: a frame, given from its first octet on */
static int run_send(int argc, char **argv)
{
	unsigned long count = argc > 2 ? atol(argv[2]) : 1;
	uint8_t buf[LONGEST];
	size_t len;
	int fd;

	if (argc < 2)
		die("send: where, and what?");
	fd = sender(argv[0]);
	len = from_hex(argv[1], buf);
	while (count--)
		if (!tap_send(fd, buf, len))
			die("not sent: %m");
	return 0;
}

static int watch_netns;

static void print_frame(const struct tap_frame *frame, void *arg)
{
	size_t at = 12, i;

	while (at + 4 < frame->len &&
	       ((frame->data[at] == 0x81 && !frame->data[at + 1]) ||
		(frame->data[at] == 0x88 && frame->data[at + 1] == 0xa8) ||
		(frame->data[at] == 0x91 && !frame->data[at + 1])))
		at += 4;
	if (at + 2 > frame->len || frame->data[at] != 0x89 ||
	    frame->data[at + 1] != 0x02)
		return;
	printf("%s ", tap_ifname(watch_netns, frame->ifindex));
	for (i = 0; i < frame->len; i++)
		printf("%02x", frame->data[i]);
	printf("\n");
}

/* watch NETNS: the device and the octets of each OAM frame that arrives */
static int run_watch(int argc, char **argv)
{
	if (argc < 1)
		die("watch: which network namespace?");
	watch_netns = tap_netns(argv[0]);
	tap_listen(watch_netns);
	printf("ready\n");
	fflush(stdout);
	while (!stop) {
		tap_collect(50, print_frame, NULL);
		fflush(stdout);
	}
	return 0;
}

/* The other end of a loss measurement, on one device. */
struct slr {
	int netns;
	int fd;
	int ifindex;
	const char *fates;	/* file */
	uint32_t turned;
	unsigned long asked[128];
};

/* The fate that the file has for an SLM of this number. */
static char fate(const struct slr *s, uint32_t number)
{
	FILE *f = fopen(s->fates, "re");
	char text[256] = "";

	if (!f || !fgets(text, sizeof(text), f))
		die("cannot read %s", s->fates);
	fclose(f);
	text[strcspn(text, "\n")] = 0;
	return text[number % strlen(text)];
}

static void reply_sl(const struct tap_frame *frame, void *arg)
{
	struct slr *s = arg;
	uint8_t *p = frame->data;
	size_t at = 12;
	char what;

	while (at + 4 < frame->len && (p[at] == 0x81 || p[at] == 0x88))
		at += 4;
	if (frame->ifindex != s->ifindex || at + 22 > frame->len ||
	    p[at] != 0x89 || p[at + 1] != 0x02 || p[at + 3] != 55)
		return;
	memcpy(p, p + 6, 6);
	memcpy(p + 6, "\x02\0\0\0\0\x02", 6);
	p += at + 2;
	what = fate(s, p[12] << 24 | p[13] << 16 | p[14] << 8 | p[15]);
	s->asked[what & 127]++;
	if (what == 'f')
		return;
	s->turned++;
	if (what == 'n')
		return;
	p[1] = 54;
	put16(p + 6, 2);
	put32(p + 16, s->turned);
	tap_send(s->fd, frame->data, frame->len);
}

/* slr NETNS:DEV FILE: MEP 2 answers SLMs. FILE has a letter for each, over
 * and over: f, it was lost on the way there; n, its reply on the way back; or
 * anything else. Prints how many there were of each letter.
 */
static int run_slr(int argc, char **argv)
{
	char where[64], *dev;
	struct slr s = { 0 };
	int i;

	if (argc < 2)
		die("slr: where, and what becomes of them?");
	snprintf(where, sizeof(where), "%s", argv[0]);
	dev = strrchr(where, ':');
	if (!dev)
		die("%s is not NETNS:DEV", where);
	*dev++ = 0;
	s.fates = argv[1];
	s.netns = tap_netns(where);
	s.fd = tap_sender(s.netns, dev, false);
	s.ifindex = tap_ifindex(s.netns, dev);
	tap_listen(s.netns);
	printf("ready\n");
	fflush(stdout);
	while (!stop)
		tap_collect(50, reply_sl, &s);
	for (i = 0; i < 128; i++)
		if (s.asked[i])
			printf("%c %lu\n", i, s.asked[i]);
	return 0;
}

static uint64_t seed;

static uint32_t pick(uint32_t n)
{
	return frame_random(&seed) % n;
}

/* Every kind of PDU in its usual shape, to be made unusual. */
static size_t usual_pdu(uint8_t *p)
{
	static const struct {
		uint8_t opcode, fields;
	} kinds[] = {
		{ 1, 70 }, { 2, 4 }, { 3, 4 }, { 4, 6 }, { 5, 17 }, { 33, 0 },
		{ 35, 0 }, { 39, 4 }, { 40, 32 }, { 42, 12 }, { 43, 12 },
		{ 46, 32 }, { 47, 32 }, { 54, 16 }, { 55, 16 }, { 52, 0 },
	};
	unsigned int kind = pick(sizeof(kinds) / sizeof(kinds[0])), i;
	size_t len = 4 + kinds[kind].fields;

	p[0] = 4 << 5;
	p[1] = kinds[kind].opcode;
	p[2] = p[1] == 1 ? pick(8) | (pick(2) << 7) : pick(256);
	p[3] = kinds[kind].fields;
	for (i = 4; i < len; i++)
		p[i] = pick(256);
	if (p[1] == 1)
		put16(p + 8, pick(4));
	for (i = pick(4); i; i--) {
		unsigned int n = pick(pick(4) ? 16 : 600);

		p[len] = pick(10);
		put16(p + len + 1, pick(8) ? n : pick(65536));
		len += 3;
		while (n--)
			p[len++] = pick(256);
	}
	p[len++] = 0;
	return len;
}

static size_t mutate(uint8_t *p, size_t len)
{
	unsigned int n;

	for (n = pick(4); n && len; n--)
		p[pick(len)] = pick(256);
	switch (pick(4)) {
	case 0:
		return pick(len + 1);
	case 1:
		memset(p + len, pick(256), 64);
		return len + pick(64);
	default:
		return len;
	}
}

static void random_addresses(uint8_t *dst, uint8_t *src, const uint8_t *mac)
{
	static const uint8_t group[6] = { 0x01, 0x80, 0xc2, 0, 0, 0x30 };

	memcpy(dst, group, 6);
	dst[5] |= pick(2) ? 4 : pick(16);
	if (pick(3) == 0)
		memcpy(dst, mac, 6);
	memset(src, 0, 6);
	src[0] = pick(16) ? 2 : pick(256);
	src[5] = pick(4);
}

/* fuzz NETNS:DEV TAGS MAC SEED COUNT: MAC is the port's. The tags get lost
 * at times. What may be good for something has another MAID than is expected
 * anywhere: random octets.
 */
static int run_fuzz(int argc, char **argv)
{
	uint8_t dst[6], src[6], mac[6], buf[8192];
	unsigned long count, sent = 0, refused = 0;
	size_t len, head;
	int fd;

	if (argc < 5 || from_hex(argv[2], mac) != 6)
		die("fuzz: NETNS:DEV TAGS MAC SEED COUNT");
	fd = sender(argv[0]);
	seed = strtoull(argv[3], NULL, 0) | 1;
	count = strtoul(argv[4], NULL, 0);
	for (; count && !stop; count--) {
		random_addresses(dst, src, mac);
		head = header(buf, argv[1], dst, src);
		len = head + mutate(buf + head, usual_pdu(buf + head));
		if (len > LONGEST)
			len = LONGEST;
		if (tap_send(fd, buf, len))
			sent++;
		else
			refused++;
	}
	printf("seed %s sent %lu refused %lu\n", argv[3], sent, refused);
	return 0;
}

int main(int argc, char **argv)
{
	static const struct {
		const char *name;
		int (*run)(int argc, char **argv);
	} modes[] = {
		{ "ccm", run_ccm }, { "send", run_send },
		{ "watch", run_watch }, { "fuzz", run_fuzz },
		{ "slr", run_slr },
	};
	struct sigaction sa = { .sa_handler = on_signal };
	unsigned int i;

	sigaction(SIGTERM, &sa, NULL);
	sigaction(SIGINT, &sa, NULL);
	tap_init();
	for (i = 0; i < sizeof(modes) / sizeof(modes[0]); i++)
		if (argc > 1 && !strcmp(argv[1], modes[i].name))
			return modes[i].run(argc - 2, argv + 2);
	die("usage: oam-peer ccm|send|watch|fuzz|slr ...");
}
