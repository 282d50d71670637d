#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# uml-kernel.sh: print the folder of Debian 12's User Mode Linux, fetched if
# need be: a kernel that is a program and runs at the speed of this machine.
#
# In the folder:  release  linux  lib/modules/RELEASE/  build/ (for make -C)
# and source, the version of the package that build/ is of. No kernel is built:
# only what modules need, from the source that the package was built of.

. "$(dirname "${BASH_SOURCE[0]}")/lab.sh"
. "$lab_dir/archive.sh"

suite=bookworm
package=user-mode-linux
source=linux-source-6.1

# The version the package says it was built of
built_of()
{
	apt_of "$suite" apt-cache show --no-all-versions "$package" |
		sed -n 's/^Built-Using:.*\blinux (= \([^)]*\)).*/\1/p'
}

# fitting WANTED < VERSIONS: WANTED, or another package of the same release of
# Linux. Structures differ between releases: modules of 6.1.170 crash 6.1.176.
fitting()
{
	local version best=''

	while read -r version; do
		[ "$version" != "$1" ] || { echo "$version"; return; }
		[ "${version%-*}" != "${1%-*}" ] || best=${best:-$version}
	done
	echo "$best"
}

source_version()
{
	local wanted=$1 version

	version=$(apt_of "$suite" apt-cache madison "$source" |
			awk -F'|' '$3 ~ /Packages/ { gsub(" ", "", $2); print $2 }' |
			fitting "$wanted")
	[ -n "$version" ] || die "$package was built of $source $wanted:" \
		"the archive has that no longer, and nothing that fits"
	[ "$version" = "$wanted" ] ||
		say "$source $wanted is gone from the archive: taking $version"
	echo "$version"
}

# Whoever says "make -C build" need not know for what it is. Nobody has the
# kernel's symbols, and it wants none of their checksums.
prepare_build()
{
	local build=$1 release=$2

	sed -i "1a ARCH := um\nexport KBUILD_MODPOST_WARN := 1" "$build/Makefile"
	quietly "$lab_cache/log/uml.log" make -C "$build" olddefconfig
	quietly "$lab_cache/log/uml.log" make -C "$build" modules_prepare
	[ "$(cat "$build/include/config/kernel.release")" = "$release" ] ||
		die "modules would be for $(cat \
			"$build/include/config/kernel.release"), not $release"
	find "$build" -mindepth 1 -maxdepth 1 ! -name Makefile ! -name .config \
		! -name include ! -name arch ! -name scripts -exec rm -rf {} +
	find "$build/arch" -mindepth 1 -maxdepth 1 ! -name um ! -name x86 \
		-exec rm -rf {} +
}

unpack_uml()
{
	local out=$1 version release

	open_suite "$suite"
	version=$(source_version "$(built_of)")
	say "getting User Mode Linux and $source $version"
	mkdir -p "$out/deb" "$out/build" "$out/lib"
	unpack_packages "$suite" "$out/deb" "$package" "$source=$version"
	cp "$out/deb/usr/bin/linux.uml" "$out/linux"
	cp -r "$out/deb/usr/lib/uml/modules" "$out/lib/modules"
	release=$(basename "$out"/lib/modules/*)
	tar -C "$out/build" --strip-components=1 \
		-xf "$out/deb/usr/src/$source.tar.xz"
	zcat "$out/deb/usr/share/doc/$package/config.gz" > "$out/build/.config"
	prepare_build "$out/build" "$release"
	rm -rf "$out/deb"
	echo "$version" > "$out/source"
	echo "$release" > "$out/release"
}

dir=$lab_cache/kernel/uml
once "$dir" unpack_uml
echo "$dir"
