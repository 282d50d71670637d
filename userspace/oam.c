// SPDX-License-Identifier: GPL-2.0
/* vxc oam: questions to the remote MEPs of legs and peerings */
#include <errno.h>
#include <linux/genetlink.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "cmd.h"
#include "nl.h"
#include "noun.h"
#include "parse.h"
#include "vxc.h"

#define PING_SIZE_MAX	9000
#define EVENT_BUF	32768

/* Questions, and what comes of them. */
struct question {
	bool trace;
	uint32_t count;
	uint32_t interval;	/* ms */
	struct msg msg;
	uint32_t circuit;
	uint32_t id;
	uint32_t sent;
	uint32_t received;
	uint64_t min, max, sum;
	bool answered;
	bool ended;
};

static int put_count(struct cmd *c, const struct key *key, struct at at,
		     const char *val);
static int put_pause(struct cmd *c, const struct key *key, struct at at,
		     const char *val);
static int put_number(struct cmd *c, const struct key *key, struct at at,
		      const char *val);
static int put_name_of(struct cmd *c, const struct key *key, struct at at,
		       const char *val);
static int put_peering(struct cmd *c, const struct key *key, struct at at,
		       const char *val);

#define KEY_ROLE							\
	{								\
		.name = "role", .value = "primary|secondary",		\
		.put = put_name_of, .attr = VXC_A_OAM_ROLE,		\
		.names = &names_role,					\
	}

#define KEY_END								\
	{								\
		.name = "end", .value = "a|z",				\
		.put = put_name_of, .attr = VXC_A_OAM_END,		\
		.names = &names_end,					\
	}

/* Which MEP asks, and which is asked. */
#define WHICH_KEYS							\
	KEY_END, KEY_ROLE, {						\
		.name = "peering", .value = "NAME",			\
		.put = put_peering, .attr = VXC_A_OAM_PEERING,		\
		.complete = COMPLETE_PEERING,				\
	}, {								\
		.name = "remote", .value = "MEPID",			\
		.put = put_number, .attr = VXC_A_OAM_REMOTE,		\
		.min = 1, .max = VXC_MEPID_MAX,				\
	}

static const struct key ping_keys[] = {
	WHICH_KEYS, {
		.name = "count", .value = "NUMBER", .put = put_count,
		.min = 1, .max = UINT32_MAX,
	}, {
		.name = "interval", .value = "TIME", .put = put_pause,
	}, {
		.name = "size", .value = "BYTES", .put = put_number,
		.attr = VXC_A_OAM_SIZE, .max = PING_SIZE_MAX,
	}, { }
};

static const struct key trace_keys[] = { WHICH_KEYS, { } };

static int put_count(struct cmd *c, const struct key *key, struct at at,
		     const char *val)
{
	struct question *q = c->priv;
	const char *what;
	uint64_t v;

	what = parse_number(val, key->min, key->max, &v);
	if (what)
		return cmd_bad(c, at, "\"%s\": expected %s", val, what);
	q->count = (uint32_t)v;
	return EXIT_OK;
}

static int put_pause(struct cmd *c, const struct key *key, struct at at,
		     const char *val)
{
	struct question *q = c->priv;
	const char *what;

	(void)key;
	what = parse_time(val, &q->interval);
	if (what)
		return cmd_bad(c, at, "\"%s\": expected %s", val, what);
	return EXIT_OK;
}

static int put_number(struct cmd *c, const struct key *key, struct at at,
		      const char *val)
{
	struct question *q = c->priv;
	const char *what;
	uint64_t v;

	what = parse_number(val, key->min, key->max, &v);
	if (what)
		return cmd_bad(c, at, "\"%s\": expected %s", val, what);
	msg_put_u16(&q->msg, key->attr, (uint16_t)v, at);
	return EXIT_OK;
}

static int put_name_of(struct cmd *c, const struct key *key, struct at at,
		       const char *val)
{
	struct question *q = c->priv;
	char buf[64];
	int v;

	v = name_find(key->names, val);
	if (v < 0) {
		name_list(key->names, buf, sizeof(buf));
		return cmd_bad(c, at, "\"%s\": expected %s", val, buf);
	}
	msg_put_u32(&q->msg, key->attr, (uint32_t)v, at);
	return EXIT_OK;
}

static int put_peering(struct cmd *c, const struct key *key, struct at at,
		       const char *val)
{
	struct question *q = c->priv;

	if (strlen(val) >= PORT_NAME_SIZE)
		return cmd_bad(c, at, "\"%s\": expected a name of at most %d bytes",
			       val, PORT_NAME_SIZE - 1);
	msg_put_str(&q->msg, key->attr, val, at);
	return EXIT_OK;
}

static void read_id(const struct nlmsghdr *nlh, void *data)
{
	attr_tb tb[VXC_A_OAM_MAX + 1];
	struct question *q = data;
	const struct nlattr *attr;

	if (!nlh)
		return;
	mnl_attr_for_each(attr, nlh, sizeof(struct genlmsghdr)) {
		if (mnl_attr_get_type(attr) != VXC_A_MSG_OAM)
			continue;
		attr_index(attr, tb, VXC_A_OAM_MAX);
		q->id = attr_u32(tb[VXC_A_OAM_ID]);
		q->circuit = attr_u32(tb[VXC_A_OAM_CIRCUIT_ID]);
	}
}

static void reply_print(struct question *q, attr_tb *tb)
{
	uint64_t ns = attr_uint(tb[VXC_A_OAM_TIME]);
	char mac[18];

	q->received++;
	q->answered = true;
	q->sum += ns;
	if (q->received == 1 || ns < q->min)
		q->min = ns;
	if (ns > q->max)
		q->max = ns;
	out_open(NULL);
	out_str(OUT_TEXT, "address", "reply from",
		mac_text(tb[VXC_A_OAM_ADDRESS], mac));
	if (q->trace) {
		out_uint(OUT_TEXT, "ttl", "ttl",
			 attr_uint(tb[VXC_A_OAM_TTL]));
		out_bool(OUT_WORDED, "terminal", NULL,
			 tb[VXC_A_OAM_TERMINAL]);
		if (tb[VXC_A_OAM_TERMINAL])
			out_text(OUT_TEXT, OUT_PLAIN, "terminal");
		q->ended = tb[VXC_A_OAM_TERMINAL];
	} else {
		out_uint(OUT_TEXT, "seq", "seq", q->sent);
	}
	ns_print(tb[VXC_A_OAM_TIME], "time_ns", "time");
	out_close();
	out_line(0);
}

static void read_event(struct question *q, const struct nlmsghdr *nlh)
{
	attr_tb tb[VXC_A_OAM_MAX + 1];
	const struct nlattr *attr;

	mnl_attr_for_each(attr, nlh, sizeof(struct genlmsghdr)) {
		if (mnl_attr_get_type(attr) != VXC_A_MSG_OAM)
			continue;
		attr_index(attr, tb, VXC_A_OAM_MAX);
		if (attr_u32(tb[VXC_A_OAM_ID]) == q->id &&
		    attr_u32(tb[VXC_A_OAM_CIRCUIT_ID]) == q->circuit)
			reply_print(q, tb);
	}
}

static int64_t now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

/* Read replies for so long, or until the question is answered. */
static int listen_for(struct question *q, struct mnl_socket *sock,
		      int64_t ms, bool until_answered)
{
	struct pollfd pfd = { .fd = mnl_socket_get_fd(sock), .events = POLLIN };
	int64_t end = now_ms() + ms, left;
	static char buf[EVENT_BUF];

	while ((left = end - now_ms()) > 0) {
		const struct nlmsghdr *nlh = (const void *)buf;
		int n;

		if (until_answered && (q->trace ? q->ended : q->answered))
			break;
		if (poll(&pfd, 1, (int)left) <= 0)
			continue;
		n = (int)mnl_socket_recvfrom(sock, buf, sizeof(buf));
		if (n < 0 && errno != ENOBUFS && errno != EINTR) {
			error("cannot read events: %s", strerror(errno));
			return EXIT_KERNEL;
		}
		for (; n > 0 && mnl_nlmsg_ok(nlh, n);
		     nlh = mnl_nlmsg_next(nlh, &n))
			if (nlh->nlmsg_type == nl_family())
				read_event(q, nlh);
	}
	return EXIT_OK;
}

static int one_question(struct question *q, struct mnl_socket *sock)
{
	bool last = q->trace || q->sent + 1 == q->count;
	struct nl_err err;
	int64_t began;
	int ret;

	q->answered = false;
	q->ended = false;
	if (nl_request(NETLINK_GENERIC, msg_hdr(&q->msg), read_id, q, &err)) {
		nl_error(&err);
		return EXIT_KERNEL;
	}
	q->sent++;
	began = now_ms();
	ret = listen_for(q, sock, q->trace ? 2000 : 1000, true);
	if (!ret && !last && now_ms() - began < q->interval)
		ret = listen_for(q, sock, q->interval - (now_ms() - began),
				 false);
	return ret;
}

static void summary_print(const struct question *q)
{
	out_uint(OUT_TEXT, "sent", "sent", q->sent);
	out_uint(OUT_TEXT, "received", "received", q->received);
	if (!q->received)
		return;
	out_uint(OUT_WORDED, "min_ns", NULL, q->min);
	out_uint(OUT_WORDED, "mean_ns", NULL, q->sum / q->received);
	out_uint(OUT_WORDED, "max_ns", NULL, q->max);
	out_text(OUT_TEXT, OUT_PLAIN, "min %s mean %s max %s",
		 ms_text(q->min), ms_text(q->sum / q->received),
		 ms_text(q->max));
}

static int ask(struct question *q)
{
	struct mnl_socket *sock = events_subscribe();
	int ret = EXIT_OK;

	if (!sock)
		return EXIT_KERNEL;
	out_open(NULL);
	out_open_list("replies");
	while (!ret && q->sent < q->count)
		ret = one_question(q, sock);
	out_close_list();
	if (!ret)
		summary_print(q);
	out_close();
	out_end_record();
	mnl_socket_close(sock);
	if (!ret && !q->received)
		ret = EXIT_KERNEL;
	return ret;
}

static int question(struct cmd *c, struct question *q)
{
	const char *name;
	struct at at;
	size_t nest;
	int ret;

	ret = cmd_name(c, &at, &name);
	if (ret)
		return ret;
	if (!nl_family())
		return EXIT_KERNEL;
	c->priv = q;
	msg_genl(&q->msg, nl_family(), VXC_CMD_OAM_ASK, 0);
	nest = msg_nest(&q->msg, VXC_A_MSG_OAM, at);
	msg_put_str(&q->msg, VXC_A_OAM_CIRCUIT, name, at);
	msg_put_u32(&q->msg, VXC_A_OAM_ASK, q->trace ? VXC_ASK_LINKTRACE :
						       VXC_ASK_LOOPBACK, at);
	ret = cmd_keys(c);
	msg_nest_end(&q->msg, nest);
	if (!ret)
		ret = ask(q);
	msg_free(&q->msg);
	return ret;
}

static int oam_ping(struct cmd *c)
{
	struct question q = { .count = 5, .interval = 1000 };

	return question(c, &q);
}

static int oam_trace(struct cmd *c)
{
	struct question q = { .trace = true, .count = 1 };

	return question(c, &q);
}

const struct command oam_commands[] = {
	{
		.name = "ping", .run = oam_ping, .keys = ping_keys,
		.help = "loopback messages to a remote MEP",
		.word = "NAME", .complete = COMPLETE_CIRCUIT,
	}, {
		.name = "trace", .run = oam_trace, .keys = trace_keys,
		.help = "a linktrace message to it",
		.word = "NAME", .complete = COMPLETE_CIRCUIT,
	}, { }
};
