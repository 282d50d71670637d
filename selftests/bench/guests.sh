# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2154 # lab.sh sets lab_*
#
# Sourced after lab.sh: many guests that measure, a few at a time. BENCH_VM is
# what boots one, as vm.sh does.

bench=$lab_top/build/bench

# A fresh folder for results, the programs and the initramfs
prepare()
{
	"$lab_dir/deps.sh"
	rm -rf "$bench/boots"
	mkdir -p "$bench/boots"
	"$lab_top/selftests/bench/initrd.sh" "$bench/initrd"
	"$("$lab_dir/emulator.sh")/qemu" --version | head -n 1 > "$bench/qemu"
	cp "$("$lab_dir/kernel.sh" stock)/release" "$bench/kernel"
}

has_ovs()
{
	[ -x "$("$lab_top/selftests/bench/tools.sh")/ovs/usr/bin/ovs-dpctl" ]
}

# defines WAY FUNCTION: in its file or in one that it begins with
defines()
{
	local file=$lab_top/selftests/bench/guest/ways/$1.sh base

	grep -q "^$2()" "$file" && return
	base=$(sed -n 's|^\. /bench/ways/\(.*\)\.sh$|\1|p' "$file")
	[ -n "$base" ] && defines "$base" "$2"
}

# guest NAME SEED MB JOBS: one line for run_guests
guest()
{
	printf '%s %s %s %s\n' "$@"
}

# run_guests < LINES: fails if any of them did
run_guests()
{
	local vm=${BENCH_VM:-$lab_top/selftests/bench/vm.sh}

	# shellcheck disable=SC2016 # for the inner shell
	RUNS=${RUNS:-2} xargs -P "${JOBS:-$(nproc)}" -L 1 \
		sh -c 'nice -n 10 "$0" "$1/boots/$2" "$1/initrd" "$3" "$4" "$5"' \
		"$vm" "$bench"
}
