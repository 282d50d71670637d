// SPDX-License-Identifier: GPL-2.0
/*
 * What a circuit may reach on the host itself, unless a port's policy opens
 * it: the routing sessions, ping, and what answers the host's own packets.
 */
#include <linux/icmp.h>
#include <linux/icmpv6.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/tcp.h>
#include <linux/udp.h>
#include <net/ipv6.h>
#include <net/ndisc.h>
#include <net/netfilter/nf_conntrack.h>

#include "vxc.h"

#define PORT_BGP		179
#define PORT_BFD		3784
#define PORT_BFD_ECHO		3785
#define PORT_BFD_MULTIHOP	4784

/*
 * The host has asked for it: conntrack knows, where that is in use; without
 * it a connected socket does, which the stack has looked up already.
 */
static bool is_answer(const struct sk_buff *skb)
{
#if IS_ENABLED(CONFIG_NF_CONNTRACK)
	enum ip_conntrack_info ctinfo;

	if (nf_ct_get(skb, &ctinfo) && ctinfo != IP_CT_UNTRACKED &&
	    CTINFO2DIR(ctinfo) == IP_CT_DIR_REPLY)
		return true;
#endif
	return skb->sk && skb->sk->sk_state != TCP_LISTEN &&
	       skb->sk->sk_state != TCP_CLOSE;
}

/* From port 179 anything but the start of a connection */
static bool permits_tcp(const struct sk_buff *skb, int offset)
{
	const struct tcphdr *th;
	struct tcphdr buf;

	th = skb_header_pointer(skb, offset, sizeof(buf), &buf);
	if (!th)
		return false;

	return th->dest == htons(PORT_BGP) ||
	       (th->source == htons(PORT_BGP) && (!th->syn || th->ack));
}

static bool permits_udp(const struct sk_buff *skb, int offset)
{
	const struct udphdr *uh;
	struct udphdr buf;

	uh = skb_header_pointer(skb, offset, sizeof(buf), &buf);
	if (!uh)
		return false;

	switch (ntohs(uh->dest)) {
	case PORT_BFD:
	case PORT_BFD_ECHO:
	case PORT_BFD_MULTIHOP:
		return true;
	}

	return false;
}

/* No redirects: they would change where the host sends packets. */
static bool permits_icmp(const struct sk_buff *skb, int offset)
{
	const u8 *type;
	u8 buf;

	type = skb_header_pointer(skb, offset, sizeof(buf), &buf);
	if (!type)
		return false;

	switch (*type) {
	case ICMP_ECHO:
	case ICMP_ECHOREPLY:
	case ICMP_DEST_UNREACH:
	case ICMP_TIME_EXCEEDED:
	case ICMP_PARAMETERPROB:
		return true;
	}

	return false;
}

/* No redirects and no router advertisements, for the same reason. */
static bool permits_icmpv6(const struct sk_buff *skb, int offset)
{
	const u8 *type;
	u8 buf;

	type = skb_header_pointer(skb, offset, sizeof(buf), &buf);
	if (!type)
		return false;

	switch (*type) {
	case ICMPV6_DEST_UNREACH:
	case ICMPV6_PKT_TOOBIG:
	case ICMPV6_TIME_EXCEED:
	case ICMPV6_PARAMPROB:
	case ICMPV6_ECHO_REQUEST:
	case ICMPV6_ECHO_REPLY:
	case NDISC_NEIGHBOUR_SOLICITATION:
	case NDISC_NEIGHBOUR_ADVERTISEMENT:
		return true;
	}

	return false;
}

/* IPv4 comes here reassembled. */
static bool permits_ipv4(const struct sk_buff *skb)
{
	const struct iphdr *ip = ip_hdr(skb);
	int offset = skb_network_offset(skb) + ip->ihl * 4;

	switch (ip->protocol) {
	case IPPROTO_TCP:
		return permits_tcp(skb, offset);
	case IPPROTO_UDP:
		return permits_udp(skb, offset);
	case IPPROTO_ICMP:
		return permits_icmp(skb, offset);
	}

	return false;
}

/*
 * IPv6 may come in fragments. Only pings are large: of the later fragments of
 * a packet those pass that say so, and the first one decides.
 */
static bool permits_fragment(const struct sk_buff *skb, int offset)
{
	const struct frag_hdr *fh;
	struct frag_hdr buf;

	fh = skb_header_pointer(skb, offset, sizeof(buf), &buf);
	return fh && fh->nexthdr == IPPROTO_ICMPV6;
}

static bool permits_ipv6(const struct sk_buff *skb)
{
	u8 proto = ipv6_hdr(skb)->nexthdr;
	int offset = skb_network_offset(skb) + sizeof(struct ipv6hdr);
	__be16 frag;

	offset = ipv6_skip_exthdr(skb, offset, &proto, &frag);
	if (offset < 0)
		return false;
	if (frag & htons(IP6_OFFSET))
		return permits_fragment(skb, offset);

	switch (proto) {
	case IPPROTO_TCP:
		return permits_tcp(skb, offset);
	case IPPROTO_UDP:
		return permits_udp(skb, offset);
	case IPPROTO_ICMPV6:
		return permits_icmpv6(skb, offset);
	}

	return false;
}

/**
 * vxc_local_permits() - May a packet from a circuit reach the host?
 * @skb: the packet, before it is delivered
 * @pf: NFPROTO_IPV4 or NFPROTO_IPV6
 *
 * Return: whether the limited policy lets it.
 */
bool vxc_local_permits(struct sk_buff *skb, u8 pf)
{
	bool ok = pf == NFPROTO_IPV4 ? permits_ipv4(skb) : permits_ipv6(skb);

	return ok || is_answer(skb);
}
