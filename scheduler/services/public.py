"""Public addresses of images, for networks that fetch them themselves: signed, and good for a time.

Nobody can make one up, nor lengthen its time. Whoever has one can see that one image until then.
"""

from __future__ import annotations

import base64
import re
from datetime import datetime
from ipaddress import ip_address
from urllib.parse import urlsplit

from scheduler.store.vault import Vault

PURPOSE = "image"
_DIGEST, _TIME, _MAC = 32, 5, 16  # bytes; the time lasts until the year 36812
_TOKEN = re.compile(r"[A-Za-z0-9_-]{71}")


def address(vault: Vault, base_url: str, digest: str, kind: str, until: datetime) -> str:
    """Of the asset with that SHA-256 and type. The end of the name is for networks that look at nothing else."""
    name = bytes.fromhex(digest) + int(until.timestamp()).to_bytes(_TIME, "big")
    token = base64.urlsafe_b64encode(name + vault.sign(PURPOSE, name)).decode().rstrip("=")
    return f"{base_url.rstrip('/')}/i/{token}.{kind.rpartition('/')[2]}"


def opened(vault: Vault, token: str, now: datetime) -> tuple[str, int] | None:
    """The SHA-256 and the seconds that are left; None where it is none of ours, or its time is over."""
    if not _TOKEN.fullmatch(token):
        return None
    raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    name, mac = raw[: _DIGEST + _TIME], raw[_DIGEST + _TIME :]
    left = int.from_bytes(name[_DIGEST:], "big") - int(now.timestamp())
    return (name[:_DIGEST].hex(), left) if vault.verify(PURPOSE, name, mac) and left > 0 else None


def is_public(base_url: str) -> bool:
    """Whether others can reach it, as far as its name tells, and over HTTPS: networks fetch nothing else."""
    parts = urlsplit(base_url)
    host = parts.hostname or ""
    try:
        known = ip_address(host).is_global
    except ValueError:
        known = "." in host and not host.endswith((".localhost", ".local", ".internal"))
    return parts.scheme == "https" and known
