// SPDX-License-Identifier: GPL-2.0
/* Send frames, byte by byte as described, and say where they arrive. */
#include <stdio.h>
#include <string.h>

#include "script.h"
#include "tap.h"

static int usage(void)
{
	fputs("usage: frames run < SCRIPT\n"
	      "       frames flood [count N] [gap USEC] NETNS:DEV FRAME ...\n"
	      "       frames watch NETNS ...\n"
	      "FRAME is TPID:VID[.pPCP][.d] ... [type=HEX] [pay=BYTES] [dst=MAC]\n"
	      "  [ip=4|6 [dscp=N] [ecn=N]] [hex=DIGITS] [src=MAC]\n"
	      "in one argument, or - for no tag. SCRIPT has the lines\n"
	      "  netns NAME PATH       host NAME\n"
	      "  option qdisc-bypass   option priority=N\n"
	      "  sync NAME:DEV NAME:DEV\n"
	      "  send NAME:DEV FRAME   tap NAME:DEV\n"
	      "  expect NAME:DEV FRAME hosted NAME:DEV\n", stderr);
	return 2;
}

int main(int argc, char **argv)
{
	if (argc < 2)
		return usage();
	tap_init();
	if (!strcmp(argv[1], "run") && argc == 2)
		return script_run(stdin);
	if (!strcmp(argv[1], "flood"))
		return traffic_flood(argc - 2, argv + 2);
	if (!strcmp(argv[1], "watch"))
		return traffic_watch(argc - 2, argv + 2);
	return usage();
}
