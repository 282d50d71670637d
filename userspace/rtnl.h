/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VXC_RTNL_H
#define _VXC_RTNL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "nl.h"
#include "parse.h"

/* What rtnetlink knows of a vxc device and vxc's netlink does not. */
struct device {
	int ifindex;
	bool up;
	unsigned int operstate;		/* IF_OPER_* */
	int master;
	struct prefix *addrs;
	size_t n_addrs;
};

struct devices {
	struct device *v;
	size_t n, cap;
};

int rtnl_addr_add(int ifindex, const struct prefix *prefix,
		  struct nl_err *err);
/* What is to change about a device, all of it in one request */
struct link_change {
	bool has_mac;
	uint8_t mac[6];
	bool has_master;
	uint32_t master;	/* 0: leave it */
	char name[PORT_NAME_SIZE];
};

int rtnl_link_set(int ifindex, const struct link_change *change,
		  struct nl_err *err);
/* Nothing that a VRF has no route for is to find one elsewhere. */
int rtnl_vrf_close(uint32_t vrf, struct nl_err *err);
/* All devices of a kind; negative errno */
int rtnl_links(const char *kind, struct devices *devices, struct nl_err *err);
/* All devices of kind vxc with their addresses; negative errno */
int rtnl_devices(struct devices *devices, struct nl_err *err);
const struct device *rtnl_find(const struct devices *devices, int ifindex);
void rtnl_free(struct devices *devices);
void format_prefix(const struct prefix *prefix, char *buf, size_t size);

#endif /* _VXC_RTNL_H */
