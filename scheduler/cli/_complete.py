"""What the shell offers on Tab: numbers and names from the database. Where there is none, nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import typer
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from scheduler.bootstrap import card_renderer
from scheduler.channels import kinds as all_kinds
from scheduler.cli._start import as_url, database_file, the_workspace
from scheduler.domain.delivery import OPEN, Status
from scheduler.domain.errors import PullquoteError
from scheduler.services.listing import summary
from scheduler.settings import read_settings
from scheduler.store import articles as article_store
from scheduler.store import channels as channel_store
from scheduler.store import pieces as piece_store
from scheduler.store import queue, subscribers
from scheduler.store.engine import connect, reading

Offer = tuple[str, str]  # what is typed, and what it is
Complete = Callable[[typer.Context], list[Offer]]


def _from_database(offers: Callable[[Session], Iterable[Offer]]) -> Complete:
    """Nobody can be told of an error while the shell waits for words, so there are none then."""

    def complete(ctx: typer.Context) -> list[Offer]:
        try:
            with reading(connect(_database(ctx))) as session:
                return list(offers(session))
        except (PullquoteError, SQLAlchemyError, OSError):
            return []

    return complete


def _database(ctx: typer.Context) -> str:
    given = ctx.find_root().params.get("database")
    url = as_url(given) if given else read_settings().database
    file = database_file(url)
    if file is not None and not file.exists():
        raise PullquoteError(f"There is no {file}.")
    return url


def kinds() -> list[Offer]:
    return [(kind, cls.label) for kind, cls in all_kinds().items()]


def card_templates() -> list[Offer]:
    try:
        cards = card_renderer(read_settings())
        return [(name, cards.about(name)) for name in cards.templates()]
    except (PullquoteError, OSError):
        return []


@_from_database
def channels(session: Session) -> Iterable[Offer]:
    return [(row.name, row.kind) for row in channel_store.of_workspace(session, the_workspace(session).id)]


@_from_database
def articles(session: Session) -> Iterable[Offer]:
    return [
        (str(row.id), row.title) for row in article_store.of_workspace(session, the_workspace(session).id)
    ]


@_from_database
def pieces(session: Session) -> Iterable[Offer]:
    for article in article_store.of_workspace(session, the_workspace(session).id):
        for row in piece_store.of_article(session, article.id):
            yield str(row.id), f"{row.kind}: {summary(row)}"


@_from_database
def lists(session: Session) -> Iterable[Offer]:
    found = subscribers.lists(session, the_workspace(session).id)
    return [(row.name, f"{count} subscribers") for row, count in found]


@_from_database
def deliveries(session: Session) -> Iterable[Offer]:
    for row in queue.listed(session, statuses=[*OPEN, Status.FAILED]):
        yield str(row.id), f"{row.status}: {summary(piece_store.get(session, row.piece_id))}"
