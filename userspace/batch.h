/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VXC_BATCH_H
#define _VXC_BATCH_H

/* Run the commands in a file, or in standard input if that is "-". */
int batch_file(const char *name);

#endif /* _VXC_BATCH_H */
