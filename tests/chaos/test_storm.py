"""Daemons that die again and again behind a bad network, and daemons that sleep through their lease.

`make chaos` runs hundreds of these and prints what the books say.
"""

from __future__ import annotations

import pytest

from tests.chaos.fire import MAIL_POINTS, POINTS
from tests.chaos.installation import BLIND, KINDS, MAIL, TRIED, Books, Installation
from tests.chaos.receiver import Receiver
from tests.chaos.storm import stall, storm

pytestmark = [pytest.mark.chaos, pytest.mark.usefixtures("more_kinds")]

MARKED = [(kind, (MAIL_POINTS if kind in MAIL else POINTS)["committed"]) for kind in KINDS]
STALLS = [
    *MARKED,
    ("mastodon", "claim_next: committed"),
    ("discord", "prepare: committed"),
    ("draftbox", "before_commit: committed > connected"),
    ("mastodon", "before_commit: committed > write"),  # after the last look: what only a key can make good
    ("draftbox", "before_commit: committed > answered"),
    ("mailpit", "round: committed"),
    ("postbox", "start > write"),  # after the last look
    ("mailpit", "start > written"),
    ("postmark", "start > answered"),
    ("postmark", "sent > round: committed"),
]


@pytest.mark.parametrize(("database", "kind"), TRIED, indirect=["database"])
def test_the_books_balance_after_a_storm(tmp_path, database, kind):
    report = storm(tmp_path, database, kind, 1, kills=2, count=6)
    assert report.faults == []
    assert report.sheet["kills"] >= 2
    assert report.sheet["integrity_check ok"] == database.startswith("sqlite")
    assert report.sheet["published"] >= report.sheet["sent"] > 0


@pytest.mark.parametrize(
    ("database", "kind", "point"),
    [
        ("sqlite", "discord", POINTS["committed"]),
        ("sqlite", "draftbox", "before_commit: committed > connected"),
        ("sqlite", "mailpit", MAIL_POINTS["committed"]),
        ("sqlite", "postbox", "start > write"),
        ("postgresql", "mastodon", "before_commit: committed > write"),
        ("postgresql", "postmark", "start > answered"),
    ],
    indirect=["database"],
)
def test_a_daemon_that_slept_through_its_lease_sends_nothing_late(tmp_path, database, kind, point):
    report = stall(tmp_path, database, kind, point)
    assert report.faults == []
    if kind not in BLIND:
        assert report.sheet["sent"] == report.sheet["deliveries"]


def test_books_that_do_not_balance_say_so(tmp_path):
    database = f"sqlite:///{tmp_path}/queue.db"
    receiver = Receiver()
    place = Installation(tmp_path, database, "mastodon", "http://127.0.0.1:9", count=2, thread=0)
    receiver.published.update({"Post 0.": 2, "Post 9.": 1})
    receiver.order += ["Post 0.", "Post 9."]
    faults = "; ".join(Books(place, receiver).faults)
    place.close()
    for fault in (
        "Post 0. was published 2 times",
        "Post 9. was never asked for",
        "not settled",
        "nobody knows of",
    ):
        assert fault in faults
