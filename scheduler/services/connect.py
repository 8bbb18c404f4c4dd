"""Channels: connecting them, opening them, and signing in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from threading import Lock
from typing import Any
from uuid import uuid4

from pydantic import ValidationError
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from scheduler.channels import Adapter, ChannelConfig, adapter
from scheduler.domain.calendar import Slot, zone
from scheduler.domain.delivery import Missed
from scheduler.domain.errors import PullquoteError, RateLimited
from scheduler.services import housekeep, limits
from scheduler.store import channels, turns
from scheduler.store.engine import reading, writing
from scheduler.store.tables import ChannelRow
from scheduler.store.vault import Vault
from scheduler.transport import Transport
from scheduler.transport.redact import secrets_of

LONGEST = 525_600  # of a policy's minutes or seconds: a year of minutes

COME_BACK = timedelta(seconds=2)  # while another process signs in

_signing_in: dict[int, Lock] = {}
_guard = Lock()


def add_channel(
    session: Session,
    workspace_id: int,
    *,
    kind: str,
    name: str,
    zone_name: str,
    values: Mapping[str, Any],
    vault: Vault,
    now: datetime,
) -> ChannelRow:
    """Connect a channel. `values` are the fields of the kind's Config, as a person typed them."""
    zone(zone_name)
    validated(kind, values)
    name = " ".join(name.split())
    if not name.isprintable() or not 1 <= len(name) <= 80:
        raise PullquoteError("A channel's name has 1 to 80 printable characters.")
    row = ChannelRow(
        workspace_id=workspace_id, name=name, kind=kind, zone=zone_name, config="", created_at=now
    )
    try:
        channels.add(session, row)
    except IntegrityError:
        raise PullquoteError(f"There is a channel called {name!r} already: choose another name.") from None
    row.config = vault.seal(json.dumps(dict(values)), f"channel:config:{row.id}")
    session.flush()
    _locate(session, row, vault)
    return row


def _locate(session: Session, row: ChannelRow, vault: Vault) -> None:
    opened = open_channel(row, vault)
    limits.locate(session, row, opened, list(secrets_of(opened.config)), vault)


def reconfigure(session: Session, row: ChannelRow, values: Mapping[str, Any], vault: Vault) -> None:
    """Change some of a channel's settings. It signs in again at the next call: the old session may be another's."""
    place = f"channel:config:{row.id}"
    merged = json.loads(vault.open(row.config, place)) | dict(values)
    validated(row.kind, merged)
    row.config, row.session = vault.seal(json.dumps(merged), place), ""
    session.add(row)
    session.flush()
    _locate(session, row, vault)


def validated(kind: str, values: Mapping[str, Any]) -> ChannelConfig:
    try:
        return adapter(kind).Config.model_validate(dict(values))
    except ValidationError as error:
        raise PullquoteError(f"The channel's settings are not right. {_sentence(error)}") from None


def _sentence(error: ValidationError) -> str:
    """What is wrong, field by field, without the values: one of them may be a secret."""
    faults = [
        (".".join(str(part) for part in e["loc"]), str(e["msg"]).removeprefix("Value error, "))
        for e in error.errors()
    ]
    return " ".join(f"{field or 'settings'}: {message}." for field, message in faults)


def open_channel(row: ChannelRow, vault: Vault) -> Adapter:
    """The adapter of a stored channel, with its secrets."""
    values = json.loads(vault.open(row.config, f"channel:config:{row.id}"))
    kept = json.loads(vault.open(row.session, f"channel:session:{row.id}")) if row.session else None
    return adapter(row.kind)(validated(row.kind, values), kept)


def sign_in(
    engine: Engine, channel_id: int, stale: Adapter, *, transport: Transport, vault: Vault
) -> Adapter:
    """Sign in (again) and store the new session before it is used.

    Single-flight, also across machines: whoever comes second finds the first one's session, or is asked to come back
    in a moment. An empty token never replaces one.
    """
    with _guard:
        lock = _signing_in.setdefault(channel_id, Lock())
    with lock:
        with reading(engine) as session:
            known = open_channel(channels.get(session, channel_id), vault)
        if _is_newer(known, stale):
            return known
        token = _begin(engine, channel_id, transport)
        try:
            with reading(engine) as session:
                row = channels.get(session, channel_id)
            current = open_channel(row, vault)
            if _is_newer(current, stale):  # it was another's turn until just now
                return current
            return _sign_in(engine, row, current, transport=transport, vault=vault)
        finally:
            with writing(engine) as session:
                turns.end_sign_in(session, channel_id, token)


def _is_newer(current: Adapter, stale: Adapter) -> bool:
    return bool(current.session) and dict(current.session) != dict(stale.session)


def _begin(engine: Engine, channel_id: int, transport: Transport) -> str:
    """Our token, once it is ours to sign in."""
    token, now = uuid4().hex, transport.clock()
    until = now + timedelta(seconds=2 * transport.seconds)  # of two calls: one that hangs is given up
    with writing(engine) as session:
        if not turns.begin_sign_in(session, channel_id, token, now, until):
            raise RateLimited("Another process is signing in", "signing-in", now + COME_BACK)
    return token


def _sign_in(
    engine: Engine, row: ChannelRow, current: Adapter, *, transport: Transport, vault: Vault
) -> Adapter:
    fresh = transport.drive(current.connect(), current, transport.recorder(current))  # type: ignore[attr-defined]
    merged = dict(current.session) | {name: value for name, value in fresh.items() if value}
    with writing(engine) as session:
        sealed = vault.seal(json.dumps(merged), f"channel:session:{row.id}")
        channels.set_session(session, row.id, sealed, config=row.config)
    current.session = merged
    return current


def check(row: ChannelRow, *, engine: Engine, transport: Transport, vault: Vault) -> str:
    """Ask the service who we are, posting nothing. Raises DeliveryError where the credentials are not good."""
    opened = open_channel(row, vault)
    if opened.has("connect") and not opened.session:
        opened = sign_in(engine, row.id, opened, transport=transport, vault=vault)
    if not opened.has("check"):
        return f"{opened.label} has no way to ask without posting."
    said: str = transport.drive(opened.check(), opened, transport.recorder(opened))  # type: ignore[attr-defined]
    return said


def set_policy(
    session: Session,
    row: ChannelRow,
    *,
    missed: str | None = None,
    late_minutes: int | None = None,
    gap_seconds: int | None = None,
    spacing_minutes: int | None = None,
) -> None:
    """What a channel does with times that passed while nothing ran, and how far apart it keeps its posts."""
    if missed is not None:
        if missed not in set(Missed):
            raise PullquoteError(f"{missed!r} is not a policy: use send, hold or skip.")
        row.missed = missed
    for name, value in (
        ("late_minutes", late_minutes),
        ("gap_seconds", gap_seconds),
        ("spacing_minutes", spacing_minutes),
    ):
        if value is not None:
            if not 0 <= value <= LONGEST:
                raise PullquoteError(f"{name.replace('_', ' ')} must be between 0 and {LONGEST:,}.")
            setattr(row, name, value)
    session.add(row)
    session.flush()


def set_slots(session: Session, row: ChannelRow, slots: list[Slot]) -> None:
    channels.set_slots(session, row.id, slots)


def resume(session: Session, row: ChannelRow, now: datetime) -> int:
    """Let a paused channel run again. Returns how many of its deliveries had missed their time."""
    late = housekeep.catch_up(session, row, now) if row.paused_at is not None else 0
    channels.set_values(
        session, row.id, {"paused_at": None, "paused_why": "", "paused_by": "", "resume_at": None}
    )
    return late
