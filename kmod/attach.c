// SPDX-License-Identifier: GPL-2.0
/*
 * The device under a port: which devices are accepted, what is asked of them
 * while they are ports, and how they are given back.
 */
#include <linux/if_arp.h>
#include <linux/slab.h>

#include "txn.h"

bool vxc_is_port(const struct net_device *dev)
{
	return rcu_access_pointer(dev->rx_handler) == vxc_rx_handler;
}

/* The port on a device, or NULL; under rtnl. */
struct vxc_port *vxc_port_of(const struct net_device *dev)
{
	if (!vxc_is_port(dev))
		return NULL;

	return rtnl_dereference(dev->rx_handler_data);
}

static int find_peering(struct net_device *dev, struct netdev_nested_priv *priv)
{
	if (!vxc_is_peering(dev))
		return 0;

	priv->data = dev;
	return 1;
}

/* A peering that the device is, or stands on; NULL if there is none. */
static struct net_device *peering_below(struct net_device *dev)
{
	struct netdev_nested_priv priv = {};

	if (vxc_is_peering(dev))
		return dev;

	rcu_read_lock();
	netdev_walk_all_lower_dev_rcu(dev, find_peering, &priv);
	rcu_read_unlock();
	return priv.data;
}

static int find_port(struct net_device *dev, struct netdev_nested_priv *priv)
{
	if (!vxc_is_port(dev))
		return 0;

	priv->data = dev;
	return 1;
}

/* A port that the device is, or that stands on it; NULL if there is none. */
static struct net_device *port_above(struct net_device *dev)
{
	struct netdev_nested_priv priv = {};

	if (vxc_is_port(dev))
		return dev;

	rcu_read_lock();
	netdev_walk_all_upper_dev_rcu(dev, find_port, &priv);
	rcu_read_unlock();
	return priv.data;
}

/**
 * vxc_stack_check() - May a device be put on another?
 * @upper: the device above
 * @lower: the device below
 * @extack: where the refusal goes
 *
 * A port above a peering would lead frames round in circles.
 *
 * Return: 0, or -ELOOP.
 */
int vxc_stack_check(struct net_device *upper, struct net_device *lower,
		    struct netlink_ext_ack *extack)
{
	struct net_device *peering, *port;

	port = port_above(upper);
	if (!port)
		return 0;
	peering = peering_below(lower);
	if (!peering)
		return 0;

	return vxc_refuse(extack, -ELOOP,
			  "%s would put vxc port %s above vxc peering %s",
			  lower->name, port->name, peering->name);
}

static const char *kind_of(const struct net_device *dev)
{
	return dev->rtnl_link_ops ? dev->rtnl_link_ops->kind : "device";
}

/* A device that stands on this one; VLAN devices need no receive handler. */
static struct net_device *any_upper(struct net_device *dev)
{
	struct net_device *upper;
	struct list_head *iter;

	netdev_for_each_upper_dev_rcu(dev, upper, iter)
		if (!is_vlan_dev(upper))
			return upper;

	return NULL;
}

/* Who holds the one receive handler that a device can have. */
static int refuse_busy(struct net_device *dev, struct net_device *holder,
		       struct netlink_ext_ack *extack)
{
	if (vxc_is_port(dev))
		return vxc_refuse(extack, -EEXIST, "%s is a vxc port already",
				  dev->name);

	if (!holder) {
		rcu_read_lock();
		holder = any_upper(dev);
		rcu_read_unlock();
	}
	if (holder)
		return vxc_refuse(extack, -EBUSY, "%s belongs to %s %s",
				  dev->name, kind_of(holder), holder->name);

	return vxc_refuse(extack, -EBUSY, "%s has a receive handler already",
			  dev->name);
}

static int check_device(struct net_device *dev, struct netlink_ext_ack *extack)
{
	struct net_device *master = netdev_master_upper_dev_get(dev);
	struct net_device *peering;

	if (dev->flags & IFF_LOOPBACK)
		return vxc_refuse(extack, -EINVAL,
				  "%s is a loopback device", dev->name);
	if (dev->type != ARPHRD_ETHER || dev->addr_len != ETH_ALEN)
		return vxc_refuse(extack, -EINVAL,
				  "%s is not an Ethernet device", dev->name);
	if (vxc_is_peering(dev))
		return vxc_refuse(extack, -ELOOP, "%s is a vxc peering itself",
				  dev->name);
	peering = peering_below(dev);
	if (peering)
		return vxc_refuse(extack, -ELOOP,
				  "%s stands on vxc peering %s", dev->name,
				  peering->name);
	if (netif_is_l3_master(dev))
		return vxc_refuse(extack, -EINVAL, "%s is a VRF", dev->name);
	if (netdev_is_rx_handler_busy(dev) || master)
		return refuse_busy(dev, master, extack);

	return 0;
}

/* TPID whose VLAN filter is to be told of an attachment; 0 if there is none. */
static u16 filter_proto(const struct vxc_attach *at, u16 tpid)
{
	if (at->match != VXC_MATCH_SVID && at->match != VXC_MATCH_SVID_CVID)
		return 0;
	if (!at->port->dev)
		return 0;

	return tpid == VXC_TPID_9100 ? 0 : tpid;
}

struct filter_change {
	struct vxc_change		change;
	struct net_device		*dev;
	u16				proto;
	u16				vid;
};

static void filter_untell(struct vxc_txn *txn, struct vxc_change *change)
{
	struct filter_change *c = (struct filter_change *)change;

	if (c->dev)
		vlan_vid_del(c->dev, htons(c->proto), c->vid);
}

static void filter_keep(struct vxc_txn *txn, struct vxc_change *change)
{
}

/**
 * vxc_filter_tell() - Tell the port's VLAN filter of an attachment
 * @txn: the transaction
 * @at: the attachment
 * @tpid: TPID of its S-tag
 *
 * Return: 0, or the error of the device.
 */
int vxc_filter_tell(struct vxc_txn *txn, const struct vxc_attach *at, u16 tpid)
{
	u16 proto = filter_proto(at, tpid);
	struct filter_change *c;
	int err;

	if (!proto)
		return 0;

	c = vxc_txn_record(txn, sizeof(*c), filter_keep, filter_untell);
	if (!c)
		return -ENOMEM;

	err = vlan_vid_add(at->port->dev, htons(proto), at->svid);
	if (err)
		return vxc_refuse(txn->extack, err,
				  "%s does not let VID %u through its filter",
				  at->port->dev->name, at->svid);

	c->dev = at->port->dev;
	c->proto = proto;
	c->vid = at->svid;
	return 0;
}

/**
 * vxc_filter_untell() - Untell it when the transaction succeeds
 * @txn: the transaction
 * @at: the attachment
 * @tpid: TPID of its S-tag
 *
 * Return: 0 or -ENOMEM.
 */
int vxc_filter_untell(struct vxc_txn *txn, const struct vxc_attach *at,
		      u16 tpid)
{
	u16 proto = filter_proto(at, tpid);
	struct filter_change *c;

	if (!proto)
		return 0;

	c = vxc_txn_record(txn, sizeof(*c), filter_untell, filter_keep);
	if (!c)
		return -ENOMEM;

	/* The core finds the VID told last first, so begin with that. */
	list_move(&c->change.list, &txn->changes);
	c->dev = at->port->dev;
	c->proto = proto;
	c->vid = at->svid;
	return 0;
}

static struct net_device *find_vlan(struct net_device *dev, u16 tpid, u16 vid)
{
	struct net_device *vlan;

	rcu_read_lock();
	vlan = __vlan_find_dev_deep_rcu(dev, htons(tpid), vid);
	rcu_read_unlock();
	return vlan;
}

static struct net_device *any_vlan(struct net_device *dev)
{
	struct net_device *upper;
	struct list_head *iter;

	netdev_for_each_upper_dev_rcu(dev, upper, iter)
		if (is_vlan_dev(upper))
			return upper;

	return NULL;
}

/**
 * vxc_attach_check_vlan() - Does a VLAN device take the frames of a leg?
 * @at: where the leg attaches
 * @tpid: TPID of its S-tag
 * @extack: where the refusal goes
 *
 * The core hands tagged frames to VLAN devices before it asks a port.
 *
 * Return: 0, or -EBUSY.
 */
int vxc_attach_check_vlan(const struct vxc_attach *at, u16 tpid,
			  struct netlink_ext_ack *extack)
{
	struct net_device *dev = at->port->dev, *vlan = NULL;

	if (!dev)
		return 0;

	if (at->match == VXC_MATCH_ANY) {
		rcu_read_lock();
		vlan = any_vlan(dev);
		rcu_read_unlock();
	} else if (at->match != VXC_MATCH_UNTAGGED && tpid != VXC_TPID_9100) {
		vlan = find_vlan(dev, tpid, at->svid);
	}
	if (!vlan)
		return 0;

	return vxc_refuse(extack, -EBUSY,
			  "VLAN device %s takes VID %u of port %s",
			  vlan->name, vlan_dev_vlan_id(vlan), dev->name);
}

/**
 * vxc_attach_device() - Make a device the port's
 * @port: the port, which has none
 * @dev: the device
 * @extack: where the refusal goes
 *
 * The device is brought up if it is not. Frames are passed to the host until
 * the port's maps are published.
 *
 * Return: 0, or an error; the device is then as it was.
 */
int vxc_attach_device(struct vxc_port *port, struct net_device *dev,
		      struct netlink_ext_ack *extack)
{
	bool opened = !(dev->flags & IFF_UP);
	int err;

	err = check_device(dev, extack);
	if (err)
		return err;

	err = dev_open(dev, extack);
	if (err)
		return err;

	err = dev_set_promiscuity(dev, 1);
	if (err)
		goto err_close;

	err = netdev_rx_handler_register(dev, vxc_rx_handler, port);
	if (err)
		goto err_promisc;

	dev_disable_lro(dev);
	port->dev = dev;
	netdev_hold(dev, &port->tracker, GFP_KERNEL);
	strscpy(port->name, dev->name, sizeof(port->name));
	return 0;

err_promisc:
	dev_set_promiscuity(dev, -1);
err_close:
	if (opened)
		dev_close(dev);
	return err;
}

/**
 * vxc_release_device() - Take back vxc_attach_device()
 * @port: the port
 *
 * Waits for a grace period: no frame is on its way through the port after it.
 */
void vxc_release_device(struct vxc_port *port)
{
	struct net_device *dev = port->dev;

	vxc_map_remove_port(port);
	netdev_rx_handler_unregister(dev);
	dev_set_promiscuity(dev, -1);
	port->dev = NULL;
	netdev_put(dev, &port->tracker);
}

/**
 * vxc_detach_device() - Give a device back
 * @port: the port, whose device it is; its legs stay
 */
void vxc_detach_device(struct vxc_port *port)
{
	struct vxc_leg *leg;
	u16 proto;

	list_for_each_entry(leg, &port->all_legs, on_port) {
		proto = filter_proto(&leg->at, port->tpid);
		if (proto)
			vlan_vid_del(port->dev, htons(proto), leg->at.svid);
	}
	vxc_release_device(port);
}
