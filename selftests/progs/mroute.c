// SPDX-License-Identifier: GPL-2.0
/*
 * mroute TABLE DEVICE...: forward 239.1.1.1 and ff05::1:1 from each device to
 * all others, in the network namespace it runs in, until it is killed. TABLE
 * is that of a VRF, or 0. Device number N, counted from 1, has the sources
 * 10.1.N.2 and fd00:N::2.
 */
#include <arpa/inet.h>
#include <linux/mroute.h>
#include <linux/mroute6.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void set(int fd, int level, int option, const void *p, size_t len)
{
	if (!setsockopt(fd, level, option, p, (socklen_t)len))
		return;
	perror("mroute");
	exit(1);
}

static void route4(int fd, int n)
{
	struct mfcctl mfc = { .mfcc_parent = 0 };
	char addr[32];
	int i, j;

	for (i = 0; i < n; i++) {
		memset(&mfc, 0, sizeof(mfc));
		snprintf(addr, sizeof(addr), "10.1.%d.2", i + 1);
		inet_pton(AF_INET, addr, &mfc.mfcc_origin);
		inet_pton(AF_INET, "239.1.1.1", &mfc.mfcc_mcastgrp);
		mfc.mfcc_parent = (vifi_t)i;
		for (j = 0; j < n; j++)
			mfc.mfcc_ttls[j] = j == i ? 255 : 1;
		set(fd, IPPROTO_IP, MRT_ADD_MFC, &mfc, sizeof(mfc));
	}
}

static void route6(int fd, int n)
{
	struct mf6cctl mfc;
	char addr[32];
	int i, j;

	for (i = 0; i < n; i++) {
		memset(&mfc, 0, sizeof(mfc));
		snprintf(addr, sizeof(addr), "fd00:%x::2", i + 1);
		mfc.mf6cc_origin.sin6_family = AF_INET6;
		inet_pton(AF_INET6, addr, &mfc.mf6cc_origin.sin6_addr);
		mfc.mf6cc_mcastgrp.sin6_family = AF_INET6;
		inet_pton(AF_INET6, "ff05::1:1", &mfc.mf6cc_mcastgrp.sin6_addr);
		mfc.mf6cc_parent = (mifi_t)i;
		for (j = 0; j < n; j++)
			if (j != i)
				IF_SET(j, &mfc.mf6cc_ifset);
		set(fd, IPPROTO_IPV6, MRT6_ADD_MFC, &mfc, sizeof(mfc));
	}
}

int main(int argc, char **argv)
{
	int fd4 = socket(AF_INET, SOCK_RAW, IPPROTO_IGMP);
	int fd6 = socket(AF_INET6, SOCK_RAW, IPPROTO_ICMPV6);
	unsigned int table;
	int one = 1, i;

	if (argc < 3 || argc - 2 > MAXVIFS)
		return 1;
	table = (unsigned int)atoi(argv[1]);
	if (table) {
		set(fd4, IPPROTO_IP, MRT_TABLE, &table, sizeof(table));
		set(fd6, IPPROTO_IPV6, MRT6_TABLE, &table, sizeof(table));
	}
	set(fd4, IPPROTO_IP, MRT_INIT, &one, sizeof(one));
	set(fd6, IPPROTO_IPV6, MRT6_INIT, &one, sizeof(one));
	for (i = 2; i < argc; i++) {
		struct vifctl vif = {
			.vifc_vifi = (vifi_t)(i - 2),
			.vifc_flags = VIFF_USE_IFINDEX,
			.vifc_threshold = 1,
			.vifc_lcl_ifindex = (int)if_nametoindex(argv[i]),
		};
		struct mif6ctl mif = {
			.mif6c_mifi = (mifi_t)(i - 2),
			.vifc_threshold = 1,
			.mif6c_pifi = (unsigned short)vif.vifc_lcl_ifindex,
		};

		set(fd4, IPPROTO_IP, MRT_ADD_VIF, &vif, sizeof(vif));
		set(fd6, IPPROTO_IPV6, MRT6_ADD_MIF, &mif, sizeof(mif));
	}
	route4(fd4, argc - 2);
	route6(fd6, argc - 2);
	puts("ready");
	fflush(stdout);
	pause();
	return 0;
}
