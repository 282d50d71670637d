// SPDX-License-Identifier: GPL-2.0
/*
 * The scope of a reach against a reference that compares addresses bit by
 * bit and asks about one thing at a time. The seed is printed.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "ktap.h"
#include "scope.h"

#define ROUNDS	400000

static struct vxc_scope *scope;

static bool bit(const uint8_t *addr, unsigned int i)
{
	return addr[i / 8] & 0x80 >> i % 8;
}

static bool ref_covers(const struct vxc_prefix *prefix, unsigned int size,
		       const uint8_t *addr)
{
	unsigned int i;

	if (prefix->size != size)
		return false;
	for (i = 0; i < prefix->len; i++)
		if (bit(prefix->addr, i) != bit(addr, i))
			return false;
	return true;
}

static bool ref_covered(unsigned int size, const uint8_t *addr)
{
	unsigned int i;

	for (i = 0; i < scope->nprefixes; i++)
		if (ref_covers(&scope->prefix[i], size, addr))
			return true;
	return false;
}

static bool ref_permits(const struct vxc_scope_packet *p, uint64_t now)
{
	bool begun = !scope->start || now >= scope->start;
	bool ended = scope->until && now >= scope->until;
	bool dscp = !scope->dscp ||
		    (p->size && scope->dscp & 1ULL << p->dscp);
	bool addr = !scope->nprefixes ||
		    (p->size && ref_covered(p->size, p->src) &&
		     ref_covered(p->size, p->dst));

	return begun && !ended && dscp && addr;
}

/* Few different bytes, so that prefixes and addresses often agree. */
static void random_addr(uint8_t addr[16])
{
	int i;

	for (i = 0; i < 16; i++)
		addr[i] = rand() % 8 ? 0xa5 : (uint8_t)(0xa5 ^ 1 << rand() % 8);
}

static void random_scope(void)
{
	unsigned int i;

	scope->dscp = rand() % 2 ? (uint64_t)rand() << 33 ^ (uint64_t)rand() :
		      0;
	scope->start = rand() % 2 ? (uint64_t)(rand() % 10) : 0;
	scope->until = rand() % 2 ? (uint64_t)(rand() % 12) : 0;
	scope->nprefixes = (uint16_t)(rand() % 4);
	for (i = 0; i < scope->nprefixes; i++) {
		struct vxc_prefix *p = &scope->prefix[i];

		p->size = rand() % 2 ? 4 : 16;
		p->len = (uint8_t)(rand() % (p->size * 8 + 1));
		if (rand() % 2)
			p->len /= 8;
		random_addr(p->addr);
	}
}

static void agrees_with_the_reference(void)
{
	static const uint8_t sizes[] = { 0, 4, 16 };
	unsigned int seed = (unsigned int)time(NULL), i, yes = 0;
	uint8_t src[16], dst[16];

	fprintf(ktap_out, "# seed %u\n", seed);
	srand(seed);
	for (i = 0; i < ROUNDS; i++) {
		struct vxc_scope_packet p = {
			.size = sizes[rand() % 3], .dscp = rand() % 64,
			.src = src, .dst = dst,
		};
		uint64_t now = (uint64_t)(rand() % 12);
		int want, got;

		random_scope();
		random_addr(src);
		random_addr(dst);
		want = ref_permits(&p, now);
		got = vxc_scope_permits(scope, &p, now);
		yes += want;
		if (!check_int(got, want))
			return;
	}
	/* A test in which nothing passes would see nothing. */
	check(yes > ROUNDS / 50);
}

/* A prefix of every length, and an address that differs in every bit. */
static void every_bit_of_every_length(void)
{
	struct vxc_scope_packet p = { .size = 16 };
	uint8_t addr[16], base[16];
	unsigned int len, i;

	memset(scope, 0, sizeof(*scope));
	scope->nprefixes = 1;
	memset(base, 0x5a, sizeof(base));
	for (len = 0; len <= 128; len++) {
		for (i = 0; i < 128; i++) {
			scope->prefix[0].size = 16;
			scope->prefix[0].len = (uint8_t)len;
			memcpy(scope->prefix[0].addr, base, 16);
			memcpy(addr, base, 16);
			addr[i / 8] ^= 0x80 >> i % 8;
			p.src = base;
			p.dst = addr;
			check_int(vxc_scope_permits(scope, &p, 0), i >= len);
			p.src = addr;
			p.dst = base;
			check_int(vxc_scope_permits(scope, &p, 0), i >= len);
		}
	}
}

static void states_by_time(void)
{
	memset(scope, 0, sizeof(*scope));
	scope->start = 10;
	scope->until = 20;
	check_int(vxc_scope_state(scope, 9), VXC_REACH_STATE_WAITING);
	check_int(vxc_scope_state(scope, 10), VXC_REACH_STATE_ACTIVE);
	check_int(vxc_scope_state(scope, 19), VXC_REACH_STATE_ACTIVE);
	check_int(vxc_scope_state(scope, 20), VXC_REACH_STATE_ENDED);
}

int main(void)
{
	scope = calloc(1, sizeof(*scope) + 8 * sizeof(scope->prefix[0]));
	if (!scope)
		return 1;
	ktap_begin(3);
	agrees_with_the_reference();
	ktap_test("agrees with the reference");
	every_bit_of_every_length();
	ktap_test("every bit of every prefix length");
	states_by_time();
	ktap_test("states by time");
	free(scope);
	return ktap_end();
}
