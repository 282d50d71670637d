// SPDX-License-Identifier: GPL-2.0
/* vxc: options and objects. */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "batch.h"
#include "cmd.h"
#include "nl.h"
#include "out.h"
#include "vxc.h"

#define NETNS_DIR	"/run/netns"
#define MODULE_VERSION	"/sys/module/vxc/version"

struct opts opts;

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

/* In the order in which an abbreviation looks for its option. */
enum option {
	OPTION_BATCH,
	OPTION_BRIEF,
	OPTION_COLOR,
	OPTION_DETAILS,
	OPTION_FORCE,
	OPTION_HELP,
	OPTION_JSON,
	OPTION_NETNS,
	OPTION_ONELINE,
	OPTION_PRETTY,
	OPTION_STATISTICS,
	OPTION_TIMESTAMP,
	OPTION_TSHORT,
	OPTION_TRANSACTION,
	OPTION_TXN,
	OPTION_VERSION,
};

static const char *const option_names[] = {
	"batch", "brief", "color", "details", "force", "help", "json",
	"netns", "oneline", "pretty", "statistics", "timestamp", "tshort",
	"transaction", "txn", "Version",
};

static int find_option(const char *word, size_t len)
{
	size_t i;

	/* "-stats" is as common as it is no prefix. */
	if (len == 5 && !strncmp(word, "stats", 5))
		return OPTION_STATISTICS;
	for (i = 0; len && i < ARRAY_SIZE(option_names); i++)
		if (!strncmp(option_names[i], word, len) &&
		    strlen(option_names[i]) >= len)
			return (int)i;
	return -1;
}

static int set_color(const char *word)
{
	static const char *const modes[] = { "auto", "always", "never" };
	const char *eq = strchr(word, '=');
	size_t i;

	opts.color = COLOR_ALWAYS;
	if (!eq)
		return EXIT_OK;
	for (i = 0; i < ARRAY_SIZE(modes); i++) {
		if (!strcmp(eq + 1, modes[i])) {
			opts.color = (enum color_mode)i;
			return EXIT_OK;
		}
	}
	error("-color: \"%s\": expected always, auto or never", eq + 1);
	return EXIT_USAGE;
}

static int enter_netns(const char *name)
{
	char path[4096];
	int fd;

	snprintf(path, sizeof(path), "%s%s", strchr(name, '/') ? "" :
		 NETNS_DIR "/", name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		error("cannot open network namespace \"%s\": %s", name,
		      strerror(errno));
		return EXIT_USAGE;
	}
	if (setns(fd, CLONE_NEWNET) < 0) {
		error("cannot enter network namespace \"%s\": %s", name,
		      strerror(errno));
		close(fd);
		return EXIT_KERNEL;
	}
	close(fd);
	return EXIT_OK;
}

static int version_option(void)
{
	printf("vxc version %s\n", VXC_VERSION);
	exit(out_flush() ? EXIT_OK : EXIT_KERNEL);
}

static int help_option(void)
{
	struct cmd c = { .depth = 0 };

	cmd_help(&c, stdout);
	exit(out_flush() ? EXIT_OK : EXIT_KERNEL);
}

/* VALUE is the word after the option, which *USED says was taken. */
static int set_option(const char *word, const char *value, int *used)
{
	int option = find_option(word, strcspn(word, "="));

	*used = 0;
	if (option < 0 || (strchr(word, '=') && option != OPTION_COLOR)) {
		error("unknown option \"-%s\", try \"vxc -help\"", word);
		return EXIT_USAGE;
	}
	if (option == OPTION_BATCH || option == OPTION_NETNS) {
		*used = 1;
		if (!value) {
			error("-%s needs a value", option_names[option]);
			return EXIT_USAGE;
		}
	}
	switch (option) {
	case OPTION_BATCH:
		opts.batch = value;
		break;
	case OPTION_BRIEF:
		opts.brief = true;
		break;
	case OPTION_COLOR:
		return set_color(word);
	case OPTION_DETAILS:
		opts.details = true;
		break;
	case OPTION_FORCE:
		opts.force = true;
		break;
	case OPTION_HELP:
		return help_option();
	case OPTION_JSON:
		opts.json = true;
		break;
	case OPTION_NETNS:
		return enter_netns(value);
	case OPTION_ONELINE:
		opts.oneline = true;
		break;
	case OPTION_PRETTY:
		opts.pretty = true;
		break;
	case OPTION_STATISTICS:
		opts.stats = true;
		break;
	case OPTION_TSHORT:
		opts.tshort = true;
		opts.timestamp = true;
		break;
	case OPTION_TIMESTAMP:
		opts.timestamp = true;
		break;
	case OPTION_TRANSACTION:
	case OPTION_TXN:
		opts.txn = true;
		break;
	case OPTION_VERSION:
		return version_option();
	}
	return EXIT_OK;
}

static int read_options(int *argc, char ***argv)
{
	int used, ret;

	while (*argc && (*argv)[0][0] == '-' && (*argv)[0][1]) {
		const char *word = (*argv)[0] + 1;

		if (*word == '-')
			word++;
		if (!*word) {
			(*argc)--;
			(*argv)++;
			break;
		}
		ret = set_option(word, *argc > 1 ? (*argv)[1] : NULL, &used);
		if (ret)
			return ret;
		*argc -= 1 + used;
		*argv += 1 + used;
	}
	return EXIT_OK;
}

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
		if (opts.txn && (!argc || cmd_match("batch",
				(const char *[]){ argv[0], NULL }))) {
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
	if (argc && !strcmp(argv[0], "--complete")) {
		cmd_complete(argc - 1, argv + 1);
		return EXIT_OK;
	}
	ret = read_options(&argc, &argv);
	if (ret)
		return ret;
	use_options();
	ret = run(argc, argv);
	nl_close();
	if (!out_flush() && !ret)
		ret = EXIT_KERNEL;
	return ret;
}
