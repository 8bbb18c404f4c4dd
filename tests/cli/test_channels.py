from pathlib import Path

import pytest

from scheduler.channels import kinds
from scheduler.demo.networks import TOKEN
from scheduler.demo.receiver import Receiver
from tests.cli.conftest import Pullquote

HOOK = ("--set", "url=https://hooks.example/in")
SECRET = "a-very-secret-token"


def test_lists_the_kinds_with_what_each_asks_for(pullquote: Pullquote) -> None:
    told = pullquote("channels", "kinds").stdout
    found = pullquote.json("channels", "kinds")
    assert [kind["kind"] for kind in found] == list(kinds())
    assert all(kind in told for kind in kinds())
    mastodon = next(kind for kind in found if kind["kind"] == "mastodon")
    assert [field["name"] for field in mastodon["fields"] if field["required"]] == ["server", "token"]
    assert [field["name"] for field in mastodon["fields"] if field["secret"]] == ["token"]


def test_connects_with_options_and_asks_the_service_who_we_are(
    pullquote: Pullquote, receiver: Receiver
) -> None:
    server = receiver.networks["mastodon"].address
    said = pullquote(
        *("channels", "add", "mastodon", "us", "--zone", "Asia/Tokyo", "--slots", "daily 18:00"),
        *("--set", f"server={server}", "--set", f"token={TOKEN}"),
    ).stdout
    assert "us is connected: Mastodon, daily 18:00 (Asia/Tokyo)." in said
    assert "us works. We are @ledger." in said
    assert "us works" in pullquote("channels", "check", "us").stdout
    (found,) = pullquote.json("channels")
    assert (found["name"], found["kind"], found["zone"]) == ("us", "mastodon", "Asia/Tokyo")
    assert (found["slots"], found["status"], found["waiting"]) == ("daily 18:00", "ready", 0)


def test_a_token_that_is_wrong_is_said_and_mended(pullquote: Pullquote, receiver: Receiver) -> None:
    server = receiver.networks["mastodon"].address
    add = ("channels", "add", "mastodon", "--set", f"server={server}", "--set", "token=wrong")
    assert "no longer accepts this channel's credentials" in pullquote.refused(*add)
    pullquote("channels", "set", "mastodon", "--set", f"token={TOKEN}")
    assert "mastodon works" in pullquote("channels", "check", "mastodon").stdout


def test_reads_secrets_from_the_environment(pullquote: Pullquote, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PULLQUOTE_BLUESKY_HANDLE", "us.example")
    monkeypatch.setenv("PULLQUOTE_BLUESKY_APP_PASSWORD", SECRET)
    result = pullquote("channels", "add", "bluesky", "--from-env", "--no-check")
    assert "bluesky is connected" in result.stdout
    assert SECRET not in result.output
    assert SECRET.encode() not in Path("queue.db").read_bytes()


def test_asks_for_what_is_missing_and_hides_secrets(
    pullquote: Pullquote, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scheduler.cli._ask.somebody_is_there", lambda: True)
    typed = f"https://social.example\n{SECRET}\nfri 17:00\n"
    result = pullquote("channels", "add", "mastodon", "--no-check", typed=typed)
    assert "The server that the account is on" in result.stderr
    assert "docs.joinmastodon.org" in result.stderr
    assert SECRET not in result.output
    assert "fri 17:00" in result.stdout


def test_says_how_to_give_what_is_missing_where_nobody_can_answer(pullquote: Pullquote) -> None:
    sentence = pullquote.refused("channels", "add", "mastodon", "--set", "server=https://social.example")
    assert "--set token=…" in sentence
    assert "PULLQUOTE_MASTODON_TOKEN" in sentence


def test_refuses_what_is_not_right_and_never_repeats_the_value(pullquote: Pullquote) -> None:
    add = ("channels", "add", "webhook", "--set")
    assert "url" in pullquote.refused(*add, "url=ftp://example.com")
    assert SECRET not in pullquote.refused(*add, "url=https://x.example", "--set", f"signing_secret={SECRET}")
    assert "has no field 'uri'" in pullquote.refused(*add, "uri=https://x.example")
    assert "is not JSON" in pullquote.refused(*add, "url=https://x.example", "--set", "headers=Bearer")
    pullquote(*add, "url", code=2)
    assert pullquote.json("channels") == []


def test_takes_structured_fields_as_json(pullquote: Pullquote) -> None:
    headers = 'headers={"Authorization": "Bearer x"}'
    pullquote("channels", "add", "webhook", *HOOK, "--set", headers, "--no-check")


def test_a_name_is_given_once(pullquote: Pullquote) -> None:
    pullquote("channels", "add", "webhook", *HOOK, "--no-check")
    assert "already" in pullquote.refused("channels", "add", "webhook", *HOOK, "--no-check")


def test_slots_are_shown_and_replaced(pullquote: Pullquote) -> None:
    pullquote("channels", "add", "webhook", *HOOK, "--no-check")
    assert "webhook: no slots (Europe/Amsterdam)" in pullquote("channels", "slots", "webhook").stdout
    pullquote("channels", "slots", "webhook", "sat,sun 10:00")
    assert pullquote.json("channels")[0]["slots"] == "sat,sun 10:00"
    assert "is not a weekday" in pullquote.refused("channels", "slots", "webhook", "someday 10:00")


def test_pause_and_resume(pullquote: Pullquote) -> None:
    pullquote("channels", "add", "webhook", *HOOK, "--no-check")
    pullquote("channels", "pause", "webhook", "--why", "a quiet week")
    assert pullquote.json("channels")[0]["status"] == "paused"
    assert "webhook is paused: a quiet week." in pullquote("channels").stderr
    pullquote("channels", "resume", "webhook")
    assert pullquote.json("channels")[0]["status"] == "ready"


def test_the_policy_for_missed_times(pullquote: Pullquote) -> None:
    pullquote("channels", "add", "webhook", *HOOK, "--no-check")
    set_ = ("--missed", "skip", "--late", "5", "--gap", "10", "--spacing", "30")
    assert "after that: skip" in pullquote("channels", "policy", "webhook", *set_).stdout
    found = pullquote.json("channels")[0]
    assert (found["missed"], found["late_minutes"]) == ("skip", 5)
    assert (found["gap_seconds"], found["spacing_minutes"]) == (10, 30)
    assert "use send, hold or skip" in pullquote.refused(
        "channels", "policy", "webhook", "--missed", "forget"
    )


def test_removes_a_channel_with_its_queue(connected: Pullquote) -> None:
    connected("queue", "add", "1", "--channel", "us")
    assert "its 1 waiting deliveries" in connected.refused("channels", "remove", "us")
    connected("channels", "remove", "us", "--yes")
    assert connected.json("channels") == []
    assert connected.json("queue") == []
