# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# What the scripts about MEPs of peerings share.

# shellcheck source=oam-lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/oam-lib.sh"

MA1=$KEY-1-10
MA2=$KEY-2-10
CTAG=8100e00a

# pmep FILTER [ROLE]: of the peering's MEP on a leg.
pmep()
{
	jqv ".[0].meps[] | select(.role == \"${2:-primary}\") | $1" \
		peering show acme-p
}

pdefects()
{
	pmep '.defects | sort | join(" ")' "$@"
}

# Where the peering has MEPs.
places()
{
	jqv '[.[0].meps[]?.role] | join(" ")' peering show acme-p
}

# pccm LEG KEY=VALUE...: the peer's CCMs behind the C-tag, from now on.
pccm()
{
	local n=$1

	shift
	ccm "$n" "tags=8100:${n}00 8100:10" "$@"
}

# Of the circuit and both legs: nothing has happened.
untouched()
{
	check_eq "$1: the circuit" "$(circ state) $(circ active) $(circ switches)" \
		"up primary 0"
	check_eq "$1: the legs" "$(leg_state) $(leg_state secondary)" \
		"up none up none"
}

rx_of()
{
	jqv '.[0].stats.rx_packets' peering show "$1"
}

oam_drops()
{
	jqv '.[0].legs[0].drops.oam // 0' show acme
}

# sends DESTINATION TAGS PDU: over leg 1, with the peer's address.
sends()
{
	must "$PROGS/oam-peer" send "$C:c1" "$1${PEER_MAC}$2 8902 $3"
}

# The peer is vxc too, in C: circuit acme with the other MEPIDs.
other_end()
{
	must "$VXC" -n "$C" port add c1
	must "$VXC" -n "$C" port add c2
	must "$VXC" -n "$C" circuit add acme key "$KEY" leg c1:100 leg c2:200
	must "$VXC" -n "$C" peering add acme-p circuit acme cvid 10 \
		oam ccm "$CCM" mepid 2
}

no_other_end()
{
	must "$VXC" -n "$C" circuit del acme force
	must "$VXC" -n "$C" port del c1
	must "$VXC" -n "$C" port del c2
}
