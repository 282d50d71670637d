// SPDX-License-Identifier: GPL-2.0
/* Traffic to run beside a test, and the account of what arrived. */
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "frame.h"
#include "script.h"
#include "tap.h"

#define FLOWS		16
#define KINDS		512
#define QUIET_MS	200
#define IDS		(1u << 24)

struct flow {
	int fd;
	struct frame_spec spec;
};

struct kind {
	int netns;
	int ifindex;
	char text[128];
	unsigned long count;
};

static volatile sig_atomic_t stop;
static struct kind kinds[KINDS];
static unsigned int nkinds;
static uint8_t *seen_ids;
static unsigned long distinct, duplicates, late;
static uint32_t newest;

static void on_signal(int sig)
{
	stop = 1;
}

static void catch_signals(void)
{
	struct sigaction sa = { .sa_handler = on_signal };

	sigaction(SIGTERM, &sa, NULL);
	sigaction(SIGINT, &sa, NULL);
}

/* NETNS:DEV; the part before the last colon names the namespace. */
static int open_flow(const char *text)
{
	char copy[128], *dev;

	snprintf(copy, sizeof(copy), "%s", text);
	dev = strrchr(copy, ':');
	if (!dev)
		die("%s is not NETNS:DEV", text);
	*dev++ = 0;
	return tap_sender(tap_netns(copy), dev, false);
}

static void pause_us(long us)
{
	struct timespec ts = { us / 1000000, us % 1000000 * 1000 };

	if (us)
		nanosleep(&ts, NULL);
}

static long long now_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000000000LL + ts.tv_nsec;
}

int traffic_flood(int argc, char **argv)
{
	unsigned long count = 0, sent = 0, failed = 0, n;
	static uint8_t buf[FRAME_MAX];
	struct flow flows[FLOWS];
	unsigned int nflows = 0;
	long long begin;
	long gap = 0;
	size_t len;

	for (; argc > 1; argc -= 2, argv += 2) {
		if (!strcmp(argv[0], "count")) {
			count = strtoul(argv[1], NULL, 0);
		} else if (!strcmp(argv[0], "gap")) {
			gap = strtol(argv[1], NULL, 0);
		} else if (nflows < FLOWS) {
			flows[nflows].fd = open_flow(argv[0]);
			if (!frame_parse(&flows[nflows++].spec, argv[1]))
				die("not a frame: %s", argv[1]);
		}
	}
	tap_pin();
	if (!nflows)
		die("flood: nothing to send");
	catch_signals();
	begin = now_ns();
	for (n = 0; !stop && (!count || n < count); n++) {
		len = frame_build(&flows[n % nflows].spec, n % IDS, buf);
		if (tap_send(flows[n % nflows].fd, buf, len))
			sent++;
		else
			failed++;
		pause_us(gap);
	}
	printf("sent %lu failed %lu us %lld\n", sent, failed,
	       (now_ns() - begin) / 1000);
	return 0;
}

static struct kind *find_kind(const struct tap_frame *frame, const char *text)
{
	struct kind *k;
	unsigned int i;

	for (i = 0; i < nkinds; i++) {
		k = &kinds[i];
		if (k->netns == frame->netns && k->ifindex == frame->ifindex &&
		    !strcmp(k->text, text))
			return k;
	}
	if (nkinds == KINDS)
		die("too many kinds of frames");
	k = &kinds[nkinds++];
	k->netns = frame->netns;
	k->ifindex = frame->ifindex;
	snprintf(k->text, sizeof(k->text), "%s", text);
	return k;
}

static void count_frame(const struct tap_frame *frame, void *arg)
{
	uint32_t id;

	if (!frame_id(frame->data, frame->len, &id))
		return;
	find_kind(frame, frame_text(frame->data, frame->len))->count++;
	if (seen_ids[id / 8] & 1 << id % 8) {
		duplicates++;
		return;
	}
	seen_ids[id / 8] |= 1 << id % 8;
	distinct++;
	if (id < newest)
		late++;
	else
		newest = id;
}

int traffic_watch(int argc, char **argv)
{
	unsigned int i;

	if (argc < 1)
		die("watch: which network namespaces?");
	seen_ids = calloc(1, IDS / 8);
	if (!seen_ids)
		die("out of memory");
	for (i = 0; i < (unsigned int)argc; i++)
		tap_listen(tap_netns(argv[i]));
	catch_signals();
	printf("ready\n");
	fflush(stdout);
	while (!stop)
		tap_collect(100, count_frame, NULL);
	while (tap_collect(QUIET_MS, count_frame, NULL))
		;
	for (i = 0; i < nkinds; i++)
		printf("at %s %s %s count %lu\n", argv[kinds[i].netns],
		       tap_ifname(kinds[i].netns, kinds[i].ifindex),
		       kinds[i].text, kinds[i].count);
	printf("distinct %lu duplicate %lu late %lu lost %lu\n", distinct,
	       duplicates, late, tap_lost());
	return 0;
}
