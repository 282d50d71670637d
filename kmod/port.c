// SPDX-License-Identifier: GPL-2.0
/*
 * Ports. A port outlives its device: while that is gone the port is absent,
 * its legs are down, and they come back when the device is added again.
 */
#include <linux/slab.h>

#include "txn.h"

struct vxc_port *vxc_port_find(struct vxc_net *vn, const char *name)
{
	struct vxc_port *port;

	list_for_each_entry(port, &vn->ports, list)
		if (!strcmp(port->name, name))
			return port;

	return NULL;
}

/* Why frames cannot pass a port, enum vxc_reason. */
u8 vxc_port_reason(const struct vxc_port *port)
{
	if (!port->dev)
		return VXC_REASON_PORT_ABSENT;
	if (!(port->dev->flags & IFF_UP))
		return VXC_REASON_PORT_DOWN;
	if (!netif_carrier_ok(port->dev) || netif_dormant(port->dev))
		return VXC_REASON_NO_CARRIER;

	return VXC_REASON_NONE;
}

/* The port's state may have changed: its circuits must know. */
void vxc_port_update(struct vxc_port *port)
{
	u8 reason = vxc_port_reason(port);
	struct vxc_leg *leg;

	if (port->reason != reason) {
		port->reason = reason;
		vxc_event_port(port, VXC_EVENT_KIND_STATE);
	}
	list_for_each_entry(leg, &port->all_legs, on_port)
		vxc_protect_update(leg->circuit);
}

/**
 * vxc_port_unknown() - Remember an outer VID that belongs to no leg
 * @port: the port
 * @tpid: TPID of the tag
 * @vid: VLAN ID of the tag
 *
 * Context: softirq. If another CPU is at it the VID is not remembered: a
 * flood of them costs no more than the attempt.
 */
void vxc_port_unknown(struct vxc_port *port, __be16 tpid, u16 vid)
{
	struct vxc_unknown *u, *oldest = port->unknown;
	int i;

	if (!spin_trylock(&port->unknown_lock))
		return;

	for (i = 0; i < VXC_UNKNOWN; i++) {
		u = &port->unknown[i];
		if (u->packets && u->tpid == tpid && u->vid == vid)
			goto found;
		if (u->last < oldest->last)
			oldest = u;
	}
	u = oldest;
	u->tpid = tpid;
	u->vid = vid;
	u->packets = 0;
found:
	u->packets++;
	u->last = ktime_get_ns();
	spin_unlock(&port->unknown_lock);
}

static void port_free_rcu(struct rcu_head *rcu)
{
	struct vxc_port *port = container_of(rcu, struct vxc_port, rcu);

	free_percpu(port->stats);
	kvfree(port);
}

static struct vxc_port *port_alloc(struct vxc_net *vn)
{
	struct vxc_port *port;
	unsigned int i;

	port = kvzalloc(sizeof(*port), GFP_KERNEL_ACCOUNT);
	if (!port)
		return NULL;

	port->stats = netdev_alloc_pcpu_stats(struct vxc_pcpu_drops);
	if (!port->stats) {
		kvfree(port);
		return NULL;
	}

	for (i = 0; i < ARRAY_SIZE(port->legs); i++)
		INIT_HLIST_HEAD(&port->legs[i]);
	INIT_LIST_HEAD(&port->all_legs);
	spin_lock_init(&port->unknown_lock);
	port->vn = vn;
	port->tpid = ETH_P_8021Q;
	port->oversubscription = 100;
	port->rx_tpid = htons(ETH_P_8021Q);
	return port;
}

/**
 * vxc_port_destroy() - End a port, with its device if it has one
 * @port: the port; it has no legs
 */
void vxc_port_destroy(struct vxc_port *port)
{
	if (port->dev)
		vxc_detach_device(port);
	list_del(&port->list);
	port->vn->nports--;
	call_rcu(&port->rcu, port_free_rcu);
}

struct port_change {
	struct vxc_change		change;
	struct vxc_port			*port;
	struct net_device		*dev;	/* attached by this step */
	bool				fresh;	/* made by this step */
	bool				opened;	/* brought up by this step */
	u16				tpid;
	u8				unmatched;
	u64				speed;
	u32				oversubscription;
	u8				local;
};

/* For the abort. */
static void save(struct port_change *c)
{
	const struct vxc_port *port = c->port;

	c->tpid = port->tpid;
	c->unmatched = port->unmatched;
	c->speed = port->speed;
	c->oversubscription = port->oversubscription;
	c->local = port->local;
}

static void restore(const struct port_change *c)
{
	struct vxc_port *port = c->port;

	port->tpid = c->tpid;
	port->unmatched = c->unmatched;
	port->speed = c->speed;
	port->oversubscription = c->oversubscription;
	port->local = c->local;
}

/* All that is given, but the TPID. */
static void change(struct vxc_port *port, const struct vxc_port_cfg *cfg)
{
	if (cfg->given & VXC_PORT_UNMATCHED)
		port->unmatched = cfg->unmatched;
	if (cfg->given & VXC_PORT_SPEED)
		port->speed = cfg->speed;
	if (cfg->given & VXC_PORT_OVERSUB)
		port->oversubscription = cfg->oversubscription;
	if (cfg->given & VXC_PORT_LOCAL)
		port->local = cfg->local;
}

static void port_publish(struct vxc_port *port)
{
	WRITE_ONCE(port->rx_tpid, htons(port->tpid));
	WRITE_ONCE(port->rx_drop, port->unmatched == VXC_UNMATCHED_DROP);
}

/* All legs of the port, told to its device's VLAN filter. */
static int tell_legs(struct vxc_txn *txn, struct vxc_port *port, u16 tpid)
{
	struct vxc_leg *leg;
	int err;

	list_for_each_entry(leg, &port->all_legs, on_port) {
		err = vxc_attach_check_vlan(&leg->at, tpid, txn->extack);
		if (!err)
			err = vxc_filter_tell(txn, &leg->at, tpid);
		if (err)
			return err;
	}

	return 0;
}

/* Everything on the port must be compiled: its circuits and their maps. */
static void touch_port(struct vxc_txn *txn, struct vxc_port *port)
{
	struct vxc_leg *leg;

	list_for_each_entry(leg, &port->all_legs, on_port)
		vxc_txn_touch(txn, leg->circuit);
}

/* MTU or features of the device have changed. */
void vxc_port_follow(struct vxc_port *port)
{
	struct vxc_peering *p;
	struct vxc_leg *leg;

	list_for_each_entry(leg, &port->all_legs, on_port)
		list_for_each_entry(p, &leg->circuit->peerings, list)
			vxc_peering_follow(p);
}

static int check_tpid(struct vxc_txn *txn, u16 tpid)
{
	if (vxc_is_tpid(htons(tpid)))
		return 0;

	return vxc_txn_refuse(txn, VXC_A_PORT_TPID, -EINVAL,
			      "tpid 0x%04x is not one of 0x8100, 0x88a8, 0x9100",
			      tpid);
}

static void port_add_commit(struct vxc_txn *txn, struct vxc_change *change)
{
	struct port_change *c = (struct port_change *)change;

	port_publish(c->port);
	c->port->reason = vxc_port_reason(c->port);
	vxc_port_follow(c->port);
	vxc_event_port(c->port, c->fresh ? VXC_EVENT_KIND_ADDED :
					   VXC_EVENT_KIND_STATE);
}

static void port_add_abort(struct vxc_txn *txn, struct vxc_change *change)
{
	struct port_change *c = (struct port_change *)change;

	if (!c->port)
		return;

	if (c->dev)
		vxc_release_device(c->port);
	if (c->opened)
		dev_close(c->dev);
	if (c->fresh) {
		vxc_port_destroy(c->port);
		return;
	}
	restore(c);
}

static int port_fresh(struct vxc_txn *txn, struct port_change *c)
{
	struct vxc_net *vn = txn->vn;

	if (vn->nports >= VXC_MAX_PORTS)
		return vxc_refuse(txn->extack, -ENOSPC,
				  "a network namespace can have %u ports",
				  VXC_MAX_PORTS);

	c->port = port_alloc(vn);
	if (!c->port)
		return -ENOMEM;

	c->fresh = true;
	list_add_tail(&c->port->list, &vn->ports);
	vn->nports++;
	return 0;
}

/**
 * vxc_port_add() - Give a device to vxc
 * @txn: the transaction
 * @cfg: dev, and what is given
 *
 * A port whose device was gone gets it back, with all its legs.
 *
 * Return: 0 or an error.
 */
int vxc_port_add(struct vxc_txn *txn, const struct vxc_port_cfg *cfg)
{
	struct net_device *dev = cfg->dev;
	struct port_change *c;
	int err;

	if (cfg->given & VXC_PORT_TPID) {
		err = check_tpid(txn, cfg->tpid);
		if (err)
			return err;
	}
	err = vxc_port_check_speed(txn, cfg);
	if (err)
		return err;

	c = vxc_txn_record(txn, sizeof(*c), port_add_commit, port_add_abort);
	if (!c)
		return -ENOMEM;

	c->port = vxc_port_find(txn->vn, dev->name);
	if (c->port && c->port->dev) {
		c->port = NULL;
		return vxc_txn_refuse(txn, VXC_A_PORT_NAME, -EEXIST,
				      "%s is a vxc port already", dev->name);
	}
	if (!c->port) {
		err = port_fresh(txn, c);
		if (err)
			return err;
	}

	save(c);
	if (cfg->given & VXC_PORT_TPID)
		c->port->tpid = cfg->tpid;
	change(c->port, cfg);

	c->opened = !(dev->flags & IFF_UP);
	err = vxc_attach_device(c->port, dev, txn->extack);
	if (err) {
		c->opened = false;
		return err;
	}
	c->dev = dev;
	touch_port(txn, c->port);
	return tell_legs(txn, c->port, c->port->tpid);
}

static struct vxc_port *port_get(struct vxc_txn *txn, const char *name)
{
	struct vxc_port *port = vxc_port_find(txn->vn, name);

	if (!port)
		vxc_txn_refuse(txn, VXC_A_PORT_NAME, -ENOENT,
			       "%s is not a vxc port", name);

	return port;
}

static void port_set_commit(struct vxc_txn *txn, struct vxc_change *change)
{
	struct port_change *c = (struct port_change *)change;

	port_publish(c->port);
	vxc_event_port(c->port, VXC_EVENT_KIND_CHANGED);
}

static void port_set_abort(struct vxc_txn *txn, struct vxc_change *change)
{
	struct port_change *c = (struct port_change *)change;

	restore(c);
}

static int change_tpid(struct vxc_txn *txn, struct vxc_port *port, u16 tpid)
{
	struct vxc_leg *leg;
	int err;

	err = check_tpid(txn, tpid);
	if (err)
		return err;

	err = tell_legs(txn, port, tpid);
	if (err)
		return err;

	list_for_each_entry(leg, &port->all_legs, on_port) {
		err = vxc_filter_untell(txn, &leg->at, port->tpid);
		if (err)
			return err;
	}

	port->tpid = tpid;
	touch_port(txn, port);
	return 0;
}

/**
 * vxc_port_set() - Change a port in place
 * @txn: the transaction
 * @cfg: name, and what is given
 *
 * Return: 0 or an error.
 */
int vxc_port_set(struct vxc_txn *txn, const struct vxc_port_cfg *cfg)
{
	struct vxc_port *port = port_get(txn, cfg->name);
	struct port_change *c;
	int err;

	if (!port)
		return -ENOENT;

	err = vxc_port_check_speed(txn, cfg);
	if (err)
		return err;

	c = vxc_txn_record(txn, sizeof(*c), port_set_commit, port_set_abort);
	if (!c)
		return -ENOMEM;

	c->port = port;
	save(c);
	change(port, cfg);
	if (port->local != c->local)
		touch_port(txn, port);
	if (cfg->given & (VXC_PORT_SPEED | VXC_PORT_OVERSUB)) {
		err = vxc_port_admit(txn, port, cfg->given & VXC_PORT_SPEED ?
				     VXC_A_PORT_SPEED :
				     VXC_A_PORT_OVERSUBSCRIPTION);
		if (err)
			return err;
	}
	if (!(cfg->given & VXC_PORT_TPID) || cfg->tpid == port->tpid)
		return 0;

	return change_tpid(txn, port, cfg->tpid);
}

static void port_del_commit(struct vxc_txn *txn, struct vxc_change *change)
{
	struct port_change *c = (struct port_change *)change;

	if (c->port->nlegs) {
		vxc_detach_device(c->port);
		vxc_port_update(c->port);
		return;
	}

	vxc_event_port(c->port, VXC_EVENT_KIND_DELETED);
	vxc_port_destroy(c->port);
}

static void port_del_abort(struct vxc_txn *txn, struct vxc_change *change)
{
}

static int refuse_in_use(struct vxc_txn *txn, struct vxc_port *port)
{
	struct vxc_leg *leg = list_first_entry(&port->all_legs, struct vxc_leg,
					       on_port);

	return vxc_refuse(txn->extack, -EBUSY,
			  "port %s has %u legs, one of circuit %s",
			  port->name, port->nlegs, leg->circuit->name);
}

/**
 * vxc_port_del() - Give a port's device back
 * @txn: the transaction
 * @cfg: name, and whether by force
 *
 * With legs on it a port goes by force only; it is then absent, and gone for
 * good when its last leg has left and it is deleted again.
 *
 * Return: 0 or an error.
 */
int vxc_port_del(struct vxc_txn *txn, const struct vxc_port_cfg *cfg)
{
	struct vxc_port *port = port_get(txn, cfg->name);
	struct port_change *c;

	if (!port)
		return -ENOENT;
	if (port->nlegs && !(cfg->force && port->dev))
		return refuse_in_use(txn, port);

	c = vxc_txn_record(txn, sizeof(*c), port_del_commit, port_del_abort);
	if (!c)
		return -ENOMEM;

	c->port = port;
	return 0;
}
