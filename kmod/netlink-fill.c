// SPDX-License-Identifier: GPL-2.0
/* From objects to attributes: replies, dumps and events. Under rtnl. */
#include <net/genetlink.h>

#include "netlink-gen.h"
#include "vxc.h"

/* A circuit with all its metadata and classes fits. */
#define EVENT_SIZE	(24 * 1024)

/* Whether events can be sent: the family is registered. Under rtnl. */
bool vxc_nl_events;

static int put_stats(struct sk_buff *skb, int type,
		     const struct vxc_counters *sum,
		     const struct vxc_rate *rate)
{
	struct nlattr *nest = nla_nest_start(skb, type);

	if (!nest)
		return -EMSGSIZE;

	if (nla_put_u64_64bit(skb, VXC_A_STATS_RX_PACKETS, sum->rx_packets,
			      VXC_A_STATS_PAD) ||
	    nla_put_u64_64bit(skb, VXC_A_STATS_RX_BYTES, sum->rx_bytes,
			      VXC_A_STATS_PAD) ||
	    nla_put_u64_64bit(skb, VXC_A_STATS_TX_PACKETS, sum->tx_packets,
			      VXC_A_STATS_PAD) ||
	    nla_put_u64_64bit(skb, VXC_A_STATS_TX_BYTES, sum->tx_bytes,
			      VXC_A_STATS_PAD) ||
	    nla_put_u64_64bit(skb, VXC_A_STATS_RX_RATE, rate->rx_rate,
			      VXC_A_STATS_PAD) ||
	    nla_put_u64_64bit(skb, VXC_A_STATS_TX_RATE, rate->tx_rate,
			      VXC_A_STATS_PAD))
		return -EMSGSIZE;

	nla_nest_end(skb, nest);
	return 0;
}

/* A reason that has dropped something; type is that of the nest. */
int vxc_put_drop(struct sk_buff *skb, int type, u32 reason, u64 packets)
{
	struct nlattr *nest;

	if (!packets)
		return 0;

	nest = nla_nest_start(skb, type);
	if (!nest)
		return -EMSGSIZE;

	if (nla_put_u32(skb, VXC_A_DROPS_REASON, reason) ||
	    nla_put_u64_64bit(skb, VXC_A_DROPS_PACKETS, packets,
			      VXC_A_DROPS_PAD))
		return -EMSGSIZE;

	nla_nest_end(skb, nest);
	return 0;
}

static int put_drops(struct sk_buff *skb, int type,
		     const struct vxc_pcpu_drops __percpu *stats)
{
	int reason, err;

	for (reason = 0; reason < VXC_DROPS; reason++) {
		err = vxc_put_drop(skb, type, reason,
				   vxc_drops_sum(stats, reason));
		if (err)
			return err;
	}

	return 0;
}

static int put_unknown(struct sk_buff *skb, const struct vxc_unknown *u,
		       u64 now)
{
	struct nlattr *nest = nla_nest_start(skb, VXC_A_PORT_UNKNOWN);

	if (!nest)
		return -EMSGSIZE;

	if (nla_put_u16(skb, VXC_A_UNKNOWN_TPID, ntohs(u->tpid)) ||
	    nla_put_u16(skb, VXC_A_UNKNOWN_VID, u->vid) ||
	    nla_put_u64_64bit(skb, VXC_A_UNKNOWN_PACKETS, u->packets,
			      VXC_A_UNKNOWN_PAD) ||
	    nla_put_u64_64bit(skb, VXC_A_UNKNOWN_AGE,
			      div_u64(now - u->last, NSEC_PER_MSEC),
			      VXC_A_UNKNOWN_PAD))
		return -EMSGSIZE;

	nla_nest_end(skb, nest);
	return 0;
}

/* Newest first: eight entries, so the simplest sort will do. */
static int put_unknowns(struct sk_buff *skb, struct vxc_port *port)
{
	struct vxc_unknown list[VXC_UNKNOWN];
	u64 now = ktime_get_ns();
	int i, j, err;

	spin_lock_bh(&port->unknown_lock);
	memcpy(list, port->unknown, sizeof(list));
	spin_unlock_bh(&port->unknown_lock);

	for (i = 0; i < VXC_UNKNOWN; i++) {
		for (j = i + 1; j < VXC_UNKNOWN; j++)
			if (list[j].last > list[i].last)
				swap(list[i], list[j]);
		if (!list[i].packets)
			break;
		err = put_unknown(skb, &list[i], max(now, list[i].last));
		if (err)
			return err;
	}

	return 0;
}

static int put_port(struct sk_buff *skb, struct vxc_port *port)
{
	u8 reason = vxc_port_reason(port);

	if (port->dev &&
	    (nla_put_u32(skb, VXC_A_PORT_IFINDEX, port->dev->ifindex) ||
	     nla_put_u32(skb, VXC_A_PORT_MTU, port->dev->mtu)))
		return -EMSGSIZE;

	if (nla_put_string(skb, VXC_A_PORT_NAME, port->name) ||
	    nla_put_u16(skb, VXC_A_PORT_TPID, port->tpid) ||
	    nla_put_u32(skb, VXC_A_PORT_UNMATCHED, port->unmatched) ||
	    nla_put_u32(skb, VXC_A_PORT_STATE,
			reason ? VXC_STATE_DOWN : VXC_STATE_UP) ||
	    nla_put_u32(skb, VXC_A_PORT_REASON, reason) ||
	    nla_put_u32(skb, VXC_A_PORT_LEGS, port->nlegs) ||
	    nla_put_u32(skb, VXC_A_PORT_LOCAL, port->local) ||
	    nla_put_u64_64bit(skb, VXC_A_PORT_PASSED,
			      vxc_passed_sum(port->stats), VXC_A_PORT_PAD))
		return -EMSGSIZE;

	if (vxc_put_port_qos(skb, port) ||
	    put_drops(skb, VXC_A_PORT_DROPS, port->stats))
		return -EMSGSIZE;

	return put_unknowns(skb, port);
}

/* The nest of a port, with all there is to say. */
int vxc_fill_port(struct sk_buff *skb, struct vxc_port *port)
{
	struct nlattr *nest = nla_nest_start(skb, VXC_A_MSG_PORT);

	if (!nest || put_port(skb, port))
		return -EMSGSIZE;

	nla_nest_end(skb, nest);
	return 0;
}

static int put_sources(struct sk_buff *skb, const struct vxc_leg *leg)
{
	u8 source[ETH_ALEN];

	if (!is_zero_ether_addr(leg->source))
		return nla_put(skb, VXC_A_LEG_SOURCE, ETH_ALEN, leg->source);
	if (vxc_source_learned(leg, source))
		return nla_put(skb, VXC_A_LEG_LEARNED, ETH_ALEN, source);

	return 0;
}

static int put_leg(struct sk_buff *skb, struct vxc_leg *leg)
{
	struct nlattr *nest = nla_nest_start(skb, VXC_A_CIRCUIT_LEG);
	u32 drill_left = vxc_protect_drill_left(leg);
	u8 state, reason = vxc_leg_reason(leg, &state);
	struct vxc_counters sum;

	if (!nest)
		return -EMSGSIZE;

	vxc_leg_counters(leg, &sum);
	if (nla_put_u32(skb, VXC_A_LEG_END, leg->end->which) ||
	    nla_put_u32(skb, VXC_A_LEG_ROLE, leg->role) ||
	    nla_put_string(skb, VXC_A_LEG_PORT, leg->at.port->name) ||
	    nla_put_u32(skb, VXC_A_LEG_MATCH, leg->at.match) ||
	    (leg->at.svid && nla_put_u16(skb, VXC_A_LEG_SVID, leg->at.svid)) ||
	    (leg->at.cvid && nla_put_u16(skb, VXC_A_LEG_CVID, leg->at.cvid)) ||
	    put_sources(skb, leg) ||
	    (leg->at.port->dev &&
	     nla_put_u32(skb, VXC_A_LEG_IFINDEX,
			 leg->at.port->dev->ifindex)) ||
	    nla_put_u32(skb, VXC_A_LEG_STATE, state) ||
	    nla_put_u32(skb, VXC_A_LEG_REASON, reason) ||
	    (READ_ONCE(leg->end->taken.active) == leg->role &&
	     nla_put_flag(skb, VXC_A_LEG_ACTIVE)) ||
	    (drill_left &&
	     nla_put_u32(skb, VXC_A_LEG_DRILL_LEFT, drill_left)) ||
	    put_stats(skb, VXC_A_LEG_STATS, &sum, &leg->rate) ||
	    put_drops(skb, VXC_A_LEG_DROPS, leg->drops) ||
	    vxc_fill_mep(skb, leg) ||
	    vxc_put_leg_alarm(skb, leg) ||
	    vxc_put_leg_qos(skb, leg))
		return -EMSGSIZE;

	nla_nest_end(skb, nest);
	return 0;
}

static int put_metadata(struct sk_buff *skb,
			const struct vxc_metadata *entry)
{
	struct nlattr *nest = nla_nest_start(skb, VXC_A_CIRCUIT_METADATA);

	if (!nest)
		return -EMSGSIZE;

	if (nla_put_string(skb, VXC_A_METADATA_KEY, entry->key) ||
	    nla_put_string(skb, VXC_A_METADATA_VALUE, entry->value))
		return -EMSGSIZE;

	nla_nest_end(skb, nest);
	return 0;
}

static int put_circuit_config(struct sk_buff *skb,
			      const struct vxc_circuit *circuit, bool secret)
{
	const struct vxc_metadata *entry;

	if (nla_put_u32(skb, VXC_A_CIRCUIT_ID, circuit->id) ||
	    nla_put_string(skb, VXC_A_CIRCUIT_NAME, circuit->name) ||
	    (secret && nla_put(skb, VXC_A_CIRCUIT_KEY, sizeof(circuit->key),
			       &circuit->key)) ||
	    (circuit->description &&
	     nla_put_string(skb, VXC_A_CIRCUIT_DESCRIPTION,
			    circuit->description)) ||
	    nla_put_u32(skb, VXC_A_CIRCUIT_ADMIN, circuit->admin) ||
	    nla_put_u32(skb, VXC_A_CIRCUIT_PROVISIONING,
			circuit->provisioning) ||
	    nla_put_u8(skb, VXC_A_CIRCUIT_REVERTIVE, circuit->revertive) ||
	    nla_put_u32(skb, VXC_A_CIRCUIT_WTR, circuit->wtr) ||
	    nla_put_u32(skb, VXC_A_CIRCUIT_HOLD_OFF, circuit->hold_off) ||
	    nla_put_u8(skb, VXC_A_CIRCUIT_APS, circuit->aps) ||
	    nla_put_u32(skb, VXC_A_CIRCUIT_AIS, circuit->ais) ||
	    nla_put_u8(skb, VXC_A_CIRCUIT_AIS_LEVEL, circuit->ais_level) ||
	    nla_put_u8(skb, VXC_A_CIRCUIT_ANNOUNCE_COUNT,
		       circuit->announce_count) ||
	    nla_put_u32(skb, VXC_A_CIRCUIT_ANNOUNCE_INTERVAL,
			circuit->announce_interval) ||
	    nla_put_u32(skb, VXC_A_CIRCUIT_EGRESS, circuit->egress) ||
	    nla_put_u8(skb, VXC_A_CIRCUIT_FASTPATH, circuit->fastpath) ||
	    vxc_put_qos(skb, circuit))
		return -EMSGSIZE;

	list_for_each_entry(entry, &circuit->metadata, list)
		if (put_metadata(skb, entry))
			return -EMSGSIZE;

	return 0;
}

static int put_end(struct sk_buff *skb, struct vxc_end *end)
{
	struct nlattr *nest = nla_nest_start(skb, VXC_A_CIRCUIT_ENDS);
	struct vxc_end_report r;
	unsigned long defects;
	int defect;

	if (!nest)
		return -EMSGSIZE;

	vxc_protect_report(end, &r);
	defects = r.defects;
	if (nla_put_u32(skb, VXC_A_END_END, end->which) ||
	    (r.active != VXC_NO_LEG &&
	     nla_put_u32(skb, VXC_A_END_ACTIVE, r.active)) ||
	    nla_put_u32(skb, VXC_A_END_REQUEST, r.request) ||
	    (r.wtr_left &&
	     nla_put_u32(skb, VXC_A_END_WTR_LEFT, r.wtr_left)) ||
	    nla_put_u32(skb, VXC_A_END_SWITCHES, r.switches) ||
	    (r.hold_left &&
	     nla_put_u32(skb, VXC_A_END_HOLD_LEFT, r.hold_left)) ||
	    (r.seen && nla_put_u32(skb, VXC_A_END_FAR_REQUEST, r.far)) ||
	    (r.ruled && nla_put_flag(skb, VXC_A_END_FAR_DECIDES)))
		return -EMSGSIZE;

	for_each_set_bit(defect, &defects, VXC_APS_DEFECT_NO_RESPONSE + 1)
		if (nla_put_u32(skb, VXC_A_END_APS_DEFECT, defect))
			return -EMSGSIZE;

	nla_nest_end(skb, nest);
	return 0;
}

/* Each end that has a leg. */
static int put_ends(struct sk_buff *skb, struct vxc_circuit *circuit)
{
	int i, err;

	for (i = 0; i < VXC_ENDS; i++) {
		if (!vxc_end_used(&circuit->end[i]))
			continue;
		err = put_end(skb, &circuit->end[i]);
		if (err)
			return err;
	}

	return 0;
}

static int put_circuit_state(struct sk_buff *skb, struct vxc_circuit *circuit)
{
	struct vxc_end_report r;
	u64 since;
	u8 state;

	vxc_protect_report(&circuit->end[VXC_END_A], &r);
	spin_lock_bh(&circuit->lock);
	state = circuit->state;
	since = ktime_get_ns() - circuit->since;
	spin_unlock_bh(&circuit->lock);

	if (nla_put_u32(skb, VXC_A_CIRCUIT_STATE, state) ||
	    nla_put_u32(skb, VXC_A_CIRCUIT_REASON,
			vxc_circuit_reason(circuit)) ||
	    (r.active != VXC_NO_LEG &&
	     nla_put_u32(skb, VXC_A_CIRCUIT_ACTIVE, r.active)) ||
	    nla_put_u32(skb, VXC_A_CIRCUIT_REQUEST, r.request) ||
	    (r.wtr_left &&
	     nla_put_u32(skb, VXC_A_CIRCUIT_WTR_LEFT, r.wtr_left)) ||
	    nla_put_u32(skb, VXC_A_CIRCUIT_SWITCHES, r.switches) ||
	    nla_put_u64_64bit(skb, VXC_A_CIRCUIT_SINCE,
			      div_u64(since, NSEC_PER_MSEC),
			      VXC_A_CIRCUIT_PAD) ||
	    nla_put_u32(skb, VXC_A_CIRCUIT_PEERINGS, circuit->npeerings))
		return -EMSGSIZE;

	return 0;
}

/* The nest of a circuit; the service key only for who may know it. */
int vxc_fill_circuit(struct sk_buff *skb, struct vxc_circuit *circuit,
		     bool secret)
{
	struct nlattr *nest = nla_nest_start(skb, VXC_A_MSG_CIRCUIT);
	struct vxc_leg *leg;
	unsigned int i = 0;

	if (!nest || put_circuit_config(skb, circuit, secret) ||
	    put_circuit_state(skb, circuit) || put_ends(skb, circuit) ||
	    vxc_fill_service(skb, circuit) ||
	    vxc_fill_denials(skb, circuit))
		return -EMSGSIZE;

	while ((leg = vxc_next_leg(circuit, &i)))
		if (put_leg(skb, leg))
			return -EMSGSIZE;

	nla_nest_end(skb, nest);
	return 0;
}

static int put_peering_place(struct sk_buff *skb, const struct vxc_peering *p)
{
	struct net_device *vrf = netdev_master_upper_dev_get(p->dev);
	struct net *net = p->circuit->vn->net;

	if (nla_put_u32(skb, VXC_A_PEERING_IFINDEX, p->dev->ifindex) ||
	    nla_put_string(skb, VXC_A_PEERING_NAME, p->dev->name) ||
	    nla_put_string(skb, VXC_A_PEERING_CIRCUIT, p->circuit->name) ||
	    nla_put_u32(skb, VXC_A_PEERING_CIRCUIT_ID, p->circuit->id) ||
	    (vrf && netif_is_l3_master(vrf) &&
	     nla_put_u32(skb, VXC_A_PEERING_VRF, vrf->ifindex)))
		return -EMSGSIZE;

	if (net_eq(net, dev_net(p->dev)))
		return 0;

	return nla_put_s32(skb, VXC_A_PEERING_NETNSID,
			   peernet2id_alloc(net, dev_net(p->dev),
					    GFP_KERNEL));
}

static int put_peering(struct sk_buff *skb, struct vxc_peering *p)
{
	u8 reason = vxc_peering_reason(p);
	struct vxc_counters sum;

	vxc_peering_counters(p, &sum);
	if (put_peering_place(skb, p) ||
	    (p->cvid && nla_put_u16(skb, VXC_A_PEERING_CVID, p->cvid)) ||
	    (p->role != VXC_NO_LEG &&
	     nla_put_u32(skb, VXC_A_PEERING_ROLE, p->role)) ||
	    nla_put_u32(skb, VXC_A_PEERING_PCP_SOURCE, p->pcp_source) ||
	    nla_put_u8(skb, VXC_A_PEERING_PCP, p->pcp) ||
	    nla_put_u8(skb, VXC_A_PEERING_DEI, p->dei) ||
	    nla_put_u32(skb, VXC_A_PEERING_URPF, p->urpf) ||
	    nla_put_u32(skb, VXC_A_PEERING_MTU, p->dev->mtu) ||
	    nla_put_u32(skb, VXC_A_PEERING_MTU_MAX, p->dev->max_mtu) ||
	    nla_put(skb, VXC_A_PEERING_ADDRESS, ETH_ALEN, p->dev->dev_addr) ||
	    nla_put_u32(skb, VXC_A_PEERING_STATE,
			reason ? VXC_STATE_DOWN : VXC_STATE_UP) ||
	    nla_put_u32(skb, VXC_A_PEERING_REASON, reason) ||
	    put_stats(skb, VXC_A_PEERING_STATS, &sum, &p->rate) ||
	    vxc_put_drop(skb, VXC_A_PEERING_DROPS, VXC_DROP_NO_LEG,
			 atomic_long_read(&p->no_leg)))
		return -EMSGSIZE;
	if (vxc_fill_peering_meps(skb, p))
		return -EMSGSIZE;
	if (rtnl_dereference(p->fast) &&
	    nla_put_u64_64bit(skb, VXC_A_PEERING_FAST_PACKETS,
			      vxc_fast_hits(p), VXC_A_PEERING_PAD))
		return -EMSGSIZE;

	return 0;
}

/* The nest of a peering. */
int vxc_fill_peering(struct sk_buff *skb, struct vxc_peering *p)
{
	struct nlattr *nest = nla_nest_start(skb, VXC_A_MSG_PEERING);

	if (!nest || put_peering(skb, p))
		return -EMSGSIZE;

	nla_nest_end(skb, nest);
	return 0;
}

/* Start an event; NULL if nobody listens. */
struct sk_buff *vxc_event_start(struct net *net, u32 kind, void **hdr)
{
	struct sk_buff *skb;

	ASSERT_RTNL();

	if (!vxc_nl_events ||
	    !genl_has_listeners(&vxc_nl_family, net, VXC_NLGRP_EVENTS))
		return NULL;

	skb = genlmsg_new(EVENT_SIZE, GFP_KERNEL);
	if (!skb)
		return NULL;

	*hdr = genlmsg_put(skb, 0, 0, &vxc_nl_family, 0, VXC_CMD_EVENT);
	if (!*hdr || nla_put_u32(skb, VXC_A_MSG_KIND, kind)) {
		nlmsg_free(skb);
		return NULL;
	}

	return skb;
}

void vxc_event_send(struct net *net, struct sk_buff *skb, void *hdr, int err)
{
	if (err) {
		nlmsg_free(skb);
		return;
	}

	genlmsg_end(skb, hdr);
	genlmsg_multicast_netns(&vxc_nl_family, net, skb, 0,
				VXC_NLGRP_EVENTS, GFP_KERNEL);
}

void vxc_event_port(struct vxc_port *port, u32 kind)
{
	struct net *net = port->vn->net;
	struct sk_buff *skb;
	void *hdr;

	skb = vxc_event_start(net, kind, &hdr);
	if (skb)
		vxc_event_send(net, skb, hdr, vxc_fill_port(skb, port));
}

void vxc_event_circuit(struct vxc_circuit *circuit, u32 kind)
{
	struct net *net = circuit->vn->net;
	struct sk_buff *skb;
	void *hdr;

	skb = vxc_event_start(net, kind, &hdr);
	if (skb)
		vxc_event_send(net, skb, hdr,
			       vxc_fill_circuit(skb, circuit, false));
}

void vxc_event_peering(struct vxc_peering *p, u32 kind)
{
	struct net *net = p->circuit->vn->net;
	struct sk_buff *skb;
	void *hdr;

	skb = vxc_event_start(net, kind, &hdr);
	if (skb)
		vxc_event_send(net, skb, hdr, vxc_fill_peering(skb, p));
}
