// SPDX-License-Identifier: GPL-2.0
/* vxc sla since, month: a period, of the store and what the kernel has now. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "out.h"
#include "noun.h"
#include "period.h"
#include "sla-store.h"
#include "vxc.h"

/* A circuit's part of the period. */
struct sum {
	struct record record;
	uint64_t covered;	/* ms of the wall clock in spans */
	unsigned int across;	/* spans that reach too far out of it */
	uint64_t seen;		/* until when there are spans at all */
};

struct sums {
	struct sum *v;
	size_t n;
	size_t next;		/* likely the next that is asked for */
	const char *name;	/* of the only circuit, or NULL */
	const struct period *period;
};

static int is_set(struct cmd *c, struct at at, struct period *p)
{
	if (p->is_set)
		return cmd_bad(c, at, "one period at a time: since or month");
	p->is_set = true;
	return EXIT_OK;
}

int put_since(struct cmd *c, const struct key *key, struct at at,
	      const char *val)
{
	struct period *p = c->priv;
	const char *what;

	(void)key;
	what = parse_since(val, wall_ms(), &p->from);
	if (what)
		return cmd_bad(c, at, "\"%s\": expected %s", val, what);
	if (p->from > wall_ms())
		return cmd_bad(c, at, "\"%s\" is still to come", val);
	p->to = UINT64_MAX;
	return is_set(c, at, p);
}

int put_month(struct cmd *c, const struct key *key, struct at at,
	      const char *val)
{
	struct period *p = c->priv;
	const char *what;

	(void)key;
	what = parse_month(val, &p->from, &p->to);
	if (what)
		return cmd_bad(c, at, "\"%s\": expected %s", val, what);
	if (p->from > wall_ms())
		return cmd_bad(c, at, "\"%s\" is still to come", val);
	return is_set(c, at, p);
}

int put_dir(struct cmd *c, const struct key *key, struct at at,
	    const char *val)
{
	struct period *p = c->priv;

	(void)key;
	if (!*val)
		return cmd_bad(c, at, "the name of the directory is empty");
	p->dir = val;
	p->by_dir = true;
	return EXIT_OK;
}

/* --- summed --------------------------------------------------------------- */

static struct sum *sum_of(struct sums *sums, const char *circuit)
{
	struct sum *sum;
	size_t i;

	/* The spans of each hour are in the order of those before. */
	for (i = 0; i < sums->n; i++) {
		sum = &sums->v[(sums->next + i) % sums->n];
		if (strcmp(sum->record.circuit, circuit))
			continue;
		sums->next += i + 1;
		return sum;
	}
	sums->v = xrealloc(sums->v, sums->n + 1, sizeof(*sums->v));
	sum = &sums->v[sums->n++];
	memset(sum, 0, sizeof(*sum));
	snprintf(sum->record.circuit, sizeof(sum->record.circuit), "%s",
		 circuit);
	return sum;
}

static void add_span(void *arg, const struct record *span)
{
	struct sums *sums = arg;
	const struct period *p = sums->period;
	struct sum *sum;

	if (sums->name && strcmp(sums->name, span->circuit))
		return;
	sum = sum_of(sums, span->circuit);
	if (span->to > sum->seen)
		sum->seen = span->to;
	switch (record_in(span, p->from, p->to)) {
	case RECORD_OUTSIDE:
		break;
	case RECORD_INSIDE:
		record_sum(&sum->record, span);
		sum->covered += span->to - span->from;
		break;
	case RECORD_ACROSS:
		sum->across++;
		break;
	}
}

/* What has come since it was stored */
static void add_now(struct sums *sums, const struct store *s,
		    const struct record *now)
{
	const struct record *last = records_last(&s->last, now->circuit);
	struct record span;

	if (sums->name && strcmp(sums->name, now->circuit))
		return;
	record_span(last, now, sum_of(sums, now->circuit)->seen, &span);
	if (span.to > span.from)
		add_span(sums, &span);
}

/* --- shown ---------------------------------------------------------------- */

/* In hindsight more may be unavailable than was in all of a short period. */
static void figures_print(const int64_t *v, int line)
{
	unsigned int i;

	for (i = 0; i < SLA_FIGURES; i++) {
		if (i == SLA_WORST)
			continue;
		if (i == SLA_OUTAGES && line > 1)
			out_line(line);
		figure_print(i, v[i] < 0 ? 0 : v[i]);
	}
}

static void moment_print(enum out_show show, const char *key,
			 const char *label, uint64_t ms)
{
	char buf[48];

	wall_time(ms, buf, sizeof(buf));
	out_str(show, key, label, buf);
}

/* A figure is of the time that is covered, which is said with it. */
static void covered_print(const struct sum *sum, const struct period *p,
			  uint64_t now)
{
	uint64_t to = p->to < now ? p->to : now;
	uint64_t length = to > p->from ? to - p->from : 0;

	out_open("period");
	moment_print(OUT_TEXT, "from", "from", p->from);
	moment_print(OUT_TEXT, "to", "to", to);
	out_time(OUT_WORDED, "length", NULL, length);
	out_close();
	out_line(1);
	out_open("covered");
	out_time(OUT_TEXT, "time", "covered", sum->covered);
	out_percent(OUT_TEXT, "ratio", NULL,
		    sum->covered < length ? sum->covered : length, length);
	if (sum->record.to) {
		moment_print(OUT_TEXT, "from", "from", sum->record.from);
		moment_print(OUT_TEXT, "to", "to", sum->record.to);
	} else {
		out_null("from");
		out_null("to");
	}
	out_uint(sum->across ? OUT_TEXT : OUT_MORE, "left_out",
		 "left out for reaching beyond it", sum->across);
	out_time(OUT_TEXT, "in_service", "in service",
		 record_time(&sum->record));
	out_close();
}

static void sum_print(const struct sum *sum, const struct period *p,
		      uint64_t now)
{
	const struct record *r = &sum->record;
	int64_t v[SLA_FIGURES];
	uint32_t i;

	memcpy(v, r->v[0], sizeof(v));
	for (i = SLA_AVAILABLE; i < SLA_FIGURES; i++)
		v[i] = v[i] < 0 ? 0 : v[i];
	out_open(NULL);
	out_str(OUT_TEXT, "name", NULL, r->circuit);
	out_joined(":");
	covered_print(sum, p, now);
	out_uint(OUT_TEXT, "failovers", "failovers", (uint64_t)r->failovers);
	uptime_print(v);
	out_line(1);
	figures_print(v, 2);
	out_open_list("legs");
	for (i = 1; i < RECORD_PLACES; i++) {
		if (!r->has[i])
			continue;
		out_line(1);
		out_open(NULL);
		out_name(OUT_WORDED, "end", NULL, &names_end, (i - 1) / 2);
		out_name(OUT_TEXT, "role", i > 2 ? "z-leg" : "leg",
			 &names_role, (i - 1) % 2);
		figures_print(r->v[i], 1);
		out_close();
	}
	out_close_list();
	out_close();
	out_end_record();
}

static int print_all(const char *name, const struct sums *sums,
		     const struct period *p)
{
	uint64_t now = wall_ms();
	size_t i;

	if (name && !sums->n) {
		error("neither the kernel nor %s knows a circuit %s", p->dir,
		      name);
		return EXIT_USAGE;
	}
	out_begin_list();
	for (i = 0; i < sums->n; i++)
		sum_print(&sums->v[i], p, now);
	out_end_list();
	return EXIT_OK;
}

int period_show(const char *name, const struct period *period)
{
	struct sums sums = { .name = name, .period = period };
	struct records now;
	struct store s;
	size_t i;
	int ret;

	ret = store_open(&s, period->dir, false);
	s.take = add_span;
	s.arg = &sums;
	if (!ret)
		ret = store_read(&s, period->from);
	if (!ret)
		ret = records_read(NULL, &now);
	if (!ret) {
		for (i = 0; i < now.n; i++)
			add_now(&sums, &s, &now.v[i]);
		ret = print_all(name, &sums, period);
		records_free(&now);
	}
	free(sums.v);
	store_close(&s);
	return ret;
}
