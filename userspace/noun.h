/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VXC_NOUN_H
#define _VXC_NOUN_H

#include "attr.h"
#include "out.h"
#include "rtnl.h"

struct cmd;
struct nl_list;

/* How the objects of a kind are read, by all or by name, and printed. */
struct noun {
	uint8_t get;		/* VXC_CMD_*_GET */
	uint16_t object;	/* VXC_A_MSG_* */
	uint16_t name;		/* VXC_A_*_NAME */
	void (*brief)(const struct nl_list *list);
	/* In the object or the lines that are open */
	void (*print)(const struct nlattr *nest);
};

/* "show [ NAME ]" */
int noun_show(struct cmd *c, const struct noun *noun);

/*
 * Printing the objects that the kernel sends. Each prints the fields of the
 * JSON object or text lines that its caller has opened; RATES says when the
 * rates are shown as text, LINE how far lines after the first are indented.
 */
void port_print(const struct nlattr *nest);
void circuit_print(const struct nlattr *nest, enum out_show rates);
void leg_print(const struct nlattr *nest, enum out_show rates, int line);
void peering_print(const struct nlattr *nest, const struct devices *devices,
		   enum out_show rates, int line);
void reach_print(const struct nlattr *nest);
void envelope_print(const struct nlattr *nest);
/* What isolation has dropped of a circuit's packets. */
void denials_print(const struct nlattr *nest);

/* A circuit with one end has said all of it already, as text. */
void ends_print(const struct nlattr *nest);

/* Bandwidth and classes of a circuit, and what became of a leg's frames */
void qos_print(const struct nlattr *nest, attr_tb *tb);
void port_qos_print(attr_tb *tb);
void colors_print(const struct nlattr *leg, int line);
void load_print(const struct nlattr *nest, int line);

/* "leg" or "z-leg" */
const char *leg_word(const struct nlattr *end);

/* The MEP of a leg, or NULL: how the leg is monitored. */
void mep_print(const struct nlattr *nest, int line);
/* The MEPs of a peering, a line each, if it has any. */
void peering_meps_print(const struct nlattr *peering, int line);

/* Nanoseconds as milliseconds with three digits behind the point. */
const char *ms_text(uint64_t ns);
/* The same as a field, "LABEL 1.234ms" */
void ns_print(const struct nlattr *attr, const char *key, const char *label);
const char *mac_text(const struct nlattr *attr, char buf[18]);

/* "eth1:100" */
void leg_attachment(const struct nlattr *nest, char *buf, size_t size);
/* Why the circuit is not up, in words; with -brief without blanks. */
void circuit_reason(const struct nlattr *nest, char *buf, size_t size);
/* "up", "down (no-carrier)": of state and reason together */
void state_print(const struct nlattr *state, const struct nlattr *reason,
		 const char *words);

/* Rates and counters: STATS is a nest or NULL */
void stats_print(const struct nlattr *stats, enum out_show rates, int line);
/* The drops of NEST, attributes of type TYPE */
void drops_print(const struct nlattr *nest, uint16_t type, enum out_show total,
		 int line);
uint64_t drops_total(const struct nlattr *nest, uint16_t type);
uint64_t stats_get(const struct nlattr *stats, uint16_t type);

#endif /* _VXC_NOUN_H */
