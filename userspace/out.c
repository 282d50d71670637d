// SPDX-License-Identifier: GPL-2.0
/* One printer for text and JSON. */
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "out.h"
#include "parse.h"
#include "vxc.h"

#define DEPTH_MAX	16

static struct {
	bool more[DEPTH_MAX];	/* JSON: something was written at this depth */
	int depth;
	int record;		/* depth of the records' outside */
	bool any;		/* text: the record has some */
	int indent;		/* text: a new line is due, -1 for none */
	bool color;
	const char *sep;	/* text: instead of a new line */
} out = { .indent = -1 };

static const char *const colors[] = {
	[OUT_PLAIN] = "",
	[OUT_NAME] = "\033[36m",
	[OUT_GOOD] = "\033[32m",
	[OUT_WARN] = "\033[33m",
	[OUT_BAD] = "\033[31m",
};

void out_use_color(bool on)
{
	out.color = on;
}

void out_one_line(const char *sep)
{
	out.sep = sep;
}

bool out_flush(void)
{
	if (!fflush(stdout) && !ferror(stdout))
		return true;
	error("cannot write the output: %s", strerror(errno));
	return false;
}

static void put_stdout(const char *s, size_t len, void *arg)
{
	(void)arg;
	fwrite(s, 1, len, stdout);
}

static void json_value(const char *s)
{
	json_string(put_stdout, NULL, s);
}

static void json_newline(void)
{
	/* A record of a stream stays on its line. */
	if (opts.pretty && out.record)
		printf("\n%*s", out.depth * 4, "");
}

static void json_key(const char *key)
{
	if (out.more[out.depth])
		putchar(',');
	out.more[out.depth] = true;
	if (out.depth)
		json_newline();
	if (!key)
		return;
	json_value(key);
	putchar(':');
	if (opts.pretty)
		putchar(' ');
}

static void json_open(const char *key, char c)
{
	json_key(key);
	putchar(c);
	if (out.depth < DEPTH_MAX - 1)
		out.depth++;
	out.more[out.depth] = false;
}

static void json_close(char c)
{
	bool more = out.more[out.depth];

	out.depth--;
	if (more)
		json_newline();
	putchar(c);
}

void out_begin_list(void)
{
	out.record = 1;
	if (opts.json)
		json_open(NULL, '[');
}

void out_end_list(void)
{
	if (opts.json) {
		json_close(']');
		putchar('\n');
	}
	out.more[0] = false;
	out.record = 0;
}

void out_open(const char *key)
{
	if (opts.json)
		json_open(key, '{');
}

/* Only JSON counts depths; text records are closed by their newline. */
void out_close(void)
{
	if (!opts.json)
		return;
	json_close('}');
	if (out.depth || out.record)
		return;
	putchar('\n');
	out.more[0] = false;
	fflush(stdout);
}

void out_open_list(const char *key)
{
	if (opts.json)
		json_open(key, '[');
}

void out_close_list(void)
{
	if (opts.json)
		json_close(']');
}

void out_end_record(void)
{
	if (opts.json || !out.any)
		return;
	putchar('\n');
	out.any = false;
	out.indent = -1;
	if (!out.record)
		fflush(stdout);
}

void out_line(int indent)
{
	out.indent = indent;
}

bool out_shown(enum out_show show)
{
	if (opts.json)
		return true;
	switch (show) {
	case OUT_TEXT:
		return true;
	case OUT_STATS:
		return opts.stats || opts.details;
	case OUT_MORE:
		return opts.details;
	case OUT_WORDED:
		break;
	}
	return false;
}

bool out_is_text(void)
{
	return !opts.json;
}

static void text_gap(void)
{
	if (out.any && out.indent >= 0) {
		fputs(out.sep ? out.sep : "\n", stdout);
		/* A blank that joins is all the indent there should be. */
		if (!out.sep || *out.sep != ' ')
			printf("%*s", out.indent * 4, "");
	} else if (out.any) {
		putchar(' ');
	}
	out.any = true;
	out.indent = -1;
}

/* Nothing that came over the network may talk to the terminal. */
static void text_safe(const char *s, bool quoted)
{
	for (; *s; s++) {
		if (iscntrl((unsigned char)*s))
			printf("\\x%02x", (unsigned char)*s);
		else if (quoted && (*s == '"' || *s == '\\'))
			printf("\\%c", *s);
		else
			putchar(*s);
	}
}

void out_colored(enum out_color color, const char *s)
{
	bool colored = out.color && color != OUT_PLAIN;

	if (colored)
		fputs(colors[color], stdout);
	text_safe(s, false);
	if (colored)
		fputs("\033[0m", stdout);
}

static void text_value(enum out_color color, const char *label, const char *s)
{
	text_gap();
	if (label)
		printf("%s ", label);
	out_colored(color, s);
}

/* A value that is a number to a machine and FOR_PEOPLE to them. */
static void number(enum out_show show, const char *key, const char *label,
		   uint64_t val, const char *for_people)
{
	if (opts.json) {
		json_key(key);
		printf("%" PRIu64, val);
	} else if (out_shown(show)) {
		text_value(OUT_PLAIN, label, for_people);
	}
}

static void string(enum out_show show, const char *key, const char *label,
		   enum out_color color, const char *val)
{
	if (opts.json) {
		json_key(key);
		json_value(val);
	} else if (out_shown(show)) {
		text_value(color, label, val);
	}
}

void out_str(enum out_show show, const char *key, const char *label,
	     const char *val)
{
	string(show, key, label, key && !strcmp(key, "name") ? OUT_NAME :
	       OUT_PLAIN, val);
}

void out_quoted(enum out_show show, const char *key, const char *label,
		const char *val)
{
	if (opts.json) {
		string(show, key, label, OUT_PLAIN, val);
	} else if (out_shown(show)) {
		text_gap();
		printf(label ? "%s \"" : "\"", label);
		text_safe(val, true);
		putchar('"');
	}
}

void out_pair(enum out_show show, const char *label, const char *key,
	      const char *val)
{
	if (opts.json) {
		string(show, key, label, OUT_PLAIN, val);
	} else if (out_shown(show)) {
		text_gap();
		printf("%s \"", label);
		text_safe(key, true);
		putchar('=');
		text_safe(val, true);
		putchar('"');
	}
}

void out_uint(enum out_show show, const char *key, const char *label,
	      uint64_t val)
{
	char buf[24];

	snprintf(buf, sizeof(buf), "%" PRIu64, val);
	number(show, key, label, val, buf);
}

void out_bool(enum out_show show, const char *key, const char *label,
	      bool val)
{
	if (opts.json) {
		json_key(key);
		fputs(val ? "true" : "false", stdout);
	} else if (out_shown(show)) {
		text_value(OUT_PLAIN, label, name_of(&names_onoff, val));
	}
}

void out_null(const char *key)
{
	if (!opts.json)
		return;
	json_key(key);
	fputs("null", stdout);
}

enum out_color out_state_color(unsigned int state)
{
	switch (state) {
	case VXC_STATE_UP:
		return OUT_GOOD;
	case VXC_STATE_DEGRADED:
		return OUT_WARN;
	}
	return OUT_BAD;
}

void out_name(enum out_show show, const char *key, const char *label,
	      const struct names *names, unsigned int val)
{
	string(show, key, label, names == &names_state ?
	       out_state_color(val) : OUT_PLAIN, name_of(names, val));
}

void out_interval(enum out_show show, const char *key, const char *label,
		  uint64_t ms)
{
	char buf[32];

	format_interval(ms, buf, sizeof(buf));
	number(show, key, label, ms, buf);
}

void out_time(enum out_show show, const char *key, const char *label,
	      uint64_t ms)
{
	char buf[32];

	format_time(ms, buf, sizeof(buf));
	number(show, key, label, ms, buf);
}

/* Cut, not rounded: 100 is said of all of it only. */
void out_percent(enum out_show show, const char *key, const char *label,
		 uint64_t part, uint64_t whole)
{
	uint64_t millionths;
	char buf[32];

	if (!whole) {
		out_null(key);
		if (!opts.json && out_shown(show))
			text_value(OUT_PLAIN, label, "-");
		return;
	}
	while (part > UINT64_MAX / 100000000) {
		part /= 2;
		whole /= 2;
	}
	millionths = part * 100000000 / (whole ? whole : 1);
	snprintf(buf, sizeof(buf), "%" PRIu64 ".%06" PRIu64,
		 millionths / 1000000, millionths % 1000000);
	if (opts.json) {
		json_key(key);
		fputs(buf, stdout);
	} else if (out_shown(show)) {
		snprintf(buf + strlen(buf), sizeof(buf) - strlen(buf), "%%");
		text_value(OUT_PLAIN, label, buf);
	}
}

void out_rate(enum out_show show, const char *key, const char *label,
	      uint64_t bps)
{
	char buf[32];

	format_rate(bps, buf, sizeof(buf));
	number(show, key, label, bps, buf);
}

void out_bps(enum out_show show, const char *key, const char *label,
	     uint64_t bps)
{
	char buf[32];

	format_bps(bps, buf, sizeof(buf));
	number(show, key, label, bps, buf);
}

void out_text(enum out_show show, enum out_color color, const char *fmt, ...)
{
	char buf[1024];
	va_list ap;

	if (opts.json || (show != OUT_TEXT && !out_shown(show)))
		return;
	va_start(ap, fmt);
	vsnprintf(buf, sizeof(buf), fmt, ap);
	va_end(ap);
	text_value(color, NULL, buf);
}

void out_joined(const char *s)
{
	if (!opts.json)
		fputs(s, stdout);
}
