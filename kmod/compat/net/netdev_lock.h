/* SPDX-License-Identifier: GPL-2.0 */
/* Later kernels moved netdev_lockdep_set_classes() here from netdevice.h. */
#ifndef _VXC_COMPAT_NETDEV_LOCK_H
#define _VXC_COMPAT_NETDEV_LOCK_H

#include <linux/netdevice.h>
#include <linux/version.h>

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 15, 0)
#include_next <net/netdev_lock.h>
#endif

#endif /* _VXC_COMPAT_NETDEV_LOCK_H */
