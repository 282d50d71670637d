// SPDX-License-Identifier: GPL-2.0
/* Classes of a circuit: sets that are known, and one by one. Under rtnl. */
#include <linux/ctype.h>

#include "txn.h"

#define TEAMS_VOICE		BIT_ULL(46)
#define TEAMS_INTERACTIVE	(BIT_ULL(34) | BIT_ULL(18))
#define TEAMS_DEFAULT		(BIT_ULL(10) | BIT_ULL(0))

struct preset {
	u8				nclasses;
	u8				unlisted;
	struct vxc_class		class[VXC_CLASSES_MAX];
};

static const struct preset presets[] = {
	[VXC_CLASSES_NONE] = {
		.unlisted = VXC_UNLISTED_KEEP,
	},
	[VXC_CLASSES_TEAMS] = {
		.nclasses = 3,
		.unlisted = VXC_UNLISTED_CLEAR,
		.class = {
			{ .name = "default", .dscp = TEAMS_DEFAULT },
			{ .name = "interactive", .dscp = TEAMS_INTERACTIVE,
			  .pcp = 4 },
			{ .name = "voice", .dscp = TEAMS_VOICE, .pcp = 5 },
		},
	},
	[VXC_CLASSES_GOOGLE] = {
		.nclasses = 6,
		.unlisted = VXC_UNLISTED_KEEP,
		.class = {
			{ .name = "tc1", .dscp = GENMASK_ULL(7, 0) },
			{ .name = "tc2", .dscp = GENMASK_ULL(15, 8),
			  .pcp = 1 },
			{ .name = "tc3", .dscp = GENMASK_ULL(23, 16),
			  .pcp = 2 },
			{ .name = "tc4", .dscp = GENMASK_ULL(31, 24),
			  .pcp = 3 },
			{ .name = "tc5", .dscp = GENMASK_ULL(47, 32),
			  .pcp = 5 },
			{ .name = "tc6", .dscp = GENMASK_ULL(63, 48),
			  .pcp = 6 },
		},
	},
};

/* Replace all classes. */
void vxc_class_preset(struct vxc_qos_cfg *cfg, u8 classes)
{
	const struct preset *preset = &presets[classes];

	cfg->nclasses = preset->nclasses;
	cfg->unlisted = preset->unlisted;
	memcpy(cfg->class, preset->class, sizeof(cfg->class));
}

static struct vxc_class *find(struct vxc_qos_cfg *cfg, const char *name)
{
	int i;

	for (i = 0; cfg && i < cfg->nclasses; i++)
		if (!strcmp(cfg->class[i].name, name))
			return &cfg->class[i];

	return NULL;
}

static int check_name(struct vxc_txn *txn, const char *name)
{
	const char *s = name;

	while (isascii(*s) && (isalnum(*s) || strchr("._-", *s)) && *s)
		s++;
	if (!*s && *name && *name != '-')
		return 0;

	return vxc_txn_refuse(txn, VXC_A_CLASS_NAME, -EINVAL,
			      "\"%s\" is no name for a class: use letters, digits, '.', '_' and '-'",
			      name);
}

/* A DSCP or a PCP leads to one class. */
static int check_values(struct vxc_txn *txn, const struct vxc_circuit *circuit,
			const struct vxc_class *class)
{
	const struct vxc_qos_cfg *cfg = circuit->qos;
	const struct vxc_class *other;
	u64 both;
	u32 bit;

	for (other = cfg->class; other < cfg->class + cfg->nclasses; other++) {
		if (other == class)
			continue;
		both = other->dscp & class->dscp;
		bit = both ? __ffs64(both) : 0;
		if (both)
			return vxc_txn_refuse(txn, VXC_A_CLASS_DSCP, -EEXIST,
					      "DSCP %u is of class %s of circuit %s already",
					      bit, other->name, circuit->name);
		both = other->from_pcp & class->from_pcp;
		bit = both ? __ffs64(both) : 0;
		if (both)
			return vxc_txn_refuse(txn, VXC_A_CLASS_FROM_PCP,
					      -EEXIST,
					      "PCP %u is of class %s of circuit %s already",
					      bit, other->name, circuit->name);
	}

	return 0;
}

static int check_rates(struct vxc_txn *txn, const struct vxc_class *class)
{
	u16 bad = VXC_A_CLASS_CIR;
	u64 bps = class->cir;
	char buf[24];

	if (class->cir && class->share)
		return vxc_txn_refuse(txn, VXC_A_CLASS_SHARE, -EINVAL,
				      "class %s has a CIR in bit/s or in per cent, not both",
				      class->name);
	if (!bps || (bps >= VXC_RATE_MIN && bps <= VXC_RATE_MAX)) {
		bad = VXC_A_CLASS_EIR;
		bps = class->eir;
	}
	if (!bps || (bps >= VXC_RATE_MIN && bps <= VXC_RATE_MAX))
		return 0;

	return vxc_txn_refuse(txn, bad, -ERANGE,
			      "%s %s bit/s of class %s is not within 1k and 400G",
			      bad == VXC_A_CLASS_CIR ? "CIR" : "EIR",
			      vxc_rate_name(bps, buf, sizeof(buf)),
			      class->name);
}

static void fill(struct vxc_class *class, const struct vxc_class_cfg *want)
{
	if (want->given & VXC_CLASS_DSCP)
		class->dscp = want->class.dscp;
	if (want->given & VXC_CLASS_FROM_PCP)
		class->from_pcp = want->class.from_pcp;
	if (want->given & VXC_CLASS_PCP)
		class->pcp = want->class.pcp;
	if (want->given & VXC_CLASS_CIR) {
		class->cir = want->class.cir;
		class->share = 0;
	}
	if (want->given & VXC_CLASS_SHARE) {
		class->share = want->class.share;
		if (!(want->given & VXC_CLASS_CIR))
			class->cir = 0;
	}
	if (want->given & VXC_CLASS_CBS)
		class->cbs = want->class.cbs;
	if (want->given & VXC_CLASS_EIR)
		class->eir = want->class.eir;
	if (want->given & VXC_CLASS_EBS)
		class->ebs = want->class.ebs;
	if (want->given & VXC_CLASS_COUPLING)
		class->coupling = want->class.coupling;
}

static struct vxc_class *append(struct vxc_txn *txn,
				struct vxc_circuit *circuit, const char *name)
{
	struct vxc_qos_cfg *cfg = circuit->qos;
	struct vxc_class *class;

	if (cfg->nclasses == VXC_CLASSES_MAX) {
		vxc_refuse(txn->extack, -ENOSPC,
			   "circuit %s has %u classes, it cannot have more: delete one, or widen one",
			   circuit->name, cfg->nclasses);
		return NULL;
	}

	class = &cfg->class[cfg->nclasses++];
	memset(class, 0, sizeof(*class));
	strscpy(class->name, name, sizeof(class->name));
	return class;
}

/**
 * vxc_class_add() - Give a circuit a class
 * @txn: the transaction
 * @circuit: the circuit
 * @want: name, and what is given
 *
 * With the first one comes the class "default", for all other frames.
 *
 * Return: 0 or an error.
 */
int vxc_class_add(struct vxc_txn *txn, struct vxc_circuit *circuit,
		  const struct vxc_class_cfg *want)
{
	struct vxc_class *class = NULL;
	struct vxc_qos_cfg *cfg;
	int err;

	err = check_name(txn, want->name);
	if (err)
		return err;
	if (find(circuit->qos, want->name))
		return vxc_txn_refuse(txn, VXC_A_CLASS_NAME, -EEXIST,
				      "circuit %s has a class %s already",
				      circuit->name, want->name);

	cfg = vxc_qos_change(txn, circuit, true);
	if (!cfg)
		return -ENOMEM;

	if (!cfg->nclasses && strcmp(want->name, "default"))
		append(txn, circuit, "default");
	class = append(txn, circuit, want->name);
	if (!class)
		return -ENOSPC;

	fill(class, want);
	err = check_values(txn, circuit, class);
	if (!err)
		err = check_rates(txn, class);
	return err ? err : vxc_qos_check_part(txn, circuit, 0);
}

static int refuse_unknown(struct vxc_txn *txn,
			  const struct vxc_circuit *circuit, const char *name)
{
	const struct vxc_qos_cfg *cfg = circuit->qos;
	char list[VXC_CLASSES_MAX * (VXC_CLASS_NAME_MAX + 2) + 1];
	size_t len = 0;
	int i;

	if (!cfg || !cfg->nclasses)
		return vxc_txn_refuse(txn, VXC_A_CLASS_NAME, -ENOENT,
				      "circuit %s has no class %s, it has no classes",
				      circuit->name, name);

	for (i = 0; i < cfg->nclasses; i++)
		len += scnprintf(list + len, sizeof(list) - len, "%s%s",
				 i ? ", " : "", cfg->class[i].name);
	return vxc_txn_refuse(txn, VXC_A_CLASS_NAME, -ENOENT,
			      "circuit %s has no class %s: it has %s",
			      circuit->name, name, list);
}

/**
 * vxc_class_set() - Change a class
 * @txn: the transaction
 * @circuit: the circuit
 * @want: name, and what is to change
 *
 * Return: 0 or an error.
 */
int vxc_class_set(struct vxc_txn *txn, struct vxc_circuit *circuit,
		  const struct vxc_class_cfg *want)
{
	struct vxc_class *class;
	int err;

	if (!find(circuit->qos, want->name))
		return refuse_unknown(txn, circuit, want->name);
	if (!vxc_qos_change(txn, circuit, true))
		return -ENOMEM;

	class = find(circuit->qos, want->name);
	fill(class, want);
	err = check_values(txn, circuit, class);
	if (!err)
		err = check_rates(txn, class);
	return err ? err : vxc_qos_check_part(txn, circuit, 0);
}

/**
 * vxc_class_del() - Take a class from a circuit
 * @txn: the transaction
 * @circuit: the circuit
 * @want: name
 *
 * Return: 0 or an error.
 */
int vxc_class_del(struct vxc_txn *txn, struct vxc_circuit *circuit,
		  const struct vxc_class_cfg *want)
{
	struct vxc_class *class = find(circuit->qos, want->name);
	struct vxc_qos_cfg *cfg = circuit->qos;

	if (!class)
		return refuse_unknown(txn, circuit, want->name);
	if (class == cfg->class && cfg->nclasses > 1)
		return vxc_txn_refuse(txn, VXC_A_CLASS_NAME, -EBUSY,
				      "class %s of circuit %s takes what no other class wants: delete the others first",
				      want->name, circuit->name);

	cfg = vxc_qos_change(txn, circuit, true);
	if (!cfg)
		return -ENOMEM;

	class = find(cfg, want->name);
	cfg->nclasses--;
	memmove(class, class + 1,
		(char *)(cfg->class + cfg->nclasses) - (char *)class);
	memset(cfg->class + cfg->nclasses, 0, sizeof(*class));
	return 0;
}
