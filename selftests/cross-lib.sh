# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# What scripts about crossing share: circuit acme joins a0 to z0, and a frame
# that is sent at one end has to arrive at the other one, or nowhere.
#
#   C  csync  ca0 cz0
#       |      |   |
#   P  psync   a0  z0

# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

ATTACHMENTS=(svid svid-cvid untagged any)

# For those who need no other wires
setup_all()
{
	setup_provider
	quiet_ns "$C"
	[[ -n $P ]] && quiet_ns "$P"
	wire sync sync && wire ca0 a0 && wire cz0 z0
}

# setup_circuits: with the wires that circuits() needs
setup_circuits()
{
	local i

	setup_provider
	quiet_ns "$C"
	[[ -n $P ]] && quiet_ns "$P"
	wire sync sync || return 1
	for ((i = 0; i < ${#ATTACHMENTS[@]} * ${#ATTACHMENTS[@]}; i++)); do
		wire "ca$i" "a$i" && wire "cz$i" "z$i" || return 1
	done
}

head_of_script()
{
	echo "netns C $C"
	echo "netns P $(pns)"
	echo "sync C:sync P:sync"
}

# Lines that say which frames to send and where they arrive
frames()
{
	{
		head_of_script
		cat
	} > "$WORK/script"
	if ! "$PROGS/frames" run < "$WORK/script" > "$WORK/out" 2>&1; then
		fail "frames went astray"
		diag "$(head -40 "$WORK/out")"
	fi
}

# across FRAME ARRIVES: from a to z; "" arrives nowhere
across()
{
	echo "send C:ca0 $1"
	echo "tap P:a0"
	[[ -z $2 ]] || echo "expect C:cz0 $2"
}

back()
{
	echo "send C:cz0 $1"
	echo "tap P:z0"
	[[ -z $2 ]] || echo "expect C:ca0 $2"
}

# ports [TPID [TPID]]: of a0 and of z0
ports()
{
	must v port add a0 tpid "${1:-8100}"
	must v port add z0 tpid "${2:-8100}"
}

# acme [SETTINGS...]: one circuit, S-VID 100 to S-VID 200
acme()
{
	ports
	must v circuit add acme leg a0:100 z-leg z0:200 loop-guard off "$@"
	until_eq 5 up circ state
}

# of END FIELD [NAME]: of the leg of that end
of()
{
	jqv ".[0].legs[] | select(.end == \"$1\") | .$2 // 0" \
		show "${3:-acme}"
}

# attachment KIND PORT SVID CVID
attachment()
{
	case $1 in
	svid) echo "$2:$3" ;;
	svid-cvid) echo "$2:$3.$4" ;;
	untagged) echo "$2:untagged" ;;
	any) echo "$2:*" ;;
	esac
}

# tags_of KIND TPID SVID CVID: what frames of an attachment begin with
tags_of()
{
	case $1 in
	svid) echo "$2:$3" ;;
	svid-cvid) echo "$2:$3 8100:$4" ;;
	*) echo - ;;
	esac
}

# circuits P Q: one for each pair of attachments, with these TPIDs
circuits()
{
	local from to i=0

	for from in "${ATTACHMENTS[@]}"; do
		for to in "${ATTACHMENTS[@]}"; do
			echo "port add a$i tpid $1"
			echo "port add z$i tpid $2"
			echo "circuit add x$i loop-guard off" \
				"leg $(attachment "$from" "a$i" 100 10)" \
				"z-leg $(attachment "$to" "z$i" 200 20)"
			i=$((i + 1))
		done
	done > "$WORK/circuits"
	must v -batch "$WORK/circuits"
}
