// SPDX-License-Identifier: GPL-2.0
/*
 * What a circuit with hygiene takes from a customer: the one source address of
 * its leg, IPv4, ARP and IPv6, and of what is between neighbours only ARP and
 * neighbour discovery, so many a second. Frames are only looked at. Runs in
 * softirq under RCU.
 */
#include <linux/icmp.h>
#include <linux/icmpv6.h>
#include <linux/if_arp.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/udp.h>
#include <net/ip.h>
#include <net/ipv6.h>
#include <net/ndisc.h>

#include "vxc.h"

#define LEARNED			BIT_ULL(63)	/* above the 48 of an address */
#define ICMP_ROUTER_ADVERT	9		/* RFC 1256 */
#define ICMP_ROUTER_SOLICIT	10
#define ICMPV6_RENUMBERING	138		/* RFC 2894 */
#define ICMPV6_MRD_FIRST	151		/* RFC 4286 */
#define ICMPV6_MRD_LAST		153
#define PROTO_EIGRP		88
#define PROTO_OSPF		89
#define PROTO_VRRP		112
#define DHCP_SERVER		67
#define DHCP_CLIENT		68
#define DHCPV6_CLIENT		546
#define DHCPV6_SERVER		547
#define ND_OPTIONS_MAX		8

/* What the checks find out about a frame. */
struct look {
	const struct sk_buff		*skb;
	int				offset;
	bool				neighbour;	/* ARP or ND */
	bool				group;		/* for more than one */
	int				end;		/* of the packet */
};

/**
 * vxc_source_permits() - Is it the source address that a leg was given?
 * @leg: the leg
 * @source: the address
 *
 * Return: it is, or the leg was given none.
 */
bool vxc_source_permits(const struct vxc_leg *leg, const u8 *source)
{
	u64 pin = atomic64_read(&leg->neighbour.source);

	return !pin || pin & LEARNED || pin == ether_addr_to_u64(source);
}

/* Is it the address given or learned, or the first that comes? */
static bool is_source(const struct vxc_leg *leg, const u8 *source)
{
	u64 pin = atomic64_read(&leg->neighbour.source) & ~LEARNED;

	if (pin)
		return pin == ether_addr_to_u64(source);

	return is_valid_ether_addr(source);
}

/* False: meanwhile another address was the first that came. */
static bool learn(struct vxc_leg *leg, const u8 *source)
{
	if (likely(atomic64_read(&leg->neighbour.source)))
		return true;

	atomic64_cmpxchg(&leg->neighbour.source, 0,
			 ether_addr_to_u64(source) | LEARNED);
	return is_source(leg, source);
}

/**
 * vxc_source_learned() - The source address that a leg has learned
 * @leg: the leg
 * @source: where it goes
 *
 * Return: whether there is one.
 */
bool vxc_source_learned(const struct vxc_leg *leg, u8 *source)
{
	u64 pin = atomic64_read(&leg->neighbour.source);

	if (!leg->neighbour.on || !(pin & LEARNED))
		return false;

	u64_to_ether_addr(pin & ~LEARNED, source);
	return true;
}

/* Only the address that was given counts. Under rtnl. */
void vxc_source_forget(struct vxc_leg *leg)
{
	atomic64_set(&leg->neighbour.source, ether_addr_to_u64(leg->source));
}

/**
 * vxc_hygiene_publish() - Let the data path see what a leg is held to
 * @leg: the leg
 *
 * It must be there before what leads to it. Under rtnl.
 */
void vxc_hygiene_publish(struct vxc_leg *leg)
{
	const struct vxc_service *s = &leg->circuit->service;
	struct vxc_neighbour *n = &leg->neighbour;
	bool on = s->hygiene[leg->end->which];

	if (n->rate != s->neighbour_rate) {
		WRITE_ONCE(n->rate, s->neighbour_rate);
		atomic64_set(&n->due, 0);
	}
	/* A frame under the old rules may have left an address behind. */
	if (!on || !n->on || !(atomic64_read(&n->source) & LEARNED) ||
	    !is_zero_ether_addr(leg->source))
		vxc_source_forget(leg);
	n->on = on;
}

/* A request or reply, for IPv4 on Ethernet, of the one who sends it. */
static u8 check_arp(struct look *l)
{
	struct {
		struct arphdr		h;
		u8			sender[ETH_ALEN];
		u8			rest[4 + ETH_ALEN + 4];
	} __packed buf;
	const typeof(buf) *arp;

	arp = skb_header_pointer(l->skb, l->offset, sizeof(buf), &buf);
	if (!arp || arp->h.ar_hrd != htons(ARPHRD_ETHER) ||
	    arp->h.ar_pro != htons(ETH_P_IP) || arp->h.ar_hln != ETH_ALEN ||
	    arp->h.ar_pln != 4 || (arp->h.ar_op != htons(ARPOP_REQUEST) &&
				   arp->h.ar_op != htons(ARPOP_REPLY)))
		return VXC_DROP_PROTOCOL;
	if (!ether_addr_equal_unaligned(arp->sender,
					eth_hdr(l->skb)->h_source))
		return VXC_DROP_SRC_MAC;

	l->neighbour = true;
	l->group = l->group &&
		   !is_broadcast_ether_addr(eth_hdr(l->skb)->h_dest);
	return 0;
}

/* As long as the packet says it is; what follows it is padding. */
static void set_end(struct look *l, int start, unsigned int len)
{
	l->end = l->skb->len;
	if (len)
		l->end = min_t(int, l->end, start + len);
}

static const void *look_at(const struct look *l, int len, void *buf)
{
	if (l->offset + len > l->end)
		return NULL;

	return skb_header_pointer(l->skb, l->offset, len, buf);
}

static u8 check_udp(const struct look *l)
{
	const struct udphdr *uh;
	struct udphdr buf;

	uh = look_at(l, sizeof(buf), &buf);
	if (!uh)
		return VXC_DROP_PROTOCOL;

	switch (ntohs(uh->dest)) {
	case DHCP_SERVER:
	case DHCP_CLIENT:
	case DHCPV6_CLIENT:
	case DHCPV6_SERVER:
		return VXC_DROP_PROTOCOL;
	}

	return 0;
}

static u8 check_icmp(const struct look *l)
{
	const u8 *type;
	u8 buf;

	type = look_at(l, sizeof(buf), &buf);
	if (!type)
		return VXC_DROP_PROTOCOL;

	switch (*type) {
	case ICMP_REDIRECT:
	case ICMP_ROUTER_ADVERT:
	case ICMP_ROUTER_SOLICIT:
		return VXC_DROP_PROTOCOL;
	}

	return 0;
}

/* What is for the neighbour itself, whatever address it is sent to */
static bool is_link_protocol(u8 proto)
{
	return proto == IPPROTO_IGMP || proto == PROTO_EIGRP ||
	       proto == PROTO_OSPF || proto == IPPROTO_PIM ||
	       proto == PROTO_VRRP;
}

static u8 check_ipv4(struct look *l)
{
	const struct iphdr *ip;
	struct iphdr buf;

	ip = skb_header_pointer(l->skb, l->offset, sizeof(buf), &buf);
	if (!ip || ip->version != 4 || ip->ihl < 5 ||
	    is_link_protocol(ip->protocol))
		return VXC_DROP_PROTOCOL;

	set_end(l, l->offset, ntohs(ip->tot_len));
	l->offset += ip->ihl * 4;
	l->group |= ipv4_is_multicast(ip->daddr) || ipv4_is_lbcast(ip->daddr);
	/* The first fragment has said what it is, and is checked. */
	if (ip->frag_off & htons(IP_OFFSET))
		return 0;
	if (ip->protocol == IPPROTO_UDP)
		return check_udp(l);
	if (ip->protocol == IPPROTO_ICMP)
		return check_icmp(l);

	return 0;
}

/* Where neighbour discovery tells of an address, it is that of the sender. */
static u8 check_options(const struct look *l)
{
	const u8 *source = eth_hdr(l->skb)->h_source, *opt;
	int at = l->offset + sizeof(struct nd_msg), n;
	u8 buf[2 + ETH_ALEN];

	for (n = 0; at < l->end; n++, at += opt[1] * 8) {
		opt = skb_header_pointer(l->skb, at, sizeof(buf), buf);
		if (!opt || !opt[1] || n == ND_OPTIONS_MAX)
			return VXC_DROP_PROTOCOL;
		if ((opt[0] == ND_OPT_SOURCE_LL_ADDR ||
		     opt[0] == ND_OPT_TARGET_LL_ADDR) &&
		    !ether_addr_equal_unaligned(opt + 2, source))
			return VXC_DROP_SRC_MAC;
	}

	return 0;
}

/* Never in fragments: RFC 6980 */
static u8 check_nd(struct look *l, bool fragment)
{
	const u8 *dest = eth_hdr(l->skb)->h_dest;

	if (fragment)
		return VXC_DROP_PROTOCOL;

	l->neighbour = true;
	l->group = is_multicast_ether_addr(dest) &&
		   !(dest[0] == 0x33 && dest[1] == 0x33);
	return check_options(l);
}

static u8 check_icmpv6(struct look *l, bool fragment)
{
	const u8 *type;
	u8 buf;

	type = look_at(l, sizeof(buf), &buf);
	if (!type)
		return VXC_DROP_PROTOCOL;

	switch (*type) {
	case NDISC_NEIGHBOUR_SOLICITATION:
	case NDISC_NEIGHBOUR_ADVERTISEMENT:
		return check_nd(l, fragment);
	case NDISC_ROUTER_SOLICITATION:
	case NDISC_ROUTER_ADVERTISEMENT:
	case NDISC_REDIRECT:
	case ICMPV6_RENUMBERING:
	case ICMPV6_MRD_FIRST ... ICMPV6_MRD_LAST:
		return VXC_DROP_PROTOCOL;
	}

	return 0;
}

/*
 * A first fragment has to have all of the extension headers and say what comes
 * behind them (RFC 7112), so nothing hides in the others.
 */
static u8 check_ipv6(struct look *l)
{
	const struct ipv6hdr *ip;
	struct ipv6hdr buf;
	__be16 frag;
	u8 proto;

	ip = skb_header_pointer(l->skb, l->offset, sizeof(buf), &buf);
	if (!ip || ip->version != 6)
		return VXC_DROP_PROTOCOL;

	proto = ip->nexthdr;
	l->group |= ipv6_addr_is_multicast(&ip->daddr);
	l->offset += sizeof(*ip);
	set_end(l, l->offset, ntohs(ip->payload_len));
	l->offset = ipv6_skip_exthdr(l->skb, l->offset, &proto, &frag);
	if (l->offset < 0 || is_link_protocol(proto))
		return VXC_DROP_PROTOCOL;

	if (frag & htons(IP6_OFFSET))
		return 0;
	if (proto == IPPROTO_UDP)
		return check_udp(l);
	if (proto == IPPROTO_ICMPV6)
		return check_icmpv6(l, frag & htons(IP6_MF));

	return 0;
}

static u8 check(struct look *l, __be16 type)
{
	u8 reason;

	l->group = is_multicast_ether_addr(eth_hdr(l->skb)->h_dest);
	switch (type) {
	case htons(ETH_P_IP):
		reason = check_ipv4(l);
		break;
	case htons(ETH_P_IPV6):
		reason = check_ipv6(l);
		break;
	case htons(ETH_P_ARP):
		reason = check_arp(l);
		break;
	default:
		return VXC_DROP_ETHERTYPE;
	}

	if (!reason && l->group)
		return VXC_DROP_GROUP;

	return reason;
}

/**
 * vxc_hygiene() - Is it a frame that a customer may send?
 * @skb: the frame, maybe with tags
 * @leg: the leg that it came in by
 * @cfm: a frame of connectivity fault management may pass
 *
 * Return: 0, or enum vxc_drop: why it has to be dropped.
 */
u8 vxc_hygiene(const struct sk_buff *skb, struct vxc_leg *leg, bool cfm)
{
	const u8 *source = eth_hdr(skb)->h_source;
	struct look l = { .skb = skb };
	__be16 type = skb->protocol;
	u8 reason;

	l.offset = vxc_skip_tags(skb, 0, &type);
	if (l.offset < 0)
		return VXC_DROP_PROTOCOL;
	if (type == htons(ETH_P_CFM) && cfm)
		return 0;
	if (!is_source(leg, source))
		return VXC_DROP_SRC_MAC;

	reason = check(&l, type);
	if (reason)
		return reason;
	if (l.neighbour && !vxc_within_rate(&leg->neighbour.due,
					    READ_ONCE(leg->neighbour.rate), 1))
		return VXC_DROP_NEIGHBOUR_RATE;

	return learn(leg, source) ? 0 : VXC_DROP_SRC_MAC;
}
