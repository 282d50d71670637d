// SPDX-License-Identifier: GPL-2.0
/* Commands become messages, and messages remember their words. */
#include <ctype.h>
#include <linux/genetlink.h>
#include <stdlib.h>

#include "attr.h"
#include "cmd.h"
#include "ktap.h"
#include "vxc.h"

static struct txn txn;
static char *stderr_text;
static size_t stderr_size;
static FILE *stderr_saved;

static void put_payload(FILE *f, const struct nlattr *attr)
{
	const unsigned char *p = mnl_attr_get_payload(attr);
	size_t len = mnl_attr_get_payload_len(attr), i;

	if (len == 1 || len == 2 || len == 4) {
		fprintf(f, "=%llu", (unsigned long long)attr_uint(attr));
		return;
	}
	for (i = 0; i + 1 < len && isprint(p[i]); i++)
		;
	if (len && i == len - 1 && !p[i]) {
		fprintf(f, "='%s'", (const char *)p);
		return;
	}
	fputs(len ? "=" : "", f);
	for (i = 0; i < len; i++)
		fprintf(f, "%02x", p[i]);
}

/* Attributes as "TYPE=VALUE TYPE{TYPE=VALUE}": the message read back */
static void put_attrs(FILE *f, const char *p, const char *end)
{
	const char *gap = "";

	while (p < end) {
		const struct nlattr *attr = (const void *)p;

		if (!check(mnl_attr_ok(attr, (int)(end - p))))
			return;
		fprintf(f, "%s%u", gap, mnl_attr_get_type(attr));
		if (attr->nla_type & NLA_F_NESTED) {
			fputc('{', f);
			put_attrs(f, p + MNL_ATTR_HDRLEN, p + attr->nla_len);
			fputc('}', f);
		} else {
			put_payload(f, attr);
		}
		gap = " ";
		p = (const char *)mnl_attr_next(attr);
	}
}

static int run(const char *line)
{
	const char *err;
	int ret;

	stderr_saved = stderr;
	free(stderr_text);
	stderr = open_memstream(&stderr_text, &stderr_size);
	ret = cmd_run(words_split(line, &err), &txn);
	fclose(stderr);
	stderr = stderr_saved;
	return ret;
}

/* What the line becomes, or what is said about it. */
static const char *message(const char *line)
{
	static char *buf;
	const char *start;
	size_t size;
	FILE *f;

	txn_free(&txn);
	txn_init(&txn);
	if (run(line))
		return stderr_text;
	free(buf);
	f = open_memstream(&buf, &size);
	start = (const char *)msg_hdr(&txn.msg);
	put_attrs(f, start + MNL_NLMSG_HDRLEN + sizeof(struct genlmsghdr),
		  start + msg_hdr(&txn.msg)->nlmsg_len);
	fclose(f);
	return buf;
}

static void test_port(void)
{
	check_str(message("port add eth1"), "1{1=1 2{3='eth1'}}");
	check_str(message("port add eth1 tpid 88a8 unmatched drop"),
		  "1{1=1 2{3='eth1' 4=34984 5=1}}");
	check_str(message("port set eth1 unmatched pass"),
		  "1{1=2 2{3='eth1' 5=0}}");
	check_str(message("port del eth1 force"), "1{1=3 2{3='eth1' 6}}");
	ktap_test("port");
}

static void test_circuit(void)
{
	check_str(message("circuit add acme"), "1{1=1 3{3='acme'}}");
	check_str(message("circuit add acme id 7 leg eth1:100 "
			  "leg eth2:100.200"),
		  "1{1=1 3{3='acme' 2=7 15{4='eth1' 5=0 6=100} "
		  "15{4='eth2' 5=1 6=100 7=200}}}");
	check_str(message("circuit add acme leg eth1:untagged leg eth2:*"),
		  "1{1=1 3{3='acme' 15{4='eth1' 5=2} 15{4='eth2' 5=3}}}");
	check_str(message("circuit add acme admin down provisioning provisioning "
			  "revertive off wtr 5m"),
		  "1{1=1 3{3='acme' 8=0 9=1 10=0 11=300000}}");
	check_str(message("circuit set acme description \"two words\" "
			  "metadata site=fra1 metadata ticket="),
		  "1{1=2 3{3='acme' 6='two words' 7{1='site' 2='fra1'} "
		  "7{1='ticket' 2=0}}}");
	check_str(message("circuit add acme key "
			  "01234567-89ab-cdef-0123-456789abcdef"),
		  "1{1=1 3{3='acme' 5=0123456789abcdef0123456789abcdef}}");
	check_str(message("circuit set acme name globex"),
		  "1{1=2 3{3='acme' 4='globex'}}");
	check_str(message("circuit del acme force"), "1{1=3 3{3='acme' 14}}");
	check_str(message("circuit switch acme manual secondary"),
		  "1{1=2 3{3='acme' 12=1 13=1}}");
	check_str(message("circuit switch acme clear"),
		  "1{1=2 3{3='acme' 12=0}}");
	ktap_test("circuit");
}

static void test_leg(void)
{
	check_str(message("leg add circuit acme role secondary eth2:100"),
		  "1{1=1 4{1='acme' 3=1 4='eth2' 5=0 6=100}}");
	check_str(message("circuit leg add acme eth2:100 role secondary"),
		  "1{1=1 4{1='acme' 4='eth2' 5=0 6=100 3=1}}");
	check_str(message("leg add circuit acme eth1:*"),
		  "1{1=1 4{1='acme' 4='eth1' 5=3}}");
	check_str(message("leg set circuit acme role primary eth1:untagged"),
		  "1{1=2 4{1='acme' 3=0 4='eth1' 5=2}}");
	check_str(message("circuit leg del acme role primary"),
		  "1{1=3 4{1='acme' 3=0}}");
	ktap_test("leg");
}

/* "5{...}" with the attributes' numbers in place of their names */
#define A(_name)	(unsigned int)VXC_A_PEERING_##_name

static void test_peering(void)
{
	char want[256];

	snprintf(want, sizeof(want), "1{1=1 5{%u='acme-pri' %u='acme' %u=10 "
		 "%u=0 %u=1400 %u=020000000001 %u=0 %u=5 %u=1 %u}}", A(NAME),
		 A(CIRCUIT), A(CVID), A(ROLE), A(MTU), A(ADDRESS),
		 A(PCP_SOURCE), A(PCP), A(DEI), A(UP));
	check_str(message("peering add acme-pri circuit acme cvid 10 leg primary "
			  "mtu 1400 mac 02:00:00:00:00:01 pcp 5 dei 1"), want);
	check_int((long long)txn.n_links, 1);
	check(!txn.links[0].n_addrs);

	snprintf(want, sizeof(want), "1{1=1 5{%u='acme-pri' %u='acme' %u=1 "
		 "%u=1}}", A(NAME), A(CIRCUIT), A(PCP_SOURCE), A(VRF));
	check_str(message("peering add acme-pri circuit acme pcp priority vrf lo "
			  "address 172.16.0.2/30 address fd00::2/64 down"),
		  want);
	check(txn.links[0].n_addrs == 2 && !txn.links[0].changes);
	check(txn.links[0].addrs[1].prefix.len == 64);

	snprintf(want, sizeof(want), "1{1=2 5{%u='acme-pri' %u %u}}", A(NAME),
		 A(UNTAGGED), A(PROTECTED));
	check_str(message("peering set acme-pri cvid untagged leg protected"),
		  want);
	check_str(message("peering set acme-pri name other cvid 5"),
		  "1{1=2 5{3='acme-pri' 6=5}}");
	check(!txn.links[0].is_new && txn.links[0].changes);
	check_str(txn.links[0].change.name, "other");
	check_str(message("peering set acme-pri vrf none "
			  "mac 02:00:00:00:00:01"),
		  "1{1=2 5{3='acme-pri'}}");
	check(txn.links[0].change.has_mac && txn.links[0].change.has_master);
	check_str(message("peering del acme-pri"), "1{1=3 5{3='acme-pri'}}");
	ktap_test("peering");
}

static void test_short(void)
{
	check_str(message("por a eth1 tp 88a8"), "1{1=1 2{3='eth1' 4=34984}}");
	check_str(message("c a acme le eth1:100"),
		  "1{1=1 3{3='acme' 15{4='eth1' 5=0 6=100}}}");
	check_str(message("l a c acme ro secondary eth2:100"),
		  "1{1=1 4{1='acme' 3=1 4='eth2' 5=0 6=100}}");
	check_str(message("c le d acme r primary"), "1{1=3 4{1='acme' 3=0}}");
	check_str(message("c sw acme m secondary"),
		  "1{1=2 3{3='acme' 12=1 13=1}}");
	ktap_test("abbreviations");
}

static void test_usage(void)
{
	check_str(message("p add x"),
		  "Error: ambiguous object \"p\": port or peering.\n"
		  "  p add x\n  ^\n");
	check_str(message("circuit s acme"),
		  "Error: ambiguous command \"s\": set, show or switch.\n"
		  "  circuit s acme\n          ^\n");
	check_str(message("circuit add acme rev off re on"),
		  "Error: \"revertive\" is given twice.\n"
		  "  circuit add acme rev off re on\n"
		  "                           ^^\n");
	check_str(message("port add eth1 colour red"),
		  "Error: unknown keyword \"colour\": expected tpid, unmatched, speed, oversubscription or local.\n"
		  "  port add eth1 colour red\n                ^^^^^^\n");
	check_str(message("port add eth1 tpid"),
		  "Error: \"tpid\" needs a value: 8100|88a8|9100.\n"
		  "  port add eth1 tpid\n                ^^^^\n");
	check_str(message("circuit set acme admin u"),
		  "Error: \"u\": expected down or up.\n"
		  "  circuit set acme admin u\n                         ^\n");
	check_str(message("peering del a b"),
		  "Error: \"b\" is one word too many.\n"
		  "  peering del a b\n                ^\n");
	check_str(message("circuit add acme wtr 13m"),
		  "Error: \"13m\": expected at most 12m.\n"
		  "  circuit add acme wtr 13m\n                       ^^^\n");
	check(strstr(message("circuit add"),
		     "Error: NAME is missing.\nUsage: "));
	check(strstr(message("peering add a"), "Error: circuit is missing.\n"));
	check(strstr(message("leg set circuit a eth1:1"),
		     "Error: role is missing.\n"));
	check(strstr(message("leg add circuit a"),
		     "Error: attachment is missing.\n"));
	check(strstr(message("circuit set a"),
		     "Error: what to change is missing.\n"));
	check(strstr(message("leg"), "Error: a command is missing.\n"));
	check(strstr(message("circuit add \"\""), "NAME is empty"));
	check(strstr(message("circuit switch a clear manual primary"),
		     "one word too many"));
	ktap_test("usage errors name the word and what was expected");
}

static void test_refuse_vrf(void)
{
	check_str(message("peering add a circuit b vrf nosuchvrf"),
		  "Error: there is no VRF \"nosuchvrf\"; to make one: ip link add nosuchvrf type vrf table TABLE && ip link set nosuchvrf up.\n"
		  "  peering add a circuit b vrf nosuchvrf\n"
		  "                              ^^^^^^^^^\n");
	ktap_test("a VRF that is not there");
}

/* The offset of the attribute at the end of this path of types */
static uint32_t offset_of(const int *path)
{
	const char *start = (const char *)msg_hdr(&txn.msg);
	const char *p = start + MNL_NLMSG_HDRLEN + sizeof(struct genlmsghdr);
	const char *end = start + msg_hdr(&txn.msg)->nlmsg_len;

	while (p < end) {
		const struct nlattr *attr = (const void *)p;

		if (mnl_attr_get_type(attr) != *path) {
			p = (const char *)mnl_attr_next(attr);
			continue;
		}
		if (!*++path)
			return (uint32_t)(p - start);
		end = p + attr->nla_len;
		p += MNL_ATTR_HDRLEN;
	}
	return 0;
}

/* The words that this attribute came from */
static const char *words_of(const int *path)
{
	static char buf[256];
	const struct span *span = msg_find(&txn.msg, offset_of(path));
	const char *word;

	if (!span || span->at.word < 0)
		return NULL;
	word = txn.lines[span->line]->v[span->at.word];
	if (!span->at.len)
		return word;
	snprintf(buf, sizeof(buf), "%.*s", (int)span->at.len,
		 word + span->at.col);
	return buf;
}

#define check_words(_words, ...)					\
	check_str(words_of((const int[]){ __VA_ARGS__, 0 }), _words)

static void test_spans(void)
{
	message("circuit add acme id 9 leg eth1:untagged metadata a=b");
	check_words("acme", VXC_A_MSG_OP);
	check_words("add", VXC_A_MSG_OP, VXC_A_OP_ACTION);
	check_words("acme", VXC_A_MSG_OP, VXC_A_OP_CIRCUIT);
	check_words("acme", VXC_A_MSG_OP, VXC_A_OP_CIRCUIT,
		    VXC_A_CIRCUIT_NAME);
	check_words("9", VXC_A_MSG_OP, VXC_A_OP_CIRCUIT, VXC_A_CIRCUIT_ID);
	check_words("eth1:untagged", VXC_A_MSG_OP, VXC_A_OP_CIRCUIT,
		    VXC_A_CIRCUIT_LEG);
	check_words("untagged", VXC_A_MSG_OP, VXC_A_OP_CIRCUIT,
		    VXC_A_CIRCUIT_LEG, VXC_A_LEG_MATCH);
	check_words("b", VXC_A_MSG_OP, VXC_A_OP_CIRCUIT,
		    VXC_A_CIRCUIT_METADATA, VXC_A_METADATA_VALUE);

	message("leg add circuit acme eth12:100.2000");
	check_words("eth12", VXC_A_MSG_OP, VXC_A_OP_LEG, VXC_A_LEG_PORT);
	check_words("100", VXC_A_MSG_OP, VXC_A_OP_LEG, VXC_A_LEG_SVID);
	check_words("2000", VXC_A_MSG_OP, VXC_A_OP_LEG, VXC_A_LEG_CVID);
	check_words("acme", VXC_A_MSG_OP, VXC_A_OP_LEG);

	message("circuit leg add acme eth12:*");
	check_words("add", VXC_A_MSG_OP, VXC_A_OP_ACTION);
	check_words("*", VXC_A_MSG_OP, VXC_A_OP_LEG, VXC_A_LEG_MATCH);

	message("circuit add acme");
	check_words("acme", VXC_A_MSG_OP, VXC_A_OP_CIRCUIT,
		    VXC_A_CIRCUIT_NAME);
	check(!msg_find(&txn.msg, 0));
	check(!msg_find(&txn.msg, msg_hdr(&txn.msg)->nlmsg_len));
	ktap_test("attributes lead back to their words");
}

static void test_many(void)
{
	char line[128];
	const struct span *span;
	uint32_t off = 0;
	int i;

	txn_free(&txn);
	txn_init(&txn);
	for (i = 0; i < 4000; i++) {
		if (i == 3999)
			off = msg_hdr(&txn.msg)->nlmsg_len;
		snprintf(line, sizeof(line),
			 "circuit add c%d leg eth1:%d leg eth2:%d", i,
			 i + 1, i + 1);
		if (!check(!run(line)))
			break;
	}
	check_int((long long)txn.n_ops, 4000);
	check_int((long long)txn.n_lines, 4000);
	check(msg_hdr(&txn.msg)->nlmsg_len > 300000);
	span = msg_find(&txn.msg, off);
	check(span && span->line == 3999);
	ktap_test("4000 circuits in one message");
}

/* A circuit with N metadata entries */
static int run_metadata(int n)
{
	size_t room = 64 << 10, len;
	char *line = malloc(room);
	int ret, i;

	txn_free(&txn);
	txn_init(&txn);
	len = (size_t)snprintf(line, room, "circuit add acme");
	for (i = 0; i < n; i++)
		len += (size_t)snprintf(line + len, room - len,
					" metadata k=%016d", i);
	check(len < room);
	ret = run(line);
	free(line);
	return ret;
}

static void test_too_big(void)
{
	check_int(run_metadata(32), EXIT_OK);
	check_int(run_metadata(1800), EXIT_OK);
	check_int(run_metadata(2040), EXIT_USAGE);
	check(strstr(stderr_text, "too many words for one command"));
	ktap_test("a nest that is too big is refused");
}

int main(void)
{
	ktap_begin(10);
	test_port();
	test_circuit();
	test_leg();
	test_peering();
	test_short();
	test_usage();
	test_refuse_vrf();
	test_spans();
	test_many();
	test_too_big();
	txn_free(&txn);
	free(stderr_text);
	return ktap_end();
}
