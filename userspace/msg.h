/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VXC_MSG_H
#define _VXC_MSG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <libmnl/libmnl.h>
#include "words.h"

/* Which words of which line became the bytes OFF to END of the message. */
struct span {
	uint32_t off;
	uint32_t end;
	unsigned int line;
	struct at at;
};

/*
 * A netlink message under construction. It may grow to a whole configuration,
 * so its address changes with every attribute: nests are kept as offsets.
 */
struct msg {
	char *buf;
	size_t cap;
	struct span *spans;
	size_t n_spans;
	size_t cap_spans;
	unsigned int line;	/* of the attributes to come */
	bool too_big;		/* an attribute's 16-bit length overflowed */
};

struct nlmsghdr *msg_hdr(const struct msg *m);
void msg_init(struct msg *m, uint16_t type, uint16_t flags);
void msg_free(struct msg *m);
/* Room for the family's own header, zeroed; valid until the next call. */
void *msg_extra(struct msg *m, size_t size);
void msg_genl(struct msg *m, uint16_t family, uint8_t cmd, uint16_t flags);

void msg_put(struct msg *m, uint16_t type, const void *data, size_t len,
	     struct at at);
void msg_put_flag(struct msg *m, uint16_t type, struct at at);
void msg_put_u8(struct msg *m, uint16_t type, uint8_t v, struct at at);
void msg_put_u16(struct msg *m, uint16_t type, uint16_t v, struct at at);
void msg_put_u32(struct msg *m, uint16_t type, uint32_t v, struct at at);
void msg_put_str(struct msg *m, uint16_t type, const char *s, struct at at);

size_t msg_nest(struct msg *m, uint16_t type, struct at at);
void msg_nest_end(struct msg *m, size_t nest);

/* Undo everything from LEN on, which msg_hdr()->nlmsg_len once was. */
void msg_cut(struct msg *m, uint32_t len);

/* The words at fault when the kernel complains about offset OFF. */
const struct span *msg_find(const struct msg *m, uint32_t off);

#endif /* _VXC_MSG_H */
