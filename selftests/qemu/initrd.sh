#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# initrd.sh KERNEL_DIR: print a folder with initrd (mounts the guest's disks)
# and modules.squashfs (all modules of that kernel), made if need be.

. "$(dirname "${BASH_SOURCE[0]}")/lab.sh"

kernel=$(realpath "$1")
release=$(cat "$kernel/release")
needed=(virtio_pci virtio_blk virtio_console squashfs overlay)

# Modules in loading order, unpacked: busybox cannot read compressed ones
copy_modules()
{
	local out=$1 list file name

	list=$(modprobe -d "$kernel" -S "$release" -a --show-depends \
			"${needed[@]}" | awk '$1 == "insmod" { print $2 }')
	for file in $list; do
		name=$(basename "$file")
		name=${name%.ko*}.ko
		[ ! -e "$out/$name" ] || continue
		case $file in
		*.xz)	xz -dc "$file" > "$out/$name" ;;
		*.zst)	zstd -qdc "$file" > "$out/$name" ;;
		*)	cp "$file" "$out/$name" ;;
		esac
		echo "$name" >> "$out/order"
	done
}

make_initrd()
{
	local root=$1/root

	mkdir -p "$root"/{bin,dev,proc,sys,lower,rw,new,modules}
	cp "$(command -v busybox)" "$root/bin/busybox"
	cp "$lab_dir/early-init" "$root/init"
	chmod 755 "$root/init" "$root/bin/busybox"
	: > "$root/modules/order"
	copy_modules "$root/modules"
	(cd "$root" && find . | cpio --quiet -o -H newc -R 0:0) > "$1/initrd"
	rm -rf "$root"
	quietly "$lab_cache/log/modules.log" mksquashfs \
		"$kernel/lib/modules/$release/" "$1/modules.squashfs" \
		-comp zstd -noI -noD -noF -noX -no-xattrs -noappend
}

hash=$(cat "${BASH_SOURCE[0]}" "$lab_dir/early-init" "$kernel/bzImage" |
       sha256sum | cut -c 1-12)
dir=$lab_cache/initrd/$release-$hash
once "$dir" make_initrd
echo "$dir"
