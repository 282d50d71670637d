/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VXC_PERIOD_H
#define _VXC_PERIOD_H

#include <stdint.h>

/* Periods in milliseconds since 1970. PURE; all of it is UTC. */

/* A moment, a day, @SECONDS, or how long before NOW: 90m, 36h, 7d */
const char *parse_since(const char *s, uint64_t now, uint64_t *ms);
/* "2026-11" */
const char *parse_month(const char *s, uint64_t *from, uint64_t *to);

#endif /* _VXC_PERIOD_H */
