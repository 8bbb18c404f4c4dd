"""Token buckets: what services let us send, kept where every process on every machine sees it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from scheduler.domain.throttle import Bucket, Told
from scheduler.store.tables import BucketRow

_table = BucketRow.__table__  # type: ignore[attr-defined]
# made once: they are asked several times for each delivery
_FOUND = select(_table).where(_table.c.key.in_(bindparam("keys", expanding=True))).order_by(_table.c.key)
_HELD = _FOUND.with_for_update()
_CHANGE = update(_table).where(_table.c.key == bindparam("its_key"))


def get(session: Session, keys: Collection[str], *, change: bool = False) -> dict[str, Bucket]:
    """The buckets that there are of `keys`. To `change` them, they are held until the transaction ends."""
    if not keys:
        return {}
    rows = session.execute(_HELD if change else _FOUND, {"keys": list(keys)})
    return {
        row.key: Bucket(row.most, timedelta(seconds=row.seconds), row.full_at, row.closed_until)
        for row in rows
    }


def put(session: Session, key: str, bucket: Bucket) -> None:
    values = {
        "most": bucket.most,
        "seconds": bucket.per.total_seconds(),
        "full_at": bucket.full_at,
        "closed_until": bucket.closed_until,
    }
    own = values | {"its_key": key}
    if cast("CursorResult[Any]", session.execute(_CHANGE, own)).rowcount == 0:
        try:
            with session.begin_nested():
                session.execute(insert(BucketRow).values(key=key, **values))
        except IntegrityError:  # another process made it in the meantime, for the same reason
            session.execute(_CHANGE, own)


def heard(session: Session, key: str, told: Told, now: datetime) -> None:
    """What a service said last, for people."""
    row = session.get(BucketRow, key, populate_existing=True)
    if row is not None and told.left is not None:
        row.told_left, row.told_at = told.left, now
        session.flush()


def told(session: Session, key: str) -> tuple[int, datetime] | None:
    row = session.get(BucketRow, key, populate_existing=True)
    if row is None or row.told_left is None or row.told_at is None:
        return None
    return row.told_left, row.told_at
