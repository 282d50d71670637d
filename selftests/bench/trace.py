# SPDX-License-Identifier: GPL-2.0
"""trace.py NAME: once the guest says so have QEMU log instructions."""
import pathlib
import socket
import sys
import time

ENOUGH = 40 << 20
PATIENCE = 200


def wait_for(condition, what):
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            sys.exit(f"waited in vain for {what}")
        time.sleep(0.05)


def announced(path):
    return path.exists() and b"\nprofile" in b"\n" + path.read_bytes()


def main(name):
    trace = pathlib.Path(name + ".trace")
    wait_for(lambda: announced(pathlib.Path(name)), "the guest")
    with socket.socket(socket.AF_UNIX) as monitor:
        monitor.connect(name + ".monitor")
        monitor.sendall(b"one-insn-per-tb on\nlog exec,nochain\n")
        wait_for(lambda: trace.exists() and trace.stat().st_size > ENOUGH,
                 "a trace")
        monitor.sendall(b"log none\none-insn-per-tb off\n")
        wait_for(lambda: b"one-insn-per-tb off" in monitor.recv(65536),
                 "the monitor")


if __name__ == "__main__":
    main(sys.argv[1])
