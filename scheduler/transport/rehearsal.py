"""A transport that calls nobody: every call gets the good answer that its own adapter makes up."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from scheduler.channels import Adapter, Call, Reply
from scheduler.transport.flows import Transport
from scheduler.transport.steering import NO_HOOKS, Hooks, Record

Result = TypeVar("Result")


class RehearsalTransport(Transport):
    """For one thread. A call takes no time."""

    def __init__(self, clock: Callable[[], datetime]):
        super().__init__(clock)
        self._adapter: Adapter | None = None

    def drive(
        self, flow: Generator[Any, Any, Result], adapter: Adapter, record: Record, hooks: Hooks = NO_HOOKS
    ) -> Result:
        self._adapter = adapter
        return super().drive(flow, adapter, record, hooks)

    def exchange(
        self,
        call: Call,
        *,
        fresh: bool = False,  # noqa: ARG002 (as the real one has it)
        last_look: Callable[[], None] | None = None,
    ) -> Reply:
        if last_look is not None:
            last_look()
        if self._adapter is None:
            raise ValueError("a rehearsed call belongs to a flow that is driven")
        return replace(self._adapter.rehearse(call), at=self.clock())
