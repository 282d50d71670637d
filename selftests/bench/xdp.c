// SPDX-License-Identifier: GPL-2.0
/*
 * A cross-connect in XDP: (port, VID) -> (port, VID) in a hash map. In BPF's
 * own instructions, so that neither clang nor libbpf is needed.
 *
 *   xdp load IN OUT FROM-VID TO-VID PIN    load and pin it
 *   xdp live IN FRAMES BATCH SIZE PIN      run it on frames without an skb,
 *                                          print nanoseconds per frame
 */
#include <arpa/inet.h>
#include <linux/bpf.h>
#include <net/if.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define TAG_TPID	12
#define TAG_TCI		14
#define TAG_END		18

#define INSN(op, d, s, o, i)						\
	{ .code = (op), .dst_reg = (d), .src_reg = (s), .off = (o), .imm = (i) }
#define MOV_REG(d, s)	INSN(BPF_ALU64 | BPF_MOV | BPF_X, d, s, 0, 0)
#define ALU_REG(op, d, s) INSN(BPF_ALU64 | (op) | BPF_X, d, s, 0, 0)
#define ALU_IMM(op, d, i) INSN(BPF_ALU64 | (op) | BPF_K, d, 0, 0, i)
#define LOAD(size, d, s, o) INSN(BPF_LDX | BPF_MEM | (size), d, s, o, 0)
#define STORE(size, d, o, s) INSN(BPF_STX | BPF_MEM | (size), d, s, o, 0)
#define TO_BE16(d)	INSN(BPF_ALU | BPF_END | BPF_TO_BE, d, 0, 0, 16)
#define JUMP_REG(op, d, s, o) INSN(BPF_JMP | (op) | BPF_X, d, s, o, 0)
#define JUMP_IMM(op, d, i, o) INSN(BPF_JMP | (op) | BPF_K, d, 0, o, i)
#define CALL(helper)	INSN(BPF_JMP | BPF_CALL, 0, 0, 0, helper)
#define EXIT()		INSN(BPF_JMP | BPF_EXIT, 0, 0, 0, 0)
#define LOAD_MAP(d, fd)							\
	INSN(BPF_LD | BPF_DW | BPF_IMM, d, BPF_PSEUDO_MAP_FD, 0, fd),	\
	INSN(0, 0, 0, 0, 0)

struct point {
	uint32_t ifindex;
	uint32_t vid;
};

static int bpf(int cmd, union bpf_attr *attr)
{
	return syscall(SYS_bpf, cmd, attr, sizeof(*attr));
}

static int make_map(void)
{
	union bpf_attr attr;

	memset(&attr, 0, sizeof(attr));
	attr.map_type = BPF_MAP_TYPE_HASH;
	attr.key_size = sizeof(struct point);
	attr.value_size = sizeof(struct point);
	attr.max_entries = 4096;
	return bpf(BPF_MAP_CREATE, &attr);
}

static int map_set(int map, struct point from, struct point to)
{
	union bpf_attr attr;

	memset(&attr, 0, sizeof(attr));
	attr.map_fd = map;
	attr.key = (uintptr_t)&from;
	attr.value = (uintptr_t)&to;
	return bpf(BPF_MAP_UPDATE_ELEM, &attr);
}

static int load_program(int map)
{
	const struct bpf_insn code[] = {
		LOAD(BPF_W, 2, 1, offsetof(struct xdp_md, data)),
		LOAD(BPF_W, 3, 1, offsetof(struct xdp_md, data_end)),
		MOV_REG(7, 2),
		MOV_REG(4, 2),
		ALU_IMM(BPF_ADD, 4, TAG_END),
		JUMP_REG(BPF_JGT, 4, 3, 24),
		LOAD(BPF_H, 5, 7, TAG_TPID),
		JUMP_IMM(BPF_JNE, 5, htons(0x8100), 22),
		LOAD(BPF_H, 8, 7, TAG_TCI),
		TO_BE16(8),
		MOV_REG(5, 8),
		ALU_IMM(BPF_AND, 5, 0xfff),
		LOAD(BPF_W, 4, 1, offsetof(struct xdp_md, ingress_ifindex)),
		STORE(BPF_W, 10, -8, 4),
		STORE(BPF_W, 10, -4, 5),
		LOAD_MAP(1, map),
		MOV_REG(2, 10),
		ALU_IMM(BPF_ADD, 2, -8),
		CALL(BPF_FUNC_map_lookup_elem),
		JUMP_IMM(BPF_JEQ, 0, 0, 9),
		LOAD(BPF_W, 1, 0, offsetof(struct point, ifindex)),
		LOAD(BPF_W, 2, 0, offsetof(struct point, vid)),
		ALU_IMM(BPF_AND, 8, 0xf000),
		ALU_REG(BPF_OR, 8, 2),
		TO_BE16(8),
		STORE(BPF_H, 7, TAG_TCI, 8),
		ALU_IMM(BPF_MOV, 2, 0),
		CALL(BPF_FUNC_redirect),
		EXIT(),
		ALU_IMM(BPF_MOV, 0, XDP_PASS),
		EXIT(),
	};
	union bpf_attr attr;

	memset(&attr, 0, sizeof(attr));
	attr.prog_type = BPF_PROG_TYPE_XDP;
	attr.insns = (uintptr_t)code;
	attr.insn_cnt = sizeof(code) / sizeof(code[0]);
	attr.license = (uintptr_t)"GPL";
	return bpf(BPF_PROG_LOAD, &attr);
}

static int load(char **argv)
{
	struct point from = { if_nametoindex(argv[0]), atoi(argv[2]) };
	struct point to = { if_nametoindex(argv[1]), atoi(argv[3]) };
	struct point again = { from.ifindex, to.vid };
	union bpf_attr attr;
	int map = make_map();
	int program;

	/* The generator of "live" uses a frame again as the program left it */
	if (map < 0 || map_set(map, from, to) || map_set(map, again, to))
		return -1;
	program = load_program(map);
	if (program < 0)
		return -1;
	memset(&attr, 0, sizeof(attr));
	attr.pathname = (uintptr_t)argv[4];
	attr.bpf_fd = program;
	return bpf(BPF_OBJ_PIN, &attr);
}

static int pinned(const char *path)
{
	union bpf_attr attr;

	memset(&attr, 0, sizeof(attr));
	attr.pathname = (uintptr_t)path;
	return bpf(BPF_OBJ_GET, &attr);
}

static int live(char **argv)
{
	uint8_t frame[2048] = {
		2, 0, 0, 0xaa, 0, 2, 2, 0, 0, 0xee, 0, 1, 0x81, 0, 0, 100,
		8, 0, 0x45
	};
	struct xdp_md context = {
		.data_end = atoi(argv[3]),
		.ingress_ifindex = if_nametoindex(argv[0]),
	};
	union bpf_attr attr;

	memset(&attr, 0, sizeof(attr));
	attr.test.prog_fd = pinned(argv[4]);
	attr.test.data_in = (uintptr_t)frame;
	attr.test.data_size_in = context.data_end;
	attr.test.ctx_in = (uintptr_t)&context;
	attr.test.ctx_size_in = sizeof(context);
	attr.test.repeat = atoi(argv[1]);
	attr.test.batch_size = atoi(argv[2]);
	attr.test.flags = BPF_F_TEST_XDP_LIVE_FRAMES;
	if (context.data_end > sizeof(frame) || bpf(BPF_PROG_TEST_RUN, &attr))
		return -1;
	printf("%u\n", attr.test.duration);
	return 0;
}

int main(int argc, char **argv)
{
	int err = -1;

	if (argc == 7 && !strcmp(argv[1], "load"))
		err = load(argv + 2);
	else if (argc == 7 && !strcmp(argv[1], "live"))
		err = live(argv + 2);
	else
		fprintf(stderr, "usage: xdp load|live ...\n");
	if (err)
		perror("xdp");
	return !!err;
}
