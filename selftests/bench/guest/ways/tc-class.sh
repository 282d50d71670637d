# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034,SC2046,SC2086,SC2154 # from and for lib.sh
# As tc, with six classes by DSCP, a policer each (none for all of them
# together), PCP, priority, and the DSCP 0 for frames that have none of theirs

NOT=v6
WORDS=tos=136
PCP=1
POLICE="action police rate 40gbit burst 100m conform-exceed drop/pipe"
REWRITE="action pedit ex munge ip dsfield set 0 retain 0xfc pipe
	action csum ip pipe"

modules()
{
	modprobe -a dummy cls_flower cls_matchall act_vlan act_mirred \
		act_police act_pedit act_csum act_skbedit act_gact \
		sch_ingress
}

w1()
{
	local i to="pipe action mirred egress redirect dev pb"

	modules
	tc qdisc add dev pa clsact
	for i in 1 2 3 4 5; do
		tc filter add dev pa ingress prio 1 protocol 802.1Q \
			flower vlan_id 100 vlan_ethtype ip \
			ip_tos $((i * 32))/0xfc \
			action skbedit priority $((i + 1)) pipe $POLICE \
			action vlan modify id 200 priority $((i + 1)) $to ||
			return
	done
	tc filter add dev pa ingress prio 2 protocol 802.1Q flower vlan_id 100 \
		action skbedit priority "$PCP" pipe $POLICE $REWRITE \
		action vlan modify id 200 priority "$PCP" $to
}

# classes DEVICE DIRECTION FUNCTION WORD...: FUNCTION prints the last actions
# for a PCP
classes()
{
	local dev=$1 dir=$2 i

	shift 2
	for i in 1 2 3 4 5; do
		tc filter add dev "$dev" "$dir" prio 1 protocol ip \
			flower ip_tos $((i * 32))/0xfc \
			action skbedit priority $((i + 1)) pipe $POLICE \
			$("$@" $((i + 1))) || return
	done
	tc filter add dev "$dev" "$dir" prio 2 protocol ip matchall \
		action skbedit priority "$PCP" pipe $POLICE $REWRITE \
		$("$@" "$PCP")
}

accept()
{
	echo "action ok"
}

# push PORT S-VID C-VID PCP
push()
{
	echo "action vlan push id $3 priority $4 pipe
		action vlan push id $2 priority $4 pipe
		action mirred egress redirect dev $1"
}

# dummy PORT S-VID C-VID DEVICE
dummy()
{
	ip link add name "$4" address "$(mac_of "$1")" type dummy
	up "$4"
	tc qdisc add dev "$1" clsact
	tc qdisc add dev "$4" clsact
	tc filter add dev "$1" ingress protocol 802.1Q flower vlan_id "$2" \
		vlan_ethtype 802.1Q cvlan_id "$3" \
		action vlan pop pipe action vlan pop pipe \
		action mirred ingress redirect dev "$4" || return
	classes "$4" ingress accept && classes "$4" egress push "$1" "$2" "$3"
}

l3()
{
	modules
	dummy pa 100 10 lx && dummy pb 300 20 ly || return
	X=lx Y=ly
}
