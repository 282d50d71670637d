// SPDX-License-Identifier: GPL-2.0
/*
 * How long is a line out? Numbered frames go at an even pace both ways between
 * two devices in two network namespaces, and those that do not arrive tell.
 *
 *   pulse INTERVAL-US DEV NETNS:DEV
 *
 * For each line read it prints what happened since the last: for each direction
 * frames sent, lost, come twice, come late, and the longest run of lost ones in
 * microseconds.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define EXPERIMENT	0x88b5
#define RING		(1 << 20)	/* frames between two lines, at most */

struct frame {
	struct ether_header eth;
	uint32_t number;
	uint8_t pad[46 - sizeof(uint32_t)];
} __attribute__((packed));

struct side {
	int fd;
	int index;
	uint8_t mac[ETH_ALEN];
	uint32_t next;		/* number to be sent */
	uint32_t told;		/* from here on nothing is reported yet */
	uint32_t last;		/* highest that came, of those it has sent */
	uint32_t twice;
	uint32_t late;
	uint8_t *came;		/* by number modulo RING */
};

static unsigned int interval;

static void die(const char *what)
{
	perror(what);
	exit(1);
}

static void enter(const char *netns)
{
	char path[64];
	int fd;

	snprintf(path, sizeof(path), "/run/netns/%s", netns);
	fd = open(path, O_RDONLY);
	if (fd < 0 || setns(fd, CLONE_NEWNET))
		die(path);
	close(fd);
}

static void open_side(struct side *s, const char *dev)
{
	struct sockaddr_ll at = { .sll_family = AF_PACKET };
	struct ifreq ifr = { 0 };

	s->fd = socket(AF_PACKET, SOCK_RAW | SOCK_NONBLOCK, htons(EXPERIMENT));
	if (s->fd < 0)
		die("socket");
	snprintf(ifr.ifr_name, sizeof(ifr.ifr_name), "%s", dev);
	if (ioctl(s->fd, SIOCGIFHWADDR, &ifr))
		die(dev);
	memcpy(s->mac, ifr.ifr_hwaddr.sa_data, ETH_ALEN);
	if (ioctl(s->fd, SIOCGIFINDEX, &ifr))
		die(dev);
	at.sll_ifindex = ifr.ifr_ifindex;
	at.sll_protocol = htons(EXPERIMENT);
	if (bind(s->fd, (struct sockaddr *)&at, sizeof(at)))
		die("bind");
	s->index = ifr.ifr_ifindex;
	s->came = calloc(RING, 1);
	if (!s->came)
		die("calloc");
}

static void send_one(struct side *from, const struct side *to)
{
	struct frame f = { .number = from->next };

	memcpy(f.eth.ether_dhost, to->mac, ETH_ALEN);
	memcpy(f.eth.ether_shost, from->mac, ETH_ALEN);
	f.eth.ether_type = htons(EXPERIMENT);
	from->came[from->next++ % RING] = 0;
	/* A line that is out may say so: the frame is lost. */
	if (send(from->fd, &f, sizeof(f), 0) < 0)
		return;
}

/* Take what has arrived at a side; the other one has sent it. */
static void receive(const struct side *at, struct side *from)
{
	struct sockaddr_ll sender;
	socklen_t len = sizeof(sender);
	struct frame f;

	while (recvfrom(at->fd, &f, sizeof(f), 0, (struct sockaddr *)&sender,
			&len) == sizeof(f)) {
		len = sizeof(sender);
		if (sender.sll_pkttype == PACKET_OUTGOING)
			continue;
		if (from->came[f.number % RING]++)
			from->twice++;
		else if (f.number < from->last)
			from->late++;
		else
			from->last = f.number;
	}
}

static void tell(const char *name, struct side *s, const char *end)
{
	uint32_t i, lost = 0, run = 0, longest = 0;

	for (i = s->told; i != s->next; i++) {
		if (s->came[i % RING]) {
			run = 0;
			continue;
		}
		lost++;
		if (++run > longest)
			longest = run;
	}
	printf("\"%s\":{\"sent\":%u,\"lost\":%u,\"twice\":%u,\"late\":%u,"
	       "\"outage\":%u}%s", name, s->next - s->told, lost, s->twice,
	       s->late, longest * interval, end);
	s->told = s->next;
	s->twice = 0;
	s->late = 0;
}

static bool line_read(void)
{
	struct pollfd p = { .fd = STDIN_FILENO, .events = POLLIN };
	char c;

	while (poll(&p, 1, 0) > 0) {
		if (read(STDIN_FILENO, &c, 1) != 1)
			exit(0);
		if (c == '\n')
			return true;
	}
	return false;
}

static void step(struct timespec *t)
{
	t->tv_nsec += interval * 1000L;
	if (t->tv_nsec >= 1000000000) {
		t->tv_nsec -= 1000000000;
		t->tv_sec++;
	}
	while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, t, NULL))
		;
}

int main(int argc, char **argv)
{
	struct side near = { 0 }, far = { 0 };
	struct timespec t;
	char *dev;

	if (argc != 4 || !strchr(argv[3], ':')) {
		fprintf(stderr, "Usage: pulse INTERVAL-US DEV NETNS:DEV\n");
		return 2;
	}
	interval = atoi(argv[1]);
	open_side(&near, argv[2]);
	dev = strchr(argv[3], ':');
	*dev++ = 0;
	enter(argv[3]);
	open_side(&far, dev);

	clock_gettime(CLOCK_MONOTONIC, &t);
	for (;;) {
		send_one(&near, &far);
		send_one(&far, &near);
		step(&t);
		receive(&near, &far);
		receive(&far, &near);
		if (!line_read())
			continue;
		printf("{");
		tell("out", &near, ",");
		tell("in", &far, "}\n");
		fflush(stdout);
	}
}
