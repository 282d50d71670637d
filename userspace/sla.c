// SPDX-License-Identifier: GPL-2.0
/* vxc sla: the records of circuits, shown and begun anew. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "cmd.h"
#include "nl.h"
#include "noun.h"
#include "parse.h"
#include "sla.h"
#include "sla-store.h"
#include "vxc.h"

const struct sla_figure sla_figures[SLA_FIGURES] = {
	[SLA_UP] = { "up", "up", VXC_A_SLA_TIME_UP, true, false },
	[SLA_DEGRADED] = { "degraded", "degraded", VXC_A_SLA_TIME_DEGRADED,
		true, false },
	[SLA_DOWN] = { "down", "down", VXC_A_SLA_TIME_DOWN, true, false },
	[SLA_PLANNED_DEGRADED] = { "planned-degraded", "planned_degraded",
		VXC_A_SLA_TIME_PLANNED_DEGRADED, true, false },
	[SLA_PLANNED_DOWN] = { "planned-down", "planned_down",
		VXC_A_SLA_TIME_PLANNED_DOWN, true, false },
	[SLA_OUTAGES] = { "outages", "outages", VXC_A_SLA_TIME_OUTAGES,
		false, true },
	[SLA_WORST] = { "worst", "worst", VXC_A_SLA_TIME_WORST, true, false },
	[SLA_AVAILABLE] = { "available", "available",
		VXC_A_SLA_TIME_AVAILABLE, false, false },
	[SLA_UNAVAILABLE] = { "unavailable", "unavailable",
		VXC_A_SLA_TIME_UNAVAILABLE, false, false },
	[SLA_HIGH_LOSS] = { "high-loss", "high_loss",
		VXC_A_SLA_TIME_HIGH_LOSS, false, false },
	[SLA_HIGH_LOSS_RUNS] = { "high-loss-runs", "high_loss_runs",
		VXC_A_SLA_TIME_HIGH_LOSS_RUNS, false, false },
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

void sla_values(const struct nlattr *nest, int64_t *v)
{
	attr_tb tb[VXC_A_SLA_TIME_MAX + 1];
	int i;

	attr_index(nest, tb, VXC_A_SLA_TIME_MAX);
	for (i = 0; i < SLA_FIGURES; i++)
		v[i] = (int64_t)attr_uint(tb[sla_figures[i].attr]);
}

void wall_time(uint64_t ms, char *buf, size_t size)
{
	time_t s = (time_t)(ms / 1000);
	char day[32];
	struct tm tm;

	gmtime_r(&s, &tm);
	strftime(day, sizeof(day), "%Y-%m-%dT%H:%M:%S", &tm);
	snprintf(buf, size, "%s.%03uZ", day, (unsigned int)(ms % 1000));
}

/* As text, what is not zero. */
void figure_print(unsigned int figure, int64_t v)
{
	const struct sla_figure *f = &sla_figures[figure];
	enum out_show show = v ? OUT_TEXT : OUT_MORE;

	if (f->is_time)
		out_time(show, f->key, f->name, (uint64_t)v);
	else
		out_uint(show, f->key, f->name, (uint64_t)v);
}

/* What it is now, and how its last window was judged. */
static void availability_print(const struct nlattr *nest)
{
	attr_tb tb[VXC_A_SLA_TIME_MAX + 1];

	attr_index(nest, tb, VXC_A_SLA_TIME_MAX);
	out_bool(OUT_WORDED, "is_unavailable", NULL,
		 tb[VXC_A_SLA_TIME_IS_UNAVAILABLE]);
	if (tb[VXC_A_SLA_TIME_IS_UNAVAILABLE])
		out_text(OUT_TEXT, OUT_BAD, "is unavailable");
	if (tb[VXC_A_SLA_TIME_AVAILABILITY_AGE])
		out_time(tb[VXC_A_SLA_TIME_IS_UNAVAILABLE] ? OUT_TEXT :
							     OUT_MORE,
			 "availability_age", "for",
			 attr_uint(tb[VXC_A_SLA_TIME_AVAILABILITY_AGE]));
	out_bool(OUT_WORDED, "is_measured", NULL,
		 tb[VXC_A_SLA_TIME_IS_MEASURED]);
}

static void times_print(const struct nlattr *nest, int line)
{
	int64_t v[SLA_FIGURES];
	struct sla_times t;
	unsigned int i;

	sla_values(nest, v);
	sla_read(nest, &t);
	for (i = 0; i < SLA_FIGURES; i++) {
		if (i == SLA_OUTAGES && line > 1)
			out_line(line);
		figure_print(i, v[i]);
	}
	out_time(t.outage ? OUT_TEXT : OUT_MORE, "outage", "outage", t.outage);
	availability_print(nest);
}

/*
 * A figure is worth nothing without its definition: both are said, as text
 * and in JSON. Planned time is not in them.
 */
void uptime_print(const int64_t *v)
{
	uint64_t up = (uint64_t)v[SLA_UP];
	uint64_t any = up + (uint64_t)v[SLA_DEGRADED];
	uint64_t all = any + (uint64_t)v[SLA_DOWN];

	out_line(1);
	out_open("uptime");
	out_percent(OUT_TEXT, "any_leg", "uptime any-leg", any, all);
	out_percent(OUT_TEXT, "both_legs", "both-legs", up, all);
	out_str(OUT_TEXT, "definition", NULL,
		"(any-leg: time not down, both-legs: time with every leg up; of the time in service without planned time)");
	out_close();
	out_line(1);
	out_open("availability");
	out_percent(OUT_TEXT, "ratio", "availability",
		    (uint64_t)v[SLA_AVAILABLE],
		    (uint64_t)(v[SLA_AVAILABLE] + v[SLA_UNAVAILABLE]));
	out_str(OUT_TEXT, "definition", NULL,
		"(MEF 10.4: n 10, delta-t 1s, C 0.5; lost is time down, and of the rest the SLMs without a reply, if any are sent)");
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
	int64_t v[SLA_FIGURES];
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
	sla_values(tb[VXC_A_SLA_TIME], v);
	uptime_print(v);
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

/* What vxc sla show is asked */
struct asked {
	struct period period;	/* first: put_since() and its like know it */
	bool reset;
};

static int put_reset(struct cmd *c, const struct key *key, struct at at,
		     const char *val)
{
	(void)key;
	(void)at;
	(void)val;
	((struct asked *)c->priv)->reset = true;
	return EXIT_OK;
}

/* "vxc sla since 7d" has no name: a period's word with a value follows. */
static bool begins_a_period(const struct cmd *c)
{
	static const char *const words[] = { "since", "month", "dir" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(words); i++)
		if (c->pos + 1 < c->w->n && !strcmp(c->w->v[c->pos], words[i]))
			return true;
	return false;
}

/* "--since" is "since" to those who write it like that. */
static void strip_dashes(struct cmd *c)
{
	int i;

	for (i = c->pos; i < c->w->n; i++)
		if (!strcmp(c->w->v[i], "--since") ||
		    !strcmp(c->w->v[i], "--month"))
			c->w->v[i] += 2;
}

static int read_asked(struct cmd *c, const char **name, struct asked *asked)
{
	int ret = EXIT_OK;

	*name = NULL;
	strip_dashes(c);
	c->priv = asked;
	if (!begins_a_period(c))
		ret = cmd_maybe_name(c, name);
	if (!ret)
		ret = cmd_keys(c);
	c->priv = NULL;
	if (ret)
		return ret;
	if (asked->reset && !*name)
		return cmd_bad(c, AT(c->pos - 1), "reset of which circuit?");
	if (asked->reset && asked->period.is_set)
		return cmd_bad(c, AT(c->pos - 1),
			       "a period of the store is not reset");
	if (asked->period.by_dir && !asked->period.is_set)
		return cmd_bad(c, AT(c->pos - 1),
			       "since or month: what of the store?");
	return EXIT_OK;
}

static int sla_show(struct cmd *c)
{
	struct asked asked = { .period.dir = STORE_DIR };
	const char *name;
	struct nl_list list;
	int ret;

	ret = read_asked(c, &name, &asked);
	if (ret)
		return ret;
	if (asked.period.is_set)
		return period_show(name, &asked.period);
	ret = sla_get(name, asked.reset, &list);
	if (ret)
		return ret;
	print_list(&list);
	nl_list_free(&list);
	return EXIT_OK;
}

static const struct key show_sla_keys[] = {
	{
		.name = "reset", .put = put_reset,
	}, {
		.name = "since", .value = "WHEN", .put = put_since,
	}, {
		.name = "month", .value = "YYYY-MM", .put = put_month,
	}, {
		.name = "dir", .value = "DIR", .put = put_dir,
		.complete = COMPLETE_FILE,
	}, { }
};

static const struct key no_keys[] = { { } };

const struct command sla_commands[] = {
	{
		.name = "show", .run = sla_show, .keys = show_sla_keys,
		.help = "show the records of circuits, or of a period; with reset begin anew",
		.word = "[ CIRCUIT ]", .complete = COMPLETE_CIRCUIT,
	}, {
		.name = "store", .run = sla_store, .keys = sla_store_keys,
		.help = "write what is new to the store, and resume from it",
		.flags = COMMAND_NO_BATCH,
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
		.name = "add", .run = sla_add, .keys = sla_add_keys,
		.help = "add figures to a record, times in milliseconds",
		.word = "CIRCUIT", .complete = COMPLETE_CIRCUIT,
		.flags = COMMAND_CHANGE,
	}, { }
};
