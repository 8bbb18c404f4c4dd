"""Mailpit, a mail catcher for development: nothing that is sent here reaches anybody.

Every mail is tagged with our key, so one that went unanswered can be looked up. Mailpit keeps the newest 500
mails unless it is told otherwise, and must not be run with tags from headers turned off.
https://mailpit.axllent.org/docs/api-v1/
"""

from __future__ import annotations

import base64
from typing import Any

from pydantic import Field, SecretStr

from scheduler.channels._base import Adapter, Call, CheckFlow, Flow, ProbeFlow, Reply
from scheduler.channels._fields import Line, Server
from scheduler.channels._mail import MailConfig, checked, letter_of
from scheduler.domain.capabilities import Capabilities, Dedupe, Mail
from scheduler.domain.errors import DeliveryError
from scheduler.domain.message import Message, Receipt, Recipient, RecipientResult


class Mailpit(Adapter):
    kind = "mailpit"
    label = "Mailpit"
    docs = "https://mailpit.axllent.org/docs/"
    can = Capabilities(mail=Mail(batch=1, max_bytes=50 * 2**20), dedupe=Dedupe.LOOKUP)

    class Config(MailConfig):
        server: Server = Field(
            "http://127.0.0.1:8025", description="Where it listens", examples=["http://127.0.0.1:8025"]
        )
        username: Line = Field("", description="Only if it asks for one", examples=["pullquote"])
        password: SecretStr | None = Field(None, description="Only if it asks for one")

    def send_batch(self, message: Message) -> Flow:
        (recipient,) = letter_of(message).recipients
        mail = self._mail(message, recipient)
        reply = yield self._call("POST", "/api/v1/send", commits=True, json=mail)
        if reply.status == 400:  # it is about this mail, not about the issue
            result = RecipientResult(
                recipient.id, ok=False, reason=reply.said("Error") or "Mailpit refused it"
            )
            return Receipt("", recipients=(result,))
        return self._receipt(recipient, self.expect(reply)["ID"])

    def probe(self, message: Message) -> ProbeFlow:
        (recipient,) = letter_of(message).recipients
        query = {"query": f'tag:"{message.dedupe_key}"', "limit": "1"}
        found = self.expect((yield self._call("GET", "/api/v1/search", params=query)))["messages"]
        return self._receipt(recipient, found[0]["ID"]) if found else None

    def check(self) -> CheckFlow:
        info = self.expect((yield self._call("GET", "/api/v1/info")))
        return f"Mailpit {info['Version']}"

    def error(self, reply: Reply) -> DeliveryError:
        if reply.status == 413:
            return self.refused(reply, "the mail is too large")
        return super().error(reply)

    def rehearse(self, call: Call) -> Reply:  # noqa: ARG002
        return Reply(200, b'{"ID": "preview"}')

    def _call(self, method: str, path: str, **parts: Any) -> Call:
        headers = {}
        if self.config.password is not None:
            login = f"{self.config.username}:{self.config.password.get_secret_value()}"
            headers["Authorization"] = f"Basic {base64.b64encode(login.encode()).decode()}"
        return Call(method=method, url=self.config.server + path, headers=headers, **parts)

    def _mail(self, message: Message, recipient: Recipient) -> dict[str, Any]:
        copy = checked(letter_of(message).copy_for(recipient))
        mail = {
            "From": {"Email": self.config.from_address, "Name": self.config.from_name},
            "To": [{"Email": recipient.address, "Name": recipient.name}],
            "Subject": copy.subject,
            "HTML": copy.html,
            "Text": copy.text,
            "Headers": dict(copy.headers),
            "Tags": [message.dedupe_key],
        }
        return mail | ({"ReplyTo": [{"Email": self.config.reply_to}]} if self.config.reply_to else {})

    def _receipt(self, recipient: Recipient, number: str) -> Receipt:
        result = RecipientResult(recipient.id, ok=True, remote_id=number)
        return Receipt(number, f"{self.config.server}/view/{number}", recipients=(result,))


ADAPTER = Mailpit
