// SPDX-License-Identifier: GPL-2.0
#include "selector.h"

/* One bit a role. */
#define PRIMARY		0x1
#define SECONDARY	0x2
#define BOTH		(PRIMARY | SECONDARY)

/**
 * vxc_selector_init() - Start with no leg
 * @sel: the selector
 */
void vxc_selector_init(struct vxc_selector *sel)
{
	*sel = (struct vxc_selector) {
		.revertive = 1,
		.selected = VXC_ROLE_PRIMARY,
		.active = VXC_NO_LEG,
	};
}

/* The standard's priorities. A reverse request only answers an exercise. */
static unsigned int priority(__u8 request)
{
	switch (request) {
	case VXC_REQUEST_LOCKOUT:
		return 10;
	case VXC_REQUEST_SIGNAL_FAIL_P:
		return 9;
	case VXC_REQUEST_FORCED_SWITCH:
		return 8;
	case VXC_REQUEST_SIGNAL_FAIL:
		return 7;
	case VXC_REQUEST_SIGNAL_DEGRADE:
		return 6;
	case VXC_REQUEST_MANUAL_SWITCH:
		return 5;
	case VXC_REQUEST_WAIT_TO_RESTORE:
		return 4;
	case VXC_REQUEST_EXERCISE:
		return 3;
	case VXC_REQUEST_DO_NOT_REVERT:
		return 1;
	default:
		return 0;
	}
}

/* A failure counts when it has lasted for the hold-off time. */
static void run_hold_off(struct vxc_selector *sel, __u64 now)
{
	__u8 failed = sel->present & sel->failed;
	int role;

	for (role = 0; role < VXC_LEGS; role++) {
		__u8 bit = 1 << role;

		if (!(failed & bit)) {
			sel->down &= ~bit;
			sel->hold_end[role] = 0;
			continue;
		}
		if (sel->down & bit)
			continue;
		if (!sel->hold_end[role])
			sel->hold_end[role] = now + sel->hold;
		if (!(sel->sure & bit) && now < sel->hold_end[role])
			continue;
		sel->down |= bit;
		sel->hold_end[role] = 0;
	}
}

/* What this end would ask for, its operator's command aside. */
static __u8 condition(const struct vxc_selector *sel)
{
	if (sel->down & SECONDARY)
		return VXC_REQUEST_SIGNAL_FAIL_P;
	if (sel->down & PRIMARY)
		return VXC_REQUEST_SIGNAL_FAIL;
	if (sel->present & sel->degraded)
		return VXC_REQUEST_SIGNAL_DEGRADE;

	return VXC_REQUEST_NO_REQUEST;
}

static int was_failure(__u8 request)
{
	return request == VXC_REQUEST_SIGNAL_FAIL ||
	       request == VXC_REQUEST_SIGNAL_DEGRADE;
}

/* Nothing is asked for: what keeps traffic on the secondary, if it is. */
static __u8 idle(struct vxc_selector *sel, __u64 now)
{
	if (sel->selected != VXC_ROLE_SECONDARY)
		return VXC_REQUEST_NO_REQUEST;
	if (!sel->revertive)
		return VXC_REQUEST_DO_NOT_REVERT;

	if (was_failure(sel->local) && sel->wtr)
		sel->wtr_end = now + sel->wtr;
	if (now < sel->wtr_end)
		return VXC_REQUEST_WAIT_TO_RESTORE;

	return VXC_REQUEST_NO_REQUEST;
}

static __u8 local_request(struct vxc_selector *sel, __u64 now)
{
	__u8 request = condition(sel);

	if (!request)
		request = idle(sel, now);
	if (priority(sel->command) > priority(request))
		request = sel->command;
	if (request != VXC_REQUEST_WAIT_TO_RESTORE)
		sel->wtr_end = 0;

	return request;
}

/* The leg that a request of this end asks for. */
static __u8 wanted(const struct vxc_selector *sel, __u8 request)
{
	__u8 degraded = sel->present & sel->degraded;

	switch (request) {
	case VXC_REQUEST_FORCED_SWITCH:
	case VXC_REQUEST_SIGNAL_FAIL:
	case VXC_REQUEST_WAIT_TO_RESTORE:
	case VXC_REQUEST_DO_NOT_REVERT:
		return VXC_ROLE_SECONDARY;
	case VXC_REQUEST_SIGNAL_DEGRADE:
		if (degraded == BOTH)
			return sel->selected;
		return degraded & PRIMARY ? VXC_ROLE_SECONDARY :
					    VXC_ROLE_PRIMARY;
	case VXC_REQUEST_MANUAL_SWITCH:
		return sel->command_leg;
	case VXC_REQUEST_EXERCISE:
		return sel->selected;
	default:
		return VXC_ROLE_PRIMARY;
	}
}

/*
 * The higher request decides. Of two equal ones that contradict each other
 * that for the primary does, so both ends come to the same.
 */
static int far_rules(const struct vxc_selector *sel, __u8 leg)
{
	unsigned int far = priority(sel->far.request);
	unsigned int near = priority(sel->local);

	if (!sel->aps || far < near)
		return 0;
	if (far > near)
		return 1;

	return (sel->local == VXC_REQUEST_SIGNAL_DEGRADE ||
		sel->local == VXC_REQUEST_MANUAL_SWITCH ||
		sel->local == VXC_REQUEST_EXERCISE) &&
	       leg == VXC_ROLE_SECONDARY && !sel->far.signal;
}

static void protect(struct vxc_selector *sel, __u64 now)
{
	__u8 leg;

	sel->local = local_request(sel, now);
	leg = wanted(sel, sel->local);
	sel->ruled = far_rules(sel, leg);
	sel->request = sel->ruled ? sel->far.request : sel->local;
	/* A command that does not decide is forgotten. */
	if (sel->ruled || sel->local != sel->command)
		sel->command = VXC_REQUEST_NO_REQUEST;

	if (sel->ruled)
		leg = sel->far.signal ? VXC_ROLE_SECONDARY : VXC_ROLE_PRIMARY;
	sel->selected = leg;
	if (sel->selected == VXC_ROLE_PRIMARY)
		sel->wtr_end = 0;
}

/* One leg or none: there is nothing to switch between. */
static void no_protection(struct vxc_selector *sel)
{
	if (sel->present)
		sel->selected = sel->present & PRIMARY ? VXC_ROLE_PRIMARY :
							 VXC_ROLE_SECONDARY;
	sel->command = VXC_REQUEST_NO_REQUEST;
	sel->local = sel->down ? VXC_REQUEST_SIGNAL_FAIL :
				 VXC_REQUEST_NO_REQUEST;
	sel->request = sel->local;
	sel->ruled = 0;
	sel->wtr_end = 0;
}

/**
 * vxc_selector_run() - Decide again
 * @sel: the selector, its inputs as they are now
 * @now: the time, in nanoseconds of a clock that never goes back
 */
void vxc_selector_run(struct vxc_selector *sel, __u64 now)
{
	run_hold_off(sel, now);
	if (sel->present == BOTH)
		protect(sel, now);
	else
		no_protection(sel);

	sel->active = sel->selected;
	if (!(sel->present & ~sel->down & (1 << sel->selected)))
		sel->active = VXC_NO_LEG;
}

/**
 * vxc_selector_refuses() - Would a command be forgotten at once?
 * @sel: the selector
 * @command: the request that the command makes
 *
 * Return: the higher request that stands against it, or 0.
 */
int vxc_selector_refuses(const struct vxc_selector *sel, __u8 command)
{
	if (priority(sel->request) > priority(command))
		return sel->request;

	return 0;
}

/**
 * vxc_selector_command() - The operator asks for something
 * @sel: the selector
 * @command: the request that the command makes
 * @leg: the leg, of a manual switch
 * @now: the time, in nanoseconds
 *
 * A command that is lower than the request that stands changes nothing.
 */
void vxc_selector_command(struct vxc_selector *sel, __u8 command, __u8 leg,
			  __u64 now)
{
	if (!vxc_selector_refuses(sel, command)) {
		sel->command = command;
		sel->command_leg = leg;
	}
	vxc_selector_run(sel, now);
}

/**
 * vxc_selector_clear() - The operator's clear command
 * @sel: the selector
 * @now: the time, in nanoseconds
 *
 * Ends the standing command. Without one it ends a wait to restore or a
 * do-not-revert: traffic returns to the primary leg if that works. A command
 * that has moved the traffic of a circuit that is not revertive ends as
 * do-not-revert; a second clear ends that. With APS the far end would hold on
 * to its own do-not-revert, so there only a manual switch to the primary does.
 */
void vxc_selector_clear(struct vxc_selector *sel, __u64 now)
{
	if (sel->command)
		sel->command = VXC_REQUEST_NO_REQUEST;
	else if (sel->local == VXC_REQUEST_WAIT_TO_RESTORE)
		sel->wtr_end = 0;
	else if (sel->local == VXC_REQUEST_DO_NOT_REVERT && !sel->aps)
		sel->selected = VXC_ROLE_PRIMARY;
	vxc_selector_run(sel, now);
}

/**
 * vxc_selector_deadline() - When the selector has to run again
 * @sel: the selector
 *
 * Return: the time in nanoseconds, or 0 for never.
 */
__u64 vxc_selector_deadline(const struct vxc_selector *sel)
{
	__u64 first = sel->wtr_end;
	int role;

	for (role = 0; role < VXC_LEGS; role++)
		if (sel->hold_end[role] &&
		    (!first || sel->hold_end[role] < first))
			first = sel->hold_end[role];

	return first;
}

/**
 * vxc_selector_tell() - What the far end is to be told
 * @sel: the selector
 *
 * Return: this end's request while it decides. When the far end's does, no
 * request, or a reverse request to an exercise, and where traffic is.
 */
struct vxc_selector_aps vxc_selector_tell(const struct vxc_selector *sel)
{
	struct vxc_selector_aps aps = {
		.request = sel->local,
		.signal = sel->selected == VXC_ROLE_SECONDARY,
	};

	if (sel->ruled)
		aps.request = sel->far.request == VXC_REQUEST_EXERCISE ?
			      VXC_REQUEST_REVERSE_REQUEST :
			      VXC_REQUEST_NO_REQUEST;

	return aps;
}
