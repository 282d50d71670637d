#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# emulator.sh: print the folder of a QEMU that can be relied upon.
#
# QEMU 7.2 of Debian 12 crashes Linux 6.12 under TCG before any module is
# loaded. So the one of Debian 12's backports is unpacked into the cache with
# all its libraries, to run from there. Elsewhere the installed one is taken.

. "$(dirname "${BASH_SOURCE[0]}")/lab.sh"
. "$lab_dir/archive.sh"

suite=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")

unpack_qemu()
{
	say "getting QEMU from $suite-backports"
	quietly "$lab_cache/log/qemu.log" mmdebstrap --variant=extract \
		--aptopt="APT::Default-Release \"$suite-backports\"" \
		--include=qemu-system-x86 "$suite" "$1" \
		"$(source_line "$suite")" "$(source_line "$suite-backports")"
	launcher "$1" > "$1/qemu"
	chmod +x "$1/qemu"
	"$1/qemu" --version > "$1/version"
}

# Its own loader and C library too: they have to fit each other
launcher()
{
	cat <<'SCRIPT'
#!/bin/sh
d=$(dirname "$0")
lib=$d/usr/lib/x86_64-linux-gnu
exec "$d/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2" --library-path \
	"$d/lib/x86_64-linux-gnu:$lib:$lib/pulseaudio" \
	"$d/usr/bin/qemu-system-x86_64" -L "$d/usr/share/qemu" \
	-L "$d/usr/share/seabios" "$@"
SCRIPT
}

link_installed()
{
	mkdir -p "$1"
	ln -s "$(command -v qemu-system-x86_64)" "$1/qemu"
	"$1/qemu" --version > "$1/version"
}

if [ "$suite" = bookworm ]; then
	dir=$lab_cache/qemu-backports
	once "$dir" unpack_qemu
else
	dir=$lab_cache/qemu
	once "$dir" link_installed
fi
echo "$dir"
