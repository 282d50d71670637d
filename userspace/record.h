/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VXC_RECORD_H
#define _VXC_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <linux/vxc.h>

#include "sla.h"

/*
 * Records as the store of vxc sla has them. PURE: no files, no kernel, no
 * clock. A record is either what the kernel had of a circuit at a time, or a
 * span: what was added from one time to another.
 */
#define RECORD_PLACES	5	/* the circuit, then its legs by end and role */
#define RECORD_INSTANCE	48

struct record {
	char circuit[VXC_NAME_MAX + 1];
	bool is_span;
	uint64_t from, to;	/* by the wall clock in ms; to: when read */
	uint64_t begun;		/* of the kernel's record */
	char instance[RECORD_INSTANCE]; /* of the module, that kept it */
	int64_t failovers;
	bool has[RECORD_PLACES];
	int64_t v[RECORD_PLACES][SLA_FIGURES];
};

struct records {
	struct record *v;
	size_t n, cap;
};

void records_add(struct records *r, const struct record *record);
void records_free(struct records *r);
/* What the kernel had of a circuit when it was stored last, or NULL */
struct record *records_last(const struct records *r, const char *circuit);

/* A line of the store with its checksum and newline. */
void record_write(FILE *f, const struct record *record);
/* False of a line that is not whole, or not what record_write() writes. */
bool record_parse(char *line, struct record *record);

/* Is what was stored to be added to what another instance of the module has? */
bool record_resumes(const struct record *last, const struct record *now);

/*
 * What NOW, just read, has that LAST, stored before, had not: the span from
 * then. Nothing is ever counted twice; false: it cannot be known what is new,
 * and the span is empty. LAST may be NULL, SEEN is then until when there are
 * spans of the circuit, 0 for none.
 */
bool record_span(const struct record *last, const struct record *now,
		 uint64_t seen, struct record *span);

/* Add a span to those there are, as part of the one before in its hour. */
void records_add_span(struct records *r, const struct record *span);

/* The time of all its accounts */
uint64_t record_time(const struct record *record);

/*
 * A span is of the period that has its middle, so that it is of one month
 * only; not if it reaches out of it by more than RECORD_OVERHANG.
 */
#define RECORD_OVERHANG	3600000
enum record_place { RECORD_OUTSIDE, RECORD_INSIDE, RECORD_ACROSS };
enum record_place record_in(const struct record *span, uint64_t from,
			    uint64_t to);
void record_sum(struct record *sum, const struct record *span);

#endif /* _VXC_RECORD_H */
