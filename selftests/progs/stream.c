// SPDX-License-Identifier: GPL-2.0
/*
 * One TCP connection between two network namespaces; every byte is checked.
 * TOS in the environment is that of the sender's packets.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tap.h"

#define PORT	"7788"
#define CHUNK	65536
#define PERIOD	251	/* a prime: no segment begins like another */

static void limit_time(int fd)
{
	struct timeval limit = { 60, 0 };

	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit));
}

static void set_tos(int fd, int family, int tos)
{
	if (family == AF_INET6 ?
	    setsockopt(fd, IPPROTO_IPV6, IPV6_TCLASS, &tos, sizeof(tos)) :
	    setsockopt(fd, IPPROTO_IP, IP_TOS, &tos, sizeof(tos)))
		die("TOS %d: %m", tos);
}

static int open_socket(int netns, const char *address, bool server)
{
	struct addrinfo hints = { .ai_socktype = SOCK_STREAM,
				  .ai_flags = AI_NUMERICHOST }, *ai;
	const char *tos = getenv("TOS");
	int one = 1;
	int fd;

	if (getaddrinfo(address, PORT, &hints, &ai))
		die("not an address: %s", address);
	tap_enter(netns);
	fd = socket(ai->ai_family, SOCK_STREAM, 0);
	tap_enter(-1);
	if (fd < 0)
		die("socket: %m");
	limit_time(fd);
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	if (tos && !server)
		set_tos(fd, ai->ai_family, atoi(tos));
	if (server ? bind(fd, ai->ai_addr, ai->ai_addrlen) || listen(fd, 1) :
		     connect(fd, ai->ai_addr, ai->ai_addrlen))
		die("%s: %m", address);
	freeaddrinfo(ai);
	return fd;
}

static void send_all(int fd, unsigned long total)
{
	static unsigned char buf[CHUNK + PERIOD];
	unsigned long done = 0;
	size_t want;
	ssize_t n;
	size_t i;

	for (i = 0; i < sizeof(buf); i++)
		buf[i] = i % PERIOD;
	while (done < total) {
		want = total - done < CHUNK ? total - done : CHUNK;
		n = send(fd, buf + done % PERIOD, want, 0);
		if (n <= 0)
			die("send after %lu bytes: %m", done);
		done += n;
	}
}

static unsigned long receive_all(int fd)
{
	static unsigned char buf[CHUNK];
	unsigned long done = 0;
	ssize_t n, i;

	while ((n = recv(fd, buf, sizeof(buf), 0)) > 0) {
		for (i = 0; i < n; i++, done++) {
			if (buf[i] != done % PERIOD)
				die("byte %lu is wrong", done);
		}
	}
	if (n < 0)
		die("receive after %lu bytes: %m", done);
	return done;
}

int main(int argc, char **argv)
{
	int from, to, server, fd, status;
	unsigned long total, got;
	pid_t pid;

	if (argc != 5)
		die("usage: stream FROM-NETNS TO-NETNS TO-ADDRESS BYTES");
	tap_init();
	from = tap_netns(argv[1]);
	to = tap_netns(argv[2]);
	total = strtoul(argv[4], NULL, 0);
	server = open_socket(to, argv[3], true);
	pid = fork();
	if (!pid) {
		fd = open_socket(from, argv[3], false);
		send_all(fd, total);
		close(fd);
		return 0;
	}
	fd = accept(server, NULL, NULL);
	if (fd < 0)
		die("nobody came: %m");
	limit_time(fd);
	got = receive_all(fd);
	if (waitpid(pid, &status, 0) < 0 || status || got != total)
		die("%lu bytes of %lu arrived", got, total);
	printf("%lu bytes\n", got);
	return 0;
}
