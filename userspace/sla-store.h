/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VXC_SLA_STORE_H
#define _VXC_SLA_STORE_H

#include "cmd.h"
#include "store.h"

/* vxc sla store */
extern const struct key sla_store_keys[];
int sla_store(struct cmd *c);

/* What vxc sla show is asked: a period, of one circuit or all */
struct period {
	bool is_set;
	bool by_dir;		/* the directory was named */
	uint64_t from, to;	/* ms; to is UINT64_MAX if it has no end yet */
	const char *dir;
};

int put_since(struct cmd *c, const struct key *key, struct at at,
	      const char *val);
int put_month(struct cmd *c, const struct key *key, struct at at,
	      const char *val);
int put_dir(struct cmd *c, const struct key *key, struct at at,
	    const char *val);
int period_show(const char *name, const struct period *period);

/* What the kernel has now, as records. An exit code, the error printed. */
int records_read(const char *name, struct records *now);
/* Milliseconds by the wall clock */
uint64_t wall_ms(void);

#endif /* _VXC_SLA_STORE_H */
