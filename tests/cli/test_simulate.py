import hashlib
from pathlib import Path

from tests.cli.conftest import Pullquote


def digest() -> str:
    return hashlib.sha256(Path("queue.db").read_bytes()).hexdigest()


def test_a_rehearsal_shows_what_would_be_sent_and_touches_nothing(connected: Pullquote, receiver) -> None:
    connected("queue", "all", "1")
    before, counts = digest(), connected.json("queue")
    said = connected("simulate", "--until", "2026-04-02").stdout
    assert "Tue 3 Mar 09:00 CET" in " ".join(said.split())
    assert "clocks go forward in Europe/Amsterdam (CET → CEST)" in said
    assert "slots stay empty" in said
    assert digest() == before
    assert connected.json("queue") == counts
    assert [path for path in Path("received").rglob("*") if path.is_file()] == []


def test_as_json_with_what_is_held_up_and_what_stays(connected: Pullquote) -> None:
    for piece in ("6", "7"):
        connected("queue", "add", piece, "--channel", "us", "--at", "in 10 minutes")
    connected("queue", "hold", "2", "--why", "not yet")
    (us,) = connected.json("simulate", "--until", "in 14 days")["channels"]
    assert [each["status"] for each in us["deliveries"]] == ["sent"]
    assert us["deliveries"][0]["sent_at"] == "2026-03-02T12:10:00Z"
    assert us["not_sent"] == {"held: not yet": 1}
    connected("pause", "--all", "--by", "ana")
    (us,) = connected.json("simulate", "--until", "in 14 days")["channels"]
    assert us["deliveries"] == []
    assert us["not_sent"] == {"paused by ana": 1, "held: not yet": 1}


def test_posts_of_one_article_at_one_time_clash(connected: Pullquote) -> None:
    for _ in range(3):
        connected("queue", "add", "6", "--channel", "us", "--at", "in 10 minutes")
    (us,) = connected.json("simulate", "--until", "in 1 days")["channels"]
    assert len(us["clashes"]) == 2  # three posts of one article in one minute


def test_a_time_that_has_passed_is_refused(connected: Pullquote) -> None:
    assert "in the future" in connected.refused("simulate", "--until", "2026-01-01")
    assert "is not a time" in connected.refused("simulate", "--until", "soon")


def test_where_there_is_nothing_nothing_is_made(bare: Pullquote) -> None:
    assert "There is no queue.db" in bare.refused("simulate", "--until", "in 14 days")
    assert not Path("queue.db").exists()
