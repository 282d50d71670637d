// SPDX-License-Identifier: GPL-2.0
/* Aligned tables, for people. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "out.h"
#include "vxc.h"

struct cell {
	char *text;
	enum out_color color;
};

static struct {
	const char *const *columns;
	unsigned int n_columns;
	struct cell *cells;
	size_t n, cap;
} table;

void out_table(const char *const *columns, unsigned int n)
{
	memset(&table, 0, sizeof(table));
	table.columns = columns;
	table.n_columns = n;
}

static void add_cell(enum out_color color, const char *text)
{
	if (table.n == table.cap) {
		table.cap = table.cap * 2 + 64;
		table.cells = xrealloc(table.cells, table.cap,
				       sizeof(*table.cells));
	}
	table.cells[table.n].text = xstrdup(text);
	table.cells[table.n++].color = color;
}

void out_cell(enum out_color color, const char *fmt, ...)
{
	char buf[1024];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(buf, sizeof(buf), fmt, ap);
	va_end(ap);
	add_cell(color, buf);
}

static const char *title(unsigned int column)
{
	const char *name = table.columns[column];

	return name + (*name == '>');
}

static size_t cell_width(const char *s)
{
	size_t n = 0;

	for (; *s; s++)
		n += ((unsigned char)*s & 0xc0) != 0x80;
	return n;
}

static void measure(size_t *width)
{
	size_t i;

	for (i = 0; i < table.n_columns; i++)
		width[i] = opts.brief ? 0 : cell_width(title(i));
	for (i = 0; i < table.n; i++) {
		size_t w = cell_width(table.cells[i].text);

		if (w > width[i % table.n_columns])
			width[i % table.n_columns] = w;
	}
}

static void print_cell(unsigned int column, enum out_color color,
		       const char *text, size_t width)
{
	int pad = (int)(width - cell_width(text));

	if (table.columns[column][0] == '>')
		printf("%*s", pad, "");
	out_colored(color, text);
	if (column + 1 == table.n_columns)
		putchar('\n');
	else if (table.columns[column][0] == '>')
		printf("  ");
	else
		printf("%*s", pad + 2, "");
}

void out_table_end(void)
{
	size_t *width = xrealloc(NULL, table.n_columns, sizeof(*width));
	unsigned int c;
	size_t i;

	measure(width);
	for (c = 0; c < table.n_columns && table.n && !opts.brief; c++)
		print_cell(c, OUT_PLAIN, title(c), width[c]);
	for (i = 0; i < table.n; i++) {
		c = i % table.n_columns;
		print_cell(c, table.cells[i].color, table.cells[i].text,
			   width[c]);
		free(table.cells[i].text);
	}
	free(table.cells);
	free(width);
	memset(&table, 0, sizeof(table));
}
