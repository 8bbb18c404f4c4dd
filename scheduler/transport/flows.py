"""Drives the flows that channels write: makes the calls they ask for, says truthfully what became of them."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from time import monotonic
from typing import Any, TypeVar

import httpx

from scheduler.channels import Adapter, Call, Keep, Reply
from scheduler.domain.addresses import Network
from scheduler.domain.capabilities import Dedupe
from scheduler.domain.errors import Ambiguous, AuthExpired, DeliveryError, Permanent, Transient
from scheduler.transport.guard import Blocked, GuardedTransport, Resolver, deadline, resolve
from scheduler.transport.redact import Redact, redactor, remember, secrets_in

Result = TypeVar("Result")

CALL_SECONDS = 30.0  # for all of one call, from the connection to the last byte of the answer
MAX_REPLY = 4 * 2**20  # bytes; an answer about 500 recipients is 100 KB

#: Raised before a byte of the request left this machine.
NEVER_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
)
REPEAT_IS_HARMLESS = frozenset({Dedupe.KEY, Dedupe.CLIENT_ID})


def _nothing() -> None:
    """The default for a hook."""


@dataclass(frozen=True)
class Hooks:
    """How the delivery service takes part in a flow."""

    before_commit: Callable[[], None] = _nothing  # writes `committed_at`; raises to stop
    last_look: Callable[[], None] = _nothing  # after connecting, right before the bytes; raises to stop
    keep: Callable[[Mapping[str, str]], None] = lambda _values: None


@dataclass
class Record:
    """The calls of one flow, for the timeline. Redacted as they are written."""

    redact: Redact
    calls: list[dict[str, Any]] = field(default_factory=list)

    def add(self, call: Call, started: float, outcome: str) -> None:
        ms = round((monotonic() - started) * 1000)
        self.calls.append(
            {"method": call.method, "url": self.redact(call.url), "outcome": outcome, "ms": ms}
            | ({"commits": True} if call.commits else {})
        )


class Transport:
    """Makes calls. One for the whole process; used by many threads."""

    def __init__(
        self,
        clock: Callable[[], datetime],
        *,
        allowed: Sequence[Network] = (),
        seconds: float = CALL_SECONDS,
        resolver: Resolver = resolve,
    ):
        self.clock = clock
        self.seconds = seconds
        self._kept = self._client(GuardedTransport(allowed=allowed, keep=8, resolver=resolver))
        self._fresh = self._client(GuardedTransport(allowed=allowed, keep=0, resolver=resolver))

    def _client(self, transport: httpx.BaseTransport) -> httpx.Client:
        return httpx.Client(
            transport=transport,
            timeout=httpx.Timeout(self.seconds, connect=min(10.0, self.seconds)),
            headers={"User-Agent": "Pullquote/0.1", "Accept-Encoding": "identity"},
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),  # or channels would share sessions
            trust_env=False,
        )

    def close(self) -> None:
        self._kept.close()
        self._fresh.close()

    def recorder(self, adapter: Adapter) -> Record:
        secrets = secrets_in(adapter)
        remember(secrets)
        return Record(redactor(secrets))

    def drive(
        self,
        flow: Generator[Any, Any, Result],
        adapter: Adapter,
        record: Record,
        hooks: Hooks = Hooks(),
    ) -> Result:
        """Run `flow` to its result, or raise the one kind of DeliveryError that says what to do next."""
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
                raise self._sorted(error, committing, answered, adapter, record) from error
            except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
                raise self._stumbled(error, reply, committing or answered, adapter) from error
            if isinstance(step, Keep):
                hooks.keep(step.values)
                reply, committing = Reply(204), False
                continue
            reply = self._call(step, adapter, record, hooks, answered)
            committing = step.commits
            answered = answered or (committing and reply.ok)

    def _call(self, call: Call, adapter: Adapter, record: Record, hooks: Hooks, answered: bool) -> Reply:
        if call.commits:
            hooks.before_commit()
        started = monotonic()
        try:
            reply = self.exchange(
                call,
                fresh=call.commits and adapter.can.dedupe not in REPEAT_IS_HARMLESS,
                last_look=hooks.last_look if call.commits else None,
            )
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
            record.add(call, started, type(error).__name__)
            raise unanswered(error, call, answered, adapter) from error
        record.add(call, started, str(reply.status))
        return reply

    def exchange(
        self, call: Call, *, fresh: bool = False, last_look: Callable[[], None] | None = None
    ) -> Reply:
        """Make one call; raises httpx's errors as they are."""
        client = self._fresh if fresh else self._kept
        request = client.build_request(
            call.method,
            call.url,
            headers={**call.headers, **(call.stamp(self.clock()) if call.stamp else {})},
            params=dict(call.params) or None,
            json=call.json,
            data=dict(call.form) if call.form else None,
            files=dict(call.files) if call.files else None,
            content=call.content,
            extensions={"trace": _before_bytes(last_look)} if last_look else None,
        )
        request.extensions["timeout"] = client.timeout.as_dict()
        with deadline(self.seconds):
            response = client.send(request, stream=True)
            try:
                body = _read(response)
            finally:
                response.close()
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Reply(response.status_code, body, headers, self.clock())

    def _sorted(
        self, error: DeliveryError, commit_refused: bool, answered: bool, adapter: Adapter, record: Record
    ) -> DeliveryError:
        """An error that the adapter raised, made safe: it may not say "try again" of what may be live."""
        error.reason, error.code = record.redact(error.reason), record.redact(error.code)
        if answered and not commit_refused:
            return in_doubt("It was published, but a later step failed", error.code, adapter)
        if commit_refused and isinstance(error, Transient):
            return in_doubt(error.reason, error.code, adapter)
        return error

    def _stumbled(
        self, error: Exception, reply: Reply | None, committed: bool, adapter: Adapter
    ) -> DeliveryError:
        """What the adapter stumbled over does not say that nothing was published, nor that it will be there again."""
        reason, code = f"{adapter.label}'s answer made no sense", f"unreadable:{type(error).__name__}"
        if reply is None:
            return Permanent(f"{adapter.label} could not make a call of this post", code)
        return in_doubt(reason, code, adapter) if committed else Transient(reason, code)


def unanswered(error: Exception, call: Call, answered: bool, adapter: Adapter) -> DeliveryError:
    code = type(error).__name__
    if answered:
        return in_doubt("It was published, but a later step was not answered", code, adapter)
    if isinstance(error.__cause__, Blocked):  # the channel's trouble, or a name server's: its queue is kept
        return AuthExpired(
            f"{adapter.label}'s address is not a public one: if it is yours, name its network in allow_networks",
            code,
        )
    if isinstance(error, httpx.InvalidURL | httpx.UnsupportedProtocol | UnicodeError):
        return AuthExpired(f"{adapter.label}'s address is not a web address: check the channel", code)
    if isinstance(error, NEVER_SENT):
        return Transient(f"{adapter.label} could not be reached", code)
    if call.commits:
        return in_doubt(f"{adapter.label} did not answer", code, adapter)
    return Transient(f"{adapter.label} did not answer", code)


def in_doubt(reason: str, code: str, adapter: Adapter) -> DeliveryError:
    """A committing call that may have worked is repeated only where a repeat is harmless."""
    if adapter.can.dedupe in REPEAT_IS_HARMLESS:
        return Transient(reason, code, maybe_published=True)
    return Ambiguous(reason, code)


def _before_bytes(last_look: Callable[[], None]) -> Callable[[str, Mapping[str, Any]], None]:
    def trace(event: str, _info: Mapping[str, Any]) -> None:
        if event.endswith("send_request_headers.started"):
            last_look()

    return trace


def _read(response: httpx.Response) -> bytes:
    body = bytearray()
    for chunk in response.iter_raw():
        body += chunk
        if len(body) > MAX_REPLY:
            raise httpx.RemoteProtocolError("the answer is too long", request=response.request)
    return bytes(body)
