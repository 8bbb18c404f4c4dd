"""A person's own words for a piece: one text for all channels, or one of its own for each that is detached.

Measured as the daemon does, and verbatim where it quotes. What was composed already goes out as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session

from scheduler.channels import kinds
from scheduler.domain.capabilities import Capabilities
from scheduler.domain.changes import Stretch, changes
from scheduler.domain.errors import NotSupported, PullquoteError
from scheduler.domain.fit import PARAGRAPH, thread
from scheduler.domain.links import standing_in
from scheduler.domain.parts import MOST
from scheduler.domain.piece import Content, PieceKind
from scheduler.domain.wording import check_verbatim
from scheduler.services import editing
from scheduler.services.carding import image_refusal
from scheduler.services.editing import Hand
from scheduler.services.tracking import posted
from scheduler.store import articles, pieces
from scheduler.store.tables import ChannelRow, PieceRow


@dataclass(frozen=True)
class Taker:
    """A channel as the composer needs it."""

    row: ChannelRow
    label: str  # of its kind
    can: Capabilities  # of this very channel: a server may take more than others of its kind


@dataclass(frozen=True)
class Measured:
    """One part of what was typed."""

    count: str  # "288/300 graphemes"; "" where nothing limits it
    fits: bool


@dataclass(frozen=True)
class Trouble:
    """Why a channel, or one part of what was typed for it, cannot be."""

    channel: ChannelRow | None
    part: int  # counted from 1; 0: the whole of it
    text: str


class Unfit(PullquoteError):
    """Words that cannot be used, with every reason and where to go for it."""

    def __init__(self, troubles: Sequence[Trouble]):
        super().__init__(troubles[0].text)
        self.troubles = troubles


def measure(can: Capabilities, parts: Sequence[str]) -> list[Measured]:
    """Each part in the unit that the network counts in."""
    limit = can.text
    return [
        Measured(limit.describe(part), limit.fits(part)) if limit else Measured("", True) for part in parts
    ]


def measure_all(
    parts: Sequence[str], content: Content, takers: Sequence[Taker]
) -> list[tuple[Taker, str, bool]]:
    """What the one text is on each channel: how long, and whether it goes; a thread where it is too long for one."""
    return [
        (taker, *_told([with_link_of(part, content, taker.row.kind) for part in parts], taker))
        for taker in takers
    ]


def said(content: Content, channel: ChannelRow | None) -> list[str]:
    """What the editor shows: the one text, or a channel's own."""
    if channel is None:
        return content.texts.get("") or next(iter(content.texts.values()), [""])
    return content.detached.get(channel.id) or content.texts.get(channel.kind) or said(content, None)


def differs(content: Content, channel: ChannelRow) -> list[Stretch]:
    """What a detached channel says otherwise than the rest; nothing where it follows them."""
    if content.follows(channel.id):
        return []
    common = content.texts.get(channel.kind) or said(content, None)
    return changes(PARAGRAPH.join(common), PARAGRAPH.join(content.detached[channel.id]))


def detach(session: Session, row: PieceRow, channel: ChannelRow, hand: Hand) -> None:
    """Let a channel have words of its own: for now, those that it has."""
    content = pieces.content(row)
    own = said(content, channel) if channel.kind in content.refused else posted(row, channel, content)
    new = replace(content, detached={channel.id: own} | content.detached)
    editing.edit(session, row, new, f"its words on {channel.name}", hand)


def reattach(session: Session, row: PieceRow, channel: ChannelRow, hand: Hand) -> None:
    """Let a channel say what the others say."""
    content = pieces.content(row)
    detached = {number: own for number, own in content.detached.items() if number != channel.id}
    editing.edit(session, row, replace(content, detached=detached), f"its words on {channel.name}", hand)


def reword(session: Session, row: PieceRow, parts: Sequence[str], taker: Taker, hand: Hand) -> None:
    """Say it so on that channel; the others keep their words."""
    own = _checked(session, row, parts, taker)
    if troubles := [*_too_long(own, taker)]:
        raise Unfit(troubles)
    content = pieces.content(row)
    new = replace(content, detached=content.detached | {taker.row.id: own})
    editing.edit(session, row, new, f"its words on {taker.row.name}", hand)


def reword_all(
    session: Session, row: PieceRow, parts: Sequence[str], takers: Sequence[Taker], hand: Hand
) -> None:
    """Say it so on every channel that has no words of its own, as a thread where that is the only way.

    Refused where a channel that carries the piece now could not carry it any more.
    """
    common, content = _checked(session, row, parts, None), pieces.content(row)
    following = [taker for taker in takers if content.follows(taker.row.id) and taker.can.mail is None]
    texts, refused = _for_each_kind(common, content, _cans(following))
    lost = [taker for taker in following if taker.row.kind in refused.keys() - content.refused.keys()]
    if lost:
        raise Unfit([Trouble(taker.row, 0, _lost(taker, refused[taker.row.kind])) for taker in lost])
    if row.kind == PieceKind.CARD:
        frames = content.frames  # words change nothing about a card that a kind cannot show
        no = {kind: image_refusal(kind, can, frames) for kind, can in _cans(following).items()}
        refused |= {kind: why for kind, why in no.items() if why}
    new = replace(content, texts={"": common} | texts, refused=refused)
    editing.edit(session, row, new, "its words", hand)


def _for_each_kind(
    common: list[str], content: Content, cans: Mapping[str, Capabilities]
) -> tuple[dict[str, list[str]], dict[str, str]]:
    texts, refused = {}, {}
    for kind, can in cans.items():
        linked = [with_link_of(text, content, kind) for text in common]
        try:
            texts[kind] = fitted(linked, can, kind.capitalize())
        except NotSupported as reason:
            refused[kind] = str(reason)
    return texts, refused


def fitted(parts: list[str], can: Capabilities, label: str) -> list[str]:
    """The parts as one kind of channel can carry them. Raises NotSupported."""
    if len(parts) > 1 and not can.threads:
        parts = [PARAGRAPH.join(parts)]
    limit = can.text
    if limit is None or all(map(limit.fits, parts)):
        return parts
    if not can.threads:
        raise NotSupported(f"It is too long for {label}", limit.describe(parts[0]))
    items: list[str] = []
    for part in parts:
        if (split := thread(part.split(PARAGRAPH), limit.fits)) is None:
            raise NotSupported(f"A sentence of it is too long for {label}", limit.describe(part))
        items += split
    return items


def _checked(session: Session, row: PieceRow, parts: Sequence[str], taker: Taker | None) -> list[str]:
    """The parts that say something, their quotations verbatim. Raises where they cannot be used anywhere."""
    if row.kind == PieceKind.ISSUE or (taker and taker.can.mail):
        raise PullquoteError("An issue is made of the article: its words are not edited here.")
    channel, where = (taker.row, f" on {taker.row.name}") if taker else (None, "")
    used = [part.strip() for part in parts if part.strip()]
    if not used:
        raise Unfit([Trouble(channel, 1, f"A post{where} needs words: leave at least one.")])
    if len(used) > MOST:
        raise Unfit(
            [Trouble(channel, 0, f"{len(used)} parts are too many for a thread: use at most {MOST}.")]
        )
    if len(used) > 1 and taker and not taker.can.threads:
        raise Unfit([Trouble(channel, 2, f"{taker.row.name}: {taker.label} has no threads: join the parts.")])
    body = articles.get(session, row.article_id).body
    if troubles := [
        trouble for n, part in enumerate(used, 1) for trouble in _misquoted(part, body, n, channel)
    ]:
        raise Unfit(troubles)
    return used


def _misquoted(part: str, body: str, number: int, channel: ChannelRow | None) -> list[Trouble]:
    try:
        check_verbatim(part, body)
    except PullquoteError as error:
        return [Trouble(channel, number, str(error))]
    return []


def _too_long(parts: Sequence[str], taker: Taker) -> list[Trouble]:
    return [
        Trouble(taker.row, n, f"{taker.row.name}: {_part(n, parts)}is too long ({each.count}): shorten it.")
        for n, each in enumerate(measure(taker.can, parts), 1)
        if not each.fits
    ]


def _lost(taker: Taker, reason: str) -> str:
    name = taker.row.name
    return f"{name} could not carry it any more. {reason}. Shorten it, or customise it for {name}."


def _part(number: int, parts: Sequence[str]) -> str:
    return f"part {number} " if len(parts) > 1 else "it "


def _cans(takers: Sequence[Taker]) -> dict[str, Capabilities]:
    """By kind: of a connected channel where there is one, the one that takes least where there are several."""
    cans = {kind: cls.can for kind, cls in kinds().items()}
    for taker in sorted(takers, key=lambda each: each.can.text.most if each.can.text else 0, reverse=True):
        cans[taker.row.kind] = taker.can
    return {kind: can for kind, can in cans.items() if can.mail is None}


def with_link_of(text: str, content: Content, kind: str) -> str:
    """The link as that kind had it: with its own parameters."""
    mine = standing_in(text, content.link)
    theirs = next(filter(None, (standing_in(t, content.link) for t in content.texts.get(kind, []))), "")
    return text.replace(mine, theirs) if mine and theirs else text


def _told(parts: list[str], taker: Taker) -> tuple[str, bool]:
    limit = taker.can.text
    try:
        items = fitted(parts, taker.can, taker.label)
    except NotSupported as error:
        return str(error), False
    if len(items) > 1:
        return f"a thread of {len(items)}", True
    return (limit.describe(items[0]) if limit else ""), True
