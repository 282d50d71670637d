#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# linux-tools.sh: print the folder of what we use of Linux 6.12's source:
# checkpatch, kernel-doc, and the generator of netlink code with its schemas.
# Debian has them in no package but the source.

. "$(dirname "${BASH_SOURCE[0]}")/lab.sh"
. "$lab_dir/archive.sh"

suite=bookworm-backports
source=linux-source-6.12
files=(
	scripts/checkpatch.pl scripts/spelling.txt
	scripts/const_structs.checkpatch scripts/kernel-doc
	tools/net/ynl Documentation/netlink
)

unpack_tools()
{
	say "getting checkpatch and the netlink generator from $source"
	open_suite "$suite"
	mkdir -p "$1/deb" "$1/linux"
	unpack_packages "$suite" "$1/deb" "$source"
	tar -C "$1/linux" --strip-components=1 \
		-xf "$1/deb/usr/src/$source.tar.xz" "${files[@]/#/$source/}"
	rm -rf "$1/deb"
}

dir=$lab_cache/linux-tools
once "$dir" unpack_tools
echo "$dir/linux"
