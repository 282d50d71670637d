#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Every kind of PDU that the codec builds, as Wireshark's dissector sees it:
each field is what it was asked to be, and nothing is malformed."""

import os
import subprocess
import tempfile

import pdus

FIELDS = """
    cfm.md.level cfm.version cfm.opcode cfm.first.tlv.offset
    cfm.flags.rdi cfm.flags.interval cfm.ccm.seq.num cfm.ccm.ma.ep.id
    cfm.maid.md.name.format cfm.maid.ma.name.format cfm.maid.ma.name.length
    cfm.maid.ma.name.string cfm.maid.ma.name.hex
    cfm.tlv.type cfm.tlv.length cfm.tlv.port.status.value
    cfm.tlv.port.interface.value cfm.lb.transaction.id cfm.tlv.data.value
    cfm.lt.transaction.id cfm.lt.ttl cfm.ltm.orig.addr cfm.ltm.targ.addr
    cfm.flags.usefdbonly cfm.tlv.ltm.egress.id.ui cfm.tlv.ltm.egress.id.mac
    cfm.flags.fwdyes cfm.flags.ltr.terminalmep cfm.ltr.relay.action
    cfm.tlv.ltr.egress.last.id.ui cfm.tlv.ltr.egress.last.id.mac
    cfm.tlv.ltr.egress.next.id.ui cfm.tlv.ltr.egress.next.id.mac
    cfm.tlv.reply.ingress.action cfm.tlv.reply.ingress.mac.address
    cfm.odm.dmm.dmr.txtimestampf cfm.odm.dmm.dmr.rxtimestampf
    cfm.dmm.dmr.txtimestampb cfm.dmm.dmr.rxtimestampb
    cfm.slm.src_mep_id cfm.slr.rsp_mep_id cfm.slm.test_id cfm.slm.txfcf
    cfm.slr.txfcb cfm.raps.req.st cfm.aps.protec.type.A
    cfm.aps.protec.type.B cfm.aps.protec.type.D cfm.aps.protec.type.R
    cfm.aps.req.sgnl cfm.aps.brdgd.sgnl cfm.aps.bridge.type
    cfm.flags.ais_lck_Period _ws.malformed _ws.expert.message
""".split()

# Octets of the fields between the header and the TLVs
OFFSETS = {"CCM": 70, "LBM": 4, "LBR": 4, "LTM": 17, "LTR": 6, "DMM": 32,
           "DMR": 32, "SLM": 16, "SLR": 16, "APS": 4, "AIS": 0, "LCK": 0}


def ccm(asked):
    maid = bytes.fromhex(asked["maid"])
    name = maid[3:3 + maid[2]]
    want = {
        "cfm.flags.rdi": asked["rdi"],
        "cfm.flags.interval": asked["interval"],
        "cfm.ccm.seq.num": asked["seq"],
        "cfm.ccm.ma.ep.id": asked["mepid"],
        "cfm.maid.md.name.format": "1",
        "cfm.maid.ma.name.format": str(maid[1]),
        "cfm.maid.ma.name.length": str(len(name)),
        "cfm.tlv.type": "2,4,0",
        "cfm.tlv.length": "1,1",
        "cfm.tlv.port.status.value": asked["port"],
        "cfm.tlv.port.interface.value": asked["if"],
    }
    if maid[1] == 3:
        want["cfm.maid.ma.name.hex"] = name.hex()
    else:
        want["cfm.maid.ma.name.string"] = name.decode()
    return want


def lb(asked):
    size = int(asked["data"])
    want = {"cfm.lb.transaction.id": asked["id"], "cfm.tlv.type": "0"}
    if size:
        want["cfm.tlv.type"] = "3,0"
        want["cfm.tlv.length"] = str(size)
        want["cfm.tlv.data.value"] = bytes(
            i % 256 for i in range(size)).hex()
    return want


def mac(digits):
    return ":".join(digits[i:i + 2] for i in range(0, 12, 2))


def ltm(asked):
    return {
        "cfm.lt.transaction.id": asked["id"],
        "cfm.lt.ttl": asked["ttl"],
        "cfm.flags.usefdbonly": str(int(asked["flags"]) >> 7),
        "cfm.ltm.orig.addr": mac(asked["origin"]),
        "cfm.ltm.targ.addr": mac(asked["target"]),
        "cfm.tlv.type": "7,0",
        "cfm.tlv.length": "8",
        "cfm.tlv.ltm.egress.id.ui": asked["egress"][:4],
        "cfm.tlv.ltm.egress.id.mac": mac(asked["egress"][4:]),
    }


def ltr(asked):
    flags = int(asked["flags"])
    return {
        "cfm.lt.transaction.id": asked["id"],
        "cfm.lt.ttl": asked["ttl"],
        "cfm.ltr.relay.action": asked["action"],
        "cfm.flags.usefdbonly": str(flags >> 7),
        "cfm.flags.fwdyes": str(flags >> 6 & 1),
        "cfm.flags.ltr.terminalmep": str(flags >> 5 & 1),
        "cfm.tlv.type": "8,5,0",
        "cfm.tlv.length": "16,7",
        "cfm.tlv.ltr.egress.last.id.ui": asked["last"][:4],
        "cfm.tlv.ltr.egress.last.id.mac": mac(asked["last"][4:]),
        "cfm.tlv.ltr.egress.next.id.ui": asked["next"][:4],
        "cfm.tlv.ltr.egress.next.id.mac": mac(asked["next"][4:]),
        "cfm.tlv.reply.ingress.action": "1",
        "cfm.tlv.reply.ingress.mac.address": mac(asked["ingress"]),
    }


def timestamp(ns):
    return "%08x%08x" % divmod(int(ns), 1000000000)


# The dissector has no field for the last eight octets of a DMM.
def dm(asked):
    return {
        "cfm.odm.dmm.dmr.txtimestampf": timestamp(asked["tx_f"]),
        "cfm.odm.dmm.dmr.rxtimestampf": timestamp(asked["rx_f"]),
        "cfm.dmm.dmr.txtimestampb": timestamp(asked["tx_b"]),
        "cfm.dmm.dmr.rxtimestampb": timestamp(0),
        "cfm.tlv.type": "0",
    }


def sl(asked):
    return {
        "cfm.slm.src_mep_id": asked["source"],
        "cfm.slr.rsp_mep_id": asked["responder"],
        "cfm.slm.test_id": "%08x" % int(asked["test"]),
        "cfm.slm.txfcf": asked["tx_f"],
        "cfm.slr.txfcb": asked["tx_b"],
        "cfm.tlv.type": "0",
    }


def aps(asked):
    kind = int(asked["type"])
    return {
        "cfm.raps.req.st": asked["request"],
        "cfm.aps.protec.type.A": str(kind >> 3 & 1),
        "cfm.aps.protec.type.B": str(kind >> 2 & 1),
        "cfm.aps.protec.type.D": str(kind >> 1 & 1),
        "cfm.aps.protec.type.R": str(kind & 1),
        "cfm.aps.req.sgnl": "0x%02x" % int(asked["requested"]),
        "cfm.aps.brdgd.sgnl": "0x%02x" % int(asked["bridged"]),
        "cfm.aps.bridge.type": "0x%02x" % (int(asked["flags"]) >> 7),
        "cfm.tlv.type": "0",
    }


def alarm(asked):
    return {"cfm.flags.ais_lck_Period": asked["period"], "cfm.tlv.type": "0"}


EXPECTED = {"CCM": ccm, "LBM": lb, "LBR": lb, "LTM": ltm, "LTR": ltr,
            "DMM": dm, "DMR": dm, "SLM": sl, "SLR": sl, "APS": aps,
            "AIS": alarm, "LCK": alarm}


def dissect(capture):
    """The fields of each frame that the dissector names."""
    command = ["tshark", "-n", "-r", capture, "-T", "fields", "-E",
               "separator=|", "-E", "occurrence=a", "-E", "aggregator=,"]
    for field in FIELDS:
        command += ["-e", field]
    out = subprocess.run(command, check=True, text=True,
                         stdout=subprocess.PIPE,
                         stderr=subprocess.DEVNULL).stdout
    return [{field: value for field, value in
             zip(FIELDS, line.split("|")) if value}
            for line in out.splitlines()]


def expected(asked):
    """What the dissector should say of one."""
    kind = pdus.NAMES[int(asked["opcode"])]
    return {
        "cfm.md.level": asked["level"],
        "cfm.version": "0",
        "cfm.opcode": asked["opcode"],
        "cfm.first.tlv.offset": str(OFFSETS[kind]),
        **EXPECTED[kind](asked),
    }


def main():
    ktap = pdus.Ktap(len(EXPECTED) + 1)
    with tempfile.TemporaryDirectory() as work:
        capture = os.path.join(work, "pdus.pcap")
        asked = pdus.write(capture)
        seen = dissect(capture)

    ktap.result("a frame for each PDU",
                [] if len(asked) == len(seen) else
                [f"{len(asked)} were built, {len(seen)} dissected"])
    for kind in EXPECTED:
        frames = [n for n, a in enumerate(asked)
                  if pdus.NAMES[int(a["opcode"])] == kind]
        differs = {n: pdus.difference(seen[n], expected(asked[n]))
                   for n in frames if n < len(seen)}
        ktap.result(f"{kind}: {len(frames)} of them",
                    [f"frame {n + 1}: {what}"
                     for n, what in differs.items() if what] or
                    ([] if frames else ["none was built"]))
    ktap.end()


if __name__ == "__main__":
    main()
