// SPDX-License-Identifier: GPL-2.0
/* The printer: what it says as JSON and as text. */
#include <stdlib.h>

#include "ktap.h"
#include "out.h"
#include "vxc.h"

static char *text;
static size_t text_size;

static void capture(void)
{
	free(text);
	text = NULL;
	stdout = open_memstream(&text, &text_size);
}

static const char *captured(void)
{
	fclose(stdout);
	stdout = ktap_out;
	return text;
}

static const char *json_of(const char *s)
{
	memset(&opts, 0, sizeof(opts));
	opts.json = true;
	capture();
	out_open(NULL);
	out_str(OUT_TEXT, "s", NULL, s);
	out_close();
	return captured();
}

static void test_escape(void)
{
	check_str(json_of("plain"), "{\"s\":\"plain\"}\n");
	check_str(json_of("a\"b\\c"), "{\"s\":\"a\\\"b\\\\c\"}\n");
	check_str(json_of("\b\f\n\r\t"), "{\"s\":\"\\b\\f\\n\\r\\t\"}\n");
	check_str(json_of("\001\037\177"),
		  "{\"s\":\"\\u0001\\u001f\\u007f\"}\n");
	check_str(json_of("h\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80"),
		  "{\"s\":\"h\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80\"}\n");
	check_str(json_of("\xff"), "{\"s\":\"\\ufffd\"}\n");
	check_str(json_of("\xc3"), "{\"s\":\"\\ufffd\"}\n");
	check_str(json_of("\xc0\x80"), "{\"s\":\"\\ufffd\\ufffd\"}\n");
	/* surrogates, and what is beyond Unicode */
	check_str(json_of("\xed\xa0\x80"),
		  "{\"s\":\"\\ufffd\\ufffd\\ufffd\"}\n");
	check_str(json_of("\xf4\x90\x80\x80"),
		  "{\"s\":\"\\ufffd\\ufffd\\ufffd\\ufffd\"}\n");
	ktap_test("JSON strings are escaped");
}

static void sample(int records)
{
	int i;

	out_begin_list();
	for (i = 0; i < records; i++) {
		out_open(NULL);
		out_str(OUT_TEXT, "name", NULL, "acme");
		out_joined(":");
		out_uint(OUT_TEXT, "mtu", "mtu", 1500);
		out_bool(OUT_MORE, "revertive", "revertive", true);
		out_null("active");
		out_text(OUT_TEXT, OUT_PLAIN, "in %s", "words");
		out_line(1);
		out_uint(OUT_STATS, "rx_packets", "rx-packets", 7);
		out_line(1);
		out_open_list("legs");
		out_open(NULL);
		out_rate(OUT_TEXT, "rx_rate", "rx", 940000000);
		out_close();
		out_open(NULL);
		out_interval(OUT_TEXT, "wtr", "wtr", 300000);
		out_close();
		out_close_list();
		out_open("drops");
		out_close();
		out_close();
		out_end_record();
	}
	out_end_list();
}

static const char *printed(int records)
{
	capture();
	sample(records);
	return captured();
}

#define SAMPLE "{\"name\":\"acme\",\"mtu\":1500,\"revertive\":true,"	\
	       "\"active\":null,\"rx_packets\":7,\"legs\":["		\
	       "{\"rx_rate\":940000000},{\"wtr\":300000}],\"drops\":{}}"

static void test_json(void)
{
	memset(&opts, 0, sizeof(opts));
	opts.json = true;
	check_str(printed(0), "[]\n");
	check_str(printed(1), "[" SAMPLE "]\n");
	check_str(printed(2), "[" SAMPLE "," SAMPLE "]\n");
	opts.brief = true;
	opts.oneline = true;
	opts.details = true;
	check_str(printed(1), "[" SAMPLE "]\n");
	ktap_test("JSON has everything, whatever is asked for as text");
}

static void test_pretty(void)
{
	memset(&opts, 0, sizeof(opts));
	opts.json = true;
	opts.pretty = true;
	check_str(printed(0), "[]\n");
	check(strstr(printed(1), "[\n    {\n        \"name\": \"acme\",\n"));
	check(strstr(printed(1), "\"drops\": {}\n    }\n]\n"));
	ktap_test("pretty JSON");
}

static void test_text(void)
{
	memset(&opts, 0, sizeof(opts));
	check_str(printed(0), "");
	check_str(printed(1), "acme: mtu 1500 in words\n    rx 940M wtr 5m\n");
	opts.stats = true;
	check_str(printed(1), "acme: mtu 1500 in words\n    rx-packets 7\n"
		  "    rx 940M wtr 5m\n");
	opts.stats = false;
	opts.details = true;
	check_str(printed(1), "acme: mtu 1500 revertive on in words\n"
		  "    rx-packets 7\n    rx 940M wtr 5m\n");
	memset(&opts, 0, sizeof(opts));
	out_one_line("\\");
	check_str(printed(2), "acme: mtu 1500 in words\\    rx 940M wtr 5m\n"
		  "acme: mtu 1500 in words\\    rx 940M wtr 5m\n");
	out_one_line(NULL);
	ktap_test("text has what is asked for");
}

static void test_safe(void)
{
	memset(&opts, 0, sizeof(opts));
	capture();
	out_quoted(OUT_TEXT, "d", "description", "a\"b\\\n\033[31m");
	out_pair(OUT_TEXT, "metadata", "k\n", "v\"");
	out_end_record();
	check_str(captured(), "description \"a\\\"b\\\\\\x0a\\x1b[31m\" "
		  "metadata \"k\\x0a=v\\\"\"\n");
	ktap_test("text cannot control the terminal");
}

static void test_color(void)
{
	memset(&opts, 0, sizeof(opts));
	out_use_color(true);
	capture();
	out_name(OUT_TEXT, "state", NULL, &names_state, VXC_STATE_UP);
	out_end_record();
	check_str(captured(), "\033[32mup\033[0m\n");
	out_use_color(false);
	ktap_test("colour");
}

static void table(void)
{
	static const char *const columns[] = { "NAME", ">RX", "WHY" };

	capture();
	out_table(columns, 3);
	out_cell(OUT_NAME, "acme");
	out_cell(OUT_PLAIN, "940M");
	out_cell(OUT_PLAIN, "-");
	out_cell(OUT_NAME, "a-long-one");
	out_cell(OUT_PLAIN, "0");
	out_cell(OUT_PLAIN, "no-carrier");
	out_table_end();
}

static void test_table(void)
{
	static const char *const columns[] = { "NAME", ">RX", "WHY" };

	memset(&opts, 0, sizeof(opts));
	table();
	check_str(captured(),
		  "NAME          RX  WHY\n"
		  "acme        940M  -\n"
		  "a-long-one     0  no-carrier\n");
	opts.brief = true;
	table();
	check_str(captured(),
		  "acme        940M  -\n"
		  "a-long-one     0  no-carrier\n");
	opts.brief = false;
	capture();
	out_table(columns, 3);
	out_table_end();
	check_str(captured(), "");
	ktap_test("tables are aligned");
}

static void test_stream(void)
{
	memset(&opts, 0, sizeof(opts));
	opts.json = true;
	opts.pretty = true;
	capture();
	for (int i = 0; i < 2; i++) {
		out_open(NULL);
		out_str(OUT_TEXT, "kind", NULL, "added");
		out_open("circuit");
		out_uint(OUT_TEXT, "id", "id", 1);
		out_close();
		out_close();
		out_end_record();
	}
	check_str(captured(), "{\"kind\": \"added\",\"circuit\": {\"id\": 1}}\n"
		  "{\"kind\": \"added\",\"circuit\": {\"id\": 1}}\n");
	ktap_test("a stream has one object a line");
}

int main(void)
{
	ktap_begin(8);
	test_escape();
	test_json();
	test_pretty();
	test_text();
	test_safe();
	test_color();
	test_table();
	test_stream();
	free(text);
	return ktap_end();
}
