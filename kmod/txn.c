// SPDX-License-Identifier: GPL-2.0
/*
 * Transactions. An operation changes the configuration at once and records
 * how to take that back. When all have succeeded the data path is compiled;
 * then everything is committed, which cannot fail, or taken back in reverse.
 */
#include <linux/slab.h>

#include "txn.h"

/**
 * vxc_txn_begin() - Start a transaction
 * @txn: the transaction, on the stack
 * @vn: the network namespace it is made in
 * @skb: the request, or NULL
 * @extack: where refusals go
 */
void vxc_txn_begin(struct vxc_txn *txn, struct vxc_net *vn,
		   struct sk_buff *skb, struct netlink_ext_ack *extack)
{
	ASSERT_RTNL();

	txn->vn = vn;
	txn->skb = skb;
	txn->extack = extack;
	txn->bad = 0;
	INIT_LIST_HEAD(&txn->changes);
	INIT_LIST_HEAD(&txn->circuits);
	INIT_LIST_HEAD(&txn->staged);
	INIT_LIST_HEAD(&txn->unregister);
	INIT_LIST_HEAD(&txn->reaches);
}

/**
 * vxc_txn_record() - Record a step before it is made
 * @txn: the transaction
 * @size: size of the structure that starts with a struct vxc_change
 * @commit: what to do on success
 * @abort: how to take the step back; it may not have been made yet, so the
 *	caller fills in what abort needs as it makes the step
 *
 * Return: the structure, zeroed but for its head, or NULL without memory.
 */
void *vxc_txn_record(struct vxc_txn *txn, size_t size,
		     void (*commit)(struct vxc_txn *, struct vxc_change *),
		     void (*abort)(struct vxc_txn *, struct vxc_change *))
{
	struct vxc_change *change;

	change = kzalloc(size, GFP_KERNEL_ACCOUNT);
	if (!change)
		return NULL;

	change->commit = commit;
	change->abort = abort;
	list_add_tail(&change->list, &txn->changes);
	return change;
}

/**
 * vxc_txn_touch() - The data path of a circuit must be compiled again
 * @txn: the transaction
 * @circuit: the circuit
 */
void vxc_txn_touch(struct vxc_txn *txn, struct vxc_circuit *circuit)
{
	struct vxc_leg *leg;
	unsigned int i = 0;

	if (list_empty(&circuit->dirty))
		list_add_tail(&circuit->dirty, &txn->circuits);
	while ((leg = vxc_next_leg(circuit, &i)))
		vxc_map_touch(&leg->at);
}

static void forget_circuits(struct vxc_txn *txn)
{
	struct vxc_circuit *circuit, *next;

	list_for_each_entry_safe(circuit, next, &txn->circuits, dirty)
		list_del_init(&circuit->dirty);
}

static void txn_abort(struct vxc_txn *txn)
{
	struct vxc_change *change, *next;

	vxc_map_discard(txn);
	vxc_reach_discard(txn);
	forget_circuits(txn);
	list_for_each_entry_safe_reverse(change, next, &txn->changes, list) {
		list_del(&change->list);
		change->abort(txn, change);
		kfree(change);
	}
}

static void txn_commit(struct vxc_txn *txn)
{
	struct vxc_circuit *circuit, *tmp;
	struct vxc_change *change, *next;

	vxc_map_publish(txn);
	vxc_reach_publish(txn);
	list_for_each_entry_safe(circuit, tmp, &txn->circuits, dirty) {
		list_del_init(&circuit->dirty);
		vxc_protect_update(circuit);
	}

	/* Who sees the new number sees all of the above: for note_packet(). */
	smp_store_release(&txn->vn->gen, txn->vn->gen + 1);
	list_for_each_entry_safe(change, next, &txn->changes, list) {
		list_del(&change->list);
		change->commit(txn, change);
		kfree(change);
	}
	unregister_netdevice_many(&txn->unregister);
}

/**
 * vxc_txn_end() - Finish a transaction
 * @txn: the transaction
 * @err: what its operations came to
 *
 * Return: 0, all of it has taken effect; or an error, nothing has.
 */
int vxc_txn_end(struct vxc_txn *txn, int err)
{
	if (!err)
		err = vxc_map_compile(txn);
	if (!err)
		err = vxc_reach_compile(txn);
	if (err)
		txn_abort(txn);
	else
		txn_commit(txn);

	return err;
}
