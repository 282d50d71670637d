// SPDX-License-Identifier: GPL-2.0
/*
 * Counters. The data path counts each frame once, per CPU: in the pair of
 * peering and leg it was delivered over, in the leg it crossed from and the
 * leg it crossed to, or as a drop with its reason. All other figures are sums
 * of those.
 */
#include <linux/ip.h>
#include <linux/tcp.h>
#include <linux/udp.h>

#include "slots.h"
#include "vxc.h"

static struct vxc_slot_kind peering_slots = {
	.partial	= LIST_HEAD_INIT(peering_slots.partial),
	.size		= sizeof(struct vxc_pcpu_stats),
};

/* Counters of a peering over a leg, if it has none yet. */
int vxc_stats_alloc(struct vxc_peering *p, u8 role)
{
	struct vxc_pcpu_stats __percpu *stats;
	int cpu;

	if (p->stats[role])
		return 0;

	stats = vxc_slot_get(&peering_slots, &p->slots[role]);
	if (!stats)
		return -ENOMEM;

	for_each_possible_cpu(cpu)
		u64_stats_init(&per_cpu_ptr(stats, cpu)->syncp);
	p->stats[role] = stats;
	return 0;
}

void vxc_stats_free(struct vxc_peering *p)
{
	int role;

	for (role = 0; role < VXC_LEGS; role++)
		vxc_slot_put(p->slots[role], p->stats[role]);
}

void vxc_stats_add(struct vxc_counters *sum,
		   const struct vxc_pcpu_stats __percpu *stats)
{
	int cpu;

	if (!stats)
		return;

	for_each_possible_cpu(cpu) {
		const struct vxc_pcpu_stats *s = per_cpu_ptr(stats, cpu);
		struct vxc_counters c;
		unsigned int start;

		do {
			start = u64_stats_fetch_begin(&s->syncp);
			c.rx_packets = u64_stats_read(&s->rx_packets);
			c.rx_bytes = u64_stats_read(&s->rx_bytes);
			c.tx_packets = u64_stats_read(&s->tx_packets);
			c.tx_bytes = u64_stats_read(&s->tx_bytes);
		} while (u64_stats_fetch_retry(&s->syncp, start));

		sum->rx_packets += c.rx_packets;
		sum->rx_bytes += c.rx_bytes;
		sum->tx_packets += c.tx_packets;
		sum->tx_bytes += c.tx_bytes;
	}
}

static u64 sum_drops(const struct vxc_pcpu_drops __percpu *stats, int reason)
{
	u64 sum = 0;
	int cpu;

	for_each_possible_cpu(cpu) {
		const struct vxc_pcpu_drops *s = per_cpu_ptr(stats, cpu);
		unsigned int start;
		u64 val;

		do {
			start = u64_stats_fetch_begin(&s->syncp);
			val = u64_stats_read(reason < 0 ? &s->passed :
						 &s->drops[reason]);
		} while (u64_stats_fetch_retry(&s->syncp, start));
		sum += val;
	}

	return sum;
}

u64 vxc_drops_sum(const struct vxc_pcpu_drops __percpu *stats, u8 reason)
{
	return sum_drops(stats, reason);
}

u64 vxc_passed_sum(const struct vxc_pcpu_drops __percpu *stats)
{
	return sum_drops(stats, -1);
}

/* A leg's frames are those of its peerings, also of those that are gone. */
void vxc_leg_counters(const struct vxc_leg *leg, struct vxc_counters *sum)
{
	struct vxc_peering *p;

	*sum = leg->gone;
	vxc_stats_add(sum, leg->stats);
	if (leg->end->which != VXC_END_A)
		return;

	list_for_each_entry_rcu(p, &leg->circuit->peerings, list,
				lockdep_rtnl_is_held())
		vxc_stats_add(sum, p->stats[leg->role]);
}

void vxc_peering_counters(const struct vxc_peering *p,
			  struct vxc_counters *sum)
{
	int role;

	memset(sum, 0, sizeof(*sum));
	for (role = 0; role < VXC_LEGS; role++)
		vxc_stats_add(sum, p->stats[role]);
}

/* The peering's frames get other tags over a leg than so far. */
void vxc_stats_retag(struct vxc_peering *p, u8 role, u16 tags)
{
	struct vxc_counters sum = {};
	s64 less = p->tags[role] - tags;

	if (!less)
		return;

	vxc_stats_add(&sum, p->stats[role]);
	p->rx_tags += less * sum.rx_packets;
	p->tx_tags += less * sum.tx_packets;
	p->tags[role] = tags;
}

/* The device's own view: the frames as it has them, without the tags. */
void vxc_device_counters(const struct vxc_peering *p,
			 struct vxc_counters *sum)
{
	struct vxc_counters leg;
	int role;

	memset(sum, 0, sizeof(*sum));
	for (role = 0; role < VXC_LEGS; role++) {
		memset(&leg, 0, sizeof(leg));
		vxc_stats_add(&leg, p->stats[role]);
		sum->rx_packets += leg.rx_packets;
		sum->tx_packets += leg.tx_packets;
		sum->rx_bytes += leg.rx_bytes - leg.rx_packets * p->tags[role];
		sum->tx_bytes += leg.tx_bytes - leg.tx_packets * p->tags[role];
	}
	sum->rx_bytes -= p->rx_tags;
	sum->tx_bytes -= p->tx_tags;
}

/* A peering goes; the data path has let go of it. */
void vxc_stats_fold(struct vxc_peering *p)
{
	struct vxc_leg *leg;
	int role;

	ASSERT_RTNL();

	for (role = 0; role < VXC_LEGS; role++) {
		leg = p->circuit->end[VXC_END_A].leg[role];
		if (leg)
			vxc_stats_add(&leg->gone, p->stats[role]);
	}
}

static void sample(struct vxc_rate *rate, const struct vxc_counters *now,
		   u64 time)
{
	u64 ms = div_u64(time - rate->time, NSEC_PER_MSEC);

	if (!ms)
		return;

	if (rate->time) {
		rate->rx_rate = div64_u64((now->rx_bytes - rate->rx_bytes) *
					  BITS_PER_BYTE * MSEC_PER_SEC, ms);
		rate->tx_rate = div64_u64((now->tx_bytes - rate->tx_bytes) *
					  BITS_PER_BYTE * MSEC_PER_SEC, ms);
	}
	rate->rx_bytes = now->rx_bytes;
	rate->tx_bytes = now->tx_bytes;
	rate->time = time;
}

static void sample_circuit(struct vxc_circuit *circuit, u64 now)
{
	struct vxc_counters sum;
	struct vxc_peering *p;
	struct vxc_leg *leg;
	unsigned int i = 0;

	while ((leg = vxc_next_leg(circuit, &i))) {
		vxc_leg_counters(leg, &sum);
		sample(&leg->rate, &sum, now);
		vxc_qos_sample(leg, now);
	}

	list_for_each_entry(p, &circuit->peerings, list) {
		vxc_peering_counters(p, &sum);
		sample(&p->rate, &sum, now);
	}
}

/* Once a second, while the namespace has circuits. */
void vxc_stats_sample(struct work_struct *work)
{
	struct vxc_net *vn = container_of(to_delayed_work(work),
					  struct vxc_net, sample);
	struct vxc_circuit *circuit;
	bool again = true;
	int id;

	/* Rates can wait, whoever holds rtnl need not wait for them. */
	if (rtnl_trylock()) {
		idr_for_each_entry(&vn->circuits, circuit, id) {
			sample_circuit(circuit, ktime_get_ns());
			vxc_loop_tick(circuit);
		}
		again = vn->ncircuits;
		rtnl_unlock();
	}
	if (again)
		queue_delayed_work(vxc_wq, &vn->sample, HZ);
}

void vxc_drop_add(struct vxc_pcpu_drops __percpu *stats, u8 reason)
{
	struct vxc_pcpu_drops *s = this_cpu_ptr(stats);

	u64_stats_update_begin(&s->syncp);
	u64_stats_inc(&s->drops[reason]);
	u64_stats_update_end(&s->syncp);
}

/* Drop a frame; a GSO packet is the frames it stands for. */
void vxc_drop_skb(struct vxc_pcpu_drops __percpu *stats, u8 reason,
		  struct sk_buff *skb)
{
	struct vxc_pcpu_drops *s = this_cpu_ptr(stats);

	u64_stats_update_begin(&s->syncp);
	u64_stats_add(&s->drops[reason],
		      max_t(u32, skb_shinfo(skb)->gso_segs, 1));
	u64_stats_update_end(&s->syncp);
	kfree_skb(skb);
}

/**
 * vxc_stats_gso() - What a GSO packet is on the wire
 * @skb: the packet, its transport header set
 * @head: bytes before the network header on the wire, all tags included
 * @frames: number of frames
 * @bytes: their wire bytes
 *
 * Every frame repeats the headers up to and including that of the transport.
 */
void vxc_stats_gso(const struct sk_buff *skb, u32 head, u32 *frames,
		   u32 *bytes)
{
	const struct skb_shared_info *info = skb_shinfo(skb);
	u32 segs = info->gso_segs;

	if (info->gso_type & (SKB_GSO_TCPV4 | SKB_GSO_TCPV6)) {
		const struct tcphdr *th;
		struct tcphdr buf;

		th = skb_header_pointer(skb, skb_transport_offset(skb),
					sizeof(buf), &buf);
		if (likely(th))
			head += skb_transport_offset(skb) -
				skb_network_offset(skb) + __tcp_hdrlen(th);
	} else if (info->gso_type & SKB_GSO_UDP_L4) {
		head += skb_transport_offset(skb) - skb_network_offset(skb) +
			sizeof(struct udphdr);
	}

	if (!segs)
		segs = 1;
	*frames = segs;
	*bytes += (segs - 1) * head;
}
