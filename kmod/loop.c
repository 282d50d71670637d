// SPDX-License-Identifier: GPL-2.0
/*
 * The loop guard. Ethernet has no hop count, and a cross-connect learns no
 * addresses, so a cable or another circuit that leads from one end of a
 * circuit to its other end would keep a frame going for ever. Each crossing
 * circuit sends a small frame by the active leg of each end every second, to
 * a group address that bridges and other circuits carry like any other. If it
 * comes in again on a leg, frames that go out come back there: the leg is
 * down, and stays so until nothing has come back for VXC_LOOP_HOLD.
 */
#include "cross.h"

/* Behind the Ethernet header; an OUI extended Ethertype of our own OUI. */
struct probe {
	u8		oui[3];
	__be16		type;
	u8		end;	/* where it was sent */
	u8		role;
	__be64		id;	/* of the circuit */
	u8		zero[ETH_ZLEN - ETH_HLEN - 15];
} __packed;

static const u8 group[ETH_ALEN] = { 0x03, 0x76, 0x78, 0x63, 0x6c, 0x70 };
static const u8 oui[3] = { 0x02, 0x76, 0x78 };

#define PROBE_TYPE	1

/* What was sent by a leg has come in by it. In softirq, under RCU. */
static void hold(struct vxc_leg *leg)
{
	spin_lock(&leg->circuit->lock);
	leg->loop_until = ktime_get_ns() + VXC_LOOP_HOLD;
	if (READ_ONCE(leg->reason) != VXC_REASON_LOOP)
		vxc_protect_judge(leg);
	spin_unlock(&leg->circuit->lock);
}

/* Nothing has come back for long enough. Under rtnl. */
static void hold_no_more(struct vxc_leg *leg)
{
	spin_lock_bh(&leg->circuit->lock);
	if (leg->loop_until && leg->loop_until < ktime_get_ns()) {
		leg->loop_until = 0;
		vxc_protect_judge(leg);
	}
	spin_unlock_bh(&leg->circuit->lock);
}

/**
 * vxc_loop_receive() - Is a frame to a group address the circuit's own probe?
 * @skb: the frame
 * @x: the crossing of the leg it came in on
 *
 * Return: -1, it is none of ours; or the reason to drop it. A probe that comes
 * in on the other leg of the end it was sent by tells of no loop: a protected
 * pair of legs may well end in one network.
 *
 * Context: softirq, under RCU.
 */
int vxc_loop_receive(struct sk_buff *skb, const struct vxc_cross *x)
{
	const struct vxc_circuit *circuit = x->leg->circuit;
	const struct probe *p;
	struct probe buf;

	if (likely(!ether_addr_equal(eth_hdr(skb)->h_dest, group)))
		return -1;

	p = skb_header_pointer(skb, skb->protocol == htons(ETH_P_8021Q) ?
			       VLAN_HLEN : 0, sizeof(buf), &buf);
	if (!p || memcmp(p->oui, oui, sizeof(oui)) ||
	    p->type != htons(PROBE_TYPE) ||
	    be64_to_cpu(p->id) != circuit->loop_id)
		return -1;

	if (p->end == x->leg->end->which && p->role != x->role)
		return VXC_DROP_STANDBY;

	hold(x->leg);
	return VXC_DROP_LOOP;
}

/* The lowest C-VID that crosses, as it is at an end; -1: there is none. */
static int probe_cvid(const struct vxc_circuit *circuit, u8 end)
{
	const struct vxc_cvids *c = circuit->service.cvids;
	int cvid, other;

	if (!c)
		return 0;

	for_each_set_bit(cvid, c->allowed, VLAN_N_VID) {
		other = vxc_cvids_cross(c, VXC_END_A, cvid);
		if (other >= 0)
			return end == VXC_END_A ? cvid : other;
	}

	return -1;
}

static struct sk_buff *build(const struct vxc_leg *leg)
{
	struct net_device *dev = leg->at.port->dev;
	struct sk_buff *skb;
	struct ethhdr *eth;
	struct probe *p;

	skb = alloc_skb(LL_RESERVED_SPACE(dev) + 2 * VLAN_HLEN + ETH_ZLEN,
			GFP_KERNEL);
	if (!skb)
		return NULL;

	skb_reserve(skb, LL_RESERVED_SPACE(dev) + 2 * VLAN_HLEN);
	skb_reset_mac_header(skb);
	eth = skb_put(skb, sizeof(*eth));
	ether_addr_copy(eth->h_dest, group);
	ether_addr_copy(eth->h_source, dev->dev_addr);
	eth->h_proto = htons(VXC_LOOP_PROTO);
	p = skb_put_zero(skb, sizeof(*p));
	memcpy(p->oui, oui, sizeof(oui));
	p->type = htons(PROBE_TYPE);
	p->end = leg->end->which;
	p->role = leg->role;
	p->id = cpu_to_be64(leg->circuit->loop_id);
	skb->dev = dev;
	skb->protocol = eth->h_proto;
	skb->priority = TC_PRIO_CONTROL;
	__skb_pull(skb, ETH_HLEN);
	skb_reset_network_header(skb);
	skb_reset_mac_len(skb);
	return skb;
}

static void send(struct vxc_leg *leg)
{
	int cvid = probe_cvid(leg->circuit, leg->end->which);
	struct sk_buff *skb;

	if (cvid < 0)
		return;

	skb = build(leg);
	if (!skb)
		return;

	if (cvid)
		__vlan_hwaccel_put_tag(skb, htons(ETH_P_8021Q), cvid);
	vxc_cross_send(skb, leg);
}

/* Also by legs that are down for a loop: it shall not start anew. */
static bool may_send(const struct vxc_leg *leg)
{
	u8 reason = READ_ONCE(leg->reason);

	if (!leg->at.port->dev)
		return false;

	return reason == VXC_REASON_LOOP ||
	       (!reason && READ_ONCE(leg->end->taken.active) == leg->role);
}

/**
 * vxc_loop_tick() - Send probes, and let legs up again; once a second
 * @circuit: the circuit; under rtnl
 */
void vxc_loop_tick(struct vxc_circuit *circuit)
{
	struct vxc_leg *leg;
	unsigned int i = 0;

	if (!vxc_crosses(circuit))
		return;

	while ((leg = vxc_next_leg(circuit, &i))) {
		if (circuit->service.loop_guard && may_send(leg))
			send(leg);
		hold_no_more(leg);
	}
}
