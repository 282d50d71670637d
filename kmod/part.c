// SPDX-License-Identifier: GPL-2.0
/*
 * What a circuit has of an envelope. All under rtnl, in the steps of a
 * transaction, but for the meter, which runs in softirq under RCU.
 */
#include <linux/slab.h>

#include "txn.h"

/**
 * vxc_part_meter() - The color of a frame by the circuit's envelope
 * @part: the circuit's part of it
 * @end: end of the circuit
 * @dir: direction
 * @now: time in nanoseconds
 * @len: length in bytes
 * @color: color by the circuit's own meter, green or yellow
 * @due: it is within the CIR of its class
 *
 * Return: enum vxc_color.
 */
u8 vxc_part_meter(struct vxc_part *part, u8 end, int dir, u64 now, u32 len,
		  u8 color, bool due)
{
	struct vxc_envelope *e = part->envelope;
	const struct vxc_envelope_map *all;
	const struct vxc_part_map *map;

	map = rcu_dereference_check(part->map, rcu_read_lock_bh_held());
	all = rcu_dereference_check(e->map, rcu_read_lock_bh_held());
	return vxc_meter_shared(&map->cir[end][dir],
				&part->line[end][dir].spent.green,
				&all->profile[end][dir],
				&e->line[end][dir].spent,
				all->keep[map->rank], now, len, color, due);
}

/* A step of a circuit into an envelope, or out of it. */
struct part_change {
	struct vxc_change		change;
	struct vxc_part			*part;
};

static void show(struct vxc_part *part)
{
	part->envelope->nparts++;
	part->envelope->sold += part->sold;
}

static void hide(struct vxc_part *part)
{
	vxc_list_hide(&part->list);
	part->envelope->nparts--;
	part->envelope->sold -= part->sold;
}

/* Freed after a grace period. */
void vxc_part_free(struct vxc_part *part)
{
	struct vxc_part_map *map = rcu_dereference_protected(part->map, true);

	if (map)
		kfree_rcu(map, rcu);
	kfree_rcu(part, rcu);
}

static void join_commit(struct vxc_txn *txn, struct vxc_change *change)
{
}

static void join_abort(struct vxc_txn *txn, struct vxc_change *change)
{
	struct part_change *c = (struct part_change *)change;

	if (!c->part)
		return;

	hide(c->part);
	vxc_part_free(c->part);
}

static void leave_commit(struct vxc_txn *txn, struct vxc_change *change)
{
	struct part_change *c = (struct part_change *)change;

	vxc_part_free(c->part);
}

static void leave_abort(struct vxc_txn *txn, struct vxc_change *change)
{
	struct part_change *c = (struct part_change *)change;

	vxc_list_show(&c->part->list);
	show(c->part);
}

static int leave(struct vxc_txn *txn, struct vxc_qos_cfg *cfg)
{
	struct part_change *c;

	c = vxc_txn_record(txn, sizeof(*c), leave_commit, leave_abort);
	if (!c)
		return -ENOMEM;

	c->part = cfg->part;
	hide(c->part);
	cfg->part = NULL;
	cfg->cir = 0;
	cfg->cbs = 0;
	cfg->rank = 0;
	return 0;
}

static int join(struct vxc_txn *txn, struct vxc_circuit *circuit,
		struct vxc_qos_cfg *cfg, struct vxc_envelope *e)
{
	struct part_change *c;
	struct vxc_part *part;

	if (e->nparts >= VXC_ENVELOPE_CIRCUITS_MAX)
		return vxc_txn_refuse(txn, VXC_A_CIRCUIT_ENVELOPE, -ENOSPC,
				      "envelope %s has %u circuits already",
				      e->name, e->nparts);

	c = vxc_txn_record(txn, sizeof(*c), join_commit, join_abort);
	if (!c)
		return -ENOMEM;

	part = kzalloc(sizeof(*part), GFP_KERNEL_ACCOUNT);
	if (!part)
		return -ENOMEM;

	part->circuit = circuit;
	part->envelope = e;
	list_add_tail(&part->list, &e->parts);
	show(part);
	c->part = part;
	cfg->part = part;
	cfg->rank = 1;
	return 0;
}

static int move(struct vxc_txn *txn, struct vxc_circuit *circuit,
		struct vxc_qos_cfg *cfg, const char *name)
{
	struct vxc_envelope *e = NULL;
	int err = 0;

	if (*name) {
		e = vxc_envelope_find(txn->vn, name);
		if (!e)
			return vxc_txn_refuse(txn, VXC_A_CIRCUIT_ENVELOPE,
					      -ENOENT,
					      "there is no envelope %s", name);
	}
	if (e == (cfg->part ? cfg->part->envelope : NULL))
		return 0;

	if (cfg->part)
		err = leave(txn, cfg);
	if (!err && e)
		err = join(txn, circuit, cfg, e);
	return err;
}

/* What the configuration has of its envelope is what that has sold. */
void vxc_part_sell(const struct vxc_qos_cfg *cfg)
{
	if (!cfg || !cfg->part)
		return;

	cfg->part->envelope->sold += cfg->cir - cfg->part->sold;
	cfg->part->sold = cfg->cir;
}

/**
 * vxc_part_set() - Move a circuit between envelopes, or change its part
 * @txn: the transaction
 * @circuit: the circuit
 * @cfg: its configuration, which the transaction has begun to change
 * @want: what is given
 *
 * Return: 0 or an error.
 */
int vxc_part_set(struct vxc_txn *txn, struct vxc_circuit *circuit,
		 struct vxc_qos_cfg *cfg, const struct vxc_part_cfg *want)
{
	int err;

	if (want->given & VXC_PART_ENVELOPE) {
		err = move(txn, circuit, cfg, want->envelope);
		if (err)
			return err;
	}
	if (!cfg->part && want->given & ~VXC_PART_ENVELOPE)
		return vxc_txn_refuse(txn, want->given & VXC_PART_CIR ?
				      VXC_A_CIRCUIT_CIR :
				      want->given & VXC_PART_CBS ?
				      VXC_A_CIRCUIT_CBS : VXC_A_CIRCUIT_RANK,
				      -EINVAL,
				      "CIR, CBS and rank are for a circuit in an envelope, and %s is in none",
				      circuit->name);

	if (want->given & VXC_PART_CIR)
		cfg->cir = want->cir;
	if (want->given & VXC_PART_CBS)
		cfg->cbs = want->cbs;
	if (want->given & VXC_PART_RANK)
		cfg->rank = want->rank;
	return 0;
}

/**
 * vxc_part_check() - Does a circuit fit into its envelope?
 * @txn: the transaction
 * @circuit: the circuit, after all that an operation does to it
 *
 * Return: 0 or an error.
 */
int vxc_part_check(struct vxc_txn *txn, const struct vxc_circuit *circuit)
{
	const struct vxc_qos_cfg *cfg = circuit->qos;
	const struct vxc_envelope *e;
	char buf[3][24];

	if (!cfg->part)
		return 0;

	e = cfg->part->envelope;
	if (!cfg->bandwidth)
		return vxc_txn_refuse(txn, VXC_A_CIRCUIT_BANDWIDTH, -EINVAL,
				      "circuit %s needs a bandwidth, the most that it can have of envelope %s",
				      circuit->name, e->name);
	if (cfg->cir && cfg->cir < VXC_RATE_MIN)
		return vxc_txn_refuse(txn, VXC_A_CIRCUIT_CIR, -ERANGE,
				      "CIR %llu bit/s is below 1k", cfg->cir);
	if (cfg->cir > cfg->bandwidth)
		return vxc_txn_refuse(txn, VXC_A_CIRCUIT_CIR, -EINVAL,
				      "CIR %s of circuit %s is more than its bandwidth %s",
				      vxc_rate_name(cfg->cir, buf[0],
						    sizeof(buf[0])),
				      circuit->name,
				      vxc_rate_name(cfg->bandwidth, buf[1],
						    sizeof(buf[1])));
	if (e->sold <= e->rates.cir)
		return 0;

	return vxc_txn_refuse(txn, VXC_A_CIRCUIT_CIR, -ENOSPC,
			      "envelope %s has a CIR of %s; the circuits in it would have %s, of which %s has %s",
			      e->name, vxc_rate_name(e->rates.cir, buf[0],
						     sizeof(buf[0])),
			      vxc_rate_name(e->sold, buf[1], sizeof(buf[1])),
			      circuit->name,
			      vxc_rate_name(cfg->cir, buf[2], sizeof(buf[2])));
}

/**
 * vxc_part_leave() - A circuit that is to be deleted leaves its envelope
 * @txn: the transaction
 * @circuit: the circuit
 *
 * Return: 0 or an error.
 */
int vxc_part_leave(struct vxc_txn *txn, struct vxc_circuit *circuit)
{
	struct vxc_qos_cfg *cfg = circuit->qos;

	if (!cfg || !cfg->part)
		return 0;

	cfg = vxc_qos_change(txn, circuit, false);
	return cfg ? leave(txn, cfg) : -ENOMEM;
}

/**
 * vxc_part_compile() - Prepare what the data path has of a circuit's part
 * @circuit: the circuit
 *
 * Return: 0 or -ENOMEM.
 */
int vxc_part_compile(struct vxc_circuit *circuit)
{
	const struct vxc_qos_cfg *cfg = circuit->qos;
	const struct vxc_leg *leg;
	struct vxc_part_map *map;
	struct vxc_bucket *b;
	unsigned int i = 0;
	u32 cbs = 0;

	if (!cfg || !cfg->part)
		return 0;

	map = kzalloc(sizeof(*map), GFP_KERNEL_ACCOUNT);
	if (!map)
		return -ENOMEM;

	while ((leg = vxc_next_leg(circuit, &i)))
		cbs = max(cbs, cfg->cbs ? cfg->cbs :
					  vxc_default_burst(leg, cfg->cir));
	for (b = map->cir[0]; b < map->cir[VXC_ENDS]; b++)
		vxc_bucket_init(b, cfg->cir, cbs);
	map->rank = cfg->rank;
	cfg->part->next = map;
	return 0;
}

/**
 * vxc_part_publish() - Let a circuit's part take over from what there was
 * @circuit: the circuit
 *
 * What leads to it is published next; then vxc_part_discard() frees the old
 * one, which is in next.
 */
void vxc_part_publish(struct vxc_circuit *circuit)
{
	struct vxc_part *part = circuit->qos ? circuit->qos->part : NULL;
	struct vxc_part_map *map, *old;
	struct vxc_spent_line *line;
	u64 now;
	int i;

	if (!part || !part->next)
		return;

	map = part->next;
	line = part->line[0];
	old = rtnl_dereference(part->map);
	/* What was made until now must be true until the buckets are told. */
	preempt_disable();
	now = ktime_get_ns();
	for (i = 0; i < VXC_ENDS * VXC_DIRS; i++)
		vxc_bucket_start(&map->cir[0][0] + i,
				 old ? &old->cir[0][0] + i : NULL,
				 &line[i].spent.green, now);
	rcu_assign_pointer(part->map, map);
	preempt_enable();
	part->next = old;
}

/* Free what is not, or not any more, in use. */
void vxc_part_discard(struct vxc_circuit *circuit)
{
	struct vxc_part *part = circuit->qos ? circuit->qos->part : NULL;
	struct vxc_part_map *map;

	if (!part || !part->next)
		return;

	map = part->next;
	part->next = NULL;
	kfree_rcu(map, rcu);
}
