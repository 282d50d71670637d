/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VXC_CMD_H
#define _VXC_CMD_H

#include <stdbool.h>
#include <stdint.h>

#include "names.h"
#include "txn.h"
#include "vxc.h"
#include "words.h"

struct cmd;
struct key;

/* The keyword that opens a nest for a MEP. */
#define KEY_OAM(_attr)							\
	{								\
		.name = "oam", .attr = _attr, .sub = oam_keys,		\
	}

/* What a word may be, for completion. */
enum complete {
	COMPLETE_NONE,
	COMPLETE_CIRCUIT,
	COMPLETE_PORT,
	COMPLETE_PEERING,
	COMPLETE_ENVELOPE,
	COMPLETE_IFNAME,
	COMPLETE_VRF,
	COMPLETE_ATTACHMENT,
	COMPLETE_FILE,
};

enum {
	KEY_MULTI	= 1 << 0,	/* may be given again */
	KEY_NEED	= 1 << 1,	/* must be given */
	KEY_BARE	= 1 << 2,	/* a word with ':' needs no keyword */
};

/* A keyword of a command, and what its value becomes. */
struct key {
	const char *name;
	const char *value;		/* in the usage; NULL: takes none */
	int (*put)(struct cmd *c, const struct key *key, struct at at,
		   const char *val);
	uint16_t attr;
	uint64_t min;			/* of numbers; max also of texts */
	uint64_t max;
	const struct names *names;	/* the values, if they are an enum */
	enum complete complete;
	unsigned int flags;
	const struct key *sub;		/* keywords that follow it, in a nest */
};

enum {
	COMMAND_CHANGE	= 1 << 0,	/* an operation of a transaction */
	COMMAND_SOME	= 1 << 1,	/* needs at least one keyword */
	COMMAND_ALIAS	= 1 << 2,	/* not in the help */
	COMMAND_NO_BATCH = 1 << 3,
	COMMAND_SHOWS	= 1 << 4,	/* a word that is no command is shown */
};

/* A command; an object without commands is one itself. */
struct command {
	const char *name;
	const char *help;
	int (*run)(struct cmd *c);
	const struct key *keys;		/* ends with an empty one */
	const char *word;		/* the name that comes first, if any */
	enum complete complete;		/* what that name is */
	const struct command *sub;	/* ends with an empty one */
	unsigned int flags;
};

/* A command being read. */
struct cmd {
	struct words *w;
	int pos;			/* the next word */
	struct txn *txn;
	const struct command *path[4];	/* the table rows that led here */
	int depth;
	bool help;
	void *priv;			/* of the command, for its keywords */
};

/* The commands of each object */
extern const struct command objects[];
extern const struct command port_commands[];
extern const struct command circuit_commands[];
extern const struct command circuit_leg_commands[];
extern const struct command circuit_class_commands[];
extern const struct command leg_commands[];
extern const struct command peering_commands[];
extern const struct command sla_commands[];
extern const struct key drill_keys[];
extern const struct key drain_keys[];
extern const struct command oam_commands[];
extern const struct key oam_keys[];
extern const struct command reach_commands[];
extern const struct command envelope_commands[];
extern const struct key show_keys[];
extern const struct key monitor_keys[];

int show_run(struct cmd *c);
int monitor_run(struct cmd *c);
int drill_run(struct cmd *c);
int drain_run(struct cmd *c);
/* A socket that gets the events, NULL with the error printed. */
struct mnl_socket *events_subscribe(void);
int batch_run(struct cmd *c);

/* Run the words; a change is added to TXN, and its line belongs to that. */
int cmd_run(struct words *w, struct txn *txn);
const struct command *cmd_of(const struct cmd *c);

/* Read all remaining words as keywords of the command. */
int cmd_keys(struct cmd *c);
/* The next word, which is a name: *AT and *NAME. Printed when it is missing. */
int cmd_name(struct cmd *c, struct at *at, const char **name);
/* As cmd_name(), NULL when there is no more word. */
int cmd_maybe_name(struct cmd *c, const char **name);
/* The next word must be this keyword, or a prefix of it. */
int cmd_expect(struct cmd *c, const char *keyword);
/* There must be no more words. */
int cmd_end(struct cmd *c);

/* Print a usage error about a word and return EXIT_USAGE. */
int cmd_bad(const struct cmd *c, struct at at, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/*
 * The row that WORD is or begins, unambiguously: its index. -1 for none, -2
 * for several. NAMES ends with NULL.
 */
int cmd_match(const char *word, const char *const *names);

void cmd_help(const struct cmd *c, FILE *f);
void cmd_complete(int argc, char **argv);

/* An operation under construction */
struct op {
	size_t op;
	size_t object;
};

void op_begin(struct cmd *c, struct op *op, enum vxc_action action,
	      uint16_t object, struct at at);
int op_end(struct cmd *c, struct op *op);
/*
 * A whole operation on one object: its name, at most MAX bytes, in ATTR, and
 * then keywords.
 */
int op_change(struct cmd *c, enum vxc_action action, uint16_t object,
	      uint16_t attr, size_t max);

/* Values of keywords to attributes */
int put_flag(struct cmd *c, const struct key *key, struct at at,
	     const char *val);
int put_enum(struct cmd *c, const struct key *key, struct at at,
	     const char *val);
int put_onoff(struct cmd *c, const struct key *key, struct at at,
	      const char *val);
int put_u8(struct cmd *c, const struct key *key, struct at at,
	   const char *val);
int put_u32(struct cmd *c, const struct key *key, struct at at,
	    const char *val);
int put_vid(struct cmd *c, const struct key *key, struct at at,
	    const char *val);
int put_text(struct cmd *c, const struct key *key, struct at at,
	     const char *val);
int put_time(struct cmd *c, const struct key *key, struct at at,
	     const char *val);
int put_uuid(struct cmd *c, const struct key *key, struct at at,
	     const char *val);
int put_mac(struct cmd *c, const struct key *key, struct at at,
	    const char *val);
int put_tpid(struct cmd *c, const struct key *key, struct at at,
	     const char *val);
int put_rate(struct cmd *c, const struct key *key, struct at at,
	     const char *val);
int put_bytes(struct cmd *c, const struct key *key, struct at at,
	      const char *val);
int put_dscps(struct cmd *c, const struct key *key, struct at at,
	      const char *val);
int put_pcps(struct cmd *c, const struct key *key, struct at at,
	     const char *val);
int put_percent(struct cmd *c, const struct key *key, struct at at,
		const char *val);
int put_factor(struct cmd *c, const struct key *key, struct at at,
	       const char *val);
int put_until(struct cmd *c, const struct key *key, struct at at,
	      const char *val);
int put_attachment(struct cmd *c, const struct key *key, struct at at,
		   const char *val);
/* As put_attachment(), of a leg at end z */
int put_z_attachment(struct cmd *c, const struct key *key, struct at at,
		     const char *val);
/* The name that identifies an object, as a string of at most MAX bytes. */
int put_name(struct cmd *c, uint16_t attr, struct at at, const char *name,
	     size_t max);

#endif /* _VXC_CMD_H */
