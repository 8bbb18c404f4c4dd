"""Many deliveries at once, made by the database: a row costs it a microsecond, and Python nothing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert, literal, select
from sqlmodel import Session

from scheduler.store import queue
from scheduler.store.tables import DeliveryRow, PieceRow


def enqueue_many(
    session: Session,
    piece: PieceRow,
    channel_id: int,
    number: int,
    *,
    due_at: datetime,
    now: datetime,
    slot_key: str | None = None,
) -> int:
    """So many deliveries of a piece at one time, made by the database. The id of the first, which holds the slot."""
    first = queue.enqueue(session, piece, channel_id, due_at, now=now, slot_key=slot_key)
    first.revision = piece.revision
    session.flush()
    numbers = select(literal(2).label("n")).where(literal(number) > 1).cte("numbers", recursive=True)
    numbers = numbers.union_all(select(numbers.c.n + 1).where(numbers.c.n < number))
    table = DeliveryRow.__table__  # type: ignore[attr-defined]
    copied = [column for column in table.c if column.name not in {"id", "slot_key"}]
    # given as they are: SQLite would first write down all that it is to insert if it read them from the same table
    values = [literal(getattr(first, column.name), column.type) for column in copied]
    rest = select(*values).select_from(numbers)
    session.execute(insert(table).from_select([column.name for column in copied], rest))
    return first.id
