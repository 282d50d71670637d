// SPDX-License-Identifier: GPL-2.0
/* The ends of a circuit and their protection */
#include "noun.h"
#include "vxc.h"

/* Of an end that switches together with the far one. */
static void far_print(const struct nlattr *nest, attr_tb *tb)
{
	const struct nlattr *attr;

	if (tb[VXC_A_END_FAR_REQUEST])
		out_name(OUT_TEXT, "far_request", "far-end", &names_request,
			 attr_u32(tb[VXC_A_END_FAR_REQUEST]));
	out_bool(OUT_WORDED, "far_decides", NULL, tb[VXC_A_END_FAR_DECIDES]);
	if (tb[VXC_A_END_FAR_DECIDES])
		out_text(OUT_TEXT, OUT_PLAIN, "decides");
	out_open_list("aps_defects");
	mnl_attr_for_each_nested(attr, nest)
		if (mnl_attr_get_type(attr) == VXC_A_END_APS_DEFECT)
			out_name(OUT_TEXT, NULL, "aps-defect",
				 &names_aps_defect, attr_u32(attr));
	out_close_list();
}

static void end_print(const struct nlattr *nest, bool show)
{
	attr_tb tb[VXC_A_END_MAX + 1];
	enum out_show text = show ? OUT_TEXT : OUT_WORDED;

	attr_index(nest, tb, VXC_A_END_MAX);
	out_name(text, "end", "end", &names_end, attr_u32(tb[VXC_A_END_END]));
	if (tb[VXC_A_END_ACTIVE])
		out_name(text, "active", "active", &names_role,
			 attr_u32(tb[VXC_A_END_ACTIVE]));
	else
		out_null("active");
	if (show && !tb[VXC_A_END_ACTIVE])
		out_text(OUT_TEXT, OUT_PLAIN, "active none");
	out_name(text, "request", "request", &names_request,
		 attr_u32(tb[VXC_A_END_REQUEST]));
	if (tb[VXC_A_END_WTR_LEFT])
		out_time(text, "wtr_left", "wtr-left",
			 attr_uint(tb[VXC_A_END_WTR_LEFT]));
	out_uint(text, "switches", "switches",
		 attr_uint(tb[VXC_A_END_SWITCHES]));
	if (tb[VXC_A_END_HOLD_LEFT])
		out_time(OUT_TEXT, "hold_left", "hold-off-left",
			 attr_uint(tb[VXC_A_END_HOLD_LEFT]));
	far_print(nest, tb);
}

void ends_print(const struct nlattr *nest)
{
	const struct nlattr *attr;
	unsigned int n = 0;

	mnl_attr_for_each_nested(attr, nest)
		n += mnl_attr_get_type(attr) == VXC_A_CIRCUIT_ENDS;
	out_open_list("ends");
	mnl_attr_for_each_nested(attr, nest) {
		if (mnl_attr_get_type(attr) != VXC_A_CIRCUIT_ENDS)
			continue;
		out_line(1);
		out_open(NULL);
		end_print(attr, n > 1);
		out_close();
	}
	out_close_list();
}
