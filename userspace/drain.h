/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VXC_DRAIN_H
#define _VXC_DRAIN_H

#include "attr.h"
#include "drill.h"
#include "frr.h"
#include "nl.h"
#include "rtnl.h"

struct peering {
	char name[PORT_NAME_SIZE];
	char vrf[PORT_NAME_SIZE];
	const struct device *device;
};

/* A BGP neighbour over a peering that is pinned to the leg */
struct session {
	struct frr_router router;
	struct frr_neighbour neighbour;
	const struct peering *peering;
};

struct drain {
	struct drill drill;
	const char *pathspace;
	uint32_t prepend, within;
	uint64_t below;		/* bit/s */
	bool end;
	struct devices devices;
	struct peering *peerings;
	struct session *sessions;
	size_t n_peerings, n_sessions;
};

/* Exit codes, with the error printed */
int drain_read_peerings(const struct drain *d, struct nl_list *list);
bool drain_is_pinned(const struct drain *d, attr_tb *tb);
int drain_find_peerings(struct drain *d);
int drain_find_sessions(struct drain *d, const struct frr_config *config);
int drain_check_sessions(const struct drain *d);

/* Make BGP prefer the sessions of the other leg. */
int drain_prefer_others(const struct drain *d,
			const struct frr_config *config);
/* Put back what was; also what one that was killed has left: was there any? */
int drain_restore(const struct drain *d, bool *found);

#endif /* _VXC_DRAIN_H */
