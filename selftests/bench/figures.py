# SPDX-License-Identifier: GPL-2.0
"""From what the guests wrote to figures that were checked.

A row counts only if every frame came out where it should, looking as it
should, and nothing else came out anywhere.
"""
import collections
import json
import pathlib
import statistics

SIZES = {"64B": 60, "1500B": 1514, "64KB": 64014, "1518B": 1514}
TCP_HEADERS = 40


def read(folder):
    """Lines of all guests, as {kind: [(boot, value)]}."""
    found = collections.defaultdict(list)
    for path in sorted(pathlib.Path(folder, "boots").iterdir()):
        if path.suffix:
            continue
        for line in path.read_text(errors="replace").splitlines():
            kind, _, rest = line.partition(" ")
            if kind in ("row", "scale", "loop", "rate"):
                rest = json.loads(rest)
            found[kind].append((path.name, rest))
    return found


def looks_wrong(row):
    """What is wrong with the frames that were looked at, or None."""
    expect, verified = row["expect"], row["verified"]
    sent = verified["frames"]
    out = sum(seen["frames"] for seen in verified["seen"])
    if verified["overflow"] or not out:
        return "nothing came out"
    proto = "86dd" if row["case"].endswith("-v6") else "0800"
    for seen in verified["seen"]:
        for key, value in {**expect, "type": proto, "tos": 0}.items():
            if seen[key] != value:
                return f"{key} is {seen[key]}, not {value}"
    size = SIZES[row["case"].partition("-")[0]] - 14
    if row["case"].startswith("64KB"):
        carried = sum((seen["bytes"] - TCP_HEADERS) * seen["frames"]
                      for seen in verified["seen"])
        if carried != sent * (size - TCP_HEADERS):
            return f"{carried} bytes of payload came out"
    elif any(seen["bytes"] != size for seen in verified["seen"]):
        return "frames of the wrong length"
    elif out != sent:
        return f"{out} of {sent} frames came out"
    return None


def counts_wrong(row, segments):
    """What is wrong with the counters of the measured runs, or None."""
    where = row["expect"].get("at", "ip:").partition(":")[0]
    for run in row["runs"]:
        for counter in ("ip", "pa", "pb"):
            wanted = run["frames"] * segments if counter == where else 0
            if run[counter] != wanted:
                return f"{counter} counted {run[counter]}, not {wanted}"
    return None


def check(row):
    """(segments per frame sent, what is wrong or None)"""
    if row["work"] == "null":
        return 1, None
    if "tags" not in row["expect"]:
        return 1, counts_wrong(row, 1)
    out = sum(seen["frames"] for seen in row["verified"]["seen"])
    segments = out // row["verified"]["frames"]
    return segments, looks_wrong(row) or counts_wrong(row, segments)


def cost(run):
    return run["med"] / run["batch"]


def rows(found):
    """Figures by (work, way, case); a guest's runs are one boot."""
    merged = {}
    for boot, row in found["row"]:
        key = row["work"], row["way"], row["case"]
        segments, wrong = check(row)
        entry = merged.setdefault(key, {
            "work": row["work"], "way": row["way"], "case": row["case"],
            "base": row["base"], "segments": segments, "boots": [],
            "runs": [], "wrong": None})
        entry["wrong"] = entry["wrong"] or (wrong and f"{boot}: {wrong}")
        costs = [cost(run) for run in row["runs"]]
        entry["boots"].append(statistics.median(costs))
        entry["runs"] += costs
    baselines = {row["case"]: statistics.median(row["boots"])
                 for row in merged.values() if row["work"] == "null"}
    for row in merged.values():
        runs = row.pop("runs")
        row["raw"] = statistics.median(row["boots"])
        row["spread"] = max(runs) - min(runs)
        base = row.pop("base")
        if base != "none" and base not in baselines:
            row["wrong"] = row["wrong"] or "the baseline is missing"
        row["net"] = row["raw"] - baselines.get(base, 0)
    return list(merged.values())


def busy(clock):
    """(instructions, nanoseconds) between two readings of the clock"""
    (start, idle), (end, later) = (map(int, text.split()) for text in clock)
    return end - start - (later - idle), end - start


def scales(found):
    """What circuits cost, each."""
    result = []
    for _, scale in found["scale"]:
        entry = {key: scale[key] for key in ("way", "n", "made", "left")}
        for name, clock in scale["clock"].items():
            instructions, elapsed = busy(clock)
            entry[name] = {
                "kiloinstructions_each": instructions / scale["n"] / 1000,
                "seconds": elapsed / 1e9}
        kept = [list(map(int, text.split())) for text in scale["memory"]]
        entry["kilobytes_each"] = [
            {"free": (before[0] - after[0]) / scale["n"],
             "slab": (after[1] - before[1]) / scale["n"],
             "percpu": (after[2] - before[2]) / scale["n"]}
            for before, after in zip(kept, kept[1:])]
        if scale["made"] != scale["n"] or scale["left"]:
            entry["wrong"] = f"{scale['made']} made, {scale['left']} left"
        result.append(entry)
    return result


def clock_error(found):
    """Why the clock cannot be trusted, or None: 3 instructions a round."""
    loops = [loop for _, loop in found["loop"]]
    if not loops:
        return "the clock was not calibrated"
    for loop in loops:
        extra = loop["ticks"] - 3 * loop["rounds"]
        if not 0 <= extra < 20:
            return f"{loop['rounds']} rounds took {loop['ticks']} ticks"
    return None
