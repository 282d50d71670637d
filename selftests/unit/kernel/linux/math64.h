/* SPDX-License-Identifier: GPL-2.0 */
/* What kmod/meter.c needs of the kernel's arithmetic. */
#ifndef _LINUX_MATH64_H
#define _LINUX_MATH64_H

#include <linux/types.h>

static inline u64 div_u64_rem(u64 a, u32 b, u32 *rem)
{
	*rem = (u32)(a % b);
	return a / b;
}

static inline u64 div_u64(u64 a, u32 b)
{
	return a / b;
}

static inline u64 mul_u64_u64_shr(u64 a, u64 b, unsigned int shift)
{
	unsigned __int128 product = a;

	product *= b;
	return (u64)(product >> shift);
}

#endif /* _LINUX_MATH64_H */
