// SPDX-License-Identifier: GPL-2.0
/* Words to values and back. */
#include <arpa/inet.h>

#include "ktap.h"
#include "names.h"
#include "parse.h"
#include "vxc.h"

static void test_number(void)
{
	uint64_t v;

	check(!parse_number("0", 0, 10, &v) && v == 0);
	check(!parse_number("010", 0, 10, &v) && v == 10);
	check(!parse_number("18446744073709551615", 0, UINT64_MAX, &v) &&
	      v == UINT64_MAX);
	check(parse_number("18446744073709551616", 0, UINT64_MAX, &v));
	check(parse_number("11", 0, 10, &v));
	check(parse_number("", 0, 10, &v));
	check(parse_number("-1", 0, 10, &v));
	check(parse_number("+1", 0, 10, &v));
	check(parse_number(" 1", 0, 10, &v));
	check(parse_number("1 ", 0, 10, &v));
	check(parse_number("0x1", 0, 10, &v));
	check_str(parse_number("x", 1, 7, &v), "a number from 1 to 7");
	ktap_test("numbers");
}

static void test_vid(void)
{
	uint16_t vid;

	check(!parse_vid("1", &vid) && vid == 1);
	check(!parse_vid("4094", &vid) && vid == 4094);
	check(parse_vid("0", &vid));
	check(parse_vid("4095", &vid));
	check(parse_vid("65537", &vid));
	check(parse_vid("10x", &vid));
	check(parse_vid("", &vid));
	ktap_test("VLAN IDs");
}

static void test_tpid(void)
{
	uint16_t tpid;

	check(!parse_tpid("8100", &tpid) && tpid == 0x8100);
	check(!parse_tpid("88a8", &tpid) && tpid == 0x88a8);
	check(!parse_tpid("0x88A8", &tpid) && tpid == 0x88a8);
	check(!parse_tpid("9100", &tpid) && tpid == 0x9100);
	check(parse_tpid("9200", &tpid));
	check(parse_tpid("", &tpid));
	ktap_test("TPIDs");
}

static void test_time(void)
{
	static const struct {
		const char *text;
		uint32_t ms;
	} good[] = {
		{ "0", 0 }, { "0s", 0 }, { "300ms", 300 }, { "30s", 30000 },
		{ "5m", 300000 }, { "1h", 3600000 }, { "4294967295ms",
			UINT32_MAX },
	};
	static const char *const bad[] = {
		"", "5", "s", "ms", "-1s", "1.5s", "5 s", "5d", "5mm", "5M",
		"4294967296ms", "4294968s", "18446744073709551616s", "1m30s",
	};
	uint32_t ms;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(good); i++) {
		if (check(!parse_time(good[i].text, &ms)))
			check_int(ms, good[i].ms);
	}
	for (i = 0; i < ARRAY_SIZE(bad); i++)
		check(parse_time(bad[i], &ms));
	ktap_test("times need a unit, but for 0");
}

static void test_time_text(void)
{
	static const struct {
		uint64_t ms;
		const char *interval;
		const char *time;
	} t[] = {
		{ 0, "0", "0s" },
		{ 300, "300ms", "300ms" },
		{ 1000, "1s", "1s" },
		{ 1234, "1234ms", "1.2s" },
		{ 59999, "59999ms", "59s" },
		{ 90000, "90s", "1m30s" },
		{ 300000, "5m", "5m00s" },
		{ 3661000, "3661s", "1h01m" },
		{ 90061000, "90061s", "1d01h" },
	};
	char buf[32];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(t); i++) {
		format_interval(t[i].ms, buf, sizeof(buf));
		check_str(buf, t[i].interval);
		format_time(t[i].ms, buf, sizeof(buf));
		check_str(buf, t[i].time);
	}
	ktap_test("times as text");
}

static void test_rate_text(void)
{
	static const struct {
		uint64_t bps;
		const char *text;
	} t[] = {
		{ 0, "0" }, { 999, "999" }, { 1000, "1k" }, { 1234, "1.2k" },
		{ 12345, "12.3k" }, { 123456, "123k" }, { 999999, "999k" },
		{ 1000000, "1M" }, { 940000000, "940M" },
		{ 10000000000, "10G" }, { UINT64_MAX, "18.4E" },
	};
	char buf[32];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(t); i++) {
		format_rate(t[i].bps, buf, sizeof(buf));
		check_str(buf, t[i].text);
	}
	ktap_test("rates as text");
}

static void test_mac(void)
{
	static const uint8_t want[6] = { 0x02, 0, 0, 0xaB, 0xcd, 0xef };
	uint8_t mac[6] = { 0 };

	check(!parse_mac("02:00:00:aB:cd:EF", mac));
	check(!memcmp(mac, want, 6));
	check(!parse_mac("02-00-00-ab-cd-ef", mac));
	check(parse_mac("02:00:00:ab:cd:e", mac));
	check(parse_mac("02:00:00:ab:cd:eg", mac));
	check(parse_mac("02:00:00:ab:cd:ef:00", mac));
	check(parse_mac("02.00.00.ab.cd.ef", mac));
	check(parse_mac("", mac));
	ktap_test("Ethernet addresses");
}

static void test_uuid(void)
{
	static const char text[] = "01234567-89ab-cdef-0123-456789abcdef";
	char buf[UUID_TEXT_SIZE];
	uint8_t uuid[16];

	check(!parse_uuid(text, uuid));
	check(uuid[0] == 0x01 && uuid[4] == 0x89 && uuid[15] == 0xef);
	format_uuid(uuid, buf);
	check_str(buf, text);
	check(!parse_uuid("01234567-89AB-CDEF-0123-456789ABCDEF", uuid));
	check(parse_uuid("0123456789abcdef0123456789abcdef", uuid));
	check(parse_uuid("01234567-89ab-cdef-0123-456789abcdeg", uuid));
	check(parse_uuid("01234567-89ab-cdef-0123-456789abcdef0", uuid));
	check(parse_uuid("012345678-9ab-cdef-0123-456789abcdef", uuid));
	check(parse_uuid("", uuid));
	ktap_test("UUIDs");
}

static void test_attachment(void)
{
	static const struct {
		const char *text, *port;
		int match;
		uint16_t svid, cvid;
	} good[] = {
		{ "eth1:100", "eth1", VXC_MATCH_SVID, 100, 0 },
		{ "eth1:100.200", "eth1", VXC_MATCH_SVID_CVID, 100, 200 },
		{ "eth1:untagged", "eth1", VXC_MATCH_UNTAGGED, 0, 0 },
		{ "eth1:*", "eth1", VXC_MATCH_ANY, 0, 0 },
		{ "bond0.5:4094", "bond0.5", VXC_MATCH_SVID, 4094, 0 },
		{ "fifteencharacte:1", "fifteencharacte", VXC_MATCH_SVID, 1, 0,
		},
	};
	static const char *const bad[] = {
		"", ":", "eth1", "eth1:", ":100", "eth1:0", "eth1:4095",
		"eth1:100.", "eth1:100.0", "eth1:100.4095", "eth1:.5",
		"eth1:100.200.300", "eth1:unt", "eth1:**", "eth1:-1",
		"eth1:1 ", "eth/1:1", "et h1:1", "e:th1:1",
		"sixteencharacter:1", "eth1:1.*", "eth1:18446744073709551617",
	};
	struct attachment att;
	char buf[64];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(good); i++) {
		if (!check(!parse_attachment(good[i].text, &att)))
			continue;
		check_str(att.port, good[i].port);
		check_int(att.match, good[i].match);
		check_int(att.svid, good[i].svid);
		check_int(att.cvid, good[i].cvid);
		format_attachment(&att, buf, sizeof(buf));
		check_str(buf, good[i].text);
	}
	for (i = 0; i < ARRAY_SIZE(bad); i++)
		if (!check(parse_attachment(bad[i], &att)))
			fprintf(ktap_out, "# accepted: '%s'\n", bad[i]);
	ktap_test("attachments");
}

static void test_prefix(void)
{
	static const char *const bad[] = {
		"", "/", "10.0.0.1", "10.0.0.1/", "10.0.0.1/33", "10.0.0/8",
		"10.0.0.1/-1", "fd00::1/129", "fd00::1", "::/x", "/24",
		"10.0.0.256/24", "10.0.0.1/8/8",
		"11111111111111111111111111111111111111111111111111/8",
	};
	struct prefix p;
	size_t i;

	check(!parse_prefix("172.16.0.2/30", &p));
	check(p.family == AF_INET && p.len == 30 && p.addr[0] == 172);
	check(!parse_prefix("fd00::2/64", &p));
	check(p.family == AF_INET6 && p.len == 64 && p.addr[15] == 2);
	check(!parse_prefix("0.0.0.0/0", &p) && p.len == 0);
	check(!parse_prefix("::1/128", &p) && p.len == 128);
	for (i = 0; i < ARRAY_SIZE(bad); i++)
		check(parse_prefix(bad[i], &p));
	ktap_test("addresses");
}

#define check_names(_names, _last)					\
	check_int((_names)->first + (_names)->n - 1, _last)

static void test_names(void)
{
	char buf[128];

	check_names(&names_action, VXC_ACTION_DEL);
	check_names(&names_unmatched, VXC_UNMATCHED_DROP);
	check_names(&names_admin, VXC_ADMIN_UP);
	check_names(&names_provisioning, VXC_PROVISIONING_PROVISIONED);
	check_names(&names_role, VXC_ROLE_SECONDARY);
	check_names(&names_match, VXC_MATCH_ANY);
	check_names(&names_state, VXC_STATE_DEGRADED);
	check_names(&names_reason, VXC_REASON_SIGNAL_DEGRADE);
	check_names(&names_request, VXC_REQUEST_REVERSE_REQUEST);
	check_names(&names_aps_defect, VXC_APS_DEFECT_NO_RESPONSE);
	check_names(&names_sla_kind, VXC_SLA_KIND_SWITCH);
	check_names(&names_pcp_source, VXC_PCP_SOURCE_PRIORITY);
	check_names(&names_drop, VXC_DROP_MAX);
	check_names(&names_color_mode, VXC_COLOR_MODE_AWARE);
	check_names(&names_unlisted, VXC_UNLISTED_CLEAR);
	check_names(&names_classes, VXC_CLASSES_GOOGLE);
	check_names(&names_l2cp, VXC_L2CP_OTHER);
	check_names(&names_l2cp_action, VXC_L2CP_ACTION_PEER);
	check_names(&names_hygiene, VXC_HYGIENE_EXCHANGE);
	check_names(&names_urpf, VXC_URPF_STRICT);
	check_names(&names_dei, VXC_DEI_CLEAR);
	check_names(&names_end, VXC_END_Z);
	check_names(&names_event, VXC_EVENT_KIND_REPLY);
	check_names(&names_ma_format, VXC_MA_FORMAT_ICC);
	check_names(&names_egress, VXC_EGRESS_ANY);
	check_names(&names_local, VXC_LOCAL_ANY);
	check_names(&names_reach_state, VXC_REACH_STATE_ENDED);
	check_str(name_of(&names_reason, VXC_REASON_NO_CARRIER), "no-carrier");
	check_str(name_of(&names_event, VXC_EVENT_KIND_ADDED), "added");
	check_str(name_of(&names_drop, 4000), "drop-4000");
	check_str(name_of(&names_event, 0), "event-0");
	check_int(name_find(&names_role, "secondary"), 1);
	check_int(name_find(&names_role, "second"), -1);
	check_int(name_find(&names_role, ""), -1);
	name_list(&names_state, buf, sizeof(buf));
	check_str(buf, "down, up or degraded");
	ktap_test("names of all enum values");
}

static void test_rates(void)
{
	static const struct {
		const char *text;
		uint64_t bps;
		const char *back;
	} good[] = {
		{ "0", 0, "0" }, { "1000", 1000, "1k" },
		{ "1k", 1000, "1k" }, { "1K", 1000, "1k" },
		{ "2.5G", 2500000000, "2500M" }, { "1Gbit", 1000000000, "1G" },
		{ "400G", 400000000000, "400G" }, { "1.001k", 1001, "1001" },
		{ "1T", 1000000000000, "1T" }, { "999bit", 999, "999" },
	};
	static const char *const bad[] = {
		"", "-1", "1X", "k", "1.5", "1..5k", "1G ", "1GiB", "1kk",
		"99999999999999999999", "0.0000000001G", "1000000T", "0x10",
	};
	uint64_t bps;
	char buf[32];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(good); i++) {
		if (!check(!parse_rate(good[i].text, &bps)))
			continue;
		check(bps == good[i].bps);
		format_bps(bps, buf, sizeof(buf));
		check_str(buf, good[i].back);
	}
	for (i = 0; i < ARRAY_SIZE(bad); i++)
		check(parse_rate(bad[i], &bps));
}

static void test_sizes(void)
{
	uint32_t bytes;

	check(!parse_size("0", &bytes) && bytes == 0);
	check(!parse_size("64k", &bytes) && bytes == 65536);
	check(!parse_size("1.5Mb", &bytes) && bytes == 1572864);
	check(!parse_size("4294967295", &bytes) && bytes == UINT32_MAX);
	check(parse_size("4G", &bytes));
	check(parse_size("1x", &bytes));
	check(parse_size("", &bytes));
}

static void test_sets(void)
{
	static const char *const same[] = {
		"none", "0", "46", "0-7", "0-7,46", "1,3,5-63", "0-63",
	};
	static const char *const bad[] = {
		"", "64", "1-", "-1", "5-3", "1,", ",1", "1,,2", "a", "1 2",
	};
	uint64_t bits;
	char buf[192];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(same); i++) {
		if (!check(!parse_bits(same[i], 63, &bits)))
			continue;
		format_bits(bits, buf, sizeof(buf));
		check_str(buf, same[i]);
	}
	check(!parse_bits("7,6,6-7", 7, &bits) && bits == 0xc0);
	check(parse_bits("8", 7, &bits));
	for (i = 0; i < ARRAY_SIZE(bad); i++)
		check(parse_bits(bad[i], 63, &bits));
}

int main(void)
{
	ktap_begin(14);
	test_number();
	test_vid();
	test_tpid();
	test_time();
	test_time_text();
	test_rate_text();
	test_mac();
	test_uuid();
	test_attachment();
	test_prefix();
	test_names();
	test_rates();
	ktap_test("rates");
	test_sizes();
	ktap_test("sizes");
	test_sets();
	ktap_test("sets of numbers");
	return ktap_end();
}
