// SPDX-License-Identifier: GPL-2.0
/*
 * The same frames from every CPU at once, for a plugin of QEMU (../watch.c) to
 * watch. What it watches is between marks, which are instructions without any
 * effect. Nothing is timed here, and frames that two CPUs count in the same
 * moment are counted once.
 */
#include <linux/cpu.h>
#include <linux/interrupt.h>
#include <linux/slab.h>
#include <linux/workqueue.h>
#include "bench.h"

#define WARM_UP		4

/* nopl DISP(%rax,%rax), where DISP has the mark in its lowest byte */
#define MARK(n)	asm volatile(".byte 0x0f, 0x1f, 0x84, 0x00\n\t" \
			     ".long 0x76786300 + " #n : : : "memory")
#define MARK_OPEN()	MARK(0)
#define MARK_BEGIN()	MARK(1)
#define MARK_END()	MARK(2)
#define MARK_CLOSE()	MARK(3)

struct sender {
	struct work_struct work;
	u32 batches;
};

/* Counts down to 0, which lets all begin */
static atomic_t ready;

/*
 * Interrupts would be seen with the frames: the APIC holds them back, so that
 * the kernel does not find them disabled where it must not.
 */
static void hold_interrupts(unsigned long priority)
{
#ifndef CONFIG_UML
	asm volatile("mov %0, %%cr8" : : "r"(priority) : "memory");
#endif
}

/* With what is put off to the end of the batch */
static void send_watched(void)
{
	preempt_disable();
	hold_interrupts(15);
	MARK_BEGIN();
	local_bh_disable();
	bench_send_batch();
	local_bh_enable();
	MARK_END();
	hold_interrupts(0);
	preempt_enable();
}

static void send(struct work_struct *work)
{
	struct sender *sender = container_of(work, struct sender, work);
	u32 i;

	atomic_dec(&ready);
	while (atomic_read(&ready) > 0)
		cond_resched();
	for (i = 0; i < sender->batches; i++) {
		send_watched();
		cond_resched();
	}
}

static void send_from_all(struct sender *senders, int n, u32 batches)
{
	int i = 0;
	int cpu;

	atomic_set(&ready, n);
	for_each_online_cpu(cpu) {
		if (i == n)
			break;
		INIT_WORK(&senders[i].work, send);
		senders[i].batches = batches;
		queue_work_on(cpu, system_wq, &senders[i++].work);
	}
	while (i--)
		flush_work(&senders[i].work);
}

/* Returns how many CPUs sent @batches each, or an error */
int bench_watch(u32 batches)
{
	struct sender *senders;
	int n;

	senders = kcalloc(num_possible_cpus(), sizeof(*senders), GFP_KERNEL);
	if (!senders)
		return -ENOMEM;
	cpus_read_lock();
	n = num_online_cpus();
	send_from_all(senders, n, WARM_UP);
	bench_ports_reset();
	bench_record_reset();
	MARK_OPEN();
	send_from_all(senders, n, batches);
	MARK_CLOSE();
	cpus_read_unlock();
	kfree(senders);
	return n;
}
