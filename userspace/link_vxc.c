// SPDX-License-Identifier: GPL-2.0
/*
 * Plugin for ip(8): "ip link add NAME type vxc ..." and "ip -details link".
 *
 * ip loads link_KIND.so and looks for KIND_link_util in it. There is no header
 * for that; what is declared here is the same in every iproute2 since 2017.
 */
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <linux/vxc.h>

struct link_util {
	struct link_util *next;
	const char *id;
	int maxattr;
	int (*parse_opt)(struct link_util *lu, int argc, char **argv,
			 struct nlmsghdr *n);
	void (*print_opt)(struct link_util *lu, FILE *f, struct rtattr *tb[]);
	void (*print_xstats)(struct link_util *lu, FILE *f, struct rtattr *xs);
	void (*print_help)(struct link_util *lu, int argc, char **argv,
			   FILE *f);
	int (*parse_ifla_xstats)(struct link_util *lu, int argc, char **argv);
	int (*print_ifla_xstats)(struct nlmsghdr *n, void *arg);
};

enum output_type {
	PRINT_FP = 1,
	PRINT_JSON = 2,
	PRINT_ANY = 4,
};

#define COLOR_NONE	6	/* of ip's enum color_attr */
#define MSG_ROOM	1024	/* ip gives every plugin that much */

/* Exported by ip */
int addattr_l(struct nlmsghdr *n, int maxlen, int type, const void *data,
	      int alen);
int print_color_string(enum output_type type, int color, const char *key,
		       const char *fmt, const char *value);
int print_color_uint(enum output_type type, int color, const char *key,
		     const char *fmt, unsigned int value);

extern struct link_util vxc_link_util;

static const char *const roles[] = { "primary", "secondary" };

static void explain(FILE *f)
{
	fputs("Usage: ip link add NAME type vxc circuit CIRCUIT\n"
	      "		[ cvid VID ] [ leg primary|secondary ]\n"
	      "		[ pcp 0..7|priority ] [ dei 0|1 ]\n"
	      "\n"
	      "A peering of a circuit of vxc(8). Without cvid it takes untagged\n"
	      "frames, without leg it follows the circuit's active leg.\n", f);
}

static int bad(const char *key, const char *val, const char *what)
{
	if (val)
		fprintf(stderr, "Error: %s \"%s\": expected %s.\n", key, val,
			what);
	else
		fprintf(stderr, "Error: %s needs a value: %s.\n", key, what);
	return -1;
}

static int number(const char *val, unsigned long min, unsigned long max,
		  unsigned long *v)
{
	char *end;

	if (*val < '0' || *val > '9')
		return -1;
	*v = strtoul(val, &end, 10);
	return *end || *v < min || *v > max ? -1 : 0;
}

static int put_u8(struct nlmsghdr *n, int type, unsigned long v)
{
	unsigned char u8 = (unsigned char)v;

	return addattr_l(n, MSG_ROOM, type, &u8, sizeof(u8));
}

static int put_u32(struct nlmsghdr *n, int type, unsigned long v)
{
	unsigned int u32 = (unsigned int)v;

	return addattr_l(n, MSG_ROOM, type, &u32, sizeof(u32));
}

static int parse_circuit(const char *val, struct nlmsghdr *n)
{
	if (!val || !*val || strlen(val) > VXC_NAME_MAX)
		return bad("circuit", val, "the name of a circuit");
	return addattr_l(n, MSG_ROOM, IFLA_VXC_CIRCUIT, val,
			 (int)strlen(val) + 1);
}

static int parse_cvid(const char *val, struct nlmsghdr *n)
{
	unsigned short u16;
	unsigned long v;

	if (!val || number(val, 1, VXC_VID_MAX, &v))
		return bad("cvid", val, "a VLAN ID from 1 to 4094");
	u16 = (unsigned short)v;
	return addattr_l(n, MSG_ROOM, IFLA_VXC_CVID, &u16, sizeof(u16));
}

static int parse_leg(const char *val, struct nlmsghdr *n)
{
	unsigned int i;

	for (i = 0; val && i < 2; i++)
		if (!strcmp(val, roles[i]))
			return put_u32(n, IFLA_VXC_ROLE, i);
	return bad("leg", val, "primary or secondary");
}

static int parse_pcp(const char *val, struct nlmsghdr *n)
{
	unsigned long v;

	if (val && !strcmp(val, "priority"))
		return put_u32(n, IFLA_VXC_PCP_SOURCE,
			       VXC_PCP_SOURCE_PRIORITY);
	if (!val || number(val, 0, 7, &v))
		return bad("pcp", val, "a number from 0 to 7 or priority");
	return put_u8(n, IFLA_VXC_PCP, v);
}

static int parse_dei(const char *val, struct nlmsghdr *n)
{
	unsigned long v;

	if (!val || number(val, 0, 1, &v))
		return bad("dei", val, "0 or 1");
	return put_u8(n, IFLA_VXC_DEI, v);
}

static const struct {
	const char *name;
	int (*parse)(const char *val, struct nlmsghdr *n);
} options[] = {
	{ "circuit", parse_circuit },
	{ "cvid", parse_cvid },
	{ "leg", parse_leg },
	{ "pcp", parse_pcp },
	{ "dei", parse_dei },
};

#define N_OPTIONS	(sizeof(options) / sizeof(options[0]))

static int vxc_parse_opt(struct link_util *lu, int argc, char **argv,
			 struct nlmsghdr *n)
{
	unsigned int i, seen = 0;

	(void)lu;
	for (; argc > 0; argc -= 2, argv += 2) {
		for (i = 0; i < N_OPTIONS; i++)
			if (!strcmp(*argv, options[i].name))
				break;
		if (i == N_OPTIONS) {
			if (strcmp(*argv, "help"))
				fprintf(stderr,
					"Error: unknown keyword \"%s\".\n",
					*argv);
			explain(stderr);
			return -1;
		}
		if (seen & 1u << i) {
			fprintf(stderr, "Error: %s is given twice.\n", *argv);
			return -1;
		}
		seen |= 1u << i;
		if (options[i].parse(argc > 1 ? argv[1] : NULL, n))
			return -1;
	}
	return 0;
}

static unsigned int get_uint(const struct rtattr *rta)
{
	unsigned short u16;
	unsigned int u32;

	switch (RTA_PAYLOAD(rta)) {
	case sizeof(unsigned char):
		return *(const unsigned char *)RTA_DATA(rta);
	case sizeof(u16):
		memcpy(&u16, RTA_DATA(rta), sizeof(u16));
		return u16;
	case sizeof(u32):
		memcpy(&u32, RTA_DATA(rta), sizeof(u32));
		return u32;
	}
	return 0;
}

static void show_uint(const char *key, const char *fmt,
		      const struct rtattr *rta)
{
	if (rta)
		print_color_uint(PRINT_ANY, COLOR_NONE, key, fmt,
				 get_uint(rta));
}

static void vxc_print_opt(struct link_util *lu, FILE *f, struct rtattr *tb[])
{
	const struct rtattr *role;

	(void)lu;
	(void)f;
	if (!tb)
		return;
	role = tb[IFLA_VXC_ROLE];
	if (tb[IFLA_VXC_CIRCUIT])
		print_color_string(PRINT_ANY, COLOR_NONE, "circuit",
				   "circuit %s ",
				   RTA_DATA(tb[IFLA_VXC_CIRCUIT]));
	show_uint("circuit_id", "id %u ", tb[IFLA_VXC_CIRCUIT_ID]);
	show_uint("cvid", "cvid %u ", tb[IFLA_VXC_CVID]);
	if (role && get_uint(role) < 2)
		print_color_string(PRINT_ANY, COLOR_NONE, "role", "leg %s ",
				   roles[get_uint(role)]);
	if (tb[IFLA_VXC_PCP_SOURCE] &&
	    get_uint(tb[IFLA_VXC_PCP_SOURCE]) == VXC_PCP_SOURCE_PRIORITY)
		print_color_string(PRINT_ANY, COLOR_NONE, "pcp_source",
				   "pcp %s ", "priority");
	else
		show_uint("pcp", "pcp %u ", tb[IFLA_VXC_PCP]);
	show_uint("dei", "dei %u ", tb[IFLA_VXC_DEI]);
}

static void vxc_print_help(struct link_util *lu, int argc, char **argv,
			   FILE *f)
{
	(void)lu;
	(void)argc;
	(void)argv;
	explain(f);
}

struct link_util vxc_link_util = {
	.id = "vxc",
	.maxattr = IFLA_VXC_MAX,
	.parse_opt = vxc_parse_opt,
	.print_opt = vxc_print_opt,
	.print_help = vxc_print_help,
};
