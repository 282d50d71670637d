// SPDX-License-Identifier: GPL-2.0
/*
 * A main() for fuzz targets without libFuzzer: TARGET [RUNS [SEED]]. Inputs
 * are the target's seeds, mutated. The seed is printed, and given again makes
 * the same inputs; the last input is printed when the target aborts.
 */
#include <ctype.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "fuzz.h"

#define INPUT_MAX	256

static uint8_t input[INPUT_MAX];
static size_t input_len;
static uint64_t state;

/* splitmix64 */
static uint64_t any(void)
{
	uint64_t z = state += 0x9e3779b97f4a7c15;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
	return z ^ (z >> 31);
}

static size_t below(size_t n)
{
	return n ? (size_t)(any() % n) : 0;
}

static void start(void)
{
	const char *seed;
	size_t n = 0;

	while (fuzz_seeds[n])
		n++;
	seed = fuzz_seeds[below(n)];
	input_len = strlen(seed);
	memcpy(input, seed, input_len);
}

static void insert(const void *p, size_t len)
{
	size_t at = below(input_len + 1);

	if (input_len + len > INPUT_MAX)
		return;
	memmove(input + at + len, input + at, input_len - at);
	memcpy(input + at, p, len);
	input_len += len;
}

static void cut(void)
{
	size_t at = below(input_len), len = below(input_len - at) + 1;

	if (!input_len)
		return;
	memmove(input + at, input + at + len, input_len - at - len);
	input_len -= len;
}

static void mutate(void)
{
	static const char marks[] = ":.*/-\"'\\#= \t0199af\xc3\xff\n";
	uint8_t copy[INPUT_MAX];
	char c;

	switch (below(7)) {
	case 0:
		if (input_len)
			input[below(input_len)] ^= (uint8_t)(1 << below(8));
		break;
	case 1:
		if (input_len)
			input[below(input_len)] = (uint8_t)any();
		break;
	case 2:
		c = marks[below(sizeof(marks) - 1)];
		insert(&c, 1);
		break;
	case 3:
		cut();
		break;
	case 4:
		insert("4294967296", 10);
		break;
	case 5:
		memcpy(copy, input, input_len);
		insert(copy, below(input_len + 1));
		break;
	case 6:
		c = (char)any();
		insert(&c, 1);
		break;
	}
}

static void on_abort(int sig)
{
	size_t i;

	fprintf(stderr, "# input: \"");
	for (i = 0; i < input_len; i++)
		fprintf(stderr, isprint(input[i]) ? "%c" : "\\x%02x",
			input[i]);
	fprintf(stderr, "\"\n");
	signal(sig, SIG_DFL);
	raise(sig);
}

int main(int argc, char **argv)
{
	uint64_t runs = argc > 1 ? strtoull(argv[1], NULL, 0) : 100000;
	uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 0) :
			(uint64_t)time(NULL) << 16 ^ (uint64_t)getpid();
	uint64_t i;
	size_t n;

	printf("# %s: %llu runs, seed %llu\n", argv[0],
	       (unsigned long long)runs, (unsigned long long)seed);
	fflush(stdout);
	signal(SIGABRT, on_abort);
	state = seed;
	for (i = 0; i < runs; i++) {
		start();
		for (n = below(8); n; n--)
			mutate();
		LLVMFuzzerTestOneInput(input, input_len);
	}
	return 0;
}
