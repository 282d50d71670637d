// SPDX-License-Identifier: GPL-2.0
/* Counters: stats and drops of legs, peerings and ports. */
#include <inttypes.h>
#include <string.h>

#include "noun.h"
#include "vxc.h"

/* Reasons this command does not know yet are printed by their number. */
#define DROPS_MAX	64

uint64_t stats_get(const struct nlattr *stats, uint16_t type)
{
	attr_tb tb[VXC_A_STATS_MAX + 1];

	attr_index(stats, tb, VXC_A_STATS_MAX);
	return attr_uint(tb[type]);
}

static void rate(const struct nlattr *attr, enum out_show show,
		 const char *key, const char *label)
{
	if (attr)
		out_rate(show, key, label, attr_uint(attr));
}

static void counter(const struct nlattr *attr, const char *key,
		    const char *label)
{
	if (attr)
		out_uint(OUT_STATS, key, label, attr_uint(attr));
}

void stats_print(const struct nlattr *stats, enum out_show rates, int line)
{
	attr_tb tb[VXC_A_STATS_MAX + 1];

	attr_index(stats, tb, VXC_A_STATS_MAX);
	out_open("stats");
	rate(tb[VXC_A_STATS_RX_RATE], rates, "rx_rate", "rx");
	rate(tb[VXC_A_STATS_TX_RATE], rates, "tx_rate", "tx");
	if (out_shown(OUT_STATS))
		out_line(line);
	counter(tb[VXC_A_STATS_RX_PACKETS], "rx_packets", "rx-packets");
	counter(tb[VXC_A_STATS_RX_BYTES], "rx_bytes", "rx-bytes");
	counter(tb[VXC_A_STATS_TX_PACKETS], "tx_packets", "tx-packets");
	counter(tb[VXC_A_STATS_TX_BYTES], "tx_bytes", "tx-bytes");
	out_close();
}

/* Sum up by reason, for a reason may be there only once in the JSON. */
static uint64_t drops_read(const struct nlattr *nest, uint16_t type,
			   uint64_t *drops)
{
	const struct nlattr *attr;
	uint64_t total = 0;

	if (drops)
		memset(drops, 0, DROPS_MAX * sizeof(*drops));
	mnl_attr_for_each_nested(attr, nest) {
		attr_tb tb[VXC_A_DROPS_MAX + 1];
		uint32_t reason;

		if (mnl_attr_get_type(attr) != type)
			continue;
		attr_index(attr, tb, VXC_A_DROPS_MAX);
		reason = attr_u32(tb[VXC_A_DROPS_REASON]);
		total += attr_uint(tb[VXC_A_DROPS_PACKETS]);
		if (drops && reason < DROPS_MAX)
			drops[reason] += attr_uint(tb[VXC_A_DROPS_PACKETS]);
	}
	return total;
}

uint64_t drops_total(const struct nlattr *nest, uint16_t type)
{
	return drops_read(nest, type, NULL);
}

void drops_print(const struct nlattr *nest, uint16_t type, enum out_show total,
		 int line)
{
	uint64_t drops[DROPS_MAX];
	uint64_t sum;
	unsigned int i;

	sum = drops_read(nest, type, drops);
	out_text(total, sum ? OUT_WARN : OUT_PLAIN, "drops %" PRIu64, sum);
	if (out_shown(OUT_STATS))
		out_line(line);
	out_open("drops");
	for (i = 0; i < DROPS_MAX; i++) {
		const char *name = name_of(&names_drop, i);

		if (drops[i])
			out_uint(OUT_STATS, name, name, drops[i]);
	}
	out_close();
}
