// SPDX-License-Identifier: GPL-2.0
/* Circuits changed in place. All under rtnl. */
#include <linux/slab.h>

#include "txn.h"

struct set_change {
	struct vxc_change		change;
	struct vxc_circuit		*circuit;
	char				*description;	/* to be freed */
	u32				given;
	u8				cmd;
	u8				cmd_to;
	u8				cmd_end;
	struct {
		char			name[VXC_NAME_MAX + 1];
		uuid_t			key;
		char			*description;
		u8			admin;
		u8			provisioning;
		u8			revertive;
		u32			wtr;
		u32			hold_off;
		u8			aps;
		u32			ais;
		u8			ais_level;
		u8			announce_count;
		u32			announce_interval;
		u8			egress;
		bool			fastpath;
	} old;
};

/* For the abort. */
static void save(struct set_change *c, const struct vxc_circuit *from)
{
	strscpy(c->old.name, from->name, sizeof(c->old.name));
	c->old.key = from->key;
	c->old.description = from->description;
	c->old.admin = from->admin;
	c->old.provisioning = from->provisioning;
	c->old.revertive = from->revertive;
	c->old.wtr = from->wtr;
	c->old.hold_off = from->hold_off;
	c->old.aps = from->aps;
	c->old.ais = from->ais;
	c->old.ais_level = from->ais_level;
	c->old.announce_count = from->announce_count;
	c->old.announce_interval = from->announce_interval;
	c->old.egress = from->egress;
	c->old.fastpath = from->fastpath;
}

/* What has found its way out so far must look for it again. */
static void forget_routes(struct vxc_circuit *circuit)
{
	struct vxc_peering *p;

	list_for_each_entry(p, &circuit->peerings, list)
		rt_genid_bump_all(dev_net(p->dev));
}

static void set_commit(struct vxc_txn *txn, struct vxc_change *change)
{
	struct set_change *c = (struct set_change *)change;

	kfree(c->description);
	if (c->circuit->egress != c->old.egress)
		forget_routes(c->circuit);
	if (c->given & VXC_CIRCUIT_SWITCH)
		vxc_protect_command(&c->circuit->end[c->cmd_end], c->cmd,
				    c->cmd_to);
	vxc_event_circuit(c->circuit, VXC_EVENT_KIND_CHANGED);
}

static void set_abort(struct vxc_txn *txn, struct vxc_change *change)
{
	struct set_change *c = (struct set_change *)change;
	struct vxc_circuit *circuit = c->circuit;

	vxc_circuit_identify(circuit, c->old.name, &c->old.key);
	if (circuit->description != c->old.description)
		kfree(circuit->description);
	circuit->description = c->old.description;
	circuit->admin = c->old.admin;
	circuit->provisioning = c->old.provisioning;
	circuit->revertive = c->old.revertive;
	circuit->wtr = c->old.wtr;
	circuit->hold_off = c->old.hold_off;
	circuit->aps = c->old.aps;
	circuit->ais = c->old.ais;
	circuit->ais_level = c->old.ais_level;
	circuit->announce_count = c->old.announce_count;
	circuit->announce_interval = c->old.announce_interval;
	WRITE_ONCE(circuit->egress, c->old.egress);
	circuit->fastpath = c->old.fastpath;
}

static int set_names(struct vxc_txn *txn, struct vxc_circuit *circuit,
		     const struct vxc_circuit_cfg *cfg)
{
	int err;

	if (cfg->new_name && strcmp(cfg->new_name, circuit->name)) {
		err = vxc_circuit_check_name(txn, cfg->new_name);
		if (err)
			return err;
		vxc_circuit_identify(circuit, cfg->new_name, &circuit->key);
	}

	if (cfg->given & VXC_CIRCUIT_KEY &&
	    !uuid_equal(&cfg->key, &circuit->key)) {
		if (circuit->provisioning != VXC_PROVISIONING_NOT_PROVISIONED)
			return vxc_txn_refuse(txn, VXC_A_CIRCUIT_KEY, -EBUSY,
					      "circuit %s keeps its service key while it is provisioned or provisioning",
					      circuit->name);
		err = vxc_circuit_check_key(txn, &cfg->key);
		if (err)
			return err;
		vxc_circuit_identify(circuit, circuit->name, &cfg->key);
	}

	return 0;
}

static int set_description(struct set_change *c,
			   const struct vxc_circuit_cfg *cfg)
{
	char *text = NULL;

	if (!cfg->description)
		return 0;

	if (*cfg->description) {
		text = kstrdup(cfg->description, GFP_KERNEL_ACCOUNT);
		if (!text)
			return -ENOMEM;
	}
	c->description = c->circuit->description;
	c->circuit->description = text;
	return 0;
}

static int set_states(struct vxc_txn *txn, struct vxc_circuit *circuit,
		      const struct vxc_circuit_cfg *cfg)
{
	int err;

	if (cfg->given & VXC_CIRCUIT_ADMIN)
		circuit->admin = cfg->admin;
	err = vxc_circuit_set_protection(circuit, cfg);
	if (err)
		return err;
	if (cfg->given & VXC_CIRCUIT_EGRESS)
		WRITE_ONCE(circuit->egress, cfg->egress);
	if (cfg->given & VXC_CIRCUIT_FASTPATH)
		circuit->fastpath = cfg->fastpath;
	if (!(cfg->given & VXC_CIRCUIT_PROV))
		return 0;

	if (circuit->provisioning == VXC_PROVISIONING_PROVISIONED &&
	    cfg->provisioning == VXC_PROVISIONING_PROVISIONING)
		return vxc_txn_refuse(txn, VXC_A_CIRCUIT_PROVISIONING, -EINVAL,
				      "circuit %s is provisioned; it can only become not-provisioned",
				      circuit->name);
	circuit->provisioning = cfg->provisioning;
	return vxc_circuit_check(txn, circuit);
}

/* A switch to a leg needs that leg and another. */
static int check_switch_to(struct vxc_txn *txn, const struct vxc_end *end,
			   const struct vxc_circuit_cfg *cfg)
{
	const char *name = end->circuit->name;
	const struct vxc_leg *leg;

	leg = end->leg[cfg->cmd_to];
	if (!leg || !end->leg[!cfg->cmd_to])
		return vxc_txn_refuse(txn, VXC_A_CIRCUIT_SWITCH_TO, -ENOENT,
				      "circuit %s has no %s %s to switch between",
				      name, vxc_role_name(leg ? !cfg->cmd_to :
				      cfg->cmd_to), vxc_end_word(end));
	if (cfg->cmd == VXC_SWITCH_MANUAL && leg->usable == VXC_NO_LEG)
		return vxc_txn_refuse(txn, VXC_A_CIRCUIT_SWITCH_TO, -ENETDOWN,
				      "%s %s of circuit %s is down",
				      vxc_end_word(end),
				      vxc_role_name(cfg->cmd_to), name);

	return 0;
}

static const char *request_name(int request)
{
	static const char *const names[] = {
		[VXC_REQUEST_MANUAL_SWITCH] = "manual-switch",
		[VXC_REQUEST_WAIT_TO_RESTORE] = "wait-to-restore",
		[VXC_REQUEST_SIGNAL_FAIL] = "signal-fail",
		[VXC_REQUEST_LOCKOUT] = "lockout",
		[VXC_REQUEST_SIGNAL_FAIL_P] = "signal-fail-p",
		[VXC_REQUEST_FORCED_SWITCH] = "forced-switch",
		[VXC_REQUEST_SIGNAL_DEGRADE] = "signal-degrade",
		[VXC_REQUEST_EXERCISE] = "exercise",
	};

	return names[request];
}

/* A lower command than what stands would be forgotten at once. */
static int check_rank(struct vxc_txn *txn, const struct vxc_end *end,
		      const struct vxc_circuit_cfg *cfg)
{
	u8 request = vxc_switch_request(cfg->cmd, cfg->cmd_to);
	int higher = vxc_selector_refuses(&end->sel, request);

	if (!higher)
		return 0;

	return vxc_txn_refuse(txn, VXC_A_CIRCUIT_SWITCH, -EBUSY,
			      "%s stands for circuit %s, which is higher than %s",
			      request_name(higher), end->circuit->name,
			      request_name(request));
}

/* The far end would hold on to its own do-not-revert and pull it back. */
static int check_clear(struct vxc_txn *txn, const struct vxc_end *end)
{
	const struct vxc_selector *sel = &end->sel;

	if (!sel->aps || sel->request != VXC_REQUEST_DO_NOT_REVERT)
		return 0;

	return vxc_txn_refuse(txn, VXC_A_CIRCUIT_SWITCH, -EOPNOTSUPP,
			      "with APS a do-not-revert of circuit %s ends by a manual switch to the primary",
			      end->circuit->name);
}

static int check_command(struct vxc_txn *txn, const struct vxc_end *end,
			 const struct vxc_circuit_cfg *cfg)
{
	bool needs = cfg->cmd == VXC_SWITCH_MANUAL ||
		     cfg->cmd == VXC_SWITCH_FORCE;
	bool given = cfg->given & VXC_CIRCUIT_SWITCH_TO;
	int err;

	if (needs && !given)
		return vxc_txn_refuse(txn, VXC_A_CIRCUIT_SWITCH, -EINVAL,
				      "to which leg? a manual or forced switch needs one");
	if (!needs && given)
		return vxc_txn_refuse(txn, VXC_A_CIRCUIT_SWITCH_TO, -EINVAL,
				      "switch-to is for a manual or forced switch");
	if (cfg->cmd == VXC_SWITCH_CLEAR)
		return check_clear(txn, end);
	if (cfg->cmd == VXC_SWITCH_EXERCISE && !end->circuit->aps)
		return vxc_txn_refuse(txn, VXC_A_CIRCUIT_SWITCH, -EOPNOTSUPP,
				      "circuit %s has no APS that could be exercised",
				      end->circuit->name);

	if (needs) {
		err = check_switch_to(txn, end, cfg);
		if (err)
			return err;
	} else if (!end->leg[VXC_ROLE_PRIMARY] ||
		   !end->leg[VXC_ROLE_SECONDARY]) {
		return vxc_txn_refuse(txn, VXC_A_CIRCUIT_SWITCH, -ENOENT,
				      "circuit %s has one %s, which needs no protection",
				      end->circuit->name, vxc_end_word(end));
	}

	return check_rank(txn, end, cfg);
}

static int check_switch(struct vxc_txn *txn, struct vxc_circuit *circuit,
			const struct vxc_circuit_cfg *cfg)
{
	struct vxc_end *end = &circuit->end[cfg->cmd_end];

	if (cfg->given & VXC_CIRCUIT_SWITCH) {
		if (cfg->cmd_end == VXC_END_Z && !vxc_end_used(end))
			return vxc_txn_refuse(txn, VXC_A_CIRCUIT_SWITCH_END,
					      -ENOENT,
					      "circuit %s has no z-leg",
					      circuit->name);
		return check_command(txn, end, cfg);
	}
	if (cfg->given & VXC_CIRCUIT_SWITCH_TO)
		return vxc_txn_refuse(txn, VXC_A_CIRCUIT_SWITCH_TO, -EINVAL,
				      "switch-to is for a switch");
	if (cfg->given & VXC_CIRCUIT_SWITCH_END)
		return vxc_txn_refuse(txn, VXC_A_CIRCUIT_SWITCH_END, -EINVAL,
				      "switch-end is for a switch");

	return 0;
}

/**
 * vxc_circuit_set() - Change a circuit in place
 * @txn: the transaction
 * @circuit: the circuit
 * @cfg: what is to change
 *
 * Return: 0 or an error.
 */
int vxc_circuit_set(struct vxc_txn *txn, struct vxc_circuit *circuit,
		    const struct vxc_circuit_cfg *cfg)
{
	struct set_change *c;
	int err;

	err = check_switch(txn, circuit, cfg);
	if (!err)
		err = vxc_circuit_check_times(txn, cfg);
	if (err)
		return err;

	c = vxc_txn_record(txn, sizeof(*c), set_commit, set_abort);
	if (!c)
		return -ENOMEM;

	c->circuit = circuit;
	c->given = cfg->given;
	c->cmd = cfg->cmd;
	c->cmd_to = cfg->cmd_to;
	c->cmd_end = cfg->cmd_end;
	save(c, circuit);
	vxc_txn_touch(txn, circuit);

	err = set_names(txn, circuit, cfg);
	if (!err)
		err = set_description(c, cfg);
	if (!err)
		err = set_states(txn, circuit, cfg);
	return err;
}
