/* SPDX-License-Identifier: GPL-2.0 */
/* Later kernels moved struct netdev_rx_queue here from netdevice.h. */
#ifndef _VXC_COMPAT_NETDEV_RX_QUEUE_H
#define _VXC_COMPAT_NETDEV_RX_QUEUE_H

#include <linux/netdevice.h>
#include <linux/version.h>

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 6, 0)
#include_next <net/netdev_rx_queue.h>
#endif

#endif /* _VXC_COMPAT_NETDEV_RX_QUEUE_H */
