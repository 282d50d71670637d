/* SPDX-License-Identifier: GPL-2.0 */
/* What the rest of the module knows of maintenance end points. */
#ifndef _VXC_MEP_H
#define _VXC_MEP_H

#include <linux/skbuff.h>
#include <uapi/linux/vxc.h>

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
struct vxc_pdu_aps;

/* The MEP of a leg as it is configured; it has one if @ccm is not 0. */
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

/* oam.c, mep-config.c */
bool vxc_oam_rx(struct sk_buff *skb, const struct vxc_frame *f);
bool vxc_oam_stops(struct sk_buff *skb, const struct vxc_frame *f);
int vxc_oam_send_aps(struct vxc_leg *leg, const struct vxc_pdu_aps *aps);
int vxc_oam_send_alarm(struct vxc_leg *leg, u8 opcode, u8 level, u8 code);
int vxc_mep_compile(struct vxc_leg *leg, struct netlink_ext_ack *extack);
void vxc_mep_publish(struct vxc_leg *leg);
void vxc_mep_discard(struct vxc_leg *leg);
void vxc_mep_unlink(struct vxc_leg *leg);
void vxc_mep_end(struct vxc_leg *leg);

/* netlink-oam.c */
int vxc_fill_mep(struct sk_buff *skb, struct vxc_leg *leg);

#endif /* _VXC_MEP_H */
