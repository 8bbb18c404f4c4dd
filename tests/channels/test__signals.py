from datetime import timedelta

import pytest

from scheduler.channels import told
from scheduler.domain.throttle import Told
from tests.channels.drive import NOW

LATER = NOW + timedelta(seconds=120)


@pytest.mark.parametrize(
    ("signal", "headers", "said"),
    [
        (  # Mastodon: an ISO date
            "x-ratelimit",
            {
                "x-ratelimit-limit": "300",
                "x-ratelimit-remaining": "299",
                "x-ratelimit-reset": "2026-03-02T12:02:00.000000Z",
            },
            Told(300, 299, LATER),
        ),
        (  # Bluesky: Unix time, and a policy
            "ratelimit",
            {
                "ratelimit-limit": "5000",
                "ratelimit-remaining": "4997",
                "ratelimit-reset": str(int(LATER.timestamp())),
                "ratelimit-policy": "5000;w=3600",
            },
            Told(5000, 4997, LATER, timedelta(hours=1)),
        ),
        (  # Discord: seconds to go, beside an instant by its own clock
            "x-ratelimit",
            {
                "x-ratelimit-limit": "5",
                "x-ratelimit-remaining": "0",
                "x-ratelimit-reset": "1470173023.123",
                "x-ratelimit-reset-after": "120.0",
            },
            Told(5, 0, LATER),
        ),
        (  # the draft's single fields
            "ratelimit",
            {"ratelimit": '"default";r=50;t=120', "ratelimit-policy": '"default";q=100;w=600'},
            Told(100, 50, LATER, timedelta(minutes=10)),
        ),
        (
            "ratelimit",
            {"ratelimit-limit": "100, 100;w=60", "ratelimit-remaining": "7"},
            Told(100, 7, None, timedelta(minutes=1)),
        ),
        ("x-ratelimit", {"ratelimit-limit": "100"}, Told()),
        ("x-ratelimit", {"x-ratelimit-limit": "lots", "x-ratelimit-remaining": "-1"}, Told()),
        ("x-ratelimit", {"x-ratelimit-limit": "9" * 400, "x-ratelimit-reset": "9" * 400}, Told()),
        ("x-ratelimit", {"x-ratelimit-reset": "2031-01-01T00:00:00Z"}, Told()),  # no wait is that long
        ("x-ratelimit", {}, Told()),
    ],
)
def test_what_the_fields_say(signal, headers, said):
    assert told(headers, signal, NOW) == said


def test_without_a_time_nothing_is_told():
    assert told({"x-ratelimit-limit": "300"}, "x-ratelimit", None) == Told()
