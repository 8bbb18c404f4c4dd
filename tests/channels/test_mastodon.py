from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from openapi_core.exceptions import OpenAPIError

from scheduler.channels import Call, Reply
from scheduler.channels.mastodon import Mastodon
from scheduler.domain.errors import AuthExpired, Permanent, Transient
from scheduler.domain.message import Message, Receipt
from tests.channels.cases import KEY, PNG
from tests.channels.drive import Driven, drive, reply
from tests.channels.openapi import contract

SERVER = "https://social.example"
AT = datetime(2026, 3, 2, 11, 59, 30, tzinfo=UTC)
mastodon = Mastodon(Mastodon.Config(server=SERVER, token="secret-token"))
POST = Message(text="“We were early,” says @ada@other.example.\n\nMore & more", dedupe_key=KEY, created_at=AT)
POSTED = reply(200, {"id": "103", "url": f"{SERVER}/@us/103"})
ME = reply(200, {"id": "1", "acct": "us"})
HTML = (
    '<p>“We were early,” says <span class="h-card"><a href="https://other.example/@ada">@<span>ada</span></a></span>.'
    "</p><p>More &amp; more</p>"
)


def status(**fields: Any) -> dict[str, Any]:
    return {
        "id": "9",
        "url": f"{SERVER}/@us/9",
        "content": HTML,
        "created_at": "2026-03-02T11:59:40.000Z",
        "in_reply_to_id": None,
    } | fields


def test_posts_with_the_key_that_stays_the_same() -> None:
    driven = drive(mastodon.publish(replace(POST, language="en", reply_to=Receipt("88"))), POSTED)

    assert driven.commit.url == f"{SERVER}/api/v1/statuses"
    assert driven.commit.headers["Idempotency-Key"] == KEY
    assert driven.commit.json == {
        "status": POST.text,
        "visibility": "public",
        "media_ids": [],
        "language": "en",
        "in_reply_to_id": "88",
    }
    assert driven.result == Receipt("103", f"{SERVER}/@us/103")


def test_uploads_the_card_with_its_alternative_text() -> None:
    driven = drive(mastodon.publish(replace(POST, images=(PNG,))), reply(200, {"id": "22"}), POSTED)

    upload = driven.calls[0]
    assert upload.url == f"{SERVER}/api/v2/media"
    assert upload.form == {"description": PNG.alt}
    assert upload.files is not None
    assert upload.files["file"][1:] == (PNG.data, "image/png")
    assert driven.commit.json["media_ids"] == ["22"]
    assert driven.kept == [{f"media:{KEY}:0": "22"}]


def test_waits_for_an_image_that_is_being_processed() -> None:
    driven = drive(
        mastodon.publish(replace(POST, images=(PNG,))),
        reply(202, {"id": "22", "url": None}),
        reply(206, {"id": "22"}),
        reply(200, {"id": "22"}),
        POSTED,
    )
    assert [call.url for call in driven.calls[1:3]] == [f"{SERVER}/api/v1/media/22"] * 2
    assert driven.commit.json["media_ids"] == ["22"]


def test_comes_back_for_an_image_that_takes_longer() -> None:
    driven = Driven()
    with pytest.raises(Transient, match="still processing"):
        drive(
            mastodon.publish(replace(POST, images=(PNG,))),
            reply(202, {"id": "22"}),
            *[reply(206)] * 3,
            driven=driven,
        )
    assert driven.kept == [{f"media:{KEY}:0": "22"}]
    assert not any(call.commits for call in driven.calls)


def test_a_later_attempt_uses_the_image_it_uploaded() -> None:
    again = replace(POST, images=(PNG,), kept={f"media:{KEY}:0": "22"})
    driven = drive(mastodon.publish(again), reply(200, {"id": "22"}), POSTED)
    assert [call.method for call in driven.calls] == ["GET", "POST"]
    assert driven.commit.json["media_ids"] == ["22"]


def test_an_image_that_is_gone_is_uploaded_again() -> None:
    again = replace(POST, images=(PNG,), kept={f"media:{KEY}:0": "22"})
    driven = drive(mastodon.publish(again), reply(404), reply(200, {"id": "23"}), POSTED)
    assert driven.commit.json["media_ids"] == ["23"]


def test_the_image_of_another_item_is_not_taken() -> None:
    other = replace(POST, images=(PNG,), kept={f"media:{'f' * 32}:0": "22"})
    assert drive(mastodon.publish(other), reply(200, {"id": "23"}), POSTED).commit.json["media_ids"] == ["23"]


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([reply(202, {"id": "2"}), reply(404)], Transient),
        ([reply(202, {"id": "2"}), reply(422, {"error": "Invalid image"})], Permanent),
        (
            [reply(422, {"error": "Validation failed: File has contents that are not what they are"})],
            Permanent,
        ),
        ([reply(500)], Transient),
    ],
)
def test_an_image_that_fails_stops_the_post(answers: list[Reply], expected: type[Exception]) -> None:
    with pytest.raises(expected):
        drive(mastodon.publish(replace(POST, images=(PNG,))), *answers)


def test_repeats_what_the_server_says_about_a_refusal() -> None:
    said = "Validation failed: Text character limit of 500 exceeded"
    assert mastodon.error(reply(422, {"error": said})).reason == f"Mastodon refused this: {said}"
    assert mastodon.error(reply(422, b"<html>")).reason == "Mastodon refused this, without saying why"
    assert mastodon.error(reply(422, {"error": "x" * 900})).reason.endswith("x…")


def test_a_suspended_account_pauses_the_channel() -> None:
    with pytest.raises(AuthExpired, match="login is currently disabled"):
        drive(mastodon.publish(POST), reply(403, {"error": "Your login is currently disabled"}))


def test_a_look_up_knows_the_post_by_its_words() -> None:
    others = [status(id="10", content="<p>Other</p>"), status()]  # no need to ask how they were typed
    driven = drive(mastodon.probe(POST), ME, reply(200, others))
    assert driven.result == Receipt("9", f"{SERVER}/@us/9")
    assert driven.calls[1].url == f"{SERVER}/api/v1/accounts/1/statuses"
    assert driven.calls[1].params["limit"] == "40"


def test_a_look_up_is_not_misled() -> None:
    answer = status(in_reply_to_id="5")
    before = status(created_at="2026-03-02T11:00:00Z")  # the same words, but before this was composed
    assert drive(mastodon.probe(POST), ME, reply(200, [answer, before])).result is None


def test_a_look_up_asks_how_other_words_were_typed() -> None:
    """One server shows <lines> as a tag, another makes *this* italic."""
    others = [status(id="8", content="<p>Other</p>"), status(content="<p>We were early</p>")]
    sources = [reply(200, {"id": "8", "text": "Other"}), reply(200, {"id": "9", "text": POST.text})]
    driven = drive(mastodon.probe(POST), ME, reply(200, others), *sources)
    assert driven.calls[3].url == f"{SERVER}/api/v1/statuses/9/source"
    assert driven.result.remote_id == "9"


@pytest.mark.parametrize(
    "source", [reply(200, {"id": "9", "text": "Other"}), reply(404, {"error": "Not found"})]
)
def test_other_words_are_not_ours(source: Reply) -> None:
    other = status(content="<p>Other</p>")
    assert drive(mastodon.probe(POST), ME, reply(200, [other]), source, reply(200, [])).result is None


def test_words_that_could_not_be_read_prove_nothing() -> None:
    with pytest.raises(Transient):
        drive(mastodon.probe(POST), ME, reply(200, [status(content="<p>Other</p>")]), reply(503))


def test_a_look_up_knows_a_shortened_link_and_a_hashtag() -> None:
    link = (
        '<a href="https://a.example/long/path"><span class="invisible">https://</span>'
        '<span class="ellipsis">a.example/lo</span><span class="invisible">ng/path</span></a>'
    )
    shown = f'<p>See {link}<br /><a class="hashtag">#<span>trains</span></a></p>'
    post = replace(POST, text="See https://a.example/long/path\n#trains")
    assert drive(mastodon.probe(post), ME, reply(200, [status(content=shown)])).result is not None


def test_a_look_up_turns_the_page_while_posts_are_newer() -> None:
    newer = [status(id=str(99 - n), content=f"<p>{n}</p>") for n in range(40)]
    unknown = reply(404)  # how they were typed, this server does not tell
    driven = drive(mastodon.probe(POST), ME, reply(200, newer), unknown, reply(200, [status()]))
    assert driven.calls[3].params["max_id"] == "60"
    assert driven.result.remote_id == "9"


def test_a_server_that_lists_fewer_than_it_was_asked_for_may_have_more() -> None:
    """GoToSocial and Pleroma have limits of their own: a short page is not the last one."""
    newer = [status(id=str(99 - n), content=f"<p>{n}</p>") for n in range(20)]
    driven = drive(mastodon.probe(POST), ME, reply(200, newer), reply(404), reply(200, [status()]))
    assert driven.result is not None
    assert driven.result.remote_id == "9"


def test_a_look_up_that_sees_no_end_proves_nothing() -> None:
    newer = [status(content="<p>x</p>")] * 40
    with pytest.raises(Transient, match="too many newer posts"):
        drive(mastodon.probe(POST), ME, *[reply(200, newer), reply(404)] * 5)


def test_a_look_up_trusts_no_clock_to_the_second() -> None:
    early = (AT - timedelta(minutes=2)).isoformat()
    assert drive(mastodon.probe(POST), ME, reply(200, [status(created_at=early)])).result is not None


def test_a_check_says_as_whom() -> None:
    assert drive(mastodon.check(), ME).result == "@us"


def test_asks_the_server_for_its_limits() -> None:
    instance = {"configuration": {"statuses": {"max_characters": 5000}}}
    driven = drive(mastodon.limits(), reply(200, instance))
    assert driven.calls[0].url == f"{SERVER}/api/v2/instance"
    assert Mastodon.Config(server=SERVER, token="t", **driven.result).max_characters == 5000


def mended(spec: Any) -> None:
    """Two flaws: a text with images is one of its three bodies *and* another; bytes are no JSON string."""
    for body in spec["paths"]["/api/v1/statuses"]["post"]["requestBody"]["content"].values():
        body["schema"]["anyOf"] = body["schema"].pop("oneOf")
    upload = spec["paths"]["/api/v2/media"]["post"]["requestBody"]["content"]["multipart/form-data"]
    del upload["schema"]["properties"]["file"]["type"]


def test_its_calls_are_as_the_api_describes_them() -> None:
    check = contract("mastodon.json", mended)
    post = replace(POST, images=(PNG,), language="en", reply_to=Receipt("88"))
    calls = drive(mastodon.publish(post), reply(202, {"id": "22"}), reply(200), POSTED).calls
    calls += drive(
        mastodon.probe(POST), ME, reply(200, [status(content="")]), reply(404), reply(200, [])
    ).calls
    calls += drive(
        mastodon.limits(), reply(200, {"configuration": {"statuses": {"max_characters": 1}}})
    ).calls
    assert len(calls) == 8
    for call in calls:
        check(call, SERVER)


def test_the_description_notices_a_wrong_call() -> None:
    check = contract("mastodon.json", mended)
    bad = Call(method="POST", url=f"{SERVER}/api/v1/statuses", json={"status": 5, "visibility": "nobody"})
    with pytest.raises(OpenAPIError):
        check(bad, SERVER)
