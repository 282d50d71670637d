// SPDX-License-Identifier: GPL-2.0
/* vxc reach show */
#include <stdio.h>
#include <string.h>

#include "cmd.h"
#include "nl.h"
#include "noun.h"
#include "reach.h"
#include "vxc.h"

const struct key reach_show_keys[] = { { } };

/* What is asked for: all, those of a circuit, or one group */
struct filter {
	const char *circuit;
	const char *group;
};

static bool has_circuit(const struct nlattr *nest, const char *name)
{
	const struct nlattr *attr;

	mnl_attr_for_each_nested(attr, nest)
		if (mnl_attr_get_type(attr) == VXC_A_REACH_CIRCUIT &&
		    !strcmp(attr_str(attr), name))
			return true;
	return false;
}

static bool wanted(const struct nlattr *nest, const struct filter *filter)
{
	attr_tb tb[VXC_A_REACH_MAX + 1];

	attr_index(nest, tb, VXC_A_REACH_MAX);
	if (filter->group)
		return !strcmp(attr_str(tb[VXC_A_REACH_GROUP]), filter->group);
	return !filter->circuit || has_circuit(nest, filter->circuit);
}

static void prefixes_print(const struct nlattr *nest)
{
	attr_tb tb[VXC_A_PREFIX_MAX + 1];
	const struct nlattr *attr;
	struct prefix prefix;
	char buf[64];

	out_open_list("prefixes");
	mnl_attr_for_each_nested(attr, nest) {
		const struct nlattr *addr;
		size_t len;

		if (mnl_attr_get_type(attr) != VXC_A_REACH_PREFIX)
			continue;
		attr_index(attr, tb, VXC_A_PREFIX_MAX);
		addr = tb[VXC_A_PREFIX_IPV4] ? tb[VXC_A_PREFIX_IPV4] :
					       tb[VXC_A_PREFIX_IPV6];
		len = addr ? mnl_attr_get_payload_len(addr) : 0;
		if (len != 4 && len != 16)
			continue;
		prefix_of(mnl_attr_get_payload(addr), len,
			  (uint8_t)attr_uint(tb[VXC_A_PREFIX_LENGTH]),
			  &prefix);
		format_prefix(&prefix, buf, sizeof(buf));
		out_str(OUT_TEXT, NULL, "prefix", buf);
	}
	out_close_list();
}

static void dscps_print(uint64_t mask)
{
	char buf[256];
	unsigned int i;

	format_bits(mask, buf, sizeof(buf));
	if (mask)
		out_text(OUT_TEXT, OUT_PLAIN, "dscp %s", buf);
	out_open_list("dscp");
	for (i = 0; i < 64; i++)
		if (mask >> i & 1)
			out_uint(OUT_WORDED, NULL, NULL, i);
	out_close_list();
}

static void moment_print(const struct nlattr *attr, const char *key)
{
	char buf[32];

	if (!attr) {
		out_null(key);
		return;
	}
	format_moment(attr_uint(attr), buf, sizeof(buf));
	out_str(OUT_TEXT, key, key, buf);
}

/* Who: the group, or both circuits of a pair; then the circuits of a group. */
static void members_print(const struct nlattr *nest, attr_tb *tb)
{
	bool group = tb[VXC_A_REACH_GROUP];
	const struct nlattr *attr;

	if (group) {
		out_text(OUT_TEXT, OUT_PLAIN, "group");
		out_str(OUT_TEXT, "group", NULL,
			attr_str(tb[VXC_A_REACH_GROUP]));
	} else {
		out_null("group");
	}
	out_open_list("circuits");
	mnl_attr_for_each_nested(attr, nest)
		if (mnl_attr_get_type(attr) == VXC_A_REACH_CIRCUIT)
			out_str(OUT_TEXT, NULL, NULL, attr_str(attr));
	out_close_list();
	out_joined(":");
}

void reach_print(const struct nlattr *nest)
{
	attr_tb tb[VXC_A_REACH_MAX + 1];
	char uuid[UUID_TEXT_SIZE];

	attr_index(nest, tb, VXC_A_REACH_MAX);
	members_print(nest, tb);
	out_name(OUT_TEXT, "state", NULL, &names_reach_state,
		 attr_u32(tb[VXC_A_REACH_STATE]));
	prefixes_print(nest);
	dscps_print(attr_uint(tb[VXC_A_REACH_DSCP]));
	moment_print(tb[VXC_A_REACH_START], "start");
	moment_print(tb[VXC_A_REACH_UNTIL], "until");
	if (!tb[VXC_A_REACH_KEY] ||
	    mnl_attr_get_payload_len(tb[VXC_A_REACH_KEY]) != 16)
		return;
	format_uuid(mnl_attr_get_payload(tb[VXC_A_REACH_KEY]), uuid);
	out_str(OUT_TEXT, "key", "key", uuid);
}

/* Does the direction belong to the reach, and is it asked for? */
static bool of_reach(attr_tb *pair, const struct nlattr *nest, attr_tb *tb,
		     const struct filter *filter)
{
	const char *from = attr_str(pair[VXC_A_PAIR_FROM]);
	const char *to = attr_str(pair[VXC_A_PAIR_TO]);

	if (strcmp(attr_str(pair[VXC_A_PAIR_GROUP]),
		   attr_str(tb[VXC_A_REACH_GROUP])))
		return false;
	if (!has_circuit(nest, from) || !has_circuit(nest, to))
		return false;
	return !filter->circuit || !strcmp(from, filter->circuit) ||
	       !strcmp(to, filter->circuit);
}

static void pair_print(attr_tb *tb)
{
	uint64_t denied = attr_uint(tb[VXC_A_PAIR_DENIED]);
	const char *from = attr_str(tb[VXC_A_PAIR_FROM]);
	const char *to = attr_str(tb[VXC_A_PAIR_TO]);

	out_line(1);
	out_open(NULL);
	out_text(OUT_TEXT, OUT_PLAIN, "%s to %s:", from, to);
	out_str(OUT_WORDED, "from", NULL, from);
	out_str(OUT_WORDED, "to", NULL, to);
	out_uint(OUT_TEXT, "packets", "packets",
		 attr_uint(tb[VXC_A_PAIR_PACKETS]));
	out_uint(OUT_TEXT, "bytes", "bytes", attr_uint(tb[VXC_A_PAIR_BYTES]));
	out_uint(denied ? OUT_TEXT : OUT_STATS, "denied", "denied", denied);
	out_close();
}

static void pairs_print(const struct nlattr *nest, const struct nl_list *pairs,
			const struct filter *filter)
{
	attr_tb tb[VXC_A_REACH_MAX + 1], pair[VXC_A_PAIR_MAX + 1];
	size_t i;

	attr_index(nest, tb, VXC_A_REACH_MAX);
	out_open_list("pairs");
	for (i = 0; i < pairs->n; i++) {
		attr_index(pairs->v[i], pair, VXC_A_PAIR_MAX);
		if (of_reach(pair, nest, tb, filter))
			pair_print(pair);
	}
	out_close_list();
}

static void brief(const struct nl_list *list, const struct filter *filter)
{
	static const char *const columns[] = { "GROUP", "STATE", "CIRCUITS" };
	size_t i;

	out_table(columns, ARRAY_SIZE(columns));
	for (i = 0; i < list->n; i++) {
		attr_tb tb[VXC_A_REACH_MAX + 1];
		const struct nlattr *attr;
		char circuits[1024] = "";
		const char *group;
		size_t len = 0;

		if (!wanted(list->v[i], filter))
			continue;
		attr_index(list->v[i], tb, VXC_A_REACH_MAX);
		mnl_attr_for_each_nested(attr, list->v[i])
			if (mnl_attr_get_type(attr) == VXC_A_REACH_CIRCUIT &&
			    len < sizeof(circuits))
				len += (size_t)snprintf(circuits + len,
							sizeof(circuits) - len,
							"%s%s", len ? "," : "",
							attr_str(attr));
		group = attr_str(tb[VXC_A_REACH_GROUP]);
		out_cell(OUT_NAME, "%s", *group ? group : "-");
		out_cell(OUT_PLAIN, "%s",
			 name_of(&names_reach_state,
				 attr_u32(tb[VXC_A_REACH_STATE])));
		out_cell(OUT_PLAIN, "%s", circuits);
	}
	out_table_end();
}

static int get_filter(struct cmd *c, struct filter *filter)
{
	const char *word;
	struct at at;
	int ret;

	ret = cmd_maybe_name(c, &word);
	if (ret || !word)
		return ret;
	if (!strcmp(word, "group"))
		ret = cmd_name(c, &at, &filter->group);
	else
		filter->circuit = word;
	return ret ? ret : cmd_end(c);
}

int reach_show(struct cmd *c)
{
	struct filter filter = { NULL, NULL };
	struct nl_list reaches, pairs;
	size_t i;
	int ret;

	ret = get_filter(c, &filter);
	if (ret)
		return ret;
	ret = nl_read_all(VXC_CMD_REACH_GET, VXC_A_MSG_REACH, &reaches);
	if (ret)
		return ret;
	if (opts.brief && out_is_text()) {
		brief(&reaches, &filter);
		goto out;
	}
	ret = nl_read_all(VXC_CMD_PAIR_GET, VXC_A_MSG_PAIR, &pairs);
	if (ret)
		goto out;
	out_begin_list();
	for (i = 0; i < reaches.n; i++) {
		if (!wanted(reaches.v[i], &filter))
			continue;
		out_open(NULL);
		reach_print(reaches.v[i]);
		pairs_print(reaches.v[i], &pairs, &filter);
		out_close();
		out_end_record();
	}
	out_end_list();
	nl_list_free(&pairs);
out:
	nl_list_free(&reaches);
	return ret;
}
