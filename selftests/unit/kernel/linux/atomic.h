/* SPDX-License-Identifier: GPL-2.0 */
/* What kmod/meter.c needs of the kernel's atomics, with those of C. */
#ifndef _LINUX_ATOMIC_H
#define _LINUX_ATOMIC_H

#include <linux/types.h>

typedef struct {
	s64 counter;
} atomic64_t;

static inline s64 atomic64_read(const atomic64_t *v)
{
	return __atomic_load_n(&v->counter, __ATOMIC_RELAXED);
}

static inline void atomic64_add(s64 n, atomic64_t *v)
{
	__atomic_fetch_add(&v->counter, n, __ATOMIC_RELAXED);
}

static inline void atomic64_inc(atomic64_t *v)
{
	atomic64_add(1, v);
}

static inline void atomic64_sub(s64 n, atomic64_t *v)
{
	__atomic_fetch_sub(&v->counter, n, __ATOMIC_RELAXED);
}

static inline bool atomic64_try_cmpxchg_relaxed(atomic64_t *v, s64 *old, s64 n)
{
	return __atomic_compare_exchange_n(&v->counter, old, n, false,
					   __ATOMIC_RELAXED, __ATOMIC_RELAXED);
}

#endif /* _LINUX_ATOMIC_H */
