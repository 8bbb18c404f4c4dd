"""GET /live: says when something has changed, so that a page is true without being loaded again.

Server-sent events. What changed is not said: the page asks for its own part again.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

from fastapi import APIRouter
from fastapi.responses import StreamingResponse
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from scheduler.bootstrap import Pullquote
from scheduler.store import pulse
from scheduler.web._page import Pages
from scheduler.web.visitors import Reader

EVERY = 1.0  # seconds between two looks
KEEP = 15  # looks after which a word is said in any case: proxies close what is silent
LONGEST = 600  # looks until the browser is asked to come again: a session may be over by then


def routes(pages: Pages) -> APIRouter:
    router = APIRouter()

    @router.get("/live")
    async def live(_who: Reader) -> StreamingResponse:
        stream = changes(lambda: _pulse(pages.app), EVERY)
        return StreamingResponse(
            stream, media_type="text/event-stream", headers={"Cache-Control": "no-store"}
        )

    return router


async def changes(look: Callable[[], str], every: float) -> AsyncIterator[str]:
    """An event each time that `look` answers something else."""
    last = await run_in_threadpool(look)
    yield "retry: 3000\n\n"
    for n in range(1, LONGEST + 1):
        await asyncio.sleep(every)
        now = await run_in_threadpool(look)
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
