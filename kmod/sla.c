// SPDX-License-Identifier: GPL-2.0
/*
 * The record of a circuit: how long it was up, degraded and down, and what has
 * happened last. A circuit that is not provisioned has no service to keep time
 * of; what an operator has planned, a drill or administratively down, is kept
 * apart. The clock counts the time that the host sleeps, too. All of it is
 * under the circuit's lock.
 */
#include <linux/slab.h>

#include "mep.h"
#include "vxc.h"

/* Most circuits have few events, and there are many circuits. */
static void grow(struct vxc_sla *sla)
{
	u8 room = sla->room * 2;
	struct vxc_sla_event *events;
	u32 i;

	events = kmalloc_array(room, sizeof(*events),
			       GFP_ATOMIC | __GFP_NOWARN | __GFP_ACCOUNT);
	if (!events)
		return;

	for (i = sla->n_events - sla->kept; i != sla->n_events; i++)
		events[i % room] = sla->events[i % sla->room];
	if (sla->events != sla->first)
		kfree(sla->events);
	sla->events = events;
	sla->room = room;
}

/* Without memory for more, the oldest one is forgotten early. */
static void note(struct vxc_circuit *circuit, struct vxc_sla_event event)
{
	struct vxc_sla *sla = &circuit->sla;

	if (sla->kept == sla->room && sla->room < VXC_SLA_EVENTS)
		grow(sla);
	event.time = ktime_get_real_ns();
	sla->events[sla->n_events++ % sla->room] = event;
	if (sla->kept < sla->room)
		sla->kept++;
}

void vxc_sla_init(struct vxc_circuit *circuit)
{
	struct vxc_sla *sla = &circuit->sla;

	sla->events = sla->first;
	sla->room = VXC_SLA_FIRST;
	sla->begun = ktime_get_real_ns();
	vxc_ledger_init(&sla->ledger, ktime_get_boottime_ns());
}

void vxc_sla_exit(struct vxc_circuit *circuit)
{
	kfree(circuit->sla.ledger.windows.measured);
	if (circuit->sla.events != circuit->sla.first)
		kfree(circuit->sla.events);
}

static int make_room(struct vxc_circuit *circuit, struct vxc_ledger *ledger)
{
	struct vxc_measured *measured;

	if (ledger->windows.measured)
		return 0;

	measured = kzalloc(sizeof(*measured), GFP_KERNEL_ACCOUNT);
	if (!measured)
		return -ENOMEM;

	spin_lock_bh(&circuit->lock);
	vxc_ledger_measure(ledger, measured);
	spin_unlock_bh(&circuit->lock);
	return 0;
}

/**
 * vxc_sla_prepare() - The records of a leg and its circuit are to be measured
 * @leg: the leg; under rtnl
 *
 * Most are not, and there are many circuits. The room stays until they end.
 *
 * Return: 0 or -ENOMEM.
 */
int vxc_sla_prepare(struct vxc_leg *leg)
{
	int err = make_room(leg->circuit, &leg->circuit->sla.ledger);

	return err ? err : make_room(leg->circuit, &leg->ledger);
}

static u8 leg_account(const struct vxc_leg *leg)
{
	switch (leg->reason) {
	case VXC_REASON_NONE:
		return leg->degraded ? VXC_ACCOUNT_DEGRADED : VXC_ACCOUNT_UP;
	case VXC_REASON_NOT_PROVISIONED:
		return VXC_ACCOUNT_OFF;
	case VXC_REASON_ADMIN_DOWN:
	case VXC_REASON_DRILL:
		return VXC_ACCOUNT_PLANNED_DOWN;
	default:
		return VXC_ACCOUNT_DOWN;
	}
}

/**
 * vxc_sla_leg() - A leg may have failed or recovered
 * @leg: the leg
 */
void vxc_sla_leg(struct vxc_leg *leg)
{
	u64 now = ktime_get_boottime_ns();
	u8 state, why = vxc_leg_reason(leg, &state);

	/* A ledger that is not in service keeps no time. */
	if (!leg->ledger.at)
		leg->ledger.at = now;
	if (!vxc_ledger_enter(&leg->ledger, leg_account(leg), now))
		return;

	note(leg->circuit, (struct vxc_sla_event) {
		.kind = VXC_SLA_KIND_LEG,
		.end = leg->end->which,
		.role = leg->role,
		.state = state,
		.why = why,
	});
}

/**
 * vxc_sla_switched() - Another leg is active
 * @end: the end of which
 */
void vxc_sla_switched(const struct vxc_end *end)
{
	struct vxc_circuit *circuit = end->circuit;

	circuit->sla.failovers++;
	note(circuit, (struct vxc_sla_event) {
		.kind = VXC_SLA_KIND_SWITCH,
		.end = end->which,
		.role = end->sel.active,
		.state = circuit->state,
		.why = end->sel.request,
	});
}

/* The legs whose accounts are among so many, a bit each; is there one? */
static bool has_leg(const struct vxc_circuit *circuit, u32 accounts)
{
	const struct vxc_leg *leg;
	int i;

	for (i = 0; i < VXC_PLACES; i++) {
		leg = circuit->end[i / VXC_LEGS].judged[i % VXC_LEGS];
		if (leg && accounts & BIT(leg_account(leg)))
			return true;
	}

	return false;
}

/* Is all that has failed out of service by plan? */
static bool is_planned(const struct vxc_circuit *circuit)
{
	return !has_leg(circuit, BIT(VXC_ACCOUNT_DOWN) |
				 BIT(VXC_ACCOUNT_DEGRADED));
}

static u8 circuit_account(const struct vxc_circuit *circuit)
{
	if (circuit->provisioning != VXC_PROVISIONING_PROVISIONED)
		return VXC_ACCOUNT_OFF;
	if (circuit->state == VXC_STATE_UP)
		return VXC_ACCOUNT_UP;
	if (circuit->state == VXC_STATE_DEGRADED)
		return is_planned(circuit) ? VXC_ACCOUNT_PLANNED_DEGRADED :
					     VXC_ACCOUNT_DEGRADED;

	return is_planned(circuit) ? VXC_ACCOUNT_PLANNED_DOWN :
				     VXC_ACCOUNT_DOWN;
}

/* As vxc_circuit_reason(), of what the protection knows. */
static u8 circuit_why(const struct vxc_circuit *circuit)
{
	if (circuit->provisioning != VXC_PROVISIONING_PROVISIONED)
		return VXC_REASON_NOT_PROVISIONED;
	if (circuit->admin == VXC_ADMIN_DOWN)
		return VXC_REASON_ADMIN_DOWN;
	if (circuit->state == VXC_STATE_UP)
		return VXC_REASON_NONE;
	if (circuit->state == VXC_STATE_DOWN)
		return VXC_REASON_LEGS_DOWN;

	return has_leg(circuit, BIT(VXC_ACCOUNT_DOWN) |
				BIT(VXC_ACCOUNT_PLANNED_DOWN)) ?
	       VXC_REASON_LEG_DOWN : VXC_REASON_SIGNAL_DEGRADE;
}

/**
 * vxc_sla_circuit() - A circuit's state may have changed
 * @circuit: the circuit
 */
void vxc_sla_circuit(struct vxc_circuit *circuit)
{
	struct vxc_sla *sla = &circuit->sla;
	u8 why = circuit_why(circuit);

	vxc_ledger_enter(&sla->ledger, circuit_account(circuit),
			 ktime_get_boottime_ns());
	if (sla->state == circuit->state && sla->reason == why)
		return;

	sla->state = circuit->state;
	sla->reason = why;
	note(circuit, (struct vxc_sla_event) {
		.kind = VXC_SLA_KIND_CIRCUIT,
		.role = VXC_NO_LEG,
		.state = circuit->state,
		.why = why,
	});
}

/**
 * vxc_sla_measure() - An SLM is about to be sent, or the reply to one has come
 * @leg: the leg of its MEP; it may have left its circuit
 * @number: of the SLM
 * @answered: the reply has come
 *
 * It counts for the leg, and for the circuit if the leg was active when it was
 * sent.
 *
 * Context: softirq or BH disabled.
 */
void vxc_sla_measure(struct vxc_leg *leg, u32 number, bool answered)
{
	struct vxc_circuit *circuit = leg->circuit;
	struct vxc_end *end = leg->end;
	u8 meter = end->which * VXC_LEGS + leg->role;
	u64 now = ktime_get_boottime_ns();

	spin_lock(&circuit->lock);
	if (end->judged[leg->role] != leg)
		goto out;

	if (answered) {
		vxc_ledger_answered(&leg->ledger, meter, number, now);
		vxc_ledger_answered(&circuit->sla.ledger, meter, number, now);
		goto out;
	}
	vxc_ledger_sent(&leg->ledger, meter, number, now);
	if (end->taken.active == leg->role)
		vxc_ledger_sent(&circuit->sla.ledger, meter, number, now);
out:
	spin_unlock(&circuit->lock);
}

/**
 * vxc_sla_keep() - Bring a circuit's ledgers up to date
 * @circuit: the circuit
 */
void vxc_sla_keep(struct vxc_circuit *circuit)
{
	u64 now = ktime_get_boottime_ns();
	struct vxc_leg *leg;
	unsigned int i = 0;

	vxc_ledger_keep(&circuit->sla.ledger, now);
	while ((leg = vxc_next_leg(circuit, &i)))
		vxc_ledger_keep(&leg->ledger, now);
}

/**
 * vxc_sla_reset() - Begin a new period
 * @circuit: the circuit, its ledgers up to date
 *
 * The events stay: they have their own dates.
 */
void vxc_sla_reset(struct vxc_circuit *circuit)
{
	struct vxc_leg *leg;
	unsigned int i = 0;

	circuit->sla.begun = ktime_get_real_ns();
	circuit->sla.failovers = 0;
	vxc_ledger_reset(&circuit->sla.ledger, circuit->sla.ledger.at);
	while ((leg = vxc_next_leg(circuit, &i)))
		vxc_ledger_reset(&leg->ledger, leg->ledger.at);
}

/* What an earlier ledger of the same thing had. */
static void add(struct vxc_ledger *ledger, const struct vxc_ledger *more)
{
	int i;

	for (i = 0; i < VXC_ACCOUNTS; i++)
		ledger->time[i] += more->time[i];
	ledger->outages += more->outages;
	ledger->worst = max(ledger->worst, more->worst);
	ledger->windows.good_time += more->windows.good_time;
	ledger->windows.bad_time += more->windows.bad_time;
	ledger->windows.high_loss += more->windows.high_loss;
	ledger->windows.high_runs += more->windows.high_runs;
}

/**
 * vxc_sla_add() - Add what was recorded before
 * @circuit: the circuit
 * @figures: what its record and those of its legs had
 */
void vxc_sla_add(struct vxc_circuit *circuit,
		 const struct vxc_sla_figures *figures)
{
	struct vxc_leg *leg;
	unsigned int i = 0;

	add(&circuit->sla.ledger, &figures->circuit);
	circuit->sla.failovers += figures->failovers;
	if (figures->begun)
		circuit->sla.begun = min(circuit->sla.begun, figures->begun);
	while ((leg = vxc_next_leg(circuit, &i)))
		add(&leg->ledger, &figures->leg[leg->end->which * VXC_LEGS +
						  leg->role]);
}
