"""What an answer's header fields say of a limit, in every form that services use.

X-RateLimit-Limit, -Remaining and -Reset (an instant, seconds to go or an ISO date) or -Reset-After (Discord); the
same as RateLimit-*; and the draft's single fields: `RateLimit: "default";r=50;t=30`, `RateLimit-Policy: …;q=100`.
Which span a limit is for, only a policy says: `RateLimit-Policy: 3000;w=300`.
https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from scheduler.channels._retry import LONGEST, instant
from scheduler.domain.throttle import Told

_NUMBER = re.compile(r"\s*(\d{1,9})(?![\d.])")


def told(headers: Mapping[str, str], signal: str, at: datetime | None) -> Told:
    """What the fields that begin with `signal` say; nothing where they make no sense."""
    if at is None:
        return Told()
    resets_at = instant(headers.get(f"{signal}-reset-after") or headers.get(f"{signal}-reset"), at)
    resets_at = resets_at or instant(_parameter(headers.get(signal), "t"), at)
    policy = headers.get(f"{signal}-policy") or headers.get(f"{signal}-limit")
    return Told(
        most=_number(headers.get(f"{signal}-limit"))
        or _number(_parameter(headers.get(f"{signal}-policy"), "q")),
        left=_first(
            _number(headers.get(f"{signal}-remaining")), _number(_parameter(headers.get(signal), "r"))
        ),
        resets_at=resets_at if resets_at is not None and at <= resets_at <= at + LONGEST else None,
        per=_span(_parameter(policy, "w")),
    )


def _span(seconds: str | None) -> timedelta | None:
    number = _number(seconds)
    return timedelta(seconds=number) if number else None


def _number(text: str | None) -> int | None:
    found = _NUMBER.match(text or "")
    return int(found[1]) if found else None


def _parameter(text: str | None, name: str) -> str | None:
    found = re.search(rf";\s*{name}=(\d+)", text or "")
    return found[1] if found else None


def _first(*values: int | None) -> int | None:
    return next((value for value in values if value is not None), None)
