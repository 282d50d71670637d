/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VXC_WORDS_H
#define _VXC_WORDS_H

#include <stdio.h>

/* A command as words, be it from argv or from a line of a batch file. */
struct words {
	char **v;
	int n;
	const char *file;	/* NULL: from argv */
	unsigned int line;
	char *buf;
};

/* A word, or LEN bytes of it from COL on; LEN 0 is all of it. */
struct at {
	int word;
	unsigned int col;
	unsigned int len;
};

#define AT(_word)	((struct at){ .word = (_word) })

/* No line and no count of words may eat all memory. */
#define WORDS_LINE_MAX	65536
#define WORDS_MAX	4096

struct words *words_argv(int argc, char **argv);

/*
 * Split a line: blanks separate, '#' begins a comment, "..." and '...' quote,
 * '\' takes the next character as it is (not within '...'). NULL and an error
 * text when that is not possible.
 */
struct words *words_split(const char *line, const char **err);

void words_free(struct words *w);

/* Print the words around AT and underline what it names. */
void words_mark(FILE *f, const struct words *w, struct at at);

#endif /* _VXC_WORDS_H */
