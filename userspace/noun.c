// SPDX-License-Identifier: GPL-2.0
/* What "show" does for all kinds of objects. */
#include "cmd.h"
#include "nl.h"
#include "noun.h"
#include "vxc.h"

static void print_list(const struct noun *noun, const struct nl_list *list)
{
	size_t i;

	out_begin_list();
	for (i = 0; i < list->n; i++) {
		out_open(NULL);
		noun->print(list->v[i]);
		out_close();
		out_end_record();
	}
	out_end_list();
}

int noun_show(struct cmd *c, const struct noun *noun)
{
	struct nl_list list;
	const char *name;
	int ret;

	ret = cmd_maybe_name(c, &name);
	if (!ret)
		ret = cmd_end(c);
	if (ret)
		return ret;
	if (name)
		ret = nl_read_name(noun->get, noun->object, noun->name, name,
				   &list);
	else
		ret = nl_read_all(noun->get, noun->object, &list);
	if (ret)
		return ret;
	if (opts.brief && out_is_text())
		noun->brief(&list);
	else
		print_list(noun, &list);
	nl_list_free(&list);
	return EXIT_OK;
}
