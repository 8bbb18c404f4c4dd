"""Every form in which services say when to come back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from scheduler.channels._retry import retry_after
from tests.channels.drive import NOW

UNIX = int(NOW.timestamp())


@pytest.mark.parametrize(
    ("headers", "body", "seconds"),
    [
        ({"retry-after": "120"}, {}, 120),
        ({"retry-after": " 7 "}, {}, 7),
        ({"retry-after": "0"}, {}, 0),
        ({"retry-after": "Mon, 02 Mar 2026 12:02:00 GMT"}, {}, 120),
        ({}, {"retry_after": 64.57}, 64.57),  # Discord
        ({"retry-after": "65"}, {"retry_after": 64.57}, 65),
        ({}, {"parameters": {"retry_after": 30}}, 30),  # Telegram
        ({"x-rate-limit-reset": str(UNIX + 60)}, {}, 60),  # X
        ({"ratelimit-reset": str(UNIX + 300)}, {}, 300),  # Bluesky
        ({"ratelimit-reset": "12"}, {}, 12),  # Resend
        ({"x-ratelimit-reset": "2026-03-02T12:05:00.000000Z"}, {}, 300),  # Mastodon
        ({"x-ratelimit-reset": "2026-03-02T12:05:00"}, {}, 300),  # without a zone: UTC
        ({"x-ratelimit-reset": "2026-03-02T13:05:00+01:00"}, {}, 300),
        ({"retry-after": "soon", "ratelimit-reset": "12"}, {}, 12),  # the first that makes sense
        ({"retry-after": "-5", "ratelimit-reset": "12"}, {}, 12),
    ],
)
def test_knows_every_form(headers: dict[str, str], body: Any, seconds: float) -> None:
    assert retry_after(headers, body, NOW) == NOW + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({}, {}),
        ({}, []),
        ({}, "slow down"),
        ({}, {"parameters": "none", "retry_after": None}),
        ({}, {"retry_after": True}),
        ({"retry-after": "nan"}, {}),
        ({"retry-after": "inf"}, {}),
        ({"retry-after": "1e300"}, {}),
        ({"retry-after": ""}, {}),
        ({"retry-after": "Mon, 02 Mar 2026 11:00:00 GMT"}, {}),  # over
        ({"x-rate-limit-reset": str(UNIX * 1000)}, {}),  # milliseconds
        ({"retry-after": "9999999"}, {}),  # four months
        ({"x-ratelimit-reset": "9999-12-31T23:59:59Z"}, {}),
    ],
)
def test_names_no_time_where_none_makes_sense(headers: dict[str, str], body: Any) -> None:
    assert retry_after(headers, body, NOW) is None


def test_without_a_time_of_the_answer_there_is_none_to_wait_for() -> None:
    assert retry_after({"retry-after": "7"}, {}, None) is None
