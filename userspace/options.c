// SPDX-License-Identifier: GPL-2.0
/* Options, which come before the object and may be abbreviated. */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd.h"
#include "options.h"
#include "out.h"
#include "vxc.h"

#define NETNS_DIR	"/run/netns"

struct opts opts;

/* In the order in which an abbreviation looks for its option. */
enum option {
	OPTION_BATCH,
	OPTION_BRIEF,
	OPTION_COLOR,
	OPTION_COMPLETE,
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
	"batch", "brief", "color", "complete", "details", "force", "help",
	"json", "netns", "oneline", "pretty", "statistics", "timestamp", "tshort",
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

/* Those that are no more than said */
static bool *const flags[] = {
	[OPTION_BRIEF] = &opts.brief,
	[OPTION_COMPLETE] = &opts.complete,
	[OPTION_DETAILS] = &opts.details,
	[OPTION_FORCE] = &opts.force,
	[OPTION_JSON] = &opts.json,
	[OPTION_ONELINE] = &opts.oneline,
	[OPTION_PRETTY] = &opts.pretty,
	[OPTION_STATISTICS] = &opts.stats,
	[OPTION_TIMESTAMP] = &opts.timestamp,
	[OPTION_TSHORT] = &opts.tshort,
	[OPTION_TRANSACTION] = &opts.txn,
	[OPTION_TXN] = &opts.txn,
	[OPTION_VERSION] = NULL,
};

static int use_option(int option, const char *word, const char *value)
{
	if (flags[option])
		*flags[option] = true;
	switch (option) {
	case OPTION_BATCH:
		opts.batch = value;
		break;
	case OPTION_COLOR:
		return set_color(word);
	case OPTION_HELP:
		return help_option();
	case OPTION_NETNS:
		return enter_netns(value);
	case OPTION_TSHORT:
		opts.timestamp = true;
		break;
	case OPTION_VERSION:
		return version_option();
	}
	return EXIT_OK;
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
	return use_option(option, word, value);
}

int options_read(int *argc, char ***argv)
{
	int used, ret;

	/* The words to complete follow, and the last may begin like this. */
	while (*argc && (*argv)[0][0] == '-' && (*argv)[0][1] &&
	       !(opts.complete && *argc == 1)) {
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

void options_list(const char *prefix)
{
	size_t len, i;

	prefix++;
	prefix += *prefix == '-';
	len = strlen(prefix);
	for (i = 0; i < ARRAY_SIZE(option_names); i++)
		if (i != OPTION_COMPLETE &&
		    !strncmp(option_names[i], prefix, len))
			printf("-%s\n", option_names[i]);
}
