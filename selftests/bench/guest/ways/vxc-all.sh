# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034 # for vxc.sh and lib.sh
# As vxc-class, with a second leg and a MEP on both. A CCM each ten minutes
# leaves the frames alone that are counted.

# shellcheck source=selftests/bench/guest/ways/vxc-class.sh
. /bench/ways/vxc-class.sh
declare -A LEG2=([x]=pb:101 [y]=pa:301)

all_of_class=$(declare -f bought)
eval "class_${all_of_class}"

bought()
{
	class_bought "$1" &&
	vxc leg add circuit "$1" "${LEG2[$1]}" &&
	vxc circuit set "$1" oam ccm 10m
}
