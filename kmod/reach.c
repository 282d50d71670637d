// SPDX-License-Identifier: GPL-2.0
/*
 * Reaches: the circuits between which packets pass. A pair consists of two
 * circuits, a group has a name and any number of them. An authorization is a
 * pair that one side has consented to and the other has not. All under rtnl.
 */
#include <linux/slab.h>
#include <linux/timekeeping.h>

#include "txn.h"

struct vxc_reach *vxc_reach_find_group(struct vxc_net *vn, const char *group)
{
	struct vxc_reach *reach;

	list_for_each_entry(reach, &vn->reaches, list)
		if (!strcmp(reach->group, group))
			return reach;

	return NULL;
}

struct vxc_reach *vxc_reach_find_key(struct vxc_net *vn, const uuid_t *key)
{
	struct vxc_reach *reach;

	list_for_each_entry(reach, &vn->reaches, list)
		if (reach->pending && uuid_equal(&reach->key, key))
			return reach;

	return NULL;
}

struct vxc_reach *vxc_reach_find_pair(const struct vxc_circuit *a,
				      const struct vxc_circuit *b)
{
	struct vxc_member *m;

	if (a == b)
		return NULL;
	list_for_each_entry(m, &a->members, on_circuit)
		if (!*m->reach->group && !m->reach->pending &&
		    vxc_member_of(m->reach, b))
			return m->reach;

	return NULL;
}

/* What a reach permits now, enum vxc_reach_state. */
u32 vxc_reach_state(const struct vxc_reach *reach)
{
	if (reach->pending)
		return VXC_REACH_STATE_AUTHORIZED;
	if (!reach->scope)
		return VXC_REACH_STATE_ACTIVE;

	return vxc_scope_state(&reach->scope->scope,
			       ktime_get_real_seconds());
}

/* A step about a reach; @scope is the old one once it has been @replaced. */
struct reach_change {
	struct vxc_change		change;
	struct vxc_reach		*reach;
	struct vxc_reach_scope		*scope;
	bool				replaced;
	bool				event;
	bool				pending;
};

static void new_commit(struct vxc_txn *txn, struct vxc_change *change)
{
	struct reach_change *c = (struct reach_change *)change;

	vxc_event_reach(txn->vn, c->reach, VXC_EVENT_KIND_ADDED);
}

static void new_abort(struct vxc_txn *txn, struct vxc_change *change)
{
	struct reach_change *c = (struct reach_change *)change;

	if (!c->reach)
		return;

	list_del(&c->reach->list);
	txn->vn->nreaches--;
	kfree(c->reach);
}

static struct vxc_reach *reach_new(struct vxc_txn *txn)
{
	struct reach_change *c;
	struct vxc_reach *reach;

	if (txn->vn->nreaches >= VXC_MAX_REACHES) {
		vxc_refuse(txn->extack, 0,
			   "a network namespace can have %u reaches",
			   VXC_MAX_REACHES);
		return ERR_PTR(-ENOSPC);
	}

	c = vxc_txn_record(txn, sizeof(*c), new_commit, new_abort);
	if (!c)
		return ERR_PTR(-ENOMEM);

	reach = kzalloc(sizeof(*reach), GFP_KERNEL_ACCOUNT);
	if (!reach)
		return ERR_PTR(-ENOMEM);

	INIT_LIST_HEAD(&reach->members);
	list_add_tail(&reach->list, &txn->vn->reaches);
	txn->vn->nreaches++;
	c->reach = reach;
	return reach;
}

static void reach_free(struct vxc_net *vn, struct vxc_reach *reach)
{
	vxc_members_free(vn, reach);
	if (reach->scope)
		kfree_rcu(reach->scope, rcu);
	kfree(reach);
}

static void del_commit(struct vxc_txn *txn, struct vxc_change *change)
{
	struct reach_change *c = (struct reach_change *)change;

	vxc_event_reach(txn->vn, c->reach, VXC_EVENT_KIND_DELETED);
	reach_free(txn->vn, c->reach);
}

static void del_abort(struct vxc_txn *txn, struct vxc_change *change)
{
	struct reach_change *c = (struct reach_change *)change;
	struct vxc_member *m;

	list_for_each_entry(m, &c->reach->members, on_reach)
		vxc_list_show(&m->on_circuit);
	vxc_list_show(&c->reach->list);
	txn->vn->nreaches++;
}

/* Its members stay on its list, for the event and for the abort. */
static int reach_del(struct vxc_txn *txn, struct vxc_reach *reach)
{
	struct reach_change *c;
	struct vxc_member *m;

	c = vxc_txn_record(txn, sizeof(*c), del_commit, del_abort);
	if (!c)
		return -ENOMEM;

	c->reach = reach;
	vxc_members_touch(txn, reach);
	list_for_each_entry(m, &reach->members, on_reach)
		vxc_list_hide(&m->on_circuit);
	vxc_list_hide(&reach->list);
	txn->vn->nreaches--;
	return 0;
}

static void set_commit(struct vxc_txn *txn, struct vxc_change *change)
{
	struct reach_change *c = (struct reach_change *)change;

	if (c->replaced && c->scope)
		kfree_rcu(c->scope, rcu);
	if (c->event)
		vxc_event_reach(txn->vn, c->reach, VXC_EVENT_KIND_CHANGED);
}

static void set_abort(struct vxc_txn *txn, struct vxc_change *change)
{
	struct reach_change *c = (struct reach_change *)change;

	c->reach->pending = c->pending;
	if (!c->replaced)
		return;

	kfree(c->reach->scope);
	c->reach->scope = c->scope;
}

/* Record a change of a reach, which may be announced. */
static struct reach_change *record_set(struct vxc_txn *txn,
				       struct vxc_reach *reach, bool event)
{
	struct reach_change *c;

	c = vxc_txn_record(txn, sizeof(*c), set_commit, set_abort);
	if (!c)
		return NULL;

	c->reach = reach;
	c->pending = reach->pending;
	c->event = event;
	return c;
}

static int check_scope(struct vxc_txn *txn, const struct vxc_scope *scope)
{
	if (scope->until && scope->until <= scope->start)
		return vxc_txn_refuse(txn, VXC_A_REACH_UNTIL, -EINVAL,
				      "the end, %llu, is not after the start, %llu",
				      scope->until, scope->start);

	return 0;
}

/* The new scope, NULL for none: what is not given stays. */
static int merge_scope(const struct vxc_reach *reach,
		       const struct vxc_reach_cfg *cfg,
		       struct vxc_reach_scope **new)
{
	const struct vxc_scope *old = NULL;
	const struct vxc_prefix *prefixes = cfg->prefix;
	u16 n = cfg->nprefixes;
	struct vxc_reach_scope *s;

	if (reach->scope && !(cfg->given & VXC_REACH_EVERYTHING))
		old = &reach->scope->scope;
	if (old && !(cfg->given & VXC_REACH_PREFIX)) {
		prefixes = old->prefix;
		n = old->nprefixes;
	}

	s = kzalloc(struct_size(s, scope.prefix, n), GFP_KERNEL_ACCOUNT);
	if (!s)
		return -ENOMEM;

	memcpy(s->scope.prefix, prefixes, n * sizeof(*prefixes));
	s->scope.nprefixes = n;
	s->scope.dscp = cfg->given & VXC_REACH_DSCP ? cfg->dscp :
			old ? old->dscp : 0;
	s->scope.start = cfg->given & VXC_REACH_START ? cfg->start :
			 old ? old->start : 0;
	s->scope.until = cfg->given & VXC_REACH_UNTIL ? cfg->until :
			 old ? old->until : 0;
	if (!n && !s->scope.dscp && !s->scope.start && !s->scope.until) {
		kfree(s);
		s = NULL;
	}
	*new = s;
	return 0;
}

static int set_scope(struct vxc_txn *txn, struct vxc_reach *reach,
		     const struct vxc_reach_cfg *cfg, bool event)
{
	struct vxc_reach_scope *scope;
	struct reach_change *c;
	int err;

	if (!(cfg->given & VXC_REACH_SCOPE))
		return 0;

	c = record_set(txn, reach, event);
	if (!c)
		return -ENOMEM;

	err = merge_scope(reach, cfg, &scope);
	if (err)
		return err;

	c->scope = reach->scope;
	c->replaced = true;
	reach->scope = scope;
	if (scope) {
		err = check_scope(txn, &scope->scope);
		if (err)
			return err;
	}
	vxc_members_touch(txn, reach);
	return 0;
}

static int add_group(struct vxc_txn *txn, const struct vxc_reach_cfg *cfg)
{
	struct vxc_reach *reach = vxc_reach_find_group(txn->vn, cfg->group);
	bool fresh = !reach;
	unsigned int i;
	int err;

	if (!cfg->ncircuits)
		return vxc_refuse(txn->extack, -EINVAL,
				  "which circuits are to join group %s?",
				  cfg->group);
	if (fresh) {
		reach = reach_new(txn);
		if (IS_ERR(reach))
			return PTR_ERR(reach);
		strscpy(reach->group, cfg->group, sizeof(reach->group));
	} else if (cfg->given & VXC_REACH_SCOPE) {
		return vxc_refuse(txn->extack, -EEXIST,
				  "group %s exists already; its scope is changed with set",
				  cfg->group);
	} else if (!record_set(txn, reach, true)) {
		return -ENOMEM;
	}

	for (i = 0; i < cfg->ncircuits; i++) {
		err = vxc_member_join(txn, reach, cfg->circuit[i]);
		if (err)
			return err;
	}

	return fresh ? set_scope(txn, reach, cfg, false) : 0;
}

static int add_pair(struct vxc_txn *txn, const struct vxc_reach_cfg *cfg)
{
	struct vxc_reach *reach;
	unsigned int i;
	int err;

	if (cfg->ncircuits != 2)
		return vxc_refuse(txn->extack, -EINVAL,
				  "a reach without a group is between two circuits");
	if (vxc_reach_find_pair(cfg->circuit[0], cfg->circuit[1]))
		return vxc_txn_refuse(txn, VXC_A_REACH_CIRCUIT, -EEXIST,
				      "circuits %s and %s have reach already",
				      cfg->circuit[0]->name,
				      cfg->circuit[1]->name);

	reach = reach_new(txn);
	if (IS_ERR(reach))
		return PTR_ERR(reach);

	for (i = 0; i < cfg->ncircuits; i++) {
		err = vxc_member_join(txn, reach, cfg->circuit[i]);
		if (err)
			return err;
	}

	return set_scope(txn, reach, cfg, false);
}

static int authorize(struct vxc_txn *txn, const struct vxc_reach_cfg *cfg)
{
	struct vxc_reach *reach;
	int err;

	if (cfg->group || cfg->ncircuits != 1)
		return vxc_refuse(txn->extack, -EINVAL,
				  "an authorization is given by one circuit");
	if (uuid_is_null(&cfg->key))
		return vxc_txn_refuse(txn, VXC_A_REACH_KEY, -EINVAL,
				      "an authorization key cannot be all zeros");
	if (vxc_reach_find_key(txn->vn, &cfg->key))
		return vxc_txn_refuse(txn, VXC_A_REACH_KEY, -EEXIST,
				      "this authorization key exists already");

	reach = reach_new(txn);
	if (IS_ERR(reach))
		return PTR_ERR(reach);

	reach->pending = true;
	reach->key = cfg->key;
	err = vxc_member_join(txn, reach, cfg->circuit[0]);
	return err ? err : set_scope(txn, reach, cfg, false);
}

/**
 * vxc_reach_add() - Make a pair or an authorization, or let circuits join
 * @txn: the transaction
 * @cfg: what is given
 *
 * Return: 0 or an error.
 */
int vxc_reach_add(struct vxc_txn *txn, const struct vxc_reach_cfg *cfg)
{
	if (cfg->given & VXC_REACH_KEY)
		return authorize(txn, cfg);
	if (cfg->group)
		return add_group(txn, cfg);

	return add_pair(txn, cfg);
}

/* The consent of the other side; the first may have set an end to its own. */
static int redeem(struct vxc_txn *txn, struct vxc_reach *reach,
		  const struct vxc_reach_cfg *cfg)
{
	struct vxc_circuit *circuit = cfg->circuit[0];
	struct vxc_member *m;
	int err;

	if (cfg->ncircuits != 1)
		return vxc_refuse(txn->extack, -EINVAL,
				  "one circuit redeems a key");
	if (reach->scope &&
	    vxc_scope_state(&reach->scope->scope, ktime_get_real_seconds()) ==
	    VXC_REACH_STATE_ENDED)
		return vxc_txn_refuse(txn, VXC_A_REACH_KEY, -EKEYEXPIRED,
				      "the key's time has ended");

	m = list_first_entry(&reach->members, struct vxc_member, on_reach);
	if (vxc_reach_find_pair(m->circuit, circuit))
		return vxc_txn_refuse(txn, VXC_A_REACH_CIRCUIT, -EEXIST,
				      "circuits %s and %s have reach already",
				      m->circuit->name, circuit->name);
	if (!record_set(txn, reach, true))
		return -ENOMEM;

	err = vxc_member_join(txn, reach, circuit);
	if (!err)
		reach->pending = false;
	return err;
}

/**
 * vxc_reach_find() - The reach that two circuits, a group or a key name
 * @vn: network namespace
 * @cfg: what is given
 * @extack: where the refusal goes
 *
 * Return: the reach or an ERR_PTR().
 */
struct vxc_reach *vxc_reach_find(struct vxc_net *vn,
				 const struct vxc_reach_cfg *cfg,
				 struct netlink_ext_ack *extack)
{
	struct vxc_reach *reach = NULL;

	if (cfg->given & VXC_REACH_KEY) {
		reach = vxc_reach_find_key(vn, &cfg->key);
		if (!reach)
			vxc_refuse(extack, 0,
				   "there is no such authorization key, or it was redeemed");
	} else if (cfg->group) {
		reach = vxc_reach_find_group(vn, cfg->group);
		if (!reach)
			vxc_refuse(extack, 0, "there is no group %s",
				   cfg->group);
	} else if (cfg->ncircuits == 2) {
		reach = vxc_reach_find_pair(cfg->circuit[0], cfg->circuit[1]);
		if (!reach)
			vxc_refuse(extack, 0,
				   "circuits %s and %s are no pair with reach",
				   cfg->circuit[0]->name,
				   cfg->circuit[1]->name);
	} else {
		vxc_refuse(extack, 0,
			   "which reach? give two circuits, a group or a key");
		return ERR_PTR(-EINVAL);
	}

	return reach ? reach : ERR_PTR(-ENOENT);
}

/**
 * vxc_reach_set() - Change the scope of a reach, or redeem a key
 * @txn: the transaction
 * @reach: the reach
 * @cfg: what is given
 *
 * Return: 0 or an error.
 */
int vxc_reach_set(struct vxc_txn *txn, struct vxc_reach *reach,
		  const struct vxc_reach_cfg *cfg)
{
	if (!reach->pending || !cfg->ncircuits)
		return set_scope(txn, reach, cfg, true);
	if (cfg->given & VXC_REACH_SCOPE)
		return vxc_refuse(txn->extack, -EINVAL,
				  "the scope is that of the authorization");

	return redeem(txn, reach, cfg);
}

/**
 * vxc_reach_del() - End a reach, or let circuits leave a group
 * @txn: the transaction
 * @reach: the reach
 * @cfg: what is given
 *
 * Return: 0 or an error.
 */
int vxc_reach_del(struct vxc_txn *txn, struct vxc_reach *reach,
		  const struct vxc_reach_cfg *cfg)
{
	struct reach_change *c;
	struct vxc_member *m;
	unsigned int i;
	int err;

	if (!cfg->group || !cfg->ncircuits)
		return reach_del(txn, reach);
	c = record_set(txn, reach, true);
	if (!c)
		return -ENOMEM;

	for (i = 0; i < cfg->ncircuits; i++) {
		m = vxc_member_of(reach, cfg->circuit[i]);
		if (!m)
			return vxc_txn_refuse(txn, VXC_A_REACH_CIRCUIT,
					      -ENOENT,
					      "circuit %s is not in group %s",
					      cfg->circuit[i]->name,
					      reach->group);
		err = vxc_member_leave(txn, m);
		if (err)
			return err;
	}

	/* Of a group that ends nothing but that is told. */
	c->event = reach->nmembers;
	return c->event ? 0 : reach_del(txn, reach);
}

/**
 * vxc_reach_leave() - A circuit is being deleted
 * @txn: the transaction
 * @circuit: the circuit
 *
 * Return: 0 or an error.
 */
int vxc_reach_leave(struct vxc_txn *txn, struct vxc_circuit *circuit)
{
	struct vxc_member *m;
	int err;

	while (!list_empty(&circuit->members)) {
		m = list_first_entry(&circuit->members, struct vxc_member,
				     on_circuit);
		if (*m->reach->group && m->reach->nmembers > 1)
			err = vxc_member_leave(txn, m);
		else
			err = reach_del(txn, m->reach);
		if (err)
			return err;
	}

	return 0;
}

/* The network namespace ends, with all circuits. */
void vxc_reach_exit(struct vxc_net *vn)
{
	struct vxc_reach *reach, *next;
	struct vxc_circuit *circuit;
	struct vxc_member *m;
	int id;

	idr_for_each_entry(&vn->circuits, circuit, id)
		vxc_reach_unpublish(circuit);
	list_for_each_entry_safe(reach, next, &vn->reaches, list) {
		list_for_each_entry(m, &reach->members, on_reach)
			list_del(&m->on_circuit);
		list_del(&reach->list);
		vn->nreaches--;
		reach_free(vn, reach);
	}
}
