/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _KTAP_H
#define _KTAP_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/*
 * KTAP for a program that tests: check() what should be so, ktap_test() at
 * the end of each test, ktap_end() as the last words of main(). It all goes
 * to ktap_out, so that a test may take stdout away to look at it.
 */
static FILE *ktap_out;
static int ktap_n, ktap_failed;
static bool ktap_bad;

#define check(cond)	ktap_check(cond, __FILE__, __LINE__, #cond)
#define check_str(a, b)	ktap_check_str(a, b, __FILE__, __LINE__)
#define check_int(a, b)	ktap_check_int(a, b, __FILE__, __LINE__)

static inline bool ktap_check(bool cond, const char *file, int line,
			      const char *what)
{
	if (!cond) {
		fprintf(ktap_out, "# %s:%d: not so: %s\n", file, line, what);
		ktap_bad = true;
	}
	return cond;
}

static inline bool ktap_check_str(const char *a, const char *b,
				  const char *file, int line)
{
	if (a && b && !strcmp(a, b))
		return true;
	fprintf(ktap_out, "# %s:%d: got      '%s'\n", file, line,
		a ? a : "(null)");
	fprintf(ktap_out, "# %s:%d: expected '%s'\n", file, line,
		b ? b : "(null)");
	ktap_bad = true;
	return false;
}

static inline bool ktap_check_int(long long a, long long b, const char *file,
				  int line)
{
	if (a == b)
		return true;
	fprintf(ktap_out, "# %s:%d: got %lld, expected %lld\n", file, line, a,
		b);
	ktap_bad = true;
	return false;
}

static inline void ktap_begin(int tests)
{
	ktap_out = stdout;
	setvbuf(stdout, NULL, _IOLBF, 0);
	fprintf(ktap_out, "KTAP version 1\n1..%d\n", tests);
}

static inline void ktap_test(const char *name)
{
	fprintf(ktap_out, "%s %d %s\n", ktap_bad ? "not ok" : "ok", ++ktap_n,
		name);
	ktap_failed += ktap_bad;
	ktap_bad = false;
}

static inline int ktap_end(void)
{
	fprintf(ktap_out, "# pass:%d fail:%d\n", ktap_n - ktap_failed,
		ktap_failed);
	return ktap_failed ? 1 : 0;
}

#endif /* _KTAP_H */
