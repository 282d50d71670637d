# SPDX-License-Identifier: GPL-2.0
"""watch.py NAME: what watch.c saw while NAME's guest sent, as a table and KTAP.

An access counts if its cache line was used by several CPUs in the same watch
and is written at least once in a hundred packets. All figures are accesses per
packet.
"""
import collections
import gzip
import json
import sys

from symbols import CODE, Symbols

HARNESS, OURS = "benchport", "vxc"
# What is rarer is not done for each packet
RARE = 0.01
# What a bandwidth has left is one word for all CPUs: the circuit's, that of its
# class, what it and all have of the envelope. What crosses is metered twice.
BUCKETS = {"meter": 1, "yellow": 1, "class": 2, "all": 2, "envelope": 3}
TWICE = ("w1", "w4")
Access = collections.namedtuple("Access", "cpu function module line read wrote")


def told(name):
    """What the guest said of each watch."""
    rows, errors = [], []
    with open(name, encoding="utf-8", errors="replace") as file:
        for line in file:
            kind, _, rest = line.partition(" ")
            if kind == "watch":
                rows.append(json.loads(rest))
            elif kind == "error":
                errors.append(line.strip())
    return rows, errors


def sections(lines, first):
    """Lists of lines, each after a line FIRST."""
    found = []
    for line in lines:
        if line.strip() == first:
            found.append([])
        else:
            found[-1].append(line)
    return found


def symbol_tables(name):
    """One for each watch: the kernel's, and the modules' of that time."""
    with gzip.open(name + ".symbols.gz", "rt") as file:
        dumps = sections(file, "symbols")
    kernel = [line for line in dumps[0] if "[" not in line]
    modules = [[line for line in dump if "[" in line] for dump in dumps]
    return [Symbols(kernel + lines, CODE) for lines in modules]


def watches(name):
    with open(name + ".lines", encoding="ascii") as file:
        return sections(file, "watch")


def accesses(lines, symbols):
    for line in lines:
        kind, cpu, pc, *rest = line.split()
        if kind == "touch":
            where, read, wrote = rest
            function, module = symbols.find(int(pc, 16))
            yield Access(int(cpu), function, module or "kernel",
                         int(where, 16), int(read), int(wrote))


def calls(lines, symbols, sent):
    """{function: indirect calls per packet}, without what is rare."""
    sums = collections.Counter()
    for line in lines:
        kind, _, pc, *rest = line.split()
        if kind == "call":
            sums[symbols.find(int(pc, 16))[0]] += int(rest[0]) / sent
    return {name: count for name, count in sums.items() if count >= RARE}


def often_written(seen, sent, often):
    """Lines by the writes of a packet, and how many that are."""
    writes = collections.Counter()
    for access in seen:
        writes[access.line] += access.wrote / sent
    return {line: count for line, count in writes.items() if count >= often}


def by_function(seen, sent):
    """{(module, function): (read, written) per packet}"""
    sums = collections.defaultdict(lambda: [0, 0])
    lines = often_written(seen, sent, RARE)
    for access in seen:
        if access.line in lines:
            entry = sums[access.module, access.function]
            entry[0] += access.read / sent
            entry[1] += access.wrote / sent
    return {key: tuple(entry) for key, entry in sums.items()
            if max(entry) >= RARE}


def lines(seen, sent):
    """So many lines are written by most packets."""
    return len(often_written([access for access in seen
                              if access.module != HARNESS], sent, 0.5))


def total(functions, of):
    """(read, written) of the functions in modules that OF accepts."""
    return tuple(sum(entry[i] for (module, _), entry in functions.items()
                     if of(module)) for i in (0, 1))


def ours(functions):
    return total(functions, lambda module: module == OURS)


def elsewhere(functions):
    return total(functions, lambda module: module not in (OURS, HARNESS))


def buckets(row):
    """So many lines it writes, None for other ways than vxc's."""
    base, _, bought = row["way"].partition("-")
    if base != OURS:
        return None
    return BUCKETS.get(bought, 0) * (2 if row["work"] in TWICE else 1)


def extra_calls(row, floor):
    """Beyond the floor's and, for what is routed, the hook of isolation."""
    hook = 1 if row["work"] == "w4" else 0
    return sum(row["calls"].values()) - sum(floor["calls"].values()) - hook


def results(rows):
    """[(fine, name, why)]"""
    floor = {row["work"]: row for row in rows if row["way"] == "floor"}
    for row in rows:
        name = f"{row['work']} of {row['way']}"
        sent = row["sent"]
        counted = sent["ip"] + sent["pa"] + sent["pb"]
        seen = total(row["functions"], lambda module: module == HARNESS)[1]
        yield (sent["cpus"] > 1 and seen >= 1 and
               0.9 * sent["frames"] < counted <= sent["frames"],
               f"{name}: from several CPUs, seen by the watch",
               f"{sent['cpus']} CPUs, {sent['frames']} frames, {counted} came "
               f"out; the counter at the end: {seen:.2f} writes a packet")
        if buckets(row) is not None:
            yield (row["lines"] == buckets(row),
                   f"{name}: CPUs share {buckets(row)} lines, of buckets",
                   f"{row['lines']} lines")
        if buckets(row) == 0:
            read, wrote = ours(row["functions"])
            yield (read + wrote < RARE, f"{name}: vxc shares no line",
                   f"{read:.2f} read, {wrote:.2f} written")
        if buckets(row) == 0 and row["work"] in floor:
            now = sum(elsewhere(row["functions"]))
            least = sum(elsewhere(floor[row["work"]]["functions"]))
            yield (now <= least + RARE,
                   f"{name}: nor does the kernel for it, beyond the floor",
                   f"{now:.2f}, for the floor {least:.2f}")
            yield (extra_calls(row, floor[row["work"]]) <= RARE,
                   f"{name}: no indirect call more than the floor's",
                   f"{sum(row['calls'].values()):.2f} calls")


def table(rows):
    """By way and work: shared lines that packets write, indirect calls."""
    found = collections.defaultdict(dict)
    for row in rows:
        found[row["way"]][row["work"]] = (
            f"{row['lines']} / {sum(row['calls'].values()):.0f}")
    works = sorted({row["work"] for row in rows})
    print(f"| way | {' | '.join(map(str.upper, works))} |\n"
          f"| --- |{' --: |' * len(works)}")
    for way, cells in found.items():
        print(f"| {way} | {' | '.join(cells.get(work, '') for work in works)} |")


def where(rows):
    """The functions that do it: read + written, or called."""
    for row in rows:
        print(f"\n{row['work']} of {row['way']}:")
        for (module, function), (read, wrote) in sorted(
                row["functions"].items(), key=lambda item: -sum(item[1])):
            if module != HARNESS:
                print(f"  {function}: {read:.2f} read, {wrote:.2f} written")
        for function, count in sorted(row["calls"].items(),
                                      key=lambda item: -item[1]):
            print(f"  {function}: {count:.2f} indirect calls")


def main(name):
    rows, errors = told(name)
    tables, seen = symbol_tables(name), watches(name)
    if not len(rows) == len(tables) == len(seen) or errors:
        sys.exit("\n".join([f"{len(rows)} rows, {len(seen)} watches"] +
                           errors))
    for row, symbols, watch in zip(rows, tables, seen):
        found, sent = list(accesses(watch, symbols)), row["sent"]["frames"]
        row["functions"] = by_function(found, sent)
        row["lines"] = lines(found, sent)
        row["calls"] = calls(watch, symbols, sent)
    table(rows)
    where(rows)
    found = list(results(rows))
    print(f"\nTAP version 13\n1..{len(found)}")
    for number, (fine, what, why) in enumerate(found, 1):
        print(f"# {why}\n{'ok' if fine else 'not ok'} {number} {what}")
    return 0 if found and all(fine for fine, _, _ in found) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
