// SPDX-License-Identifier: GPL-2.0
/*
 * Members of reaches: which circuits belong to one, and the counters between
 * each two of them. All under rtnl.
 */
#include <linux/slab.h>

#include "txn.h"

static void pair_free_rcu(struct rcu_head *rcu)
{
	struct vxc_pair *pair = container_of(rcu, struct vxc_pair, rcu);

	free_percpu(pair->stats[0]);
	free_percpu(pair->stats[1]);
	kfree(pair);
}

static int pair_link(struct vxc_net *vn, struct vxc_member *a,
		     struct vxc_member *b)
{
	struct vxc_pair *pair;
	int i;

	pair = kzalloc(sizeof(*pair), GFP_KERNEL_ACCOUNT);
	if (!pair)
		return -ENOMEM;

	for (i = 0; i < 2; i++) {
		pair->stats[i] = netdev_alloc_pcpu_stats(struct vxc_pcpu_reach);
		if (!pair->stats[i]) {
			pair_free_rcu(&pair->rcu);
			return -ENOMEM;
		}
	}

	pair->member[0] = a;
	pair->member[1] = b;
	list_add_tail(&pair->at[0], &a->pairs[0]);
	list_add_tail(&pair->at[1], &b->pairs[1]);
	vn->npairs++;
	return 0;
}

/* Free a member and the pairs on its lists. */
static void member_free(struct vxc_net *vn, struct vxc_member *m)
{
	struct vxc_pair *pair, *next;
	int i;

	for (i = 0; i < 2; i++) {
		list_for_each_entry_safe(pair, next, &m->pairs[i], at[i]) {
			vn->npairs--;
			call_rcu(&pair->rcu, pair_free_rcu);
		}
	}
	kfree(m);
}

/* The pairs leave the lists of the other members, or return to them. */
static void hide_pairs(struct vxc_member *m)
{
	struct vxc_pair *pair;
	int i;

	for (i = 0; i < 2; i++)
		list_for_each_entry(pair, &m->pairs[i], at[i])
			vxc_list_hide(&pair->at[!i]);
}

static void show_pairs(struct vxc_member *m)
{
	struct vxc_pair *pair;
	int i;

	for (i = 0; i < 2; i++)
		list_for_each_entry(pair, &m->pairs[i], at[i])
			vxc_list_show(&pair->at[!i]);
}

static void member_hide(struct vxc_member *m)
{
	hide_pairs(m);
	vxc_list_hide(&m->on_reach);
	vxc_list_hide(&m->on_circuit);
	m->reach->nmembers--;
}

static void member_show(struct vxc_member *m)
{
	show_pairs(m);
	vxc_list_show(&m->on_reach);
	vxc_list_show(&m->on_circuit);
	m->reach->nmembers++;
}

/* The tables of all members must be compiled again. */
void vxc_members_touch(struct vxc_txn *txn, struct vxc_reach *reach)
{
	struct vxc_member *m;

	list_for_each_entry(m, &reach->members, on_reach)
		vxc_reach_touch(txn, m->circuit);
}

struct vxc_member *vxc_member_of(const struct vxc_reach *reach,
				 const struct vxc_circuit *circuit)
{
	struct vxc_member *m;

	list_for_each_entry(m, &reach->members, on_reach)
		if (m->circuit == circuit)
			return m;

	return NULL;
}

struct member_change {
	struct vxc_change		change;
	struct vxc_member		*member;
};

static void join_commit(struct vxc_txn *txn, struct vxc_change *change)
{
}

static void join_abort(struct vxc_txn *txn, struct vxc_change *change)
{
	struct member_change *c = (struct member_change *)change;

	if (!c->member)
		return;

	member_hide(c->member);
	member_free(txn->vn, c->member);
}

static int check_room(struct vxc_txn *txn, const struct vxc_reach *reach)
{
	if (*reach->group && reach->nmembers >= VXC_GROUP_MAX)
		return vxc_refuse(txn->extack, -ENOSPC,
				  "group %s has %u circuits already",
				  reach->group, VXC_GROUP_MAX);
	if (txn->vn->npairs + reach->nmembers > VXC_MAX_PAIRS)
		return vxc_refuse(txn->extack, -ENOSPC,
				  "a network namespace can have %u pairs of circuits with reach",
				  VXC_MAX_PAIRS);

	return 0;
}

/**
 * vxc_member_join() - A circuit joins a reach
 * @txn: the transaction
 * @reach: the reach
 * @circuit: the circuit
 *
 * Return: 0 or an error.
 */
int vxc_member_join(struct vxc_txn *txn, struct vxc_reach *reach,
		    struct vxc_circuit *circuit)
{
	struct vxc_member *m, *other;
	struct member_change *c;
	int err;

	if (vxc_member_of(reach, circuit))
		return vxc_txn_refuse(txn, VXC_A_REACH_CIRCUIT, -EEXIST,
				      *reach->group ?
				      "circuit %s is in group %s already" :
				      "circuit %s needs another circuit to have reach to",
				      circuit->name, reach->group);
	err = check_room(txn, reach);
	if (err)
		return err;

	c = vxc_txn_record(txn, sizeof(*c), join_commit, join_abort);
	if (!c)
		return -ENOMEM;

	m = kzalloc(sizeof(*m), GFP_KERNEL_ACCOUNT);
	if (!m)
		return -ENOMEM;

	m->reach = reach;
	m->circuit = circuit;
	INIT_LIST_HEAD(&m->pairs[0]);
	INIT_LIST_HEAD(&m->pairs[1]);
	list_add_tail(&m->on_reach, &reach->members);
	list_add_tail(&m->on_circuit, &circuit->members);
	reach->nmembers++;
	c->member = m;

	list_for_each_entry(other, &reach->members, on_reach) {
		if (other == m)
			continue;
		err = pair_link(txn->vn, other, m);
		if (err)
			return err;
	}
	vxc_members_touch(txn, reach);
	return 0;
}

static void leave_commit(struct vxc_txn *txn, struct vxc_change *change)
{
	struct member_change *c = (struct member_change *)change;

	member_free(txn->vn, c->member);
}

static void leave_abort(struct vxc_txn *txn, struct vxc_change *change)
{
	struct member_change *c = (struct member_change *)change;

	member_show(c->member);
}

/**
 * vxc_member_leave() - A circuit leaves a reach that goes on
 * @txn: the transaction
 * @m: the member
 *
 * Return: 0 or an error.
 */
int vxc_member_leave(struct vxc_txn *txn, struct vxc_member *m)
{
	struct member_change *c;

	c = vxc_txn_record(txn, sizeof(*c), leave_commit, leave_abort);
	if (!c)
		return -ENOMEM;

	c->member = m;
	vxc_members_touch(txn, m->reach);
	member_hide(m);
	return 0;
}

/* Free the members of a reach that no circuit and no table knows any more. */
void vxc_members_free(struct vxc_net *vn, struct vxc_reach *reach)
{
	struct vxc_member *m, *next;

	list_for_each_entry_safe(m, next, &reach->members, on_reach) {
		hide_pairs(m);
		member_free(vn, m);
	}
}
