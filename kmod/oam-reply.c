// SPDX-License-Identifier: GPL-2.0
/*
 * Loopback and linktrace: replies to what others ask, and what an operator
 * asks. Nothing is sent or told for a frame from the wire but within limits:
 * replies have an allowance, and only the answers to questions of our own are
 * told, each once.
 */
#include "oam.h"

#define REPLY_NS	NSEC_PER_MSEC		/* a reply uses up so much */
#define REPLY_BURST	(128 * REPLY_NS)
#define REPLY_LONGEST	9216	/* octets of a PDU that is sent back */
#define TRACE_REPLIES	64
#define PING_ALONE	64	/* octets of a PDU without data, at most */

static bool may_reply(struct vxc_mep *mep, u64 now)
{
	bool may;

	spin_lock(&mep->lock);
	mep->credit = min_t(u64, mep->credit + now - mep->credited,
			    REPLY_BURST);
	mep->credited = now;
	may = mep->credit >= REPLY_NS && !mep->dead;
	if (may)
		mep->credit -= REPLY_NS;
	spin_unlock(&mep->lock);
	return may;
}

/**
 * vxc_oam_reply() - Send a PDU back to where it came from
 * @rx: the PDU
 * @fields: octets that it has at least
 * @turn: makes a reply of it, in the copy that is sent
 * @arg: for @turn
 *
 * Return: false if it is too long, or too many have come.
 */
bool vxc_oam_reply(struct vxc_oam_rx *rx, u32 fields,
		   void (*turn)(u8 *p, void *arg), void *arg)
{
	unsigned int len = rx->skb->len - rx->offset;
	struct sk_buff *skb;
	u8 *pdu;

	if (len < VXC_PDU_HEAD + fields || len > REPLY_LONGEST ||
	    !may_reply(rx->mep, rx->now))
		return false;

	skb = vxc_oam_alloc(rx->link, eth_hdr(rx->skb)->h_source, len, &pdu);
	if (!skb)
		return false;
	if (skb_copy_bits(rx->skb, rx->offset, pdu, len)) {
		kfree_skb(skb);
		return false;
	}

	turn(pdu, arg);
	vxc_oam_xmit(rx->link, skb);
	return true;
}

static void turn_lb(u8 *p, void *arg)
{
	vxc_pdu_reply_lb(p);
}

/* Was the request with this number ours? Then its time goes to @time. */
static bool take_ping(struct vxc_mep *mep, u32 id, u64 now, u64 *time)
{
	bool found = false;
	int i;

	spin_lock(&mep->lock);
	for (i = 0; i < VXC_OAM_PINGS && !found; i++) {
		if (!mep->lb[i].sent || mep->lb[i].id != id)
			continue;
		*time = now - mep->lb[i].sent;
		mep->lb[i].sent = 0;
		found = true;
	}
	spin_unlock(&mep->lock);
	return found;
}

bool vxc_oam_lb(struct vxc_oam_rx *rx, const u8 *p, struct vxc_pdu *pdu)
{
	struct vxc_oam_told told = {};
	struct vxc_pdu_lb lb;

	/* Of the data, which may be longer than what is there, we make none. */
	pdu->len = VXC_PDU_HEAD + pdu->fields;
	if (!vxc_pdu_get_lb(p, pdu, &lb))
		return false;
	if (pdu->opcode == VXC_PDU_LBM)
		return vxc_oam_reply(rx, pdu->fields, turn_lb, NULL);
	if (!take_ping(rx->mep, lb.id, rx->now, &told.time))
		return false;

	told.id = lb.id;
	told.source = eth_hdr(rx->skb)->h_source;
	vxc_event_reply(rx->mep, &told);
	return true;
}

/* The target answers: it is where the trace ends. */
static bool reply_ltm(struct vxc_oam_rx *rx, const struct vxc_pdu_ltm *ltm)
{
	const u8 *mac = rx->link->lower->dev_addr;
	struct vxc_pdu_ltr ltr = {
		.id = ltm->id,
		.ttl = ltm->ttl - 1,
		.action = VXC_LTR_RELAY_HIT,
		.flags = VXC_LTR_TERMINAL |
			 (ltm->flags & VXC_LT_USE_FDB_ONLY),
	};
	struct sk_buff *skb;
	u8 buf[64], *pdu;
	u32 len;

	if (!ltm->ttl || !ether_addr_equal(ltm->target, mac) ||
	    !is_valid_ether_addr(ltm->origin) ||
	    !may_reply(rx->mep, rx->now))
		return false;

	memcpy(ltr.last, ltm->egress, sizeof(ltr.last));
	ether_addr_copy(ltr.next + 2, mac);
	ether_addr_copy(ltr.ingress, mac);
	len = vxc_pdu_put_ltr(buf, sizeof(buf), rx->mep->cfg.level, &ltr);
	skb = vxc_oam_alloc(rx->link, ltm->origin, len, &pdu);
	if (!skb)
		return false;

	memcpy(pdu, buf, len);
	vxc_oam_xmit(rx->link, skb);
	return true;
}

static bool take_trace(struct vxc_mep *mep, u32 id, u64 now, u64 *time)
{
	bool found;

	spin_lock(&mep->lock);
	found = mep->lt_left && mep->lt.id == id;
	if (found) {
		mep->lt_left--;
		*time = now - mep->lt.sent;
	}
	spin_unlock(&mep->lock);
	return found;
}

bool vxc_oam_lt(struct vxc_oam_rx *rx, const u8 *p, struct vxc_pdu *pdu)
{
	struct vxc_oam_told told = { .trace = true };
	struct vxc_pdu_ltm ltm;
	struct vxc_pdu_ltr ltr;

	if (pdu->opcode == VXC_PDU_LTM)
		return vxc_pdu_get_ltm(p, pdu, &ltm) && reply_ltm(rx, &ltm);
	if (!vxc_pdu_get_ltr(p, pdu, &ltr) ||
	    !take_trace(rx->mep, ltr.id, rx->now, &told.time))
		return false;

	told.id = ltr.id;
	told.ttl = ltr.ttl;
	told.flags = ltr.flags;
	told.source = eth_hdr(rx->skb)->h_source;
	vxc_event_reply(rx->mep, &told);
	return true;
}

/* A place for a question that may be answered; the oldest is given up. */
static u32 note_ping(struct vxc_mep *mep, bool trace)
{
	u64 now = ktime_get_ns();
	struct vxc_ping *ping;
	u32 id;

	spin_lock_bh(&mep->lock);
	id = mep->next_id++;
	ping = trace ? &mep->lt : &mep->lb[id % VXC_OAM_PINGS];
	ping->id = id;
	ping->sent = now;
	if (trace)
		mep->lt_left = TRACE_REPLIES;
	spin_unlock_bh(&mep->lock);
	return id;
}

static struct sk_buff *make_lbm(const struct vxc_mep *mep,
				const struct vxc_oam_link *link, const u8 *dest,
				u32 id, u16 size)
{
	struct vxc_pdu_lb lb = { .id = id, .data = size };
	struct sk_buff *skb;
	unsigned int len;
	u8 *pdu;

	len = PING_ALONE + size;
	skb = vxc_oam_alloc(link, dest, len, &pdu);
	if (!skb)
		return NULL;

	len = vxc_pdu_put_lb(pdu, len, mep->cfg.level, VXC_PDU_LBM, &lb);
	skb_trim(skb, max_t(unsigned int, pdu + len - skb->data, ETH_ZLEN));
	return skb;
}

static struct sk_buff *make_ltm(const struct vxc_mep *mep,
				const struct vxc_oam_link *link,
				const u8 *target, u32 id, u8 ttl)
{
	struct vxc_pdu_ltm ltm = { .id = id, .ttl = ttl };
	const u8 *mac = link->lower->dev_addr;
	struct sk_buff *skb;
	u8 dest[ETH_ALEN];
	u8 buf[64], *pdu;
	u32 len;

	ether_addr_copy(ltm.origin, mac);
	ether_addr_copy(ltm.target, target);
	ether_addr_copy(ltm.egress + 2, mac);
	len = vxc_pdu_put_ltm(buf, sizeof(buf), mep->cfg.level, &ltm);
	vxc_oam_class2(dest, mep->cfg.level);
	skb = vxc_oam_alloc(link, dest, len, &pdu);
	if (skb)
		memcpy(pdu, buf, len);
	return skb;
}

/* Which remote MEPs it has, between commas, for who named another. */
static int refuse_remote(const struct vxc_mep *mep, u16 mepid,
			 struct netlink_ext_ack *extack)
{
	char list[6 * VXC_REMOTES_MAX + 1] = "";
	unsigned int i, len = 0;

	for (i = 0; i < vxc_mep_remotes(mep); i++)
		len += scnprintf(list + len, sizeof(list) - len, "%s%u",
				 i ? "," : "", mep->remote[i].mepid);
	return vxc_refuse(extack, -ENOENT, "MEPID %u is no remote MEP, %s %s",
			  mepid, mep->cfg.n_also ? "those are" : "that is",
			  list);
}

/* Where the question goes: to the remote MEP, or if that may be to all. */
static int find_dest(struct vxc_mep *mep, const struct vxc_oam_ask *ask,
		     u8 *dest, struct netlink_ext_ack *extack)
{
	const struct vxc_remote *r = &mep->remote[0];
	bool seen;

	if (ask->remote)
		r = vxc_mep_remote(mep, ask->remote);
	if (!r)
		return refuse_remote(mep, ask->remote, extack);

	spin_lock_bh(&mep->lock);
	seen = r->seen;
	ether_addr_copy(dest, r->mac);
	spin_unlock_bh(&mep->lock);
	if (seen)
		return 0;
	if (ask->trace || ask->remote)
		return vxc_refuse(extack, -EHOSTUNREACH,
				  "the remote MEP %u of leg %s was never seen",
				  r->mepid, vxc_role_name(mep->leg->role));

	vxc_oam_class2(dest, mep->cfg.level);
	return 0;
}

/**
 * vxc_oam_ask() - Send an LBM or LTM
 * @point: where there is a MEP; under rtnl
 * @ask: what to send; its id is set
 * @extack: where a refusal goes
 *
 * The LBM goes to the remote MEP if it was seen, else to all.
 *
 * Return: 0 or an error.
 */
int vxc_oam_ask(struct vxc_mep_point *point, struct vxc_oam_ask *ask,
		struct netlink_ext_ack *extack)
{
	struct vxc_oam_link *link = rtnl_dereference(point->link);
	struct vxc_mep *mep = rtnl_dereference(point->mep);
	struct sk_buff *skb;
	u8 dest[ETH_ALEN];
	bool sent;
	int err;

	if (!link)
		return vxc_refuse(extack, -ENETDOWN,
				  "port %s of leg %s is absent",
				  mep->leg->at.port->name,
				  vxc_role_name(mep->leg->role));
	if (link->lower->mtu < ask->size + PING_ALONE)
		return vxc_refuse(extack, -EMSGSIZE,
				  "size %u is too much for port %s with mtu %u",
				  ask->size, link->lower->name,
				  link->lower->mtu);

	err = find_dest(mep, ask, dest, extack);
	if (err)
		return err;

	ask->id = note_ping(mep, ask->trace);
	local_bh_disable();
	skb = ask->trace ? make_ltm(mep, link, dest, ask->id, ask->ttl) :
			   make_lbm(mep, link, dest, ask->id, ask->size);
	sent = skb && vxc_oam_xmit(link, skb);
	local_bh_enable();
	if (!sent)
		return vxc_refuse(extack, skb ? -ENETDOWN : -ENOMEM,
				  "port %s does not take the frame",
				  link->lower->name);

	return 0;
}
