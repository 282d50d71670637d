/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VXC_REACH_H
#define _VXC_REACH_H

#include "cmd.h"

extern const struct key reach_show_keys[];
int reach_show(struct cmd *c);

#endif /* _VXC_REACH_H */
