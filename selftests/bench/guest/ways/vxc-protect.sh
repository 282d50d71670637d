# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# As vxc, with a second leg

# shellcheck source=selftests/bench/guest/ways/vxc.sh
. /bench/ways/vxc.sh

bought()
{
	local leg=pb:101

	[ "$1" = x ] || leg=pa:301
	vxc leg add circuit "$1" "$leg"
}
