# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034 # for vxc.sh and lib.sh
# As vxc-class, with a second leg and a MEP on both. A CCM each ten minutes
# leaves the frames alone that are counted.

# shellcheck source=selftests/bench/guest/ways/vxc-class.sh
. /bench/ways/vxc-class.sh

eval "class_$(declare -f bought)"

bought()
{
	local leg=pb:101

	[ "$1" = x ] || leg=pa:301
	class_bought "$1" && vxc leg add circuit "$1" "$leg" &&
	vxc circuit set "$1" oam ccm 10m
}
