// SPDX-License-Identifier: GPL-2.0
/*
 * Protection: what is up, which leg is active, and who is told. Each end of a
 * circuit is protected by itself. The decision is selector.c's. The switch
 * itself is one byte that all paths of the end look at. Timers decide too, so
 * everything here that follows from a selector is under the circuit's lock,
 * and who has to be told is told by a work item (announce.c).
 */
#include "mep.h"
#include "oam_pdu.h"
#include "vxc.h"

/* After a switch between two legs that work, frames of the old one are taken
 * for so long: those that were on their way, and the far end's until it has
 * switched too.
 */
#define GRACE	(50 * NSEC_PER_MSEC)

static u8 leg_reason(const struct vxc_circuit *circuit,
		     const struct vxc_leg *leg)
{
	if (circuit->admin == VXC_ADMIN_DOWN)
		return VXC_REASON_ADMIN_DOWN;
	if (circuit->provisioning != VXC_PROVISIONING_PROVISIONED)
		return VXC_REASON_NOT_PROVISIONED;

	return vxc_port_reason(leg->at.port);
}

/* A pinned peering may change while the circuit's active leg does not. */
static void set_carriers(struct vxc_circuit *circuit)
{
	struct vxc_peering *p;
	bool up;

	rcu_read_lock();
	list_for_each_entry_rcu(p, &circuit->peerings, list) {
		up = vxc_peering_up(p);
		if (up == netif_carrier_ok(p->dev))
			continue;
		if (up)
			netif_carrier_on(p->dev);
		else
			netif_carrier_off(p->dev);
		p->changed = true;
		vxc_announce(circuit, VXC_PENDING_PEERING);
	}
	rcu_read_unlock();
}

/* While the hold-off time runs the active leg may be one that has failed. */
static u8 end_state(const struct vxc_end *end)
{
	const struct vxc_selector *sel = &end->sel;

	if (sel->active == VXC_NO_LEG || sel->failed & BIT(sel->active))
		return VXC_STATE_DOWN;

	return sel->present & (sel->failed | sel->degraded) ?
	       VXC_STATE_DEGRADED : VXC_STATE_UP;
}

static bool has_peering(const struct vxc_circuit *circuit)
{
	const struct vxc_peering *p;
	bool found = false;

	rcu_read_lock();
	list_for_each_entry_rcu(p, &circuit->peerings, list)
		found |= !READ_ONCE(p->dying);
	rcu_read_unlock();
	return found;
}

/* Peerings need end A only, what crosses needs both. */
static u8 current_state(const struct vxc_circuit *circuit)
{
	const struct vxc_end *z = &circuit->end[VXC_END_Z];
	u8 a_state = end_state(&circuit->end[VXC_END_A]), z_state;

	if (a_state == VXC_STATE_DOWN || !z->sel.present)
		return a_state;

	z_state = end_state(z);
	if (z_state == VXC_STATE_DOWN && has_peering(circuit))
		return VXC_STATE_DEGRADED;

	return z_state == VXC_STATE_UP ? a_state : z_state;
}

static void sooner(u64 *first, u64 time)
{
	if (time && (!*first || time < *first))
		*first = time;
}

/* When traffic returns to the primary, without the far end's doing; or 0. */
static u64 restored(const struct vxc_end *end)
{
	const struct vxc_selector *sel = &end->sel;

	if (sel->aps || sel->request != VXC_REQUEST_WAIT_TO_RESTORE)
		return 0;

	return sel->wtr_end;
}

/* One timer for all that an end waits for. */
static void run_timer(struct vxc_end *end)
{
	u64 first = vxc_selector_deadline(&end->sel);
	int role;

	for (role = 0; role < VXC_LEGS; role++)
		if (end->judged[role])
			sooner(&first, end->judged[role]->drill_end);
	sooner(&first, end->grace_end);
	if (end->grace_end < restored(end))
		sooner(&first, restored(end) - GRACE);
	sooner(&first, vxc_aps_deadline(end));

	if (first)
		hrtimer_start(&end->timer, ns_to_ktime(first),
			      HRTIMER_MODE_ABS_SOFT);
	else
		hrtimer_try_to_cancel(&end->timer);
}

/* A leg takes over from another, maybe after a time without any. */
static void count_switch(struct vxc_end *end)
{
	u8 active = end->sel.active;

	if (active == VXC_NO_LEG)
		return;

	if (end->last != VXC_NO_LEG && end->last != active) {
		end->switches++;
		vxc_sla_switched(end);
		vxc_announce(end->circuit, end->which == VXC_END_A ?
			     VXC_PENDING_SWITCHED | VXC_PENDING_PEERS :
			     VXC_PENDING_SWITCHED);
	}
	end->last = active;
}

/* Make before break: where the old leg works, what comes on it is taken. */
static void set_active(struct vxc_end *end, u64 now)
{
	union vxc_taken taken = {
		.active = end->sel.active,
		.grace = end->taken.active,
	};

	if (taken.grace == VXC_NO_LEG || end->sel.failed & BIT(taken.grace) ||
	    !(end->sel.present & BIT(taken.grace)))
		taken.grace = VXC_NO_LEG;
	end->grace_end = taken.grace == VXC_NO_LEG ? 0 : now + GRACE;
	WRITE_ONCE(end->taken.both, taken.both);
}

/*
 * The far end may be the first to use the other leg again: it hears that all is
 * well before we do, or its wait to restore ends earlier. A longer time would
 * let the frames through that a switch has sent to both legs.
 */
static void take_other(struct vxc_end *end, u64 until)
{
	if (end->taken.active == VXC_NO_LEG)
		return;

	WRITE_ONCE(end->taken.grace, !end->taken.active);
	end->grace_end = until;
}

static void end_grace(struct vxc_end *end, u64 now)
{
	if (!end->grace_end || now < end->grace_end)
		return;

	WRITE_ONCE(end->taken.grace, VXC_NO_LEG);
	end->grace_end = 0;
}

/* Make the decision of an end's selector true. Under the circuit's lock. */
static void apply_end(struct vxc_end *end, u64 now)
{
	end_grace(end, now);
	if (end->taken.active != end->sel.active) {
		set_active(end, now);
		count_switch(end);
	}
	if (restored(end) && end->grace_end < restored(end) &&
	    now + GRACE >= restored(end))
		take_other(end, restored(end) + GRACE);
	vxc_aps_decided(end, now);
	run_timer(end);
}

/* What follows from all ends together. Under the circuit's lock. */
static void apply_circuit(struct vxc_circuit *circuit, u64 now)
{
	u8 state = current_state(circuit);

	if (circuit->state != state) {
		circuit->state = state;
		circuit->since = now;
		vxc_announce(circuit, VXC_PENDING_STATE);
	}
	vxc_sla_circuit(circuit);
	vxc_alarm_decided(circuit, now);
	set_carriers(circuit);
}

static void set_bit_of(u8 *mask, u8 role, bool on)
{
	if (on)
		*mask |= BIT(role);
	else
		*mask &= ~BIT(role);
}

/*
 * A leg is as good as what is below it, a drill, what its MEP says and its
 * loop. A failure of the signal waits for the hold-off time, what is known
 * does not.
 */
static void judge(struct vxc_end *end, struct vxc_leg *leg)
{
	u8 reason = leg->lower;
	bool sure = reason && reason != VXC_REASON_NO_CARRIER;

	if (!reason && leg->drill_end) {
		reason = VXC_REASON_DRILL;
		sure = true;
	}
	if (!reason)
		reason = leg->oam;
	if (!reason && leg->loop_until) {
		reason = VXC_REASON_LOOP;
		sure = true;
	}

	if (reason == VXC_REASON_REMOTE_DEFECT && leg->reason != reason &&
	    end->taken.active == !leg->role)
		take_other(end, ktime_get_ns() + GRACE);
	WRITE_ONCE(leg->reason, reason);
	WRITE_ONCE(leg->usable, reason ? VXC_NO_LEG : leg->role);
	set_bit_of(&end->sel.failed, leg->role, reason);
	set_bit_of(&end->sel.sure, leg->role, sure);
	set_bit_of(&end->sel.degraded, leg->role, leg->degraded);
	vxc_sla_leg(leg);
}

static void decide(struct vxc_end *end, u64 now)
{
	vxc_selector_run(&end->sel, now);
	apply_end(end, now);
	apply_circuit(end->circuit, now);
}

/**
 * vxc_protect_judge() - What a leg is worth has changed
 * @leg: the leg; its circuit's lock is held. It may have left the circuit.
 */
void vxc_protect_judge(struct vxc_leg *leg)
{
	struct vxc_end *end = leg->end;

	if (end->judged[leg->role] != leg)
		return;

	judge(end, leg);
	decide(end, ktime_get_ns());
}

/* Nobody but the kernel has to be there for a drill to end. */
static void end_drills(struct vxc_end *end, u64 now)
{
	struct vxc_leg *leg;
	int role;

	for (role = 0; role < VXC_LEGS; role++) {
		leg = end->judged[role];
		if (!leg || !leg->drill_end || now < leg->drill_end)
			continue;
		leg->drill_end = 0;
		judge(end, leg);
	}
}

static enum hrtimer_restart timer_expired(struct hrtimer *timer)
{
	struct vxc_end *end = container_of(timer, struct vxc_end, timer);
	struct vxc_pdu_aps pdu;
	struct vxc_leg *leg;
	u64 now;

	rcu_read_lock();
	spin_lock(&end->circuit->lock);
	now = ktime_get_ns();
	end_drills(end, now);
	leg = vxc_aps_due(end, now, &pdu);
	decide(end, now);
	spin_unlock(&end->circuit->lock);
	/* Without the lock: it may end in another circuit's receive path. */
	if (leg)
		vxc_oam_send_aps(leg, &pdu);
	rcu_read_unlock();
	return HRTIMER_NORESTART;
}

/* The inputs of an end's selector, and its decision; under the lock. */
static void update_end(struct vxc_end *end, u64 now)
{
	struct vxc_circuit *circuit = end->circuit;
	struct vxc_selector *sel = &end->sel;
	struct vxc_leg *leg;
	int role;

	sel->revertive = circuit->revertive;
	sel->aps = circuit->aps;
	sel->wtr = (u64)circuit->wtr * NSEC_PER_MSEC;
	sel->hold = (u64)circuit->hold_off * NSEC_PER_MSEC;
	sel->present = 0;
	sel->failed = 0;
	sel->sure = 0;
	sel->degraded = 0;
	for (role = 0; role < VXC_LEGS; role++) {
		leg = end->leg[role];
		end->judged[role] = leg;
		if (!leg)
			continue;
		leg->lower = leg_reason(circuit, leg);
		sel->present |= BIT(role);
		judge(end, leg);
	}
	vxc_selector_run(sel, now);
	apply_end(end, now);
}

/**
 * vxc_protect_update() - Something a circuit depends on may have changed
 * @circuit: the circuit; under rtnl
 */
void vxc_protect_update(struct vxc_circuit *circuit)
{
	u64 now = ktime_get_ns();
	int i;

	ASSERT_RTNL();

	spin_lock_bh(&circuit->lock);
	WRITE_ONCE(circuit->enabled, circuit->admin == VXC_ADMIN_UP &&
		   circuit->provisioning == VXC_PROVISIONING_PROVISIONED);
	vxc_alarm_update(circuit);
	for (i = 0; i < VXC_ENDS; i++)
		update_end(&circuit->end[i], now);
	apply_circuit(circuit, now);
	spin_unlock_bh(&circuit->lock);
}

/**
 * vxc_protect_carrier() - The data path has seen that a port lost its carrier
 * @leg: the leg on that port
 *
 * The core's own notice can be up to a second late, as it limits the rate of
 * link events. Traffic need not wait for it.
 *
 * Context: softirq or BH disabled, under RCU.
 */
void vxc_protect_carrier(struct vxc_leg *leg)
{
	struct vxc_end *end = leg->end;

	/* Every frame comes here while the failed leg stays active. */
	if (READ_ONCE(leg->lower))
		return;

	spin_lock(&end->circuit->lock);
	if (!leg->lower && end->judged[leg->role] == leg) {
		WRITE_ONCE(leg->lower, VXC_REASON_NO_CARRIER);
		judge(end, leg);
		decide(end, ktime_get_ns());
	}
	spin_unlock(&end->circuit->lock);
}

/**
 * vxc_protect_signal() - A leg's MEP sees it fail or recover
 * @leg: the leg
 * @reason: why it has failed, enum vxc_reason; VXC_REASON_NONE: it has not
 *
 * The caller keeps its own calls for one leg in order.
 *
 * Context: softirq or BH disabled. The leg may have left its circuit.
 */
void vxc_protect_signal(struct vxc_leg *leg, u8 reason)
{
	struct vxc_end *end = leg->end;

	spin_lock(&end->circuit->lock);
	leg->oam = reason;
	vxc_announce(end->circuit, VXC_PENDING_OAM);
	vxc_protect_judge(leg);
	spin_unlock(&end->circuit->lock);
}

/**
 * vxc_protect_degrade() - A leg loses too many frames, or does so no more
 * @leg: the leg
 * @degraded: which of both
 *
 * The caller keeps its own calls for one leg in order.
 *
 * Context: softirq or BH disabled. The leg may have left its circuit.
 */
void vxc_protect_degrade(struct vxc_leg *leg, bool degraded)
{
	struct vxc_end *end = leg->end;

	spin_lock(&end->circuit->lock);
	WRITE_ONCE(leg->degraded, degraded);
	vxc_announce(end->circuit, VXC_PENDING_OAM);
	vxc_protect_judge(leg);
	spin_unlock(&end->circuit->lock);
}

/**
 * vxc_protect_aps() - An APS PDU came from the other end of a leg
 * @leg: the leg
 * @pdu: what it says
 *
 * Context: softirq or BH disabled, under RCU.
 */
void vxc_protect_aps(struct vxc_leg *leg, const struct vxc_pdu_aps *pdu)
{
	struct vxc_end *end = leg->end;
	u64 now = ktime_get_ns();

	spin_lock(&end->circuit->lock);
	if (vxc_aps_heard(leg, pdu, now))
		decide(end, now);
	spin_unlock(&end->circuit->lock);
}

/**
 * vxc_protect_drill() - Take a leg out of service for a while
 * @leg: the leg; under rtnl
 * @ms: how long; 0: put it back now
 */
void vxc_protect_drill(struct vxc_leg *leg, u32 ms)
{
	struct vxc_end *end = leg->end;
	u64 now = ktime_get_ns();

	spin_lock_bh(&end->circuit->lock);
	leg->drill_end = ms ? now + (u64)ms * NSEC_PER_MSEC : 0;
	vxc_protect_judge(leg);
	spin_unlock_bh(&end->circuit->lock);
}

/**
 * vxc_switch_request() - The request that an operator's command makes
 * @cmd: enum vxc_switch
 * @role: the leg it is for, if it is for one
 *
 * Return: enum vxc_request; to force traffic to the primary is a lockout, the
 * standard has no other request for it. No request for a clear.
 */
u8 vxc_switch_request(u8 cmd, u8 role)
{
	switch (cmd) {
	case VXC_SWITCH_MANUAL:
		return VXC_REQUEST_MANUAL_SWITCH;
	case VXC_SWITCH_LOCKOUT:
		return VXC_REQUEST_LOCKOUT;
	case VXC_SWITCH_FORCE:
		return role == VXC_ROLE_PRIMARY ? VXC_REQUEST_LOCKOUT :
						  VXC_REQUEST_FORCED_SWITCH;
	case VXC_SWITCH_EXERCISE:
		return VXC_REQUEST_EXERCISE;
	default:
		return VXC_REQUEST_NO_REQUEST;
	}
}

/**
 * vxc_protect_command() - An operator's command
 * @end: the end of a circuit; under rtnl
 * @cmd: enum vxc_switch
 * @role: the leg of a manual or a forced switch
 */
void vxc_protect_command(struct vxc_end *end, u8 cmd, u8 role)
{
	u8 request = vxc_switch_request(cmd, role);
	u64 now = ktime_get_ns();

	spin_lock_bh(&end->circuit->lock);
	if (request)
		vxc_selector_command(&end->sel, request, role, now);
	else
		vxc_selector_clear(&end->sel, now);
	apply_end(end, now);
	apply_circuit(end->circuit, now);
	spin_unlock_bh(&end->circuit->lock);
}

void vxc_protect_init(struct vxc_circuit *circuit)
{
	struct vxc_end *end;
	int i;

	spin_lock_init(&circuit->lock);
	for (i = 0; i < VXC_ENDS; i++) {
		end = &circuit->end[i];
		end->which = i;
		end->circuit = circuit;
		end->taken.active = VXC_NO_LEG;
		end->last = VXC_NO_LEG;
		end->taken.grace = VXC_NO_LEG;
		vxc_selector_init(&end->sel);
		vxc_hrtimer_setup(&end->timer, timer_expired);
	}
	circuit->ais_level = VXC_AIS_LEVEL_DEFAULT;
	circuit->state = VXC_STATE_DOWN;
	circuit->since = ktime_get_ns();
	vxc_announce_init(circuit);
	vxc_sla_init(circuit);
}

static void exit_end(struct vxc_end *end)
{
	spin_lock_bh(&end->circuit->lock);
	memset(end->judged, 0, sizeof(end->judged));
	end->sel.present = 0;
	vxc_selector_run(&end->sel, ktime_get_ns());
	WRITE_ONCE(end->taken.grace, VXC_NO_LEG);
	end->grace_end = 0;
	vxc_aps_decided(end, 0);
	spin_unlock_bh(&end->circuit->lock);
	hrtimer_cancel(&end->timer);
	vxc_alarm_exit(end);
}

/* The work may still be queued; it holds its own reference. */
void vxc_protect_exit(struct vxc_circuit *circuit)
{
	int i;

	for (i = 0; i < VXC_ENDS; i++)
		exit_end(&circuit->end[i]);
	vxc_announce_exit(circuit);
}
