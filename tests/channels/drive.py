"""Drives the flow of a channel with canned replies."""

from __future__ import annotations

import json
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from scheduler.channels import Call, Keep, Reply

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@dataclass
class Driven:
    """What a flow did."""

    calls: list[Call] = field(default_factory=list)
    kept: list[Mapping[str, str]] = field(default_factory=list)
    result: Any = None

    @property
    def commit(self) -> Call:
        (call,) = [call for call in self.calls if call.commits]
        return call


def reply(status: int = 200, body: Any = b"", **headers: str) -> Reply:
    """A reply with `body` as JSON, or as it is where it is bytes."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Reply(status, data, {name.replace("_", "-"): value for name, value in headers.items()}, NOW)


def drive(flow: Generator[Any, Any, Any], *replies: Reply, driven: Driven | None = None) -> Driven:
    """Answer the calls of `flow` with `replies`, all of them and in order. `driven` sees a flow that raises."""
    seen = driven or Driven()
    left = list(replies)
    answer = None
    while True:
        try:
            step = flow.send(answer)
        except StopIteration as done:
            assert not left, f"the flow ended with {len(left)} replies unread"
            seen.result = done.value
            return seen
        if isinstance(step, Keep):
            seen.kept.append(step.values)
            answer = Reply(204)
            continue
        seen.calls.append(step)
        assert left, f"the flow made a call that nobody answers: {step.method} {step.url}"
        answer = left.pop(0)
