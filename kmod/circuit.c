// SPDX-License-Identifier: GPL-2.0
/*
 * Circuits: names and keys, and the rules of their life. All under rtnl.
 */
#include <linux/ctype.h>
#include <linux/hashtable.h>
#include <linux/jhash.h>
#include <linux/slab.h>

#include "vxc.h"

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

/* isalnum() alone takes the letters of Latin-1 too. */
static bool is_name_char(char c)
{
	return (isascii(c) && isalnum(c)) || c == '.' || c == '_' || c == '-';
}

static int check_name(struct vxc_txn *txn, const char *name)
{
	struct vxc_circuit *holder;
	const char *s;

	for (s = name; is_name_char(*s); s++)
		;
	if (*s || !*name || *name == '-')
		return vxc_refuse(txn->extack, -EINVAL,
				  "\"%s\" is no name for a circuit: use letters, digits, '.', '_' and '-'",
				  name);

	holder = vxc_circuit_find(txn->vn, name);
	if (holder)
		return vxc_refuse(txn->extack, -EEXIST,
				  "circuit %s exists already, with id %u",
				  name, holder->id);

	return 0;
}

static int check_key(struct vxc_txn *txn, const uuid_t *key)
{
	struct vxc_circuit *holder;

	if (uuid_is_null(key))
		return vxc_refuse(txn->extack, -EINVAL,
				  "a service key cannot be all zeros");

	holder = find_key(txn->vn, key);
	if (holder)
		return vxc_refuse(txn->extack, -EEXIST,
				  "circuit %s has this service key already",
				  holder->name);

	return 0;
}

static void metadata_free(struct vxc_metadata *entry)
{
	if (entry)
		kfree(entry->value);
	kfree(entry);
}

static void circuit_free_rcu(struct rcu_head *rcu)
{
	kfree(container_of(rcu, struct vxc_circuit, rcu));
}

/* Drop a reference. */
void vxc_circuit_put(struct vxc_circuit *circuit)
{
	struct vxc_metadata *entry, *next;

	if (!refcount_dec_and_test(&circuit->refs))
		return;

	list_for_each_entry_safe(entry, next, &circuit->metadata, list)
		metadata_free(entry);
	kfree(circuit->description);
	call_rcu(&circuit->rcu, circuit_free_rcu);
}

static struct vxc_circuit *circuit_alloc(struct vxc_net *vn)
{
	struct vxc_circuit *circuit;

	circuit = kzalloc(sizeof(*circuit), GFP_KERNEL_ACCOUNT);
	if (!circuit)
		return NULL;

	circuit->vn = vn;
	circuit->admin = VXC_ADMIN_UP;
	circuit->revertive = 1;
	refcount_set(&circuit->refs, 1);
	INIT_LIST_HEAD(&circuit->metadata);
	INIT_LIST_HEAD(&circuit->peerings);
	INIT_LIST_HEAD(&circuit->dirty);
	vxc_protect_init(circuit);
	return circuit;
}

static int check_wtr(struct vxc_txn *txn, const struct vxc_circuit_cfg *cfg)
{
	if (!(cfg->given & VXC_CIRCUIT_WTR) || cfg->wtr <= VXC_WTR_MAX)
		return 0;

	return vxc_refuse(txn->extack, -ERANGE,
			  "wait to restore %u ms is above %u ms", cfg->wtr,
			  VXC_WTR_MAX);
}

struct circuit_change {
	struct vxc_change		change;
	struct vxc_circuit		*circuit;
	char				*description;	/* to be freed */
	struct {
		char			name[VXC_NAME_MAX + 1];
		uuid_t			key;
		char			*description;
		u8			admin;
		u8			provisioning;
		u8			revertive;
		u32			wtr;
	} old;
	u32				given;
	u8				cmd;
	u8				cmd_to;
	struct vxc_leg			*leg[VXC_LEGS];
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
	struct vxc_leg *leg[VXC_LEGS];
	int role;

	for (role = 0; role < VXC_LEGS; role++) {
		leg[role] = circuit->leg[role];
		if (leg[role])
			vxc_leg_take(leg[role]);
	}

	circuit_unhash(circuit);
	release_id(circuit->vn, circuit->id);
	vxc_circuit_destroy(circuit, devs);
	for (role = 0; role < VXC_LEGS; role++)
		if (leg[role])
			vxc_leg_free(leg[role]);
}

static void add_commit(struct vxc_txn *txn, struct vxc_change *change)
{
	struct circuit_change *c = (struct circuit_change *)change;

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
	u32 end = cfg->given & VXC_CIRCUIT_ID ? cfg->id : INT_MAX;
	struct vxc_net *vn = txn->vn;
	int err;

	if (id > INT_MAX)
		return vxc_refuse(txn->extack, -ERANGE,
				  "id %u is above %d", id, INT_MAX);
	if (vn->ncircuits >= VXC_MAX_CIRCUITS)
		return vxc_refuse(txn->extack, -ENOSPC,
				  "a network namespace can have %u circuits",
				  VXC_MAX_CIRCUITS);

	err = idr_alloc_u32(&vn->circuits, circuit, &id, end, GFP_KERNEL);
	if (err == -ENOSPC)
		return vxc_refuse(txn->extack, -EEXIST, "id %u is in use", id);
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
	if (cfg->given & VXC_CIRCUIT_REVERTIVE)
		circuit->revertive = cfg->revertive;
	if (cfg->given & VXC_CIRCUIT_WTR)
		circuit->wtr = cfg->wtr;

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

	err = check_name(txn, cfg->name);
	if (!err && cfg->given & VXC_CIRCUIT_KEY)
		err = check_key(txn, &cfg->key);
	if (!err)
		err = check_wtr(txn, cfg);
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
	if (circuit->leg[VXC_ROLE_PRIMARY] || circuit->leg[VXC_ROLE_SECONDARY])
		return 0;

	return vxc_refuse(txn->extack, -EINVAL,
			  "circuit %s has no leg, so it cannot be provisioned",
			  circuit->name);
}

static void save(struct circuit_change *c, const struct vxc_circuit *from)
{
	strscpy(c->old.name, from->name, sizeof(c->old.name));
	c->old.key = from->key;
	c->old.description = from->description;
	c->old.admin = from->admin;
	c->old.provisioning = from->provisioning;
	c->old.revertive = from->revertive;
	c->old.wtr = from->wtr;
}

static void set_commit(struct vxc_txn *txn, struct vxc_change *change)
{
	struct circuit_change *c = (struct circuit_change *)change;

	kfree(c->description);
	if (c->given & VXC_CIRCUIT_SWITCH)
		vxc_protect_command(c->circuit, c->cmd, c->cmd_to);
	vxc_event_circuit(c->circuit, VXC_EVENT_KIND_CHANGED);
}

static void set_abort(struct vxc_txn *txn, struct vxc_change *change)
{
	struct circuit_change *c = (struct circuit_change *)change;
	struct vxc_circuit *circuit = c->circuit;

	circuit_unhash(circuit);
	strscpy(circuit->name, c->old.name, sizeof(circuit->name));
	circuit->key = c->old.key;
	circuit_hash(circuit);
	if (circuit->description != c->old.description)
		kfree(circuit->description);
	circuit->description = c->old.description;
	circuit->admin = c->old.admin;
	circuit->provisioning = c->old.provisioning;
	circuit->revertive = c->old.revertive;
	circuit->wtr = c->old.wtr;
}

static int set_names(struct vxc_txn *txn, struct vxc_circuit *circuit,
		     const struct vxc_circuit_cfg *cfg)
{
	int err;

	if (cfg->new_name && strcmp(cfg->new_name, circuit->name)) {
		err = check_name(txn, cfg->new_name);
		if (err)
			return err;
		circuit_unhash(circuit);
		strscpy(circuit->name, cfg->new_name, sizeof(circuit->name));
		circuit_hash(circuit);
	}

	if (cfg->given & VXC_CIRCUIT_KEY &&
	    !uuid_equal(&cfg->key, &circuit->key)) {
		if (circuit->provisioning != VXC_PROVISIONING_NOT_PROVISIONED)
			return vxc_refuse(txn->extack, -EBUSY,
					  "circuit %s keeps its service key while it is provisioned or provisioning",
					  circuit->name);
		err = check_key(txn, &cfg->key);
		if (err)
			return err;
		circuit_unhash(circuit);
		circuit->key = cfg->key;
		circuit_hash(circuit);
	}

	return 0;
}

static int set_description(struct circuit_change *c,
			   const struct vxc_circuit_cfg *cfg)
{
	char *text = NULL;

	if (!cfg->description)
		return 0;

	if (*cfg->description) {
		text = kstrdup(cfg->description, GFP_KERNEL_ACCOUNT);
		if (!text)
			return -ENOMEM;
	}
	c->description = c->circuit->description;
	c->circuit->description = text;
	return 0;
}

static int set_states(struct vxc_txn *txn, struct vxc_circuit *circuit,
		      const struct vxc_circuit_cfg *cfg)
{
	if (cfg->given & VXC_CIRCUIT_ADMIN)
		circuit->admin = cfg->admin;
	if (cfg->given & VXC_CIRCUIT_REVERTIVE)
		circuit->revertive = cfg->revertive;
	if (cfg->given & VXC_CIRCUIT_WTR)
		circuit->wtr = cfg->wtr;
	if (!(cfg->given & VXC_CIRCUIT_PROV))
		return 0;

	if (circuit->provisioning == VXC_PROVISIONING_PROVISIONED &&
	    cfg->provisioning == VXC_PROVISIONING_PROVISIONING)
		return vxc_refuse(txn->extack, -EINVAL,
				  "circuit %s is provisioned; it can only become not-provisioned",
				  circuit->name);
	circuit->provisioning = cfg->provisioning;
	return vxc_circuit_check(txn, circuit);
}

static int check_switch(struct vxc_txn *txn, struct vxc_circuit *circuit,
			const struct vxc_circuit_cfg *cfg)
{
	struct vxc_leg *leg;

	if (!(cfg->given & VXC_CIRCUIT_SWITCH)) {
		if (cfg->given & VXC_CIRCUIT_SWITCH_TO)
			return vxc_refuse(txn->extack, -EINVAL,
					  "switch-to is for a manual switch");
		return 0;
	}
	if (cfg->cmd == VXC_SWITCH_CLEAR)
		return 0;

	if (!(cfg->given & VXC_CIRCUIT_SWITCH_TO))
		return vxc_refuse(txn->extack, -EINVAL,
				  "to which leg? a manual switch needs one");
	leg = circuit->leg[cfg->cmd_to];
	if (!leg || !circuit->leg[!cfg->cmd_to])
		return vxc_refuse(txn->extack, -ENOENT,
				  "circuit %s has no %s leg to switch between",
				  circuit->name,
				  vxc_role_name(leg ? !cfg->cmd_to :
						      cfg->cmd_to));
	if (leg->usable == VXC_NO_LEG)
		return vxc_refuse(txn->extack, -ENETDOWN,
				  "leg %s of circuit %s is down",
				  vxc_role_name(cfg->cmd_to), circuit->name);

	return 0;
}

/**
 * vxc_circuit_set() - Change a circuit in place
 * @txn: the transaction
 * @circuit: the circuit
 * @cfg: what is to change
 *
 * Return: 0 or an error.
 */
int vxc_circuit_set(struct vxc_txn *txn, struct vxc_circuit *circuit,
		    const struct vxc_circuit_cfg *cfg)
{
	struct circuit_change *c;
	int err;

	err = check_switch(txn, circuit, cfg);
	if (!err)
		err = check_wtr(txn, cfg);
	if (err)
		return err;

	c = vxc_txn_record(txn, sizeof(*c), set_commit, set_abort);
	if (!c)
		return -ENOMEM;

	c->circuit = circuit;
	c->given = cfg->given;
	c->cmd = cfg->cmd;
	c->cmd_to = cfg->cmd_to;
	save(c, circuit);
	vxc_txn_touch(txn, circuit);

	err = set_names(txn, circuit, cfg);
	if (!err)
		err = set_description(c, cfg);
	if (!err)
		err = set_states(txn, circuit, cfg);
	return err;
}

struct metadata_change {
	struct vxc_change		change;
	struct vxc_circuit		*circuit;
	struct vxc_metadata		*old;
	struct vxc_metadata		*new;
};

static void metadata_commit(struct vxc_txn *txn, struct vxc_change *change)
{
	struct metadata_change *c = (struct metadata_change *)change;

	metadata_free(c->old);
}

static void metadata_abort(struct vxc_txn *txn, struct vxc_change *change)
{
	struct metadata_change *c = (struct metadata_change *)change;

	if (c->new) {
		list_del(&c->new->list);
		c->circuit->nmetadata--;
		metadata_free(c->new);
	}
	if (c->old) {
		list_add_tail(&c->old->list, &c->circuit->metadata);
		c->circuit->nmetadata++;
	}
}

static struct vxc_metadata *metadata_new(const char *key, const char *value)
{
	struct vxc_metadata *entry;

	entry = kzalloc(struct_size(entry, key, strlen(key) + 1),
			GFP_KERNEL_ACCOUNT);
	if (!entry)
		return NULL;

	entry->value = kstrdup(value, GFP_KERNEL_ACCOUNT);
	if (!entry->value) {
		kfree(entry);
		return NULL;
	}

	strcpy(entry->key, key);
	return entry;
}

/**
 * vxc_circuit_metadata() - Set or remove a free key and value
 * @txn: the transaction
 * @circuit: the circuit
 * @key: the key
 * @value: the value; an empty one removes the entry
 *
 * Return: 0 or an error.
 */
int vxc_circuit_metadata(struct vxc_txn *txn, struct vxc_circuit *circuit,
			 const char *key, const char *value)
{
	struct vxc_metadata *entry, *new = NULL;
	struct metadata_change *c;

	if (!*key)
		return vxc_refuse(txn->extack, -EINVAL,
				  "a metadata key cannot be empty");

	c = vxc_txn_record(txn, sizeof(*c), metadata_commit, metadata_abort);
	if (!c)
		return -ENOMEM;

	c->circuit = circuit;
	if (*value) {
		new = metadata_new(key, value);
		if (!new)
			return -ENOMEM;
	}

	list_for_each_entry(entry, &circuit->metadata, list) {
		if (strcmp(entry->key, key))
			continue;
		c->old = entry;
		list_del(&entry->list);
		circuit->nmetadata--;
		break;
	}
	if (!new)
		return 0;

	c->new = new;
	list_add_tail(&new->list, &circuit->metadata);
	if (++circuit->nmetadata > VXC_METADATA_MAX)
		return vxc_refuse(txn->extack, -ENOSPC,
				  "circuit %s has %u metadata entries already",
				  circuit->name, VXC_METADATA_MAX);

	return 0;
}

static void del_commit(struct vxc_txn *txn, struct vxc_change *change)
{
	struct circuit_change *c = (struct circuit_change *)change;
	struct vxc_circuit *circuit = c->circuit;
	int role;

	vxc_event_circuit(circuit, VXC_EVENT_KIND_DELETED);
	release_id(txn->vn, circuit->id);
	vxc_circuit_destroy(circuit, &txn->unregister);
	for (role = 0; role < VXC_LEGS; role++)
		if (c->leg[role])
			vxc_leg_free(c->leg[role]);
}

static void del_abort(struct vxc_txn *txn, struct vxc_change *change)
{
	struct circuit_change *c = (struct circuit_change *)change;
	struct vxc_circuit *circuit = c->circuit;
	struct vxc_peering *p;
	int role;

	for (role = 0; role < VXC_LEGS; role++)
		if (c->leg[role])
			vxc_leg_restore(c->leg[role]);
	list_for_each_entry(p, &circuit->peerings, list)
		p->dying = false;
	idr_replace(&txn->vn->circuits, circuit, circuit->id);
	circuit_hash(circuit);
}

static int del_legs(struct vxc_txn *txn, struct circuit_change *c)
{
	struct vxc_circuit *circuit = c->circuit;
	struct vxc_leg *leg;
	int role, err;

	for (role = 0; role < VXC_LEGS; role++) {
		leg = circuit->leg[role];
		if (!leg)
			continue;
		vxc_leg_take(leg);
		c->leg[role] = leg;
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

	if (circuit->provisioning != VXC_PROVISIONING_NOT_PROVISIONED && !force)
		return vxc_refuse(txn->extack, -EBUSY,
				  "circuit %s is %s: make it not-provisioned first, or use force",
				  circuit->name, circuit->provisioning ==
				  VXC_PROVISIONING_PROVISIONED ?
				  "provisioned" : "provisioning");

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
