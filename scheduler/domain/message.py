"""What an adapter is handed: already fitted, already drawn, frozen. Every retry sends the same bytes."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

TOKEN = re.compile(r"%%PQ:(\w+)%%")  # a merge token in a letter, filled for each recipient
LONG = 500  # characters of a text that is worth more than being joined
_SPECIAL = re.compile("[&<>\"']")  # in HTML


@dataclass(frozen=True)
class Image:
    data: bytes
    type: str  # "image/png"
    alt: str = ""
    width: int = 0  # pixels
    height: int = 0
    url: str = ""  # where the network may fetch it, for kinds that declare `Images.fetched`


@dataclass(frozen=True)
class Recipient:
    """One subscriber's copy of an issue."""

    id: int
    address: str
    name: str = ""
    values: Mapping[str, str] = field(default_factory=dict)  # merge token -> value, unescaped


@dataclass(frozen=True)
class Copy:
    """A letter with one recipient's values filled in."""

    subject: str
    html: str
    text: str
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Letter:
    """One issue for one batch of recipients. `html`, `text` and `headers` may hold %%PQ:name%% tokens."""

    subject: str
    html: str
    text: str
    recipients: tuple[Recipient, ...]
    headers: Mapping[str, str] = field(default_factory=dict)

    def copy_for(self, recipient: Recipient) -> Copy:
        values = recipient.values
        return Copy(
            subject=self.subject,
            html=filled(self.html, values, _escaped),
            text=filled(self.text, values),
            headers={
                name: filled(value, values) if "%%PQ:" in value else value
                for name, value in self.headers.items()
            },
        )


def _escaped(text: str) -> str:
    return html.escape(text) if _SPECIAL.search(text) else text


class Filled(str):
    """A text with values in the place of its tokens. As JSON, `pieces` are written once for all readers."""

    __slots__ = ("pieces", "values")
    pieces: tuple[str, ...]  # what stands before, between and behind the values
    values: tuple[str, ...]


def filled(text: str, values: Mapping[str, str], written: Callable[[str], str] = str) -> str:
    """`text` with `values` in the place of its tokens, each as `written`."""
    pieces, names = _split(text)
    if not names:
        return text
    own = tuple([written(values[name]) for name in names])
    parts = [*pieces, *own]
    parts[0::2], parts[1::2] = pieces, own
    if len(text) < LONG:
        return "".join(parts)
    made = Filled("".join(parts))
    made.pieces, made.values = pieces, own
    return made


@lru_cache(maxsize=64)
def _split(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What stands around the tokens, and their names: the same for every reader of an issue."""
    parts = TOKEN.split(text)
    return tuple(parts[0::2]), tuple(parts[1::2])


@dataclass(frozen=True)
class RecipientResult:
    """What the service said about one recipient of a batch."""

    recipient: int  # Recipient.id
    ok: bool
    remote_id: str = ""
    reason: str = ""
    suppress: str = ""  # "hard" or "invalid": never mail this address again


@dataclass(frozen=True)
class Receipt:
    """Proof of publication."""

    remote_id: str
    url: str = ""
    #: What a reply to this post needs (Bluesky: the cid).
    extra: Mapping[str, str] = field(default_factory=dict)
    recipients: tuple[RecipientResult, ...] = ()


@dataclass(frozen=True)
class Message:
    """One post (or one item of a thread, or one batch of an issue) as one channel will publish it."""

    text: str = ""
    link: str = ""
    images: tuple[Image, ...] = ()
    language: str = ""
    dedupe_key: str = ""  # H(delivery id, revision, item): never contains the attempt
    created_at: datetime | None = None  # when it was composed, UTC
    reply_to: Receipt | None = None  # the item before this one in a thread
    root: Receipt | None = None  # the first item of the thread
    kept: Mapping[str, str] = field(default_factory=dict)  # what an earlier attempt yielded as Keep
    letter: Letter | None = None
    #: Title, author, quote, speaker … for body templates.
    about: Mapping[str, str] = field(default_factory=dict)
