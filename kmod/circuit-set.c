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
	struct {
		char			name[VXC_NAME_MAX + 1];
		uuid_t			key;
		char			*description;
		u8			admin;
		u8			provisioning;
		u8			revertive;
		u32			wtr;
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
}

static void set_commit(struct vxc_txn *txn, struct vxc_change *change)
{
	struct set_change *c = (struct set_change *)change;

	kfree(c->description);
	if (c->given & VXC_CIRCUIT_SWITCH)
		vxc_protect_command(c->circuit, c->cmd, c->cmd_to);
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
	if (cfg->given & VXC_CIRCUIT_ADMIN)
		circuit->admin = cfg->admin;
	if (cfg->given & VXC_CIRCUIT_REVERTIVE)
		circuit->revertive = cfg->revertive;
	if (cfg->given & VXC_CIRCUIT_WTR)
		circuit->wtr = cfg->wtr;
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

static int check_switch(struct vxc_txn *txn, struct vxc_circuit *circuit,
			const struct vxc_circuit_cfg *cfg)
{
	struct vxc_leg *leg;

	if (!(cfg->given & VXC_CIRCUIT_SWITCH)) {
		if (cfg->given & VXC_CIRCUIT_SWITCH_TO)
			return vxc_txn_refuse(txn, VXC_A_CIRCUIT_SWITCH_TO,
					      -EINVAL,
					      "switch-to is for a manual switch");
		return 0;
	}
	if (cfg->cmd == VXC_SWITCH_CLEAR)
		return 0;

	if (!(cfg->given & VXC_CIRCUIT_SWITCH_TO))
		return vxc_txn_refuse(txn, VXC_A_CIRCUIT_SWITCH, -EINVAL,
				      "to which leg? a manual switch needs one");
	leg = circuit->leg[cfg->cmd_to];
	if (!leg || !circuit->leg[!cfg->cmd_to])
		return vxc_txn_refuse(txn, VXC_A_CIRCUIT_SWITCH_TO, -ENOENT,
				      "circuit %s has no %s leg to switch between",
				      circuit->name,
				      vxc_role_name(leg ? !cfg->cmd_to :
				      cfg->cmd_to));
	if (leg->usable == VXC_NO_LEG)
		return vxc_txn_refuse(txn, VXC_A_CIRCUIT_SWITCH_TO, -ENETDOWN,
				      "leg %s of circuit %s is down",
				      vxc_role_name(cfg->cmd_to),
				      circuit->name);

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
		err = vxc_circuit_check_wtr(txn, cfg);
	if (err)
		return err;

	c = vxc_txn_record(txn, sizeof(*c), set_commit, set_abort);
	if (!c)
		return -ENOMEM;

	c->circuit = circuit;
	c->given = cfg->given;
	c->cmd = cfg->cmd;
	c->cmd_to = cfg->cmd_to;
	save(c, circuit);
	vxc_txn_touch(txn, circuit);

	err = set_names(txn, circuit, cfg);
	if (!err)
		err = set_description(c, cfg);
	if (!err)
		err = set_states(txn, circuit, cfg);
	return err;
}
