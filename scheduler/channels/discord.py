"""Discord, through a channel's incoming webhook.

A repeat is a second message: Discord has no key for webhooks and no list of what one has posted.
https://discord.com/developers/docs/resources/webhook#execute-webhook
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr

from scheduler.channels._base import Adapter, Call, ChannelConfig, CheckFlow, Flow, Reply, SessionFlow
from scheduler.channels._fields import web_address
from scheduler.channels._links import links
from scheduler.domain.capabilities import Capabilities, Dedupe, Images, Limit, Rate, Scope
from scheduler.domain.errors import AuthExpired, DeliveryError, RateLimited
from scheduler.domain.message import Image, Message, Receipt

#: What a person has to mend in Discord or in the channel's settings: no post can go through before.
CHANNEL_ERRORS = {
    10003: "The channel or thread of this Discord webhook is gone: connect another one",
    10015: "This Discord webhook was deleted: make a new one and connect it",
    50027: "Discord does not know this webhook's token: copy its address again",
    220001: "This Discord webhook belongs to a forum: give the channel a thread_id",
}
#: Marks that change how the words around them look, anywhere or at the start of a line.
_MARKUP = re.compile(r"[\\*_~|`\[<]|^[ \t]*(?:[#>]|[-+](?=[ #])|\d+\.(?= ))", re.MULTILINE)


def plain(text: str) -> str:
    """`text` so that Discord's Markdown shows it as it is: a quote is verbatim. Links stay links."""
    spans = list(links(text))

    def escaped(m: re.Match[str]) -> str:
        if any(start < m.end() <= stop for start, stop in spans):
            return m[0]
        return f"{m[0][:-1]}\\{m[0][-1]}"

    return _MARKUP.sub(escaped, text)


def length(text: str) -> int:
    """Code points, as Discord counts (discord/discord-api-docs#1315), of the text as it is sent."""
    return len(plain(text))


def _webhook(secret: SecretStr) -> SecretStr:
    address = web_address(secret.get_secret_value()).partition("?")[0].rstrip("/")
    if not re.search(r"/webhooks/\d+/[\w-]+$", address):
        raise ValueError("this is not a webhook's address: it should end in /webhooks/<number>/<token>")
    return SecretStr(address)


class Discord(Adapter):
    kind = "discord"
    shown = frozenset({"guild_id"})
    label = "Discord"
    docs = "https://support.discord.com/hc/en-us/articles/228383668-Intro-to-Webhooks"
    can = Capabilities(
        text=Limit(2000, length, "characters"),
        images=Images(count=10, max_bytes=10 * 2**20, alt=Limit(1024)),
        dedupe=Dedupe.NONE,
        # a webhook's own, as its fields say today; and what one address may ask of Discord in all
        # https://discord.com/developers/docs/topics/rate-limits
        rates=(
            Rate(most=5, per=timedelta(seconds=2), signals=("x-ratelimit",)),
            Rate(scope=Scope.HOST, most=50, per=timedelta(seconds=1)),
        ),
    )

    class Config(ChannelConfig):
        webhook_url: Annotated[SecretStr, AfterValidator(_webhook)] = Field(
            description="The webhook's address, from the channel's settings → Integrations → Webhooks",
            examples=["https://discord.com/api/webhooks/123/token"],
        )
        thread_id: str = Field(
            "",
            pattern=r"^\d*$",
            description="The thread to post in; only a forum needs one",
            examples=["1203123456789012345"],
        )

    def host(self) -> str:
        return urlsplit(self.config.webhook_url.get_secret_value()).hostname or ""

    def account(self) -> str:
        path: str = urlsplit(self.config.webhook_url.get_secret_value()).path
        return path  # the limit is the webhook's own

    def connect(self) -> SessionFlow:
        """Nobody has to sign in, but a message's address needs its server, and only the webhook tells that."""
        hook = self.expect((yield self._look()))
        return {"webhook_id": hook["id"], "guild_id": hook.get("guild_id") or ""}

    def check(self) -> CheckFlow:
        hook = self.expect((yield self._look()))
        return f"the webhook “{hook['name']}”"

    def publish(self, message: Message) -> Flow:
        body: dict[str, Any] = {"content": plain(message.text), "allowed_mentions": {"parse": []}}
        reply = yield Call(
            method="POST",
            url=self.config.webhook_url.get_secret_value(),
            commits=True,
            # without `wait`, Discord answers before it has saved anything
            params={"wait": "true"} | ({"thread_id": self.config.thread_id} if self.config.thread_id else {}),
            **(_with_files(body, message.images) if message.images else {"json": body}),
        )
        return self._receipt(self.expect(reply))

    def error(self, reply: Reply) -> DeliveryError:
        code = reply.get("code")
        if not isinstance(code, int) or reply.status not in {400, 401, 403, 404, 413}:
            return super().error(reply)
        if code in CHANNEL_ERRORS:
            return AuthExpired(CHANNEL_ERRORS[code], f"discord:{code}")
        return self.refused(reply, _details(reply.get("errors")) or reply.said("message"), f"discord:{code}")

    def slow_down(self, reply: Reply) -> RateLimited:
        whole = reply.headers.get("x-ratelimit-scope") == "global" or reply.get("global") is True
        return replace(super().slow_down(reply), scope=Scope.HOST if whole else None)

    def rehearse(self, call: Call) -> Reply:  # noqa: ARG002
        return Reply(200, b'{"id": "1", "channel_id": "1", "guild_id": "1", "name": "preview"}')

    def _look(self) -> Call:
        return Call(method="GET", url=self.config.webhook_url.get_secret_value())

    def _receipt(self, posted: Any) -> Receipt:
        number, channel, guild = posted["id"], posted["channel_id"], self.session.get("guild_id")
        url = f"https://discord.com/channels/{guild}/{channel}/{number}" if guild else ""
        return Receipt(remote_id=number, url=url)


def _with_files(body: dict[str, Any], images: tuple[Image, ...]) -> dict[str, Any]:
    """The parts of a call that carries `images`: https://discord.com/developers/docs/reference#uploading-files"""
    names = [f"card-{number}.{image.type.rpartition('/')[2]}" for number, image in enumerate(images)]
    named = list(enumerate(zip(names, images, strict=True)))
    attachments = [{"id": str(n), "filename": name, "description": image.alt} for n, (name, image) in named]
    return {
        "form": {"payload_json": json.dumps(body | {"attachments": attachments}, ensure_ascii=False)},
        "files": {f"files[{n}]": (name, image.data, image.type) for n, (name, image) in named},
    }


def _details(errors: Any) -> str:
    """The first message in Discord's tree of errors, with the field that it is about."""
    path: list[str] = []
    while isinstance(errors, dict) and errors:
        if isinstance(found := errors.get("_errors"), list) and found and isinstance(found[0], dict):
            return f"{'.'.join(path)}: {found[0].get('message', '')}"
        name, errors = next(iter(errors.items()))
        path.append(name)
    return ""


ADAPTER = Discord
