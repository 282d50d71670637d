// SPDX-License-Identifier: GPL-2.0
/* The directory in which vxc sla store keeps records. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "parse.h"
#include "store.h"
#include "vxc.h"

#define DAY_NAME	"sla-2026-11-28"
#define DAY_SIZE	sizeof(DAY_NAME)
#define HEAD		"vxc-sla 1 sequence "
#define END		"end\n"
#define NEW_NAME	"sla.new"
#define LOCK_NAME	"lock"

static int failed(const struct store *s, const char *what, const char *name)
{
	error("cannot %s %s%s%s: %s", what, s->dir, name ? "/" : "",
	      name ? name : "", strerror(errno));
	return EXIT_USAGE;
}

static int lock(struct store *s)
{
	s->lock = openat(s->fd, LOCK_NAME, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (s->lock < 0 || flock(s->lock, LOCK_EX))
		return failed(s, "lock", LOCK_NAME);
	return EXIT_OK;
}

int store_open(struct store *s, const char *dir, bool to_write)
{
	memset(s, 0, sizeof(*s));
	s->dir = dir;
	s->lock = -1;
	if (to_write && mkdir(dir, 0755) && errno != EEXIST) {
		s->fd = -1;
		return failed(s, "make", NULL);
	}
	s->fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (s->fd < 0)
		return failed(s, "open", NULL);
	return to_write ? lock(s) : EXIT_OK;
}

void store_close(struct store *s)
{
	records_free(&s->last);
	records_free(&s->spans);
	if (s->lock >= 0)
		close(s->lock);
	if (s->fd >= 0)
		close(s->fd);
}

/* --- names ---------------------------------------------------------------- */

static void day_name(uint64_t ms, char name[DAY_SIZE])
{
	time_t t = (time_t)(ms / 1000);
	struct tm tm;

	if (!gmtime_r(&t, &tm) || tm.tm_year > 8099)
		tm = (struct tm){ .tm_year = 8099, .tm_mday = 1 };
	strftime(name, DAY_SIZE, "sla-%Y-%m-%d", &tm);
}

/* Digits where there are some in DAY_NAME, and the rest as in it */
static bool is_day(const char *name)
{
	const char *like = DAY_NAME;

	for (; *like && *name; like++, name++)
		if (*like >= '0' && *like <= '9' ?
		    *name < '0' || *name > '9' : *name != *like)
			return false;
	return !*like && !*name;
}

struct days {
	char (*v)[DAY_SIZE];
	size_t n;
};

static int by_name(const void *a, const void *b)
{
	return strcmp(a, b);
}

/* The files there are, oldest first */
static int days_list(const struct store *s, struct days *days)
{
	struct dirent *entry;
	DIR *dir;
	int fd;

	days->v = NULL;
	days->n = 0;
	fd = openat(s->fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	dir = fd < 0 ? NULL : fdopendir(fd);
	if (!dir) {
		if (fd >= 0)
			close(fd);
		return failed(s, "read", NULL);
	}
	while ((entry = readdir(dir))) {
		if (!is_day(entry->d_name))
			continue;
		days->v = xrealloc(days->v, days->n + 1, DAY_SIZE);
		memcpy(days->v[days->n++], entry->d_name, DAY_SIZE);
	}
	closedir(dir);
	if (days->n)
		qsort(days->v, days->n, DAY_SIZE, by_name);
	return EXIT_OK;
}

/* --- reading -------------------------------------------------------------- */

struct day {
	uint64_t sequence;
	bool whole;
	unsigned int bad;	/* lines */
	struct records records;
};

static bool parse_head(const char *line, uint64_t *sequence)
{
	char number[24];
	size_t len;

	if (strncmp(line, HEAD, strlen(HEAD)))
		return false;
	line += strlen(HEAD);
	len = strcspn(line, "\n");
	if (len >= sizeof(number) || line[len] != '\n')
		return false;
	memcpy(number, line, len);
	number[len] = '\0';
	return !parse_number(number, 1, INT64_MAX, sequence);
}

static void read_lines(struct day *day, FILE *f)
{
	struct record record;
	char *line = NULL;
	size_t size = 0;

	while (!day->whole && getline(&line, &size, f) >= 0) {
		if (!strcmp(line, END))
			day->whole = true;
		else if (record_parse(line, &record))
			records_add(&day->records, &record);
		else
			day->bad++;
	}
	free(line);
}

/* Why a file is passed over, NULL for one that is not. */
static const char *read_file(struct day *day, FILE *f, bool head_only)
{
	const char *why = NULL;
	char *line = NULL;
	size_t size = 0;

	memset(day, 0, sizeof(*day));
	if (getline(&line, &size, f) < 0)
		why = ferror(f) ? strerror(errno) : "it is empty";
	else if (!parse_head(line, &day->sequence))
		why = "it does not begin like a file of vxc sla store";
	free(line);
	if (!why && !head_only)
		read_lines(day, f);
	return why;
}

static bool read_day(const struct store *s, const char *name, bool head_only,
		     struct day *day)
{
	int fd = openat(s->fd, name, O_RDONLY | O_CLOEXEC);
	FILE *f = fd < 0 ? NULL : fdopen(fd, "r");
	const char *why;

	why = f ? read_file(day, f, head_only) : strerror(errno);
	if (f)
		fclose(f);
	if (why && !head_only)
		warning("%s/%s is passed over: %s", s->dir, name, why);
	return !why;
}

static void take_day(struct store *s, const char *name, struct day *day,
		     bool with_last)
{
	size_t i;

	if (!day->whole || day->bad)
		warning("%s/%s is torn: what is whole of it, %zu records, is used",
			s->dir, name, day->records.n);
	if (with_last)
		s->torn = !day->whole || day->bad;
	for (i = 0; i < day->records.n; i++) {
		if (day->records.v[i].is_span && s->take)
			s->take(s->arg, &day->records.v[i]);
		else if (day->records.v[i].is_span)
			records_add(&s->spans, &day->records.v[i]);
		else if (with_last)
			records_add(&s->last, &day->records.v[i]);
	}
	records_free(&day->records);
}

/* The file written last, by its name: the clock may have been set since. */
static const char *newest(struct store *s, const struct days *days)
{
	const char *name = NULL;
	struct day day;
	size_t i;

	for (i = 0; i < days->n; i++) {
		if (read_day(s, days->v[i], true, &day) &&
		    day.sequence > s->sequence) {
			s->sequence = day.sequence;
			name = days->v[i];
		}
	}
	return name;
}

int store_read(struct store *s, uint64_t from)
{
	const char *last;
	char first[DAY_SIZE];
	struct days days;
	struct day day;
	bool is_last;
	size_t i;
	int ret;

	ret = days_list(s, &days);
	if (ret)
		return ret;
	day_name(from, first);
	last = newest(s, &days);
	for (i = 0; i < days.n; i++) {
		is_last = days.v[i] == last;
		if ((is_last || strcmp(days.v[i], first) >= 0) &&
		    read_day(s, days.v[i], false, &day))
			take_day(s, days.v[i], &day, is_last);
	}
	free(days.v);
	return EXIT_OK;
}

uint64_t store_seen(const struct store *s, const char *circuit)
{
	uint64_t seen = 0;
	size_t i;

	for (i = 0; i < s->spans.n; i++)
		if (!strcmp(s->spans.v[i].circuit, circuit) &&
		    s->spans.v[i].to > seen)
			seen = s->spans.v[i].to;
	return seen;
}

/* --- writing -------------------------------------------------------------- */

/* Is the file that is to be replaced one that cannot be read whole? */
static void keep_torn(const struct store *s, const char *name)
{
	char aside[DAY_SIZE + 24];
	struct day day;
	int fd = openat(s->fd, name, O_RDONLY | O_CLOEXEC);
	FILE *f = fd < 0 ? NULL : fdopen(fd, "r");
	bool whole;
	int n;

	if (!f)
		return;
	whole = !read_file(&day, f, false) && day.whole && !day.bad;
	fclose(f);
	records_free(&day.records);
	if (whole)
		return;
	for (n = 1; n <= 9; n++) {
		snprintf(aside, sizeof(aside), "%s.torn.%d", name, n);
		if (linkat(s->fd, name, s->fd, aside, 0))
			continue;
		warning("%s/%s is kept as %s", s->dir, name, aside);
		return;
	}
}

static int write_file(struct store *s, const char *day)
{
	int fd = openat(s->fd, NEW_NAME,
			O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	FILE *f = fd < 0 ? NULL : fdopen(fd, "w");
	char name[DAY_SIZE];
	bool good;
	size_t i;

	if (!f)
		return failed(s, "open", NEW_NAME);
	fprintf(f, HEAD "%" PRIu64 "\n", s->sequence + 1);
	for (i = 0; i < s->spans.n; i++) {
		day_name(s->spans.v[i].to, name);
		if (!strcmp(name, day))
			record_write(f, &s->spans.v[i]);
	}
	for (i = 0; i < s->last.n; i++)
		record_write(f, &s->last.v[i]);
	fputs(END, f);
	good = !fflush(f) && !ferror(f) && !fsync(fd);
	if (fclose(f) || !good)
		return failed(s, "write", NEW_NAME);
	return EXIT_OK;
}

static void prune(const struct store *s, const char *day, unsigned int keep)
{
	struct days days;
	size_t i, more;

	if (days_list(s, &days))
		return;
	more = days.n > keep ? days.n - keep : 0;
	for (i = 0; i < days.n && more; i++) {
		if (!strcmp(days.v[i], day))
			continue;
		unlinkat(s->fd, days.v[i], 0);
		more--;
	}
	free(days.v);
}

int store_write(struct store *s, uint64_t now, unsigned int keep)
{
	char day[DAY_SIZE];
	int ret;

	day_name(now, day);
	keep_torn(s, day);
	ret = write_file(s, day);
	if (!ret && renameat(s->fd, NEW_NAME, s->fd, day))
		ret = failed(s, "rename", NEW_NAME);
	if (ret) {
		unlinkat(s->fd, NEW_NAME, 0);
		return ret;
	}
	/* The new name is to be on the disk as well. */
	fsync(s->fd);
	prune(s, day, keep);
	return EXIT_OK;
}
