/* SPDX-License-Identifier: GPL-2.0 */
/* Kernels before 6.12 have it in asm. */
#ifndef _VXC_COMPAT_UNALIGNED_H
#define _VXC_COMPAT_UNALIGNED_H

#include <linux/version.h>

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 12, 0)
#include_next <linux/unaligned.h>
#else
#include <asm/unaligned.h>
#endif

#endif /* _VXC_COMPAT_UNALIGNED_H */
