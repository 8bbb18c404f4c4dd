"""What is the same however calls are made: a flow's errors made safe, its calls noted, its hooks.

`steered` does no I/O. Whoever drives it makes the calls that it yields, sends it the replies, and throws `Lost`
into it where there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from time import monotonic
from typing import Any, TypeVar

from scheduler.channels import Adapter, Call, Keep, Reply
from scheduler.domain.capabilities import Dedupe
from scheduler.domain.errors import Ambiguous, AuthExpired, DeliveryError, Permanent, Transient
from scheduler.transport.redact import Redact

Result = TypeVar("Result")

REPEAT_IS_HARMLESS = frozenset({Dedupe.KEY, Dedupe.CLIENT_ID})


class Why(Enum):
    """Why a call has no reply."""

    #: The guard refused the address. Nothing was sent.
    BLOCKED = auto()
    #: It is no web address. Nothing was sent.
    NO_ADDRESS = auto()
    #: Not a byte of the request left this machine.
    NEVER_SENT = auto()
    #: The request, or a part of it, went out.
    SILENT = auto()


class Lost(Exception):
    """A call without a reply. `code` is the name of the library's own error."""

    def __init__(self, why: Why, code: str):
        super().__init__(code)
        self.why = why
        self.code = code


def _nothing() -> None:
    """The default for a hook."""


@dataclass(frozen=True)
class Hooks:
    """How the delivery service takes part in a flow."""

    before_commit: Callable[[], None] = _nothing  # writes `committed_at`; raises to stop
    last_look: Callable[[], None] = _nothing  # after connecting, right before the bytes; raises to stop
    keep: Callable[[Mapping[str, str]], None] = lambda _values: None


NO_HOOKS = Hooks()


@dataclass
class Record:
    """The calls of one flow, for the timeline. Redacted as they are written."""

    redact: Redact
    calls: list[dict[str, Any]] = field(default_factory=list)
    #: To the calls that publish: they tell what is left of a limit.
    answers: list[Reply] = field(default_factory=list)

    def add(self, call: Call, started: float, outcome: str) -> None:
        ms = round((monotonic() - started) * 1000)
        self.calls.append(
            {"method": call.method, "url": self.redact(call.url), "outcome": outcome, "ms": ms}
            | ({"commits": True} if call.commits else {})
        )


def steered(
    flow: Generator[Any, Any, Result], adapter: Adapter, record: Record
) -> Generator[Any, Reply | None, Result]:
    """`flow`, but that all it raises is the one kind of DeliveryError that says what to do next."""
    reply: Reply | None = None
    committing = False  # `reply` is the committing call's
    answered = False  # that was a success: it is published
    while True:
        try:
            step = flow.send(reply)
        except StopIteration as done:
            result: Result = done.value
            return result
        except DeliveryError as error:
            raise _sorted(error, committing, answered, adapter, record) from error
        except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
            raise _stumbled(error, reply, committing or answered, adapter) from error
        if isinstance(step, Keep):
            yield step
            reply, committing = Reply(204), False
            continue
        try:
            reply = yield step
        except Lost as lost:
            raise unanswered(lost, step, answered, adapter) from lost
        assert reply is not None  # noqa: S101 — a call is sent its reply
        committing = step.commits
        if committing:
            record.answers.append(reply)
        answered = answered or (committing and reply.ok)


def _sorted(
    error: DeliveryError, commit_refused: bool, answered: bool, adapter: Adapter, record: Record
) -> DeliveryError:
    """An error that the adapter raised, made safe: it may not say "try again" of what may be live."""
    error.reason, error.code = record.redact(error.reason), record.redact(error.code)
    if answered and not commit_refused:
        return in_doubt("It was published, but a later step failed", error.code, adapter)
    if commit_refused and isinstance(error, Transient):
        return in_doubt(error.reason, error.code, adapter)
    return error


def _stumbled(error: Exception, reply: Reply | None, committed: bool, adapter: Adapter) -> DeliveryError:
    """What the adapter stumbled over does not say that nothing was published, nor that it will be there again."""
    reason, code = f"{adapter.label}'s answer made no sense", f"unreadable:{type(error).__name__}"
    if reply is None:
        return Permanent(f"{adapter.label} could not make a call of this post", code)
    return in_doubt(reason, code, adapter) if committed else Transient(reason, code)


def unanswered(lost: Lost, call: Call, answered: bool, adapter: Adapter) -> DeliveryError:
    if answered:
        return in_doubt("It was published, but a later step was not answered", lost.code, adapter)
    match lost.why:
        case Why.BLOCKED:  # the channel's trouble, or a name server's: its queue is kept
            return AuthExpired(
                f"{adapter.label}'s address is not a public one: if it is yours, name its network in "
                "allow_networks",
                lost.code,
            )
        case Why.NO_ADDRESS:
            return AuthExpired(
                f"{adapter.label}'s address is not a web address: check the channel", lost.code
            )
        case Why.NEVER_SENT:
            return Transient(f"{adapter.label} could not be reached", lost.code)
        case _ if call.commits:
            return in_doubt(f"{adapter.label} did not answer", lost.code, adapter)
        case _:
            return Transient(f"{adapter.label} did not answer", lost.code)


def in_doubt(reason: str, code: str, adapter: Adapter) -> DeliveryError:
    """A committing call that may have worked is repeated only where a repeat is harmless."""
    if adapter.can.dedupe in REPEAT_IS_HARMLESS:
        return Transient(reason, code, maybe_published=True)
    return Ambiguous(reason, code)
