/* SPDX-License-Identifier: GPL-2.0 */
/*
 * benchport: a measuring stick, never shipped. Frames are made by frame.c, sent
 * and timed in batches by inject.c, end in port.c or at one of the hooks of
 * record.c, and may take the way of floor.c in between.
 */
#ifndef BENCH_H
#define BENCH_H

#ifndef CONFIG_UML
#include <asm/msr.h>
#endif
#include <linux/if_ether.h>
#include <linux/netdevice.h>
#include <linux/skbuff.h>

#define BENCH_PORTS	2

enum bench_mode {
	BENCH_NULL,	/* make the frame and free it: the baseline */
	BENCH_RX,	/* a driver without NAPI */
	BENCH_LIST,	/* a driver that hands up a list */
	BENCH_GRO,	/* a driver with GRO */
	BENCH_TX,	/* the stack transmits on the device */
};

/**
 * struct bench_job - frames to send
 * @dev: device that receives them, or transmits them
 * @mode: in which way
 * @size: length of a frame without its tags
 * @hw: the outer tag is in the skb's metadata, as NICs leave it
 * @batch: frames timed together
 * @batches: how many times
 * @burst: that many of them one after the other, then a pause
 * @gso: TCP in super-packets of this segment size, else UDP
 * @tpid: of the outer and the inner tag, 0 for no tag
 * @vid: of both tags
 * @walk: give each frame the next VIDs
 * @vids: how many VIDs to go round then, from @vid up
 * @dsts: number of /24 destinations to scatter over
 * @dst: the first destination
 * @tos: TOS of the IP header
 * @v6: IPv6, without a next header; only what does not route takes it
 * @dmac: destination address
 * @dmac_set: @dmac was given, the device's own is taken otherwise
 * @verify: record frames where they end
 * @watch: send from all CPUs at once, watched; nothing is timed or recorded
 */
struct bench_job {
	struct net_device *dev;
	enum bench_mode mode;
	u32 size;
	u32 hw;
	u32 batch;
	u32 batches;
	u32 burst;
	u32 gso;
	u16 tpid[2];
	u16 vid[2];
	bool walk;
	u32 vids[2];
	u32 dsts;
	u32 dst;
	u32 tos;
	u32 v6;
	u8 dmac[ETH_ALEN];
	bool dmac_set;
	u32 verify;
	u32 watch;
};

/* User Mode Linux has the processor's, but none of x86's functions */
static inline u64 bench_clock(void)
{
#ifdef CONFIG_UML
	u32 low, high;

	asm volatile("lfence; rdtsc" : "=a"(low), "=d"(high) : : "memory");
	return (u64)high << 32 | low;
#else
	return rdtsc_ordered();
#endif
}

/* main.c */
__printf(1, 2) void bench_print(const char *fmt, ...);

/* port.c */
struct net_device *bench_port(int i);
u64 bench_port_frames(int i);
void bench_ports_reset(void);
int bench_ports_init(void);
void bench_ports_exit(void);

/* record.c */
extern bool bench_verify;
void bench_record_skb(const char *at, const struct sk_buff *skb);
void bench_record_xdp(const char *at, const struct xdp_frame *frame);
void bench_record_reset(void);
void bench_record_print(void);
u64 bench_hook_frames(void);
int bench_hook_set(int mode);

/* frame.c */
int bench_frame_prepare(const struct bench_job *job);
struct sk_buff *bench_frame_rx(const struct bench_job *job);
struct sk_buff *bench_frame_tx(const struct bench_job *job);
int bench_frame_init(void);
void bench_frame_exit(void);

/* inject.c */
void bench_send_batch(void);
int bench_inject(const struct bench_job *job);
void bench_loop(long rounds);

/* floor.c */
int bench_floor(const char *words);
void bench_floor_exit(void);

/* watch.c */
int bench_watch(u32 batches);

/* bare.c */
int bench_bare(char *words);

#endif /* BENCH_H */
