// SPDX-License-Identifier: GPL-2.0
/*
 * Who is told of what the protection has done: listeners to events, and the
 * neighbours of peerings, which must learn that these are behind another port.
 */
#include "vxc.h"

/**
 * vxc_announce() - Something has happened that others have to be told
 * @circuit: the circuit; under its lock
 * @events: VXC_PENDING_*
 *
 * Context: any that the circuit's lock may be taken in.
 */
void vxc_announce(struct vxc_circuit *circuit, u8 events)
{
	circuit->events |= events;
	refcount_inc(&circuit->refs);
	if (!queue_work(vxc_wq, &circuit->notify))
		refcount_dec(&circuit->refs);
}

/**
 * vxc_announce_peering() - A peering's MEP sees other defects than before
 * @p: the peering
 *
 * Context: softirq or BH disabled. The peering is in a circuit.
 */
void vxc_announce_peering(struct vxc_peering *p)
{
	struct vxc_circuit *circuit = p->circuit;

	spin_lock(&circuit->lock);
	WRITE_ONCE(p->oam_changed, true);
	vxc_announce(circuit, 0);
	spin_unlock(&circuit->lock);
}

/* Gratuitous ARP and unsolicited neighbour advertisements. */
static void tell_peers(struct vxc_circuit *circuit)
{
	struct vxc_peering *p;

	list_for_each_entry(p, &circuit->peerings, list)
		if (p->role == VXC_NO_LEG)
			call_netdevice_notifiers(NETDEV_NOTIFY_PEERS, p->dev);
	if (!circuit->announce_left)
		return;

	circuit->announce_left--;
	refcount_inc(&circuit->refs);
	if (!queue_delayed_work(vxc_wq, &circuit->announce,
				msecs_to_jiffies(circuit->announce_interval)))
		refcount_dec(&circuit->refs);
}

static void announce(struct work_struct *work)
{
	struct vxc_circuit *circuit = container_of(to_delayed_work(work),
						   struct vxc_circuit,
						   announce);

	rtnl_lock();
	if (circuit->vn)
		tell_peers(circuit);
	rtnl_unlock();
	vxc_circuit_put(circuit);
}

/* Send the events that have come up. */
static void notify(struct work_struct *work)
{
	struct vxc_circuit *circuit = container_of(work, struct vxc_circuit,
						   notify);
	struct vxc_peering *p;
	u8 events;

	rtnl_lock();
	spin_lock_bh(&circuit->lock);
	events = circuit->events;
	circuit->events = 0;
	spin_unlock_bh(&circuit->lock);
	if (!circuit->vn)
		goto out;

	/* First the neighbours: traffic waits for them. */
	if (events & VXC_PENDING_PEERS && circuit->announce_count) {
		circuit->announce_left = circuit->announce_count - 1;
		tell_peers(circuit);
	}
	circuit->vn->gen++;
	if (events & VXC_PENDING_SWITCHED)
		vxc_event_circuit(circuit, VXC_EVENT_KIND_SWITCHED);
	if (events & VXC_PENDING_STATE)
		vxc_event_circuit(circuit, VXC_EVENT_KIND_STATE);
	if (events & VXC_PENDING_OAM)
		vxc_event_circuit(circuit, VXC_EVENT_KIND_OAM);
	list_for_each_entry(p, &circuit->peerings, list) {
		if (xchg(&p->changed, false))
			vxc_event_peering(p, VXC_EVENT_KIND_STATE);
		if (xchg(&p->oam_changed, false))
			vxc_event_peering(p, VXC_EVENT_KIND_OAM);
	}
out:
	rtnl_unlock();
	vxc_circuit_put(circuit);
}

void vxc_announce_init(struct vxc_circuit *circuit)
{
	INIT_WORK(&circuit->notify, notify);
	INIT_DELAYED_WORK(&circuit->announce, announce);
	circuit->announce_count = VXC_ANNOUNCE_COUNT;
	circuit->announce_interval = VXC_ANNOUNCE_INTERVAL;
}

/*
 * Under rtnl, and the circuit is on its way out. Works that run hold their
 * own references and see that it has gone; none must be left to a timer.
 */
void vxc_announce_exit(struct vxc_circuit *circuit)
{
	if (cancel_delayed_work(&circuit->announce))
		refcount_dec(&circuit->refs);
}
