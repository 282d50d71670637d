# SPDX-License-Identifier: GPL-2.0
"""meps.py DIR ROWS: what DIR/boots/* say of many MEPs, as a table and as KTAP."""
import json
import pathlib
import sys


def read(folder):
    """Rows, and what went wrong."""
    rows, errors = [], []
    for path in sorted(folder.glob("boots/*")):
        if "." in path.name:
            continue
        for line in path.read_text(errors="replace").splitlines():
            if line.startswith("row "):
                rows.append(json.loads(line[4:]))
            elif line.startswith("error"):
                errors.append(line)
    return rows, errors


def due(row):
    """So many are due in that time."""
    hosts = 2 if row["kind"] == "both" else 1
    interval = 1 / 300 if row["ccm"] == "3.33ms" else 0.1
    return hosts * row["count"] * row["seconds"] / interval


def each(row):
    """Instructions for each CCM."""
    return f"{(row['work'] - row['base']) / due(row):,.0f}"


def good(row):
    """No defect, none lost, all at their pace."""
    if row["kind"] == "alone":
        return row["tx"] > due(row) * .99
    return (min(row["tx"], row["rx"]) > due(row) * .99 and
            (row["lost"], row["defects"], row["outages"]) == (0, 0, 0) and
            row["seen"] == 2 * row["count"])


def main(folder, wanted):
    rows, errors = read(pathlib.Path(folder))
    print("| hosts | MEPs each | CCM | seconds | sent | received |"
          " lost | defects | outages | instructions a CCM |")
    print("| --- |" + " --: |" * 9)
    for row in rows:
        print(f"| {row['kind']} | {row['count']} | {row['ccm']} |"
              f" {row['seconds']} | {row['tx']} |"
              f" {row['rx']} | {row['lost']} | {row['defects']} |"
              f" {row['outages']} | {each(row)} |")
    print(f"\nKTAP version 1\n1..{len(rows)}")
    for number, row in enumerate(rows, 1):
        print("ok" if good(row) else "not ok", number,
              f"hosts {row['kind']}, {row['count']} MEPs each, CCM each "
              f"{row['ccm']}: at their pace, none lost")
    for error in errors:
        print("#", error)
    return len(rows) == int(wanted) and all(map(good, rows)) and not errors


if __name__ == "__main__":
    sys.exit(not main(*sys.argv[1:]))
