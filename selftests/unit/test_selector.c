// SPDX-License-Identifier: GPL-2.0
/*
 * The selector against a second one, written the other way round: it keeps
 * the set of requests that stand and takes the highest. Both see every
 * sequence of events up to a length, from every configuration.
 */
#include "ktap.h"
#include "selector.h"

#define DEPTH	6
#define WTR	1000

enum event {
	FAIL_PRIMARY, FIX_PRIMARY, FAIL_SECONDARY, FIX_SECONDARY,
	MANUAL_PRIMARY, MANUAL_SECONDARY, CLEAR, SHORT_TIME, LONG_TIME,
	REVERTIVE_OFF, REVERTIVE_ON, EVENTS
};

static const char *const event_name[] = {
	"fail primary", "fix primary", "fail secondary", "fix secondary",
	"manual primary", "manual secondary", "clear", "short time",
	"long time", "revertive off", "revertive on",
};

/* The requests that stand, in the order of G.8031's priorities. */
struct model {
	bool fail[2];
	int manual;		/* leg, or -1 */
	bool wtr, dnr;
	__u64 wtr_end;
	bool revertive;
	__u64 wait;
	int active;		/* leg, or -1 */
};

static enum vxc_request highest(const struct model *m)
{
	if (m->fail[0] || m->fail[1])
		return VXC_REQUEST_SIGNAL_FAIL;
	if (m->manual >= 0)
		return VXC_REQUEST_MANUAL_SWITCH;
	if (m->wtr)
		return VXC_REQUEST_WAIT_TO_RESTORE;
	if (m->dnr)
		return VXC_REQUEST_DO_NOT_REVERT;
	return VXC_REQUEST_NO_REQUEST;
}

static void act(struct model *m)
{
	switch (highest(m)) {
	case VXC_REQUEST_SIGNAL_FAIL:
		m->active = !m->fail[0] ? 0 : !m->fail[1] ? 1 : -1;
		/* Lower requests do not survive. */
		m->manual = -1;
		m->wtr = false;
		m->dnr = false;
		break;
	case VXC_REQUEST_MANUAL_SWITCH:
		m->active = m->manual;
		m->wtr = false;
		m->dnr = false;
		break;
	case VXC_REQUEST_NO_REQUEST:
		m->active = 0;
		break;
	default:
		m->active = 1;
	}
}

/* Traffic is on the secondary and what held it there has ended. */
static void released(struct model *m, __u64 now, bool failure)
{
	m->wtr = false;
	m->dnr = false;
	if (m->active != 1)
		return;
	if (!m->revertive) {
		m->dnr = true;
	} else if (failure && m->wait) {
		m->wtr = true;
		m->wtr_end = now + m->wait;
	}
}

static void model_fix(struct model *m, int leg, __u64 now)
{
	bool was = m->fail[0] || m->fail[1];

	m->fail[leg] = false;
	if (was && !m->fail[0] && !m->fail[1])
		released(m, now, true);
}

static void model_clear(struct model *m, __u64 now)
{
	if (m->fail[0] || m->fail[1])
		return;
	if (m->manual >= 0) {
		m->manual = -1;
		released(m, now, false);
	} else {
		m->wtr = false;
		m->dnr = false;
	}
}

static void model_config(struct model *m, bool revertive)
{
	m->revertive = revertive;
	if (m->fail[0] || m->fail[1] || m->manual >= 0 || m->active != 1)
		return;
	m->wtr = m->wtr && revertive;
	m->dnr = !revertive;
}

static void model_event(struct model *m, enum event ev, __u64 now)
{
	switch (ev) {
	case FAIL_PRIMARY:
	case FAIL_SECONDARY:
		m->fail[ev == FAIL_SECONDARY] = true;
		break;
	case FIX_PRIMARY:
	case FIX_SECONDARY:
		model_fix(m, ev == FIX_SECONDARY, now);
		break;
	case MANUAL_PRIMARY:
	case MANUAL_SECONDARY:
		m->manual = ev == MANUAL_SECONDARY;
		break;
	case CLEAR:
		model_clear(m, now);
		break;
	case REVERTIVE_OFF:
	case REVERTIVE_ON:
		model_config(m, ev == REVERTIVE_ON);
		break;
	default:
		break;
	}
	if (m->wtr && now >= m->wtr_end)
		m->wtr = false;
	act(m);
}

static void selector_event(struct vxc_selector *sel, enum event ev, __u64 now)
{
	switch (ev) {
	case FAIL_PRIMARY:
	case FAIL_SECONDARY:
		sel->failed |= 1 << (ev == FAIL_SECONDARY);
		break;
	case FIX_PRIMARY:
	case FIX_SECONDARY:
		sel->failed &= ~(1 << (ev == FIX_SECONDARY));
		break;
	case MANUAL_PRIMARY:
	case MANUAL_SECONDARY:
		sel->manual = ev == MANUAL_SECONDARY;
		break;
	case CLEAR:
		vxc_selector_clear(sel, now);
		return;
	case REVERTIVE_OFF:
	case REVERTIVE_ON:
		sel->revertive = ev == REVERTIVE_ON;
		break;
	default:
		break;
	}
	vxc_selector_run(sel, now);
}

static int trail[DEPTH];
static unsigned long compared;

static void show_trail(int depth, const struct vxc_selector *sel,
		       const struct model *m)
{
	int i;

	fprintf(ktap_out, "# revertive %d wtr %llu:", m->revertive,
		(unsigned long long)m->wait);
	for (i = 0; i <= depth; i++)
		fprintf(ktap_out, " %s,", event_name[trail[i]]);
	fprintf(ktap_out, " selector %d/%d, model %d/%d\n", sel->active,
		sel->request, m->active, highest(m));
}

static bool agree(const struct vxc_selector *sel, const struct model *m)
{
	int active = sel->active == VXC_NO_LEG ? -1 : sel->active;

	compared++;
	return active == m->active && sel->request == highest(m) &&
	       (sel->wtr_end != 0) == m->wtr;
}

static bool walk(struct vxc_selector sel, struct model m, int depth, __u64 now)
{
	int ev;

	for (ev = 0; ev < EVENTS && depth < DEPTH; ev++) {
		struct vxc_selector next = sel;
		struct model next_m = m;
		__u64 then = now + (ev == SHORT_TIME ? WTR / 2 :
				    ev == LONG_TIME ? 2 * WTR : 1);

		trail[depth] = ev;
		selector_event(&next, ev, then);
		model_event(&next_m, ev, then);
		if (!agree(&next, &next_m)) {
			show_trail(depth, &next, &next_m);
			return false;
		}
		if (!walk(next, next_m, depth + 1, then))
			return false;
	}
	return true;
}

static void every_sequence(bool revertive, __u64 wait)
{
	struct model m = { .manual = -1, .revertive = revertive,
			   .wait = wait };
	struct vxc_selector sel;

	vxc_selector_init(&sel);
	sel.revertive = revertive;
	sel.wtr = wait;
	sel.present = 3;
	vxc_selector_run(&sel, 1);
	act(&m);
	check(agree(&sel, &m));
	check(walk(sel, m, 0, 1));
}

static void one_leg(void)
{
	struct vxc_selector sel;

	vxc_selector_init(&sel);
	vxc_selector_run(&sel, 1);
	check_int(sel.active, VXC_NO_LEG);
	check_int(sel.request, VXC_REQUEST_NO_REQUEST);

	sel.present = 1 << VXC_ROLE_SECONDARY;
	vxc_selector_run(&sel, 2);
	check_int(sel.active, VXC_ROLE_SECONDARY);
	check_int(sel.request, VXC_REQUEST_NO_REQUEST);

	sel.failed = sel.present;
	vxc_selector_run(&sel, 3);
	check_int(sel.active, VXC_NO_LEG);
	check_int(sel.request, VXC_REQUEST_SIGNAL_FAIL);
}

int main(void)
{
	ktap_begin(5);
	one_leg();
	ktap_test("one leg or none");
	every_sequence(true, 0);
	ktap_test("every sequence, revertive at once");
	every_sequence(true, WTR);
	ktap_test("every sequence, revertive after a wait");
	every_sequence(false, 0);
	ktap_test("every sequence, not revertive");
	every_sequence(false, WTR);
	ktap_test("every sequence, not revertive, with a wait");
	fprintf(ktap_out, "# %lu decisions compared\n", compared);
	return ktap_end();
}
