// SPDX-License-Identifier: GPL-2.0
/*
 * From configuration to data path. A transaction compiles the paths of the
 * circuits it touched and the maps of the outer VIDs it touched, which may
 * fail, and then publishes them, which cannot.
 */
#include "txn.h"

/**
 * vxc_attach_vid() - Index into a port's maps
 * @at: the attachment
 *
 * Return: the S-VID, or one of the two reserved VLAN IDs, which no tag can
 * have: VXC_VID_UNTAGGED or VXC_VID_ANY.
 */
u16 vxc_attach_vid(const struct vxc_attach *at)
{
	switch (at->match) {
	case VXC_MATCH_UNTAGGED:
		return VXC_VID_UNTAGGED;
	case VXC_MATCH_ANY:
		return VXC_VID_ANY;
	default:
		return at->svid;
	}
}

void vxc_map_touch(const struct vxc_attach *at)
{
	__set_bit(vxc_attach_vid(at), at->port->dirty);
	at->port->has_dirty = true;
}

static void path_tags(struct vxc_path *path, const struct vxc_peering *p,
		      const struct vxc_attach *at)
{
	const struct vxc_qos_cfg *qos = p->circuit->qos;
	u16 tci = p->dei ? VLAN_CFI_MASK : 0;
	u16 cvid = p->cvid;

	/* Where there are classes, they say it. */
	if (qos && qos->nclasses)
		tci = 0;
	else if (p->pcp_source == VXC_PCP_SOURCE_PRIORITY)
		path->flags |= VXC_PATH_PRIORITY;
	else
		tci |= p->pcp << VLAN_PRIO_SHIFT;

	if (at->match == VXC_MATCH_SVID_CVID)
		cvid = at->cvid;
	if (at->match == VXC_MATCH_SVID || at->match == VXC_MATCH_SVID_CVID) {
		path->outer_proto = htons(at->port->tpid);
		path->outer_tci = at->svid | tci;
		path->tags += VLAN_HLEN;
		if (cvid) {
			path->flags |= VXC_PATH_INNER;
			path->inner_tci = cvid | tci;
			path->tags += VLAN_HLEN;
		}
	} else if (cvid) {
		path->outer_proto = htons(ETH_P_8021Q);
		path->outer_tci = cvid | tci;
		path->tags += VLAN_HLEN;
	}
}

static int compile_path(struct vxc_peering *p, struct vxc_leg *leg)
{
	u8 role = leg->role;
	struct vxc_path *path;
	int err;

	err = vxc_stats_alloc(p, role);
	if (err)
		return err;

	path = kzalloc(sizeof(*path), GFP_KERNEL_ACCOUNT);
	if (!path)
		return -ENOMEM;

	path->dev = p->dev;
	path->lower = leg->at.port->dev;
	path->active = p->role == VXC_NO_LEG ? &leg->end->taken.active :
					       &leg->usable;
	path->role = role;
	path->stats = p->stats[role];
	path->leg = leg;
	path->qos = leg->next_qos;
	if (leg->circuit->service.hygiene[leg->end->which])
		path->flags |= VXC_PATH_HYGIENE;
	if (p->urpf == VXC_URPF_STRICT)
		path->flags |= VXC_PATH_URPF;
	if (vxc_peering_mep_on_path(p, leg))
		path->flags |= VXC_PATH_OAM;
	if (leg->circuit->fastpath)
		path->fast = rtnl_dereference(p->fast);
	path_tags(path, p, &leg->at);
	p->next[role] = path;
	return 0;
}

static int compile_meps(struct vxc_circuit *circuit,
			struct netlink_ext_ack *extack)
{
	struct vxc_peering *p;
	struct vxc_leg *leg;
	unsigned int i = 0;
	int err;

	while ((leg = vxc_next_leg(circuit, &i))) {
		err = vxc_mep_compile(leg, extack);
		if (err)
			return err;
	}

	list_for_each_entry(p, &circuit->peerings, list) {
		err = vxc_peering_mep_compile(p);
		if (err)
			return err;
	}

	return 0;
}

static int compile_circuit(struct vxc_circuit *circuit,
			   struct netlink_ext_ack *extack)
{
	struct vxc_peering *p;
	struct vxc_leg *leg;
	unsigned int i = 0;
	int role, err;

	err = vxc_part_compile(circuit);
	if (err)
		return err;

	while ((leg = vxc_next_leg(circuit, &i))) {
		err = vxc_qos_compile(leg, extack);
		if (err)
			return err;
	}

	list_for_each_entry(p, &circuit->peerings, list) {
		/* It could not be watched when it moved; try again. */
		if (unlikely(!p->isolate)) {
			err = vxc_isolate_add(p);
			if (err)
				return err;
		}
		if (circuit->fastpath && !p->dying) {
			err = vxc_fast_alloc(p);
			if (err)
				return err;
		}
		for (role = 0; role < VXC_LEGS; role++) {
			leg = vxc_peering_leg(p, role);
			if (p->dying || !leg || !leg->at.port->dev)
				continue;
			err = compile_path(p, leg);
			if (err)
				return err;
		}
	}

	return vxc_cross_compile(circuit);
}

/* The path as it will be once the transaction is published. */
static struct vxc_path *future_path(struct vxc_peering *p, u8 role)
{
	if (!list_empty(&p->circuit->dirty))
		return p->next[role];

	return rtnl_dereference(p->path[role]);
}

static unsigned int count_entries(const struct vxc_leg *leg)
{
	struct vxc_peering *p;
	unsigned int n = 0;

	if (leg->at.match == VXC_MATCH_SVID_CVID)
		return 1;

	list_for_each_entry(p, &leg->circuit->peerings, list)
		if (!p->dying && p->cvid && vxc_peering_on_leg(p, leg))
			n++;

	return n;
}

static void insert(struct vxc_map *map, u16 cvid, struct vxc_leg *leg,
		   struct vxc_path *path)
{
	struct vxc_map_entry *e;
	unsigned int i = cvid;

	do
		e = &map->entry[i++ & map->mask];
	while (e->cvid);

	e->cvid = cvid;
	e->leg = leg;
	RCU_INIT_POINTER(e->path, path);
}

static void fill_leg(struct vxc_map *map, struct vxc_leg *leg)
{
	bool pair = leg->at.match == VXC_MATCH_SVID_CVID;
	struct vxc_path *only = NULL;
	struct vxc_peering *p;

	list_for_each_entry(p, &leg->circuit->peerings, list) {
		if (p->dying || !vxc_peering_on_leg(p, leg))
			continue;
		if (pair)
			only = future_path(p, leg->role);
		else if (p->cvid)
			insert(map, p->cvid, leg, future_path(p, leg->role));
		else
			RCU_INIT_POINTER(map->untagged,
					 future_path(p, leg->role));
	}

	if (pair)
		insert(map, leg->at.cvid, leg, only);
	else
		map->leg = leg;
}

static int compile_map(struct vxc_txn *txn, struct vxc_port *port, u16 vid)
{
	struct hlist_head *bucket = &port->legs[vid & 0xff];
	unsigned int n = 0, legs = 0;
	struct vxc_map *map;
	struct vxc_leg *leg;

	hlist_for_each_entry(leg, bucket, slot) {
		if (vxc_attach_vid(&leg->at) != vid)
			continue;
		legs++;
		n += count_entries(leg);
	}
	if (!legs || !port->dev)
		return 0;

	/* At most half full, so that a search soon meets a free entry. */
	n = roundup_pow_of_two(2 * n + 1);
	map = kvzalloc(struct_size(map, entry, n), GFP_KERNEL_ACCOUNT);
	if (!map)
		return -ENOMEM;

	map->port = port;
	map->vid = vid;
	map->mask = n - 1;
	hlist_for_each_entry(leg, bucket, slot)
		if (vxc_attach_vid(&leg->at) == vid)
			fill_leg(map, leg);
	map->plain = n == 1 && map->leg && vxc_crosses(map->leg->circuit) &&
		     !rcu_access_pointer(map->untagged);
	list_add_tail(&map->staged, &txn->staged);
	return 0;
}

/**
 * vxc_map_compile() - Prepare the data path for a transaction
 * @txn: the transaction
 *
 * Return: 0, or -ENOMEM; what was compiled so far is then discarded by
 * vxc_map_discard().
 */
int vxc_map_compile(struct vxc_txn *txn)
{
	struct vxc_circuit *circuit;
	struct vxc_port *port;
	unsigned int vid;
	int err;

	list_for_each_entry(circuit, &txn->circuits, dirty) {
		err = compile_circuit(circuit, txn->extack);
		if (!err)
			err = compile_meps(circuit, txn->extack);
		if (err)
			return err;
	}

	list_for_each_entry(port, &txn->vn->ports, list) {
		if (!port->has_dirty)
			continue;
		for_each_set_bit(vid, port->dirty, VLAN_N_VID) {
			err = compile_map(txn, port, vid);
			if (err)
				return err;
		}
	}

	return 0;
}

static void publish_map(struct vxc_port *port, u16 vid, struct vxc_map *map)
{
	struct vxc_map *old = rtnl_dereference(port->map[vid]);

	rcu_assign_pointer(port->map[vid], map);
	if (old)
		kvfree_rcu(old, rcu);
}

static void publish_path(struct vxc_peering *p, u8 role, struct vxc_path *path)
{
	struct vxc_path *old = rtnl_dereference(p->path[role]);

	if (path)
		vxc_stats_retag(p, role, path->tags);
	rcu_assign_pointer(p->path[role], path);
	if (old)
		kfree_rcu(old, rcu);
}

/* The strictest of its ports' policies holds. */
static bool is_open(const struct vxc_peering *p)
{
	const struct vxc_leg *leg;
	int role;

	for (role = 0; role < VXC_LEGS; role++) {
		leg = vxc_peering_leg(p, role);
		if (leg && vxc_peering_on_leg(p, leg) &&
		    leg->at.port->local != VXC_LOCAL_ANY)
			return false;
	}

	return true;
}

static void publish_circuit(struct vxc_circuit *circuit)
{
	struct vxc_end *end = &circuit->end[VXC_END_A];
	struct vxc_peering *p;
	struct vxc_leg *leg;
	unsigned int i = 0;
	int role;

	list_for_each_entry(p, &circuit->peerings, list) {
		leg = p->role == VXC_NO_LEG ? NULL : end->leg[p->role];
		for (role = 0; role < VXC_LEGS; role++) {
			publish_path(p, role, p->next[role]);
			p->next[role] = NULL;
		}
		vxc_peering_mep_publish(p);
		WRITE_ONCE(p->local_any, is_open(p));
		/* After the paths: a path must be there for what it says. */
		smp_store_release(&p->active,
				  leg ? &leg->usable : &end->taken.active);
		if (!circuit->fastpath)
			vxc_fast_free(p);
	}
	while ((leg = vxc_next_leg(circuit, &i)))
		vxc_mep_publish(&leg->point);
	vxc_cross_publish(circuit);
}

static void clear_dirty(struct vxc_net *vn)
{
	struct vxc_port *port;

	list_for_each_entry(port, &vn->ports, list) {
		if (!port->has_dirty)
			continue;
		bitmap_zero(port->dirty, VLAN_N_VID);
		port->has_dirty = false;
	}
}

/* Outer VIDs that have no map any more. */
static void publish_empty(struct vxc_port *port)
{
	unsigned int vid;

	for_each_set_bit(vid, port->dirty, VLAN_N_VID)
		publish_map(port, vid, NULL);
}

/* What runs for a leg, whichever way leads to it. */
static void publish_legs(struct vxc_circuit *circuit)
{
	struct vxc_leg *leg;
	unsigned int i = 0;

	vxc_part_publish(circuit);
	while ((leg = vxc_next_leg(circuit, &i))) {
		vxc_qos_publish(leg);
		vxc_hygiene_publish(leg);
	}
}

static void discard_qos(struct vxc_circuit *circuit)
{
	struct vxc_leg *leg;
	unsigned int i = 0;

	while ((leg = vxc_next_leg(circuit, &i)))
		vxc_qos_discard(leg);
	vxc_part_discard(circuit);
}

/**
 * vxc_map_publish() - Let the data path see a transaction
 * @txn: the transaction
 *
 * The buckets come first: they must run when a path leads to them. Then the
 * maps: a path is freed once its peering has another, and must then be in no
 * map that a new reader can find.
 */
void vxc_map_publish(struct vxc_txn *txn)
{
	struct vxc_circuit *circuit;
	struct vxc_map *map, *next;
	struct vxc_port *port;

	list_for_each_entry(circuit, &txn->circuits, dirty)
		publish_legs(circuit);

	list_for_each_entry_safe(map, next, &txn->staged, staged) {
		list_del(&map->staged);
		__clear_bit(map->vid, map->port->dirty);
		publish_map(map->port, map->vid, map);
	}

	list_for_each_entry(port, &txn->vn->ports, list)
		if (port->has_dirty)
			publish_empty(port);
	clear_dirty(txn->vn);

	list_for_each_entry(circuit, &txn->circuits, dirty)
		publish_circuit(circuit);

	/* No map and no path leads to the old ones any more. */
	list_for_each_entry(circuit, &txn->circuits, dirty)
		discard_qos(circuit);
}

/**
 * vxc_map_discard() - Forget what was compiled
 * @txn: the transaction
 */
void vxc_map_discard(struct vxc_txn *txn)
{
	struct vxc_circuit *circuit;
	struct vxc_map *map, *next;
	struct vxc_peering *p;
	struct vxc_leg *leg;
	unsigned int i;
	int role;

	list_for_each_entry(circuit, &txn->circuits, dirty) {
		discard_qos(circuit);
		list_for_each_entry(p, &circuit->peerings, list) {
			for (role = 0; role < VXC_LEGS; role++) {
				kfree(p->next[role]);
				p->next[role] = NULL;
			}
			vxc_peering_mep_discard(p);
		}
		for (i = 0; (leg = vxc_next_leg(circuit, &i)); )
			vxc_mep_discard(&leg->point);
		vxc_cross_discard(circuit);
	}

	list_for_each_entry_safe(map, next, &txn->staged, staged) {
		list_del(&map->staged);
		kvfree(map);
	}
	clear_dirty(txn->vn);
}

/* Take a path out of the map that leads to it; nothing is allocated. */
static void remove_path(struct vxc_leg *leg, struct vxc_path *path)
{
	struct vxc_map *map;
	unsigned int i;

	map = rtnl_dereference(leg->at.port->map[vxc_attach_vid(&leg->at)]);
	if (!map)
		return;

	if (rcu_access_pointer(map->untagged) == path)
		RCU_INIT_POINTER(map->untagged, NULL);
	for (i = 0; i <= map->mask; i++)
		if (rcu_access_pointer(map->entry[i].path) == path)
			RCU_INIT_POINTER(map->entry[i].path, NULL);
}

/**
 * vxc_map_remove_peering() - Take a peering out of the data path
 * @p: the peering
 *
 * Cannot fail. The caller waits for a grace period before it frees more.
 */
void vxc_map_remove_peering(struct vxc_peering *p)
{
	struct vxc_end *end = &p->circuit->end[VXC_END_A];
	struct vxc_path *path;
	int role;

	for (role = 0; role < VXC_LEGS; role++) {
		path = rtnl_dereference(p->path[role]);
		if (!path)
			continue;
		if (end->leg[role])
			remove_path(end->leg[role], path);
		publish_path(p, role, NULL);
	}
}

/**
 * vxc_map_remove_port() - Take a port out of the data path
 * @port: the port; its device goes away, its legs stay
 */
void vxc_map_remove_port(struct vxc_port *port)
{
	struct vxc_peering *p;
	struct vxc_leg *leg;
	unsigned int i;

	for (i = 0; i < VLAN_N_VID; i++)
		if (rcu_access_pointer(port->map[i]))
			publish_map(port, i, NULL);
	vxc_cross_remove_port(port);

	list_for_each_entry(leg, &port->all_legs, on_port) {
		vxc_mep_unlink(&leg->point);
		if (leg->end->which != VXC_END_A)
			continue;
		list_for_each_entry(p, &leg->circuit->peerings, list) {
			publish_path(p, leg->role, NULL);
			vxc_peering_mep_unlink(p, leg->role);
		}
	}
}
