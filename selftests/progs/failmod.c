// SPDX-License-Identifier: GPL-2.0
/* Load a module with its n-th allocation failing, for every n. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define FAIL_NTH	"/proc/thread-self/fail-nth"
#define FAIL_MAX	20000

/* Zero or the error; sets whether the n-th allocation was reached. */
static int load_failing(int module, unsigned int n, int *injected)
{
	char text[16] = "";
	int fd, len, error;

	fd = open(FAIL_NTH, O_RDWR);
	len = snprintf(text, sizeof(text), "%u", n);
	if (fd < 0 || write(fd, text, len) != len) {
		printf("%s: %m\n", FAIL_NTH);
		exit(4);
	}
	error = syscall(SYS_finit_module, module, "", 0) ? errno : 0;
	len = pread(fd, text, sizeof(text) - 1, 0);
	text[len > 0 ? len : 0] = 0;
	if (write(fd, "0", 1) != 1)
		exit(4);
	close(fd);
	*injected = atoi(text) == 0;
	return error;
}

int main(int argc, char **argv)
{
	unsigned int n, step, failed = 0;
	int module, error, injected = 1;

	if (argc != 4) {
		fprintf(stderr, "usage: failmod FILE NAME STEP\n");
		return 2;
	}
	step = strtoul(argv[3], NULL, 0);
	for (n = 1; n < FAIL_MAX && injected; n += step) {
		module = open(argv[1], O_RDONLY | O_CLOEXEC);
		error = load_failing(module, n, &injected);
		close(module);
		failed += error != 0;
		if (error && error != ENOMEM)
			printf("# allocation %u: %s\n", n, strerror(error));
		if (!error && syscall(SYS_delete_module, argv[2], O_NONBLOCK)) {
			printf("allocation %u: cannot unload: %m\n", n);
			return 1;
		}
	}
	if (injected || error) {
		printf("the last load failed: %s\n", strerror(error));
		return 1;
	}
	printf("%u allocations, %u loads failed\n", n - 1, failed);
	return failed ? 0 : 1;
}
