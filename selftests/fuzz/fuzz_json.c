// SPDX-License-Identifier: GPL-2.0
/*
 * Any bytes as a JSON string: what comes out is one, in UTF-8, and says what
 * went in wherever that was UTF-8.
 */
#include <ctype.h>

#include "fuzz.h"
#include "out.h"

const char *const fuzz_seeds[] = {
	"plain", "a\"b\\c", "\b\f\n\r\t\001\037\177", "h\xc3\xa9 \xe2\x82\xac",
	"\xf0\x9f\x98\x80", "\xc3", "\xed\xa0\x80", "\xf4\x90\x80\x80",
	"\xc0\x80", "", NULL
};

static char buf[4096];
static size_t len;

static void put(const char *s, size_t n, void *arg)
{
	(void)arg;
	must(len + n < sizeof(buf));
	memcpy(buf + len, s, n);
	len += n;
}

/* An independent reader: 1 to 4 bytes of a character, or 0. */
static size_t utf8(const unsigned char *s, size_t n)
{
	static const struct {
		unsigned char first[2], second[2];
		size_t len;
	} table[] = {	/* Unicode, table 3-7 */
		{ { 0x00, 0x7f }, { 0, 0 }, 1 },
		{ { 0xc2, 0xdf }, { 0x80, 0xbf }, 2 },
		{ { 0xe0, 0xe0 }, { 0xa0, 0xbf }, 3 },
		{ { 0xe1, 0xec }, { 0x80, 0xbf }, 3 },
		{ { 0xed, 0xed }, { 0x80, 0x9f }, 3 },
		{ { 0xee, 0xef }, { 0x80, 0xbf }, 3 },
		{ { 0xf0, 0xf0 }, { 0x90, 0xbf }, 4 },
		{ { 0xf1, 0xf3 }, { 0x80, 0xbf }, 4 },
		{ { 0xf4, 0xf4 }, { 0x80, 0x8f }, 4 },
	};
	size_t i, k;

	for (i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		if (s[0] < table[i].first[0] || s[0] > table[i].first[1])
			continue;
		if (table[i].len > n)
			return 0;
		if (table[i].len > 1 && (s[1] < table[i].second[0] ||
					 s[1] > table[i].second[1]))
			return 0;
		for (k = 2; k < table[i].len; k++)
			if (s[k] < 0x80 || s[k] > 0xbf)
				return 0;
		return table[i].len;
	}
	return 0;
}

static unsigned int hex4(const char *s)
{
	unsigned int v = 0;
	int i;

	for (i = 0; i < 4; i++) {
		must(isxdigit((unsigned char)s[i]));
		v = v * 16 + (unsigned int)(isdigit((unsigned char)s[i]) ?
					    s[i] - '0' : s[i] - 'a' + 10);
	}
	return v;
}

/* Read one escape at S and say which character it stands for. */
static unsigned int unescape(const char *s, size_t *used)
{
	static const char from[] = "\"\\bfnrt", to[] = "\"\\\b\f\n\r\t";
	const char *p;

	if (s[1] == 'u') {
		*used = 6;
		return hex4(s + 2);
	}
	p = strchr(from, s[1]);
	must(p && *p);
	*used = 2;
	return (unsigned char)to[p - from];
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *s = fuzz_string(data, size);
	const unsigned char *in = (unsigned char *)s;
	size_t n = strlen(s), used, i = 1;

	len = 0;
	if (n * 6 + 2 >= sizeof(buf))
		goto out;
	json_string(put, NULL, s);
	must(len >= 2 && buf[0] == '"' && buf[len - 1] == '"');
	while (n) {
		size_t k = utf8(in, n);
		unsigned int c;

		must(i < len - 1);
		if (buf[i] == '\\') {
			c = unescape(buf + i, &used);
			must(k ? c == *in && k == 1 : c == 0xfffd);
			i += used;
			k = 1;
		} else {
			must(k && (unsigned char)buf[i] >= 0x20);
			must(buf[i] != '"');
			must(!memcmp(buf + i, in, k));
			i += k;
		}
		in += k;
		n -= k;
	}
	must(i == len - 1);
out:
	free(s);
	return 0;
}
