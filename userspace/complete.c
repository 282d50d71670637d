// SPDX-License-Identifier: GPL-2.0
#include "cmd.h"

void cmd_complete(int argc, char **argv)
{
	(void)argc;
	(void)argv;
}
