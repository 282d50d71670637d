# SPDX-License-Identifier: GPL-2.0
"""native.py FOLDER: nanoseconds of what native.sh measured.

A run's figure is that of the batch that a tenth of them are faster than, a
row's the lowest of its runs. Of boots it is the median, that of the baseline
taken off: the baseline is measured twice in every boot.
"""
import collections
import json
import pathlib
import statistics
import sys

import figures
import report

# The module says so of a batch that was not over when it looked at its clock
LEFT = 2 ** 63
ENGINES = {"uml": "User Mode Linux", "kvm": "KVM"}


def tick_ns(found):
    """{boot: nanoseconds a tick of its clock takes}"""
    return {boot: rate["ns"] / rate["ticks"] for boot, rate in found["rate"]}


def costs(found, tick):
    """{(work, way, case): {boot: nanoseconds}}, {the same: what is wrong}"""
    measured = collections.defaultdict(dict)
    wrong = {}
    for boot, row in found["row"]:
        key = row["work"], row["way"], row["case"]
        _, error = figures.check(row)
        if max(run["low"] for run in row["runs"]) > LEFT:
            error = error or "frames were left to ksoftirqd"
        if error:
            wrong.setdefault(key, f"{boot}: {error}")
        if boot not in tick:
            wrong.setdefault(key, f"{boot}: how fast is the clock?")
            continue
        cost = tick[boot] * min(run["low"] / run["batch"]
                                for run in row["runs"])
        measured[key][boot] = min(cost, measured[key].get(boot, cost))
    return measured, wrong


def rows(found):
    """Figures by (work, way, case)"""
    measured, wrong = costs(found, tick_ns(found))
    bases = {(row["work"], row["way"], row["case"]): row["base"]
             for _, row in found["row"]}
    result = []
    for key, raw in measured.items():
        work, way, case = key
        base = measured.get(("null", "base", bases[key]))
        if not base:
            wrong.setdefault(key, "the baseline is missing")
            base = {"": 0}
        taken = 0 if work == "null" else statistics.median(base.values())
        result.append({
            "work": work, "way": way, "case": case,
            "ns": round(statistics.median(raw.values()) - taken, 1),
            "spread": round(max(raw.values()) - min(raw.values()), 1),
            "raw": {boot: round(ns, 1) for boot, ns in raw.items()},
            "wrong": wrong.get(key)})
    return result


def cells(row):
    if row is None:
        return ["", ""]
    if row["wrong"]:
        return ["failed", ""]
    return [f"{row['ns']:,.0f}", f"{row['spread']:.0f}"]


def case_table(measured, case):
    found = {(row["way"], row["work"]): row for row in measured
             if row["case"] == case}
    ways = collections.defaultdict(list)
    for (way, work), row in found.items():
        if work != "null":
            ways[way].append(row["ns"])
    head = ["way"]
    for work in report.WORK:
        head += [work.upper(), "spread"]
    lines = [[way, *(cell for work in report.WORK
                     for cell in cells(found.get((way, work))))]
             for way in sorted(ways, key=lambda way: min(ways[way]))]
    return report.table(head, lines)


def sections(folder, found, measured):
    def note(name):
        return pathlib.Path(folder, name).read_text().strip()

    rate = statistics.median(tick_ns(found).values()) if found["rate"] else 0
    yield (f"Nanoseconds per packet, Linux {note('kernel')} under "
           f"{ENGINES[note('engine')]}, less those of making and freeing the "
           f"packet. {len(tick_ns(found))} boots in all, a "
           f"tick is {rate:.3f} ns.")
    for case in dict.fromkeys(row["case"] for row in measured):
        yield f"### {case}\n\n{case_table(measured, case)}"
        for row in measured:
            if (row["work"], row["case"]) == ("null", case):
                yield (f"Making and freeing: {row['ns']:.0f} ns, "
                       f"spread {row['spread']:.0f}.")


def main(folder):
    out = pathlib.Path(folder)
    found = figures.read(folder)
    measured = rows(found)
    text = "\n\n".join(sections(folder, found, measured)) + "\n"
    print(text)
    (out / "native.md").write_text(text)
    (out / "native.json").write_text(json.dumps(
        {"kernel": (out / "kernel").read_text().strip(),
         "engine": (out / "engine").read_text().strip(),
         "tick_ns": tick_ns(found), "rows": measured}, indent=1) + "\n")
    wrong = [f"{row['work']} {row['way']} {row['case']}: {row['wrong']}"
             for row in measured if row["wrong"]]
    wrong += [f"{boot}: {text}" for boot, text in found["error"]]
    for line in wrong:
        print(f"wrong: {line}", file=sys.stderr)
    return 1 if wrong or not measured else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
