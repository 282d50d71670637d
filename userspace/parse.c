// SPDX-License-Identifier: GPL-2.0
/* Words to values and back. PURE. */
#include <arpa/inet.h>
#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <sys/socket.h>

#include "parse.h"
#include "vxc.h"

#define VID_EXPECTED	"a VLAN ID from 1 to 4094"
#define UUID_EXPECTED	"a UUID like 01234567-89ab-cdef-0123-456789abcdef"
#define ATT_EXPECTED	"PORT:SVID, PORT:SVID.CVID, PORT:untagged or PORT:*"

/* Digits only: no sign, no blanks, no base but ten. */
static int digits(const char *s, size_t len, uint64_t *val)
{
	uint64_t v = 0;
	size_t i;

	if (!len)
		return -1;
	for (i = 0; i < len; i++) {
		unsigned int d = (unsigned int)(s[i] - '0');

		if (d > 9 || v > (UINT64_MAX - d) / 10)
			return -1;
		v = v * 10 + d;
	}
	*val = v;
	return 0;
}

const char *parse_number(const char *s, uint64_t min, uint64_t max,
			 uint64_t *val)
{
	static char buf[64];

	if (!digits(s, strlen(s), val) && *val >= min && *val <= max)
		return NULL;
	snprintf(buf, sizeof(buf), "a number from %" PRIu64 " to %" PRIu64,
		 min, max);
	return buf;
}

static int vid(const char *s, size_t len, uint16_t *out)
{
	uint64_t v;

	if (digits(s, len, &v) || v < 1 || v > VXC_VID_MAX)
		return -1;
	*out = (uint16_t)v;
	return 0;
}

const char *parse_vid(const char *s, uint16_t *out)
{
	return vid(s, strlen(s), out) ? VID_EXPECTED : NULL;
}

const char *parse_tpid(const char *s, uint16_t *tpid)
{
	static const struct {
		const char *name;
		uint16_t tpid;
	} known[] = {
		{ "8100", 0x8100 }, { "88a8", 0x88a8 }, { "9100", 0x9100 },
	};
	size_t i;

	if (!strncmp(s, "0x", 2))
		s += 2;
	for (i = 0; i < ARRAY_SIZE(known); i++) {
		if (!strcasecmp(s, known[i].name)) {
			*tpid = known[i].tpid;
			return NULL;
		}
	}
	return "8100, 88a8 or 9100";
}

const char *parse_time(const char *s, uint32_t *ms)
{
	static const struct {
		const char *name;
		uint32_t ms;
	} units[] = {
		{ "ms", 1 }, { "s", 1000 }, { "m", 60000 }, { "h", 3600000 },
	};
	size_t len = strspn(s, "0123456789");
	uint64_t v;
	size_t i;

	if (digits(s, len, &v))
		goto bad;
	/* 5 what? Only nothing is the same in every unit. */
	if (!s[len] && !v) {
		*ms = 0;
		return NULL;
	}
	for (i = 0; i < ARRAY_SIZE(units); i++) {
		if (strcmp(s + len, units[i].name))
			continue;
		if (v > UINT32_MAX / units[i].ms)
			return "a shorter time";
		*ms = (uint32_t)(v * units[i].ms);
		return NULL;
	}
bad:
	return "a time with its unit, like 300ms, 30s or 5m, or 0";
}

static int hex_byte(const char *s, uint8_t *byte)
{
	unsigned int v = 0;
	int i;

	for (i = 0; i < 2; i++) {
		if (!isxdigit((unsigned char)s[i]))
			return -1;
		v = v * 16 + (unsigned int)(isdigit((unsigned char)s[i]) ?
			s[i] - '0' : (s[i] | 0x20) - 'a' + 10);
	}
	*byte = (uint8_t)v;
	return 0;
}

const char *parse_mac(const char *s, uint8_t mac[6])
{
	static const char expected[] =
		"an Ethernet address like 02:00:00:00:00:01";
	uint8_t m[6];
	int i;

	if (strlen(s) != 17)
		return expected;
	for (i = 0; i < 6; i++) {
		if (hex_byte(s + i * 3, &m[i]))
			return expected;
		if (i < 5 && s[i * 3 + 2] != ':' && s[i * 3 + 2] != '-')
			return expected;
	}
	memcpy(mac, m, sizeof(m));
	return NULL;
}

const char *parse_uuid(const char *s, uint8_t uuid[16])
{
	uint8_t u[16];
	int i;

	if (strlen(s) != UUID_TEXT_SIZE - 1)
		return UUID_EXPECTED;
	for (i = 0; i < 16; i++) {
		if (i == 4 || i == 6 || i == 8 || i == 10) {
			if (*s++ != '-')
				return UUID_EXPECTED;
		}
		if (hex_byte(s, &u[i]))
			return UUID_EXPECTED;
		s += 2;
	}
	memcpy(uuid, u, sizeof(u));
	return NULL;
}

/* What the kernel takes as an interface name, of which ':' is no part. */
const char *parse_ifname(const char *s, size_t len, char *name)
{
	size_t i;

	if (!len || len >= PORT_NAME_SIZE)
		return "an interface name of 1 to 15 characters";
	for (i = 0; i < len; i++)
		if (s[i] == '/' || s[i] == ':' || isspace((unsigned char)s[i]))
			return "an interface name without '/', ':' and blanks";
	memcpy(name, s, len);
	name[len] = '\0';
	return NULL;
}

const char *parse_attachment(const char *s, struct attachment *att)
{
	const char *colon = strrchr(s, ':');
	const char *rest, *dot, *expected;

	memset(att, 0, sizeof(*att));
	if (!colon)
		return ATT_EXPECTED;
	expected = parse_ifname(s, (size_t)(colon - s), att->port);
	if (expected)
		return expected;

	rest = colon + 1;
	if (!strcmp(rest, "*")) {
		att->match = VXC_MATCH_ANY;
		return NULL;
	}
	if (!strcmp(rest, "untagged")) {
		att->match = VXC_MATCH_UNTAGGED;
		return NULL;
	}
	if (!isdigit((unsigned char)*rest))
		return ATT_EXPECTED;

	dot = strchr(rest, '.');
	att->match = dot ? VXC_MATCH_SVID_CVID : VXC_MATCH_SVID;
	if (vid(rest, dot ? (size_t)(dot - rest) : strlen(rest), &att->svid))
		return "an S-VID from 1 to 4094 after the ':'";
	if (dot && vid(dot + 1, strlen(dot + 1), &att->cvid))
		return "a C-VID from 1 to 4094 after the '.'";
	return NULL;
}

const char *parse_prefix(const char *s, struct prefix *prefix)
{
	static const char expected[] =
		"ADDRESS/LENGTH, like 172.16.0.2/30 or fd00::2/64";
	char addr[INET6_ADDRSTRLEN];
	const char *slash = strchr(s, '/');
	uint64_t len;

	if (!slash || (size_t)(slash - s) >= sizeof(addr))
		return expected;
	memcpy(addr, s, (size_t)(slash - s));
	addr[slash - s] = '\0';
	memset(prefix, 0, sizeof(*prefix));
	prefix->family = strchr(addr, ':') ? AF_INET6 : AF_INET;
	if (inet_pton(prefix->family, addr, prefix->addr) != 1)
		return expected;
	if (digits(slash + 1, strlen(slash + 1), &len) ||
	    len > (prefix->family == AF_INET ? 32 : 128))
		return prefix->family == AF_INET ?
		       "a prefix length from 0 to 32 after the '/'" :
		       "a prefix length from 0 to 128 after the '/'";
	prefix->len = (uint8_t)len;
	return NULL;
}

void format_mac(const uint8_t mac[6], char buf[MAC_TEXT_SIZE])
{
	snprintf(buf, MAC_TEXT_SIZE, "%02x:%02x:%02x:%02x:%02x:%02x", mac[0],
		 mac[1], mac[2], mac[3], mac[4], mac[5]);
}

void format_uuid(const uint8_t uuid[16], char buf[UUID_TEXT_SIZE])
{
	static const char hex[] = "0123456789abcdef";
	int i;

	for (i = 0; i < 16; i++) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			*buf++ = '-';
		*buf++ = hex[uuid[i] >> 4];
		*buf++ = hex[uuid[i] & 15];
	}
	*buf = '\0';
}

void format_attachment(const struct attachment *att, char *buf, size_t size)
{
	switch (att->match) {
	case VXC_MATCH_SVID:
		snprintf(buf, size, "%s:%u", att->port, att->svid);
		break;
	case VXC_MATCH_SVID_CVID:
		snprintf(buf, size, "%s:%u.%u", att->port, att->svid,
			 att->cvid);
		break;
	case VXC_MATCH_UNTAGGED:
		snprintf(buf, size, "%s:untagged", att->port);
		break;
	case VXC_MATCH_ANY:
		snprintf(buf, size, "%s:*", att->port);
		break;
	default:
		snprintf(buf, size, "%s:?", att->port);
	}
}

void format_rate(uint64_t bps, char *buf, size_t size)
{
	static const char unit[] = "kMGTPE";
	uint64_t div = 1000;
	uint64_t tenths;
	int i = 0;

	if (bps < 1000) {
		snprintf(buf, size, "%" PRIu64, bps);
		return;
	}
	while (bps / div >= 1000 && unit[i + 1]) {
		div *= 1000;
		i++;
	}
	/* Cut, not rounded: 999,999 is 999k, and never 1000k. */
	tenths = bps / (div / 10);
	if (tenths < 1000 && tenths % 10)
		snprintf(buf, size, "%" PRIu64 ".%" PRIu64 "%c", tenths / 10,
			 tenths % 10, unit[i]);
	else
		snprintf(buf, size, "%" PRIu64 "%c", tenths / 10, unit[i]);
}

/* As it can be given back to parse_time(). */
void format_interval(uint64_t ms, char *buf, size_t size)
{
	if (!ms)
		snprintf(buf, size, "0");
	else if (ms % 60000 == 0)
		snprintf(buf, size, "%" PRIu64 "m", ms / 60000);
	else if (ms % 1000 == 0)
		snprintf(buf, size, "%" PRIu64 "s", ms / 1000);
	else
		snprintf(buf, size, "%" PRIu64 "ms", ms);
}

void format_time(uint64_t ms, char *buf, size_t size)
{
	uint64_t s = ms / 1000;

	if (!ms)
		snprintf(buf, size, "0s");
	else if (ms < 1000)
		snprintf(buf, size, "%" PRIu64 "ms", ms);
	else if (ms < 10000 && ms % 1000)
		snprintf(buf, size, "%" PRIu64 ".%" PRIu64 "s", s,
			 ms % 1000 / 100);
	else if (s < 60)
		snprintf(buf, size, "%" PRIu64 "s", s);
	else if (s < 3600)
		snprintf(buf, size, "%" PRIu64 "m%02" PRIu64 "s", s / 60,
			 s % 60);
	else if (s < 86400)
		snprintf(buf, size, "%" PRIu64 "h%02" PRIu64 "m", s / 3600,
			 s / 60 % 60);
	else
		snprintf(buf, size, "%" PRIu64 "d%02" PRIu64 "h", s / 86400,
			 s / 3600 % 24);
}

void prefix_of(const uint8_t *addr, size_t size, uint8_t len,
	       struct prefix *prefix)
{
	memset(prefix, 0, sizeof(*prefix));
	prefix->family = size == 4 ? AF_INET : AF_INET6;
	prefix->len = len;
	memcpy(prefix->addr, addr, size);
}

const char *parse_moment(const char *s, uint64_t *seconds)
{
	static const char expected[] =
		"a moment in UTC, like 2026-12-31T23:59:59, or @SECONDS";
	struct tm tm = { .tm_isdst = 0 }, again;
	const char *end;
	time_t t;

	*seconds = 0;
	if (!strcmp(s, "always") || !strcmp(s, "never"))
		return NULL;
	if (*s == '@')
		return digits(s + 1, strlen(s + 1), seconds) ? expected : NULL;
	end = strptime(s, "%Y-%m-%dT%H:%M:%S", &tm);
	if (!end || (*end && strcmp(end, "Z")))
		return expected;
	again = tm;
	t = timegm(&again);
	/* The 31st of June is a mistake, not the 1st of July. */
	if (t <= 0 || again.tm_mday != tm.tm_mday)
		return expected;
	*seconds = (uint64_t)t;
	return NULL;
}

void format_moment(uint64_t seconds, char *buf, size_t size)
{
	time_t t = (time_t)seconds;
	struct tm tm;

	/* The year may be too large for a struct tm. */
	if (seconds > INT64_MAX || !gmtime_r(&t, &tm) || tm.tm_year > 8099)
		snprintf(buf, size, "@%llu", (unsigned long long)seconds);
	else
		strftime(buf, size, "%Y-%m-%dT%H:%M:%SZ", &tm);
}
