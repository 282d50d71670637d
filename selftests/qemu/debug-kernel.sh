#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# debug-kernel.sh: print the folder of a kernel 6.1 with KASAN, lockdep,
# kmemleak and failure injection, built from Debian's source and debug.config
# if need be (half an hour on two cores). In it: release, bzImage,
# lib/modules/RELEASE/, build/ and the part of the source that build/ uses.
#
# VXC_DEBUG_KERNEL may name one that is built already: such a folder, or a
# .tar.zst of release, bzImage, obj/ (build/), src/ and mods/ (the modules).

. "$(dirname "${BASH_SOURCE[0]}")/lab.sh"
. "$lab_dir/archive.sh"

# settle DIR: a build folder knows its source by an absolute path
settle()
{
	local home=${1%.new}

	echo "include $home/src/Makefile" > "$1/build/Makefile"
	ln -sfn ../src "$1/build/source"
	depmod -b "$1" "$(cat "$1/release")"
}

unpack_prebuilt()
{
	local release

	say "unpacking a prebuilt debug kernel"
	mkdir -p "$2/lib/modules"
	tar -C "$2" --zstd -xf "$1"
	release=$(cat "$2/release")
	mv "$2/obj" "$2/build"
	mv "$2/mods" "$2/lib/modules/$release"
	rm -f "$2/lib/modules/$release"/{build,source}
	settle "$2"
}

# Options that olddefconfig dropped would be checks that nobody makes
check_config()
{
	local line missing=''

	while read -r line; do
		grep -qxF "$line" "$1/.config" || missing+=" $line"
	done < <(grep '^CONFIG_' "$lab_dir/debug.config")
	[ -z "$missing" ] || die "not in the configuration:$missing"
}

configure()
{
	make -s -C "$1/src" O="$1/build" tinyconfig
	"$1/src/scripts/kconfig/merge_config.sh" -m -O "$1/build" \
		"$1/build/.config" "$lab_dir/debug.config"
	make -s -C "$1/src" O="$1/build" olddefconfig
	check_config "$1/build"
}

compile()
{
	local jobs

	jobs=$(nproc)
	nice make -s -C "$1/src" O="$1/build" -j"$jobs" bzImage modules
	make -s -C "$1/src" O="$1/build" INSTALL_MOD_PATH="$1" modules_install
	make -s -C "$1/src" O="$1/build" kernelrelease > "$1/release"
	cp "$1/build/arch/x86/boot/bzImage" "$1/build/System.map" "$1"
	rm -f "$1"/lib/modules/*/{build,source}
}

# Keep what modules are built with: a tenth of a percent of the rest
prune()
{
	(cd "$1/src" &&
	 find . -mindepth 1 -maxdepth 1 ! -name Makefile ! -name Kbuild \
		! -name Kconfig ! -name include ! -name scripts ! -name tools \
		! -name arch -exec rm -rf {} + &&
	 find arch -mindepth 1 -maxdepth 1 ! -name x86 -exec rm -rf {} + &&
	 find tools -mindepth 1 -maxdepth 1 ! -name objtool ! -name build \
		! -name include ! -name lib ! -name scripts -exec rm -rf {} +)
	(cd "$1/build" &&
	 find . -mindepth 1 -maxdepth 1 ! -name .config ! -name include \
		! -name Module.symvers ! -name scripts ! -name tools \
		! -name arch -exec rm -rf {} + &&
	 find . -type f \( -name '*.o' -o -name '*.a' -o -name '*.cmd' \
		-o -name 'vmlinux*' -o -name bzImage \) -delete)
}

build_debug()
{
	local deb=$1/deb

	say "building the debug kernel, which takes about half an hour"
	open_suite bookworm
	mkdir -p "$deb" "$1/src" "$1/build"
	unpack_packages bookworm "$deb" linux-source-6.1
	tar -C "$1/src" --strip-components=1 -xf \
		"$deb/usr/src/linux-source-6.1.tar.xz"
	rm -rf "$deb"
	quietly "$lab_cache/log/debug-config.log" configure "$1"
	quietly "$lab_cache/log/debug-build.log" compile "$1"
	prune "$1"
	settle "$1"
}

given=${VXC_DEBUG_KERNEL:-}
if [ -d "$given" ]; then
	dir=$(realpath "$given")
elif [ -n "$given" ]; then
	[ -r "$given" ] || die "VXC_DEBUG_KERNEL names no file: $given"
	hash=$(stat -Lc '%n %s %Y' "$given" | sha256sum | cut -c 1-12)
	dir=$lab_cache/kernel/debug-$hash
	once "$dir" unpack_prebuilt "$given"
else
	hash=$(sha256sum "$lab_dir/debug.config" | cut -c 1-12)
	dir=$lab_cache/kernel/debug-$hash
	once "$dir" build_debug
fi
echo "$dir"
