# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# What the scripts about MEPs share.
#
#   C   c1    c2            a peer that a program plays, or vxc itself
#       |     |
#   P   p1    p2            circuit acme: primary p1:100, secondary p2:200

# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

SEED=${SEED:-$RANDOM$RANDOM}
FUZZ=${FUZZ:-$(scale 120000)}
KEY=01234567-89ab-cdef-0123-456789abcdef
MA1=$KEY-1
MA2=$KEY-2
PEER_MAC=020000000002

# What a slow machine can keep up with.
CCM=100ms
CODE=3
US=100000
if ((KSFT_SLOW > 1)); then
	CCM=1s
	CODE=4
	US=1000000
fi

declare -a CCM_PID SLR_PID

setup_all()
{
	setup_provider
	quiet_ns "$C"
	[[ -n $P ]] && quiet_ns "$P"
	two_wires
	P1=$(pip -j link show p1 | jq -r '.[0].address' | tr -d :)
	diag "seed $SEED"
}

acme()
{
	v port show p1 > /dev/null 2>&1 || must v port add p1
	v port show p2 > /dev/null 2>&1 || must v port add p2
	must v circuit add acme key "$KEY" leg p1:100 leg p2:200 "$@"
	must v peering add acme-p circuit acme cvid 10
	must pip link set acme-p up
}

# mep FILTER [ROLE]: of a leg's MEP as the command shows it.
mep()
{
	jqv ".[0].legs[] | select(.role == \"${2:-primary}\").mep | $1" \
		show acme
}

defects()
{
	mep '.defects | sort | join(" ")' "$@"
}

leg_state()
{
	jqv ".[0].legs[] | select(.role == \"${1:-primary}\") |
		\"\(.state) \(.reason)\"" show acme
}

# ccm LEG KEY=VALUE...: the peer's CCMs over leg 1 or 2, from now on.
ccm()
{
	local n=$1 ma

	shift
	ma=MA$n
	background "$WORK/ccm$n" "$PROGS/oam-peer" ccm "$C:c$n" \
		"tags=8100:${n}00" "ma=${!ma}" code="$CODE" us="$US" "$@"
	CCM_PID[n]=$BG
}

quiet()
{
	finish "${CCM_PID[$1]}"
}

# fates LEG PATTERN: what becomes of its loss measurements from now on.
fates()
{
	echo "$2" > "$WORK/fates$1.new"
	mv "$WORK/fates$1.new" "$WORK/fates$1"
}

# slr LEG PATTERN: the peer answers those of leg 1 or 2.
slr()
{
	local n=$1

	fates "$n" "$2"
	background "$WORK/slr$1" "$PROGS/oam-peer" slr "$C:c$1" \
		"$WORK/fates$1"
	SLR_PID[n]=$BG
	wait_for 5 grep -q ready "$WORK/slr$1"
}

# Both legs' CCMs and replies end.
all_quiet()
{
	local leg

	for leg in 1 2; do
		quiet "$leg"
		finish "${SLR_PID[$leg]}"
	done
}

watch()
{
	background "$WORK/watch" "$PROGS/oam-peer" watch "$C"
	WATCH=$BG
	wait_for 5 grep -q ready "$WORK/watch"
}

# seen REGEX: among the frames that arrived at the peer.
seen()
{
	grep -Eq "$1" "$WORK/watch"
}

hex()
{
	printf '%s' "$1" | od -An -v -tx1 | tr -d ' \n'
}

zeros()
{
	printf "%0$((2 * $1))d" 0
}

# ccm_hex RDI-AND-CODE MEPID MA: a CCM of level 4, its number left open.
ccm_hex()
{
	printf '8001%s46.{8}%04x0102%02x%s%s%s020001020400010100' "$1" "$2" \
		${#3} "$(hex "$3")" "$(zeros $((45 - ${#3})))" "$(zeros 16)"
}
