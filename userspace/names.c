// SPDX-License-Identifier: GPL-2.0
/* Names of the interface's enums; one table serves reading and printing. */
#include <stdio.h>
#include <string.h>

#include "names.h"
#include "vxc.h"

#define NAMES(_name, _what, _first)					\
	const struct names names_##_name = {				\
		.what = _what,						\
		.first = _first,					\
		.n = ARRAY_SIZE(_name),					\
		.v = _name,						\
	}

static const char *const action[] = { "add", "set", "del" };

static const char *const unmatched[] = { "pass", "drop" };

static const char *const admin[] = { "down", "up" };

static const char *const provisioning[] = {
	"not-provisioned", "provisioning", "provisioned",
};

static const char *const end[] = { "a", "z" };

static const char *const role[] = { "primary", "secondary" };

static const char *const match[] = { "svid", "svid-cvid", "untagged", "any" };

static const char *const state[] = { "down", "up", "degraded" };

static const char *const reason[] = {
	"none", "admin-down", "not-provisioned", "no-leg", "port-absent",
	"port-down", "no-carrier", "legs-down", "leg-down", "ccm-loss",
	"mismerge", "unexpected-mep", "unexpected-level", "loop",
	"remote-defect", "drill", "ais", "lck", "signal-degrade",
};

static const char *const request[] = {
	"no-request", "do-not-revert", "wait-to-restore", "manual-switch",
	"signal-fail", "lockout", "signal-fail-p", "forced-switch",
	"signal-degrade", "exercise", "reverse-request",
};

static const char *const pcp_source[] = { "fixed", "priority" };

static const char *const color_mode[] = { "blind", "aware" };

static const char *const unlisted[] = { "keep", "clear" };

static const char *const classes[] = { "none", "teams", "google" };

static const char *const drop[] = {
	"unmatched", "malformed", "unknown-cvid", "extra-tag", "circuit-down",
	"standby", "peering-down", "no-memory", "no-leg", "port-busy",
	"port-gone", "oam", "oversize", "foreign", "l2cp", "disposition",
	"src-mac", "loop", "red", "no-reach", "domain", "local", "ethertype",
	"protocol", "group", "neighbour-rate", "urpf",
};

static const char *const egress[] = { "domain", "any" };

static const char *const local[] = { "limited", "any" };

static const char *const reach_state[] = {
	"authorized", "active", "waiting", "ended",
};

static const char *const aps_defect[] = {
	"no-aps", "wrong-leg", "type-mismatch", "revertive-mismatch",
	"no-response",
};

static const char *const sla_kind[] = { "circuit", "leg", "switch" };
static const char *const l2cp[] = {
	"stp", "pause", "lacp", "eapol", "lldp", "elmi", "mrp", "cdp", "cfm",
	"other",
};

static const char *const l2cp_action[] = { "tunnel", "discard", "peer" };

static const char *const hygiene[] = { "off", "exchange" };

static const char *const urpf[] = { "off", "strict" };

static const char *const dei[] = { "keep", "clear" };

static const char *const event[] = {
	"added", "changed", "deleted", "state", "switched", "oam", "reply",
};

static const char *const operstate[] = {
	"unknown", "notpresent", "down", "lowerlayerdown", "testing",
	"dormant", "up",
};

static const char *const ma_format[] = { "uuid", "string", "integer", "icc" };

static const char *const defect[] = {
	"loc", "rdi", "mismerge", "unexpected-mep", "unexpected-level",
	"unexpected-period", "loop", "ais", "lck", "degraded",
};

static const char *const alarm_sent[] = { "none", "ais", "lck" };

static const char *const onoff[] = { "off", "on" };

NAMES(action, "action", VXC_ACTION_ADD);
NAMES(unmatched, "unmatched", 0);
NAMES(admin, "admin", 0);
NAMES(provisioning, "provisioning", 0);
NAMES(end, "end", 0);
NAMES(role, "role", 0);
NAMES(match, "match", 0);
NAMES(state, "state", 0);
NAMES(reason, "reason", 0);
NAMES(request, "request", 0);
NAMES(pcp_source, "pcp-source", 0);
NAMES(color_mode, "color-mode", 0);
NAMES(unlisted, "unlisted", 0);
NAMES(classes, "classes", 0);
NAMES(drop, "drop", 0);
NAMES(aps_defect, "aps-defect", 0);
NAMES(sla_kind, "sla-kind", 0);
NAMES(l2cp, "l2cp", 0);
NAMES(l2cp_action, "action", 0);
NAMES(hygiene, "hygiene", 0);
NAMES(urpf, "urpf", 0);
NAMES(dei, "dei", 0);
NAMES(egress, "egress", 0);
NAMES(local, "local", 0);
NAMES(reach_state, "state", 0);
NAMES(event, "event", VXC_EVENT_KIND_ADDED);
NAMES(operstate, "operstate", 0);
NAMES(onoff, "value", 0);
NAMES(ma_format, "ma-format", 0);
NAMES(defect, "defect", 0);
NAMES(alarm_sent, "alarm", 0);

const char *name_of(const struct names *names, unsigned int value)
{
	static unsigned int turn;
	static char buf[8][48];
	char *b;

	if (value >= names->first && value - names->first < names->n)
		return names->v[value - names->first];

	b = buf[turn++ % ARRAY_SIZE(buf)];
	snprintf(b, sizeof(buf[0]), "%s-%u", names->what, value);
	return b;
}

int name_find(const struct names *names, const char *word)
{
	unsigned int i;

	for (i = 0; i < names->n; i++)
		if (!strcmp(names->v[i], word))
			return (int)(names->first + i);
	return -1;
}

void name_list(const struct names *names, char *buf, size_t size)
{
	size_t len = 0;
	unsigned int i;

	buf[0] = '\0';
	for (i = 0; i < names->n && len < size; i++)
		len += (size_t)snprintf(buf + len, size - len, "%s%s",
					i == 0 ? "" :
					i + 1 == names->n ? " or " : ", ",
					names->v[i]);
}
