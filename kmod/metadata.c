// SPDX-License-Identifier: GPL-2.0
/* Free keys and values that vxc keeps for the operator of a circuit. */
#include <linux/slab.h>

#include "txn.h"

static void metadata_free(struct vxc_metadata *entry)
{
	if (entry)
		kfree(entry->value);
	kfree(entry);
}

/* All of a circuit that nobody can find any more. */
void vxc_metadata_free(struct vxc_circuit *circuit)
{
	struct vxc_metadata *entry, *next;

	list_for_each_entry_safe(entry, next, &circuit->metadata, list)
		metadata_free(entry);
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

	memcpy(entry->key, key, strlen(key) + 1);
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
