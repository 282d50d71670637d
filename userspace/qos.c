// SPDX-License-Identifier: GPL-2.0
/* Bandwidth and classes of a circuit: keywords, vxc circuit class, show */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "cmd.h"
#include "envelope.h"
#include "noun.h"
#include "parse.h"
#include "vxc.h"

static int expected(struct cmd *c, struct at at, const char *val,
		    const char *what)
{
	return cmd_bad(c, at, "\"%s\": expected %s", val, what);
}

static void put_u64(struct cmd *c, uint16_t attr, uint64_t v, struct at at)
{
	msg_put(&c->txn->msg, attr, &v, sizeof(v), at);
}

int put_rate(struct cmd *c, const struct key *key, struct at at,
	     const char *val)
{
	const char *what;
	uint64_t bps;

	what = parse_rate(val, &bps);
	if (what)
		return expected(c, at, val, what);
	put_u64(c, key->attr, bps, at);
	return EXIT_OK;
}

int put_bytes(struct cmd *c, const struct key *key, struct at at,
	      const char *val)
{
	const char *what;
	uint32_t bytes;

	what = parse_size(val, &bytes);
	if (what)
		return expected(c, at, val, what);
	msg_put_u32(&c->txn->msg, key->attr, bytes, at);
	return EXIT_OK;
}

/* 20 or 20% */
int put_percent(struct cmd *c, const struct key *key, struct at at,
		const char *val)
{
	size_t len = strlen(val);
	const char *what;
	char buf[8] = "";
	uint64_t v;

	if (len && len < sizeof(buf))
		memcpy(buf, val, val[len - 1] == '%' ? len - 1 : len);
	what = parse_number(buf, 0, 100, &v);
	if (what)
		return expected(c, at, val, "a percentage from 0 to 100");
	msg_put_u8(&c->txn->msg, key->attr, (uint8_t)v, at);
	return EXIT_OK;
}

/* 2 or 2.5: in per cent */
int put_factor(struct cmd *c, const struct key *key, struct at at,
	       const char *val)
{
	unsigned int whole, part = 0;
	int n = 0, m = 0;

	if (val[0] < '0' || val[0] > '9' ||
	    sscanf(val, "%3u%n.%2u%n", &whole, &n, &part, &m) < 1 ||
	    (val[n] && (!m || val[m])))
		return expected(c, at, val, "a factor like 1, 2 or 1.5, or 0");
	if (m - n == 2)
		part *= 10;
	msg_put_u32(&c->txn->msg, key->attr, whole * 100 + part, at);
	return EXIT_OK;
}

/* 17:00 or 17:00:30: milliseconds from now to the next time that it is so */
static const char *until(const char *s, uint32_t *ms)
{
	unsigned int hour, minute, second = 0;
	time_t now = time(NULL), then;
	struct tm tm;
	int n = 0;

	if (sscanf(s, "%2u:%2u%n", &hour, &minute, &n) != 2)
		goto bad;
	if (s[n] && (sscanf(s + n, ":%2u%n", &second, &n) != 1 ||
		     strlen(s) != 8))
		goto bad;
	if (hour > 23 || minute > 59 || second > 59)
		goto bad;
	localtime_r(&now, &tm);
	tm.tm_hour = (int)hour;
	tm.tm_min = (int)minute;
	tm.tm_sec = (int)second;
	tm.tm_isdst = -1;
	then = mktime(&tm);
	if (then <= now) {
		tm.tm_mday++;
		tm.tm_isdst = -1;
		then = mktime(&tm);
	}
	*ms = (uint32_t)(then - now) * 1000;
	return NULL;
bad:
	return "a time of the day like 17:00";
}

int put_until(struct cmd *c, const struct key *key, struct at at,
	      const char *val)
{
	const char *what;
	uint32_t ms;

	what = until(val, &ms);
	if (what)
		return expected(c, at, val, what);
	msg_put_u32(&c->txn->msg, key->attr, ms, at);
	return EXIT_OK;
}

int put_dscps(struct cmd *c, const struct key *key, struct at at,
	      const char *val)
{
	const char *what;
	uint64_t bits;

	what = parse_bits(val, 63, &bits);
	if (what)
		return expected(c, at, val, what);
	put_u64(c, key->attr, bits, at);
	return EXIT_OK;
}

int put_pcps(struct cmd *c, const struct key *key, struct at at,
	     const char *val)
{
	const char *what;
	uint64_t bits;

	what = parse_bits(val, 7, &bits);
	if (what)
		return expected(c, at, val, what);
	msg_put_u8(&c->txn->msg, key->attr, (uint8_t)bits, at);
	return EXIT_OK;
}

static const struct key class_keys[] = {
	{
		.name = "dscp", .value = "LIST",
		.put = put_dscps, .attr = VXC_A_CLASS_DSCP,
	}, {
		.name = "from-pcp", .value = "LIST",
		.put = put_pcps, .attr = VXC_A_CLASS_FROM_PCP,
	}, {
		.name = "pcp", .value = "PCP",
		.put = put_u8, .attr = VXC_A_CLASS_PCP, .max = 7,
	}, {
		.name = "cir", .value = "RATE",
		.put = put_rate, .attr = VXC_A_CLASS_CIR,
	}, {
		.name = "share", .value = "PERCENT",
		.put = put_percent, .attr = VXC_A_CLASS_SHARE,
	}, {
		.name = "cbs", .value = "SIZE",
		.put = put_bytes, .attr = VXC_A_CLASS_CBS,
	}, {
		.name = "eir", .value = "RATE",
		.put = put_rate, .attr = VXC_A_CLASS_EIR,
	}, {
		.name = "ebs", .value = "SIZE",
		.put = put_bytes, .attr = VXC_A_CLASS_EBS,
	}, {
		.name = "coupling", .value = "on|off",
		.put = put_onoff, .attr = VXC_A_CLASS_COUPLING,
		.names = &names_onoff,
	}, { }
};

static const struct key no_keys[] = { { } };

static int change(struct cmd *c, enum vxc_action action)
{
	const char *circuit, *name;
	struct at at, at_name;
	struct op op;
	int ret;

	ret = cmd_name(c, &at, &circuit);
	if (!ret)
		ret = cmd_name(c, &at_name, &name);
	if (ret)
		return ret;
	op_begin(c, &op, action, VXC_A_OP_CLASS, at_name);
	ret = put_name(c, VXC_A_CLASS_CIRCUIT, at, circuit, VXC_NAME_MAX);
	if (!ret)
		ret = put_name(c, VXC_A_CLASS_NAME, at_name, name,
			       VXC_CLASS_NAME_MAX);
	if (!ret)
		ret = cmd_keys(c);
	return ret ? ret : op_end(c, &op);
}

static int class_add(struct cmd *c)
{
	return change(c, VXC_ACTION_ADD);
}

static int class_set(struct cmd *c)
{
	return change(c, VXC_ACTION_SET);
}

static int class_del(struct cmd *c)
{
	return change(c, VXC_ACTION_DEL);
}

const struct command circuit_class_commands[] = {
	{
		.name = "add", .run = class_add, .keys = class_keys,
		.help = "add a class, of higher rank than those there are",
		.word = "CIRCUIT CLASS", .complete = COMPLETE_CIRCUIT,
		.flags = COMMAND_CHANGE,
	}, {
		.name = "set", .run = class_set, .keys = class_keys,
		.help = "change a class",
		.word = "CIRCUIT CLASS", .complete = COMPLETE_CIRCUIT,
		.flags = COMMAND_CHANGE | COMMAND_SOME,
	}, {
		.name = "del", .run = class_del, .keys = no_keys,
		.help = "delete a class",
		.word = "CIRCUIT CLASS", .complete = COMPLETE_CIRCUIT,
		.flags = COMMAND_CHANGE,
	}, { }
};

static void rate_print(const struct nlattr *attr, enum out_show show,
		       const char *key, const char *label)
{
	if (attr)
		out_bps(show, key, label, attr_uint(attr));
}

static void uint_print(const struct nlattr *attr, enum out_show show,
		       const char *key, const char *label)
{
	if (attr)
		out_uint(show, key, label, attr_uint(attr));
}

/* Text only of what was given. */
static enum out_show given(const struct nlattr *attr)
{
	return attr && attr_uint(attr) ? OUT_TEXT : OUT_MORE;
}

/* A set of numbers; as text only if there are any. */
static void bits_print(const struct nlattr *attr, const char *key,
		       const char *label)
{
	char buf[192];

	format_bits(attr_uint(attr), buf, sizeof(buf));
	out_str(given(attr), key, label, buf);
}

static void class_print(const struct nlattr *nest)
{
	attr_tb tb[VXC_A_CLASS_MAX + 1];

	attr_index(nest, tb, VXC_A_CLASS_MAX);
	out_line(1);
	out_open(NULL);
	out_str(OUT_TEXT, "name", "class", attr_str(tb[VXC_A_CLASS_NAME]));
	bits_print(tb[VXC_A_CLASS_DSCP], "dscp", "dscp");
	bits_print(tb[VXC_A_CLASS_FROM_PCP], "from_pcp", "from-pcp");
	uint_print(tb[VXC_A_CLASS_PCP], OUT_TEXT, "pcp", "pcp");
	rate_print(tb[VXC_A_CLASS_CIR], given(tb[VXC_A_CLASS_CIR]), "cir",
		   "cir");
	uint_print(tb[VXC_A_CLASS_SHARE], given(tb[VXC_A_CLASS_SHARE]),
		   "share", "share");
	uint_print(tb[VXC_A_CLASS_CBS], given(tb[VXC_A_CLASS_CBS]), "cbs",
		   "cbs");
	rate_print(tb[VXC_A_CLASS_EIR], given(tb[VXC_A_CLASS_EIR]), "eir",
		   "eir");
	uint_print(tb[VXC_A_CLASS_EBS], given(tb[VXC_A_CLASS_EBS]), "ebs",
		   "ebs");
	out_bool(given(tb[VXC_A_CLASS_COUPLING]), "coupling", "coupling",
		 attr_uint(tb[VXC_A_CLASS_COUPLING]));
	out_close();
}

void qos_print(const struct nlattr *nest, attr_tb *tb)
{
	const struct nlattr *attr;

	if (!tb[VXC_A_CIRCUIT_BANDWIDTH])
		return;
	out_line(1);
	rate_print(tb[VXC_A_CIRCUIT_BANDWIDTH],
		   given(tb[VXC_A_CIRCUIT_BANDWIDTH]), "bandwidth",
		   "bandwidth");
	uint_print(tb[VXC_A_CIRCUIT_BURST], given(tb[VXC_A_CIRCUIT_BURST]),
		   "burst", "burst");
	uint_print(tb[VXC_A_CIRCUIT_TOLERANCE],
		   given(tb[VXC_A_CIRCUIT_TOLERANCE]), "tolerance",
		   "tolerance");
	uint_print(tb[VXC_A_CIRCUIT_OVERHEAD],
		   given(tb[VXC_A_CIRCUIT_OVERHEAD]), "overhead", "overhead");
	rate_print(tb[VXC_A_CIRCUIT_BURST_TO], OUT_TEXT, "burst_to",
		   "burst-to");
	if (tb[VXC_A_CIRCUIT_BURST_FOR])
		out_time(OUT_TEXT, "burst_for", "for",
			 attr_uint(tb[VXC_A_CIRCUIT_BURST_FOR]));
	out_name(given(tb[VXC_A_CIRCUIT_COLOR_MODE]), "color_mode",
		 "color-mode", &names_color_mode,
		 attr_u32(tb[VXC_A_CIRCUIT_COLOR_MODE]));
	bits_print(tb[VXC_A_CIRCUIT_YELLOW_PCP], "yellow_pcp", "yellow-pcp");
	bits_print(tb[VXC_A_CIRCUIT_YELLOW_DSCP], "yellow_dscp", "yellow-dscp");
	out_bool(given(tb[VXC_A_CIRCUIT_COUPLING]), "coupling", "coupling",
		 attr_uint(tb[VXC_A_CIRCUIT_COUPLING]));
	out_name(given(tb[VXC_A_CIRCUIT_UNLISTED]), "unlisted", "unlisted",
		 &names_unlisted, attr_u32(tb[VXC_A_CIRCUIT_UNLISTED]));
	part_print(tb);
	out_open_list("classes");
	mnl_attr_for_each_nested(attr, nest)
		if (mnl_attr_get_type(attr) == VXC_A_CIRCUIT_CLASS)
			class_print(attr);
	out_close_list();
}

void port_qos_print(attr_tb *tb)
{
	rate_print(tb[VXC_A_PORT_SPEED], given(tb[VXC_A_PORT_SPEED]), "speed",
		   "speed");
	rate_print(tb[VXC_A_PORT_SPEED_NOW], OUT_MORE, "speed_now",
		   "speed-now");
	uint_print(tb[VXC_A_PORT_OVERSUBSCRIPTION], OUT_MORE,
		   "oversubscription", "oversubscription");
	rate_print(tb[VXC_A_PORT_SOLD], given(tb[VXC_A_PORT_SOLD]), "sold",
		   "sold");
}

/* One line a class and direction; colors that had no frame are left out. */
static void direction_print(attr_tb *tb, const char *dir, int first,
			    int rate, int minute)
{
	static const char *const keys[] = {
		"green_packets", "green_bytes", "yellow_packets",
		"yellow_bytes", "red_packets", "red_bytes",
	};
	static const char *const labels[] = {
		"green", NULL, "yellow", NULL, "red", NULL,
	};
	int i;

	out_text(OUT_STATS, OUT_PLAIN, "%s", dir);
	out_open(dir);
	for (i = 0; i < 6; i++) {
		bool any = attr_uint(tb[first + i]);

		out_uint(any ? OUT_STATS : OUT_MORE, keys[i],
			 labels[i] ? labels[i] : "bytes",
			 attr_uint(tb[first + i]));
	}
	rate_print(tb[rate], given(tb[rate]), "rate", "rate");
	rate_print(tb[minute], OUT_MORE, "rate_minute", "rate-minute");
	out_close();
}

static void windows_print(const struct nlattr *nest, uint16_t type)
{
	const struct nlattr *attr;

	out_open_list("windows");
	mnl_attr_for_each_nested(attr, nest)
		if (mnl_attr_get_type(attr) == type)
			out_uint(OUT_MORE, NULL, NULL, attr_uint(attr));
	out_close_list();
}

/* How uneven what comes to a leg is, if the leg has a bandwidth. */
void load_print(const struct nlattr *nest, int line)
{
	attr_tb tb[VXC_A_LOAD_MAX + 1];

	if (!nest)
		return;
	attr_index(nest, tb, VXC_A_LOAD_MAX);
	if (out_shown(OUT_STATS))
		out_line(line);
	out_open("load");
	out_text(OUT_STATS, OUT_PLAIN, "load");
	out_open("rx");
	rate_print(tb[VXC_A_LOAD_RX_PEAK], OUT_STATS, "peak", "rx-peak");
	windows_print(nest, VXC_A_LOAD_RX_WINDOWS);
	out_close();
	out_open("tx");
	rate_print(tb[VXC_A_LOAD_TX_PEAK], OUT_STATS, "peak", "tx-peak");
	windows_print(nest, VXC_A_LOAD_TX_WINDOWS);
	out_close();
	out_close();
}

void colors_print(const struct nlattr *leg, int line)
{
	attr_tb tb[VXC_A_COLORS_MAX + 1];
	const struct nlattr *attr;

	out_open_list("colors");
	mnl_attr_for_each_nested(attr, leg) {
		if (mnl_attr_get_type(attr) != VXC_A_LEG_COLORS)
			continue;
		attr_index(attr, tb, VXC_A_COLORS_MAX);
		if (out_shown(OUT_STATS))
			out_line(line);
		out_open(NULL);
		if (tb[VXC_A_COLORS_CLASS])
			out_str(OUT_STATS, "class", "class",
				attr_str(tb[VXC_A_COLORS_CLASS]));
		direction_print(tb, "rx", VXC_A_COLORS_RX_GREEN_PACKETS,
				VXC_A_COLORS_RX_RATE,
				VXC_A_COLORS_RX_RATE_MINUTE);
		direction_print(tb, "tx", VXC_A_COLORS_TX_GREEN_PACKETS,
				VXC_A_COLORS_TX_RATE,
				VXC_A_COLORS_TX_RATE_MINUTE);
		out_close();
	}
	out_close_list();
}
