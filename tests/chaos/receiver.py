"""A receiver that counts what was really published, with the memory that each kind of service has."""

from __future__ import annotations

import json
import threading
from collections import Counter
from urllib.parse import parse_qs, urlsplit

from tests.servers import Answer, Got


def said(value: object, status: int = 200) -> Answer:
    return Answer(status, json.dumps(value).encode())


class Receiver:
    """`published` maps what identifies a thing (its text, or its recipient) to how often it became public."""

    def __init__(self) -> None:
        self.published: Counter[str] = Counter()
        self._keys: dict[str, dict[str, object]] = {}
        self._records: dict[str, object] = {}
        self._mails: dict[str, str] = {}
        self._drafts: dict[str, dict[str, object]] = {}
        self._lock = threading.Lock()

    def __call__(self, got: Got) -> Answer:
        path = urlsplit(got.path).path
        with self._lock:
            for prefix, handler in (
                ("/api/v1/statuses", self._mastodon),
                ("/xrpc/", self._bluesky),
                ("/api/v1/s", self._mailpit),
                ("/drafts", self._drafts_of),
                ("/discord", self._discord),
            ):
                if path.startswith(prefix):
                    return handler(got)
        return said({"error": f"nothing at {path}"}, 404)

    def _mastodon(self, got: Got) -> Answer:
        """Honours the key (class KEY)."""
        key = got.headers["idempotency-key"]
        if key not in self._keys:
            text = got.json()["status"]
            self.published[text] += 1
            number = str(len(self._keys) + 1)
            self._keys[key] = {"id": number, "url": f"https://m.example/{number}", "content": text}
        return said(self._keys[key])

    def _bluesky(self, got: Got) -> Answer:
        """Keeps a record by the id that the client chose (class CLIENT_ID)."""
        parts = urlsplit(got.path)
        if parts.path.endswith("createSession"):
            return said({"accessJwt": "jwt-123456", "did": "did:plc:us", "handle": "us.example"})
        if parts.path.endswith("getRecord"):
            key = parse_qs(parts.query)["rkey"][0]
            found = self._records.get(key)
            return said(found) if found else said({"error": "RecordNotFound"}, 400)
        asked = got.json()
        key = asked["rkey"]
        if key in self._records:
            return said({"error": "InvalidSwap", "message": "Record was at bafy"}, 400)
        self.published[asked["record"]["text"]] += 1
        self._records[key] = {
            "uri": f"at://did:plc:us/app.bsky.feed.post/{key}",
            "cid": f"bafy{key}",
            "value": asked["record"],
        }
        return said(self._records[key])

    def _mailpit(self, got: Got) -> Answer:
        """Accepts anything again, but can be searched (class LOOKUP)."""
        if got.path.startswith("/api/v1/search"):
            query = parse_qs(urlsplit(got.path).query)["query"][0]
            found = [{"ID": number} for tag, number in self._mails.items() if f'"{tag}"' in query]
            return said({"messages": found})
        mail = got.json()
        self.published[mail["To"][0]["Email"]] += 1
        self._mails[mail["Tags"][0]] = f"mail{len(self._mails) + 1}"
        return said({"ID": self._mails[mail["Tags"][0]]})

    def _drafts_of(self, got: Got) -> Answer:
        """A draft is made, then published; its state can be asked for (class TWO_PHASE)."""
        _, number, *verb = got.path.strip("/").split("/") + [""] * (got.path.count("/") == 1)
        if not number:
            number = str(len(self._drafts) + 1)
            self._drafts[number] = {"id": number, "text": got.json()["text"], "published": False}
        elif verb:
            self._drafts[number]["published"] = True
            self.published[str(self._drafts[number]["text"])] += 1
        return said(self._drafts[number])

    def _discord(self, got: Got) -> Answer:
        """Takes everything as often as it comes (class NONE)."""
        if got.method == "GET":
            return said({"id": "123", "guild_id": "1", "channel_id": "1", "name": "News"})
        content = (
            json.loads(got.body)["content"] if got.body[:1] == b"{" else got.body.decode(errors="replace")
        )
        self.published[content] += 1
        return said({"id": str(self.published.total()), "channel_id": "1"})
