// SPDX-License-Identifier: GPL-2.0
/* Transactions: the operations, and the words that a refusal is about. */
#include <errno.h>
#include <linux/netlink.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nl.h"
#include "out.h"
#include "rtnl.h"
#include "txn.h"
#include "vxc.h"

void txn_init(struct txn *txn)
{
	memset(txn, 0, sizeof(*txn));
	msg_genl(&txn->msg, 0, VXC_CMD_APPLY, 0);
}

static void free_link(struct txn_link *link)
{
	free(link->addrs);
}

void txn_free(struct txn *txn)
{
	size_t i;

	for (i = 0; i < txn->n_lines; i++)
		words_free(txn->lines[i]);
	for (i = 0; i < txn->n_links; i++)
		free_link(&txn->links[i]);
	free(txn->lines);
	free(txn->links);
	free(txn->keys);
	msg_free(&txn->msg);
	memset(txn, 0, sizeof(*txn));
}

void txn_line(struct txn *txn, struct words *w)
{
	if (txn->n_lines == txn->cap_lines) {
		txn->cap_lines = txn->cap_lines * 2 + 16;
		txn->lines = xrealloc(txn->lines, txn->cap_lines,
				      sizeof(*txn->lines));
	}
	txn->msg.line = (unsigned int)txn->n_lines;
	txn->lines[txn->n_lines++] = w;
}

struct txn_link *txn_add_link(struct txn *txn, const char *name, struct at at)
{
	struct txn_link *link;

	txn->links = xrealloc(txn->links, txn->n_links + 1,
			      sizeof(*txn->links));
	link = &txn->links[txn->n_links++];
	memset(link, 0, sizeof(*link));
	snprintf(link->name, sizeof(link->name), "%s", name);
	link->line = txn->msg.line;
	link->at = at;
	return link;
}

void txn_add_addr(struct txn_link *link, const struct prefix *prefix,
		  struct at at)
{
	link->addrs = xrealloc(link->addrs, link->n_addrs + 1,
			       sizeof(*link->addrs));
	link->addrs[link->n_addrs].prefix = *prefix;
	link->addrs[link->n_addrs++].at = at;
}

void txn_add_key(struct txn *txn, const char *circuit, const char *text)
{
	struct txn_key *key;

	txn->keys = xrealloc(txn->keys, txn->n_keys + 1, sizeof(*txn->keys));
	key = &txn->keys[txn->n_keys++];
	snprintf(key->circuit, sizeof(key->circuit), "%s", circuit);
	snprintf(key->text, sizeof(key->text), "%s", text);
}

static void show_keys(const struct txn *txn)
{
	size_t i;

	if (!txn->n_keys)
		return;
	out_begin_list();
	for (i = 0; i < txn->n_keys; i++) {
		out_open(NULL);
		out_str(OUT_TEXT, "circuit", NULL, txn->keys[i].circuit);
		out_str(OUT_TEXT, "key", "key", txn->keys[i].text);
		out_close();
		out_end_record();
	}
	out_end_list();
}

static void mark(const struct txn *txn, unsigned int line, struct at at,
		 const struct words **fault)
{
	*fault = txn->lines[line];
	words_mark(stderr, *fault, at);
}

static int apply(struct txn *txn, const struct words **fault)
{
	struct nlmsghdr *nlh = msg_hdr(&txn->msg);
	const struct span *span;
	struct nl_err err;

	nlh->nlmsg_type = nl_family();
	if (!nlh->nlmsg_type)
		return EXIT_KERNEL;
	if (nl_request(NETLINK_GENERIC, nlh, NULL, NULL, &err)) {
		nl_error(&err);
		if (!err.has_off && err.has_miss)
			err.off = err.miss_nest;
		span = err.off ? msg_find(&txn->msg, err.off) : NULL;
		if (span && span->at.word >= 0)
			mark(txn, span->line, span->at, fault);
		return EXIT_KERNEL;
	}
	if (err.text[0])
		warning("%s", err.text);
	return EXIT_OK;
}

/* The device is no use half made: take it away again. */
static void undo_link(const struct txn_link *link)
{
	struct nl_err err;
	struct msg m;
	size_t op, obj;

	msg_genl(&m, nl_family(), VXC_CMD_APPLY, 0);
	op = msg_nest(&m, VXC_A_MSG_OP, AT(-1));
	msg_put_u32(&m, VXC_A_OP_ACTION, VXC_ACTION_DEL, AT(-1));
	obj = msg_nest(&m, VXC_A_OP_PEERING, AT(-1));
	msg_put_str(&m, VXC_A_PEERING_NAME, link->name, AT(-1));
	msg_nest_end(&m, obj);
	msg_nest_end(&m, op);
	if (nl_request(NETLINK_GENERIC, msg_hdr(&m), NULL, NULL, &err))
		warning("peering %s was made and cannot be deleted again: %s",
			link->name, err.text[0] ? err.text :
			strerror(err.err));
	msg_free(&m);
}

static int finish_link(const struct txn_link *link, struct at *at,
		       struct nl_err *err)
{
	int ifindex = (int)if_nametoindex(link->name);
	size_t i;

	*at = link->at;
	memset(err, 0, sizeof(*err));
	if (!ifindex) {
		err->err = errno;
		return -1;
	}
	for (i = 0; i < link->n_addrs; i++) {
		*at = link->addrs[i].at;
		if (rtnl_addr_add(ifindex, &link->addrs[i].prefix, err))
			return -1;
	}
	*at = link->at;
	return link->changes ? rtnl_link_set(ifindex, &link->change, err) : 0;
}

/* The kernel isolates circuits without it, so it is no reason to fail. */
static void close_vrf(const struct txn_link *link)
{
	struct nl_err err;

	if (link->vrf && rtnl_vrf_close(link->vrf, &err))
		warning("the VRF of %s has no unreachable default: %s",
			link->name, err.text[0] ? err.text :
			strerror(err.err));
}

/* rtnetlink has no words for these. */
static void explain(const struct txn_link *link, struct nl_err *err)
{
	if (err->text[0])
		return;
	if (err->err == EBUSY && *link->change.name)
		snprintf(err->text, sizeof(err->text),
			 "%s is up: kernels before 6.2 rename devices only while they are down",
			 link->name);
	else if (err->err == EACCES && link->n_addrs)
		snprintf(err->text, sizeof(err->text),
			 "%s cannot have an IPv6 address: IPv6 is disabled (sysctl net.ipv6.conf)",
			 link->name);
	else if (err->err == EEXIST && link->n_addrs)
		snprintf(err->text, sizeof(err->text),
			 "%s has this address already", link->name);
}

static int finish(struct txn *txn, const struct txn_link *link,
		  const struct words **fault)
{
	struct nl_err err;
	struct at at;

	close_vrf(link);
	if (!link->n_addrs && !link->changes)
		return EXIT_OK;
	if (!finish_link(link, &at, &err))
		return EXIT_OK;
	explain(link, &err);
	nl_error(&err);
	mark(txn, link->line, at, fault);
	if (link->is_new)
		undo_link(link);
	return EXIT_KERNEL;
}

/*
 * The kernel has made all peerings of the transaction or none; one that fails
 * afterwards takes nothing from the others.
 */
int txn_commit(struct txn *txn, const struct words **fault)
{
	size_t i;
	int ret;

	*fault = NULL;
	if (!txn->n_ops)
		return EXIT_OK;
	ret = apply(txn, fault);
	if (ret)
		return ret;
	show_keys(txn);
	for (i = 0; i < txn->n_links; i++)
		if (finish(txn, &txn->links[i], fault))
			ret = EXIT_KERNEL;
	return ret;
}
