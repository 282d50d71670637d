/* SPDX-License-Identifier: GPL-2.0 */
/* The kernel's short names, for those of its files that are pure. */
#ifndef _UNIT_LINUX_TYPES_H
#define _UNIT_LINUX_TYPES_H

#include <stdbool.h>
#include_next <linux/types.h>

typedef __u8 u8;
typedef __u16 u16;
typedef __u32 u32;
typedef __u64 u64;
typedef __s64 s64;

#endif /* _UNIT_LINUX_TYPES_H */
