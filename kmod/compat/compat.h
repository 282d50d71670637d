/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What differs between the supported kernels, 6.1 and later. Nothing outside
 * this folder knows a kernel version. Stable kernels carry features of later
 * ones, so macros are tested where there is one, and shims have names of ours.
 */
#ifndef _VXC_COMPAT_H
#define _VXC_COMPAT_H

#include <linux/hrtimer.h>
#include <linux/netdevice.h>
#include <linux/version.h>
#include <net/genetlink.h>
#include <net/ip6_fib.h>
#include <net/rtnetlink.h>
#ifdef VXC_HAVE_IPV6_STUBS
#include <net/ipv6_stubs.h>
#endif

static inline void vxc_set_lltx(struct net_device *dev)
{
#ifdef NETIF_F_LLTX
	dev->features |= NETIF_F_LLTX;
#else
	dev->lltx = true;
#endif
}

static inline void
vxc_hrtimer_setup(struct hrtimer *timer,
		  enum hrtimer_restart (*fn)(struct hrtimer *))
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 13, 0)
	hrtimer_setup(timer, fn, CLOCK_MONOTONIC, HRTIMER_MODE_REL_SOFT);
#else
	hrtimer_init(timer, CLOCK_MONOTONIC, HRTIMER_MODE_REL_SOFT);
	timer->function = fn;
#endif
}

/* Later kernels rename every device while it is up. */
static inline void vxc_set_live_rename(struct net_device *dev)
{
#ifdef IFF_LIVE_RENAME_OK
	dev->priv_flags |= IFF_LIVE_RENAME_OK;
#endif
}

/* Keep rtnetlink quiet of a device until rtnl_configure_link() tells all. */
static inline void vxc_link_quiet(struct net_device *dev, bool quiet)
{
#ifdef VXC_HAVE_LINK_INITIALIZING
	dev->rtnl_link_initializing = quiet;
#else
	dev->rtnl_link_state = quiet ? RTNL_LINK_INITIALIZING :
				       RTNL_LINK_INITIALIZED;
#endif
}

/* Whether tc or netfilter look at what a device receives. */
static inline bool vxc_has_ingress(const struct net_device *dev)
{
	bool has = false;

#if defined(VXC_HAVE_TCX) && defined(CONFIG_NET_XGRESS)
	has = has || rcu_access_pointer(dev->tcx_ingress);
#elif !defined(VXC_HAVE_TCX) && defined(CONFIG_NET_CLS_ACT)
	has = has || rcu_access_pointer(dev->miniq_ingress);
#endif
#ifdef CONFIG_NETFILTER_INGRESS
	has = has || rcu_access_pointer(dev->nf_hooks_ingress);
#endif
	return has || rcu_access_pointer(dev->xdp_prog);
}

/* Whether they look at what it transmits. */
static inline bool vxc_has_egress(const struct net_device *dev)
{
	bool has = false;

#if defined(VXC_HAVE_TCX) && defined(CONFIG_NET_XGRESS)
	has = has || rcu_access_pointer(dev->tcx_egress);
#elif !defined(VXC_HAVE_TCX) && defined(CONFIG_NET_EGRESS)
	has = has || rcu_access_pointer(dev->miniq_egress);
#endif
#ifdef CONFIG_NETFILTER_EGRESS
	has = has || rcu_access_pointer(dev->nf_hooks_egress);
#endif
	return has;
}

/* Where IPv6 could be a module it was called by a table. */
#if IS_ENABLED(CONFIG_IPV6)
static inline int vxc_fib6_lookup(struct net *net, struct flowi6 *fl6,
				  struct fib6_result *res)
{
#ifdef VXC_HAVE_IPV6_STUBS
	return ipv6_stub->fib6_lookup(net, 0, fl6, res, 0);
#else
	return fib6_lookup(net, 0, fl6, res, 0);
#endif
}
#endif

/* Attributes of the request that started a dump. */
static inline struct nlattr **vxc_dump_attrs(struct netlink_callback *cb)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 6, 0)
	return genl_info_dump(cb)->attrs;
#else
	return genl_dumpit_info(cb)->attrs;
#endif
}

/*
 * VXC_NEWLINK(fn) defines fn with the newlink signature of this kernel; it
 * calls fn##_do(), which the file defines.
 */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 15, 0)
#define VXC_NEWLINK(fn)							\
	static int fn(struct net_device *dev,				\
		      struct rtnl_newlink_params *params,		\
		      struct netlink_ext_ack *extack)			\
	{								\
		return fn##_do(rtnl_newlink_link_net(params), dev,	\
			       params->tb, params->data, extack);	\
	}
#else
#define VXC_NEWLINK(fn)							\
	static int fn(struct net *src_net, struct net_device *dev,	\
		      struct nlattr *tb[], struct nlattr *data[],	\
		      struct netlink_ext_ack *extack)			\
	{								\
		return fn##_do(src_net, dev, tb, data, extack);		\
	}
#endif

#endif /* _VXC_COMPAT_H */
