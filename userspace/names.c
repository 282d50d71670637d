// SPDX-License-Identifier: GPL-2.0
/* Names of the interface's enums; one table serves reading and printing. */
#include <stdio.h>
#include <string.h>

#include "names.h"
#include "vxc.h"

#define NAMES(_name, _what, _first, ...)				\
	static const char *const _name##_v[] = { __VA_ARGS__ };		\
	const struct names names_##_name = {				\
		.what = _what,						\
		.first = _first,					\
		.n = ARRAY_SIZE(_name##_v),				\
		.v = _name##_v,						\
	}

NAMES(action, "action", VXC_ACTION_ADD, "add", "set", "del");
NAMES(unmatched, "unmatched", 0, "pass", "drop");
NAMES(admin, "admin", 0, "down", "up");
NAMES(provisioning, "provisioning", 0,
      "not-provisioned", "provisioning", "provisioned");
NAMES(end, "end", 0, "a");
NAMES(role, "role", 0, "primary", "secondary");
NAMES(match, "match", 0, "svid", "svid-cvid", "untagged", "any");
NAMES(state, "state", 0, "down", "up", "degraded");
NAMES(reason, "reason", 0,
      "none", "admin-down", "not-provisioned", "no-leg", "port-absent",
      "port-down", "no-carrier", "legs-down", "leg-down");
NAMES(request, "request", 0,
      "no-request", "do-not-revert", "wait-to-restore", "manual-switch",
      "signal-fail");
NAMES(pcp_source, "pcp-source", 0, "fixed", "priority");
NAMES(drop, "drop", 0,
      "unmatched", "malformed", "unknown-cvid", "extra-tag", "circuit-down",
      "standby", "peering-down", "no-memory", "no-leg", "port-busy",
      "port-gone");
NAMES(event, "event", VXC_EVENT_KIND_ADDED,
      "added", "changed", "deleted", "state", "switched");
NAMES(operstate, "operstate", 0,
      "unknown", "notpresent", "down", "lowerlayerdown", "testing", "dormant",
      "up");
NAMES(onoff, "value", 0, "off", "on");

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
