/* SPDX-License-Identifier: GPL-2.0 */
/* The attributes of the netlink family, as data. */
#ifndef VXC_TEST_GRAMMAR_H
#define VXC_TEST_GRAMMAR_H

#include <stdbool.h>
#include <stdint.h>

enum attr_type { A_U8, A_U16, A_U32, A_U64, A_STRING, A_BINARY, A_FLAG,
		 A_NEST };

struct attr_set;

struct attr {
	const char *name;
	uint16_t id;
	enum attr_type type;
	const struct attr_set *nest;
	bool moving;		/* changes by itself: counters, times */
	bool read_only;
};

struct attr_set {
	const char *name;
	const struct attr *attrs;
	unsigned int count;
};

extern const struct attr_set set_op, set_msg;

const struct attr *attr_by_name(const struct attr_set *set, const char *name);
const struct attr *attr_by_id(const struct attr_set *set, uint16_t id);

#endif
