// SPDX-License-Identifier: GPL-2.0
/* vxc port */
#include <stdio.h>
#include <string.h>

#include "cmd.h"
#include "nl.h"
#include "noun.h"
#include "vxc.h"

static const struct key port_keys[] = {
	{
		.name = "tpid", .value = "8100|88a8|9100",
		.put = put_tpid, .attr = VXC_A_PORT_TPID,
	}, {
		.name = "unmatched", .value = "pass|drop",
		.put = put_enum, .attr = VXC_A_PORT_UNMATCHED,
		.names = &names_unmatched,
	}, {
		.name = "speed", .value = "RATE",
		.put = put_rate, .attr = VXC_A_PORT_SPEED,
	}, {
		.name = "oversubscription", .value = "FACTOR",
		.put = put_factor, .attr = VXC_A_PORT_OVERSUBSCRIPTION,
	}, {
		.name = "local", .value = "limited|any",
		.put = put_enum, .attr = VXC_A_PORT_LOCAL,
		.names = &names_local,
	}, { }
};

static const struct key del_keys[] = {
	{
		.name = "force",
		.put = put_flag, .attr = VXC_A_PORT_FORCE,
	}, { }
};

static const struct key no_keys[] = { { } };

static int change(struct cmd *c, enum vxc_action action)
{
	return op_change(c, action, VXC_A_OP_PORT, VXC_A_PORT_NAME,
			 PORT_NAME_SIZE - 1);
}

static int port_add(struct cmd *c)
{
	return change(c, VXC_ACTION_ADD);
}

static int port_set(struct cmd *c)
{
	return change(c, VXC_ACTION_SET);
}

static int port_del(struct cmd *c)
{
	return change(c, VXC_ACTION_DEL);
}

static void tpid_print(const struct nlattr *attr, const char *label)
{
	char buf[16];

	if (!attr)
		return;
	snprintf(buf, sizeof(buf), "%04x", attr_u32(attr));
	out_str(OUT_TEXT, "tpid", label, buf);
}

static void unknown_print(const struct nlattr *nest)
{
	attr_tb tb[VXC_A_UNKNOWN_MAX + 1];

	attr_index(nest, tb, VXC_A_UNKNOWN_MAX);
	out_line(1);
	out_open(NULL);
	out_uint(OUT_TEXT, "vid", "unknown vid",
		 attr_uint(tb[VXC_A_UNKNOWN_VID]));
	tpid_print(tb[VXC_A_UNKNOWN_TPID], "tpid");
	out_uint(OUT_TEXT, "packets", "packets",
		 attr_uint(tb[VXC_A_UNKNOWN_PACKETS]));
	out_time(OUT_TEXT, "age", "age", attr_uint(tb[VXC_A_UNKNOWN_AGE]));
	out_close();
}

void port_print(const struct nlattr *nest)
{
	attr_tb tb[VXC_A_PORT_MAX + 1];
	const struct nlattr *attr;

	attr_index(nest, tb, VXC_A_PORT_MAX);
	out_str(OUT_TEXT, "name", NULL, attr_str(tb[VXC_A_PORT_NAME]));
	out_joined(":");
	state_print(tb[VXC_A_PORT_STATE], tb[VXC_A_PORT_REASON], NULL);
	tpid_print(tb[VXC_A_PORT_TPID], "tpid");
	if (tb[VXC_A_PORT_UNMATCHED])
		out_name(OUT_TEXT, "unmatched", "unmatched", &names_unmatched,
			 attr_u32(tb[VXC_A_PORT_UNMATCHED]));
	if (tb[VXC_A_PORT_LOCAL])
		out_name(attr_u32(tb[VXC_A_PORT_LOCAL]) ? OUT_TEXT : OUT_MORE,
			 "local", "local", &names_local,
			 attr_u32(tb[VXC_A_PORT_LOCAL]));
	if (tb[VXC_A_PORT_MTU])
		out_uint(OUT_TEXT, "mtu", "mtu", attr_uint(tb[VXC_A_PORT_MTU]));
	if (tb[VXC_A_PORT_LEGS])
		out_uint(OUT_TEXT, "legs", "legs",
			 attr_uint(tb[VXC_A_PORT_LEGS]));
	port_qos_print(tb);
	if (tb[VXC_A_PORT_IFINDEX])
		out_uint(OUT_MORE, "ifindex", "ifindex",
			 attr_uint(tb[VXC_A_PORT_IFINDEX]));
	if (tb[VXC_A_PORT_PASSED])
		out_uint(OUT_TEXT, "passed", "passed",
			 attr_uint(tb[VXC_A_PORT_PASSED]));
	drops_print(nest, VXC_A_PORT_DROPS, OUT_TEXT, 1);
	out_open_list("unknown");
	mnl_attr_for_each_nested(attr, nest)
		if (mnl_attr_get_type(attr) == VXC_A_PORT_UNKNOWN)
			unknown_print(attr);
	out_close_list();
}

static void brief(const struct nl_list *list)
{
	static const char *const columns[] = {
		"PORT", "STATE", "REASON", "TPID", "UNMATCHED", ">LEGS",
		">PASSED", ">DROPS",
	};
	size_t i;

	out_table(columns, ARRAY_SIZE(columns));
	for (i = 0; i < list->n; i++) {
		attr_tb tb[VXC_A_PORT_MAX + 1];
		uint32_t state;

		attr_index(list->v[i], tb, VXC_A_PORT_MAX);
		state = attr_u32(tb[VXC_A_PORT_STATE]);
		out_cell(OUT_NAME, "%s", attr_str(tb[VXC_A_PORT_NAME]));
		out_cell(out_state_color(state), "%s",
			 name_of(&names_state, state));
		out_cell(OUT_PLAIN, "%s",
			 name_of(&names_reason,
				 attr_u32(tb[VXC_A_PORT_REASON])));
		out_cell(OUT_PLAIN, "%04x", attr_u32(tb[VXC_A_PORT_TPID]));
		out_cell(OUT_PLAIN, "%s",
			 name_of(&names_unmatched,
				 attr_u32(tb[VXC_A_PORT_UNMATCHED])));
		out_cell(OUT_PLAIN, "%u", attr_u32(tb[VXC_A_PORT_LEGS]));
		out_cell(OUT_PLAIN, "%llu", (unsigned long long)
			 attr_uint(tb[VXC_A_PORT_PASSED]));
		out_cell(OUT_PLAIN, "%llu", (unsigned long long)
			 drops_total(list->v[i], VXC_A_PORT_DROPS));
	}
	out_table_end();
}

static int port_show(struct cmd *c)
{
	static const struct noun noun = {
		VXC_CMD_PORT_GET, VXC_A_MSG_PORT, VXC_A_PORT_NAME,
		brief, port_print
	};

	return noun_show(c, &noun);
}

const struct command port_commands[] = {
	{
		.name = "add", .run = port_add, .keys = port_keys,
		.help = "give a net_device to vxc",
		.word = "DEV", .complete = COMPLETE_IFNAME,
		.flags = COMMAND_CHANGE,
	}, {
		.name = "set", .run = port_set, .keys = port_keys,
		.help = "change a port",
		.word = "DEV", .complete = COMPLETE_PORT,
		.flags = COMMAND_CHANGE | COMMAND_SOME,
	}, {
		.name = "del", .run = port_del, .keys = del_keys,
		.help = "take a net_device back; with force also from its legs",
		.word = "DEV", .complete = COMPLETE_PORT,
		.flags = COMMAND_CHANGE,
	}, {
		.name = "show", .run = port_show, .keys = no_keys,
		.help = "show ports, and VLAN IDs that arrive and have no leg",
		.word = "[ DEV ]", .complete = COMPLETE_PORT,
	}, {
		.name = "list", .run = port_show, .keys = no_keys,
		.help = "", .complete = COMPLETE_PORT,
		.word = "[ DEV ]", .flags = COMMAND_ALIAS,
	}, { }
};
