"""The daemon: a clock, a few senders and a heartbeat, until a signal ends it."""

from __future__ import annotations

import gc
import logging
import os
import signal
from importlib import import_module
from importlib.util import find_spec
from threading import Event
from types import FrameType

from scheduler.bootstrap import Pullquote
from scheduler.daemon.carrier import Carrier
from scheduler.daemon.heartbeat import Heartbeat
from scheduler.daemon.ticker import Ticker
from scheduler.daemon.worker import Worker
from scheduler.domain.errors import PullquoteError
from scheduler.store.engine import is_embedded
from scheduler.transport.loop import Loop
from scheduler.transport.redact import RedactingFormatter

log = logging.getLogger(__name__)

SIGNALS = (signal.SIGTERM, signal.SIGINT)
NUDGE = 15.0  # seconds by a clock that nobody sets; longer than the ticker's own waits


class Daemon:
    """Sends what is due. `run` blocks until SIGTERM or SIGINT drains it; a second signal stops it at once."""

    def __init__(self, app: Pullquote, carrier: Carrier | None = None):
        self._app = app
        self._heartbeat = Heartbeat(app.engine)
        self._carrier = carrier or Worker(app.office, app.settings.senders, Loop(app.transport))
        self._ticker = Ticker(app.engine, app.clock, self._heartbeat, self._carrier.wake)
        self._stop = Event()

    def run(self) -> None:
        for number in SIGNALS:
            signal.signal(number, self._on_signal)
        # Only the main thread hears of a signal, and it sleeps on where another one was interrupted for it.
        signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
        self.start()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
        collect_seldom()
        while not self._stop.wait(NUDGE):
            self._ticker.nudge()
        self.drain()

    def start(self) -> None:
        self._carrier.start()
        self._ticker.start()
        log.info("Daemon %s sends what is due in %s", self._heartbeat.owner, self._app.engine.url)

    def drain(self) -> None:
        self._ticker.stop()
        self._carrier.drain()
        self._heartbeat.stop(self._app.clock())
        log.info("Daemon %s has stopped; nothing is in its hands", self._heartbeat.owner)

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        if self._stop.is_set():
            log.warning("Stopped at once; what was in hand is looked at when its lease ends")
            os._exit(128 + number)
        log.info("Draining: nothing new is taken; another signal stops at once")
        self._stop.set()


def collect_seldom() -> None:
    """What was imported stays, so it is not searched for garbage; mail on its way is many objects, and no garbage."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def handout(app: Pullquote, senders: int) -> Carrier:
    """The carrier for many machines; with senders, a worker of it."""
    if is_embedded(app.engine):
        raise PullquoteError(
            "Workers share a PostgreSQL: set PULLQUOTE_DATABASE to one; `pullquote move-to` takes this file to it."
        )
    if find_spec("procrastinate") is None:
        raise PullquoteError("Workers need what is not installed: pip install 'pullquote[postgres]'.")
    made: Carrier = import_module("scheduler.daemon.handout").Handout(app.office, senders)
    return made


def set_up_logging(level: str) -> None:
    """Logs to standard error, every secret hidden. httpx would log whole addresses, so it is kept quiet."""
    handler = logging.StreamHandler()
    handler.setFormatter(RedactingFormatter("%(asctime)s %(levelname)-7s %(message)s"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in ("httpx", "httpcore", "apscheduler", "procrastinate", "psycopg"):
        logging.getLogger(name).setLevel(logging.WARNING)
