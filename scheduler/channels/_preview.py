"""What a channel would do: the calls that its own flow asks for, driven with made-up answers."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from dataclasses import replace
from typing import Any, TypeVar

from scheduler.channels._base import Adapter, Call, Keep, Reply
from scheduler.domain.message import Message, Receipt

Result = TypeVar("Result")


def preview(adapter: Adapter, message: Message) -> list[Call]:
    """The calls that publishing `message` would make, in order. Nothing is sent: no network is needed."""
    return preview_thread(adapter, [message])[0]


def preview_thread(adapter: Adapter, messages: Iterable[Message]) -> list[list[Call]]:
    """The calls for each item of a thread. The first one's include signing in, where that is still to be done."""
    calls: list[list[Call]] = []
    receipts: list[Receipt] = []
    for message in messages:
        made: list[Call] = []
        adapter = _signed_in(adapter, made)
        if receipts:
            message = replace(message, reply_to=receipts[-1], root=receipts[0])  # noqa: PLW2901
        receipts.append(_rehearse(adapter, _flow(adapter, message), made))
        calls.append(made)
    return calls


def _signed_in(adapter: Adapter, calls: list[Call]) -> Adapter:
    if adapter.session or not adapter.has("connect"):
        return adapter
    session = _rehearse(adapter, adapter.connect(), calls)  # type: ignore[attr-defined]
    return type(adapter)(adapter.config, session)


def _flow(adapter: Adapter, message: Message) -> Generator[Any, Any, Receipt]:
    return adapter.send_batch(message) if message.letter else adapter.publish(message)


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
