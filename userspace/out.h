/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VXC_OUT_H
#define _VXC_OUT_H

#include <stdbool.h>
#include <stdint.h>

#include "names.h"

/*
 * THE printer. The same calls make JSON and text, so neither can have what
 * the other lacks. JSON always has every field; as text
 *
 *	OUT_TEXT	is always shown,
 *	OUT_STATS	with -statistics or -details,
 *	OUT_MORE	with -details,
 *	OUT_WORDED	not as such: an out_text() beside it says it in words.
 *
 * A field is printed as "LABEL VALUE", without LABEL when that is NULL.
 */
enum out_show {
	OUT_TEXT,
	OUT_STATS,
	OUT_MORE,
	OUT_WORDED,
};

enum out_color {
	OUT_PLAIN,
	OUT_NAME,
	OUT_GOOD,
	OUT_WARN,
	OUT_BAD,
};

/*
 * A document is an array of records; or, not within these two, records each
 * on a line of its own, written at once.
 */
void out_begin_list(void);
void out_end_list(void);

/* The outermost object is a record; its text ends with a newline. */
void out_open(const char *key);
void out_close(void);
void out_end_record(void);
void out_open_list(const char *key);
void out_close_list(void);

/* Text goes on on a new line, INDENT levels in, once there is any. */
void out_line(int indent);
/* Is SHOW printed now? */
bool out_shown(enum out_show show);
/* Is anything but JSON printed? */
bool out_is_text(void);

void out_str(enum out_show show, const char *key, const char *label,
	     const char *val);
void out_quoted(enum out_show show, const char *key, const char *label,
		const char *val);
/* A pair that the operator chose: LABEL "KEY=VAL" */
void out_pair(enum out_show show, const char *label, const char *key,
	      const char *val);
void out_uint(enum out_show show, const char *key, const char *label,
	      uint64_t val);
void out_bool(enum out_show show, const char *key, const char *label,
	      bool val);
void out_null(const char *key);
void out_name(enum out_show show, const char *key, const char *label,
	      const struct names *names, unsigned int val);
/* milliseconds: exact, and for people */
void out_interval(enum out_show show, const char *key, const char *label,
		  uint64_t ms);
void out_time(enum out_show show, const char *key, const char *label,
	      uint64_t ms);
/* PART of WHOLE in percent; nothing of a WHOLE that is 0 */
void out_percent(enum out_show show, const char *key, const char *label,
		 uint64_t part, uint64_t whole);
/* bit/s */
void out_rate(enum out_show show, const char *key, const char *label,
	      uint64_t bps);
/* the same, exact */
void out_bps(enum out_show show, const char *key, const char *label,
	     uint64_t bps);
/* What JSON says with other fields. */
void out_text(enum out_show show, enum out_color color, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/* S in its colour, and safe for a terminal. */
void out_colored(enum out_color color, const char *s);
/* Joined to the text before it without a blank. */
void out_joined(const char *s);
/* Records are one line of text each, joined by SEP. */
void out_one_line(const char *sep);
enum out_color out_state_color(unsigned int state);

/*
 * A table, as text only: cells in the order of the columns; it is printed
 * aligned when it ends, without its header with -brief. A column whose name
 * begins with '>' is aligned to the right.
 */
void out_table(const char *const *columns, unsigned int n);
void out_cell(enum out_color color, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
void out_table_end(void);

void out_use_color(bool on);
/* Everything written? Otherwise false, with the error printed. */
bool out_flush(void);

/* S as a JSON string with its quotes; bytes that are no UTF-8 become U+FFFD */
void json_string(void (*put)(const char *s, size_t len, void *arg), void *arg,
		 const char *s);

#endif /* _VXC_OUT_H */
