// SPDX-License-Identifier: GPL-2.0
#include <string.h>

#include "attr.h"

void attr_index(const struct nlattr *nest, attr_tb *tb, unsigned int max)
{
	const struct nlattr *attr;

	memset(tb, 0, (max + 1) * sizeof(*tb));
	if (!nest)
		return;
	mnl_attr_for_each_nested(attr, nest) {
		uint16_t type = mnl_attr_get_type(attr);

		if (type <= max)
			tb[type] = attr;
	}
}

uint64_t attr_uint(const struct nlattr *attr)
{
	union {
		uint8_t u8;
		uint16_t u16;
		uint32_t u32;
		uint64_t u64;
	} v;
	size_t len;

	if (!attr)
		return 0;
	len = mnl_attr_get_payload_len(attr);
	memcpy(&v, mnl_attr_get_payload(attr), len < 8 ? len : 8);
	switch (len) {
	case 1:
		return v.u8;
	case 2:
		return v.u16;
	case 4:
		return v.u32;
	case 8:
		return v.u64;
	}
	return 0;
}

uint32_t attr_u32(const struct nlattr *attr)
{
	return (uint32_t)attr_uint(attr);
}

const char *attr_str(const struct nlattr *attr)
{
	const char *s;

	if (!attr)
		return "";
	s = mnl_attr_get_payload(attr);
	return memchr(s, '\0', mnl_attr_get_payload_len(attr)) ? s : "";
}
