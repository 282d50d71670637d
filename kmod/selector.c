// SPDX-License-Identifier: GPL-2.0
#include "selector.h"

/**
 * vxc_selector_init() - Start with no leg
 * @sel: the selector
 */
void vxc_selector_init(struct vxc_selector *sel)
{
	*sel = (struct vxc_selector) {
		.revertive = 1,
		.manual = VXC_NO_LEG,
		.active = VXC_NO_LEG,
		.request = VXC_REQUEST_NO_REQUEST,
	};
}

static void decide(struct vxc_selector *sel, __u8 active, __u8 request)
{
	sel->active = active;
	sel->request = request;
	if (request != VXC_REQUEST_WAIT_TO_RESTORE)
		sel->wtr_end = 0;
}

/* At most one leg works. A standing manual switch is lower and forgotten. */
static void decide_failed(struct vxc_selector *sel, __u8 good)
{
	__u8 request = VXC_REQUEST_SIGNAL_FAIL;

	sel->manual = VXC_NO_LEG;
	if (!(sel->present & sel->failed))
		request = VXC_REQUEST_NO_REQUEST;

	if (good & (1 << VXC_ROLE_PRIMARY))
		decide(sel, VXC_ROLE_PRIMARY, request);
	else if (good & (1 << VXC_ROLE_SECONDARY))
		decide(sel, VXC_ROLE_SECONDARY, request);
	else
		decide(sel, VXC_NO_LEG, request);
}

/* Both legs work, and traffic is on the secondary. */
static void decide_revert(struct vxc_selector *sel, __u64 now)
{
	if (!sel->revertive) {
		decide(sel, VXC_ROLE_SECONDARY, VXC_REQUEST_DO_NOT_REVERT);
		return;
	}

	if (sel->request == VXC_REQUEST_SIGNAL_FAIL && sel->wtr) {
		sel->wtr_end = now + sel->wtr;
		decide(sel, VXC_ROLE_SECONDARY, VXC_REQUEST_WAIT_TO_RESTORE);
		return;
	}

	if (sel->request == VXC_REQUEST_WAIT_TO_RESTORE && now < sel->wtr_end)
		return;

	decide(sel, VXC_ROLE_PRIMARY, VXC_REQUEST_NO_REQUEST);
}

/**
 * vxc_selector_run() - Decide again
 * @sel: the selector, its inputs as they are now
 * @now: the time, in nanoseconds of a clock that never goes back
 */
void vxc_selector_run(struct vxc_selector *sel, __u64 now)
{
	__u8 both = (1 << VXC_ROLE_PRIMARY) | (1 << VXC_ROLE_SECONDARY);
	__u8 good = sel->present & ~sel->failed;

	if (good != both)
		decide_failed(sel, good);
	else if (sel->manual != VXC_NO_LEG)
		decide(sel, sel->manual, VXC_REQUEST_MANUAL_SWITCH);
	else if (sel->active == VXC_ROLE_SECONDARY)
		decide_revert(sel, now);
	else
		decide(sel, VXC_ROLE_PRIMARY, VXC_REQUEST_NO_REQUEST);
}

/**
 * vxc_selector_clear() - The operator's clear command
 * @sel: the selector
 * @now: the time, in nanoseconds
 *
 * Ends a manual switch, a wait to restore or a do-not-revert: traffic returns
 * to the primary leg if that works. A manual switch of a circuit that is not
 * revertive ends as do-not-revert; a second clear ends that.
 */
void vxc_selector_clear(struct vxc_selector *sel, __u64 now)
{
	if (sel->manual != VXC_NO_LEG) {
		sel->manual = VXC_NO_LEG;
	} else if (sel->request == VXC_REQUEST_WAIT_TO_RESTORE ||
		   sel->request == VXC_REQUEST_DO_NOT_REVERT) {
		sel->active = VXC_ROLE_PRIMARY;
		sel->request = VXC_REQUEST_NO_REQUEST;
	}
	vxc_selector_run(sel, now);
}
