// SPDX-License-Identifier: GPL-2.0
/* State and reason, which all objects have. */
#include "noun.h"
#include "vxc.h"

void state_print(const struct nlattr *state, const struct nlattr *reason,
		 const char *words)
{
	enum out_color color = out_state_color(attr_u32(state));
	const char *name;

	if (!state)
		return;
	name = name_of(&names_state, attr_u32(state));
	out_name(OUT_WORDED, "state", NULL, &names_state, attr_u32(state));
	out_name(OUT_WORDED, "reason", NULL, &names_reason, attr_u32(reason));
	if (!words && attr_u32(reason) != VXC_REASON_NONE)
		words = name_of(&names_reason, attr_u32(reason));
	if (words)
		out_text(OUT_TEXT, color, "%s (%s)", name, words);
	else
		out_text(OUT_TEXT, color, "%s", name);
}
