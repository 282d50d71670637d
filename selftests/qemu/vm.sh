#!/bin/bash
# SPDX-License-Identifier: GPL-2.0

. "$(dirname "${BASH_SOURCE[0]}")/lab.sh"
. "$lab_dir/machine.sh"

usage()
{
	cat >&2 <<'TEXT'
usage: vm.sh [-k KERNEL] [-t SECONDS] [-m MB] [-c CPUS] [-l LOGFILE] [-i]
             [-n] -- COMMAND...

Boot a virtual machine with KERNEL (stock, 6.12, 7.x or debug), put the
selftests, the module built for that kernel and the vxc command in it, run
COMMAND in /vxc/selftests as root and exit with its status; or with 125 when
the time is up, the guest dies, or its kernel complains on the console, which
LOGFILE keeps.
  -i  give COMMAND the terminal      -n  without the module and the command
TEXT
	exit 2
}

kernel_name=stock seconds=900 mb=1024 cpus=2 log='' interactive='' bare=''
while getopts k:t:m:c:l:in option; do
	case $option in
	k) kernel_name=$OPTARG ;;
	t) seconds=$OPTARG ;;
	m) mb=$OPTARG ;;
	c) cpus=$OPTARG ;;
	l) log=$OPTARG ;;
	i) interactive=1 ;;
	n) bare=1 ;;
	*) usage ;;
	esac
done
shift $((OPTIND - 1))
[ $# -gt 0 ] || usage

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$lab_top/build/log"
keep_log=$log
log=${log:-$lab_top/build/log/vm-$kernel_name-$$.log}

pack()
{
	local stage=$work/stage

	mkdir -p "$stage/vxc"
	ln -s "$lab_top/selftests" "$stage/vxc/selftests"
	{
		printf exec
		printf ' %q' "$@"
		echo
	} > "$stage/vxc/command"
	[ -n "$bare" ] || "$lab_dir/tested.sh" "$kernel_name" "$stage"
	tar -C "$stage" -chf "$work/payload.tar" --owner=0 --group=0 \
		--exclude='*.o' --exclude='*.lock' .
}

qemu_path=$("$lab_dir/emulator.sh")/qemu
image=$("$lab_dir/image.sh")
kernel=$("$lab_dir/kernel.sh" "$kernel_name")
initrd=$("$lab_dir/initrd.sh" "$kernel")
pack "$@"
accel=$("$lab_dir/accel.sh" "$qemu_path" "$kernel" "$initrd")

machine_args "$kernel" "$initrd" "$log" "$work/verdict" "$cpus" "$mb"
disk image "$image"
disk modules "$initrd/modules.squashfs"
disk payload "$work/payload.tar"
args+=(-device virtio-serial)
if [ -n "$interactive" ]; then
	args+=(-chardev "stdio,id=output,signal=off"
	       -device "virtconsole,chardev=output")
	cmdline+=" vxc.interactive TERM=${TERM:-linux}"
	size=$(stty size 2>/dev/null) || size=''
	case $size in ''|0*) size="24 80" ;; esac
	cmdline+=" VXC_ROWS=${size% *} VXC_COLUMNS=${size#* }"
else
	args+=(-chardev "stdio,id=output,signal=on"
	       -device "virtserialport,chardev=output,name=output")
	# QEMU takes an end of its input for the host having gone away
	mkfifo "$work/silence"
	exec 0<> "$work/silence"
fi

: > "$log"
rc=0
# shellcheck disable=SC2086 # options
timeout --foreground -k 5 "$seconds" "$qemu_path" $accel "${args[@]}" \
	-append "$cmdline" 2> "$work/qemu.log" || rc=$?

# The guest's own word first, then whatever else went wrong
judge()
{
	local status bad=''

	status=$(tr -d '\r' < "$work/verdict" | sed -n 's/^EXIT //p')
	if [ "$rc" = 124 ] || [ "$rc" = 137 ]; then
		bad="the guest was stopped after $seconds seconds"
	elif [ -z "$status" ] && ! grep -q UP "$work/verdict"; then
		bad="the guest never came up"
	elif [ -z "$status" ]; then
		bad="the guest died before the command ended"
	fi
	if ! "$lab_dir/splats.sh" "$log" > "$work/splats"; then
		bad="${bad:+$bad; }the kernel complained"
	fi
	if [ -z "$bad" ]; then
		[ -n "$keep_log" ] || rm -f "$log"
		exit "$status"
	fi
	cat "$work/qemu.log" "$work/splats" >&2
	say "$kernel_name: $bad (console: $log)"
	exit 125
}
judge
