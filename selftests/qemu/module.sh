#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# module.sh KERNEL [MAKE ARG...]: build the module for a kernel of kernel.sh in
# build/RELEASE, away from the tree's own build, and print its path. Its log is
# build/log/module-RELEASE.log; VXC_VARIANT is appended to RELEASE.

. "$(dirname "${BASH_SOURCE[0]}")/lab.sh"

name=${1-stock}
shift $(($# > 0))
kernel=$("$lab_dir/kernel.sh" "$name")
release=$(cat "$kernel/release")
out=$lab_top/build/$release${VXC_VARIANT:-}

[ -e "$lab_top/Kbuild" ] || die "no Kbuild in $lab_top"

# Same times, so that make rebuilds no more than it must
copy_sources()
{
	local file

	cd "$lab_top"
	find Kbuild kmod include -name '*.[chS]' -o -name Kbuild |
		grep -v '\.mod\.c$' | xargs cp -pu --parents -t "$out"
	cp -pu VERSION "$out"
	cd "$out"
	find kmod include -name '*.[chS]' | while read -r file; do
		[ -e "$lab_top/$file" ] || rm "$file"
	done
}

# in_toolchain DIR COMMAND...: with the same paths as out here. objtool needs
# /proc. The mounts are seen by nobody else and end with the command.
in_toolchain()
{
	local root=$1

	shift
	# shellcheck disable=SC2016 # for the inner shell
	unshare --mount bash -ec '
		root=$1 kernel=$2 out=$3; shift 3
		for dir in /proc "$kernel" "$out"; do
			mkdir -p "$root$dir"
			mount --bind "$dir" "$root$dir"
		done
		exec chroot "$root" /usr/bin/env -i PATH=/usr/bin:/bin "$@"
	' - "$root" "$kernel" "$out" "$@"
}

build()
{
	local make=(make -C "$kernel/build" "M=$out" "$@" modules)

	if [ -e "$kernel/toolchain" ]; then
		in_toolchain "$(realpath "$kernel/toolchain")" "${make[@]}"
	else
		"${make[@]}"
	fi
}

mkdir -p "$out" "$lab_top/build/log"
exec {lock}> "$out.lock"
flock "$lock"
copy_sources
quietly "$lab_top/build/log/module-${out##*/}.log" build "$@"
echo "$out/vxc.ko"
