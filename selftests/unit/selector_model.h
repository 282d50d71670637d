/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A selector that is a table, and shares nothing with the one under test: who
 * decides, for each pair of this end's highest request and the far end's.
 */
#ifndef _SELECTOR_MODEL_H
#define _SELECTOR_MODEL_H

#include <stdbool.h>

#define NOW	1000000		/* what the clock shows before each event */
#define TICK	150
#define TWO	300		/* wait to restore and hold-off: two ticks */

/* The requests by falling priority. 1: for the secondary, 0: the primary. */
enum token { LO, SP, FS, SF, D1, D0, DD, M1, M0, WT, EX, RR, DN, NR, TOKENS };

static const char *const token_name[] = {
	"LO", "SF-P", "FS", "SF", "SD-1", "SD-0", "SD-both", "MS-1", "MS-0",
	"WTR", "EXER", "RR", "DNR", "NR",
};

/*
 * Who decides: l, this end, or f, the far end. Columns as the rows, without
 * SD-both, which the far end says as SD-1 or SD-0.
 */
static const char *const decides[TOKENS] = {
	/* in the order LO SP FS SF D1 D0 M1 M0 WT EX RR DN NR */
	[LO] =	"lllllllllllll",
	[SP] =	"fllllllllllll",
	[FS] =	"fflllllllllll",
	[SF] =	"fffllllllllll",
	[D1] =	"fffflflllllll",
	[D0] =	"fffflllllllll",
	[M1] =	"fffffflflllll",
	[M0] =	"fffffflllllll",
	[WT] =	"fffffffflllll",
	[EX] =	"fffffffffllll",
	[DN] =	"fffffffffflll",
	[NR] =	"fffffffffflfl",
};

/* Where each request has the traffic; -: where it is */
static const char place[] = "001110-101--10";

enum event {
	FAIL_PRIMARY, FIX_PRIMARY, FAIL_SECONDARY, FIX_SECONDARY,
	BREAK_PRIMARY, BREAK_SECONDARY,
	DEGRADE_PRIMARY, HEAL_PRIMARY, DEGRADE_SECONDARY, HEAL_SECONDARY,
	LOCKOUT, FORCE, MANUAL_PRIMARY, MANUAL_SECONDARY, EXERCISE, CLEAR,
	SHORT_TIME, LONG_TIME, REVERTIVE_OFF, REVERTIVE_ON, FAR_END,
	FAR_EX1 = FAR_END + TOKENS,	/* an exercise with the secondary */
	EVENTS
};

static const char *const event_name[] = {
	"fail primary", "fix primary", "fail secondary", "fix secondary",
	"break primary", "break secondary",
	"degrade primary", "heal primary", "degrade secondary",
	"heal secondary", "lockout", "force", "manual primary",
	"manual secondary", "exercise", "clear", "short time", "long time",
	"revertive off", "revertive on",
};

static const enum vxc_request request_of[TOKENS] = {
	VXC_REQUEST_LOCKOUT, VXC_REQUEST_SIGNAL_FAIL_P,
	VXC_REQUEST_FORCED_SWITCH, VXC_REQUEST_SIGNAL_FAIL,
	VXC_REQUEST_SIGNAL_DEGRADE, VXC_REQUEST_SIGNAL_DEGRADE,
	VXC_REQUEST_SIGNAL_DEGRADE, VXC_REQUEST_MANUAL_SWITCH,
	VXC_REQUEST_MANUAL_SWITCH, VXC_REQUEST_WAIT_TO_RESTORE,
	VXC_REQUEST_EXERCISE, VXC_REQUEST_REVERSE_REQUEST,
	VXC_REQUEST_DO_NOT_REVERT, VXC_REQUEST_NO_REQUEST,
};

/* All that the table's selector knows; times are what is left of them. */
struct model {
	bool revertive, aps;
	int wait, hold;
	bool raw[2], sure[2], fail[2], bad[2];
	int holding[2];
	enum token command, mine, far;
	int far_at;
	int waiting;
	int at;
	bool theirs;
};

static int column(enum token far)
{
	return (int)far - (far > DD);
}

/* DD stands for the one that keeps traffic where it is. */
static enum token settle(enum token t, int at)
{
	return t == DD ? at ? D1 : D0 : t;
}

static enum token highest(const struct model *m)
{
	enum token bad = m->bad[0] && m->bad[1] ? DD : m->bad[0] ? D1 :
			 m->bad[1] ? D0 : NR;
	enum token has[] = {
		m->fail[1] ? SP : NR, m->fail[0] ? SF : NR, bad, m->command,
		m->waiting ? WT : NR, m->at && !m->revertive ? DN : NR,
	};
	enum token best = NR;
	unsigned int i;

	for (i = 0; i < sizeof(has) / sizeof(*has); i++)
		if (has[i] < best)
			best = has[i];
	return best;
}

static void model_wait(struct model *m)
{
	enum token was = m->mine, is = highest(m);

	if ((was == SF || was == D1 || was == D0 || was == DD) && is > WT &&
	    m->at && m->revertive)
		m->waiting = m->wait;
	if (!m->revertive || highest(m) != WT)
		m->waiting = 0;
}

static bool far_decides(const struct model *m, enum token far)
{
	/* The one for the primary, of two exercises */
	if (m->mine == EX && far == EX)
		return m->at && !m->far_at;
	return decides[settle(m->mine, m->at)][column(far)] == 'f';
}

static void model_act(struct model *m)
{
	enum token far;
	int i;

	for (i = 0; i < 2; i++)
		m->fail[i] = m->raw[i] && (m->sure[i] || !m->holding[i]);
	model_wait(m);
	m->mine = highest(m);
	far = m->aps ? m->far : NR;
	m->theirs = far_decides(m, far);
	if (m->theirs || m->mine != m->command)
		m->command = NR;
	if (m->theirs)
		m->at = m->far_at;
	else if (!m->theirs && place[m->mine] != '-')
		m->at = place[m->mine] - '0';
	if (!m->at)
		m->waiting = 0;
}

static void model_fail(struct model *m, int leg, bool sure)
{
	if (!m->raw[leg])
		m->holding[leg] = m->hold;
	m->raw[leg] = true;
	m->sure[leg] = sure;
	if (sure)
		m->holding[leg] = 0;
}

static void model_fix(struct model *m, int leg)
{
	m->raw[leg] = false;
	m->sure[leg] = false;
	m->holding[leg] = 0;
}

static enum token decided(const struct model *m)
{
	return m->theirs ? m->far : m->mine;
}

/* Both degrees and both manual switches are of one rank. */
static int rank(enum token t)
{
	return t == D0 || t == DD ? D1 : t == M0 ? M1 : t == RR ? NR : t;
}

static void model_command(struct model *m, enum token command)
{
	if (rank(command) <= rank(decided(m)))
		m->command = command;
}

static void model_clear(struct model *m)
{
	if (m->command != NR)
		m->command = NR;
	else if (m->mine == WT)
		m->waiting = 0;
	else if (m->mine == DN && !m->aps)
		m->at = 0;
}

static void model_time(struct model *m, int time)
{
	int i;

	for (i = 0; i < 2; i++)
		m->holding[i] -= time < m->holding[i] ? time : m->holding[i];
	m->waiting -= time < m->waiting ? time : m->waiting;
}

static void model_event(struct model *m, int ev)
{
	switch (ev) {
	case FAIL_PRIMARY:
	case FAIL_SECONDARY:
		if (!m->sure[ev == FAIL_SECONDARY])
			model_fail(m, ev == FAIL_SECONDARY, false);
		break;
	case BREAK_PRIMARY:
	case BREAK_SECONDARY:
		model_fail(m, ev == BREAK_SECONDARY, true);
		break;
	case FIX_PRIMARY:
	case FIX_SECONDARY:
		model_fix(m, ev == FIX_SECONDARY);
		break;
	case DEGRADE_PRIMARY:
	case DEGRADE_SECONDARY:
		m->bad[ev == DEGRADE_SECONDARY] = true;
		break;
	case HEAL_PRIMARY:
	case HEAL_SECONDARY:
		m->bad[ev == HEAL_SECONDARY] = false;
		break;
	case LOCKOUT:
		model_command(m, LO);
		break;
	case FORCE:
		model_command(m, FS);
		break;
	case MANUAL_PRIMARY:
		model_command(m, M0);
		break;
	case MANUAL_SECONDARY:
		model_command(m, M1);
		break;
	case EXERCISE:
		model_command(m, EX);
		break;
	case CLEAR:
		model_clear(m);
		break;
	case SHORT_TIME:
	case LONG_TIME:
		model_time(m, ev == SHORT_TIME ? TICK : 10 * TICK);
		break;
	case REVERTIVE_OFF:
	case REVERTIVE_ON:
		m->revertive = ev == REVERTIVE_ON;
		break;
	default:
		m->far = ev == FAR_EX1 ? EX : (enum token)(ev - FAR_END);
		m->far_at = ev == FAR_EX1 || place[m->far] == '1';
	}
	model_act(m);
}

#endif /* _SELECTOR_MODEL_H */
