// SPDX-License-Identifier: GPL-2.0
/*
 * AIS and LCK: an end that can carry nothing is told of at the other end, to
 * the customer's MEPs there, so that they need not report what follows from
 * it. A circuit that is locked tells so at both (ITU-T G.8013/Y.1731, 7.4 and
 * 7.6). All of it is under the circuit's lock, but for the sending.
 */
#include <linux/slab.h>

#include "mep.h"
#include "oam_pdu.h"
#include "vxc.h"

#define CODE_1S		4
#define CODE_1M		6

/* However often a failure comes and goes, they are not sent more often. */
#define SPACING		(100 * NSEC_PER_MSEC)

/* Does the end carry nothing, with no switch about to mend that? */
static bool fails(const struct vxc_end *end)
{
	const struct vxc_selector *sel = &end->sel;

	if (!sel->present)
		return false;
	if (sel->active == VXC_NO_LEG)
		return true;

	return sel->failed & BIT(sel->active) && !sel->hold_end[sel->active];
}

/*
 * An end carries nothing: is that only because an operator wants it so? Legs
 * are out of service for a drill, and any that works is locked out.
 */
static bool locked(const struct vxc_end *end)
{
	const struct vxc_leg *leg;
	int role;

	for (role = 0; role < VXC_LEGS; role++) {
		leg = end->judged[role];
		if (leg && leg->reason != VXC_REASON_NONE &&
		    leg->reason != VXC_REASON_DRILL)
			return false;
	}

	return true;
}

/* What is to be sent at an end, enum vxc_alarm. */
static u8 alarm_of(const struct vxc_end *end)
{
	const struct vxc_circuit *circuit = end->circuit;
	const struct vxc_end *other = &circuit->end[!end->which];

	if (!end->alarm->period || !end->sel.present)
		return VXC_ALARM_NONE;
	if (!circuit->enabled)
		return VXC_ALARM_LCK;
	if (!fails(other))
		return VXC_ALARM_NONE;

	return locked(other) ? VXC_ALARM_LCK : VXC_ALARM_AIS;
}

static void decide(struct vxc_end *end, u64 now)
{
	struct vxc_alarm_state *alarm = end->alarm;
	u8 kind = alarm_of(end);

	if (kind == alarm->kind)
		return;

	alarm->kind = kind;
	if (kind == VXC_ALARM_NONE) {
		hrtimer_try_to_cancel(&alarm->timer);
		return;
	}
	/* The first one at once. */
	alarm->next = max(now, alarm->last + SPACING);
	hrtimer_start(&alarm->timer, ns_to_ktime(alarm->next),
		      HRTIMER_MODE_ABS_SOFT);
}

/**
 * vxc_alarm_decided() - The ends of a circuit may carry more or less now
 * @circuit: the circuit; under its lock
 * @now: the time, in nanoseconds
 */
void vxc_alarm_decided(struct vxc_circuit *circuit, u64 now)
{
	int i;

	for (i = 0; i < VXC_ENDS; i++)
		if (circuit->end[i].alarm)
			decide(&circuit->end[i], now);
}

/**
 * vxc_alarm_update() - The configuration may have changed
 * @circuit: the circuit; under rtnl and its lock, vxc_alarm_decided() follows
 */
void vxc_alarm_update(struct vxc_circuit *circuit)
{
	u64 period = (u64)circuit->ais * NSEC_PER_MSEC;
	struct vxc_alarm_state *alarm;
	int i;

	for (i = 0; i < VXC_ENDS; i++) {
		alarm = circuit->end[i].alarm;
		if (!alarm || (alarm->period == period &&
			       alarm->level == circuit->ais_level))
			continue;
		/* Whoever listens now need not wait for a minute. */
		alarm->kind = VXC_ALARM_NONE;
		alarm->period = period;
		alarm->level = circuit->ais_level;
	}
}

/* Where they go: the active leg, or all while there is none. */
static void pick(const struct vxc_end *end, struct vxc_leg **legs)
{
	u8 active = end->sel.active;
	int role;

	for (role = 0; role < VXC_LEGS; role++)
		legs[role] = active == VXC_NO_LEG || active == role ?
			     end->judged[role] : NULL;
}

/* The next one is due; what is to be sent now, enum vxc_alarm. */
static u8 due(struct vxc_alarm_state *alarm, u64 now)
{
	if (alarm->kind == VXC_ALARM_NONE || now < alarm->next)
		return VXC_ALARM_NONE;

	alarm->last = now;
	alarm->next += alarm->period;
	if (alarm->next <= now)
		alarm->next = now + alarm->period;
	hrtimer_start(&alarm->timer, ns_to_ktime(alarm->next),
		      HRTIMER_MODE_ABS_SOFT);
	return alarm->kind;
}

static void count(struct vxc_leg *leg, u8 kind)
{
	spin_lock(&leg->circuit->lock);
	if (kind == VXC_ALARM_AIS)
		leg->ais_tx++;
	else
		leg->lck_tx++;
	spin_unlock(&leg->circuit->lock);
}

static enum hrtimer_restart expired(struct hrtimer *timer)
{
	struct vxc_alarm_state *alarm = container_of(timer,
						     struct vxc_alarm_state,
						     timer);
	struct vxc_end *end = alarm->end;
	struct vxc_leg *legs[VXC_LEGS];
	u8 kind, opcode, level, code;
	int role;

	rcu_read_lock();
	spin_lock(&end->circuit->lock);
	kind = due(alarm, ktime_get_ns());
	level = alarm->level;
	code = alarm->period < 60ULL * NSEC_PER_SEC ? CODE_1S : CODE_1M;
	pick(end, legs);
	spin_unlock(&end->circuit->lock);

	opcode = kind == VXC_ALARM_AIS ? VXC_PDU_AIS : VXC_PDU_LCK;
	for (role = 0; role < VXC_LEGS && kind; role++)
		if (legs[role] &&
		    !vxc_oam_send_alarm(legs[role], opcode, level, code))
			count(legs[role], kind);
	rcu_read_unlock();
	return HRTIMER_NORESTART;
}

/**
 * vxc_alarm_report() - What is sent over a leg, and was
 * @leg: the leg; under rtnl
 * @ais: how many AIS were sent
 * @lck: how many LCK were sent
 *
 * Return: enum vxc_alarm.
 */
u8 vxc_alarm_report(struct vxc_leg *leg, u64 *ais, u64 *lck)
{
	const struct vxc_alarm_state *alarm;
	struct vxc_leg *legs[VXC_LEGS];
	u8 kind;

	spin_lock_bh(&leg->circuit->lock);
	pick(leg->end, legs);
	alarm = leg->end->alarm;
	kind = alarm && legs[leg->role] == leg ? alarm->kind : VXC_ALARM_NONE;
	*ais = leg->ais_tx;
	*lck = leg->lck_tx;
	spin_unlock_bh(&leg->circuit->lock);
	return kind;
}

static int prepare(struct vxc_end *end)
{
	struct vxc_alarm_state *alarm;

	if (end->alarm)
		return 0;

	alarm = kzalloc(sizeof(*alarm), GFP_KERNEL_ACCOUNT);
	if (!alarm)
		return -ENOMEM;

	alarm->end = end;
	vxc_hrtimer_setup(&alarm->timer, expired);
	spin_lock_bh(&end->circuit->lock);
	end->alarm = alarm;
	spin_unlock_bh(&end->circuit->lock);
	return 0;
}

/**
 * vxc_alarm_prepare() - A circuit is to send AIS and LCK
 * @circuit: the circuit; under rtnl
 *
 * Most never do. What it needs for that stays until it ends.
 *
 * Return: 0 or -ENOMEM.
 */
int vxc_alarm_prepare(struct vxc_circuit *circuit)
{
	int i, err = 0;

	for (i = 0; i < VXC_ENDS && !err; i++)
		err = prepare(&circuit->end[i]);

	return err;
}

/* The end has no leg any more, so nothing starts the timer again. */
void vxc_alarm_exit(struct vxc_end *end)
{
	struct vxc_alarm_state *alarm = end->alarm;

	if (!alarm)
		return;

	spin_lock_bh(&end->circuit->lock);
	alarm->kind = VXC_ALARM_NONE;
	end->alarm = NULL;
	spin_unlock_bh(&end->circuit->lock);
	hrtimer_cancel(&alarm->timer);
	kfree(alarm);
}
