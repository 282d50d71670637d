// SPDX-License-Identifier: GPL-2.0
/* Messages of the vxc family: from text, to the kernel, and the answer. */
#include <errno.h>
#include <linux/genetlink.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <linux/vxc.h>

#include "genl.h"
#include "grammar.h"

#define NEST_MAX	8

static char genl_reply[GENL_BUF];

/* --- the family ---------------------------------------------------------- */

static int group_cb(const struct nlattr *attr, void *data)
{
	struct genl *g = data;
	uint32_t id = 0;
	bool events = false;
	struct nlattr *a;

	mnl_attr_for_each_nested(a, attr) {
		if (mnl_attr_get_type(a) == CTRL_ATTR_MCAST_GRP_ID)
			id = mnl_attr_get_u32(a);
		if (mnl_attr_get_type(a) == CTRL_ATTR_MCAST_GRP_NAME)
			events = !strcmp(mnl_attr_get_str(a),
					 VXC_MCGRP_EVENTS);
	}
	if (events)
		g->group = id;
	return MNL_CB_OK;
}

static int family_cb(const struct nlmsghdr *nlh, void *data)
{
	struct genl *g = data;
	struct nlattr *a;

	mnl_attr_for_each(a, nlh, sizeof(struct genlmsghdr)) {
		if (mnl_attr_get_type(a) == CTRL_ATTR_FAMILY_ID)
			g->family = mnl_attr_get_u16(a);
		if (mnl_attr_get_type(a) == CTRL_ATTR_MCAST_GROUPS)
			mnl_attr_parse_nested(a, group_cb, g);
	}
	return MNL_CB_OK;
}

static bool resolve(struct genl *g)
{
	char buf[1024];
	struct nlmsghdr *nlh;
	ssize_t n;

	g->family = GENL_ID_CTRL;
	nlh = genl_begin(g, buf, CTRL_CMD_GETFAMILY, 0);
	mnl_attr_put_strz(nlh, CTRL_ATTR_FAMILY_NAME, VXC_FAMILY_NAME);
	if (mnl_socket_sendto(g->nl, nlh, nlh->nlmsg_len) < 0)
		return false;
	n = mnl_socket_recvfrom(g->nl, genl_reply, sizeof(genl_reply));
	return n > 0 && mnl_cb_run(genl_reply, n, 0, 0, family_cb, g) >= 0;
}

bool genl_open(struct genl *g)
{
	struct timeval limit = { 20, 0 };
	int room = 2 * GENL_LARGE;
	int one = 1;
	int fd;

	memset(g, 0, sizeof(*g));
	g->nl = mnl_socket_open(NETLINK_GENERIC);
	if (!g->nl || mnl_socket_bind(g->nl, 0, MNL_SOCKET_AUTOPID) < 0)
		return false;
	fd = mnl_socket_get_fd(g->nl);
	setsockopt(fd, SOL_NETLINK, NETLINK_EXT_ACK, &one, sizeof(one));
	setsockopt(fd, SOL_NETLINK, NETLINK_CAP_ACK, &one, sizeof(one));
	setsockopt(fd, SOL_NETLINK, NETLINK_GET_STRICT_CHK, &one, sizeof(one));
	setsockopt(fd, SOL_SOCKET, SO_SNDBUFFORCE, &room, sizeof(room));
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
	return resolve(g);
}

void genl_close(struct genl *g)
{
	if (g->nl)
		mnl_socket_close(g->nl);
	g->nl = NULL;
}

struct nlmsghdr *genl_begin(const struct genl *g, void *buf, uint8_t cmd,
			    uint16_t flags)
{
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(buf);
	struct genlmsghdr *genl;

	nlh->nlmsg_type = g->family;
	nlh->nlmsg_flags = NLM_F_REQUEST | flags;
	genl = mnl_nlmsg_put_extra_header(nlh, sizeof(*genl));
	genl->cmd = cmd;
	genl->version = VXC_FAMILY_VERSION;
	return nlh;
}

/* --- text to message ----------------------------------------------------- */

static bool put_hex(struct nlmsghdr *nlh, uint16_t id, const char *text)
{
	unsigned char bytes[64];
	unsigned int n = 0;

	for (; text[0] && text[1] && n < sizeof(bytes); text += 2) {
		if (*text == ':' || *text == '-')
			text++;
		if (sscanf(text, "%2hhx", &bytes[n++]) != 1)
			return false;
	}
	mnl_attr_put(nlh, id, n, bytes);
	return true;
}

static bool put_value(struct nlmsghdr *nlh, const struct attr *attr,
		      const char *text)
{
	unsigned long long number = strtoull(text, NULL, 0);

	switch (attr->type) {
	case A_U8:
		mnl_attr_put_u8(nlh, attr->id, number);
		return true;
	case A_U16:
		mnl_attr_put_u16(nlh, attr->id, number);
		return true;
	case A_U32:
		mnl_attr_put_u32(nlh, attr->id, number);
		return true;
	case A_U64:
		mnl_attr_put_u64(nlh, attr->id, number);
		return true;
	case A_STRING:
		mnl_attr_put_strz(nlh, attr->id, text);
		return true;
	case A_BINARY:
		return put_hex(nlh, attr->id, text);
	default:
		return false;
	}
}

/* "name=value" or "flag", within the attribute set. */
static bool put_word(struct nlmsghdr *nlh, const struct attr_set *set,
		     char *word)
{
	char *value = strchr(word, '=');
	const struct attr *attr;

	if (value)
		*value++ = 0;
	attr = attr_by_name(set, word);
	if (!attr) {
		fprintf(stderr, "%s has no attribute %s\n", set->name, word);
		return false;
	}
	if (value)
		return put_value(nlh, attr, value);
	if (attr->type != A_FLAG)
		return false;
	mnl_attr_put(nlh, attr->id, 0, NULL);
	return true;
}

struct parser {
	struct nlmsghdr *nlh;
	struct nlattr *nest[NEST_MAX];
	const struct attr_set *set[NEST_MAX];
	unsigned int depth;
};

static bool open_nest(struct parser *p, const char *name)
{
	const struct attr *attr = attr_by_name(p->set[p->depth], name);

	if (!attr || attr->type != A_NEST || p->depth + 1 == NEST_MAX)
		return false;
	p->depth++;
	p->nest[p->depth] = mnl_attr_nest_start(p->nlh, attr->id);
	p->set[p->depth] = attr->nest;
	return true;
}

static void close_nests(struct parser *p, unsigned int depth)
{
	while (p->depth > depth)
		mnl_attr_nest_end(p->nlh, p->nest[p->depth--]);
}

static bool open_op(struct parser *p, const char *action, const char *object)
{
	static const char * const actions[] = { "add", "set", "del" };
	unsigned int i;

	for (i = 0; i < 3 && strcmp(actions[i], action); i++)
		;
	if (i == 3 || !object || !open_nest(p, "op"))
		return false;
	mnl_attr_put_u32(p->nlh, VXC_A_OP_ACTION, VXC_ACTION_ADD + i);
	return open_nest(p, object);
}

/* "add circuit name=x leg { port=p svid=1 } ; del port name=p force" */
bool genl_ops(struct nlmsghdr *nlh, const char *text)
{
	struct parser p = { .nlh = nlh, .set = { &set_msg } };
	char *copy = strdup(text), *word, *next, *save;
	bool ok = true;

	for (word = strtok_r(copy, " \t\n", &save); word && ok; word = next) {
		next = strtok_r(NULL, " \t\n", &save);
		if (!strcmp(word, ";")) {
			close_nests(&p, 0);
		} else if (!strcmp(word, "}")) {
			close_nests(&p, p.depth ? p.depth - 1 : 0);
		} else if (!p.depth) {
			ok = open_op(&p, word, next);
			next = strtok_r(NULL, " \t\n", &save);
		} else if (next && !strcmp(next, "{")) {
			ok = open_nest(&p, word);
			next = strtok_r(NULL, " \t\n", &save);
		} else {
			ok = put_word(nlh, p.set[p.depth], word);
		}
	}
	close_nests(&p, 0);
	free(copy);
	return ok;
}

/* --- to the kernel and back ---------------------------------------------- */

int genl_send(struct genl *g, struct nlmsghdr *nlh)
{
	nlh->nlmsg_seq = ++g->seq;
	return mnl_socket_sendto(g->nl, nlh, nlh->nlmsg_len) < 0 ? errno : 0;
}

static void read_error(const struct nlmsghdr *nlh, struct verdict *v)
{
	const struct nlmsgerr *err = mnl_nlmsg_get_payload(nlh);
	unsigned int skip = sizeof(*err);
	struct nlattr *a;

	v->error = -err->error;
	if (!(nlh->nlmsg_flags & NLM_F_ACK_TLVS))
		return;
	if (!(nlh->nlmsg_flags & NLM_F_CAPPED))
		skip += err->msg.nlmsg_len - sizeof(err->msg);
	mnl_attr_for_each(a, nlh, skip) {
		if (mnl_attr_get_type(a) == NLMSGERR_ATTR_MSG)
			snprintf(v->text, sizeof(v->text), "%s",
				 mnl_attr_get_str(a));
		if (mnl_attr_get_type(a) == NLMSGERR_ATTR_OFFS)
			v->offset = mnl_attr_get_u32(a);
	}
}

void genl_answer(struct genl *g, struct verdict *v)
{
	const struct nlmsghdr *nlh = (void *)genl_reply;
	ssize_t n;

	memset(v, 0, sizeof(*v));
	do {
		n = mnl_socket_recvfrom(g->nl, genl_reply, sizeof(genl_reply));
		if (n < 0) {
			v->error = errno == EAGAIN ? ETIME : errno;
			return;
		}
	} while (nlh->nlmsg_type != NLMSG_ERROR || nlh->nlmsg_seq != g->seq);
	read_error(nlh, v);
}

void genl_apply(struct genl *g, struct nlmsghdr *nlh, struct verdict *v)
{
	memset(v, 0, sizeof(*v));
	nlh->nlmsg_flags |= NLM_F_ACK;
	v->error = genl_send(g, nlh);
	if (!v->error)
		genl_answer(g, v);
}

static bool find_path(const struct attr_set *set, const char *base,
		      const struct nlattr *attrs, size_t len, uint32_t offset,
		      char *out, size_t room)
{
	const struct attr *attr;
	const struct nlattr *a;
	uint32_t at;
	int n;

	for (a = attrs; mnl_attr_ok(a, (char *)attrs + len - (char *)a);
	     a = mnl_attr_next(a)) {
		at = (char *)a - base;
		if (offset < at || offset >= at + mnl_attr_get_len(a))
			continue;
		attr = attr_by_id(set, mnl_attr_get_type(a));
		if (!attr)
			return false;
		n = snprintf(out, room, ".%s", attr->name);
		if (at == offset || attr->type != A_NEST)
			return at == offset;
		return find_path(attr->nest, base, mnl_attr_get_payload(a),
				 mnl_attr_get_payload_len(a), offset, out + n,
				 room - n);
	}
	return false;
}

/* The name of the attribute at that offset of a request, as ".op.port.name". */
const char *genl_path(const struct nlmsghdr *nlh, uint32_t offset)
{
	static char path[256];
	const struct nlattr *attrs;

	path[0] = 0;
	attrs = mnl_nlmsg_get_payload_offset(nlh, sizeof(struct genlmsghdr));
	if (!offset)
		return "-";
	if (!find_path(&set_msg, (const char *)nlh, attrs,
		       (const char *)nlh + nlh->nlmsg_len - (char *)attrs,
		       offset, path, sizeof(path)))
		return "astray";
	return path;
}

/* --- dumps --------------------------------------------------------------- */

struct dump {
	uint64_t hash;
	unsigned int objects;
	bool intr;
	genl_object_fn *fn;
	void *arg;
};

static void hash_bytes(uint64_t *hash, const void *data, size_t len)
{
	const unsigned char *p = data;

	while (len--)
		*hash = (*hash ^ *p++) * 1099511628211ull;
}

/* What does not change by itself. */
static void hash_attrs(uint64_t *hash, const struct attr_set *set,
		       const struct nlattr *attrs, size_t len)
{
	const struct attr *attr;
	const struct nlattr *a;

	for (a = attrs; mnl_attr_ok(a, (char *)attrs + len - (char *)a);
	     a = mnl_attr_next(a)) {
		attr = attr_by_id(set, mnl_attr_get_type(a));
		if (!attr || attr->moving)
			continue;
		hash_bytes(hash, &attr->id, sizeof(attr->id));
		if (attr->type == A_NEST)
			hash_attrs(hash, attr->nest, mnl_attr_get_payload(a),
				   mnl_attr_get_payload_len(a));
		else
			hash_bytes(hash, mnl_attr_get_payload(a),
				   mnl_attr_get_payload_len(a));
	}
}

static void dump_cb(const struct nlmsghdr *nlh, struct dump *d)
{
	const char *attrs;

	attrs = mnl_nlmsg_get_payload_offset(nlh, sizeof(struct genlmsghdr));
	d->objects++;
	if (d->fn)
		d->fn((const struct nlattr *)attrs, d->arg);
	hash_attrs(&d->hash, &set_msg, (const void *)attrs,
		   (const char *)nlh + nlh->nlmsg_len - attrs);
}

/* One read of a dump; -1 if there is more, or how it ended. */
static int dump_part(struct genl *g, int len, struct dump *d)
{
	const struct nlmsghdr *nlh = (const void *)genl_reply;

	for (; mnl_nlmsg_ok(nlh, len); nlh = mnl_nlmsg_next(nlh, &len)) {
		if (nlh->nlmsg_seq != g->seq)
			continue;
		if (nlh->nlmsg_type == NLMSG_ERROR)
			return -*(int *)mnl_nlmsg_get_payload(nlh);
		if (nlh->nlmsg_flags & NLM_F_DUMP_INTR)
			d->intr = true;
		if (nlh->nlmsg_type == NLMSG_DONE)
			return d->intr ? EINTR : 0;
		dump_cb(nlh, d);
	}
	return -1;
}

/*
 * An interrupted dump is read to its end all the same, which mnl_cb_run()
 * would not do: the next dump must not find the rest of it.
 */
static int run_dump(struct genl *g, uint8_t cmd, struct dump *d)
{
	struct nlmsghdr *nlh;
	char buf[256];
	ssize_t n;
	int rc;

	nlh = genl_begin(g, buf, cmd, NLM_F_DUMP);
	rc = genl_send(g, nlh);
	if (rc)
		return rc;
	do {
		n = mnl_socket_recvfrom(g->nl, genl_reply, sizeof(genl_reply));
		if (n < 0)
			return errno;
		rc = dump_part(g, n, d);
	} while (rc < 0);
	return rc;
}

int genl_dump(struct genl *g, uint8_t cmd, uint64_t *hash,
	      unsigned int *objects, bool *intr)
{
	struct dump d = { .hash = hash ? *hash : 0 };
	int rc = run_dump(g, cmd, &d);

	if (hash)
		*hash = d.hash;
	if (objects)
		*objects = d.objects;
	if (intr)
		*intr = d.intr;
	return rc;
}

int genl_each(struct genl *g, uint8_t cmd, genl_object_fn *fn, void *arg)
{
	struct dump d = { .fn = fn, .arg = arg };

	return run_dump(g, cmd, &d);
}

static int hash_all(struct genl *g, uint64_t *hash)
{
	static const uint8_t cmds[] = {
		VXC_CMD_PORT_GET, VXC_CMD_CIRCUIT_GET, VXC_CMD_PEERING_GET,
		VXC_CMD_REACH_GET, VXC_CMD_PAIR_GET,
		VXC_CMD_ENVELOPE_GET,
	};
	unsigned int i;
	int rc = 0;

	*hash = 14695981039346656037ull;
	for (i = 0; i < sizeof(cmds) && !rc; i++)
		rc = genl_dump(g, cmds[i], hash, NULL, NULL);
	return rc;
}

/*
 * One number for all that is configured and up. A leg or a MEP that changes its
 * state meanwhile interrupts a dump.
 */
bool genl_state(struct genl *g, uint64_t *hash)
{
	int rc, i;

	for (i = 0; i < 100; i++) {
		rc = hash_all(g, hash);
		if (rc != EINTR)
			break;
	}
	errno = rc;
	return !rc;
}
