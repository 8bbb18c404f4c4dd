"""Services that mail many readers at a call, in memory: one that knows a key, one that can be searched, one that
forgets, and refuses a reader here and there."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from random import Random
from typing import Any

from scheduler.channels import Adapter, Call, ChannelConfig, Reply
from scheduler.domain.capabilities import Capabilities, Dedupe, Mail
from scheduler.domain.message import Receipt, RecipientResult
from tests.chaos.services import SETTLING, WINDOW

REFUSED = "refused"  # how the addresses begin that the forgetful one does not take


class BlindMail(Adapter):
    """Nothing helps, and each reader is answered for."""

    kind, label, docs = "blind-mail", "Blind mail", "https://example.com"
    can = Capabilities(mail=Mail(batch=2, max_bytes=2**20), dedupe=Dedupe.NONE)

    class Config(ChannelConfig):
        url: str = ""

    def call(self, method, path, message, *, commits=False):
        mails = [{"id": reader.id, "to": reader.address} for reader in message.letter.recipients]
        body = {"key": message.dedupe_key, "mails": mails}
        return Call(method=method, url=f"https://mail.example/{path}", commits=commits, json=body)

    def send_batch(self, message):
        said = self.expect((yield self.call("POST", "batches", message, commits=True)))
        return Receipt(said["id"], recipients=tuple(_results(said)))


class SearchedMail(BlindMail):
    """One mail a call; what is not found is not there (Mailpit)."""

    kind, label = "searched-mail", "Searched mail"
    can = Capabilities(mail=Mail(batch=1, max_bytes=2**20), dedupe=Dedupe.LOOKUP, settling=SETTLING)

    def probe(self, message):
        said = self.expect((yield self.call("GET", "batches", message)))
        return Receipt(said["id"], recipients=tuple(_results(said))) if said["id"] else None


class KeyedMail(SearchedMail):
    """A batch under a key (Resend)."""

    kind, label = "keyed-mail", "Keyed mail"
    can = Capabilities(
        mail=Mail(batch=2, max_bytes=2**20), dedupe=Dedupe.KEY, key_window=WINDOW, settling=SETTLING
    )


MAILERS: dict[str, type[Adapter]] = {kind.kind: kind for kind in (BlindMail, SearchedMail, KeyedMail)}


def _results(said: dict[str, Any]) -> Iterator[RecipientResult]:
    for each in said["mails"]:
        reason = "" if each["ok"] else "the address was refused"
        yield RecipientResult(each["id"], ok=each["ok"], remote_id=said["id"], reason=reason)


class Mailer:
    """What was mailed, to whom, and the rules that were broken on the way. It stands where `Service` does."""

    def __init__(self, kind: str, clock: Callable[[], datetime], chance: Random):
        self.published: Counter[str] = Counter()
        self.broken: list[str] = []
        self.session = 0
        self._kind, self._clock, self._chance = kind, clock, chance
        self._known: dict[str, tuple[datetime, dict[str, Any]]] = {}  # key -> when it shows, and the answer
        self._bodies: dict[str, Any] = {}
        self._coming: list[tuple[datetime, Call]] = []
        self._now = clock()

    def knows(self, call: Call) -> bool:
        return True

    def take_later(self, call: Call, at: datetime) -> None:
        self._coming.append((at, call))

    def pass_time(self) -> None:
        now = self._clock()
        due = sorted((each for each in self._coming if each[0] <= now), key=lambda each: each[0])
        self._coming = [each for each in self._coming if each[0] > now]
        for at, call in due:
            self._now = at
            self.take(call)
        self._now = now

    def take(self, call: Call) -> Reply:
        key = call.json["key"]
        if call.method == "GET":
            shown, answer = self._known.get(key, (None, None))
            return _said(answer if shown and shown <= self._now else {"id": "", "mails": []})
        if self._bodies.setdefault(key, call.json) != call.json:
            self.broken.append(f"other bytes under the key {key}")
        if self._kind == "keyed-mail" and key in self._known:
            return _said(self._known[key][1])
        return _said(self._mail(key, call.json["mails"]))

    def _mail(self, key: str, mails: list[dict[str, Any]]) -> dict[str, Any]:
        results = []
        for mail in mails:
            ok = self._kind != "blind-mail" or not mail["to"].startswith(REFUSED)
            self.published[mail["to"]] += ok
            results.append({"id": mail["id"], "ok": ok})
        answer = {"id": f"m{self.published.total()}", "mails": results}
        self._known.setdefault(key, (self._now + SETTLING * self._chance.random(), answer))
        return answer


def _said(body: dict[str, Any]) -> Reply:
    return Reply(200, json.dumps(body).encode())
