# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034,SC2154 # for its users; from lab.sh
#
# Sourced after lab.sh: the virtual machine's hardware and boot line.
#
#   ttyS0  the kernel's console, to a file that is scanned for splats
#   ttyS1  the verdict, written by init and nobody else, to a file
#   a virtio port named "output": what the test prints, streamed
#   vda    the image     vdb  the kernel's modules     vdc  what is tested

# machine_args KERNEL_DIR INITRD_DIR CONSOLE VERDICT CPUS MB: in ${args[@]}
# The emulated CPUs may be starved by whatever else this machine does: that is
# no stall of theirs.
machine_args()
{
	args=(
		-nodefaults -no-user-config -no-reboot -display none
		-M pc -smp "$5" -m "$6" -nic none
		-kernel "$1/bzImage" -initrd "$2/initrd"
		-chardev "file,id=console,path=$3" -serial chardev:console
		-chardev "file,id=verdict,path=$4" -serial chardev:verdict
	)
	cmdline="console=ttyS0 loglevel=5 panic=-1 oops=panic net.ifnames=0"
	cmdline+=" random.trust_cpu=on nokaslr mitigations=off"
	cmdline+=" rcupdate.rcu_cpu_stall_timeout=120 watchdog_thresh=60"
}

disk()
{
	args+=(-drive "if=none,id=$1,file=$2,format=raw,readonly=on"
	       -device "virtio-blk-pci,drive=$1")
}
