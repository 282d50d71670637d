// SPDX-License-Identifier: GPL-2.0
/* vxc sla: the records of circuits saved to a file, restored and added. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "attr.h"
#include "batch.h"
#include "cmd.h"
#include "names.h"
#include "parse.h"
#include "sla.h"
#include "vxc.h"

/* What is read from the words of vxc sla add. */
struct given {
	uint64_t begun, failovers;
	int64_t v[SLA_FIGURES];
	bool has_leg;
	int end, role;
};

/* --- saved ---------------------------------------------------------------- */

static void save_times(FILE *f, const struct nlattr *nest)
{
	int64_t v[SLA_FIGURES];
	int i;

	sla_values(nest, v);
	for (i = 0; i < SLA_FIGURES; i++)
		if (v[i])
			fprintf(f, " %s %" PRIu64, sla_figures[i].name,
				(uint64_t)v[i]);
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

int sla_save(struct cmd *c)
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
int sla_restore(struct cmd *c)
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

const struct key sla_add_keys[] = {
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
	FIGURE("up", SLA_UP, UINT64_MAX),
	FIGURE("degraded", SLA_DEGRADED, UINT64_MAX),
	FIGURE("down", SLA_DOWN, UINT64_MAX),
	FIGURE("planned-degraded", SLA_PLANNED_DEGRADED, UINT64_MAX),
	FIGURE("planned-down", SLA_PLANNED_DOWN, UINT64_MAX),
	FIGURE("outages", SLA_OUTAGES, UINT32_MAX),
	FIGURE("worst", SLA_WORST, UINT64_MAX),
	FIGURE("available", SLA_AVAILABLE, UINT64_MAX),
	FIGURE("unavailable", SLA_UNAVAILABLE, UINT64_MAX),
	FIGURE("high-loss", SLA_HIGH_LOSS, UINT64_MAX),
	FIGURE("high-loss-runs", SLA_HIGH_LOSS_RUNS, UINT64_MAX), { }
};

void sla_put_values(struct msg *m, uint16_t type, const int64_t *v)
{
	size_t nest = msg_nest(m, type, AT(-1)), i;

	for (i = 0; i < SLA_FIGURES; i++) {
		if (sla_figures[i].is_u32)
			msg_put_u32(m, sla_figures[i].attr, (uint32_t)v[i],
				    AT(-1));
		else
			msg_put(m, sla_figures[i].attr, &v[i], sizeof(v[i]),
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
		sla_put_values(m, VXC_A_SLA_LEG_TIME, g->v);
		msg_nest_end(m, leg);
	} else {
		sla_put_values(m, VXC_A_SLA_TIME, g->v);
	}
	msg_nest_end(m, sla);
}

int sla_add(struct cmd *c)
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
