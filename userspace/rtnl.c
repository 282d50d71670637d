// SPDX-License-Identifier: GPL-2.0
/* The little of rtnetlink that peerings need. */
#include <arpa/inet.h>
#include <linux/if.h>
#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "attr.h"
#include "msg.h"
#include "rtnl.h"
#include "vxc.h"

int rtnl_addr_add(int ifindex, const struct prefix *prefix,
		  struct nl_err *err)
{
	size_t len = prefix->family == AF_INET ? 4 : 16;
	struct ifaddrmsg *ifa;
	struct msg m;
	int ret;

	msg_init(&m, RTM_NEWADDR, NLM_F_CREATE | NLM_F_EXCL);
	ifa = msg_extra(&m, sizeof(*ifa));
	ifa->ifa_family = (uint8_t)prefix->family;
	ifa->ifa_prefixlen = prefix->len;
	ifa->ifa_index = (uint32_t)ifindex;
	/*
	 * The far end of a point-to-point circuit cannot have the address
	 * too, and waiting to find that out delays its sessions.
	 */
	if (prefix->family == AF_INET6)
		ifa->ifa_flags = IFA_F_NODAD;
	msg_put(&m, IFA_LOCAL, prefix->addr, len, AT(-1));
	msg_put(&m, IFA_ADDRESS, prefix->addr, len, AT(-1));
	ret = nl_request(NETLINK_ROUTE, msg_hdr(&m), NULL, NULL, err);
	msg_free(&m);
	return ret;
}

int rtnl_link_set(int ifindex, const struct link_change *change,
		  struct nl_err *err)
{
	struct ifinfomsg *ifi;
	struct msg m;
	int ret;

	msg_init(&m, RTM_NEWLINK, 0);
	ifi = msg_extra(&m, sizeof(*ifi));
	ifi->ifi_index = ifindex;
	if (change->has_mac)
		msg_put(&m, IFLA_ADDRESS, change->mac, sizeof(change->mac),
			AT(-1));
	if (change->has_master)
		msg_put_u32(&m, IFLA_MASTER, change->master, AT(-1));
	if (*change->name)
		msg_put_str(&m, IFLA_IFNAME, change->name, AT(-1));
	ret = nl_request(NETLINK_ROUTE, msg_hdr(&m), NULL, NULL, err);
	msg_free(&m);
	return ret;
}

void rtnl_free(struct devices *devices)
{
	size_t i;

	for (i = 0; i < devices->n; i++)
		free(devices->v[i].addrs);
	free(devices->v);
	memset(devices, 0, sizeof(*devices));
}

static void read_link(const struct nlmsghdr *nlh, void *data)
{
	const struct ifinfomsg *ifi;
	struct devices *devices = data;
	const struct nlattr *attr;
	struct device *d;

	if (!nlh) {
		rtnl_free(devices);
		return;
	}
	if (devices->n == devices->cap) {
		devices->cap = devices->cap * 2 + 16;
		devices->v = xrealloc(devices->v, devices->cap,
				      sizeof(*devices->v));
	}
	ifi = mnl_nlmsg_get_payload(nlh);
	d = &devices->v[devices->n++];
	memset(d, 0, sizeof(*d));
	d->ifindex = ifi->ifi_index;
	d->up = ifi->ifi_flags & IFF_UP;
	mnl_attr_for_each(attr, nlh, sizeof(*ifi)) {
		if (mnl_attr_get_type(attr) == IFLA_OPERSTATE)
			d->operstate = attr_u32(attr);
		else if (mnl_attr_get_type(attr) == IFLA_MASTER)
			d->master = (int)attr_u32(attr);
	}
}

int rtnl_links(const char *kind, struct devices *devices, struct nl_err *err)
{
	struct msg m;
	size_t nest;
	int ret;

	memset(devices, 0, sizeof(*devices));
	msg_init(&m, RTM_GETLINK, NLM_F_DUMP);
	msg_extra(&m, sizeof(struct ifinfomsg));
	msg_put_u32(&m, IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS, AT(-1));
	nest = msg_nest(&m, IFLA_LINKINFO, AT(-1));
	msg_put_str(&m, IFLA_INFO_KIND, kind, AT(-1));
	msg_nest_end(&m, nest);
	ret = nl_request(NETLINK_ROUTE, msg_hdr(&m), read_link, devices, err);
	msg_free(&m);
	return ret;
}

static struct device *find(const struct devices *devices, int ifindex)
{
	size_t lo = 0, hi = devices->n;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (devices->v[mid].ifindex == ifindex)
			return &devices->v[mid];
		if (devices->v[mid].ifindex < ifindex)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}

const struct device *rtnl_find(const struct devices *devices, int ifindex)
{
	return find(devices, ifindex);
}

static void add_addr(struct device *d, const struct ifaddrmsg *ifa,
		     const struct nlattr *attr)
{
	size_t len = ifa->ifa_family == AF_INET ? 4 : 16;
	struct prefix *prefix;

	if (!attr || mnl_attr_get_payload_len(attr) != len)
		return;
	d->addrs = xrealloc(d->addrs, d->n_addrs + 1, sizeof(*d->addrs));
	prefix = &d->addrs[d->n_addrs++];
	prefix->family = ifa->ifa_family;
	prefix->len = ifa->ifa_prefixlen;
	memcpy(prefix->addr, mnl_attr_get_payload(attr), len);
}

static void read_addr(const struct nlmsghdr *nlh, void *data)
{
	const struct nlattr *attr, *local = NULL, *addr = NULL;
	struct devices *devices = data;
	const struct ifaddrmsg *ifa;
	struct device *d;
	size_t i;

	if (!nlh) {
		for (i = 0; i < devices->n; i++)
			devices->v[i].n_addrs = 0;
		return;
	}
	ifa = mnl_nlmsg_get_payload(nlh);
	d = find(devices, (int)ifa->ifa_index);
	/* Every device has a link-local one; it says nothing. */
	if (!d || (ifa->ifa_family == AF_INET6 &&
		   ifa->ifa_scope == RT_SCOPE_LINK))
		return;
	mnl_attr_for_each(attr, nlh, sizeof(*ifa)) {
		if (mnl_attr_get_type(attr) == IFA_LOCAL)
			local = attr;
		else if (mnl_attr_get_type(attr) == IFA_ADDRESS)
			addr = attr;
	}
	add_addr(d, ifa, local ? local : addr);
}

static int by_ifindex(const void *a, const void *b)
{
	const struct device *x = a, *y = b;

	return (x->ifindex > y->ifindex) - (x->ifindex < y->ifindex);
}

int rtnl_devices(struct devices *devices, struct nl_err *err)
{
	struct msg m;
	int ret;

	ret = rtnl_links("vxc", devices, err);
	if (ret || !devices->n)
		return ret;
	qsort(devices->v, devices->n, sizeof(*devices->v), by_ifindex);

	msg_init(&m, RTM_GETADDR, NLM_F_DUMP);
	msg_extra(&m, sizeof(struct ifaddrmsg));
	ret = nl_request(NETLINK_ROUTE, msg_hdr(&m), read_addr, devices, err);
	msg_free(&m);
	return ret;
}

void format_prefix(const struct prefix *prefix, char *buf, size_t size)
{
	char addr[INET6_ADDRSTRLEN];

	inet_ntop(prefix->family, prefix->addr, addr, sizeof(addr));
	snprintf(buf, size, "%s/%u", addr, prefix->len);
}
