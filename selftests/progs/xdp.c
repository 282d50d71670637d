// SPDX-License-Identifier: GPL-2.0
/* Keep an XDP program on a device that passes or drops everything. */
#define _GNU_SOURCE
#include <linux/bpf.h>
#include <linux/if_link.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static int bpf(int cmd, union bpf_attr *attr)
{
	return syscall(SYS_bpf, cmd, attr, sizeof(*attr));
}

static int load(int verdict)
{
	struct bpf_insn code[] = {
		{ .code = BPF_ALU64 | BPF_MOV | BPF_K, .imm = verdict },
		{ .code = BPF_JMP | BPF_EXIT },
	};
	union bpf_attr attr;

	memset(&attr, 0, sizeof(attr));
	attr.prog_type = BPF_PROG_TYPE_XDP;
	attr.insns = (unsigned long)code;
	attr.insn_cnt = sizeof(code) / sizeof(code[0]);
	attr.license = (unsigned long)"GPL";
	return bpf(BPF_PROG_LOAD, &attr);
}

static int attach(int prog, const char *dev, int flags)
{
	union bpf_attr attr;

	memset(&attr, 0, sizeof(attr));
	attr.link_create.prog_fd = prog;
	attr.link_create.target_ifindex = if_nametoindex(dev);
	attr.link_create.attach_type = BPF_XDP;
	attr.link_create.flags = flags;
	return bpf(BPF_LINK_CREATE, &attr);
}

int main(int argc, char **argv)
{
	int prog;

	if (argc != 4) {
		fprintf(stderr, "usage: xdp DEV generic|native pass|drop\n");
		return 2;
	}
	prog = load(strcmp(argv[3], "drop") ? XDP_PASS : XDP_DROP);
	if (prog < 0 || attach(prog, argv[1], strcmp(argv[2], "native") ?
			       XDP_FLAGS_SKB_MODE : XDP_FLAGS_DRV_MODE) < 0) {
		printf("failed: %m\n");
		return 1;
	}
	printf("attached\n");
	fflush(stdout);
	pause();
	return 0;
}
