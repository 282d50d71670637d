// SPDX-License-Identifier: GPL-2.0
/*
 * The floor: the least an rx_handler and a network device can do to take two
 * tags off and put two on. No counters, no checks, no life cycle, and room for
 * one circuit each way. A lower bound to measure against, not a design.
 */
#include <linux/etherdevice.h>
#include <linux/if_vlan.h>
#include <linux/rtnetlink.h>
#include "bench.h"

enum floor_act { FLOOR_PASS, FLOOR_CROSS, FLOOR_L3, FLOOR_DROP };

struct floor_entry {
	enum floor_act act;
	u16 outer;
	u16 inner;
	struct net_device *dev;
};

static struct floor_entry by_outer[VLAN_N_VID];
static struct floor_entry by_inner[VLAN_N_VID];
static struct net_device *lower;
static struct net_device *upper[2];

static rx_handler_result_t cross(struct floor_entry *e, struct sk_buff *skb)
{
	__vlan_hwaccel_put_tag(skb, htons(ETH_P_8021Q),
			       (skb->vlan_tci & ~VLAN_VID_MASK) | e->outer);
	skb_push(skb, ETH_HLEN);
	skb->dev = e->dev;
	dev_queue_xmit(skb);
	return RX_HANDLER_CONSUMED;
}

static rx_handler_result_t to_l3(struct sk_buff **pskb)
{
	struct sk_buff *skb = *pskb;
	struct floor_entry *e;

	__vlan_hwaccel_clear_tag(skb);
	skb = skb_vlan_untag(skb);
	*pskb = skb;
	if (!skb)
		return RX_HANDLER_CONSUMED;
	e = &by_inner[skb_vlan_tag_get_id(skb)];
	if (!e->dev)
		return RX_HANDLER_PASS;
	__vlan_hwaccel_clear_tag(skb);
	skb->dev = e->dev;
	return RX_HANDLER_ANOTHER;
}

static rx_handler_result_t floor_rx(struct sk_buff **pskb)
{
	struct sk_buff *skb = skb_share_check(*pskb, GFP_ATOMIC);
	struct floor_entry *e;

	if (!skb)
		return RX_HANDLER_CONSUMED;
	*pskb = skb;
	e = &by_outer[skb_vlan_tag_get_id(skb)];
	switch (e->act) {
	case FLOOR_CROSS:
		return cross(e, skb);
	case FLOOR_L3:
		return to_l3(pskb);
	case FLOOR_DROP:
		consume_skb(skb);
		return RX_HANDLER_CONSUMED;
	case FLOOR_PASS:
		break;
	}
	return RX_HANDLER_PASS;
}

static netdev_tx_t floor_xmit(struct sk_buff *skb, struct net_device *dev)
{
	struct floor_entry *e = netdev_priv(dev);

	skb = vlan_insert_tag_set_proto(skb, htons(ETH_P_8021Q), e->inner);
	if (skb) {
		__vlan_hwaccel_put_tag(skb, htons(ETH_P_8021Q), e->outer);
		skb->dev = e->dev;
		dev_queue_xmit(skb);
	}
	return NETDEV_TX_OK;
}

static const struct net_device_ops floor_ops = {
	.ndo_start_xmit		= floor_xmit,
	.ndo_set_mac_address	= eth_mac_addr,
};

static void floor_setup(struct net_device *dev)
{
	ether_setup(dev);
	dev->netdev_ops = &floor_ops;
	dev->needs_free_netdev = true;
	dev->needed_headroom = 2 * VLAN_HLEN;
	dev->priv_flags |= IFF_NO_QUEUE | IFF_LIVE_ADDR_CHANGE;
	dev->features = NETIF_F_SG | NETIF_F_FRAGLIST | NETIF_F_GSO_SOFTWARE |
			NETIF_F_HW_CSUM | NETIF_F_HIGHDMA | NETIF_F_LLTX;
}

static int upper_add(int i, struct net_device *port, u16 outer, u16 inner)
{
	const char name[] = { 'f', 'l', '0' + i, 0 };
	struct floor_entry *e;
	struct net_device *dev;
	int err;

	dev = alloc_netdev(sizeof(*e), name, NET_NAME_USER, floor_setup);
	if (!dev)
		return -ENOMEM;
	e = netdev_priv(dev);
	e->outer = outer;
	e->inner = inner;
	e->dev = port;
	eth_hw_addr_set(dev, port->dev_addr);
	err = register_netdevice(dev);
	if (err) {
		free_netdev(dev);
		return err;
	}
	upper[i] = dev;
	return 0;
}

static int set_l3(const char *words)
{
	u16 outer[2], inner[2];
	int err;
	int i;

	if (sscanf(words, "l3 %hu.%hu %hu.%hu", &outer[0], &inner[0],
		   &outer[1], &inner[1]) != 4)
		return -EINVAL;
	if (outer[0] >= VLAN_N_VID || inner[0] >= VLAN_N_VID)
		return -EINVAL;
	for (i = 0; i < 2; i++) {
		err = upper_add(i, bench_port(i), outer[i], inner[i]);
		if (err)
			return err;
	}
	by_outer[outer[0]].act = FLOOR_L3;
	by_inner[inner[0]].dev = upper[0];
	return 0;
}

static int set_cross(const char *words)
{
	struct floor_entry *e;
	u16 from, to;

	if (sscanf(words, "cross %hu %hu", &from, &to) != 2 ||
	    from >= VLAN_N_VID)
		return -EINVAL;
	e = &by_outer[from];
	e->act = FLOOR_CROSS;
	e->outer = to;
	e->dev = bench_port(1);
	return 0;
}

static int set_drop(void)
{
	int i;

	for (i = 0; i < VLAN_N_VID; i++)
		by_outer[i].act = FLOOR_DROP;
	return 0;
}

static int set_words(const char *words)
{
	if (strstarts(words, "l3 "))
		return set_l3(words);
	if (strstarts(words, "cross "))
		return set_cross(words);
	if (strstarts(words, "drop"))
		return set_drop();
	return -EINVAL;
}

/* From pa: "l3 S.C S.C", "cross FROM TO" or "drop" */
int bench_floor(const char *words)
{
	int err;

	if (lower)
		return -EBUSY;
	rtnl_lock();
	err = set_words(words);
	if (!err)
		err = netdev_rx_handler_register(bench_port(0), floor_rx, NULL);
	if (!err)
		lower = bench_port(0);
	rtnl_unlock();
	return err;
}

void bench_floor_exit(void)
{
	int i;

	rtnl_lock();
	if (lower)
		netdev_rx_handler_unregister(lower);
	for (i = 0; i < ARRAY_SIZE(upper); i++)
		if (upper[i])
			unregister_netdevice(upper[i]);
	rtnl_unlock();
}
