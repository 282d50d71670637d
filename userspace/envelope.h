/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VXC_ENVELOPE_H
#define _VXC_ENVELOPE_H

#include "attr.h"
#include "cmd.h"

/* What a circuit has of an envelope */
#define ENVELOPE_KEYS							\
	{								\
		.name = "envelope", .value = "ENVELOPE|none",		\
		.put = put_envelope, .attr = VXC_A_CIRCUIT_ENVELOPE,	\
		.complete = COMPLETE_ENVELOPE,				\
	}, {								\
		.name = "cir", .value = "RATE",				\
		.put = put_rate, .attr = VXC_A_CIRCUIT_CIR,		\
	}, {								\
		.name = "cbs", .value = "SIZE",				\
		.put = put_bytes, .attr = VXC_A_CIRCUIT_CBS,		\
	}, {								\
		.name = "rank", .value = "NUMBER",			\
		.put = put_u8, .attr = VXC_A_CIRCUIT_RANK,		\
		.min = 1, .max = VXC_RANK_MAX,				\
	}

int put_envelope(struct cmd *c, const struct key *key, struct at at,
		 const char *val);

/* The part of an envelope that a circuit has, if it has one */
void part_print(attr_tb *tb);

#endif /* _VXC_ENVELOPE_H */
