# SPDX-License-Identifier: GPL-2.0
"""What lies where in a guest: lines of its /proc/kallsyms."""
import bisect

CODE = "tTwW"


class Symbols:
    """Names by address, of the KINDS of symbols that nm knows."""

    def __init__(self, lines, kinds=CODE):
        found = {}
        for line in lines:
            address, kind, name, *module = line.split()
            if kind in kinds:
                found.setdefault(int(address, 16),
                                 (name, "".join(module).strip("[]")))
        self.addresses = sorted(found)
        self.names = [found[address] for address in self.addresses]
        self.entry = {name: address
                      for address, (name, _) in found.items()}
        self.known = {}

    def find(self, address):
        """(name, module or "") of what begins there or last before."""
        if address not in self.known:
            at = bisect.bisect_right(self.addresses, address) - 1
            self.known[address] = self.names[at]
        return self.known[address]
