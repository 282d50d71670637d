/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VXC_TXN_H
#define _VXC_TXN_H

#include <stddef.h>

#include "msg.h"
#include "parse.h"
#include "words.h"

struct txn_addr {
	struct prefix prefix;
	struct at at;
};

/* What a peering gets from rtnetlink once the kernel has taken the rest. */
struct txn_link {
	char name[PORT_NAME_SIZE];
	bool old;		/* it was there before */
	unsigned int line;
	struct at at;
	char new_name[PORT_NAME_SIZE];
	struct at new_name_at;
	struct txn_addr *addrs;
	size_t n_addrs;
	bool up;
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
};

void txn_init(struct txn *txn);
void txn_free(struct txn *txn);
/* The words that the next operation is made from; they belong to TXN now. */
void txn_line(struct txn *txn, struct words *w);
struct txn_link *txn_add_link(struct txn *txn, const char *name, struct at at);
void txn_add_addr(struct txn_link *link, const struct prefix *prefix,
		  struct at at);

/*
 * Send it. Returns an exit code with the error printed, and the words at
 * fault in *FAULT when they are known.
 */
int txn_commit(struct txn *txn, const struct words **fault);

#endif /* _VXC_TXN_H */
