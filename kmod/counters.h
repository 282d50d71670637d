/* SPDX-License-Identifier: GPL-2.0 */
/* What legs, peerings and ports count. */
#ifndef _VXC_COUNTERS_H
#define _VXC_COUNTERS_H

#include <linux/types.h>
#include <linux/u64_stats_sync.h>
#include <uapi/linux/vxc.h>

#define VXC_DROPS		(VXC_DROP_MAX + 1)

/* Counters of one direction pair; wire frames and wire bytes. */
struct vxc_counters {
	u64			rx_packets;
	u64			rx_bytes;
	u64			tx_packets;
	u64			tx_bytes;
};

struct vxc_pcpu_stats {
	u64_stats_t		rx_packets;
	u64_stats_t		rx_bytes;
	u64_stats_t		tx_packets;
	u64_stats_t		tx_bytes;
	struct u64_stats_sync	syncp;
};

struct vxc_pcpu_drops {
	u64_stats_t		drops[VXC_DROPS];
	u64_stats_t		passed;
	struct u64_stats_sync	syncp;
};

/* Rates over the last second, and where the counters stood then. */
struct vxc_rate {
	u64			rx_bytes;
	u64			tx_bytes;
	u64			rx_rate;	/* bit/s */
	u64			tx_rate;	/* bit/s */
	u64			time;		/* ns */
};

#endif /* _VXC_COUNTERS_H */
