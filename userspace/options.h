/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VXC_OPTIONS_H
#define _VXC_OPTIONS_H

/* Take the options off the front of ARGV. Returns an exit code. */
int options_read(int *argc, char ***argv);

/* Print those that begin with PREFIX. */
void options_list(const char *prefix);

#endif /* _VXC_OPTIONS_H */
