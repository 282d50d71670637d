// SPDX-License-Identifier: GPL-2.0
/*
 * Bandwidth and classes configured. A change makes a new configuration, which
 * a transaction puts in the place of the old one. All under rtnl.
 */
#include <linux/slab.h>

#include "txn.h"

struct qos_change {
	struct vxc_change		change;
	struct vxc_circuit		*circuit;
	struct vxc_qos_cfg		*old;
	bool				made;
	bool				tell;
};

/* 1200000000 is 1200M: no digit is lost. */
const char *vxc_rate_name(u64 bps, char *buf, size_t len)
{
	static const char unit[] = "\0kMGT";
	u32 rem = 0;
	u64 next;
	int i;

	for (i = 0; i < 4 && bps; i++) {
		next = div_u64_rem(bps, 1000, &rem);
		if (rem)
			break;
		bps = next;
	}
	snprintf(buf, len, "%llu%.1s", bps, &unit[i]);
	return buf;
}

/* The rest of a time with a higher bandwidth, in milliseconds. */
u32 vxc_qos_burst_left(const struct vxc_circuit *circuit)
{
	const struct vxc_qos_cfg *cfg = circuit->qos;
	u64 now = ktime_get_ns();

	if (!cfg || !cfg->burst_to || cfg->burst_end <= now)
		return 0;

	return div_u64(cfg->burst_end - now + NSEC_PER_MSEC - 1, NSEC_PER_MSEC);
}

/* Ends the time of a higher bandwidth. */
struct vxc_burst {
	struct delayed_work		work;
	struct vxc_circuit		*circuit;
};

/* Nothing waits any more; the work may run and hold its own reference. */
void vxc_qos_exit(struct vxc_circuit *circuit)
{
	if (circuit->burst && cancel_delayed_work(&circuit->burst->work))
		vxc_circuit_put(circuit);
}

static void arm(struct vxc_circuit *circuit)
{
	const struct vxc_qos_cfg *cfg = circuit->qos;
	unsigned long delay;

	if (!cfg || !cfg->burst_to) {
		vxc_qos_exit(circuit);
		return;
	}

	delay = msecs_to_jiffies(vxc_qos_burst_left(circuit));
	refcount_inc(&circuit->refs);
	if (mod_delayed_work(vxc_wq, &circuit->burst->work, delay))
		refcount_dec(&circuit->refs);
}

static void change_commit(struct vxc_txn *txn, struct vxc_change *change)
{
	struct qos_change *c = (struct qos_change *)change;

	if (!c->made)
		return;

	kfree(c->old);
	arm(c->circuit);
	if (c->tell)
		vxc_event_circuit(c->circuit, VXC_EVENT_KIND_CHANGED);
}

static void change_abort(struct vxc_txn *txn, struct vxc_change *change)
{
	struct qos_change *c = (struct qos_change *)change;

	if (!c->made)
		return;

	kfree(c->circuit->qos);
	c->circuit->qos = c->old;
	vxc_part_sell(c->old);
	vxc_qos_sell(c->circuit);
}

/**
 * vxc_qos_change() - Begin a change of bandwidth or classes
 * @txn: the transaction
 * @circuit: the circuit
 * @tell: no other step of the operation makes an event
 *
 * Return: a copy of the configuration, in its place, or NULL without memory.
 */
struct vxc_qos_cfg *vxc_qos_change(struct vxc_txn *txn,
				   struct vxc_circuit *circuit, bool tell)
{
	struct vxc_qos_cfg *cfg;
	struct qos_change *c;

	c = vxc_txn_record(txn, sizeof(*c), change_commit, change_abort);
	if (!c)
		return NULL;

	cfg = kzalloc(sizeof(*cfg), GFP_KERNEL_ACCOUNT);
	if (!cfg)
		return NULL;

	if (circuit->qos)
		*cfg = *circuit->qos;
	c->circuit = circuit;
	c->old = circuit->qos;
	c->made = true;
	c->tell = tell;
	circuit->qos = cfg;
	vxc_txn_touch(txn, circuit);
	return cfg;
}

static int check_rate(struct vxc_txn *txn, u16 bad, const char *what, u64 bps)
{
	char buf[24];

	if (!bps || (bps >= VXC_RATE_MIN && bps <= VXC_RATE_MAX))
		return 0;

	return vxc_txn_refuse(txn, bad, -ERANGE,
			      "%s %s bit/s is not within 1k and 400G", what,
			      vxc_rate_name(bps, buf, sizeof(buf)));
}

/* A frame that is longer than the burst would never pass. */
static int check_burst(struct vxc_txn *txn, u16 bad, const char *what,
		       u32 burst, const struct vxc_leg *leg)
{
	const struct net_device *dev = leg->at.port->dev;
	u32 need = ETH_DATA_LEN;

	if (dev)
		need = dev->mtu;
	need += ETH_HLEN + VLAN_HLEN + leg->circuit->qos->overhead;
	if (!burst || (burst >= need && burst <= VXC_BURST_MAX))
		return 0;
	if (burst > VXC_BURST_MAX)
		return vxc_txn_refuse(txn, bad, -ERANGE,
				      "%s of %u bytes is above %u", what,
				      burst, VXC_BURST_MAX);

	return vxc_txn_refuse(txn, bad, -ERANGE,
			      "%s of %u bytes is below one frame of port %s: give at least %u, or 0 for the default",
			      what, burst, leg->at.port->name, need);
}

static int check_cirs(struct vxc_txn *txn, const struct vxc_circuit *circuit)
{
	const struct vxc_qos_cfg *cfg = circuit->qos;
	u64 bandwidth = vxc_qos_bandwidth(cfg);
	const char *what = "bandwidth";
	u64 sum = 0, most = 0;
	const char *name = "";
	char buf[2][24];
	u64 cir;
	int i;

	for (i = 0; i < cfg->nclasses; i++) {
		cir = vxc_class_cir(cfg, &cfg->class[i]);
		sum += cir;
		if (cir < most)
			continue;
		most = cir;
		name = cfg->class[i].name;
	}
	if (cfg->part && cfg->cir < bandwidth) {
		bandwidth = cfg->cir;
		what = "CIR in its envelope,";
	}
	if (!sum || sum <= bandwidth)
		return 0;
	if (!bandwidth && !cfg->part)
		return vxc_refuse(txn->extack, -EINVAL,
				  "class %s of circuit %s has a CIR, so the circuit needs a bandwidth",
				  name, circuit->name);

	return vxc_refuse(txn->extack, -EINVAL,
			  "the CIRs of circuit %s come to %s, more than its %s %s; the largest is that of class %s",
			  circuit->name,
			  vxc_rate_name(sum, buf[0], sizeof(buf[0])), what,
			  vxc_rate_name(bandwidth, buf[1], sizeof(buf[1])),
			  name);
}

/**
 * vxc_qos_check() - Do bandwidth and classes fit a circuit and its ports?
 * @txn: the transaction; a refusal is of an attribute of the circuit
 * @circuit: the circuit, after all that an operation does to it
 *
 * Return: 0 or an error.
 */
int vxc_qos_check(struct vxc_txn *txn, struct vxc_circuit *circuit)
{
	const struct vxc_qos_cfg *cfg = circuit->qos;
	const struct vxc_leg *leg;
	unsigned int place = 0;
	int i, err = 0;

	if (!cfg)
		return 0;

	while (!err && (leg = vxc_next_leg(circuit, &place))) {
		err = check_burst(txn, VXC_A_CIRCUIT_BURST, "a burst",
				  cfg->burst, leg);
		for (i = 0; i < cfg->nclasses && !err; i++) {
			err = check_burst(txn, 0, "a CBS", cfg->class[i].cbs,
					  leg);
			if (!err)
				err = check_burst(txn, 0, "an EBS",
						  cfg->class[i].ebs, leg);
		}
		if (!err)
			err = check_burst(txn, VXC_A_CIRCUIT_CBS, "a CBS",
					  cfg->cbs, leg);
	}
	if (!err)
		err = vxc_part_check(txn, circuit);

	return err ? err : check_cirs(txn, circuit);
}

/* The same where the operation is on something else, with @bad of that. */
int vxc_qos_check_part(struct vxc_txn *txn, struct vxc_circuit *circuit,
		       u16 bad)
{
	int err = vxc_qos_check(txn, circuit);

	if (err)
		txn->bad = bad;
	return err;
}

static int end_burst(struct vxc_txn *txn, struct vxc_circuit *circuit)
{
	struct vxc_qos_cfg *cfg = vxc_qos_change(txn, circuit, true);

	if (!cfg)
		return -ENOMEM;

	cfg->burst_to = 0;
	vxc_qos_sell(circuit);
	return 0;
}

/* The time of a higher bandwidth is over. Without memory it lasts longer. */
static void burst_ends(struct work_struct *work)
{
	struct vxc_burst *burst = container_of(to_delayed_work(work),
					       struct vxc_burst, work);
	struct vxc_circuit *circuit = burst->circuit;
	struct vxc_txn txn;

	rtnl_lock();
	if (!circuit->vn || !circuit->qos || !circuit->qos->burst_to)
		goto out;
	/* It has been made longer, or jiffies are a little early. */
	if (vxc_qos_burst_left(circuit)) {
		arm(circuit);
		goto out;
	}

	vxc_txn_begin(&txn, circuit->vn, NULL, NULL);
	if (vxc_txn_end(&txn, end_burst(&txn, circuit))) {
		refcount_inc(&circuit->refs);
		if (!queue_delayed_work(vxc_wq, &burst->work, HZ))
			refcount_dec(&circuit->refs);
	}
out:
	rtnl_unlock();
	vxc_circuit_put(circuit);
}

/* Most circuits never have one; it stays as long as the circuit does. */
static int prepare_burst(struct vxc_circuit *circuit)
{
	struct vxc_burst *burst;

	if (circuit->burst)
		return 0;

	burst = kzalloc(sizeof(*burst), GFP_KERNEL_ACCOUNT);
	if (!burst)
		return -ENOMEM;

	INIT_DELAYED_WORK(&burst->work, burst_ends);
	burst->circuit = circuit;
	circuit->burst = burst;
	return 0;
}

static int set_burst(struct vxc_txn *txn, struct vxc_qos_cfg *cfg,
		     const struct vxc_circuit_cfg *want)
{
	u32 given = want->given & (VXC_CIRCUIT_BURST_TO |
				   VXC_CIRCUIT_BURST_FOR);
	char buf[2][24];

	if (!given)
		goto check;
	if (given == VXC_CIRCUIT_BURST_TO && !want->burst_to) {
		cfg->burst_to = 0;
		return 0;
	}
	if (given != (VXC_CIRCUIT_BURST_TO | VXC_CIRCUIT_BURST_FOR))
		return vxc_txn_refuse(txn, VXC_A_CIRCUIT_BURST_TO, -EINVAL,
				      "burst-to and how long it lasts go together");
	if (!want->burst_for || want->burst_for > VXC_BURST_TIME_MAX)
		return vxc_txn_refuse(txn, VXC_A_CIRCUIT_BURST_FOR, -ERANGE,
				      "a higher bandwidth can last 1 ms to 31 days, not %u ms",
				      want->burst_for);

	cfg->burst_to = want->burst_to;
	cfg->burst_end = ktime_get_ns() + (u64)want->burst_for * NSEC_PER_MSEC;
check:
	if (!cfg->burst_to || (cfg->bandwidth &&
			       cfg->burst_to > cfg->bandwidth))
		return 0;

	return vxc_txn_refuse(txn, given ? VXC_A_CIRCUIT_BURST_TO :
			      VXC_A_CIRCUIT_BANDWIDTH, -EINVAL,
			      "burst-to %s is not above the bandwidth, which is %s",
			      vxc_rate_name(cfg->burst_to, buf[0],
					    sizeof(buf[0])),
			      cfg->bandwidth ?
			      vxc_rate_name(cfg->bandwidth, buf[1],
					    sizeof(buf[1])) : "not limited");
}

/**
 * vxc_qos_set() - Set the bandwidth of a circuit
 * @txn: the transaction
 * @circuit: the circuit
 * @want: what is given
 *
 * Return: 0 or an error.
 */
int vxc_qos_set(struct vxc_txn *txn, struct vxc_circuit *circuit,
		const struct vxc_circuit_cfg *want)
{
	struct vxc_qos_cfg *cfg;
	u64 before = vxc_qos_sold(circuit);
	int err;

	if (!(want->given & VXC_CIRCUIT_QOS) && !want->part.given)
		return 0;

	err = check_rate(txn, VXC_A_CIRCUIT_BANDWIDTH, "bandwidth",
			 want->bandwidth);
	if (!err)
		err = check_rate(txn, VXC_A_CIRCUIT_BURST_TO, "burst-to",
				 want->burst_to);
	if (err)
		return err;

	cfg = vxc_qos_change(txn, circuit, false);
	if (!cfg)
		return -ENOMEM;

	if (want->given & VXC_CIRCUIT_BANDWIDTH)
		cfg->bandwidth = want->bandwidth;
	if (want->given & VXC_CIRCUIT_BURST)
		cfg->burst = want->burst;
	if (want->given & VXC_CIRCUIT_TOLERANCE)
		cfg->tolerance = want->tolerance;
	if (want->given & VXC_CIRCUIT_OVERHEAD)
		cfg->overhead = want->overhead;
	if (want->given & VXC_CIRCUIT_COLOR_MODE)
		cfg->color_mode = want->color_mode;
	if (want->given & VXC_CIRCUIT_YELLOW_PCP)
		cfg->yellow_pcp = want->yellow_pcp;
	if (want->given & VXC_CIRCUIT_YELLOW_DSCP)
		cfg->yellow_dscp = want->yellow_dscp;
	if (want->given & VXC_CIRCUIT_COUPLING)
		cfg->coupling = want->coupling;
	if (want->given & VXC_CIRCUIT_UNLISTED)
		cfg->unlisted = want->unlisted;
	if (want->given & VXC_CIRCUIT_CLASSES)
		vxc_class_preset(cfg, want->classes);
	err = set_burst(txn, cfg, want);
	if (!err && cfg->burst_to)
		err = prepare_burst(circuit);
	if (!err)
		err = vxc_part_set(txn, circuit, cfg, &want->part);
	vxc_part_sell(cfg);
	vxc_qos_sell(circuit);
	if (!err)
		err = vxc_qos_check(txn, circuit);
	if (!err && vxc_qos_sold(circuit) > before)
		err = vxc_qos_admit(txn, circuit, VXC_A_CIRCUIT_BANDWIDTH);
	return err;
}
