#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# generate.sh [--check]: make the uapi header and the kernel's policy from
# vxc.yaml, or with --check compare only. YNL_DIR names a kernel source tree
# (6.12 or later) with tools/net/ynl and Documentation/netlink.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
: "${YNL_DIR:?names no kernel source tree}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The generator looks for a kernel tree around the specification, by a file
# MAINTAINERS, and for its schemas there.
mkdir -p "$work/Documentation/netlink/specs"
touch "$work/MAINTAINERS"
cp "$YNL_DIR"/Documentation/netlink/*.yaml "$work/Documentation/netlink/"
cp "$here/vxc.yaml" "$work/Documentation/netlink/specs/"

ynl() { # mode kind output
	(cd "$work" && timeout 60 /usr/bin/python3 \
		"$YNL_DIR/tools/net/ynl/ynl-gen-c.py" \
		--spec Documentation/netlink/specs/vxc.yaml \
		--mode "$1" "--$2" -o "$work/$3")
}

ynl uapi header vxc.h
ynl kernel header netlink-gen.h
ynl kernel source netlink-gen.c

# Kernels before 6.2 take plain genl_ops, for which the generator makes no
# family, so the groups have to be seen by the file that has it.
sed -i 's|^static \(const struct genl_multicast_group vxc_nl_mcgrps\)\[\]|\1[1]|
	s|^#include "netlink-gen.*"|#include "netlink-gen.h"|' \
	"$work/netlink-gen.c"
sed -i '/^extern const struct genl_ops/a\
extern const struct genl_multicast_group vxc_nl_mcgrps[1];' \
	"$work/netlink-gen.h"

status=0
place() { # file destination
	if [ "${check:-}" ]; then
		diff -u "$top/$2" "$work/$1" || status=1
	else
		cp "$work/$1" "$top/$2"
	fi
}

[ "${1:-}" != --check ] || check=1
place vxc.h include/uapi/linux/vxc.h
place netlink-gen.h kmod/netlink-gen.h
place netlink-gen.c kmod/netlink-gen.c
exit $status
