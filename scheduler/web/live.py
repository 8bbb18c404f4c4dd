"""GET /live: says when something has changed, so that a page is true without being loaded again.

Server-sent events. What changed is not said: the page asks for its own part again.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from time import monotonic

from fastapi import APIRouter
from fastapi.responses import Response, StreamingResponse
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from scheduler.bootstrap import Pullquote
from scheduler.store import pulse
from scheduler.web._page import Pages
from scheduler.web.visitors import Reader

EVERY = 1.0  # seconds between two looks
KEEP = 15  # looks after which a word is said in any case: proxies close what is silent
LONGEST = 600  # looks until the browser is asked to come again: a session may be over by then
OF_ONE = 20  # streams of one person: pages that nobody looks at close theirs
OF_ALL = 500


@dataclass
class Audience:
    """Who listens. However many they are, the database is asked once in a while, not once for each."""

    look: Callable[[], str]
    rest: float = EVERY / 2  # seconds for which an answer is good
    listeners: Counter[int] = field(default_factory=Counter)
    _seen: str = ""
    _until: float = 0.0
    _asking: asyncio.Lock = field(default_factory=asyncio.Lock)

    def has_room(self, person_id: int) -> bool:
        return self.listeners[person_id] < OF_ONE and self.listeners.total() < OF_ALL

    async def seen(self) -> str:
        async with self._asking:
            if monotonic() >= self._until:
                self._seen = await run_in_threadpool(self.look)
                self._until = monotonic() + self.rest
            return self._seen

    async def listen(self, person_id: int, every: float = EVERY) -> AsyncIterator[str]:
        """An event each time that a look answers something else."""
        self.listeners[person_id] += 1
        try:
            async for word in _changes(self.seen, every):
                yield word
        finally:
            self.listeners[person_id] -= 1


def routes(pages: Pages) -> APIRouter:
    router = APIRouter()
    audience = Audience(lambda: _pulse(pages.app))

    @router.get("/live")
    async def live(who: Reader) -> Response:
        if not audience.has_room(who.person_id):
            return Response(status_code=204)  # a browser that is told so does not come again
        stream = audience.listen(who.person_id)
        return StreamingResponse(
            stream, media_type="text/event-stream", headers={"Cache-Control": "no-store"}
        )

    return router


async def _changes(look: Callable[[], Awaitable[str]], every: float) -> AsyncIterator[str]:
    last = await look()
    yield "retry: 3000\n\n"
    for n in range(1, LONGEST + 1):
        await asyncio.sleep(every)
        now = await look()
        if now != last:
            yield "event: changed\ndata: 1\n\n"
        elif n % KEEP == 0:
            yield ": still here\n\n"
        last = now


def _pulse(app: Pullquote) -> str:
    try:
        with app.reading() as session:
            return pulse.of(session)
    except SQLAlchemyError:  # the page shows what it shows; the next look may be answered
        return ""
