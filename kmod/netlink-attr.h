/* SPDX-License-Identifier: GPL-2.0 */
/* Attributes that may be left out. */
#ifndef _VXC_NETLINK_ATTR_H
#define _VXC_NETLINK_ATTR_H

#include <net/netlink.h>

/* A string or an integer, if it was given; @given gets its bit. */
static inline const char *get_text(const struct nlattr *attr)
{
	return attr ? nla_data(attr) : NULL;
}

static inline u8 get_u8(const struct nlattr *attr, u32 *given, u32 bit)
{
	if (!attr)
		return 0;

	*given |= bit;
	return nla_len(attr) == sizeof(u8) ? nla_get_u8(attr) :
					     nla_get_u32(attr);
}

static inline u16 get_u16(const struct nlattr *attr, u32 *given, u32 bit)
{
	if (!attr)
		return 0;

	*given |= bit;
	return nla_get_u16(attr);
}

static inline u32 get_u32(const struct nlattr *attr, u32 *given, u32 bit)
{
	if (!attr)
		return 0;

	*given |= bit;
	return nla_get_u32(attr);
}

#endif /* _VXC_NETLINK_ATTR_H */
