// SPDX-License-Identifier: GPL-2.0
/* Slots of memory that each CPU has. */
#include <linux/percpu.h>
#include <linux/slab.h>

#include "slots.h"

#define SLOTS		(sizeof_field(struct vxc_slots, used) * BITS_PER_BYTE)
#define ALL_USED	GENMASK(SLOTS - 1, 0)

/* Of all kinds: they are put where RCU frees their owners. */
static DEFINE_SPINLOCK(lock);

static struct vxc_slots *slots_alloc(struct vxc_slot_kind *kind)
{
	struct vxc_slots *slots;

	slots = kzalloc(sizeof(*slots), GFP_KERNEL);
	if (!slots)
		return NULL;

	slots->mem = __alloc_percpu(kind->size * SLOTS, sizeof(u64));
	if (!slots->mem) {
		kfree(slots);
		return NULL;
	}

	slots->kind = kind;
	INIT_LIST_HEAD(&slots->list);
	return slots;
}

/* Under the lock. */
static unsigned int take(struct vxc_slots *slots)
{
	unsigned int i = ffz(slots->used);

	slots->used |= BIT(i);
	if (slots->used == ALL_USED)
		list_del_init(&slots->list);
	else if (list_empty(&slots->list))
		list_add(&slots->list, &slots->kind->partial);
	return i;
}

/**
 * vxc_slot_get() - Get a slot
 * @kind: what for
 * @slots: the allocation that it is of, for vxc_slot_put()
 *
 * Return: the slot, all zero on each CPU, or NULL without memory.
 */
void __percpu *vxc_slot_get(struct vxc_slot_kind *kind,
			    struct vxc_slots **slots)
{
	struct vxc_slots *s;
	u8 __percpu *slot;
	unsigned int i;
	int cpu;

	spin_lock_bh(&lock);
	s = list_first_entry_or_null(&kind->partial, struct vxc_slots, list);
	if (!s) {
		spin_unlock_bh(&lock);
		s = slots_alloc(kind);
		if (!s)
			return NULL;
		spin_lock_bh(&lock);
	}
	i = take(s);
	spin_unlock_bh(&lock);

	slot = s->mem + i * kind->size;
	for_each_possible_cpu(cpu)
		memset(per_cpu_ptr(slot, cpu), 0, kind->size);
	*slots = s;
	return slot;
}

/**
 * vxc_slot_put() - Give a slot back
 * @slots: the allocation that it is of
 * @slot: the slot, or NULL
 */
void vxc_slot_put(struct vxc_slots *slots, void __percpu *slot)
{
	unsigned int i;
	bool empty;

	if (!slot)
		return;

	i = ((u8 __percpu *)slot - slots->mem) / slots->kind->size;
	spin_lock_bh(&lock);
	slots->used &= ~BIT(i);
	empty = !slots->used;
	if (empty)
		list_del(&slots->list);
	else if (list_empty(&slots->list))
		list_add(&slots->list, &slots->kind->partial);
	spin_unlock_bh(&lock);
	if (!empty)
		return;

	free_percpu(slots->mem);
	kfree(slots);
}
