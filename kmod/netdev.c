// SPDX-License-Identifier: GPL-2.0
/* The net_device of a peering. */
#include <linux/ethtool.h>
#include <net/netdev_lock.h>
#include <net/netdev_rx_queue.h>

#include "vxc.h"

/*
 * Frames come in by a queue of the port and leave by one, so there is nothing
 * to set at our own: udev need not hear of each.
 */
static void quiet_queues(struct net_device *dev)
{
#ifdef CONFIG_SYSFS
	unsigned int i;

	for (i = 0; i < dev->num_rx_queues; i++)
		dev->_rx[i].kobj.uevent_suppress = 1;
	for (i = 0; i < dev->num_tx_queues; i++)
		netdev_get_tx_queue(dev, i)->kobj.uevent_suppress = 1;
#endif
}

static int vxc_init(struct net_device *dev)
{
	netdev_lockdep_set_classes(dev);
	device_set_pm_not_required(&dev->dev);
	quiet_queues(dev);
	return 0;
}

static void vxc_uninit(struct net_device *dev)
{
	struct vxc_peering *p = netdev_priv(dev);

	if (!p->circuit)
		return;

	WRITE_ONCE(p->active, &vxc_no_leg);
	vxc_stats_fold(p);
	vxc_fast_free(p);
	vxc_circuit_put(p->circuit);
	p->circuit = NULL;
}

static void vxc_get_stats64(struct net_device *dev,
			    struct rtnl_link_stats64 *stats)
{
	struct vxc_peering *p = netdev_priv(dev);
	struct vxc_counters sum;

	vxc_device_counters(p, &sum);
	stats->rx_packets = sum.rx_packets;
	stats->rx_bytes = sum.rx_bytes;
	stats->tx_packets = sum.tx_packets;
	stats->tx_bytes = sum.tx_bytes;
	stats->tx_dropped = atomic_long_read(&p->no_leg);
	stats->tx_carrier_errors = stats->tx_dropped;
}

/* The core has checked the limits, which are the ports'. */
static int vxc_change_mtu(struct net_device *dev, int mtu)
{
	struct vxc_peering *p = netdev_priv(dev);

	if (!p->mtu_follows) {
		p->mtu = mtu;
		p->mtu_given = true;
	}
	WRITE_ONCE(dev->mtu, mtu);
	return 0;
}

/**
 * vxc_peering_mtu_max() - Largest MTU that all its ports can carry
 * @p: the peering
 *
 * Return: the MTU in bytes.
 */
u32 vxc_peering_mtu_max(const struct vxc_peering *p)
{
	u32 max = ETH_MAX_MTU - 2 * VLAN_HLEN, tags;
	const struct vxc_leg *leg;
	int role;

	for (role = 0; role < VXC_LEGS; role++) {
		leg = vxc_peering_leg(p, role);
		if (!leg || !leg->at.port->dev)
			continue;
		tags = vxc_attach_tags(&leg->at);
		if (p->cvid)
			tags += VLAN_HLEN;
		if (leg->at.port->dev->mtu < ETH_MIN_MTU + tags)
			return ETH_MIN_MTU;
		max = min(max, leg->at.port->dev->mtu - tags);
	}

	return max;
}

/**
 * vxc_peering_mtu() - Give the device of a peering an MTU
 * @p: the peering; the MTU that is wanted of it stays
 * @mtu: the MTU in bytes
 *
 * Return: 0, or the error of a notifier that refuses.
 */
int vxc_peering_mtu(struct vxc_peering *p, u32 mtu)
{
	int err;

	if (mtu == p->dev->mtu)
		return 0;

	p->mtu_follows = true;
	err = dev_set_mtu(p->dev, mtu);
	p->mtu_follows = false;
	return err;
}

/* Room in front of a packet, and how large packets may be: as the ports. */
void vxc_peering_sizes(struct vxc_peering *p)
{
	unsigned int room = 0, size = TSO_MAX_SIZE, segs = TSO_MAX_SEGS;
	const struct net_device *lower;
	const struct vxc_leg *leg;
	int role;

	for (role = 0; role < VXC_LEGS; role++) {
		leg = vxc_peering_leg(p, role);
		if (!leg || !leg->at.port->dev)
			continue;
		lower = leg->at.port->dev;
		room = max_t(unsigned int, room, lower->needed_headroom +
			     lower->hard_header_len - ETH_HLEN);
		size = min3(size, lower->tso_max_size, lower->gso_max_size);
		segs = min_t(unsigned int, segs, lower->tso_max_segs);
	}

	netif_set_tso_max_size(p->dev, size);
	netif_set_tso_max_segs(p->dev, segs);

	WRITE_ONCE(p->dev->needed_headroom, room + 2 * VLAN_HLEN);
}

/**
 * vxc_peering_follow() - Follow MTU, features and headroom of the ports
 * @p: the peering
 */
void vxc_peering_follow(struct vxc_peering *p)
{
	struct net_device *dev = p->dev;

	dev->max_mtu = vxc_peering_mtu_max(p);
	if (vxc_peering_mtu(p, min(p->mtu, dev->max_mtu)))
		netdev_warn(dev, "mtu stays %u, ports allow %u\n",
			    dev->mtu, dev->max_mtu);
	vxc_peering_sizes(p);
	netdev_update_features(dev);
}

/* What a port can do for frames that have our tags. */
static netdev_features_t port_features(const struct vxc_port *port)
{
	struct net_device *dev = port->dev;
	netdev_features_t features;

	features = netdev_intersect_features(dev->vlan_features, dev->features);
	/* The core knows no such tag, and cannot look behind it. */
	if (port->tpid == VXC_TPID_9100)
		features &= NETIF_F_SG | NETIF_F_HIGHDMA | NETIF_F_FRAGLIST;

	/* Either checksum of one protocol, or the general one, in software. */
	if (features & (NETIF_F_IP_CSUM | NETIF_F_IPV6_CSUM))
		features |= NETIF_F_HW_CSUM;
	return features;
}

static netdev_features_t vxc_fix_features(struct net_device *dev,
					  netdev_features_t features)
{
	netdev_features_t soft = NETIF_F_GSO_SOFTWARE | NETIF_F_RXCSUM;
	struct vxc_peering *p = netdev_priv(dev);
	netdev_features_t lower;
	struct vxc_leg *leg;
	int role;

	if (!p->circuit)
		return features;

	for (role = 0; role < VXC_LEGS; role++) {
		leg = vxc_peering_leg(p, role);
		if (!leg || !leg->at.port->dev)
			continue;
		lower = port_features(leg->at.port);
		if (leg->at.port->tpid == VXC_TPID_9100)
			soft &= ~NETIF_F_GSO_SOFTWARE;
		features = netdev_intersect_features(features, lower | soft);
	}

	return features;
}

/*
 * The port of the active leg, or of any, or none. Being another device than
 * ourselves makes the core announce a change of carrier at once.
 */
static int vxc_get_iflink(const struct net_device *dev)
{
	const struct vxc_peering *p = netdev_priv(dev);
	const struct vxc_path *path;
	int ifindex = 0;
	int i;

	rcu_read_lock();
	path = rcu_dereference(p->path[READ_ONCE(*READ_ONCE(p->active))]);
	for (i = 0; !path && i < VXC_LEGS; i++)
		path = rcu_dereference(p->path[i]);
	if (path)
		ifindex = path->lower->ifindex;
	rcu_read_unlock();
	return ifindex;
}

const struct net_device_ops vxc_netdev_ops = {
	.ndo_init		= vxc_init,
	.ndo_uninit		= vxc_uninit,
	.ndo_start_xmit		= vxc_xmit,
	.ndo_get_stats64	= vxc_get_stats64,
	.ndo_change_mtu		= vxc_change_mtu,
	.ndo_fix_features	= vxc_fix_features,
	.ndo_set_mac_address	= eth_mac_addr,
	.ndo_validate_addr	= eth_validate_addr,
	.ndo_get_iflink		= vxc_get_iflink,
};

static void vxc_get_drvinfo(struct net_device *dev,
			    struct ethtool_drvinfo *info)
{
	strscpy(info->driver, VXC_KIND, sizeof(info->driver));
	strscpy(info->version, VXC_VERSION, sizeof(info->version));
}

/* Speed and duplex are those of the active leg's port. */
static int vxc_get_link_ksettings(struct net_device *dev,
				  struct ethtool_link_ksettings *cmd)
{
	struct vxc_peering *p = netdev_priv(dev);
	struct vxc_path *path;

	path = rtnl_dereference(p->path[READ_ONCE(*READ_ONCE(p->active))]);
	if (!path)
		return -ENETDOWN;

	return __ethtool_get_link_ksettings(path->lower, cmd);
}

static const struct ethtool_ops vxc_ethtool_ops = {
	.get_drvinfo		= vxc_get_drvinfo,
	.get_link		= ethtool_op_get_link,
	.get_link_ksettings	= vxc_get_link_ksettings,
};

static void vxc_free(struct net_device *dev)
{
	struct vxc_peering *p = netdev_priv(dev);

	vxc_peering_mep_free(p);
	vxc_stats_free(p);
}

/**
 * vxc_netdev_setup() - Set a new device up
 * @dev: the device
 */
void vxc_netdev_setup(struct net_device *dev)
{
	ether_setup(dev);

	dev->netdev_ops = &vxc_netdev_ops;
	dev->ethtool_ops = &vxc_ethtool_ops;
	dev->priv_destructor = vxc_free;
	dev->needs_free_netdev = true;
	dev->priv_flags &= ~IFF_TX_SKB_SHARING;
	dev->priv_flags |= IFF_NO_QUEUE | IFF_LIVE_ADDR_CHANGE;
	dev->min_mtu = ETH_MIN_MTU;
	dev->max_mtu = ETH_MAX_MTU - 2 * VLAN_HLEN;
	vxc_set_lltx(dev);
	vxc_set_live_rename(dev);

	/* A tag above the peering would be one too many to receive. */
	dev->features |= NETIF_F_VLAN_CHALLENGED;
	dev->hw_features = NETIF_F_SG | NETIF_F_FRAGLIST | NETIF_F_HIGHDMA |
			   NETIF_F_HW_CSUM | NETIF_F_RXCSUM |
			   NETIF_F_ALL_TSO | NETIF_F_GSO_SOFTWARE;
	dev->features |= dev->hw_features;
}
