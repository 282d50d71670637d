/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the files of the module offer each other, by file. Included by vxc.h,
 * which has the types.
 */
#ifndef _VXC_CALLS_H
#define _VXC_CALLS_H

/* main.c */
extern struct workqueue_struct *vxc_wq;
extern struct kmem_cache *vxc_circuits;
extern struct kmem_cache *vxc_legs;
struct vxc_net *vxc_net(const struct net *net);
__printf(3, 4) int vxc_refuse(struct netlink_ext_ack *extack, int err,
			      const char *fmt, ...);

/* map.c */
u16 vxc_attach_vid(const struct vxc_attach *at);
void vxc_map_touch(const struct vxc_attach *at);
void vxc_map_remove_peering(struct vxc_peering *p);
void vxc_map_remove_port(struct vxc_port *port);

/* attach.c */
bool vxc_is_port(const struct net_device *dev);
struct vxc_port *vxc_port_of(const struct net_device *dev);
int vxc_attach_device(struct vxc_port *port, struct net_device *dev,
		      struct netlink_ext_ack *extack);
void vxc_release_device(struct vxc_port *port);
void vxc_detach_device(struct vxc_port *port);
int vxc_attach_check_vlan(const struct vxc_attach *at, u16 tpid,
			  struct netlink_ext_ack *extack);
int vxc_stack_check(struct net_device *upper, struct net_device *lower,
		    struct netlink_ext_ack *extack);

/* port.c */
struct vxc_port *vxc_port_find(struct vxc_net *vn, const char *name);
void vxc_port_destroy(struct vxc_port *port);
u8 vxc_port_reason(const struct vxc_port *port);
void vxc_port_update(struct vxc_port *port);
void vxc_port_follow(struct vxc_port *port);
void vxc_port_unknown(struct vxc_port *port, __be16 tpid, u16 vid);

/* circuit.c, metadata.c */
bool vxc_is_name(const char *name);
struct vxc_circuit *vxc_circuit_find(struct vxc_net *vn, const char *name);
struct vxc_circuit *vxc_circuit_find_id(struct vxc_net *vn, u32 id);
void vxc_circuit_destroy(struct vxc_circuit *circuit, struct list_head *devs);
void vxc_circuit_exit(struct vxc_circuit *circuit, struct list_head *devs);
void vxc_circuit_put(struct vxc_circuit *circuit);
void vxc_metadata_free(struct vxc_circuit *circuit);

/* leg.c */
const char *vxc_role_name(u8 role);
const char *vxc_end_word(const struct vxc_end *end);
const char *vxc_attach_name(const struct vxc_attach *at, char *buf, size_t len);
u16 vxc_attach_tags(const struct vxc_attach *at);
struct vxc_leg *vxc_leg_at(const struct vxc_port *port, u16 vid, u16 cvid);
void vxc_leg_take(struct vxc_leg *leg);
void vxc_leg_restore(struct vxc_leg *leg);
void vxc_leg_free(struct vxc_leg *leg);

/* peering.c */
extern const u8 vxc_no_leg;
struct vxc_peering *vxc_peering_find(struct vxc_net *vn, const char *name);
struct vxc_peering *vxc_peering_find_index(struct vxc_net *vn, int ifindex);
bool vxc_peering_on_leg(const struct vxc_peering *p, const struct vxc_leg *leg);
struct vxc_leg *vxc_peering_leg(const struct vxc_peering *p, u8 role);
void vxc_peering_cut(struct vxc_peering *p);
void vxc_peering_remove(struct vxc_peering *p, struct list_head *devs);

/* netdev.c */
extern const struct net_device_ops vxc_netdev_ops;

static inline bool vxc_is_peering(const struct net_device *dev)
{
	return dev->netdev_ops == &vxc_netdev_ops;
}

u32 vxc_peering_mtu_max(const struct vxc_peering *p);
int vxc_peering_mtu(struct vxc_peering *p, u32 mtu);
void vxc_peering_sizes(struct vxc_peering *p);
void vxc_peering_follow(struct vxc_peering *p);
void vxc_netdev_setup(struct net_device *dev);

/* stats.c */
void vxc_stats_add(struct vxc_counters *sum,
		   const struct vxc_pcpu_stats __percpu *stats);
u64 vxc_drops_sum(const struct vxc_pcpu_drops __percpu *stats, u8 reason);
u64 vxc_passed_sum(const struct vxc_pcpu_drops __percpu *stats);
int vxc_stats_alloc(struct vxc_peering *p, u8 role);
void vxc_stats_free(struct vxc_peering *p);
void vxc_leg_counters(const struct vxc_leg *leg, struct vxc_counters *sum);
void vxc_peering_counters(const struct vxc_peering *p,
			  struct vxc_counters *sum);
void vxc_stats_retag(struct vxc_peering *p, u8 role, u16 tags);
void vxc_device_counters(const struct vxc_peering *p,
			 struct vxc_counters *sum);
void vxc_stats_fold(struct vxc_peering *p);
void vxc_stats_sample(struct work_struct *work);
void vxc_drop_add(struct vxc_pcpu_drops __percpu *stats, u8 reason);
void vxc_drop_skb(struct vxc_pcpu_drops __percpu *stats, u8 reason,
		  struct sk_buff *skb);
void vxc_stats_gso(const struct sk_buff *skb, u32 head, u32 *frames,
		   u32 *bytes);

/* cross-map.c */
bool vxc_crosses(const struct vxc_circuit *circuit);
int vxc_cross_compile(struct vxc_circuit *circuit);
void vxc_cross_publish(struct vxc_circuit *circuit);
void vxc_cross_discard(struct vxc_circuit *circuit);
void vxc_cross_remove(struct vxc_leg *leg);
void vxc_cross_remove_port(struct vxc_port *port);

/* loop.c */
void vxc_loop_tick(struct vxc_circuit *circuit);

/* rx.c */
bool vxc_classify(struct vxc_port *port, const struct sk_buff *skb,
		  struct vxc_frame *f);
rx_handler_result_t vxc_rx_frame(struct sk_buff **pskb, struct vxc_port *port,
				 const struct vxc_map *map);
rx_handler_result_t vxc_rx_handler(struct sk_buff **pskb);

/* tx.c */
netdev_tx_t vxc_xmit(struct sk_buff *skb, struct net_device *dev);

/* fastpath.c */
bool vxc_fast_forward(struct vxc_fast *fast, struct sk_buff *skb);
int vxc_fast_alloc(struct vxc_peering *p);
void vxc_fast_free(struct vxc_peering *p);
u64 vxc_fast_hits(const struct vxc_peering *p);
void vxc_fast_exit(struct vxc_net *vn);

/* protect.c */
void vxc_protect_init(struct vxc_circuit *circuit);
void vxc_protect_exit(struct vxc_circuit *circuit);
void vxc_protect_update(struct vxc_circuit *circuit);
void vxc_protect_carrier(struct vxc_leg *leg);
void vxc_protect_judge(struct vxc_leg *leg);
void vxc_protect_signal(struct vxc_leg *leg, u8 reason);
void vxc_protect_degrade(struct vxc_leg *leg, bool degraded);
void vxc_protect_drill(struct vxc_leg *leg, u32 ms);
u8 vxc_switch_request(u8 cmd, u8 role);
void vxc_protect_aps(struct vxc_leg *leg, const struct vxc_pdu_aps *aps);
void vxc_protect_command(struct vxc_end *end, u8 cmd, u8 role);
void vxc_protect_report(struct vxc_end *end, struct vxc_end_report *report);
u32 vxc_protect_drill_left(struct vxc_leg *leg);
u8 vxc_leg_reason(const struct vxc_leg *leg, u8 *state);
bool vxc_peering_up(const struct vxc_peering *p);
u8 vxc_peering_reason(const struct vxc_peering *p);
u8 vxc_circuit_reason(const struct vxc_circuit *circuit);

/* aps.c */
void vxc_aps_decided(struct vxc_end *end, u64 now);
u64 vxc_aps_deadline(const struct vxc_end *end);
struct vxc_leg *vxc_aps_due(struct vxc_end *end, u64 now,
			    struct vxc_pdu_aps *pdu);
bool vxc_aps_heard(struct vxc_leg *leg, const struct vxc_pdu_aps *pdu, u64 now);
u32 vxc_aps_defects(const struct vxc_end *end, u64 now);

/* alarm.c */
int vxc_alarm_prepare(struct vxc_circuit *circuit);
void vxc_alarm_exit(struct vxc_end *end);
void vxc_alarm_update(struct vxc_circuit *circuit);
void vxc_alarm_decided(struct vxc_circuit *circuit, u64 now);
u8 vxc_alarm_report(struct vxc_leg *leg, u64 *ais, u64 *lck);

/* netlink-protect.c */
int vxc_put_leg_alarm(struct sk_buff *skb, struct vxc_leg *leg);

/* announce.c */
void vxc_announce_init(struct vxc_circuit *circuit);
void vxc_announce_exit(struct vxc_circuit *circuit);
void vxc_announce(struct vxc_circuit *circuit, u8 events);
void vxc_announce_peering(struct vxc_peering *p);

/* sla.c */
void vxc_sla_init(struct vxc_circuit *circuit);
void vxc_sla_exit(struct vxc_circuit *circuit);
int vxc_sla_prepare(struct vxc_leg *leg);
void vxc_sla_leg(struct vxc_leg *leg);
void vxc_sla_switched(const struct vxc_end *end);
void vxc_sla_circuit(struct vxc_circuit *circuit);
void vxc_sla_measure(struct vxc_leg *leg, u32 number, bool answered);
void vxc_sla_keep(struct vxc_circuit *circuit);
void vxc_sla_reset(struct vxc_circuit *circuit);
void vxc_sla_add(struct vxc_circuit *circuit,
		 const struct vxc_sla_figures *figures);

/* urpf.c */
bool vxc_urpf_permits(const struct sk_buff *skb, const struct net_device *dev,
		      const struct vxc_circuit *circuit);

/* notifier.c */
extern struct notifier_block vxc_notifier;

/* rtnl.c */
extern struct rtnl_link_ops vxc_link_ops;

/* netlink.c */
extern struct genl_family vxc_nl_family;
int vxc_nl_init(void);
void vxc_nl_exit(void);

struct sk_buff *vxc_nl_reply_start(struct genl_info *info, u8 cmd, void **hdr);
int vxc_nl_reply(struct genl_info *info, struct sk_buff *skb, void *hdr,
		 int err);
void *vxc_nl_dump_start(struct sk_buff *skb, struct netlink_callback *cb,
			u8 cmd);
bool vxc_nl_dump_end(struct sk_buff *skb, void *hdr, int err);
struct vxc_circuit *vxc_nl_request_circuit(struct vxc_net *vn,
					   const struct nlattr *nest,
					   struct netlink_ext_ack *extack);
int vxc_nl_dump_circuits(struct sk_buff *skb, struct netlink_callback *cb,
			 u8 cmd,
			 int (*fill)(struct sk_buff *skb,
				     struct vxc_circuit *circuit, bool arg),
			 bool arg);

/* netlink-op.c */
struct vxc_circuit *vxc_nl_circuit(struct vxc_net *vn,
				   const struct nlattr *name,
				   const struct nlattr *id,
				   struct netlink_ext_ack *extack);

/* netlink-peering.c */
struct vxc_peering *vxc_nl_peering(struct vxc_net *vn, struct nlattr **tb,
				   struct netlink_ext_ack *extack);

/* netlink-fill.c */
extern bool vxc_nl_events;
int vxc_put_drop(struct sk_buff *skb, int type, u32 reason, u64 packets);
int vxc_fill_port(struct sk_buff *skb, struct vxc_port *port);
int vxc_fill_circuit(struct sk_buff *skb, struct vxc_circuit *circuit,
		     bool secret);
int vxc_fill_peering(struct sk_buff *skb, struct vxc_peering *p);
int vxc_fill_service(struct sk_buff *skb, const struct vxc_circuit *circuit);
struct sk_buff *vxc_event_start(struct net *net, u32 kind, void **hdr);
void vxc_event_send(struct net *net, struct sk_buff *skb, void *hdr, int err);
void vxc_event_port(struct vxc_port *port, u32 kind);
void vxc_event_circuit(struct vxc_circuit *circuit, u32 kind);
void vxc_event_peering(struct vxc_peering *p, u32 kind);

/* netlink-reach.c */
void vxc_event_reach(struct vxc_net *vn, struct vxc_reach *reach, u32 kind);

#endif /* _VXC_CALLS_H */
