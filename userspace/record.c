// SPDX-License-Identifier: GPL-2.0
/* Records of the store of vxc sla: lines, what is new, sums. PURE. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "names.h"
#include "parse.h"
#include "record.h"
#include "vxc.h"

#define HOUR_MS		3600000
#define DAY_MS		(24 * HOUR_MS)
#define CLOCK_SLACK	1000	/* of two clocks that are read in turn */

/* --- lists ---------------------------------------------------------------- */

void records_add(struct records *r, const struct record *record)
{
	if (r->n == r->cap) {
		r->cap = r->cap ? r->cap * 2 : 16;
		r->v = xrealloc(r->v, r->cap, sizeof(*r->v));
	}
	r->v[r->n++] = *record;
}

void records_free(struct records *r)
{
	free(r->v);
	memset(r, 0, sizeof(*r));
}

struct record *records_last(const struct records *r, const char *circuit)
{
	size_t i;

	for (i = r->n; i-- > 0; )
		if (!r->v[i].is_span && !strcmp(r->v[i].circuit, circuit))
			return &r->v[i];
	return NULL;
}

/* --- lines ---------------------------------------------------------------- */

/* CRC-32 as of Ethernet: it finds what is torn or was edited. */
static uint32_t checksum(const char *s, size_t len)
{
	uint32_t crc = ~0u;
	int bit;

	while (len--) {
		crc ^= (unsigned char)*s++;
		for (bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc & 1 ? 0xedb88320u : 0);
	}
	return ~crc;
}

static void write_figures(FILE *f, const int64_t *v, bool is_span)
{
	int i;

	for (i = 0; i < SLA_FIGURES; i++)
		/* Of two maxima no difference is one. */
		if (v[i] && !(is_span && i == SLA_WORST))
			fprintf(f, " %s %" PRId64, sla_figures[i].name, v[i]);
}

void record_write(FILE *f, const struct record *record)
{
	char *line = NULL;
	size_t size;
	FILE *mem = open_memstream(&line, &size);
	unsigned int i;

	if (!mem) {
		error("out of memory");
		exit(EXIT_KERNEL);
	}
	fprintf(mem, "%s %s from %" PRIu64 " to %" PRIu64,
		record->is_span ? "span" : "last", record->circuit,
		record->from, record->to);
	if (!record->is_span)
		fprintf(mem, " begun %" PRIu64 " instance %s", record->begun,
			record->instance);
	if (record->failovers)
		fprintf(mem, " failovers %" PRId64, record->failovers);
	write_figures(mem, record->v[0], record->is_span);
	for (i = 1; i < RECORD_PLACES; i++) {
		if (!record->has[i])
			continue;
		fprintf(mem, " leg %s %s", name_of(&names_end, (i - 1) / 2),
			name_of(&names_role, (i - 1) % 2));
		write_figures(mem, record->v[i], record->is_span);
	}
	fclose(mem);
	fprintf(f, "%s ;%08" PRIx32 "\n", line, checksum(line, size));
	free(line);
}

/* Take the checksum off a line that has the right one. */
static bool check_line(char *line)
{
	char *end = strrchr(line, ';'), sum[16];
	size_t len;

	if (!end || end == line || end[-1] != ' ')
		return false;
	len = (size_t)(end - 1 - line);
	snprintf(sum, sizeof(sum), ";%08" PRIx32 "\n", checksum(line, len));
	if (strcmp(end, sum))
		return false;
	line[len] = '\0';
	return true;
}

static bool number(const char *s, int64_t *v)
{
	uint64_t u;
	bool minus = *s == '-';

	if (parse_number(s + minus, 0, INT64_MAX, &u))
		return false;
	*v = minus ? -(int64_t)u : (int64_t)u;
	return true;
}

/* The figures of a name that this version has not are passed over. */
static bool parse_figure(int64_t *v, const char *name, const char *value)
{
	int64_t n;
	int i;

	if (!number(value, &n))
		return false;
	for (i = 0; i < SLA_FIGURES; i++)
		if (!strcmp(sla_figures[i].name, name))
			v[i] = n;
	return true;
}

static int parse_leg(struct record *r, char **next)
{
	const char *end = strtok_r(NULL, " ", next);
	const char *role = strtok_r(NULL, " ", next);
	int e, l;

	e = end ? name_find(&names_end, end) : -1;
	l = role ? name_find(&names_role, role) : -1;
	if (e < 0 || l < 0)
		return -1;
	r->has[1 + e * 2 + l] = true;
	return 1 + e * 2 + l;
}

static bool parse_field(struct record *r, int place, const char *name,
			const char *value)
{
	int64_t *v, other;

	if (!value)
		return false;
	if (!strcmp(name, "instance")) {
		snprintf(r->instance, sizeof(r->instance), "%s", value);
		return true;
	}
	v = !strcmp(name, "failovers") ? &r->failovers : &other;
	if (!strcmp(name, "from"))
		return !parse_number(value, 0, INT64_MAX, &r->from);
	if (!strcmp(name, "to"))
		return !parse_number(value, 0, INT64_MAX, &r->to);
	if (!strcmp(name, "begun"))
		return !parse_number(value, 0, INT64_MAX, &r->begun);
	if (v == &r->failovers)
		return number(value, v);
	return parse_figure(r->v[place], name, value);
}

bool record_parse(char *line, struct record *r)
{
	char *word, *next;
	int place = 0;

	memset(r, 0, sizeof(*r));
	r->has[0] = true;
	if (!check_line(line))
		return false;
	word = strtok_r(line, " ", &next);
	if (!word || (strcmp(word, "span") && strcmp(word, "last")))
		return false;
	r->is_span = *word == 's';
	word = strtok_r(NULL, " ", &next);
	if (!word || strlen(word) >= sizeof(r->circuit))
		return false;
	snprintf(r->circuit, sizeof(r->circuit), "%s", word);
	while ((word = strtok_r(NULL, " ", &next))) {
		if (!strcmp(word, "leg")) {
			place = parse_leg(r, &next);
			if (place < 0)
				return false;
		} else if (!parse_field(r, place, word,
					strtok_r(NULL, " ", &next))) {
			return false;
		}
	}
	return r->to && r->from <= r->to;
}

/* --- what is new ---------------------------------------------------------- */

uint64_t record_time(const struct record *record)
{
	const int64_t *v = record->v[0];

	return (uint64_t)(v[SLA_UP] + v[SLA_DEGRADED] + v[SLA_DOWN] +
			  v[SLA_PLANNED_DEGRADED] + v[SLA_PLANNED_DOWN]);
}

/*
 * Windows may become unavailable in hindsight, so those figures may go back.
 * Of the others none does in one record.
 */
static bool goes_on(const int64_t *last, const int64_t *now)
{
	int i;

	for (i = 0; i < SLA_AVAILABLE; i++)
		if (now[i] < last[i])
			return false;
	return true;
}

static void subtract(struct record *span, const struct record *last)
{
	int i, n;

	span->failovers -= last->failovers;
	for (i = 0; i < RECORD_PLACES; i++) {
		/* A leg that was made anew has begun a record of its own. */
		if (!last->has[i] || !goes_on(last->v[i], span->v[i]))
			continue;
		for (n = 0; n < SLA_FIGURES; n++)
			span->v[i][n] -= last->v[i][n];
	}
}

static void make_empty(struct record *span)
{
	span->from = span->to;
	span->failovers = 0;
	memset(span->v, 0, sizeof(span->v));
}

/* The wall clock may have been set; the record's has not. */
static void mend_from(struct record *span)
{
	uint64_t time = record_time(span);

	if (span->from > span->to ||
	    span->to - span->from + CLOCK_SLACK < time)
		span->from = span->to > time ? span->to - time : 0;
}

bool record_resumes(const struct record *last, const struct record *now)
{
	return strcmp(last->instance, now->instance) &&
	       now->begun > last->begun;
}

bool record_span(const struct record *last, const struct record *now,
		 uint64_t seen, struct record *span)
{
	bool known = true;
	int i;

	*span = *now;
	span->is_span = true;
	span->from = now->begun;
	if (!last) {
		/* What the store had of it may be lost. */
		known = now->begun >= seen;
	} else if (now->begun > last->begun) {
		if (span->from < last->to)
			span->from = last->to;
	} else if (now->begun == last->begun &&
		   now->failovers >= last->failovers &&
		   goes_on(last->v[0], now->v[0])) {
		/* A module that was loaded again has begun later. */
		span->from = now->from > last->to ? now->from : last->to;
		subtract(span, last);
	} else {
		known = false;
	}
	if (!known)
		make_empty(span);
	else
		mend_from(span);
	for (i = 0; i < RECORD_PLACES; i++)
		span->v[i][SLA_WORST] = 0;
	return known;
}

/* --- sums ----------------------------------------------------------------- */

static void add(struct record *sum, const struct record *span)
{
	int i, n;

	sum->failovers += span->failovers;
	for (i = 0; i < RECORD_PLACES; i++) {
		sum->has[i] |= span->has[i];
		for (n = 0; n < SLA_FIGURES; n++)
			sum->v[i][n] += span->v[i][n];
	}
}

static struct record *newest_span(const struct records *r,
				  const char *circuit)
{
	size_t i;

	for (i = r->n; i-- > 0; )
		if (r->v[i].is_span && !strcmp(r->v[i].circuit, circuit))
			return &r->v[i];
	return NULL;
}

void records_add_span(struct records *r, const struct record *span)
{
	struct record *before = newest_span(r, span->circuit);

	if (span->from == span->to && !record_time(span))
		return;
	/*
	 * The last millisecond of an hour is in it, the next one is not. What
	 * ended on another day is in another file, and stays as it is.
	 */
	if (before && before->to == span->from &&
	    before->to / DAY_MS == span->to / DAY_MS &&
	    before->from / HOUR_MS == (span->to - 1) / HOUR_MS) {
		add(before, span);
		before->to = span->to;
		return;
	}
	records_add(r, span);
}

enum record_place record_in(const struct record *span, uint64_t from,
			    uint64_t to)
{
	uint64_t middle = span->from + (span->to - span->from) / 2;

	if (span->to <= from || span->from >= to)
		return RECORD_OUTSIDE;
	if ((span->from < from && from - span->from > RECORD_OVERHANG) ||
	    (span->to > to && span->to - to > RECORD_OVERHANG))
		return RECORD_ACROSS;
	return middle >= from && middle < to ? RECORD_INSIDE : RECORD_OUTSIDE;
}

void record_sum(struct record *sum, const struct record *span)
{
	if (!sum->to || span->from < sum->from)
		sum->from = span->from;
	if (span->to > sum->to)
		sum->to = span->to;
	add(sum, span);
}
