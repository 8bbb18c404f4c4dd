"""Types for the fields of a channel's configuration."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Annotated
from urllib.parse import urlsplit

from email_validator import EmailNotValidError, validate_email
from pydantic import AfterValidator, SecretStr

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


@lru_cache(maxsize=256)  # the names and most values of a mail's headers are those of every copy
def has_control(text: str) -> bool:
    """Whether `text` could break out of a header: control characters and Unicode's line separators."""
    return _CONTROL.search(text) is not None


def web_address(text: str) -> str:
    """`text` without space around it, if it is an address that can be called."""
    address = text.strip()
    parts = urlsplit(address)  # raises ValueError for brackets that are no IPv6 address
    if parts.scheme not in {"http", "https"} or not parts.hostname or re.search(r"\s", address):
        raise ValueError("this is not a web address: it should begin with https://")
    return address


def _server(text: str) -> str:
    address = web_address(text)
    parts = urlsplit(address)
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise ValueError("give the server's address only, without a user name or anything after a ? or #")
    return address.rstrip("/")


def _secret_address(secret: SecretStr) -> SecretStr:
    return SecretStr(web_address(secret.get_secret_value()))


def _mail_address(text: str) -> str:
    try:
        found = validate_email(text.strip(), check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as error:
        raise ValueError(f"this is not a mail address: {error}") from None
    return str(found.ascii_email)


def _one_line(text: str) -> str:
    if has_control(text):
        raise ValueError("this must be one line without control characters")
    return text.strip()


Server = Annotated[str, AfterValidator(_server)]
"""An https:// address without a slash at its end."""

SecretAddress = Annotated[SecretStr, AfterValidator(_secret_address)]
"""A web address that holds a secret: logs show its host only."""

MailAddress = Annotated[str, AfterValidator(_mail_address)]
"""In ASCII: what every service accepts."""

Line = Annotated[str, AfterValidator(_one_line)]
