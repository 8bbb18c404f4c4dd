from datetime import UTC, datetime

import pytest

from scheduler.bootstrap import bootstrap
from scheduler.settings import read_settings
from scheduler.store import queue
from tests.cli.conftest import Pullquote

POST = "6"  # the first post among the pieces of the article


def _set(delivery_id: int, **values: object) -> None:
    """Bring a delivery into a state that only the daemon brings it to."""
    app = bootstrap(read_settings())
    with app.writing() as session:
        queue.change(session, queue.get(session, delivery_id), **values)
    app.close()


def _one(pullquote: Pullquote) -> dict[str, object]:
    found: dict[str, object] = pullquote.json("queue", "show", "1")
    return found


def test_a_piece_goes_into_the_next_free_slot(connected: Pullquote) -> None:
    said = connected("queue", "add", POST, "--channel", "us").stdout
    assert "Mon  2 Mar 09:00 CET" not in said  # it is Monday, 13:00 in Amsterdam
    assert "Tue  3 Mar 09:00 CET" in said
    assert "CET is Europe/Amsterdam" in said
    (found,) = connected.json("queue")
    assert found["due_at"] == "2026-03-03T08:00:00Z"
    assert found["due_local"] == "2026-03-03T09:00:00+01:00"
    assert found["zone"] == "Europe/Amsterdam"
    assert (found["status"], found["channel"], found["piece"]) == ("scheduled", "us", 6)


def test_a_piece_goes_out_at_a_time_in_the_channels_zone(connected: Pullquote) -> None:
    connected("queue", "add", POST, "--channel", "us", "--at", "2026-12-01 09:00")
    assert _one(connected)["due_at"] == "2026-12-01T08:00:00Z"
    connected("queue", "add", "7", "--channel", "us", "--next")
    connected("queue", "add", "7", "--channel", "us", "--next", "--at", "now", code=2)


@pytest.mark.parametrize(("at", "said"), [("soon", "write it like"), ("2026-01-01 09:00", "has passed")])
def test_a_time_that_cannot_be_is_refused(connected: Pullquote, at: str, said: str) -> None:
    assert said in connected.refused("queue", "add", POST, "--channel", "us", "--at", at)
    assert connected.json("queue") == []


def test_all_pieces_of_an_article(connected: Pullquote) -> None:
    result = connected("queue", "all", "1")
    assert "goes nowhere: Mastodon does not send mail" in result.stderr
    queued = connected.json("queue")
    assert len({row["due_at"] for row in queued}) == len(queued)  # never two in one slot
    assert [row["due_at"] for row in queued] == sorted(row["due_at"] for row in queued)


def test_a_command_that_is_repeated_queues_nothing_twice(connected: Pullquote) -> None:
    connected("queue", "all", "1")
    queued = connected.json("queue")
    found = connected.json("queue", "all", "1", "--channel", "us")
    assert found["queued"] == []
    assert {each["reason"] for each in found["unplaced"]} == {
        "Mastodon does not send mail",
        "it is in the queue already, or went out",
    }
    assert connected.json("queue") == queued


def test_all_of_nothing_says_what_to_do(pullquote: Pullquote) -> None:
    pullquote(
        "add", "-", "--as", "text", typed="A title of an article\n\nNobody says a word in it, all day long."
    )
    assert "pullquote split 1" in pullquote("queue", "all", "1").stdout


def test_the_list_can_be_narrowed(connected: Pullquote) -> None:
    connected("queue", "all", "1")
    connected("queue", "cancel", "1")
    everything = connected.json("queue", "--all")
    assert len(connected.json("queue")) == len(everything) - 1
    assert [row["id"] for row in connected.json("queue", "--status", "cancelled")] == [1]
    assert len(connected.json("queue", "--channel", "us", "--limit", "2")) == 2
    assert connected.json("queue", "--article", "1") == connected.json("queue")
    assert "1 cancelled" in connected("queue").stderr


def test_an_empty_queue_says_what_to_do(pullquote: Pullquote) -> None:
    assert "pullquote queue all" in pullquote("queue").stdout
    assert pullquote.json("queue") == []


def test_move_next_hold_release_cancel(connected: Pullquote) -> None:
    connected("queue", "add", POST, "--channel", "us")
    assert (
        "goes out at Tue 3 Mar 10:30 CET" in connected("queue", "move", "1", "--at", "tomorrow 10:30").stdout
    )
    assert "goes out at Tue 3 Mar 12:30 CET" in connected("queue", "next", "1").stdout
    connected("queue", "hold", "1", "--why", "Ask the author")
    assert "1 is held: Ask the author." in connected("queue").stderr
    assert "held: that cannot be done" in connected.refused("queue", "hold", "1")
    connected("queue", "release", "1")
    assert _one(connected)["status"] == "scheduled"
    connected("queue", "cancel", "1")
    assert _one(connected)["status"] == "cancelled"
    assert "cancelled: that cannot be done" in connected.refused("queue", "move", "1", "--at", "in 2 hours")


def test_retry_is_for_what_failed(connected: Pullquote) -> None:
    connected("queue", "add", POST, "--channel", "us")
    assert "scheduled: that cannot be done" in connected.refused("queue", "retry", "1")
    _set(1, status="failed", next_at=None, reason="Mastodon refused this", code="http-422")
    assert "1 is failed: Mastodon refused this." in connected("queue").stderr
    connected("queue", "retry", "1")
    assert _one(connected)["next_at"] == "2026-03-02T12:00:00Z"


@pytest.mark.parametrize(
    ("answer", "status"),
    [(("--live", "https://x.example/1"), "sent"), (("--again",), "scheduled"), (("--drop",), "cancelled")],
)
def test_a_doubt_is_resolved_by_one_of_three_answers(
    connected: Pullquote, answer: tuple[str, ...], status: str
) -> None:
    connected("queue", "add", POST, "--channel", "us")
    assert "nothing to resolve" in connected.refused("queue", "resolve", "1", *answer)
    at = datetime(2026, 3, 2, 11, tzinfo=UTC)
    _set(
        1, status="in-doubt", next_at=None, committed_at=at, called_at=at, reason="No answer", message=FROZEN
    )
    connected("queue", "resolve", "1", code=2)
    connected("queue", "resolve", "1", "--again", "--drop", code=2)
    assert f"is {status}" in connected("queue", "resolve", "1", *answer).stdout
    assert _one(connected)["status"] == status


FROZEN = {
    "texts": ["One."],
    "items": [],
    "language": "en",
    "link": "",
    "about": {},
    "created_at": "2026-03-02T11:00:00+00:00",
}
