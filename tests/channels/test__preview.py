from __future__ import annotations

from dataclasses import replace

from scheduler.channels import Reply, preview
from scheduler.channels._preview import preview_thread
from scheduler.channels.bluesky import Bluesky
from scheduler.channels.mastodon import Mastodon
from tests.channels.cases import PNG, POST


def test_shows_the_sign_in_and_every_upload() -> None:
    fresh = Bluesky(Bluesky.Config(handle="us.example", app_password="p"))
    calls = preview(fresh, replace(POST, images=(PNG, PNG)))
    assert [call.url.rpartition(".")[2] for call in calls] == [
        "createSession",
        "uploadBlob",
        "uploadBlob",
        "putRecord",
    ]
    assert calls[-1].json["record"]["text"] == POST.text


def test_shows_what_will_be_sent() -> None:
    mastodon = Mastodon(Mastodon.Config(server="https://social.example", token="t"))
    upload, post = preview(mastodon, POST)
    assert upload.form == {"description": PNG.alt}
    assert post.json["status"] == POST.text


def test_shows_the_same_every_time() -> None:
    mastodon = Mastodon(Mastodon.Config(server="https://social.example", token="t"))
    assert preview(mastodon, POST) == preview(mastodon, POST)


def test_each_item_of_a_thread_answers_the_one_before_it() -> None:
    fresh = Bluesky(Bluesky.Config(handle="us.example", app_password="p"))
    items = [replace(POST, images=(), dedupe_key=f"{n:032x}") for n in range(3)]
    first, second, third = preview_thread(fresh, items)
    assert [len(calls) for calls in (first, second, third)] == [2, 1, 1]  # the sign-in, once
    assert "reply" not in first[-1].json["record"]
    assert third[-1].json["record"]["reply"].keys() == {"root", "parent"}


def test_an_answer_may_be_anything_when_it_is_read_for_an_error() -> None:
    for body in (b"", b"\xff", b"[1]", b"1", b'{"error": ["x"]}', b"[" * 100_000):
        assert Reply(400, body).said("error") == ""
