/* SPDX-License-Identifier: GPL-2.0 */
/* What the rest of the module knows of maintenance end points. */
#ifndef _VXC_MEP_H
#define _VXC_MEP_H

#include <linux/skbuff.h>
#include <uapi/linux/vxc.h>

#include "selector.h"

#define VXC_MEP_LEVEL_DEFAULT	4
#define VXC_MEP_PCP_DEFAULT	7
#define VXC_AIS_LEVEL_DEFAULT	5
#define VXC_SL_RECORD	100	/* ms; rarer SLMs are too few a second */
#define VXC_MEP_SD_INTERVAL_DEFAULT	1000	/* ms */
#define VXC_MEP_SD_RAISE_DEFAULT	3
#define VXC_MEP_SD_CLEAR_DEFAULT	10

struct netlink_ext_ack;
struct vxc_frame;
struct vxc_leg;
struct vxc_mep;
struct vxc_oam_link;
struct vxc_path;
struct vxc_pdu_aps;
struct vxc_peering;

/* A MEP as it is configured; there is one if @ccm is not 0. */
struct vxc_mep_cfg {
	u32				ccm;	/* us */
	u32				dm;	/* ms */
	u32				sl;	/* ms */
	u32				sd;	/* parts per million, 0: off */
	u32				sd_interval;	/* ms */
	u8				sd_raise;
	u8				sd_clear;
	u16				mepid;
	u16				remote;
	u16				also[VXC_REMOTES_MAX - 1];
	u8				n_also;	/* of other remote MEPs */
	u16				ma_number;
	u8				level;
	u8				pcp;
	u8				ma_format;
	char				ma_name[VXC_MA_NAME_MAX + 1];
};

/**
 * struct vxc_mep_point - a place where a MEP can be
 * @mep: the MEP, or NULL
 * @mep_next: the one compiled while a transaction runs
 * @link: how OAM frames get to the wire; NULL while the port is absent
 * @link_next: the one compiled while a transaction runs
 */
struct vxc_mep_point {
	struct vxc_mep __rcu		*mep;
	struct vxc_mep			*mep_next;
	struct vxc_oam_link __rcu	*link;
	struct vxc_oam_link		*link_next;
};

/**
 * struct vxc_peering_mep - the MEPs of a peering, one a leg
 * @cfg: how they are configured
 * @point: where they are, by role
 * @rcu: for freeing
 */
struct vxc_peering_mep {
	struct vxc_mep_cfg		cfg;
	struct vxc_mep_point		point[VXC_LEGS];
	struct rcu_head			rcu;
};

/* oam.c */
bool vxc_oam_rx(struct sk_buff *skb, const struct vxc_frame *f);
bool vxc_oam_stops(struct sk_buff *skb, const struct vxc_frame *f);
bool vxc_oam_stops_tx(const struct sk_buff *skb, const struct vxc_path *path);
int vxc_oam_send_aps(struct vxc_leg *leg, const struct vxc_pdu_aps *aps);
int vxc_oam_send_alarm(struct vxc_leg *leg, u8 opcode, u8 level, u8 code);

/* mep-config.c */
int vxc_mep_compile(struct vxc_leg *leg, struct netlink_ext_ack *extack);
void vxc_mep_publish(struct vxc_mep_point *point);
void vxc_mep_discard(struct vxc_mep_point *point);
void vxc_mep_unlink(struct vxc_mep_point *point);
void vxc_mep_end(struct vxc_mep_point *point);

/* peering-mep.c */
bool vxc_peering_mep_on_path(const struct vxc_peering *p,
			     const struct vxc_leg *leg);
int vxc_peering_mep_compile(struct vxc_peering *p);
void vxc_peering_mep_publish(struct vxc_peering *p);
void vxc_peering_mep_discard(struct vxc_peering *p);
void vxc_peering_mep_unlink(struct vxc_peering *p, u8 role);
void vxc_peering_mep_end(struct vxc_peering *p);
void vxc_peering_mep_free(struct vxc_peering *p);

/* netlink-oam.c */
int vxc_fill_mep(struct sk_buff *skb, struct vxc_leg *leg);
int vxc_fill_peering_meps(struct sk_buff *skb, struct vxc_peering *p);

#endif /* _VXC_MEP_H */
