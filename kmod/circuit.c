// SPDX-License-Identifier: GPL-2.0
/*
 * Circuits: names and keys, and the rules of their life. All under rtnl.
 */
#include <linux/ctype.h>
#include <linux/hashtable.h>
#include <linux/jhash.h>
#include <linux/random.h>
#include <linux/slab.h>

#include "txn.h"

static DEFINE_HASHTABLE(names, 12);
static DEFINE_HASHTABLE(keys, 12);

static u32 name_hash(const struct vxc_net *vn, const char *name)
{
	return jhash(name, strlen(name), hash32_ptr(vn));
}

static u32 key_hash(const struct vxc_net *vn, const uuid_t *key)
{
	return jhash(key, sizeof(*key), hash32_ptr(vn));
}

struct vxc_circuit *vxc_circuit_find(struct vxc_net *vn, const char *name)
{
	struct vxc_circuit *circuit;

	hash_for_each_possible(names, circuit, by_name, name_hash(vn, name))
		if (circuit->vn == vn && !strcmp(circuit->name, name))
			return circuit;

	return NULL;
}

struct vxc_circuit *vxc_circuit_find_id(struct vxc_net *vn, u32 id)
{
	return idr_find(&vn->circuits, id);
}

static struct vxc_circuit *find_key(struct vxc_net *vn, const uuid_t *key)
{
	struct vxc_circuit *circuit;

	hash_for_each_possible(keys, circuit, by_key, key_hash(vn, key))
		if (circuit->vn == vn && uuid_equal(&circuit->key, key))
			return circuit;

	return NULL;
}

static void circuit_hash(struct vxc_circuit *circuit)
{
	hash_add(names, &circuit->by_name,
		 name_hash(circuit->vn, circuit->name));
	hash_add(keys, &circuit->by_key, key_hash(circuit->vn, &circuit->key));
}

static void circuit_unhash(struct vxc_circuit *circuit)
{
	hash_del(&circuit->by_name);
	hash_del(&circuit->by_key);
}

/* Name and key are found by hash, so they change together with the tables. */
void vxc_circuit_identify(struct vxc_circuit *circuit, const char *name,
			  const uuid_t *key)
{
	circuit_unhash(circuit);
	strscpy(circuit->name, name, sizeof(circuit->name));
	circuit->key = *key;
	circuit_hash(circuit);
}

/* isalnum() alone takes the letters of Latin-1 too. */
static bool is_name_char(char c)
{
	return (isascii(c) && isalnum(c)) || c == '.' || c == '_' || c == '-';
}

/* Is it right as the name of a circuit or a group? */
bool vxc_is_name(const char *name)
{
	const char *s;

	for (s = name; is_name_char(*s); s++)
		;
	return !*s && *name && *name != '-';
}

/**
 * vxc_circuit_check_name() - Is a name right, and free?
 * @txn: the transaction
 * @name: the name
 *
 * Return: 0 or an error.
 */
int vxc_circuit_check_name(struct vxc_txn *txn, const char *name)
{
	struct vxc_circuit *holder;

	if (!vxc_is_name(name))
		return vxc_txn_refuse(txn, VXC_A_CIRCUIT_NAME, -EINVAL,
				      "\"%s\" is no name for a circuit: use letters, digits, '.', '_' and '-'",
				      name);

	holder = vxc_circuit_find(txn->vn, name);
	if (holder)
		return vxc_txn_refuse(txn, VXC_A_CIRCUIT_NAME, -EEXIST,
				      "circuit %s exists already, with id %u",
				      name, holder->id);

	return 0;
}

/**
 * vxc_circuit_check_key() - Is a service key right, and free?
 * @txn: the transaction
 * @key: the key
 *
 * Return: 0 or an error.
 */
int vxc_circuit_check_key(struct vxc_txn *txn, const uuid_t *key)
{
	struct vxc_circuit *holder;

	if (uuid_is_null(key))
		return vxc_txn_refuse(txn, VXC_A_CIRCUIT_KEY, -EINVAL,
				      "a service key cannot be all zeros");

	holder = find_key(txn->vn, key);
	if (holder)
		return vxc_txn_refuse(txn, VXC_A_CIRCUIT_KEY, -EEXIST,
				      "circuit %s has this service key already",
				      holder->name);

	return 0;
}

static void circuit_free_rcu(struct rcu_head *rcu)
{
	struct vxc_circuit *circuit = container_of(rcu, struct vxc_circuit,
						   rcu);

	kfree(circuit->service.cvids);
	kfree(circuit->denials);
	kfree(circuit->burst);
	vxc_sla_exit(circuit);
	kmem_cache_free(vxc_circuits, circuit);
}

/* Drop a reference. */
void vxc_circuit_put(struct vxc_circuit *circuit)
{
	if (!refcount_dec_and_test(&circuit->refs))
		return;

	vxc_metadata_free(circuit);
	kfree(circuit->description);
	if (circuit->qos && circuit->qos->part)
		vxc_part_free(circuit->qos->part);
	kfree(circuit->qos);
	call_rcu(&circuit->rcu, circuit_free_rcu);
}

static struct vxc_circuit *circuit_alloc(struct vxc_net *vn)
{
	struct vxc_circuit *circuit;

	circuit = kmem_cache_zalloc(vxc_circuits, GFP_KERNEL);
	if (!circuit)
		return NULL;

	circuit->vn = vn;
	circuit->fresh = true;
	circuit->admin = VXC_ADMIN_UP;
	circuit->revertive = 1;
	circuit->loop_id = get_random_u64();
	vxc_service_init(&circuit->service);
	refcount_set(&circuit->refs, 1);
	INIT_LIST_HEAD(&circuit->metadata);
	INIT_LIST_HEAD(&circuit->peerings);
	INIT_LIST_HEAD(&circuit->dirty);
	INIT_LIST_HEAD(&circuit->reach_dirty);
	INIT_LIST_HEAD(&circuit->members);
	vxc_protect_init(circuit);
	return circuit;
}

/**
 * vxc_circuit_check_times() - Are the times of the protection in their ranges?
 * @txn: the transaction
 * @cfg: what is given
 *
 * Return: 0 or an error.
 */
int vxc_circuit_check_times(struct vxc_txn *txn,
			    const struct vxc_circuit_cfg *cfg)
{
	if (cfg->given & VXC_CIRCUIT_WTR && cfg->wtr > VXC_WTR_MAX)
		return vxc_txn_refuse(txn, VXC_A_CIRCUIT_WTR, -ERANGE,
				      "wait to restore %u ms is above %u ms",
				      cfg->wtr, VXC_WTR_MAX);
	if (cfg->given & VXC_CIRCUIT_HOLD_OFF &&
	    (cfg->hold_off > VXC_HOLD_OFF_MAX ||
	     cfg->hold_off % VXC_HOLD_OFF_STEP))
		return vxc_txn_refuse(txn, VXC_A_CIRCUIT_HOLD_OFF, -ERANGE,
				      "hold-off %u ms is not a multiple of %u up to %u ms",
				      cfg->hold_off, VXC_HOLD_OFF_STEP,
				      VXC_HOLD_OFF_MAX);
	if (cfg->given & VXC_CIRCUIT_ANN_TIME &&
	    (cfg->announce_interval < VXC_ANNOUNCE_MIN_INTERVAL ||
	     cfg->announce_interval > VXC_ANNOUNCE_MAX_INTERVAL))
		return vxc_txn_refuse(txn, VXC_A_CIRCUIT_ANNOUNCE_INTERVAL,
				      -ERANGE,
				      "announce-interval %u ms is not from %u to %u ms",
				      cfg->announce_interval,
				      VXC_ANNOUNCE_MIN_INTERVAL,
				      VXC_ANNOUNCE_MAX_INTERVAL);
	if (cfg->given & VXC_CIRCUIT_AIS && cfg->ais &&
	    cfg->ais != MSEC_PER_SEC && cfg->ais != 60 * MSEC_PER_SEC)
		return vxc_txn_refuse(txn, VXC_A_CIRCUIT_AIS, -EINVAL,
				      "AIS every %u ms: only 1s and 1m are known, 0 is off",
				      cfg->ais);

	return 0;
}

/**
 * vxc_circuit_set_protection() - Take over what is given for the protection
 * @circuit: the circuit
 * @cfg: what is given, checked
 *
 * Return: 0 or -ENOMEM.
 */
int vxc_circuit_set_protection(struct vxc_circuit *circuit,
			       const struct vxc_circuit_cfg *cfg)
{
	if (cfg->given & VXC_CIRCUIT_REVERTIVE)
		circuit->revertive = cfg->revertive;
	if (cfg->given & VXC_CIRCUIT_WTR)
		circuit->wtr = cfg->wtr;
	if (cfg->given & VXC_CIRCUIT_HOLD_OFF)
		circuit->hold_off = cfg->hold_off;
	if (cfg->given & VXC_CIRCUIT_APS)
		circuit->aps = cfg->aps;
	if (cfg->given & VXC_CIRCUIT_AIS)
		circuit->ais = cfg->ais;
	if (cfg->given & VXC_CIRCUIT_AIS_LEVEL)
		circuit->ais_level = cfg->ais_level;
	if (cfg->given & VXC_CIRCUIT_ANN_COUNT)
		circuit->announce_count = cfg->announce_count;
	if (cfg->given & VXC_CIRCUIT_ANN_TIME)
		circuit->announce_interval = cfg->announce_interval;

	return circuit->ais ? vxc_alarm_prepare(circuit) : 0;
}

struct circuit_change {
	struct vxc_change		change;
	struct vxc_circuit		*circuit;
	struct vxc_leg			*leg[VXC_PLACES];
};

static void release_id(struct vxc_net *vn, u32 id)
{
	idr_remove(&vn->circuits, id);
	vn->ncircuits--;
}

/**
 * vxc_circuit_destroy() - End a circuit that nobody can find any more
 * @circuit: the circuit; its legs have been taken
 * @devs: where its peerings' devices go, to be unregistered
 */
void vxc_circuit_destroy(struct vxc_circuit *circuit, struct list_head *devs)
{
	struct vxc_peering *p, *next;

	list_for_each_entry_safe(p, next, &circuit->peerings, list)
		vxc_peering_remove(p, devs);

	vxc_protect_exit(circuit);
	vxc_qos_exit(circuit);
	circuit->vn = NULL;
	vxc_circuit_put(circuit);
}

/**
 * vxc_circuit_exit() - End a circuit with its network namespace
 * @circuit: the circuit; its ports have no device any more
 * @devs: where its peerings' devices go, to be unregistered
 */
void vxc_circuit_exit(struct vxc_circuit *circuit, struct list_head *devs)
{
	struct vxc_leg *legs[VXC_PLACES], *leg;
	unsigned int i = 0, n = 0;

	while ((leg = vxc_next_leg(circuit, &i))) {
		vxc_leg_take(leg);
		legs[n++] = leg;
	}

	/* Their timers look at the circuit. */
	for (i = 0; i < n; i++)
		vxc_mep_end(&legs[i]->point);
	circuit_unhash(circuit);
	release_id(circuit->vn, circuit->id);
	vxc_circuit_destroy(circuit, devs);
	while (n--)
		vxc_leg_free(legs[n]);
}

static void add_commit(struct vxc_txn *txn, struct vxc_change *change)
{
	struct circuit_change *c = (struct circuit_change *)change;

	c->circuit->fresh = false;
	vxc_event_circuit(c->circuit, VXC_EVENT_KIND_ADDED);
}

static void add_abort(struct vxc_txn *txn, struct vxc_change *change)
{
	struct circuit_change *c = (struct circuit_change *)change;

	if (!c->circuit)
		return;

	circuit_unhash(c->circuit);
	release_id(txn->vn, c->circuit->id);
	vxc_circuit_destroy(c->circuit, &txn->unregister);
}

static int take_id(struct vxc_txn *txn, struct vxc_circuit *circuit,
		   const struct vxc_circuit_cfg *cfg)
{
	u32 id = cfg->given & VXC_CIRCUIT_ID ? cfg->id : 1;
	u32 end = cfg->given & VXC_CIRCUIT_ID ? cfg->id : VXC_ID_MAX;
	struct vxc_net *vn = txn->vn;
	int err;

	if (id > VXC_ID_MAX)
		return vxc_txn_refuse(txn, VXC_A_CIRCUIT_ID, -ERANGE,
				      "id %u is above %u", id, VXC_ID_MAX);
	if (vn->ncircuits >= VXC_MAX_CIRCUITS)
		return vxc_refuse(txn->extack, -ENOSPC,
				  "a network namespace can have %u circuits",
				  VXC_MAX_CIRCUITS);

	err = idr_alloc_u32(&vn->circuits, circuit, &id, end, GFP_KERNEL);
	if (err == -ENOSPC)
		return vxc_txn_refuse(txn, VXC_A_CIRCUIT_ID, -EEXIST,
				      "id %u is in use", id);
	if (err)
		return err;

	circuit->id = id;
	if (!vn->ncircuits++)
		queue_delayed_work(vxc_wq, &vn->sample, HZ);
	return 0;
}

static int fill_new(struct vxc_txn *txn, struct vxc_circuit *circuit,
		    const struct vxc_circuit_cfg *cfg)
{
	int err;

	strscpy(circuit->name, cfg->name, sizeof(circuit->name));
	if (cfg->given & VXC_CIRCUIT_KEY)
		circuit->key = cfg->key;
	else
		uuid_gen(&circuit->key);

	if (cfg->description && *cfg->description) {
		circuit->description = kstrdup(cfg->description,
					       GFP_KERNEL_ACCOUNT);
		if (!circuit->description)
			return -ENOMEM;
	}
	if (cfg->given & VXC_CIRCUIT_ADMIN)
		circuit->admin = cfg->admin;
	if (cfg->given & VXC_CIRCUIT_PROV)
		circuit->provisioning = cfg->provisioning;
	else if (cfg->has_leg)
		circuit->provisioning = VXC_PROVISIONING_PROVISIONED;
	err = vxc_circuit_set_protection(circuit, cfg);
	if (err)
		return err;
	if (cfg->given & VXC_CIRCUIT_EGRESS)
		circuit->egress = cfg->egress;
	if (cfg->given & VXC_CIRCUIT_FASTPATH)
		circuit->fastpath = cfg->fastpath;

	return take_id(txn, circuit, cfg);
}

/**
 * vxc_circuit_add() - Create a circuit
 * @txn: the transaction
 * @cfg: name, and what is given
 *
 * The caller adds its legs and then calls vxc_circuit_check().
 *
 * Return: the circuit or an ERR_PTR().
 */
struct vxc_circuit *vxc_circuit_add(struct vxc_txn *txn,
				    const struct vxc_circuit_cfg *cfg)
{
	struct vxc_circuit *circuit;
	struct circuit_change *c;
	int err;

	err = vxc_circuit_check_name(txn, cfg->name);
	if (!err && cfg->given & VXC_CIRCUIT_KEY)
		err = vxc_circuit_check_key(txn, &cfg->key);
	if (!err)
		err = vxc_circuit_check_times(txn, cfg);
	if (err)
		return ERR_PTR(err);

	c = vxc_txn_record(txn, sizeof(*c), add_commit, add_abort);
	if (!c)
		return ERR_PTR(-ENOMEM);

	circuit = circuit_alloc(txn->vn);
	if (!circuit)
		return ERR_PTR(-ENOMEM);

	err = fill_new(txn, circuit, cfg);
	if (err) {
		vxc_protect_exit(circuit);
		vxc_circuit_put(circuit);
		return ERR_PTR(err);
	}

	circuit_hash(circuit);
	c->circuit = circuit;
	vxc_txn_touch(txn, circuit);
	return circuit;
}

/**
 * vxc_circuit_check() - Are a circuit's parts in order?
 * @txn: the transaction
 * @circuit: the circuit, after all that an operation does to it
 *
 * Return: 0 or an error.
 */
int vxc_circuit_check(struct vxc_txn *txn, struct vxc_circuit *circuit)
{
	if (circuit->provisioning != VXC_PROVISIONING_PROVISIONED)
		return 0;
	if (vxc_end_used(&circuit->end[VXC_END_A]))
		return 0;

	return vxc_refuse(txn->extack, -EINVAL,
			  "circuit %s has no leg, so it cannot be provisioned",
			  circuit->name);
}

static void del_commit(struct vxc_txn *txn, struct vxc_change *change)
{
	struct circuit_change *c = (struct circuit_change *)change;
	struct vxc_circuit *circuit = c->circuit;
	int i;

	vxc_event_circuit(circuit, VXC_EVENT_KIND_DELETED);
	/* Their timers look at the circuit. */
	for (i = 0; i < VXC_PLACES; i++)
		if (c->leg[i])
			vxc_mep_end(&c->leg[i]->point);
	release_id(txn->vn, circuit->id);
	vxc_circuit_destroy(circuit, &txn->unregister);
	for (i = 0; i < VXC_PLACES; i++)
		if (c->leg[i])
			vxc_leg_free(c->leg[i]);
}

static void del_abort(struct vxc_txn *txn, struct vxc_change *change)
{
	struct circuit_change *c = (struct circuit_change *)change;
	struct vxc_circuit *circuit = c->circuit;
	struct vxc_peering *p;
	int i;

	for (i = 0; i < VXC_PLACES; i++)
		if (c->leg[i])
			vxc_leg_restore(c->leg[i]);
	list_for_each_entry(p, &circuit->peerings, list)
		p->dying = false;
	idr_replace(&txn->vn->circuits, circuit, circuit->id);
	circuit_hash(circuit);
}

static int del_legs(struct vxc_txn *txn, struct circuit_change *c)
{
	struct vxc_circuit *circuit = c->circuit;
	struct vxc_leg *leg;
	unsigned int i = 0, n = 0;
	int err;

	while ((leg = vxc_next_leg(circuit, &i))) {
		vxc_leg_take(leg);
		c->leg[n++] = leg;
		err = vxc_filter_untell(txn, &leg->at, leg->at.port->tpid);
		if (err)
			return err;
	}

	return 0;
}

/**
 * vxc_circuit_del() - Delete a circuit with its legs and peerings
 * @txn: the transaction
 * @circuit: the circuit
 * @force: also when it is provisioned or provisioning
 *
 * Return: 0 or an error.
 */
int vxc_circuit_del(struct vxc_txn *txn, struct vxc_circuit *circuit,
		    bool force)
{
	struct circuit_change *c;
	struct vxc_peering *p;
	int err;

	if (circuit->provisioning != VXC_PROVISIONING_NOT_PROVISIONED && !force)
		return vxc_refuse(txn->extack, -EBUSY,
				  "circuit %s is %s: make it not-provisioned first, or use force",
				  circuit->name, circuit->provisioning ==
				  VXC_PROVISIONING_PROVISIONED ?
				  "provisioned" : "provisioning");

	/* First, so that they are told of while the circuit is there. */
	err = vxc_reach_leave(txn, circuit);
	if (!err)
		err = vxc_part_leave(txn, circuit);
	if (err)
		return err;

	c = vxc_txn_record(txn, sizeof(*c), del_commit, del_abort);
	if (!c)
		return -ENOMEM;

	c->circuit = circuit;
	vxc_txn_touch(txn, circuit);
	circuit_unhash(circuit);
	/* The number stays taken until the end, should this be taken back. */
	idr_replace(&txn->vn->circuits, NULL, circuit->id);
	list_for_each_entry(p, &circuit->peerings, list)
		p->dying = true;
	return del_legs(txn, c);
}
