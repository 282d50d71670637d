/* SPDX-License-Identifier: GPL-2.0 */
/* Later kernels moved skb_gso_segment() here from netdevice.h. */
#ifndef _VXC_COMPAT_GSO_H
#define _VXC_COMPAT_GSO_H

#include <linux/netdevice.h>
#include <linux/version.h>

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 5, 0)
#include_next <net/gso.h>
#endif

#endif /* _VXC_COMPAT_GSO_H */
