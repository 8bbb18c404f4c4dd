"""One case for each kind of channel: how it is configured, what a good flow is answered, what refusals mean.

A kind without a case fails the contract test: add it here on the day the kind is added.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from scheduler.channels import Adapter, Reply, adapter
from scheduler.domain.errors import AuthExpired, DeliveryError, Permanent, RateLimited, Transient
from scheduler.domain.message import Image, Letter, Message, Recipient
from tests.channels.drive import reply

KEY = "0123456789abcdef0123456789abcdef"
PNG = Image(b"\x89PNG\r\n\x1a\n...", "image/png", "“We were early.” Ada", 1080, 1350)
POST = Message(
    text="“We were early,” says Ada. https://example.com/early #trains",
    link="https://example.com/early",
    images=(PNG,),
    language="en",
    dedupe_key=KEY,
    created_at=datetime(2026, 3, 2, 11, 59, 30, 123456, tzinfo=UTC),
    about={"title": "The early train", "author": "Bo", "quote": "We were early.", "speaker": "Ada"},
)
ADA = Recipient(7, "ada@example.com", "Ada", {"name": "Ada", "unsubscribe": "https://example.com/u/a?x=1&y"})
BO = Recipient(8, "bo@example.com", "", {"name": "Bo <b>", "unsubscribe": "https://example.com/u/b"})
LETTER = Letter(
    subject="This week",
    html="<p>Dear %%PQ:name%%</p>",
    text="Dear %%PQ:name%%",
    recipients=(ADA, BO),
    headers={
        "List-Unsubscribe": "<%%PQ:unsubscribe%%>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    },
)
BATCH = Message(dedupe_key=KEY, created_at=POST.created_at, letter=LETTER)

Refusal = tuple[Reply, type[DeliveryError], str]


@dataclass(frozen=True)
class Case:
    kind: str
    config: Mapping[str, Any]
    message: Message
    replies: tuple[Reply, ...]  # to a flow that goes well
    session: Mapping[str, str] = field(default_factory=dict)
    refusals: tuple[Refusal, ...] = ()

    def adapter(self) -> Adapter:
        cls = adapter(self.kind)
        return cls(cls.Config(**self.config), self.session)


#: What every kind makes of plain HTTP.
COMMON: tuple[Refusal, ...] = (
    (reply(401), AuthExpired, "http-401"),
    (reply(418, b"no"), Permanent, "http-418"),
    (reply(429, b"", retry_after="7"), RateLimited, "http-429"),
    (reply(429), RateLimited, "http-429"),
    (reply(302, b"", location="https://elsewhere.example"), Permanent, "http-302"),
    (reply(408), Transient, "http-408"),
    (reply(500), Transient, "http-500"),
    (reply(502, b"<html>Bad gateway"), Transient, "http-502"),
    (reply(503), Transient, "http-503"),
    (reply(504, b"[1]"), Transient, "http-504"),
)
BLOB = {"$type": "blob", "ref": {"$link": "bafkrei"}, "mimeType": "image/png", "size": 11}

CASES = (
    Case(
        "bluesky",
        {"handle": "us.bsky.social", "app_password": "s3cr3t-app-password"},
        POST,
        (
            reply(200, {"blob": BLOB}),
            reply(200, {"uri": "at://did:plc:us/app.bsky.feed.post/3k", "cid": "bafyrei"}),
        ),
        {
            "token": "s3cr3t-access-token",
            "did": "did:plc:us",
            "handle": "us.bsky.social",
            "pds": "https://pds.example",
        },
        (
            (
                reply(400, {"error": "ExpiredToken", "message": "Token has expired"}),
                AuthExpired,
                "bluesky:ExpiredToken",
            ),
            (reply(400, {"error": "InvalidToken"}), AuthExpired, "bluesky:InvalidToken"),
            (reply(401, {"error": "AuthenticationRequired"}), AuthExpired, "bluesky:AuthenticationRequired"),
            (reply(401, {"error": "AccountTakedown"}), AuthExpired, "bluesky:AccountTakedown"),
            (
                reply(
                    400,
                    {
                        "error": "InvalidRequest",
                        "message": "Record/text must not be longer than 300 graphemes",
                    },
                ),
                Permanent,
                "bluesky:InvalidRequest",
            ),
            (reply(400, {"error": "BlobNotFound"}), Permanent, "bluesky:BlobNotFound"),
            (reply(413, {"error": "PayloadTooLarge"}), Permanent, "bluesky:PayloadTooLarge"),
            (reply(502, {"error": "UpstreamFailure"}), Transient, "bluesky:UpstreamFailure"),
            (reply(500, {"error": "InternalServerError"}), Transient, "http-500"),
            (
                reply(429, {"error": "RateLimitExceeded"}, ratelimit_reset="1772452860"),
                RateLimited,
                "http-429",
            ),
        ),
    ),
    Case(
        "discord",
        {"webhook_url": "https://discord.example/api/webhooks/123/s3cr3t-token", "thread_id": "55"},
        POST,
        (reply(200, {"id": "9", "channel_id": "5"}),),
        {"guild_id": "77"},
        (
            (reply(404, {"message": "Unknown Webhook", "code": 10015}), AuthExpired, "discord:10015"),
            (reply(401, {"message": "Invalid Webhook Token", "code": 50027}), AuthExpired, "discord:50027"),
            (reply(400, {"message": "forum", "code": 220001}), AuthExpired, "discord:220001"),
            (reply(400, {"message": "Invalid Form Body", "code": 50035}), Permanent, "discord:50035"),
            (reply(413, {"message": "Request entity too large", "code": 40005}), Permanent, "discord:40005"),
            (reply(429, {"message": "slow", "retry_after": 64.57, "global": False}), RateLimited, "http-429"),
            (reply(404, b"<html>"), Permanent, "http-404"),
        ),
    ),
    Case(
        "mailpit",
        {
            "from_address": "news@example.com",
            "from_name": "News",
            "username": "u",
            "password": "s3cr3t-password",
        },
        Message(dedupe_key=KEY, created_at=POST.created_at, letter=Letter("Hi", "<p>", "t", (ADA,))),
        (reply(200, {"ID": "iAfZVVe2UQfNSG5BAjgYwa"}),),
        refusals=((reply(413, {"Error": "too large"}), Permanent, "http-413"),),
    ),
    Case(
        "mastodon",
        {"server": "https://social.example/", "token": "s3cr3t-token"},
        POST,
        (
            reply(200, {"id": "22", "url": "https://social.example/media/22"}),
            reply(200, {"id": "103", "url": "https://social.example/@us/103"}),
        ),
        refusals=(
            (reply(401, {"error": "The access token is invalid"}), AuthExpired, "http-401"),
            (reply(403, {"error": "Your login is currently disabled"}), AuthExpired, "http-403"),
            (
                reply(422, {"error": "Validation failed: Text character limit of 500 exceeded"}),
                Permanent,
                "http-422",
            ),
            (reply(404, {"error": "Record not found"}), Permanent, "http-404"),
            (reply(413), Permanent, "http-413"),
            (
                reply(429, {"error": "Too many requests"}, x_ratelimit_reset="2026-03-02T12:05:00.000000Z"),
                RateLimited,
                "http-429",
            ),
        ),
    ),
    Case(
        "postmark",
        {"from_address": "news@example.com", "server_token": "s3cr3t-server-token"},
        BATCH,
        (reply(200, [{"ErrorCode": 0, "MessageID": "m-7"}, {"ErrorCode": 0, "MessageID": "m-8"}]),),
        refusals=(
            (
                reply(401, {"ErrorCode": 10, "Message": "No Account or Server API tokens"}),
                AuthExpired,
                "postmark:10",
            ),
            (reply(422, {"ErrorCode": 405, "Message": "Not allowed to send"}), AuthExpired, "postmark:405"),
            (reply(422, {"ErrorCode": 412, "Message": "Account is pending"}), AuthExpired, "postmark:412"),
            (reply(422, {"ErrorCode": 413, "Message": "Account may not send"}), AuthExpired, "postmark:413"),
            (reply(422, {"ErrorCode": 400, "Message": "No signature"}), AuthExpired, "postmark:400"),
            (
                reply(422, {"ErrorCode": 300, "Message": "Invalid 'From' address"}),
                AuthExpired,
                "postmark:300",
            ),
            (reply(422, {"ErrorCode": 300, "Message": "Invalid 'Subject'"}), Permanent, "postmark:300"),
            (reply(422, {"ErrorCode": 402, "Message": "Invalid JSON"}), Permanent, "postmark:402"),
            (reply(422, {"ErrorCode": 410, "Message": "Too many"}), Permanent, "postmark:410"),
            (reply(503, {"ErrorCode": 100, "Message": "Maintenance"}), RateLimited, "postmark:100"),
            (reply(429, {"ErrorCode": 429, "Message": "Slow"}, retry_after="7"), RateLimited, "postmark:429"),
        ),
    ),
    Case(
        "webhook",
        {
            "url": "https://hooks.example/in?key=s3cr3t-query",
            "headers": {"Authorization": "Bearer s3cr3t-header"},
            "signing_secret": "whsec_c2VjcmV0IHNlY3JldCBzZWNyZXQgc2VjcmV0",
            "id_field": "data.id",
        },
        POST,
        (reply(201, {"data": {"id": 4}}),),
        refusals=(
            (reply(410), AuthExpired, "http-410"),
            (reply(404), AuthExpired, "http-404"),
            (reply(403), AuthExpired, "http-403"),
            (reply(409), Permanent, "http-409"),
            (reply(422, {"error": "no"}), Permanent, "http-422"),
        ),
    ),
    Case(
        "webhook",
        {"url": "https://hooks.example/in", "repeat_is_safe": True},
        POST,
        (reply(202),),
        refusals=((reply(409), Transient, "http-409"),),
    ),
)
