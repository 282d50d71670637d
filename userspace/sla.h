/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VXC_SLA_H
#define _VXC_SLA_H

#include <stdbool.h>
#include <stdint.h>

#include "nl.h"

/* Figures of a record: times in milliseconds, windows of a second. */
struct sla_times {
	uint64_t up, degraded, down, outages, outage;
	uint64_t available, unavailable, high_loss;
};

/* The records of one circuit or, without a NAME, of all: an exit code. */
int sla_get(const char *name, bool reset, struct nl_list *list);
void sla_read(const struct nlattr *nest, struct sla_times *t);

#endif /* _VXC_SLA_H */
