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

const char *parse_number(const char *s, uint64_t min, uint64_t max,
			 uint64_t *val);
const char *parse_vid(const char *s, uint16_t *vid);
const char *parse_tpid(const char *s, uint16_t *tpid);
const char *parse_time(const char *s, uint32_t *ms);
const char *parse_mac(const char *s, uint8_t mac[6]);
const char *parse_uuid(const char *s, uint8_t uuid[16]);
const char *parse_ifname(const char *s, size_t len, char *name);
const char *parse_attachment(const char *s, struct attachment *att);
const char *parse_prefix(const char *s, struct prefix *prefix);

void format_uuid(const uint8_t uuid[16], char buf[UUID_TEXT_SIZE]);
void format_attachment(const struct attachment *att, char *buf, size_t size);
/* 940000000 -> "940M", 12345 -> "12.3k": three digits that count */
void format_rate(uint64_t bps, char *buf, size_t size);
/* 90000 -> "90s": exact, for what was configured */
void format_interval(uint64_t ms, char *buf, size_t size);
/* 90500 -> "1m30s", 500 -> "500ms" */
void format_time(uint64_t ms, char *buf, size_t size);

#endif /* _VXC_PARSE_H */
