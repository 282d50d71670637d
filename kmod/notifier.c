// SPDX-License-Identifier: GPL-2.0
/* What happens to the devices that are ports, and above them. */
#include "vxc.h"

static struct vxc_leg *vlan_victim(struct vxc_port *port, __be16 proto, u16 vid)
{
	struct vxc_leg *leg, *any = vxc_leg_at(port, VXC_VID_ANY, 0);

	if (proto == htons(port->tpid))
		hlist_for_each_entry(leg, &port->legs[vid & 0xff], slot)
			if (leg->at.svid == vid)
				return leg;

	return any;
}

/* The core would give the frames of a leg to a new VLAN device. */
static int check_vlan(struct net_device *dev, struct net_device *vlan,
		      struct netlink_ext_ack *extack)
{
	struct vxc_port *port = vxc_port_of(dev);
	struct vxc_leg *leg;
	char buf[32];

	if (!port || !is_vlan_dev(vlan))
		return 0;

	leg = vlan_victim(port, vlan_dev_vlan_proto(vlan),
			  vlan_dev_vlan_id(vlan));
	if (!leg)
		return 0;

	return vxc_refuse(extack, -EBUSY,
			  "%s would take the frames of %s, %s %s of vxc circuit %s",
			  vlan->name,
			  vxc_attach_name(&leg->at, buf, sizeof(buf)),
			  vxc_end_word(leg->end), vxc_role_name(leg->role),
			  leg->circuit->name);
}

static int changing_upper(struct net_device *dev,
			  struct netdev_notifier_changeupper_info *info)
{
	struct netlink_ext_ack *extack;
	int err;

	if (!info->linking)
		return NOTIFY_DONE;

	extack = netdev_notifier_info_to_extack(&info->info);
	err = vxc_stack_check(info->upper_dev, dev, extack);
	if (!err)
		err = check_vlan(dev, info->upper_dev, extack);

	return notifier_from_errno(err);
}

/* The device goes, or leaves its network namespace. */
static void port_gone(struct vxc_port *port)
{
	port->vn->gen++;
	vxc_detach_device(port);
	vxc_port_update(port);
}

static void port_renamed(struct vxc_port *port)
{
	port->vn->gen++;
	strscpy(port->name, port->dev->name, sizeof(port->name));
	vxc_event_port(port, VXC_EVENT_KIND_CHANGED);
}

/* It enters a network namespace or leaves one, be it by moving to another. */
static int peering_event(struct net_device *dev, unsigned long event)
{
	struct vxc_peering *p = netdev_priv(dev);
	int err;

	if (event == NETDEV_UNREGISTER)
		vxc_isolate_del(p);
	if (event != NETDEV_REGISTER)
		return NOTIFY_DONE;

	err = vxc_isolate_add(p);
	if (!err)
		return NOTIFY_DONE;

	/* A move cannot be refused, so it carries no frame where it is now. */
	vxc_peering_cut(p);
	return notifier_from_errno(err);
}

static int vxc_device_event(struct notifier_block *nb, unsigned long event,
			    void *ptr)
{
	struct net_device *dev = netdev_notifier_info_to_dev(ptr);
	struct vxc_port *port;

	if (event == NETDEV_PRECHANGEUPPER)
		return changing_upper(dev, ptr);

	if (vxc_is_peering(dev))
		return peering_event(dev, event);

	port = vxc_port_of(dev);
	if (!port)
		return NOTIFY_DONE;

	switch (event) {
	case NETDEV_UP:
	case NETDEV_DOWN:
	case NETDEV_CHANGE:
		vxc_port_update(port);
		break;
	case NETDEV_CHANGEMTU:
	case NETDEV_FEAT_CHANGE:
		vxc_port_follow(port);
		break;
	case NETDEV_CHANGENAME:
		port_renamed(port);
		break;
	case NETDEV_UNREGISTER:
		port_gone(port);
		break;
	case NETDEV_PRE_TYPE_CHANGE:
		/* It would no longer be an Ethernet device. */
		return NOTIFY_BAD;
	}

	return NOTIFY_DONE;
}

struct notifier_block vxc_notifier = {
	.notifier_call = vxc_device_event,
};
