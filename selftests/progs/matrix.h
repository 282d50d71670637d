/* SPDX-License-Identifier: GPL-2.0 */
/* Packets from every site to every other one. */
#ifndef VXC_TEST_MATRIX_H
#define VXC_TEST_MATRIX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SITES	64
#define VLAN	100
#define MAGIC	"vxc-matrix"
#define ASKED	128	/* site N asks for the neighbour 128 + N */
#define LONGEST	1600

enum kind {
	V4, V6, FRAG4, LATE4, FRAG6, LATE6, MCAST4, MCAST6, TTL4, TTL6,
	BIG4, BIG6, ASK4, ASK6, OUT4, OUT6, BCAST, L2BCAST, L2,
	CCM, LBM, LTM, KINDS,
};

/* What a packet says of itself, in its data. */
struct mark {
	char magic[sizeof(MAGIC)];
	uint8_t program;
	uint8_t round;
	uint8_t kind;
	uint8_t from;
	uint8_t to;
};

/* The MACs that a packet is for: its gateway's, its port's. */
struct macs {
	const uint8_t *gateway;
	const uint8_t *port;
};

size_t matrix_frame(uint8_t *buf, const struct mark *mark,
		    const struct macs *macs);
bool matrix_mark(struct mark *mark, const uint8_t *data, size_t len);
bool matrix_is_error(const uint8_t *data, size_t len);
int matrix_vlan(const uint8_t *data, size_t len);

#endif
