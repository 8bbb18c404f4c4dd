"""The services of the demo refuse what the real ones refuse, and know a repeat."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from scheduler.demo.networks import GONE, NETWORKS, TOKEN, Answer, Network, Request
from scheduler.demo.shelf import Shelf, kept


class Service:
    """One network, asked without a socket."""

    def __init__(self, name: str, folder: Path):
        self.network: Network = NETWORKS[name](f"http://127.0.0.1:1/{name}", Shelf(folder))
        self.folder = folder

    def __call__(
        self,
        method: str,
        path: str,
        body: Any = None,
        headers: Mapping[str, str] | None = None,
        parts: Mapping[str, bytes] | None = None,
        **query: str,
    ) -> Answer:
        data = json.dumps(body).encode() if body is not None else b""
        request = Request(method, "", path, query, headers or {}, data, parts or {})
        return self.network.answer(request)


@pytest.fixture
def service(request: pytest.FixtureRequest, tmp_path: Path) -> Service:
    return Service(request.param, tmp_path)


def only(name: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("service", [name], indirect=True)


BEARER = {"authorization": f"Bearer {TOKEN}"}


@only("mastodon")
def test_mastodon_posts_once_for_a_key(service: Service) -> None:
    post = {"status": "A river.", "media_ids": []}
    first = service("POST", "api/v1/statuses", post, BEARER | {"idempotency-key": "k"})
    again = service("POST", "api/v1/statuses", post, BEARER | {"idempotency-key": "k"})
    assert first.body == again.body
    assert len(kept(service.folder, "post")) == 1


@only("mastodon")
def test_mastodon_refuses_strangers_unknown_media_and_long_texts(service: Service) -> None:
    assert service("GET", "api/v1/accounts/verify_credentials").status == 401
    key = BEARER | {"idempotency-key": "k"}
    assert service("POST", "api/v1/statuses", {"status": "A", "media_ids": ["7"]}, key).status == 422
    assert service("POST", "api/v1/statuses", {"status": "A" * 501, "media_ids": []}, key).status == 422
    long_link = {"status": f"https://x.example/{'a' * 600}", "media_ids": []}
    assert service("POST", "api/v1/statuses", long_link, key).status == 200


@only("bluesky")
def test_bluesky_knows_a_record_by_its_key(service: Service) -> None:
    path = "xrpc/com.atproto.repo.putRecord"
    record = {
        "repo": "did:plc:demo",
        "collection": "c",
        "rkey": "k",
        "record": {"text": "A"},
        "swapRecord": None,
    }
    signed_in = {"authorization": "Bearer demo-session"}
    assert service("POST", path, record).body["error"] == "AuthMissing"
    assert service("POST", path, record, signed_in).status == 200
    assert service("POST", path, record, signed_in).body["error"] == "InvalidSwap"
    assert len(kept(service.folder, "post")) == 1


@only("discord")
def test_discord_asks_once_to_slow_down(service: Service) -> None:
    path = f"api/webhooks/1/{TOKEN}"
    slowed = service("POST", path, {"content": "A"})
    assert (slowed.status, slowed.headers["Retry-After"]) == (429, "2")
    assert service("POST", path, {"content": "A"}).status == 200
    assert service("POST", "api/webhooks/1/other", {"content": "A"}).body["code"] == 10015


@only("webhook")
def test_the_webhook_takes_nothing_that_is_not_signed(service: Service) -> None:
    assert service("POST", "in", {"data": {"images": []}}).status == 401


@only("postmark")
def test_postmark_answers_for_each_mail(service: Service) -> None:
    token = {"x-postmark-server-token": TOKEN}
    mails = [{"To": to, "HtmlBody": "<p>", "TextBody": "t"} for to in ("ada@x.example", f"{GONE}x.example")]
    answer = service("POST", "email/batch", mails, token)
    assert [each["ErrorCode"] for each in answer.body] == [0, 406]
    assert len(kept(service.folder, "mail")) == 1
    assert service("POST", "email/batch", mails).status == 401


@only("mailpit")
def test_mailpit_finds_a_mail_by_its_tag(service: Service) -> None:
    service("POST", "api/v1/send", {"HTML": "<p>", "Text": "t", "Tags": ["k"]})
    assert service("GET", "api/v1/search", query='tag:"k"').body["messages"]
    assert service("GET", "api/v1/search", query='tag:"other"').body["messages"] == []
