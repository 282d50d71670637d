// SPDX-License-Identifier: GPL-2.0
/* JSON strings. PURE. */
#include <stdio.h>
#include <string.h>

#include "out.h"

/* The length of the UTF-8 character at S, or 0 when there is none. */
static size_t utf8_len(const unsigned char *s)
{
	uint32_t c, min;
	size_t len, i;

	if (s[0] < 0x80)
		return 1;
	if ((s[0] & 0xe0) == 0xc0)
		len = 2, min = 0x80, c = s[0] & 0x1f;
	else if ((s[0] & 0xf0) == 0xe0)
		len = 3, min = 0x800, c = s[0] & 0x0f;
	else if ((s[0] & 0xf8) == 0xf0)
		len = 4, min = 0x10000, c = s[0] & 0x07;
	else
		return 0;
	for (i = 1; i < len; i++) {
		/* The terminating NUL fails this too. */
		if ((s[i] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | (s[i] & 0x3f);
	}
	if (c < min || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
		return 0;
	return len;
}

/* The escape of an ASCII character that must have one, or "". */
static const char *escape(unsigned char c, char buf[8])
{
	static const char from[] = "\"\\\b\f\n\r\t";
	static const char to[] = "\"\\bfnrt";
	const char *p;

	buf[0] = '\0';
	if (c >= 0x20 && c < 0x7f && c != '"' && c != '\\')
		return buf;
	p = c ? strchr(from, c) : NULL;
	if (p)
		snprintf(buf, 8, "\\%c", to[p - from]);
	else if (c < 0x20 || c == 0x7f)
		snprintf(buf, 8, "\\u%04x", c);
	return buf;
}

void json_string(void (*put)(const char *s, size_t len, void *arg), void *arg,
		 const char *s)
{
	const char *start = s;
	char buf[8];

	put("\"", 1, arg);
	while (*s) {
		size_t len = utf8_len((const unsigned char *)s);
		const char *instead = "\\ufffd";

		if (len > 1 || (len && !*escape((unsigned char)*s, buf))) {
			s += len;
			continue;
		}
		/* Most characters go out as they are, in one piece. */
		if (s > start)
			put(start, (size_t)(s - start), arg);
		if (len)
			instead = buf;
		put(instead, strlen(instead), arg);
		start = ++s;
	}
	if (s > start)
		put(start, (size_t)(s - start), arg);
	put("\"", 1, arg);
}
