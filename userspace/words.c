// SPDX-License-Identifier: GPL-2.0
/* Commands as words. PURE, but for words_mark() which prints. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "vxc.h"
#include "words.h"

#define MARK_WIDTH	72

static struct words *words_new(size_t n, size_t size)
{
	struct words *w = xrealloc(NULL, 1, sizeof(*w));

	memset(w, 0, sizeof(*w));
	w->v = xrealloc(NULL, n + 1, sizeof(*w->v));
	w->v[0] = NULL;
	w->buf = xrealloc(NULL, size, 1);
	return w;
}

void words_free(struct words *w)
{
	if (!w)
		return;
	free(w->v);
	free(w->buf);
	free(w);
}

struct words *words_argv(int argc, char **argv)
{
	struct words *w = words_new((size_t)argc, 1);
	int i;

	for (i = 0; i < argc; i++)
		w->v[w->n++] = argv[i];
	w->v[w->n] = NULL;
	return w;
}

/*
 * Copy the word at *IN to *OUT without its quotes. The copy is never longer
 * than the original.
 */
static const char *copy_word(const char **in, char **out)
{
	const char *s = *in;
	char *d = *out;
	char quote = 0;

	for (; *s; s++) {
		if (quote ? *s == quote : *s == '"' || *s == '\'') {
			quote = quote ? 0 : *s;
			continue;
		}
		if (!quote && isspace((unsigned char)*s))
			break;
		if (*s == '\\' && quote != '\'' && !*++s)
			return "a '\\' with nothing after it";
		*d++ = *s;
	}
	if (quote)
		return "a quote that does not end";
	*d++ = '\0';
	*in = s;
	*out = d;
	return NULL;
}

struct words *words_split(const char *line, const char **err)
{
	size_t len = strlen(line);
	struct words *w;
	char *d;

	*err = "a line that is too long";
	if (len > WORDS_LINE_MAX)
		return NULL;

	/* Every word takes a byte and a blank, or the end, of the line. */
	w = words_new(len / 2 + 1, len + 2);
	d = w->buf;
	for (;;) {
		while (isspace((unsigned char)*line))
			line++;
		if (!*line || *line == '#')
			break;
		*err = "too many words";
		if (w->n == WORDS_MAX)
			goto bad;
		w->v[w->n++] = d;
		*err = copy_word(&line, &d);
		if (*err)
			goto bad;
	}
	w->v[w->n] = NULL;
	*err = NULL;
	return w;
bad:
	words_free(w);
	return NULL;
}

/* Columns that SIZE bytes of S take, with no byte of a character counted. */
static unsigned int columns(const char *s, size_t size)
{
	unsigned int n = 0;

	while (size-- && *s)
		n += ((unsigned char)*s++ & 0xc0) != 0x80;
	return n;
}

/* The first word to print, so that the marked one is on the screen. */
static int first_word(const struct words *w, struct at at)
{
	unsigned int width = 0;
	int i;

	for (i = at.word; i >= 0; i--) {
		width += columns(w->v[i], strlen(w->v[i])) + 1;
		if (width > MARK_WIDTH)
			break;
	}
	/* The keyword before a value belongs to it. */
	if (i >= at.word)
		i = at.word - 2;
	return i < 0 ? 0 : i + 1;
}

static void put_word(FILE *f, const char *s)
{
	for (; *s; s++)
		fputc(iscntrl((unsigned char)*s) ? '?' : *s, f);
}

void words_mark(FILE *f, const struct words *w, struct at at)
{
	unsigned int width = 0, indent = 0, under = 0;
	int i;

	if (at.word < 0 || at.word >= w->n)
		return;
	fputc(' ', f);
	for (i = first_word(w, at); i < w->n; i++) {
		const char *s = w->v[i];
		size_t len = strlen(s);

		if (i > at.word && width + columns(s, len) > MARK_WIDTH) {
			fputs(" ...", f);
			break;
		}
		fputc(' ', f);
		put_word(f, s);
		if (i == at.word) {
			if (!at.len || at.col + at.len > len) {
				at.col = 0;
				at.len = (unsigned int)len;
			}
			indent = width + columns(s, at.col);
			under = columns(s + at.col, at.len);
		}
		width += columns(s, len) + 1;
	}
	fprintf(f, "\n  %*s", (int)indent, "");
	do
		fputc('^', f);
	while (under-- > 1);
	fputc('\n', f);
}
