// SPDX-License-Identifier: GPL-2.0
/* vxc: options and objects. */
#include <stdio.h>
#include <stdio_ext.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "batch.h"
#include "cmd.h"
#include "nl.h"
#include "options.h"
#include "out.h"
#include "vxc.h"

#define MODULE_VERSION	"/sys/module/vxc/version"

static const struct key no_keys[] = { { } };

static void module_version(char *buf, size_t size)
{
	FILE *f = fopen(MODULE_VERSION, "re");

	buf[0] = '\0';
	if (!f)
		return;
	if (fgets(buf, (int)size, f))
		buf[strcspn(buf, "\n")] = '\0';
	fclose(f);
}

static int version_run(struct cmd *c)
{
	char module[64];
	int ret;

	ret = cmd_end(c);
	if (ret)
		return ret;
	module_version(module, sizeof(module));
	out_open(NULL);
	out_text(OUT_TEXT, OUT_PLAIN, "vxc");
	out_str(OUT_TEXT, "command", "command", VXC_VERSION);
	if (*module) {
		out_str(OUT_TEXT, "module", "module", module);
	} else {
		out_text(OUT_TEXT, OUT_PLAIN, "module not loaded");
		out_null("module");
	}
	out_close();
	out_end_record();
	if (*module && strcmp(module, VXC_VERSION))
		warning("the loaded module is version %s, this command is %s: reload the module",
			module, VXC_VERSION);
	return EXIT_OK;
}

const struct command objects[] = {
	{
		.name = "port", .sub = port_commands,
		.help = "Ethernet devices that vxc has",
	}, {
		.name = "circuit", .sub = circuit_commands,
		.help = "cross-connects",
	}, {
		.name = "leg", .sub = leg_commands,
		.help = "attachments of circuits to ports",
	}, {
		.name = "peering", .sub = peering_commands,
		.help = "routed devices of circuits",
	}, {
		.name = "reach", .sub = reach_commands,
		.help = "circuits between which packets pass",
	}, {
		.name = "envelope", .sub = envelope_commands,
		.help = "bandwidth that several circuits share",
	}, {
		.name = "sla", .sub = sla_commands, .flags = COMMAND_SHOWS,
		.help = "how long circuits were up and down",
	}, {
		.name = "drill", .run = drill_run, .keys = drill_keys,
		.help = "take a leg out of service for a while",
		.word = "CIRCUIT", .complete = COMPLETE_CIRCUIT,
		.flags = COMMAND_NO_BATCH,
	}, {
		.name = "drain", .run = drain_run, .keys = drain_keys,
		.help = "move BGP off a leg, take it out for a while, move back",
		.word = "CIRCUIT", .complete = COMPLETE_CIRCUIT,
		.flags = COMMAND_NO_BATCH,
	}, {
		.name = "oam", .sub = oam_commands,
		.help = "questions to remote MEPs",
	}, {
		.name = "show", .run = show_run, .keys = show_keys,
		.help = "circuits with all that belongs to them",
		.word = "[ CIRCUIT ]", .complete = COMPLETE_CIRCUIT,
	}, {
		.name = "monitor", .run = monitor_run, .keys = monitor_keys,
		.help = "events as they come",
		.flags = COMMAND_NO_BATCH,
	}, {
		.name = "batch", .run = batch_run, .keys = no_keys,
		.help = "commands from a file, or - for standard input",
		.word = "FILE", .complete = COMPLETE_FILE,
		.flags = COMMAND_NO_BATCH,
	}, {
		.name = "version", .run = version_run, .keys = no_keys,
		.help = "versions of this command and the loaded module",
	}, { }
};

static void use_options(void)
{
	const char *no_color = getenv("NO_COLOR");

	out_use_color(opts.color == COLOR_ALWAYS ||
		      (opts.color == COLOR_AUTO && isatty(STDOUT_FILENO) &&
		       !(no_color && *no_color)));
	if (opts.oneline)
		out_one_line("\\");
}

static int run_words(int argc, char **argv)
{
	const struct words *fault;
	struct txn txn;
	int ret;

	if (!argc) {
		struct cmd c = { .depth = 0 };

		cmd_help(&c, stderr);
		return EXIT_USAGE;
	}
	txn_init(&txn);
	ret = cmd_run(words_argv(argc, argv), &txn);
	if (!ret)
		ret = txn_commit(&txn, &fault);
	txn_free(&txn);
	return ret;
}

static int run(int argc, char **argv)
{
	if (!opts.batch) {
		/* "batch FILE" is one as well. */
		if (opts.txn && (!argc || strncmp("batch", argv[0],
						  strlen(argv[0])))) {
			error("-transaction is for batch files");
			return EXIT_USAGE;
		}
		return run_words(argc, argv);
	}
	if (argc) {
		error("\"%s\" is one word too many after -batch", argv[0]);
		return EXIT_USAGE;
	}
	return batch_file(opts.batch);
}

int main(int argc, char **argv)
{
	int ret;

	argc--;
	argv++;
	ret = options_read(&argc, &argv);
	if (ret)
		return ret;
	use_options();
	/* There is one thread, and a list may have megabytes. */
	__fsetlocking(stdout, FSETLOCKING_BYCALLER);
	if (opts.complete)
		cmd_complete(argc, argv);
	else
		ret = run(argc, argv);
	nl_close();
	if (!out_flush() && !ret)
		ret = EXIT_KERNEL;
	return ret;
}
