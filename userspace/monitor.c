// SPDX-License-Identifier: GPL-2.0
/* vxc monitor: events as they come. */
#include <errno.h>
#include <linux/genetlink.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "cmd.h"
#include "nl.h"
#include "noun.h"
#include "vxc.h"

#define MONITOR_BUF	65536
#define MONITOR_RCVBUF	(8 << 20)

enum {
	WATCH_PORT	= 1 << 0,
	WATCH_CIRCUIT	= 1 << 1,
	WATCH_PEERING	= 1 << 2,
	WATCH_REACH	= 1 << 3,
	WATCH_ENVELOPE	= 1 << 4,
};

static volatile sig_atomic_t stop;

static int put_watch(struct cmd *c, const struct key *key, struct at at,
		     const char *val);

const struct key monitor_keys[] = {
	{ .name = "port", .put = put_watch, .max = WATCH_PORT },
	{ .name = "circuit", .put = put_watch, .max = WATCH_CIRCUIT },
	{ .name = "peering", .put = put_watch, .max = WATCH_PEERING },
	{ .name = "reach", .put = put_watch, .max = WATCH_REACH },
	{ .name = "envelope", .put = put_watch, .max = WATCH_ENVELOPE },
	{ }
};

static int put_watch(struct cmd *c, const struct key *key, struct at at,
		     const char *val)
{
	(void)at;
	(void)val;
	*(unsigned int *)c->priv |= (unsigned int)key->max;
	return EXIT_OK;
}

static void on_signal(int sig)
{
	(void)sig;
	stop = 1;
}

/* The moment is read when the event is, microseconds after it was sent. */
static void timestamp_print(void)
{
	struct timespec now;
	char day[32], buf[64];
	struct tm tm;

	if (!opts.timestamp)
		return;
	clock_gettime(CLOCK_REALTIME, &now);
	localtime_r(&now.tv_sec, &tm);
	if (opts.tshort || opts.json) {
		strftime(day, sizeof(day), "%Y-%m-%dT%H:%M:%S", &tm);
		snprintf(buf, sizeof(buf), "%s.%06ld", day,
			 now.tv_nsec / 1000);
		out_str(OUT_WORDED, "timestamp", NULL, buf);
		out_text(OUT_TEXT, OUT_PLAIN, "[%s]", buf);
	} else {
		strftime(day, sizeof(day), "%a %b %e %H:%M:%S %Y", &tm);
		out_text(OUT_TEXT, OUT_PLAIN, "Timestamp: %s %ld usec", day,
			 now.tv_nsec / 1000);
	}
}

static void overrun_print(void)
{
	out_open(NULL);
	timestamp_print();
	out_str(OUT_TEXT, "kind", NULL, "overrun");
	out_text(OUT_TEXT, OUT_BAD, "(events came too fast and were lost)");
	out_close();
	out_end_record();
}

static void object_print(uint16_t type, const struct nlattr *nest)
{
	switch (type) {
	case VXC_A_MSG_PORT:
		out_text(OUT_TEXT, OUT_PLAIN, "port");
		out_open("port");
		port_print(nest);
		break;
	case VXC_A_MSG_CIRCUIT:
		out_text(OUT_TEXT, OUT_PLAIN, "circuit");
		out_open("circuit");
		circuit_print(nest, OUT_STATS);
		break;
	case VXC_A_MSG_PEERING:
		out_text(OUT_TEXT, OUT_PLAIN, "peering");
		out_open("peering");
		peering_print(nest, NULL, OUT_STATS, 1);
		break;
	case VXC_A_MSG_REACH:
		out_text(OUT_TEXT, OUT_PLAIN, "reach");
		out_open("reach");
		reach_print(nest);
		break;
	case VXC_A_MSG_ENVELOPE:
		out_text(OUT_TEXT, OUT_PLAIN, "envelope");
		out_open("envelope");
		envelope_print(nest);
		break;
	}
	out_close();
}

static void event_print(const struct nlmsghdr *nlh, unsigned int watch)
{
	static const struct {
		uint16_t type;
		unsigned int watch;
	} objects_of[] = {
		{ VXC_A_MSG_PORT, WATCH_PORT },
		{ VXC_A_MSG_CIRCUIT, WATCH_CIRCUIT },
		{ VXC_A_MSG_PEERING, WATCH_PEERING },
		{ VXC_A_MSG_REACH, WATCH_REACH },
		{ VXC_A_MSG_ENVELOPE, WATCH_ENVELOPE },
	};
	const struct nlattr *attr, *tb[VXC_A_MSG_MAX + 1] = { NULL };
	size_t i;

	mnl_attr_for_each(attr, nlh, sizeof(struct genlmsghdr))
		if (mnl_attr_get_type(attr) <= VXC_A_MSG_MAX)
			tb[mnl_attr_get_type(attr)] = attr;
	for (i = 0; i < ARRAY_SIZE(objects_of); i++) {
		uint16_t type = objects_of[i].type;

		if (!tb[type] || !(watch & objects_of[i].watch))
			continue;
		out_open(NULL);
		timestamp_print();
		out_name(OUT_TEXT, "kind", NULL, &names_event,
			 attr_u32(tb[VXC_A_MSG_KIND]));
		object_print(type, tb[type]);
		out_close();
		out_end_record();
	}
}

struct mnl_socket *events_subscribe(void)
{
	int size = MONITOR_RCVBUF, group = (int)nl_events();
	struct mnl_socket *sock;

	if (!nl_family())
		return NULL;
	sock = mnl_socket_open2(NETLINK_GENERIC, SOCK_CLOEXEC);
	if (!sock || mnl_socket_bind(sock, 0, MNL_SOCKET_AUTOPID) < 0 ||
	    mnl_socket_setsockopt(sock, NETLINK_ADD_MEMBERSHIP, &group,
				  sizeof(group)) < 0) {
		error("cannot subscribe to events: %s", strerror(errno));
		if (sock)
			mnl_socket_close(sock);
		return NULL;
	}
	if (setsockopt(mnl_socket_get_fd(sock), SOL_SOCKET, SO_RCVBUFFORCE,
		       &size, sizeof(size)) < 0)
		setsockopt(mnl_socket_get_fd(sock), SOL_SOCKET, SO_RCVBUF,
			   &size, sizeof(size));
	return sock;
}

static int receive(struct mnl_socket *sock, char *buf, unsigned int watch)
{
	const struct nlmsghdr *nlh = (const void *)buf;
	ssize_t n;
	int len;

	n = mnl_socket_recvfrom(sock, buf, MONITOR_BUF);
	if (n < 0 && (errno == ENOBUFS || errno == ENOSPC)) {
		overrun_print();
		return EXIT_OK;
	}
	if (n < 0 && errno == EINTR)
		return EXIT_OK;
	if (n < 0) {
		error("cannot read events: %s", strerror(errno));
		return EXIT_KERNEL;
	}
	len = (int)n;
	for (; mnl_nlmsg_ok(nlh, len); nlh = mnl_nlmsg_next(nlh, &len))
		if (nlh->nlmsg_type == nl_family())
			event_print(nlh, watch);
	return out_flush() ? EXIT_OK : EXIT_KERNEL;
}

/* Signals come through only while nothing is being printed. */
static int loop(struct mnl_socket *sock, unsigned int watch)
{
	struct pollfd pfd = { .fd = mnl_socket_get_fd(sock), .events = POLLIN };
	struct sigaction sa = { .sa_handler = on_signal };
	char *buf = xrealloc(NULL, MONITOR_BUF, 1);
	sigset_t block, old;
	int ret = EXIT_OK;

	sigemptyset(&block);
	sigaddset(&block, SIGINT);
	sigaddset(&block, SIGTERM);
	sigprocmask(SIG_BLOCK, &block, &old);
	sigaction(SIGINT, &sa, NULL);
	sigaction(SIGTERM, &sa, NULL);
	while (!stop && !ret) {
		if (ppoll(&pfd, 1, NULL, &old) > 0)
			ret = receive(sock, buf, watch);
	}
	free(buf);
	return ret;
}

int monitor_run(struct cmd *c)
{
	struct mnl_socket *sock;
	unsigned int watch = 0;
	int ret;

	c->priv = &watch;
	ret = cmd_keys(c);
	if (ret)
		return ret;
	if (!watch)
		watch = WATCH_PORT | WATCH_CIRCUIT | WATCH_PEERING |
			WATCH_REACH | WATCH_ENVELOPE;
	sock = events_subscribe();
	if (!sock)
		return EXIT_KERNEL;
	out_one_line(" ");
	ret = loop(sock, watch);
	mnl_socket_close(sock);
	return ret;
}
