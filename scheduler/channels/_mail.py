"""What the kinds that send the newsletter have in common."""

from __future__ import annotations

from pydantic import Field

from scheduler.channels._base import ChannelConfig
from scheduler.channels._fields import Line, MailAddress, has_control
from scheduler.domain.errors import Permanent
from scheduler.domain.message import Copy, Letter, Message


class MailConfig(ChannelConfig):
    from_address: MailAddress = Field(description="Who the mail is from", examples=["news@example.com"])
    from_name: Line = Field("", description="The sender's name", examples=["The Example Post"])
    reply_to: MailAddress | None = Field(
        None, description="Where answers go, if not to the sender", examples=["editors@example.com"]
    )


def letter_of(message: Message) -> Letter:
    if message.letter is None:
        raise ValueError("the message has no letter")
    return message.letter


def checked(copy: Copy) -> Copy:
    """`copy`, if nothing in it can break out of its header: mail APIs do not all check that."""
    values = {"Subject": copy.subject, **copy.headers}
    for name, value in values.items():
        if has_control(name) or has_control(value):
            raise Permanent(
                f"The header {name!r} has a line break or control character: remove it",
                "header-control",
            )
    return copy


def mailbox(name: str, address: str) -> str:
    """`"Name" <address>`. A name comes from a person, so whatever could end it is taken out."""
    clean = " ".join("".join(" " if has_control(sign) or sign in '"\\<>' else sign for sign in name).split())
    return f'"{clean}" <{address}>' if clean else address
