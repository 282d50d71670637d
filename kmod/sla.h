/* SPDX-License-Identifier: GPL-2.0 */
/* The record of a circuit: how long it was up and down, and its events. */
#ifndef _VXC_SLA_H
#define _VXC_SLA_H

#include "ledger.h"

#define VXC_PLACES	(VXC_ENDS * VXC_LEGS)	/* a circuit's legs */
#define VXC_SLA_EVENTS	32			/* events a circuit remembers */
#define VXC_SLA_FIRST	4			/* for so many there is room */

/* An event of a circuit's ledger. */
struct vxc_sla_event {
	u64				time;	/* of the wall clock, in ns */
	u8				kind;	/* enum vxc_sla_kind */
	u8				end;
	u8				role;
	u8				state;
	u8				why;	/* vxc_reason or vxc_request */
};

/**
 * struct vxc_sla - the record of a circuit, under its lock
 * @ledger: how long it was in which state
 * @begun: since when that is kept, in nanoseconds of the wall clock
 * @failovers: how often an active leg changed
 * @state: enum vxc_state, as last noted
 * @reason: enum vxc_reason, as last noted
 * @kept: how many events are in @events, the last ones
 * @room: how many can be, up to VXC_SLA_EVENTS
 * @n_events: how many events there were
 * @events: a ring; it grows as it fills
 * @first: where the first ones are
 */
struct vxc_sla {
	struct vxc_ledger		ledger;
	u64				begun;
	u32				failovers;
	u8				state;
	u8				reason;
	u8				kept;
	u8				room;
	u32				n_events;
	struct vxc_sla_event		*events;
	struct vxc_sla_event		first[VXC_SLA_FIRST];
};

/* Figures of an earlier record. */
struct vxc_sla_figures {
	u64				begun;	/* ns; 0: not known */
	u32				failovers;
	struct vxc_ledger		circuit;
	struct vxc_ledger		leg[VXC_PLACES];
};

#endif /* _VXC_SLA_H */
