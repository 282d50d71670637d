// SPDX-License-Identifier: GPL-2.0
/* Records of the store of vxc sla: lines, what is new, periods. */
#include <inttypes.h>
#include <stdlib.h>
#include <time.h>

#include "ktap.h"
#include "period.h"
#include "record.h"
#include "vxc.h"

#define HOUR	3600000ULL
#define T0	1700000000000ULL

static struct record record(uint64_t begun, uint64_t to, int64_t up)
{
	struct record r = { .circuit = "acme", .begun = begun, .to = to,
			    .instance = "boot-30", .has = { true, true } };

	r.v[0][SLA_UP] = up;
	r.v[1][SLA_UP] = up;
	return r;
}

static char *line_of(const struct record *r)
{
	char *line = NULL;
	size_t size;
	FILE *f = open_memstream(&line, &size);

	record_write(f, r);
	fclose(f);
	return line;
}

static void test_lines(void)
{
	struct record r = record(T0, T0 + 5, 77), again;
	char *line;
	size_t i, len;

	r.failovers = 3;
	r.v[0][SLA_AVAILABLE] = -9;
	r.v[1][SLA_WORST] = 12;
	r.has[4] = true;
	r.v[4][SLA_DOWN] = INT64_MAX;
	line = line_of(&r);
	check(record_parse(line, &again));
	check(!memcmp(&r, &again, sizeof(r)));
	free(line);
	/* Cut anywhere, or a bit of it turned, it is no line. */
	line = line_of(&r);
	len = strlen(line);
	for (i = 0; i < len; i++) {
		char *cut = strdup(line), *turned = strdup(line);

		cut[i] = '\0';
		check(!record_parse(cut, &again));
		turned[i] ^= 1;
		check(!record_parse(turned, &again));
		free(cut);
		free(turned);
	}
	free(line);
	r.is_span = true;
	r.from = T0;
	line = line_of(&r);
	check(record_parse(line, &again) && again.is_span);
	check_int(again.v[1][SLA_WORST], 0);
	check_int((long long)again.begun, 0);
	free(line);
	ktap_test("lines are read as they were written, or not at all");
}

static void test_random_lines(void)
{
	unsigned int seed = (unsigned int)time(NULL), i, n;
	struct record r;
	char line[256];

	fprintf(ktap_out, "# seed %u\n", seed);
	srand(seed);
	for (i = 0; i < 100000; i++) {
		unsigned int len = (unsigned int)rand() % (sizeof(line) - 1);

		for (n = 0; n < len; n++)
			line[n] = "\n\0\xff span last acme;0123456789abcdef"
				[rand() % 35];
		line[len] = '\0';
		check(!record_parse(line, &r));
	}
	ktap_test("lines of anything");
}

static void test_goes_on(void)
{
	struct record last = record(T0, T0 + 1000, 1000), now, span;

	now = record(T0, T0 + 5000, 4900);
	now.failovers = 2;
	check(record_span(&last, &now, 0, &span));
	check(span.is_span);
	check_int((long long)span.from, (long long)last.to);
	check_int((long long)span.to, (long long)now.to);
	check_int(span.v[0][SLA_UP], 3900);
	check_int(span.v[1][SLA_UP], 3900);
	check_int(span.failovers, 2);
	/* In hindsight it was not available. */
	last.v[0][SLA_AVAILABLE] = 9;
	now.v[0][SLA_AVAILABLE] = 3;
	now.v[0][SLA_UNAVAILABLE] = 10;
	check(record_span(&last, &now, 0, &span));
	check_int(span.v[0][SLA_AVAILABLE], -6);
	check_int(span.v[0][SLA_UNAVAILABLE], 10);
	/* A leg made anew has all that it has since then. */
	now.v[1][SLA_UP] = 400;
	check(record_span(&last, &now, 0, &span));
	check_int(span.v[0][SLA_UP], 3900);
	check_int(span.v[1][SLA_UP], 400);
	ktap_test("a record that goes on");
}

static void test_anew(void)
{
	struct record last = record(T0, T0 + 1000, 1000), now, span;

	now = record(T0 + 3000, T0 + 5000, 2000);
	check(record_span(&last, &now, 0, &span));
	check_int((long long)span.from, (long long)T0 + 3000);
	check_int(span.v[0][SLA_UP], 2000);
	/* What it was before the store knew it */
	check(record_span(NULL, &now, 0, &span));
	check_int((long long)span.from, (long long)T0 + 3000);
	check(record_span(NULL, &now, T0 + 3000, &span));
	check_int(span.v[0][SLA_UP], 2000);
	/* There are spans of it, and none says until when. */
	check(!record_span(NULL, &now, T0 + 3001, &span));
	check_int(span.v[0][SLA_UP], 0);
	check_int((long long)span.from, (long long)span.to);
	/* Somebody gave it an older record; or it has lost something. */
	now = record(T0 - 1, T0 + 5000, 9000);
	check(!record_span(&last, &now, 0, &span));
	check_int(span.v[0][SLA_UP], 0);
	now = record(T0, T0 + 5000, 999);
	check(!record_span(&last, &now, 0, &span));
	check_int(span.v[0][SLA_UP], 0);
	ktap_test("a record begun anew, and one that is not known");
}

static void test_resumes(void)
{
	struct record last = record(T0, T0 + 1000, 1000), now, span;

	now = record(T0 + 3000, T0 + 5000, 2000);
	check(!record_resumes(&last, &now));
	memcpy(now.instance, "boot-31", 8);
	check(record_resumes(&last, &now));
	/* As the kernel has it then, whoever was killed before it was said */
	now = record(T0, T0 + 5000, 3000);
	memcpy(now.instance, "boot-31", 8);
	check(!record_resumes(&last, &now));
	check(record_span(&last, &now, 0, &span));
	check_int(span.v[0][SLA_UP], 2000);
	now.from = T0 + 3000;
	check(record_span(&last, &now, 0, &span));
	check_int((long long)span.from, (long long)T0 + 3000);
	ktap_test("a record of another instance is given back once");
}

static void test_clock(void)
{
	struct record last = record(T0, T0 + 1000, 1000), now, span;

	/* Set back by an hour, ten seconds later */
	now = record(T0, T0 + 11000 - HOUR, 11000);
	check(record_span(&last, &now, 0, &span));
	check_int(span.v[0][SLA_UP], 10000);
	check_int((long long)(span.to - span.from), 10000);
	/* Set back, by less than has passed */
	now = record(T0, T0 + 7000, 11000);
	check(record_span(&last, &now, 0, &span));
	check_int((long long)(span.to - span.from), 10000);
	/* Set on by an hour: it cannot be told from not being in service. */
	now = record(T0, T0 + 11000 + HOUR, 11000);
	check(record_span(&last, &now, 0, &span));
	check_int(span.v[0][SLA_UP], 10000);
	check_int((long long)(span.to - span.from), 10000 + (long long)HOUR);
	ktap_test("the wall clock is set");
}

static void test_hours(void)
{
	const uint64_t noon = T0 / (24 * HOUR) * 24 * HOUR + 12 * HOUR;
	struct records r = { 0 };
	struct record span;
	uint64_t t, to;

	/* Every five minutes from noon on, for three hours */
	for (t = noon; t < noon + 3 * HOUR; t = to) {
		to = t + 300000;
		span = record(0, to, 300000);
		span.is_span = true;
		span.from = t;
		records_add_span(&r, &span);
	}
	check_int((long long)r.n, 3);
	check_int(r.v[1].v[0][SLA_UP], (long long)HOUR);
	check_int((long long)r.v[1].from, (long long)(noon + HOUR));
	/* A gap is one. */
	span.from = to + 1;
	span.to = to + 2;
	records_add_span(&r, &span);
	check_int((long long)r.n, 4);
	/* What has no time is none. */
	span = record(0, to, 0);
	span.from = span.to;
	records_add_span(&r, &span);
	check_int((long long)r.n, 4);
	records_free(&r);
	/* One that ends at midnight has ended on the next day. */
	span = record(0, noon + 12 * HOUR - 1, 1);
	span.from = span.to - 1;
	span.is_span = true;
	records_add_span(&r, &span);
	span.from++;
	span.to++;
	records_add_span(&r, &span);
	check_int((long long)r.n, 2);
	records_free(&r);
	ktap_test("spans of an hour are one");
}

/* Whatever it is read, each millisecond is in one month at most. */
static void test_in(void)
{
	const uint64_t at = T0;
	struct record span = { .from = at - 100, .to = at + 50 };

	check_int(record_in(&span, at - HOUR, at), RECORD_INSIDE);
	check_int(record_in(&span, at, at + HOUR), RECORD_OUTSIDE);
	span.to = at + 100;
	check_int(record_in(&span, at - HOUR, at), RECORD_OUTSIDE);
	check_int(record_in(&span, at, at + HOUR), RECORD_INSIDE);
	span.to = at;
	check_int(record_in(&span, at, at + HOUR), RECORD_OUTSIDE);
	check_int(record_in(&span, at - HOUR, UINT64_MAX), RECORD_INSIDE);
	span.from = at - 2 * HOUR;
	span.to = at + HOUR;
	check_int(record_in(&span, at - 9 * HOUR, at), RECORD_INSIDE);
	span.to = at + HOUR + 1;
	check_int(record_in(&span, at - 9 * HOUR, at), RECORD_ACROSS);
	check_int(record_in(&span, at, at + 9 * HOUR), RECORD_ACROSS);
	ktap_test("a span is in the period that has its middle");
}

static void test_period(void)
{
	static const char *const bad[] = {
		"", "5", "d", "0d", "-1d", "1w", "yesterday", "2024-02-30",
		"2024-13-01", "2024-02-01T25:00:00", "always", "never", "@",
		"@99999999999999999999", "2024-02", "2024-02-01x",
	};
	static const char *const bad_month[] = {
		"", "2024", "2024-1", "2024-00", "2024-13", "24-01", "2024-012",
		"2024/01", "1969-12", "+024-01", "2024-+1", "November",
	};
	uint64_t from, to;
	size_t i;

	check(!parse_since("@5", T0, &from) && from == 5000);
	check(!parse_since("2024-02-29", T0, &from) &&
	      from == 1709164800000ULL);
	check(!parse_since("2024-02-29T01:00:00Z", T0, &from) &&
	      from == 1709168400000ULL);
	check(!parse_since("90m", T0, &from) && from == T0 - 5400000);
	check(!parse_since("2d", T0, &from) && from == T0 - 48 * HOUR);
	check(!parse_since("99999d", T0, &from) && from == 0);
	for (i = 0; i < ARRAY_SIZE(bad); i++)
		if (!check(parse_since(bad[i], T0, &from)))
			fprintf(ktap_out, "# %s\n", bad[i]);
	check(!parse_month("2024-02", &from, &to));
	check(from == 1706745600000ULL && to == 1709251200000ULL);
	check(!parse_month("2023-12", &from, &to));
	check(to == 1704067200000ULL);
	for (i = 0; i < ARRAY_SIZE(bad_month); i++)
		if (!check(parse_month(bad_month[i], &from, &to)))
			fprintf(ktap_out, "# %s\n", bad_month[i]);
	ktap_test("words of periods");
}

int main(void)
{
	ktap_begin(9);
	test_lines();
	test_random_lines();
	test_goes_on();
	test_anew();
	test_resumes();
	test_clock();
	test_hours();
	test_in();
	setenv("TZ", "America/New_York", 1);
	tzset();
	test_period();
	return ktap_end();
}
