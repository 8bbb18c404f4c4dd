import json

from scheduler.demo.receiver import Receiver
from scheduler.demo.shelf import kept
from tests.cli.conftest import Pullquote


def test_sends_one_delivery_now_and_shows_its_calls(connected: Pullquote, receiver: Receiver) -> None:
    connected("queue", "add", "1", "--channel", "us")
    said = connected("send", "1").stdout
    assert "sent" in said
    assert "/api/v1/statuses" in said
    (post,) = kept(connected.folder / "received" / "mastodon", "post")
    assert "river" in post["status"]

    found = connected.json("queue", "show", "1")
    assert found["status"] == "sent"
    assert found["url"] == found["receipts"][0]["url"]
    (attempt,) = found["timeline"]
    assert (attempt["step"], attempt["outcome"]) == ("send", "Receipt")
    assert [call["method"] for call in attempt["calls"]] == ["POST", "POST"]
    assert [call.get("commits", False) for call in attempt["calls"]] == [False, True]
    assert "demo-token" not in json.dumps(found)
    assert "Live" in connected("queue", "show", "1").stdout


def test_what_was_sent_is_not_sent_again(connected: Pullquote) -> None:
    connected("queue", "add", "1", "--channel", "us")
    connected("send", "1")
    assert "is sent" in connected.refused("send", "1")


def test_a_refusal_is_exit_code_1_with_the_reason(connected: Pullquote, receiver: Receiver) -> None:
    connected("channels", "set", "us", "--set", f"server={receiver.networks['webhook'].address}")
    connected("queue", "add", "6", "--channel", "us")
    result = connected("send", "1", code=1)
    assert "http-401" in result.stdout


def test_a_paused_channel_sends_nothing(connected: Pullquote) -> None:
    connected("queue", "add", "1", "--channel", "us")
    connected("channels", "pause", "us")
    assert "pullquote channels resume us" in connected.refused("send", "1")
