// SPDX-License-Identifier: GPL-2.0
/* vxc leg, which is vxc circuit leg too */
#include <stdio.h>
#include <string.h>

#include "cmd.h"
#include "noun.h"
#include "vxc.h"

#define KEY_END								\
	{								\
		.name = "end", .value = "a|z",				\
		.put = put_enum, .attr = VXC_A_LEG_END,			\
		.names = &names_end,					\
	}

#define KEY_ROLE(_flags)						\
	{								\
		.name = "role", .value = "primary|secondary",		\
		.put = put_enum, .attr = VXC_A_LEG_ROLE,		\
		.names = &names_role, .flags = _flags,			\
	}

#define KEY_SOURCE							\
	{								\
		.name = "source", .value = "LLADDR|any",		\
		.put = put_source, .attr = VXC_A_LEG_SOURCE,		\
	}

#define KEY_ATTACHMENT(_flags)						\
	{								\
		.name = "attachment", .value = "ATTACHMENT",		\
		.put = put_attachment, .complete = COMPLETE_ATTACHMENT,	\
		.flags = KEY_BARE | (_flags),				\
	}

static int put_source(struct cmd *c, const struct key *key, struct at at,
		      const char *val)
{
	return put_mac(c, key, at, strcmp(val, "any") ? val :
		       "00:00:00:00:00:00");
}

static const struct key add_keys[] = {
	KEY_END, KEY_ROLE(0), KEY_SOURCE, KEY_ATTACHMENT(KEY_NEED),
	KEY_OAM(VXC_A_LEG_MEP), { }
};

static const struct key set_keys[] = {
	KEY_END, KEY_ROLE(KEY_NEED), KEY_SOURCE, KEY_ATTACHMENT(0),
	KEY_OAM(VXC_A_LEG_MEP), { }
};

static const struct key del_keys[] = {
	KEY_END, KEY_ROLE(KEY_NEED), { }
};

static int change(struct cmd *c, enum vxc_action action)
{
	const char *name;
	struct at at;
	struct op op;
	int ret = EXIT_OK;

	/* "circuit leg add NAME", but "leg add circuit NAME" */
	if (c->depth == 2)
		ret = cmd_expect(c, "circuit");
	if (!ret)
		ret = cmd_name(c, &at, &name);
	if (ret)
		return ret;
	op_begin(c, &op, action, VXC_A_OP_LEG, at);
	ret = put_name(c, VXC_A_LEG_CIRCUIT, at, name, VXC_NAME_MAX);
	if (!ret)
		ret = cmd_keys(c);
	return ret ? ret : op_end(c, &op);
}

static int leg_add(struct cmd *c)
{
	return change(c, VXC_ACTION_ADD);
}

static int leg_set(struct cmd *c)
{
	return change(c, VXC_ACTION_SET);
}

static int leg_del(struct cmd *c)
{
	return change(c, VXC_ACTION_DEL);
}

const char *leg_word(const struct nlattr *end)
{
	return attr_u32(end) == VXC_END_Z ? "z-leg" : "leg";
}

void leg_attachment(const struct nlattr *nest, char *buf, size_t size)
{
	attr_tb tb[VXC_A_LEG_MAX + 1];
	struct attachment att;

	attr_index(nest, tb, VXC_A_LEG_MAX);
	memset(&att, 0, sizeof(att));
	snprintf(att.port, sizeof(att.port), "%s",
		 attr_str(tb[VXC_A_LEG_PORT]));
	att.match = (int)attr_u32(tb[VXC_A_LEG_MATCH]);
	att.svid = (uint16_t)attr_u32(tb[VXC_A_LEG_SVID]);
	att.cvid = (uint16_t)attr_u32(tb[VXC_A_LEG_CVID]);
	format_attachment(&att, buf, size);
}

static void maybe_uint(const struct nlattr *attr, enum out_show show,
		       const char *key, const char *label)
{
	if (attr)
		out_uint(show, key, label, attr_uint(attr));
}

static void mac_print(const struct nlattr *attr, const char *key)
{
	char mac[MAC_TEXT_SIZE];

	if (!attr)
		return;
	format_mac(mnl_attr_get_payload(attr), mac);
	out_str(OUT_TEXT, key, key, mac);
}

static void alarm_print(const struct nlattr *nest, int line)
{
	attr_tb tb[VXC_A_ALARM_MAX + 1];
	uint32_t sent;

	if (!nest)
		return;
	attr_index(nest, tb, VXC_A_ALARM_MAX);
	sent = attr_u32(tb[VXC_A_ALARM_SENT]);
	out_line(line);
	out_open("alarm");
	out_name(sent ? OUT_TEXT : OUT_MORE, "sent", "sends",
		 &names_alarm_sent, sent);
	out_uint(OUT_STATS, "ais_tx", "ais-tx",
		 attr_uint(tb[VXC_A_ALARM_AIS_TX]));
	out_uint(OUT_STATS, "lck_tx", "lck-tx",
		 attr_uint(tb[VXC_A_ALARM_LCK_TX]));
	out_close();
}

void leg_print(const struct nlattr *nest, enum out_show rates, int line)
{
	attr_tb tb[VXC_A_LEG_MAX + 1];
	char att[ATT_TEXT_SIZE];

	attr_index(nest, tb, VXC_A_LEG_MAX);
	leg_attachment(nest, att, sizeof(att));
	if (tb[VXC_A_LEG_CIRCUIT])
		out_str(OUT_TEXT, "circuit", "circuit",
			attr_str(tb[VXC_A_LEG_CIRCUIT]));
	out_name(OUT_TEXT, "role", leg_word(tb[VXC_A_LEG_END]), &names_role,
		 attr_u32(tb[VXC_A_LEG_ROLE]));
	out_str(OUT_TEXT, "attachment", NULL, att);
	state_print(tb[VXC_A_LEG_STATE], tb[VXC_A_LEG_REASON], NULL);
	if (tb[VXC_A_LEG_DRILL_LEFT])
		out_time(OUT_TEXT, "drill_left", "drill-left",
			 attr_uint(tb[VXC_A_LEG_DRILL_LEFT]));
	out_bool(OUT_WORDED, "active", NULL, tb[VXC_A_LEG_ACTIVE]);
	if (tb[VXC_A_LEG_ACTIVE])
		out_text(OUT_TEXT, OUT_PLAIN, "active");
	out_name(OUT_MORE, "end", "end", &names_end,
		 attr_u32(tb[VXC_A_LEG_END]));
	out_str(OUT_WORDED, "port", NULL, attr_str(tb[VXC_A_LEG_PORT]));
	maybe_uint(tb[VXC_A_LEG_IFINDEX], OUT_MORE, "ifindex", "ifindex");
	out_name(OUT_MORE, "match", "match", &names_match,
		 attr_u32(tb[VXC_A_LEG_MATCH]));
	maybe_uint(tb[VXC_A_LEG_SVID], OUT_WORDED, "svid", NULL);
	maybe_uint(tb[VXC_A_LEG_CVID], OUT_WORDED, "cvid", NULL);
	mac_print(tb[VXC_A_LEG_SOURCE], "source");
	mac_print(tb[VXC_A_LEG_LEARNED], "learned");
	maybe_uint(tb[VXC_A_LEG_BURST], OUT_TEXT, "burst", "burst");
	mep_print(tb[VXC_A_LEG_MEP], line);
	alarm_print(tb[VXC_A_LEG_ALARM], line);
	stats_print(tb[VXC_A_LEG_STATS], rates, line);
	drops_print(nest, VXC_A_LEG_DROPS, rates, line);
	colors_print(nest, line);
	load_print(tb[VXC_A_LEG_LOAD], line);
}

#define LEG_COMMANDS(_word)						\
	{								\
		.name = "add", .run = leg_add, .keys = add_keys,	\
		.help = "add a leg to a circuit",			\
		.word = _word, .complete = COMPLETE_CIRCUIT,		\
		.flags = COMMAND_CHANGE,				\
	}, {								\
		.name = "set", .run = leg_set, .keys = set_keys,	\
		.help = "move a leg, or change its MEP",		\
		.word = _word, .complete = COMPLETE_CIRCUIT,		\
		.flags = COMMAND_CHANGE,				\
	}, {								\
		.name = "del", .run = leg_del, .keys = del_keys,	\
		.help = "delete a leg",					\
		.word = _word, .complete = COMPLETE_CIRCUIT,		\
		.flags = COMMAND_CHANGE,				\
	}

const struct command leg_commands[] = {
	LEG_COMMANDS("circuit NAME"), { }
};

const struct command circuit_leg_commands[] = {
	LEG_COMMANDS("NAME"), { }
};
