"""Several deliveries at once: shifted, tried again, or cancelled. What cannot be done to one is said."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlmodel import Session

from scheduler.domain.errors import PullquoteError
from scheduler.services import schedule, timeline
from scheduler.store.tables import DeliveryRow

_SHIFT = re.compile(r"\s*([+-]?)\s*(\d{1,4})\s*(h|hours?|d|days?|m|min|minutes?)?\s*", re.IGNORECASE)


def carry_out(
    session: Session, workspace_id: int, numbers: Sequence[int], do: str, hours: str, now: datetime
) -> str:
    """Do it to each, and say how many it was done to. `do`: shift | retry | cancel."""
    if not numbers:
        raise PullquoteError("Nothing is chosen: tick what it is for.")
    act = _act(do, hours, now)
    count, refused = 0, []
    for number in numbers:
        row = timeline.look(session, number, workspace_id).sending.row
        try:
            act(session, row)
            count += 1
        except PullquoteError as error:
            refused.append(str(error))
    verb = {"shift": "moved", "retry": "tried again", "cancel": "cancelled"}[do]
    said = f"{count} {'delivery is' if count == 1 else 'deliveries are'} {verb}."
    return " ".join([said, *refused[:3]]) + (f" And {len(refused) - 3} more." if len(refused) > 3 else "")


def _act(do: str, hours: str, now: datetime) -> Callable[[Session, DeliveryRow], None]:
    match do:
        case "shift":
            by = parse_shift(hours)
            return lambda session, row: schedule.move(session, row, row.due_at + by, now)
        case "retry":
            return lambda session, row: schedule.retry(session, row, now)
        case "cancel":
            return lambda session, row: schedule.cancel(session, row, now)
        case _:
            raise PullquoteError("Choose what to do: shift, try again or cancel.")


def parse_shift(text: str) -> timedelta:
    """ "2 h", "-1 day", "+30 min"; a bare number is hours."""
    found = _SHIFT.fullmatch(text)
    if not found or not int(found[2]):
        raise PullquoteError("Say how far: like 2 h, -1 day or 30 min.")
    unit = {"d": "days", "m": "minutes"}.get((found[3] or "h")[0].lower(), "hours")
    by = timedelta(**{unit: int(found[2])})
    return -by if found[1] == "-" else by
