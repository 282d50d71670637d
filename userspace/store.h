/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VXC_STORE_H
#define _VXC_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "record.h"

#define STORE_DIR	"/var/lib/vxc"
#define STORE_KEEP	400	/* days */

/*
 * The store of vxc sla: a directory with a file for each day, in which are the
 * spans that end on that day and, in the one written last, what the kernel had
 * then. Each write replaces one file, so it happens whole or not at all.
 */
struct store {
	const char *dir;
	int fd;
	int lock;
	uint64_t sequence;	/* of the file written last */
	bool torn;		/* that file is not whole */
	struct records last;
	struct records spans;
	/* Gets the spans that are read, of which none is kept then, or NULL */
	void (*take)(void *arg, const struct record *span);
	void *arg;
};

/* Exit codes, with the error printed. A store to write is made, and locked. */
int store_open(struct store *s, const char *dir, bool to_write);
void store_close(struct store *s);
/* Read what was stored last, and the spans of all days from FROM (ms) on. */
int store_read(struct store *s, uint64_t from);
/* Until when there are spans of a circuit, 0 for never */
uint64_t store_seen(const struct store *s, const char *circuit);
/* Write the file of the day of NOW (ms), and no more than KEEP of them stay. */
int store_write(struct store *s, uint64_t now, unsigned int keep);

#endif /* _VXC_STORE_H */
