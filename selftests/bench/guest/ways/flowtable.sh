# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034,SC2154 # from and for lib.sh
# VLAN devices on VLAN devices, and an nftables flowtable on the ports

l3()
{
	vlans pa 100 10 && vlans pb 300 20 || return
	X=pa.100.10 Y=pb.300.20
	modprobe -a nf_tables nf_conntrack nft_ct nf_flow_table \
		nf_flow_table_inet nft_flow_offload
	nft -f - <<-'NFT'
	table inet f {
		flowtable ft {
			hook ingress priority 0
			devices = { pa, pb }
		}
		chain forward {
			type filter hook forward priority 0
			ip protocol udp flow add @ft
		}
	}
	NFT
}

down()
{
	nft flush ruleset
}
