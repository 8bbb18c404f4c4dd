from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.channels.bluesky import COLLECTION, Bluesky, record_key
from scheduler.domain.errors import AuthExpired, Permanent, Transient
from scheduler.domain.message import Message, Receipt
from tests.channels.cases import BLOB, KEY, PNG
from tests.channels.drive import drive, reply

AT = datetime(2026, 3, 2, 11, 59, 30, 123456, tzinfo=UTC)
SESSION = {"token": "jwt", "did": "did:plc:us", "handle": "us.example", "pds": "https://pds.example"}
CONFIG = Bluesky.Config(handle="@us.example", app_password="app-password")
bluesky = Bluesky(CONFIG, SESSION)
POST = Message(text="Hello", dedupe_key=KEY, created_at=AT)
POSTED = reply(200, {"uri": f"at://did:plc:us/{COLLECTION}/k", "cid": "bafy"})


def record_of(message: Message, *before: Any) -> dict[str, Any]:
    record: dict[str, Any] = drive(bluesky.publish(message), *before, POSTED).commit.json["record"]
    return record


def test_signs_in_once_at_the_server_and_learns_where_the_account_lives() -> None:
    document = {"service": [{"id": "#atproto_pds", "serviceEndpoint": "https://pds.example/"}]}
    answer = {"accessJwt": "jwt", "refreshJwt": "r", "did": "did:plc:us", "handle": "us.example"}

    driven = drive(Bluesky(CONFIG).connect(), reply(200, answer | {"didDoc": document}))

    assert driven.calls[0].url == "https://bsky.social/xrpc/com.atproto.server.createSession"
    assert driven.calls[0].json == {"identifier": "us.example", "password": "app-password"}
    assert driven.result == SESSION


def test_without_a_did_document_the_account_lives_where_it_signs_in() -> None:
    answer = {"accessJwt": "jwt", "did": "did:plc:us", "handle": "us.example"}
    assert drive(Bluesky(CONFIG).connect(), reply(200, answer)).result["pds"] == "https://bsky.social"


def test_a_wrong_password_pauses_the_channel() -> None:
    with pytest.raises(AuthExpired):
        drive(Bluesky(CONFIG).connect(), reply(401, {"error": "AuthenticationRequired"}))


def test_does_not_sign_in_for_a_post() -> None:
    driven = drive(bluesky.publish(POST), POSTED)
    assert [call.url for call in driven.calls] == ["https://pds.example/xrpc/com.atproto.repo.putRecord"]
    assert driven.commit.headers["Authorization"] == "Bearer jwt"


def test_says_that_it_is_not_signed_in() -> None:
    with pytest.raises(AuthExpired, match="not signed in"):
        drive(Bluesky(CONFIG).publish(POST))


def test_creates_the_record_only_where_there_is_none() -> None:
    driven = drive(bluesky.publish(POST), POSTED)
    body = driven.commit.json

    assert body["swapRecord"] is None
    assert (body["repo"], body["collection"], body["rkey"]) == ("did:plc:us", COLLECTION, record_key(AT, KEY))
    assert body["record"] == {"$type": COLLECTION, "text": "Hello", "createdAt": "2026-03-02T11:59:30.123Z"}
    assert driven.result.remote_id == f"at://did:plc:us/{COLLECTION}/k"
    assert driven.result.url == f"https://bsky.app/profile/us.example/post/{record_key(AT, KEY)}"
    assert driven.result.extra == {"cid": "bafy"}


def test_a_repeat_meets_its_own_post() -> None:
    swap = reply(400, {"error": "InvalidSwap", "message": "Record was at bafy"})
    stored = reply(200, {"uri": "at://did:plc:us/x/y", "cid": "bafy", "value": {}})

    driven = drive(bluesky.publish(POST), swap, stored)

    assert [call.commits for call in driven.calls] == [True, False]
    assert driven.calls[1].params["rkey"] == driven.commit.json["rkey"]
    assert driven.result.remote_id == "at://did:plc:us/x/y"


def test_a_post_deleted_since_is_not_taken_for_ours() -> None:
    with pytest.raises(Permanent):
        drive(
            bluesky.publish(POST),
            reply(400, {"error": "InvalidSwap"}),
            reply(400, {"error": "RecordNotFound", "message": "Could not locate record"}),
        )


def test_an_image_has_its_alternative_text_and_shape() -> None:
    driven = drive(bluesky.publish(replace(POST, images=(PNG,))), reply(200, {"blob": BLOB}), POSTED)

    upload = driven.calls[0]
    assert upload.url.endswith("com.atproto.repo.uploadBlob")
    assert (upload.headers["Content-Type"], upload.content) == ("image/png", PNG.data)
    (image,) = driven.commit.json["record"]["embed"]["images"]
    assert image == {"alt": PNG.alt, "image": BLOB, "aspectRatio": {"width": 1080, "height": 1350}}


def test_an_image_without_alternative_text_still_has_the_field() -> None:
    bare = replace(PNG, alt="", width=0, height=0)
    record = record_of(replace(POST, images=(bare,)), reply(200, {"blob": BLOB}))
    assert record["embed"]["images"] == [{"alt": "", "image": BLOB}]


def test_a_link_without_an_image_gets_a_card() -> None:
    post = replace(
        POST, text="Read https://a.example/x", link="https://a.example/x", about={"title": "The X"}
    )
    record = record_of(post)
    assert record["embed"]["external"] == {"uri": "https://a.example/x", "title": "The X", "description": ""}
    assert record["facets"][0]["index"] == {"byteStart": 5, "byteEnd": 24}
    assert record_of(replace(post, about={}))["embed"]["external"]["title"] == "a.example"


def test_a_mention_is_resolved_before_the_post_goes_out() -> None:
    driven = drive(
        bluesky.publish(replace(POST, text="by @ada.example")), reply(200, {"did": "did:plc:ada"}), POSTED
    )
    assert driven.calls[0].params == {"handle": "ada.example"}
    (facet,) = driven.commit.json["record"]["facets"]
    assert facet["features"] == [{"$type": "app.bsky.richtext.facet#mention", "did": "did:plc:ada"}]


def test_a_mention_of_nobody_stays_text() -> None:
    nobody = reply(400, {"error": "InvalidRequest", "message": "Unable to resolve handle"})
    assert "facets" not in record_of(replace(POST, text="by @ada.example"), nobody)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [(reply(502), Transient), (reply(400, {"error": "ExpiredToken"}), AuthExpired)],
)
def test_a_mention_that_could_not_be_looked_up_waits(answer: Any, expected: type[Exception]) -> None:
    with pytest.raises(expected):
        drive(bluesky.publish(replace(POST, text="by @ada.example")), answer)


def test_an_item_of_a_thread_answers_the_one_before_it() -> None:
    first, second = Receipt("at://1", extra={"cid": "c1"}), Receipt("at://2", extra={"cid": "c2"})
    record = record_of(replace(POST, reply_to=second, root=first, language="en"))
    assert record["reply"] == {
        "root": {"uri": "at://1", "cid": "c1"},
        "parent": {"uri": "at://2", "cid": "c2"},
    }
    assert record["langs"] == ["en"]


def test_a_look_up_finds_the_post_or_its_absence() -> None:
    found = drive(bluesky.probe(POST), reply(200, {"uri": "at://1", "cid": "c1", "value": {}}))
    assert found.result == Receipt(
        "at://1", f"https://bsky.app/profile/us.example/post/{record_key(AT, KEY)}", {"cid": "c1"}
    )
    assert drive(bluesky.probe(POST), reply(400, {"error": "RecordNotFound"})).result is None
    with pytest.raises(Transient):
        drive(bluesky.probe(POST), reply(502))


def test_a_check_says_as_whom() -> None:
    assert drive(bluesky.check(), reply(200, {"handle": "us.example"})).result == "@us.example"


keys = st.text("0123456789abcdef", min_size=32, max_size=32)
times = st.datetimes(datetime(2020, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(times, keys)
def test_a_record_key_is_a_tid(at: datetime, key: str) -> None:
    tid = record_key(at, key)
    assert re.fullmatch("[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}", tid)
    assert tid == record_key(at, key)


@given(times, keys, keys)
def test_record_keys_sort_by_the_second(at: datetime, one: str, other: str) -> None:
    assert record_key(at, one) < record_key(at + timedelta(seconds=1), other)


def test_record_keys_of_one_second_differ() -> None:
    assert len({record_key(AT, f"{n:032x}") for n in range(10_000)}) == 10_000
