/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VXC_ATTR_H
#define _VXC_ATTR_H

#include <stdint.h>

#include <libmnl/libmnl.h>

/*
 * Reading attributes. A missing attribute reads as 0 or "", one that is
 * shorter than it should be as well: no answer can make the command read
 * outside of it.
 */
typedef const struct nlattr *attr_tb;

/* Index the attributes of a nest; those beyond MAX are left out. */
void attr_index(const struct nlattr *nest, attr_tb *tb, unsigned int max);
uint64_t attr_uint(const struct nlattr *attr);
uint32_t attr_u32(const struct nlattr *attr);
const char *attr_str(const struct nlattr *attr);

#endif /* _VXC_ATTR_H */
