// SPDX-License-Identifier: GPL-2.0
/* Words to periods. PURE. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "parse.h"
#include "period.h"

#define SECOND_MS	1000ULL
#define DAY_MS		86400000ULL
#define DAYS_MAX	100000

static const char *parse_days(const char *s, uint64_t *ms)
{
	char days[8];
	size_t len = strlen(s);

	if (len < 2 || len > sizeof(days) || s[len - 1] != 'd')
		return "a number of days";
	memcpy(days, s, len - 1);
	days[len - 1] = '\0';
	if (parse_number(days, 1, DAYS_MAX, ms))
		return "a number of days";
	*ms *= DAY_MS;
	return NULL;
}

static const char *parse_day(const char *s, uint64_t *seconds)
{
	char moment[32];

	if (strlen(s) != strlen("2026-11-28"))
		return "a day";
	snprintf(moment, sizeof(moment), "%sT00:00:00", s);
	return parse_moment(moment, seconds);
}

const char *parse_since(const char *s, uint64_t now, uint64_t *ms)
{
	static const char expected[] =
		"a moment or day in UTC, @SECONDS, or how long ago: 90m, 7d";
	uint64_t seconds, ago;
	uint32_t time;

	if (!parse_day(s, &seconds) ||
	    (strcmp(s, "always") && strcmp(s, "never") &&
	     !parse_moment(s, &seconds))) {
		if (seconds > INT64_MAX / SECOND_MS)
			return expected;
		*ms = seconds * SECOND_MS;
		return NULL;
	}
	if (!parse_time(s, &time))
		ago = time;
	else if (parse_days(s, &ago))
		return expected;
	*ms = ago < now ? now - ago : 0;
	return NULL;
}

static uint64_t month_begins(int year, int month)
{
	struct tm tm = {
		.tm_year = year - 1900, .tm_mon = month, .tm_mday = 1,
	};

	return (uint64_t)timegm(&tm) * SECOND_MS;
}

const char *parse_month(const char *s, uint64_t *from, uint64_t *to)
{
	static const char expected[] = "a month, like 2026-11";
	uint64_t year, month;
	char part[5];

	if (strlen(s) != strlen("2026-11") || s[4] != '-')
		return expected;
	memcpy(part, s, 4);
	part[4] = '\0';
	if (parse_number(part, 1970, 9999, &year) ||
	    parse_number(s + 5, 1, 12, &month))
		return expected;
	*from = month_begins((int)year, (int)month - 1);
	*to = month_begins((int)year, (int)month);
	return NULL;
}
