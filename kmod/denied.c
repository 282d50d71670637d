// SPDX-License-Identifier: GPL-2.0
/* What isolation has dropped: counted by circuit, reason and place. */
#include <net/genetlink.h>

#include "netlink-gen.h"
#include "vxc.h"

/*
 * Remember where it was to go. If another CPU is at it, it is not remembered:
 * a flood costs no more than the attempt.
 */
static void remember(struct vxc_denials *denials, u8 reason, u32 circuit,
		     int ifindex, u32 packets)
{
	struct vxc_denied *d, *oldest = denials->last;
	int i;

	if (!spin_trylock(&denials->lock))
		return;

	for (i = 0; i < VXC_DENIED; i++) {
		d = &denials->last[i];
		if (d->packets && d->reason == reason &&
		    d->circuit == circuit && d->ifindex == ifindex)
			goto found;
		if (d->last < oldest->last)
			oldest = d;
	}
	d = oldest;
	d->reason = reason;
	d->circuit = circuit;
	d->ifindex = ifindex;
	d->packets = 0;
found:
	d->packets += packets;
	d->last = ktime_get_ns();
	spin_unlock(&denials->lock);
}

/**
 * vxc_denials_alloc() - Let a circuit count what isolation drops
 * @circuit: the circuit, which gets a peering
 *
 * Context: process, under rtnl, before packets can come in by the peering.
 * Return: 0 or -ENOMEM.
 */
int vxc_denials_alloc(struct vxc_circuit *circuit)
{
	struct vxc_denials *denials;

	if (circuit->denials)
		return 0;

	denials = kzalloc(sizeof(*denials), GFP_KERNEL_ACCOUNT);
	if (!denials)
		return -ENOMEM;

	spin_lock_init(&denials->lock);
	circuit->denials = denials;
	return 0;
}

/**
 * vxc_deny() - Count a packet that isolation drops
 * @circuit: the circuit it came in from, by a peering
 * @reason: enum vxc_drop
 * @skb: the packet
 * @out: the device it was to leave by; NULL for the host itself
 * @to: the circuit of that, if it is a peering
 *
 * Context: softirq.
 */
void vxc_deny(struct vxc_circuit *circuit, u8 reason,
	      const struct sk_buff *skb, const struct net_device *out,
	      const struct vxc_circuit *to)
{
	struct vxc_denials *denials = circuit->denials;
	u32 packets = max_t(u32, skb_shinfo(skb)->gso_segs, 1);

	atomic64_add(packets, &denials->packets[reason - VXC_DROP_NO_REACH]);
	if (!out)
		return;

	/* A circuit of another network namespace has no name here. */
	if (to && READ_ONCE(to->vn) != READ_ONCE(circuit->vn))
		to = NULL;
	remember(denials, reason, to ? to->id : 0, out->ifindex, packets);
}

static int put_denied(struct sk_buff *skb, const struct vxc_circuit *circuit,
		      const struct vxc_denied *d, u64 now)
{
	struct nlattr *nest = nla_nest_start(skb, VXC_A_CIRCUIT_DENIED);
	const struct vxc_circuit *to = NULL;

	if (!nest)
		return -EMSGSIZE;

	if (d->circuit && circuit->vn)
		to = vxc_circuit_find_id(circuit->vn, d->circuit);
	if (nla_put_u32(skb, VXC_A_DENIED_REASON, d->reason) ||
	    (to && nla_put_string(skb, VXC_A_DENIED_CIRCUIT, to->name)) ||
	    nla_put_u32(skb, VXC_A_DENIED_IFINDEX, d->ifindex) ||
	    nla_put_u64_64bit(skb, VXC_A_DENIED_PACKETS, d->packets,
			      VXC_A_DENIED_PAD) ||
	    nla_put_u64_64bit(skb, VXC_A_DENIED_AGE,
			      div_u64(now - d->last, NSEC_PER_MSEC),
			      VXC_A_DENIED_PAD))
		return -EMSGSIZE;

	nla_nest_end(skb, nest);
	return 0;
}

/* The circuit's counters, and the last places, newest first. */
int vxc_fill_denials(struct sk_buff *skb, struct vxc_circuit *circuit)
{
	struct vxc_denials *denials = circuit->denials;
	struct vxc_denied list[VXC_DENIED];
	u64 now = ktime_get_ns();
	int i, j, err;

	if (!denials)
		return 0;

	for (i = 0; i < VXC_DENIALS; i++) {
		err = vxc_put_drop(skb, VXC_A_CIRCUIT_DROPS,
				   VXC_DROP_NO_REACH + i,
				   atomic64_read(&denials->packets[i]));
		if (err)
			return err;
	}

	spin_lock_bh(&denials->lock);
	memcpy(list, denials->last, sizeof(list));
	spin_unlock_bh(&denials->lock);

	for (i = 0; i < VXC_DENIED; i++) {
		for (j = i + 1; j < VXC_DENIED; j++)
			if (list[j].last > list[i].last)
				swap(list[i], list[j]);
		if (!list[i].packets)
			break;
		err = put_denied(skb, circuit, &list[i],
				 max(now, list[i].last));
		if (err)
			return err;
	}

	return 0;
}
