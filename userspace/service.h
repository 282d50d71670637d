/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VXC_SERVICE_H
#define _VXC_SERVICE_H

#include "attr.h"
#include "cmd.h"

/* What a circuit does with the frames that cross it: keywords and printing */
int put_cvids(struct cmd *c, const struct key *key, struct at at,
	      const char *val);
int put_translate(struct cmd *c, const struct key *key, struct at at,
		  const char *val);
int put_pcp_map(struct cmd *c, const struct key *key, struct at at,
		const char *val);
int put_limit(struct cmd *c, const struct key *key, struct at at,
	      const char *val);
int put_l2cp(struct cmd *c, const struct key *key, struct at at,
	     const char *val);

void service_print(const struct nlattr *nest, attr_tb *tb);

#define SERVICE_KEYS							\
	{								\
		.name = "cvids", .value = "VID[-VID],...|all",		\
		.put = put_cvids, .attr = VXC_A_CIRCUIT_CVIDS,		\
	}, {								\
		.name = "translate", .value = "VID:VID,...|none",	\
		.put = put_translate, .attr = VXC_A_CIRCUIT_TRANSLATE,	\
	}, {								\
		.name = "pcp", .value = "keep|0..7|TABLE",		\
		.put = put_pcp_map, .attr = VXC_A_CIRCUIT_PCP,		\
	}, {								\
		.name = "z-pcp", .value = "keep|0..7|TABLE",		\
		.put = put_pcp_map, .attr = VXC_A_CIRCUIT_Z_PCP,	\
	}, {								\
		.name = "dei", .value = "keep|clear",			\
		.put = put_enum, .attr = VXC_A_CIRCUIT_DEI,		\
		.names = &names_dei,					\
	}, {								\
		.name = "z-dei", .value = "keep|clear",			\
		.put = put_enum, .attr = VXC_A_CIRCUIT_Z_DEI,		\
		.names = &names_dei,					\
	}, {								\
		.name = "unicast", .value = "allow|drop|RATE",		\
		.put = put_limit, .attr = VXC_A_CIRCUIT_UNICAST,	\
	}, {								\
		.name = "multicast", .value = "allow|drop|RATE",	\
		.put = put_limit, .attr = VXC_A_CIRCUIT_MULTICAST,	\
	}, {								\
		.name = "broadcast", .value = "allow|drop|RATE",	\
		.put = put_limit, .attr = VXC_A_CIRCUIT_BROADCAST,	\
	}, {								\
		.name = "l2cp", .value = "PROTOCOL=tunnel|discard|peer",\
		.put = put_l2cp, .attr = VXC_A_CIRCUIT_L2CP,		\
		.flags = KEY_MULTI,					\
	}, {								\
		.name = "loop-guard", .value = "on|off",		\
		.put = put_onoff, .attr = VXC_A_CIRCUIT_LOOP_GUARD,	\
		.names = &names_onoff,					\
	}, {								\
		.name = "hygiene", .value = "off|exchange",		\
		.put = put_enum, .attr = VXC_A_CIRCUIT_HYGIENE,		\
		.names = &names_hygiene,				\
	}, {								\
		.name = "z-hygiene", .value = "off|exchange",		\
		.put = put_enum, .attr = VXC_A_CIRCUIT_Z_HYGIENE,	\
		.names = &names_hygiene,				\
	}, {								\
		.name = "neighbour-rate", .value = "allow|drop|RATE",	\
		.put = put_limit, .attr = VXC_A_CIRCUIT_NEIGHBOUR_RATE,	\
	}

#endif /* _VXC_SERVICE_H */
