"""Bluesky (AT Protocol), with an app password.

We choose the record's key and create it only where there is none, so a repeated call meets its own post.
https://docs.bsky.app/docs/advanced-guides/posts
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from pydantic import Field, SecretStr

from scheduler.channels._base import (
    Adapter,
    Call,
    ChannelConfig,
    CheckFlow,
    Flow,
    Part,
    ProbeFlow,
    Reply,
    SessionFlow,
    composed_at,
)
from scheduler.channels._facets import facets, handles
from scheduler.channels._fields import Line, Server
from scheduler.channels._units import graphemes, utf8
from scheduler.domain.capabilities import Capabilities, Dedupe, Images, Limit, Rate, Scope
from scheduler.domain.errors import AuthExpired, DeliveryError, Transient
from scheduler.domain.message import Image, Message, Receipt

COLLECTION = "app.bsky.feed.post"
SIGN_IN_AGAIN = frozenset({"ExpiredToken", "InvalidToken", "AuthMissing", "AuthenticationRequired"})
BASE32 = "234567abcdefghijklmnopqrstuvwxyz"  # sorts as the numbers do


class Bluesky(Adapter):
    kind = "bluesky"
    shown = frozenset({"did", "handle", "pds"})
    label = "Bluesky"
    docs = "https://bsky.app/settings/app-passwords"
    can = Capabilities(
        text=Limit(300, graphemes, "graphemes", also=Limit(3000, utf8, "bytes")),
        # 2 MB by today's lexicon, but a server with an older one refuses more than 1 MB
        images=Images(count=4, max_bytes=976_000, alt=Limit(2000, graphemes, "graphemes")),
        threads=True,
        dedupe=Dedupe.CLIENT_ID,
        # 5,000 points an hour and 35,000 a day, of which a post takes 3, and 3,000 calls in 5 minutes from one
        # address; the fields tell of whichever is nearest, and its span
        # https://docs.bsky.app/docs/advanced-guides/rate-limits
        rates=(
            Rate(most=5000 // 3, per=timedelta(hours=1), cost=3, signals=("ratelimit",)),
            Rate(most=35_000 // 3, per=timedelta(days=1), cost=3, signals=("ratelimit",)),
            Rate(scope=Scope.HOST, most=3000, per=timedelta(minutes=5), signals=("ratelimit",)),
        ),
    )

    class Config(ChannelConfig):
        handle: Line = Field(description="The account's handle, without @", examples=["us.bsky.social"])
        app_password: SecretStr = Field(
            description="An app password (not the account's own)", examples=["abcd-efgh-ijkl-mnop"]
        )
        server: Server = Field(
            "https://bsky.social", description="Where the account signs in", examples=["https://bsky.social"]
        )

    def account(self) -> str:
        handle: str = self.config.handle
        return handle.removeprefix("@").lower()

    def connect(self) -> SessionFlow:
        """Sign in. The server allows this 30 times in 5 minutes, 300 times a day: not for every post."""
        password = self.config.app_password.get_secret_value()
        body = {"identifier": self.config.handle.removeprefix("@"), "password": password}
        url = f"{self.config.server}/xrpc/com.atproto.server.createSession"
        session = self.expect((yield Call(method="POST", url=url, json=body)))
        return {
            "token": session["accessJwt"],
            "did": session["did"],
            "handle": session["handle"],
            "pds": _pds(session.get("didDoc")) or self.config.server,
        }

    def check(self) -> CheckFlow:
        session = self.expect((yield self._call("GET", "com.atproto.server.getSession")))
        return f"@{session['handle']}"

    def publish(self, message: Message) -> Flow:
        key = record_key(composed_at(message), message.dedupe_key)
        dids = yield from self._resolve(message.text)
        blobs = yield from self._upload(message.images)
        record = _record(message, facets(message.text, dids), _embed(message, blobs))
        body = self._place(key) | {"record": record, "swapRecord": None}  # only where there is none
        reply = yield self._call("POST", "com.atproto.repo.putRecord", commits=True, json=body)
        if reply.get("error") == "InvalidSwap":
            reply = yield self._get_record(key)  # an earlier attempt of ours: nobody else has this key
        return self._receipt(self.expect(reply), key)

    def probe(self, message: Message) -> ProbeFlow:
        key = record_key(composed_at(message), message.dedupe_key)
        reply = yield self._get_record(key)
        if reply.get("error") == "RecordNotFound":
            return None
        return self._receipt(self.expect(reply), key)

    def error(self, reply: Reply) -> DeliveryError:
        name, said = reply.said("error"), reply.said("message")
        if name in SIGN_IN_AGAIN:  # with status 400, not 401
            return AuthExpired("Bluesky no longer accepts this sign-in", f"bluesky:{name}")
        if name in {"AccountTakedown", "AccountSuspended", "AccountDeactivated"}:
            return AuthExpired(f"Bluesky has closed this account: {said or name}", f"bluesky:{name}")
        if name == "UpstreamFailure":
            return Transient("Bluesky is having trouble", "bluesky:UpstreamFailure")
        if reply.status in {400, 413} and name:
            return self.refused(reply, said or name, f"bluesky:{name}")
        return super().error(reply)

    def rehearse(self, call: Call) -> Reply:  # noqa: ARG002
        uri = f"at://did:plc:preview/{COLLECTION}/preview"
        blob = {"$type": "blob", "ref": {"$link": "preview"}, "mimeType": "image/png", "size": 1}
        session = {"accessJwt": "preview", "did": "did:plc:preview", "handle": self.config.handle}
        return Reply(200, json.dumps(session | {"uri": uri, "cid": "preview", "blob": blob}).encode())

    def _call(self, method: str, name: str, **parts: Any) -> Call:
        """A call to the account's own server, signed in."""
        session = self._signed_in()
        headers = {"Authorization": f"Bearer {session['token']}"} | parts.pop("headers", {})
        return Call(method=method, url=f"{session['pds']}/xrpc/{name}", headers=headers, **parts)

    def _signed_in(self) -> Mapping[str, str]:
        if not self.session:
            raise AuthExpired("This channel is not signed in to Bluesky", "bluesky:no-session")
        return self.session

    def _place(self, key: str) -> dict[str, str]:
        return {"repo": self._signed_in()["did"], "collection": COLLECTION, "rkey": key}

    def _get_record(self, key: str) -> Call:
        return self._call("GET", "com.atproto.repo.getRecord", params=self._place(key))

    def _resolve(self, text: str) -> Part[dict[str, str]]:
        """The accounts that a text mentions. A handle that is nobody's stays text."""
        dids = {}
        for handle in handles(text):
            reply = yield self._call("GET", "com.atproto.identity.resolveHandle", params={"handle": handle})
            if reply.ok:
                dids[handle] = reply.json()["did"]
            elif reply.status != 400 or reply.get("error") in SIGN_IN_AGAIN:
                raise self.error(reply)
        return dids

    def _upload(self, images: tuple[Image, ...]) -> Part[list[Any]]:
        blobs = []
        for image in images:
            reply = yield self._call(
                "POST",
                "com.atproto.repo.uploadBlob",
                headers={"Content-Type": image.type},
                content=image.data,
            )
            blobs.append(self.expect(reply)["blob"])
        return blobs

    def _receipt(self, stored: Any, key: str) -> Receipt:
        url = f"https://bsky.app/profile/{self._signed_in()['handle']}/post/{key}"
        return Receipt(remote_id=stored["uri"], url=url, extra={"cid": stored["cid"]})


def record_key(at: datetime, dedupe_key: str) -> str:
    """A TID (64 bits: 0, microseconds since 1970, clock id) that the same message always gets.

    The second is that of `at`; 20 bits below it and the clock id come from the dedupe key, so that the items
    of a thread, composed in the same second, differ.
    """
    spread = int.from_bytes(hashlib.sha256(dedupe_key.encode()).digest()[:8])
    microseconds = int(at.timestamp()) * 1_000_000 + spread % 1_000_000
    number = microseconds << 10 | (spread >> 32) % 1024
    return "".join(BASE32[number >> shift & 31] for shift in range(60, -1, -5))


def _record(message: Message, found: list[dict[str, Any]], embed: dict[str, Any]) -> dict[str, Any]:
    created = composed_at(message).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    record: dict[str, Any] = {"$type": COLLECTION, "text": message.text, "createdAt": created}
    if message.language:
        record["langs"] = [message.language]
    if message.reply_to:
        root = message.root or message.reply_to
        record["reply"] = {"root": _reference(root), "parent": _reference(message.reply_to)}
    return record | ({"facets": found} if found else {}) | ({"embed": embed} if embed else {})


def _reference(receipt: Receipt) -> dict[str, str]:
    return {"uri": receipt.remote_id, "cid": receipt.extra["cid"]}


def _embed(message: Message, blobs: list[Any]) -> dict[str, Any]:
    """The images, or else a card for the link: a post has one embed."""
    if blobs:
        images = [_image(image, blob) for image, blob in zip(message.images, blobs, strict=True)]
        return {"$type": "app.bsky.embed.images", "images": images}
    if not message.link:
        return {}
    title = message.about.get("title") or urlsplit(message.link).hostname or message.link
    external = {"uri": message.link, "title": title, "description": ""}
    return {"$type": "app.bsky.embed.external", "external": external}


def _image(image: Image, blob: Any) -> dict[str, Any]:
    shape = {"aspectRatio": {"width": image.width, "height": image.height}}
    return {"alt": image.alt, "image": blob} | (shape if image.width and image.height else {})


def _pds(document: Mapping[str, Any] | None) -> str:
    """The server that holds the account, as its DID document says."""
    services = (document or {}).get("service") or []
    return next((s["serviceEndpoint"].rstrip("/") for s in services if s.get("id") == "#atproto_pds"), "")


ADAPTER = Bluesky
