// SPDX-License-Identifier: GPL-2.0
/*
 * The ports pa and pb: network devices with the offloads of a NIC. What is sent
 * out of them is counted, recorded if asked for, and freed.
 */
#include <linux/etherdevice.h>
#include <linux/if_vlan.h>
#include <net/xdp.h>
#include "bench.h"

/* In a line of its own, so that watch.c can tell it from what is measured */
struct port {
	u64 frames;
	u64 bytes;
} ____cacheline_aligned;

static struct net_device *ports[BENCH_PORTS];

struct net_device *bench_port(int i)
{
	return ports[i];
}

u64 bench_port_frames(int i)
{
	struct port *port = netdev_priv(ports[i]);

	return port->frames;
}

void bench_ports_reset(void)
{
	int i;

	for (i = 0; i < BENCH_PORTS; i++)
		memset(netdev_priv(ports[i]), 0, sizeof(struct port));
}

static netdev_tx_t port_xmit(struct sk_buff *skb, struct net_device *dev)
{
	struct port *port = netdev_priv(dev);

	port->frames++;
	port->bytes += skb->len;
	if (unlikely(bench_verify))
		bench_record_skb(dev->name, skb);
	dev_consume_skb_any(skb);
	return NETDEV_TX_OK;
}

static int port_xdp_xmit(struct net_device *dev, int n,
			 struct xdp_frame **frames, u32 flags)
{
	struct port *port = netdev_priv(dev);
	int i;

	for (i = 0; i < n; i++) {
		port->frames++;
		port->bytes += frames[i]->len;
		if (unlikely(bench_verify))
			bench_record_xdp(dev->name, frames[i]);
		xdp_return_frame_rx_napi(frames[i]);
	}
	return n;
}

static void port_stats(struct net_device *dev, struct rtnl_link_stats64 *stats)
{
	struct port *port = netdev_priv(dev);

	stats->tx_packets = port->frames;
	stats->tx_bytes = port->bytes;
}

static const struct net_device_ops port_ops = {
	.ndo_start_xmit		= port_xmit,
	.ndo_xdp_xmit		= port_xdp_xmit,
	.ndo_get_stats64	= port_stats,
	.ndo_set_mac_address	= eth_mac_addr,
	.ndo_validate_addr	= eth_validate_addr,
};

static void port_setup(struct net_device *dev)
{
	ether_setup(dev);
	dev->netdev_ops = &port_ops;
	dev->needs_free_netdev = true;
	dev->priv_flags |= IFF_NO_QUEUE | IFF_LIVE_ADDR_CHANGE;
	dev->features = NETIF_F_SG | NETIF_F_FRAGLIST | NETIF_F_GSO_SOFTWARE |
			NETIF_F_HW_CSUM | NETIF_F_HIGHDMA | NETIF_F_LLTX;
	dev->hw_features = dev->features;
	dev->vlan_features = dev->features;
	/* a device without these costs every way the same software push */
	dev->features |= NETIF_F_HW_VLAN_CTAG_TX | NETIF_F_HW_VLAN_STAG_TX;
	dev->max_mtu = 65535;
	dev->mtu = 9000;
}

static int port_add(int i)
{
	const u8 mac[ETH_ALEN] = { 2, 0, 0, 0, 0, 0xa + i };
	const char name[] = { 'p', 'a' + i, 0 };
	struct net_device *dev;
	int err;

	dev = alloc_netdev(sizeof(struct port), name, NET_NAME_USER,
			   port_setup);
	if (!dev)
		return -ENOMEM;
	eth_hw_addr_set(dev, mac);
	err = register_netdev(dev);
	if (err) {
		free_netdev(dev);
		return err;
	}
	ports[i] = dev;
	return 0;
}

int bench_ports_init(void)
{
	int err = 0;
	int i;

	for (i = 0; i < BENCH_PORTS && !err; i++)
		err = port_add(i);
	if (err)
		bench_ports_exit();
	return err;
}

void bench_ports_exit(void)
{
	int i;

	for (i = 0; i < BENCH_PORTS; i++)
		if (ports[i])
			unregister_netdev(ports[i]);
}
