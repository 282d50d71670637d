// SPDX-License-Identifier: GPL-2.0
/*
 * Which C-VIDs cross a circuit, and as which. A table is immutable; a change
 * makes a new one. C-VID 0 stands for frames without a C-tag.
 */
#include <linux/bitmap.h>
#include <linux/slab.h>
#include <linux/sort.h>

#include "txn.h"

/**
 * vxc_cvids_alloc() - A table that lets everything through as it is
 *
 * Return: the table, or NULL without memory.
 */
struct vxc_cvids *vxc_cvids_alloc(void)
{
	struct vxc_cvids *c = kzalloc(sizeof(*c), GFP_KERNEL_ACCOUNT);

	if (c)
		bitmap_fill(c->allowed, VLAN_N_VID);
	return c;
}

static const struct vxc_cvid_pair *find(const struct vxc_cvids *c, u8 end,
					u16 cvid)
{
	unsigned int lo = 0, hi = c->npairs, mid;

	while (lo < hi) {
		mid = (lo + hi) / 2;
		if (c->pair[end][mid].cvid[end] == cvid)
			return &c->pair[end][mid];
		if (c->pair[end][mid].cvid[end] < cvid)
			lo = mid + 1;
		else
			hi = mid;
	}

	return NULL;
}

/**
 * vxc_cvids_cross() - What a C-VID becomes on the other side
 * @c: the table
 * @end: the end it comes from, enum vxc_end_name
 * @cvid: the C-VID, or 0
 *
 * A C-VID that another one becomes is not let through as itself: on the other
 * side it could not be told from that one.
 *
 * Return: the C-VID at the other end, or -1 if it does not cross.
 */
int vxc_cvids_cross(const struct vxc_cvids *c, u8 end, u16 cvid)
{
	const struct vxc_cvid_pair *pair = find(c, end, cvid);
	u16 to = cvid;

	if (pair)
		to = pair->cvid[!end];
	else if (c->npairs && find(c, !end, cvid))
		return -1;
	if (!test_bit(end == VXC_END_A ? cvid : to, c->allowed))
		return -1;

	return to;
}

static int compare_a(const void *x, const void *y)
{
	return ((const struct vxc_cvid_pair *)x)->cvid[VXC_END_A] -
	       ((const struct vxc_cvid_pair *)y)->cvid[VXC_END_A];
}

static int compare_z(const void *x, const void *y)
{
	return ((const struct vxc_cvid_pair *)x)->cvid[VXC_END_Z] -
	       ((const struct vxc_cvid_pair *)y)->cvid[VXC_END_Z];
}

/**
 * vxc_cvids_translate() - Add a translation to a table under construction
 * @txn: the transaction
 * @c: the table
 * @pair: the C-VIDs
 *
 * Return: 0 or an error.
 */
int vxc_cvids_translate(struct vxc_txn *txn, struct vxc_cvids *c,
			const struct vxc_cvid_pair *pair)
{
	u8 end;

	for (end = 0; end < VXC_ENDS; end++)
		if (find(c, end, pair->cvid[end]))
			return vxc_txn_refuse(txn, VXC_A_CIRCUIT_TRANSLATE,
					      -EEXIST,
					      "C-VID %u of end %c is translated twice",
					      pair->cvid[end],
					      end == VXC_END_A ? 'a' : 'z');
	if (c->npairs == VXC_TRANSLATE_MAX)
		return vxc_txn_refuse(txn, VXC_A_CIRCUIT_TRANSLATE, -ENOSPC,
				      "a circuit can translate %u C-VIDs",
				      VXC_TRANSLATE_MAX);

	for (end = 0; end < VXC_ENDS; end++)
		c->pair[end][c->npairs] = *pair;
	c->npairs++;
	sort(c->pair[VXC_END_A], c->npairs, sizeof(*pair), compare_a, NULL);
	sort(c->pair[VXC_END_Z], c->npairs, sizeof(*pair), compare_z, NULL);
	return 0;
}

/* Does the table change nothing, so that there need not be one? */
bool vxc_cvids_idle(const struct vxc_cvids *c)
{
	return !c->npairs && bitmap_full(c->allowed, VLAN_N_VID);
}
