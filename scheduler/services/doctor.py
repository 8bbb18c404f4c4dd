"""What is wrong with an installation, and what to do about it. Looks only; mends nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from jinja2 import Environment
from sqlalchemy import Engine
from sqlmodel import Session

from scheduler.channels import adapter
from scheduler.domain.delivery import Status
from scheduler.domain.errors import PullquoteError
from scheduler.render.cards import CardRenderer
from scheduler.render.environment import check_templates
from scheduler.render.font_families import FAMILIES, SCRIPTS
from scheduler.render.fonts import faces, without
from scheduler.services import health, limits
from scheduler.services.connect import open_channel
from scheduler.services.doctor_database import database
from scheduler.services.finding import Finding, Level
from scheduler.store import channels, heartbeats, pauses, queue, workspaces
from scheduler.store.migrations import revisions
from scheduler.store.tables import WorkspaceRow
from scheduler.store.vault import Vault


def of_installation(
    engine: Engine,
    environment: Environment,
    cards: CardRenderer,
    key_file: Path | None,
    clock: Callable[[], datetime],
) -> Iterator[Finding]:
    yield from database(engine, clock)
    yield schema(engine)
    if key_file is not None:
        yield key(key_file)
    yield fonts()
    yield templates(environment, cards)
    yield Finding("time zones", f"tzdata {version('tzdata')}")


def schema(engine: Engine) -> Finding:
    here, newest = revisions(engine)
    if here == newest:
        return Finding("schema", here or "")
    return Finding("schema", f"{here}, not {newest}", Level.WRONG, "Run the newest Pullquote on it once.")


def key(path: Path) -> Finding:
    mode = path.stat().st_mode & 0o777
    if mode & 0o077 == 0:
        return Finding("key", f"{path}, mode {mode:o}")
    return Finding("key", f"{path} can be read by others (mode {mode:o})", Level.WRONG, f"chmod 600 {path}")


def fonts() -> Finding:
    for role in FAMILIES:
        _ = faces(role, 400)[0].ascent  # it is opened when it is first asked for something
    says = ", ".join(family.name for family in FAMILIES.values())
    if lacking := without():
        return Finding("fonts", f"{says}; without {', '.join(lacking)}, whose cards are refused")
    return Finding("fonts", f"{says}, and those of {len(SCRIPTS)} scripts and emoji")


def templates(environment: Environment, cards: CardRenderer) -> Finding:
    try:
        count = check_templates(environment)
        sizes = sum(len(cards.sizes(name)) for name in cards.templates())
    except PullquoteError as error:
        return Finding("templates", str(error), Level.WRONG, "Mend the template.")
    return Finding("templates", f"{count} texts and mails, {len(cards.templates())} card in {sizes} sizes")


def of_work(session: Session, *, vault: Vault, base_url: str, now: datetime) -> Iterator[Finding]:
    workspace = workspaces.find(session)
    if workspace is None:
        yield Finding("workspace", "there is none", Level.WRONG, "pullquote init")
        return
    yield Finding("workspace", f"{workspace.name} ({workspace.zone}, {workspace.language})")
    yield from mail(session, workspace, base_url)
    yield from sealed(session, workspace, vault)
    yield from paused(session, workspace)
    late = health.look(session, now).overdue
    yield daemon(session, bool(late), now)
    yield overdue(late)
    yield from unsettled(session)


def mail(session: Session, workspace: WorkspaceRow, base_url: str) -> Iterator[Finding]:
    """What the law and the mail services want of whoever sends a newsletter."""
    if not any(adapter(row.kind).can.mail for row in channels.of_workspace(session, workspace.id)):
        return
    if not base_url.startswith("https://"):
        advice = "Serve the pages over https and set base_url: readers unsubscribe there."
        yield Finding("base_url", f"{base_url} cannot be reached by readers", Level.NOTE, advice)
    if not workspace.brand.get("address"):
        advice = "Give the workspace one: pullquote workspace --address '…'"
        yield Finding("address", "mails have no postal address", Level.NOTE, advice)


def sealed(session: Session, workspace: WorkspaceRow, vault: Vault) -> Iterator[Finding]:
    """Channels whose settings do not open: with another key, or after an upgrade that asks for more."""
    for row in channels.of_workspace(session, workspace.id):
        try:
            open_channel(row, vault)
        except PullquoteError as error:
            advice = "Put the key back, or remove the channel and connect it again."
            yield Finding(row.name, str(error), Level.WRONG, advice)


def paused(session: Session, workspace: WorkspaceRow) -> Iterator[Finding]:
    for pause in pauses.listed(session):
        said = f"{pauses.name(session, pause.target)} is {pause.told()}, since {pause.at:%Y-%m-%d %H:%M} UTC"
        yield Finding("paused", said, Level.WRONG, "pullquote resume")
    for row in channels.of_workspace(session, workspace.id):
        if row.paused_at is not None:
            advice = f"Mend it, then: pullquote channels resume {row.name}"
            by = f" by {row.paused_by}" if row.paused_by else ""
            yield Finding(row.name, f"paused{by}: {row.paused_why}", Level.WRONG, advice)
    for each in limits.look(session, channels.of_workspace(session, workspace.id)):
        if each.breaker.opened_at is not None:
            said = f"in trouble since {each.breaker.opened_at:%Y-%m-%d %H:%M} UTC; its queue waits"
            yield Finding(
                each.channel.name, said, Level.WRONG, "It goes on by itself when the service answers."
            )


def daemon(session: Session, needed: bool, now: datetime) -> Finding:
    alive = [row for row in heartbeats.all_of(session) if not row.stopped and now - row.at <= health.ALIVE]
    if alive:
        return Finding("daemon", ", ".join(row.owner for row in alive))
    last = heartbeats.last(session)
    said = f"none runs; last seen {last:%Y-%m-%d %H:%M} UTC" if last else "none has run yet"
    return Finding("daemon", said, Level.WRONG if needed else Level.NOTE, "pullquote run")


def overdue(count: int) -> Finding:
    if not count:
        return Finding("overdue", "no delivery")
    said = f"{count:,} that nobody looked at in time"
    return Finding("overdue", said, Level.WRONG, "See whether the daemon runs, and `pullquote queue`.")


def unsettled(session: Session) -> Iterator[Finding]:
    counts = queue.counts(session)
    for status, advice in (
        (Status.IN_DOUBT, "Look whether they are live, then: pullquote queue resolve ID"),
        (Status.FAILED, "pullquote queue list --status failed"),
    ):
        if count := counts.get(status, 0):
            yield Finding(
                status, f"{count:,}", Level.WRONG if status is Status.IN_DOUBT else Level.NOTE, advice
            )
