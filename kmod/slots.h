/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Counters of each CPU in slots of a larger allocation: getting memory for
 * each CPU takes longer than all else that a leg needs.
 */
#ifndef _VXC_SLOTS_H
#define _VXC_SLOTS_H

#include <linux/list.h>
#include <linux/types.h>

/**
 * struct vxc_slots - an allocation of many slots
 * @list: in vxc_slot_kind.partial while a slot is free
 * @kind: what they are for
 * @used: slots in use, a bit each
 * @mem: the slots
 */
struct vxc_slots {
	struct list_head		list;
	struct vxc_slot_kind		*kind;
	u16				used;
	u8 __percpu			*mem;
};

/**
 * struct vxc_slot_kind - what slots are for
 * @partial: allocations with a free slot
 * @size: of a slot, in bytes
 */
struct vxc_slot_kind {
	struct list_head		partial;
	size_t				size;
};

void __percpu *vxc_slot_get(struct vxc_slot_kind *kind,
			    struct vxc_slots **slots);
void vxc_slot_put(struct vxc_slots *slots, void __percpu *slot);

#endif /* _VXC_SLOTS_H */
