// SPDX-License-Identifier: GPL-2.0
/*
 * OAM frames on their way in and out. They pass no meter and no class, and
 * whatever arrives is looked at without a change or an allocation. All of it
 * runs in softirq or with BH disabled, under RCU.
 */
#include <linux/pkt_sched.h>

#include "oam.h"

/* Multicast addresses: all MEPs of a level, and all MEPs and MIPs. */
void vxc_oam_class1(u8 *dest, u8 level)
{
	static const u8 group[ETH_ALEN] = { 0x01, 0x80, 0xc2, 0, 0, 0x30 };

	ether_addr_copy(dest, group);
	dest[5] |= level;
}

void vxc_oam_class2(u8 *dest, u8 level)
{
	vxc_oam_class1(dest, level);
	dest[5] |= 8;
}

/**
 * vxc_oam_alloc() - An OAM frame of a MEP
 * @link: its way to the wire
 * @dest: destination address
 * @len: octets of the PDU
 * @pdu: where the PDU's place in the frame goes
 *
 * Return: the frame, its PDU zeroed, or NULL.
 */
struct sk_buff *vxc_oam_alloc(const struct vxc_oam_link *link, const u8 *dest,
			      unsigned int len, u8 **pdu)
{
	unsigned int head = ETH_HLEN + (link->inner_vid ? VLAN_HLEN : 0);
	u16 pcp = link->pcp << VLAN_PRIO_SHIFT;
	struct net_device *dev = link->lower;
	unsigned int size = max_t(unsigned int, head + len, ETH_ZLEN);
	struct sk_buff *skb;
	__be16 *proto;
	u8 *p;

	skb = alloc_skb(LL_RESERVED_SPACE(dev) + VLAN_HLEN + size +
			dev->needed_tailroom, GFP_ATOMIC);
	if (!skb)
		return NULL;

	skb_reserve(skb, LL_RESERVED_SPACE(dev) + VLAN_HLEN);
	p = skb_put_zero(skb, size);
	skb_reset_mac_header(skb);
	skb_set_network_header(skb, ETH_HLEN);
	ether_addr_copy(p, dest);
	ether_addr_copy(p + ETH_ALEN, dev->dev_addr);
	proto = (__be16 *)(p + 2 * ETH_ALEN);
	if (link->inner_vid) {
		*proto++ = htons(ETH_P_8021Q);
		*proto++ = htons(link->inner_vid | pcp);
	}
	*proto = htons(ETH_P_CFM);
	if (link->outer_proto)
		__vlan_hwaccel_put_tag(skb, link->outer_proto,
				       link->outer_vid | pcp);

	skb->dev = dev;
	skb->protocol = link->inner_vid ? htons(ETH_P_8021Q) :
					  htons(ETH_P_CFM);
	skb->priority = TC_PRIO_CONTROL;
	*pdu = p + head;
	return skb;
}

/* Whether the port took it; the frame is gone either way. */
bool vxc_oam_xmit(const struct vxc_oam_link *link, struct sk_buff *skb)
{
	int ret;

	if (!netif_running(link->lower) || !netif_carrier_ok(link->lower)) {
		kfree_skb(skb);
		return false;
	}

	ret = dev_queue_xmit(skb);
	return ret == NET_XMIT_SUCCESS || ret == NET_XMIT_CN;
}

/**
 * vxc_oam_send_aps() - Send an APS PDU over a leg
 * @leg: the leg, of the protection path
 * @aps: what it says
 *
 * Context: softirq or BH disabled. Takes no lock of ours.
 * Return: 0, or -ENOENT if the leg has no MEP or its port is absent, -ENOMEM,
 * -ENETDOWN if the port did not take it.
 */
int vxc_oam_send_aps(struct vxc_leg *leg, const struct vxc_pdu_aps *aps)
{
	const struct vxc_oam_link *link;
	struct vxc_mep *mep;
	struct sk_buff *skb;
	u8 dest[ETH_ALEN];
	int err = -ENOENT;
	u8 *pdu, buf[16];
	u32 len;

	rcu_read_lock();
	mep = rcu_dereference(leg->point.mep);
	link = rcu_dereference(leg->point.link);
	if (!mep || !link)
		goto out;

	err = -ENOMEM;
	len = vxc_pdu_put_aps(buf, sizeof(buf), mep->cfg.level, aps);
	vxc_oam_class1(dest, mep->cfg.level);
	skb = vxc_oam_alloc(link, dest, len, &pdu);
	if (!skb)
		goto out;
	memcpy(pdu, buf, len);
	err = vxc_oam_xmit(link, skb) ? 0 : -ENETDOWN;
out:
	rcu_read_unlock();
	return err;
}

/**
 * vxc_oam_send_alarm() - Send an AIS or LCK PDU over a leg
 * @leg: the leg
 * @opcode: which of them
 * @level: MEG level
 * @code: code of the period
 *
 * Context: softirq or BH disabled, under RCU. Takes no lock of ours.
 * Return: 0, or -ENOENT if the leg's port is absent, -ENOMEM, -ENETDOWN if it
 * did not take it.
 */
int vxc_oam_send_alarm(struct vxc_leg *leg, u8 opcode, u8 level, u8 code)
{
	const struct vxc_oam_link *link = rcu_dereference(leg->point.link);
	u8 dest[ETH_ALEN], buf[8], *pdu;
	struct sk_buff *skb;
	u32 len;

	if (!link)
		return -ENOENT;

	len = vxc_pdu_put_alarm(buf, sizeof(buf), level, opcode, code);
	vxc_oam_class1(dest, level);
	skb = vxc_oam_alloc(link, dest, len, &pdu);
	if (!skb)
		return -ENOMEM;

	memcpy(pdu, buf, len);
	return vxc_oam_xmit(link, skb) ? 0 : -ENETDOWN;
}

static bool rx_ccm(struct vxc_oam_rx *rx, const u8 *p, struct vxc_pdu *pdu)
{
	const u8 *source = eth_hdr(rx->skb)->h_source;
	struct vxc_pdu_ccm ccm;

	if (pdu->len > VXC_PDU_CCM_MAX ||
	    !vxc_pdu_get_ccm(p, pdu, &ccm) || !ccm.interval)
		return false;

	vxc_mep_ccm(rx->mep, &ccm, pdu->level, source,
		    ether_addr_equal(source, rx->link->lower->dev_addr),
		    rx->now);
	return true;
}

static bool rx_aps(struct vxc_oam_rx *rx, const u8 *p, struct vxc_pdu *pdu)
{
	struct vxc_pdu_aps aps;

	/* Legs are switched, peerings are not. */
	if (rx->mep->peering || !vxc_pdu_get_aps(p, pdu, &aps))
		return false;

	vxc_protect_aps(rx->mep->leg, &aps);
	return true;
}

static bool rx_alarm(struct vxc_oam_rx *rx, const u8 *p, struct vxc_pdu *pdu)
{
	u8 code;

	return vxc_pdu_get_alarm(p, pdu, &code) &&
	       vxc_mep_alarm(rx->mep, pdu->opcode, code, rx->now);
}

/* Is the PDU addressed as its kind may be? */
static bool addressed(const struct vxc_oam_rx *rx, u8 opcode)
{
	const u8 *dest = eth_hdr(rx->skb)->h_dest;
	u8 group[ETH_ALEN];

	if (!is_valid_ether_addr(eth_hdr(rx->skb)->h_source))
		return false;
	if (!rx->multicast)
		return ether_addr_equal(dest, rx->link->lower->dev_addr);

	switch (opcode) {
	case VXC_PDU_CCM:
	case VXC_PDU_AIS:
	case VXC_PDU_LCK:
	case VXC_PDU_APS:
	case VXC_PDU_DMM:
	case VXC_PDU_SLM:
		vxc_oam_class1(group, rx->mep->cfg.level);
		break;
	case VXC_PDU_LBM:
	case VXC_PDU_LTM:
		vxc_oam_class2(group, rx->mep->cfg.level);
		break;
	default:
		return false;
	}

	return ether_addr_equal(dest, group);
}

static bool dispatch(struct vxc_oam_rx *rx, const u8 *p, struct vxc_pdu *pdu)
{
	/* Of a lower level only a CCM means something: that it leaks. */
	if (pdu->level < rx->mep->cfg.level)
		return pdu->opcode == VXC_PDU_CCM && rx->multicast &&
		       rx_ccm(rx, p, pdu);
	if (!addressed(rx, pdu->opcode))
		return false;

	switch (pdu->opcode) {
	case VXC_PDU_CCM:
		return rx_ccm(rx, p, pdu);
	case VXC_PDU_APS:
		return rx_aps(rx, p, pdu);
	case VXC_PDU_AIS:
	case VXC_PDU_LCK:
		return rx_alarm(rx, p, pdu);
	case VXC_PDU_LBM:
	case VXC_PDU_LBR:
		return vxc_oam_lb(rx, p, pdu);
	case VXC_PDU_LTM:
	case VXC_PDU_LTR:
		return vxc_oam_lt(rx, p, pdu);
	case VXC_PDU_DMM:
	case VXC_PDU_DMR:
		return vxc_oam_dm(rx, p, pdu);
	case VXC_PDU_SLM:
	case VXC_PDU_SLR:
		return vxc_oam_sl(rx, p, pdu);
	default:
		return false;
	}
}

static void reject(struct vxc_mep *mep, struct sk_buff *skb)
{
	spin_lock(&mep->lock);
	mep->rejected++;
	spin_unlock(&mep->lock);
	vxc_drop_skb(mep->leg->drops, VXC_DROP_OAM, skb);
}

/* The places of the MEPs of a path's peering, NULL where it has none. */
static const struct vxc_mep_point *peering_point(const struct vxc_path *path)
{
	const struct vxc_peering *p = netdev_priv(path->dev);
	const struct vxc_peering_mep *pm = rcu_dereference_check(p->mep,
						rcu_read_lock_bh_held());

	return pm ? &pm->point[path->role] : NULL;
}

/* Has the frame no other tags than those of the leg itself? */
static bool is_bare(const struct vxc_oam_rx *rx, const struct vxc_frame *f)
{
	if (f->ctag != !!rx->link->inner_vid)
		return false;

	return rx->link->outer_proto ||
	       !(vxc_outer_tci(rx->skb, f) & VLAN_VID_MASK);
}

/*
 * Find the MEP of the peering or leg and the PDU; @p is then NULL if that is
 * not there. False: what is of a higher level, or behind other tags than the
 * MEP's own, is not the MEP's. Only a peering with a C-VID has a MEP, so what
 * has the path of one is behind that.
 */
static bool find_mep(struct vxc_oam_rx *rx, const struct vxc_frame *f, u8 *buf,
		     unsigned int *len, const u8 **p)
{
	const struct vxc_mep_point *point, *of = NULL;

	if (f->path)
		of = peering_point(f->path);
	point = of ? of : &f->leg->point;
	rx->mep = rcu_dereference(point->mep);
	rx->link = rcu_dereference(point->link);
	if (!rx->mep || !rx->link || (!of && !is_bare(rx, f)))
		return false;

	if (f->stag)
		rx->offset += VLAN_HLEN;
	if (f->ctag)
		rx->offset += VLAN_HLEN;
	*len = min_t(unsigned int, rx->skb->len - rx->offset, VXC_OAM_LOOK);
	*p = skb_header_pointer(rx->skb, rx->offset, *len, buf);
	return !*p || !*len || (*p)[0] >> 5 <= rx->mep->cfg.level;
}

/**
 * vxc_oam_stops() - Does a MEP stand in the way of a frame that would leave?
 * @skb: the frame, with ethertype 0x8902 behind the tags of the leg
 * @f: what it is, where it would leave
 *
 * A MEP ends its level and all lower ones from both sides, and so nobody but
 * it speaks to the remote MEP.
 *
 * Return: whether there is one.
 */
bool vxc_oam_stops(struct sk_buff *skb, const struct vxc_frame *f)
{
	struct vxc_oam_rx rx = { .skb = skb };
	u8 buf[VXC_OAM_LOOK];
	unsigned int len;
	const u8 *p;

	return find_mep(&rx, f, buf, &len, &p);
}

/**
 * vxc_oam_stops_tx() - Does a MEP stand in the way of what a peering sends?
 * @skb: the frame, without tags of ours
 * @path: where it would leave, with VXC_PATH_OAM
 *
 * Context: BH disabled.
 * Return: as vxc_oam_stops().
 */
bool vxc_oam_stops_tx(const struct sk_buff *skb, const struct vxc_path *path)
{
	const struct vxc_mep_point *point;
	const struct vxc_mep *mep;
	const u8 *p;
	u8 buf;

	if (eth_hdr(skb)->h_proto != htons(ETH_P_CFM))
		return false;

	point = peering_point(path);
	if (!point)
		point = &path->leg->point;
	mep = rcu_dereference_bh(point->mep);
	p = skb_header_pointer(skb, ETH_HLEN, sizeof(buf), &buf);
	return mep && (!p || *p >> 5 <= mep->cfg.level);
}

/**
 * vxc_oam_rx() - A frame with ethertype 0x8902 behind the tags of a leg
 * @skb: the frame, ours alone
 * @f: what it is
 *
 * Return: whether a MEP has taken it, that of the peering whose C-tag it is
 * behind or the leg's; if not, it is the customer's.
 */
bool vxc_oam_rx(struct sk_buff *skb, const struct vxc_frame *f)
{
	struct vxc_oam_rx rx = { .skb = skb };
	u8 buf[VXC_OAM_LOOK];
	struct vxc_pdu pdu;
	unsigned int len;
	const u8 *p;

	if (!find_mep(&rx, f, buf, &len, &p))
		return false;

	rx.multicast = is_multicast_ether_addr(eth_hdr(skb)->h_dest);
	rx.now = ktime_get_ns();
	if (p && vxc_pdu_parse(p, len, &pdu) && dispatch(&rx, p, &pdu))
		consume_skb(skb);
	else
		reject(rx.mep, skb);
	return true;
}
