"""pullquote run: the daemon that sends what is due, and the pages beside it."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Annotated

import typer
import uvicorn

from scheduler.bootstrap import Pullquote
from scheduler.cli._show import say
from scheduler.cli._start import open_app, the_workspace
from scheduler.daemon import Daemon, handout, set_up_logging
from scheduler.domain.errors import PullquoteError
from scheduler.services import accounts, health
from scheduler.services.doctor_database import refuse_wrong_clock
from scheduler.services.move import refuse_moved
from scheduler.web import create_app

CLOSING = 5  # seconds that open pages get when the daemon has drained


def run(
    ctx: typer.Context,
    web: Annotated[bool, typer.Option("--web/--no-web", help="Serve the pages as well.")] = True,
) -> None:
    """Send what is due until stopped. SIGTERM or Ctrl-C lets what is in hand finish; a second one does not wait."""
    app = open_app(ctx)
    with app.reading() as session:
        refuse_moved(session)
        the_workspace(session)
    refuse_wrong_clock(app.engine, app.clock)
    daemon = Daemon(app, handout(app, senders=0) if app.settings.hand_out else None)
    listener = _listener(app.settings.host, app.settings.port) if web else None
    set_up_logging(app.settings.log_level)
    if listener is None:
        daemon.run()
        return
    with _serving(app, listener) as address:
        say(f"The pages are at {address}")
        _welcome(app, address)
        daemon.run()


def worker(
    ctx: typer.Context,
    check: Annotated[
        bool, typer.Option("--check", help="Only say by the exit code whether one runs on this machine.")
    ] = False,
) -> None:
    """Send what `pullquote run` hands out, until stopped. Any number of workers may run, on any machines."""
    app = open_app(ctx)
    if check:
        with app.reading() as session:
            raise typer.Exit(0 if health.runs_here(session, socket.gethostname(), app.clock()) else 1)
    with app.reading() as session:
        refuse_moved(session)
    refuse_wrong_clock(app.engine, app.clock)
    daemon = Daemon(app, handout(app, app.settings.senders))
    set_up_logging(app.settings.log_level)
    daemon.run()


def _welcome(app: Pullquote, address: str) -> None:
    """The first time: the link that makes the owner's account."""
    with app.writing() as session:
        token = accounts.owner_link(session, app.clock())
    if token:
        everywhere = app.settings.host in {"0.0.0.0", "::"}  # noqa: S104 (compared, not bound)
        where = app.settings.base_url.rstrip("/") if everywhere else address
        say(f"Nobody has an account yet. This link makes the owner's, once: {where}/welcome/{token}")


@contextmanager
def _serving(app: Pullquote, listener: socket.socket) -> Iterator[str]:
    """The pages, in a thread of their own. Signals are the daemon's."""
    config = uvicorn.Config(
        create_app(app),
        log_config=None,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=CLOSING,
    )
    server = uvicorn.Server(config)
    thread = Thread(target=server.run, kwargs={"sockets": [listener]}, name="pages", daemon=True)
    thread.start()
    host, port = listener.getsockname()[:2]
    try:
        yield f"http://{host}:{port}"
    finally:
        server.should_exit = True
        thread.join()


def _listener(host: str, port: int) -> socket.socket:
    """Bound here, so that a port that is taken is one sentence and not a thread's last words."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise PullquoteError(
            f"{host}:{port} cannot be listened on ({error.strerror}): choose another with PULLQUOTE_PORT."
        ) from None
