// SPDX-License-Identifier: GPL-2.0
/* Lines to words, and the marks under them. */
#include <stdlib.h>

#include "cmd.h"
#include "ktap.h"
#include "vxc.h"
#include "words.h"

/* The words of LINE joined by '|', or the error. */
static const char *split(const char *line)
{
	static char buf[256];
	const char *err;
	struct words *w;
	int i;

	w = words_split(line, &err);
	if (!w)
		return err;
	buf[0] = '\0';
	for (i = 0; i < w->n; i++) {
		strcat(buf, i ? "|" : "");
		strcat(buf, w->v[i]);
	}
	check(!w->v[w->n]);
	words_free(w);
	return buf;
}

static void test_split(void)
{
	check_str(split(""), "");
	check_str(split(" \t "), "");
	check_str(split("# all of it"), "");
	check_str(split("a b\tc"), "a|b|c");
	check_str(split("  a  b  "), "a|b");
	check_str(split("a # b"), "a");
	check_str(split("a#b"), "a#b");
	check_str(split("\"a b\" c"), "a b|c");
	check_str(split("'a b' c"), "a b|c");
	check_str(split("k=\"a b\"c"), "k=a bc");
	check_str(split("\"a \\\" b\""), "a \" b");
	check_str(split("'a \\ b'"), "a \\ b");
	check_str(split("a\\ b"), "a b");
	check_str(split("\"\" x"), "|x");
	check_str(split("\"# no comment\""), "# no comment");
	check_str(split("\"'\" '\"'"), "'|\"");
	check_str(split("\"open"), "a quote that does not end");
	check_str(split("'open"), "a quote that does not end");
	check_str(split("end\\"), "a '\\' with nothing after it");
	ktap_test("lines become words");
}

static void test_limits(void)
{
	char *line = malloc(WORDS_LINE_MAX + 2);
	const char *err;
	struct words *w;

	memset(line, 'a', WORDS_LINE_MAX);
	line[WORDS_LINE_MAX] = '\0';
	w = words_split(line, &err);
	check(w && w->n == 1);
	words_free(w);
	strcat(line, "a");
	check_str(split(line), "a line that is too long");
	memset(line, 0, WORDS_LINE_MAX);
	memset(line, ' ', WORDS_MAX * 2 + 2);
	for (int i = 0; i <= WORDS_MAX; i++)
		line[i * 2] = 'a';
	check_str(split(line), "too many words");
	line[WORDS_MAX * 2] = '\0';
	w = words_split(line, &err);
	check(w && w->n == WORDS_MAX);
	words_free(w);
	free(line);
	ktap_test("lines and words are bounded");
}

static const char *mark(const char *line, int word, unsigned int col,
			unsigned int len)
{
	struct at at = { .word = word, .col = col, .len = len };
	static char *buf;
	const char *err;
	struct words *w;
	size_t size;
	FILE *f;

	free(buf);
	f = open_memstream(&buf, &size);
	w = words_split(line, &err);
	words_mark(f, w, at);
	words_free(w);
	fclose(f);
	return buf;
}

static void test_mark(void)
{
	check_str(mark("circuit add a leg eth1:100", 4, 0, 0),
		  "  circuit add a leg eth1:100\n"
		  "                    ^^^^^^^^\n");
	check_str(mark("circuit add a leg eth1:100", 4, 5, 3),
		  "  circuit add a leg eth1:100\n"
		  "                         ^^^\n");
	check_str(mark("a", 0, 0, 0), "  a\n  ^\n");
	check_str(mark("a b", 2, 0, 0), "");
	check_str(mark("a b", -1, 0, 0), "");
	check_str(mark("a \"\" c", 1, 0, 0), "  a  c\n    ^\n");
	check_str(mark("h\xc3\xa9 b", 1, 0, 0), "  h\xc3\xa9 b\n     ^\n");
	check_str(mark("a\033[31m b", 1, 0, 0), "  a?[31m b\n         ^\n");
	ktap_test("the words at fault are marked");
}

static void test_mark_long(void)
{
	char line[600] = "";
	const char *text;
	const char *nl;
	int i;

	for (i = 0; i < 60; i++)
		strcat(line, "word ");
	strcat(line, "bad ");
	for (i = 0; i < 20; i++)
		strcat(line, "word ");
	text = mark(line, 60, 0, 0);
	nl = strchr(text, '\n');
	if (check(nl && strstr(text, " bad"))) {
		check(nl - text < 90);
		check(!strncmp(nl - 4, " ...", 4));
		/* The carets are right under the word. */
		check(strstr(text, "bad") - text == strchr(nl, '^') - nl - 1);
	}
	ktap_test("a long line is cut around them");
}

static void test_match(void)
{
	static const char *const names[] = {
		"set", "show", "switch", "add", "addr", "list", NULL,
	};

	check_int(cmd_match("set", names), 0);
	check_int(cmd_match("se", names), 0);
	check_int(cmd_match("sh", names), 1);
	check_int(cmd_match("s", names), -2);
	check_int(cmd_match("add", names), 3);
	check_int(cmd_match("ad", names), -2);
	check_int(cmd_match("l", names), 5);
	check_int(cmd_match("", names), -1);
	check_int(cmd_match("shows", names), -1);
	check_int(cmd_match("x", names), -1);
	ktap_test("only unique abbreviations match");
}

int main(void)
{
	ktap_begin(5);
	test_split();
	test_limits();
	test_mark();
	test_mark_long();
	test_match();
	return ktap_end();
}
