/* SPDX-License-Identifier: GPL-2.0 */
/* Packet sockets in any network namespace. */
#ifndef VXC_TEST_TAP_H
#define VXC_TEST_TAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TAP_NETNS	8

/* A frame as it was captured, with the tag that the kernel keeps beside it. */
struct tap_frame {
	int netns;		/* index given to tap_netns() */
	int ifindex;
	uint8_t pkttype;
	bool behind;		/* seen behind the rx_handler */
	size_t len;
	uint8_t *data;
};

typedef void tap_fn(const struct tap_frame *frame, void *arg);

void die(const char *fmt, ...) __attribute__((format(printf, 1, 2), noreturn));
void tap_init(void);
void tap_pin(void);
int tap_netns(const char *path);
void tap_enter(int netns);
int tap_ifindex(int netns, const char *dev);
const char *tap_ifname(int netns, int ifindex);
int tap_sender(int netns, const char *dev, bool bypass);
bool tap_send(int fd, const void *buf, size_t len);
void tap_listen(int netns);
void tap_listen_behind(int netns, uint16_t protocol);
int tap_collect(int timeout_ms, tap_fn *fn, void *arg);
unsigned long tap_lost(void);
int64_t tap_now_ms(void);

#endif
