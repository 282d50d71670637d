# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034 # for vxc.sh and lib.sh
# As vxc, with a bandwidth that six classes share, each with a CIR. The frames
# have a DSCP that none of them has: it becomes 0, and the PCP the default's.

# shellcheck source=selftests/bench/guest/ways/vxc.sh
. /bench/ways/vxc.sh
BUY="bandwidth 400G unlisted clear"
WORDS=tos=136
PCP=1

bought()
{
	local i

	for i in 1 2 3 4 5; do
		vxc circuit class add "$1" "c$i" dscp $((i * 8)) \
			pcp $((i + 1)) share 10 || return
	done
	vxc circuit class set "$1" default pcp "$PCP" share 10
}
