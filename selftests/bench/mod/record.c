// SPDX-License-Identifier: GPL-2.0
/*
 * What came out, and where: a list of the different frames seen, with counts.
 * And the end of frames that are received by IP: a hook that takes them before
 * anything is done with them.
 */
#include <linux/if_vlan.h>
#include <linux/ip.h>
#include <linux/netfilter.h>
#include <linux/netfilter_ipv4.h>
#include <net/ipv6.h>
#include <net/net_namespace.h>
#include <net/xdp.h>
#include "bench.h"

struct tag {
	u16 tpid;
	u16 tci;
};

/* Compared as memory, up to the count */
struct seen {
	char at[IFNAMSIZ + 4];
	struct tag tag[2];
	u16 type;
	u8 dmac[ETH_ALEN];
	u32 ttl;
	u32 tos;
	u32 bytes;
	u32 gso;
	u64 frames;
};

struct view {
	const u8 *data;
	u32 head;
	u32 len;
};

bool bench_verify;
static struct seen list[32];
static int listed;
static u64 overflow;
static u64 hook_frames ____cacheline_aligned;

void bench_record_reset(void)
{
	listed = 0;
	overflow = 0;
	hook_frames = 0;
}

static void list_add_seen(const struct seen *new)
{
	int i;

	for (i = 0; i < listed; i++) {
		if (!memcmp(&list[i], new, offsetof(struct seen, frames))) {
			list[i].frames++;
			return;
		}
	}
	if (listed == ARRAY_SIZE(list)) {
		overflow++;
		return;
	}
	list[listed] = *new;
	list[listed++].frames = 1;
}

static u16 be16_at(const u8 *data)
{
	return data[0] << 8 | data[1];
}

static bool is_tag(u16 type)
{
	return type == ETH_P_8021Q || type == ETH_P_8021AD;
}

/* Tags in the frame, behind the @tags that came in metadata */
static u32 read_frame(struct seen *seen, int tags, const struct view *view)
{
	const u8 *data = view->data;
	u32 at = 2 * ETH_ALEN;

	memcpy(seen->dmac, data, ETH_ALEN);
	seen->type = be16_at(data + at);
	while (is_tag(seen->type) && tags < 2 && at + 6 <= view->head) {
		seen->tag[tags].tpid = seen->type;
		seen->tag[tags++].tci = be16_at(data + at + 2);
		at += VLAN_HLEN;
		seen->type = be16_at(data + at);
	}
	return at + 2;
}

static void read_ip(struct seen *seen, const u8 *data, u32 head)
{
	const struct iphdr *iph = (const struct iphdr *)data;
	const struct ipv6hdr *h6 = (const struct ipv6hdr *)data;

	if (seen->type == ETH_P_IPV6 && head >= sizeof(*h6)) {
		seen->ttl = h6->hop_limit;
		seen->tos = ip6_tclass(ip6_flowinfo(h6));
	}
	if (seen->type != ETH_P_IP || head < sizeof(*iph))
		return;
	seen->ttl = iph->ttl;
	seen->tos = iph->tos;
}

void bench_record_xdp(const char *at, const struct xdp_frame *frame)
{
	struct view view = { frame->data, frame->len, frame->len };
	struct seen seen;
	u32 off;

	memset(&seen, 0, sizeof(seen));
	strscpy(seen.at, at, sizeof(seen.at));
	off = read_frame(&seen, 0, &view);
	seen.bytes = view.len - off;
	list_add_seen(&seen);
}

static int read_metadata(struct seen *seen, const struct sk_buff *skb)
{
	seen->gso = skb_shinfo(skb)->gso_size;
	if (!skb_vlan_tag_present(skb))
		return 0;
	seen->tag[0].tpid = ntohs(skb->vlan_proto);
	seen->tag[0].tci = skb->vlan_tci;
	return 1;
}

void bench_record_skb(const char *at, const struct sk_buff *skb)
{
	struct view view = { skb->data, skb_headlen(skb), skb->len };
	struct seen seen;
	u32 off;

	memset(&seen, 0, sizeof(seen));
	strscpy(seen.at, at, sizeof(seen.at));
	off = read_frame(&seen, read_metadata(&seen, skb), &view);
	read_ip(&seen, view.data + off, view.head - off);
	seen.bytes = view.len - off;
	list_add_seen(&seen);
}

/* At the hook skb->data is at the IP header */
static void record_ip(const struct sk_buff *skb)
{
	struct view view = { skb_mac_header(skb), ETH_HLEN, 0 };
	struct seen seen;

	memset(&seen, 0, sizeof(seen));
	snprintf(seen.at, sizeof(seen.at), "ip:%s", skb->dev->name);
	read_frame(&seen, read_metadata(&seen, skb), &view);
	read_ip(&seen, skb->data, skb_headlen(skb));
	seen.bytes = skb->len;
	list_add_seen(&seen);
}

void bench_record_print(void)
{
	const struct seen *seen;

	bench_print("\"overflow\":%llu,\"seen\":[", overflow);
	for (seen = list; seen < list + listed; seen++) {
		bench_print("%s{\"at\":\"%s\",\"tags\":\"%04x.%u %04x.%u\",",
			    seen == list ? "" : ",", seen->at,
			    seen->tag[0].tpid, seen->tag[0].tci,
			    seen->tag[1].tpid, seen->tag[1].tci);
		bench_print("\"type\":\"%04x\",\"dmac\":\"%pM\",\"ttl\":%u,",
			    seen->type, seen->dmac, seen->ttl);
		bench_print("\"tos\":%u,\"bytes\":%u,\"gso\":%u,\"frames\":%llu}",
			    seen->tos, seen->bytes, seen->gso, seen->frames);
	}
	bench_print("]");
}

u64 bench_hook_frames(void)
{
	return hook_frames;
}

static unsigned int take_frame(void *priv, struct sk_buff *skb,
			       const struct nf_hook_state *state)
{
	/* With a VRF it comes here a second time, as the VRF device's */
	if (netif_is_l3_slave(skb->dev))
		return NF_ACCEPT;
	hook_frames++;
	if (unlikely(bench_verify))
		record_ip(skb);
	consume_skb(skb);
	return NF_STOLEN;
}

/* ipvlan in mode l3s gets its frames only after the routing decision */
static const struct nf_hook_ops hooks[] = {
	{
		.hook = take_frame,
		.pf = NFPROTO_IPV4,
		.hooknum = NF_INET_PRE_ROUTING,
		.priority = INT_MIN,
	}, {
		.hook = take_frame,
		.pf = NFPROTO_IPV4,
		.hooknum = NF_INET_LOCAL_IN,
		.priority = INT_MAX,
	},
};

/* 0 for none, else the number of the hook from 1 */
int bench_hook_set(int mode)
{
	static int current_mode;

	if (mode < 0 || mode > ARRAY_SIZE(hooks))
		return -EINVAL;
	if (current_mode)
		nf_unregister_net_hook(&init_net, &hooks[current_mode - 1]);
	current_mode = mode;
	return mode ? nf_register_net_hook(&init_net, &hooks[mode - 1]) : 0;
}
