// SPDX-License-Identifier: GPL-2.0
/*
 * The selector against a second one, which is a table: who decides, for each
 * pair of this end's highest request and the far end's. Both see every event
 * in every state that can be reached, in every configuration; then long random
 * walks; then two selectors talk to each other over a slow line.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "ktap.h"
#include "selector.h"
#include "selector_model.h"

static void set_far(struct vxc_selector *sel, int ev)
{
	int far = ev == FAR_EX1 ? EX : ev - FAR_END;

	sel->far.request = (__u8)request_of[far];
	sel->far.signal = ev == FAR_EX1 || place[far] == '1';
}

static void selector_event(struct vxc_selector *sel, int ev, __u64 now)
{
	switch (ev) {
	case FAIL_PRIMARY:
	case FAIL_SECONDARY:
		sel->failed |= 1 << (ev == FAIL_SECONDARY);
		break;
	case BREAK_PRIMARY:
	case BREAK_SECONDARY:
		sel->failed |= 1 << (ev == BREAK_SECONDARY);
		sel->sure |= 1 << (ev == BREAK_SECONDARY);
		break;
	case FIX_PRIMARY:
	case FIX_SECONDARY:
		sel->failed &= ~(1 << (ev == FIX_SECONDARY));
		sel->sure &= ~(1 << (ev == FIX_SECONDARY));
		break;
	case DEGRADE_PRIMARY:
	case DEGRADE_SECONDARY:
		sel->degraded |= 1 << (ev == DEGRADE_SECONDARY);
		break;
	case HEAL_PRIMARY:
	case HEAL_SECONDARY:
		sel->degraded &= ~(1 << (ev == HEAL_SECONDARY));
		break;
	case LOCKOUT:
		vxc_selector_command(sel, VXC_REQUEST_LOCKOUT, 0, now);
		return;
	case FORCE:
		vxc_selector_command(sel, VXC_REQUEST_FORCED_SWITCH, 0, now);
		return;
	case MANUAL_PRIMARY:
	case MANUAL_SECONDARY:
		vxc_selector_command(sel, VXC_REQUEST_MANUAL_SWITCH,
				     ev == MANUAL_SECONDARY, now);
		return;
	case EXERCISE:
		vxc_selector_command(sel, VXC_REQUEST_EXERCISE, 0, now);
		return;
	case CLEAR:
		vxc_selector_clear(sel, now);
		return;
	case SHORT_TIME:
	case LONG_TIME:
		break;
	case REVERTIVE_OFF:
	case REVERTIVE_ON:
		sel->revertive = ev == REVERTIVE_ON;
		break;
	default:
		set_far(sel, ev);
	}
	vxc_selector_run(sel, now);
}

static __u64 earlier(__u64 a, __u64 b)
{
	return !a ? b : !b ? a : a < b ? a : b;
}

static unsigned long compared;

static bool agree(const struct vxc_selector *sel, const struct model *m)
{
	struct vxc_selector_aps aps = vxc_selector_tell(sel);
	enum token told = !m->theirs ? m->mine : m->far == EX ? RR : NR;
	__u64 next = 0;
	int i;

	for (i = 0; i < 2; i++)
		if (m->raw[i] && !m->fail[i])
			next = earlier(next, NOW + (__u64)m->holding[i]);
	if (m->waiting)
		next = earlier(next, NOW + (__u64)m->waiting);
	compared++;
	return sel->selected == m->at &&
	       sel->active == (m->fail[m->at] ? VXC_NO_LEG : m->at) &&
	       sel->request == request_of[decided(m)] &&
	       sel->ruled == m->theirs && aps.signal == m->at &&
	       aps.request == request_of[told] &&
	       vxc_selector_deadline(sel) == next;
}

static void show(int ev, const struct vxc_selector *sel, const struct model *m)
{
	fprintf(ktap_out, "# aps %d revertive %d wtr %d hold %d, after ",
		m->aps, m->revertive, m->wait, m->hold);
	if (ev >= FAR_END)
		fprintf(ktap_out, "far %s", ev == FAR_EX1 ? "EXER-1" :
			token_name[ev - FAR_END]);
	else
		fprintf(ktap_out, "%s", event_name[ev]);
	fprintf(ktap_out, ": selector leg %d request %d ruled %d next %llu",
		sel->selected, sel->request, sel->ruled,
		(unsigned long long)vxc_selector_deadline(sel));
	fprintf(ktap_out, ", table leg %d mine %s far %s theirs %d wait %d\n",
		m->at, token_name[m->mine], token_name[m->far], m->theirs,
		m->waiting);
}

/* Both, before and after an event, with the clock set back to NOW. */
struct pair {
	struct vxc_selector sel;
	struct model m;
};

static __u64 rebase(__u64 end, __u64 by)
{
	return end ? end - by : 0;
}

static bool step(struct pair *p, int ev)
{
	__u64 by = ev == SHORT_TIME ? TICK : ev == LONG_TIME ? 10 * TICK : 0;

	selector_event(&p->sel, ev, NOW + by);
	model_event(&p->m, ev);
	p->sel.wtr_end = rebase(p->sel.wtr_end, by);
	p->sel.hold_end[0] = rebase(p->sel.hold_end[0], by);
	p->sel.hold_end[1] = rebase(p->sel.hold_end[1], by);
	if (agree(&p->sel, &p->m))
		return true;
	show(ev, &p->sel, &p->m);
	return false;
}

static bool legal(int ev)
{
	return ev != FAR_END + DD;
}

static void begin(struct pair *p, bool aps, int wait, int hold)
{
	memset(p, 0, sizeof(*p));
	p->m = (struct model) {
		.revertive = true, .aps = aps, .wait = wait, .hold = hold,
		.command = NR, .mine = NR, .far = NR,
	};
	vxc_selector_init(&p->sel);
	p->sel.aps = aps;
	p->sel.wtr = (__u64)wait;
	p->sel.hold = (__u64)hold;
	p->sel.present = 3;
	vxc_selector_run(&p->sel, NOW);
}

/* --- every state ---------------------------------------------------------- */

#define SLOTS	0x200000u

static struct pair *states;
static unsigned int *slots;
static unsigned int n_states;

static unsigned int hash(const void *data, size_t len)
{
	const unsigned char *c = data;
	unsigned int h = 2166136261u;

	while (len--)
		h = (h ^ *c++) * 16777619u;
	return h;
}

static bool is_new(const struct pair *p)
{
	unsigned int i = hash(p, sizeof(*p));

	for (; slots[i % SLOTS]; i++)
		if (!memcmp(&states[slots[i % SLOTS] - 1], p, sizeof(*p)))
			return false;
	if (n_states == SLOTS / 2) {
		fprintf(ktap_out, "# too many states\n");
		return false;
	}
	memcpy(&states[n_states], p, sizeof(*p));
	slots[i % SLOTS] = ++n_states;
	return true;
}

static bool every_state(bool aps, int wait, int hold)
{
	unsigned int i;
	struct pair p;
	int ev;

	memset(slots, 0, SLOTS * sizeof(*slots));
	n_states = 0;
	begin(&p, aps, wait, hold);
	is_new(&p);
	for (i = 0; i < n_states; i++) {
		for (ev = 0; ev < EVENTS; ev++) {
			memcpy(&p, &states[i], sizeof(p));
			if (!legal(ev))
				continue;
			if (!step(&p, ev))
				return false;
			is_new(&p);
		}
	}
	fprintf(ktap_out, "# aps %d wtr %d hold %d: %u states\n", aps, wait,
		hold, n_states);
	return n_states < SLOTS / 2;
}

static void all_states(bool aps)
{
	int wait, hold;

	for (wait = 0; wait <= TWO; wait += TWO)
		for (hold = 0; hold <= TWO; hold += TWO)
			check(every_state(aps, wait, hold));
}

/* --- random walks --------------------------------------------------------- */

static bool random_walk(unsigned int steps)
{
	struct pair p;
	int ev;

	begin(&p, rand() & 1, rand() & 1 ? TWO : 0, rand() & 1 ? TWO : 0);
	while (steps--) {
		do
			ev = rand() % EVENTS;
		while (!legal(ev));
		if (!step(&p, ev))
			return false;
	}
	return true;
}

/* --- two ends ------------------------------------------------------------- */

#define LINE	8

/* Messages on their way to an end. */
struct line {
	struct vxc_selector_aps v[LINE];
	unsigned int n;
};

static void tell(struct line *line, const struct vxc_selector *from,
		 struct vxc_selector_aps *told)
{
	struct vxc_selector_aps aps = vxc_selector_tell(from);

	if (!memcmp(told, &aps, sizeof(aps)))
		return;
	*told = aps;
	/* Only the latest counts: a full line forgets the oldest. */
	if (line->n == LINE)
		memmove(line->v, line->v + 1,
			--line->n * sizeof(*line->v));
	line->v[line->n++] = aps;
}

static void hear(struct line *line, struct vxc_selector *to, __u64 now)
{
	if (!line->n)
		return;
	to->far = line->v[0];
	memmove(line->v, line->v + 1, --line->n * sizeof(*line->v));
	vxc_selector_run(to, now);
}

static void two_ends_settle(struct vxc_selector *end, struct line *line,
			    struct vxc_selector_aps *told, __u64 *now)
{
	int i, j;

	for (i = 0; i < 64; i++) {
		for (j = 0; j < 2; j++) {
			*now += TICK;
			hear(&line[j], &end[j], *now);
			vxc_selector_run(&end[j], *now);
			tell(&line[!j], &end[j], &told[j]);
		}
	}
}

/* Fibres fail for both ends, commands are given at one. */
static void two_ends_event(struct vxc_selector *end, __u64 now)
{
	int ev = rand() % FAR_END, i;

	if (ev >= REVERTIVE_OFF)
		return;
	for (i = 0; i < 2; i++)
		if (ev < LOCKOUT && rand() % 4)
			selector_event(&end[i], ev, now);
	if (ev >= LOCKOUT && ev <= CLEAR)
		selector_event(&end[rand() & 1], ev, now);
}

static bool two_ends(bool revertive, unsigned int steps)
{
	struct vxc_selector_aps told[2] = {};
	struct line line[2] = {};
	struct vxc_selector end[2];
	__u64 now = NOW;
	int i;

	for (i = 0; i < 2; i++) {
		vxc_selector_init(&end[i]);
		end[i].aps = 1;
		end[i].revertive = revertive;
		end[i].wtr = TWO;
		end[i].present = 3;
		vxc_selector_run(&end[i], now);
	}
	while (steps--) {
		now += (__u64)(rand() % (2 * TICK));
		two_ends_event(end, now);
		for (i = 0; i < 2; i++) {
			vxc_selector_run(&end[i], now);
			tell(&line[!i], &end[i], &told[i]);
			if (rand() & 1)
				hear(&line[i], &end[i], now);
			tell(&line[!i], &end[i], &told[i]);
		}
		if (rand() % 16)
			continue;
		two_ends_settle(end, line, told, &now);
		if (line[0].n || line[1].n ||
		    end[0].selected != end[1].selected) {
			fprintf(ktap_out,
				"# ends on legs %d %d, requests %d %d, %u %u on the way\n",
				end[0].selected, end[1].selected,
				end[0].request, end[1].request, line[0].n,
				line[1].n);
			return false;
		}
	}
	return true;
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

	vxc_selector_command(&sel, VXC_REQUEST_LOCKOUT, 0, 4);
	check_int(sel.request, VXC_REQUEST_SIGNAL_FAIL);
	check_int(sel.command, VXC_REQUEST_NO_REQUEST);

	/* A primary that comes to it takes over, without a wait. */
	sel.failed = 0;
	sel.wtr = TWO;
	vxc_selector_run(&sel, 5);
	sel.present = 3;
	vxc_selector_run(&sel, 6);
	check_int(sel.active, VXC_ROLE_PRIMARY);
}

static void refusals(void)
{
	struct vxc_selector sel;

	vxc_selector_init(&sel);
	sel.present = 3;
	vxc_selector_run(&sel, 1);
	check_int(vxc_selector_refuses(&sel, VXC_REQUEST_EXERCISE), 0);
	vxc_selector_command(&sel, VXC_REQUEST_FORCED_SWITCH, 0, 2);
	check_int(vxc_selector_refuses(&sel, VXC_REQUEST_MANUAL_SWITCH),
		  VXC_REQUEST_FORCED_SWITCH);
	check_int(vxc_selector_refuses(&sel, VXC_REQUEST_LOCKOUT), 0);
}

int main(void)
{
	const char *given = getenv("SEED");
	unsigned int seed = given ? (unsigned int)strtoul(given, NULL, 0) :
				    (unsigned int)time(NULL);
	int i;

	states = calloc(SLOTS / 2, sizeof(*states));
	slots = calloc(SLOTS, sizeof(*slots));
	if (!states || !slots)
		return 1;

	ktap_begin(6);
	fprintf(ktap_out, "# SEED=%u\n", seed);
	srand(seed);
	one_leg();
	ktap_test("one leg or none");
	refusals();
	ktap_test("lower commands are refused");
	all_states(false);
	ktap_test("every event in every state, independent ends");
	all_states(true);
	ktap_test("every event in every state, with APS");
	for (i = 0; i < 200 && random_walk(2000); i++)
		;
	check_int(i, 200);
	ktap_test("random walks");
	for (i = 0; i < 200 && two_ends(i & 1, 1000); i++)
		;
	check_int(i, 200);
	ktap_test("two ends come to the same leg");
	fprintf(ktap_out, "# %lu decisions compared\n", compared);
	free(states);
	free(slots);
	return ktap_end();
}
