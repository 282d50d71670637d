// SPDX-License-Identifier: GPL-2.0
/*
 * Peerings: which frames of a circuit are routed, and over which legs. The
 * same code serves generic netlink and rtnetlink. All under rtnl.
 */
#include <linux/jhash.h>
#include <linux/slab.h>

#include "txn.h"

/* What a peering follows that has left its circuit: its device lives on. */
const u8 vxc_no_leg = VXC_NO_LEG;

static bool ours(const struct net_device *dev, const struct vxc_net *vn)
{
	const struct vxc_peering *p;

	if (!dev || !vxc_is_peering(dev))
		return false;

	p = netdev_priv(dev);
	return p->circuit && p->circuit->vn == vn && !p->dying;
}

/* Devices that moved to another network namespace have to be searched for. */
static struct vxc_peering *find_moved(struct vxc_net *vn, const char *name)
{
	struct vxc_circuit *circuit;
	struct vxc_peering *p;
	int id;

	idr_for_each_entry(&vn->circuits, circuit, id)
		list_for_each_entry(p, &circuit->peerings, list)
			if (!p->dying && !strcmp(p->dev->name, name))
				return p;

	return NULL;
}

struct vxc_peering *vxc_peering_find(struct vxc_net *vn, const char *name)
{
	struct net_device *dev = __dev_get_by_name(vn->net, name);

	if (ours(dev, vn))
		return netdev_priv(dev);

	return find_moved(vn, name);
}

struct vxc_peering *vxc_peering_find_index(struct vxc_net *vn, int ifindex)
{
	struct net_device *dev = __dev_get_by_index(vn->net, ifindex);

	return ours(dev, vn) ? netdev_priv(dev) : NULL;
}

bool vxc_peering_on_leg(const struct vxc_peering *p, const struct vxc_leg *leg)
{
	if (leg->end->which != VXC_END_A)
		return false;

	return p->role == VXC_NO_LEG || p->role == leg->role;
}

/* The leg in a role if the peering uses it, else NULL. */
struct vxc_leg *vxc_peering_leg(const struct vxc_peering *p, u8 role)
{
	struct vxc_leg *leg = p->circuit->end[VXC_END_A].leg[role];

	return leg && vxc_peering_on_leg(p, leg) ? leg : NULL;
}

/*
 * The address is made of the service key, so that it is the same after a
 * reload and on every host that has the circuit.
 */
static void derive_address(struct net_device *dev, const struct vxc_peering *p)
{
	const uuid_t *key = &p->circuit->key;
	u32 hash[2];
	u8 *addr = (u8 *)hash;

	hash[0] = jhash(key, sizeof(*key), p->cvid | p->role << 16);
	hash[1] = jhash(key, sizeof(*key), ~hash[0]);
	addr[0] = (addr[0] & 0xfc) | 0x02;
	eth_hw_addr_set(dev, addr);
}

static bool overlap(const struct vxc_peering *a, const struct vxc_peering *b)
{
	if (a->cvid != b->cvid)
		return false;

	return a->role == VXC_NO_LEG || b->role == VXC_NO_LEG ||
	       a->role == b->role;
}

/* Can the peering be what it says? */
static int check(struct vxc_txn *txn, const struct vxc_peering *p)
{
	const struct vxc_circuit *circuit = p->circuit;
	const struct vxc_peering *other;
	const struct vxc_leg *leg;
	int role, err;

	list_for_each_entry(other, &circuit->peerings, list) {
		if (other == p || other->dying || !overlap(p, other))
			continue;
		if (p->cvid)
			return vxc_txn_refuse(txn, VXC_A_PEERING_CVID, -EEXIST,
					      "C-VID %u of circuit %s is that of peering %s already",
					      p->cvid, circuit->name,
					      other->dev->name);
		return vxc_refuse(txn->extack, -EEXIST,
				  "peering %s takes the untagged frames of circuit %s already",
				  other->dev->name, circuit->name);
	}

	if (p->role != VXC_NO_LEG && !vxc_peering_leg(p, p->role))
		return vxc_txn_refuse(txn, VXC_A_PEERING_ROLE, -ENOENT,
				      "circuit %s has no %s leg", circuit->name,
				      vxc_role_name(p->role));

	for (role = 0; role < VXC_LEGS; role++) {
		leg = vxc_peering_leg(p, role);
		if (!leg)
			continue;
		err = vxc_leg_check_peering(txn, leg, p);
		if (err)
			return err;
	}

	return 0;
}

static int check_mtu(struct vxc_txn *txn, const struct vxc_peering_cfg *cfg)
{
	u32 max = ETH_MAX_MTU - 2 * VLAN_HLEN;

	if (!(cfg->given & VXC_PEERING_MTU))
		return 0;
	if (cfg->mtu >= ETH_MIN_MTU && cfg->mtu <= max)
		return 0;

	return vxc_txn_refuse(txn, VXC_A_PEERING_MTU, -EINVAL,
			      "mtu %u is not in %u to %u",
			      cfg->mtu, ETH_MIN_MTU, max);
}

static void take_cfg(struct vxc_peering *p, const struct vxc_peering_cfg *cfg)
{
	if (cfg->given & VXC_PEERING_CVID)
		p->cvid = cfg->cvid;
	if (cfg->given & VXC_PEERING_ROLE)
		p->role = cfg->role;
	if (cfg->given & VXC_PEERING_PCP)
		p->pcp = cfg->pcp;
	if (cfg->given & VXC_PEERING_PCP_SOURCE)
		p->pcp_source = cfg->pcp_source;
	if (cfg->given & VXC_PEERING_DEI)
		p->dei = cfg->dei;
	if (cfg->given & VXC_PEERING_URPF)
		p->urpf = cfg->urpf;
	if (cfg->given & VXC_PEERING_MTU) {
		p->mtu = cfg->mtu;
		p->mtu_given = true;
	}
}

struct peering_change {
	struct vxc_change		change;
	struct vxc_peering		*p;
	u16				cvid;
	u8				role;
	u8				pcp_source;
	u8				pcp;
	u8				dei;
	u8				urpf;
	bool				mtu_given;
	bool				quiet;
	bool				up;
	u32				mtu;
	u32				dev_mtu;
	u32				max_mtu;
};

/* Open the device if it is to be, and tell of it: once, of both. */
static void show_device(struct vxc_txn *txn, struct net_device *dev, bool up)
{
	struct ifinfomsg ifm = {};
	int err;

	if (up) {
		ifm.ifi_flags = IFF_UP;
		ifm.ifi_change = IFF_UP;
	}
	err = rtnl_configure_link(dev, &ifm, 0, NULL);
	if (!err)
		return;

	/* Others may refuse to see it up, and a commit cannot fail. */
	rtnl_configure_link(dev, NULL, 0, NULL);
	vxc_refuse(txn->extack, 0, "%s stays down, error %d", dev->name, err);
}

static void add_commit(struct vxc_txn *txn, struct vxc_change *change)
{
	struct peering_change *c = (struct peering_change *)change;
	struct vxc_peering *p = c->p;

	if (c->quiet)
		show_device(txn, p->dev, c->up);
	vxc_event_peering(p, VXC_EVENT_KIND_ADDED);
	if (!p->mtu_given && p->dev->mtu < ETH_DATA_LEN)
		vxc_refuse(txn->extack, 0,
			   "%s gets mtu %u, as its ports are too small for %u and the tags",
			   p->dev->name, p->dev->mtu, ETH_DATA_LEN);
}

static void enlist(struct vxc_peering *p)
{
	list_add_tail_rcu(&p->list, &p->circuit->peerings);
	p->circuit->npeerings++;
	p->circuit->vn->npeerings++;
}

static void unlist(struct vxc_peering *p)
{
	list_del_rcu(&p->list);
	p->circuit->npeerings--;
	p->circuit->vn->npeerings--;
}

static void add_abort(struct vxc_txn *txn, struct vxc_change *change)
{
	struct peering_change *c = (struct peering_change *)change;

	if (!c->p)
		return;

	/* Joining a VRF has told of it, so let everybody see it go. */
	if (c->quiet && netdev_master_upper_dev_get(c->p->dev))
		vxc_link_quiet(c->p->dev, false);
	unlist(c->p);
	unregister_netdevice(c->p->dev);
}

static int join_vrf(struct vxc_txn *txn, struct net_device *dev, u32 ifindex)
{
	struct net_device *vrf = __dev_get_by_index(dev_net(dev), ifindex);

	if (!vrf)
		return vxc_txn_refuse(txn, VXC_A_PEERING_VRF, -ENODEV,
				      "there is no VRF with ifindex %u",
				      ifindex);
	if (!netif_is_l3_master(vrf))
		return vxc_txn_refuse(txn, VXC_A_PEERING_VRF, -EINVAL,
				      "%s is not a VRF", vrf->name);

	return vrf->netdev_ops->ndo_add_slave(vrf, dev, txn->extack);
}

/* State is right before anybody can see the device. */
static void init_device(struct vxc_peering *p,
			const struct vxc_peering_cfg *cfg)
{
	struct net_device *dev = p->dev;

	if (cfg->given & VXC_PEERING_ADDRESS)
		eth_hw_addr_set(dev, cfg->address);
	else if (!is_valid_ether_addr(dev->dev_addr))
		derive_address(dev, p);

	if (!p->mtu_given)
		p->mtu = ETH_DATA_LEN;
	dev->max_mtu = vxc_peering_mtu_max(p);
	dev->mtu = min(p->mtu, dev->max_mtu);
	vxc_peering_sizes(p);

	if (vxc_peering_up(p))
		dev->operstate = IF_OPER_UP;
	else
		netif_carrier_off(dev);
}

/**
 * vxc_peering_join() - Make a device a peering of a circuit and register it
 * @txn: the transaction
 * @dev: the device, set up by vxc_netdev_setup()
 * @circuit: the circuit
 * @cfg: what is given
 *
 * Return: 0 or an error. If the device was registered the transaction
 * unregisters it when it is aborted.
 */
int vxc_peering_join(struct vxc_txn *txn, struct net_device *dev,
		     struct vxc_circuit *circuit,
		     const struct vxc_peering_cfg *cfg)
{
	struct vxc_peering *p = netdev_priv(dev);
	struct peering_change *c;
	int err;

	if (txn->vn->npeerings >= VXC_MAX_PEERINGS)
		return vxc_refuse(txn->extack, -ENOSPC,
				  "a network namespace can have %u peerings",
				  VXC_MAX_PEERINGS);

	c = vxc_txn_record(txn, sizeof(*c), add_commit, add_abort);
	if (!c)
		return -ENOMEM;

	p->dev = dev;
	p->role = VXC_NO_LEG;
	p->circuit = circuit;
	take_cfg(p, cfg);
	err = check_mtu(txn, cfg);
	if (!err)
		err = check(txn, p);
	if (!err)
		err = vxc_denials_alloc(circuit);
	if (err)
		goto err_circuit;

	p->active = p->role == VXC_NO_LEG ?
		    &circuit->end[VXC_END_A].taken.active :
		    &vxc_peering_leg(p, p->role)->usable;
	refcount_inc(&circuit->refs);
	init_device(p, cfg);
	err = register_netdevice(dev);
	if (err)
		goto err_ref;

	enlist(p);
	c->p = p;
	c->quiet = txn->skb;
	c->up = cfg->up;
	vxc_txn_touch(txn, circuit);
	err = vxc_peering_mep_set(txn, p, cfg->mep);
	if (!err && cfg->given & VXC_PEERING_VRF)
		err = join_vrf(txn, dev, cfg->vrf);
	return err;

err_ref:
	/* If it came as far as ndo_uninit, that has put it. */
	if (p->circuit)
		vxc_circuit_put(circuit);
err_circuit:
	p->circuit = NULL;
	return err;
}

/**
 * vxc_peering_add() - Create a peering
 * @txn: the transaction
 * @circuit: the circuit
 * @cfg: name, and what is given
 *
 * Return: 0 or an error.
 */
int vxc_peering_add(struct vxc_txn *txn, struct vxc_circuit *circuit,
		    const struct vxc_peering_cfg *cfg)
{
	struct net_device *dev;
	int err;

	if (!dev_valid_name(cfg->name))
		return vxc_txn_refuse(txn, VXC_A_PEERING_NAME, -EINVAL,
				      "\"%s\" is no name for a device",
				      cfg->name);
	if (__dev_get_by_name(txn->vn->net, cfg->name))
		return vxc_txn_refuse(txn, VXC_A_PEERING_NAME, -EEXIST,
				      "device %s exists already", cfg->name);
	if (cfg->given & VXC_PEERING_ADDRESS &&
	    !is_valid_ether_addr(cfg->address))
		return vxc_txn_refuse(txn, VXC_A_PEERING_ADDRESS,
				      -EADDRNOTAVAIL,
				      "%pM is no address for a device",
				      cfg->address);

	dev = alloc_netdev(sizeof(struct vxc_peering), cfg->name,
			   NET_NAME_USER, vxc_netdev_setup);
	if (!dev)
		return -ENOMEM;

	dev_net_set(dev, txn->vn->net);
	dev->rtnl_link_ops = &vxc_link_ops;
	/* Nobody is to see it before it is in its VRF. */
	vxc_link_quiet(dev, true);
	err = vxc_peering_join(txn, dev, circuit, cfg);
	/* One that was registered goes when the transaction is aborted. */
	if (err && dev->reg_state != NETREG_REGISTERED)
		free_netdev(dev);
	return err;
}

/* Tenants may hold the device; it takes their leave to change it. */
static int check_capable(struct vxc_txn *txn, const struct vxc_peering *p)
{
	struct net *net = dev_net(p->dev);

	if (!txn->skb || net_eq(net, txn->vn->net))
		return 0;
	if (netlink_ns_capable(txn->skb, net->user_ns, CAP_NET_ADMIN))
		return 0;

	return vxc_refuse(txn->extack, -EPERM,
			  "peering %s is in a network namespace where you lack CAP_NET_ADMIN",
			  p->dev->name);
}

static void set_commit(struct vxc_txn *txn, struct vxc_change *change)
{
	struct peering_change *c = (struct peering_change *)change;

	vxc_peering_follow(c->p);
	vxc_event_peering(c->p, VXC_EVENT_KIND_CHANGED);
}

/* Others may refuse a device its MTU, which a commit could not tell. */
static int try_mtu(struct vxc_txn *txn, struct vxc_peering *p)
{
	int err;

	p->dev->max_mtu = vxc_peering_mtu_max(p);
	err = vxc_peering_mtu(p, min(p->mtu, p->dev->max_mtu));
	if (!err)
		return 0;

	return vxc_txn_refuse(txn, VXC_A_PEERING_MTU, err,
			      "mtu %u was refused to peering %s",
			      p->mtu, p->dev->name);
}

static void set_abort(struct vxc_txn *txn, struct vxc_change *change)
{
	struct peering_change *c = (struct peering_change *)change;
	struct vxc_peering *p = c->p;

	p->cvid = c->cvid;
	p->role = c->role;
	p->pcp_source = c->pcp_source;
	p->pcp = c->pcp;
	p->dei = c->dei;
	p->urpf = c->urpf;
	p->mtu = c->mtu;
	p->mtu_given = c->mtu_given;
	p->dev->max_mtu = c->max_mtu;
	vxc_peering_mtu(p, c->dev_mtu);
}

/**
 * vxc_peering_set() - Change a peering in place
 * @txn: the transaction
 * @p: the peering
 * @cfg: what is to change
 *
 * Return: 0 or an error.
 */
int vxc_peering_set(struct vxc_txn *txn, struct vxc_peering *p,
		    const struct vxc_peering_cfg *cfg)
{
	struct peering_change *c;
	int err;

	err = check_capable(txn, p);
	if (!err)
		err = check_mtu(txn, cfg);
	if (err)
		return err;
	if (cfg->given & (VXC_PEERING_VRF | VXC_PEERING_ADDRESS))
		return vxc_refuse(txn->extack, -EOPNOTSUPP,
				  "VRF and address of a peering are changed with rtnetlink");

	c = vxc_txn_record(txn, sizeof(*c), set_commit, set_abort);
	if (!c)
		return -ENOMEM;

	c->p = p;
	c->cvid = p->cvid;
	c->role = p->role;
	c->pcp_source = p->pcp_source;
	c->pcp = p->pcp;
	c->dei = p->dei;
	c->urpf = p->urpf;
	c->mtu = p->mtu;
	c->mtu_given = p->mtu_given;
	c->dev_mtu = p->dev->mtu;
	c->max_mtu = p->dev->max_mtu;
	take_cfg(p, cfg);
	vxc_txn_touch(txn, p->circuit);
	err = check(txn, p);
	if (!err)
		err = vxc_peering_mep_set(txn, p, cfg->mep);
	if (!err && cfg->given & VXC_PEERING_MTU)
		err = try_mtu(txn, p);
	return err;
}

/**
 * vxc_peering_cut() - Take a peering out of the data path
 * @p: the peering
 *
 * Cannot fail. Until its circuit is compiled again it has no leg to follow.
 */
void vxc_peering_cut(struct vxc_peering *p)
{
	if (!p->circuit)
		return;

	vxc_map_remove_peering(p);
	vxc_peering_mep_end(p);
	WRITE_ONCE(p->active, &vxc_no_leg);
}

/**
 * vxc_peering_remove() - End a peering
 * @p: the peering
 * @devs: where its device goes, to be unregistered
 */
void vxc_peering_remove(struct vxc_peering *p, struct list_head *devs)
{
	vxc_event_peering(p, VXC_EVENT_KIND_DELETED);
	vxc_peering_cut(p);
	unlist(p);
	p->dying = true;
	unregister_netdevice_queue(p->dev, devs);
}

static void del_commit(struct vxc_txn *txn, struct vxc_change *change)
{
	struct peering_change *c = (struct peering_change *)change;

	vxc_peering_remove(c->p, &txn->unregister);
}

static void del_abort(struct vxc_txn *txn, struct vxc_change *change)
{
	struct peering_change *c = (struct peering_change *)change;

	c->p->dying = false;
}

/**
 * vxc_peering_del() - Delete a peering
 * @txn: the transaction
 * @p: the peering
 *
 * Return: 0 or an error.
 */
int vxc_peering_del(struct vxc_txn *txn, struct vxc_peering *p)
{
	struct peering_change *c;
	int err;

	err = check_capable(txn, p);
	if (err)
		return err;

	c = vxc_txn_record(txn, sizeof(*c), del_commit, del_abort);
	if (!c)
		return -ENOMEM;

	c->p = p;
	p->dying = true;
	vxc_txn_touch(txn, p->circuit);
	return 0;
}
