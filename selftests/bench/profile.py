# SPDX-License-Identifier: GPL-2.0
"""profile.py PACKETS NULL: instructions per packet by function.

Both name what trace.py left; what a packet takes in NULL is subtracted.
"""
import collections
import gzip
import re
import sys

from symbols import Symbols

EXECUTED = re.compile(r"^Trace \d+: \S+ \[[0-9a-f]+/([0-9a-f]+)/")
# Each frame begins with the one, each batch with the other
FRAME, BATCH = "bench_frame_rx", "schedule_timeout_uninterruptible"


def executed(path):
    with open(path, encoding="ascii", errors="replace") as file:
        for line in file:
            match = EXECUTED.match(line)
            if match:
                yield int(match.group(1), 16)


def by_function(name):
    """Instructions per frame, over the frames that are whole in the trace."""
    with gzip.open(name + ".symbols.gz", "rt") as file:
        symbols = Symbols(file.readlines()[1:])
    frame, batch = symbols.entry[FRAME], symbols.entry[BATCH]
    total, frames = collections.Counter(), 0
    current, inside = collections.Counter(), False
    for address in executed(name + ".trace"):
        if address == frame:
            if inside:
                total += current
                frames += 1
            current, inside = collections.Counter(), True
        elif address == batch:
            inside = False
        if inside:
            current[symbols.find(address)[0]] += 1
    if not frames:
        sys.exit(f"{name}: no whole frame in the trace")
    return {key: count / frames for key, count in total.items()}


def main(packets, null):
    spent, made = by_function(packets), by_function(null)
    net = {name: spent.get(name, 0) - made.get(name, 0)
           for name in spent.keys() | made.keys()}
    print("| function | instructions per packet |\n| --- | --: |")
    for name, count in sorted(net.items(), key=lambda item: -abs(item[1])):
        if abs(count) >= 0.5:
            print(f"| {name} | {count:.0f} |")
    print(f"| all | {sum(net.values()):.0f} |")


if __name__ == "__main__":
    main(*sys.argv[1:])
