// SPDX-License-Identifier: GPL-2.0
/*
 * capture NETNS DEVICE: what the device receives, until SIGTERM: a line for
 * each frame with its length and its first octets. After many they are only
 * counted.
 */
#include <signal.h>
#include <stdio.h>

#include "tap.h"

#define OCTETS	160
#define LINES	20000

static volatile sig_atomic_t stop;
static unsigned long frames;
static int device;

static void on_signal(int sig)
{
	stop = 1;
}

static void print_frame(const struct tap_frame *f, void *arg)
{
	size_t i;

	if (f->ifindex != device || ++frames > LINES)
		return;
	printf("%zu ", f->len);
	for (i = 0; i < f->len && i < OCTETS; i++)
		printf("%02x", f->data[i]);
	putchar('\n');
}

int main(int argc, char **argv)
{
	struct sigaction sa = { .sa_handler = on_signal };
	int ns;

	if (argc != 3)
		die("usage: capture NETNS DEVICE");
	tap_init();
	ns = tap_netns(argv[1]);
	device = tap_ifindex(ns, argv[2]);
	if (!device)
		die("no device %s", argv[2]);
	tap_listen(ns);
	sigaction(SIGTERM, &sa, NULL);
	puts("ready");
	fflush(stdout);
	while (!stop)
		if (tap_collect(100, print_frame, NULL))
			fflush(stdout);
	while (tap_collect(200, print_frame, NULL))
		;
	printf("frames %lu lost %lu\n", frames, tap_lost());
	return 0;
}
