"""What driving many flows at once is asked for; transport/loop.py does it."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from scheduler.channels import Adapter
from scheduler.transport.steering import Hooks, Record


@dataclass(slots=True)
class Job:
    """A flow to be driven. `done` is called with its result or its error, in whatever thread.

    The mark of a committing call that comes first was made already: `before_commit` returns at once then.
    """

    flow: Generator[Any, Any, Any]
    adapter: Adapter
    record: Record
    hooks: Hooks
    done: Callable[[Any], None]


class Bulk(Protocol):
    width: int  # how many jobs are worth handing over at a time

    def submit(self, jobs: Sequence[Job]) -> None: ...

    def close(self) -> None:
        """Waits for what is under way."""
