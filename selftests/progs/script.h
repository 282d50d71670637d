/* SPDX-License-Identifier: GPL-2.0 */
/* What "frames" can do, one function a mode. */
#ifndef VXC_TEST_SCRIPT_H
#define VXC_TEST_SCRIPT_H

#include <stdio.h>

int script_run(FILE *in);
int traffic_flood(int argc, char **argv);
int traffic_watch(int argc, char **argv);

#endif
