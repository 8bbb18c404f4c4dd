"""Mastodon, and every server that speaks its API.

The server keeps our Idempotency-Key for an hour; after that we look for the post among the account's own.
https://docs.joinmastodon.org/methods/statuses/#create
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Generator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Literal

from pydantic import Field, SecretStr

from scheduler.channels._base import (
    Adapter,
    Call,
    ChannelConfig,
    CheckFlow,
    Flow,
    Keep,
    LimitsFlow,
    Part,
    ProbeFlow,
    Reply,
    composed_at,
)
from scheduler.channels._fields import Server
from scheduler.channels._units import mastodon, without_servers
from scheduler.domain.capabilities import Capabilities, Dedupe, Images, Limit, Rate
from scheduler.domain.errors import AuthExpired, DeliveryError, Transient
from scheduler.domain.message import Image, Message, Receipt

LOOKS = 3  # at an image that is still being processed, in one attempt
PAGES = 5  # of 40 posts each, when we look for one
SKEW = timedelta(minutes=5)  # their clock is not ours


class Mastodon(Adapter):
    kind = "mastodon"
    label = "Mastodon"
    docs = "https://docs.joinmastodon.org/client/token/"
    can = Capabilities(
        text=Limit(500, mastodon, "characters"),
        images=Images(count=4, max_bytes=16 * 2**20, alt=Limit(1500)),
        threads=True,
        dedupe=Dedupe.KEY,
        key_window=timedelta(hours=1),
        # https://docs.joinmastodon.org/api/rate-limits/
        rates=(Rate(most=300, per=timedelta(minutes=5), signals=("x-ratelimit",)),),
    )

    class Config(ChannelConfig):
        server: Server = Field(
            description="The server that the account is on", examples=["https://mastodon.social"]
        )
        token: SecretStr = Field(
            description="An access token, from Preferences → Development, with the scopes "
            "write:statuses, write:media, read:accounts and read:statuses"
        )
        visibility: Literal["public", "unlisted", "private"] = Field(
            "public", description="Who sees the posts", examples=["public"]
        )
        max_characters: int = Field(
            500, ge=1, description="How long a post may be on this server", examples=[500]
        )

    def __init__(self, config: Any, session: Any = None):
        super().__init__(config, session)
        self.can = replace(self.can, text=Limit(config.max_characters, mastodon, "characters"))

    def publish(self, message: Message) -> Flow:
        media = []
        for number, image in enumerate(message.images):
            media.append((yield from self._attach(message, f"media:{message.dedupe_key}:{number}", image)))
        status = {"status": message.text, "visibility": self.config.visibility, "media_ids": media}
        if message.language:
            status["language"] = message.language
        if message.reply_to:
            status["in_reply_to_id"] = message.reply_to.remote_id
        key = {"Idempotency-Key": message.dedupe_key}
        reply = yield self._call("POST", "/api/v1/statuses", commits=True, headers=key, json=status)
        return _receipt(self.expect(reply))

    def probe(self, message: Message) -> ProbeFlow:
        """Look among the account's newest posts. Absent from all since it was composed means not published."""
        me = self.expect((yield self._call("GET", "/api/v1/accounts/verify_credentials")))
        since = composed_at(message) - SKEW
        newest: dict[str, str] = {}
        for _ in range(PAGES):
            params = {"limit": "40", "exclude_reblogs": "true"} | newest
            reply = yield self._call("GET", f"/api/v1/accounts/{me['id']}/statuses", params=params)
            posts = self.expect(reply)
            recent = [post for post in posts if datetime.fromisoformat(post["created_at"]) >= since]
            found = yield from self._find(recent, message)
            if found or not posts or len(recent) < len(posts):  # a short page may not be the last
                return _receipt(found) if found else None
            newest = {"max_id": posts[-1]["id"]}
        raise Transient("The account has too many newer posts to look through", "mastodon:probe")

    def _find(self, posts: list[Any], message: Message) -> Generator[Call, Reply, Any]:
        """The one of `posts` that is `message`: the same words, in answer to the same post."""
        parent = message.reply_to.remote_id if message.reply_to else None
        posts = [post for post in posts if post["in_reply_to_id"] == parent]
        shown = _words(without_servers(message.text))
        for post in posts:
            if _words(_text(post["content"])) == shown:
                return post
        for post in posts:  # a server may show the words in its own way, and still tell how they were typed
            reply = yield self._call("GET", f"/api/v1/statuses/{post['id']}/source")
            if reply.status == 404:
                return None
            if _words(self.expect(reply)["text"]) == _words(message.text):
                return post
        return None

    def check(self) -> CheckFlow:
        me = self.expect((yield self._call("GET", "/api/v1/accounts/verify_credentials")))
        return f"@{me['acct']}"

    def limits(self) -> LimitsFlow:
        instance = self.expect((yield self._call("GET", "/api/v2/instance")))
        return {"max_characters": instance["configuration"]["statuses"]["max_characters"]}

    def error(self, reply: Reply) -> DeliveryError:
        said = reply.said("error")
        match reply.status:
            case 403:  # a suspended account, an unconfirmed address, a token without the scope
                return AuthExpired(
                    f"Mastodon does not let this account post: {said or 'it is forbidden'}", "http-403"
                )
            case 404 | 413 | 422:
                return self.refused(reply, said)
            case _:
                return super().error(reply)

    def rehearse(self, call: Call) -> Reply:  # noqa: ARG002
        return Reply(200, json.dumps({"id": "preview", "url": f"{self.config.server}/preview"}).encode())

    def _call(self, method: str, path: str, **parts: Any) -> Call:
        token = {"Authorization": f"Bearer {self.config.token.get_secret_value()}"}
        headers = token | parts.pop("headers", {})
        return Call(method=method, url=self.config.server + path, headers=headers, **parts)

    def _attach(self, message: Message, name: str, image: Image) -> Part[str]:
        """Upload an image, or find the one that an earlier attempt uploaded: servers allow 30 in 30 minutes."""
        kept = message.kept.get(name)
        if kept and (yield from self._is_ready(kept)):
            return kept
        file = {"file": ("card", image.data, image.type)}
        form = {"description": image.alt}
        reply = yield self._call("POST", "/api/v2/media", form=form, files=file)
        media = str(self.expect(reply)["id"])
        yield Keep({name: media})
        if reply.status == 202 and not (yield from self._is_ready(media)):
            raise Transient("Mastodon lost the image while it was processing it", "mastodon:processing")
        return media

    def _is_ready(self, media: str) -> Part[bool]:
        """Wait until an uploaded image can be posted. False: the server does not have it (any more)."""
        for _ in range(LOOKS):
            reply = yield self._call("GET", f"/api/v1/media/{media}")
            if reply.status == 404:
                return False
            if reply.status != 206:
                self.expect(reply)
                return True
        raise Transient("Mastodon is still processing the image", "mastodon:processing")


def _receipt(status: Any) -> Receipt:
    return Receipt(remote_id=str(status["id"]), url=status["url"] or "")


def _words(text: str) -> str:
    """Without space: the server makes its own paragraphs."""
    return "".join(text.split())


def _text(content: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", content))


ADAPTER = Mastodon
