// SPDX-License-Identifier: GPL-2.0
/* What a circuit does with the frames that cross it. */
#include <stdio.h>
#include <string.h>

#include "noun.h"
#include "parse.h"
#include "service.h"
#include "vxc.h"

#define PCPS		8
#define PCP_KEEP	0x76543210u
#define VID_LAST	4095		/* with it, a range has every C-VID */
#define LIST_SIZE	2048

static int bad_item(struct cmd *c, struct at at, const char *item,
		    const char *what)
{
	return cmd_bad(c, at, "\"%s\": expected %s", item, what);
}

/* Call PUT with each item of a list, until one is bad. */
static int each_item(struct cmd *c, const struct key *key, struct at at,
		     const char *val,
		     int (*put)(struct cmd *c, const struct key *key,
				struct at at, char *item))
{
	char copy[LIST_SIZE], *item, *next = copy;
	int ret = EXIT_OK;

	if (strlen(val) >= sizeof(copy))
		return cmd_bad(c, at, "the list is longer than %zu bytes",
			       sizeof(copy) - 1);
	snprintf(copy, sizeof(copy), "%s", val);
	while (!ret && next) {
		item = next;
		next = strchr(item, ',');
		if (next)
			*next++ = '\0';
		ret = put(c, key, at, item);
	}
	return ret;
}

static void put_range(struct cmd *c, const struct key *key, struct at at,
		      uint16_t first, uint16_t last)
{
	struct msg *m = &c->txn->msg;
	size_t nest = msg_nest(m, key->attr, at);

	msg_put_u16(m, VXC_A_CVIDS_FIRST, first, at);
	msg_put_u16(m, VXC_A_CVIDS_LAST, last, at);
	msg_nest_end(m, nest);
}

static int put_cvid_item(struct cmd *c, const struct key *key, struct at at,
			 char *item)
{
	char *dash = strchr(item, '-');
	uint16_t first, last;

	if (!strcmp(item, "untagged")) {
		put_range(c, key, at, 0, 0);
		return EXIT_OK;
	}
	if (dash)
		*dash++ = '\0';
	if (parse_vid(item, &first))
		return bad_item(c, at, item,
				"a C-VID of 1 to 4094 or untagged");
	last = first;
	if (dash && (parse_vid(dash, &last) || last < first))
		return bad_item(c, at, dash, "the end of a range of C-VIDs");
	put_range(c, key, at, first, last);
	return EXIT_OK;
}

int put_cvids(struct cmd *c, const struct key *key, struct at at,
	      const char *val)
{
	if (strcmp(val, "all"))
		return each_item(c, key, at, val, put_cvid_item);
	put_range(c, key, at, 0, VID_LAST);
	return EXIT_OK;
}

static int put_translate_item(struct cmd *c, const struct key *key,
			      struct at at, char *item)
{
	char *colon = strchr(item, ':');
	struct msg *m = &c->txn->msg;
	uint16_t cvid, z_cvid;
	size_t nest;

	if (colon)
		*colon++ = '\0';
	if (!colon || parse_vid(item, &cvid) || parse_vid(colon, &z_cvid))
		return bad_item(c, at, item,
				"the C-VIDs of both ends, like 10:110");
	nest = msg_nest(m, key->attr, at);
	msg_put_u16(m, VXC_A_TRANSLATE_CVID, cvid, at);
	msg_put_u16(m, VXC_A_TRANSLATE_Z_CVID, z_cvid, at);
	msg_nest_end(m, nest);
	return EXIT_OK;
}

int put_translate(struct cmd *c, const struct key *key, struct at at,
		  const char *val)
{
	struct msg *m = &c->txn->msg;

	if (strcmp(val, "none"))
		return each_item(c, key, at, val, put_translate_item);
	msg_nest_end(m, msg_nest(m, key->attr, at));
	return EXIT_OK;
}

int put_pcp_map(struct cmd *c, const struct key *key, struct at at,
		const char *val)
{
	static const char what[] = "keep, a PCP of 0 to 7, or eight of them";
	uint32_t map = 0;
	unsigned int n;

	if (!strcmp(val, "keep")) {
		msg_put_u32(&c->txn->msg, key->attr, PCP_KEEP, at);
		return EXIT_OK;
	}
	if (strlen(val) == 1 && *val >= '0' && *val <= '7') {
		map = (uint32_t)(*val - '0') * 0x11111111u;
		msg_put_u32(&c->txn->msg, key->attr, map, at);
		return EXIT_OK;
	}
	if (strlen(val) != 2 * PCPS - 1)
		return bad_item(c, at, val, what);
	for (n = 0; n < PCPS; n++) {
		char pcp = val[2 * n];

		if (pcp < '0' || pcp > '7' ||
		    (n < PCPS - 1 && val[2 * n + 1] != ','))
			return bad_item(c, at, val, what);
		map |= (uint32_t)(pcp - '0') << (4 * n);
	}
	msg_put_u32(&c->txn->msg, key->attr, map, at);
	return EXIT_OK;
}

int put_limit(struct cmd *c, const struct key *key, struct at at,
	      const char *val)
{
	uint64_t rate;

	if (!strcmp(val, "allow"))
		rate = VXC_RATE_ANY;
	else if (!strcmp(val, "drop"))
		rate = 0;
	else if (parse_number(val, 1, VXC_RATE_ANY - 1, &rate))
		return bad_item(c, at, val,
				"allow, drop or a number of frames a second");
	msg_put_u32(&c->txn->msg, key->attr, (uint32_t)rate, at);
	return EXIT_OK;
}

int put_l2cp(struct cmd *c, const struct key *key, struct at at,
	     const char *val)
{
	const char *eq = strchr(val, '=');
	struct msg *m = &c->txn->msg;
	int protocol = -1, action;
	char name[32], list[256];
	size_t nest;

	if (eq && (size_t)(eq - val) < sizeof(name)) {
		memcpy(name, val, (size_t)(eq - val));
		name[eq - val] = '\0';
		protocol = name_find(&names_l2cp, name);
	}
	if (protocol < 0) {
		name_list(&names_l2cp, list, sizeof(list));
		return cmd_bad(c, at,
			       "\"%s\": expected PROTOCOL=ACTION with protocol %s",
			       val, list);
	}
	action = name_find(&names_l2cp_action, eq + 1);
	if (action < 0) {
		name_list(&names_l2cp_action, list, sizeof(list));
		return bad_item(c, at, eq + 1, list);
	}
	nest = msg_nest(m, key->attr, at);
	msg_put_u32(m, VXC_A_L2CP_PROTOCOL, (uint32_t)protocol, at);
	msg_put_u32(m, VXC_A_L2CP_ACTION, (uint32_t)action, at);
	msg_nest_end(m, nest);
	return EXIT_OK;
}

static void append(char *buf, size_t *len, const char *item)
{
	if (*len < LIST_SIZE)
		*len += (size_t)snprintf(buf + *len, LIST_SIZE - *len, "%s%s",
					 *len ? "," : "", item);
}

static void cvids_print(const struct nlattr *nest)
{
	attr_tb tb[VXC_A_CVIDS_MAX + 1];
	const struct nlattr *attr;
	char list[LIST_SIZE], item[32];
	uint32_t first, last;
	size_t len = 0;

	mnl_attr_for_each_nested(attr, nest) {
		if (mnl_attr_get_type(attr) != VXC_A_CIRCUIT_CVIDS)
			continue;
		attr_index(attr, tb, VXC_A_CVIDS_MAX);
		first = attr_u32(tb[VXC_A_CVIDS_FIRST]);
		last = attr_u32(tb[VXC_A_CVIDS_LAST]);
		if (!first)
			snprintf(item, sizeof(item), "untagged");
		else if (first == last)
			snprintf(item, sizeof(item), "%u", first);
		else
			snprintf(item, sizeof(item), "%u-%u", first, last);
		append(list, &len, item);
	}
	out_str(len ? OUT_TEXT : OUT_MORE, "cvids", "cvids",
		len ? list : "all");
}

static void translate_print(const struct nlattr *nest)
{
	attr_tb tb[VXC_A_TRANSLATE_MAX + 1];
	const struct nlattr *attr;
	char list[LIST_SIZE], item[32];
	size_t len = 0;

	mnl_attr_for_each_nested(attr, nest) {
		if (mnl_attr_get_type(attr) != VXC_A_CIRCUIT_TRANSLATE)
			continue;
		attr_index(attr, tb, VXC_A_TRANSLATE_MAX);
		snprintf(item, sizeof(item), "%u:%u",
			 attr_u32(tb[VXC_A_TRANSLATE_CVID]),
			 attr_u32(tb[VXC_A_TRANSLATE_Z_CVID]));
		append(list, &len, item);
	}
	out_str(len ? OUT_TEXT : OUT_MORE, "translate", "translate",
		len ? list : "none");
}

static void pcp_print(const struct nlattr *attr, const char *key,
		      const char *label)
{
	uint32_t map = attr_u32(attr), n;
	char list[2 * PCPS] = "keep";

	if (map != PCP_KEEP) {
		for (n = 0; n < PCPS; n++)
			snprintf(list + 2 * n, sizeof(list) - 2 * n, "%u%s",
				 map >> (4 * n) & 7, n < PCPS - 1 ? "," : "");
		if (map == (map & 7) * 0x11111111u)
			list[1] = '\0';
	}
	out_str(map == PCP_KEEP ? OUT_MORE : OUT_TEXT, key, label, list);
}

static void limit_print(const struct nlattr *attr, const char *key,
			const char *label, uint32_t usual)
{
	uint32_t rate = attr_u32(attr);
	enum out_show show = rate == usual ? OUT_MORE : OUT_TEXT;

	if (rate == VXC_RATE_ANY)
		out_str(show, key, label, "allow");
	else if (!rate)
		out_str(show, key, label, "drop");
	else
		out_uint(show, key, label, rate);
}

/* What is not as usual, the first of its names. */
static void enum_print(const struct nlattr *attr, const char *key,
		       const char *label, const struct names *names)
{
	out_name(attr_u32(attr) ? OUT_TEXT : OUT_MORE, key, label, names,
		 attr_u32(attr));
}

static void hygiene_print(attr_tb *tb)
{
	if (!tb[VXC_A_CIRCUIT_HYGIENE] || !tb[VXC_A_CIRCUIT_Z_HYGIENE] ||
	    !tb[VXC_A_CIRCUIT_NEIGHBOUR_RATE])
		return;
	out_line(1);
	enum_print(tb[VXC_A_CIRCUIT_HYGIENE], "hygiene", "hygiene",
		   &names_hygiene);
	enum_print(tb[VXC_A_CIRCUIT_Z_HYGIENE], "z_hygiene", "z-hygiene",
		   &names_hygiene);
	limit_print(tb[VXC_A_CIRCUIT_NEIGHBOUR_RATE], "neighbour_rate",
		    "neighbour-rate", VXC_NEIGHBOUR_RATE_DEFAULT);
}

static void l2cp_print(const struct nlattr *nest)
{
	attr_tb tb[VXC_A_L2CP_MAX + 1];
	const struct nlattr *attr;

	out_open("l2cp");
	mnl_attr_for_each_nested(attr, nest) {
		uint32_t protocol, action;
		const char *name;
		bool usual;

		if (mnl_attr_get_type(attr) != VXC_A_CIRCUIT_L2CP)
			continue;
		attr_index(attr, tb, VXC_A_L2CP_MAX);
		protocol = attr_u32(tb[VXC_A_L2CP_PROTOCOL]);
		action = attr_u32(tb[VXC_A_L2CP_ACTION]);
		name = name_of(&names_l2cp, protocol);
		usual = action == (protocol == VXC_L2CP_PAUSE ?
				   VXC_L2CP_ACTION_DISCARD :
				   VXC_L2CP_ACTION_TUNNEL);
		out_name(usual ? OUT_MORE : OUT_TEXT, name, name,
			 &names_l2cp_action, action);
	}
	out_close();
}

/* As text, what is not as usual. */
void service_print(const struct nlattr *nest, attr_tb *tb)
{
	if (!tb[VXC_A_CIRCUIT_PCP])
		return;
	out_line(1);
	cvids_print(nest);
	translate_print(nest);
	pcp_print(tb[VXC_A_CIRCUIT_PCP], "pcp", "pcp");
	pcp_print(tb[VXC_A_CIRCUIT_Z_PCP], "z_pcp", "z-pcp");
	enum_print(tb[VXC_A_CIRCUIT_DEI], "dei", "dei", &names_dei);
	enum_print(tb[VXC_A_CIRCUIT_Z_DEI], "z_dei", "z-dei", &names_dei);
	out_line(1);
	limit_print(tb[VXC_A_CIRCUIT_UNICAST], "unicast", "unicast",
		    VXC_RATE_ANY);
	limit_print(tb[VXC_A_CIRCUIT_MULTICAST], "multicast", "multicast",
		    VXC_RATE_ANY);
	limit_print(tb[VXC_A_CIRCUIT_BROADCAST], "broadcast", "broadcast",
		    VXC_RATE_ANY);
	out_bool(attr_uint(tb[VXC_A_CIRCUIT_LOOP_GUARD]) ? OUT_MORE : OUT_TEXT,
		 "loop_guard", "loop-guard",
		 attr_uint(tb[VXC_A_CIRCUIT_LOOP_GUARD]));
	hygiene_print(tb);
	out_line(1);
	l2cp_print(nest);
}
