"""Nothing that is stored, logged or shown holds a secret."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from urllib.parse import urlsplit

from pydantic import BaseModel, SecretStr

from scheduler.channels import Adapter

HIDDEN = "•••"
QUERY = re.compile(r"(?<=[?&])([^=&\s]+)=[^&\s]+")
_LONG = re.compile(r"[^/?&=]{16,}")  # of an address: what may be a token, and is no word of a path

Redact = Callable[[str], str]


def secrets_of(config: BaseModel) -> Iterator[str]:
    """Every secret in a channel's configuration, also inside mappings and lists."""
    for value in config.__dict__.values():
        yield from _secrets(value)


def secrets_in(adapter: Adapter) -> list[str]:
    """Every secret of a channel: of its configuration, and of what signing in gave."""
    signed_in = (value for name, value in adapter.session.items() if name not in adapter.shown)
    return [*secrets_of(adapter.config), *signed_in]


def _secrets(value: object) -> Iterator[str]:
    match value:
        case SecretStr():
            yield value.get_secret_value()
        case BaseModel():
            yield from secrets_of(value)
        case dict():
            for inner in value.values():
                yield from _secrets(inner)
        case list() | tuple():
            for inner in value:
                yield from _secrets(inner)


def redactor(secrets: Iterable[str]) -> Redact:
    """A function that hides every one of `secrets`, and the values in the query of any address.

    A secret that is itself an address (a webhook's) keeps its host, so that a person can tell which it was.
    """
    shown = dict(pair for secret in secrets for pair in _spellings(secret) if len(pair[0]) >= 4)
    longest_first = sorted(shown, key=len, reverse=True)

    @lru_cache(maxsize=64)  # the address of a channel's calls is mostly the same
    def redact(text: str) -> str:
        for secret in longest_first:
            text = text.replace(secret, shown[secret])
        return QUERY.sub(rf"\1={HIDDEN}", text)

    return redact


def _spellings(secret: str) -> Iterator[tuple[str, str]]:
    """A secret, and the parts of it that a service may repeat alone, each with what is shown instead."""
    if secret.startswith(("http://", "https://")):
        parts = urlsplit(secret)
        yield secret, f"{parts.scheme}://{parts.hostname}/{HIDDEN}"
        yield parts.path, f"/{HIDDEN}"
        yield from ((part, HIDDEN) for part in _LONG.findall(f"{parts.path}?{parts.query}"))
    else:
        yield secret, HIDDEN
        yield from ((part, HIDDEN) for part in secret.split()[1:] if len(part) >= 8)  # "Bearer …"


class RedactingFormatter(logging.Formatter):
    """Formats log records, tracebacks included, and hides every secret that this process has opened."""

    def format(self, record: logging.LogRecord) -> str:
        return redactor(_opened)(super().format(record))


_opened: set[str] = set()


def remember(secrets: Iterable[str]) -> None:
    """Tell the log which texts to hide."""
    _opened.update(secrets)
