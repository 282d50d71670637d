// SPDX-License-Identifier: GPL-2.0
/*
 * vxc --complete WORDS...: what the last word may become, one a line. It
 * reads the same tables as the commands do and so knows what they know. The
 * line "@files" asks the shell to complete file names.
 */
#include <ctype.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "attr.h"
#include "cmd.h"
#include "nl.h"
#include "options.h"
#include "rtnl.h"
#include "vxc.h"

struct completion {
	char **v;
	int n;			/* words before the last */
	int pos;
	const char *prefix;	/* the last */
};

static void offer(const struct completion *c, const char *word)
{
	if (!strncmp(word, c->prefix, strlen(c->prefix)))
		puts(word);
}

static void offer_objects(const struct completion *c, uint8_t cmd,
			  uint16_t object, uint16_t name, const char *after)
{
	char buf[VXC_NAME_MAX + 2];
	attr_tb tb[64];
	struct nl_list list;
	size_t i;

	if (nl_read_all(cmd, object, &list))
		return;
	for (i = 0; i < list.n; i++) {
		attr_index(list.v[i], tb, ARRAY_SIZE(tb) - 1);
		snprintf(buf, sizeof(buf), "%s%s", attr_str(tb[name]), after);
		offer(c, buf);
	}
	nl_list_free(&list);
}

static void offer_interfaces(const struct completion *c)
{
	struct if_nameindex *list = if_nameindex(), *i;

	for (i = list; i && i->if_index; i++)
		offer(c, i->if_name);
	if_freenameindex(list);
}

static void offer_vrfs(const struct completion *c)
{
	struct devices devices;
	struct nl_err err;
	char name[IFNAMSIZ];
	size_t i;

	rtnl_links("vrf", &devices, &err);
	for (i = 0; i < devices.n; i++)
		if (if_indextoname((unsigned int)devices.v[i].ifindex, name))
			offer(c, name);
	rtnl_free(&devices);
}

static void offer_some(const struct completion *c, enum complete what)
{
	switch (what) {
	case COMPLETE_NONE:
		break;
	case COMPLETE_CIRCUIT:
		offer_objects(c, VXC_CMD_CIRCUIT_GET, VXC_A_MSG_CIRCUIT,
			      VXC_A_CIRCUIT_NAME, "");
		break;
	case COMPLETE_PORT:
	case COMPLETE_ATTACHMENT:
		offer_objects(c, VXC_CMD_PORT_GET, VXC_A_MSG_PORT,
			      VXC_A_PORT_NAME,
			      what == COMPLETE_PORT ? "" : ":");
		break;
	case COMPLETE_PEERING:
		offer_objects(c, VXC_CMD_PEERING_GET, VXC_A_MSG_PEERING,
			      VXC_A_PEERING_NAME, "");
		break;
	case COMPLETE_ENVELOPE:
		offer_objects(c, VXC_CMD_ENVELOPE_GET, VXC_A_MSG_ENVELOPE,
			      VXC_A_ENVELOPE_NAME, "");
		break;
	case COMPLETE_IFNAME:
		offer_interfaces(c);
		break;
	case COMPLETE_VRF:
		offer_vrfs(c);
		break;
	case COMPLETE_FILE:
		puts("@files");
		break;
	}
}

/* "VID|untagged": the parts that are words and not what stands for one */
static void offer_value(const struct completion *c, const struct key *key)
{
	const char *s = key->value;

	offer_some(c, key->complete);
	while (*s) {
		size_t len = strcspn(s, "|"), i;
		char word[64];

		for (i = 0; i < len; i++)
			if (isupper((unsigned char)s[i]) || s[i] == '.')
				break;
		if (i == len && len < sizeof(word)) {
			memcpy(word, s, len);
			word[len] = '\0';
			offer(c, word);
		}
		s += len + (s[len] == '|');
	}
}

static const struct key *find_key(const struct key *keys, const char *word)
{
	const char *names[64];
	int n = 0, i;

	for (; n < 63 && keys[n].name; n++)
		names[n] = keys[n].name;
	names[n] = NULL;
	i = cmd_match(word, names);
	return i < 0 ? NULL : &keys[i];
}

/*
 * In the nest of a keyword: true while its own keywords go on, with what is
 * missing of the last one offered.
 */
static bool complete_sub(struct completion *c, const struct key *keys)
{
	const struct key *key;

	while (c->pos < c->n) {
		key = find_key(keys, c->v[c->pos]);
		if (!key)
			return false;
		c->pos++;
		if (!key->value)
			continue;
		if (c->pos == c->n) {
			offer_value(c, key);
			return true;
		}
		c->pos++;
	}
	for (key = keys; key->name; key++)
		offer(c, key->name);
	return false;
}

static void complete_keys(struct completion *c, const struct key *keys)
{
	const struct key *key;
	uint64_t seen = 0;

	while (c->pos < c->n) {
		const char *word = c->v[c->pos++];

		key = strchr(word, ':') ? NULL : find_key(keys, word);
		if (!key)
			continue;
		seen |= 1ULL << (key - keys);
		if (key->sub && complete_sub(c, key->sub))
			return;
		if (!key->value)
			continue;
		if (c->pos == c->n) {
			offer_value(c, key);
			return;
		}
		c->pos++;
	}
	for (key = keys; key->name; key++) {
		if (seen & 1ULL << (key - keys) && !(key->flags & KEY_MULTI))
			continue;
		if (key->flags & KEY_BARE)
			offer_some(c, key->complete);
		else
			offer(c, key->name);
	}
}

static void complete_command(struct completion *c, const struct command *row)
{
	/* "circuit NAME" begins with a keyword. */
	if (row->word && islower((unsigned char)*row->word)) {
		if (c->pos++ == c->n) {
			offer(c, "circuit");
			return;
		}
	}
	if (row->word && c->pos++ == c->n) {
		offer_some(c, row->complete);
		if (*row->word != '[')
			return;
	}
	if (c->pos > c->n)
		c->pos = c->n;
	complete_keys(c, row->keys);
}

static const struct command *find_row(const struct command *rows,
				      const char *word)
{
	const char *names[64];
	int n = 0, i;

	for (; n < 63 && rows[n].name; n++)
		names[n] = rows[n].name;
	names[n] = NULL;
	i = cmd_match(word, names);
	return i < 0 ? NULL : &rows[i];
}

static void complete_rows(struct completion *c, const struct command *rows)
{
	const struct command *row;

	if (c->pos == c->n) {
		for (row = rows; row->name; row++)
			if (!(row->flags & COMMAND_ALIAS))
				offer(c, row->name);
		offer(c, "help");
		return;
	}
	row = find_row(rows, c->v[c->pos++]);
	if (row && row->sub)
		complete_rows(c, row->sub);
	else if (row)
		complete_command(c, row);
}

void cmd_complete(int argc, char **argv)
{
	struct completion c = { .v = argv, .n = argc - 1 };

	if (argc < 1)
		return;
	c.prefix = argv[c.n];
	if (*c.prefix == '-')
		options_list(c.prefix);
	else
		complete_rows(&c, objects);
}
