#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# generate.sh [--check]: write the uAPI header and the netlink policy from
# vxc.yaml, with the generator of Linux 6.12. --check only compares.

set -eu

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
top=$(cd "$here/../.." && pwd)
check=${1-}
linux=$("$top/selftests/qemu/linux-tools.sh")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
specs=Documentation/netlink/specs

# The generator climbs from the spec until it finds MAINTAINERS, for ever if
# there is none, and looks for the schemas beside the folder of specs
mkdir -p "$work/$specs"
touch "$work/MAINTAINERS"
cp "$linux"/Documentation/netlink/*.yaml "$work/Documentation/netlink"
cp "$here/vxc.yaml" "$work/$specs"

# generate MODE KIND FILE
generate()
{
	(cd "$work" &&
	 timeout 120 /usr/bin/python3 "$linux/tools/net/ynl/ynl-gen-c.py" \
		--spec "$specs/vxc.yaml" --mode "$1" "--$2" -o "$work/$3")
}

# settle FILE PATH: compare, or replace what differs
settle()
{
	if cmp -s "$work/$1" "$top/$2"; then
		return
	elif [ "$check" = --check ]; then
		diff -u --label "$2" --label generated "$top/$2" "$work/$1" ||
			stale=1
	else
		cp "$work/$1" "$top/$2"
		echo "$2 regenerated"
	fi
}

generate uapi header vxc.h
generate kernel header netlink-gen.h
generate kernel source netlink-gen.c

# It calls the family's own multicast groups static, for only families of the
# newer protocol get their struct genl_family generated. Ours is in netlink.c.
sed -i 's/^static \(const struct genl_multicast_group vxc_nl_mcgrps\)\[\]/\1[1]/' \
	"$work/netlink-gen.c"
sed -i '/^extern const struct genl_ops /a extern const struct genl_multicast_group vxc_nl_mcgrps[1];' \
	"$work/netlink-gen.h"

stale=''
settle vxc.h include/uapi/linux/vxc.h
settle netlink-gen.h kmod/netlink-gen.h
settle netlink-gen.c kmod/netlink-gen.c
[ -z "$stale" ] || {
	echo "generated files are stale: make spec" >&2
	exit 1
}
