// SPDX-License-Identifier: GPL-2.0
/* What isolation has dropped of a circuit, and where that was to go */
#include <net/if.h>
#include <stdio.h>

#include "cmd.h"
#include "nl.h"
#include "noun.h"
#include "vxc.h"

/* A place where packets were to go and may not */
static void denied_print(const struct nlattr *nest)
{
	attr_tb tb[VXC_A_DENIED_MAX + 1];
	const char *circuit;
	char name[IFNAMSIZ];
	uint32_t ifindex;

	attr_index(nest, tb, VXC_A_DENIED_MAX);
	circuit = attr_str(tb[VXC_A_DENIED_CIRCUIT]);
	ifindex = attr_u32(tb[VXC_A_DENIED_IFINDEX]);
	if (!if_indextoname(ifindex, name))
		snprintf(name, sizeof(name), "if%u", ifindex);
	out_line(1);
	out_open(NULL);
	out_text(OUT_TEXT, OUT_WARN, "denied to");
	if (*circuit)
		out_str(OUT_TEXT, "circuit", "circuit", circuit);
	else
		out_null("circuit");
	out_str(OUT_TEXT, "device", "device", name);
	out_name(OUT_TEXT, "reason", "reason", &names_drop,
		 attr_u32(tb[VXC_A_DENIED_REASON]));
	out_uint(OUT_TEXT, "packets", "packets",
		 attr_uint(tb[VXC_A_DENIED_PACKETS]));
	out_time(OUT_TEXT, "age", "age", attr_uint(tb[VXC_A_DENIED_AGE]));
	out_close();
}

void denials_print(const struct nlattr *nest)
{
	const struct nlattr *attr;

	if (drops_total(nest, VXC_A_CIRCUIT_DROPS))
		out_line(1);
	drops_print(nest, VXC_A_CIRCUIT_DROPS,
		    drops_total(nest, VXC_A_CIRCUIT_DROPS) ? OUT_TEXT :
		    OUT_WORDED, 1);
	out_open_list("denied");
	mnl_attr_for_each_nested(attr, nest)
		if (mnl_attr_get_type(attr) == VXC_A_CIRCUIT_DENIED)
			denied_print(attr);
	out_close_list();
}
