# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034 # for vxc.sh
# As vxc-meter, color-aware, and all frames are yellow by their DSCP

# shellcheck source=selftests/bench/guest/ways/vxc.sh
. /bench/ways/vxc.sh
BUY="bandwidth 200G tolerance 100 color-mode aware yellow-dscp 0"
DEI=1
