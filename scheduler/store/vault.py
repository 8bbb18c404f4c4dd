"""Secrets at rest: AES-256-GCM, bound to their place, under a key that lives outside the database.

Sealed text is `v1.<key id>.<base64 of nonce and ciphertext>`. The additional data is table:column:row, so a
secret copied into another row does not open. The first key seals; all keys open, so keys can be rotated.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from scheduler.domain.errors import PullquoteError

NONCE = 12  # bytes, as GCM wants them


class Vault:
    def __init__(self, keys: list[bytes]):
        if not keys or any(len(key) != 32 for key in keys):
            raise PullquoteError("The secret key must be 32 bytes: make one with `pullquote init`.")
        self._keys = {hashlib.sha256(key).hexdigest()[:8]: key for key in keys}
        self._first = next(iter(self._keys))

    def seal(self, plain: str, place: str) -> str:
        """`place` is table:column:row."""
        nonce = os.urandom(NONCE)
        sealed = AESGCM(self._keys[self._first]).encrypt(nonce, plain.encode(), place.encode())
        return f"v1.{self._first}.{base64.b64encode(nonce + sealed).decode()}"

    def open(self, sealed: str, place: str) -> str:
        version, _, rest = sealed.partition(".")
        key_id, _, data = rest.partition(".")
        if version != "v1" or key_id not in self._keys:
            raise PullquoteError(
                "A stored secret was sealed with another key: put the key file back or connect again."
            )
        try:
            raw = base64.b64decode(data)
            return AESGCM(self._keys[key_id]).decrypt(raw[:NONCE], raw[NONCE:], place.encode()).decode()
        except (InvalidTag, ValueError):  # ValueError: no base64, or too short
            raise PullquoteError("A stored secret is damaged: connect the channel again.") from None

    def sign(self, purpose: str, data: bytes) -> bytes:
        """16 bytes of HMAC-SHA256 over `purpose` and `data`, under the first key."""
        return _mac(self._keys[self._first], purpose, data)

    def verify(self, purpose: str, data: bytes, mac: bytes) -> bool:
        """Whether `mac` was signed under any of the keys: a link in an old mail stays good."""
        return any(hmac.compare_digest(_mac(key, purpose, data), mac) for key in self._keys.values())


def _mac(key: bytes, purpose: str, data: bytes) -> bytes:
    return hmac.digest(key, purpose.encode() + b"\0" + data, "sha256")[:16]


def new_key() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


def read_key(path: Path) -> bytes:
    """The key in the file at `path`, which is made, readable by its owner only, where there is none."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return decode_key(path.read_text())
    with os.fdopen(descriptor, "w") as file:
        text = new_key()
        file.write(text + "\n")
        file.flush()
        os.fsync(descriptor)
    _sync_folder(path.parent)
    return decode_key(text)


def _sync_folder(folder: Path) -> None:
    """What is sealed with a new key must not outlive it in a power failure: its name has to be there, too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def decode_key(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text.strip())
    except ValueError:
        raise PullquoteError("The secret key is not base64: make one with `pullquote init`.") from None
