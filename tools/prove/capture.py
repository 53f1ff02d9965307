"""Captures the packets of a network namespace, and on SIGTERM keeps those of some flows.

    python3 capture.py FLOWS

FLOWS is a JSON file that is there by then: a list of {"file", "address", "port"}. For each flow that was seen, file
gets its packets: those to or from that address and port. (tcpdump gives up its rights before it captures, which a
user namespace without setgroups does not let it.)
"""

import ipaddress
import json
import signal
import socket
import struct
import sys
import time

ETH_P_ALL, SNAPLEN, LINKTYPE_ETHERNET = 0x0003, 512, 1
ETHERNET_HEADER = 14


def ends(frame):
    """The (address, port) pairs of an Ethernet frame's packet; none where it is no TCP or UDP, or a fragment."""
    kind = struct.unpack_from("!H", frame, 12)[0]
    if kind == 0x0800 and len(frame) > ETHERNET_HEADER + 20:
        start = ETHERNET_HEADER + (frame[ETHERNET_HEADER] & 15) * 4
        protocol, source, target = frame[23], frame[26:30], frame[30:34]
    elif kind == 0x86DD and len(frame) > ETHERNET_HEADER + 40:
        start = ETHERNET_HEADER + 40
        protocol, source, target = frame[20], frame[22:38], frame[38:54]
    else:
        return ()
    if protocol not in (6, 17) or len(frame) < start + 4:
        return ()
    ports = struct.unpack_from("!HH", frame, start)
    return (source, ports[0]), (target, ports[1])


def write(file, packets):
    with open(file, "wb") as out:
        out.write(struct.pack("=IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, SNAPLEN, LINKTYPE_ETHERNET))
        for moment, frame in packets:
            seconds, micros = int(moment), int(moment % 1 * 1e6)
            out.write(struct.pack("=IIII", seconds, micros, len(frame), len(frame)) + frame)


class Stop(Exception):
    pass


def stop(*_):
    raise Stop


def main(flows):
    signal.signal(signal.SIGTERM, stop)
    packets = {}
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.ntohs(ETH_P_ALL)) as everything:
        print("capturing", flush=True)
        try:
            while True:
                frame = everything.recv(65535)[:SNAPLEN]
                for end in ends(frame):
                    packets.setdefault(end, []).append((time.time(), frame))
        except Stop:
            pass
    with open(flows) as wanted:
        for flow in json.load(wanted):
            found = packets.get((ipaddress.ip_address(flow["address"]).packed, flow["port"]))
            if found:
                write(flow["file"], found)


main(sys.argv[1])
