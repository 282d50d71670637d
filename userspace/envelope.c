// SPDX-License-Identifier: GPL-2.0
/* vxc envelope, and what a circuit has of one */
#include <stdio.h>
#include <string.h>

#include "cmd.h"
#include "envelope.h"
#include "nl.h"
#include "noun.h"
#include "vxc.h"

static const struct key envelope_keys[] = {
	{
		.name = "cir", .value = "RATE",
		.put = put_rate, .attr = VXC_A_ENVELOPE_CIR,
	}, {
		.name = "cbs", .value = "SIZE",
		.put = put_bytes, .attr = VXC_A_ENVELOPE_CBS,
	}, {
		.name = "eir", .value = "RATE",
		.put = put_rate, .attr = VXC_A_ENVELOPE_EIR,
	}, {
		.name = "ebs", .value = "SIZE",
		.put = put_bytes, .attr = VXC_A_ENVELOPE_EBS,
	}, {
		.name = "coupling", .value = "on|off",
		.put = put_onoff, .attr = VXC_A_ENVELOPE_COUPLING,
		.names = &names_onoff,
	}, { }
};

static const struct key no_keys[] = { { } };

/* To the kernel a circuit that is in no envelope is in "". */
int put_envelope(struct cmd *c, const struct key *key, struct at at,
		 const char *val)
{
	return put_name(c, key->attr, at, strcmp(val, "none") ? val : "",
			VXC_NAME_MAX);
}

static int change(struct cmd *c, enum vxc_action action)
{
	return op_change(c, action, VXC_A_OP_ENVELOPE, VXC_A_ENVELOPE_NAME,
			 VXC_NAME_MAX);
}

static int envelope_add(struct cmd *c)
{
	return change(c, VXC_ACTION_ADD);
}

static int envelope_set(struct cmd *c)
{
	return change(c, VXC_ACTION_SET);
}

static int envelope_del(struct cmd *c)
{
	return change(c, VXC_ACTION_DEL);
}

static void bytes_print(const struct nlattr *attr, const char *key,
			const char *label)
{
	out_uint(attr_uint(attr) ? OUT_TEXT : OUT_MORE, key, label,
		 attr_uint(attr));
}

void envelope_print(const struct nlattr *nest)
{
	attr_tb tb[VXC_A_ENVELOPE_MAX + 1];
	const struct nlattr *attr;
	uint64_t eir;

	attr_index(nest, tb, VXC_A_ENVELOPE_MAX);
	eir = attr_uint(tb[VXC_A_ENVELOPE_EIR]);
	out_str(OUT_TEXT, "name", NULL, attr_str(tb[VXC_A_ENVELOPE_NAME]));
	out_joined(":");
	out_bps(OUT_TEXT, "cir", "cir", attr_uint(tb[VXC_A_ENVELOPE_CIR]));
	bytes_print(tb[VXC_A_ENVELOPE_CBS], "cbs", "cbs");
	out_bps(eir ? OUT_TEXT : OUT_MORE, "eir", "eir", eir);
	bytes_print(tb[VXC_A_ENVELOPE_EBS], "ebs", "ebs");
	out_bool(attr_uint(tb[VXC_A_ENVELOPE_COUPLING]) ? OUT_TEXT : OUT_MORE,
		 "coupling", "coupling",
		 attr_uint(tb[VXC_A_ENVELOPE_COUPLING]));
	out_bps(OUT_TEXT, "sold", "sold", attr_uint(tb[VXC_A_ENVELOPE_SOLD]));
	out_uint(OUT_MORE, "cbs_now", "cbs-now",
		 attr_uint(tb[VXC_A_ENVELOPE_CBS_NOW]));
	out_uint(OUT_MORE, "ebs_now", "ebs-now",
		 attr_uint(tb[VXC_A_ENVELOPE_EBS_NOW]));
	out_open_list("circuits");
	mnl_attr_for_each_nested(attr, nest) {
		if (mnl_attr_get_type(attr) != VXC_A_ENVELOPE_CIRCUIT)
			continue;
		out_line(1);
		out_str(OUT_TEXT, NULL, "circuit", attr_str(attr));
	}
	out_close_list();
}

void part_print(attr_tb *tb)
{
	uint64_t cbs = attr_uint(tb[VXC_A_CIRCUIT_CBS]);

	if (!tb[VXC_A_CIRCUIT_ENVELOPE])
		return;
	out_str(OUT_TEXT, "envelope", "envelope",
		attr_str(tb[VXC_A_CIRCUIT_ENVELOPE]));
	out_bps(OUT_TEXT, "cir", "cir", attr_uint(tb[VXC_A_CIRCUIT_CIR]));
	out_uint(cbs ? OUT_TEXT : OUT_MORE, "cbs", "cbs", cbs);
	out_uint(OUT_TEXT, "rank", "rank", attr_uint(tb[VXC_A_CIRCUIT_RANK]));
}

static void brief(const struct nl_list *list)
{
	static const char *const columns[] = {
		"ENVELOPE", ">CIR", ">EIR", ">SOLD", ">CIRCUITS",
	};
	size_t i;

	out_table(columns, ARRAY_SIZE(columns));
	for (i = 0; i < list->n; i++) {
		static const uint16_t rates[] = {
			VXC_A_ENVELOPE_CIR, VXC_A_ENVELOPE_EIR,
			VXC_A_ENVELOPE_SOLD,
		};
		attr_tb tb[VXC_A_ENVELOPE_MAX + 1];
		const struct nlattr *attr;
		unsigned int n = 0;
		char buf[32];
		size_t k;

		attr_index(list->v[i], tb, VXC_A_ENVELOPE_MAX);
		mnl_attr_for_each_nested(attr, list->v[i])
			n += mnl_attr_get_type(attr) == VXC_A_ENVELOPE_CIRCUIT;
		out_cell(OUT_NAME, "%s", attr_str(tb[VXC_A_ENVELOPE_NAME]));
		for (k = 0; k < ARRAY_SIZE(rates); k++) {
			format_bps(attr_uint(tb[rates[k]]), buf, sizeof(buf));
			out_cell(OUT_PLAIN, "%s", buf);
		}
		out_cell(OUT_PLAIN, "%u", n);
	}
	out_table_end();
}

static int envelope_show(struct cmd *c)
{
	static const struct noun noun = {
		VXC_CMD_ENVELOPE_GET, VXC_A_MSG_ENVELOPE, VXC_A_ENVELOPE_NAME,
		brief, envelope_print
	};

	return noun_show(c, &noun);
}

const struct command envelope_commands[] = {
	{
		.name = "add", .run = envelope_add, .keys = envelope_keys,
		.help = "make an envelope",
		.word = "NAME", .flags = COMMAND_CHANGE,
	}, {
		.name = "set", .run = envelope_set, .keys = envelope_keys,
		.help = "change an envelope",
		.word = "NAME", .complete = COMPLETE_ENVELOPE,
		.flags = COMMAND_CHANGE | COMMAND_SOME,
	}, {
		.name = "del", .run = envelope_del, .keys = no_keys,
		.help = "delete an envelope that no circuit is in",
		.word = "NAME", .complete = COMPLETE_ENVELOPE,
		.flags = COMMAND_CHANGE,
	}, {
		.name = "show", .run = envelope_show, .keys = no_keys,
		.help = "show envelopes and the circuits in them",
		.word = "[ NAME ]", .complete = COMPLETE_ENVELOPE,
	}, {
		.name = "list", .run = envelope_show, .keys = no_keys,
		.help = "", .complete = COMPLETE_ENVELOPE,
		.word = "[ NAME ]", .flags = COMMAND_ALIAS,
	}, { }
};
