// SPDX-License-Identifier: GPL-2.0
/* Admission: do the bandwidths of circuits fit their ports? Under rtnl. */
#include <linux/ethtool.h>

#include "txn.h"

/**
 * vxc_port_speed() - The speed that counts
 * @port: the port
 *
 * Return: bit/s, 0 if it is not known.
 */
u64 vxc_port_speed(const struct vxc_port *port)
{
	struct ethtool_link_ksettings link;

	if (port->speed)
		return port->speed;
	if (!port->dev || __ethtool_get_link_ksettings(port->dev, &link) ||
	    link.base.speed == (u32)SPEED_UNKNOWN)
		return 0;

	return (u64)link.base.speed * 1000000;
}

/**
 * vxc_port_check_speed() - Are a port's speed and its factor in their ranges?
 * @txn: the transaction
 * @cfg: what is given
 *
 * Return: 0 or an error.
 */
int vxc_port_check_speed(struct vxc_txn *txn, const struct vxc_port_cfg *cfg)
{
	char buf[24];

	if (cfg->given & VXC_PORT_SPEED && cfg->speed > VXC_SPEED_MAX)
		return vxc_txn_refuse(txn, VXC_A_PORT_SPEED, -ERANGE,
				      "speed %s bit/s is above 100T",
				      vxc_rate_name(cfg->speed, buf,
						    sizeof(buf)));
	if (cfg->given & VXC_PORT_OVERSUB &&
	    cfg->oversubscription > VXC_OVERSUBSCRIPTION_MAX)
		return vxc_txn_refuse(txn, VXC_A_PORT_OVERSUBSCRIPTION,
				      -ERANGE,
				      "oversubscription %u%% is above %u%%",
				      cfg->oversubscription,
				      VXC_OVERSUBSCRIPTION_MAX);

	return 0;
}

/*
 * What a circuit has bought of each of its ports, in bit/s. In an envelope that
 * is its CIR, what it can have above has been promised to nobody.
 */
u64 vxc_qos_sold(const struct vxc_circuit *circuit)
{
	const struct vxc_qos_cfg *cfg = circuit->qos;

	if (!cfg)
		return 0;

	return cfg->part ? cfg->cir : vxc_qos_bandwidth(cfg);
}

/* A leg has so much of what its port has sold, from now on. */
void vxc_port_sell(struct vxc_leg *leg, u64 bps)
{
	leg->at.port->sold += bps - leg->sold;
	leg->sold = bps;
}

/* After a change of what the circuit has bought. */
void vxc_qos_sell(struct vxc_circuit *circuit)
{
	struct vxc_leg *leg;
	unsigned int place = 0;

	while ((leg = vxc_next_leg(circuit, &place)))
		vxc_port_sell(leg, vxc_qos_sold(circuit));
}

/**
 * vxc_port_admit() - Does a port carry what has been sold?
 * @txn: the transaction
 * @port: the port, after the change
 * @bad: the attribute that is too much
 *
 * Return: 0 or -ENOSPC.
 */
int vxc_port_admit(struct vxc_txn *txn, const struct vxc_port *port, u16 bad)
{
	u64 speed, sold = port->sold, most;
	char buf[3][24];

	if (!sold || !port->oversubscription)
		return 0;

	speed = vxc_port_speed(port);
	most = div_u64(speed, 100) * port->oversubscription;
	if (!speed || sold <= most)
		return 0;

	return vxc_txn_refuse(txn, bad, -ENOSPC,
			      "port %s has %s, of which %u%% can be sold: %s; all its circuits together would have %s",
			      port->name,
			      vxc_rate_name(speed, buf[0], sizeof(buf[0])),
			      port->oversubscription,
			      vxc_rate_name(most, buf[1], sizeof(buf[1])),
			      vxc_rate_name(sold, buf[2], sizeof(buf[2])));
}

/**
 * vxc_qos_admit() - Do the ports of a circuit carry it with all others?
 * @txn: the transaction
 * @circuit: the circuit, after a change that makes it need more of them
 * @bad: the attribute that is too much
 *
 * What asks for no more is not refused, even where a port has become slower.
 *
 * Return: 0 or -ENOSPC.
 */
int vxc_qos_admit(struct vxc_txn *txn, const struct vxc_circuit *circuit,
		  u16 bad)
{
	const struct vxc_leg *leg;
	unsigned int place = 0;
	int err = 0;

	if (!vxc_qos_sold(circuit))
		return 0;

	while (!err && (leg = vxc_next_leg(circuit, &place)))
		err = vxc_port_admit(txn, leg->at.port, bad);
	return err;
}
