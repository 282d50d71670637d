// SPDX-License-Identifier: GPL-2.0
/*
 * Unicast reverse path forwarding, RFC 3704: a packet is taken if a route to
 * its source leads by the circuit that it came in by. What the host itself
 * sends in answer then goes back to nobody else. It is the routing domain of
 * the peering that is asked. Runs in softirq under RCU.
 */
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <net/ip_fib.h>
#include <net/ip6_fib.h>
#include <net/ipv6.h>
#include <net/l3mdev.h>
#include <net/nexthop.h>

#include "vxc.h"

static bool leads_by(const struct net_device *dev,
		     const struct vxc_circuit *circuit)
{
	const struct vxc_peering *p;

	if (!dev || !vxc_is_peering(dev))
		return false;

	p = netdev_priv(dev);
	return READ_ONCE(p->circuit) == circuit;
}

static bool check_ipv4(const struct sk_buff *skb, const struct net_device *dev,
		       const struct vxc_circuit *circuit)
{
	struct flowi4 fl4 = {
		.flowi4_iif = LOOPBACK_IFINDEX,
		.flowi4_l3mdev = l3mdev_master_ifindex_rcu(dev),
	};
	struct fib_result res = {};
	const struct iphdr *ip;
	struct iphdr buf;
	int i;

	ip = skb_header_pointer(skb, 0, sizeof(buf), &buf);
	if (!ip || !ip->saddr)
		return true;	/* nothing that could be answered */

	fl4.daddr = ip->saddr;
	if (fib_lookup(dev_net(dev), &fl4, &res, 0) ||
	    res.type != RTN_UNICAST)
		return false;

	for (i = 0; i < fib_info_num_path(res.fi); i++)
		if (leads_by(fib_info_nhc(res.fi, i)->nhc_dev, circuit))
			return true;

	return false;
}

#if IS_ENABLED(CONFIG_IPV6)
static int check_nexthop(struct fib6_nh *nh, void *circuit)
{
	return leads_by(nh->fib_nh_dev, circuit);
}

/*
 * One of the routes of a multipath route was found. They leave their list
 * without regard to readers, so only as many are looked at as there are.
 */
static bool check_siblings(struct fib6_info *f6i,
			   const struct vxc_circuit *circuit)
{
	unsigned int left = READ_ONCE(f6i->fib6_nsiblings);
	const struct fib6_info *i = f6i;

	while (left--) {
		i = list_entry_rcu(i->fib6_siblings.next, struct fib6_info,
				   fib6_siblings);
		if (leads_by(i->fib6_nh->fib_nh_dev, circuit))
			return true;
	}

	return false;
}

static bool check_ipv6(const struct sk_buff *skb, const struct net_device *dev,
		       const struct vxc_circuit *circuit)
{
	struct flowi6 fl6 = {
		.flowi6_iif = LOOPBACK_IFINDEX,
		.flowi6_l3mdev = l3mdev_master_ifindex_rcu(dev),
	};
	struct fib6_result res = {};
	const struct ipv6hdr *ip;
	struct ipv6hdr buf;

	ip = skb_header_pointer(skb, 0, sizeof(buf), &buf);
	if (!ip || ipv6_addr_any(&ip->saddr) ||
	    ipv6_addr_type(&ip->saddr) & IPV6_ADDR_LINKLOCAL)
		return true;	/* answered on this link, if at all */

	fl6.daddr = ip->saddr;
	if (vxc_fib6_lookup(dev_net(dev), &fl6, &res) ||
	    res.fib6_type != RTN_UNICAST)
		return false;
	if (leads_by(res.nh->fib_nh_dev, circuit))
		return true;
	if (res.f6i->nh)
		return nexthop_for_each_fib6_nh(res.f6i->nh, check_nexthop,
						(void *)circuit);

	return check_siblings(res.f6i, circuit);
}
#else
static bool check_ipv6(const struct sk_buff *skb, const struct net_device *dev,
		       const struct vxc_circuit *circuit)
{
	return false;
}
#endif

/**
 * vxc_urpf_permits() - Does a route lead back to where a packet came from?
 * @skb: a packet of IPv4 or IPv6 without tags, or another frame
 * @dev: the peering's device
 * @circuit: the circuit that it came in by
 *
 * Return: it does, by any peering of the circuit; frames of other protocols
 * are not asked for.
 */
bool vxc_urpf_permits(const struct sk_buff *skb, const struct net_device *dev,
		      const struct vxc_circuit *circuit)
{
	switch (skb->protocol) {
	case htons(ETH_P_IP):
		return check_ipv4(skb, dev, circuit);
	case htons(ETH_P_IPV6):
		return check_ipv6(skb, dev, circuit);
	}

	return true;
}
