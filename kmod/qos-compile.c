// SPDX-License-Identifier: GPL-2.0
/*
 * From the configuration of bandwidth and classes to what the data path has
 * of it, for each leg. All under rtnl, in the steps of a transaction: compile
 * may fail, publish cannot.
 */
#include <linux/slab.h>

#include "vxc.h"

/*
 * The burst that is enough for TCP. A sender next door fills the bucket's room
 * at the speed of its link and loses the rest of the window, so that it has to
 * wait for its timer, for 200 ms: what is made meanwhile must find room, or is
 * lost for good. Where that is too much for any switch on the way it is 25 ms,
 * and one sender is too slow for it anyway. And it is never less than a few of
 * the largest packets that the stack hands out at once.
 */
#define BURST_MS	25
#define BURST_TCP_MS	250
#define BURST_TCP_MAX	(32 * 1024 * 1024)
#define BURST_PACKETS	4

/* Without regard to packets. */
u64 vxc_rate_burst(u64 bps)
{
	u64 ms = div_u64(bps, BITS_PER_BYTE * MSEC_PER_SEC);

	return max_t(u64, ms * BURST_MS,
		     min_t(u64, ms * BURST_TCP_MS, BURST_TCP_MAX));
}

/* In bytes, for a rate on a leg. */
u32 vxc_default_burst(const struct vxc_leg *leg, u64 bps)
{
	const struct net_device *dev = leg->at.port->dev;
	u64 packet = GSO_LEGACY_MAX_SIZE, burst;
	u32 mtu = ETH_DATA_LEN;

	if (dev) {
		mtu = dev->mtu;
		packet = max_t(u64, READ_ONCE(dev->gso_max_size), mtu);
	}
	/* On the wire each segment has its headers. */
	packet += div_u64(packet, mtu) * (ETH_HLEN + 2 * VLAN_HLEN + 60);
	burst = max_t(u64, vxc_rate_burst(bps), packet * BURST_PACKETS);
	return min_t(u64, burst, VXC_BURST_MAX);
}

/* What the bandwidth is now. */
u64 vxc_qos_bandwidth(const struct vxc_qos_cfg *cfg)
{
	return cfg->burst_to ? cfg->burst_to : cfg->bandwidth;
}

u64 vxc_class_cir(const struct vxc_qos_cfg *cfg, const struct vxc_class *class)
{
	if (!class->share)
		return class->cir;

	return div_u64(vxc_qos_bandwidth(cfg), 100) * class->share;
}

/**
 * vxc_qos_burst() - Burst of the circuit's bandwidth on a leg
 * @leg: the leg
 *
 * Return: bytes, 0 without a bandwidth.
 */
u32 vxc_qos_burst(const struct vxc_leg *leg)
{
	const struct vxc_qos_cfg *cfg = leg->circuit->qos;

	if (!cfg || !cfg->bandwidth)
		return 0;

	if (cfg->burst)
		return cfg->burst;

	return vxc_default_burst(leg, vxc_qos_bandwidth(cfg));
}

/* The state of a class that the leg has or had, or NULL. */
struct vxc_class_state *vxc_class_find(struct vxc_metered *m, const char *name)
{
	struct vxc_class_state *state;

	list_for_each_entry(state, &m->classes, list)
		if (!strcmp(state->name, name))
			return state;

	return NULL;
}

/* It stays, also when the transaction is taken back: it has counted nothing. */
static struct vxc_class_state *get_state(struct vxc_metered *m,
					 const char *name)
{
	struct vxc_class_state *state = vxc_class_find(m, name);

	if (state)
		return state;

	state = kzalloc(sizeof(*state), GFP_KERNEL_ACCOUNT);
	if (!state)
		return NULL;

	state->colors = netdev_alloc_pcpu_stats(struct vxc_pcpu_colors);
	if (!state->colors) {
		kfree(state);
		return NULL;
	}

	strscpy(state->name, name, sizeof(state->name));
	list_add_tail(&state->list, &m->classes);
	m->nclasses++;
	return state;
}

static struct vxc_metered *get_metered(struct vxc_leg *leg)
{
	struct vxc_metered *m = leg->metered;

	if (m)
		return m;

	m = kzalloc(sizeof(*m), GFP_KERNEL_ACCOUNT);
	if (!m)
		return NULL;

	INIT_LIST_HEAD(&m->classes);
	leg->metered = m;
	return m;
}

static void fill_profiles(struct vxc_qos *q, const struct vxc_leg *leg,
			  const struct vxc_qos_cfg *cfg)
{
	u64 bps = vxc_qos_bandwidth(cfg);
	u64 more = div_u64(bps * cfg->tolerance, 100);
	u32 burst = vxc_qos_burst(leg), ebs;
	struct vxc_profile *p = q->circuit;
	int dir;

	if (!bps)
		return;

	q->flags |= VXC_QOS_METER;
	if (q->flags & VXC_QOS_PROFILES) {
		bps = min_t(u64, bps + more, VXC_RATE_MAX);
		more = 0;
	}
	if (more < VXC_RATE_MIN)
		more = 0;
	ebs = cfg->burst ? cfg->burst : vxc_default_burst(leg, more);
	for (dir = 0; dir < VXC_DIRS; dir++) {
		vxc_bucket_init(&p[dir].green, bps, burst);
		vxc_bucket_init(&p[dir].yellow, more, ebs);
		p[dir].coupled = cfg->coupling;
	}
}

/* The lower a class, the more it has to leave: it is the first without. */
static void fill_class(struct vxc_flow *flow, const struct vxc_leg *leg,
		       const struct vxc_qos_cfg *cfg, int rank)
{
	const struct vxc_class *class = &cfg->class[rank];
	u64 cir = vxc_class_cir(cfg, class);
	u64 eir = class->eir ? class->eir : vxc_qos_bandwidth(cfg);
	u32 cbs = class->cbs ? class->cbs : vxc_default_burst(leg, cir);
	u32 ebs = class->ebs ? class->ebs : vxc_default_burst(leg, eir);
	int above = cfg->nclasses - 1 - rank, dir;

	if (above)
		flow->keep = div_u64((u64)vxc_qos_burst(leg) * above,
				     2 * (cfg->nclasses - 1));
	for (dir = 0; dir < VXC_DIRS; dir++) {
		vxc_bucket_init(&flow->profile[dir].green, cir, cbs);
		vxc_bucket_init(&flow->profile[dir].yellow, eir, ebs);
		flow->profile[dir].coupled = class->coupling;
	}
}

static void fill_tables(struct vxc_qos *q, const struct vxc_qos_cfg *cfg)
{
	u64 listed = 0;
	int i, bit;

	for (i = 0; i < cfg->nclasses; i++) {
		const struct vxc_class *class = &cfg->class[i];

		for (bit = 0; bit < VXC_DSCPS; bit++)
			if (class->dscp & BIT_ULL(bit))
				q->class[bit] = i;
		for (bit = 0; bit < VXC_PCPS; bit++)
			if (class->from_pcp & BIT(bit))
				q->class_pcp[bit] = i;
		q->flow[i].tci = class->pcp << VLAN_PRIO_SHIFT;
		q->flow[i].priority = class->pcp;
		listed |= class->dscp;
	}

	q->flags |= VXC_QOS_CLASSES;
	if (listed)
		q->flags |= VXC_QOS_BY_DSCP;
	if (cfg->unlisted == VXC_UNLISTED_CLEAR)
		q->flags |= VXC_QOS_REWRITE;
	for (bit = 0; bit < VXC_DSCPS; bit++)
		q->dscp[bit] = listed & BIT_ULL(bit) ||
			       cfg->unlisted == VXC_UNLISTED_KEEP ? bit : 0;
}

static void fill_colors(struct vxc_qos *q, const struct vxc_qos_cfg *cfg)
{
	if (cfg->color_mode != VXC_COLOR_MODE_AWARE)
		return;

	q->flags |= VXC_QOS_AWARE;
	q->yellow_pcp = cfg->yellow_pcp;
	q->yellow_dscp = cfg->yellow_dscp;
	if (q->yellow_dscp)
		q->flags |= VXC_QOS_YELLOW_DSCP;
}

static bool has_profiles(const struct vxc_qos_cfg *cfg)
{
	int i;

	for (i = 0; i < cfg->nclasses; i++)
		if (cfg->class[i].cir || cfg->class[i].share ||
		    cfg->class[i].eir)
			return cfg->bandwidth;

	return false;
}

/* No bucket of what a green frame meets is another's, or fills another. */
static bool is_quick(const struct vxc_qos_cfg *cfg)
{
	int i;

	for (i = 0; i < cfg->nclasses; i++)
		if (cfg->class[i].coupling)
			return false;

	return cfg->bandwidth && !cfg->coupling && !cfg->part;
}

static int fill_flows(struct vxc_qos *q, const struct vxc_leg *leg,
		      const struct vxc_qos_cfg *cfg,
		      struct netlink_ext_ack *extack)
{
	struct vxc_metered *m = q->metered;
	const char *name;
	int i;

	for (i = 0; i < q->nclasses; i++) {
		name = cfg->class[i].name;
		if (m->nclasses == VXC_CLASS_STATES && !vxc_class_find(m, name))
			return vxc_refuse(extack, -ENOSPC,
					  "leg %s of circuit %s counts for %u classes already: use names that it has had",
					  vxc_role_name(leg->role),
					  leg->circuit->name, m->nclasses);
		q->flow[i].state = get_state(m, name);
		if (!q->flow[i].state)
			return -ENOMEM;
		q->flow[i].colors = q->flow[i].state->colors;
		if (q->flags & VXC_QOS_PROFILES)
			fill_class(&q->flow[i], leg, cfg, i);
	}

	return 0;
}

/**
 * vxc_qos_compile() - Prepare what the data path has of a leg's bandwidth
 * @leg: the leg; the result is its next_qos
 * @extack: where a refusal goes
 *
 * Return: 0 or an error.
 */
int vxc_qos_compile(struct vxc_leg *leg, struct netlink_ext_ack *extack)
{
	const struct vxc_qos_cfg *cfg = leg->circuit->qos;
	struct vxc_metered *m;
	struct vxc_qos *q;
	int n, err = -ENOMEM;

	if (!cfg || (!cfg->bandwidth && !cfg->nclasses))
		return 0;

	n = max_t(int, cfg->nclasses, 1);
	m = get_metered(leg);
	q = kzalloc(struct_size(q, flow, n), GFP_KERNEL_ACCOUNT);
	if (!m || !q)
		goto err_free;

	q->metered = m;
	q->nclasses = n;
	q->overhead = cfg->overhead;
	q->end = leg->end->which;
	q->part = cfg->part;
	if (q->part)
		q->flags |= VXC_QOS_ENVELOPE;
	fill_colors(q, cfg);
	if (has_profiles(cfg))
		q->flags |= VXC_QOS_PROFILES;
	fill_profiles(q, leg, cfg);
	if (cfg->nclasses)
		fill_tables(q, cfg);
	err = fill_flows(q, leg, cfg, extack);
	if (err)
		goto err_free;
	if (is_quick(cfg))
		q->flags |= VXC_QOS_QUICK;

	leg->next_qos = q;
	return 0;

err_free:
	kfree(q);
	return err;
}

static void start(struct vxc_profile *p, struct vxc_profile *old,
		  struct vxc_spent *spent, u64 now)
{
	vxc_bucket_start(&p->green, old ? &old->green : NULL, &spent->green,
			 now);
	vxc_bucket_start(&p->yellow, old ? &old->yellow : NULL,
			 &spent->yellow, now);
}

static void stop(struct vxc_profile *p, struct vxc_spent *spent, u64 now)
{
	vxc_bucket_stop(&p->green, &spent->green, now);
	vxc_bucket_stop(&p->yellow, &spent->yellow, now);
}

static struct vxc_flow *find_flow(struct vxc_qos *q,
				  const struct vxc_class_state *state)
{
	int i;

	for (i = 0; q && i < q->nclasses; i++)
		if (q->flow[i].state == state)
			return &q->flow[i];

	return NULL;
}

static void publish_flows(struct vxc_qos *q, struct vxc_qos *old, int dir,
			  u64 now)
{
	struct vxc_flow *flow, *had;
	int i;

	for (i = 0; old && i < old->nclasses; i++) {
		had = &old->flow[i];
		if (!find_flow(q, had->state))
			stop(&had->profile[dir],
			     &had->state->dir[dir].spent, now);
	}
	for (i = 0; q && i < q->nclasses; i++) {
		flow = &q->flow[i];
		had = find_flow(old, flow->state);
		start(&flow->profile[dir], had ? &had->profile[dir] : NULL,
		      &flow->state->dir[dir].spent, now);
	}
}

/**
 * vxc_qos_publish() - Let a leg's bandwidth take over from what there was
 * @leg: the leg
 *
 * The buckets go on with what is in them. Its paths are published next; then
 * vxc_qos_discard() frees the old one, which is in next_qos.
 */
void vxc_qos_publish(struct vxc_leg *leg)
{
	struct vxc_qos *old = leg->qos, *q = leg->next_qos;
	u64 now;
	int dir;

	/* What was made until now must be true until the buckets are told. */
	preempt_disable();
	now = ktime_get_ns();

	for (dir = 0; dir < VXC_DIRS; dir++) {
		if (q)
			start(&q->circuit[dir], old ? &old->circuit[dir] : NULL,
			      &q->metered->dir[dir].spent, now);
		else if (old)
			stop(&old->circuit[dir], &old->metered->dir[dir].spent,
			     now);
		publish_flows(q, old, dir, now);
	}
	preempt_enable();
	swap(leg->qos, leg->next_qos);
}

/* Free what is not, or not any more, in use. */
void vxc_qos_discard(struct vxc_leg *leg)
{
	struct vxc_qos *q = leg->next_qos;

	leg->next_qos = NULL;
	if (q)
		kfree_rcu(q, rcu);
}

/* The leg goes, after a grace period. */
void vxc_qos_free(struct vxc_leg *leg)
{
	struct vxc_class_state *state, *next;

	kfree(leg->qos);
	if (!leg->metered)
		return;

	list_for_each_entry_safe(state, next, &leg->metered->classes, list) {
		free_percpu(state->colors);
		kfree(state);
	}
	kfree(leg->metered);
}
