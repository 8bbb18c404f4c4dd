"""All that the composer shows of a piece: its words on each channel, what is typed, what stands in the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from scheduler.domain.changes import Stretch, changes
from scheduler.domain.delivery import OPEN
from scheduler.domain.errors import NotSupported, PullquoteError
from scheduler.domain.fit import PARAGRAPH
from scheduler.domain.links import parameters
from scheduler.domain.piece import Content, PieceKind
from scheduler.services import autosave, connect, editing, rewording, schedule, tracking
from scheduler.services.editing import Change, Hand
from scheduler.services.rewording import Measured, Taker
from scheduler.store import articles, channels, pieces, queue
from scheduler.store.drafts import Place
from scheduler.store.tables import ArticleRow, ChannelRow, PieceRow
from scheduler.store.tables_editing import DraftRow
from scheduler.store.vault import Vault


@dataclass(frozen=True)
class Tab:
    """A channel, and how the piece stands to it."""

    taker: Taker
    reason: str  # why it does not carry the piece; "" where it does
    own: bool  # whether it has words of its own

    @property
    def row(self) -> ChannelRow:
        return self.taker.row


@dataclass(frozen=True)
class Desk:
    """A piece on one tab of the composer: that of a channel, or of the one text."""

    piece: PieceRow
    article: ArticleRow
    content: Content
    tabs: list[Tab]
    chosen: Tab | None  # None: the one text
    parts: list[str]  # in the editor
    draft: DraftRow | None  # what was typed and not used yet
    stale: bool  # the piece was changed since that was begun
    against: list[Stretch]  # what the draft changes of what the piece says now; for a stale one
    differs: list[Stretch]  # what this channel says otherwise than the others
    link: str  # as it is posted
    change: Change | None  # the last one
    others: list[str]  # who else is writing here
    waiting: int  # deliveries of it

    @property
    def on_stage(self) -> Tab | None:
        """The channel that the preview is of."""
        return self.chosen or next((tab for tab in self.tabs if not tab.reason), None)

    @property
    def editable(self) -> bool:
        """Whether there are words to write here: not for an issue, nor where a channel follows the others."""
        if self.piece.kind == PieceKind.ISSUE:
            return False
        return self.chosen is None or self.chosen.own

    @property
    def said(self) -> list[str]:
        return rewording.said(self.content, self.chosen.row if self.chosen else None)

    @property
    def utm(self) -> dict[str, str]:
        found = parameters(self.link)
        return {name: found.get(name, "") for name in tracking.NAMES}

    @property
    def measured(self) -> list[Measured]:
        """Each part on this channel; of the one text nothing, for each channel counts otherwise."""
        return rewording.measure(self.chosen.taker.can, self.parts) if self.chosen else []

    @property
    def everywhere(self) -> list[tuple[Taker, str, bool]]:
        """What the one text comes to on each channel that follows it."""
        following = [tab.taker for tab in self.tabs if not tab.own and tab.taker.can.mail is None]
        return rewording.measure_all(_used(self.parts), self.content, following)


def desk(
    session: Session,
    piece: PieceRow,
    workspace_id: int,
    channel_id: int,
    person_id: int,
    *,
    vault: Vault,
    now: datetime,
    typed: Sequence[str] | None = None,
) -> Desk:
    """`typed` is what somebody just sent: it stays in the editor."""
    content = pieces.content(piece)
    tabs = [
        Tab(taker(row, vault), schedule.carries(row, piece), not content.follows(row.id))
        for row in channels.of_workspace(session, workspace_id)
    ]
    chosen = next((tab for tab in tabs if tab.row.id == channel_id), None)
    if piece.kind == PieceKind.ISSUE and chosen is None:  # it has no text that several channels share
        chosen = next((tab for tab in tabs if not tab.reason), None)
    row = chosen.row if chosen else None
    place = Place(piece.id, person_id, row.id if row else None)
    draft = autosave.kept(session, place)
    said = rewording.said(content, row)
    parts = list(typed) if typed is not None else draft.parts if draft else said
    stale = draft is not None and draft.revision != piece.revision
    return Desk(
        piece=piece,
        article=articles.get(session, piece.article_id),
        content=content,
        tabs=tabs,
        chosen=chosen,
        parts=parts or [""],
        draft=draft,
        stale=stale,
        against=_against(said, parts) if stale else [],
        differs=rewording.differs(content, row) if row else [],
        link=tracking.link_in(_posted(piece, row, said), content.link),
        change=editing.last_change(session, piece),
        others=autosave.others(session, place, now),
        waiting=len(queue.listed(session, statuses=sorted(OPEN), piece_ids=[piece.id])),
    )


def taker(row: ChannelRow, vault: Vault) -> Taker:
    opened = connect.open_channel(row, vault)
    return Taker(row, opened.label, opened.can)


def if_used(desk: Desk, tab: Tab) -> Content:
    """What the piece would say on a channel if what is typed were used."""
    row, parts = tab.row, _used(desk.parts)
    if desk.piece.kind == PieceKind.ISSUE or parts == desk.said or (desk.chosen is None and tab.own):
        return desk.content
    if desk.chosen is None:
        linked = [rewording.with_link_of(part, desk.content, row.kind) for part in parts]
        return replace(desk.content, texts=desk.content.texts | {row.kind: _fitted(linked, tab)}, refused={})
    return replace(desk.content, detached=desk.content.detached | {row.id: parts})


def use(
    session: Session, piece: PieceRow, parts: Sequence[str], desk: Desk, person_id: int, hand: Hand
) -> None:
    """Let the piece say what was typed, and forget the draft."""
    if desk.chosen is None:
        rewording.reword_all(session, piece, parts, [tab.taker for tab in desk.tabs], hand)
    else:
        rewording.reword(session, piece, parts, desk.chosen.taker, hand)
    autosave.discard(session, Place(piece.id, person_id, desk.chosen.row.id if desk.chosen else None))


def _fitted(parts: list[str], tab: Tab) -> list[str]:
    try:
        return rewording.fitted(parts, tab.taker.can, tab.taker.label)
    except NotSupported:
        return parts  # the preview says what is wrong with it


def _posted(piece: PieceRow, row: ChannelRow | None, said: list[str]) -> list[str]:
    try:
        return tracking.posted(piece, row) if row else said
    except PullquoteError:
        return said


def _used(parts: Sequence[str]) -> list[str]:
    return [part.strip() for part in parts if part.strip()] or [""]


def _against(said: Sequence[str], parts: Sequence[str]) -> list[Stretch]:
    return changes(PARAGRAPH.join(said), PARAGRAPH.join(parts))
