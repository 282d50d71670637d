/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VXC_TOOL_H
#define _VXC_TOOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <linux/vxc.h>

/* What the command exits with; documented in vxc(8). */
enum {
	EXIT_OK,
	EXIT_USAGE,
	EXIT_KERNEL,
};

enum color_mode {
	COLOR_AUTO,
	COLOR_ALWAYS,
	COLOR_NEVER,
};

struct opts {
	const char *batch;
	bool brief;
	enum color_mode color;
	bool complete;
	bool details;
	bool force;
	bool json;
	bool oneline;
	bool pretty;
	bool stats;
	bool timestamp;
	bool tshort;
	bool txn;
};

extern struct opts opts;

#define ARRAY_SIZE(a)	(sizeof(a) / sizeof((a)[0]))

/* Memory that cannot be had ends the command: these never return NULL. */
void *xrealloc(void *p, size_t n, size_t size);
char *xstrdup(const char *s);

/* "Error: TEXT." and "Warning: TEXT." on stderr */
void error(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void warning(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

#endif /* _VXC_TOOL_H */
