/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What of the traffic between two circuits a reach permits. Pure: it compiles
 * in user space, where it is tested.
 */
#ifndef _VXC_SCOPE_H
#define _VXC_SCOPE_H

#include <linux/types.h>
#include <linux/vxc.h>

/**
 * struct vxc_prefix - an IP prefix
 * @size: bytes of an address of its family, 4 or 16
 * @len: length in bits
 * @addr: address, in network byte order
 */
struct vxc_prefix {
	__u8 size;
	__u8 len;
	__u8 addr[16];
};

/**
 * struct vxc_scope - the limits, each of which may be absent
 * @dscp: bit mask of the DSCP values, 0 for all
 * @start: when it begins, in seconds since 1970, 0 for always
 * @until: when it ends, 0 for never
 * @nprefixes: number of prefixes, 0 for all addresses
 * @prefix: source and destination must each be in one of these
 */
struct vxc_scope {
	__u64 dscp;
	__u64 start;
	__u64 until;
	__u16 nprefixes;
	struct vxc_prefix prefix[];
};

/**
 * struct vxc_scope_packet - what the limits look at
 * @size: bytes of its addresses, 4 or 16; 0 if it is no IP packet
 * @dscp: its DSCP
 * @src: source address
 * @dst: destination address
 */
struct vxc_scope_packet {
	__u8 size;
	__u8 dscp;
	const __u8 *src;
	const __u8 *dst;
};

__u32 vxc_scope_state(const struct vxc_scope *scope, __u64 now);
int vxc_scope_permits(const struct vxc_scope *scope,
		      const struct vxc_scope_packet *packet, __u64 now);

#endif /* _VXC_SCOPE_H */
