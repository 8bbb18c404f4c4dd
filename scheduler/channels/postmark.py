"""Postmark's batch API: up to 500 mails in one call, each recipient's own, and a result for each.

A repeat is a second mail: there is no idempotency key. A look-up by our own metadata can confirm that a batch
went out; that it finds nothing proves nothing.
https://postmarkapp.com/developer/api/email-api#send-batch-emails
"""

from __future__ import annotations

import json
from typing import Any

from pydantic import Field, SecretStr

from scheduler.channels._base import Adapter, Call, CheckFlow, Flow, ProbeFlow, Reply
from scheduler.channels._fields import Line, Server
from scheduler.channels._mail import MailConfig, checked, letter_of, mailbox
from scheduler.domain.capabilities import Capabilities, Dedupe, Mail
from scheduler.domain.errors import AuthExpired, DeliveryError, RateLimited, Transient
from scheduler.domain.message import Letter, Message, Receipt, Recipient, RecipientResult

INVALID, INACTIVE = 300, 406  # error codes, as below
#: The account, the sender or the stream: no mail can go out before a person mends it. Not HTTP statuses, though
#: some look so: https://postmarkapp.com/developer/api/overview#error-codes
CHANNEL_ERRORS = {
    10: "Postmark does not know this server token",
    400: "Postmark does not know this sender: add a sender signature for the address",
    401: "Postmark waits for this sender to be confirmed",
    405: "Postmark says that this account may not send: it may be out of credits",
    412: "Postmark has not approved this account yet",
    413: "Postmark has stopped this account",
    1235: "Postmark has no such message stream on this server",
}


class Postmark(Adapter):
    kind = "postmark"
    label = "Postmark"
    docs = "https://account.postmarkapp.com/servers"
    can = Capabilities(mail=Mail(batch=500, max_bytes=50 * 2**20), dedupe=Dedupe.NONE)

    class Config(MailConfig):
        server_token: SecretStr = Field(description="The server's API token, from its API Tokens page")
        message_stream: Line = Field(
            "broadcast", description="The stream to send through: one for broadcasts", examples=["broadcast"]
        )
        server: Server = Field(
            "https://api.postmarkapp.com",
            description="The API's address; another one only for tests",
            examples=["https://api.postmarkapp.com"],
        )

    def send_batch(self, message: Message) -> Flow:
        letter = letter_of(message)
        mails = [self._mail(letter, recipient, message.dedupe_key) for recipient in letter.recipients]
        reply = yield self._call("POST", "/email/batch", commits=True, json=mails)
        entries = self.expect(reply)
        if not isinstance(entries, list) or len(entries) != len(mails):
            raise ValueError("Postmark did not answer for each mail")
        return self._receipt(message, letter, entries)

    def probe(self, message: Message) -> ProbeFlow:
        letter = letter_of(message)
        params = {
            "count": "500",
            "offset": "0",
            "messagestream": self.config.message_stream,
            "metadata_pq": message.dedupe_key,
        }
        listed = self.expect((yield self._call("GET", "/messages/outbound", params=params)))["Messages"]
        found = {mail["Metadata"]["recipient"]: mail["MessageID"] for mail in listed}
        results = [
            RecipientResult(r.id, ok=True, remote_id=found.get(str(r.id), "")) for r in letter.recipients
        ]
        missing = sum(not result.remote_id for result in results)
        if missing == len(results):
            return None
        if missing:  # still being listed, or refused: it does not say
            raise Transient(
                f"Postmark lists all but {missing} of the {len(results)} mails", "postmark:partly"
            )
        return Receipt(message.dedupe_key, recipients=tuple(results))

    def check(self) -> CheckFlow:
        server = self.expect((yield self._call("GET", "/server")))
        return f"the server “{server['Name']}”"

    def error(self, reply: Reply) -> DeliveryError:
        number = reply.get("ErrorCode")
        if isinstance(number, int):
            return self._refusal(reply, number)
        return super().error(reply)

    def rehearse(self, call: Call) -> Reply:
        mails = call.json if isinstance(call.json, list) else []
        return Reply(200, json.dumps([{"ErrorCode": 0, "MessageID": "preview"} for _ in mails]).encode())

    def _call(self, method: str, path: str, **parts: Any) -> Call:
        token = self.config.server_token.get_secret_value()
        headers = {"X-Postmark-Server-Token": token, "Accept": "application/json"}
        return Call(method=method, url=self.config.server + path, headers=headers, **parts)

    def _mail(self, letter: Letter, recipient: Recipient, key: str) -> dict[str, Any]:
        copy = checked(letter.copy_for(recipient))
        mail = {
            "From": mailbox(self.config.from_name, self.config.from_address),
            "To": mailbox(recipient.name, recipient.address),
            "Subject": copy.subject,
            "HtmlBody": copy.html,
            "TextBody": copy.text,
            "Headers": [{"Name": name, "Value": value} for name, value in copy.headers.items()],
            "Metadata": {"pq": key, "recipient": str(recipient.id)},
            "MessageStream": self.config.message_stream,
            "TrackOpens": False,  # a subscriber has not agreed to be watched
            "TrackLinks": "None",
        }
        return mail | ({"ReplyTo": self.config.reply_to} if self.config.reply_to else {})

    def _receipt(self, message: Message, letter: Letter, entries: list[Any]) -> Receipt:
        results = [_result(*pair) for pair in zip(letter.recipients, entries, strict=True)]
        if not any(result.ok for result in results):
            self._raise_if_refused(entries, results)
        return Receipt(message.dedupe_key, recipients=tuple(results))

    def _raise_if_refused(self, entries: list[Any], results: list[RecipientResult]) -> None:
        """Nothing went out: where that is not for the recipients, it is the batch that was refused."""
        for entry, result in zip(entries, results, strict=True):
            if not result.suppress:
                raise self._refusal(Reply(200, json.dumps(entry).encode()), entry["ErrorCode"])

    def _refusal(self, reply: Reply, number: int) -> DeliveryError:
        code, said = f"postmark:{number}", reply.said("Message")
        match number:
            case _ if number in CHANNEL_ERRORS:
                return AuthExpired(CHANNEL_ERRORS[number], code)
            case 300 if "'From'" in said:
                return AuthExpired(f"Postmark does not accept this sender: {said}", code)
            case 429:
                return RateLimited("Postmark asked us to slow down", code, self.slow_down(reply).retry_at)
            case 100:
                return RateLimited("Postmark is down for maintenance", code)
            case _:
                return self.refused(reply, said, code)


def _result(recipient: Recipient, entry: Any) -> RecipientResult:
    number, said = (
        entry.get("ErrorCode", 0),
        str(entry.get("Message", "")),
    )  # no code: accepted, may be delayed
    if number == 0:
        return RecipientResult(recipient.id, ok=True, remote_id=entry.get("MessageID", ""))
    suppress = "hard" if number == INACTIVE else "invalid" if number == INVALID and "'To'" in said else ""
    return RecipientResult(recipient.id, ok=False, reason=f"{said} (Postmark {number})", suppress=suppress)


ADAPTER = Postmark
