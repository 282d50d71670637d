# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034 # for tc.sh
# As tc, with a policer that nothing exceeds

# shellcheck source=selftests/bench/guest/ways/tc.sh
. /bench/ways/tc.sh
modprobe act_police
POLICE="action police rate 100gbit burst 100m conform-exceed drop/pipe"
