// SPDX-License-Identifier: GPL-2.0
/* What is said of the protection: what is down and why, what decides. */
#include "vxc.h"

/* LEGS_DOWN, LEG_DOWN, SIGNAL_DEGRADE or none, of the legs an end has. */
static u8 end_reason(const struct vxc_end *end)
{
	int role, legs = 0, down = 0;
	bool degraded = false;

	for (role = 0; role < VXC_LEGS; role++) {
		if (!end->leg[role])
			continue;
		legs++;
		if (READ_ONCE(end->leg[role]->reason))
			down++;
		degraded |= READ_ONCE(end->leg[role]->degraded);
	}
	if (!down)
		return degraded ? VXC_REASON_SIGNAL_DEGRADE : VXC_REASON_NONE;

	return legs == down ? VXC_REASON_LEGS_DOWN : VXC_REASON_LEG_DOWN;
}

/* What is wrong with a leg, enum vxc_reason, and its @state. */
u8 vxc_leg_reason(const struct vxc_leg *leg, u8 *state)
{
	u8 reason = READ_ONCE(leg->reason);

	*state = reason ? VXC_STATE_DOWN : VXC_STATE_UP;
	if (reason || !READ_ONCE(leg->degraded))
		return reason;

	*state = VXC_STATE_DEGRADED;
	return VXC_REASON_SIGNAL_DEGRADE;
}

/* Why a whole circuit carries no traffic, enum vxc_reason; under rtnl. */
u8 vxc_circuit_reason(const struct vxc_circuit *circuit)
{
	u8 reason = VXC_REASON_NONE, of_end;
	int i;

	if (circuit->admin == VXC_ADMIN_DOWN)
		return VXC_REASON_ADMIN_DOWN;
	if (circuit->provisioning != VXC_PROVISIONING_PROVISIONED)
		return VXC_REASON_NOT_PROVISIONED;
	if (!vxc_end_used(&circuit->end[VXC_END_A]))
		return VXC_REASON_NO_LEG;

	for (i = 0; i < VXC_ENDS; i++) {
		of_end = end_reason(&circuit->end[i]);
		if (of_end == VXC_REASON_LEGS_DOWN)
			return of_end;
		if (of_end && reason != VXC_REASON_LEG_DOWN)
			reason = of_end;
	}
	return reason;
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
		leg = vxc_peering_leg(p, p->role);
		return leg ? READ_ONCE(leg->reason) : VXC_REASON_NO_LEG;
	}

	if (vxc_peering_up(p))
		return VXC_REASON_NONE;
	reason = vxc_circuit_reason(p->circuit);
	return reason ? reason : VXC_REASON_LEGS_DOWN;
}

/* Time until @end in milliseconds, begun ones count; 0 if it is over. */
static u32 left(u64 end, u64 now)
{
	if (end <= now)
		return 0;

	return div_u64(end - now + NSEC_PER_MSEC - 1, NSEC_PER_MSEC);
}

/**
 * vxc_protect_report() - What there is to say of an end's protection
 * @end: the end; under rtnl
 * @report: where to say it
 */
void vxc_protect_report(struct vxc_end *end, struct vxc_end_report *report)
{
	const struct vxc_selector *sel = &end->sel;
	u64 now;
	int role;

	memset(report, 0, sizeof(*report));
	spin_lock_bh(&end->circuit->lock);
	now = ktime_get_ns();
	report->active = end->taken.active;
	report->request = sel->request;
	report->ruled = sel->ruled;
	report->seen = end->aps.seen;
	report->far = sel->far.request;
	report->defects = vxc_aps_defects(end, now);
	report->switches = end->switches;
	report->wtr_left = left(sel->wtr_end, now);
	for (role = 0; role < VXC_LEGS; role++)
		report->hold_left = max(report->hold_left,
					left(sel->hold_end[role], now));
	spin_unlock_bh(&end->circuit->lock);
}

/* Rest of a leg's drill, in milliseconds; under rtnl. */
u32 vxc_protect_drill_left(struct vxc_leg *leg)
{
	u32 ms;

	spin_lock_bh(&leg->circuit->lock);
	ms = left(leg->drill_end, ktime_get_ns());
	spin_unlock_bh(&leg->circuit->lock);
	return ms;
}
