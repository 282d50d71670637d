// SPDX-License-Identifier: GPL-2.0
#include "scope.h"

static int in_prefix(const struct vxc_prefix *prefix, const __u8 *addr)
{
	unsigned int i, bits = prefix->len % 8;

	for (i = 0; i < prefix->len / 8; i++)
		if (addr[i] != prefix->addr[i])
			return 0;

	return !bits || !((addr[i] ^ prefix->addr[i]) >> (8 - bits));
}

static int in_prefixes(const struct vxc_scope *scope, __u8 size,
		       const __u8 *addr)
{
	unsigned int i;

	for (i = 0; i < scope->nprefixes; i++)
		if (scope->prefix[i].size == size &&
		    in_prefix(&scope->prefix[i], addr))
			return 1;

	return 0;
}

/**
 * vxc_scope_state() - Does a scope hold now?
 * @scope: the scope
 * @now: seconds since 1970
 *
 * Return: enum vxc_reach_state, active, waiting or ended.
 */
__u32 vxc_scope_state(const struct vxc_scope *scope, __u64 now)
{
	if (scope->until && now >= scope->until)
		return VXC_REACH_STATE_ENDED;
	if (now < scope->start)
		return VXC_REACH_STATE_WAITING;

	return VXC_REACH_STATE_ACTIVE;
}

/**
 * vxc_scope_permits() - Is a packet within a scope?
 * @scope: the scope
 * @packet: the packet
 * @now: seconds since 1970
 *
 * What is no IP packet has no address and no DSCP: it is within only those
 * scopes that limit neither.
 *
 * Return: 1 or 0.
 */
int vxc_scope_permits(const struct vxc_scope *scope,
		      const struct vxc_scope_packet *packet, __u64 now)
{
	if (vxc_scope_state(scope, now) != VXC_REACH_STATE_ACTIVE)
		return 0;
	if (scope->dscp &&
	    (!packet->size || !(scope->dscp >> packet->dscp & 1)))
		return 0;
	if (!scope->nprefixes)
		return 1;

	return packet->size &&
	       in_prefixes(scope, packet->size, packet->src) &&
	       in_prefixes(scope, packet->size, packet->dst);
}
