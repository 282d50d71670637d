// SPDX-License-Identifier: GPL-2.0
/* Words to values and back: rates, sizes, sets of numbers. PURE. */
#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "parse.h"
#include "vxc.h"

/*
 * Digits, perhaps a point and more of them, times UNIT^N for the Nth letter of
 * "kmgt": exact, or -1.
 */
static int scaled(const char *s, unsigned int unit, uint64_t max,
		  const char **rest, uint64_t *val)
{
	static const char letters[] = "kmgt";
	uint64_t whole = 0, part = 0, div = 1, scale = 1;
	const char *p = s, *letter;

	if (!isdigit((unsigned char)*p))
		return -1;
	for (; isdigit((unsigned char)*p); p++) {
		whole = whole * 10 + (uint64_t)(*p - '0');
		if (whole > max)
			return -1;
	}
	if (*p == '.') {
		for (p++; isdigit((unsigned char)*p); p++) {
			if (div >= 1000000000)
				return -1;
			part = part * 10 + (uint64_t)(*p - '0');
			div *= 10;
		}
	}
	letter = *p ? strchr(letters, tolower((unsigned char)*p)) : NULL;
	if (letter) {
		int n;

		for (n = 0; n <= letter - letters; n++)
			scale *= unit;
		p++;
	}
	if (whole > max / scale)
		return -1;
	*val = whole * scale + part * scale / div;
	*rest = p;
	return part * scale % div || *val > max ? -1 : 0;
}

const char *parse_rate(const char *s, uint64_t *bps)
{
	const char *rest;

	/* More than any rate, so that the kernel can say what is too much. */
	if (!scaled(s, 1000, 1000000000000000ULL, &rest, bps) &&
	    (!*rest || !strcasecmp(rest, "bit")))
		return NULL;
	return "a rate in bit/s like 500M or 2.5G, or 0";
}

const char *parse_size(const char *s, uint32_t *bytes)
{
	const char *rest;
	uint64_t v;

	if (!scaled(s, 1024, UINT32_MAX, &rest, &v) &&
	    (!*rest || !strcasecmp(rest, "b"))) {
		*bytes = (uint32_t)v;
		return NULL;
	}
	return "a size in bytes like 64k or 1M, or 0";
}

const char *parse_bits(const char *s, unsigned int max, uint64_t *bits)
{
	static char expected[64];
	unsigned long from, to;
	char *end;

	snprintf(expected, sizeof(expected),
		 "numbers from 0 to %u, like 0-3,5, or none", max);
	*bits = 0;
	if (!strcmp(s, "none"))
		return NULL;
	for (;; s = end + 1) {
		if (!isdigit((unsigned char)*s))
			return expected;
		from = strtoul(s, &end, 10);
		to = from;
		if (*end == '-') {
			s = end + 1;
			if (!isdigit((unsigned char)*s))
				return expected;
			to = strtoul(s, &end, 10);
		}
		if (to > max || from > to)
			return expected;
		for (; from <= to; from++)
			*bits |= 1ULL << from;
		if (*end != ',')
			return *end ? expected : NULL;
	}
}

void format_bps(uint64_t bps, char *buf, size_t size)
{
	static const char *const unit[] = { "", "k", "M", "G", "T" };
	size_t i;

	for (i = 0; i + 1 < ARRAY_SIZE(unit) && bps && !(bps % 1000); i++)
		bps /= 1000;
	snprintf(buf, size, "%" PRIu64 "%s", bps, unit[i]);
}

void format_bits(uint64_t bits, char *buf, size_t size)
{
	unsigned int from, to;
	size_t len = 0;

	snprintf(buf, size, "none");
	for (from = 0; from < 64; from = to + 1) {
		to = from;
		if (!(bits >> from & 1))
			continue;
		while (to < 63 && bits >> (to + 1) & 1)
			to++;
		if (len < size)
			len += (size_t)snprintf(buf + len, size - len,
						from == to ? "%s%u" : "%s%u-%u",
						len ? "," : "", from, to);
	}
}
