# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034 # for vxc.sh
# As vxc, with the forwarding cache

# shellcheck source=selftests/bench/guest/ways/vxc.sh
. /bench/ways/vxc.sh
BUY="fastpath on"
