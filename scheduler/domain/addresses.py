"""Which network addresses we may call. Pure: the resolver is the transport's.

The blocks are those that IANA's special-purpose registries do not mark as globally reachable, and what
`ipaddress.is_global` misses: translation prefixes that wrap an IPv4 address, and Azure's wire server.
"""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Network = IPv4Network | IPv6Network

DENIED: tuple[Network, ...] = tuple(
    ip_network(block)
    for block in (
        "100.64.0.0/10",  # carrier-grade NAT
        "168.63.129.16/32",  # Azure's wire server
        "192.0.0.0/24",
        "192.88.99.0/24",  # 6to4 relays
        "198.18.0.0/15",  # benchmarks
        "::/96",  # IPv4-compatible: an IPv4 address in disguise, as the next four are
        "::ffff:0:0:0/96",  # IPv4-translated
        "64:ff9b::/96",  # NAT64
        "64:ff9b:1::/48",
        "2002::/16",  # 6to4
        "2001::/23",
        "3fff::/20",  # documentation
        "5f00::/16",  # segment routing, inside one network
        "fec0::/10",
    )
)


def networks(blocks: Sequence[str]) -> tuple[Network, ...]:
    return tuple(ip_network(block) for block in blocks)


def may_call(address: str, allowed: Sequence[Network] = ()) -> bool:
    """Whether `address` is public, or in a block that this installation allows (a mail catcher, say)."""
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    if any(ip in block for block in allowed):
        return True
    return ip.is_global and not ip.is_multicast and not any(ip in block for block in DENIED)
