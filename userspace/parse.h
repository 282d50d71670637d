/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _VXC_PARSE_H
#define _VXC_PARSE_H

#include <stddef.h>
#include <stdint.h>

/*
 * Words to values. PURE: no state, no files, no kernel. Every reader returns
 * NULL when the word is good, or what it expected, to end a sentence that
 * begins with 'expected'.
 */

#define PORT_NAME_SIZE	16	/* IFNAMSIZ */
#define UUID_TEXT_SIZE	37
#define MAC_TEXT_SIZE	18
#define ATT_TEXT_SIZE	(PORT_NAME_SIZE + 16)

struct attachment {
	char port[PORT_NAME_SIZE];
	int match;		/* enum vxc_match */
	uint16_t svid;
	uint16_t cvid;
};

struct prefix {
	int family;
	uint8_t addr[16];
	uint8_t len;
};

void prefix_of(const uint8_t *addr, size_t size, uint8_t len,
	       struct prefix *prefix);

const char *parse_number(const char *s, uint64_t min, uint64_t max,
			 uint64_t *val);
const char *parse_vid(const char *s, uint16_t *vid);
const char *parse_tpid(const char *s, uint16_t *tpid);
const char *parse_time(const char *s, uint32_t *ms);
/* bit/s, as ip and tc write it: 1G, 2.5Gbit, 800k; decimal units */
const char *parse_rate(const char *s, uint64_t *bps);
/* bytes, as tc writes it: 64k, 1.5m; a k is 1024 */
const char *parse_size(const char *s, uint32_t *bytes);
/* 0-7,46: numbers up to MAX, a bit each */
const char *parse_bits(const char *s, unsigned int max, uint64_t *bits);
const char *parse_mac(const char *s, uint8_t mac[6]);
const char *parse_uuid(const char *s, uint8_t uuid[16]);
const char *parse_ifname(const char *s, size_t len, char *name);
const char *parse_attachment(const char *s, struct attachment *att);
const char *parse_prefix(const char *s, struct prefix *prefix);
/* "2026-12-31T23:59:59", in UTC, or seconds since 1970 after '@'; 0: none */
const char *parse_moment(const char *s, uint64_t *seconds);

void format_mac(const uint8_t mac[6], char buf[MAC_TEXT_SIZE]);
void format_uuid(const uint8_t uuid[16], char buf[UUID_TEXT_SIZE]);
void format_moment(uint64_t seconds, char *buf, size_t size);
void format_attachment(const struct attachment *att, char *buf, size_t size);
/* 940000000 -> "940M", 12345 -> "12.3k": three digits that count */
void format_rate(uint64_t bps, char *buf, size_t size);
/* 1200000000 -> "1200M": exact, for what was configured */
void format_bps(uint64_t bps, char *buf, size_t size);
/* bits 0 to 7 and 46 -> "0-7,46" */
void format_bits(uint64_t bits, char *buf, size_t size);
/* 90000 -> "90s": exact, for what was configured */
void format_interval(uint64_t ms, char *buf, size_t size);
/* 90500 -> "1m30s", 500 -> "500ms" */
void format_time(uint64_t ms, char *buf, size_t size);

#endif /* _VXC_PARSE_H */
