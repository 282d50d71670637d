// SPDX-License-Identifier: GPL-2.0
/* Values of keywords to attributes. */
#include <stdio.h>
#include <string.h>

#include "cmd.h"
#include "parse.h"
#include "vxc.h"

static int expected(struct cmd *c, struct at at, const char *val,
		    const char *what)
{
	return cmd_bad(c, at, "\"%s\": expected %s", val, what);
}

int put_flag(struct cmd *c, const struct key *key, struct at at,
	     const char *val)
{
	(void)val;
	msg_put_flag(&c->txn->msg, key->attr, at);
	return EXIT_OK;
}

static int find_enum(struct cmd *c, const struct names *names, struct at at,
		     const char *val, int *v)
{
	char buf[256];

	*v = name_find(names, val);
	if (*v >= 0)
		return EXIT_OK;
	name_list(names, buf, sizeof(buf));
	return expected(c, at, val, buf);
}

int put_enum(struct cmd *c, const struct key *key, struct at at,
	     const char *val)
{
	int v, ret;

	ret = find_enum(c, key->names, at, val, &v);
	if (!ret)
		msg_put_u32(&c->txn->msg, key->attr, (uint32_t)v, at);
	return ret;
}

int put_onoff(struct cmd *c, const struct key *key, struct at at,
	      const char *val)
{
	int v, ret;

	ret = find_enum(c, &names_onoff, at, val, &v);
	if (!ret)
		msg_put_u8(&c->txn->msg, key->attr, (uint8_t)v, at);
	return ret;
}

static int number(struct cmd *c, const struct key *key, struct at at,
		  const char *val, uint64_t *v)
{
	const char *what = parse_number(val, key->min, key->max, v);

	return what ? expected(c, at, val, what) : EXIT_OK;
}

int put_u8(struct cmd *c, const struct key *key, struct at at, const char *val)
{
	uint64_t v;
	int ret;

	ret = number(c, key, at, val, &v);
	if (!ret)
		msg_put_u8(&c->txn->msg, key->attr, (uint8_t)v, at);
	return ret;
}

int put_u32(struct cmd *c, const struct key *key, struct at at,
	    const char *val)
{
	uint64_t v;
	int ret;

	ret = number(c, key, at, val, &v);
	if (!ret)
		msg_put_u32(&c->txn->msg, key->attr, (uint32_t)v, at);
	return ret;
}

int put_vid(struct cmd *c, const struct key *key, struct at at,
	    const char *val)
{
	const char *what;
	uint16_t vid;

	what = parse_vid(val, &vid);
	if (what)
		return expected(c, at, val, what);
	msg_put_u16(&c->txn->msg, key->attr, vid, at);
	return EXIT_OK;
}

int put_name(struct cmd *c, uint16_t attr, struct at at, const char *name,
	     size_t max)
{
	if (strlen(name) > max)
		return cmd_bad(c, at, "\"%s\" is longer than %zu bytes", name,
			       max);
	msg_put_str(&c->txn->msg, attr, name, at);
	return EXIT_OK;
}

int put_text(struct cmd *c, const struct key *key, struct at at,
	     const char *val)
{
	return put_name(c, key->attr, at, val, key->max);
}

int put_time(struct cmd *c, const struct key *key, struct at at,
	     const char *val)
{
	const char *what;
	char max[32];
	uint32_t ms;

	what = parse_time(val, &ms);
	if (what)
		return expected(c, at, val, what);
	if (ms > key->max) {
		format_interval(key->max, max, sizeof(max));
		return cmd_bad(c, at, "\"%s\": expected at most %s", val, max);
	}
	msg_put_u32(&c->txn->msg, key->attr, ms, at);
	return EXIT_OK;
}

int put_uuid(struct cmd *c, const struct key *key, struct at at,
	     const char *val)
{
	const char *what;
	uint8_t uuid[16];

	what = parse_uuid(val, uuid);
	if (what)
		return expected(c, at, val, what);
	msg_put(&c->txn->msg, key->attr, uuid, sizeof(uuid), at);
	return EXIT_OK;
}

int put_mac(struct cmd *c, const struct key *key, struct at at,
	    const char *val)
{
	const char *what;
	uint8_t mac[6];

	what = parse_mac(val, mac);
	if (what)
		return expected(c, at, val, what);
	msg_put(&c->txn->msg, key->attr, mac, sizeof(mac), at);
	return EXIT_OK;
}

int put_tpid(struct cmd *c, const struct key *key, struct at at,
	     const char *val)
{
	const char *what;
	uint16_t tpid;

	what = parse_tpid(val, &tpid);
	if (what)
		return expected(c, at, val, what);
	msg_put_u16(&c->txn->msg, key->attr, tpid, at);
	return EXIT_OK;
}

/* The attributes of a leg, each with its part of the word. */
static void put_att(struct msg *m, const struct attachment *att, struct at at)
{
	unsigned int port = (unsigned int)strlen(att->port);
	char vid[8];

	at.len = port;
	msg_put_str(m, VXC_A_LEG_PORT, att->port, at);
	at.col = port + 1;
	at.len = 0;
	if (att->svid)
		at.len = (unsigned int)snprintf(vid, sizeof(vid), "%u",
						att->svid);
	else if (att->match == VXC_MATCH_ANY)
		at.len = 1;
	else
		at.len = (unsigned int)strlen("untagged");
	msg_put_u32(m, VXC_A_LEG_MATCH, (uint32_t)att->match, at);
	if (att->svid)
		msg_put_u16(m, VXC_A_LEG_SVID, att->svid, at);
	if (!att->cvid)
		return;
	at.col += at.len + 1;
	at.len = (unsigned int)snprintf(vid, sizeof(vid), "%u", att->cvid);
	msg_put_u16(m, VXC_A_LEG_CVID, att->cvid, at);
}

static int put_leg(struct cmd *c, const struct key *key, struct at at,
		   const char *val, enum vxc_end_name end)
{
	struct msg *m = &c->txn->msg;
	struct attachment att;
	const char *what;
	size_t nest;

	what = parse_attachment(val, &att);
	if (what)
		return expected(c, at, val, what);
	if (!key->attr) {
		put_att(m, &att, at);
		return EXIT_OK;
	}
	nest = msg_nest(m, key->attr, at);
	if (end != VXC_END_A)
		msg_put_u32(m, VXC_A_LEG_END, end, AT(at.word - 1));
	put_att(m, &att, at);
	msg_nest_end(m, nest);
	return EXIT_OK;
}

int put_attachment(struct cmd *c, const struct key *key, struct at at,
		   const char *val)
{
	return put_leg(c, key, at, val, VXC_END_A);
}

int put_z_attachment(struct cmd *c, const struct key *key, struct at at,
		     const char *val)
{
	return put_leg(c, key, at, val, VXC_END_Z);
}

void op_begin(struct cmd *c, struct op *op, enum vxc_action action,
	      uint16_t object, struct at at)
{
	struct msg *m = &c->txn->msg;

	op->op = msg_nest(m, VXC_A_MSG_OP, at);
	msg_put_u32(m, VXC_A_OP_ACTION, action, AT(c->depth - 1));
	op->object = msg_nest(m, object, at);
}

int op_end(struct cmd *c, struct op *op)
{
	struct msg *m = &c->txn->msg;

	msg_nest_end(m, op->object);
	msg_nest_end(m, op->op);
	if (m->too_big)
		return cmd_bad(c, AT(0), "too many words for one command");
	c->txn->n_ops++;
	return EXIT_OK;
}

int op_change(struct cmd *c, enum vxc_action action, uint16_t object,
	      uint16_t attr, size_t max)
{
	const char *name;
	struct at at;
	struct op op;
	int ret;

	ret = cmd_name(c, &at, &name);
	if (ret)
		return ret;
	op_begin(c, &op, action, object, at);
	ret = put_name(c, attr, at, name, max);
	if (!ret)
		ret = cmd_keys(c);
	return ret ? ret : op_end(c, &op);
}
