# SPDX-License-Identifier: GPL-2.0
"""switch.py DIR COUNT: what DIR/boots/* say of switchovers, as a table and as
KTAP. COUNT switchovers each were asked for."""
import collections
import json
import pathlib
import sys

# Outage in milliseconds, the 99th percentile and the longest; what a row that
# is not here has is printed, not judged. One way: a host notices by the other's
# RDI, an interval and the way later.
BOUNDS = {
    ("silent", "3.33ms"): (15, 20),
    ("one-way", "3.33ms"): (15, 20),
    ("silent", "10ms"): (45, 45),
    ("one-way", "10ms"): (45, 45),
    ("silent", "100ms"): (400, 400),
    ("one-way", "100ms"): (400, 400),
    ("carrier", "100ms"): (5, 5),
    ("manual", "100ms"): (0, 0),
}


def read(folder):
    """Rows by kind and CCM interval, and what went wrong."""
    rows, errors = collections.defaultdict(list), []
    for path in sorted(folder.glob("boots/*")):
        if "." in path.name.replace("3.33", "333"):
            continue
        for line in path.read_text(errors="replace").splitlines():
            if line.startswith("row "):
                row = json.loads(line[4:])
                rows[row["case"], row["ccm"]].append(row)
            elif line.startswith("error"):
                errors.append(line)
    return rows, errors


def percentile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * share))]


def judge(key, rows):
    """The row of the table, and whether it keeps its bound."""
    both = [row[way] for row in rows for way in ("out", "in")]
    # What a failure takes is what the worse direction was out
    outage = [max(row["out"]["outage"], row["in"]["outage"]) / 1000
              for row in rows]
    lost = [row["out"]["lost"] + row["in"]["lost"] for row in rows]
    more = sum(way["twice"] for way in both), sum(way["late"] for way in both)
    p99 = percentile(outage, .99)
    back = key[0].endswith("-back")
    limit = (0, 0) if back else BOUNDS.get(key, (float("inf"),) * 2)
    good = p99 <= limit[0] and max(outage) <= limit[1] and more == (0, 0)
    return (*key, len(rows), percentile(outage, .5), p99, max(outage),
            sum(lost), *more), good


def main(folder, count):
    folder, count = pathlib.Path(folder), int(count)
    rows, errors = read(folder)
    (folder / "switch.json").write_text(json.dumps(
        [row for key in sorted(rows) for row in rows[key]]))
    print("| event | CCM | switches | outage p50 ms | p99 | max |"
          " lost frames | twice | late |")
    print("| --- | --: | --: | --: | --: | --: | --: | --: | --: |")
    results = []
    for key in sorted(rows):
        row, good = judge(key, rows[key])
        print("| " + " | ".join(
            f"{x:.2f}" if isinstance(x, float) else str(x)
            for x in row) + " |")
        results.append((key, good and len(rows[key]) >= count))
    missing = [key for key in BOUNDS if key not in rows]
    results += [(key, False) for key in missing]

    print(f"\nKTAP version 1\n1..{len(results)}")
    for number, ((kind, ccm), good) in enumerate(results, 1):
        print(f"{'ok' if good else 'not ok'} {number} {kind} {ccm}")
    for error in errors:
        print("#", error)
    return all(good for _, good in results) and not errors


if __name__ == "__main__":
    sys.exit(not main(*sys.argv[1:]))
