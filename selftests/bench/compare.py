# SPDX-License-Identifier: GPL-2.0
"""compare.py FOLDER FIGURES [--update]: KTAP on what check.sh measured."""
import collections
import json
import pathlib
import sys

import figures

LIMIT = 0.03
# Of a circuit, where there is no floor to compare with
LIMIT_MAKING = 0.05
# Slab of a circuit with a leg
KIB_EACH = 2
# What GRO and lists cost depends on what the guest did before
CASES = ("64B", "64B-frame", "1500B", "64KB", "64B-v6")
WAYS = ("vxc", "vxc-fast", "vxc-class")


def measured(rows):
    """{work and case: {way: instructions}} of the rows that count."""
    found = collections.defaultdict(dict)
    for row in rows:
        if (row["work"] != "null" and row["case"] in CASES and
                not row["wrong"]):
            found[f"{row['work']} {row['case']}"][row["way"]] = round(
                row["net"], 1)
    return found


def made(found):
    """({step: 1000 instructions for each circuit}, KiB of slab of one)"""
    for scale in figures.scales(found):
        if not scale.get("wrong"):
            steps = {name: round(step["kiloinstructions_each"], 1)
                     for name, step in scale.items()
                     if isinstance(step, dict)}
            return steps, scale["kilobytes_each"][0]["slab"]
    return {}, None


def distance(row, way):
    return row[way] - row["floor"]


def verdict(way, now, committed):
    """(fine, how it came to that)"""
    if way not in now or "floor" not in now:
        return False, "not measured, or frames came out wrong"
    grown = distance(now, way) - distance(committed, way)
    share = grown / committed[way]
    return share <= LIMIT, (
        f"{way} {now[way]:.0f}, floor {now['floor']:.0f}, distance "
        f"{distance(now, way):.0f} (was {distance(committed, way):.0f}, "
        f"{share:+.1%} of the row)")


def packets(now, committed):
    for what, way in ((what, way) for what in committed for way in WAYS):
        fine, why = verdict(way, now.get(what, {}), committed[what])
        yield fine, f"{what} of {way} costs no more than it did", why


def circuits(found, committed):
    steps, slab = made(found)
    for name, was in committed.items():
        now = steps.get(name, float("inf"))
        yield (now <= was * (1 + LIMIT_MAKING),
               f"{name}: a circuit costs no more than it did",
               f"{now} thousand instructions each, was {was}")
    yield (slab is not None and slab <= KIB_EACH,
           f"a circuit with a leg takes no more than {KIB_EACH} KiB of slab",
           f"{slab} KiB")


def main(folder, path, update=None):
    found = figures.read(folder)
    rows = figures.rows(found)
    now = {"packets": measured(rows), "circuits": made(found)[0]}
    if update:
        pathlib.Path(path).write_text(json.dumps(now, indent=1) + "\n")
    committed = json.loads(pathlib.Path(path).read_text())
    error = figures.clock_error(found)
    results = [(not error, "the clock counts instructions",
                error or "three for each round of a loop of three")]
    results += packets(now["packets"], committed["packets"])
    results += circuits(found, committed["circuits"])
    print(f"TAP version 13\n1..{len(results)}")
    for number, (fine, name, why) in enumerate(results, 1):
        print(f"# {why}\n{'ok' if fine else 'not ok'} {number} bench: {name}")
    for row in rows:
        if row["wrong"]:
            print(f"# {row['work']} {row['way']}: {row['wrong']}")
    return 0 if all(fine for fine, _, _ in results) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
