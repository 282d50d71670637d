/* SPDX-License-Identifier: GPL-2.0 */
/* What a circuit does with the frames that cross it: its settings. */
#ifndef _VXC_SERVICE_H
#define _VXC_SERVICE_H

#include <linux/if_vlan.h>
#include <linux/types.h>
#include <uapi/linux/vxc.h>

#define VXC_ENDS		(VXC_END_Z + 1)
#define VXC_L2CPS		(VXC_L2CP_OTHER + 1)
#define VXC_CASTS		(VXC_CAST_BROADCAST + 1)
#define VXC_PCP_BITS		4		/* a PCP in a table of them */
#define VXC_PCP_KEEP		0x76543210
#define VXC_PCP_MASK		0x77777777
#define VXC_RATE_BURST		(100 * NSEC_PER_MSEC)
#define VXC_LOOP_HOLD		(10ULL * NSEC_PER_SEC)
#define VXC_LOOP_PROTO		0x88b7		/* OUI extended Ethertype */

/* A C-VID at each end. */
struct vxc_cvid_pair {
	u16				cvid[VXC_ENDS];
};

/**
 * struct vxc_cvids - which C-VIDs cross a circuit, and as which
 * @rcu: for freeing
 * @allowed: those that cross, as they are at end A; 0: without a C-tag
 * @npairs: number of translations
 * @pair: translations, sorted by the C-VID of either end
 */
struct vxc_cvids {
	struct rcu_head			rcu;
	DECLARE_BITMAP(allowed, VLAN_N_VID);
	unsigned int			npairs;
	struct vxc_cvid_pair		pair[VXC_ENDS][VXC_TRANSLATE_MAX];
};

/**
 * struct vxc_service - what a circuit does with the frames that cross it
 * @pcp: for frames that leave at an end, the PCP for each that they came with
 * @rate: limit for each class, enum vxc_cast, in frames a second
 * @l2cp: enum vxc_l2cp_action for each enum vxc_l2cp_protocol
 * @dei: for frames that leave at an end, enum vxc_dei_mark
 * @hygiene: of frames that come in at an end, enum vxc_hygiene
 * @loop_guard: probes look for loops
 * @neighbour_rate: limit for ARP and neighbour discovery with hygiene, in
 *	frames a second
 * @cvids: C-VIDs, NULL if all cross as they are; readers under RCU
 */
struct vxc_service {
	u32				pcp[VXC_ENDS];
	u32				rate[VXC_CASTS];
	u8				l2cp[VXC_L2CPS];
	u8				dei[VXC_ENDS];
	u8				hygiene[VXC_ENDS];
	u8				loop_guard;
	u32				neighbour_rate;
	struct vxc_cvids		*cvids;
};

/* cvids.c, service.c */
struct vxc_cvids *vxc_cvids_alloc(void);
int vxc_cvids_cross(const struct vxc_cvids *c, u8 end, u16 cvid);
bool vxc_cvids_idle(const struct vxc_cvids *c);
void vxc_service_init(struct vxc_service *s);

#endif /* _VXC_SERVICE_H */
