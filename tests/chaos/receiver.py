"""A receiver that counts what was really published, with the memory that each kind of service has."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.servers import Answer, Got


def said(value: object, status: int = 200) -> Answer:
    return Answer(status, json.dumps(value).encode())


class Receiver:
    """`published` maps what identifies a thing (its text, or its recipient) to how often it became public.

    `order` has them in the order in which they did. `now` is what the clock of this service says.
    """

    def __init__(self) -> None:
        self.published: Counter[str] = Counter()
        self.order: list[str] = []
        self.repeats = 0  # committing calls that met what an earlier one had published
        self.now: Callable[[], datetime] = lambda: datetime.now(UTC)
        self._statuses: dict[str, dict[str, Any]] = {}
        self._batches: dict[str, list[dict[str, Any]]] = {}
        self._records: dict[str, object] = {}
        self._mails: dict[str, str] = {}
        self._outbound: list[dict[str, Any]] = []
        self._drafts: dict[str, dict[str, Any]] = {}
        self._lock = threading.Lock()

    def __call__(self, got: Got) -> Answer:
        path = urlsplit(got.path).path
        handlers = {
            "/api/v1/accounts": self._mastodon_account,
            "/api/v1/statuses": self._mastodon,
            "/xrpc/": self._bluesky,
            "/api/v1/s": self._mailpit,
            "/email/batch": self._postmark,
            "/messages/outbound": self._postmark_listing,
            "/batches": self._postbox,
            "/drafts": self._draftbox,
            "/discord": self._discord,
        }
        with self._lock:
            for prefix, handler in handlers.items():
                if path.startswith(prefix):
                    return handler(got)
        return said({"error": f"nothing at {path}"}, 404)

    def _publish(self, what: str) -> None:
        self.published[what] += 1
        self.order.append(what)

    def _mastodon(self, got: Got) -> Answer:
        """Honours the key (class KEY)."""
        key = got.headers["idempotency-key"]
        if key in self._statuses:
            self.repeats += 1
        else:
            asked = got.json()
            self._publish(asked["status"])
            number = str(len(self._statuses) + 1)
            self._statuses[key] = {
                "id": number,
                "url": f"https://m.example/{number}",
                "content": f"<p>{asked['status']}</p>",
                "in_reply_to_id": asked.get("in_reply_to_id"),
                "created_at": self.now().isoformat(),
            }
        return said(self._statuses[key])

    def _mastodon_account(self, got: Got) -> Answer:
        """Who we are, and our posts, the newest first."""
        if got.path.endswith("verify_credentials"):
            return said({"id": "1", "acct": "us"})
        oldest = int(parse_qs(urlsplit(got.path).query).get("max_id", ["1000000"])[0])
        older = [status for status in self._statuses.values() if int(status["id"]) < oldest]
        return said(older[::-1][:40])

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
            self.repeats += 1
            return said({"error": "InvalidSwap", "message": "Record was at bafy"}, 400)
        self._publish(asked["record"]["text"])
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
        self._publish(mail["To"][0]["Email"])
        self._mails[mail["Tags"][0]] = f"mail{len(self._mails) + 1}"
        return said({"ID": self._mails[mail["Tags"][0]]})

    def _postmark(self, got: Got) -> Answer:
        """Takes every batch as often as it comes (class NONE)."""
        answers = []
        for mail in got.json():
            self._publish(mail["To"].split("<")[-1].rstrip(">"))
            number = f"mail{len(self._outbound) + 1}"
            self._outbound.append({"MessageID": number, "Metadata": mail["Metadata"]})
            answers.append({"ErrorCode": 0, "Message": "OK", "MessageID": number})
        return said(answers)

    def _postmark_listing(self, got: Got) -> Answer:
        """What it shows proves that it was sent; what it does not show proves nothing."""
        key = parse_qs(urlsplit(got.path).query)["metadata_pq"][0]
        return said({"Messages": [mail for mail in self._outbound if mail["Metadata"]["pq"] == key]})

    def _postbox(self, got: Got) -> Answer:
        """A batch under a key (class KEY)."""
        key = got.headers["idempotency-key"]
        if key in self._batches:
            self.repeats += 1
        else:
            self._batches[key] = []
            for mail in got.json():
                self._publish(mail["to"])
                self._batches[key].append({"id": mail["id"], "mail": f"{key}:{mail['id']}"})
        return said({"mails": self._batches[key]})

    def _draftbox(self, got: Got) -> Answer:
        """A draft is made, then published; its state can be asked for (class TWO_PHASE)."""
        _, number, *verb = got.path.strip("/").split("/") + [""] * (got.path.count("/") == 1)
        if not number:
            number = str(len(self._drafts) + 1)
            self._drafts[number] = {"id": number, "text": got.json()["text"], "published": False}
        elif verb:
            self._drafts[number]["published"] = True
            self._publish(self._drafts[number]["text"])
        return said(self._drafts[number])

    def _discord(self, got: Got) -> Answer:
        """Takes everything as often as it comes (class NONE)."""
        if got.method == "GET":
            return said({"id": "123", "guild_id": "1", "channel_id": "1", "name": "News"})
        self._publish(got.json()["content"])
        return said({"id": str(self.published.total()), "channel_id": "1"})
