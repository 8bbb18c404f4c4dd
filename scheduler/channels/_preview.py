"""What a channel would do: the calls that its own flow asks for, driven with made-up answers."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, TypeVar

from scheduler.channels._base import Adapter, Call, Keep, Reply
from scheduler.domain.message import Message

Result = TypeVar("Result")


def preview(adapter: Adapter, message: Message) -> list[Call]:
    """The calls that publishing `message` would make, in order. Nothing is sent: no network is needed."""
    calls: list[Call] = []
    session = adapter.session
    if not session and adapter.has("connect"):
        session = _rehearse(adapter, adapter.connect(), calls)  # type: ignore[attr-defined]
    signed_in = type(adapter)(adapter.config, session)
    flow = signed_in.send_batch(message) if message.letter else signed_in.publish(message)
    _rehearse(signed_in, flow, calls)
    return calls


def _rehearse(adapter: Adapter, flow: Generator[Any, Any, Result], calls: list[Call]) -> Result:
    reply: Reply | None = None
    while True:
        try:
            step = flow.send(reply)
        except StopIteration as done:
            result: Result = done.value
            return result
        if isinstance(step, Keep):
            reply = Reply(204)
        else:
            calls.append(step)
            reply = adapter.rehearse(step)
