// SPDX-License-Identifier: GPL-2.0
/* Usage, made from the command tables. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "cmd.h"
#include "vxc.h"

#define HELP_WIDTH	78
#define HELP_INDENT	12

struct line {
	FILE *f;
	int col;
};

/* One piece of a usage line, which is never broken itself. */
static void piece(struct line *l, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

static void piece(struct line *l, const char *fmt, ...)
{
	char buf[256];
	va_list ap;
	int len;

	va_start(ap, fmt);
	len = vsnprintf(buf, sizeof(buf), fmt, ap);
	va_end(ap);
	if (l->col + 1 + len > HELP_WIDTH) {
		fprintf(l->f, "\n%*s", HELP_INDENT, "");
		l->col = HELP_INDENT;
	}
	l->col += fprintf(l->f, " %s", buf);
}

static void usage_key(struct line *l, const struct key *key)
{
	const char *more = key->flags & KEY_MULTI ? "..." : "";
	const char *value = key->value ? key->value : "";
	const char *gap = key->value ? " " : "";

	if (key->sub) {
		piece(l, "[ %s", key->name);
		for (key = key->sub; key->name; key++)
			usage_key(l, key);
		piece(l, "]");
		return;
	}
	if (key->flags & KEY_BARE && key->flags & KEY_NEED)
		piece(l, "%s", value);
	else if (key->flags & KEY_NEED)
		piece(l, "%s%s%s%s", key->name, gap, value, more);
	else
		piece(l, "[ %s%s%s ]%s", key->name, gap, value, more);
}

static void usage_row(const struct cmd *c, const struct command *row,
		      const char *start, FILE *f)
{
	struct line l = { .f = f };
	const struct key *key;
	int i;

	l.col = fprintf(f, "%s vxc", start);
	for (i = 0; i < c->depth; i++)
		if (c->path[i] != row)
			piece(&l, "%s", c->path[i]->name);
	piece(&l, "%s", row->name);
	if (row->word)
		piece(&l, "%s", row->word);
	for (key = row->keys; key && key->name; key++)
		usage_key(&l, key);
	fputc('\n', f);
}

static void usage_rows(const struct cmd *c, const struct command *rows,
		       FILE *f)
{
	const char *start = "Usage:";
	const struct command *row;

	for (row = rows; row->name; row++) {
		if (row->flags & COMMAND_ALIAS)
			continue;
		if (row->sub)
			fprintf(f, "%s vxc %s %s help\n", start,
				c->path[0]->name, row->name);
		else
			usage_row(c, row, start, f);
		start = "      ";
	}
	fputc('\n', f);
	for (row = rows; row->name; row++)
		if (!(row->flags & COMMAND_ALIAS))
			fprintf(f, "  %-8s %s\n", row->name, row->help);
}

static void usage_all(FILE *f)
{
	const struct command *row;

	fputs("Usage: vxc [ OPTIONS ] OBJECT { COMMAND | help }\n"
	      "       vxc [ -force ] [ -transaction ] -batch FILE\n\n"
	      "OBJECT\n", f);
	for (row = objects; row->name; row++)
		if (!(row->flags & COMMAND_ALIAS))
			fprintf(f, "  %-8s %s\n", row->name, row->help);
	fputs("\nOPTIONS\n"
	      "  -b[atch] FILE    read commands from FILE, or - for standard input\n"
	      "  -br[ief]         one line each, with fixed columns\n"
	      "  -c[olor][=WHEN]  always, auto (the default) or never\n"
	      "  -d[etails]       everything there is\n"
	      "  -f[orce]         do not stop a batch at an error\n"
	      "  -h[elp]          this text\n"
	      "  -j[son]          JSON\n"
	      "  -n[etns] NETNS   in this network namespace\n"
	      "  -o[neline]       one line each\n"
	      "  -p[retty]        JSON for reading\n"
	      "  -s[tatistics]    counters\n"
	      "  -t[imestamp]     the time of events, -ts[hort] in short\n"
	      "  -tr[ansaction]   a batch takes effect as a whole or not at all\n"
	      "  -V[ersion]       the version of this command\n", f);
}

void cmd_help(const struct cmd *c, FILE *f)
{
	const struct command *row;

	fflush(stdout);
	if (!c->depth) {
		usage_all(f);
		return;
	}
	row = c->path[c->depth - 1];
	if (row->sub) {
		usage_rows(c, row->sub, f);
		return;
	}
	usage_row(c, row, "Usage:", f);
	if (f == stdout)
		fprintf(f, "\n  %s\n", row->help);
}
