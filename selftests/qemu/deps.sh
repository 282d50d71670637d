#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# deps.sh: have apt install what building, checking and the virtual machines
# need of Debian 12. Says nothing and takes no time when all of it is there.

. "$(dirname "${BASH_SOURCE[0]}")/lab.sh"

packages=(
	# to build
	gcc make libc6-dev pkg-config libmnl-dev linux-headers-cloud-amd64
	# for virtual machines
	mmdebstrap debian-archive-keyring squashfs-tools busybox-static cpio
	kmod xz-utils zstd pahole util-linux
	# to check
	git shellcheck yamllint cppcheck sparse perl man-db
	python3 python3-yaml python3-jsonschema python3-scapy tshark
	# for a debug kernel
	bc flex bison libelf-dev rsync
)

missing()
{
	local package

	for package in "${packages[@]}"; do
		dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2>/dev/null |
			grep -q '^ii' || echo "$package"
	done
}

install()
{
	quietly "$lab_cache/log/deps.log" env DEBIAN_FRONTEND=noninteractive \
		apt-get -q -y --no-install-recommends install "$@"
}

mapfile -t wanted < <(missing)
[ "${#wanted[@]}" -gt 0 ] || exit 0
[ "$(id -u)" = 0 ] ||
	die "as root, please: apt-get install ${wanted[*]}"
say "installing: ${wanted[*]}"
if ! install "${wanted[@]}" 2>/dev/null; then
	say "reading the package lists again"
	quietly "$lab_cache/log/deps-update.log" apt-get -q update
	install "${wanted[@]}"
fi
