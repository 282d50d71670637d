#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# tcp.sh: does TCP get what a circuit of 200 Mbit/s bought, with the default
# burst? The wire has to carry at least 95 % of it, beyond the burst that it
# begins with, in both directions, next door and 5 ms away. The clock counts
# instructions, so this is no matter of how busy the machine is. Prints KTAP.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=selftests/qemu/lab.sh
. "$here/../qemu/lab.sh"
# shellcheck source=selftests/bench/guests.sh
. "$here/guests.sh"

bench=$lab_top/build/bench-tcp
prepare
guest tcp 1 1024 tcp:vxc | run_guests || exit
awk -v bps=200000000 '
BEGIN { print "KTAP version 1"; print "1..4" }
$1 == "tcp" {
	for (i = 3; i <= NF; i++) {
		split($i, word, "=")
		value[word[1]] = word[2]
	}
	share = (value["bytes"] - value["burst"]) * 8000000 / value["us"] / bps * 100
	bad = share < 95
	failed += bad
	printf "# %d bytes on the wire in %d us, of them a burst of %d: %.1f %%, %d frames dropped\n",
		value["bytes"], value["us"], value["burst"], share,
		value["dropped"]
	printf "%sok %d %s\n", bad ? "not " : "", ++n, $2
}
END { exit failed || n != 4 }' "$bench/boots/tcp"
