// SPDX-License-Identifier: GPL-2.0
/* What vtysh says, as FRR 8.4 and 10 write it. */
#include <stdlib.h>

#include "frr.h"
#include "ktap.h"
#include "vxc.h"

static const char config_text[] =
	"Building configuration...\n"
	"\n"
	"frr defaults traditional\n"
	"!\n"
	"router bgp 12076\n"
	" bgp router-id 192.168.100.1\n"
	" neighbor 192.0.2.2 remote-as 65002\n"
	" neighbor 192.0.2.2 description route-map of nobody in\n"
	" !\n"
	" address-family ipv4 unicast\n"
	"  neighbor GROUP route-map ALL in\n"
	"  neighbor 192.0.2.2 activate\n"
	"  neighbor 192.0.2.2 route-map MARK out\n"
	" exit-address-family\n"
	" !\n"
	" address-family ipv4 vpn\n"
	"  neighbor 192.0.2.2 route-map VPN out\n"
	" exit-address-family\n"
	"exit\n"
	"!\n"
	"router bgp 4200000000 vrf beta\r\n"
	" address-family ipv6 unicast\r\n"
	"  neighbor beta-a route-map vxc-drain/beta/primary/beta-a/ipv6/in in\r\n"
	" exit-address-family\r\n"
	"exit\n"
	"!\n"
	"route-map vxc-drain/beta/primary/beta-a/ipv6/in permit 1\n"
	" call OLD\n"
	" on-match next\n"
	"exit\n"
	"!\n"
	"route-map vxc-drain/beta/primary/beta-a/ipv6/in permit 2\n"
	" description was OLD\n"
	" set local-preference 0\n"
	"exit\n"
	"!\n"
	"interface beta-a\n"
	" description was of no route-map\n"
	"exit\n"
	"end\n";

static void test_config(void)
{
	const struct frr_use *use;
	struct frr_config config;
	char *text = strdup(config_text);

	frr_parse_config(text, &config);
	free(text);
	check_int((long long)config.n_routers, 2);
	check_str(config.routers[0].as, "12076");
	check_str(config.routers[0].vrf, "default");
	check_str(config.routers[1].as, "4200000000");
	check_str(config.routers[1].vrf, "beta");
	check_int((long long)config.n_uses, 3);
	use = frr_find_use(&config, "default", "192.0.2.2", FRR_IPV4, FRR_OUT);
	if (check(use))
		check_str(use->map, "MARK");
	check(!frr_find_use(&config, "default", "192.0.2.2", FRR_IPV4, FRR_IN));
	check(!frr_find_use(&config, "beta", "192.0.2.2", FRR_IPV4, FRR_OUT));
	use = frr_find_use(&config, "beta", "beta-a", FRR_IPV6, FRR_IN);
	if (check(use)) {
		check_str(use->map, "vxc-drain/beta/primary/beta-a/ipv6/in");
		check_str(frr_find_note(&config, use->map), "was OLD");
	}
	check_int((long long)config.n_notes, 1);
	frr_free_config(&config);
	ktap_test("a configuration");
}

static const char neighbours_text[] =
	"BGP neighbor is 192.0.2.2, remote AS 65002, local AS 12076, external link\n"
	"  BGP version 4, remote router ID 10.2.0.1\n"
	"  BGP state = Established, up for 00:00:02\n"
	"    IPv4 Unicast:\n"
	"      F bit: False\n"
	"\n"
	" For address family: IPv4 Unicast\n"
	"  GROUP peer-group member\n"
	"  Route map for incoming advertisements is *ALL\n"
	"  Route map for outgoing advertisements is GONE\n"
	"  0 accepted prefixes\n"
	"\n"
	" For address family: VPNv4 Unicast\n"
	"  Route map for incoming advertisements is *VPN\n"
	"\n"
	"BGP neighbor on beta-a: fe80::1, remote AS 65002, local AS 12076, external link\n"
	"  BGP state = Active\n"
	"\n"
	" For address family: IPv6 Unicast\n"
	"  Inbound updates discarded due to missing policy\n"
	"  Outbound updates discarded due to missing policy\n"
	"  0 accepted prefixes\n";

static void test_neighbours(void)
{
	struct frr_neighbours list;
	char *text = strdup(neighbours_text);

	frr_parse_neighbours(text, &list);
	free(text);
	if (!check_int((long long)list.n, 2))
		return;
	check_str(list.v[0].name, "192.0.2.2");
	check_str(list.v[0].address, "192.0.2.2");
	check(list.v[0].established);
	check(list.v[0].has[FRR_IPV4] && !list.v[0].has[FRR_IPV6]);
	check_str(list.v[0].map[FRR_IPV4][FRR_IN], "ALL");
	check_str(list.v[0].map[FRR_IPV4][FRR_OUT], "GONE");
	check(!list.v[0].no_policy[FRR_IPV4][FRR_IN]);
	check_str(list.v[1].name, "beta-a");
	check_str(list.v[1].address, "fe80::1");
	check(!list.v[1].established);
	check(list.v[1].has[FRR_IPV6] && !list.v[1].has[FRR_IPV4]);
	check(list.v[1].no_policy[FRR_IPV6][FRR_IN]);
	check(list.v[1].no_policy[FRR_IPV6][FRR_OUT]);
	free(list.v);
	ktap_test("neighbours");
}

static void test_nothing(void)
{
	struct frr_neighbours list;
	struct frr_config config;
	char odd[] = "router bgp\n neighbor\nroute-map\n neighbor x y z\n";
	char empty[] = "";

	frr_parse_config(empty, &config);
	check(!config.n_routers && !config.n_uses && !config.n_notes);
	frr_free_config(&config);
	frr_parse_config(odd, &config);
	check_int((long long)config.n_routers, 1);
	frr_free_config(&config);
	empty[0] = '\0';
	frr_parse_neighbours(empty, &list);
	check(!list.n);
	ktap_test("nothing, and less than there should be");
}

int main(void)
{
	ktap_begin(3);
	test_config();
	test_neighbours();
	test_nothing();
	return ktap_end();
}
