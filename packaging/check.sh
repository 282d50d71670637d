#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Build the Debian packages from a copy of the files that git knows, look at
# them with lintian, unpack them, and let DKMS build the module from what they
# hold, in folders of its own. Runs as root; installs the tools it needs.

set -euE

top=$(cd "$(dirname "$0")/.." && pwd)
version=$(cat "$top/VERSION")
work=$(mktemp -d)
passed=0
trap 'rm -rf "$work"' EXIT
trap 'echo "not ok: $BASH_COMMAND"; exit 1' ERR

ok()
{
	passed=$((passed + 1))
	echo "ok $passed $*"
}

# run LOG COMMAND...: keep the output, show it only on failure.
run()
{
	local log=$work/$1.log

	shift
	"$@" > "$log" 2>&1 < /dev/null || {
		tail -n 40 "$log"
		return 1
	}
}

need()
{
	local package missing=()

	for package; do
		dpkg -s "$package" > /dev/null 2>&1 || missing+=("$package")
	done
	((${#missing[@]})) || return 0
	export DEBIAN_FRONTEND=noninteractive
	run update apt-get update
	run install apt-get install -y --no-install-recommends "${missing[@]}"
}

# The newest kernel of Debian's that has its headers here.
kernel_release()
{
	local dir

	for dir in /lib/modules/*/build; do
		[[ ! -e $dir/Makefile ]] || basename "$(dirname "$dir")"
	done | sort -V | tail -n 1
}

check_version()
{
	[[ $(dpkg-parsechangelog -l "$top/debian/changelog" -S Version) \
		== "$version" ]]
}

build_packages()
{
	mkdir "$work/vxc-$version"
	cd "$top"
	git ls-files -z | xargs -0 cp --parents -t "$work/vxc-$version"
	cd "$work/vxc-$version"
	run build dpkg-buildpackage -us -uc -b
	cd "$work"
}

lint()
{
	run lintian lintian --fail-on error,warning \
		"$work"/vxc_*.changes
}

has_files()
{
	local file

	for file in usr/sbin/vxc usr/share/man/man8/vxc.8.gz \
		usr/share/man/man7/vxc.7.gz \
		usr/share/bash-completion/completions/vxc \
		lib/systemd/system/vxc-sla.service \
		lib/systemd/system/vxc-sla-store.service \
		lib/systemd/system/vxc-sla-store.timer \
		"usr/src/vxc-$version/dkms.conf" \
		"usr/src/vxc-$version/Kbuild"; do
		[[ -e $work/root/$file ]] || { echo "no $file"; return 1; }
	done
	compgen -G "$work/root/usr/lib/*/ip/link_vxc.so" > /dev/null
}

# systemd takes the units, and installing the package enables them.
units_are_right()
{
	local dir=$work/units

	cp -r "$work/root/lib/systemd/system" "$dir"
	sed -i "s,/usr/sbin/,$work/root&," "$dir"/*.service
	run verify systemd-analyze verify --man=no "$dir"/*
	dpkg -e "$work"/vxc_*.deb "$work/control"
	grep -q "enable 'vxc-sla.service'" "$work/control/postinst" &&
		grep -q "enable 'vxc-sla-store.timer'" "$work/control/postinst"
}

unpack()
{
	local package

	for package in "$work"/vxc_*.deb "$work"/vxc-dkms_*.deb; do
		dpkg -x "$package" "$work/root"
	done
	has_files
}

dkms_build()
{
	mkdir "$work/dkms"
	run dkms dkms build -m vxc -v "$version" -k "$1" \
		--dkmstree "$work/dkms" --sourcetree "$work/root/usr/src"
}

dkms_module()
{
	find "$work/dkms" -name 'vxc.ko*' -path "*/$1/*" | head -n 1
}

module_fits()
{
	local module

	module=$(dkms_module "$1")
	[[ $(modinfo -F version "$module") == "$version" ]] &&
		modinfo -F vermagic "$module" | grep -q "^$1 " &&
		modinfo -F alias "$module" | grep -qx rtnl-link-vxc
}

((!EUID)) || { echo 'packaging/check.sh: must be run as root' >&2; exit 1; }
need build-essential debhelper dh-dkms dkms lintian libmnl-dev pkgconf \
	iproute2 git systemd
[[ -n $(kernel_release) ]] || need linux-headers-cloud-amd64
kernel=$(kernel_release)

check_version
ok 'the changelog has the version of the tree'
build_packages
ok "packages: $(cd "$work" && echo *.deb)"
lint
ok 'lintian has nothing to say'
unpack
ok 'everything is in its place'
units_are_right
ok 'systemd takes the units, the package enables them'
"$work/root/usr/sbin/vxc" -V > /dev/null
ok 'the packaged command runs'
dkms_build "$kernel"
ok "DKMS builds the module for $kernel"
module_fits "$kernel"
ok 'the module has version, kernel and alias'
echo "packaging: $passed passed, 0 failed"
