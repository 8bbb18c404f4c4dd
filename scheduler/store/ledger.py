"""What many deliveries at once are written with: each statement takes all its rows as one JSON text.

One statement for many rows is what makes a write cheap: the database runs it without coming back to Python for
each row. The rules are those of store/queue.py: a row is written only for whoever's token is on it. The statements
are made once for each dialect: making one takes longer than running it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache, lru_cache
from importlib.util import find_spec
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Integer,
    Subquery,
    Text,
    bindparam,
    cast,
    func,
    insert,
    literal,
    select,
    update,
)
from sqlalchemy.types import TypeEngine
from sqlmodel import Session

from scheduler.domain.delivery import Status
from scheduler.domain.subscriber import UNEXPLAINED, RecipientState
from scheduler.store.tables import AttemptRow, DeliveryRow, ReceiptRow, RecipientRow

FAST = find_spec("orjson") is not None
if FAST:
    import orjson

Rows = Sequence[Mapping[str, Any]]
Columns = Mapping[str, TypeEngine[Any]]

_delivery = DeliveryRow.__table__  # type: ignore[attr-defined]
_attempt = AttemptRow.__table__  # type: ignore[attr-defined]
_receipt = ReceiptRow.__table__  # type: ignore[attr-defined]
_copy = RecipientRow.__table__  # type: ignore[attr-defined]

_HELD: Columns = {"id": BigInteger(), "owner": Text()}
_STARTED: Columns = {**_HELD, "message": JSON(), "first": DateTime(), "step": Text()}
_SENT: Columns = {
    **_HELD,
    "attempts": Integer(),
    "committed_at": DateTime(),
    "called_at": DateTime(),
    "remote_id": Text(),
    "url": Text(),
    "extra": JSON(),
    "calls": JSON(),
}
_COPIES: Columns = {
    "delivery": BigInteger(),
    "recipient": BigInteger(),
    "state": Text(),
    "remote_id": Text(),
    "reason": Text(),
}
_BATCHES: Columns = {"id": BigInteger(), "remote_id": Text()}


@lru_cache(maxsize=256)  # those of one round are the same
def moment(at: datetime | None) -> str | None:
    """An instant as both databases read it in a text."""
    return None if at is None else at.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


def held(session: Session, rows: Rows) -> set[int]:
    """The ids of those rows that their worker still holds; nobody else takes them before this transaction ends."""
    counting, asking = _holding(_dialect(session))
    values = {"rows": _json(rows, _HELD)}
    if session.execute(counting, values).scalar_one() == len(rows):
        return {row["id"] for row in rows}
    return set(session.execute(asking, values).scalars())


@cache
def _holding(dialect: str) -> tuple[Any, Any]:
    """How many, and which: each row that comes back costs SQLite's driver a turn of the interpreter's lock."""
    given = _given(dialect, _HELD)
    ours = (
        select(_delivery.c.id)
        .join(given, (given.c.id == _delivery.c.id) & (given.c.owner == _delivery.c.owner))
        .with_for_update(of=_delivery)
    )
    return select(func.count()).select_from(ours.cte("ours")), ours


def start(session: Session, rows: Rows, now: datetime, until: datetime) -> None:
    """Freeze, mark and note the attempt of deliveries that are held: their committing calls go out next."""
    values = {"rows": _json(rows, _STARTED), "now": now, "until": until}
    for statement in _starting(_dialect(session)):
        session.execute(statement, values)


@cache
def _starting(dialect: str) -> tuple[Any, ...]:
    given = _given(dialect, _STARTED)
    marked = (
        update(_delivery)
        .where(_delivery.c.id == given.c.id, _delivery.c.owner == given.c.owner)
        .values(
            message=func.coalesce(given.c.message, _delivery.c.message),
            committed_at=given.c.first,
            called_at=_at("now"),
            next_at=_at("until"),
            code="",
            reason="",
        )
    )
    noted = select(given.c.id, given.c.owner, given.c.step, _at("now"), *_texts("", "", ""), _list())
    columns = ["delivery_id", "owner", "step", "started_at", "outcome", "code", "reason", "calls"]
    return marked, insert(_attempt).from_select(columns, noted)


def sent(session: Session, rows: Rows, now: datetime) -> None:
    """Settle deliveries of one item that are held: each is live, and this is its receipt."""
    values = {"rows": _json(rows, _SENT), "now": now}
    for statement in _settling(_dialect(session)):
        session.execute(statement, values)


@cache
def _settling(dialect: str) -> tuple[Any, ...]:
    given = _given(dialect, _SENT)
    proof = select(given.c.id, literal(0), given.c.remote_id, given.c.url, given.c.extra, _at("now"))
    columns = ["delivery_id", "item", "remote_id", "url", "extra", "at"]
    ended = (
        update(_attempt)
        .where(
            _attempt.c.delivery_id == given.c.id,
            _attempt.c.owner == given.c.owner,
            _attempt.c.ended_at.is_(None),
        )
        .values(ended_at=_at("now"), outcome="Receipt", calls=given.c.calls)
    )
    settled = (
        update(_delivery)
        .where(_delivery.c.id == given.c.id, _delivery.c.owner == given.c.owner)
        .values(
            owner="",
            status=Status.SENT.value,
            next_at=None,
            settled_at=_at("now"),
            item=1,
            attempts=given.c.attempts,
            probes=0,
            committed_at=given.c.committed_at,
            called_at=given.c.called_at,
            kept={},
            code="",
            reason="",
            remote_id=given.c.remote_id,
            url=given.c.url,
        )
    )
    return insert(_receipt).from_select(columns, proof), ended, settled


def copies(session: Session, rows: Rows, now: datetime) -> None:
    """What became of readers' copies that were not explained yet."""
    session.execute(_explaining(_dialect(session)), {"rows": _json(rows, _COPIES), "now": now})


@cache
def _explaining(dialect: str) -> Any:
    given = _given(dialect, _COPIES)
    return (
        update(_copy)
        .where(
            _copy.c.id == given.c.recipient,
            _copy.c.delivery_id == given.c.delivery,
            _copy.c.state.in_(UNEXPLAINED),
        )
        .values(state=given.c.state, remote_id=given.c.remote_id, reason=given.c.reason, at=_at("now"))
    )


def batches_sent(session: Session, rows: Rows, now: datetime) -> None:
    """The service took whole batches: rows of id and remote_id."""
    session.execute(_taking(_dialect(session)), {"rows": _json(rows, _BATCHES), "now": now})


@cache
def _taking(dialect: str) -> Any:
    given = _given(dialect, _BATCHES)
    return (
        update(_copy)
        .where(_copy.c.delivery_id == given.c.id, _copy.c.state.in_(UNEXPLAINED))
        .values(state=RecipientState.SENT.value, remote_id=given.c.remote_id, reason="", at=_at("now"))
    )


def _dialect(session: Session) -> str:
    return session.get_bind().dialect.name


def _given(dialect: str, columns: Columns) -> Subquery:
    """The rows of the JSON text `rows` as a table."""
    if dialect == "sqlite":
        each = func.json_each(bindparam("rows", type_=Text())).table_valued("value")
        picked = [
            func.json_extract(each.c.value, f"$[{i}]", type_=kind).label(name)
            for i, (name, kind) in enumerate(columns.items())
        ]
    else:
        rows = cast(bindparam("rows", type_=Text()), JSON)
        each = func.json_array_elements(rows).table_valued("value")
        picked = [
            cast(each.c.value.op("->>")(i), kind).label(name)
            for i, (name, kind) in enumerate(columns.items())
        ]
    return select(*picked).subquery("given")


def _json(rows: Rows, columns: Columns) -> str:
    values = list(map(itemgetter(*columns), rows))
    return str(orjson.dumps(values), "utf-8") if FAST else json.dumps(values)


def _at(name: str) -> Any:
    """An instant that is given when the statement is run."""
    return bindparam(name, type_=_attempt.c.started_at.type)


def _texts(*values: str) -> list[Any]:
    return [literal(value, Text()) for value in values]


def _list() -> Any:
    return literal([], JSON())
