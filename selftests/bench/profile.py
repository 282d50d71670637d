# SPDX-License-Identifier: GPL-2.0
"""profile.py PACKETS NULL: instructions per packet by function.

Both name what trace.py left; what a packet takes in NULL is subtracted.
"""
import bisect
import collections
import gzip
import re
import sys

EXECUTED = re.compile(r"^Trace \d+: \S+ \[[0-9a-f]+/([0-9a-f]+)/")
# Each frame begins with the one, each batch with the other
FRAME, BATCH = "bench_frame_rx", "schedule_timeout_uninterruptible"


class Symbols:
    def __init__(self, path):
        found = {}
        with gzip.open(path, "rt") as file:
            for line in file:
                address, kind, name = line.split()[:3]
                if kind in "tTwW":
                    found.setdefault(int(address, 16), name)
        self.addresses = sorted(found)
        self.names = [found[address] for address in self.addresses]
        self.entry = {name: address for address, name in found.items()}
        self.known = {}

    def name(self, address):
        if address not in self.known:
            at = bisect.bisect_right(self.addresses, address) - 1
            self.known[address] = self.names[at]
        return self.known[address]


def executed(path):
    with open(path, encoding="ascii", errors="replace") as file:
        for line in file:
            match = EXECUTED.match(line)
            if match:
                yield int(match.group(1), 16)


def by_function(name):
    """Instructions per frame, over the frames that are whole in the trace."""
    symbols = Symbols(name + ".symbols.gz")
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
            current[symbols.name(address)] += 1
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
