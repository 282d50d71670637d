// SPDX-License-Identifier: GPL-2.0
/* What the kernel sends, printed. */
#include <stdlib.h>

#include "ktap.h"
#include "msg.h"
#include "noun.h"
#include "vxc.h"

static struct msg m;
static char *text;
static size_t text_size;

#define NO	AT(-1)

static size_t begin(uint16_t object)
{
	msg_free(&m);
	msg_genl(&m, 0, 0, 0);
	return msg_nest(&m, object, NO);
}

static const struct nlattr *end(size_t nest)
{
	msg_nest_end(&m, nest);
	return (const struct nlattr *)(m.buf + nest);
}

static void put_drop(uint16_t type, uint32_t reason, uint64_t packets)
{
	size_t nest = msg_nest(&m, type, NO);

	msg_put_u32(&m, VXC_A_DROPS_REASON, reason, NO);
	msg_put(&m, VXC_A_DROPS_PACKETS, &packets, sizeof(packets), NO);
	msg_nest_end(&m, nest);
}

static void put_stats(uint16_t type, uint64_t base)
{
	size_t nest = msg_nest(&m, type, NO);
	uint16_t i;

	for (i = VXC_A_STATS_RX_PACKETS; i <= VXC_A_STATS_TX_RATE; i++, base++)
		msg_put(&m, i, &base, sizeof(base), NO);
	msg_nest_end(&m, nest);
}

static void put_leg(uint32_t role, const char *port, uint32_t state,
		    uint32_t reason)
{
	size_t nest = msg_nest(&m, VXC_A_CIRCUIT_LEG, NO);

	msg_put_u32(&m, VXC_A_LEG_END, 0, NO);
	msg_put_u32(&m, VXC_A_LEG_ROLE, role, NO);
	msg_put_str(&m, VXC_A_LEG_PORT, port, NO);
	msg_put_u32(&m, VXC_A_LEG_MATCH, VXC_MATCH_SVID, NO);
	msg_put_u16(&m, VXC_A_LEG_SVID, 100, NO);
	msg_put_u32(&m, VXC_A_LEG_STATE, state, NO);
	msg_put_u32(&m, VXC_A_LEG_REASON, reason, NO);
	if (role == VXC_ROLE_PRIMARY && state == VXC_STATE_UP)
		msg_put_flag(&m, VXC_A_LEG_ACTIVE, NO);
	put_stats(VXC_A_LEG_STATS, 1);
	put_drop(VXC_A_LEG_DROPS, VXC_DROP_STANDBY, 3);
	put_drop(VXC_A_LEG_DROPS, VXC_DROP_UNKNOWN_CVID, 4);
	msg_nest_end(&m, nest);
}

static void put_metadata(const char *key, const char *value)
{
	size_t nest = msg_nest(&m, VXC_A_CIRCUIT_METADATA, NO);

	msg_put_str(&m, VXC_A_METADATA_KEY, key, NO);
	msg_put_str(&m, VXC_A_METADATA_VALUE, value, NO);
	msg_nest_end(&m, nest);
}

static const struct nlattr *circuit(uint32_t state, uint32_t reason,
				    uint32_t leg1, uint32_t leg2)
{
	size_t nest = begin(VXC_A_MSG_CIRCUIT);
	uint64_t since = 192000;
	uint32_t good = VXC_REASON_NONE;

	msg_put_u32(&m, VXC_A_CIRCUIT_ID, 7, NO);
	msg_put_str(&m, VXC_A_CIRCUIT_NAME, "acme", NO);
	msg_put_str(&m, VXC_A_CIRCUIT_DESCRIPTION, "a \"good\" one", NO);
	put_metadata("site", "fra1");
	msg_put_u32(&m, VXC_A_CIRCUIT_ADMIN, VXC_ADMIN_UP, NO);
	msg_put_u32(&m, VXC_A_CIRCUIT_PROVISIONING,
		    VXC_PROVISIONING_PROVISIONED, NO);
	msg_put_u8(&m, VXC_A_CIRCUIT_REVERTIVE, 1, NO);
	msg_put_u32(&m, VXC_A_CIRCUIT_WTR, 300000, NO);
	put_leg(VXC_ROLE_PRIMARY, "eth1", leg1 == good, leg1);
	put_leg(VXC_ROLE_SECONDARY, "eth2", leg2 == good, leg2);
	msg_put_u32(&m, VXC_A_CIRCUIT_STATE, state, NO);
	msg_put_u32(&m, VXC_A_CIRCUIT_REASON, reason, NO);
	if (state != VXC_STATE_DOWN)
		msg_put_u32(&m, VXC_A_CIRCUIT_ACTIVE, VXC_ROLE_PRIMARY, NO);
	msg_put_u32(&m, VXC_A_CIRCUIT_REQUEST, VXC_REQUEST_NO_REQUEST, NO);
	msg_put_u32(&m, VXC_A_CIRCUIT_SWITCHES, 2, NO);
	msg_put(&m, VXC_A_CIRCUIT_SINCE, &since, sizeof(since), NO);
	return end(nest);
}

static const char *print_circuit(const struct nlattr *nest)
{
	free(text);
	text = NULL;
	stdout = open_memstream(&text, &text_size);
	out_open(NULL);
	circuit_print(nest, OUT_TEXT);
	out_close();
	out_end_record();
	fclose(stdout);
	stdout = ktap_out;
	return text;
}

static void test_circuit_text(void)
{
	memset(&opts, 0, sizeof(opts));
	check_str(print_circuit(circuit(VXC_STATE_UP, 0, 0, 0)),
		  "acme: up active primary since 3m12s switches 2 id 7\n"
		  "    description \"a \\\"good\\\" one\"\n"
		  "    metadata \"site=fra1\"\n"
		  "    leg primary eth1:100 up active detection carrier rx 5 tx 6 drops 7\n"
		  "    leg secondary eth2:100 up detection carrier rx 5 tx 6 drops 7\n");
	opts.stats = true;
	check(strstr(print_circuit(circuit(VXC_STATE_UP, 0, 0, 0)),
		     "    leg secondary eth2:100 up detection carrier rx 5 tx 6\n"
		     "        rx-packets 1 rx-bytes 2 tx-packets 3 tx-bytes 4 drops 7\n"
		     "        unknown-cvid 4 standby 3\n"));
	ktap_test("a circuit as text");
}

static void test_circuit_json(void)
{
	memset(&opts, 0, sizeof(opts));
	opts.json = true;
	check_str(print_circuit(circuit(VXC_STATE_UP, 0, 0, 0)),
		  "{\"name\":\"acme\",\"state\":\"up\",\"reason\":\"none\","
		  "\"active\":\"primary\",\"request\":\"no-request\","
		  "\"since\":192000,\"switches\":2,\"id\":7,"
		  "\"description\":\"a \\\"good\\\" one\","
		  "\"metadata\":{\"site\":\"fra1\"},\"admin\":\"up\","
		  "\"provisioning\":\"provisioned\",\"revertive\":true,"
		  "\"wtr\":300000,\"drops\":{},\"denied\":[],\"ends\":[],\"legs\":["
		  "{\"role\":\"primary\",\"attachment\":\"eth1:100\","
		  "\"state\":\"up\",\"reason\":\"none\",\"active\":true,"
		  "\"end\":\"a\",\"port\":\"eth1\",\"match\":\"svid\","
		  "\"svid\":100,\"detection\":\"carrier\",\"stats\":{\"rx_rate\":5,\"tx_rate\":6,"
		  "\"rx_packets\":1,\"rx_bytes\":2,\"tx_packets\":3,"
		  "\"tx_bytes\":4},\"drops\":{\"unknown-cvid\":4,"
		  "\"standby\":3},\"colors\":[]},"
		  "{\"role\":\"secondary\",\"attachment\":\"eth2:100\","
		  "\"state\":\"up\",\"reason\":\"none\",\"active\":false,"
		  "\"end\":\"a\",\"port\":\"eth2\",\"match\":\"svid\","
		  "\"svid\":100,\"detection\":\"carrier\",\"stats\":{\"rx_rate\":5,\"tx_rate\":6,"
		  "\"rx_packets\":1,\"rx_bytes\":2,\"tx_packets\":3,"
		  "\"tx_bytes\":4},\"drops\":{\"unknown-cvid\":4,"
		  "\"standby\":3},\"colors\":[]}]}\n");
	ktap_test("a circuit as JSON");
}

static const char *first_line(const char *s)
{
	static char buf[256];

	snprintf(buf, sizeof(buf), "%.*s", (int)strcspn(s, "\n"), s);
	return buf;
}

static void test_reasons(void)
{
	const struct nlattr *nest;

	memset(&opts, 0, sizeof(opts));
	nest = circuit(VXC_STATE_DOWN, VXC_REASON_LEGS_DOWN,
		       VXC_REASON_NO_CARRIER, VXC_REASON_PORT_ABSENT);
	check_str(first_line(print_circuit(nest)),
		  "acme: down (leg primary: no-carrier, leg secondary: port-absent) since 3m12s switches 2 id 7");
	nest = circuit(VXC_STATE_DEGRADED, VXC_REASON_LEG_DOWN, 0,
		       VXC_REASON_PORT_DOWN);
	check_str(first_line(print_circuit(nest)),
		  "acme: degraded (leg secondary: port-down) active primary since 3m12s switches 2 id 7");
	nest = circuit(VXC_STATE_DOWN, VXC_REASON_ADMIN_DOWN, 0, 0);
	check_str(first_line(print_circuit(nest)),
		  "acme: down (admin-down) since 3m12s switches 2 id 7");
	ktap_test("reasons in words");
}

static void test_nothing(void)
{
	size_t nest;

	memset(&opts, 0, sizeof(opts));
	opts.json = true;
	nest = begin(VXC_A_MSG_CIRCUIT);
	check_str(print_circuit(end(nest)),
		  "{\"name\":\"\",\"active\":null,\"description\":\"\","
		  "\"metadata\":{},\"drops\":{},\"denied\":[],\"ends\":[],\"legs\":[]}\n");
	ktap_test("attributes that are not there");
}

static void test_odd(void)
{
	size_t nest;

	memset(&opts, 0, sizeof(opts));
	opts.json = true;
	nest = begin(VXC_A_MSG_CIRCUIT);
	/* no NUL, wrong sizes, values and drops from the future */
	msg_put(&m, VXC_A_CIRCUIT_NAME, "abc", 3, NO);
	msg_put(&m, VXC_A_CIRCUIT_ID, "abc", 3, NO);
	msg_put(&m, VXC_A_CIRCUIT_KEY, "abc", 3, NO);
	msg_put_u32(&m, VXC_A_CIRCUIT_STATE, 77, NO);
	msg_put_u32(&m, 999, 1, NO);
	check_str(print_circuit(end(nest)),
		  "{\"name\":\"\",\"state\":\"state-77\",\"reason\":\"none\","
		  "\"active\":null,\"id\":0,\"description\":\"\","
		  "\"metadata\":{},\"drops\":{},\"denied\":[],\"ends\":[],\"legs\":[]}\n");
	ktap_test("attributes that are not as they should be");
}

int main(void)
{
	ktap_begin(5);
	test_circuit_text();
	test_circuit_json();
	test_reasons();
	test_nothing();
	test_odd();
	msg_free(&m);
	free(text);
	return ktap_end();
}
