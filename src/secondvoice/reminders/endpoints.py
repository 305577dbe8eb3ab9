"""To which addresses a reminder may be sent. The address comes from a browser: trust none of it.

A server that posts wherever it is told can be made to reach what only it can reach: itself, the
machines beside it, a cloud's own services (server-side request forgery). So: https, on its usual
port, to a name, and only if every address behind that name belongs to the public internet. The
connection is then made to one of the addresses that were looked at, and not to the name, which
might mean another by then.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from secondvoice.tongues import say

LONGEST: Final = 1000
"""Characters. Those of the known relays have two to four hundred."""
HTTPS_PORT: Final = 443

_HOST = re.compile(r"(?=.{1,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,62}")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class BadEndpoint(ValueError):
    """An address that nothing is sent to. The message says why, without the address."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where one browser's relay listens."""

    host: str
    port: int
    target: str

    @property
    def origin(self) -> str:
        """``https://host``, with the port where it is not the usual one."""
        return f"https://{self.host}" + ("" if self.port == HTTPS_PORT else f":{self.port}")


@dataclass(frozen=True, slots=True)
class Browser:
    """Where and for whom: what a browser gave, and the address that a touch on the notice opens.

    ``public_key`` is 65 bytes, ``auth`` 16 (RFC 8291, 2).
    """

    endpoint: str
    public_key: bytes
    auth: bytes
    opens: str


def parse(address: str, also: frozenset[str] = frozenset()) -> Endpoint:
    """Read an endpoint's address.

    Args:
        address: as the browser gave it.
        also: ``host:port`` of what tests listen on, allowed besides.

    Raises:
        BadEndpoint: it is none that anything may be sent to.
    """
    if len(address) > LONGEST or not address.isascii() or re.search(r"[\s\\\x00-\x1f]", address):
        raise BadEndpoint(
            say("The relay's address is too long or has signs in it that it cannot have.")
        )
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").rstrip("."), parts.port or HTTPS_PORT
    except ValueError:
        raise BadEndpoint(say("The relay's address cannot be read.")) from None
    if parts.scheme != "https" or "@" in parts.netloc:
        raise BadEndpoint(say("The relay's address is not one of https."))
    endpoint = Endpoint(
        host, port, (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    )
    if f"{host}:{port}" in also:
        return endpoint
    if port != HTTPS_PORT or not _HOST.fullmatch(host):
        raise BadEndpoint(say("The relay's address names no host of the internet."))
    return endpoint


def addresses(endpoint: Endpoint, also: frozenset[str] = frozenset()) -> list[str]:
    """The network addresses behind an endpoint's name, each looked at.

    Raises:
        BadEndpoint: one of them is not public.
        OSError: the name cannot be looked up.
    """
    found = socket.getaddrinfo(endpoint.host, endpoint.port, type=socket.SOCK_STREAM)
    numbers = [str(entry[4][0]) for entry in found]
    if f"{endpoint.host}:{endpoint.port}" not in also and not all(map(is_public, numbers)):
        # All, not one: a name that means both is a trick or a mistake.
        raise BadEndpoint("The relay's name leads to an address that is not public.")
    return list(dict.fromkeys(numbers))


def is_public(number: str) -> bool:
    """Whether an IP address belongs to the public internet, also one inside another."""
    try:
        address = ipaddress.ip_address(number)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(str(address.ipv4_mapped))
        if address in _NAT64:
            return is_public(str(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)))
        if address.sixtofour is not None or address.teredo is not None or address.is_site_local:
            return False
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_unspecified
    )
