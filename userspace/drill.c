// SPDX-License-Identifier: GPL-2.0
/*
 * vxc drill: what will be left, the leg out of service, what has come of it.
 * The kernel puts the leg back by itself; this only waits for that.
 */
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "cmd.h"
#include "drill.h"
#include "nl.h"
#include "noun.h"
#include "parse.h"
#include "sla.h"
#include "vxc.h"

#define POLL_MS		100

/* What is compared before and after. */
struct look {
	uint32_t state, leg_state, other_state, drill_left;
	bool has_leg, has_other;
	unsigned int peerings, up;	/* of the circuit; that are up */
	struct sla_times sla;
	uint32_t failovers;
};

static volatile sig_atomic_t interrupted;

static int put_value(struct cmd *c, const struct key *key, struct at at,
		     const char *val)
{
	struct drill *d = c->priv;
	int v = name_find(key->names, val);

	if (v < 0)
		return cmd_bad(c, at, "\"%s\": expected %s", val, key->value);
	if (key->names == &names_end) {
		d->end = v;
		return EXIT_OK;
	}
	d->role = v;
	d->has_role = true;
	d->at = at;
	return EXIT_OK;
}

static int put_for(struct cmd *c, const struct key *key, struct at at,
		   const char *val)
{
	struct drill *d = c->priv;
	const char *what = parse_time(val, &d->ms);

	if (what)
		return cmd_bad(c, at, "\"%s\": expected %s", val, what);
	if (!d->ms || d->ms > key->max)
		return cmd_bad(c, at, "\"%s\": expected 1ms to 1440m", val);
	return EXIT_OK;
}

static int put_switch(struct cmd *c, const struct key *key, struct at at,
		      const char *val)
{
	(void)at;
	(void)val;
	*(bool *)((char *)c->priv + key->min) = true;
	return EXIT_OK;
}

#define SWITCH(_name, _field)						\
	{								\
		.name = _name, .put = put_switch,			\
		.min = offsetof(struct drill, _field),			\
	}

const struct key drill_keys[] = {
	{
		.name = "end", .value = "a|z", .put = put_value,
		.names = &names_end,
	}, {
		.name = "leg", .value = "primary|secondary", .put = put_value,
		.names = &names_role, .flags = KEY_NEED,
	}, {
		.name = "for", .value = "TIME", .put = put_for,
		.max = VXC_DRILL_MAX,
	},
	SWITCH("stop", stop), SWITCH("force", force),
	SWITCH("nowait", no_wait), { }
};

/* --- looking -------------------------------------------------------------- */

static void look_at_leg(const struct drill *d, const struct nlattr *nest,
			struct look *l)
{
	attr_tb tb[VXC_A_LEG_MAX + 1];

	attr_index(nest, tb, VXC_A_LEG_MAX);
	if ((int)attr_u32(tb[VXC_A_LEG_END]) != d->end)
		return;
	if ((int)attr_u32(tb[VXC_A_LEG_ROLE]) == d->role) {
		l->has_leg = true;
		l->leg_state = attr_u32(tb[VXC_A_LEG_STATE]);
		l->drill_left = attr_u32(tb[VXC_A_LEG_DRILL_LEFT]);
	} else {
		l->has_other = true;
		l->other_state = attr_u32(tb[VXC_A_LEG_STATE]);
	}
}

static int look_at_circuit(const struct drill *d, struct look *l)
{
	attr_tb tb[VXC_A_CIRCUIT_MAX + 1];
	const struct nlattr *attr;
	struct nl_list list;
	int ret;

	ret = nl_read_name(VXC_CMD_CIRCUIT_GET, VXC_A_MSG_CIRCUIT,
			   VXC_A_CIRCUIT_NAME, d->name, &list);
	if (ret)
		return ret;
	l->drill_left = 0;
	if (list.n) {
		attr_index(list.v[0], tb, VXC_A_CIRCUIT_MAX);
		l->state = attr_u32(tb[VXC_A_CIRCUIT_STATE]);
		mnl_attr_for_each_nested(attr, list.v[0])
			if (mnl_attr_get_type(attr) == VXC_A_CIRCUIT_LEG)
				look_at_leg(d, attr, l);
	}
	nl_list_free(&list);
	return EXIT_OK;
}

static int look_at_peerings(const struct drill *d, struct look *l)
{
	struct nl_query query = {
		.cmd = VXC_CMD_PEERING_GET,
		.object = VXC_A_MSG_PEERING,
		.dump = true,
		.by = VXC_A_PEERING_CIRCUIT,
		.value = d->name,
		.len = strlen(d->name) + 1,
	};
	attr_tb tb[VXC_A_PEERING_MAX + 1];
	struct nl_list list;
	size_t i;
	int ret;

	ret = nl_read(&query, &list);
	if (ret)
		return ret;
	for (i = 0; i < list.n; i++) {
		attr_index(list.v[i], tb, VXC_A_PEERING_MAX);
		l->peerings++;
		l->up += attr_u32(tb[VXC_A_PEERING_STATE]) == VXC_STATE_UP;
	}
	nl_list_free(&list);
	return EXIT_OK;
}

static int look(const struct drill *d, struct look *l)
{
	attr_tb tb[VXC_A_SLA_MAX + 1];
	struct nl_list list;
	int ret;

	memset(l, 0, sizeof(*l));
	ret = look_at_circuit(d, l);
	if (!ret)
		ret = look_at_peerings(d, l);
	if (!ret)
		ret = sla_get(d->name, false, &list);
	if (ret)
		return ret;
	if (list.n) {
		attr_index(list.v[0], tb, VXC_A_SLA_MAX);
		l->failovers = attr_u32(tb[VXC_A_SLA_FAILOVERS]);
		sla_read(tb[VXC_A_SLA_TIME], &l->sla);
	}
	nl_list_free(&list);
	return EXIT_OK;
}

/* --- reports -------------------------------------------------------------- */

static void report_state(const char *key, const struct look *l)
{
	out_open(key);
	out_name(OUT_TEXT, "state", key, &names_state, l->state);
	if (l->has_leg)
		out_name(OUT_TEXT, "leg", "leg", &names_state, l->leg_state);
	if (l->has_other)
		out_name(OUT_TEXT, "other_leg", "other-leg", &names_state,
			 l->other_state);
	out_uint(OUT_WORDED, "peerings", NULL, l->peerings);
	out_uint(OUT_WORDED, "peerings_up", NULL, l->up);
	out_text(OUT_TEXT, OUT_PLAIN, "peerings %u/%u up", l->up, l->peerings);
	out_close();
}

/* A drill shows something only if all of this holds before. */
static void report_redundancy(const struct look *l)
{
	const char *why = NULL;

	if (!l->has_other)
		why = "there is no other leg";
	else if (l->other_state != VXC_STATE_UP)
		why = "the other leg is down";
	else if (l->up < l->peerings)
		why = "not all peerings are up";
	out_bool(OUT_WORDED, "redundant", NULL, !why);
	if (why)
		out_text(OUT_TEXT, OUT_WARN, "not redundant: %s", why);
	else
		out_text(OUT_TEXT, OUT_GOOD, "redundant");
}

static void begin_report(const struct drill *d, const struct look *before)
{
	out_begin_list();
	out_open(NULL);
	out_str(OUT_TEXT, "circuit", "drill of circuit", d->name);
	out_name(OUT_WORDED, "end", NULL, &names_end, (unsigned int)d->end);
	out_name(OUT_TEXT, "leg", d->end == VXC_END_Z ? "z-leg" : "leg",
		 &names_role, (unsigned int)d->role);
	out_time(OUT_TEXT, "time", "for", d->ms);
	out_line(1);
	report_state("before", before);
	report_redundancy(before);
}

static void during_report(const struct look *during)
{
	out_line(1);
	report_state("during", during);
}

static void after_report(const struct look *before, const struct look *after)
{
	uint64_t down = after->sla.down - before->sla.down;
	bool good = after->state == before->state && !down &&
		    after->leg_state == VXC_STATE_UP &&
		    after->up >= before->up;

	out_line(1);
	report_state("after", after);
	out_line(1);
	out_uint(OUT_TEXT, "failovers", "failovers",
		 after->failovers - before->failovers);
	out_uint(OUT_TEXT, "outages", "outages",
		 after->sla.outages - before->sla.outages);
	out_time(OUT_TEXT, "down", "down", down);
	out_bool(OUT_WORDED, "passed", NULL, good);
	out_text(OUT_TEXT, good ? OUT_GOOD : OUT_BAD, "%s",
		 good ? "passed" : "not passed");
}

static void end_report(void)
{
	out_close();
	out_end_record();
	out_end_list();
}

/* --- doing ---------------------------------------------------------------- */

int drill_send(struct cmd *c, const struct drill *d, uint32_t ms)
{
	struct msg *m = &c->txn->msg;
	const uint32_t empty = msg_hdr(m)->nlmsg_len;
	const struct words *fault;
	struct op op;
	int ret;

	op_begin(c, &op, VXC_ACTION_SET, VXC_A_OP_LEG, d->at);
	msg_put_str(m, VXC_A_LEG_CIRCUIT, d->name, AT(1));
	msg_put_u32(m, VXC_A_LEG_END, (uint32_t)d->end, d->at);
	msg_put_u32(m, VXC_A_LEG_ROLE, (uint32_t)d->role, d->at);
	msg_put_u32(m, VXC_A_LEG_DRILL, ms, d->at);
	if (d->force)
		msg_put_flag(m, VXC_A_LEG_FORCE, d->at);
	ret = op_end(c, &op);
	if (!ret)
		ret = txn_commit(c->txn, &fault);
	/* All is sent: nothing is left for whoever called. */
	c->txn->n_ops = 0;
	msg_cut(m, empty);
	return ret;
}

int drill_left(const struct drill *d, uint32_t *ms)
{
	struct look now = { 0 };
	int ret;

	ret = look_at_circuit(d, &now);
	*ms = now.drill_left;
	return ret;
}

static void on_signal(int sig)
{
	(void)sig;
	interrupted = 1;
}

void drill_pause(long ms)
{
	struct timespec t = { .tv_sec = ms / 1000,
			      .tv_nsec = ms % 1000 * 1000000 };

	nanosleep(&t, NULL);
}

void drill_catch_signals(void)
{
	struct sigaction act = { .sa_handler = on_signal };

	sigaction(SIGINT, &act, NULL);
	sigaction(SIGTERM, &act, NULL);
}

bool drill_interrupted(void)
{
	return interrupted;
}

/* Until the kernel has put the leg back, however late this process is. */
static int wait_for_end(const struct drill *d, struct look *during)
{
	struct look now;
	int ret;

	drill_catch_signals();
	do {
		memset(&now, 0, sizeof(now));
		ret = look_at_circuit(d, &now);
		if (ret)
			return ret;
		if (now.drill_left) {
			during->state = now.state;
			during->leg_state = now.leg_state;
			during->other_state = now.other_state;
			drill_pause(now.drill_left < POLL_MS ?
				 (long)now.drill_left : POLL_MS);
		}
	} while (now.drill_left && !interrupted);
	return EXIT_OK;
}

static int run(struct cmd *c, const struct drill *d)
{
	struct look before, during, after;
	int ret;

	ret = look(d, &before);
	if (!ret)
		ret = drill_send(c, d, d->ms);
	if (ret)
		return ret;
	begin_report(d, &before);
	ret = look(d, &during);
	if (!ret && !d->no_wait)
		ret = wait_for_end(d, &during);
	if (!ret)
		during_report(&during);
	if (!ret && interrupted) {
		warning("the drill goes on until its time is over or vxc drill %s leg %s stop ends it",
			d->name,
			name_of(&names_role, (unsigned int)d->role));
	} else if (!ret && !d->no_wait) {
		ret = look(d, &after);
		if (!ret)
			after_report(&before, &after);
	}
	end_report();
	return ret;
}

int drill_run(struct cmd *c)
{
	struct drill d = { .end = VXC_END_A };
	struct at at;
	int ret;

	ret = cmd_name(c, &at, &d.name);
	c->priv = &d;
	if (!ret)
		ret = cmd_keys(c);
	c->priv = NULL;
	if (ret)
		return ret;
	if (d.stop == !!d.ms)
		return cmd_bad(c, at, "a drill is for a TIME, or it is to stop");
	return d.stop ? drill_send(c, &d, 0) : run(c, &d);
}
