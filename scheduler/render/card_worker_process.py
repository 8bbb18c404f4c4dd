"""The other end of `card_worker`: draws what it is told to, and can reach nothing.

Before the first request it gives up what it could do harm with: after that it can open neither a file nor a
socket, write nothing but its answers, and grow only so far.
"""

from __future__ import annotations

import contextlib
import json
import sys
from typing import Any

from scheduler.domain.errors import PullquoteError
from scheduler.render.card_hands import fill_in
from scheduler.render.card_worker import TOO_MUCH, packed, receive, send
from scheduler.render.resvg import drawn

if (
    sys.platform != "win32"
):  # it has no such limits: the time of a request is watched from outside all the same
    import resource

_MEMORY = 1_000_000_000  # bytes of addresses
_CPU = 60  # seconds, renewed for each request: for a process whose parent stands still
_PLAIN = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4">'
    '<rect width="{{ 4 }}" height="4" opacity=".5"/></svg>'
)
_WRONG = (
    "{% include 'none.svg' %}",
    "{{ none }}",
    "{{ 1 / 0 }}",
    "{% if %}",
    "{{ ''.__class__ }}",
    "{{ lipsum(1) }}",
)


def main() -> None:
    _warm_up()
    confine()
    with contextlib.suppress(EOFError, KeyboardInterrupt):
        while True:
            request = receive(sys.stdin.buffer)
            _renew()
            send(sys.stdout.buffer, _answer(json.loads(request)))


def _warm_up() -> None:
    """Nothing can be imported any more once no file can be opened: do whatever imports late, mistakes as well."""
    packed(drawn(fill_in({"plain.svg": _PLAIN}, "/plain.svg", {})))
    for source in _WRONG:
        with contextlib.suppress(PullquoteError):
            fill_in({"wrong.svg": source}, "/wrong.svg", {})
    with contextlib.suppress(ValueError):
        drawn("<svg")


def confine() -> None:
    if sys.platform == "win32":
        return
    for limit, most in (
        (resource.RLIMIT_AS, _MEMORY),
        (resource.RLIMIT_NOFILE, 3),  # its pipes: no file and no socket besides
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))


def _renew() -> None:
    if sys.platform == "win32":
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + _CPU, most))


def _answer(request: dict[str, Any]) -> bytes:
    try:
        return b"=" + _done(request)
    except PullquoteError as wrong:
        return b"!" + str(wrong).encode()
    except ValueError as wrong:
        return b"?" + str(wrong).encode()
    except (MemoryError, RecursionError):
        return f"?{TOO_MUCH}".encode()


def _done(request: dict[str, Any]) -> bytes:
    if "svg" in request:
        return packed(drawn(request["svg"]))
    return fill_in(request["files"], request["path"], request["values"]).encode()


if __name__ == "__main__":
    main()
