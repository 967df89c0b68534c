"""A virtual internet of network namespaces: one for the servers, one for each person, with links that tests disturb.

The namespaces belong to processes, not to names, so they are gone when their processes are, however these end. The
machine's own network is never touched. Delay is missing: not every kernel has netem, and those of tests often lack it.
"""

from __future__ import annotations

import ctypes
import os
import subprocess
import time
from pathlib import Path
from typing import Self

from tests.machine import program

CLONE_NEWNET = 0x40000000
OWN = Path("/proc/self/ns/net")

# Relays refuse private and documentation addresses, so these look public. No packet leaves this small internet.
PREFIX = "12.34"
SERVER = f"{PREFIX}.0.1"


class NotAllowed(Exception):
    """The machine does not allow network namespaces to be made."""


def run(*command: str, of: int | None = None, given: str = "") -> None:
    """A command of the system, in the network of the process ``of``."""
    entered = [program("nsenter"), f"--net=/proc/{of}/ns/net"] if of else []
    done = subprocess.run(
        [*entered, program(command[0]), *command[1:]], input=given, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{' '.join(command)}: {done.stderr}"


def _libc(call: str, *arguments: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if getattr(libc, call)(*arguments) != 0:
        raise NotAllowed(os.strerror(ctypes.get_errno()))


class VirtualInternet:
    """The servers' network. While it is entered, processes that this thread starts run in it."""

    def __enter__(self) -> Self:
        self._before = os.open(OWN, os.O_RDONLY | os.O_CLOEXEC)
        try:
            _libc("unshare", CLONE_NEWNET)
        except NotAllowed:
            os.close(self._before)
            raise
        self._networks: list[Network] = []
        try:
            self._furnish()
        except BaseException:
            self.__exit__()
            raise
        return self

    def _furnish(self) -> None:
        run("ip", "link", "set", "lo", "up")
        run("ip", "address", "add", f"{SERVER}/32", "dev", "lo")
        # The default route ends here; it also makes SERVER the address that programs find as their own.
        run("ip", "route", "add", "default", "dev", "lo", "src", SERVER)
        Path("/proc/sys/net/ipv4/ip_forward").write_text("1")

    def __exit__(self, *_: object) -> None:
        for network in self._networks:
            network.close()
        _libc("setns", self._before, CLONE_NEWNET)
        os.close(self._before)

    def network(self, *, nat: bool = False) -> Network:
        """Another place on the internet."""
        made = Network(len(self._networks) + 1, nat=nat)
        self._networks.append(made)
        return made


class Namespace:
    """A network of its own, for as long as a process that does nothing else holds it."""

    def __init__(self) -> None:
        # cat ends with our end of the pipe, however this process ends.
        command = [program("unshare"), "--net", "--", "sh", "-c", "echo; exec cat"]
        self._holder = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self._holder.stdout is not None
        self._holder.stdout.readline()
        self.pid = self._holder.pid
        self.run("ip", "link", "set", "lo", "up")

    def run(self, *command: str, given: str = "") -> None:
        run(*command, of=self.pid, given=given)

    def close(self) -> None:
        self._holder.communicate()


class Network:
    """One person's way to the servers and to the others, alone or behind a router that translates addresses."""

    def __init__(self, number: int, *, nat: bool) -> None:
        self.number = number
        self.wire = f"w{number}"
        self.home = Namespace()
        self.router = Namespace() if nat else None
        edge = self.router or self.home
        run("ip", "link", "add", self.wire, "type", "veth", "peer", "name", "eth0", "netns", str(edge.pid))
        run("ip", "address", "add", f"{PREFIX}.{number}.1/24", "dev", self.wire)
        run("ip", "link", "set", self.wire, "up")
        self.address = f"{PREFIX}.{number}.2"
        self._attach(edge)
        if self.router:
            self._translate(self.router)

    def _attach(self, edge: Namespace) -> None:
        edge.run("ip", "address", "add", f"{self.address}/24", "dev", "eth0")
        edge.run("ip", "link", "set", "eth0", "up")
        edge.run("ip", "route", "add", "default", "via", f"{PREFIX}.{self.number}.1")

    def _translate(self, router: Namespace) -> None:
        """Symmetric NAT: another port towards every address, so that a port found by STUN is of no use to others."""
        router.run("ip", "link", "add", "in", "type", "veth", "peer", "name", "eth0", "netns", str(self.home.pid))
        router.run("ip", "address", "add", "192.168.1.1/24", "dev", "in")
        router.run("ip", "link", "set", "in", "up")
        self.home.run("ip", "address", "add", "192.168.1.2/24", "dev", "eth0")
        self.home.run("ip", "link", "set", "eth0", "up")
        self.home.run("ip", "route", "add", "default", "via", "192.168.1.1")
        router.run("sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward")
        router.run("nft", "-f", "-", given=NAT)

    # --- trouble ---------------------------------------------------------------------------------

    def cut(self, seconds: float, *, noticed: bool) -> None:
        """Interrupt the link for ``seconds``."""
        (self.unplug if noticed else self.silence)()
        time.sleep(seconds)
        (self.plug if noticed else self.heal)()

    def unplug(self) -> None:
        """Take the link down, as without cable or Wi-Fi: the machine notices."""
        self.home.run("ip", "link", "set", "eth0", "down")

    def plug(self) -> None:
        self.home.run("ip", "link", "set", "eth0", "up")
        gateway = "192.168.1.1" if self.router else f"{PREFIX}.{self.number}.1"
        self.home.run("ip", "route", "add", "default", "via", gateway)

    def filter(self, *rules: str) -> None:
        """Silently drop packets that match one of these nft rules, in both directions."""
        there = "".join(f'iifname "{self.wire}" {rule} drop; ' for rule in rules)
        back = "".join(f'oifname "{self.wire}" {rule} drop; ' for rule in rules)
        run("nft", "-f", "-", given=FILTER.format(name=self.wire, there=there, back=back))

    def lose(self, percent: int) -> None:
        self.filter(f"numgen random mod 100 < {percent}")

    def silence(self) -> None:
        """Drop everything, as when a distant cable is cut: the machine notices nothing."""
        self.filter("")

    def heal(self) -> None:
        run("nft", "-f", "-", given=f"table inet {self.wire}\ndelete table inet {self.wire}")

    def throttle(self, kbit: int) -> None:
        """Limit the bandwidth, each way."""
        shape = ("qdisc", "replace", "dev")
        limit = ("root", "tbf", "rate", f"{kbit}kbit", "burst", "16kb", "latency", "200ms")
        run("tc", *shape, self.wire, *limit)
        (self.router or self.home).run("tc", *shape, "eth0", *limit)

    def move(self) -> None:
        """Move to another Wi-Fi: a new address replaces the old one."""
        assert self.router is None
        old, self.address = self.address, f"{PREFIX}.{self.number}.{int(self.address.rpartition('.')[2]) + 1}"
        self.home.run("ip", "address", "del", f"{old}/24", "dev", "eth0")
        self.home.run("ip", "address", "add", f"{self.address}/24", "dev", "eth0")
        self.home.run("ip", "route", "replace", "default", "via", f"{PREFIX}.{self.number}.1")

    def close(self) -> None:
        for namespace in (self.home, self.router):
            if namespace:
                namespace.close()


NAT = """
table ip translate {
  chain out { type nat hook postrouting priority 100; oifname "eth0" masquerade fully-random; }
}
"""

# Before anything else looks at a packet that comes in, and after everything else has seen one that goes out.
FILTER = """
table inet {name}
delete table inet {name}
table inet {name} {{
  chain from_there {{ type filter hook prerouting priority -300; {there} }}
  chain to_there {{ type filter hook postrouting priority 300; {back} }}
}}
"""
