/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _UNIT_LINUX_LIMITS_H
#define _UNIT_LINUX_LIMITS_H

#include_next <linux/limits.h>

#define U64_MAX (~0ULL)

#endif /* _UNIT_LINUX_LIMITS_H */
