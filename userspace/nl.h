/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VXC_NL_H
#define _VXC_NL_H

#include <stdbool.h>
#include <stdint.h>

#include <libmnl/libmnl.h>

#define NL_TEXT_MAX	512

/* What the kernel said about a request. */
struct nl_err {
	int err;		/* 0 or a positive errno */
	char text[NL_TEXT_MAX];	/* extack, without its full stop */
	bool has_off;
	uint32_t off;		/* of the attribute at fault */
	bool has_miss;
	uint32_t miss_type;	/* of an attribute that is missing */
	uint32_t miss_nest;	/* offset of the nest it is missing from */
};

/* Objects that a dump returned, copied; [n] is their number. */
struct nl_list {
	struct nlattr **v;
	size_t n;
	size_t cap;
};

typedef void (*nl_cb)(const struct nlmsghdr *nlh, void *data);

/*
 * Send a request and read the answer. Dumps that changed under way are read
 * again: CB is called with NULL first each time, to throw away what it has.
 * Returns 0 or a negative errno, with the kernel's words in ERR.
 */
int nl_request(int bus, struct nlmsghdr *nlh, nl_cb cb, void *data,
	       struct nl_err *err);

/*
 * The id of the vxc family, 0 with the error printed when there is none; and
 * of its events group.
 */
uint16_t nl_family(void);
uint32_t nl_events(void);

/* Print a refusal: "Error: TEXT." */
void nl_error(const struct nl_err *err);

/*
 * Read objects: with SELECTOR as the request's object nest; every OBJECT nest
 * of the answers is added to LIST. Returns an exit code, with the error
 * printed.
 */
struct nl_query {
	uint8_t cmd;		/* VXC_CMD_*_GET */
	uint16_t object;	/* VXC_A_MSG_* */
	bool dump;
	uint16_t by;		/* attribute that selects, 0 for none */
	const void *value;
	size_t len;
	uint16_t in;		/* the nest it is in, if not of OBJECT's type */
	uint16_t flag;		/* a flag of the message, 0 for none */
};

int nl_read(const struct nl_query *query, struct nl_list *list);
int nl_read_all(uint8_t cmd, uint16_t object, struct nl_list *list);
int nl_read_name(uint8_t cmd, uint16_t object, uint16_t by, const char *name,
		 struct nl_list *list);
/* As nl_read(), for one who can do without: nothing is printed. */
int nl_try(const struct nl_query *query, struct nl_list *list,
	   struct nl_err *err);
void nl_list_free(struct nl_list *list);

void nl_close(void);

#endif /* _VXC_NL_H */
