# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034 # for vxc.sh
# As vxc-meter, in an envelope that the circuits share

# shellcheck source=selftests/bench/guest/ways/vxc.sh
. /bench/ways/vxc.sh
BUY="bandwidth 200G"

bought()
{
	vxc envelope show shared > /dev/null 2>&1 ||
		vxc envelope add shared cir 400G || return
	vxc circuit set "$1" envelope shared cir 50G
}
