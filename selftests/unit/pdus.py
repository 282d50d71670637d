# SPDX-License-Identifier: GPL-2.0
"""What the tests of PDUs against other programs share: KTAP, and the lines
that the program pdus writes."""

import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
PDUS = os.path.join(HERE, "pdus")

NAMES = {1: "CCM", 2: "LBR", 3: "LBM", 4: "LTR", 5: "LTM", 33: "AIS",
         35: "LCK", 39: "APS", 46: "DMR", 47: "DMM", 54: "SLR", 55: "SLM"}


def parse(line):
    """A line of pdus as a dictionary of strings."""
    return dict(word.split("=", 1) if "=" in word else (word, "")
                for word in line.split())


def write(capture):
    """Have pdus write a capture; returns what each PDU was asked for."""
    out = subprocess.run([PDUS, "write", capture], check=True, text=True,
                         stdout=subprocess.PIPE).stdout
    return [parse(line) for line in out.splitlines()]


def read(pdus):
    """What the codec makes of PDUs."""
    out = subprocess.run([PDUS, "read"], check=True, text=True,
                         input="".join(pdu.hex() + "\n" for pdu in pdus),
                         stdout=subprocess.PIPE).stdout
    return [parse(line) for line in out.splitlines()]


def difference(got, want):
    """Says what differs between two dictionaries, if anything does."""
    return ", ".join(f"{key} is {got.get(key)}, not {want.get(key)}"
                     for key in sorted(got.keys() | want.keys())
                     if got.get(key) != want.get(key))


class Ktap:
    """Counts results and prints them."""

    def __init__(self, tests):
        self.number = self.failed = 0
        print(f"KTAP version 1\n1..{tests}", flush=True)

    def result(self, name, complaints):
        """One test; the complaints say why it failed."""
        self.number += 1
        for complaint in complaints[:20]:
            print(f"# {complaint}")
        self.failed += bool(complaints)
        print("not ok" if complaints else "ok", self.number, name, flush=True)

    def end(self):
        """The last words."""
        print(f"# pass:{self.number - self.failed} fail:{self.failed}")
        sys.exit(1 if self.failed else 0)
