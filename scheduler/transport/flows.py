"""Drives the flows that channels write: makes the calls they ask for, says truthfully what became of them."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from datetime import datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from time import monotonic
from typing import Any

import httpx

from scheduler.channels import Adapter, Call, Keep, Reply
from scheduler.domain.addresses import Network
from scheduler.transport.bodies import dumped
from scheduler.transport.guard import Blocked, GuardedTransport, Resolver, deadline, resolve
from scheduler.transport.redact import redactor, remember, secrets_in
from scheduler.transport.steering import (
    NO_HOOKS,
    REPEAT_IS_HARMLESS,
    Hooks,
    Lost,
    Record,
    Result,
    Why,
    steered,
)

CALL_SECONDS = 30.0  # for all of one call, from the connection to the last byte of the answer
MAX_REPLY = 4 * 2**20  # bytes; an answer about 500 recipients is 100 KB

HEADERS = {"User-Agent": "Pullquote/0.1", "Accept-Encoding": "identity"}

#: Raised before a byte of the request left this machine.
NEVER_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
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
        self.allowed = allowed
        self.resolver = resolver
        self._kept = self._client(GuardedTransport(allowed=allowed, keep=8, resolver=resolver))
        self._fresh = self._client(GuardedTransport(allowed=allowed, keep=0, resolver=resolver))

    def _client(self, transport: httpx.BaseTransport) -> httpx.Client:
        return httpx.Client(
            transport=transport,
            timeout=httpx.Timeout(self.seconds, connect=min(10.0, self.seconds)),
            headers=HEADERS,
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
        hooks: Hooks = NO_HOOKS,
    ) -> Result:
        """Run `flow` to its result, or raise the one kind of DeliveryError that says what to do next."""
        course = steered(flow, adapter, record)
        step: Any = None
        try:
            step = next(course)
            while True:
                if isinstance(step, Keep):
                    hooks.keep(step.values)
                    step = course.send(None)
                    continue
                try:
                    reply = self._call(step, adapter, record, hooks)
                except Lost as error:
                    step = course.throw(error)
                else:
                    step = course.send(reply)
        except StopIteration as done:
            result: Result = done.value
            return result

    def _call(self, call: Call, adapter: Adapter, record: Record, hooks: Hooks) -> Reply:
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
            raise lost(error) from error
        record.add(call, started, str(reply.status))
        return reply

    def encoded(self, call: Call) -> tuple[dict[str, str], bytes]:
        """Header fields and body, the same whatever client sends them."""
        headers = {**call.headers, **(call.stamp(self.clock()) if call.stamp else {})}
        if call.json is not None:
            return {"Content-Type": "application/json"} | headers, dumped(call.json)
        if call.form or call.files:
            form, files = dict(call.form or {}), dict(call.files or {})
            request = httpx.Request(call.method, call.url, data=form, files=files or None)
            return {"Content-Type": request.headers["content-type"]} | headers, request.read()
        return headers, call.content or b""

    def exchange(
        self, call: Call, *, fresh: bool = False, last_look: Callable[[], None] | None = None
    ) -> Reply:
        """Make one call; raises httpx's errors as they are."""
        client = self._fresh if fresh else self._kept
        headers, content = self.encoded(call)
        request = client.build_request(
            call.method,
            call.url,
            headers=headers,
            params=dict(call.params) or None,
            content=content,
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


def lost(error: Exception) -> Lost:
    """What an error of httpx says about the request."""
    why = Why.SILENT
    if isinstance(error.__cause__, Blocked):
        why = Why.BLOCKED
    elif isinstance(error, httpx.InvalidURL | httpx.UnsupportedProtocol | UnicodeError):
        why = Why.NO_ADDRESS
    elif isinstance(error, NEVER_SENT):
        why = Why.NEVER_SENT
    return Lost(why, type(error).__name__)


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
