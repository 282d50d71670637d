// SPDX-License-Identifier: GPL-2.0
/* Any word to every reader of values; what is read can be printed back. */
#include <arpa/inet.h>

#include "fuzz.h"
#include "parse.h"
#include "vxc.h"

const char *const fuzz_seeds[] = {
	"eth1:100", "eth1:100.200", "eth1:untagged", "eth1:*", "bond0.5:4094",
	"300ms", "30s", "5m", "0", "1h", "4294967295ms",
	"01234567-89ab-cdef-0123-456789abcdef", "02:00:00:00:00:01",
	"172.16.0.2/30", "fd00::2/64", "::/0", "8100", "0x88a8",
	"18446744073709551615", "", NULL
};

static void check_attachment(const char *s)
{
	struct attachment att, again;
	char buf[64];

	if (parse_attachment(s, &att))
		return;
	must(strlen(att.port) >= 1 && strlen(att.port) <= 15);
	must(!strpbrk(att.port, ":/ \t\n"));
	must(att.svid <= VXC_VID_MAX && att.cvid <= VXC_VID_MAX);
	must(!att.svid == (att.match == VXC_MATCH_ANY ||
			   att.match == VXC_MATCH_UNTAGGED));
	must(!att.cvid == (att.match != VXC_MATCH_SVID_CVID));
	format_attachment(&att, buf, sizeof(buf));
	must(!parse_attachment(buf, &again));
	must(!strcmp(att.port, again.port) && att.match == again.match &&
	     att.svid == again.svid && att.cvid == again.cvid);
}

static void check_time(const char *s)
{
	uint32_t ms, again;
	char buf[32];

	if (parse_time(s, &ms))
		return;
	must(*s >= '0' && *s <= '9');
	format_interval(ms, buf, sizeof(buf));
	must(!parse_time(buf, &again) && ms == again);
	format_time(ms, buf, sizeof(buf));
}

static void check_uuid(const char *s)
{
	char buf[UUID_TEXT_SIZE];
	uint8_t uuid[16];

	if (parse_uuid(s, uuid))
		return;
	format_uuid(uuid, buf);
	must(!strcasecmp(s, buf));
}

static void check_prefix(const char *s)
{
	struct prefix p;

	if (parse_prefix(s, &p))
		return;
	must(p.family == AF_INET || p.family == AF_INET6);
	must(p.len <= (p.family == AF_INET ? 32 : 128));
}

static void check_numbers(const char *s)
{
	uint8_t mac[6];
	uint16_t u16;
	uint64_t v;
	char buf[32];

	if (!parse_number(s, 3, 4000000000, &v))
		must(v >= 3 && v <= 4000000000);
	if (!parse_vid(s, &u16))
		must(u16 >= 1 && u16 <= VXC_VID_MAX);
	if (!parse_tpid(s, &u16))
		must(u16 == 0x8100 || u16 == 0x88a8 || u16 == 0x9100);
	if (!parse_mac(s, mac))
		must(strlen(s) == 17);
	if (!parse_number(s, 0, UINT64_MAX, &v)) {
		format_rate(v, buf, sizeof(buf));
		must(strlen(buf) <= 5);
		format_time(v, buf, sizeof(buf));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *s = fuzz_string(data, size);

	check_attachment(s);
	check_time(s);
	check_uuid(s);
	check_prefix(s);
	check_numbers(s);
	free(s);
	return 0;
}
