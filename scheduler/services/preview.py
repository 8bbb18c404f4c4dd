"""What a piece would be on a channel: the calls that the channel's own code would make, and what they carry.

Nothing here describes a post: it is composed and published as it would be, with the answers made up.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from sqlmodel import Session

from scheduler.channels import Adapter, Call, preview_thread
from scheduler.domain.headers import newsletter_headers
from scheduler.domain.message import Copy, Image, Letter, Message, Recipient
from scheduler.domain.piece import Content
from scheduler.render.email import CompiledIssue
from scheduler.services import compose, connect
from scheduler.services.compose import Studio
from scheduler.store.tables import ChannelRow
from scheduler.store.vault import Vault
from scheduler.transport.redact import Redact, redactor, secrets_in

LIST = "A list"


@dataclass(frozen=True)
class Shown:
    """A call, with every secret in its address hidden."""

    method: str
    url: str
    commits: bool
    carries: tuple[str, ...]  # what its body is: "JSON", "card (image/png, 84 KB)"


@dataclass(frozen=True)
class Item:
    """One post, one item of a thread, or one reader's copy of an issue."""

    text: str
    measure: str  # "288/300 graphemes"; "" where nothing limits it
    calls: tuple[Shown, ...]
    images: tuple[Image, ...] = ()
    copy: Copy | None = None


def preview(
    session: Session,
    piece_id: int,
    channel: ChannelRow,
    studio: Studio,
    *,
    vault: Vault,
    now: datetime,
    content: Content | None = None,
) -> list[Item]:
    """What each item will say and which calls it will make. Raises what composing raises.

    With `content`, what they would be if the piece said that.
    """
    adapter = connect.open_channel(channel, vault)
    draft = compose.compose(session, piece_id, adapter, studio, now, channel, content)
    messages = [_mail(draft.issue, piece_id, studio, now)] if draft.issue else draft.messages(now)
    calls = preview_thread(adapter, messages)
    redact = redactor(secrets_in(adapter))
    return [_item(*pair, adapter, redact) for pair in zip(messages, calls, strict=True)]


def _mail(issue: CompiledIssue, piece_id: int, studio: Studio, now: datetime) -> Message:
    """The issue for one made-up reader."""
    url = f"{studio.base_url.rstrip('/')}/u/example"
    headers = newsletter_headers(url, base_url=studio.base_url, list_id=1, list_name=LIST, issue=piece_id)
    values = {"name": "A Reader", "address": "reader@example.com", "list_name": LIST}
    tokens = values | {"unsubscribe_url": url, "literal": "%%PQ:"}
    reader = Recipient(1, values["address"], values["name"], tokens)
    return Message(created_at=now, letter=Letter(issue.subject, issue.html, issue.text, (reader,), headers))


def _item(message: Message, calls: Iterable[Call], adapter: Adapter, redact: Redact) -> Item:
    letter, limit = message.letter, adapter.can.text
    copy = letter.copy_for(letter.recipients[0]) if letter else None
    return Item(
        text=copy.text if copy else message.text,
        measure=limit.describe(message.text) if limit and not copy else "",
        calls=tuple(_shown(call, redact) for call in calls),
        images=message.images,
        copy=copy,
    )


def _shown(call: Call, redact: Redact) -> Shown:
    url = f"{call.url}?{urlencode(call.params)}" if call.params else call.url
    return Shown(call.method, redact(url), call.commits, tuple(_carries(call)))


def _carries(call: Call) -> Iterable[str]:
    if call.json is not None:
        yield "JSON"
    if call.form:
        yield "form"
    for name, (_, data, of) in (call.files or {}).items():
        yield f"{name} ({of}, {kilobytes(data)})"
    if call.content is not None:
        yield f"body of {kilobytes(call.content)}"


def kilobytes(data: bytes) -> str:
    return f"{max(1, round(len(data) / 1000)):,} KB"
