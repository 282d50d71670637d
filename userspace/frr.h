/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VXC_FRR_H
#define _VXC_FRR_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The operator's own FRR, through vtysh(1): what its BGP is configured to do
 * and does, and commands to it. The readers of its texts are PURE.
 */
#define FRR_NAME	64
#define FRR_MAP		256

enum { FRR_IN, FRR_OUT, FRR_WAYS };
enum { FRR_IPV4, FRR_IPV6, FRR_FAMILIES };

struct frr_router {
	char as[16];
	char vrf[FRR_NAME];		/* "default" for none */
};

/* A neighbour has a route-map of its own in a family and direction. */
struct frr_use {
	struct frr_router router;
	int family, way;
	char neighbour[FRR_NAME];
	char map[FRR_MAP];
};

/* "description" of an entry of a route-map */
struct frr_note {
	char map[FRR_MAP];
	char text[FRR_MAP];
};

struct frr_config {
	struct frr_router *routers;
	struct frr_use *uses;
	struct frr_note *notes;
	size_t n_routers, n_uses, n_notes;
};

/* A neighbour as bgpd sees it */
struct frr_neighbour {
	char name[FRR_NAME];		/* what it is configured by */
	char address[FRR_NAME];
	bool established;
	bool has[FRR_FAMILIES];
	char map[FRR_FAMILIES][FRR_WAYS][FRR_MAP];
	bool no_policy[FRR_FAMILIES][FRR_WAYS];
};

struct frr_neighbours {
	struct frr_neighbour *v;
	size_t n;
};

void frr_parse_config(char *text, struct frr_config *config);
void frr_free_config(struct frr_config *config);
void frr_parse_neighbours(char *text, struct frr_neighbours *list);
/* Of a family and a way: "ipv4 unicast", "in" */
const char *frr_family(int family);
const char *frr_way(int way);
const struct frr_use *frr_find_use(const struct frr_config *config,
				   const char *vrf, const char *neighbour,
				   int family, int way);
const char *frr_find_note(const struct frr_config *config, const char *map);

/* Commands for one run of vtysh */
struct frr_script {
	char **v;
	size_t n;
};

void frr_add(struct frr_script *s, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
void frr_free_script(struct frr_script *s);
/* What it says, for the caller to free; NULL with the error printed. */
char *frr_run(const char *pathspace, const struct frr_script *s);
/* Exit codes, with the error printed */
int frr_read_config(const char *pathspace, struct frr_config *config);
int frr_read_neighbours(const char *pathspace, const char *vrf,
			struct frr_neighbours *list);

#endif /* _VXC_FRR_H */
