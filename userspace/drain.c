// SPDX-License-Identifier: GPL-2.0
/*
 * vxc drain: BGP prefers the other leg first, then the leg goes out of service
 * for a drill, then back.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cmd.h"
#include "drain.h"
#include "noun.h"
#include "parse.h"
#include "vxc.h"

#define POLL_MS		200
#define WINDOW_MS	1000	/* of the rate, which two of are to be low */
#define PREPEND_MAX	10
#define WITHIN_MAX	3600000
#define BELOW_DEFAULT	16000

static uint64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

/* --- waiting -------------------------------------------------------------- */

/* Bytes that have passed the peerings that are pinned to the leg */
static int count_bytes(const struct drain *d, uint64_t *bytes)
{
	attr_tb tb[VXC_A_PEERING_MAX + 1];
	struct nl_list list;
	size_t i;
	int ret;

	*bytes = 0;
	ret = drain_read_peerings(d, &list);
	if (ret)
		return ret;
	for (i = 0; i < list.n; i++) {
		attr_index(list.v[i], tb, VXC_A_PEERING_MAX);
		if (!drain_is_pinned(d, tb))
			continue;
		*bytes += stats_get(tb[VXC_A_PEERING_STATS],
				    VXC_A_STATS_RX_BYTES) +
			  stats_get(tb[VXC_A_PEERING_STATS],
				    VXC_A_STATS_TX_BYTES);
	}
	nl_list_free(&list);
	return EXIT_OK;
}

static void pause_until(uint64_t end)
{
	while (now_ms() < end && !drill_interrupted())
		drill_pause(POLL_MS);
}

/* *MOVED: is the rate below the bound, in two windows one after the other? */
static int wait_moved(const struct drain *d, bool *moved)
{
	uint64_t deadline = now_ms() + d->within, begin, bytes, again, took;
	unsigned int low = 0;
	int ret;

	ret = count_bytes(d, &bytes);
	while (!ret && low < 2 && now_ms() < deadline &&
	       !drill_interrupted()) {
		begin = now_ms();
		pause_until(begin + WINDOW_MS);
		ret = count_bytes(d, &again);
		took = now_ms() - begin;
		low = (again - bytes) * 8000 / (took ? took : 1) <= d->below ?
		      low + 1 : 0;
		bytes = again;
	}
	*moved = low == 2;
	return ret;
}

static int wait_drilled(struct cmd *c, const struct drain *d)
{
	uint32_t left;
	int ret;

	do {
		ret = drill_left(&d->drill, &left);
		if (!ret && left)
			drill_pause(left < POLL_MS ? (long)left : POLL_MS);
	} while (!ret && left && !drill_interrupted());
	if (!ret && left)
		ret = drill_send(c, &d->drill, 0);
	return ret;
}

static bool all_established(const struct drain *d)
{
	size_t i;

	for (i = 0; i < d->n_sessions; i++)
		if (!d->sessions[i].neighbour.established)
			return false;
	return true;
}

/* The sessions are to be back before anything is to prefer them again. */
static int wait_sessions(struct drain *d, const struct frr_config *config,
			 bool *back)
{
	uint64_t deadline = now_ms() + d->within;
	int ret;

	while (true) {
		ret = drain_find_sessions(d, config);
		*back = !ret && all_established(d);
		if (ret || *back || now_ms() >= deadline)
			return ret;
		drill_pause(POLL_MS);
	}
}

/* --- all of it ------------------------------------------------------------ */

static void report(const struct drain *d, uint64_t moved, bool back)
{
	const struct session *s;
	size_t i;

	out_begin_list();
	out_open(NULL);
	out_str(OUT_TEXT, "circuit", "drain of circuit", d->drill.name);
	out_name(OUT_TEXT, "leg", "leg", &names_role,
		 (unsigned int)d->drill.role);
	out_time(OUT_TEXT, "time", "for", d->drill.ms);
	out_open_list("sessions");
	for (i = 0; i < d->n_sessions; i++) {
		s = &d->sessions[i];
		out_line(1);
		out_open(NULL);
		out_str(OUT_TEXT, "neighbour", "session with",
			s->neighbour.name);
		out_str(OUT_TEXT, "vrf", "vrf", s->router.vrf);
		out_str(OUT_TEXT, "peering", "peering", s->peering->name);
		out_bool(OUT_WORDED, "established", NULL,
			 s->neighbour.established);
		out_text(OUT_TEXT, s->neighbour.established ? OUT_GOOD :
			 OUT_BAD, "%s", s->neighbour.established ?
			 "established" : "not established");
		out_close();
	}
	out_close_list();
	out_line(1);
	out_time(OUT_TEXT, "moved", "traffic moved in", moved);
	out_bool(OUT_WORDED, "passed", NULL, back && !drill_interrupted());
	out_text(OUT_TEXT, back ? OUT_GOOD : OUT_BAD, "%s",
		 drill_interrupted() ? "interrupted, and all put back" :
		 back ? "passed" : "not all sessions came back");
	out_close();
	out_end_record();
	out_end_list();
}

/* With traffic moved: 0 and the leg out of service, or it stays in. */
static int take_out(struct cmd *c, const struct drain *d, uint64_t *took)
{
	uint64_t begin = now_ms();
	bool moved;
	int ret;

	ret = wait_moved(d, &moved);
	*took = now_ms() - begin;
	if (ret || drill_interrupted())
		return ret;
	if (!moved && !d->drill.force) {
		error("traffic has not left leg %s of circuit %s: the leg stays in service",
		      name_of(&names_role, (unsigned int)d->drill.role),
		      d->drill.name);
		return EXIT_KERNEL;
	}
	ret = drill_send(c, &d->drill, d->drill.ms);
	return ret ? ret : wait_drilled(c, d);
}

/* What FRR was told is taken back, whatever happens after it. */
static int run_drain(struct cmd *c, struct drain *d,
		     const struct frr_config *config)
{
	bool found, back = false;
	uint64_t took;
	int ret, err;

	ret = drain_prefer_others(d, config);
	if (!ret)
		ret = take_out(c, d, &took);
	if (!ret)
		ret = wait_sessions(d, config, &back);
	err = drain_restore(d, &found);
	if (!ret && !err)
		report(d, took, back);
	return ret ? ret : err;
}

static int start(struct cmd *c, struct drain *d)
{
	struct frr_config config;
	bool found;
	int ret;

	ret = drain_find_peerings(d);
	if (!ret)
		ret = drain_restore(d, &found);
	if (ret)
		return ret;
	ret = frr_read_config(d->pathspace, &config);
	if (!ret)
		ret = drain_find_sessions(d, &config);
	if (!ret)
		ret = drain_check_sessions(d);
	if (!ret) {
		drill_catch_signals();
		ret = run_drain(c, d, &config);
	}
	frr_free_config(&config);
	return ret;
}

/* A leg that is in a drill stays in it: that one is ended by vxc drill. */
static int end(const struct drain *d)
{
	bool found;
	int ret;

	ret = drain_restore(d, &found);
	if (!ret && !found)
		warning("FRR has nothing of a drain of circuit %s",
			d->drill.name);
	return ret;
}

/* --- words ---------------------------------------------------------------- */

static int put_role(struct cmd *c, const struct key *key, struct at at,
		    const char *val)
{
	struct drain *d = c->priv;
	int v = name_find(key->names, val);

	if (v < 0)
		return cmd_bad(c, at, "\"%s\": expected %s", val, key->value);
	d->drill.role = v;
	d->drill.has_role = true;
	d->drill.at = at;
	return EXIT_OK;
}

static int put_ms(struct cmd *c, const struct key *key, struct at at,
		  const char *val)
{
	uint32_t *ms = (uint32_t *)((char *)c->priv + key->min);
	const char *what = parse_time(val, ms);
	char max[32];

	if (what)
		return cmd_bad(c, at, "\"%s\": expected %s", val, what);
	format_interval(key->max, max, sizeof(max));
	if (!*ms || *ms > key->max)
		return cmd_bad(c, at, "\"%s\": expected 1ms to %s", val, max);
	return EXIT_OK;
}

static int put_prepend(struct cmd *c, const struct key *key, struct at at,
		       const char *val)
{
	struct drain *d = c->priv;
	const char *what;
	uint64_t n;

	what = parse_number(val, key->min, key->max, &n);
	if (what)
		return cmd_bad(c, at, "\"%s\": expected %s", val, what);
	d->prepend = (uint32_t)n;
	return EXIT_OK;
}

static int put_below(struct cmd *c, const struct key *key, struct at at,
		     const char *val)
{
	struct drain *d = c->priv;
	const char *what = parse_rate(val, &d->below);

	(void)key;
	if (what)
		return cmd_bad(c, at, "\"%s\": expected %s", val, what);
	return EXIT_OK;
}

static int put_pathspace(struct cmd *c, const struct key *key, struct at at,
			 const char *val)
{
	struct drain *d = c->priv;

	(void)key;
	if (!*val || strchr(val, '/'))
		return cmd_bad(c, at, "\"%s\" is no path space of FRR", val);
	d->pathspace = val;
	return EXIT_OK;
}

static int put_yes(struct cmd *c, const struct key *key, struct at at,
		   const char *val)
{
	(void)at;
	(void)val;
	*(bool *)((char *)c->priv + key->min) = true;
	return EXIT_OK;
}

const struct key drain_keys[] = {
	{
		.name = "leg", .value = "primary|secondary", .put = put_role,
		.names = &names_role,
	}, {
		.name = "for", .value = "TIME", .put = put_ms,
		.min = offsetof(struct drain, drill.ms), .max = VXC_DRILL_MAX,
	}, {
		.name = "prepend", .value = "NUMBER", .put = put_prepend,
		.min = 1, .max = PREPEND_MAX,
	}, {
		.name = "below", .value = "RATE", .put = put_below,
	}, {
		.name = "within", .value = "TIME", .put = put_ms,
		.min = offsetof(struct drain, within), .max = WITHIN_MAX,
	}, {
		.name = "pathspace", .value = "NAME", .put = put_pathspace,
	}, {
		.name = "force", .put = put_yes,
		.min = offsetof(struct drain, drill.force),
	}, {
		.name = "end", .put = put_yes,
		.min = offsetof(struct drain, end),
	}, { }
};

int drain_run(struct cmd *c)
{
	struct drain d = {
		.drill.end = VXC_END_A, .prepend = 3, .within = 60000,
		.below = BELOW_DEFAULT,
	};
	struct at at;
	int ret;

	ret = cmd_name(c, &at, &d.drill.name);
	c->priv = &d;
	if (!ret)
		ret = cmd_keys(c);
	c->priv = NULL;
	if (ret)
		return ret;
	if (d.end ? d.drill.has_role || d.drill.ms :
		    !d.drill.has_role || !d.drill.ms)
		return cmd_bad(c, at,
			       "a drain is of a leg for a TIME, or it is to end");
	ret = d.end ? end(&d) : start(c, &d);
	rtnl_free(&d.devices);
	free(d.peerings);
	free(d.sessions);
	return ret;
}
