// SPDX-License-Identifier: GPL-2.0
/* vxc show: circuits with all that belongs to them. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd.h"
#include "nl.h"
#include "noun.h"
#include "vxc.h"

#define UNKNOWN_RECENT	60000	/* ms */

/* Everything that was read, the peerings in the order of their circuits. */
struct view {
	struct nl_list circuits;
	struct nl_list peerings;
	struct nl_list ports;
	struct devices devices;
};

/* One circuit of it */
struct row {
	const struct nlattr *nest;
	attr_tb tb[VXC_A_CIRCUIT_MAX + 1];
	size_t first, end;	/* its peerings */
	size_t up;		/* how many of them */
	uint64_t rx, tx, drops;
};

const struct key show_keys[] = { { } };

static uint32_t peering_circuit(const struct nlattr *nest)
{
	attr_tb tb[VXC_A_PEERING_MAX + 1];

	attr_index(nest, tb, VXC_A_PEERING_MAX);
	return attr_u32(tb[VXC_A_PEERING_CIRCUIT_ID]);
}

static int by_circuit(const void *a, const void *b)
{
	uint32_t x = peering_circuit(*(struct nlattr *const *)a);
	uint32_t y = peering_circuit(*(struct nlattr *const *)b);

	return (x > y) - (x < y);
}

static int read_view(struct view *view, const char *name)
{
	struct nl_query peerings = {
		.cmd = VXC_CMD_PEERING_GET,
		.object = VXC_A_MSG_PEERING,
		.dump = true,
	};
	struct nl_err err;
	int ret;

	if (name) {
		peerings.by = VXC_A_PEERING_CIRCUIT;
		peerings.value = name;
		peerings.len = strlen(name) + 1;
		ret = nl_read_name(VXC_CMD_CIRCUIT_GET, VXC_A_MSG_CIRCUIT,
				   VXC_A_CIRCUIT_NAME, name, &view->circuits);
	} else {
		ret = nl_read_all(VXC_CMD_CIRCUIT_GET, VXC_A_MSG_CIRCUIT,
				  &view->circuits);
	}
	if (!ret)
		ret = nl_read(&peerings, &view->peerings);
	if (!ret)
		ret = nl_read_all(VXC_CMD_PORT_GET, VXC_A_MSG_PORT,
				  &view->ports);
	if (ret)
		return ret;
	if (view->peerings.n)
		qsort(view->peerings.v, view->peerings.n,
		      sizeof(*view->peerings.v), by_circuit);
	if (rtnl_devices(&view->devices, &err))
		rtnl_free(&view->devices);
	return EXIT_OK;
}

static void free_view(struct view *view)
{
	nl_list_free(&view->circuits);
	nl_list_free(&view->peerings);
	nl_list_free(&view->ports);
	rtnl_free(&view->devices);
}

static size_t first_peering(const struct view *view, uint32_t id)
{
	size_t lo = 0, hi = view->peerings.n;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (peering_circuit(view->peerings.v[mid]) < id)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

static void add_leg(struct row *row, const struct nlattr *leg)
{
	attr_tb tb[VXC_A_LEG_MAX + 1];

	attr_index(leg, tb, VXC_A_LEG_MAX);
	row->drops += drops_total(leg, VXC_A_LEG_DROPS);
	/* What crosses goes over both ends. */
	if (attr_u32(tb[VXC_A_LEG_END]) != VXC_END_A)
		return;
	row->rx += stats_get(tb[VXC_A_LEG_STATS], VXC_A_STATS_RX_RATE);
	row->tx += stats_get(tb[VXC_A_LEG_STATS], VXC_A_STATS_TX_RATE);
}

static void read_row(const struct view *view, size_t i, struct row *row)
{
	const struct nlattr *attr;
	uint32_t id;

	memset(row, 0, sizeof(*row));
	row->nest = view->circuits.v[i];
	attr_index(row->nest, row->tb, VXC_A_CIRCUIT_MAX);
	mnl_attr_for_each_nested(attr, row->nest)
		if (mnl_attr_get_type(attr) == VXC_A_CIRCUIT_LEG)
			add_leg(row, attr);

	row->drops += drops_total(row->nest, VXC_A_CIRCUIT_DROPS);
	id = attr_u32(row->tb[VXC_A_CIRCUIT_ID]);
	row->first = first_peering(view, id);
	for (row->end = row->first; row->end < view->peerings.n; row->end++) {
		const struct nlattr *nest = view->peerings.v[row->end];
		attr_tb tb[VXC_A_PEERING_MAX + 1];

		attr_index(nest, tb, VXC_A_PEERING_MAX);
		if (attr_u32(tb[VXC_A_PEERING_CIRCUIT_ID]) != id)
			break;
		row->up += attr_u32(tb[VXC_A_PEERING_STATE]) == VXC_STATE_UP;
		row->drops += drops_total(nest, VXC_A_PEERING_DROPS);
	}
}

static const struct nlattr *find_port(const struct view *view,
				      const char *name)
{
	attr_tb tb[VXC_A_PORT_MAX + 1];
	size_t i;

	for (i = 0; i < view->ports.n; i++) {
		attr_index(view->ports.v[i], tb, VXC_A_PORT_MAX);
		if (!strcmp(attr_str(tb[VXC_A_PORT_NAME]), name))
			return view->ports.v[i];
	}
	return NULL;
}

static void warn(const char *text)
{
	out_line(1);
	out_text(OUT_TEXT, OUT_WARN, "warning: %s", text);
	out_str(OUT_WORDED, NULL, NULL, text);
}

/* Nothing ever came, but something else comes: one of both is set wrong. */
static void warn_unknown(const struct view *view, attr_tb *leg)
{
	attr_tb tb[VXC_A_UNKNOWN_MAX + 1];
	const struct nlattr *port, *attr;
	char text[128];

	if (stats_get(leg[VXC_A_LEG_STATS], VXC_A_STATS_RX_PACKETS))
		return;
	port = find_port(view, attr_str(leg[VXC_A_LEG_PORT]));
	if (!port)
		return;
	mnl_attr_for_each_nested(attr, port) {
		if (mnl_attr_get_type(attr) != VXC_A_PORT_UNKNOWN)
			continue;
		attr_index(attr, tb, VXC_A_UNKNOWN_MAX);
		if (attr_uint(tb[VXC_A_UNKNOWN_AGE]) > UNKNOWN_RECENT)
			continue;
		snprintf(text, sizeof(text),
			 "nothing arrives on %s %s, but VLAN %u with TPID %04x on port %s",
			 leg_word(leg[VXC_A_LEG_END]),
			 name_of(&names_role, attr_u32(leg[VXC_A_LEG_ROLE])),
			 attr_u32(tb[VXC_A_UNKNOWN_VID]),
			 attr_u32(tb[VXC_A_UNKNOWN_TPID]),
			 attr_str(leg[VXC_A_LEG_PORT]));
		warn(text);
		return;
	}
}

static void warnings_print(const struct view *view, const struct row *row)
{
	const char *name, *first[VXC_END_Z + 1] = { NULL };
	attr_tb tb[VXC_A_LEG_MAX + 1];
	const struct nlattr *attr;
	char text[128];
	uint32_t end;

	out_open_list("warnings");
	mnl_attr_for_each_nested(attr, row->nest) {
		if (mnl_attr_get_type(attr) != VXC_A_CIRCUIT_LEG)
			continue;
		attr_index(attr, tb, VXC_A_LEG_MAX);
		name = attr_str(tb[VXC_A_LEG_PORT]);
		end = attr_u32(tb[VXC_A_LEG_END]) == VXC_END_Z;
		if (first[end] && !strcmp(first[end], name)) {
			snprintf(text, sizeof(text),
				 "both %ss are on port %s and fail together",
				 leg_word(tb[VXC_A_LEG_END]), name);
			warn(text);
		}
		first[end] = name;
		if (attr_u32(tb[VXC_A_LEG_REASON]) == VXC_REASON_PORT_ABSENT) {
			snprintf(text, sizeof(text),
				 "%s %s waits for port %s, which is not there",
				 leg_word(tb[VXC_A_LEG_END]),
				 name_of(&names_role,
					 attr_u32(tb[VXC_A_LEG_ROLE])), name);
			warn(text);
		}
		warn_unknown(view, tb);
	}
	out_close_list();
}

static void print_block(const struct view *view, const struct row *row)
{
	size_t i;

	out_open(NULL);
	circuit_print(row->nest, OUT_TEXT);
	out_open_list("peerings");
	for (i = row->first; i < row->end; i++) {
		out_line(1);
		out_text(OUT_TEXT, OUT_PLAIN, "peering");
		out_open(NULL);
		peering_print(view->peerings.v[i], &view->devices, OUT_TEXT, 2);
		out_close();
	}
	out_close_list();
	warnings_print(view, row);
	out_close();
	out_end_record();
}

static void rate_cell(uint64_t bps)
{
	char buf[32];

	format_rate(bps, buf, sizeof(buf));
	out_cell(OUT_PLAIN, "%s", buf);
}

static void print_row(const struct row *row)
{
	uint32_t state = attr_u32(row->tb[VXC_A_CIRCUIT_STATE]);
	const struct nlattr *active = row->tb[VXC_A_CIRCUIT_ACTIVE];
	char reason[256];

	circuit_reason(row->nest, reason, sizeof(reason));
	out_cell(OUT_NAME, "%s", attr_str(row->tb[VXC_A_CIRCUIT_NAME]));
	out_cell(out_state_color(state), "%s", name_of(&names_state, state));
	out_cell(OUT_PLAIN, "%s",
		 active ? name_of(&names_role, attr_u32(active)) : "-");
	out_cell(OUT_PLAIN, "%s",
		 name_of(&names_request,
			 attr_u32(row->tb[VXC_A_CIRCUIT_REQUEST])));
	rate_cell(row->rx);
	rate_cell(row->tx);
	out_cell(row->drops ? OUT_WARN : OUT_PLAIN, "%" PRIu64, row->drops);
	out_cell(row->up < row->end - row->first ? OUT_BAD : OUT_PLAIN,
		 "%zu/%zu", row->up, row->end - row->first);
	out_cell(OUT_PLAIN, "%s",
		 attr_u32(row->tb[VXC_A_CIRCUIT_REASON]) ? reason : "-");
}

static void print_table(const struct view *view)
{
	static const char *const columns[] = {
		"CIRCUIT", "STATE", "ACTIVE", "REQUEST", ">RX", ">TX",
		">DROPS", ">PEERINGS", "REASON",
	};
	struct row row;
	size_t i;

	out_table(columns, ARRAY_SIZE(columns));
	for (i = 0; i < view->circuits.n; i++) {
		read_row(view, i, &row);
		print_row(&row);
	}
	out_table_end();
}

static void print_blocks(const struct view *view)
{
	struct row row;
	size_t i;

	out_begin_list();
	for (i = 0; i < view->circuits.n; i++) {
		read_row(view, i, &row);
		print_block(view, &row);
	}
	out_end_list();
}

int show_run(struct cmd *c)
{
	struct view view;
	const char *name;
	bool table;
	int ret;

	ret = cmd_maybe_name(c, &name);
	if (!ret)
		ret = cmd_end(c);
	if (ret)
		return ret;
	memset(&view, 0, sizeof(view));
	ret = read_view(&view, name);
	table = opts.brief || !(name || opts.stats || opts.details ||
				opts.oneline);
	if (!ret && table && out_is_text())
		print_table(&view);
	else if (!ret)
		print_blocks(&view);
	free_view(&view);
	return ret;
}
