// SPDX-License-Identifier: GPL-2.0
/* vxc peering */
#include <errno.h>
#include <linux/if.h>
#include <stdio.h>
#include <string.h>

#include "cmd.h"
#include "nl.h"
#include "noun.h"
#include "vxc.h"

/* <net/if.h> and <linux/if.h> cannot be had together. */
unsigned int if_nametoindex(const char *name);
char *if_indextoname(unsigned int ifindex, char *name);

static int put_cvid(struct cmd *c, const struct key *key, struct at at,
		    const char *val);
static int put_leg(struct cmd *c, const struct key *key, struct at at,
		   const char *val);
static int put_new_name(struct cmd *c, const struct key *key, struct at at,
			const char *val);
static int put_lladdr(struct cmd *c, const struct key *key, struct at at,
		      const char *val);
static int put_master(struct cmd *c, const struct key *key, struct at at,
		      const char *val);
static int put_pcp(struct cmd *c, const struct key *key, struct at at,
		   const char *val);
static int put_vrf(struct cmd *c, const struct key *key, struct at at,
		   const char *val);
static int put_address(struct cmd *c, const struct key *key, struct at at,
		       const char *val);
static int put_down(struct cmd *c, const struct key *key, struct at at,
		    const char *val);
static int put_circuit(struct cmd *c, const struct key *key, struct at at,
		       const char *val);

#define PEERING_KEYS							\
	{								\
		.name = "mtu", .value = "BYTES",			\
		.put = put_u32, .attr = VXC_A_PEERING_MTU,		\
		.min = 1, .max = UINT32_MAX,				\
	}, {								\
		.name = "mac", .value = "LLADDR",			\
		.put = put_lladdr, .attr = VXC_A_PEERING_ADDRESS,	\
	}, {								\
		.name = "pcp", .value = "0..7|priority",		\
		.put = put_pcp, .attr = VXC_A_PEERING_PCP,		\
		.max = 7,						\
	}, {								\
		.name = "dei", .value = "0|1",				\
		.put = put_u8, .attr = VXC_A_PEERING_DEI,		\
		.max = 1,						\
	}, {								\
		.name = "urpf", .value = "off|strict",			\
		.put = put_enum, .attr = VXC_A_PEERING_URPF,		\
		.names = &names_urpf,					\
	}, KEY_OAM(VXC_A_PEERING_MEP)

static const struct key add_keys[] = {
	{
		.name = "circuit", .value = "NAME",
		.put = put_circuit, .attr = VXC_A_PEERING_CIRCUIT,
		.complete = COMPLETE_CIRCUIT, .flags = KEY_NEED,
	}, {
		.name = "cvid", .value = "VID",
		.put = put_vid, .attr = VXC_A_PEERING_CVID,
	}, {
		.name = "leg", .value = "primary|secondary",
		.put = put_enum, .attr = VXC_A_PEERING_ROLE,
		.names = &names_role,
	}, {
		.name = "vrf", .value = "VRF",
		.put = put_vrf, .attr = VXC_A_PEERING_VRF,
		.complete = COMPLETE_VRF,
	}, {
		.name = "address", .value = "ADDRESS/LENGTH",
		.put = put_address, .flags = KEY_MULTI,
	}, PEERING_KEYS, {
		.name = "down",
		.put = put_down,
	}, { }
};

static const struct key set_keys[] = {
	{
		.name = "name", .value = "NEW-NAME",
		.put = put_new_name,
	}, {
		.name = "cvid", .value = "VID|untagged",
		.put = put_cvid, .attr = VXC_A_PEERING_CVID,
	}, {
		.name = "leg", .value = "primary|secondary|protected",
		.put = put_leg, .attr = VXC_A_PEERING_ROLE,
		.names = &names_role,
	}, {
		.name = "vrf", .value = "VRF|none",
		.put = put_master, .complete = COMPLETE_VRF,
	}, PEERING_KEYS, { }
};

static const struct key list_keys[] = {
	{
		.name = "circuit", .value = "NAME",
		.put = put_circuit, .complete = COMPLETE_CIRCUIT,
	}, { }
};

static const struct key no_keys[] = { { } };

static int put_circuit(struct cmd *c, const struct key *key, struct at at,
		       const char *val)
{
	if (key->attr)
		return put_name(c, key->attr, at, val, VXC_NAME_MAX);
	*(const char **)c->priv = val;
	return EXIT_OK;
}

static int put_cvid(struct cmd *c, const struct key *key, struct at at,
		    const char *val)
{
	if (strcmp(val, "untagged"))
		return put_vid(c, key, at, val);
	msg_put_flag(&c->txn->msg, VXC_A_PEERING_UNTAGGED, at);
	return EXIT_OK;
}

static int put_pcp(struct cmd *c, const struct key *key, struct at at,
		   const char *val)
{
	bool priority = !strcmp(val, "priority");

	msg_put_u32(&c->txn->msg, VXC_A_PEERING_PCP_SOURCE, priority ?
		    VXC_PCP_SOURCE_PRIORITY : VXC_PCP_SOURCE_FIXED, at);
	return priority ? EXIT_OK : put_u8(c, key, at, val);
}

static int find_vrf(struct cmd *c, struct at at, const char *val,
		    unsigned int *ifindex)
{
	*ifindex = if_nametoindex(val);
	if (*ifindex)
		return EXIT_OK;
	cmd_bad(c, at, "there is no VRF \"%s\"; to make one: ip link add %s type vrf table TABLE && ip link set %s up",
		val, val, val);
	return EXIT_KERNEL;
}

static int put_vrf(struct cmd *c, const struct key *key, struct at at,
		   const char *val)
{
	struct txn_link *link = c->priv;
	int ret;

	ret = find_vrf(c, at, val, &link->vrf);
	if (!ret)
		msg_put_u32(&c->txn->msg, key->attr, link->vrf, at);
	return ret;
}

/* A device that is there gets its VRF, address and name from rtnetlink. */
static int put_master(struct cmd *c, const struct key *key, struct at at,
		      const char *val)
{
	struct txn_link *link = c->priv;
	int ret = EXIT_OK;

	(void)key;
	link->change.master = 0;
	if (strcmp(val, "none"))
		ret = find_vrf(c, at, val, &link->change.master);
	link->vrf = link->change.master;
	link->change.has_master = true;
	link->changes = true;
	link->at = at;
	return ret;
}

static int put_lladdr(struct cmd *c, const struct key *key, struct at at,
		      const char *val)
{
	struct txn_link *link = c->priv;
	const char *what;

	if (link->is_new)
		return put_mac(c, key, at, val);
	what = parse_mac(val, link->change.mac);
	if (what)
		return cmd_bad(c, at, "\"%s\": expected %s", val, what);
	link->change.has_mac = true;
	link->changes = true;
	link->at = at;
	return EXIT_OK;
}

static int put_address(struct cmd *c, const struct key *key, struct at at,
		       const char *val)
{
	struct txn_link *link = c->priv;
	struct prefix prefix;
	const char *what;

	(void)key;
	what = parse_prefix(val, &prefix);
	if (what)
		return cmd_bad(c, at, "\"%s\": expected %s", val, what);
	txn_add_addr(link, &prefix, at);
	return EXIT_OK;
}

static int put_down(struct cmd *c, const struct key *key, struct at at,
		    const char *val)
{
	struct txn_link *link = c->priv;

	(void)key;
	(void)at;
	(void)val;
	link->down = true;
	return EXIT_OK;
}

static int peering_add(struct cmd *c)
{
	struct txn_link *link;
	const char *name;
	struct at at;
	struct op op;
	int ret;

	ret = cmd_name(c, &at, &name);
	if (ret)
		return ret;
	op_begin(c, &op, VXC_ACTION_ADD, VXC_A_OP_PEERING, at);
	ret = put_name(c, VXC_A_PEERING_NAME, at, name, PORT_NAME_SIZE - 1);
	if (ret)
		return ret;
	link = txn_add_link(c->txn, name, at);
	link->is_new = true;
	c->priv = link;
	ret = cmd_keys(c);
	if (ret)
		return ret;
	if (!link->down)
		msg_put_flag(&c->txn->msg, VXC_A_PEERING_UP, at);
	return op_end(c, &op);
}

static int put_new_name(struct cmd *c, const struct key *key, struct at at,
			const char *val)
{
	struct txn_link *link = c->priv;
	const char *what;

	(void)key;
	what = parse_ifname(val, strlen(val), link->change.name);
	if (what)
		return cmd_bad(c, at, "\"%s\": expected %s", val, what);
	link->changes = true;
	link->at = at;
	return EXIT_OK;
}

static int put_leg(struct cmd *c, const struct key *key, struct at at,
		   const char *val)
{
	if (strcmp(val, "protected"))
		return put_enum(c, key, at, val);
	msg_put_flag(&c->txn->msg, VXC_A_PEERING_PROTECTED, at);
	return EXIT_OK;
}

static int peering_set(struct cmd *c)
{
	const char *name;
	struct at at;
	struct op op;
	int ret;

	ret = cmd_name(c, &at, &name);
	if (ret)
		return ret;
	op_begin(c, &op, VXC_ACTION_SET, VXC_A_OP_PEERING, at);
	ret = put_name(c, VXC_A_PEERING_NAME, at, name, PORT_NAME_SIZE - 1);
	if (ret)
		return ret;
	c->priv = txn_add_link(c->txn, name, at);
	ret = cmd_keys(c);
	return ret ? ret : op_end(c, &op);
}

static int peering_del(struct cmd *c)
{
	const char *name;
	struct at at;
	struct op op;
	int ret;

	ret = cmd_name(c, &at, &name);
	if (ret)
		return ret;
	op_begin(c, &op, VXC_ACTION_DEL, VXC_A_OP_PEERING, at);
	ret = put_name(c, VXC_A_PEERING_NAME, at, name, PORT_NAME_SIZE - 1);
	if (!ret)
		ret = cmd_end(c);
	return ret ? ret : op_end(c, &op);
}

/* The VRF, by its name if the device is where we are. */
static void vrf_print(attr_tb *tb)
{
	uint32_t ifindex = attr_u32(tb[VXC_A_PEERING_VRF]);
	char name[IFNAMSIZ];

	if (!ifindex) {
		out_null("vrf");
		return;
	}
	if (tb[VXC_A_PEERING_NETNSID] || !if_indextoname(ifindex, name))
		snprintf(name, sizeof(name), "if%u", ifindex);
	out_str(OUT_TEXT, "vrf", "vrf", name);
	out_uint(OUT_MORE, "vrf_ifindex", "vrf-ifindex", ifindex);
}

/* What the operator did to the device with ip(8) */
static void device_print(attr_tb *tb, const struct devices *devices)
{
	const struct device *d = NULL;
	char addr[64];
	size_t i;

	if (tb[VXC_A_PEERING_NETNSID])
		out_uint(OUT_TEXT, "netnsid", "netnsid",
			 attr_uint(tb[VXC_A_PEERING_NETNSID]));
	else if (devices)
		d = rtnl_find(devices,
			      (int)attr_u32(tb[VXC_A_PEERING_IFINDEX]));
	if (!d)
		return;
	out_name(d->up ? OUT_MORE : OUT_TEXT, "device", "device",
		 &names_admin, d->up);
	out_name(OUT_MORE, "operstate", "operstate", &names_operstate,
		 d->operstate);
	out_open_list("addresses");
	for (i = 0; i < d->n_addrs; i++) {
		format_prefix(&d->addrs[i], addr, sizeof(addr));
		out_str(OUT_TEXT, NULL, "address", addr);
	}
	out_close_list();
}

static void config_print(attr_tb *tb)
{
	const uint8_t *mac;
	char buf[24];

	if (tb[VXC_A_PEERING_PCP_SOURCE])
		out_name(OUT_MORE, "pcp_source", "pcp-source",
			 &names_pcp_source,
			 attr_u32(tb[VXC_A_PEERING_PCP_SOURCE]));
	if (tb[VXC_A_PEERING_PCP])
		out_uint(OUT_MORE, "pcp", "pcp",
			 attr_uint(tb[VXC_A_PEERING_PCP]));
	if (tb[VXC_A_PEERING_DEI])
		out_uint(OUT_MORE, "dei", "dei",
			 attr_uint(tb[VXC_A_PEERING_DEI]));
	if (tb[VXC_A_PEERING_URPF])
		out_name(OUT_MORE, "urpf", "urpf", &names_urpf,
			 attr_u32(tb[VXC_A_PEERING_URPF]));
	if (tb[VXC_A_PEERING_MTU_MAX])
		out_uint(OUT_MORE, "mtu_max", "mtu-max",
			 attr_uint(tb[VXC_A_PEERING_MTU_MAX]));
	if (!tb[VXC_A_PEERING_ADDRESS] ||
	    mnl_attr_get_payload_len(tb[VXC_A_PEERING_ADDRESS]) != 6)
		return;
	mac = mnl_attr_get_payload(tb[VXC_A_PEERING_ADDRESS]);
	snprintf(buf, sizeof(buf), "%02x:%02x:%02x:%02x:%02x:%02x",
		 mac[0], mac[1], mac[2], mac[3], mac[4], mac[5]);
	out_str(OUT_MORE, "address", "mac", buf);
}

void peering_print(const struct nlattr *nest, const struct devices *devices,
		   enum out_show rates, int line)
{
	attr_tb tb[VXC_A_PEERING_MAX + 1];

	attr_index(nest, tb, VXC_A_PEERING_MAX);
	out_str(OUT_TEXT, "name", NULL, attr_str(tb[VXC_A_PEERING_NAME]));
	out_joined(":");
	state_print(tb[VXC_A_PEERING_STATE], tb[VXC_A_PEERING_REASON], NULL);
	if (tb[VXC_A_PEERING_CIRCUIT])
		out_str(line > 1 ? OUT_WORDED : OUT_TEXT, "circuit", "circuit",
			attr_str(tb[VXC_A_PEERING_CIRCUIT]));
	if (tb[VXC_A_PEERING_CVID]) {
		out_uint(OUT_TEXT, "cvid", "cvid",
			 attr_uint(tb[VXC_A_PEERING_CVID]));
	} else {
		out_null("cvid");
		out_text(OUT_TEXT, OUT_PLAIN, "untagged");
	}
	if (tb[VXC_A_PEERING_ROLE]) {
		out_name(OUT_TEXT, "role", "leg", &names_role,
			 attr_u32(tb[VXC_A_PEERING_ROLE]));
	} else {
		out_null("role");
		out_text(OUT_TEXT, OUT_PLAIN, "protected");
	}
	vrf_print(tb);
	if (tb[VXC_A_PEERING_MTU])
		out_uint(OUT_TEXT, "mtu", "mtu",
			 attr_uint(tb[VXC_A_PEERING_MTU]));
	device_print(tb, devices);
	if (out_shown(OUT_MORE))
		out_line(line);
	if (tb[VXC_A_PEERING_IFINDEX])
		out_uint(OUT_MORE, "ifindex", "ifindex",
			 attr_uint(tb[VXC_A_PEERING_IFINDEX]));
	if (tb[VXC_A_PEERING_CIRCUIT_ID])
		out_uint(OUT_MORE, "circuit_id", "circuit-id",
			 attr_uint(tb[VXC_A_PEERING_CIRCUIT_ID]));
	config_print(tb);
	peering_meps_print(nest, line);
	stats_print(tb[VXC_A_PEERING_STATS], rates, line);
	if (tb[VXC_A_PEERING_FAST_PACKETS])
		out_uint(OUT_TEXT, "fast_packets", "fast-packets",
			 attr_uint(tb[VXC_A_PEERING_FAST_PACKETS]));
	drops_print(nest, VXC_A_PEERING_DROPS, rates, line);
}

static void brief(const struct nl_list *list)
{
	static const char *const columns[] = {
		"PEERING", "STATE", "CIRCUIT", "CVID", "LEG", "REASON",
	};
	size_t i;

	out_table(columns, ARRAY_SIZE(columns));
	for (i = 0; i < list->n; i++) {
		attr_tb tb[VXC_A_PEERING_MAX + 1];
		const struct nlattr *role;
		uint32_t state;

		attr_index(list->v[i], tb, VXC_A_PEERING_MAX);
		state = attr_u32(tb[VXC_A_PEERING_STATE]);
		out_cell(OUT_NAME, "%s", attr_str(tb[VXC_A_PEERING_NAME]));
		out_cell(out_state_color(state), "%s",
			 name_of(&names_state, state));
		out_cell(OUT_PLAIN, "%s", attr_str(tb[VXC_A_PEERING_CIRCUIT]));
		if (tb[VXC_A_PEERING_CVID])
			out_cell(OUT_PLAIN, "%u",
				 attr_u32(tb[VXC_A_PEERING_CVID]));
		else
			out_cell(OUT_PLAIN, "untagged");
		role = tb[VXC_A_PEERING_ROLE];
		out_cell(OUT_PLAIN, "%s", !role ? "protected" :
			 name_of(&names_role, attr_u32(role)));
		out_cell(OUT_PLAIN, "%s",
			 name_of(&names_reason,
				 attr_u32(tb[VXC_A_PEERING_REASON])));
	}
	out_table_end();
}

static void print_list(const struct nl_list *list, const char *circuit)
{
	attr_tb tb[VXC_A_PEERING_MAX + 1];
	struct devices devices;
	struct nl_err err;
	size_t i;

	/* Without them there is less to say, but no reason to say nothing. */
	if (rtnl_devices(&devices, &err))
		rtnl_free(&devices);
	out_begin_list();
	for (i = 0; i < list->n; i++) {
		attr_index(list->v[i], tb, VXC_A_PEERING_MAX);
		if (circuit && strcmp(circuit,
				      attr_str(tb[VXC_A_PEERING_CIRCUIT])))
			continue;
		out_open(NULL);
		peering_print(list->v[i], &devices, OUT_STATS, 1);
		out_close();
		out_end_record();
	}
	out_end_list();
	rtnl_free(&devices);
}

static int read_peerings(const char *name, const char *circuit,
			 struct nl_list *list)
{
	struct nl_query query = {
		.cmd = VXC_CMD_PEERING_GET,
		.object = VXC_A_MSG_PEERING,
		.dump = true,
	};

	if (name)
		return nl_read_name(VXC_CMD_PEERING_GET, VXC_A_MSG_PEERING,
				    VXC_A_PEERING_NAME, name, list);
	if (circuit) {
		query.by = VXC_A_PEERING_CIRCUIT;
		query.value = circuit;
		query.len = strlen(circuit) + 1;
	}
	return nl_read(&query, list);
}

static int peering_show(struct cmd *c)
{
	const char *name = NULL, *circuit = NULL;
	struct nl_list list;
	int ret;

	c->priv = &circuit;
	/* One word is a name, two are "circuit NAME". */
	if (c->w->n - c->pos == 1)
		ret = cmd_maybe_name(c, &name);
	else
		ret = cmd_keys(c);
	if (ret)
		return ret;
	ret = read_peerings(name, circuit, &list);
	if (ret)
		return ret;
	if (opts.brief && out_is_text())
		brief(&list);
	else
		print_list(&list, circuit);
	nl_list_free(&list);
	return EXIT_OK;
}

const struct command peering_commands[] = {
	{
		.name = "add", .run = peering_add, .keys = add_keys,
		.help = "make a peering, a routed device of a circuit",
		.word = "NAME", .flags = COMMAND_CHANGE,
	}, {
		.name = "set", .run = peering_set, .keys = set_keys,
		.help = "change a peering in place",
		.word = "NAME", .complete = COMPLETE_PEERING,
		.flags = COMMAND_CHANGE | COMMAND_SOME,
	}, {
		.name = "del", .run = peering_del, .keys = no_keys,
		.help = "delete a peering",
		.word = "NAME", .complete = COMPLETE_PEERING,
		.flags = COMMAND_CHANGE,
	}, {
		.name = "show", .run = peering_show, .keys = list_keys,
		.help = "show peerings, all or those of a circuit",
		.word = "[ NAME ]", .complete = COMPLETE_PEERING,
	}, {
		.name = "list", .run = peering_show, .keys = list_keys,
		.help = "", .complete = COMPLETE_PEERING,
		.word = "[ NAME ]", .flags = COMMAND_ALIAS,
	}, { }
};
