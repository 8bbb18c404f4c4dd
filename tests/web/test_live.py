from __future__ import annotations

import asyncio

from scheduler.bootstrap import Pullquote
from scheduler.store import events, heartbeats, pulse
from scheduler.web.live import KEEP, changes
from tests.conftest import Clock
from tests.web.test_today import delivery


def said(answers: list[str]) -> list[str]:
    """What the stream says while the looks answer one after the other, and then no more."""
    left = iter(answers)

    async def read() -> list[str]:
        heard: list[str] = []
        stream = changes(lambda: next(left), 0)
        async for word in stream:
            heard.append(word)
            if word.startswith(":"):
                break
        await stream.aclose()
        return heard

    return asyncio.run(read())


def test_an_event_for_each_change_and_a_word_now_and_then() -> None:
    still = ["b"] * KEEP
    heard = said(["a", "a", "b", *still, *still])
    assert heard[0].startswith("retry:")
    assert sum("event: changed" in word for word in heard) == 1
    assert heard[-1].startswith(":")


def test_the_pulse_beats_when_anything_happens(app: Pullquote, clock: Clock) -> None:
    def beat() -> str:
        with app.reading() as session:
            return pulse.of(session)

    seen = [beat()]
    delivery(app, clock)
    seen.append(beat())
    with app.writing() as session:
        events.add(session, "failed", "Something", clock.now)
    seen.append(beat())
    with app.writing() as session:
        heartbeats.beat(session, "host:1", clock.now)
    seen.append(beat())
    assert len(set(seen)) == 4
    assert beat() == seen[-1]
