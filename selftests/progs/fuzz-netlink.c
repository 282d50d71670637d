// SPDX-License-Identifier: GPL-2.0
/* Transactions of any content, well-formed and not, by the family's grammar;
 * the same ones for the same seed.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <linux/vxc.h>

#include "frame.h"
#include "genl.h"
#include "grammar.h"

#define NAMES		6
#define ERRORS		134

static struct genl genl;
static uint64_t seed;
static unsigned long errors[ERRORS];

static uint32_t pick(uint32_t n)
{
	return frame_random(&seed) % n;
}

static void put_junk(struct nlmsghdr *nlh, uint16_t id)
{
	unsigned char junk[300];
	unsigned int i, len = pick(8) ? pick(20) : pick(sizeof(junk));

	for (i = 0; i < len; i++)
		junk[i] = pick(4) ? 'a' + pick(26) : pick(256);
	mnl_attr_put(nlh, id, len, junk);
}

/* Mostly names that exist or soon will. */
static void put_name(struct nlmsghdr *nlh, const struct attr_set *set,
		     const struct attr *attr)
{
	bool port = !strcmp(set->name, "port") || !strcmp(attr->name, "port");
	bool peering = !strcmp(set->name, "peering") &&
		       !strcmp(attr->name, "name");
	bool class = !strcmp(set->name, "class") &&
		     !strcmp(attr->name, "name");
	bool group = !strcmp(attr->name, "group");
	bool envelope = !strcmp(attr->name, "envelope") ||
			(!strcmp(set->name, "envelope") &&
			 !strcmp(attr->name, "name"));
	char name[16];

	if (!pick(40)) {
		put_junk(nlh, attr->id);
		return;
	}
	snprintf(name, sizeof(name), "%c%u", port ? 'p' : peering ? 'd' :
		 class ? 'k' : group ? 'g' : envelope ? 'e' : 'c',
		 pick(NAMES));
	mnl_attr_put_strz(nlh, attr->id, name);
}

/* Rates, and sets of a few DSCPs. */
static uint64_t qos_number(const char *name)
{
	if (strstr(name, "dscp"))
		return (uint64_t)pick(8) << pick(62);
	return pick(4) ? 1000 * (uint64_t)(1 + pick(1u << pick(20))) : 0;
}

/* Intervals and times of OAM and protection, mostly allowed. */
static bool time_number(const char *name, uint64_t *number)
{
	static const uint32_t ccms[] = { 0, 3333, 10000, 100000, 1000000 };

	if (!strcmp(name, "ccm"))
		*number = ccms[pick(5)];
	else if (!strcmp(name, "dm") || !strcmp(name, "sl"))
		*number = pick(3) ? 10 + pick(90) : 0;
	else if (!strcmp(name, "ais"))
		*number = pick(3) ? pick(2) * 1000 : 60000;
	else if (!strcmp(name, "ais-level"))
		*number = pick(8);
	else if (!strcmp(name, "hold-off"))
		*number = 100 * pick(4);
	else if (!strcmp(name, "drill"))
		*number = pick(3) * pick(1000);
	else if (!strcmp(name, "announce-interval"))
		*number = 10 + pick(400);
	else if (!strcmp(name, "wtr"))
		*number = pick(3) ? pick(50) : pick(800000);
	else
		return false;
	return true;
}

static uint64_t random_number(const struct attr *attr)
{
	static const uint32_t vids[] = { 1, 2, 10, 20, 30, 100, 200, 300,
					 4094, 4095, 0 };
	static const uint32_t tpids[] = { 0x8100, 0x88a8, 0x9100 };
	static const uint64_t edges[] = { 0, 1, 127, 128, 255, 256, 1500,
					  65535, 65536, 0x7fffffff, 0x80000000,
					  0xffffffff, ~0ull };
	uint64_t number;

	if (!pick(40))
		return edges[pick(13)];
	if (!strcmp(attr->name, "tpid"))
		return tpids[pick(3)];
	if (attr->type == A_U16)
		return vids[pick(pick(8) ? 9 : 11)];
	if (!strcmp(attr->name, "mtu"))
		return 1200 + pick(400);
	if (!strcmp(attr->name, "start") || !strcmp(attr->name, "until"))
		return pick(3) ? 0 : time(NULL) - 2 + pick(5);
	if (time_number(attr->name, &number))
		return number;
	if (attr->type == A_U64)
		return qos_number(attr->name);
	if (!strcmp(attr->name, "cbs") || !strcmp(attr->name, "ebs") ||
	    !strcmp(attr->name, "burst"))
		return pick(3) * (1500 + pick(100000));
	if (!strcmp(attr->name, "burst-for"))
		return 1 + pick(100);
	if (!strcmp(attr->name, "from-pcp"))
		return pick(2) << pick(8);
	return pick(pick(4) ? 2 : 5);
}

static void put_number(struct nlmsghdr *nlh, const struct attr *attr)
{
	uint64_t number = random_number(attr);

	if (attr->type == A_U8)
		mnl_attr_put_u8(nlh, attr->id, number);
	else if (attr->type == A_U16)
		mnl_attr_put_u16(nlh, attr->id, number);
	else if (attr->type == A_U32)
		mnl_attr_put_u32(nlh, attr->id, number);
	else
		mnl_attr_put_u64(nlh, attr->id, number);
}

static bool has_room(const struct nlmsghdr *nlh)
{
	return nlh->nlmsg_len < GENL_BUF - 4096;
}

static void put_set(struct nlmsghdr *nlh, const struct attr_set *set,
		    unsigned int one_in);

static void put_attr(struct nlmsghdr *nlh, const struct attr_set *set,
		     const struct attr *attr)
{
	struct nlattr *nest;

	if (!pick(60)) {
		put_junk(nlh, attr->id);
		return;
	}
	switch (attr->type) {
	case A_STRING:
		put_name(nlh, set, attr);
		return;
	case A_BINARY:
		mnl_attr_put(nlh, attr->id, pick(10) ? *attr->name == 'k' ? 16 :
			     6 : pick(40), "\2abcdefghijklmnopqrstuvwxyz0123456789");
		return;
	case A_FLAG:
		mnl_attr_put(nlh, attr->id, pick(20) ? 0 : 4, "flag");
		return;
	case A_NEST:
		nest = mnl_attr_nest_start(nlh, attr->id);
		if (pick(30))
			put_set(nlh, attr->nest, 3);
		mnl_attr_nest_end(nlh, nest);
		return;
	default:
		put_number(nlh, attr);
	}
}

/* Attributes that are read only come rarely, names come mostly. */
static void put_set(struct nlmsghdr *nlh, const struct attr_set *set,
		    unsigned int one_in)
{
	const struct attr *attr;
	unsigned int i;

	for (i = 0; i < set->count && has_room(nlh); i++) {
		attr = &set->attrs[i];
		if (attr->read_only && pick(60))
			continue;
		if (attr->type == A_STRING ? !pick(6) : pick(one_in))
			continue;
		put_attr(nlh, set, attr);
		if (!pick(100) || (!strcmp(set->name, "reach") && pick(2)))
			put_attr(nlh, set, attr);
	}
}

static void put_op(struct nlmsghdr *nlh)
{
	struct nlattr *op, *object;
	const struct attr *attr;

	op = mnl_attr_nest_start(nlh, VXC_A_MSG_OP);
	if (pick(50))
		mnl_attr_put_u32(nlh, VXC_A_OP_ACTION,
				 pick(50) ? VXC_ACTION_ADD + pick(3) : pick(9));
	attr = &set_op.attrs[1 + pick(set_op.count - 1)];
	object = mnl_attr_nest_start(nlh, attr->id);
	put_set(nlh, attr->nest, 3 + pick(6));
	mnl_attr_nest_end(nlh, object);
	if (!pick(100))
		put_attr(nlh, &set_op, attr);
	mnl_attr_nest_end(nlh, op);
}

/* Break the message behind its headers, and sometimes its length. */
static void mutate(struct nlmsghdr *nlh)
{
	unsigned char *bytes = (unsigned char *)nlh;
	unsigned int n = 1 + pick(8), head = MNL_NLMSG_HDRLEN + 4;

	if (nlh->nlmsg_len <= head)
		return;
	while (n--)
		bytes[head + pick(nlh->nlmsg_len - head)] ^= 1 << pick(8);
	if (!pick(4))
		nlh->nlmsg_len = head + pick(nlh->nlmsg_len - head);
}

static void one_message(void *buf)
{
	static const uint8_t cmds[] = { VXC_CMD_PORT_GET, VXC_CMD_CIRCUIT_GET,
					VXC_CMD_PEERING_GET, VXC_CMD_EVENT,
					VXC_CMD_REACH_GET, VXC_CMD_PAIR_GET,
					VXC_CMD_SLA_GET, VXC_CMD_OAM_ASK,
					VXC_CMD_ENVELOPE_GET,
					0, 200 };
	unsigned int ops = 1 + (pick(3) ? 0 : pick(6));
	struct nlmsghdr *nlh;
	struct verdict v;

	memset(buf, 0, GENL_BUF);
	if (pick(10)) {
		nlh = genl_begin(&genl, buf, VXC_CMD_APPLY, 0);
		while (ops--)
			put_op(nlh);
	} else {
		nlh = genl_begin(&genl, buf, cmds[pick(sizeof(cmds))], 0);
		put_set(nlh, &set_msg, 2);
	}
	if (!pick(4))
		mutate(nlh);
	genl_apply(&genl, nlh, &v);
	errors[v.error > 0 && v.error < ERRORS ? v.error : 0]++;
	if (v.error == ETIME)
		printf("no answer\n");
}

static void make(void *buf, const char *format, unsigned int n)
{
	struct nlmsghdr *nlh;
	struct verdict v;
	char ops[256];

	memset(buf, 0, GENL_BUF);
	snprintf(ops, sizeof(ops), format, n, n % 2, 100 + n, (n + 1) % 2,
		 200 + n);
	nlh = genl_begin(&genl, buf, VXC_CMD_APPLY, 0);
	if (genl_ops(nlh, ops))
		genl_apply(&genl, nlh, &v);
}

/* Something for the others to refer to. */
static void furnish(void *buf)
{
	static const char * const furniture[] = {
		"add circuit name=c%u leg { port=p%u svid=%u } "
			"leg { port=p%u svid=%u }",
		"add peering name=d%1$u circuit=c%1$u cvid=10",
		"add reach group=g%2$u circuit=c%1$u",
		"add leg circuit=c%1$u end=1 port=p%4$u svid=%3$u",
		"add class circuit=c%1$u name=k%2$u dscp=%3$u",
		"add envelope name=e%2$u cir=%5$u00000",
		"set circuit name=c%1$u envelope=e%2$u bandwidth=1000000 "
			"cir=%3$u00",
		"set circuit name=c%1$u mep { ccm=3333 }",
		"add port name=p%2$u",
	};
	unsigned int i, n = pick(NAMES);

	for (i = 0; i < sizeof(furniture) / sizeof(*furniture); i++)
		if (i < 2 || pick(3))
			make(buf, furniture[i], n);
}

int main(int argc, char **argv)
{
	void *buf = malloc(GENL_BUF);
	unsigned long count, i;
	unsigned int objects;

	if (argc != 3 || !buf) {
		fprintf(stderr, "usage: fuzz-netlink SEED COUNT\n");
		return 2;
	}
	if (!genl_open(&genl)) {
		fprintf(stderr, "no vxc family: %m\n");
		free(buf);
		return 1;
	}
	seed = strtoull(argv[1], NULL, 0) | 1;
	count = strtoul(argv[2], NULL, 0);
	for (i = 0; i < count; i++) {
		if (i % 40 == 0)
			furnish(buf);
		one_message(buf);
		if (i % 100 == 0) {
			genl_dump(&genl, VXC_CMD_CIRCUIT_GET, NULL, &objects,
				  NULL);
			genl_dump(&genl, VXC_CMD_REACH_GET, NULL, &objects,
				  NULL);
			genl_dump(&genl, VXC_CMD_PAIR_GET, NULL, &objects,
				  NULL);
			genl_dump(&genl, VXC_CMD_ENVELOPE_GET, NULL, &objects,
				  NULL);
		}
	}
	printf("seed %s messages %lu accepted %lu", argv[1], count, errors[0]);
	for (i = 1; i < ERRORS; i++) {
		if (errors[i])
			printf(" %s %lu", strerror(i), errors[i]);
	}
	printf("\n");
	return errors[ETIME] ? 1 : 0;
}
