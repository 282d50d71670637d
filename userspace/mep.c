// SPDX-License-Identifier: GPL-2.0
/* The MEPs of legs and peerings: keywords and printing */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cmd.h"
#include "noun.h"
#include "parse.h"
#include "vxc.h"

#define REMOTES_SIZE	256	/* bytes of a list of MEPIDs */

static const struct {
	const char *text;
	uint32_t us;
} intervals[] = {
	{ "3.33ms", 3333 }, { "3.3ms", 3333 }, { "10ms", 10000 },
	{ "100ms", 100000 }, { "1s", 1000000 }, { "10s", 10000000 },
	{ "1m", 60000000 }, { "10m", 600000000 },
};

/* What is no interval of the standard the kernel refuses, with a sentence. */
static int put_ccm(struct cmd *c, const struct key *key, struct at at,
		   const char *val)
{
	const char *what;
	uint32_t ms;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(intervals); i++) {
		if (strcmp(val, intervals[i].text))
			continue;
		msg_put_u32(&c->txn->msg, key->attr, intervals[i].us, at);
		return EXIT_OK;
	}
	what = parse_time(val, &ms);
	if (what)
		return cmd_bad(c, at, "\"%s\": expected %s", val, what);
	msg_put_u32(&c->txn->msg, key->attr,
		    ms > UINT32_MAX / 1000 ? UINT32_MAX : ms * 1000, at);
	return EXIT_OK;
}

static int put_mepid(struct cmd *c, const struct key *key, struct at at,
		     const char *val)
{
	const char *what;
	uint64_t v;

	what = parse_number(val, key->min, key->max, &v);
	if (what)
		return cmd_bad(c, at, "\"%s\": expected %s", val, what);
	msg_put_u16(&c->txn->msg, key->attr, (uint16_t)v, at);
	return EXIT_OK;
}

static void put_one_remote(struct cmd *c, uint16_t mepid, struct at at)
{
	struct msg *m = &c->txn->msg;
	size_t nest = msg_nest(m, VXC_A_MEP_REMOTE_MEP, at);

	msg_put_u16(m, VXC_A_REMOTE_MEPID, mepid, at);
	msg_nest_end(m, nest);
}

/* One MEPID, or several between commas. */
static int put_remote(struct cmd *c, const struct key *key, struct at at,
		      const char *val)
{
	char copy[REMOTES_SIZE], *item, *next = copy;
	const char *what;
	uint64_t v;

	if (!strchr(val, ','))
		return put_mepid(c, key, at, val);
	if (strlen(val) >= sizeof(copy))
		return cmd_bad(c, at, "the list is longer than %zu bytes",
			       sizeof(copy) - 1);
	snprintf(copy, sizeof(copy), "%s", val);
	while (next) {
		item = next;
		next = strchr(item, ',');
		if (next)
			*next++ = '\0';
		what = parse_number(item, key->min, key->max, &v);
		if (what)
			return cmd_bad(c, at, "\"%s\": expected %s", item,
				       what);
		put_one_remote(c, (uint16_t)v, at);
	}
	return EXIT_OK;
}

static int put_maid(struct cmd *c, const struct key *key, struct at at,
		    const char *val)
{
	struct msg *m = &c->txn->msg;
	const char *colon = strchr(val, ':'), *what;
	char format[16];
	uint64_t number;
	bool uuid;
	int v;

	snprintf(format, sizeof(format), "%.*s",
		 (int)(colon ? colon - val : 15), val);
	v = name_find(&names_ma_format, format);
	uuid = v == VXC_MA_FORMAT_UUID;
	if (v < 0 || uuid != !colon)
		return cmd_bad(c, at, "\"%s\": expected %s", val, key->value);
	msg_put_u32(m, key->attr, (uint32_t)v, at);
	if (uuid)
		return EXIT_OK;
	at.col = (unsigned int)(colon - val) + 1;
	at.len = (unsigned int)strlen(colon + 1);
	if (v != VXC_MA_FORMAT_INTEGER)
		return put_name(c, VXC_A_MEP_MA_NAME, at, colon + 1,
				VXC_MA_NAME_MAX);
	what = parse_number(colon + 1, 0, UINT16_MAX, &number);
	if (what)
		return cmd_bad(c, at, "\"%s\": expected %s", colon + 1, what);
	msg_put_u16(m, VXC_A_MEP_MA_NUMBER, (uint16_t)number, at);
	return EXIT_OK;
}

/* 1%, 0.05% or 500ppm */
static int put_ratio(struct cmd *c, const struct key *key, struct at at,
		     const char *val)
{
	unsigned int whole, part = 0, digits;
	int n = 0, m = 0;

	if (val[0] < '0' || val[0] > '9' ||
	    sscanf(val, "%6u%n", &whole, &n) < 1)
		goto bad;
	if (val[n] == '.') {
		if (val[n + 1] < '0' || val[n + 1] > '9' ||
		    sscanf(val + n, ".%4u%n", &part, &m) < 1)
			goto bad;
		for (digits = (unsigned int)m - 1; digits < 4; digits++)
			part *= 10;
	}
	if (!strcmp(val + n + m, "%") && whole < 100)
		whole = whole * 10000 + part;
	else if (m || strcmp(val + n, whole ? "ppm" : ""))
		goto bad;
	msg_put_u32(&c->txn->msg, key->attr, whole, at);
	return EXIT_OK;
bad:
	return cmd_bad(c, at,
		       "\"%s\": expected a ratio like 1%%, 0.05%% or 500ppm, or 0",
		       val);
}

const struct key oam_keys[] = {
	{
		.name = "ccm", .value = "3.33ms|10ms|100ms|1s|10s|1m|10m",
		.put = put_ccm, .attr = VXC_A_MEP_CCM,
	}, {
		.name = "level", .value = "0..7",
		.put = put_u8, .attr = VXC_A_MEP_LEVEL, .max = 7,
	}, {
		.name = "mepid", .value = "MEPID",
		.put = put_mepid, .attr = VXC_A_MEP_MEPID,
		.min = 1, .max = VXC_MEPID_MAX,
	}, {
		.name = "remote", .value = "MEPID[,MEPID...]",
		.put = put_remote, .attr = VXC_A_MEP_REMOTE,
		.min = 1, .max = VXC_MEPID_MAX,
	}, {
		.name = "maid",
		.value = "uuid|string:NAME|integer:NUMBER|icc:NAME",
		.put = put_maid, .attr = VXC_A_MEP_MA_FORMAT,
	}, {
		.name = "pcp", .value = "0..7",
		.put = put_u8, .attr = VXC_A_MEP_PCP, .max = 7,
	}, {
		.name = "dm", .value = "TIME",
		.put = put_time, .attr = VXC_A_MEP_DM,
		.max = VXC_MEASURE_MAX,
	}, {
		.name = "sl", .value = "TIME",
		.put = put_time, .attr = VXC_A_MEP_SL,
		.max = VXC_MEASURE_MAX,
	}, {
		.name = "sd", .value = "RATIO",
		.put = put_ratio, .attr = VXC_A_MEP_SD_THRESHOLD,
	}, {
		.name = "sd-interval", .value = "TIME",
		.put = put_time, .attr = VXC_A_MEP_SD_INTERVAL,
		.max = VXC_MEASURE_MAX,
	}, {
		.name = "sd-raise", .value = "1..100",
		.put = put_u8, .attr = VXC_A_MEP_SD_RAISE, .max = 100,
	}, {
		.name = "sd-clear", .value = "1..100",
		.put = put_u8, .attr = VXC_A_MEP_SD_CLEAR, .max = 100,
	}, {
		.name = "off",
		.put = put_flag, .attr = VXC_A_MEP_OFF,
	}, { }
};

const char *ms_text(uint64_t ns)
{
	static unsigned int turn;
	static char buf[8][32];
	char *b = buf[turn++ % ARRAY_SIZE(buf)];

	snprintf(b, sizeof(buf[0]), "%" PRIu64 ".%03ums", ns / 1000000,
		 (unsigned int)(ns % 1000000 / 1000));
	return b;
}

void ns_print(const struct nlattr *attr, const char *key, const char *label)
{
	uint64_t ns = attr_uint(attr);

	out_uint(OUT_WORDED, key, NULL, ns);
	if (label)
		out_text(OUT_TEXT, OUT_PLAIN, "%s %s", label, ms_text(ns));
}

const char *mac_text(const struct nlattr *attr, char buf[18])
{
	const uint8_t *m;

	buf[0] = '\0';
	if (!attr || mnl_attr_get_payload_len(attr) != 6)
		return buf;
	m = mnl_attr_get_payload(attr);
	snprintf(buf, 18, "%02x:%02x:%02x:%02x:%02x:%02x", m[0], m[1], m[2],
		 m[3], m[4], m[5]);
	return buf;
}

static void interval_text(uint32_t us, char *buf, size_t size)
{
	if (us % 1000)
		snprintf(buf, size, "%u.%02ums", us / 1000, us % 1000 / 10);
	else
		format_interval(us / 1000, buf, size);
}

static void delay_print(const struct nlattr *nest, int line)
{
	attr_tb tb[VXC_A_DELAY_MAX + 1], bin[VXC_A_BIN_MAX + 1];
	const struct nlattr *attr;

	attr_index(nest, tb, VXC_A_DELAY_MAX);
	out_line(line);
	out_open("delay");
	out_text(OUT_TEXT, OUT_PLAIN, "delay");
	ns_print(tb[VXC_A_DELAY_SHORTEST], "min_ns", "min");
	ns_print(tb[VXC_A_DELAY_MEAN], "mean_ns", "mean");
	ns_print(tb[VXC_A_DELAY_LONGEST], "max_ns", "max");
	ns_print(tb[VXC_A_DELAY_LAST], "last_ns", "last");
	ns_print(tb[VXC_A_DELAY_VARIATION_MEAN], "variation_mean_ns",
		 "variation mean");
	ns_print(tb[VXC_A_DELAY_VARIATION_MAX], "variation_max_ns", "max");
	out_uint(OUT_TEXT, "sent", "sent", attr_uint(tb[VXC_A_DELAY_SENT]));
	out_uint(OUT_TEXT, "count", "measured",
		 attr_uint(tb[VXC_A_DELAY_COUNT]));
	out_open_list("histogram");
	mnl_attr_for_each_nested(attr, nest) {
		if (mnl_attr_get_type(attr) != VXC_A_DELAY_BIN)
			continue;
		attr_index(attr, bin, VXC_A_BIN_MAX);
		out_line(line + 1);
		out_open(NULL);
		if (attr_u32(bin[VXC_A_BIN_BELOW]))
			out_uint(OUT_MORE, "below_us", "below-us",
				 attr_uint(bin[VXC_A_BIN_BELOW]));
		else
			out_null("below_us");
		out_uint(OUT_MORE, "count", "count",
			 attr_uint(bin[VXC_A_BIN_COUNT]));
		out_close();
	}
	out_close_list();
	out_close();
}

/* 12000 parts per million are 1.2% */
static void ratio_print(const struct nlattr *attr, enum out_show show,
			const char *key, const char *label)
{
	uint64_t ppm = attr_uint(attr);
	int digits = 4;

	out_uint(OUT_WORDED, key, NULL, ppm);
	while (digits && !(ppm % (digits == 4 ? 10 : digits == 3 ? 100 :
				  digits == 2 ? 1000 : 10000)))
		digits--;
	out_text(show, OUT_PLAIN, "%s %.*f%%", label, digits,
		 (double)ppm / 10000);
}

static void loss_print(const struct nlattr *nest, int line)
{
	attr_tb tb[VXC_A_LOSS_MAX + 1];

	attr_index(nest, tb, VXC_A_LOSS_MAX);
	out_line(line);
	out_open("loss");
	out_text(OUT_TEXT, OUT_PLAIN, "loss");
	out_uint(OUT_TEXT, "far", "far", attr_uint(tb[VXC_A_LOSS_FAR]));
	out_uint(OUT_TEXT, "near", "near", attr_uint(tb[VXC_A_LOSS_NEAR]));
	out_uint(OUT_TEXT, "sent", "sent", attr_uint(tb[VXC_A_LOSS_SENT]));
	out_uint(OUT_TEXT, "replies", "replies",
		 attr_uint(tb[VXC_A_LOSS_REPLIES]));
	if (tb[VXC_A_LOSS_FAR_RATIO]) {
		ratio_print(tb[VXC_A_LOSS_FAR_RATIO], OUT_TEXT, "far_ppm",
			    "last interval far");
		ratio_print(tb[VXC_A_LOSS_NEAR_RATIO], OUT_TEXT, "near_ppm",
			    "near");
	}
	if (tb[VXC_A_LOSS_INTERVALS]) {
		out_uint(OUT_TEXT, "intervals", "intervals",
			 attr_uint(tb[VXC_A_LOSS_INTERVALS]));
		out_uint(OUT_TEXT, "bad_intervals", "bad",
			 attr_uint(tb[VXC_A_LOSS_BAD_INTERVALS]));
	}
	out_close();
}

static void degrade_print(attr_tb *tb)
{
	enum out_show show = attr_u32(tb[VXC_A_MEP_SD_THRESHOLD]) ? OUT_TEXT :
								    OUT_MORE;

	ratio_print(tb[VXC_A_MEP_SD_THRESHOLD], show, "sd_ppm", "sd");
	out_interval(OUT_MORE, "sd_interval", "sd-interval",
		     attr_uint(tb[VXC_A_MEP_SD_INTERVAL]));
	out_uint(OUT_MORE, "sd_raise", "sd-raise",
		 attr_uint(tb[VXC_A_MEP_SD_RAISE]));
	out_uint(OUT_MORE, "sd_clear", "sd-clear",
		 attr_uint(tb[VXC_A_MEP_SD_CLEAR]));
}

static void maid_print(attr_tb *tb)
{
	uint32_t format = attr_u32(tb[VXC_A_MEP_MA_FORMAT]);
	const char *name = name_of(&names_ma_format, format);
	char buf[80];

	if (tb[VXC_A_MEP_MA_NAME])
		snprintf(buf, sizeof(buf), "%s:%s", name,
			 attr_str(tb[VXC_A_MEP_MA_NAME]));
	else if (tb[VXC_A_MEP_MA_NUMBER])
		snprintf(buf, sizeof(buf), "%s:%u", name,
			 attr_u32(tb[VXC_A_MEP_MA_NUMBER]));
	else
		snprintf(buf, sizeof(buf), "%s", name);
	out_str(format == VXC_MA_FORMAT_UUID ? OUT_MORE : OUT_TEXT, "maid",
		"maid", buf);
}

static void defects_print(const struct nlattr *attr)
{
	uint32_t defects = attr_u32(attr);
	const char *sep = "";
	char text[256] = "";
	unsigned int i;
	size_t len = 0;

	out_open_list("defects");
	for (i = 0; i < 32 && len < sizeof(text); i++) {
		if (!(defects & 1u << i))
			continue;
		out_str(OUT_WORDED, NULL, NULL, name_of(&names_defect, i));
		len += (size_t)snprintf(text + len, sizeof(text) - len, "%s%s",
					sep, name_of(&names_defect, i));
		sep = ",";
	}
	out_close_list();
	if (defects)
		out_text(OUT_TEXT, OUT_BAD, "defects %s", text);
}

static void peer_print(attr_tb *tb)
{
	bool seen = tb[VXC_A_MEP_SEEN];
	char mac[18];

	out_bool(OUT_WORDED, "seen", NULL, seen);
	if (!seen)
		out_text(OUT_TEXT, OUT_WARN, "remote never seen");
	defects_print(tb[VXC_A_MEP_DEFECTS]);
	out_bool(OUT_WORDED, "rdi_sent", NULL, tb[VXC_A_MEP_RDI_SENT]);
	if (tb[VXC_A_MEP_RDI_SENT])
		out_text(OUT_TEXT, OUT_WARN, "sends rdi");
	if (!tb[VXC_A_MEP_ADDRESS])
		return;
	out_str(OUT_MORE, "remote_address", "remote-address",
		mac_text(tb[VXC_A_MEP_ADDRESS], mac));
	out_uint(OUT_MORE, "remote_port_status", "remote-port-status",
		 attr_uint(tb[VXC_A_MEP_PORT_STATUS]));
	out_uint(OUT_MORE, "remote_interface_status",
		 "remote-interface-status", attr_uint(tb[VXC_A_MEP_IF_STATUS]));
}

/* The first in the JSON is a number, as where there is only one. */
static void remote_ids_print(attr_tb *tb, const struct nlattr *nest)
{
	attr_tb remote[VXC_A_REMOTE_MAX + 1];
	const struct nlattr *attr;
	char text[REMOTES_SIZE];
	size_t len = 0;

	if (!tb[VXC_A_MEP_REMOTE_MEP]) {
		out_uint(OUT_TEXT, "remote", "remote",
			 attr_uint(tb[VXC_A_MEP_REMOTE]));
		return;
	}
	out_uint(OUT_WORDED, "remote", NULL, attr_uint(tb[VXC_A_MEP_REMOTE]));
	mnl_attr_for_each_nested(attr, nest) {
		if (mnl_attr_get_type(attr) != VXC_A_MEP_REMOTE_MEP ||
		    len >= sizeof(text))
			continue;
		attr_index(attr, remote, VXC_A_REMOTE_MAX);
		len += (size_t)snprintf(text + len, sizeof(text) - len, "%s%u",
					len ? "," : "",
					attr_u32(remote[VXC_A_REMOTE_MEPID]));
	}
	out_text(OUT_TEXT, OUT_PLAIN, "remote %s", text);
}

static void remote_print(const struct nlattr *nest)
{
	attr_tb tb[VXC_A_REMOTE_MAX + 1];
	bool seen;
	char mac[18];

	attr_index(nest, tb, VXC_A_REMOTE_MAX);
	seen = tb[VXC_A_REMOTE_SEEN];
	out_open(NULL);
	out_uint(OUT_TEXT, "mepid", "remote",
		 attr_uint(tb[VXC_A_REMOTE_MEPID]));
	out_bool(OUT_WORDED, "seen", NULL, seen);
	if (!seen)
		out_text(OUT_TEXT, OUT_WARN, "never seen");
	defects_print(tb[VXC_A_REMOTE_DEFECTS]);
	if (seen) {
		out_str(OUT_TEXT, "address", "address",
			mac_text(tb[VXC_A_REMOTE_ADDRESS], mac));
		out_uint(OUT_MORE, "port_status", "port-status",
			 attr_uint(tb[VXC_A_REMOTE_PORT_STATUS]));
		out_uint(OUT_MORE, "interface_status", "interface-status",
			 attr_uint(tb[VXC_A_REMOTE_IF_STATUS]));
	}
	out_uint(OUT_STATS, "ccm_rx", "ccm-rx",
		 attr_uint(tb[VXC_A_REMOTE_CCM_RX]));
	out_uint(OUT_STATS, "ccm_lost", "ccm-lost",
		 attr_uint(tb[VXC_A_REMOTE_CCM_LOST]));
	out_close();
}

static void remotes_print(const struct nlattr *nest, int line)
{
	const struct nlattr *attr;

	out_open_list("remotes");
	mnl_attr_for_each_nested(attr, nest) {
		if (mnl_attr_get_type(attr) != VXC_A_MEP_REMOTE_MEP)
			continue;
		out_line(line);
		remote_print(attr);
	}
	out_close_list();
}

static void counters_print(attr_tb *tb)
{
	static const struct {
		uint16_t attr;
		const char *key, *label;
	} counters[] = {
		{ VXC_A_MEP_CCM_TX, "ccm_tx", "ccm-tx" },
		{ VXC_A_MEP_CCM_RX, "ccm_rx", "ccm-rx" },
		{ VXC_A_MEP_CCM_LOST, "ccm_lost", "ccm-lost" },
		{ VXC_A_MEP_AIS_RX, "ais_rx", "ais-rx" },
		{ VXC_A_MEP_LCK_RX, "lck_rx", "lck-rx" },
		{ VXC_A_MEP_REJECTED, "rejected", "rejected" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(counters); i++)
		out_uint(OUT_STATS, counters[i].key, counters[i].label,
			 attr_uint(tb[counters[i].attr]));
}

/* What follows the level, of all MEPs; state only of those that are there. */
static void rest_print(attr_tb *tb, const struct nlattr *nest, int line)
{
	out_uint(OUT_TEXT, "mepid", "mepid", attr_uint(tb[VXC_A_MEP_MEPID]));
	remote_ids_print(tb, nest);
	maid_print(tb);
	out_uint(OUT_MORE, "pcp", "pcp", attr_uint(tb[VXC_A_MEP_PCP]));
	out_interval(OUT_MORE, "dm", "dm", attr_uint(tb[VXC_A_MEP_DM]));
	out_interval(OUT_MORE, "sl", "sl", attr_uint(tb[VXC_A_MEP_SL]));
	if (tb[VXC_A_MEP_SD_THRESHOLD])
		degrade_print(tb);
	if (!tb[VXC_A_MEP_CCM_TX])
		return;
	peer_print(tb);
	counters_print(tb);
	if (tb[VXC_A_MEP_REMOTE_MEP])
		remotes_print(nest, line + 1);
	if (tb[VXC_A_MEP_DELAY])
		delay_print(tb[VXC_A_MEP_DELAY], line);
	if (tb[VXC_A_MEP_LOSS])
		loss_print(tb[VXC_A_MEP_LOSS], line);
}

void mep_print(const struct nlattr *nest, int line)
{
	attr_tb tb[VXC_A_MEP_MAX + 1];
	char text[32];

	out_str(OUT_WORDED, "detection", NULL, nest ? "ccm" : "carrier");
	if (!nest) {
		out_text(OUT_TEXT, OUT_PLAIN, "detection carrier");
		return;
	}
	attr_index(nest, tb, VXC_A_MEP_MAX);
	interval_text(attr_u32(tb[VXC_A_MEP_CCM]), text, sizeof(text));
	out_text(OUT_TEXT, OUT_PLAIN, "detection ccm %s", text);
	out_line(line);
	out_open("mep");
	out_uint(OUT_WORDED, "ccm_us", NULL, attr_uint(tb[VXC_A_MEP_CCM]));
	out_uint(OUT_TEXT, "level", "oam level",
		 attr_uint(tb[VXC_A_MEP_LEVEL]));
	rest_print(tb, nest, line);
	out_close();
}

static void peering_mep_print(const struct nlattr *nest, int line)
{
	attr_tb tb[VXC_A_MEP_MAX + 1];
	char text[32];

	attr_index(nest, tb, VXC_A_MEP_MAX);
	out_line(line);
	out_open(NULL);
	out_text(OUT_TEXT, OUT_PLAIN, "oam");
	if (tb[VXC_A_MEP_ROLE])
		out_name(OUT_TEXT, "role", "leg", &names_role,
			 attr_u32(tb[VXC_A_MEP_ROLE]));
	else
		out_null("role");
	interval_text(attr_u32(tb[VXC_A_MEP_CCM]), text, sizeof(text));
	out_text(OUT_TEXT, OUT_PLAIN, "ccm %s", text);
	out_uint(OUT_WORDED, "ccm_us", NULL, attr_uint(tb[VXC_A_MEP_CCM]));
	out_uint(OUT_TEXT, "level", "level", attr_uint(tb[VXC_A_MEP_LEVEL]));
	rest_print(tb, nest, line + 1);
	out_close();
}

void peering_meps_print(const struct nlattr *peering, int line)
{
	const struct nlattr *attr;
	bool any = false;

	mnl_attr_for_each_nested(attr, peering) {
		if (mnl_attr_get_type(attr) != VXC_A_PEERING_MEP)
			continue;
		if (!any)
			out_open_list("meps");
		any = true;
		peering_mep_print(attr, line);
	}
	if (any)
		out_close_list();
}
