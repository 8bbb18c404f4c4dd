from __future__ import annotations

import asyncio

from scheduler.bootstrap import Pullquote
from scheduler.store import events, heartbeats, pulse
from scheduler.web.live import KEEP, OF_ONE, Audience
from tests.conftest import Clock
from tests.web.test_today import delivery


def said(answers: list[str]) -> list[str]:
    """What the stream says while the looks answer one after the other, and then no more."""
    left = iter(answers)

    async def read() -> list[str]:
        heard: list[str] = []
        audience = Audience(lambda: next(left), rest=0)
        stream = audience.listen(1, 0)
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


def test_many_who_listen_ask_the_database_once() -> None:
    asked = []

    async def read() -> None:
        audience = Audience(lambda: asked.append(1) or "a", rest=60)
        streams = [audience.listen(n, 0) for n in range(100)]
        await asyncio.gather(*(anext(stream) for stream in streams))
        assert audience.listeners.total() == 100
        for stream in streams:
            await stream.aclose()
        assert audience.listeners.total() == 0

    asyncio.run(read())
    assert len(asked) == 1


def test_one_person_does_not_take_every_stream() -> None:
    async def read() -> list[bool]:
        audience = Audience(lambda: "a")
        streams = [audience.listen(1) for _ in range(OF_ONE)]
        for stream in streams:
            await anext(stream)
        room = [audience.has_room(1), audience.has_room(2)]
        for stream in streams:
            await stream.aclose()
        return [*room, audience.has_room(1)]

    assert asyncio.run(read()) == [False, True, True]


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
