// SPDX-License-Identifier: GPL-2.0
/* vxc circuit */
#include <stdio.h>
#include <string.h>

#include "cmd.h"
#include "envelope.h"
#include "nl.h"
#include "noun.h"
#include "service.h"
#include "vxc.h"

static int put_metadata(struct cmd *c, const struct key *key, struct at at,
			const char *val);

/* Of the times the kernel takes two, and says so. */
static int put_ais(struct cmd *c, const struct key *key, struct at at,
		   const char *val)
{
	return put_time(c, key, at, strcmp(val, "off") ? val : "0");
}

/* What can be given when a circuit is made and also later. */
#define CIRCUIT_KEYS							\
	{								\
		.name = "key", .value = "UUID",				\
		.put = put_uuid, .attr = VXC_A_CIRCUIT_KEY,		\
	}, {								\
		.name = "description", .value = "TEXT",			\
		.put = put_text, .attr = VXC_A_CIRCUIT_DESCRIPTION,	\
		.max = VXC_TEXT_MAX,					\
	}, {								\
		.name = "metadata", .value = "KEY=VALUE",		\
		.put = put_metadata, .flags = KEY_MULTI,		\
	}, {								\
		.name = "admin", .value = "up|down",			\
		.put = put_enum, .attr = VXC_A_CIRCUIT_ADMIN,		\
		.names = &names_admin,					\
	}, {								\
		.name = "provisioning",					\
		.value = "not-provisioned|provisioning|provisioned",	\
		.put = put_enum, .attr = VXC_A_CIRCUIT_PROVISIONING,	\
		.names = &names_provisioning,				\
	}, {								\
		.name = "revertive", .value = "on|off",			\
		.put = put_onoff, .attr = VXC_A_CIRCUIT_REVERTIVE,	\
		.names = &names_onoff,					\
	}, {								\
		.name = "wtr", .value = "TIME",				\
		.put = put_time, .attr = VXC_A_CIRCUIT_WTR,		\
		.max = VXC_WTR_MAX,					\
	}, {								\
		.name = "hold-off", .value = "TIME",			\
		.put = put_time, .attr = VXC_A_CIRCUIT_HOLD_OFF,	\
		.max = VXC_HOLD_OFF_MAX,				\
	}, {								\
		.name = "aps", .value = "on|off",			\
		.put = put_onoff, .attr = VXC_A_CIRCUIT_APS,		\
		.names = &names_onoff,					\
	}, {								\
		.name = "ais", .value = "off|1s|1m",			\
		.put = put_ais, .attr = VXC_A_CIRCUIT_AIS,		\
		.max = UINT32_MAX,					\
	}, {								\
		.name = "ais-level", .value = "0..7",			\
		.put = put_u8, .attr = VXC_A_CIRCUIT_AIS_LEVEL,		\
		.max = 7,						\
	}, {								\
		.name = "announce-count", .value = "NUMBER",		\
		.put = put_u8, .attr = VXC_A_CIRCUIT_ANNOUNCE_COUNT,	\
		.max = VXC_ANNOUNCE_MAX,				\
	}, {								\
		.name = "announce-interval", .value = "TIME",		\
		.put = put_time,					\
		.attr = VXC_A_CIRCUIT_ANNOUNCE_INTERVAL,		\
		.max = VXC_ANNOUNCE_MAX_INTERVAL,			\
	}, {								\
		.name = "egress", .value = "domain|any",		\
		.put = put_enum, .attr = VXC_A_CIRCUIT_EGRESS,		\
		.names = &names_egress,					\
	}, {								\
		.name = "bandwidth", .value = "RATE",			\
		.put = put_rate, .attr = VXC_A_CIRCUIT_BANDWIDTH,	\
	}, {								\
		.name = "burst", .value = "SIZE",			\
		.put = put_bytes, .attr = VXC_A_CIRCUIT_BURST,		\
	}, {								\
		.name = "tolerance", .value = "PERCENT",		\
		.put = put_percent, .attr = VXC_A_CIRCUIT_TOLERANCE,	\
	}, {								\
		.name = "overhead", .value = "BYTES",			\
		.put = put_u8, .attr = VXC_A_CIRCUIT_OVERHEAD,		\
		.max = VXC_OVERHEAD_MAX,				\
	}, {								\
		.name = "burst-to", .value = "RATE",			\
		.put = put_rate, .attr = VXC_A_CIRCUIT_BURST_TO,	\
	}, {								\
		.name = "for", .value = "TIME",				\
		.put = put_time, .attr = VXC_A_CIRCUIT_BURST_FOR,	\
		.max = VXC_BURST_TIME_MAX,				\
	}, {								\
		.name = "until", .value = "HH:MM",			\
		.put = put_until, .attr = VXC_A_CIRCUIT_BURST_FOR,	\
	}, {								\
		.name = "color-mode", .value = "blind|aware",		\
		.put = put_enum, .attr = VXC_A_CIRCUIT_COLOR_MODE,	\
		.names = &names_color_mode,				\
	}, {								\
		.name = "yellow-pcp", .value = "LIST",			\
		.put = put_pcps, .attr = VXC_A_CIRCUIT_YELLOW_PCP,	\
	}, {								\
		.name = "yellow-dscp", .value = "LIST",			\
		.put = put_dscps, .attr = VXC_A_CIRCUIT_YELLOW_DSCP,	\
	}, {								\
		.name = "coupling", .value = "on|off",			\
		.put = put_onoff, .attr = VXC_A_CIRCUIT_COUPLING,	\
		.names = &names_onoff,					\
	}, {								\
		.name = "classes", .value = "none|teams|google",	\
		.put = put_enum, .attr = VXC_A_CIRCUIT_CLASSES,		\
		.names = &names_classes,				\
	}, {								\
		.name = "unlisted", .value = "keep|clear",		\
		.put = put_enum, .attr = VXC_A_CIRCUIT_UNLISTED,	\
		.names = &names_unlisted,				\
	}, {								\
		.name = "fastpath", .value = "on|off",			\
		.put = put_onoff, .attr = VXC_A_CIRCUIT_FASTPATH,	\
		.names = &names_onoff,					\
	}, ENVELOPE_KEYS, KEY_OAM(VXC_A_CIRCUIT_MEP), SERVICE_KEYS

static const struct key add_keys[] = {
	{
		.name = "id", .value = "NUMBER",
		.put = put_u32, .attr = VXC_A_CIRCUIT_ID,
		.min = 1, .max = UINT32_MAX,
	}, {
		.name = "leg", .value = "ATTACHMENT",
		.put = put_attachment, .attr = VXC_A_CIRCUIT_LEG,
		.complete = COMPLETE_ATTACHMENT, .flags = KEY_MULTI,
	}, {
		.name = "z-leg", .value = "ATTACHMENT",
		.put = put_z_attachment, .attr = VXC_A_CIRCUIT_LEG,
		.complete = COMPLETE_ATTACHMENT, .flags = KEY_MULTI,
	}, CIRCUIT_KEYS, { }
};

static const struct key set_keys[] = {
	{
		.name = "name", .value = "NEW-NAME",
		.put = put_text, .attr = VXC_A_CIRCUIT_NEW_NAME,
		.max = VXC_NAME_MAX,
	}, CIRCUIT_KEYS, { }
};

static const struct key del_keys[] = {
	{
		.name = "force",
		.put = put_flag, .attr = VXC_A_CIRCUIT_FORCE,
	}, { }
};

static int put_switch(struct cmd *c, const struct key *key, struct at at,
		      const char *val);

#define SWITCH(_name, _cmd)						\
	{								\
		.name = _name, .put = put_switch, .min = _cmd,		\
	}

#define SWITCH_TO(_name, _cmd)						\
	{								\
		.name = _name, .value = "primary|secondary",		\
		.put = put_switch, .min = _cmd,				\
		.attr = VXC_A_CIRCUIT_SWITCH_TO, .names = &names_role,	\
	}

static const struct key switch_keys[] = {
	{
		.name = "end", .value = "a|z",
		.put = put_enum, .attr = VXC_A_CIRCUIT_SWITCH_END,
		.names = &names_end,
	},
	SWITCH("lockout", VXC_SWITCH_LOCKOUT),
	SWITCH_TO("force", VXC_SWITCH_FORCE),
	SWITCH_TO("manual", VXC_SWITCH_MANUAL),
	SWITCH("exercise", VXC_SWITCH_EXERCISE),
	SWITCH("clear", VXC_SWITCH_CLEAR), { }
};

static const struct key no_keys[] = { { } };

static int put_metadata(struct cmd *c, const struct key *key, struct at at,
			const char *val)
{
	const char *eq = strchr(val, '=');
	struct msg *m = &c->txn->msg;
	char name[64];
	size_t nest;

	(void)key;
	if (!eq || eq == val || (size_t)(eq - val) >= sizeof(name))
		return cmd_bad(c, at,
			       "\"%s\": expected KEY=VALUE with a key of 1 to %zu bytes",
			       val, sizeof(name) - 1);
	if (strlen(eq + 1) > VXC_TEXT_MAX)
		return cmd_bad(c, at,
			       "the metadata value is longer than %u bytes",
			       VXC_TEXT_MAX);
	memcpy(name, val, (size_t)(eq - val));
	name[eq - val] = '\0';

	nest = msg_nest(m, VXC_A_CIRCUIT_METADATA, at);
	at.len = (unsigned int)(eq - val);
	msg_put_str(m, VXC_A_METADATA_KEY, name, at);
	at.col = at.len + 1;
	at.len = (unsigned int)strlen(eq + 1);
	msg_put_str(m, VXC_A_METADATA_VALUE, eq + 1, at);
	msg_nest_end(m, nest);
	return EXIT_OK;
}

/* manual or clear: the first of them is noted in the command's priv. */
static int one_request(struct cmd *c, struct at at)
{
	bool *given = c->priv;

	if (*given)
		return cmd_bad(c, at, "\"%s\" is one word too many",
			       c->w->v[at.word]);
	*given = true;
	return EXIT_OK;
}

static int put_switch(struct cmd *c, const struct key *key, struct at at,
		      const char *val)
{
	struct at word = key->names ? AT(at.word - 1) : at;

	if (one_request(c, word))
		return EXIT_USAGE;
	msg_put_u32(&c->txn->msg, VXC_A_CIRCUIT_SWITCH, (uint32_t)key->min,
		    word);
	return key->names ? put_enum(c, key, at, val) : EXIT_OK;
}

static int change(struct cmd *c, enum vxc_action action)
{
	return op_change(c, action, VXC_A_OP_CIRCUIT, VXC_A_CIRCUIT_NAME,
			 VXC_NAME_MAX);
}

static int circuit_add(struct cmd *c)
{
	return change(c, VXC_ACTION_ADD);
}

static int circuit_set(struct cmd *c)
{
	return change(c, VXC_ACTION_SET);
}

static int circuit_del(struct cmd *c)
{
	return change(c, VXC_ACTION_DEL);
}

static int circuit_switch(struct cmd *c)
{
	bool given = false;
	int ret;

	c->priv = &given;
	ret = change(c, VXC_ACTION_SET);
	c->priv = NULL;
	return ret;
}

void circuit_reason(const struct nlattr *nest, char *buf, size_t size)
{
	attr_tb tb[VXC_A_CIRCUIT_MAX + 1], leg[VXC_A_LEG_MAX + 1];
	const char *fmt = opts.brief ? "%s%s%s=%s" : "%s%s %s: %s";
	const struct nlattr *attr;
	uint32_t reason;
	size_t len = 0;

	attr_index(nest, tb, VXC_A_CIRCUIT_MAX);
	reason = attr_u32(tb[VXC_A_CIRCUIT_REASON]);
	snprintf(buf, size, "%s", name_of(&names_reason, reason));
	if (reason != VXC_REASON_LEGS_DOWN && reason != VXC_REASON_LEG_DOWN &&
	    reason != VXC_REASON_SIGNAL_DEGRADE)
		return;
	mnl_attr_for_each_nested(attr, nest) {
		const char *end, *role, *why;

		if (mnl_attr_get_type(attr) != VXC_A_CIRCUIT_LEG)
			continue;
		attr_index(attr, leg, VXC_A_LEG_MAX);
		if (attr_u32(leg[VXC_A_LEG_STATE]) == VXC_STATE_UP ||
		    len >= size)
			continue;
		end = leg_word(leg[VXC_A_LEG_END]);
		if (opts.brief)
			end = attr_u32(leg[VXC_A_LEG_END]) ? "z-" : "";
		role = name_of(&names_role, attr_u32(leg[VXC_A_LEG_ROLE]));
		why = name_of(&names_reason, attr_u32(leg[VXC_A_LEG_REASON]));
		len += (size_t)snprintf(buf + len, size - len, fmt, !len ? "" :
					opts.brief ? "," : ", ", end, role,
					why);
	}
}

/* Which leg is active and why; the usual reason goes without saying. */
static void active_print(attr_tb *tb)
{
	uint32_t request = attr_u32(tb[VXC_A_CIRCUIT_REQUEST]);
	bool said = request != VXC_REQUEST_NO_REQUEST || opts.details;
	const char *name = name_of(&names_request, request);

	if (tb[VXC_A_CIRCUIT_ACTIVE])
		out_name(OUT_TEXT, "active", "active", &names_role,
			 attr_u32(tb[VXC_A_CIRCUIT_ACTIVE]));
	else
		out_null("active");
	if (tb[VXC_A_CIRCUIT_REQUEST])
		out_str(OUT_WORDED, "request", NULL, name);
	if (said && !tb[VXC_A_CIRCUIT_ACTIVE])
		out_text(OUT_TEXT, OUT_PLAIN, "active none");
	if (said)
		out_text(OUT_TEXT, OUT_PLAIN, "(%s)", name);
	if (tb[VXC_A_CIRCUIT_WTR_LEFT])
		out_time(OUT_TEXT, "wtr_left", "wtr-left",
			 attr_uint(tb[VXC_A_CIRCUIT_WTR_LEFT]));
}

static void text_print(const struct nlattr *nest, attr_tb *tb)
{
	const char *description = attr_str(tb[VXC_A_CIRCUIT_DESCRIPTION]);
	char uuid[UUID_TEXT_SIZE];
	const struct nlattr *attr;

	out_line(1);
	out_quoted(*description ? OUT_TEXT : OUT_WORDED, "description",
		   "description", description);
	out_line(1);
	out_open("metadata");
	mnl_attr_for_each_nested(attr, nest) {
		attr_tb entry[VXC_A_METADATA_MAX + 1];
		const char *key;

		if (mnl_attr_get_type(attr) != VXC_A_CIRCUIT_METADATA)
			continue;
		attr_index(attr, entry, VXC_A_METADATA_MAX);
		key = attr_str(entry[VXC_A_METADATA_KEY]);
		out_pair(OUT_TEXT, "metadata", key,
			 attr_str(entry[VXC_A_METADATA_VALUE]));
	}
	out_close();
	if (!tb[VXC_A_CIRCUIT_KEY] ||
	    mnl_attr_get_payload_len(tb[VXC_A_CIRCUIT_KEY]) != 16)
		return;
	out_line(1);
	format_uuid(mnl_attr_get_payload(tb[VXC_A_CIRCUIT_KEY]), uuid);
	out_str(OUT_MORE, "key", "key", uuid);
}

static void ais_print(attr_tb *tb)
{
	enum out_show show = attr_uint(tb[VXC_A_CIRCUIT_AIS]) ? OUT_TEXT :
								OUT_MORE;

	out_interval(show, "ais", "ais", attr_uint(tb[VXC_A_CIRCUIT_AIS]));
	out_uint(show, "ais_level", "ais-level",
		 attr_uint(tb[VXC_A_CIRCUIT_AIS_LEVEL]));
}

static void config_print(attr_tb *tb)
{
	bool usual = attr_u32(tb[VXC_A_CIRCUIT_ADMIN]) == VXC_ADMIN_UP &&
		     attr_u32(tb[VXC_A_CIRCUIT_PROVISIONING]) ==
		     VXC_PROVISIONING_PROVISIONED;
	enum out_show show = usual ? OUT_MORE : OUT_TEXT;

	out_line(1);
	if (tb[VXC_A_CIRCUIT_ADMIN])
		out_name(show, "admin", "admin", &names_admin,
			 attr_u32(tb[VXC_A_CIRCUIT_ADMIN]));
	if (tb[VXC_A_CIRCUIT_PROVISIONING])
		out_name(show, "provisioning", "provisioning",
			 &names_provisioning,
			 attr_u32(tb[VXC_A_CIRCUIT_PROVISIONING]));
	if (tb[VXC_A_CIRCUIT_REVERTIVE])
		out_bool(OUT_MORE, "revertive", "revertive",
			 attr_uint(tb[VXC_A_CIRCUIT_REVERTIVE]));
	if (tb[VXC_A_CIRCUIT_WTR])
		out_interval(OUT_MORE, "wtr", "wtr",
			     attr_uint(tb[VXC_A_CIRCUIT_WTR]));
	if (tb[VXC_A_CIRCUIT_HOLD_OFF])
		out_interval(OUT_MORE, "hold_off", "hold-off",
			     attr_uint(tb[VXC_A_CIRCUIT_HOLD_OFF]));
	if (tb[VXC_A_CIRCUIT_APS])
		out_bool(OUT_MORE, "aps", "aps",
			 attr_uint(tb[VXC_A_CIRCUIT_APS]));
	if (tb[VXC_A_CIRCUIT_AIS])
		ais_print(tb);
	if (tb[VXC_A_CIRCUIT_ANNOUNCE_COUNT])
		out_uint(OUT_MORE, "announce_count", "announce-count",
			 attr_uint(tb[VXC_A_CIRCUIT_ANNOUNCE_COUNT]));
	if (tb[VXC_A_CIRCUIT_ANNOUNCE_INTERVAL])
		out_interval(OUT_MORE, "announce_interval",
			     "announce-interval",
			     attr_uint(tb[VXC_A_CIRCUIT_ANNOUNCE_INTERVAL]));
	if (tb[VXC_A_CIRCUIT_EGRESS])
		out_name(attr_u32(tb[VXC_A_CIRCUIT_EGRESS]) ? OUT_TEXT :
			 OUT_MORE, "egress", "egress", &names_egress,
			 attr_u32(tb[VXC_A_CIRCUIT_EGRESS]));
	if (tb[VXC_A_CIRCUIT_FASTPATH])
		out_bool(attr_uint(tb[VXC_A_CIRCUIT_FASTPATH]) ? OUT_TEXT :
			 OUT_MORE, "fastpath", "fastpath",
			 attr_uint(tb[VXC_A_CIRCUIT_FASTPATH]));
}

void circuit_print(const struct nlattr *nest, enum out_show rates)
{
	attr_tb tb[VXC_A_CIRCUIT_MAX + 1];
	const struct nlattr *attr;
	char words[256];

	attr_index(nest, tb, VXC_A_CIRCUIT_MAX);
	out_str(OUT_TEXT, "name", NULL, attr_str(tb[VXC_A_CIRCUIT_NAME]));
	out_joined(":");
	circuit_reason(nest, words, sizeof(words));
	state_print(tb[VXC_A_CIRCUIT_STATE], tb[VXC_A_CIRCUIT_REASON],
		    attr_u32(tb[VXC_A_CIRCUIT_REASON]) ? words : NULL);
	active_print(tb);
	if (tb[VXC_A_CIRCUIT_SINCE])
		out_time(OUT_TEXT, "since", "since",
			 attr_uint(tb[VXC_A_CIRCUIT_SINCE]));
	if (tb[VXC_A_CIRCUIT_SWITCHES])
		out_uint(OUT_TEXT, "switches", "switches",
			 attr_uint(tb[VXC_A_CIRCUIT_SWITCHES]));
	if (tb[VXC_A_CIRCUIT_ID])
		out_uint(OUT_TEXT, "id", "id", attr_uint(tb[VXC_A_CIRCUIT_ID]));
	text_print(nest, tb);
	config_print(tb);
	denials_print(nest);
	service_print(nest, tb);
	ends_print(nest);
	qos_print(nest, tb);
	out_open_list("legs");
	mnl_attr_for_each_nested(attr, nest) {
		if (mnl_attr_get_type(attr) != VXC_A_CIRCUIT_LEG)
			continue;
		out_line(1);
		out_open(NULL);
		leg_print(attr, rates, 2);
		out_close();
	}
	out_close_list();
}

static void brief(const struct nl_list *list)
{
	static const char *const columns[] = {
		"CIRCUIT", "STATE", "ID", "LEGS", "REASON",
	};
	size_t i;

	out_table(columns, ARRAY_SIZE(columns));
	for (i = 0; i < list->n; i++) {
		attr_tb tb[VXC_A_CIRCUIT_MAX + 1];
		const struct nlattr *attr;
		char legs[128], reason[256];
		uint32_t state;
		size_t len = 0;

		attr_index(list->v[i], tb, VXC_A_CIRCUIT_MAX);
		state = attr_u32(tb[VXC_A_CIRCUIT_STATE]);
		snprintf(legs, sizeof(legs), "-");
		mnl_attr_for_each_nested(attr, list->v[i]) {
			char att[ATT_TEXT_SIZE];

			if (mnl_attr_get_type(attr) != VXC_A_CIRCUIT_LEG ||
			    len >= sizeof(legs))
				continue;
			leg_attachment(attr, att, sizeof(att));
			len += (size_t)snprintf(legs + len, sizeof(legs) - len,
						"%s%s", len ? "," : "", att);
		}
		circuit_reason(list->v[i], reason, sizeof(reason));
		out_cell(OUT_NAME, "%s", attr_str(tb[VXC_A_CIRCUIT_NAME]));
		out_cell(out_state_color(state), "%s",
			 name_of(&names_state, state));
		out_cell(OUT_PLAIN, "%u", attr_u32(tb[VXC_A_CIRCUIT_ID]));
		out_cell(OUT_PLAIN, "%s", legs);
		out_cell(OUT_PLAIN, "%s", reason);
	}
	out_table_end();
}

static void print_one(const struct nlattr *nest)
{
	attr_tb tb[VXC_A_CIRCUIT_MAX + 1];

	attr_index(nest, tb, VXC_A_CIRCUIT_MAX);
	circuit_print(nest, OUT_STATS);
	out_line(1);
	out_uint(OUT_MORE, "peerings", "peerings",
		 attr_uint(tb[VXC_A_CIRCUIT_PEERINGS]));
}

static int circuit_show(struct cmd *c)
{
	static const struct noun noun = {
		VXC_CMD_CIRCUIT_GET, VXC_A_MSG_CIRCUIT, VXC_A_CIRCUIT_NAME,
		brief, print_one
	};

	return noun_show(c, &noun);
}

const struct command circuit_commands[] = {
	{
		.name = "add", .run = circuit_add, .keys = add_keys,
		.help = "make a circuit",
		.word = "NAME", .flags = COMMAND_CHANGE,
	}, {
		.name = "set", .run = circuit_set, .keys = set_keys,
		.help = "change a circuit",
		.word = "NAME", .complete = COMPLETE_CIRCUIT,
		.flags = COMMAND_CHANGE | COMMAND_SOME,
	}, {
		.name = "del", .run = circuit_del, .keys = del_keys,
		.help = "delete a circuit; with force also a provisioned one",
		.word = "NAME", .complete = COMPLETE_CIRCUIT,
		.flags = COMMAND_CHANGE,
	}, {
		.name = "show", .run = circuit_show, .keys = no_keys,
		.help = "show circuits and their legs",
		.word = "[ NAME ]", .complete = COMPLETE_CIRCUIT,
	}, {
		.name = "switch", .run = circuit_switch, .keys = switch_keys,
		.help = "make a leg active, or end that again",
		.word = "NAME", .complete = COMPLETE_CIRCUIT,
		.flags = COMMAND_CHANGE | COMMAND_SOME,
	}, {
		.name = "leg", .sub = circuit_leg_commands,
		.help = "the legs of a circuit",
	}, {
		.name = "class", .sub = circuit_class_commands,
		.help = "the classes of service of a circuit",
	}, {
		.name = "list", .run = circuit_show, .keys = no_keys,
		.help = "", .complete = COMPLETE_CIRCUIT,
		.word = "[ NAME ]", .flags = COMMAND_ALIAS,
	}, { }
};
