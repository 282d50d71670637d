# SPDX-License-Identifier: GPL-2.0
"""A bar chart of the 64 byte rows, as SVG."""

PANELS = (
    ("w1", "64B", "W1 port to port"),
    ("w2", "64B", "W2 two tags off, to IP"),
    ("w3", "64B", "W3 from IP, two tags on"),
    ("w4", "64B", "W4 routed"),
    ("w4", "64B-vrf", "W4 routed in a VRF"),
)
COLOURS = {"vxc": "#c2410c", "floor": "#94a3b8", "plain": "#94a3b8"}
BOUGHT = "#f0a070"
OTHER = "#3b6ea5"
WIDTH, LABEL, BAR, GAP = 760, 130, 16, 5


def bars(rows, top, longest):
    for row in rows:
        width = max(1, (WIDTH - LABEL - 80) * row["net"] / longest)
        colour = COLOURS.get(row["way"], BOUGHT if row["way"].startswith("vxc-")
                             else OTHER)
        yield (f'<text x="{LABEL - 8}" y="{top + 12}" '
               f'text-anchor="end">{row["way"]}</text>'
               f'<rect x="{LABEL}" y="{top}" width="{width:.1f}" '
               f'height="{BAR}" fill="{colour}"/>'
               f'<text x="{LABEL + width + 6:.1f}" y="{top + 12}">'
               f'{row["net"]:,.0f}</text>')
        top += BAR + GAP


def panel(rows, title, top):
    rows = sorted(rows, key=lambda row: row["net"])
    longest = max(row["net"] for row in rows)
    return [f'<text x="0" y="{top + 14}" class="title">{title}</text>',
            *bars(rows, top + 24, longest)]


def draw(rows):
    body, top = [], 30
    for work, case, title in PANELS:
        shown = [row for row in rows if (row["work"], row["case"]) ==
                 (work, case) and not row["wrong"]]
        if not shown:
            continue
        body += panel(shown, title, top)
        top += 24 + len(shown) * (BAR + GAP) + 16
    return ('<!-- SPDX-License-Identifier: GPL-2.0 -->\n'
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" '
            f'height="{top}" font-family="sans-serif" font-size="12">'
            '<style>text{fill:#1e293b}.title{font-weight:bold}</style>'
            f'<rect width="{WIDTH}" height="{top}" fill="#ffffff"/>'
            '<text x="0" y="16" class="title">Instructions per packet of 64 '
            'bytes, Linux 6.1</text>' + "\n".join(body) + "</svg>\n")
