// SPDX-License-Identifier: GPL-2.0
/* Virtual cross-connects: the provider edge of a cloud exchange. */
#include <linux/module.h>
#include <net/netns/generic.h>

#include "txn.h"

#define MESSAGES	16
#define MESSAGE_LEN	192

struct workqueue_struct *vxc_wq;
/* Of sizes that the general caches would round up by half and more. */
struct kmem_cache *vxc_circuits;
struct kmem_cache *vxc_legs;
static unsigned int vxc_net_id __read_mostly;

struct vxc_net *vxc_net(const struct net *net)
{
	return net_generic(net, vxc_net_id);
}

/*
 * The text has to outlive the call until the core has sent it, and the core's
 * own buffer for that is new and short. A ring of ours outlives it by the next
 * MESSAGES - 1 refusals.
 */
static __printf(2, 0) void say(struct netlink_ext_ack *extack, const char *fmt,
			       va_list args)
{
	static char ring[MESSAGES][MESSAGE_LEN];
	static atomic_t next;
	char *buf;

	if (!extack)
		return;

	buf = ring[(unsigned int)atomic_inc_return(&next) % MESSAGES];
	vscnprintf(buf, MESSAGE_LEN, fmt, args);
	extack->_msg = buf;
}

/**
 * vxc_refuse() - Say why something is refused
 * @extack: where to say it, or NULL
 * @err: the error
 * @fmt: a sentence that names the attribute, its value and who holds it
 *
 * Return: @err.
 */
int vxc_refuse(struct netlink_ext_ack *extack, int err, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	say(extack, fmt, args);
	va_end(args);
	return err;
}

/**
 * vxc_txn_refuse() - Say why an operation is refused, and for which attribute
 * @txn: the transaction
 * @bad: number of the attribute in the nest of the operation's object
 * @err: the error
 * @fmt: as of vxc_refuse()
 *
 * Return: @err.
 */
int vxc_txn_refuse(struct vxc_txn *txn, u16 bad, int err, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	say(txn->extack, fmt, args);
	va_end(args);
	txn->bad = bad;
	return err;
}

static int __net_init vxc_net_init(struct net *net)
{
	struct vxc_net *vn = vxc_net(net);

	vn->net = net;
	INIT_LIST_HEAD(&vn->ports);
	idr_init(&vn->circuits);
	INIT_DELAYED_WORK(&vn->sample, vxc_stats_sample);
	INIT_LIST_HEAD(&vn->reaches);
	INIT_LIST_HEAD(&vn->envelopes);
	vxc_isolate_init(vn);
	return 0;
}

/* First the ports, so that no frame arrives, then all that stands on them. */
static void net_clear(struct vxc_net *vn, struct list_head *devs)
{
	struct vxc_circuit *circuit;
	struct vxc_port *port, *next;
	int id;

	list_for_each_entry(port, &vn->ports, list)
		if (port->dev)
			vxc_detach_device(port);
	vxc_reach_exit(vn);
	idr_for_each_entry(&vn->circuits, circuit, id)
		vxc_circuit_exit(circuit, devs);
	vxc_envelope_exit(vn);
	list_for_each_entry_safe(port, next, &vn->ports, list)
		vxc_port_destroy(port);
}

static void __net_exit vxc_net_exit_batch(struct list_head *nets)
{
	struct vxc_net *vn;
	struct net *net;
	LIST_HEAD(devs);

	rtnl_lock();
	list_for_each_entry(net, nets, exit_list)
		net_clear(vxc_net(net), &devs);
	unregister_netdevice_many(&devs);
	rtnl_unlock();

	list_for_each_entry(net, nets, exit_list) {
		vn = vxc_net(net);
		cancel_delayed_work_sync(&vn->sample);
		vxc_fast_exit(vn);
		idr_destroy(&vn->circuits);
	}
}

static struct pernet_operations vxc_net_ops = {
	.init		= vxc_net_init,
	.exit_batch	= vxc_net_exit_batch,
	.id		= &vxc_net_id,
	.size		= sizeof(struct vxc_net),
};

static void free_memory(void)
{
	kmem_cache_destroy(vxc_legs);
	kmem_cache_destroy(vxc_circuits);
	if (vxc_wq)
		destroy_workqueue(vxc_wq);
}

static int __init get_memory(void)
{
	/*
	 * All that it does needs rtnl. Many workers that wait for that would
	 * take the CPU from ksoftirqd, which CCMs may have to wait for then.
	 */
	vxc_wq = alloc_ordered_workqueue("vxc", 0);
	vxc_circuits = KMEM_CACHE(vxc_circuit, SLAB_ACCOUNT);
	vxc_legs = KMEM_CACHE(vxc_leg, SLAB_ACCOUNT);
	if (vxc_wq && vxc_circuits && vxc_legs)
		return 0;

	free_memory();
	return -ENOMEM;
}

static int __init vxc_module_init(void)
{
	int err;

	err = get_memory();
	if (err)
		return err;

	/* A device, so that it ends before the devices of the namespace do. */
	err = register_pernet_device(&vxc_net_ops);
	if (err)
		goto err_memory;

	err = register_netdevice_notifier(&vxc_notifier);
	if (err)
		goto err_net;

	err = rtnl_link_register(&vxc_link_ops);
	if (err)
		goto err_notifier;

	err = vxc_nl_init();
	if (err)
		goto err_link;

	pr_info("vxc: virtual cross-connects %s\n", VXC_VERSION);
	return 0;

err_link:
	rtnl_link_unregister(&vxc_link_ops);
err_notifier:
	unregister_netdevice_notifier(&vxc_notifier);
err_net:
	unregister_pernet_device(&vxc_net_ops);
err_memory:
	free_memory();
	return err;
}

static void __exit vxc_module_exit(void)
{
	vxc_nl_exit();
	rtnl_link_unregister(&vxc_link_ops);
	unregister_pernet_device(&vxc_net_ops);
	unregister_netdevice_notifier(&vxc_notifier);
	/* What still runs there may let go of the last circuits. */
	drain_workqueue(vxc_wq);
	/* Ports, legs and circuits are freed by functions of this module. */
	rcu_barrier();
	free_memory();
}

module_init(vxc_module_init);
module_exit(vxc_module_exit);

MODULE_DESCRIPTION("Virtual cross-connects of a cloud exchange edge");
MODULE_LICENSE("GPL");
MODULE_VERSION(VXC_VERSION);
MODULE_ALIAS_RTNL_LINK("vxc");
MODULE_ALIAS_GENL_FAMILY("vxc");
