# SPDX-License-Identifier: GPL-2.0
"""report.py FOLDER: tables, JSON and a chart of what run.sh measured."""
import json
import pathlib
import sys

import chart
import figures

WORK = {
    "w1": "W1: from port to port, the VID translated",
    "w2": "W2: two tags taken off, up to IP",
    "w3": "W3: from IP, two tags put on",
    "w4": "W4: routed from circuit to circuit",
}
AMONG = {
    "among": "W2 among many circuits",
    "across": "W1 among many circuits, S-VID and C-VID",
}
CASES = ("64B", "64B-frame", "1500B", "1500B-frame", "64KB", "64B-gro",
         "64B-list", "64B-v6", "64B-10k", "64B-vrf", "64B-10k-vrf", "64B-raw",
         "1518B-raw")


def cell(row):
    if row is None:
        return ""
    if row["wrong"]:
        return "failed"
    return f"{row['net']:,.0f}" + ("*" if row["segments"] > 1 else "")


def table(head, lines):
    align = ["---"] + ["--:"] * (len(head) - 1)
    return "\n".join("| " + " | ".join(line) + " |"
                     for line in [head, align, *lines])


def work_table(rows, work):
    found = {(row["way"], row["case"]): row for row in rows
             if row["work"] == work}
    cases = [case for case in CASES if any(c == case for _, c in found)]
    ways = {way for way, _ in found}
    order = {way: min(found[way, case]["net"] for case in cases
                      if (way, case) in found) for way in ways}
    lines = []
    for way in sorted(ways, key=order.get):
        spread = max(found[way, case]["spread"] for case in cases
                     if (way, case) in found)
        lines.append([way] + [cell(found.get((way, case))) for case in cases]
                     + [f"{spread:.0f}"])
    return table(["way", *cases, "spread"], lines)


def among_table(rows, work):
    return table(["way, circuits on the port", "raw"],
                 [[f"{row['way']}, {row['case']}",
                   "failed" if row["wrong"] else f"{row['raw']:,.0f}"]
                  for row in rows if row["work"] == work])


def features_table(rows):
    """What a frame of 64 bytes pays for each thing bought, by work"""
    found = {(row["way"], row["work"]): row for row in rows
             if row["case"] == "64B" and row["way"].startswith("vxc")}
    lines = []
    for way in sorted({way for way, _ in found} - {"vxc"}):
        lines.append([way.removeprefix("vxc-")])
        for work in WORK:
            row, plain = found.get((way, work)), found.get(("vxc", work))
            lines[-1].append(cell(row) + (
                f" ({row['net'] - plain['net']:+,.0f})"
                if row and plain and not row["wrong"] else ""))
    return table(["with", *(work.upper() for work in WORK)], lines)


def scale_lines(scale):
    name = f"{scale['way']}, {scale['n']} circuits"
    for step, value in scale.items():
        if isinstance(value, dict):
            yield [f"{name}: {step}",
                   f"{value['kiloinstructions_each']:,.1f}",
                   f"{value['seconds']:.3f}"]


def memory_lines(scale):
    steps = {"vxc": ("a circuit", "its peering"),
             "across": ("a circuit, port to port",)}.get(scale["way"],
                                                         ("both",))
    for step, each in zip(steps, scale["kilobytes_each"]):
        yield [f"{scale['way']}, {scale['n']} circuits: {step}",
               *(f"{each[kind]:.2f}" for kind in ("free", "slab", "percpu"))]


def sections(folder, rows, scales):
    def note(name):
        return pathlib.Path(folder, name).read_text().strip()

    yield (f"Instructions per packet, Linux {note('kernel')}, {note('qemu')},"
           " less those of making and freeing the packet.")
    for work, title in WORK.items():
        if any(row["work"] == work for row in rows):
            yield f"### {title}\n\n{work_table(rows, work)}"
    if any(row["segments"] > 1 for row in rows):
        yield "`*` left as segments that software made."
    if any(row["way"].startswith("vxc-") for row in rows):
        yield ("### With what can be bought, 64 bytes, and how much more than "
               f"vxc without\n\n{features_table(rows)}")
    for work, title in AMONG.items():
        if any(row["work"] == work for row in rows):
            yield f"### {title}\n\n{among_table(rows, work)}"
    if scales:
        made = [line for scale in scales for line in scale_lines(scale)]
        kept = [line for scale in scales for line in memory_lines(scale)]
        yield ("### Making and deleting many, user space included\n\n"
               + table(["", "1000 instructions each", "seconds"], made))
        yield ("### Memory, kB each\n\n" + table(
            ["", "less free memory", "more slab", "more per-CPU"], kept))


def complaints(found, rows, scales):
    wrong = [f"{row['work']} {row['way']} {row['case']}: {row['wrong']}"
             for row in rows if row["wrong"]]
    wrong += [f"scale {scale['way']}: {scale['wrong']}"
              for scale in scales if "wrong" in scale]
    wrong += [f"{boot}: {text}" for boot, text in found["error"]]
    if figures.clock_error(found):
        wrong.append(figures.clock_error(found))
    return wrong


def main(folder):
    found = figures.read(folder)
    rows, scales = figures.rows(found), figures.scales(found)
    text = "\n\n".join(sections(folder, rows, scales)) + "\n"
    print(text)
    out = pathlib.Path(folder)
    (out / "bench.md").write_text(text)
    (out / "bench.json").write_text(json.dumps(
        {"kernel": (out / "kernel").read_text().strip(),
         "qemu": (out / "qemu").read_text().strip(),
         "rows": rows, "scale": scales}, indent=1) + "\n")
    (out / "bench.svg").write_text(chart.draw(rows))
    wrong = complaints(found, rows, scales)
    for line in wrong:
        print(f"wrong: {line}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
