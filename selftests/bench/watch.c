// SPDX-License-Identifier: GPL-2.0
/*
 * A plugin of QEMU: which cache lines does one CPU write that another uses,
 * and where are indirect calls?
 *
 * The guest says when to watch by instructions that do nothing else, see
 * mod/share.c. Each CPU is a thread (thread=multi; where CPUs take turns in one
 * QEMU 10 tells plugins the wrong CPU) and has a table of its own. They are
 * read when all have ended what is watched: out=FILE gets for each watch
 *
 *   watch
 *   touch CPU PC LINE READS WRITES
 *   call CPU PC COUNT
 *   ...
 *
 * with the accesses to lines that one CPU wrote and another touched.
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LINE_SHIFT	6
#define KERNEL		(1ULL << 63)

/* What is used of QEMU's interface: Debian has no package of its header */
#define MEM_READ_WRITE	3
#define CB_NO_REGS	0

struct qemu_plugin_tb;
struct qemu_plugin_insn;
struct qemu_info;

typedef void (*tb_fn)(uint64_t id, struct qemu_plugin_tb *tb);
typedef void (*insn_fn)(unsigned int cpu, void *arg);
typedef void (*mem_fn)(unsigned int cpu, uint32_t info, uint64_t vaddr,
		       void *arg);

size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *tb);
struct qemu_plugin_insn *
qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *tb, size_t i);
uint64_t qemu_plugin_insn_vaddr(const struct qemu_plugin_insn *insn);
size_t qemu_plugin_insn_data(const struct qemu_plugin_insn *insn, void *to,
			     size_t len);
unsigned int qemu_plugin_mem_size_shift(uint32_t info);
bool qemu_plugin_mem_is_store(uint32_t info);
void qemu_plugin_register_vcpu_tb_trans_cb(uint64_t id, tb_fn fn);
void qemu_plugin_register_vcpu_insn_exec_cb(struct qemu_plugin_insn *insn,
					    insn_fn fn, int flags, void *arg);
void qemu_plugin_register_vcpu_mem_cb(struct qemu_plugin_insn *insn, mem_fn fn,
				      int flags, int rw, void *arg);

__attribute__((visibility("default"))) int qemu_plugin_version = 3;
__attribute__((visibility("default")))
int qemu_plugin_install(uint64_t id, const struct qemu_info *info, int argc,
			char **argv);

/* nopl DISP(%rax,%rax): the displacement is a name, a mark its last byte */
static const uint8_t mark_code[] = { 0x0f, 0x1f, 0x84, 0x00 };
static const uint8_t mark_name[] = { 0x63, 0x78, 0x76 };

enum mark { MARK_OPEN, MARK_BEGIN, MARK_END, MARK_CLOSE };

/*
 * What was done to one line at one place of the program. An indirect call reads
 * no line of data, it is there as NO_LINE.
 */
#define NO_LINE		1

struct touch {
	uint64_t line;
	uint64_t pc;
	uint32_t reads;
	uint32_t writes;
};

/* Open addressing, none where line is 0 */
struct table {
	struct touch *touches;
	size_t room;
	size_t used;
	bool watching;
};

#define MAX_CPUS	32

static struct table cpus[MAX_CPUS];
static FILE *out;

static size_t hash(uint64_t line, uint64_t pc)
{
	uint64_t h = line * 0x9e3779b97f4a7c15ULL;

	h ^= pc * 0xc2b2ae3d27d4eb4fULL;
	return h ^ h >> 32;
}

static struct touch *find(const struct table *table, uint64_t line,
			  uint64_t pc)
{
	size_t i = hash(line, pc) & (table->room - 1);
	struct touch *touch = &table->touches[i];

	while (touch->line && (touch->line != line || touch->pc != pc)) {
		i = (i + 1) & (table->room - 1);
		touch = &table->touches[i];
	}
	return touch;
}

static struct table new_table(size_t room)
{
	struct table table = { .room = room };

	table.touches = calloc(room, sizeof(*table.touches));
	if (!table.touches)
		abort();
	return table;
}

static void grow(struct table *table)
{
	struct table more = new_table(table->room * 2);
	size_t i;

	for (i = 0; i < table->room; i++)
		if (table->touches[i].line)
			*find(&more, table->touches[i].line,
			      table->touches[i].pc) = table->touches[i];
	more.used = table->used;
	more.watching = table->watching;
	free(table->touches);
	*table = more;
}

static struct touch *get(struct table *table, uint64_t line, uint64_t pc)
{
	struct touch *touch;

	if (table->used * 2 >= table->room)
		grow(table);
	touch = find(table, line, pc);
	if (!touch->line) {
		touch->line = line;
		touch->pc = pc;
		table->used++;
	}
	return touch;
}

static void on_call(unsigned int cpu, void *arg)
{
	if (cpus[cpu].watching)
		get(&cpus[cpu], NO_LINE, (uintptr_t)arg)->reads++;
}

static void on_access(unsigned int cpu, uint32_t info, uint64_t vaddr,
		      void *arg)
{
	uint64_t last = vaddr + (1 << qemu_plugin_mem_size_shift(info)) - 1;
	struct touch *touch;
	uint64_t line;

	if (!cpus[cpu].watching || !(vaddr & KERNEL))
		return;
	for (line = vaddr >> LINE_SHIFT; line <= last >> LINE_SHIFT; line++) {
		touch = get(&cpus[cpu], line, (uintptr_t)arg);
		if (qemu_plugin_mem_is_store(info))
			touch->writes++;
		else
			touch->reads++;
	}
}

/* A bit for each CPU that read a line, and for each that wrote it */
static struct table all_users(void)
{
	struct table users = new_table(1 << 16);
	const struct touch *touch;
	struct touch *user;
	unsigned int cpu;
	size_t i;

	for (cpu = 0; cpu < MAX_CPUS; cpu++) {
		for (i = 0; i < cpus[cpu].room; i++) {
			touch = &cpus[cpu].touches[i];
			if (!touch->line)
				continue;
			user = get(&users, touch->line, 0);
			if (touch->reads)
				user->reads |= 1u << cpu;
			if (touch->writes)
				user->writes |= 1u << cpu;
		}
	}
	return users;
}

static bool is_shared(const struct touch *user)
{
	uint32_t all = user->reads | user->writes;

	return user->writes && (all & (all - 1));
}

static void write_touch(const struct table *users, unsigned int cpu,
			const struct touch *touch)
{
	if (touch->line == NO_LINE) {
		fprintf(out, "call %u %" PRIx64 " %" PRIu32 "\n", cpu,
			touch->pc, touch->reads);
	} else if (touch->line && is_shared(find(users, touch->line, 0))) {
		fprintf(out, "touch %u %" PRIx64 " %" PRIx64, cpu, touch->pc,
			touch->line << LINE_SHIFT);
		fprintf(out, " %" PRIu32 " %" PRIu32 "\n", touch->reads,
			touch->writes);
	}
}

static void write_watch(void)
{
	struct table users = all_users();
	unsigned int cpu;
	size_t i;

	fputs("watch\n", out);
	for (cpu = 0; cpu < MAX_CPUS; cpu++)
		for (i = 0; i < cpus[cpu].room; i++)
			write_touch(&users, cpu, &cpus[cpu].touches[i]);
	fflush(out);
	free(users.touches);
}

static void forget_all(void)
{
	unsigned int cpu;

	for (cpu = 0; cpu < MAX_CPUS; cpu++) {
		free(cpus[cpu].touches);
		cpus[cpu] = (struct table){ 0 };
	}
}

static void on_mark(unsigned int cpu, void *arg)
{
	switch ((enum mark)(uintptr_t)arg) {
	case MARK_OPEN:
		forget_all();
		break;
	case MARK_BEGIN:
		if (!cpus[cpu].room)
			cpus[cpu] = new_table(1 << 16);
		cpus[cpu].watching = true;
		break;
	case MARK_END:
		cpus[cpu].watching = false;
		break;
	case MARK_CLOSE:
		write_watch();
		break;
	}
}

/* call *%reg or jmp *%reg: what the kernel makes of calls by a retpoline */
static bool is_indirect(const struct qemu_plugin_insn *insn)
{
	uint8_t code[3] = { 0 };
	const uint8_t *op = code;

	if (!qemu_plugin_insn_data(insn, code, sizeof(code)))
		return false;
	if ((*op & 0xf0) == 0x40)	/* REX: %r8 and up */
		op++;
	return op[0] == 0xff && ((op[1] & 0xf8) == 0xd0 ||
				 (op[1] & 0xf8) == 0xe0);
}

/* The mark that an instruction is, or -1 */
static int mark_of(const struct qemu_plugin_insn *insn)
{
	uint8_t code[8] = { 0 };

	if (qemu_plugin_insn_data(insn, code, sizeof(code)) != sizeof(code) ||
	    memcmp(code, mark_code, sizeof(mark_code)) ||
	    memcmp(code + 5, mark_name, sizeof(mark_name)))
		return -1;
	return code[4];
}

static void on_instruction(struct qemu_plugin_insn *insn)
{
	void *pc = (void *)(uintptr_t)qemu_plugin_insn_vaddr(insn);
	int mark = mark_of(insn);

	if (!((uintptr_t)pc & KERNEL))
		return;
	if (mark >= 0)
		qemu_plugin_register_vcpu_insn_exec_cb(insn, on_mark,
						       CB_NO_REGS,
						       (void *)(uintptr_t)mark);
	else
		qemu_plugin_register_vcpu_mem_cb(insn, on_access, CB_NO_REGS,
						 MEM_READ_WRITE, pc);
	if (is_indirect(insn))
		qemu_plugin_register_vcpu_insn_exec_cb(insn, on_call,
						       CB_NO_REGS, pc);
}

static void on_translation(uint64_t id, struct qemu_plugin_tb *tb)
{
	size_t n = qemu_plugin_tb_n_insns(tb);
	size_t i;

	(void)id;
	for (i = 0; i < n; i++)
		on_instruction(qemu_plugin_tb_get_insn(tb, i));
}

int qemu_plugin_install(uint64_t id, const struct qemu_info *info, int argc,
			char **argv)
{
	(void)info;
	if (argc != 1 || strncmp(argv[0], "out=", 4)) {
		fputs("watch: out=FILE is missing\n", stderr);
		return -1;
	}
	out = fopen(argv[0] + 4, "w");
	if (!out) {
		perror(argv[0] + 4);
		return -1;
	}
	qemu_plugin_register_vcpu_tb_trans_cb(id, on_translation);
	return 0;
}
