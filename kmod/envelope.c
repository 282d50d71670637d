// SPDX-License-Identifier: GPL-2.0
/*
 * Envelopes: bandwidth that several circuits share. What a circuit has of one
 * is in part.c. All under rtnl, in the steps of a transaction.
 */
#include <linux/slab.h>

#include "txn.h"

/* A few of the largest packets that the stack hands out at once. */
#define BURST_MIN	(4 * (GSO_LEGACY_MAX_SIZE + 45 * 82))

struct vxc_envelope *vxc_envelope_find(struct vxc_net *vn, const char *name)
{
	struct vxc_envelope *e;

	list_for_each_entry(e, &vn->envelopes, list)
		if (!strcmp(e->name, name))
			return e;

	return NULL;
}

static u32 burst(u64 bps, u32 given)
{
	if (given)
		return given;

	return clamp_t(u64, vxc_rate_burst(bps), BURST_MIN, VXC_BURST_MAX);
}

/* The committed burst size in use, in bytes. */
u32 vxc_envelope_cbs(const struct vxc_envelope_rates *rates)
{
	return burst(rates->cir, rates->cbs);
}

/* The excess burst size in use; 0 where there is no excess. */
u32 vxc_envelope_ebs(const struct vxc_envelope_rates *rates)
{
	if (!rates->eir && !rates->coupling)
		return 0;

	return burst(max(rates->eir, rates->cir), rates->ebs);
}

/* The highest rank has to leave nothing, the lowest half of the burst. */
static u64 keep(u32 bytes, unsigned int rank)
{
	return div_u64((u64)bytes * (VXC_RANK_MAX - rank),
		       2 * (VXC_RANK_MAX - 1));
}

static struct vxc_envelope_map *compile(const struct vxc_envelope *e)
{
	const struct vxc_envelope_rates *rates = &e->rates;
	u32 cbs = vxc_envelope_cbs(rates), ebs = vxc_envelope_ebs(rates);
	struct vxc_envelope_map *map;
	struct vxc_profile *p;
	unsigned int rank;

	map = kzalloc(sizeof(*map), GFP_KERNEL_ACCOUNT);
	if (!map)
		return NULL;

	for (p = map->profile[0]; p < map->profile[VXC_ENDS]; p++) {
		vxc_bucket_init(&p->green, rates->cir, cbs);
		vxc_bucket_init(&p->yellow, rates->eir, ebs);
		/* Filled by the coupling alone, it has no rate. */
		p->yellow.burst = ebs;
		p->coupled = rates->coupling;
	}
	for (rank = 1; rank <= VXC_RANK_MAX; rank++) {
		map->keep[rank][VXC_COLOR_GREEN] = keep(cbs, rank);
		map->keep[rank][VXC_COLOR_YELLOW] = keep(ebs, rank);
	}

	return map;
}

/* The buckets go on with what is in them. */
static void publish(struct vxc_envelope *e, struct vxc_envelope_map *map)
{
	struct vxc_envelope_map *old = rtnl_dereference(e->map);
	struct vxc_profile *p = map->profile[0];
	struct vxc_profile *had = old ? old->profile[0] : NULL;
	struct vxc_spent_line *line = e->line[0];
	u64 now;
	int i;

	/* What was made until now must be true until the buckets are told. */
	preempt_disable();
	now = ktime_get_ns();
	for (i = 0; i < VXC_ENDS * VXC_DIRS; i++) {
		vxc_bucket_start(&p[i].green, had ? &had[i].green : NULL,
				 &line[i].spent.green, now);
		vxc_bucket_start(&p[i].yellow, had ? &had[i].yellow : NULL,
				 &line[i].spent.yellow, now);
	}
	rcu_assign_pointer(e->map, map);
	preempt_enable();
	if (old)
		kfree_rcu(old, rcu);
}

static void envelope_free(struct vxc_envelope *e)
{
	struct vxc_envelope_map *map = rtnl_dereference(e->map);

	if (map)
		kfree_rcu(map, rcu);
	kfree_rcu(e, rcu);
}

struct envelope_change {
	struct vxc_change		change;
	struct vxc_envelope		*envelope;
	struct vxc_envelope_map		*map;	/* the new one */
	struct vxc_envelope_rates	old;
};

static void add_commit(struct vxc_txn *txn, struct vxc_change *change)
{
	struct envelope_change *c = (struct envelope_change *)change;

	vxc_event_envelope(txn->vn, c->envelope, VXC_EVENT_KIND_ADDED);
}

static void add_abort(struct vxc_txn *txn, struct vxc_change *change)
{
	struct envelope_change *c = (struct envelope_change *)change;

	if (!c->envelope)
		return;

	list_del(&c->envelope->list);
	txn->vn->nenvelopes--;
	envelope_free(c->envelope);
}

static void set_commit(struct vxc_txn *txn, struct vxc_change *change)
{
	struct envelope_change *c = (struct envelope_change *)change;

	publish(c->envelope, c->map);
	vxc_event_envelope(txn->vn, c->envelope, VXC_EVENT_KIND_CHANGED);
}

static void set_abort(struct vxc_txn *txn, struct vxc_change *change)
{
	struct envelope_change *c = (struct envelope_change *)change;

	if (!c->envelope)
		return;

	c->envelope->rates = c->old;
	kfree(c->map);
}

static void del_commit(struct vxc_txn *txn, struct vxc_change *change)
{
	struct envelope_change *c = (struct envelope_change *)change;

	vxc_event_envelope(txn->vn, c->envelope, VXC_EVENT_KIND_DELETED);
	envelope_free(c->envelope);
}

static void del_abort(struct vxc_txn *txn, struct vxc_change *change)
{
	struct envelope_change *c = (struct envelope_change *)change;

	vxc_list_show(&c->envelope->list);
	txn->vn->nenvelopes++;
}

static int check_rate(struct vxc_txn *txn, u16 bad, const char *what, u64 bps)
{
	char buf[24];

	if (bps >= VXC_RATE_MIN && bps <= VXC_RATE_MAX)
		return 0;

	return vxc_txn_refuse(txn, bad, -ERANGE,
			      "%s %s bit/s is not within 1k and 400G", what,
			      vxc_rate_name(bps, buf, sizeof(buf)));
}

static int check_burst(struct vxc_txn *txn, u16 bad, const char *what,
		       u32 bytes)
{
	u32 need = ETH_FRAME_LEN + VLAN_HLEN;

	if (!bytes || (bytes >= need && bytes <= VXC_BURST_MAX))
		return 0;

	return vxc_txn_refuse(txn, bad, -ERANGE,
			      "%s of %u bytes is not within one frame, %u, and %u: give 0 for the default",
			      what, bytes, need, VXC_BURST_MAX);
}

static int check(struct vxc_txn *txn, const struct vxc_envelope *e)
{
	const struct vxc_envelope_rates *rates = &e->rates;
	char buf[2][24];
	int err;

	err = check_rate(txn, VXC_A_ENVELOPE_CIR, "CIR", rates->cir);
	if (!err && rates->eir)
		err = check_rate(txn, VXC_A_ENVELOPE_EIR, "EIR", rates->eir);
	if (!err)
		err = check_burst(txn, VXC_A_ENVELOPE_CBS, "a CBS",
				  rates->cbs);
	if (!err)
		err = check_burst(txn, VXC_A_ENVELOPE_EBS, "an EBS",
				  rates->ebs);
	if (err || e->sold <= rates->cir)
		return err;

	return vxc_txn_refuse(txn, VXC_A_ENVELOPE_CIR, -ENOSPC,
			      "the CIRs of the %u circuits in envelope %s come to %s, more than %s",
			      e->nparts, e->name,
			      vxc_rate_name(e->sold, buf[0], sizeof(buf[0])),
			      vxc_rate_name(rates->cir, buf[1],
					    sizeof(buf[1])));
}

static void fill(struct vxc_envelope_rates *rates,
		 const struct vxc_envelope_cfg *cfg)
{
	if (cfg->given & VXC_ENVELOPE_CIR)
		rates->cir = cfg->rates.cir;
	if (cfg->given & VXC_ENVELOPE_CBS)
		rates->cbs = cfg->rates.cbs;
	if (cfg->given & VXC_ENVELOPE_EIR)
		rates->eir = cfg->rates.eir;
	if (cfg->given & VXC_ENVELOPE_EBS)
		rates->ebs = cfg->rates.ebs;
	if (cfg->given & VXC_ENVELOPE_COUPLING)
		rates->coupling = cfg->rates.coupling;
}

static int check_new(struct vxc_txn *txn, const struct vxc_envelope_cfg *cfg)
{
	/* A circuit is in the envelope "none" when it is in none. */
	if (!vxc_is_name(cfg->name) || !strcmp(cfg->name, "none"))
		return vxc_txn_refuse(txn, VXC_A_ENVELOPE_NAME, -EINVAL,
				      "\"%s\" is no name for an envelope: use letters, digits, '.', '_' and '-', and not none",
				      cfg->name);
	if (vxc_envelope_find(txn->vn, cfg->name))
		return vxc_txn_refuse(txn, VXC_A_ENVELOPE_NAME, -EEXIST,
				      "envelope %s exists already", cfg->name);
	if (!(cfg->given & VXC_ENVELOPE_CIR))
		return vxc_refuse(txn->extack, -EINVAL,
				  "an envelope needs a CIR");
	if (txn->vn->nenvelopes >= VXC_MAX_ENVELOPES)
		return vxc_refuse(txn->extack, -ENOSPC,
				  "a network namespace can have %u envelopes",
				  VXC_MAX_ENVELOPES);

	return 0;
}

/**
 * vxc_envelope_add() - Create an envelope
 * @txn: the transaction
 * @cfg: name, and what is given
 *
 * Return: 0 or an error.
 */
int vxc_envelope_add(struct vxc_txn *txn, const struct vxc_envelope_cfg *cfg)
{
	struct vxc_envelope_map *map;
	struct envelope_change *c;
	struct vxc_envelope *e;
	int err;

	err = check_new(txn, cfg);
	if (err)
		return err;

	c = vxc_txn_record(txn, sizeof(*c), add_commit, add_abort);
	if (!c)
		return -ENOMEM;

	e = kzalloc(sizeof(*e), GFP_KERNEL_ACCOUNT);
	if (!e)
		return -ENOMEM;

	strscpy(e->name, cfg->name, sizeof(e->name));
	INIT_LIST_HEAD(&e->parts);
	list_add_tail(&e->list, &txn->vn->envelopes);
	txn->vn->nenvelopes++;
	c->envelope = e;
	fill(&e->rates, cfg);
	err = check(txn, e);
	if (err)
		return err;

	map = compile(e);
	if (!map)
		return -ENOMEM;

	/* No circuit leads to it yet. */
	publish(e, map);
	return 0;
}

/**
 * vxc_envelope_set() - Change what an envelope has
 * @txn: the transaction
 * @envelope: the envelope
 * @cfg: what is to change
 *
 * Return: 0 or an error.
 */
int vxc_envelope_set(struct vxc_txn *txn, struct vxc_envelope *envelope,
		     const struct vxc_envelope_cfg *cfg)
{
	struct envelope_change *c;
	int err;

	c = vxc_txn_record(txn, sizeof(*c), set_commit, set_abort);
	if (!c)
		return -ENOMEM;

	c->old = envelope->rates;
	c->envelope = envelope;
	fill(&envelope->rates, cfg);
	err = check(txn, envelope);
	if (err)
		return err;

	c->map = compile(envelope);
	return c->map ? 0 : -ENOMEM;
}

/**
 * vxc_envelope_del() - Delete an envelope that no circuit is in
 * @txn: the transaction
 * @envelope: the envelope
 *
 * Return: 0 or an error.
 */
int vxc_envelope_del(struct vxc_txn *txn, struct vxc_envelope *envelope)
{
	struct envelope_change *c;
	struct vxc_part *first;

	first = list_first_entry_or_null(&envelope->parts, struct vxc_part,
					 list);
	if (first)
		return vxc_txn_refuse(txn, VXC_A_ENVELOPE_NAME, -EBUSY,
				      "circuit %s is in envelope %s%s",
				      first->circuit->name, envelope->name,
				      envelope->nparts > 1 ?
				      ", and it is not the only one" : "");

	c = vxc_txn_record(txn, sizeof(*c), del_commit, del_abort);
	if (!c)
		return -ENOMEM;

	c->envelope = envelope;
	vxc_list_hide(&envelope->list);
	txn->vn->nenvelopes--;
	return 0;
}

/* The namespace goes, and all its circuits are gone. */
void vxc_envelope_exit(struct vxc_net *vn)
{
	struct vxc_envelope *e, *next;

	list_for_each_entry_safe(e, next, &vn->envelopes, list) {
		list_del(&e->list);
		vn->nenvelopes--;
		envelope_free(e);
	}
}
