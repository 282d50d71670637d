// SPDX-License-Identifier: GPL-2.0
/* From words to commands: tables, abbreviations, keywords, usage errors. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "cmd.h"
#include "vxc.h"

#define ROWS_MAX	64	/* as many as one word can note as seen */

int cmd_bad(const struct cmd *c, struct at at, const char *fmt, ...)
{
	char buf[1024];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(buf, sizeof(buf), fmt, ap);
	va_end(ap);
	error("%s", buf);
	words_mark(stderr, c->w, at);
	return EXIT_USAGE;
}

int cmd_match(const char *word, const char *const *names)
{
	size_t len = strlen(word);
	int found = -1;
	int i;

	if (!len)
		return -1;
	for (i = 0; names[i]; i++) {
		if (!strcmp(names[i], word))
			return i;
		if (!strncmp(names[i], word, len))
			found = found == -1 ? i : -2;
	}
	return found;
}

/* "a, b or c": all NAMES, or those that begin with PREFIX */
static const char *listing(const char *const *names, const char *prefix)
{
	static char buf[512];
	const char *last = NULL;
	size_t len = 0;
	int i;

	buf[0] = '\0';
	for (i = 0; names[i]; i++) {
		if (strncmp(names[i], prefix, strlen(prefix)))
			continue;
		if (last && len < sizeof(buf))
			len += (size_t)snprintf(buf + len, sizeof(buf) - len,
						"%s%s", len ? ", " : "", last);
		last = names[i];
	}
	if (last && len < sizeof(buf))
		snprintf(buf + len, sizeof(buf) - len, "%s%s",
			 len ? " or " : "", last);
	return buf;
}

/* As cmd_match() for the word at AT, with the error printed. */
static int match_word(const struct cmd *c, struct at at, const char *what,
		      const char *const *names)
{
	const char *word = c->w->v[at.word];
	int i = cmd_match(word, names);

	if (i == -1)
		cmd_bad(c, at, "unknown %s \"%s\": expected %s", what, word,
			listing(names, ""));
	else if (i == -2)
		cmd_bad(c, at, "ambiguous %s \"%s\": %s", what, word,
			listing(names, word));
	return i;
}

const struct command *cmd_of(const struct cmd *c)
{
	return c->path[c->depth - 1];
}

static int missing(const struct cmd *c, const char *what)
{
	error("%s is missing", what);
	cmd_help(c, stderr);
	return EXIT_USAGE;
}

static int next_at(struct cmd *c, struct at *at)
{
	*at = AT(c->pos);
	if (c->pos == c->w->n)
		return -1;
	c->pos++;
	return 0;
}

int cmd_name(struct cmd *c, struct at *at, const char **name)
{
	if (next_at(c, at))
		return missing(c, cmd_of(c)->word);
	*name = c->w->v[at->word];
	if (!**name)
		return cmd_bad(c, *at, "%s is empty", cmd_of(c)->word);
	return EXIT_OK;
}

int cmd_maybe_name(struct cmd *c, const char **name)
{
	struct at at;

	*name = NULL;
	return c->pos < c->w->n ? cmd_name(c, &at, name) : EXIT_OK;
}

int cmd_expect(struct cmd *c, const char *keyword)
{
	const char *const names[] = { keyword, NULL };
	struct at at;

	if (next_at(c, &at))
		return missing(c, keyword);
	return match_word(c, at, "keyword", names) < 0 ? EXIT_USAGE : EXIT_OK;
}

int cmd_end(struct cmd *c)
{
	if (c->pos == c->w->n)
		return EXIT_OK;
	return cmd_bad(c, AT(c->pos), "\"%s\" is one word too many",
		       c->w->v[c->pos]);
}

static void key_names(const struct key *keys, const char **names)
{
	int n = 0;

	for (; keys->name && n < ROWS_MAX - 1; keys++)
		names[n++] = keys->name;
	names[n] = NULL;
}

static const struct key *bare_key(const struct key *keys, const char *word)
{
	if (!strchr(word, ':'))
		return NULL;
	for (; keys->name; keys++)
		if (keys->flags & KEY_BARE)
			return keys;
	return NULL;
}

/* The keyword at AT, or the one that needs not be written. */
static const struct key *find_key(struct cmd *c, struct at at, bool *bare)
{
	const struct key *keys = cmd_of(c)->keys;
	const struct key *key = bare_key(keys, c->w->v[at.word]);
	const char *names[ROWS_MAX];
	int i;

	*bare = key;
	if (key)
		return key;
	key_names(keys, names);
	if (!names[0]) {
		c->pos--;
		cmd_end(c);
		return NULL;
	}
	i = match_word(c, at, "keyword", names);
	return i < 0 ? NULL : &keys[i];
}

/* Of a keyword that opens a nest: the row with exactly this name, or NULL. */
static const struct key *sub_key(const struct key *keys, const char *word)
{
	for (; keys->name; keys++)
		if (!strcmp(keys->name, word))
			return keys;
	return NULL;
}

/* All that follows and belongs into the nest of the keyword at AT. */
static int sub_keys(struct cmd *c, const struct key *key, struct at at)
{
	size_t nest = msg_nest(&c->txn->msg, key->attr, at);
	const struct key *sub;
	uint64_t seen = 0, bit;
	struct at value;
	int ret = EXIT_OK;

	while (!ret && c->pos < c->w->n) {
		sub = sub_key(key->sub, c->w->v[c->pos]);
		if (!sub)
			break;
		next_at(c, &value);
		bit = 1ULL << (sub - key->sub);
		if (seen & bit)
			return cmd_bad(c, value, "\"%s\" is given twice",
				       sub->name);
		seen |= bit;
		if (sub->value && next_at(c, &value))
			return cmd_bad(c, AT(value.word - 1),
				       "\"%s\" needs a value: %s", sub->name,
				       sub->value);
		ret = sub->put(c, sub, value, c->w->v[value.word]);
	}
	msg_nest_end(&c->txn->msg, nest);
	if (!ret && !seen)
		return cmd_bad(c, at, "\"%s\" needs keywords of its own: %s",
			       key->name, key->sub->name);
	return ret;
}

static int one_key(struct cmd *c, uint64_t *seen)
{
	const struct key *key;
	uint64_t bit;
	struct at at;
	bool bare;

	next_at(c, &at);
	key = find_key(c, at, &bare);
	if (!key)
		return EXIT_USAGE;
	bit = 1ULL << (key - cmd_of(c)->keys);
	if (*seen & bit && !(key->flags & KEY_MULTI))
		return cmd_bad(c, at, "\"%s\" is given twice", key->name);
	*seen |= bit;
	if (key->sub)
		return sub_keys(c, key, at);
	if (key->value && !bare && next_at(c, &at))
		return cmd_bad(c, AT(at.word - 1),
			       "\"%s\" needs a value: %s", key->name,
			       key->value);
	return key->put(c, key, at, c->w->v[at.word]);
}

int cmd_keys(struct cmd *c)
{
	const struct key *key;
	uint64_t seen = 0;
	int ret;

	while (c->pos < c->w->n) {
		ret = one_key(c, &seen);
		if (ret)
			return ret;
	}
	for (key = cmd_of(c)->keys; key->name; key++)
		if (key->flags & KEY_NEED &&
		    !(seen & 1ULL << (key - cmd_of(c)->keys)))
			return missing(c, key->name);
	if (!seen && cmd_of(c)->flags & COMMAND_SOME)
		return missing(c, "what to change");
	return EXIT_OK;
}

static int row_names(const struct command *rows, const char **names)
{
	int n = 0;

	for (; rows->name && n < ROWS_MAX - 2; rows++)
		names[n++] = rows->name;
	names[n] = "help";
	names[n + 1] = NULL;
	return n;
}

/* Without a command objects are shown. */
static const struct command *default_row(const struct command *rows)
{
	for (; rows->name; rows++)
		if (!strcmp(rows->name, "show"))
			return rows;
	return NULL;
}

/* "sla acme": the object is shown, and the word is whose. */
static bool shows(struct cmd *c, struct at at, const char *const *names)
{
	if (!c->depth || !(cmd_of(c)->flags & COMMAND_SHOWS) ||
	    cmd_match(c->w->v[at.word], names) != -1)
		return false;
	c->pos--;
	return true;
}

/* Go down the tables as far as the words lead. */
static int descend(struct cmd *c)
{
	const struct command *rows = objects, *row;
	const char *names[ROWS_MAX];
	int n, i;

	while (rows) {
		struct at at;

		if (next_at(c, &at)) {
			if (c->help)
				break;
			row = default_row(rows);
			if (!row)
				return missing(c, "a command");
		} else {
			n = row_names(rows, names);
			if (shows(c, at, names)) {
				row = default_row(rows);
				c->path[c->depth++] = row;
				break;
			}
			i = match_word(c, at, c->depth ? "command" : "object",
				       names);
			if (i < 0)
				return EXIT_USAGE;
			if (i == n) {
				c->help = true;
				continue;
			}
			row = &rows[i];
		}
		c->path[c->depth++] = row;
		rows = row->sub;
	}
	return EXIT_OK;
}

static int refuse(const struct cmd *c)
{
	const struct command *row = cmd_of(c);

	if (c->w->file && row->flags & COMMAND_NO_BATCH)
		return cmd_bad(c, AT(0), "%s cannot be used in a batch file",
			       row->name);
	if (opts.txn && c->w->file && !(row->flags & COMMAND_CHANGE))
		return cmd_bad(c, AT(0),
			       "a transaction takes nothing but changes");
	return EXIT_OK;
}

int cmd_run(struct words *w, struct txn *txn)
{
	struct cmd c = { .w = w, .txn = txn };
	int ret;

	txn_line(txn, w);
	ret = descend(&c);
	if (ret)
		return ret;
	/* "circuit add help" */
	if (c.pos == w->n - 1 && !strcmp(w->v[c.pos], "help")) {
		c.help = true;
		c.pos++;
	}
	if (c.help) {
		ret = cmd_end(&c);
		if (!ret)
			cmd_help(&c, stdout);
		return ret;
	}
	ret = refuse(&c);
	return ret ? ret : cmd_of(&c)->run(&c);
}
