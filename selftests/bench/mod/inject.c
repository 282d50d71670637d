// SPDX-License-Identifier: GPL-2.0
/*
 * Sends frames in batches and reads the TSC around each: under QEMU's "-icount
 * shift=0" one of its ticks is one instruction of the guest, elsewhere it is
 * time.
 */
#include <linux/interrupt.h>
#include <linux/sched.h>
#include <linux/sort.h>
#include <linux/timekeeping.h>
#include "bench.h"

#define MAX_BATCHES	1024
#define WARM_UP		4
#define GRO_BATCH	60	/* less than a NAPI poll's budget */

static u64 ticks[MAX_BATCHES];
static const struct bench_job *job;
static struct napi_struct napi;

static int poll_batch(struct napi_struct *n, int budget)
{
	struct sk_buff *skb;
	u32 i;

	for (i = 0; i < job->batch; i++) {
		skb = bench_frame_rx(job);
		if (likely(skb))
			napi_gro_receive(n, skb);
	}
	napi_complete_done(n, job->batch);
	return job->batch;
}

static void free_batch(void)
{
	u32 i;

	for (i = 0; i < job->batch; i++)
		consume_skb(bench_frame_rx(job));
}

static void receive_batch(void)
{
	struct sk_buff *skb;
	u32 i;

	for (i = 0; i < job->batch; i++) {
		skb = bench_frame_rx(job);
		if (likely(skb))
			netif_receive_skb(skb);
	}
}

static void receive_list(void)
{
	struct sk_buff *skb;
	LIST_HEAD(list);
	u32 i;

	for (i = 0; i < job->batch; i++) {
		skb = bench_frame_rx(job);
		if (likely(skb))
			list_add_tail(&skb->list, &list);
	}
	netif_receive_skb_list(&list);
}

static void transmit_batch(void)
{
	struct sk_buff *skb;
	u32 i;

	for (i = 0; i < job->batch; i++) {
		skb = bench_frame_tx(job);
		if (likely(skb))
			dev_queue_xmit(skb);
	}
}

void bench_send_batch(void)
{
	switch (job->mode) {
	case BENCH_NULL:
		free_batch();
		break;
	case BENCH_RX:
		receive_batch();
		break;
	case BENCH_LIST:
		receive_list();
		break;
	case BENCH_GRO:
		/* Polled right here, with no ksoftirqd in the way */
		if (napi_schedule_prep(&napi))
			poll_batch(&napi, NAPI_POLL_WEIGHT);
		break;
	case BENCH_TX:
		transmit_batch();
		break;
	}
}

static noinline u64 time_batch(void)
{
	u64 start;
	u64 end;

	preempt_disable();
	start = bench_clock();
	local_bh_disable();
	bench_send_batch();
	local_bh_enable();
	end = bench_clock();
	preempt_enable();
	return end - start;
}

/* A loop of three instructions each round: does the clock count them? */
void bench_loop(long rounds)
{
	long n = rounds;
	u64 start;
	u64 end;

	preempt_disable();
	start = bench_clock();
	asm volatile("1: nop\n\tdec %0\n\tjnz 1b" : "+r"(n) : : "cc");
	end = bench_clock();
	preempt_enable();
	bench_print("{\"rounds\":%ld,\"ticks\":%llu}\n", rounds, end - start);
}

static int by_size(const void *a, const void *b)
{
	u64 x = *(const u64 *)a;
	u64 y = *(const u64 *)b;

	return x < y ? -1 : x > y;
}

static void reset_counters(void)
{
	bench_ports_reset();
	bench_record_reset();
}

static void print_result(u32 n)
{
	sort(ticks, n, sizeof(ticks[0]), by_size, NULL);
	bench_print("{\"frames\":%u,\"batch\":%u,\"min\":%llu,\"low\":%llu,",
		    n * job->batch, job->batch, ticks[0], ticks[n / 10]);
	bench_print("\"med\":%llu,\"max\":%llu,\"ip\":%llu,",
		    ticks[n / 2], ticks[n - 1], bench_hook_frames());
	bench_print("\"pa\":%llu,\"pb\":%llu,", bench_port_frames(0),
		    bench_port_frames(1));
	bench_record_print();
	bench_print("}\n");
}

/*
 * Sleep first, to begin right after a tick and with ksoftirqd asleep: what goes
 * through the backlog would be done outside of the batch. All but the first of
 * a burst find warm caches. A batch that was left to ksoftirqd does not count:
 * it ends its burst, and is told as dearer than any.
 */
static u64 batch_of_burst(u32 i)
{
	static bool left;
	u64 took;

	if (i % job->burst == 0 || left)
		schedule_timeout_uninterruptible(1);
	took = time_batch();
	left = local_softirq_pending() & BIT(NET_RX_SOFTIRQ);
	return left ? U64_MAX : took;
}

static void run_batches(u32 n)
{
	u32 i;

	for (i = 0; i < WARM_UP && !job->verify; i++)
		batch_of_burst(0);
	reset_counters();
	bench_verify = job->verify;
	for (i = 0; i < n; i++)
		ticks[i] = batch_of_burst(i);
	schedule_timeout_uninterruptible(1);
	bench_verify = false;
}

static int watch_frames(u32 n)
{
	int cpus = bench_watch(n);

	if (cpus < 0)
		return cpus;
	bench_print("{\"cpus\":%d,\"frames\":%u,", cpus,
		    cpus * n * job->batch);
	bench_print("\"ip\":%llu,\"pa\":%llu,\"pb\":%llu}\n",
		    bench_hook_frames(), bench_port_frames(0),
		    bench_port_frames(1));
	return 0;
}

int bench_inject(const struct bench_job *new)
{
	u32 n = min_t(u32, new->batches, MAX_BATCHES);
	int err;

	if (!n || !new->batch || !new->burst || !new->dsts)
		return -EINVAL;
	if (new->walk && (!new->vids[0] || !new->vids[1]))
		return -EINVAL;
	if (new->mode == BENCH_GRO && (new->batch > GRO_BATCH || new->watch))
		return -EINVAL;
	err = bench_frame_prepare(new);
	if (err)
		return err;
	job = new;
	if (job->watch)
		return watch_frames(n);
	if (job->mode == BENCH_GRO) {
		netif_napi_add(bench_port(0), &napi, poll_batch);
		napi_enable(&napi);
	}
	run_batches(n);
	if (job->mode == BENCH_GRO) {
		napi_disable(&napi);
		netif_napi_del(&napi);
	}
	print_result(n);
	return 0;
}
