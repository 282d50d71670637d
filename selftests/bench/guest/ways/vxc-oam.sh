# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# As vxc, with a MEP on the leg. A CCM each ten minutes leaves the frames alone
# that are counted.

# shellcheck source=selftests/bench/guest/ways/vxc.sh
. /bench/ways/vxc.sh

bought()
{
	vxc circuit set "$1" oam ccm 10m
}
