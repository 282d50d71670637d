// SPDX-License-Identifier: GPL-2.0
/* vxc reach: changes */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

#include "cmd.h"
#include "parse.h"
#include "reach.h"
#include "vxc.h"

static int put_member(struct cmd *c, const struct key *key, struct at at,
		      const char *val)
{
	return put_name(c, key->attr, at, val, VXC_NAME_MAX);
}

static int put_scope_prefix(struct cmd *c, const struct key *key, struct at at,
			    const char *val)
{
	struct msg *m = &c->txn->msg;
	struct prefix prefix;
	const char *what;
	size_t nest;

	what = parse_prefix(val, &prefix);
	if (what)
		return cmd_bad(c, at, "\"%s\": expected %s", val, what);
	nest = msg_nest(m, key->attr, at);
	if (strchr(val, ':'))
		msg_put(m, VXC_A_PREFIX_IPV6, prefix.addr, 16, at);
	else
		msg_put(m, VXC_A_PREFIX_IPV4, prefix.addr, 4, at);
	msg_put_u8(m, VXC_A_PREFIX_LENGTH, prefix.len, at);
	msg_nest_end(m, nest);
	return EXIT_OK;
}

static int put_dscp(struct cmd *c, const struct key *key, struct at at,
		    const char *val)
{
	const char *what = NULL;
	uint64_t mask = 0;

	/* No DSCP at all would be no limit to the kernel. */
	if (!strcmp(val, "none"))
		what = "any, or numbers from 0 to 63, like 0-3,46";
	else if (strcmp(val, "any"))
		what = parse_bits(val, 63, &mask);
	if (what)
		return cmd_bad(c, at, "\"%s\": expected %s", val, what);
	msg_put(&c->txn->msg, key->attr, &mask, sizeof(mask), at);
	return EXIT_OK;
}

static int put_moment(struct cmd *c, const struct key *key, struct at at,
		      const char *val)
{
	const char *what;
	uint64_t when;

	what = parse_moment(val, &when);
	if (what)
		return cmd_bad(c, at, "\"%s\": expected %s", val, what);
	msg_put(&c->txn->msg, key->attr, &when, sizeof(when), at);
	return EXIT_OK;
}

#define SCOPE_KEYS							\
	{								\
		.name = "prefix", .value = "PREFIX",			\
		.put = put_scope_prefix, .attr = VXC_A_REACH_PREFIX,	\
		.flags = KEY_MULTI,					\
	}, {								\
		.name = "dscp", .value = "LIST|any",			\
		.put = put_dscp, .attr = VXC_A_REACH_DSCP,		\
	}, {								\
		.name = "start", .value = "MOMENT|always",		\
		.put = put_moment, .attr = VXC_A_REACH_START,		\
	}, {								\
		.name = "until", .value = "MOMENT|never",		\
		.put = put_moment, .attr = VXC_A_REACH_UNTIL,		\
	}

static const struct key add_keys[] = {
	{
		.name = "circuit", .value = "CIRCUIT",
		.put = put_member, .attr = VXC_A_REACH_CIRCUIT,
		.complete = COMPLETE_CIRCUIT, .flags = KEY_MULTI,
	}, SCOPE_KEYS, { }
};

static const struct key set_keys[] = {
	{
		.name = "everything",
		.put = put_flag, .attr = VXC_A_REACH_EVERYTHING,
	}, SCOPE_KEYS, { }
};

static const struct key del_keys[] = {
	{
		.name = "circuit", .value = "CIRCUIT",
		.put = put_member, .attr = VXC_A_REACH_CIRCUIT,
		.complete = COMPLETE_CIRCUIT, .flags = KEY_MULTI,
	}, { }
};

static int put_key(struct cmd *c, const struct key *key, struct at at,
		   const char *val);

static const struct key authorize_keys[] = {
	{
		.name = "key", .value = "UUID",
		.put = put_key, .attr = VXC_A_REACH_KEY,
	}, SCOPE_KEYS, { }
};

static const struct key redeem_keys[] = {
	{
		.name = "circuit", .value = "CIRCUIT",
		.put = put_member, .attr = VXC_A_REACH_CIRCUIT,
		.complete = COMPLETE_CIRCUIT, .flags = KEY_NEED,
	}, { }
};

static int put_key(struct cmd *c, const struct key *key, struct at at,
		   const char *val)
{
	char *text = c->priv;

	snprintf(text, UUID_TEXT_SIZE, "%s", val);
	return put_uuid(c, key, at, val);
}

static bool is_keyword(const struct cmd *c, const char *word)
{
	const struct key *key;

	for (key = cmd_of(c)->keys; key->name; key++)
		if (!strcmp(key->name, word))
			return true;
	return false;
}

/* The circuits that come before the first keyword. */
static int put_circuits(struct cmd *c)
{
	const char *name;
	struct at at;
	int ret;

	while (c->pos < c->w->n && !is_keyword(c, c->w->v[c->pos])) {
		ret = cmd_name(c, &at, &name);
		if (!ret)
			ret = put_name(c, VXC_A_REACH_CIRCUIT, at, name,
				       VXC_NAME_MAX);
		if (ret)
			return ret;
	}
	return EXIT_OK;
}

/* "group NAME", "key UUID" or the first circuit of a pair */
static int put_which(struct cmd *c)
{
	static const struct key key = {
		.name = "key", .attr = VXC_A_REACH_KEY,
	};
	const char *word;
	struct at at;
	int ret;

	ret = cmd_name(c, &at, &word);
	if (ret)
		return ret;
	if (!strcmp(word, "group")) {
		ret = cmd_name(c, &at, &word);
		return ret ? ret : put_name(c, VXC_A_REACH_GROUP, at, word,
					    VXC_NAME_MAX);
	}
	if (!strcmp(word, "key")) {
		ret = cmd_name(c, &at, &word);
		return ret ? ret : put_uuid(c, &key, at, word);
	}
	return put_name(c, VXC_A_REACH_CIRCUIT, at, word, VXC_NAME_MAX);
}

static int change(struct cmd *c, enum vxc_action action)
{
	struct op op;
	int ret;

	op_begin(c, &op, action, VXC_A_OP_REACH, AT(c->pos));
	ret = put_which(c);
	if (!ret)
		ret = put_circuits(c);
	if (!ret)
		ret = cmd_keys(c);
	return ret ? ret : op_end(c, &op);
}

static int reach_add(struct cmd *c)
{
	return change(c, VXC_ACTION_ADD);
}

static int reach_set(struct cmd *c)
{
	return change(c, VXC_ACTION_SET);
}

static int reach_del(struct cmd *c)
{
	return change(c, VXC_ACTION_DEL);
}

/* A random one, if none is given; the operator is told once it holds. */
static int make_key(struct cmd *c, char text[UUID_TEXT_SIZE])
{
	uint8_t uuid[16];

	if (getrandom(uuid, sizeof(uuid), 0) != sizeof(uuid)) {
		error("cannot make a key: %s", strerror(errno));
		return EXIT_KERNEL;
	}
	uuid[6] = (uuid[6] & 0x0f) | 0x40;
	uuid[8] = (uuid[8] & 0x3f) | 0x80;
	format_uuid(uuid, text);
	msg_put(&c->txn->msg, VXC_A_REACH_KEY, uuid, sizeof(uuid),
		AT(c->depth - 1));
	return EXIT_OK;
}

static int reach_authorize(struct cmd *c)
{
	char text[UUID_TEXT_SIZE] = "";
	const char *name;
	struct at at;
	struct op op;
	int ret;

	ret = cmd_name(c, &at, &name);
	if (ret)
		return ret;
	op_begin(c, &op, VXC_ACTION_ADD, VXC_A_OP_REACH, at);
	ret = put_name(c, VXC_A_REACH_CIRCUIT, at, name, VXC_NAME_MAX);
	c->priv = text;
	if (!ret)
		ret = cmd_keys(c);
	c->priv = NULL;
	if (!ret && !*text)
		ret = make_key(c, text);
	if (ret)
		return ret;
	txn_add_key(c->txn, name, text);
	return op_end(c, &op);
}

static int reach_redeem(struct cmd *c)
{
	static const struct key key = {
		.name = "key", .attr = VXC_A_REACH_KEY,
	};
	const char *word;
	struct at at;
	struct op op;
	int ret;

	ret = cmd_name(c, &at, &word);
	if (ret)
		return ret;
	op_begin(c, &op, VXC_ACTION_SET, VXC_A_OP_REACH, at);
	ret = put_uuid(c, &key, at, word);
	if (!ret)
		ret = cmd_keys(c);
	return ret ? ret : op_end(c, &op);
}

const struct command reach_commands[] = {
	{
		.name = "add", .run = reach_add, .keys = add_keys,
		.help = "let packets pass between two circuits, or in a group",
		.word = "{ CIRCUIT CIRCUIT | group GROUP CIRCUIT... }",
		.complete = COMPLETE_CIRCUIT, .flags = COMMAND_CHANGE,
	}, {
		.name = "set", .run = reach_set, .keys = set_keys,
		.help = "change what passes and when",
		.word = "{ CIRCUIT CIRCUIT | group GROUP | key UUID }",
		.complete = COMPLETE_CIRCUIT,
		.flags = COMMAND_CHANGE | COMMAND_SOME,
	}, {
		.name = "del", .run = reach_del, .keys = del_keys,
		.help = "let nothing pass any more, or circuits leave a group",
		.word = "{ CIRCUIT CIRCUIT | group GROUP [ CIRCUIT ]... | key UUID }",
		.complete = COMPLETE_CIRCUIT, .flags = COMMAND_CHANGE,
	}, {
		.name = "authorize", .run = reach_authorize,
		.keys = authorize_keys,
		.help = "a circuit's consent: a key that another can redeem",
		.word = "CIRCUIT", .complete = COMPLETE_CIRCUIT,
		.flags = COMMAND_CHANGE,
	}, {
		.name = "redeem", .run = reach_redeem, .keys = redeem_keys,
		.help = "the other circuit's consent, which makes them a pair",
		.word = "UUID", .flags = COMMAND_CHANGE,
	}, {
		.name = "show", .run = reach_show, .keys = reach_show_keys,
		.help = "show who has reach to whom, and what has passed",
		.word = "[ CIRCUIT | group GROUP ]",
		.complete = COMPLETE_CIRCUIT,
	}, {
		.name = "list", .run = reach_show, .keys = reach_show_keys,
		.help = "", .complete = COMPLETE_CIRCUIT,
		.word = "[ CIRCUIT | group GROUP ]", .flags = COMMAND_ALIAS,
	}, { }
};
