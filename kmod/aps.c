// SPDX-License-Identifier: GPL-2.0
/*
 * Automatic protection switching: the ends of a circuit tell each other over
 * the secondary leg what they ask for (ITU-T G.8031). A change is told three
 * times in a row, what stands every five seconds. All of it is under the
 * circuit's lock, but for the sending.
 */
#include "oam_pdu.h"
#include "vxc.h"

#define FAST		(NSEC_PER_SEC / 300)
#define SLOW		(5ULL * NSEC_PER_SEC)
#define LOST		(SLOW * 7 / 2)
#define ANSWER		(50 * NSEC_PER_MSEC)
#define COPIES		3

/* The codes of the standard, by enum vxc_request. */
static const u8 codes[] = {
	[VXC_REQUEST_NO_REQUEST] = 0,
	[VXC_REQUEST_DO_NOT_REVERT] = 1,
	[VXC_REQUEST_WAIT_TO_RESTORE] = 5,
	[VXC_REQUEST_MANUAL_SWITCH] = 7,
	[VXC_REQUEST_SIGNAL_FAIL] = 11,
	[VXC_REQUEST_LOCKOUT] = 15,
	[VXC_REQUEST_SIGNAL_FAIL_P] = 14,
	[VXC_REQUEST_FORCED_SWITCH] = 13,
	[VXC_REQUEST_SIGNAL_DEGRADE] = 9,
	[VXC_REQUEST_EXERCISE] = 4,
	[VXC_REQUEST_REVERSE_REQUEST] = 2,
};

/* Codes that the standard keeps for later mean nothing. */
static u8 request_of(u8 code)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(codes); i++)
		if (codes[i] == code)
			return i;

	return VXC_REQUEST_NO_REQUEST;
}

static u8 own_type(const struct vxc_end *end)
{
	return VXC_APS_A | VXC_APS_B | VXC_APS_D |
	       (end->sel.revertive ? VXC_APS_R : 0);
}

/**
 * vxc_aps_decided() - The selector may ask for something else than before
 * @end: the end
 * @now: the time, in nanoseconds
 */
void vxc_aps_decided(struct vxc_end *end, u64 now)
{
	struct vxc_selector_aps tell = vxc_selector_tell(&end->sel);
	struct vxc_aps *aps = &end->aps;

	if (!end->sel.aps || !end->judged[VXC_ROLE_PRIMARY] ||
	    !end->judged[VXC_ROLE_SECONDARY]) {
		memset(aps, 0, sizeof(*aps));
		end->sel.far = (struct vxc_selector_aps) {};
		return;
	}
	if (!aps->heard)
		aps->heard = now;
	else if (aps->told.request == tell.request &&
		 aps->told.signal == tell.signal)
		return;

	aps->told = tell;
	aps->changed = now;
	aps->copies = COPIES;
	aps->next = now;
}

/* When there is something to do, in nanoseconds; 0: never. */
u64 vxc_aps_deadline(const struct vxc_end *end)
{
	const struct vxc_aps *aps = &end->aps;
	u64 lost = aps->heard + LOST;

	if (!aps->heard || aps->lost || lost > aps->next)
		return aps->next;

	return lost;
}

/**
 * vxc_aps_due() - What is to be sent now
 * @end: the end
 * @now: the time, in nanoseconds
 * @pdu: what it says
 *
 * Return: the leg to send it on, or NULL. The caller sends it without the
 * lock: it may end in the receive path of another circuit.
 */
struct vxc_leg *vxc_aps_due(struct vxc_end *end, u64 now,
			    struct vxc_pdu_aps *pdu)
{
	struct vxc_aps *aps = &end->aps;

	if (aps->heard && !aps->lost && now >= aps->heard + LOST) {
		aps->lost = true;
		end->sel.far = (struct vxc_selector_aps) {};
	}
	if (!aps->next || now < aps->next)
		return NULL;

	if (aps->copies)
		aps->copies--;
	aps->next = now + (aps->copies ? FAST : SLOW);
	*pdu = (struct vxc_pdu_aps) {
		.request = codes[aps->told.request],
		.type = own_type(end),
		.requested = aps->told.signal,
		.bridged = aps->told.signal,
	};
	return end->judged[VXC_ROLE_SECONDARY];
}

/**
 * vxc_aps_heard() - An APS PDU came
 * @leg: the leg it came over
 * @pdu: what it says
 * @now: the time, in nanoseconds
 *
 * Return: whether the selector has to decide again.
 */
bool vxc_aps_heard(struct vxc_leg *leg, const struct vxc_pdu_aps *pdu, u64 now)
{
	struct vxc_end *end = leg->end;
	struct vxc_aps *aps = &end->aps;

	if (!aps->heard || end->judged[leg->role] != leg)
		return false;

	aps->wrong_leg = leg->role != VXC_ROLE_SECONDARY;
	if (aps->wrong_leg)
		return false;

	aps->heard = now;
	aps->lost = false;
	aps->seen = true;
	aps->type = pdu->type;
	aps->bridged = pdu->bridged;
	end->sel.far.request = request_of(pdu->request);
	end->sel.far.signal = pdu->requested == 1;
	return true;
}

/* What is wrong between the ends: one bit for each enum vxc_aps_defect. */
u32 vxc_aps_defects(const struct vxc_end *end, u64 now)
{
	const struct vxc_aps *aps = &end->aps;
	u32 defects = 0;
	u8 differ;

	if (!aps->heard)
		return 0;

	if (aps->wrong_leg)
		defects |= BIT(VXC_APS_DEFECT_WRONG_LEG);
	if (aps->lost)
		return defects | BIT(VXC_APS_DEFECT_NO_APS);
	if (!aps->seen)
		return defects;

	differ = aps->type ^ own_type(end);
	if (differ & ~VXC_APS_R)
		defects |= BIT(VXC_APS_DEFECT_TYPE_MISMATCH);
	if (differ & VXC_APS_R)
		defects |= BIT(VXC_APS_DEFECT_REVERTIVE_MISMATCH);
	if (aps->bridged != aps->told.signal && now > aps->changed + ANSWER)
		defects |= BIT(VXC_APS_DEFECT_NO_RESPONSE);

	return defects;
}
