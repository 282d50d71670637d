#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""PDUs that scapy builds, read by the codec. The layers are written here from
the layouts of IEEE 802.1Q and ITU-T G.8013, with what other implementations
send and ours does not: domain names, sender IDs, longer fields, later
versions, padding."""

from scapy.fields import (BitField, ByteField, FieldLenField, IntField,
                          MACField, ShortField, StrFixedLenField, StrLenField)
from scapy.packet import Packet

import pdus


class Head(Packet):
    name = "CFM"
    fields_desc = [BitField("level", 0, 3), BitField("version", 0, 5),
                   ByteField("opcode", 0), ByteField("flags", 0),
                   ByteField("offset", 0)]

    def extract_padding(self, s):
        return b"", s


class Tlv(Packet):
    name = "TLV"
    fields_desc = [ByteField("type", 0),
                   FieldLenField("length", None, length_of="value"),
                   StrLenField("value", b"", length_from=lambda p: p.length)]


class Ccm(Packet):
    name = "CCM"
    fields_desc = [IntField("seq", 0), BitField("zero", 0, 3),
                   BitField("mepid", 1, 13),
                   StrFixedLenField("maid", b"", 48),
                   IntField("txfcf", 0), IntField("rxfcb", 0),
                   IntField("txfcb", 0), IntField("reserved", 0)]


class Lb(Packet):
    name = "LBM"
    fields_desc = [IntField("id", 0)]


class Ltm(Packet):
    name = "LTM"
    fields_desc = [IntField("id", 0), ByteField("ttl", 64),
                   MACField("origin", None), MACField("target", None)]


class Ltr(Packet):
    name = "LTR"
    fields_desc = [IntField("id", 0), ByteField("ttl", 64),
                   ByteField("action", 1)]


class Dm(Packet):
    name = "DMM"
    fields_desc = [IntField(f"{field}_{part}", 0)
                   for field in ("tx_f", "rx_f", "tx_b", "rx_b")
                   for part in ("s", "ns")]


class Sl(Packet):
    name = "SLM"
    fields_desc = [ShortField("source", 0), ShortField("responder", 0),
                   IntField("test", 0), IntField("tx_f", 0),
                   IntField("tx_b", 0)]


class Aps(Packet):
    name = "APS"
    fields_desc = [BitField("request", 0, 4), BitField("type", 0, 4),
                   ByteField("requested", 0), ByteField("bridged", 0),
                   BitField("t", 0, 1), BitField("reserved", 0, 7)]


END = b"\0"
SENDER_ID = bytes(Tlv(type=1, value=b"\x05\x07router\x01\x00\x00"))
ORGANIZATION = bytes(Tlv(type=31, value=b"\x00\x11\x22\x01private"))

OPCODES = {name: opcode for opcode, name in pdus.NAMES.items()}


def pdu(kind, fields=b"", tlvs=END, level=4, flags=0, version=0):
    """The octets of one."""
    return bytes(Head(level=level, version=version, flags=flags,
                      opcode=OPCODES.get(kind, kind),
                      offset=len(fields))) + bytes(fields) + tlvs


def want(kind, level=4, **fields):
    """What the codec should say of one."""
    return {"level": str(level), "opcode": str(OPCODES[kind]),
            **{key: str(value) for key, value in fields.items()}}


def maids():
    """Domain names and short MA names of every format."""
    domains = [b"\x01", b"\x02\x0bexample.com",
               b"\x03\x08\x02\x00\x00\x00\x00\x09\x00\x07", b"\x04\x06domain"]
    names = [b"\x01\x02\x00\x64", b"\x02\x04name", b"\x03\x02\x12\x34",
             b"\x04\x07\x00\x11\x22\x00\x00\x00\x01",
             b"\x20\x0dICC4567890123", b"\x21\x0fUSICC4567890123"]
    return [(domain + name).ljust(48, b"\0")
            for domain in domains for name in names]


def status(port, interface):
    return (bytes(Tlv(type=2, value=bytes([port]))) +
            bytes(Tlv(type=4, value=bytes([interface]))))


def ccms():
    tlvs = [  # as they are, and the two statuses in them
        (END, 0, 0), (b"", 0, 0), (status(2, 1) + END, 2, 1),
        (status(1, 7) + END + bytes(30), 1, 7),
        (SENDER_ID + status(2, 2) + END, 2, 2),
        (ORGANIZATION + bytes(Tlv(type=4, value=b"\x05")) + END, 0, 5),
        (bytes(Tlv(type=4, value=b"\x03")) + SENDER_ID +
         bytes(Tlv(type=2, value=b"\x01")) + ORGANIZATION, 1, 3),
    ]
    for n, maid in enumerate(maids() * 7):
        rdi, interval, level = n % 2, n // 2 % 7 + 1, n % 8
        octets, port, interface = tlvs[n % len(tlvs)]
        fields = Ccm(seq=n * 0x1000001, mepid=8191 - n, maid=maid,
                     txfcf=n, rxfcb=n + 1, txfcb=n + 2)
        longer = bytes(n % 3)
        yield (pdu("CCM", bytes(fields) + longer, octets, level,
                   rdi << 7 | interval, n % 2),
               want("CCM", level, rdi=rdi, interval=interval,
                    seq=n * 0x1000001, mepid=8191 - n, port=port,
                    **{"if": interface}, maid=maid.hex()))


def lbs(kind):
    for n, size in enumerate((0, 1, 100, 1450)):
        data = bytes(Tlv(type=3, value=b"\xa5" * size)) if size else b""
        before = SENDER_ID if n % 2 else b""
        yield (pdu(kind, Lb(id=0xfffffff0 + n), before + data + END, n,
                   version=n),
               want(kind, n, id=0xfffffff0 + n, data=size))


def ltms():
    origin, target = "02:00:00:00:00:0a", "02:00:00:00:00:0b"
    for n, flags in enumerate((0x80, 0)):
        egress = bytes([0, n, 2, 0, 0, 0, 0, 0x0c])
        tlvs = (SENDER_ID if n else b"") + bytes(Tlv(type=7, value=egress))
        yield (pdu("LTM", Ltm(id=n, ttl=255 - n, origin=origin, target=target),
                   tlvs + END, flags=flags),
               want("LTM", id=n, ttl=255 - n, flags=flags,
                    origin=origin.replace(":", ""),
                    target=target.replace(":", ""), egress=egress.hex()))


def ltrs():
    last, following = bytes([0, 1, 2, 3, 4, 5, 6, 7]), bytes(range(8, 16))
    ingress, port = bytes([2, 0, 0, 0, 0, 0x0d]), b"\x04\x05eth0"
    for n, flags in enumerate((0xc0, 0x40, 0x20)):
        tlvs = [bytes(Tlv(type=8, value=last + following)),
                bytes(Tlv(type=5, value=b"\x01" + ingress + port)),
                bytes(Tlv(type=6, value=b"\x01" + bytes(6) + port)),
                SENDER_ID]
        tlvs = tlvs[n:] + tlvs[:n]
        yield (pdu("LTR", Ltr(id=n, ttl=n, action=n + 1),
                   b"".join(tlvs) + END, 7, flags),
               want("LTR", 7, id=n, ttl=n, action=n + 1, flags=flags,
                    last=last.hex(), next=following.hex(),
                    ingress=ingress.hex()))


def dms(kind):
    for n, flags in enumerate((0, 1)):
        reply = 7 if kind == "DMR" else 0
        fields = Dm(tx_f_s=1764300000 + n, tx_f_ns=999999999, rx_f_s=reply,
                    rx_f_ns=n, tx_b_s=reply, tx_b_ns=500000000)
        padding = bytes(Tlv(type=3, value=bytes(n * 60))) if n else b""
        yield (pdu(kind, fields, padding + END, flags=flags),
               want(kind, tx_f=(1764300000 + n) * 10 ** 9 + 999999999,
                    rx_f=reply * 10 ** 9 + n,
                    tx_b=reply * 10 ** 9 + 500000000))


def sls(kind):
    reply = 8191 if kind == "SLR" else 0
    for n in range(2):
        fields = {"source": 1 + n, "responder": reply, "test": 0xffffffff - n,
                  "tx_f": n, "tx_b": reply}
        yield (pdu(kind, Sl(**fields), (b"", SENDER_ID + END)[n]),
               want(kind, **fields))


def apses():
    for n in range(16):
        fields = {"request": n, "type": n ^ 10, "requested": n % 2,
                  "bridged": n // 2 % 2}
        yield (pdu("APS", Aps(**fields, t=n % 3 == 0), version=n % 2),
               want("APS", **fields, flags=0x80 if n % 3 == 0 else 0))


def alarms(kind):
    for level in range(8):
        period = 6 if level % 2 else 4
        yield (pdu(kind, b"", END + bytes(level), level, period, level % 2),
               want(kind, level, period=period))


# What is not for a MEP of ours, and what is no PDU
def others():
    for opcode in (32, 37, 40, 41, 42, 43, 45, 48, 49, 50, 51, 52, 53):
        yield (pdu(opcode, bytes(32)),
               {"level": "4", "opcode": str(opcode), "none": ""})
    short = bytes(Ccm(maid=maids()[0]))[:69]
    yield pdu("CCM", short), {"level": "4", "opcode": "1", "none": ""}
    yield (pdu("LBM", Lb(id=1), b"\x03\x00\x09eight..."),
           {"level": "4", "opcode": "3", "none": ""})
    yield bytes(Head(level=4, opcode=1, offset=70)) + bytes(69), {"none": ""}
    yield b"\x80\x01\x03", {"none": ""}


def main():
    kinds = {"CCM": ccms(), "LBM": lbs("LBM"), "LBR": lbs("LBR"),
             "LTM": ltms(), "LTR": ltrs(), "DMM": dms("DMM"),
             "DMR": dms("DMR"), "SLM": sls("SLM"), "SLR": sls("SLR"),
             "APS": apses(), "AIS": alarms("AIS"), "LCK": alarms("LCK"),
             "what is none of them": others()}
    ktap = pdus.Ktap(len(kinds))
    for kind, cases in kinds.items():
        cases = list(cases)
        differs = {octets: pdus.difference(got, expected)
                   for (octets, expected), got in
                   zip(cases, pdus.read(octets for octets, _ in cases),
                       strict=True)}
        ktap.result(f"{kind}: {len(cases)} of them",
                    [f"{octets.hex()}: {what}"
                     for octets, what in differs.items() if what])
    ktap.end()


if __name__ == "__main__":
    main()
