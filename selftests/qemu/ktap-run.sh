#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# ktap-run.sh TEST.sh...: run the tests of the folder above on this kernel, as
# root, and print KTAP: what a test prints is nested in its own result.

set -u
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1

seconds=$(sed -n 's/^timeout=//p' settings)
[ ! -e /proc/lockdep ] || seconds=$((seconds * 6))

# So that a complaint of the kernel can be laid at the right door
mark()
{
	[ ! -w /dev/kmsg ] || echo "vxc: selftest $1" > /dev/kmsg
}

run()
{
	local number=$1 test=$2 status

	mark "$test begins"
	echo "# selftests: vxc: $test"
	timeout -k 10 "$seconds" "./$test" 2>&1 < /dev/null |
		sed -u 's/^/# /'
	status=${PIPESTATUS[0]}
	mark "$test ends"
	case $status in
	0)	echo "ok $number selftests: vxc: $test" ;;
	4)	echo "ok $number selftests: vxc: $test # SKIP" ;;
	124|137) echo "not ok $number selftests: vxc: $test # TIMEOUT $seconds seconds" ;;
	*)	echo "not ok $number selftests: vxc: $test # exit=$status" ;;
	esac
	[ "$status" = 0 ] || [ "$status" = 4 ]
}

result=0
number=0
echo "TAP version 13"
echo "1..$#"
for test in "$@"; do
	run $((number += 1)) "$test" || result=1
done
exit "$result"
