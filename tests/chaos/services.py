"""A service in memory for each way in which a repeat is kept from publishing twice, and an adapter that talks to it.

It remembers what it published, is late with its lists, and forgets its keys, as real ones are and do.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any

from scheduler.channels import Adapter, Call, ChannelConfig, Keep, Reply
from scheduler.domain.capabilities import Capabilities, Dedupe
from scheduler.domain.message import Receipt

WINDOW = timedelta(hours=1)  # how long the keyed service remembers a key
SETTLING = timedelta(seconds=30)  # how long after a call its lists may not show the post


class Blind(Adapter):
    """Nothing helps: an unanswered call goes to a person."""

    kind, label, docs = "blind", "Blind", "https://example.com"
    can = Capabilities(dedupe=Dedupe.NONE, threads=True)

    class Config(ChannelConfig):
        url: str = ""

    def call(self, method, path, message, *, commits=False):
        """Every call says all, so that the service can judge it."""
        parent = message.reply_to.remote_id if message.reply_to else ""
        body = {"key": message.dedupe_key, "text": message.text, "parent": parent}
        url = f"https://{self.kind}.example/{path}"
        headers = {"Authorization": self.session.get("token", "")}
        return Call(method=method, url=url, commits=commits, headers=headers, json=body)

    def publish(self, message):
        reply = yield self.call("POST", "posts", message, commits=True)
        return Receipt(self.expect(reply)["id"])


class Hinted(Blind):
    """A look-up may find the post; that it does not proves nothing (Postmark)."""

    kind, label = "hinted", "Hinted"

    def probe(self, message):
        found = self.expect((yield self.call("GET", "posts", message)))["found"]
        return Receipt(found) if found else None


class Searched(Hinted):
    """What is not found is not there (Mailpit)."""

    kind, label = "searched", "Searched"
    can = Capabilities(dedupe=Dedupe.LOOKUP, threads=True, settling=SETTLING)


class Keyed(Hinted):
    """Remembers our key for an hour (Mastodon)."""

    kind, label = "keyed", "Keyed"
    can = Capabilities(dedupe=Dedupe.KEY, threads=True, key_window=WINDOW, settling=SETTLING)


class Drafted(Hinted):
    """A draft is made, kept, and then published (Ghost)."""

    kind, label = "drafted", "Drafted"
    can = Capabilities(dedupe=Dedupe.TWO_PHASE, threads=True, settling=SETTLING)

    def publish(self, message):
        if "draft" not in message.kept:
            yield Keep({"draft": self.expect((yield self.call("POST", "drafts", message)))["id"]})
        reply = yield self.call("POST", "posts", message, commits=True)
        return Receipt(self.expect(reply)["id"])


class Named(Blind):
    """We choose the post's name, and sign in for a session that expires (Bluesky)."""

    kind, label = "named", "Named"
    can = Capabilities(dedupe=Dedupe.CLIENT_ID, threads=True)

    def connect(self):
        reply = yield Call(method="POST", url=f"https://{self.kind}.example/sessions")
        return {"token": self.expect(reply)["token"]}

    def publish(self, message):
        reply = yield self.call("POST", "posts", message, commits=True)
        if reply.status == 409:  # an earlier attempt of ours
            reply = yield self.call("GET", "names", message)
        return Receipt(self.expect(reply)["id"])


KINDS: dict[str, type[Adapter]] = {
    kind.kind: kind for kind in (Blind, Hinted, Searched, Keyed, Drafted, Named)
}


def name_of(call: Call) -> str:
    """The first of its words is the name of what is posted: "1.0" is the first item of the thread 1."""
    name: str = call.json["text"].partition(" ")[0]
    return name


class Service:
    """What became public, and the rules that were broken on the way."""

    def __init__(self, kind: str, clock: Callable[[], datetime], chance: Random):
        self.published: Counter[str] = Counter()
        self.broken: list[str] = []
        self.session = 0  # the one that is good
        self._kind, self._clock, self._chance = kind, clock, chance
        self._ids: dict[str, str] = {}  # text -> id of its first post
        self._shown: dict[str, datetime] = {}  # id -> when the lists show it
        self._keys: dict[str, tuple[datetime, str]] = {}
        self._bodies: dict[str, Any] = {}
        self._coming: list[tuple[datetime, Call]] = []
        self._now = clock()

    def knows(self, call: Call) -> bool:
        """Whether the call is signed in."""
        if self._kind != "named" or call.url.endswith("/sessions"):
            return True
        return call.headers["Authorization"] == str(self.session)

    def take_later(self, call: Call, at: datetime) -> None:
        """The call is in the wires, or in a queue of the service's own."""
        self._coming.append((at, call))

    def pass_time(self) -> None:
        """What was late arrives at its own time, however far the clock has jumped."""
        now = self._clock()
        due = sorted(
            (arrival for arrival in self._coming if arrival[0] <= now), key=lambda arrival: arrival[0]
        )
        self._coming = [arrival for arrival in self._coming if arrival[0] > now]
        for at, call in due:
            self._now = at
            self.take(call)
        self._now = now

    def take(self, call: Call) -> Reply:
        path = call.url.rpartition("/")[2]
        if path == "sessions":
            return _said({"token": str(self.session)})
        if path == "drafts":
            return _said({"id": f"draft of {call.json['text']}"})
        if call.method == "GET":
            return self._look(path, name_of(call))
        return self._post(call.json["key"], name_of(call), call.json["parent"], call.json["text"])

    def _look(self, path: str, text: str) -> Reply:
        number = self._ids.get(text, "")
        if path == "names":
            return _said({"id": number}, 200 if number else 404)
        hidden = self._kind == "hinted" and self._chance.random() < 0.5
        return _said({"found": number if number and not hidden and self._shown[number] <= self._now else ""})

    def _post(self, key: str, text: str, parent: str, words: str) -> Reply:
        if self._bodies.setdefault(key, (words, parent)) != (words, parent):
            self.broken.append(f"other bytes under the key of {text}")
        if self._kind == "named" and key in self._keys:
            return _said({}, 409)
        if self._kind == "keyed" and key in self._keys and self._now < self._keys[key][0] + WINDOW:
            return _said({"id": self._keys[key][1]})
        return _said({"id": self._publish(key, text, parent)})

    def _publish(self, key: str, text: str, parent: str) -> str:
        thread, _, item = text.partition(".")
        before = self._ids.get(f"{thread}.{int(item) - 1}", "")
        if before != parent:
            self.broken.append(
                f"{text} answers {parent or 'nothing'} where {before or 'nothing'} came before it"
            )
        self.published[text] += 1
        number = f"{text}#{self.published[text]}"
        self._ids.setdefault(text, number)
        self._shown[number] = self._now + SETTLING * self._chance.random()
        self._keys[key] = self._now, number
        return number

    def id_of(self, text: str) -> str:
        return self._ids[text]


def _said(body: dict[str, str], status: int = 200) -> Reply:
    return Reply(status, json.dumps(body).encode())
