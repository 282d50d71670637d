#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# kernel.sh KERNEL: print the folder of a kernel, fetched if need be.
#
#   stock   the cloud kernel of this Debian, for which headers are installed
#   6.12    the cloud kernel of Debian 12's backports
#   7.x     the cloud kernel of Debian 13's backports
#   i386    headers only, of the 32-bit kernel of this Debian
#   debug   built with everything that finds faults: see debug-kernel.sh
#   uml     User Mode Linux, a program and no bzImage: see uml-kernel.sh
#
# In the folder:  release  bzImage  lib/modules/RELEASE/  build/ (for make -C)
# and, where this machine's gcc does not fit, toolchain/ (a Debian to build in).

. "$(dirname "${BASH_SOURCE[0]}")/lab.sh"
. "$lab_dir/archive.sh"

# arrange DIR: name the parts of the unpacked packages as described above
arrange()
{
	local dir=$1 image

	image=$(find "$dir" -name 'vmlinuz*' -type f)
	[ -e "$dir/lib/modules" ] || {
		mkdir -p "$dir/lib"
		ln -s ../usr/lib/modules "$dir/lib/modules"
	}
	cp "$image" "$dir/bzImage"
	basename "$dir"/lib/modules/* > "$dir/release"
	rm -f "$dir"/lib/modules/*/{build,source}
	depmod -b "$dir" "$(cat "$dir/release")"

	point_at_headers "$dir"
}

# The makefile of the headers has paths of where they get installed
point_at_headers()
{
	local home=${1%.new} headers

	headers=usr/src/linux-headers-$(cat "$1/release")
	[ -d "$1/$headers" ] || return 0
	sed -i "s,/usr/src/,$home/usr/src/,g" "$1/$headers/Makefile"
	ln -s "$headers" "$1/build"
}

unpack_stock()
{
	mkdir -p "$2"
	if [ -r "/boot/vmlinuz-$1" ] && [ -d "/lib/modules/$1/kernel" ]; then
		mkdir -p "$2/boot" "$2/lib/modules"
		cp "/boot/vmlinuz-$1" "$2/boot"
		cp -a "/lib/modules/$1" "$2/lib/modules"
	else
		say "getting Linux $1"
		(cd "$2" &&
		 quietly "$lab_cache/log/stock.log" \
			apt-get -q download "linux-image-$1" &&
		 dpkg -x linux-image-*.deb . && rm linux-image-*.deb)
	fi
	arrange "$2"
	ln -s "/usr/src/linux-headers-$1" "$2/build"
}

unpack_backport()
{
	local suite=$1 packages

	open_suite "$suite"
	packages=$(kernel_packages "$suite" \
			linux-image-cloud-amd64 linux-headers-cloud-amd64)
	say "getting the kernel of $suite"
	mkdir -p "$2"
	# shellcheck disable=SC2086 # a list of names
	unpack_packages "$suite" "$2" $packages
	arrange "$2"
}

# Linux 7 wants a newer gcc than this Debian has
unpack_trixie()
{
	unpack_backport trixie-backports "$1"
	once "$lab_cache/toolchain-trixie" make_toolchain
	ln -s "$lab_cache/toolchain-trixie" "$1/toolchain"
}

# The programs of kbuild have to run here, the compiler can do -m32
unpack_i386()
{
	local suite=$1 headers packages

	apt_arch=i386
	open_suite "$suite"
	packages=$(kernel_packages "$suite" linux-headers-686-pae |
			grep -v kbuild)
	say "getting the headers of a 32-bit kernel"
	mkdir -p "$2"
	# shellcheck disable=SC2086 # a list of names
	unpack_packages "$suite" "$2" $packages
	apt_arch=amd64
	open_suite "$suite"
	unpack_packages "$suite" "$2" linux-kbuild-6.1
	headers=$(basename "$2"/usr/src/linux-headers-*-686-pae)
	sed -i 's/^override CROSS_COMPILE.*//' \
		"$2/usr/src/$headers/.kernelvariables"
	echo "${headers#linux-headers-}" > "$2/release"
	point_at_headers "$2"
}

make_toolchain()
{
	say "making a Debian 13 to build for Linux 7 in"
	quietly "$lab_cache/log/toolchain.log" mmdebstrap --variant=apt \
		--dpkgopt='path-exclude=/usr/share/doc/*' \
		--include=gcc-14,make,libelf1t64,libdw1t64,pahole,kmod \
		trixie "$1" "$(source_line trixie)"
}

# The newest of the installed headers of the cloud flavour
stock_release()
{
	# shellcheck disable=SC2012 # version order, and kernel names are tame
	ls -d /usr/src/linux-headers-*-cloud-amd64 2>/dev/null |
		sed 's,.*/linux-headers-,,' | sort -V | tail -n 1
}

case ${1-stock} in
stock)
	release=$(stock_release)
	[ -n "$release" ] || die "no kernel headers installed: make deps"
	dir=$lab_cache/kernel/$release
	once "$dir" unpack_stock "$release"
	;;
6.12)
	dir=$lab_cache/kernel/6.12
	once "$dir" unpack_backport bookworm-backports
	;;
7.x)
	dir=$lab_cache/kernel/7.x
	once "$dir" unpack_trixie
	;;
i386)
	dir=$lab_cache/kernel/i386
	once "$dir" unpack_i386 bookworm
	;;
debug)
	dir=$("$lab_dir/debug-kernel.sh")
	;;
uml)
	dir=$("$lab_dir/uml-kernel.sh")
	;;
*)
	die "no kernel '$1': stock, 6.12, 7.x, debug or uml"
	;;
esac
echo "$dir"
