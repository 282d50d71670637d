// SPDX-License-Identifier: GPL-2.0
/* What main.c has: the table of objects, here without version and batch. */
#include "cmd.h"

const struct command objects[] = {
	{ .name = "port", .sub = port_commands, .help = "" },
	{ .name = "circuit", .sub = circuit_commands, .help = "" },
	{ .name = "leg", .sub = leg_commands, .help = "" },
	{ .name = "peering", .sub = peering_commands, .help = "" },
	{ .name = "reach", .sub = reach_commands, .help = "" },
	{
		.name = "show", .run = show_run, .keys = show_keys,
		.help = "", .word = "[ CIRCUIT ]",
	}, { }
};
