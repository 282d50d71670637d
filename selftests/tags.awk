# SPDX-License-Identifier: GPL-2.0
#
# From docs/truth-table.md to a script for progs/frames and the counters that
# must follow. Variables: tpid (of all ports), policy (pass or drop), every
# (take one frame in so many), tx (do the transmit table instead), pcp, dei,
# cns and pns (network namespaces), counters (file to write).
#
# Input: the document, then lines "PORT LEGS", where a letter of LEGS is a leg:
# U untagged, S svid, Q svid-cvid, A any; a small letter is the same leg
# without an untagged peering.

BEGIN {
	SVID = 100
	CVID = 10
	split("U S Q A", letters, " ")
	kind["U"] = "untagged"
	kind["S"] = "svid"
	kind["Q"] = "svid-cvid"
	kind["A"] = "any"
	print "netns C " cns
	print "netns P " pns
	if (!tx)
		print "host P"
	print "sync C:sync P:sync"
}

function trim(s)
{
	gsub(/^[ `]+|[ `]+$/, "", s)
	return s
}

/^<!-- table: / {
	table = $3
	rows = 0
	next
}

/^\|/ && table != "" && FILENAME ~ /\.md$/ {
	if (++rows <= 2)
		next
	n = ++count[table]
	fields = split($0, f, "|")
	for (i = 2; i < fields; i++)
		cell[table, n, i - 1] = trim(f[i])
	next
}

FILENAME ~ /\.md$/ {
	if (rows)
		table = ""
	next
}

{
	ports++
	port[ports] = $1
	legs[ports] = $2 == "none" ? "" : $2
}

# --- patterns -------------------------------------------------------------

function fits_one(pattern, tag,    p, t)
{
	gsub(/`/, "", pattern)
	if (pattern == "*" || pattern == tag)
		return 1
	if (pattern == "-" || tag == "-")
		return 0
	split(pattern, p, ":")
	split(tag, t, ":")
	if (p[1] == "P")
		p[1] = tpid
	if (p[1] != "*" && p[1] != t[1])
		return 0
	if (p[2] == "S")
		return t[2] == SVID
	if (p[2] == "C")
		return t[2] == CVID
	if (p[2] == "V")
		return t[2] != 0
	return p[2] == "*" || p[2] == t[2]
}

function fits(pattern, tag,    list, n, i)
{
	n = split(pattern, list, ", *")
	for (i = 1; i <= n; i++)
		if (fits_one(list[i], tag))
			return 1
	return 0
}

# The letter of the leg in this set of legs that takes the frame, or "".
function which_leg(set, outer, inner,    r, n, i, j, list, l)
{
	for (r = 1; r <= count["legs"]; r++) {
		if (!fits(cell["legs", r, 1], outer) ||
		    !fits(cell["legs", r, 2], inner))
			continue
		used["legs", r]++
		n = split(cell["legs", r, 3], list, ", *")
		for (i = 1; i <= n; i++) {
			for (j = 1; j <= 4; j++) {
				l = letters[j]
				if (kind[l] != list[i])
					continue
				if (index(set, l))
					return l
				if (index(set, tolower(l)))
					return tolower(l)
			}
		}
		return ""
	}
	print "no row of the table of legs fits" > "/dev/stderr"
	exit 1
}

# "" untagged, a C-VID, or -1; sets "result".
function which_peering(leg, outer, inner, third,    r, k, t)
{
	k = kind[toupper(leg)]
	for (r = 1; r <= count["peerings"]; r++) {
		if (cell["peerings", r, 1] != k ||
		    !fits(cell["peerings", r, 2], outer) ||
		    !fits(cell["peerings", r, 3], inner) ||
		    !fits(cell["peerings", r, 4], third))
			continue
		used["peerings", r]++
		result = cell["peerings", r, 6]
		if (cell["peerings", r, 5] == "none")
			return -1
		if (cell["peerings", r, 5] == "untagged")
			return ""
		split(k == "any" ? outer : inner, t, ":")
		return t[2]
	}
	print "no row of the table of peerings fits" > "/dev/stderr"
	exit 1
}

# Where a leg svid-cvid has the C-VID, no peering of the leg svid can have it,
# and so it is with the untagged frames and the whole port.
function has_peering(set, leg, cvid)
{
	if (cvid == "" && leg == "A" && set ~ /[Uu]/)
		return 0
	if (cvid == "")
		return leg ~ /[USQA]/
	if (leg ~ /[Ss]/ && cvid == CVID && set ~ /[Qq]/)
		return 0
	return leg ~ /[SsAa]/ && (cvid == CVID || cvid == 2 * CVID)
}

# --- received -------------------------------------------------------------

function add(what, n)
{
	sum[what] += n
}

# The tag with a PCP and DEI that differ from frame to frame.
function coloured(tag, n)
{
	if (tag == "-")
		return ""
	return " " tag ".p" (n % 8) (int(n / 8) % 2 ? ".d" : "")
}

function one_frame(p, outer, inner, third,    text, bytes, leg, cvid, who, dev)
{
	colour++
	if (++frames % every)
		return
	text = coloured(outer, colour) coloured(inner, colour + 3) \
		coloured(third, colour + 5)
	bytes = 60 + 4 * ((outer != "-") + (inner != "-") + (third != "-"))
	print "send C:c" port[p] (text == "" ? " -" : text)
	print "tap P:" port[p]
	leg = which_leg(legs[p], outer, inner)
	if (leg == "") {
		if (policy == "drop") {
			add("port " port[p] " unmatched", 1)
		} else {
			print "hosted P:" port[p]
			add("port " port[p] " passed", 1)
		}
		return
	}
	who = "t" port[p] toupper(leg)
	cvid = which_peering(leg, outer, inner, third)
	if (!has_peering(legs[p], leg, cvid))
		result = "unknown-cvid"
	if (result != "delivered") {
		add("leg " who " " result, 1)
		return
	}
	dev = who cvid
	print "expect P:" dev " -"
	add("leg " who " rx", 1)
	add("leg " who " rx_bytes", bytes)
	add("peering " dev " rx", 1)
	add("peering " dev " rx_bytes", bytes)
}

function all_frames(p,    i, j, k, no, ni, nt, o, n, t)
{
	no = split("- 8100:0 8100:100 8100:999 8100:4095 8100:10 88a8:0 " \
		   "88a8:100 88a8:999 88a8:4095 88a8:10 9100:0 9100:100 " \
		   "9100:999 9100:4095 9100:10", o, " ")
	colour = 0
	ni = split("- 8100:0 8100:10 8100:20 8100:99 88a8:10 9100:10", n, " ")
	nt = split("- 8100:5", t, " ")
	for (i = 1; i <= no; i++)
		for (j = 1; j <= (o[i] == "-" ? 1 : ni); j++)
			for (k = 1; k <= (n[j] == "-" ? 1 : nt); k++)
				one_frame(p, o[i], n[j], t[k])
}

# --- transmitted ----------------------------------------------------------

function wire(leg, cvid,    r, text, want)
{
	want = cvid == "" ? "untagged" : "V"
	for (r = 1; r <= count["transmit"]; r++) {
		if (cell["transmit", r, 1] != kind[leg] ||
		    cell["transmit", r, 2] != want)
			continue
		used["transmit", r]++
		text = cell["transmit", r, 3]
		gsub(/`/, "", text)
		sub(/P:S/, tpid ":" SVID, text)
		sub(/:C/, ":" CVID, text)
		sub(/:V/, ":" cvid, text)
		gsub(/:[0-9]+/, "&.p" pcp (dei ? ".d" : ""), text)
		return text
	}
	print "no row of the transmit table fits" > "/dev/stderr"
	exit 1
}

function transmit_one(p, leg, cvid, own,    dev, text, n, bytes)
{
	dev = "t" port[p] leg cvid
	text = wire(leg, cvid)
	n = text == "-" ? 0 : split(text, unused, " ")
	bytes = 60 + 4 * n + (own == "-" ? 0 : 4)
	print "send P:" dev " " own
	print "expect C:c" port[p] " " text " " own
	add("leg t" port[p] leg " tx", 1)
	add("leg t" port[p] leg " tx_bytes", bytes)
	add("peering " dev " tx", 1)
	add("peering " dev " tx_bytes", bytes)
}

function transmit_all(p,    i, l, c, list, n, j)
{
	for (i = 1; i <= 4; i++) {
		l = letters[i]
		n = split(l ~ /[SA]/ ? "x 10 20" : "x", list, " ")
		for (j = 1; j <= n; j++) {
			c = list[j] == "x" ? "" : list[j]
			if ((index(legs[p], l) &&
			     has_peering(legs[p], l, c)) ||
			    (index(legs[p], tolower(l)) &&
			     has_peering(legs[p], tolower(l), c))) {
				transmit_one(p, l, c, "-")
				transmit_one(p, l, c, "8100:7.p2")
				transmit_one(p, l, c, "88a8:7")
			}
		}
	}
}

END {
	for (p = 1; p <= ports; p++) {
		if (tx)
			transmit_all(p)
		else
			all_frames(p)
	}
	for (what in sum)
		print what, sum[what] > counters
	if (every > 1)
		exit 0
	n = split(tx ? "transmit" : "legs peerings", tables, " ")
	for (i = 1; i <= n; i++) {
		for (r = 1; r <= count[tables[i]]; r++) {
			if (used[tables[i], r])
				continue
			print "row", r, "of table", tables[i], "never fits" \
				> "/dev/stderr"
			exit 1
		}
	}
}
