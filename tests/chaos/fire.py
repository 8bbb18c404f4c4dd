"""A real daemon in a process of its own, which kills itself at a named point. No production code knows of it."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from scheduler import channels
from scheduler.bootstrap import bootstrap
from scheduler.channels import Adapter, Call, ChannelConfig, Keep
from scheduler.daemon import Daemon, worker
from scheduler.domain.capabilities import Capabilities, Dedupe
from scheduler.domain.message import Receipt
from scheduler.services import deliver
from scheduler.settings import Settings
from scheduler.transport import flows

POINTS = ("claimed", "composed", "committed", "requested", "answered")


class Draftbox(Adapter):
    """A two-phase kind, as Instagram and Ghost are: none of the kinds that ship is one yet."""

    kind, label, docs = "draftbox", "Draftbox", "https://example.com"
    can = Capabilities(dedupe=Dedupe.TWO_PHASE)

    class Config(ChannelConfig):
        server: str

    def publish(self, message):
        number = message.kept.get("draft")
        if not number:
            made = yield Call(method="POST", url=f"{self.config.server}/drafts", json={"text": message.text})
            number = self.expect(made)["id"]
            yield Keep({"draft": number})
        url = f"{self.config.server}/drafts/{number}/publish"
        self.expect((yield Call(method="POST", url=url, commits=True)))
        return Receipt(number)

    def probe(self, message):
        number = message.kept["draft"]
        draft = self.expect((yield Call(method="GET", url=f"{self.config.server}/drafts/{number}")))
        return Receipt(number) if draft["published"] else None


def register_draftbox() -> None:
    kinds = {**channels.kinds(), "draftbox": Draftbox}
    channels.kinds = lambda: kinds  # type: ignore[assignment]


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def set_fire(point: str) -> None:
    """Arrange for this process to be killed by SIGKILL the first time it passes `point`."""
    match point:
        case "claimed":
            claim_next = worker.claim_next

            def claimed(office: deliver.Office) -> deliver.Work | None:
                work = claim_next(office)
                return die() if work else None

            worker.claim_next = claimed
        case "composed":
            prepare = deliver.prepare
            deliver.prepare = _then_die(prepare)
        case "committed":
            exchange = flows.Transport.exchange

            def marked(self: flows.Transport, call: Call, **options: Any) -> Any:
                return die() if call.commits else exchange(self, call, **options)

            flows.Transport.exchange = marked
        case "requested":
            flows._before_bytes = _die_after_bytes
        case "answered":
            deliver.settle = lambda *_args: die()


def _then_die(step: Callable[..., None]) -> Callable[..., None]:
    def stepped(*args: Any) -> None:
        step(*args)
        die()

    return stepped


def _die_after_bytes(last_look: Callable[[], None]) -> Callable[[str, Mapping[str, Any]], None]:
    def trace(event: str, _info: Mapping[str, Any]) -> None:
        if event.endswith("send_request_headers.started"):
            last_look()
        if event.endswith("receive_response_headers.started"):
            die()

    return trace


def run_daemon(database: str, key_file: str, later: float = 0.0, point: str = "") -> None:
    """The whole daemon as `pullquote run` starts it, with a clock that is `later` seconds ahead."""
    register_draftbox()
    set_fire(point)
    settings = Settings(database=database, key_file=key_file, allow_networks=("127.0.0.0/8",), senders=2)
    ahead = timedelta(seconds=later)
    Daemon(bootstrap(settings, clock=lambda: datetime.now(UTC) + ahead)).run()
