// SPDX-License-Identifier: GPL-2.0
/* Netlink messages that remember the words they were made from. */
#include <linux/genetlink.h>
#include <stdlib.h>
#include <string.h>

#include "msg.h"
#include "vxc.h"

#define MSG_CHUNK	4096

struct nlmsghdr *msg_hdr(const struct msg *m)
{
	return (struct nlmsghdr *)m->buf;
}

static void reserve(struct msg *m, size_t size)
{
	size_t used = m->buf ? msg_hdr(m)->nlmsg_len : 0;

	if (m->cap - used >= size)
		return;
	m->cap = (used + size) * 2 + MSG_CHUNK;
	m->buf = xrealloc(m->buf, m->cap, 1);
}

void msg_init(struct msg *m, uint16_t type, uint16_t flags)
{
	struct nlmsghdr *nlh;

	memset(m, 0, sizeof(*m));
	reserve(m, MNL_NLMSG_HDRLEN);
	nlh = mnl_nlmsg_put_header(m->buf);
	nlh->nlmsg_type = type;
	nlh->nlmsg_flags = flags | NLM_F_REQUEST;
}

void msg_free(struct msg *m)
{
	free(m->buf);
	free(m->spans);
	memset(m, 0, sizeof(*m));
}

void *msg_extra(struct msg *m, size_t size)
{
	reserve(m, MNL_ALIGN(size));
	return mnl_nlmsg_put_extra_header(msg_hdr(m), size);
}

void msg_genl(struct msg *m, uint16_t family, uint8_t cmd, uint16_t flags)
{
	struct genlmsghdr *genl;

	msg_init(m, family, flags);
	genl = msg_extra(m, sizeof(*genl));
	genl->cmd = cmd;
	genl->version = VXC_FAMILY_VERSION;
}

static void add_span(struct msg *m, uint32_t off, struct at at)
{
	struct span *span;

	if (m->n_spans == m->cap_spans) {
		m->cap_spans = m->cap_spans * 2 + 64;
		m->spans = xrealloc(m->spans, m->cap_spans,
				    sizeof(*m->spans));
	}
	span = &m->spans[m->n_spans++];
	span->off = off;
	span->end = msg_hdr(m)->nlmsg_len;
	span->line = m->line;
	span->at = at;
}

void msg_put(struct msg *m, uint16_t type, const void *data, size_t len,
	     struct at at)
{
	uint32_t off = msg_hdr(m)->nlmsg_len;

	if (len > UINT16_MAX - MNL_ATTR_HDRLEN) {
		m->too_big = true;
		return;
	}
	reserve(m, MNL_ATTR_HDRLEN + MNL_ALIGN(len));
	mnl_attr_put(msg_hdr(m), type, len, data);
	add_span(m, off, at);
}

void msg_put_flag(struct msg *m, uint16_t type, struct at at)
{
	msg_put(m, type, "", 0, at);
}

void msg_put_u8(struct msg *m, uint16_t type, uint8_t v, struct at at)
{
	msg_put(m, type, &v, sizeof(v), at);
}

void msg_put_u16(struct msg *m, uint16_t type, uint16_t v, struct at at)
{
	msg_put(m, type, &v, sizeof(v), at);
}

void msg_put_u32(struct msg *m, uint16_t type, uint32_t v, struct at at)
{
	msg_put(m, type, &v, sizeof(v), at);
}

void msg_put_str(struct msg *m, uint16_t type, const char *s, struct at at)
{
	msg_put(m, type, s, strlen(s) + 1, at);
}

size_t msg_nest(struct msg *m, uint16_t type, struct at at)
{
	size_t nest = msg_hdr(m)->nlmsg_len;

	msg_put(m, type | NLA_F_NESTED, "", 0, at);
	return nest;
}

void msg_nest_end(struct msg *m, size_t nest)
{
	struct nlattr *attr = (struct nlattr *)(m->buf + nest);
	size_t len = msg_hdr(m)->nlmsg_len - nest;
	size_t i;

	if (len > UINT16_MAX) {
		m->too_big = true;
		return;
	}
	attr->nla_len = (uint16_t)len;
	for (i = m->n_spans; i-- > 0;) {
		if (m->spans[i].off == nest) {
			m->spans[i].end = msg_hdr(m)->nlmsg_len;
			break;
		}
	}
}

void msg_cut(struct msg *m, uint32_t len)
{
	msg_hdr(m)->nlmsg_len = len;
	while (m->n_spans && m->spans[m->n_spans - 1].off >= len)
		m->n_spans--;
	m->too_big = false;
}

/* Spans nest and are in the order of their offsets: the last one wins. */
const struct span *msg_find(const struct msg *m, uint32_t off)
{
	const struct span *found = NULL;
	size_t i;

	for (i = 0; i < m->n_spans && m->spans[i].off <= off; i++)
		if (off < m->spans[i].end)
			found = &m->spans[i];
	return found;
}
