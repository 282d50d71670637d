// SPDX-License-Identifier: GPL-2.0
/*
 * Preloaded into User Mode Linux, which sets the vector registers of its
 * processes from a buffer of 2696 bytes, as much as AVX-512 takes. Where the
 * processor has more (AMX: 11008) the host refuses: it wants all or nothing.
 * What is not in the buffer stays as it is.
 */
#include <elf.h>
#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define LARGEST 65536

static long set_registers(pid_t pid, const struct iovec *from)
{
	static char all[LARGEST];
	struct iovec iov = { all, sizeof(all) };

	if (syscall(SYS_ptrace, PTRACE_GETREGSET, pid, NT_X86_XSTATE, &iov) < 0)
		return -1;
	if (from->iov_len < iov.iov_len)
		memcpy(all, from->iov_base, from->iov_len);
	else
		iov = *from;
	return syscall(SYS_ptrace, PTRACE_SETREGSET, pid, NT_X86_XSTATE, &iov);
}

/* As in libc, where requests that read have their result as return value */
long ptrace(enum __ptrace_request request, ...)
{
	va_list args;
	void *addr, *data;
	long word, ret;
	pid_t pid;

	va_start(args, request);
	pid = va_arg(args, pid_t);
	addr = va_arg(args, void *);
	data = va_arg(args, void *);
	va_end(args);
	if (request == PTRACE_SETREGSET && (uintptr_t)addr == NT_X86_XSTATE)
		return set_registers(pid, data);
	if (request < PTRACE_PEEKTEXT || request > PTRACE_PEEKUSER)
		return syscall(SYS_ptrace, request, pid, addr, data);
	ret = syscall(SYS_ptrace, request, pid, addr, &word);
	if (ret < 0)
		return ret;
	errno = 0;
	return word;
}
