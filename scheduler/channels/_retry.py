"""When a service that asked us to slow down may be called again, in every form that services use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

RESET_HEADERS = ("x-rate-limit-reset", "x-ratelimit-reset", "ratelimit-reset")
LONGEST = timedelta(days=2)  # beyond it the number is not a wait but a mistake (milliseconds, say)
UNIX_SINCE = 1_000_000_000  # a larger number is an instant, a smaller one a span in seconds


def retry_after(headers: Mapping[str, str], body: Any, now: datetime | None) -> datetime | None:
    """The instant to wait for, UTC, or None where the answer names none that makes sense.

    Knows Retry-After as seconds and as an HTTP date, Discord's and Telegram's fields in the body, and the
    reset headers as Unix time, as seconds to go and as an ISO date (Mastodon).
    """
    if now is None:
        return None
    named = (instant(value, now) for value in _values(headers, body))
    return next((at for at in named if at is not None and now <= at <= now + LONGEST), None)


def _values(headers: Mapping[str, str], body: Any) -> Iterator[Any]:
    """Everything in the answer that may name a time, the most trustworthy first."""
    yield headers.get("retry-after")
    if isinstance(body, dict):
        parameters = body.get("parameters")
        yield parameters.get("retry_after") if isinstance(parameters, dict) else None
        yield body.get("retry_after")
    for name in RESET_HEADERS:
        yield headers.get(name)


def instant(value: Any, now: datetime) -> datetime | None:
    """The instant that a number or a date means: a large number is Unix time, a small one seconds to go."""
    if value is None or isinstance(value, bool):
        return None
    try:
        number = float(value)
    except (TypeError, ValueError):
        return _date(str(value))
    try:
        return datetime.fromtimestamp(number, UTC) if number > UNIX_SINCE else now + timedelta(seconds=number)
    except (OverflowError, ValueError, OSError):
        return None


def _date(value: str) -> datetime | None:
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            at = read(value)
        except (TypeError, ValueError):
            continue
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    return None
