// SPDX-License-Identifier: GPL-2.0
/* vxc sla: the records of circuits, shown, begun anew, saved and restored. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "batch.h"
#include "cmd.h"
#include "nl.h"
#include "noun.h"
#include "parse.h"
#include "sla.h"
#include "vxc.h"

/* The figures of a circuit or leg, as they are shown, saved and added. */
static const struct figure {
	const char *name;	/* of the keyword */
	const char *key;	/* in JSON */
	uint16_t attr;
	bool is_time;		/* milliseconds */
	bool is_u32;
} figures[] = {
	{ "up", "up", VXC_A_SLA_TIME_UP, true, false },
	{ "degraded", "degraded", VXC_A_SLA_TIME_DEGRADED, true, false },
	{ "down", "down", VXC_A_SLA_TIME_DOWN, true, false },
	{ "planned-degraded", "planned_degraded",
	  VXC_A_SLA_TIME_PLANNED_DEGRADED, true, false },
	{ "planned-down", "planned_down", VXC_A_SLA_TIME_PLANNED_DOWN, true,
	  false },
	{ "outages", "outages", VXC_A_SLA_TIME_OUTAGES, false, true },
	{ "worst", "worst", VXC_A_SLA_TIME_WORST, true, false },
	{ "available", "available", VXC_A_SLA_TIME_AVAILABLE, false, false },
	{ "unavailable", "unavailable", VXC_A_SLA_TIME_UNAVAILABLE, false,
	  false },
	{ "high-loss", "high_loss", VXC_A_SLA_TIME_HIGH_LOSS, false, false },
};

/* What is read from the words of vxc sla add. */
struct given {
	uint64_t begun, failovers;
	uint64_t v[ARRAY_SIZE(figures)];
	bool has_leg;
	int end, role;
};

/* --- shown ---------------------------------------------------------------- */

void sla_read(const struct nlattr *nest, struct sla_times *t)
{
	attr_tb tb[VXC_A_SLA_TIME_MAX + 1];

	attr_index(nest, tb, VXC_A_SLA_TIME_MAX);
	t->up = attr_uint(tb[VXC_A_SLA_TIME_UP]);
	t->degraded = attr_uint(tb[VXC_A_SLA_TIME_DEGRADED]);
	t->down = attr_uint(tb[VXC_A_SLA_TIME_DOWN]);
	t->outages = attr_uint(tb[VXC_A_SLA_TIME_OUTAGES]);
	t->available = attr_uint(tb[VXC_A_SLA_TIME_AVAILABLE]);
	t->unavailable = attr_uint(tb[VXC_A_SLA_TIME_UNAVAILABLE]);
	t->outage = attr_uint(tb[VXC_A_SLA_TIME_OUTAGE]);
	t->high_loss = attr_uint(tb[VXC_A_SLA_TIME_HIGH_LOSS]);
}

static void wall_time(uint64_t ms, char *buf, size_t size)
{
	time_t s = (time_t)(ms / 1000);
	char day[32];
	struct tm tm;

	gmtime_r(&s, &tm);
	strftime(day, sizeof(day), "%Y-%m-%dT%H:%M:%S", &tm);
	snprintf(buf, size, "%s.%03uZ", day, (unsigned int)(ms % 1000));
}

/* The figures, those of text that are not zero. */
static void times_print(const struct nlattr *nest, int line)
{
	attr_tb tb[VXC_A_SLA_TIME_MAX + 1];
	const struct figure *f;
	enum out_show show;
	uint64_t v;

	attr_index(nest, tb, VXC_A_SLA_TIME_MAX);
	for (f = figures; f < figures + ARRAY_SIZE(figures); f++) {
		v = attr_uint(tb[f->attr]);
		show = v ? OUT_TEXT : OUT_MORE;
		if (f->attr == VXC_A_SLA_TIME_OUTAGES && line > 1)
			out_line(line);
		if (f->is_time)
			out_time(show, f->key, f->name, v);
		else
			out_uint(show, f->key, f->name, v);
	}
	v = attr_uint(tb[VXC_A_SLA_TIME_OUTAGE]);
	out_time(v ? OUT_TEXT : OUT_MORE, "outage", "outage", v);
}

/*
 * A figure is worth nothing without its definition: both are said, as text
 * and in JSON. Planned time is not in them.
 */
static void uptime_print(const struct nlattr *nest)
{
	struct sla_times t;
	uint64_t all;

	sla_read(nest, &t);
	all = t.up + t.degraded + t.down;
	out_line(1);
	out_open("uptime");
	out_percent(OUT_TEXT, "any_leg", "uptime any-leg",
		    t.up + t.degraded, all);
	out_percent(OUT_TEXT, "both_legs", "both-legs", t.up, all);
	out_str(OUT_TEXT, "definition", NULL,
		"(any-leg: time not down, both-legs: time with every leg up; of the time in service without planned time)");
	out_close();
	out_line(1);
	out_open("availability");
	out_percent(OUT_TEXT, "ratio", "availability", t.available,
		    t.available + t.unavailable);
	out_str(OUT_TEXT, "definition", NULL,
		"(MEF 10.4 by time: n 10, delta-t 1s, C 0.5)");
	out_close();
}

static void legs_print(const struct nlattr *nest)
{
	attr_tb tb[VXC_A_SLA_LEG_MAX + 1];
	const struct nlattr *attr;

	out_open_list("legs");
	mnl_attr_for_each_nested(attr, nest) {
		if (mnl_attr_get_type(attr) != VXC_A_SLA_LEG)
			continue;
		attr_index(attr, tb, VXC_A_SLA_LEG_MAX);
		out_line(1);
		out_open(NULL);
		out_name(OUT_WORDED, "end", NULL, &names_end,
			 attr_u32(tb[VXC_A_SLA_LEG_END]));
		out_name(OUT_TEXT, "role", leg_word(tb[VXC_A_SLA_LEG_END]),
			 &names_role, attr_u32(tb[VXC_A_SLA_LEG_ROLE]));
		times_print(tb[VXC_A_SLA_LEG_TIME], 1);
		out_close();
	}
	out_close_list();
}

static void event_print(const struct nlattr *nest)
{
	attr_tb tb[VXC_A_SLA_EVENT_MAX + 1];
	char when[48];

	attr_index(nest, tb, VXC_A_SLA_EVENT_MAX);
	wall_time(attr_uint(tb[VXC_A_SLA_EVENT_TIME]), when, sizeof(when));
	out_str(OUT_MORE, "time", NULL, when);
	out_name(OUT_MORE, "kind", NULL, &names_sla_kind,
		 attr_u32(tb[VXC_A_SLA_EVENT_KIND]));
	if (tb[VXC_A_SLA_EVENT_ROLE]) {
		out_name(OUT_MORE, "end", NULL, &names_end,
			 attr_u32(tb[VXC_A_SLA_EVENT_END]));
		out_name(OUT_MORE, "role", NULL, &names_role,
			 attr_u32(tb[VXC_A_SLA_EVENT_ROLE]));
	}
	out_name(OUT_MORE, "state", NULL, &names_state,
		 attr_u32(tb[VXC_A_SLA_EVENT_STATE]));
	if (tb[VXC_A_SLA_EVENT_REQUEST])
		out_name(OUT_MORE, "request", NULL, &names_request,
			 attr_u32(tb[VXC_A_SLA_EVENT_REQUEST]));
	else
		out_name(OUT_MORE, "reason", NULL, &names_reason,
			 attr_u32(tb[VXC_A_SLA_EVENT_REASON]));
}

static void events_print(const struct nlattr *nest)
{
	const struct nlattr *attr;

	out_open_list("events");
	mnl_attr_for_each_nested(attr, nest) {
		if (mnl_attr_get_type(attr) != VXC_A_SLA_EVENT)
			continue;
		out_line(1);
		out_open(NULL);
		event_print(attr);
		out_close();
	}
	out_close_list();
}

static void sla_print(const struct nlattr *nest)
{
	attr_tb tb[VXC_A_SLA_MAX + 1];
	char since[48];

	attr_index(nest, tb, VXC_A_SLA_MAX);
	wall_time(attr_uint(tb[VXC_A_SLA_BEGUN]), since, sizeof(since));
	out_open(NULL);
	out_str(OUT_TEXT, "name", NULL, attr_str(tb[VXC_A_SLA_CIRCUIT]));
	out_joined(":");
	out_name(OUT_TEXT, "state", NULL, &names_state,
		 attr_u32(tb[VXC_A_SLA_STATE]));
	out_str(OUT_TEXT, "since", "record since", since);
	out_uint(OUT_TEXT, "failovers", "failovers",
		 attr_uint(tb[VXC_A_SLA_FAILOVERS]));
	uptime_print(tb[VXC_A_SLA_TIME]);
	out_line(1);
	times_print(tb[VXC_A_SLA_TIME], 2);
	legs_print(nest);
	events_print(nest);
	out_close();
	out_end_record();
}

static void print_list(const struct nl_list *list)
{
	size_t i;

	out_begin_list();
	for (i = 0; i < list->n; i++)
		sla_print(list->v[i]);
	out_end_list();
}

int sla_get(const char *name, bool reset, struct nl_list *list)
{
	struct nl_query query = {
		.cmd = VXC_CMD_SLA_GET,
		.object = VXC_A_MSG_SLA,
		.dump = !name,
		.in = VXC_A_MSG_CIRCUIT,
		.flag = reset ? VXC_A_MSG_RESET : 0,
	};

	if (name) {
		query.by = VXC_A_CIRCUIT_NAME;
		query.value = name;
		query.len = strlen(name) + 1;
	}
	return nl_read(&query, list);
}

static int put_reset(struct cmd *c, const struct key *key, struct at at,
		     const char *val)
{
	(void)key;
	(void)at;
	(void)val;
	*(bool *)c->priv = true;
	return EXIT_OK;
}

static int sla_show(struct cmd *c)
{
	const char *name = NULL;
	struct nl_list list;
	bool reset = false;
	int ret;

	c->priv = &reset;
	ret = cmd_maybe_name(c, &name);
	if (!ret)
		ret = cmd_keys(c);
	c->priv = NULL;
	if (!ret && reset && !name)
		return cmd_bad(c, AT(c->pos - 1), "reset of which circuit?");
	if (!ret)
		ret = sla_get(name, reset, &list);
	if (ret)
		return ret;
	print_list(&list);
	nl_list_free(&list);
	return EXIT_OK;
}

/* --- saved ---------------------------------------------------------------- */

static void save_times(FILE *f, const struct nlattr *nest)
{
	attr_tb tb[VXC_A_SLA_TIME_MAX + 1];
	const struct figure *fig;

	attr_index(nest, tb, VXC_A_SLA_TIME_MAX);
	for (fig = figures; fig < figures + ARRAY_SIZE(figures); fig++)
		if (attr_uint(tb[fig->attr]))
			fprintf(f, " %s %" PRIu64, fig->name,
				attr_uint(tb[fig->attr]));
	fputc('\n', f);
}

static void save_one(FILE *f, const struct nlattr *nest)
{
	attr_tb tb[VXC_A_SLA_MAX + 1], leg[VXC_A_SLA_LEG_MAX + 1];
	const struct nlattr *attr;
	const char *name;

	attr_index(nest, tb, VXC_A_SLA_MAX);
	name = attr_str(tb[VXC_A_SLA_CIRCUIT]);
	fprintf(f, "sla add %s begun %" PRIu64 " failovers %u", name,
		attr_uint(tb[VXC_A_SLA_BEGUN]),
		attr_u32(tb[VXC_A_SLA_FAILOVERS]));
	save_times(f, tb[VXC_A_SLA_TIME]);
	mnl_attr_for_each_nested(attr, nest) {
		if (mnl_attr_get_type(attr) != VXC_A_SLA_LEG)
			continue;
		attr_index(attr, leg, VXC_A_SLA_LEG_MAX);
		fprintf(f, "sla add %s end %s leg %s", name,
			name_of(&names_end, attr_u32(leg[VXC_A_SLA_LEG_END])),
			name_of(&names_role,
				attr_u32(leg[VXC_A_SLA_LEG_ROLE])));
		save_times(f, leg[VXC_A_SLA_LEG_TIME]);
	}
}

static int save_all(FILE *f, const char *name)
{
	struct nl_list list;
	size_t i;
	int ret;

	ret = sla_get(NULL, false, &list);
	if (ret)
		return ret;
	for (i = 0; i < list.n; i++)
		save_one(f, list.v[i]);
	nl_list_free(&list);
	if (!fflush(f) && !ferror(f) && (f == stdout || !fsync(fileno(f))))
		return EXIT_OK;
	error("cannot write %s: %s", name, strerror(errno));
	return EXIT_USAGE;
}

/* The old file stays until the new one is complete. */
static int save_file(const char *name)
{
	size_t size = strlen(name) + 5;
	char *tmp = xrealloc(NULL, size, 1);
	int ret = EXIT_USAGE;
	FILE *f;

	snprintf(tmp, size, "%s.new", name);
	f = fopen(tmp, "we");
	if (!f) {
		error("cannot open %s: %s", tmp, strerror(errno));
		free(tmp);
		return ret;
	}
	ret = save_all(f, tmp);
	fclose(f);
	if (!ret && rename(tmp, name)) {
		error("cannot rename %s: %s", tmp, strerror(errno));
		ret = EXIT_USAGE;
	}
	if (ret)
		unlink(tmp);
	free(tmp);
	return ret;
}

static int sla_save(struct cmd *c)
{
	const char *name;
	struct at at;
	int ret;

	ret = cmd_name(c, &at, &name);
	if (!ret)
		ret = cmd_end(c);
	if (ret)
		return ret;
	return strcmp(name, "-") ? save_file(name) : save_all(stdout, name);
}

/* Circuits that are gone are passed over, with an error each. */
static int sla_restore(struct cmd *c)
{
	bool force = opts.force;
	const char *name;
	struct at at;
	int ret;

	ret = cmd_name(c, &at, &name);
	if (!ret)
		ret = cmd_end(c);
	if (ret)
		return ret;
	opts.force = true;
	ret = batch_file(name);
	opts.force = force;
	return ret;
}

/* --- added ---------------------------------------------------------------- */

static int put_figure(struct cmd *c, const struct key *key, struct at at,
		      const char *val)
{
	const char *what;
	uint64_t v;

	what = parse_number(val, 0, key->max, &v);
	if (what)
		return cmd_bad(c, at, "\"%s\": expected %s", val, what);
	*(uint64_t *)((char *)c->priv + key->min) = v;
	return EXIT_OK;
}

static int put_which(struct cmd *c, const struct key *key, struct at at,
		     const char *val)
{
	struct given *g = c->priv;
	int v = name_find(key->names, val);

	if (v < 0)
		return cmd_bad(c, at, "\"%s\": expected %s", val, key->value);
	if (key->names == &names_end) {
		g->end = v;
	} else {
		g->role = v;
		g->has_leg = true;
	}
	return EXIT_OK;
}

#define FIGURE(_name, _n, _max)						\
	{								\
		.name = _name, .value = "NUMBER", .put = put_figure,	\
		.min = offsetof(struct given, v[_n]), .max = _max,	\
	}

static const struct key add_keys[] = {
	{
		.name = "begun", .value = "NUMBER", .put = put_figure,
		.min = offsetof(struct given, begun), .max = UINT64_MAX,
	}, {
		.name = "failovers", .value = "NUMBER", .put = put_figure,
		.min = offsetof(struct given, failovers), .max = UINT32_MAX,
	}, {
		.name = "end", .value = "a|z", .put = put_which,
		.names = &names_end,
	}, {
		.name = "leg", .value = "primary|secondary", .put = put_which,
		.names = &names_role,
	},
	FIGURE("up", 0, UINT64_MAX),
	FIGURE("degraded", 1, UINT64_MAX),
	FIGURE("down", 2, UINT64_MAX),
	FIGURE("planned-degraded", 3, UINT64_MAX),
	FIGURE("planned-down", 4, UINT64_MAX),
	FIGURE("outages", 5, UINT32_MAX),
	FIGURE("worst", 6, UINT64_MAX),
	FIGURE("available", 7, UINT64_MAX),
	FIGURE("unavailable", 8, UINT64_MAX),
	FIGURE("high-loss", 9, UINT64_MAX), { }
};

static void put_times(struct msg *m, uint16_t type, const struct given *g)
{
	size_t nest = msg_nest(m, type, AT(-1)), i;

	for (i = 0; i < ARRAY_SIZE(figures); i++) {
		if (figures[i].is_u32)
			msg_put_u32(m, figures[i].attr, (uint32_t)g->v[i],
				    AT(-1));
		else
			msg_put(m, figures[i].attr, &g->v[i], sizeof(g->v[i]),
				AT(-1));
	}
	msg_nest_end(m, nest);
}

static void put_given(struct msg *m, const struct given *g)
{
	size_t sla = msg_nest(m, VXC_A_CIRCUIT_SLA, AT(-1)), leg;

	if (g->begun)
		msg_put(m, VXC_A_SLA_BEGUN, &g->begun, sizeof(g->begun),
			AT(-1));
	msg_put_u32(m, VXC_A_SLA_FAILOVERS, (uint32_t)g->failovers, AT(-1));
	if (g->has_leg) {
		leg = msg_nest(m, VXC_A_SLA_LEG, AT(-1));
		msg_put_u32(m, VXC_A_SLA_LEG_END, (uint32_t)g->end, AT(-1));
		msg_put_u32(m, VXC_A_SLA_LEG_ROLE, (uint32_t)g->role, AT(-1));
		put_times(m, VXC_A_SLA_LEG_TIME, g);
		msg_nest_end(m, leg);
	} else {
		put_times(m, VXC_A_SLA_TIME, g);
	}
	msg_nest_end(m, sla);
}

static int sla_add(struct cmd *c)
{
	struct given g = { 0 };
	const char *name;
	struct at at;
	struct op op;
	int ret;

	ret = cmd_name(c, &at, &name);
	if (ret)
		return ret;
	op_begin(c, &op, VXC_ACTION_SET, VXC_A_OP_CIRCUIT, at);
	ret = put_name(c, VXC_A_CIRCUIT_NAME, at, name, VXC_NAME_MAX);
	c->priv = &g;
	if (!ret)
		ret = cmd_keys(c);
	c->priv = NULL;
	if (ret)
		return ret;
	put_given(&c->txn->msg, &g);
	return op_end(c, &op);
}

static const struct key show_sla_keys[] = {
	{ .name = "reset", .put = put_reset }, { }
};

static const struct key no_keys[] = { { } };

const struct command sla_commands[] = {
	{
		.name = "show", .run = sla_show, .keys = show_sla_keys,
		.help = "show the records of circuits; with reset begin anew",
		.word = "[ CIRCUIT ]", .complete = COMPLETE_CIRCUIT,
	}, {
		.name = "save", .run = sla_save, .keys = no_keys,
		.help = "write all records to a file, or - for standard output",
		.word = "FILE", .complete = COMPLETE_FILE,
	}, {
		.name = "restore", .run = sla_restore, .keys = no_keys,
		.help = "add what a file has saved to the records",
		.word = "FILE", .complete = COMPLETE_FILE,
		.flags = COMMAND_NO_BATCH,
	}, {
		.name = "add", .run = sla_add, .keys = add_keys,
		.help = "add figures to a record, times in milliseconds",
		.word = "CIRCUIT", .complete = COMPLETE_CIRCUIT,
		.flags = COMMAND_CHANGE,
	}, { }
};
