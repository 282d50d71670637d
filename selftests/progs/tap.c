// SPDX-License-Identifier: GPL-2.0
/* Packet sockets in any network namespace. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "frame.h"
#include "tap.h"

#define TAP_SOCKETS	64
#define TAP_BURST	4096	/* frames before another socket's turn */
#define TAP_RCVBUF	(64 << 20)

struct tap_socket {
	int netns;
	bool behind;
};

static struct pollfd tap_fds[TAP_SOCKETS];
static struct tap_socket tap_sockets[TAP_SOCKETS];
static unsigned int tap_count;
static int tap_netns_fd[TAP_NETNS];
static int tap_netns_count;
static int tap_home = -1;
static uint8_t tap_buf[FRAME_MAX + 64];

void die(const char *fmt, ...)
{
	va_list ap;

	fflush(stdout);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	exit(2);
}

int64_t tap_now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000ll + ts.tv_nsec / 1000000;
}

void tap_init(void)
{
	tap_home = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
	if (tap_home < 0)
		die("cannot open my network namespace: %m");
}

/* On one CPU every frame goes through the same backlog, so a frame that is
 * sent later arrives later, whatever the device.
 */
void tap_pin(void)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(0, &set);
	if (sched_setaffinity(0, sizeof(set), &set))
		die("cannot stay on one CPU: %m");
}

int tap_netns(const char *path)
{
	char full[256];
	int fd;

	if (tap_netns_count == TAP_NETNS)
		die("too many network namespaces");
	if (!strcmp(path, "-"))
		path = "/proc/self/ns/net";
	else if (!strchr(path, '/'))
		snprintf(full, sizeof(full), "/run/netns/%s", path);
	fd = open(strchr(path, '/') ? path : full, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		die("network namespace %s: %m", path);
	tap_netns_fd[tap_netns_count] = fd;
	return tap_netns_count++;
}

static void enter(int fd)
{
	if (setns(fd, CLONE_NEWNET))
		die("setns: %m");
}

/* Sockets made from now on are in that namespace; -1 is where I came from. */
void tap_enter(int netns)
{
	enter(netns < 0 ? tap_home : tap_netns_fd[netns]);
}

static int socket_in(int netns, int type, int protocol)
{
	int fd;

	enter(tap_netns_fd[netns]);
	fd = socket(AF_PACKET, type | SOCK_CLOEXEC, protocol);
	enter(tap_home);
	if (fd < 0)
		die("packet socket: %m");
	return fd;
}

int tap_ifindex(int netns, const char *dev)
{
	int index;

	enter(tap_netns_fd[netns]);
	index = if_nametoindex(dev);
	enter(tap_home);
	return index;
}

const char *tap_ifname(int netns, int ifindex)
{
	static char name[IF_NAMESIZE];

	enter(tap_netns_fd[netns]);
	if (!if_indextoname(ifindex, name))
		snprintf(name, sizeof(name), "if%d", ifindex);
	enter(tap_home);
	return name;
}

int tap_sender(int netns, const char *dev, bool bypass)
{
	struct sockaddr_ll sll = { .sll_family = AF_PACKET };
	int one = 1;
	int fd;

	fd = socket_in(netns, SOCK_RAW, 0);
	sll.sll_ifindex = tap_ifindex(netns, dev);
	if (!sll.sll_ifindex)
		die("no device %s", dev);
	if (bind(fd, (struct sockaddr *)&sll, sizeof(sll)))
		die("bind to %s: %m", dev);
	if (bypass && setsockopt(fd, SOL_PACKET, PACKET_QDISC_BYPASS, &one,
				 sizeof(one)))
		die("PACKET_QDISC_BYPASS: %m");
	return fd;
}

/* False when the device did not take the frame. */
bool tap_send(int fd, const void *buf, size_t len)
{
	ssize_t n;

	do {
		n = send(fd, buf, len, 0);
	} while (n < 0 && errno == EINTR);
	return n == (ssize_t)len;
}

static void add_socket(int netns, uint16_t protocol, bool behind)
{
	int size = TAP_RCVBUF;
	int one = 1;
	int fd;

	if (tap_count == TAP_SOCKETS)
		die("too many packet sockets");
	fd = socket_in(netns, SOCK_RAW, htons(protocol));
	if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size)) ||
	    setsockopt(fd, SOL_PACKET, PACKET_AUXDATA, &one, sizeof(one)) ||
	    setsockopt(fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, &one,
		       sizeof(one)))
		die("packet socket options: %m");
	tap_fds[tap_count].fd = fd;
	tap_fds[tap_count].events = POLLIN;
	tap_sockets[tap_count].netns = netns;
	tap_sockets[tap_count].behind = behind;
	tap_count++;
}

/* All frames that any device of the namespace receives. */
void tap_listen(int netns)
{
	add_socket(netns, ETH_P_ALL, false);
}

/* Those that an rx_handler left for the host: a socket with a protocol of its
 * own comes after the rx_handlers, one for all protocols before them.
 */
void tap_listen_behind(int netns, uint16_t protocol)
{
	add_socket(netns, protocol, true);
}

static void restore_tag(struct tap_frame *frame, struct msghdr *msg)
{
	struct tpacket_auxdata *aux;
	struct cmsghdr *cmsg;
	uint16_t tpid;

	for (cmsg = CMSG_FIRSTHDR(msg); cmsg; cmsg = CMSG_NXTHDR(msg, cmsg)) {
		if (cmsg->cmsg_level != SOL_PACKET ||
		    cmsg->cmsg_type != PACKET_AUXDATA)
			continue;
		aux = (struct tpacket_auxdata *)CMSG_DATA(cmsg);
		if (!(aux->tp_status & TP_STATUS_VLAN_VALID))
			continue;
		tpid = aux->tp_status & TP_STATUS_VLAN_TPID_VALID ?
		       aux->tp_vlan_tpid : ETH_P_8021Q;
		frame->len = frame_insert_tag(frame->data, frame->len, tpid,
					      aux->tp_vlan_tci);
	}
}

static bool receive(unsigned int i, struct tap_frame *frame)
{
	struct iovec iov = { tap_buf, FRAME_MAX };
	struct sockaddr_ll sll;
	char control[128];
	struct msghdr msg = {
		.msg_name = &sll,
		.msg_namelen = sizeof(sll),
		.msg_iov = &iov,
		.msg_iovlen = 1,
		.msg_control = control,
		.msg_controllen = sizeof(control),
	};
	ssize_t n;

	n = recvmsg(tap_fds[i].fd, &msg, MSG_DONTWAIT);
	if (n < 0)
		return false;
	frame->netns = tap_sockets[i].netns;
	frame->behind = tap_sockets[i].behind;
	frame->ifindex = sll.sll_ifindex;
	frame->pkttype = sll.sll_pkttype;
	frame->data = tap_buf;
	frame->len = n;
	restore_tag(frame, &msg);
	return true;
}

/* Hand over what has arrived; wait up to timeout_ms for the first frame. */
int tap_collect(int timeout_ms, tap_fn *fn, void *arg)
{
	struct tap_frame frame;
	int n = 0, room;
	unsigned int i;

	if (poll(tap_fds, tap_count, timeout_ms) <= 0)
		return 0;
	for (i = 0; i < tap_count; i++) {
		if (!tap_fds[i].revents)
			continue;
		room = TAP_BURST;
		while (room-- && receive(i, &frame)) {
			fn(&frame, arg);
			n++;
		}
	}
	return n;
}

/* Frames that the sockets had no room for since the last call. */
unsigned long tap_lost(void)
{
	struct tpacket_stats stats;
	unsigned long lost = 0;
	socklen_t len;
	unsigned int i;

	for (i = 0; i < tap_count; i++) {
		len = sizeof(stats);
		if (!getsockopt(tap_fds[i].fd, SOL_PACKET, PACKET_STATISTICS,
				&stats, &len))
			lost += stats.tp_drops;
	}
	return lost;
}
