from scheduler.bootstrap import bootstrap
from scheduler.settings import read_settings
from scheduler.store import queue
from tests.cli.conftest import Pullquote


def in_doubt(pullquote: Pullquote) -> None:
    pullquote("queue", "add", "6", "--channel", "us", "--at", "in 10 minutes")
    app = bootstrap(read_settings(), pullquote.clock)
    now = pullquote.clock()
    frozen = {"texts": ["The river reads the rain."]}
    values = {"status": "in-doubt", "next_at": None, "committed_at": now, "called_at": now, "message": frozen}
    with app.writing() as session:
        queue.change(session, queue.get(session, 1), **values, reason="Mastodon did not answer")
    app.close()


def test_what_is_in_doubt_what_to_look_for_and_the_answers(connected: Pullquote) -> None:
    assert "Nothing is in doubt" in connected("doubts").stdout
    in_doubt(connected)
    said = connected("doubts").stdout
    assert "“The river reads the rain.”" in said
    assert "Mastodon at 127.0.0.1" in said
    assert "queue resolve 1 --live URL" in said
    (found,) = connected.json("doubts")["deliveries"]
    assert (found["delivery"], found["asks"]) == (1, True)
    connected("queue", "resolve", "1", "--drop")
    connected("queue", "resolve", "1", "--drop")
    connected("queue", "resolve", "1", "--undo")
    assert connected.json("doubts")["deliveries"] == [found]
    assert "cancelled" not in connected("queue").stdout


def test_copies_that_nobody_said_anything_about(connected: Pullquote) -> None:
    assert "No copy of issue 8" in connected("doubts", "copies", "8").stdout
    assert connected.json("doubts", "copies", "8", "--answer", "drop") == []
