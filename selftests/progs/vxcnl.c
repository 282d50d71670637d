// SPDX-License-Identifier: GPL-2.0
/* Messages to vxc that its command does not send, and many of them. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <linux/vxc.h>

#include "genl.h"

#define FAIL_NTH	"/proc/thread-self/fail-nth"
#define FAIL_MAX	3000
#define MANY		500

static struct genl genl;

static int usage(void)
{
	fputs("usage: vxcnl apply OPS\n"
	      "       vxcnl cycle COUNT OPS UNDO\n"
	      "       vxcnl dump port|circuit|peering|reach|pair|envelope [COUNT]\n"
	      "       vxcnl state|flush\n"
	      "       vxcnl many COUNT\n"
	      "       vxcnl failnth OPS UNDO [STEP [START]]\n"
	      "OPS: add|set|del OBJECT [ATTR=VALUE|FLAG|NEST { ... }]... [; ...]\n",
	      stderr);
	return 2;
}

static struct nlmsghdr *message(const char *ops)
{
	void *buf = calloc(1, GENL_BUF);
	struct nlmsghdr *nlh;

	nlh = buf ? genl_begin(&genl, buf, VXC_CMD_APPLY, 0) : NULL;
	if (!nlh || !genl_ops(nlh, ops)) {
		fprintf(stderr, "not understood: %s\n", ops);
		exit(1);
	}
	return nlh;
}

/* Exit status 2 and the reason on one line, as the command has it. */
static int apply(const char *ops)
{
	struct nlmsghdr *nlh = message(ops);
	struct verdict v;

	genl_apply(&genl, nlh, &v);
	if (!v.error) {
		printf("ok\n");
		return 0;
	}
	printf("%s at %s: %s\n", strerrorname_np(v.error),
	       genl_path(nlh, v.offset), v.text);
	return 2;
}

static int cycle(unsigned long count, const char *ops, const char *undo)
{
	struct nlmsghdr *make = message(ops), *unmake = message(undo);
	struct verdict v;
	unsigned long i;

	for (i = 0; i < count; i++) {
		genl_apply(&genl, make, &v);
		if (!v.error)
			genl_apply(&genl, unmake, &v);
		if (v.error) {
			printf("cycle %lu: %s: %s\n", i, strerror(v.error),
			       v.text);
			return 2;
		}
	}
	printf("%lu cycles\n", count);
	return 0;
}

static int dump(const char *object, unsigned long count)
{
	unsigned int objects = 0;
	uint8_t cmd;
	bool intr = false;
	int rc;

	if (!strcmp(object, "port"))
		cmd = VXC_CMD_PORT_GET;
	else if (!strcmp(object, "circuit"))
		cmd = VXC_CMD_CIRCUIT_GET;
	else if (!strcmp(object, "reach"))
		cmd = VXC_CMD_REACH_GET;
	else if (!strcmp(object, "pair"))
		cmd = VXC_CMD_PAIR_GET;
	else if (!strcmp(object, "envelope"))
		cmd = VXC_CMD_ENVELOPE_GET;
	else
		cmd = VXC_CMD_PEERING_GET;
	while (count--) {
		rc = genl_dump(&genl, cmd, NULL, &objects, &intr);
		if (rc && rc != EINTR) {
			printf("%s\n", strerror(rc));
			return 2;
		}
	}
	printf("%u%s\n", objects, intr ? " interrupted" : "");
	return 0;
}

struct doomed {
	struct nlmsghdr *nlh;
	unsigned int count;
};

static void doom_circuit(const struct nlattr *object, void *arg)
{
	struct nlmsghdr *nlh = ((struct doomed *)arg)->nlh;
	struct nlattr *op, *nest, *a;

	if (nlh->nlmsg_len > GENL_LARGE - 4096)
		return;
	op = mnl_attr_nest_start(nlh, VXC_A_MSG_OP);
	mnl_attr_put_u32(nlh, VXC_A_OP_ACTION, VXC_ACTION_DEL);
	nest = mnl_attr_nest_start(nlh, VXC_A_OP_CIRCUIT);
	mnl_attr_for_each_nested(a, object)
		if (mnl_attr_get_type(a) == VXC_A_CIRCUIT_ID)
			mnl_attr_put_u32(nlh, VXC_A_CIRCUIT_ID,
					 mnl_attr_get_u32(a));
	mnl_attr_put(nlh, VXC_A_CIRCUIT_FORCE, 0, NULL);
	mnl_attr_nest_end(nlh, nest);
	mnl_attr_nest_end(nlh, op);
	((struct doomed *)arg)->count++;
}

static void doom_name(const struct nlattr *object, void *arg, uint16_t kind,
		      uint16_t name)
{
	struct nlmsghdr *nlh = ((struct doomed *)arg)->nlh;
	struct nlattr *op, *nest, *a;

	if (nlh->nlmsg_len > GENL_LARGE - 4096)
		return;
	op = mnl_attr_nest_start(nlh, VXC_A_MSG_OP);
	mnl_attr_put_u32(nlh, VXC_A_OP_ACTION, VXC_ACTION_DEL);
	nest = mnl_attr_nest_start(nlh, kind);
	mnl_attr_for_each_nested(a, object)
		if (mnl_attr_get_type(a) == name)
			mnl_attr_put_strz(nlh, name, mnl_attr_get_str(a));
	mnl_attr_nest_end(nlh, nest);
	mnl_attr_nest_end(nlh, op);
	((struct doomed *)arg)->count++;
}

static void doom_port(const struct nlattr *object, void *arg)
{
	doom_name(object, arg, VXC_A_OP_PORT, VXC_A_PORT_NAME);
}

static void doom_envelope(const struct nlattr *object, void *arg)
{
	doom_name(object, arg, VXC_A_OP_ENVELOPE, VXC_A_ENVELOPE_NAME);
}

/* Delete everything of one kind, in as few transactions as messages allow. */
static int flush_kind(uint8_t cmd, genl_object_fn *doom)
{
	struct doomed doomed;
	struct verdict v = { 0 };
	void *buf;

	do {
		buf = calloc(1, GENL_LARGE);
		if (!buf)
			return 1;
		doomed.nlh = genl_begin(&genl, buf, VXC_CMD_APPLY, 0);
		doomed.count = 0;
		genl_each(&genl, cmd, doom, &doomed);
		if (doomed.count)
			genl_apply(&genl, doomed.nlh, &v);
		free(buf);
	} while (doomed.count && !v.error);
	if (v.error)
		printf("%s: %s\n", strerrorname_np(v.error), v.text);
	return v.error ? 2 : 0;
}

static int flush(void)
{
	int rc = flush_kind(VXC_CMD_CIRCUIT_GET, doom_circuit);

	if (!rc)
		rc = flush_kind(VXC_CMD_ENVELOPE_GET, doom_envelope);
	return rc ? rc : flush_kind(VXC_CMD_PORT_GET, doom_port);
}

/* Circuits n0, n1 and so on, many of them in a message. */
static int many(unsigned int count)
{
	char *ops = malloc(MANY * 64);
	unsigned int i = 0, n;
	struct nlmsghdr *nlh;
	struct verdict v;
	char *p;

	while (ops && i < count) {
		p = ops;
		for (n = 0; n < MANY && i < count; n++, i++)
			p += sprintf(p, "add circuit name=n%u ; ", i);
		nlh = message(ops);
		genl_apply(&genl, nlh, &v);
		free(nlh);
		if (v.error) {
			printf("%s: %s\n", strerrorname_np(v.error), v.text);
			return 2;
		}
	}
	free(ops);
	return 0;
}

static uint64_t state(void)
{
	uint64_t hash;

	if (!genl_state(&genl, &hash)) {
		printf("cannot read the state: %m\n");
		exit(1);
	}
	return hash;
}

/* Send with the n-th allocation failing. False: there were not so many. */
static bool send_failing(struct nlmsghdr *nlh, unsigned int n,
			 struct verdict *v)
{
	char text[16] = "";
	int fd, len;

	fd = open(FAIL_NTH, O_RDWR);
	if (fd < 0) {
		printf("%s: %m\n", FAIL_NTH);
		exit(4);
	}
	nlh->nlmsg_flags |= NLM_F_ACK;
	len = snprintf(text, sizeof(text), "%u", n);
	if (write(fd, text, len) != len)
		exit(4);
	memset(v, 0, sizeof(*v));
	v->error = genl_send(&genl, nlh);
	len = pread(fd, text, sizeof(text) - 1, 0);
	text[len > 0 ? len : 0] = 0;
	if (write(fd, "0", 1) != 1)
		exit(4);
	close(fd);
	if (!v->error)
		genl_answer(&genl, v);
	return atoi(text) == 0;
}

/* A lost answer leaves one socket behind the kernel; take a new one. */
static void renew(void)
{
	genl_close(&genl);
	if (!genl_open(&genl))
		exit(1);
}

static bool failnth_step(struct nlmsghdr *make, struct nlmsghdr *unmake,
			 unsigned int n, bool *injected)
{
	uint64_t before = state();
	struct verdict v, u;
	bool unknown;

	*injected = send_failing(make, n, &v);
	unknown = v.error == ETIME || v.error == ENOBUFS;
	if (unknown)
		renew();
	if (!v.error || unknown) {
		genl_apply(&genl, unmake, &u);
		if (u.error && !unknown) {
			printf("%u: undo: %s: %s\n", n, strerror(u.error),
			       u.text);
			return false;
		}
	}
	if (v.error && !unknown && v.error != ENOMEM)
		printf("# %u: %s: %s\n", n, strerror(v.error), v.text);
	if (state() == before)
		return true;
	printf("%u: %s, and the state differs from before\n", n,
	       v.error ? strerror(v.error) : "success and undo");
	return false;
}

static int failnth(const char *ops, const char *undo, unsigned int step,
		   unsigned int start)
{
	struct nlmsghdr *make = message(ops), *unmake = message(undo);
	unsigned int n, failed = 0;
	bool injected = true;

	for (n = start; n < FAIL_MAX && injected; n += step, failed++) {
		if (!failnth_step(make, unmake, n, &injected))
			return 2;
	}
	if (injected) {
		printf("never came to an end\n");
		return 2;
	}
	printf("%u allocations failed\n", failed - 1);
	return failed > 1 ? 0 : 2;
}

int main(int argc, char **argv)
{
	if (argc < 2)
		return usage();
	if (!genl_open(&genl)) {
		fprintf(stderr, "no vxc family: %m\n");
		return 1;
	}
	if (!strcmp(argv[1], "apply") && argc == 3)
		return apply(argv[2]);
	if (!strcmp(argv[1], "cycle") && argc == 5)
		return cycle(strtoul(argv[2], NULL, 0), argv[3], argv[4]);
	if (!strcmp(argv[1], "dump") && argc >= 3)
		return dump(argv[2], argc > 3 ? strtoul(argv[3], NULL, 0) : 1);
	if (!strcmp(argv[1], "failnth") && argc >= 4)
		return failnth(argv[2], argv[3],
			       argc > 4 ? strtoul(argv[4], NULL, 0) : 1,
			       argc > 5 ? strtoul(argv[5], NULL, 0) : 1);
	if (!strcmp(argv[1], "many") && argc == 3)
		return many(strtoul(argv[2], NULL, 0));
	if (!strcmp(argv[1], "flush") && argc == 2)
		return flush();
	if (!strcmp(argv[1], "state") && argc == 2) {
		printf("%016llx\n", (unsigned long long)state());
		return 0;
	}
	return usage();
}
