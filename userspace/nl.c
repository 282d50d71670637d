// SPDX-License-Identifier: GPL-2.0
/* Netlink sockets: requests, dumps, and what the kernel says about them. */
#include <errno.h>
#include <linux/genetlink.h>
#include <linux/rtnetlink.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "attr.h"
#include "msg.h"
#include "nl.h"
#include "vxc.h"

#define DUMP_TRIES	8

/* One socket a bus, opened when it is first used. */
struct nl {
	int bus;
	struct mnl_socket *sock;
	uint32_t seq;
	char *buf;
	size_t size;
};

static struct nl sockets[] = {
	{ .bus = NETLINK_GENERIC },
	{ .bus = NETLINK_ROUTE },
};

static uint16_t family_id;
static uint32_t events_id;

static void set_option(struct mnl_socket *sock, int option)
{
	int one = 1;

	/* Old kernels lack some: their answers only say less then. */
	mnl_socket_setsockopt(sock, option, &one, sizeof(one));
}

static struct nl *nl_open(int bus)
{
	struct nl *nl = &sockets[bus == NETLINK_ROUTE];

	if (nl->sock)
		return nl;
	nl->sock = mnl_socket_open2(bus, SOCK_CLOEXEC);
	if (!nl->sock)
		return NULL;
	if (mnl_socket_bind(nl->sock, 0, MNL_SOCKET_AUTOPID) < 0) {
		mnl_socket_close(nl->sock);
		nl->sock = NULL;
		return NULL;
	}
	set_option(nl->sock, NETLINK_EXT_ACK);
	set_option(nl->sock, NETLINK_CAP_ACK);
	set_option(nl->sock, NETLINK_GET_STRICT_CHK);
	nl->seq = (uint32_t)time(NULL);
	return nl;
}

void nl_close(void)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(sockets); i++) {
		if (sockets[i].sock)
			mnl_socket_close(sockets[i].sock);
		free(sockets[i].buf);
		sockets[i].sock = NULL;
		sockets[i].buf = NULL;
		sockets[i].size = 0;
	}
	family_id = 0;
}

/* Read one datagram, however long it is. */
static ssize_t receive(struct nl *nl)
{
	int fd = mnl_socket_get_fd(nl->sock);
	ssize_t len;

	do
		len = recv(fd, NULL, 0, MSG_PEEK | MSG_TRUNC);
	while (len < 0 && errno == EINTR);
	if (len < 0)
		return -1;
	/* The kernel fills dumps up to the size of the last read. */
	if (len < 32768)
		len = 32768;
	if ((size_t)len > nl->size) {
		nl->buf = xrealloc(nl->buf, (size_t)len, 1);
		nl->size = (size_t)len;
	}
	return mnl_socket_recvfrom(nl->sock, nl->buf, nl->size);
}

static int transmit(struct nl *nl, struct nlmsghdr *nlh)
{
	int fd = mnl_socket_get_fd(nl->sock);
	int size = (int)nlh->nlmsg_len + 4096;
	int now = 0;
	socklen_t len = sizeof(now);

	getsockopt(fd, SOL_SOCKET, SO_SNDBUF, &now, &len);
	if (now < size && setsockopt(fd, SOL_SOCKET, SO_SNDBUFFORCE, &size,
				     sizeof(size)) < 0)
		setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof(size));

	nlh->nlmsg_seq = ++nl->seq;
	return mnl_socket_sendto(nl->sock, nlh, nlh->nlmsg_len) < 0 ? -1 : 0;
}

static void copy_text(struct nl_err *err, const struct nlattr *attr)
{
	size_t len;

	snprintf(err->text, sizeof(err->text), "%s", attr_str(attr));
	len = strlen(err->text);
	if (len && err->text[len - 1] == '.')
		err->text[len - 1] = '\0';
}

static void read_extack(const struct nlattr *attr, const char *end,
			struct nl_err *err)
{
	while (mnl_attr_ok(attr, (int)(end - (const char *)attr))) {
		switch (mnl_attr_get_type(attr)) {
		case NLMSGERR_ATTR_MSG:
			copy_text(err, attr);
			break;
		case NLMSGERR_ATTR_OFFS:
			err->has_off = true;
			err->off = attr_u32(attr);
			break;
		case NLMSGERR_ATTR_MISS_TYPE:
			err->has_miss = true;
			err->miss_type = attr_u32(attr);
			break;
		case NLMSGERR_ATTR_MISS_NEST:
			err->miss_nest = attr_u32(attr);
			break;
		}
		attr = mnl_attr_next(attr);
	}
}

/* NLMSG_ERROR: the attributes follow the header of the request, or all of it */
static void read_ack(const struct nlmsghdr *nlh, struct nl_err *err)
{
	const struct nlmsgerr *e = mnl_nlmsg_get_payload(nlh);
	size_t skip = sizeof(*e);

	if (mnl_nlmsg_get_payload_len(nlh) < sizeof(*e)) {
		err->err = EBADMSG;
		return;
	}
	err->err = -e->error;
	if (!(nlh->nlmsg_flags & NLM_F_ACK_TLVS))
		return;
	if (!(nlh->nlmsg_flags & NLM_F_CAPPED))
		skip += e->msg.nlmsg_len - sizeof(e->msg);
	if (mnl_nlmsg_get_payload_len(nlh) > skip)
		read_extack((const void *)((const char *)e + MNL_ALIGN(skip)),
			    mnl_nlmsg_get_payload_tail(nlh), err);
}

/* NLMSG_DONE: an errno, and the same attributes */
static void read_done(const struct nlmsghdr *nlh, struct nl_err *err)
{
	const int *code = mnl_nlmsg_get_payload(nlh);

	if (mnl_nlmsg_get_payload_len(nlh) < sizeof(*code))
		return;
	if (*code < 0)
		err->err = -*code;
	if (nlh->nlmsg_flags & NLM_F_ACK_TLVS)
		read_extack((const void *)(code + 1),
			    mnl_nlmsg_get_payload_tail(nlh), err);
}

/*
 * Walk the answers up to the one that ends them. Returns 1 when a dump was
 * interrupted by a change, otherwise 0 with the result in ERR.
 */
static int read_answers(struct nl *nl, nl_cb cb, void *data,
			struct nl_err *err)
{
	int interrupted = 0;

	for (;;) {
		const struct nlmsghdr *nlh;
		ssize_t n = receive(nl);
		int len = (int)n;

		if (n < 0) {
			err->err = errno;
			return 0;
		}
		nlh = (const void *)nl->buf;
		for (; mnl_nlmsg_ok(nlh, len);
		     nlh = mnl_nlmsg_next(nlh, &len)) {
			if (nlh->nlmsg_seq != nl->seq)
				continue;
			if (nlh->nlmsg_flags & NLM_F_DUMP_INTR)
				interrupted = 1;
			if (nlh->nlmsg_type == NLMSG_ERROR) {
				read_ack(nlh, err);
				return 0;
			}
			if (nlh->nlmsg_type == NLMSG_DONE) {
				read_done(nlh, err);
				return err->err ? 0 : interrupted;
			}
			if (cb && nlh->nlmsg_type >= NLMSG_MIN_TYPE)
				cb(nlh, data);
		}
	}
}

int nl_request(int bus, struct nlmsghdr *nlh, nl_cb cb, void *data,
	       struct nl_err *err)
{
	struct nl *nl = nl_open(bus);
	int tries;

	memset(err, 0, sizeof(*err));
	if (!nl)
		goto fail;
	/* An answer alone does not end a request for one object: an ack does */
	nlh->nlmsg_flags |= NLM_F_ACK;
	for (tries = 0; tries < DUMP_TRIES; tries++) {
		memset(err, 0, sizeof(*err));
		if (cb)
			cb(NULL, data);
		if (transmit(nl, nlh) < 0)
			goto fail;
		if (!read_answers(nl, cb, data, err))
			return -err->err;
	}
	/* What did not change is all there, and was read now. */
	warning("the list changed each of the %u times it was read: what changed may be missing or old",
		DUMP_TRIES);
	return 0;
fail:
	err->err = errno;
	if (errno == EMSGSIZE)
		snprintf(err->text, sizeof(err->text),
			 "a request of %u bytes is more than this user may send at once (net.core.wmem_max)",
			 nlh->nlmsg_len);
	return -err->err;
}

static void read_group(const struct nlattr *groups)
{
	const struct nlattr *group;

	mnl_attr_for_each_nested(group, groups) {
		attr_tb tb[CTRL_ATTR_MCAST_GRP_MAX + 1];

		attr_index(group, tb, CTRL_ATTR_MCAST_GRP_MAX);
		if (!strcmp(attr_str(tb[CTRL_ATTR_MCAST_GRP_NAME]),
			    VXC_MCGRP_EVENTS))
			events_id = attr_u32(tb[CTRL_ATTR_MCAST_GRP_ID]);
	}
}

static void read_family(const struct nlmsghdr *nlh, void *data)
{
	const struct nlattr *attr;

	(void)data;
	if (!nlh)
		return;
	mnl_attr_for_each(attr, nlh, sizeof(struct genlmsghdr)) {
		if (mnl_attr_get_type(attr) == CTRL_ATTR_FAMILY_ID)
			family_id = (uint16_t)attr_uint(attr);
		else if (mnl_attr_get_type(attr) == CTRL_ATTR_MCAST_GROUPS)
			read_group(attr);
	}
}

uint16_t nl_family(void)
{
	struct nl_err err;
	struct msg m;

	if (family_id)
		return family_id;
	msg_genl(&m, GENL_ID_CTRL, CTRL_CMD_GETFAMILY, 0);
	msg_put_str(&m, CTRL_ATTR_FAMILY_NAME, VXC_FAMILY_NAME, AT(-1));
	nl_request(NETLINK_GENERIC, msg_hdr(&m), read_family, NULL, &err);
	msg_free(&m);
	if (err.err == ENOENT)
		error("the vxc kernel module is not loaded (modprobe vxc)");
	else if (err.err)
		nl_error(&err);
	return family_id;
}

uint32_t nl_events(void)
{
	return nl_family() ? events_id : 0;
}

void nl_error(const struct nl_err *err)
{
	if (err->text[0])
		error("%s", err->text);
	else if (err->has_miss)
		error("%s: attribute %u is missing", strerror(err->err),
		      err->miss_type);
	else if (err->err == EPERM)
		error("Operation not permitted: changes need CAP_NET_ADMIN (port add: in the initial user namespace)");
	else
		error("%s", strerror(err->err));
}

static void list_clear(struct nl_list *list)
{
	while (list->n)
		free(list->v[--list->n]);
}

void nl_list_free(struct nl_list *list)
{
	list_clear(list);
	free(list->v);
	memset(list, 0, sizeof(*list));
}

struct collect {
	uint16_t object;
	struct nl_list *list;
};

static void collect(const struct nlmsghdr *nlh, void *data)
{
	struct collect *c = data;
	struct nl_list *list = c->list;
	const struct nlattr *attr;

	if (!nlh) {
		list_clear(list);
		return;
	}
	mnl_attr_for_each(attr, nlh, sizeof(struct genlmsghdr)) {
		if (mnl_attr_get_type(attr) != c->object)
			continue;
		if (list->n == list->cap) {
			list->cap = list->cap * 2 + 16;
			list->v = xrealloc(list->v, list->cap,
					   sizeof(*list->v));
		}
		list->v[list->n] = xrealloc(NULL, attr->nla_len, 1);
		memcpy(list->v[list->n++], attr, attr->nla_len);
	}
}

int nl_try(const struct nl_query *query, struct nl_list *list,
	   struct nl_err *err)
{
	struct collect c = { .object = query->object, .list = list };
	struct msg m;
	size_t nest;
	int ret;

	memset(list, 0, sizeof(*list));
	msg_genl(&m, nl_family(), query->cmd, query->dump ? NLM_F_DUMP : 0);
	if (query->by) {
		nest = msg_nest(&m, query->in ? query->in : query->object,
				AT(-1));
		msg_put(&m, query->by, query->value, query->len, AT(-1));
		msg_nest_end(&m, nest);
	}
	if (query->flag)
		msg_put_flag(&m, query->flag, AT(-1));
	ret = nl_request(NETLINK_GENERIC, msg_hdr(&m), collect, &c, err);
	msg_free(&m);
	return ret;
}

int nl_read(const struct nl_query *query, struct nl_list *list)
{
	struct nl_err err;

	memset(list, 0, sizeof(*list));
	if (!nl_family())
		return EXIT_KERNEL;
	if (!nl_try(query, list, &err))
		return EXIT_OK;
	nl_error(&err);
	nl_list_free(list);
	return EXIT_KERNEL;
}

int nl_read_all(uint8_t cmd, uint16_t object, struct nl_list *list)
{
	struct nl_query query = { .cmd = cmd, .object = object, .dump = true };

	return nl_read(&query, list);
}

int nl_read_name(uint8_t cmd, uint16_t object, uint16_t by, const char *name,
		 struct nl_list *list)
{
	struct nl_query query = {
		.cmd = cmd,
		.object = object,
		.by = by,
		.value = name,
		.len = strlen(name) + 1,
	};

	return nl_read(&query, list);
}
