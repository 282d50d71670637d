/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VXC_SLA_H
#define _VXC_SLA_H

#include <stdbool.h>
#include <stdint.h>

#include "cmd.h"
#include "nl.h"

/* The figures of a circuit or leg, as they are shown, saved and added. */
enum {
	SLA_UP,
	SLA_DEGRADED,
	SLA_DOWN,
	SLA_PLANNED_DEGRADED,
	SLA_PLANNED_DOWN,
	SLA_OUTAGES,
	SLA_WORST,
	SLA_AVAILABLE,
	SLA_UNAVAILABLE,
	SLA_HIGH_LOSS,
	SLA_HIGH_LOSS_RUNS,
	SLA_FIGURES
};

struct sla_figure {
	const char *name;	/* of the keyword */
	const char *key;	/* in JSON */
	uint16_t attr;
	bool is_time;		/* milliseconds */
	bool is_u32;
};

extern const struct sla_figure sla_figures[SLA_FIGURES];

/* Figures of a record: times in milliseconds, windows of a second. */
struct sla_times {
	uint64_t up, degraded, down, outages, outage;
	uint64_t available, unavailable, high_loss;
};

/* The records of one circuit or, without a NAME, of all: an exit code. */
int sla_get(const char *name, bool reset, struct nl_list *list);
void sla_read(const struct nlattr *nest, struct sla_times *t);

/* The figures of a nest, in the order of sla_figures[] */
void sla_values(const struct nlattr *nest, int64_t *v);
void sla_put_values(struct msg *m, uint16_t type, const int64_t *v);

/* What an operator is to see of them, and of nothing else */
void uptime_print(const int64_t *v);
void figure_print(unsigned int figure, int64_t v);
/* "2026-11-28T23:00:00.000Z", of milliseconds since 1970 */
void wall_time(uint64_t ms, char *buf, size_t size);

/* Records as a file of commands */
extern const struct key sla_add_keys[];
int sla_save(struct cmd *c);
int sla_restore(struct cmd *c);
int sla_add(struct cmd *c);

#endif /* _VXC_SLA_H */
