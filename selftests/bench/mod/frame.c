// SPDX-License-Identifier: GPL-2.0
/*
 * Frames as a driver would make them: a new skb each, shared with nobody, the
 * headers in its linear part and a super-packet's payload in a page. (pktgen's
 * are shared, so that every rx_handler has to clone them.)
 */
#include <linux/etherdevice.h>
#include <linux/if_vlan.h>
#include <linux/ip.h>
#include <linux/tcp.h>
#include <linux/udp.h>
#include <net/ip.h>
#include <net/ipv6.h>
#include <net/tcp.h>
#include "bench.h"

#define TEMPLATE_SIZE	2048
#define PAYLOAD_ORDER	4
#define SOURCE		0x0a000102	/* 10.0.1.2 */

static const u8 smac[ETH_ALEN] = { 2, 0, 0, 0xee, 0, 1 };
static u8 *template;
static struct page *payload;
static u32 length;
static u32 ip_at;
static u32 number;
static u16 outer_vid;

static u32 put_tag(u32 at, u16 tpid, u16 vid)
{
	if (!tpid)
		return at;
	*(__be16 *)(template + at) = htons(tpid);
	*(__be16 *)(template + at + 2) = htons(vid);
	return at + VLAN_HLEN;
}

static void put_udp(struct udphdr *udp, u32 len)
{
	udp->source = htons(5000);
	udp->dest = htons(5001);
	udp->len = htons(len);
}

static void put_tcp(struct tcphdr *tcp, const struct iphdr *iph, u32 len)
{
	tcp->source = htons(5000);
	tcp->dest = htons(5001);
	tcp->doff = sizeof(*tcp) / 4;
	tcp->ack = 1;
	tcp->window = htons(1000);
	tcp->check = ~tcp_v4_check(len, iph->saddr, iph->daddr, 0);
}

static void put_ip(struct iphdr *iph, const struct bench_job *job)
{
	u32 len = job->size - ETH_HLEN;

	iph->version = 4;
	iph->ihl = sizeof(*iph) / 4;
	iph->tos = job->tos;
	iph->ttl = 64;
	iph->tot_len = htons(len);
	iph->protocol = job->gso ? IPPROTO_TCP : IPPROTO_UDP;
	iph->saddr = htonl(SOURCE);
	iph->daddr = htonl(job->dst);
	if (job->gso)
		put_tcp((struct tcphdr *)(iph + 1), iph, len - sizeof(*iph));
	else
		put_udp((struct udphdr *)(iph + 1), len - sizeof(*iph));
}

static void put_ip6(struct ipv6hdr *h, const struct bench_job *job)
{
	ip6_flow_hdr(h, job->tos, 0);
	h->payload_len = htons(job->size - ETH_HLEN - sizeof(*h));
	h->nexthdr = NEXTHDR_NONE;
	h->hop_limit = 64;
	h->saddr.s6_addr[0] = 0x20;
	h->saddr.s6_addr[15] = 1;
	h->daddr.s6_addr[0] = 0x20;
	h->daddr.s6_addr[15] = 2;
}

int bench_frame_prepare(const struct bench_job *job)
{
	u32 at = 2 * ETH_ALEN;
	u32 ip_len;

	if (job->v6 && (job->gso || job->dsts > 1))
		return -EINVAL;
	if (job->size < ETH_HLEN + 40 || job->size > 65536 - 512)
		return -EINVAL;
	ip_len = job->gso ? 40 : job->size - ETH_HLEN;
	if (ip_len + ETH_HLEN + 2 * VLAN_HLEN > TEMPLATE_SIZE)
		return -EINVAL;
	memset(template, 0, TEMPLATE_SIZE);
	memcpy(template, job->dmac_set ? job->dmac : job->dev->dev_addr,
	       ETH_ALEN);
	memcpy(template + ETH_ALEN, smac, ETH_ALEN);
	if (!job->hw)
		at = put_tag(at, job->tpid[0], job->vid[0]);
	at = put_tag(at, job->tpid[1], job->vid[1]);
	*(__be16 *)(template + at) = htons(job->v6 ? ETH_P_IPV6 : ETH_P_IP);
	ip_at = at + 2;
	if (job->v6)
		put_ip6((struct ipv6hdr *)(template + ip_at), job);
	else
		put_ip((struct iphdr *)(template + ip_at), job);
	length = ip_at + ip_len;
	number = 0;
	return 0;
}

static void next_vids(const struct bench_job *job, u8 *data, u32 n)
{
	u16 inner = job->vid[1] + n % job->vids[1];
	u32 at = ETH_HLEN;

	outer_vid = job->vid[0] + n / job->vids[1] % job->vids[0];
	if (!job->hw) {
		*(__be16 *)(data + at) = htons(outer_vid);
		at += VLAN_HLEN;
	}
	if (job->tpid[1])
		*(__be16 *)(data + at) = htons(inner);
}

static void add_payload(const struct bench_job *job, struct sk_buff *skb)
{
	u32 rest = job->size - ETH_HLEN - 40;

	get_page(payload);
	skb_add_rx_frag(skb, 0, payload, 0, rest, rest);
	skb_shinfo(skb)->gso_size = job->gso;
	skb_shinfo(skb)->gso_segs = DIV_ROUND_UP(rest, job->gso);
	skb_shinfo(skb)->gso_type = SKB_GSO_TCPV4;
	skb->ip_summed = CHECKSUM_PARTIAL;
	skb->csum_start = skb_headroom(skb) + ip_at + sizeof(struct iphdr);
	skb->csum_offset = offsetof(struct tcphdr, check);
}

/* Knuth's multiplier scatters destinations over the routes */
static __be32 next_dst(const struct bench_job *job, u32 n)
{
	return htonl(job->dst + (((n * 2654435761u) >> 8) % job->dsts) * 256);
}

static void finish_ip(const struct bench_job *job, struct iphdr *iph, u32 n)
{
	if (job->dsts > 1)
		iph->daddr = next_dst(job, n);
	iph->check = 0;
	iph->check = ip_fast_csum(iph, iph->ihl);
}

static struct sk_buff *make_frame(const struct bench_job *job)
{
	struct sk_buff *skb = netdev_alloc_skb(job->dev, length + 8);
	u32 n = number++;
	u8 *data;

	if (unlikely(!skb))
		return NULL;
	data = skb_put(skb, length);
	memcpy(data, template, length);
	outer_vid = job->vid[0];
	if (job->walk)
		next_vids(job, data, n);
	if (!job->v6)
		finish_ip(job, (struct iphdr *)(data + ip_at), n);
	if (job->gso)
		add_payload(job, skb);
	return skb;
}

/* A frame as it comes from a driver's receive ring */
struct sk_buff *bench_frame_rx(const struct bench_job *job)
{
	struct sk_buff *skb = make_frame(job);

	if (unlikely(!skb))
		return NULL;
	skb->protocol = eth_type_trans(skb, job->dev);
	if (job->hw && job->tpid[0])
		__vlan_hwaccel_put_tag(skb, htons(job->tpid[0]), outer_vid);
	return skb;
}

/* A frame as IP hands it to a device */
struct sk_buff *bench_frame_tx(const struct bench_job *job)
{
	struct sk_buff *skb = make_frame(job);

	if (unlikely(!skb))
		return NULL;
	skb_reset_mac_header(skb);
	skb_set_network_header(skb, ip_at);
	if (job->gso)
		skb_set_transport_header(skb, ip_at + sizeof(struct iphdr));
	skb->protocol = htons(job->v6 ? ETH_P_IPV6 : ETH_P_IP);
	skb->dev = job->dev;
	return skb;
}

int bench_frame_init(void)
{
	template = kmalloc(TEMPLATE_SIZE, GFP_KERNEL);
	payload = alloc_pages(GFP_KERNEL | __GFP_COMP, PAYLOAD_ORDER);
	if (template && payload)
		return 0;
	bench_frame_exit();
	return -ENOMEM;
}

void bench_frame_exit(void)
{
	kfree(template);
	if (payload)
		__free_pages(payload, PAYLOAD_ORDER);
}
