// SPDX-License-Identifier: GPL-2.0
/*
 * Protection: what is up, which leg is active, and who is told. The decision
 * is selector.c's. The switch itself is one byte that all paths of the
 * circuit look at. Timers decide too, so everything here that follows from
 * the selector is under the circuit's lock, and events go by a work item.
 */
#include "vxc.h"

/* Why a whole circuit carries no traffic, enum vxc_reason; under rtnl. */
u8 vxc_circuit_reason(const struct vxc_circuit *circuit)
{
	int role, legs = 0, down = 0;

	if (circuit->admin == VXC_ADMIN_DOWN)
		return VXC_REASON_ADMIN_DOWN;
	if (circuit->provisioning != VXC_PROVISIONING_PROVISIONED)
		return VXC_REASON_NOT_PROVISIONED;

	for (role = 0; role < VXC_LEGS; role++) {
		if (!circuit->leg[role])
			continue;
		legs++;
		if (READ_ONCE(circuit->leg[role]->reason))
			down++;
	}
	if (!legs)
		return VXC_REASON_NO_LEG;
	if (legs == down)
		return VXC_REASON_LEGS_DOWN;

	return down ? VXC_REASON_LEG_DOWN : VXC_REASON_NONE;
}

bool vxc_peering_up(const struct vxc_peering *p)
{
	return READ_ONCE(*READ_ONCE(p->active)) != VXC_NO_LEG;
}

/* Why a peering carries no traffic, enum vxc_reason; under rtnl. */
u8 vxc_peering_reason(const struct vxc_peering *p)
{
	const struct vxc_leg *leg;
	u8 reason;

	if (p->role != VXC_NO_LEG) {
		leg = p->circuit->leg[p->role];
		return leg ? READ_ONCE(leg->reason) : VXC_REASON_NO_LEG;
	}

	if (vxc_peering_up(p))
		return VXC_REASON_NONE;
	reason = vxc_circuit_reason(p->circuit);
	return reason ? reason : VXC_REASON_LEGS_DOWN;
}

static u8 leg_reason(const struct vxc_circuit *circuit,
		     const struct vxc_leg *leg)
{
	if (circuit->admin == VXC_ADMIN_DOWN)
		return VXC_REASON_ADMIN_DOWN;
	if (circuit->provisioning != VXC_PROVISIONING_PROVISIONED)
		return VXC_REASON_NOT_PROVISIONED;

	return vxc_port_reason(leg->at.port);
}

static void pend(struct vxc_circuit *circuit, u8 events)
{
	circuit->events |= events;
	refcount_inc(&circuit->refs);
	if (!queue_work(vxc_wq, &circuit->notify))
		refcount_dec(&circuit->refs);
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
		pend(circuit, VXC_PENDING_PEERING);
	}
	rcu_read_unlock();
}

static u8 current_state(const struct vxc_selector *sel)
{
	if (!(sel->present & ~sel->failed))
		return VXC_STATE_DOWN;

	return sel->present & sel->failed ? VXC_STATE_DEGRADED : VXC_STATE_UP;
}

static void run_timer(struct vxc_circuit *circuit, u64 now)
{
	u64 end = circuit->sel.wtr_end;

	if (!end)
		hrtimer_try_to_cancel(&circuit->timer);
	else if (!hrtimer_is_queued(&circuit->timer))
		hrtimer_start(&circuit->timer,
			      ns_to_ktime(end > now ? end - now : 0),
			      HRTIMER_MODE_REL_SOFT);
}

/* A leg takes over from another, maybe after a time without any. */
static void count_switch(struct vxc_circuit *circuit)
{
	u8 active = circuit->sel.active;

	if (active == VXC_NO_LEG)
		return;

	if (circuit->last != VXC_NO_LEG && circuit->last != active) {
		circuit->switches++;
		pend(circuit, VXC_PENDING_SWITCHED);
	}
	circuit->last = active;
}

/* Make the selector's decision true. Under the circuit's lock. */
static void apply(struct vxc_circuit *circuit, u64 now)
{
	struct vxc_selector *sel = &circuit->sel;
	u8 state = current_state(sel);

	if (circuit->active != sel->active) {
		WRITE_ONCE(circuit->active, sel->active);
		count_switch(circuit);
	}
	if (circuit->state != state) {
		circuit->state = state;
		circuit->since = now;
		pend(circuit, VXC_PENDING_STATE);
	}
	run_timer(circuit, now);
	set_carriers(circuit);
}

static enum hrtimer_restart wtr_expired(struct hrtimer *timer)
{
	struct vxc_circuit *circuit = container_of(timer, struct vxc_circuit,
						   timer);
	u64 now = ktime_get_ns();

	spin_lock(&circuit->lock);
	vxc_selector_run(&circuit->sel, now);
	apply(circuit, now);
	spin_unlock(&circuit->lock);
	return HRTIMER_NORESTART;
}

/**
 * vxc_protect_update() - Something a circuit depends on may have changed
 * @circuit: the circuit; under rtnl
 */
void vxc_protect_update(struct vxc_circuit *circuit)
{
	struct vxc_selector *sel = &circuit->sel;
	u64 now = ktime_get_ns();
	struct vxc_leg *leg;
	int role;

	ASSERT_RTNL();

	spin_lock_bh(&circuit->lock);
	WRITE_ONCE(circuit->enabled, circuit->admin == VXC_ADMIN_UP &&
		   circuit->provisioning == VXC_PROVISIONING_PROVISIONED);
	sel->revertive = circuit->revertive;
	sel->wtr = (u64)circuit->wtr * NSEC_PER_MSEC;
	sel->present = 0;
	sel->failed = 0;
	for (role = 0; role < VXC_LEGS; role++) {
		leg = circuit->leg[role];
		if (!leg)
			continue;
		WRITE_ONCE(leg->reason, leg_reason(circuit, leg));
		WRITE_ONCE(leg->usable, leg->reason ? VXC_NO_LEG : role);
		sel->present |= BIT(role);
		if (leg->reason)
			sel->failed |= BIT(role);
	}
	vxc_selector_run(sel, now);
	apply(circuit, now);
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
	struct vxc_circuit *circuit = leg->circuit;
	u64 now = ktime_get_ns();

	spin_lock(&circuit->lock);
	if (!leg->reason && circuit->sel.present & BIT(leg->role)) {
		WRITE_ONCE(leg->reason, VXC_REASON_NO_CARRIER);
		WRITE_ONCE(leg->usable, VXC_NO_LEG);
		circuit->sel.failed |= BIT(leg->role);
		vxc_selector_run(&circuit->sel, now);
		apply(circuit, now);
	}
	spin_unlock(&circuit->lock);
}

/**
 * vxc_protect_command() - An operator's command
 * @circuit: the circuit; under rtnl
 * @cmd: enum vxc_switch
 * @role: the leg of a manual switch
 */
void vxc_protect_command(struct vxc_circuit *circuit, u8 cmd, u8 role)
{
	u64 now = ktime_get_ns();

	spin_lock_bh(&circuit->lock);
	if (cmd == VXC_SWITCH_MANUAL) {
		circuit->sel.manual = role;
		vxc_selector_run(&circuit->sel, now);
	} else {
		vxc_selector_clear(&circuit->sel, now);
	}
	apply(circuit, now);
	spin_unlock_bh(&circuit->lock);
}

/* Rest of a running wait to restore, in milliseconds. */
u32 vxc_protect_wtr_left(struct vxc_circuit *circuit)
{
	u64 now = ktime_get_ns(), left = 0;

	spin_lock_bh(&circuit->lock);
	if (circuit->sel.wtr_end > now)
		left = circuit->sel.wtr_end - now;
	spin_unlock_bh(&circuit->lock);
	return div_u64(left + NSEC_PER_MSEC - 1, NSEC_PER_MSEC);
}

/* Send the events that have come up. */
static void notify(struct work_struct *work)
{
	struct vxc_circuit *circuit = container_of(work, struct vxc_circuit,
						   notify);
	struct vxc_peering *p;
	u8 events;

	rtnl_lock();
	spin_lock_bh(&circuit->lock);
	events = circuit->events;
	circuit->events = 0;
	spin_unlock_bh(&circuit->lock);
	if (!circuit->vn)
		goto out;

	circuit->vn->gen++;
	if (events & VXC_PENDING_SWITCHED)
		vxc_event_circuit(circuit, VXC_EVENT_KIND_SWITCHED);
	if (events & VXC_PENDING_STATE)
		vxc_event_circuit(circuit, VXC_EVENT_KIND_STATE);
	list_for_each_entry(p, &circuit->peerings, list) {
		if (xchg(&p->changed, false))
			vxc_event_peering(p, VXC_EVENT_KIND_STATE);
		/* The neighbours must learn that it is behind another port. */
		if (events & VXC_PENDING_SWITCHED && p->role == VXC_NO_LEG)
			call_netdevice_notifiers(NETDEV_NOTIFY_PEERS, p->dev);
	}
out:
	rtnl_unlock();
	vxc_circuit_put(circuit);
}

void vxc_protect_init(struct vxc_circuit *circuit)
{
	spin_lock_init(&circuit->lock);
	vxc_selector_init(&circuit->sel);
	vxc_hrtimer_setup(&circuit->timer, wtr_expired);
	INIT_WORK(&circuit->notify, notify);
	circuit->active = VXC_NO_LEG;
	circuit->last = VXC_NO_LEG;
	circuit->state = VXC_STATE_DOWN;
	circuit->since = ktime_get_ns();
}

/* The work may still be queued; it holds its own reference. */
void vxc_protect_exit(struct vxc_circuit *circuit)
{
	spin_lock_bh(&circuit->lock);
	circuit->sel.present = 0;
	circuit->sel.wtr_end = 0;
	vxc_selector_run(&circuit->sel, ktime_get_ns());
	spin_unlock_bh(&circuit->lock);
	hrtimer_cancel(&circuit->timer);
}
