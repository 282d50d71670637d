// SPDX-License-Identifier: GPL-2.0
/*
 * Every kind of packet from every site to every other one, and what arrived.
 *
 *	matrix SITES NETNS DEVICE[,DEVICE] KIND...
 *
 * All sites are VLANs of DEVICE: number N, counted from 1, is VLAN 100 + N and
 * has 10.1.N.2 and fd00:N::2. Each packet is sent by each device. The file
 * SITES has lines "site N MAC", the address of its gateway, "port N MAC", that
 * of the MEPs behind device number N, and "allow A B" for each direction that
 * is open. What is seen in NETNS without the VLAN of a site has leaked.
 *
 * With "flood", packets are only sent, until it is killed. With "until" it
 * looks, round by round, until SIGTERM: nothing may arrive where it should
 * not. How much did not arrive where it should is told; it is an error in a
 * single round, and with "lossless".
 */
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "matrix.h"
#include "tap.h"

#define DEVICES		2
#define WAIT_MS		10000
#define ROUND_MS	500

static const char *const names[KINDS] = {
	"v4", "v6", "frag4", "late4", "frag6", "late6", "mcast4", "mcast6",
	"ttl4", "ttl6", "big4", "big6", "ask4", "ask6", "out4", "out6",
	"bcast", "l2bcast", "l2", "ccm", "lbm", "ltm",
};

static uint8_t gateways[SITES + 1][6], ports[DEVICES][6];
static bool present[SITES + 1], allowed[SITES + 1][SITES + 1];
static bool wanted[KINDS], until, lossless;
static unsigned int got[KINDS][SITES + 1][SITES + 1];
static int devices[DEVICES], ndevices;
static unsigned long sent, arrived, lost[KINDS];
static int missing, errors;
static uint8_t program, this_round;
static volatile sig_atomic_t stop;

static void on_signal(int sig)
{
	stop = 1;
}

/* The host makes only so many errors and replies; one a site will do. */
static bool once_a_site(int kind)
{
	return kind == TTL4 || kind == TTL6 || kind == BIG4 || kind == BIG6 ||
	       kind == CCM || kind == LBM || kind == LTM;
}

/* Does the host itself answer, to the sender alone? */
static bool answered(int kind)
{
	return kind == TTL4 || kind == TTL6 || kind == BIG4 || kind == BIG6 ||
	       kind == LBM;
}

/* One packet goes to all sites, or to none. */
static bool to_all(int kind)
{
	return kind == MCAST4 || kind == MCAST6 || kind == OUT4 ||
	       kind == OUT6 || kind == L2;
}

static bool is_sent(int kind, int from, int to)
{
	if (!once_a_site(kind))
		return true;
	return to == (from == 1 ? 2 : 1);
}

/* Does a packet of this kind from and to these sites arrive at another one? */
static bool expected(int kind, int from, int to, int at)
{
	if (answered(kind))
		return at == from;
	switch (kind) {
	case MCAST4:
	case MCAST6:
		return at != from && allowed[from][at];
	case OUT4:
	case OUT6:
	case BCAST:
	case L2BCAST:
	case L2:
	case CCM:
	case LTM:
		return false;
	}
	return at == to && allowed[from][to];
}

/* A neighbour that was asked for a moment ago is not asked for again. */
static bool is_counted(int kind)
{
	return !until || (kind != ASK4 && kind != ASK6);
}

static void wrong(const struct mark *mark, int at)
{
	printf("%s from %u to %u arrives at %d\n", names[mark->kind],
	       mark->from, mark->to, at);
	errors++;
}

static void seen(const struct tap_frame *f, void *arg)
{
	struct mark mark;
	unsigned int *n;
	int at;

	if (!matrix_mark(&mark, f->data, f->len))
		return;
	if (*mark.magic && mark.program != program)
		return;
	at = matrix_vlan(f->data, f->len) - VLAN;
	if (at < 1 || at > SITES || !present[at]) {
		printf("%s of site %u leaks to %s\n", names[mark.kind],
		       mark.from, tap_ifname(f->netns, f->ifindex));
		errors++;
		return;
	}
	/* Told to the sender that there is no way: that is no leak. */
	if (!answered(mark.kind) && at == mark.from &&
	    matrix_is_error(f->data, f->len))
		return;
	if (!expected(mark.kind, mark.from, mark.to, at)) {
		wrong(&mark, at);
		return;
	}
	if (mark.kind != ASK4 && mark.round != this_round)
		return;
	n = &got[mark.kind][mark.from][to_all(mark.kind) ? at : mark.to];
	if (!(*n)++ && is_counted(mark.kind)) {
		missing--;
		arrived++;
	}
}

static void send_one(int kind, int from, int to)
{
	struct mark mark = {
		.magic = MAGIC, .program = program, .round = this_round,
		.kind = (uint8_t)kind, .from = (uint8_t)from,
		.to = (uint8_t)to,
	};
	struct macs macs = { .gateway = gateways[from] };
	uint8_t buf[LONGEST] = { 0 };
	size_t len;
	int i;

	for (i = 0; i < ndevices; i++) {
		macs.port = ports[i];
		len = matrix_frame(buf, &mark, &macs);
		if (!tap_send(devices[i], buf, len) && !until)
			die("cannot send: %m");
	}
	sent++;
}

static void send_pair(int kind, int from, int to)
{
	int at;

	if (!present[to] || to == from || !is_sent(kind, from, to))
		return;
	if (to_all(kind)) {
		missing += expected(kind, from, to, to);
		if (to == (from == 1 ? 2 : 1))
			send_one(kind, from, to);
		return;
	}
	for (at = 1; at <= SITES && is_counted(kind); at++)
		missing += present[at] && expected(kind, from, to, at);
	send_one(kind, from, to);
}

static void send_kind(int kind)
{
	int from, to;

	for (from = 1; from <= SITES; from++) {
		if (!present[from])
			continue;
		for (to = 1; to <= SITES; to++)
			send_pair(kind, from, to);
		/* Not more at once than the queues hold */
		tap_collect(0, seen, NULL);
	}
}

static void flood(void)
{
	int k;

	for (until = true;; usleep(1000))
		for (k = 0; k < KINDS; k++)
			if (wanted[k])
				send_kind(k);
}

/* Was one to arrive at this site, or be answered, that did not? */
static bool is_missing(int kind, int from, int to)
{
	int at = answered(kind) ? from : to;

	return present[from] && present[to] && from != to &&
	       is_counted(kind) && is_sent(kind, from, to) &&
	       expected(kind, from, to, at) && !got[kind][from][to];
}

static void account(int kind)
{
	int from, to, n = 0;

	for (from = 1; from <= SITES; from++)
		for (to = 1; to <= SITES; to++) {
			if (!is_missing(kind, from, to))
				continue;
			lost[kind]++;
			if ((!until || lossless) && n++ < 5)
				printf("%s from %d to %d does not arrive\n",
				       names[kind], from, to);
		}
}

static void one_round(int wait_ms, int quiet_ms)
{
	int64_t end;
	int k;

	missing = 0;
	memset(got, 0, sizeof(got));
	for (k = 0; k < KINDS; k++)
		if (wanted[k])
			send_kind(k);
	end = tap_now_ms() + wait_ms;
	while (missing > 0 && tap_now_ms() < end)
		tap_collect(50, seen, NULL);
	/* And what should not come gets its time too. */
	tap_collect(quiet_ms, seen, NULL);
	for (k = 0; k < KINDS && missing; k++)
		if (wanted[k])
			account(k);
	if (tap_lost())
		die("%lu frames were lost by the sockets", tap_lost());
}

static unsigned long all_lost(void)
{
	unsigned long n = 0;
	int k;

	for (k = 0; k < KINDS; k++)
		n += lost[k];
	return n;
}

static void rounds(void)
{
	struct sigaction sa = { .sa_handler = on_signal };
	unsigned int n = 0;
	int k;

	sigaction(SIGTERM, &sa, NULL);
	while (!stop) {
		this_round++;
		one_round(ROUND_MS, 0);
		printf("round %u\n", ++n);
		fflush(stdout);
	}
	tap_collect(200, seen, NULL);
	printf("rounds %u sent %lu arrived %lu lost %lu:", n, sent, arrived,
	       all_lost());
	for (k = 0; k < KINDS; k++)
		if (lost[k])
			printf(" %s %lu", names[k], lost[k]);
	puts("");
}

static bool read_mac(uint8_t *mac, const char *text)
{
	return sscanf(text, "%hhx:%hhx:%hhx:%hhx:%hhx:%hhx", &mac[0], &mac[1],
		      &mac[2], &mac[3], &mac[4], &mac[5]) == 6;
}

static void read_line(const char *line)
{
	unsigned int a, b;
	char text[32];

	if (sscanf(line, "site %u %31s", &a, text) == 2 && a <= SITES &&
	    read_mac(gateways[a], text))
		present[a] = true;
	else if (sscanf(line, "allow %u %u", &a, &b) == 2 && a <= SITES &&
		 b <= SITES)
		allowed[a][b] = true;
	else if (sscanf(line, "port %u %31s", &a, text) != 2 || a < 1 ||
		 a > DEVICES || !read_mac(ports[a - 1], text))
		die("cannot understand: %s", line);
}

static void read_sites(const char *path)
{
	FILE *in = fopen(path, "r");
	char line[128];

	if (!in)
		die("%s: %m", path);
	while (fgets(line, sizeof(line), in))
		read_line(line);
	fclose(in);
}

static void read_word(const char *word)
{
	int k;

	if (!strcmp(word, "until"))
		until = true;
	else if (!strcmp(word, "lossless"))
		lossless = true;
	for (k = 0; k < KINDS; k++)
		if (!strcmp(word, names[k]))
			wanted[k] = true;
}

int main(int argc, char **argv)
{
	char *dev;
	int i, ns;

	if (argc < 5)
		die("usage: matrix SITES NETNS DEVICE[,DEVICE] KIND...");
	for (i = 4; i < argc; i++)
		read_word(argv[i]);
	read_sites(argv[1]);
	program = (uint8_t)getpid();
	this_round = (uint8_t)tap_now_ms();
	tap_init();
	ns = tap_netns(argv[2]);
	for (dev = strtok(argv[3], ","); dev && ndevices < DEVICES;
	     dev = strtok(NULL, ","))
		devices[ndevices++] = tap_sender(ns, dev, true);
	if (!strcmp(argv[4], "flood"))
		flood();
	tap_listen(ns);
	if (until) {
		rounds();
		return errors || (lossless && all_lost());
	}
	one_round(WAIT_MS, 200);
	printf("sent %lu arrived %lu\n", sent, arrived);
	if (missing)
		printf("%d packets are missing\n", missing);
	return errors || missing;
}
