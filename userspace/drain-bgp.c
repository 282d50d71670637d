// SPDX-License-Identifier: GPL-2.0
/*
 * What a drain tells FRR: a route-map around the one a neighbour has. Its name
 * says whose it is and its description what was there before: FRR's
 * configuration alone is enough to put that back, whoever dies.
 */
#include <arpa/inet.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drain.h"
#include "names.h"
#include "vxc.h"

#define MAP_PREFIX	"vxc-drain/"
#define WAS		"was "

/* --- what there is -------------------------------------------------------- */

int drain_read_peerings(const struct drain *d, struct nl_list *list)
{
	struct nl_query query = {
		.cmd = VXC_CMD_PEERING_GET,
		.object = VXC_A_MSG_PEERING,
		.dump = true,
		.by = VXC_A_PEERING_CIRCUIT,
		.value = d->drill.name,
		.len = strlen(d->drill.name) + 1,
	};

	return nl_read(&query, list);
}

bool drain_is_pinned(const struct drain *d, attr_tb *tb)
{
	return tb[VXC_A_PEERING_ROLE] &&
	       (int)attr_u32(tb[VXC_A_PEERING_ROLE]) == d->drill.role;
}

static void add_peering(struct drain *d, attr_tb *tb)
{
	int ifindex = (int)attr_u32(tb[VXC_A_PEERING_IFINDEX]);
	struct peering *p;

	d->peerings = xrealloc(d->peerings, d->n_peerings + 1,
			       sizeof(*d->peerings));
	p = &d->peerings[d->n_peerings++];
	snprintf(p->name, sizeof(p->name), "%s",
		 attr_str(tb[VXC_A_PEERING_NAME]));
	p->device = rtnl_find(&d->devices, ifindex);
	if (!p->device || !p->device->master ||
	    !if_indextoname((unsigned int)p->device->master, p->vrf))
		snprintf(p->vrf, sizeof(p->vrf), "default");
}

int drain_find_peerings(struct drain *d)
{
	attr_tb tb[VXC_A_PEERING_MAX + 1];
	struct nl_list list;
	struct nl_err err;
	size_t i;
	int ret;

	if (rtnl_devices(&d->devices, &err)) {
		nl_error(&err);
		return EXIT_KERNEL;
	}
	ret = drain_read_peerings(d, &list);
	if (ret)
		return ret;
	for (i = 0; i < list.n; i++) {
		attr_index(list.v[i], tb, VXC_A_PEERING_MAX);
		if (drain_is_pinned(d, tb))
			add_peering(d, tb);
	}
	nl_list_free(&list);
	return EXIT_OK;
}

static bool covers(const struct prefix *prefix, const uint8_t *addr)
{
	unsigned int i;

	for (i = 0; i < prefix->len; i++)
		if ((prefix->addr[i / 8] ^ addr[i / 8]) & 0x80 >> i % 8)
			return false;
	return true;
}

/* Is it at the other end of the peering? */
static bool is_at(const struct peering *p, const struct frr_neighbour *n)
{
	int family = strchr(n->address, ':') ? AF_INET6 : AF_INET;
	uint8_t addr[16];
	size_t i;

	if (!strcmp(n->name, p->name))
		return true;
	if (!p->device || inet_pton(family, n->address, addr) != 1)
		return false;
	for (i = 0; i < p->device->n_addrs; i++)
		if (p->device->addrs[i].family == family &&
		    covers(&p->device->addrs[i], addr))
			return true;
	return false;
}

static void add_session(struct drain *d, const struct frr_router *router,
			const struct frr_neighbour *n)
{
	struct session *s;
	size_t i;

	for (i = 0; i < d->n_peerings; i++) {
		if (strcmp(d->peerings[i].vrf, router->vrf) ||
		    !is_at(&d->peerings[i], n))
			continue;
		d->sessions = xrealloc(d->sessions, d->n_sessions + 1,
				       sizeof(*d->sessions));
		s = &d->sessions[d->n_sessions++];
		s->router = *router;
		s->neighbour = *n;
		s->peering = &d->peerings[i];
		return;
	}
}

int drain_find_sessions(struct drain *d, const struct frr_config *config)
{
	struct frr_neighbours list;
	size_t i, n;
	int ret;

	d->n_sessions = 0;
	for (i = 0; i < config->n_routers; i++) {
		ret = frr_read_neighbours(d->pathspace,
					  config->routers[i].vrf, &list);
		if (ret)
			return ret;
		for (n = 0; n < list.n; n++)
			add_session(d, &config->routers[i], &list.v[n]);
		free(list.v);
	}
	return EXIT_OK;
}

/* Every peering pinned to the leg needs a session that traffic moves by. */
int drain_check_sessions(const struct drain *d)
{
	size_t i, n;

	if (!d->n_peerings) {
		error("no peering of circuit %s is pinned to leg %s: BGP moves nothing; vxc drill takes the leg out",
		      d->drill.name,
		      name_of(&names_role, (unsigned int)d->drill.role));
		return EXIT_KERNEL;
	}
	for (i = 0; i < d->n_peerings; i++) {
		for (n = 0; n < d->n_sessions; n++)
			if (d->sessions[n].peering == &d->peerings[i] &&
			    d->sessions[n].neighbour.established)
				break;
		if (n < d->n_sessions)
			continue;
		if (!d->drill.force) {
			error("peering %s has no BGP session in FRR that is established: what is routed to it does not move; force takes the leg out all the same",
			      d->peerings[i].name);
			return EXIT_KERNEL;
		}
		warning("peering %s has no BGP session that is established",
			d->peerings[i].name);
	}
	return EXIT_OK;
}

/* --- FRR ------------------------------------------------------------------ */

/* The name of the route-maps of the circuit begins with this. */
static void map_prefix(const char *circuit, char *buf, size_t size)
{
	snprintf(buf, size, MAP_PREFIX "%s/", circuit);
}

static void add_map(struct frr_script *s, const struct drain *d,
		    const struct session *session, int way, const char *name,
		    const char *own, const char *calls)
{
	uint32_t i;
	char path[256] = "";

	for (i = 0; i < d->prepend; i++)
		snprintf(path + strlen(path), sizeof(path) - strlen(path),
			 " %s", session->router.as);
	/* What it calls comes first, so that what is set here stays. */
	if (*calls) {
		frr_add(s, "route-map %s permit 1", name);
		frr_add(s, "call %s", calls);
		frr_add(s, "on-match next");
		frr_add(s, "exit");
	}
	frr_add(s, "route-map %s permit 2", name);
	frr_add(s, "description " WAS "%s", *own ? own : "nothing");
	if (way == FRR_IN) {
		frr_add(s, "set local-preference 0");
	} else {
		frr_add(s, "set as-path prepend%s", path);
		frr_add(s, "set community graceful-shutdown additive");
	}
	frr_add(s, "exit");
}

static void add_use(struct frr_script *s, const struct frr_router *router,
		    int family, const char *fmt, const char *neighbour,
		    const char *map, int way)
{
	if (strcmp(router->vrf, "default"))
		frr_add(s, "router bgp %s vrf %s", router->as, router->vrf);
	else
		frr_add(s, "router bgp %s", router->as);
	frr_add(s, "address-family %s", frr_family(family));
	frr_add(s, fmt, neighbour, map, frr_way(way));
	frr_add(s, "exit-address-family");
	frr_add(s, "exit");
}

static void prefer_other(struct frr_script *s, const struct drain *d,
			 const struct frr_config *config,
			 const struct session *session, int family, int way)
{
	const struct frr_neighbour *n = &session->neighbour;
	const struct frr_use *use;
	char name[FRR_MAP];

	/* A map would let through what is not to pass without a policy. */
	if (!n->has[family] || n->no_policy[family][way])
		return;
	snprintf(name, sizeof(name), MAP_PREFIX "%s/%s/%s/%s/%s",
		 d->drill.name,
		 name_of(&names_role, (unsigned int)d->drill.role), n->name,
		 family == FRR_IPV6 ? "ipv6" : "ipv4", frr_way(way));
	use = frr_find_use(config, session->router.vrf, n->name, family, way);
	add_map(s, d, session, way, name, use ? use->map : "",
		n->map[family][way]);
	add_use(s, &session->router, family, "neighbor %s route-map %s %s",
		n->name, name, way);
}

static int run_script(const struct drain *d, struct frr_script *s)
{
	char *text = frr_run(d->pathspace, s);

	frr_free_script(s);
	if (!text)
		return EXIT_KERNEL;
	free(text);
	return EXIT_OK;
}

int drain_prefer_others(const struct drain *d,
			const struct frr_config *config)
{
	struct frr_script s = { 0 };
	size_t i;
	int family, way;

	frr_add(&s, "configure terminal");
	for (i = 0; i < d->n_sessions; i++)
		for (family = 0; family < FRR_FAMILIES; family++)
			for (way = 0; way < FRR_WAYS; way++)
				prefer_other(&s, d, config, &d->sessions[i],
					     family, way);
	return run_script(d, &s);
}

static bool is_ours(const char *map, const char *prefix)
{
	return !strncmp(map, prefix, strlen(prefix));
}

static void restore_use(struct frr_script *s, const struct frr_config *config,
			const struct frr_use *use)
{
	const char *was = frr_find_note(config, use->map);

	if (was && !strncmp(was, WAS, strlen(WAS)) &&
	    strcmp(was, WAS "nothing"))
		add_use(s, &use->router, use->family,
			"neighbor %s route-map %s %s", use->neighbour,
			was + strlen(WAS), use->way);
	else
		add_use(s, &use->router, use->family,
			"no neighbor %s route-map %s %s", use->neighbour,
			use->map, use->way);
}

int drain_restore(const struct drain *d, bool *found)
{
	struct frr_script s = { 0 };
	struct frr_config config;
	char prefix[FRR_MAP];
	size_t i;
	int ret;

	map_prefix(d->drill.name, prefix, sizeof(prefix));
	ret = frr_read_config(d->pathspace, &config);
	if (ret)
		return ret;
	frr_add(&s, "configure terminal");
	for (i = 0; i < config.n_uses; i++)
		if (is_ours(config.uses[i].map, prefix))
			restore_use(&s, &config, &config.uses[i]);
	for (i = 0; i < config.n_notes; i++)
		if (is_ours(config.notes[i].map, prefix))
			frr_add(&s, "no route-map %s", config.notes[i].map);
	*found = s.n > 1;
	ret = *found ? run_script(d, &s) : EXIT_OK;
	frr_free_script(&s);
	frr_free_config(&config);
	return ret;
}
