"""The link of a piece: the parameters that tell where a reader came from, as each channel posts them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from sqlmodel import Session

from scheduler.domain import links
from scheduler.domain.errors import PullquoteError
from scheduler.domain.piece import Content
from scheduler.services import editing
from scheduler.services.editing import Hand
from scheduler.store import pieces
from scheduler.store.tables import ChannelRow, PieceRow

NAMES = ("utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term")
LONGEST = 100  # characters of a value
_PLACES = frozenset({"kind", "piece", "recipe"})


def posted(piece: PieceRow, channel: ChannelRow, content: Content | None = None) -> list[str]:
    """The items as they go out on a channel. One that follows the others has its own parameters on the link."""
    content = content or pieces.content(piece)
    said = content.for_channel(channel.id, channel.kind)
    if not channel.utm or not content.follows(channel.id):
        return said
    return [links.retracked(text, content.link, channel.utm, _names(piece, channel.kind)) for text in said]


def link_in(texts: list[str], link: str) -> str:
    """The address as it stands in the items; "" where it stands in none."""
    return next(filter(None, (links.standing_in(text, link) for text in texts)), "")


def checked(values: Mapping[str, str]) -> dict[str, str]:
    """Parameters as a person typed them: those that say nothing are left out."""
    for name, value in values.items():
        if name not in NAMES:
            raise PullquoteError(f"{name} is no parameter of a link: use {', '.join(NAMES)}.")
        if len(value) > LONGEST or not value.isprintable():
            raise PullquoteError(f"{name} has up to {LONGEST} printable characters.")
        if unknown := set(re.findall(r"\{(\w*)\}", value)) - _PLACES:
            known = ", ".join(f"{{{place}}}" for place in sorted(_PLACES))
            raise PullquoteError(f"{name} names {{{min(unknown)}}}, which nothing fills: use {known}.")
    return {name: value.strip() for name, value in values.items()}


def relink(
    session: Session, piece: PieceRow, channel: ChannelRow | None, values: Mapping[str, str], hand: Hand
) -> None:
    """Put parameters on the link of a piece: on one channel, which is detached by it, or wherever it is the same."""
    wanted, content = checked(values), pieces.content(piece)

    def linked(texts: list[str], kind: str) -> list[str]:
        return [links.retracked(text, content.link, wanted, _names(piece, kind)) for text in texts]

    if channel is None:
        new = replace(content, texts={kind: linked(said, kind) for kind, said in content.texts.items()})
        editing.edit(session, piece, new, "its link", hand)
        return
    own = linked(posted(piece, channel), channel.kind)
    new = replace(content, detached=content.detached | {channel.id: own})
    editing.edit(session, piece, new, f"its link on {channel.name}", hand)


def set_default(session: Session, channel: ChannelRow, values: Mapping[str, str]) -> None:
    """What every link posted there has from now on, but for pieces that have words of their own there."""
    channel.utm = {name: value for name, value in checked(values).items() if value}
    session.add(channel)
    session.flush()


def _names(piece: PieceRow, kind: str) -> dict[str, str]:
    return {"kind": kind, "piece": piece.kind, "recipe": piece.recipe}
