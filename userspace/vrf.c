// SPDX-License-Identifier: GPL-2.0
/*
 * VRFs end in an unreachable default: what has no route in the VRF's table
 * must not look for one in the main table.
 */
#include <errno.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

#include "attr.h"
#include "msg.h"
#include "rtnl.h"
#include "vxc.h"

/* Behind every other route, as the kernel's documentation of VRFs has it */
#define VRF_METRIC	4278198272U

static const struct nlattr *nested(const struct nlattr *nest, uint16_t type)
{
	const struct nlattr *attr;

	if (nest)
		mnl_attr_for_each_nested(attr, nest)
			if (mnl_attr_get_type(attr) == type)
				return attr;
	return NULL;
}

static void read_table(const struct nlmsghdr *nlh, void *data)
{
	const struct nlattr *attr, *kind;
	uint32_t *table = data;

	if (!nlh) {
		*table = 0;
		return;
	}
	mnl_attr_for_each(attr, nlh, sizeof(struct ifinfomsg)) {
		if (mnl_attr_get_type(attr) != IFLA_LINKINFO)
			continue;
		kind = nested(attr, IFLA_INFO_KIND);
		if (strcmp(attr_str(kind), "vrf"))
			return;
		attr = nested(nested(attr, IFLA_INFO_DATA), IFLA_VRF_TABLE);
		*table = attr_u32(attr);
		return;
	}
}

static int get_table(uint32_t vrf, uint32_t *table, struct nl_err *err)
{
	struct ifinfomsg *ifi;
	struct msg m;
	int ret;

	*table = 0;
	msg_init(&m, RTM_GETLINK, 0);
	ifi = msg_extra(&m, sizeof(*ifi));
	ifi->ifi_index = (int)vrf;
	msg_put_u32(&m, IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS, AT(-1));
	ret = nl_request(NETLINK_ROUTE, msg_hdr(&m), read_table, table, err);
	msg_free(&m);
	return ret;
}

static int add_default(uint8_t family, uint32_t table, struct nl_err *err)
{
	struct rtmsg *rtm;
	struct msg m;
	int ret;

	msg_init(&m, RTM_NEWROUTE, NLM_F_CREATE | NLM_F_EXCL);
	rtm = msg_extra(&m, sizeof(*rtm));
	rtm->rtm_family = family;
	rtm->rtm_table = RT_TABLE_UNSPEC;
	rtm->rtm_protocol = RTPROT_BOOT;
	rtm->rtm_scope = RT_SCOPE_UNIVERSE;
	rtm->rtm_type = RTN_UNREACHABLE;
	msg_put_u32(&m, RTA_TABLE, table, AT(-1));
	msg_put_u32(&m, RTA_PRIORITY, VRF_METRIC, AT(-1));
	ret = nl_request(NETLINK_ROUTE, msg_hdr(&m), NULL, NULL, err);
	msg_free(&m);
	if (!ret || err->err == EEXIST)
		return 0;
	/* Without IPv6 there is nothing to route. */
	return family == AF_INET6 && (err->err == EAFNOSUPPORT ||
				      err->err == EOPNOTSUPP ||
				      err->err == EACCES) ? 0 : ret;
}

int rtnl_vrf_close(uint32_t vrf, struct nl_err *err)
{
	uint32_t table;
	int ret;

	ret = get_table(vrf, &table, err);
	if (ret || !table)
		return ret;
	ret = add_default(AF_INET, table, err);
	return ret ? ret : add_default(AF_INET6, table, err);
}
