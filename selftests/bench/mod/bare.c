// SPDX-License-Identifier: GPL-2.0
/*
 * Network devices that do nothing, made and deleted by the thousand: what the
 * kernel takes for a device, whoever makes it. Like vxc's they are up when
 * they are first told of, or down.
 */
#include <linux/etherdevice.h>
#include <linux/rtnetlink.h>
#include <net/rtnetlink.h>
#include "bench.h"

static LIST_HEAD(bare);

static netdev_tx_t bare_xmit(struct sk_buff *skb, struct net_device *dev)
{
	dev_kfree_skb_any(skb);
	return NETDEV_TX_OK;
}

static const struct net_device_ops bare_ops = {
	.ndo_start_xmit		= bare_xmit,
};

static struct rtnl_link_ops bare_link_ops = {
	.kind			= "bare",
};

static void bare_setup(struct net_device *dev)
{
	ether_setup(dev);
	dev->netdev_ops = &bare_ops;
	dev->rtnl_link_ops = &bare_link_ops;
	dev->rtnl_link_state = RTNL_LINK_INITIALIZING;
	dev->needs_free_netdev = true;
	dev->priv_flags |= IFF_NO_QUEUE;
}

static int bare_add(unsigned int i, unsigned int flags)
{
	struct ifinfomsg ifm = { .ifi_flags = flags, .ifi_change = IFF_UP };
	struct net_device *dev;
	char name[IFNAMSIZ];
	int err;

	snprintf(name, sizeof(name), "b%u", i);
	dev = alloc_netdev(0, name, NET_NAME_USER, bare_setup);
	if (!dev)
		return -ENOMEM;
	eth_hw_addr_set(dev, (const u8 []) { 2, 0, 0, 0, 1, 0 });
	err = register_netdevice(dev);
	if (err) {
		free_netdev(dev);
		return err;
	}
	list_add_tail(&dev->unreg_list, &bare);
	return rtnl_configure_link(dev, &ifm, 0, NULL);
}

/* bare N [down]: make N; bare 0: delete all of them */
int bench_bare(char *words)
{
	unsigned int flags, i, n;
	int err;

	flags = strstr(words, " down") ? 0 : IFF_UP;
	err = kstrtouint(strsep(&words, " "), 0, &n);
	if (err)
		return err;
	rtnl_lock();
	for (i = 0; i < n && !err; i++)
		err = bare_add(i, flags);
	if (!n) {
		unregister_netdevice_many(&bare);
		INIT_LIST_HEAD(&bare);	/* it was unlinked */
	}
	rtnl_unlock();
	return err;
}
