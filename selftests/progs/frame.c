// SPDX-License-Identifier: GPL-2.0
/* Ethernet frames in a compact text form, and back. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "frame.h"

/* The source address carries the number of the frame: every way a frame can
 * go keeps it, and a frame of 12 bytes still has it.
 */
static const uint8_t frame_oui[3] = { 0x02, 0x78, 0x63 };

/* With an address of its own a frame ends in this and the number. */
static const uint8_t frame_end[5] = "vxcid";

#define FRAME_END	(sizeof(frame_end) + 3)

static void put16(uint8_t *p, uint16_t v)
{
	p[0] = v >> 8;
	p[1] = v;
}

static uint16_t get16(const uint8_t *p)
{
	return p[0] << 8 | p[1];
}

static bool parse_mac(uint8_t *mac, const char *text)
{
	return sscanf(text, "%hhx:%hhx:%hhx:%hhx:%hhx:%hhx", &mac[0], &mac[1],
		      &mac[2], &mac[3], &mac[4], &mac[5]) == 6;
}

static bool parse_hex(struct frame_spec *spec, const char *text)
{
	size_t n = strlen(text) / 2, i;

	if (strlen(text) % 2 || n > FRAME_BYTES)
		return false;
	for (i = 0; i < n; i++) {
		if (sscanf(text + 2 * i, "%2hhx", &spec->bytes[i]) != 1)
			return false;
	}
	spec->nbytes = n;
	if (spec->payload < n)
		spec->payload = n;
	return true;
}

/* TPID:VID[.pN][.d] */
static bool parse_tag(struct frame_spec *spec, const char *text)
{
	struct frame_tag *tag = &spec->tags[spec->ntags];
	unsigned int tpid, vid, pcp;
	int used = 0;

	if (spec->ntags == FRAME_TAGS)
		return false;
	if (sscanf(text, "%x:%u%n", &tpid, &vid, &used) != 2)
		return false;
	tag->tpid = tpid;
	tag->tci = vid & 0xfff;
	text += used;
	if (!strncmp(text, ".p", 2)) {
		pcp = strtoul(text + 2, (char **)&text, 10);
		tag->tci |= pcp << 13;
	}
	if (!strncmp(text, ".d", 2)) {
		tag->tci |= 1 << 12;
		text += 2;
	}
	spec->ntags++;
	return !*text;
}

static bool parse_word(struct frame_spec *spec, const char *word)
{
	if (!strcmp(word, "-"))
		return true;
	if (!strncmp(word, "type=", 5)) {
		spec->type = strtoul(word + 5, NULL, 16);
		return true;
	}
	if (!strncmp(word, "pay=", 4)) {
		spec->payload = strtoul(word + 4, NULL, 10);
		return spec->payload <= FRAME_MAX - 14 - 4 * FRAME_TAGS;
	}
	if (!strncmp(word, "ip=", 3)) {
		spec->ip = strtoul(word + 3, NULL, 10);
		spec->type = spec->ip == 6 ? 0x86dd : 0x0800;
		if (spec->payload < 100)
			spec->payload = 100;
		return spec->ip == 4 || spec->ip == 6;
	}
	if (!strncmp(word, "dscp=", 5)) {
		spec->tos |= strtoul(word + 5, NULL, 10) << 2;
		return true;
	}
	if (!strncmp(word, "ecn=", 4)) {
		spec->tos |= strtoul(word + 4, NULL, 10) & 3;
		return true;
	}
	if (!strncmp(word, "dst=", 4))
		return parse_mac(spec->dst, word + 4);
	if (!strncmp(word, "src=", 4)) {
		spec->has_src = true;
		return parse_mac(spec->src, word + 4);
	}
	if (!strncmp(word, "hex=", 4))
		return parse_hex(spec, word + 4);
	return parse_tag(spec, word);
}

bool frame_parse(struct frame_spec *spec, const char *text)
{
	char copy[1024], *word, *save;

	memset(spec, 0, sizeof(*spec));
	memset(spec->dst, 0xff, 6);
	spec->type = FRAME_TYPE;
	spec->payload = FRAME_PAYLOAD;
	snprintf(copy, sizeof(copy), "%s", text);
	for (word = strtok_r(copy, " \t\n", &save); word;
	     word = strtok_r(NULL, " \t\n", &save)) {
		if (!parse_word(spec, word))
			return false;
	}
	return true;
}

void frame_set_id(uint8_t *buf, uint32_t id)
{
	memcpy(buf + 6, frame_oui, 3);
	buf[9] = id >> 16;
	put16(buf + 10, id);
}

static uint16_t checksum(const uint8_t *p, size_t len)
{
	uint32_t sum = 0;
	size_t i;

	for (i = 0; i < len; i += 2)
		sum += p[i] << 8 | p[i + 1];
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return ~sum;
}

/* From 192.0.2.2 to 192.0.2.1, or from 2001:db8::2 to ::1; UDP port 9. */
static void build_ip(const struct frame_spec *spec, uint8_t *p)
{
	static const uint8_t ip4[] = {
		0x45, 0, 0, 0, 0, 1, 0, 0, 64, 17, 0, 0,
		192, 0, 2, 2, 192, 0, 2, 1,
	};
	static const uint8_t ip6[] = {
		0x60, 0, 0, 0, 0, 0, 17, 64,
		0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2,
		0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1,
	};
	size_t head = spec->ip == 4 ? sizeof(ip4) : sizeof(ip6);
	uint8_t *udp = p + head;

	memcpy(p, spec->ip == 4 ? ip4 : ip6, head);
	if (spec->ip == 4) {
		p[1] = spec->tos;
		put16(p + 2, spec->payload);
		put16(p + 10, checksum(p, head));
	} else {
		p[0] |= spec->tos >> 4;
		p[1] |= spec->tos << 4;
		put16(p + 4, spec->payload - head);
	}
	put16(udp, 9);
	put16(udp + 2, 9);
	put16(udp + 4, spec->payload - head);
	put16(udp + 6, 0);
}

size_t frame_build(const struct frame_spec *spec, uint32_t id, uint8_t *buf)
{
	uint8_t *p = buf + 12;
	unsigned int i;

	memcpy(buf, spec->dst, 6);
	frame_set_id(buf, id);
	for (i = 0; i < spec->ntags; i++, p += 4) {
		put16(p, spec->tags[i].tpid);
		put16(p + 2, spec->tags[i].tci);
	}
	put16(p, spec->type);
	p += 2;
	for (i = 0; i < spec->payload; i++)
		p[i] = i * 7 + 1;
	if (spec->ip)
		build_ip(spec, p);
	memcpy(p, spec->bytes, spec->nbytes);
	p += spec->payload;
	if (spec->has_src) {
		memcpy(buf + 6, spec->src, 6);
		memcpy(p, frame_end, sizeof(frame_end));
		p += sizeof(frame_end);
		*p++ = id >> 16;
		put16(p, id);
		p += 2;
	}
	return p - buf;
}

/* Put a tag that the kernel took out of the frame back where it was. */
size_t frame_insert_tag(uint8_t *buf, size_t len, uint16_t tpid, uint16_t tci)
{
	memmove(buf + 16, buf + 12, len - 12);
	put16(buf + 12, tpid);
	put16(buf + 14, tci);
	return len + 4;
}

bool frame_id(const uint8_t *buf, size_t len, uint32_t *id)
{
	const uint8_t *end = buf + len - 3;

	if (len >= 14 + FRAME_END &&
	    !memcmp(end - sizeof(frame_end), frame_end, sizeof(frame_end))) {
		*id = end[0] << 16 | get16(end + 1);
		return true;
	}
	if (len < 12 || memcmp(buf + 6, frame_oui, 3))
		return false;
	*id = buf[9] << 16 | get16(buf + 10);
	return true;
}

static bool is_tpid(uint16_t type)
{
	return type == 0x8100 || type == 0x88a8 || type == 0x9100;
}

/* The text form of a frame, for people and histograms; static storage. */
const char *frame_text(const uint8_t *buf, size_t len)
{
	static char text[512];
	size_t at = 12, n = 0;
	uint16_t tci;

	text[0] = 0;
	while (at + 4 <= len && is_tpid(get16(buf + at)) &&
	       n < sizeof(text) - 64) {
		tci = get16(buf + at + 2);
		n += sprintf(text + n, "%04x:%d", get16(buf + at),
			     tci & 0xfff);
		if (tci >> 13)
			n += sprintf(text + n, ".p%d", tci >> 13);
		if (tci & 0x1000)
			n += sprintf(text + n, ".d");
		n += sprintf(text + n, " ");
		at += 4;
	}
	if (at + 2 > len)
		sprintf(text + n, "short len=%zu", len);
	else
		sprintf(text + n, "%stype=%04x pay=%zu", n ? "" : "- ",
			get16(buf + at), len - at - 2);
	return text;
}

/* xorshift64*: the same numbers from the same seed on every machine. */
uint32_t frame_random(uint64_t *state)
{
	*state ^= *state >> 12;
	*state ^= *state << 25;
	*state ^= *state >> 27;
	return (*state * 2685821657736338717ull) >> 32;
}
