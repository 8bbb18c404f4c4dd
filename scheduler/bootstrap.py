"""The composition root: Settings → Pullquote. The only place where the parts meet."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from jinja2 import Environment
from platformdirs import user_cache_path
from sqlalchemy import Engine
from sqlmodel import Session

from scheduler.domain.addresses import networks
from scheduler.render.art_cache import ArtCache
from scheduler.render.card_rehearsal import RehearsedCards
from scheduler.render.cards import CardRenderer
from scheduler.render.environment import default_templates, environment
from scheduler.services import public, rehearse
from scheduler.services.compose import Studio
from scheduler.services.deliver import Office
from scheduler.settings import Settings
from scheduler.store.copies import copy_of
from scheduler.store.engine import open_engine, reading, writing
from scheduler.store.vault import Vault, decode_key, read_key
from scheduler.transport import PageFetcher, Transport
from scheduler.transport.rehearsal import RehearsalTransport


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Pullquote:
    """The whole product, put together. Faces hold one and call services with its parts."""

    settings: Settings
    engine: Engine
    vault: Vault
    environment: Environment
    cards: CardRenderer
    transport: Transport
    pages: PageFetcher
    clock: Callable[[], datetime]

    def writing(self) -> AbstractContextManager[Session]:
        return writing(self.engine)

    def reading(self) -> AbstractContextManager[Session]:
        return reading(self.engine)

    @property
    def studio(self) -> Studio:
        address = partial(public.address, self.vault, self.settings.base_url)
        return Studio(self.cards, self.environment, self.settings.base_url, address)

    @property
    def office(self) -> Office:
        return Office(
            engine=self.engine,
            transport=self.transport,
            vault=self.vault,
            studio=self.studio,
            clock=self.clock,
            spread=random.random,
            lease=timedelta(seconds=self.settings.lease_seconds),
        )

    def close(self) -> None:
        self.cards.close()
        self.transport.close()
        self.pages.close()
        self.engine.dispose()


def bootstrap(settings: Settings, clock: Callable[[], datetime] = utc_now) -> Pullquote:
    allowed = networks(settings.allow_networks)
    key = decode_key(settings.key.get_secret_value()) if settings.key else read_key(settings.key_file)
    own = [settings.templates] if settings.templates else []
    return Pullquote(
        settings=settings,
        engine=open_engine(settings.database),
        vault=Vault([key]),
        environment=environment(own),
        cards=card_renderer(settings),
        transport=Transport(clock, allowed=allowed, seconds=settings.call_seconds),
        pages=PageFetcher(allowed=allowed),
        clock=clock,
    )


@contextmanager
def rehearsal(settings: Settings, now: datetime) -> Iterator[tuple[Office, rehearse.Clock]]:
    """The same parts on a copy of the database, with a clock that jumps and a transport that calls nobody."""
    clock = rehearse.Clock(now)
    key = decode_key(settings.key.get_secret_value()) if settings.key else read_key(settings.key_file)
    own = [settings.templates] if settings.templates else []
    app = Pullquote(
        settings=settings,
        engine=copy_of(settings.database),
        vault=Vault([key]),
        environment=environment(own),
        cards=card_renderer(settings, RehearsedCards),
        transport=RehearsalTransport(clock),
        pages=PageFetcher(),
        clock=clock,
    )
    try:
        yield app.office, clock
    finally:
        app.close()


def card_renderer(settings: Settings, kind: type[CardRenderer] = CardRenderer) -> CardRenderer:
    folders = [*([settings.templates] if settings.templates else []), default_templates()]
    cache = settings.cache or user_cache_path("pullquote")
    return kind([folder / "cards" for folder in folders], ArtCache(cache / "cards"))
