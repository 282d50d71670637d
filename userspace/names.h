/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VXC_NAMES_H
#define _VXC_NAMES_H

#include <stddef.h>

/* The names of an enum of the interface, as the command reads and prints. */
struct names {
	const char *what;	/* for a value that has no name here */
	unsigned int first;
	unsigned int n;
	const char *const *v;
};

extern const struct names names_action;
extern const struct names names_unmatched;
extern const struct names names_admin;
extern const struct names names_provisioning;
extern const struct names names_end;
extern const struct names names_role;
extern const struct names names_match;
extern const struct names names_state;
extern const struct names names_reason;
extern const struct names names_request;
extern const struct names names_pcp_source;
extern const struct names names_color_mode;
extern const struct names names_unlisted;
extern const struct names names_classes;
extern const struct names names_drop;
extern const struct names names_aps_defect;
extern const struct names names_sla_kind;
extern const struct names names_l2cp;
extern const struct names names_l2cp_action;
extern const struct names names_hygiene;
extern const struct names names_urpf;
extern const struct names names_dei;
extern const struct names names_egress;
extern const struct names names_local;
extern const struct names names_reach_state;
extern const struct names names_event;
extern const struct names names_operstate;	/* IF_OPER_* */
extern const struct names names_onoff;
extern const struct names names_ma_format;
extern const struct names names_defect;	/* bit numbers */
extern const struct names names_alarm_sent;

/* A value this command is too old to know becomes "WHAT-NUMBER". */
const char *name_of(const struct names *names, unsigned int value);

/* The value with exactly this name, or -1. */
int name_find(const struct names *names, const char *word);

/* "pass or drop", "a, b or c" */
void name_list(const struct names *names, char *buf, size_t size);

#endif /* _VXC_NAMES_H */
