/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VXC_TXN_H
#define _VXC_TXN_H

#include <stddef.h>

#include <linux/vxc.h>

#include "msg.h"
#include "parse.h"
#include "rtnl.h"
#include "words.h"

struct txn_addr {
	struct prefix prefix;
	struct at at;
};

/*
 * What a peering gets from rtnetlink once the kernel has taken the rest. A
 * new one that cannot have it is deleted again.
 */
struct txn_link {
	char name[PORT_NAME_SIZE];
	bool is_new;
	bool down;		/* and a new one stays so */
	unsigned int line;
	struct txn_addr *addrs;
	size_t n_addrs;
	uint32_t vrf;		/* that it enters, 0: none */
	struct link_change change;
	bool changes;
	struct at at;		/* what to blame for that */
};

/* A key that was made, to be shown when the kernel has taken it. */
struct txn_key {
	char circuit[VXC_NAME_MAX + 1];
	char text[UUID_TEXT_SIZE];
};

/*
 * A transaction: the message with its operations, the lines they came from
 * and what is left to do when the kernel has taken it.
 */
struct txn {
	struct msg msg;
	struct words **lines;
	size_t n_lines;
	size_t cap_lines;
	size_t n_ops;
	struct txn_link *links;
	size_t n_links;
	struct txn_key *keys;
	size_t n_keys;
};

void txn_init(struct txn *txn);
void txn_free(struct txn *txn);
/* The words that the next operation is made from; they belong to TXN now. */
void txn_line(struct txn *txn, struct words *w);
struct txn_link *txn_add_link(struct txn *txn, const char *name, struct at at);
void txn_add_addr(struct txn_link *link, const struct prefix *prefix,
		  struct at at);
void txn_add_key(struct txn *txn, const char *circuit, const char *text);

/*
 * Send it. Returns an exit code with the error printed, and the words at
 * fault in *FAULT when they are known.
 */
int txn_commit(struct txn *txn, const struct words **fault);

#endif /* _VXC_TXN_H */
