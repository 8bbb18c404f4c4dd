"""An article that was read again, with pieces that the real split made of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from scheduler.domain.article import Article
from scheduler.domain.errors import PullquoteError
from scheduler.domain.piece import PieceKind, Recipe
from scheduler.render.environment import environment
from scheduler.services import compose, ingest
from scheduler.services.reread import Reread, reread
from scheduler.services.split import split
from scheduler.store import articles, events, pieces, queue, quotes
from scheduler.store.engine import writing
from scheduler.store.tables import ArticleRow, DeliveryRow, PieceRow
from tests import world
from tests.conftest import Clock
from tests.services.articles import BEES

LONGER = replace(BEES, body=f"This article was brought up to date in June.\n\n{BEES.body}")
CORRECTED = replace(BEES, body=BEES.body.replace("three complaints", "thirty complaints"))


class Desk:
    """An article, its pieces, and a channel to send them to."""

    def __init__(self, session: Session, now: datetime):
        self.session, self.now = session, now
        workspace = world.workspace(session, now)
        self.article = articles.add(session, workspace.id, BEES, origin=BEES.url, now=now)
        ingest.find_quotes(session, self.article)
        made = split(session, self.article, Recipe(posts=8), kinds={}, environment=environment([]), now=now)
        self.pieces = made.pieces
        self.channel = world.channel(session, now)
        self.studio = compose.Studio(None, environment([]), "https://gazette.example")  # type: ignore[arg-type]

    def read(self, new: Article) -> Reread:
        return reread(self.session, self.article, new, now=self.now)

    def with_words(self, words: str) -> list[PieceRow]:
        return [piece for piece in self.pieces if any(words in each for each in said(piece))]

    def queued(self, piece: PieceRow, **values: object) -> DeliveryRow:
        due = self.now + timedelta(hours=1)
        row = queue.enqueue(self.session, piece, self.channel.id, due, now=self.now)
        row.sqlmodel_update(values)
        self.session.flush()
        return row

    def compose(self, piece: PieceRow) -> compose.Draft:
        adapter = world.adapter_of(self.channel)
        return compose.compose(self.session, piece.id, adapter, self.studio, self.now)

    def told(self) -> list[str]:
        return [event.text for event in events.latest(self.session) if event.kind == "held"]


def said(piece: PieceRow) -> list[str]:
    content = pieces.content(piece)
    return [each.text for each in [*content.passages, *([content.passage] if content.passage else [])]]


def speakers(piece: PieceRow) -> set[str]:
    content = pieces.content(piece)
    return {each.speaker for each in [*content.passages, *([content.passage] if content.passage else [])]}


@pytest.fixture
def desk(engine: Engine, clock: Clock) -> Iterator[Desk]:
    with writing(engine) as session:
        yield Desk(session, clock())


def test_what_did_not_change_is_left_as_it_is(desk: Desk) -> None:
    before = [dict(piece.content) for piece in desk.pieces]
    assert desk.read(BEES) == Reread(changed=False, held=[])
    assert [piece.content for piece in desk.pieces] == before
    assert desk.told() == []


def test_the_article_is_stored_as_it_is_now(desk: Desk) -> None:
    new = replace(LONGER, title="Fifty hives", author="", published=date(2026, 6, 1))
    assert desk.read(new).changed
    row: ArticleRow = desk.article
    assert (row.title, row.author, row.published) == ("Fifty hives", BEES.author, date(2026, 6, 1))
    assert (row.body, row.fingerprint) == (new.body, new.fingerprint)


def test_pieces_whose_words_moved_stay_and_compose(desk: Desk) -> None:
    assert desk.read(LONGER) == Reread(changed=True, held=[])
    for piece in desk.pieces:
        compose.check_verbatim(desk.article.body, pieces.content(piece))
        assert (piece.status, piece.revision) == ("ready", 1)
    post = next(piece for piece in desk.pieces if piece.kind == PieceKind.POST and piece.quote_id)
    assert desk.compose(post).texts


def test_their_quotes_move_with_them(desk: Desk) -> None:
    mine = {piece.id: piece.quote_id for piece in desk.pieces}
    desk.read(LONGER)
    assert {piece.id: piece.quote_id for piece in desk.pieces} == mine
    for piece in desk.pieces:
        if piece.quote_id:
            start, end = quotes.get(desk.session, piece.quote_id).segments[0]
            assert desk.article.body[start:end][:12] in "\n".join(said(piece))


def test_a_changed_word_holds_exactly_the_pieces_that_carry_it(desk: Desk) -> None:
    stale = desk.with_words("three complaints")
    assert 0 < len(stale) < len(desk.pieces)
    found = desk.read(CORRECTED)
    assert [held.piece.id for held in found.held] == [piece.id for piece in stale]
    assert {piece.id for piece in desk.pieces if piece.status == "held"} == {piece.id for piece in stale}
    for held in found.held:
        assert "“had three complaints” → “had thirty complaints”" in held.reason
        assert held.piece.reason == held.reason
        with pytest.raises(PullquoteError, match="thirty complaints"):
            desk.compose(held.piece)
    assert len(desk.told()) == len(stale)
    for piece in desk.pieces:
        if piece not in stale:
            compose.check_verbatim(desk.article.body, pieces.content(piece))


def test_a_quote_that_goes_takes_no_piece_along(desk: Desk) -> None:
    desk.read(replace(BEES, body="The hives are gone, and so is everybody who spoke about them."))
    desk.session.expire_all()
    left = pieces.of_article(desk.session, desk.article.id)
    assert len(left) == len(desk.pieces)
    assert {piece.status for piece in left if said(piece)} == {"held"}
    assert {piece.quote_id for piece in left} == {None}
    assert any("no longer stand in the article: “" in text for text in desk.told())


def test_what_was_composed_is_held_and_dropped(desk: Desk) -> None:
    (stale, *_) = desk.with_words("three complaints")
    frozen = desk.queued(stale, message={"texts": ["We had three complaints"]})
    other = desk.queued(
        next(piece for piece in desk.pieces if piece not in desk.with_words("three complaints"))
    )
    held = next(each for each in desk.read(CORRECTED).held if each.piece is stale)
    assert [row.id for row in held.deliveries] == [frozen.id]
    assert (frozen.status, frozen.next_at, frozen.reason) == ("held", None, held.reason)
    assert (frozen.message, frozen.revision) == (None, 2)
    assert other.status == "scheduled"


def test_the_rest_of_a_thread_that_is_partly_live_keeps_its_words(desk: Desk) -> None:
    (stale, *_) = desk.with_words("three complaints")
    row = desk.queued(stale, message={"texts": ["one", "two"]}, item=1)
    desk.read(CORRECTED)
    assert (row.status, row.message, row.revision) == ("held", {"texts": ["one", "two"]}, 1)


def test_what_was_composed_and_held_by_a_person_is_dropped_too(desk: Desk) -> None:
    (stale, *_) = desk.with_words("three complaints")
    row = desk.queued(stale, status="held", reason="wait for Mei", message={"texts": ["three complaints"]})
    desk.read(CORRECTED)
    assert (row.status, row.reason, row.message) == ("held", "wait for Mei", None)


def test_the_same_words_said_by_somebody_else_are_held(desk: Desk) -> None:
    mine = [piece for piece in desk.with_words("Nobody has ever voted") if "Omar Reyes" in speakers(piece)]
    assert mine
    body = BEES.body.replace("against honey,” says Reyes.", "against honey,” says Marta Lindqvist.")
    found = desk.read(replace(BEES, body=body))
    assert [held.piece for held in found.held] == mine
    assert found.held[0].reason == "The article now has Marta Lindqvist say what Omar Reyes said."


def test_a_shorter_name_of_the_same_speaker_holds_nothing(desk: Desk) -> None:
    body = BEES.body.replace("says Omar Reyes, who", "says Reyes, who")
    assert desk.read(replace(BEES, body=body)).held == []


@pytest.mark.parametrize("status", ["sending", "in-doubt", "cancelled", "failed"])
def test_a_delivery_that_does_not_wait_is_not_touched(desk: Desk, status: str) -> None:
    (stale, *_) = desk.with_words("three complaints")
    row = desk.queued(stale, status=status)
    assert stale in [held.piece for held in desk.read(CORRECTED).held]
    assert (row.status, row.reason) == (status, "")


def test_one_that_may_be_live_already_is_not_touched(desk: Desk) -> None:
    (stale, *_) = desk.with_words("three complaints")
    row = desk.queued(stale, committed_at=desk.now)
    desk.read(CORRECTED)
    assert row.status == "scheduled"


def test_what_is_sent_is_left_alone(desk: Desk) -> None:
    stale, *others = desk.with_words("three complaints")
    row = desk.queued(stale, status="sent", message={"texts": ["We had three complaints"]})
    found = desk.read(CORRECTED)
    assert [held.piece.id for held in found.held] == [piece.id for piece in others]
    assert (stale.status, row.status, row.revision) == ("ready", "sent", 1)


def test_sent_on_one_channel_it_is_held_for_the_other(desk: Desk) -> None:
    (stale, *_) = desk.with_words("three complaints")
    sent, waiting = desk.queued(stale, status="sent"), desk.queued(stale)
    desk.read(CORRECTED)
    assert (stale.status, sent.status, waiting.status) == ("held", "sent", "held")


def test_what_was_told_once_is_not_told_again(desk: Desk) -> None:
    told = len(desk.read(CORRECTED).held)
    again = desk.read(replace(CORRECTED, body=f"{CORRECTED.body}\n\nThe city will decide in May."))
    assert again == Reread(changed=True, held=[])
    assert len(desk.told()) == told


def test_words_that_are_back_can_be_released(desk: Desk) -> None:
    post = next(piece for piece in desk.pieces if said(piece) and len(pieces.content(piece).passages) == 1)
    before = pieces.content(post)
    assert post in [held.piece for held in desk.read(replace(BEES, body="Please log in.")).held]
    assert desk.read(BEES).held == []
    pieces.release(desk.session, post)
    assert pieces.content(post) == before
    compose.check_verbatim(desk.article.body, pieces.content(post))


def test_an_article_does_not_become_another_one(desk: Desk) -> None:
    articles.add(desk.session, desk.article.workspace_id, LONGER, origin="x", now=desk.now)
    with pytest.raises(PullquoteError, match="Article 2 has these very words"):
        desk.read(LONGER)
