// SPDX-License-Identifier: GPL-2.0
/*
 * vxc sla store: write what records have had since the last time, and give
 * those that another instance of the module has begun what there was before.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "attr.h"
#include "parse.h"
#include "sla-store.h"
#include "vxc.h"

#define BOOT_ID		"/proc/sys/kernel/random/boot_id"

struct request {
	const char *dir;
	uint32_t keep;
};

uint64_t wall_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

/*
 * Names the module that is loaded: the kernel gives out the numbers of
 * families in turn, so it has another one after each time it was loaded.
 */
static void instance_name(char *buf, size_t size)
{
	char boot[37] = "unknown";
	FILE *f = fopen(BOOT_ID, "re");

	if (f) {
		if (fgets(boot, sizeof(boot), f))
			boot[strcspn(boot, "\n")] = '\0';
		fclose(f);
	}
	snprintf(buf, size, "%s-%u", boot, nl_family());
}

static void read_record(const struct nlattr *nest, struct record *r)
{
	attr_tb tb[VXC_A_SLA_MAX + 1], leg[VXC_A_SLA_LEG_MAX + 1];
	const struct nlattr *attr;
	uint32_t place;

	memset(r, 0, sizeof(*r));
	attr_index(nest, tb, VXC_A_SLA_MAX);
	snprintf(r->circuit, sizeof(r->circuit), "%s",
		 attr_str(tb[VXC_A_SLA_CIRCUIT]));
	r->begun = attr_uint(tb[VXC_A_SLA_BEGUN]);
	r->failovers = attr_u32(tb[VXC_A_SLA_FAILOVERS]);
	r->has[0] = true;
	sla_values(tb[VXC_A_SLA_TIME], r->v[0]);
	mnl_attr_for_each_nested(attr, nest) {
		if (mnl_attr_get_type(attr) != VXC_A_SLA_LEG)
			continue;
		attr_index(attr, leg, VXC_A_SLA_LEG_MAX);
		place = 1 + attr_u32(leg[VXC_A_SLA_LEG_END]) * 2 +
			attr_u32(leg[VXC_A_SLA_LEG_ROLE]);
		if (place >= RECORD_PLACES)
			continue;
		r->has[place] = true;
		sla_values(leg[VXC_A_SLA_LEG_TIME], r->v[place]);
	}
}

int records_read(const char *name, struct records *now)
{
	char instance[RECORD_INSTANCE];
	struct nl_list list;
	struct record r;
	size_t i;
	int ret;

	memset(now, 0, sizeof(*now));
	ret = sla_get(name, false, &list);
	if (ret)
		return ret;
	instance_name(instance, sizeof(instance));
	for (i = 0; i < list.n; i++) {
		read_record(list.v[i], &r);
		r.to = wall_ms();
		memcpy(r.instance, instance, sizeof(instance));
		records_add(now, &r);
	}
	nl_list_free(&list);
	return EXIT_OK;
}

/* --- given back ----------------------------------------------------------- */

/* One operation: a record has all of it, or none and gets it the next time. */
static void put_record(struct cmd *c, const struct record *r)
{
	struct msg *m = &c->txn->msg;
	size_t sla, leg;
	struct op op;
	uint32_t i;

	op_begin(c, &op, VXC_ACTION_SET, VXC_A_OP_CIRCUIT, AT(0));
	msg_put_str(m, VXC_A_CIRCUIT_NAME, r->circuit, AT(0));
	sla = msg_nest(m, VXC_A_CIRCUIT_SLA, AT(0));
	msg_put(m, VXC_A_SLA_BEGUN, &r->begun, sizeof(r->begun), AT(0));
	msg_put_u32(m, VXC_A_SLA_FAILOVERS, (uint32_t)r->failovers, AT(0));
	sla_put_values(m, VXC_A_SLA_TIME, r->v[0]);
	for (i = 1; i < RECORD_PLACES; i++) {
		if (!r->has[i])
			continue;
		leg = msg_nest(m, VXC_A_SLA_LEG, AT(0));
		msg_put_u32(m, VXC_A_SLA_LEG_END, (i - 1) / 2, AT(0));
		msg_put_u32(m, VXC_A_SLA_LEG_ROLE, (i - 1) % 2, AT(0));
		sla_put_values(m, VXC_A_SLA_LEG_TIME, r->v[i]);
		msg_nest_end(m, leg);
	}
	msg_nest_end(m, sla);
	op_end(c, &op);
}

static int resume_one(struct cmd *c, const struct record *last)
{
	const uint32_t empty = msg_hdr(&c->txn->msg)->nlmsg_len;
	const struct words *fault;
	int ret;

	put_record(c, last);
	ret = txn_commit(c->txn, &fault);
	/* All is sent: nothing is left for whoever called. */
	c->txn->n_ops = 0;
	msg_cut(&c->txn->msg, empty);
	return ret;
}

/* Records that go on get when the module has begun them, as where from. */
static int resume(struct cmd *c, const struct store *s, struct records *now)
{
	struct records before = *now;
	const struct record *last;
	struct record *again;
	size_t i, n = 0;
	int ret = EXIT_OK;

	for (i = 0; i < before.n && !ret; i++) {
		last = records_last(&s->last, before.v[i].circuit);
		if (!last || !record_resumes(last, &before.v[i]))
			continue;
		ret = resume_one(c, last);
		before.v[i].from = before.v[i].begun;
		n++;
	}
	if (ret || !n)
		return ret;
	ret = records_read(NULL, now);
	for (i = 0; i < before.n && !ret; i++) {
		again = records_last(now, before.v[i].circuit);
		if (again)
			again->from = before.v[i].from;
	}
	records_free(&before);
	return ret;
}

/* --- stored --------------------------------------------------------------- */

static int read_all(struct store *s, const struct records *now)
{
	size_t i;
	int ret;

	ret = store_read(s, wall_ms());
	for (i = 0; i < now->n && !ret; i++) {
		if (!s->torn || records_last(&s->last, now->v[i].circuit))
			continue;
		/* What was it? Only all days together can tell. */
		records_free(&s->last);
		records_free(&s->spans);
		return store_read(s, 0);
	}
	return ret;
}

static void store_one(struct store *s, const struct record *now)
{
	struct record *last = records_last(&s->last, now->circuit);
	struct record span;

	if (!record_span(last, now, last ? 0 : store_seen(s, now->circuit),
			 &span))
		warning("%s: what is new in its record cannot be known, so that it is counted from now on",
			now->circuit);
	records_add_span(&s->spans, &span);
	if (last)
		*last = *now;
	else
		records_add(&s->last, now);
}

static int store_all(struct cmd *c, struct store *s,
		     const struct request *request)
{
	struct records now;
	size_t i;
	int ret;

	ret = records_read(NULL, &now);
	if (ret)
		return ret;
	ret = read_all(s, &now);
	if (!ret)
		ret = resume(c, s, &now);
	for (i = 0; i < now.n && !ret; i++)
		store_one(s, &now.v[i]);
	if (!ret)
		ret = store_write(s, wall_ms(), request->keep);
	records_free(&now);
	return ret;
}

static int put_keep(struct cmd *c, const struct key *key, struct at at,
		    const char *val)
{
	struct request *r = c->priv;
	const char *what;
	uint64_t days;

	what = parse_number(val, key->min, key->max, &days);
	if (what)
		return cmd_bad(c, at, "\"%s\": expected %s", val, what);
	r->keep = (uint32_t)days;
	return EXIT_OK;
}

static int put_store_dir(struct cmd *c, const struct key *key, struct at at,
			 const char *val)
{
	struct request *r = c->priv;

	(void)key;
	if (!*val)
		return cmd_bad(c, at, "the name of the directory is empty");
	r->dir = val;
	return EXIT_OK;
}

const struct key sla_store_keys[] = {
	{
		.name = "dir", .value = "DIR", .put = put_store_dir,
		.complete = COMPLETE_FILE,
	}, {
		.name = "keep", .value = "DAYS", .put = put_keep,
		.min = 1, .max = 36500,
	}, { }
};

int sla_store(struct cmd *c)
{
	struct request request = { .dir = STORE_DIR, .keep = STORE_KEEP };
	struct store s;
	int ret;

	c->priv = &request;
	ret = cmd_keys(c);
	c->priv = NULL;
	if (ret)
		return ret;
	ret = store_open(&s, request.dir, true);
	if (!ret)
		ret = store_all(c, &s, &request);
	store_close(&s);
	return ret;
}
