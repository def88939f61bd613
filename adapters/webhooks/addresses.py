"""Where webhooks may go: out into the open net, and to hosts that the operator names; never into the desk's own house.

A shop gives the address, the desk's machine posts to it from within its own network. So every address that a host's
name leads to is looked at, when the shop gives it and again at each sending, and the connection goes to exactly an
address that was looked at: a name that leads elsewhere a moment later (DNS rebinding) gains nothing.
"""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

LONGEST = 1000
"""Characters of an address."""
PATIENCE = 3.0
"""Seconds that the look-up of a host's name may take."""
_DEFAULT_PORTS = {"https": 443, "http": 80}
_SIGNS = re.compile(r"[!-~]+", re.ASCII)
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,251}[a-z0-9])?\.?", re.ASCII)
_TRANSLATED = IPv6Network("64:ff9b::/96")
"""Stands for an IPv4 address of the open net in its last 32 bits; other such networks are of the house."""
_OPEN_6 = IPv6Network("2000::/3")
"""All that has been given out of the open net in IPv6."""
_PAPER_6 = IPv6Network("3fff::/20")
"""For examples in documents; this Python does not know of it yet."""
_HOUSE_KEEPERS = (IPv4Network("168.63.129.16/32"), IPv4Network("192.0.0.0/24"))
"""Clouds' own services under addresses that look like anybody's; the others lie in link-local and shared networks."""

Resolve = Callable[[str, int], Awaitable[list[str]]]
"""Every address that a host's name leads to, as text; raises OSError if there is none."""


class AddressRefused(Exception):  # noqa: N818  an answer
    """Webhooks do not go to this address. code: `scheme`, `spelling`, `not_found` or `private`."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


@dataclass(frozen=True)
class Target:
    """An address taken apart once, so that nobody reads it differently afterwards."""

    scheme: str
    host: str
    port: int
    path: str


class AddressGuard:
    """Says where webhooks may go.

    allowed_hosts: hosts, as they stand in addresses, that may lie in private networks: the shop's own. http_allowed:
    takes `http://` besides `https://`, for a rehearsal. resolve: asks the machine's resolver unless given.
    """

    def __init__(
        self, *, allowed_hosts: Iterable[str] = (), http_allowed: bool = False, resolve: Resolve | None = None
    ) -> None:
        self._allowed = frozenset(host.strip().lower().rstrip(".") for host in allowed_hosts if host.strip())
        self._schemes = ("https", "http") if http_allowed else ("https",)
        self._resolve = resolve or _ask_the_resolver

    def read(self, url: str) -> Target:
        """Take an address apart.

        Raises:
            AddressRefused: it is no plain `https://host/path`.
        """
        parts = _split(url)
        if parts.scheme not in self._schemes:
            raise AddressRefused("scheme", f"it begins with {' or '.join(f'{each}://' for each in self._schemes)}")
        if "@" in parts.netloc or parts.fragment:
            raise AddressRefused("spelling", "it holds neither a name and password nor a fragment")
        host, port = _host_and_port(parts)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return Target(parts.scheme, host, port or _DEFAULT_PORTS[parts.scheme], path)

    async def approved(self, host: str, port: int) -> list[str]:
        """The addresses to connect to, in the resolver's order: all that the host's name leads to.

        Raises:
            AddressRefused: the name leads nowhere, or to an address (one is enough) of a network of the desk's own.
        """
        try:
            found = await asyncio.wait_for(self._resolve(host, port), PATIENCE)
        except (OSError, UnicodeError, TimeoutError):
            found = []
        if not found:
            raise AddressRefused("not_found", "its host's name leads to no address")
        if host.rstrip(".") not in self._allowed and any(is_private(each) for each in found):
            raise AddressRefused("private", "its host lies in a private, local or reserved network")
        return found

    async def check(self, url: str) -> Target:
        """Take an address apart and see where its host lies. Raises AddressRefused."""
        target = self.read(url)
        await self.approved(target.host, target.port)
        return target


def is_private(address: str) -> bool:
    """Whether an IP address is anything but one of the open net: loopback, private, link-local, shared (CGNAT),
    multicast, reserved, unspecified, a cloud's own service, or such an IPv4 address wrapped in an IPv6 one.
    """
    try:
        ip = ip_address(address)
    except ValueError:
        return True  # what cannot be read is not trusted
    if isinstance(ip, IPv6Address):
        return _is_private_6(ip)
    return not ip.is_global or ip.is_multicast or ip.is_reserved or any(ip in network for network in _HOUSE_KEEPERS)


def _is_private_6(ip: IPv6Address) -> bool:
    wrapped = ip.ipv4_mapped or ip.sixtofour
    if wrapped is None and ip in _TRANSLATED:
        wrapped = IPv4Address(int(ip) & 0xFFFF_FFFF)
    if wrapped is not None:
        return is_private(str(wrapped))
    return ip not in _OPEN_6 or ip in _PAPER_6 or not ip.is_global or ip.teredo is not None


def _split(url: str) -> SplitResult:
    if len(url) > LONGEST or not _SIGNS.fullmatch(url) or "\\" in url:
        raise AddressRefused("spelling", f"it is at most {LONGEST} visible ASCII signs, without a backslash")
    try:
        return urlsplit(url)
    except ValueError:
        raise AddressRefused("spelling", "it cannot be read as an address") from None


def _host_and_port(parts: SplitResult) -> tuple[str, int | None]:
    try:
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise AddressRefused("spelling", "its port is no number from 1 to 65535") from None
    named = _is_6(host) if "[" in parts.netloc else _HOST.fullmatch(host)
    if port == 0 or not named:
        raise AddressRefused("spelling", "its host is a name such as shop.example (xn--… for other scripts)")
    return host, port


def _is_6(host: str) -> bool:
    try:
        return isinstance(ip_address(host), IPv6Address)
    except ValueError:
        return False


async def _ask_the_resolver(host: str, port: int) -> list[str]:
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))
