#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# demo.sh [--shell]: the demo in a virtual machine of its own. Ends with the
# number of its checks that passed and failed, taken from its log.

. "$(dirname "${BASH_SOURCE[0]}")/lab.sh"

"$lab_dir/deps.sh"
log=$lab_top/build/demo.log
mkdir -p "$lab_top/build"
if [ "${1-}" = --shell ]; then
	exec "$lab_dir/vm.sh" -i -t 86400 -- ./demo/run.sh --shell
fi
set -o pipefail
"$lab_dir/vm.sh" -- ./demo/run.sh | tee "$log"
