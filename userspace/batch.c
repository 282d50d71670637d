// SPDX-License-Identifier: GPL-2.0
/* Commands from a file, one after the other or as one transaction. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "batch.h"
#include "cmd.h"
#include "vxc.h"

struct batch {
	FILE *f;
	const char *name;
	unsigned int line;	/* read last */
	unsigned int start;	/* where the present command begins */
	char *buf;		/* the present command */
	size_t len, cap;
};

static void failed(const struct batch *b, const struct words *w)
{
	fflush(stdout);
	fprintf(stderr, "Command failed %s:%u\n", b->name,
		w ? w->line : b->start);
}

static const char *append(struct batch *b, const char *s, size_t len)
{
	if (memchr(s, '\0', len))
		return "a line with a NUL byte";
	if (b->len + len > WORDS_LINE_MAX)
		return "a line that is too long";
	if (b->len + len + 1 > b->cap) {
		b->cap = (b->len + len + 1) * 2;
		b->buf = xrealloc(b->buf, b->cap, 1);
	}
	memcpy(b->buf + b->len, s, len);
	b->len += len;
	b->buf[b->len] = '\0';
	return NULL;
}

/* Does the line end in a '\' that is not itself escaped? */
static bool goes_on(const char *s, size_t len)
{
	size_t n = 0;

	while (n < len && s[len - 1 - n] == '\\')
		n++;
	return n % 2;
}

/*
 * Read one command, which a '\' at the end of a line continues on the next.
 * Returns 1, or 0 at the end of the file.
 */
static int read_command(struct batch *b, const char **err)
{
	char *line = NULL;
	size_t size = 0;
	bool more = true;
	ssize_t n;

	*err = NULL;
	b->len = 0;
	b->start = b->line + 1;
	while (more && (n = getline(&line, &size, b->f)) >= 0) {
		size_t len = (size_t)n;

		b->line++;
		if (len && line[len - 1] == '\n')
			len--;
		more = goes_on(line, len);
		if (!*err)
			*err = append(b, line, len - more);
		if (more && !*err)
			*err = append(b, " ", 1);
	}
	free(line);
	return b->line >= b->start;
}

static int run_command(struct batch *b, struct txn *txn,
		       const struct words **fault)
{
	const char *err;
	struct words *w;
	int ret;

	w = words_split(b->buf, &err);
	if (!w) {
		error("%s", err);
		return EXIT_USAGE;
	}
	w->file = b->name;
	w->line = b->start;
	if (!w->n) {
		words_free(w);
		return EXIT_OK;
	}
	ret = cmd_run(w, txn);
	if (!ret && !opts.txn)
		ret = txn_commit(txn, fault);
	return ret;
}

/* Returns the exit code of the first command that failed. */
static int run_all(struct batch *b, struct txn *txn)
{
	const struct words *fault;
	int result = EXIT_OK, ret;
	const char *err;

	while (read_command(b, &err)) {
		fault = NULL;
		if (err) {
			error("%s", err);
			ret = EXIT_USAGE;
		} else {
			ret = run_command(b, txn, &fault);
		}
		if (ret)
			failed(b, fault);
		if (ret && !result)
			result = ret;
		if (ret && (!opts.force || opts.txn))
			return result;
		if (!opts.txn) {
			txn_free(txn);
			txn_init(txn);
		}
	}
	if (ferror(b->f)) {
		error("cannot read %s: %s", b->name, strerror(errno));
		return EXIT_USAGE;
	}
	return result;
}

static int run_txn(struct batch *b, struct txn *txn)
{
	const struct words *fault;
	int ret;

	ret = txn_commit(txn, &fault);
	if (ret && fault)
		failed(b, fault);
	else if (ret)
		fprintf(stderr, "Transaction failed %s\n", b->name);
	return ret;
}

int batch_file(const char *name)
{
	struct batch b = { .name = name };
	struct txn txn;
	int ret;

	b.f = strcmp(name, "-") ? fopen(name, "re") : stdin;
	if (!b.f) {
		error("cannot open %s: %s", name, strerror(errno));
		return EXIT_USAGE;
	}
	txn_init(&txn);
	ret = run_all(&b, &txn);
	if (!ret && opts.txn)
		ret = run_txn(&b, &txn);
	txn_free(&txn);
	free(b.buf);
	if (b.f != stdin)
		fclose(b.f);
	return ret;
}

int batch_run(struct cmd *c)
{
	const char *name;
	struct at at;
	int ret;

	ret = cmd_name(c, &at, &name);
	if (!ret)
		ret = cmd_end(c);
	return ret ? ret : batch_file(name);
}
