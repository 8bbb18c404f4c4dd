from tests.cli.conftest import Pullquote


def test_the_panic_button_and_what_was_missed(connected: Pullquote) -> None:
    connected("queue", "add", "6", "--channel", "us", "--at", "in 10 minutes")
    connected("pause", "--all", "--why", "the wrong photo", "--by", "ana")
    assert "is paused already" in connected("pause", "--all", "--by", "ben").stdout
    assert "paused by ana: the wrong photo" in connected("queue").stderr
    assert "paused by ana: the wrong photo" in connected("doctor", code=1).stdout
    assert "`pullquote resume` first" in connected.refused("send", "1")
    connected.clock.advance(hours=2)
    refused = connected.refused("resume")
    assert "missed their time: 1." in refused
    assert "--missed" in refused
    assert connected.json("resume", "--missed", "hold") == {
        "resumed": "everything",
        "missed": 1,
        "then": "hold",
    }
    (found,) = connected.json("queue")
    assert found["status"] == "held"


def test_one_campaign_or_one_workspace(connected: Pullquote) -> None:
    connected("pause", "--article", "1")
    connected("pause", "--workspace", "The Ledger")
    assert "say which one goes" in connected.refused("resume")
    connected("resume", "--article", "1")
    connected("resume")
    assert "Nothing is paused" in connected.refused("resume")
    assert "Say what" in connected.refused("pause")
    assert "no workspace called 'Other'" in connected.refused("pause", "--workspace", "Other")


def test_a_channel_says_who_paused_it(connected: Pullquote) -> None:
    connected("pause", "--channel", "us", "--why", "a test", "--by", "ana")
    assert "us is paused by ana: a test" in connected("channels").stderr
    assert "paused by ana: a test" in connected("channels", "limits").stdout
    connected("resume", "--channel", "us")
    (each,) = connected.json("channels")
    assert each["status"] == "ready"


def test_what_is_left_of_a_channel_s_limits(connected: Pullquote) -> None:
    connected("queue", "add", "6", "--channel", "us", "--at", "in 10 minutes")
    connected("send", "1")
    assert "300 in 5 min per account" in connected("channels", "limits", "us").stdout
    (each,) = connected.json("channels", "limits")["channels"]
    assert (each["circuit"], each["limits"][0]["left"]) == ("closed", 74)
