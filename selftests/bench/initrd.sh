#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# initrd.sh OUT: make the initramfs of a guest that measures: everything is in
# memory, so that no disk has a say in the figures. VXC_MODULE names another
# build of the module, to compare; BENCH_KERNEL one of kernel.sh.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=selftests/qemu/lab.sh
. "$here/../qemu/lab.sh"

out=$1
name=${BENCH_KERNEL:-stock}
kernel=$("$lab_dir/kernel.sh" "$name")
release=$(cat "$kernel/release")
tools=$("$here/tools.sh")
mod=$lab_top/build/bench/mod-$name
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root
libs=usr/lib/x86_64-linux-gnu

programs=(
	usr/bin/bash usr/bin/kmod usr/bin/ip usr/sbin/tc usr/sbin/bridge
	usr/sbin/nft
)
applets=(
	awk cat cut date dmesg grep gzip head ls mkdir mount poweroff rm sed seq
	sleep sort stty sync tail tr wc
)
modules=(
	ipv6 8021q bridge macvlan ipvlan vrf dummy veth sch_netem openvswitch
	act_vlan act_mirred act_gact act_police act_pedit act_csum act_skbedit
	cls_flower cls_matchall sch_ingress
	nf_tables nf_conntrack nft_ct nf_flow_table nf_flow_table_inet
)
# User Mode Linux has no flow tables
[ "$name" = uml ] || modules+=(nft_flow_offload)

# copy_program FILE: with the libraries it needs of the image
copy_program()
{
	local path=$tools/root/$libs:$tools/ovs/$libs lib

	cp -L "$1" "$root/usr/bin/"
	"$tools/root/$libs/ld-linux-x86-64.so.2" --library-path "$path" \
		--list "$1" | awk '$3 ~ "^/" { print $3 }' |
	while read -r lib; do
		[ -e "$root/$libs/${lib##*/}" ] || cp -L "$lib" "$root/$libs/"
	done
}

copy_programs()
{
	local program

	for program in "${programs[@]}"; do
		copy_program "$tools/root/$program"
	done
	[ ! -x "$tools/ovs/usr/bin/ovs-dpctl" ] ||
		copy_program "$tools/ovs/usr/bin/ovs-dpctl"
	copy_program "$lab_top/userspace/vxc"
	copy_program "$lab_top/selftests/progs/stream"
	cp -L "$tools/root/$libs/ld-linux-x86-64.so.2" "$root/usr/lib64/"
	for program in modprobe insmod rmmod; do
		ln -s kmod "$root/usr/bin/$program"
	done
	cp "$(command -v busybox)" "$root/usr/bin/"
	for program in "${applets[@]}"; do
		ln -s busybox "$root/usr/bin/$program"
	done
}

copy_modules()
{
	local file

	modprobe -d "$kernel" -S "$release" -a --show-depends "${modules[@]}" |
		awk '$1 == "insmod" { print $2 }' | sort -u |
	while read -r file; do
		install -D -m 644 "$file" "$root/usr/${file#"$kernel"/}"
	done
	cp "$kernel/lib/modules/$release"/modules.{builtin,builtin.modinfo,order} \
		"$root/usr/lib/modules/$release/"
	depmod -b "$root/usr" "$release"
}

build_module()
{
	mkdir -p "$mod"
	cp -pu "$here"/mod/* "$mod/"
	quietly "$lab_top/build/log/benchport-$name.log" \
		make -C "$kernel/build" "M=$mod" modules
}

# What is measured
copy_tested()
{
	local program

	quietly "$lab_top/build/log/userspace.log" \
		make -C "$lab_top/userspace"
	quietly "$lab_top/build/log/progs.log" \
		make -C "$lab_top/selftests/progs"
	vxc=${VXC_MODULE:-$("$lab_dir/module.sh" "$name")}
	build_module
	strip --strip-debug -o "$root/bench/vxc.ko" "$vxc"
	strip --strip-debug -o "$root/bench/benchport.ko" \
		"$mod/benchport.ko"
	for program in xdp pulse; do
		quietly "$lab_top/build/log/$program.log" gcc -O2 -Wall \
			-static -o "$root/usr/bin/$program" "$here/$program.c"
	done
	cp -r "$here"/guest/. "$root/bench/"
	mv "$root/bench/init" "$root/init"
	chmod 755 "$root/init"
}

mkdir -p "$lab_top/build/log" "$root"/{bench,proc,sys,dev,tmp,run} \
	"$root"/usr/{bin,lib64} "$root/$libs"
for dir in bin lib lib64; do
	ln -s "usr/$dir" "$root/$dir"
done
ln -s usr/bin "$root/sbin"
copy_tested
copy_programs
copy_modules
mkdir -p "$(dirname "$out")"
(cd "$root" && find . | LC_ALL=C sort | cpio --quiet -o -H newc -R 0:0) > "$out"
