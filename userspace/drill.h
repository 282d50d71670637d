/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VXC_DRILL_H
#define _VXC_DRILL_H

#include "cmd.h"

struct drill {
	const char *name;
	int end, role;
	bool has_role, force, stop, no_wait;
	uint32_t ms;
	struct at at;		/* of the leg's role */
};

/* Take the leg out for MS, or put it back: 0. An exit code. */
int drill_send(struct cmd *c, const struct drill *d, uint32_t ms);
/* How long the leg will be out, 0 if it is not. An exit code. */
int drill_left(const struct drill *d, uint32_t *ms);

/* SIGINT and SIGTERM end the waiting. */
void drill_catch_signals(void);
bool drill_interrupted(void);
void drill_pause(long ms);

#endif /* _VXC_DRILL_H */
