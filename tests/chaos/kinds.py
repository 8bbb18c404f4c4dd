"""Kinds that no adapter that ships is one of yet: two phases, and mail in batches under a key."""

from __future__ import annotations

from scheduler import channels
from scheduler.channels import Adapter, Call, ChannelConfig, Keep
from scheduler.domain.capabilities import Capabilities, Dedupe, Mail
from scheduler.domain.message import Receipt, RecipientResult


class Draftbox(Adapter):
    """A draft is made, kept, and then published, as with Instagram and Ghost."""

    kind, label, docs = "draftbox", "Draftbox", "https://example.com"
    can = Capabilities(dedupe=Dedupe.TWO_PHASE, threads=True)

    class Config(ChannelConfig):
        server: str

    def publish(self, message):
        number = message.kept.get("draft")
        if not number:
            made = yield Call(method="POST", url=f"{self.config.server}/drafts", json={"text": message.text})
            number = self.expect(made)["id"]
            yield Keep({"draft": number})
        url = f"{self.config.server}/drafts/{number}/publish"
        self.expect((yield Call(method="POST", url=url, commits=True)))
        return Receipt(number)

    def probe(self, message):
        number = message.kept["draft"]
        draft = self.expect((yield Call(method="GET", url=f"{self.config.server}/drafts/{number}")))
        return Receipt(number) if draft["published"] else None


class Postbox(Adapter):
    """Mail in batches under a key, with a result for each recipient, as with Resend."""

    kind, label, docs = "postbox", "Postbox", "https://example.com"
    can = Capabilities(mail=Mail(batch=3, max_bytes=2**20), dedupe=Dedupe.KEY)

    class Config(ChannelConfig):
        server: str

    def send_batch(self, message):
        mails = [{"to": r.address, "id": r.id} for r in message.letter.recipients]
        key = {"Idempotency-Key": message.dedupe_key}
        url = f"{self.config.server}/batches"
        answer = self.expect((yield Call(method="POST", url=url, commits=True, headers=key, json=mails)))
        results = (RecipientResult(r["id"], ok=True, remote_id=r["mail"]) for r in answer["mails"])
        return Receipt(message.dedupe_key, recipients=tuple(results))


OURS: dict[str, type[Adapter]] = {Draftbox.kind: Draftbox, Postbox.kind: Postbox}


def register() -> None:
    """For good, in a process of our own. All modules see the one table, also those that imported what returns it."""
    channels.kinds().update(OURS)
