"""Six services, played as closely as the demo needs: they check credentials, keep media, and know a repeat.

They are written from the services' own references, not from our channels: a mistake of a channel is refused here.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from scheduler.demo.shelf import Shelf

TOKEN = "demo-token"  # noqa: S105 (of services that exist on this machine only, for a minute)
SIGNING_SECRET = "whsec_" + base64.b64encode(b"a secret of the demo, 32 bytes..").decode()
_LINK = re.compile(r"https?://\S+")  # every one counts 23 characters
GONE = "gone@"  # how an address begins that Postmark knows to be inactive


@dataclass(frozen=True)
class Request:
    method: str
    network: str
    path: str  # behind the service's own part
    query: Mapping[str, str]
    headers: Mapping[str, str]  # names in lower case
    body: bytes
    parts: Mapping[str, bytes]  # of a multipart form

    def json(self) -> Any:
        return json.loads(self.body or b"{}")


@dataclass(frozen=True)
class Answer:
    status: int
    body: Any
    headers: Mapping[str, str] = field(default_factory=dict)


class Network:
    """A service at `address`. `answer` is called for one request at a time."""

    def __init__(self, address: str, shelf: Shelf):
        self.address = address
        self.shelf = shelf

    def answer(self, request: Request) -> Answer:
        raise NotImplementedError


class Mastodon(Network):
    """https://docs.joinmastodon.org/methods/statuses/, media and accounts."""

    MOST = 500  # characters

    def __init__(self, address: str, shelf: Shelf):
        super().__init__(address, shelf)
        self._by_key: dict[str, dict[str, Any]] = {}
        self._media: set[str] = set()

    def answer(self, request: Request) -> Answer:
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            return Answer(401, {"error": "The access token is invalid"})
        match request.method, request.path:
            case "GET", "api/v1/accounts/verify_credentials":
                return Answer(200, {"id": "1", "acct": "ledger"})
            case "GET", "api/v1/accounts/1/statuses":
                return Answer(200, list(reversed(self._by_key.values())))
            case "POST", "api/v2/media":
                return self._attach(request)
            case "POST", "api/v1/statuses":
                return self._post(request)
        return Answer(404, {"error": "Record not found"})

    def _attach(self, request: Request) -> Answer:
        number = str(self.shelf.keep_file("card.png", request.parts["file"]))
        self._media.add(number)
        return Answer(200, {"id": number, "description": request.parts["description"].decode()})

    def _post(self, request: Request) -> Answer:
        key, status = request.headers.get("idempotency-key", ""), request.json()
        if key in self._by_key:
            return Answer(200, self._by_key[key])
        if not set(status["media_ids"]) <= self._media:
            return Answer(422, {"error": "Validation failed: the media is unknown"})
        if len(_LINK.sub("x" * 23, status["status"])) > self.MOST:
            return Answer(422, {"error": "Validation failed: the text is too long"})
        number = self.shelf.keep("post", {"key": key} | status)
        self._by_key[key] = {
            "id": str(number),
            "url": f"{self.address}/@ledger/{number}",
            "content": status["status"],
            "in_reply_to_id": status.get("in_reply_to_id"),
        }
        return Answer(200, self._by_key[key])


class Bluesky(Network):
    """https://docs.bsky.app/docs/api/: sessions, blobs and records."""

    def __init__(self, address: str, shelf: Shelf):
        super().__init__(address, shelf)
        self._records: dict[str, Any] = {}

    def answer(self, request: Request) -> Answer:
        name = request.path.removeprefix("xrpc/")
        if name == "com.atproto.server.createSession":
            return self._sign_in(request.json())
        if request.headers.get("authorization") != "Bearer demo-session":
            return Answer(401, {"error": "AuthMissing", "message": "Authentication Required"})
        match name:
            case "com.atproto.server.getSession":
                return Answer(200, {"did": "did:plc:demo", "handle": "ledger.demo"})
            case "com.atproto.repo.uploadBlob":
                return self._upload(request)
            case "com.atproto.repo.putRecord":
                return self._put(request.json())
            case "com.atproto.repo.getRecord" if request.query["rkey"] in self._records:
                return Answer(200, self._records[request.query["rkey"]])
            case "com.atproto.repo.getRecord":
                return Answer(400, {"error": "RecordNotFound", "message": "Could not locate record"})
        return Answer(400, {"error": "InvalidRequest", "message": f"{name} is not known"})

    def _sign_in(self, given: Mapping[str, str]) -> Answer:
        if given["password"] != TOKEN:
            return Answer(
                401, {"error": "AuthenticationRequired", "message": "Invalid identifier or password"}
            )
        session = {"accessJwt": "demo-session", "refreshJwt": "demo-refresh"}
        return Answer(200, session | {"did": "did:plc:demo", "handle": given["identifier"]})

    def _upload(self, request: Request) -> Answer:
        number = self.shelf.keep_file("card.png", request.body)
        mime, size = request.headers["content-type"], len(request.body)
        reference = {"$link": f"demo-{number}"}
        return Answer(200, {"blob": {"$type": "blob", "ref": reference, "mimeType": mime, "size": size}})

    def _put(self, given: Mapping[str, Any]) -> Answer:
        key = given["rkey"]
        if key in self._records and given.get("swapRecord", "") is None:
            return Answer(400, {"error": "InvalidSwap", "message": "Record was at another version"})
        number = self.shelf.keep("post", {"key": key} | given["record"])
        uri = f"at://{given['repo']}/{given['collection']}/{key}"
        self._records[key] = {"uri": uri, "cid": f"cid-{number}"}
        return Answer(200, self._records[key])


class Discord(Network):
    """https://discord.com/developers/docs/resources/webhook. Asks once to be called more slowly."""

    def __init__(self, address: str, shelf: Shelf):
        super().__init__(address, shelf)
        self._asked = False

    def answer(self, request: Request) -> Answer:
        if request.path != f"api/webhooks/1/{TOKEN}":
            return Answer(404, {"code": 10015, "message": "Unknown Webhook"})
        if request.method == "GET":
            return Answer(200, {"id": "1", "name": "The newsroom", "guild_id": "7", "channel_id": "8"})
        if not self._asked:
            self._asked = True
            slower = {"message": "You are being rate limited.", "retry_after": 2, "global": False}
            return Answer(429, slower, {"Retry-After": "2"})
        return self._post(request)

    def _post(self, request: Request) -> Answer:
        post = json.loads(request.parts["payload_json"]) if request.parts else request.json()
        for name, data in request.parts.items():
            if name.startswith("files"):
                self.shelf.keep_file("card.png", data)
        number = self.shelf.keep("post", post)
        return Answer(200, {"id": str(number), "channel_id": "8", "content": post["content"]})


class Webhook(Network):
    """A receiver of one's own: https://github.com/standard-webhooks/standard-webhooks."""

    def __init__(self, address: str, shelf: Shelf):
        super().__init__(address, shelf)
        self._by_key: dict[str, int] = {}

    def answer(self, request: Request) -> Answer:
        if not _is_signed(request):
            return Answer(401, {"error": "the signature is not right"})
        key = request.headers["idempotency-key"]
        if key not in self._by_key:
            self._by_key[key] = self.shelf.keep("post", self._without_images(request.json()))
        number = self._by_key[key]
        return Answer(200, {"id": str(number), "url": f"{self.address}/{number}"})

    def _without_images(self, post: dict[str, Any]) -> dict[str, Any]:
        for image in post["data"]["images"]:
            data = base64.b64decode(image["data"].partition(",")[2])
            image["data"] = f"file {self.shelf.keep_file('card.png', data)}"
        return post


def _is_signed(request: Request) -> bool:
    name, seconds = request.headers.get("webhook-id", ""), request.headers.get("webhook-timestamp", "")
    key = base64.b64decode(SIGNING_SECRET.removeprefix("whsec_"))
    mac = hmac.digest(key, f"{name}.{seconds}.".encode() + request.body, hashlib.sha256)
    expected = f"v1,{base64.b64encode(mac).decode()}"
    return hmac.compare_digest(expected, request.headers.get("webhook-signature", ""))


class Postmark(Network):
    """https://postmarkapp.com/developer/api/email-api: a batch, and an answer for each mail of it."""

    def answer(self, request: Request) -> Answer:
        if request.headers.get("x-postmark-server-token") != TOKEN:
            return Answer(401, {"ErrorCode": 10, "Message": "The server token is not right"})
        match request.method, request.path:
            case "GET", "server":
                return Answer(200, {"ID": 1, "Name": "The demo"})
            case "POST", "email/batch":
                return Answer(200, [self._take(mail) for mail in request.json()])
        return Answer(404, {"ErrorCode": 701, "Message": "not found"})

    def _take(self, mail: dict[str, Any]) -> dict[str, Any]:
        if GONE in mail["To"]:
            return {
                "ErrorCode": 406,
                "Message": "You tried to send to a recipient that is marked as inactive.",
            }
        number = _keep_mail(self.shelf, mail, mail["HtmlBody"], mail["TextBody"])
        return {"ErrorCode": 0, "Message": "OK", "MessageID": f"demo-{number}", "To": mail["To"]}


class Mailpit(Network):
    """https://mailpit.axllent.org/docs/api-v1/: one mail in each call."""

    def __init__(self, address: str, shelf: Shelf):
        super().__init__(address, shelf)
        self._by_tag: dict[str, str] = {}

    def answer(self, request: Request) -> Answer:
        match request.method, request.path:
            case "GET", "api/v1/info":
                return Answer(200, {"Version": "of the demo"})
            case "POST", "api/v1/send":
                mail = request.json()
                number = str(_keep_mail(self.shelf, mail, mail["HTML"], mail["Text"]))
                self._by_tag |= dict.fromkeys(mail["Tags"], number)
                return Answer(200, {"ID": number})
            case "GET", "api/v1/search":
                tag = request.query["query"].removeprefix("tag:").strip('"')
                found = self._by_tag.get(tag)
                return Answer(200, {"messages": [{"ID": found}] if found else []})
        return Answer(404, {"Error": "not found"})


def _keep_mail(shelf: Shelf, mail: dict[str, Any], html: str, text: str) -> int:
    number = shelf.keep("mail", mail)
    shelf.keep_file("mail.html", html.encode())
    shelf.keep_file("mail.txt", text.encode())
    return number


NETWORKS: dict[str, type[Network]] = {
    "mastodon": Mastodon,
    "bluesky": Bluesky,
    "discord": Discord,
    "webhook": Webhook,
    "postmark": Postmark,
    "mailpit": Mailpit,
}
