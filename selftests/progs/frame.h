/* SPDX-License-Identifier: GPL-2.0 */
/* Ethernet frames in a compact text form, and back. */
#ifndef VXC_TEST_FRAME_H
#define VXC_TEST_FRAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FRAME_MAX	70000
#define FRAME_TAGS	20
#define FRAME_PAYLOAD	46		/* the least an Ethernet frame holds */
#define FRAME_TYPE	0x88b5		/* local experimental */
#define FRAME_BYTES	256		/* of hex= */

struct frame_tag {
	uint16_t tpid;
	uint16_t tci;
};

/*
 * What a text like "88a8:100.p5.d 8100:10 type=0800 pay=100" says. With ip=4
 * or ip=6 the payload is a UDP packet, with dscp=46 and ecn=1 marked so; with
 * hex=DIGITS it begins with these bytes. With src=MAC the frame is from there,
 * and its last bytes have the number that is else in the source address.
 */
struct frame_spec {
	struct frame_tag tags[FRAME_TAGS];
	unsigned int ntags;
	uint16_t type;
	unsigned int payload;
	unsigned int ip;
	uint8_t tos;
	uint8_t dst[6];
	uint8_t src[6];
	bool has_src;
	unsigned int nbytes;
	uint8_t bytes[FRAME_BYTES];
};

bool frame_parse(struct frame_spec *spec, const char *text);
size_t frame_build(const struct frame_spec *spec, uint32_t id, uint8_t *buf);
size_t frame_insert_tag(uint8_t *buf, size_t len, uint16_t tpid, uint16_t tci);
bool frame_id(const uint8_t *buf, size_t len, uint32_t *id);
void frame_set_id(uint8_t *buf, uint32_t id);
const char *frame_text(const uint8_t *buf, size_t len);
uint32_t frame_random(uint64_t *state);

#endif
