"""The header fields of a newsletter's mail: what lets its readers leave, and their mail programs know it.

RFC 2369 and 8058 (List-Unsubscribe, one click), RFC 2919 (List-Id), RFC 3834 (Auto-Submitted), Gmail's
Feedback-ID. No Precedence, and nothing that only forwarders write.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from scheduler.domain.errors import PullquoteError

LONGEST = 995  # characters of a value that Amazon SES takes; a line of a mail ends at 998
SENDER = "pullquote"  # the last field of a Feedback-ID stays the same for all our mail
#: What ends a line for one program or another: C0 and C1 controls, and the two Unicode separators.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_PLAIN = re.compile(r"[A-Za-z0-9 !#$&'*+\-/=?^_`{|}~.,:;()@]*")  # no %: that may begin a merge token


def checked(name: str, value: str) -> str:
    """`value`, once it is sure that it cannot smuggle in another header."""
    if found := _CONTROLS.search(value):
        raise PullquoteError(
            f"The {name} has a control character (U+{ord(found[0]):04X}): type that line again without it."
        )
    if len(value) > LONGEST:
        raise PullquoteError(f"The {name} is longer than {LONGEST} characters: shorten it.")
    return value


def newsletter_headers(
    unsubscribe_url: str, *, base_url: str, list_id: int, list_name: str, issue: int
) -> dict[str, str]:
    """`unsubscribe_url` may be a merge token; `base_url` is where the app is reached."""
    scheme, host = _reached(base_url)
    headers = {
        "List-Unsubscribe": f"<{unsubscribe_url}>",
        "List-Id": _list_id(list_id, list_name, host),
        "Feedback-ID": f"i{issue}:l{list_id}:newsletter:{SENDER}",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "OOF, AutoReply",
    }
    if scheme == "https":  # RFC 8058 promises one click for https alone
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return {name: checked(name, value) for name, value in headers.items()}


def _list_id(list_id: int, list_name: str, host: str) -> str:
    """The id never changes, though the list be renamed. A name that is not ASCII is left out: it may be."""
    name = f'"{list_name}" ' if _PLAIN.fullmatch(list_name) else ""
    return f"{name}<list-{list_id}.{host}>"


def _reached(base_url: str) -> tuple[str, str]:
    """Scheme and host, the host in ASCII."""
    try:
        parts = urlsplit(base_url)
        host = (parts.hostname or "").encode("idna").decode()
    except ValueError:  # brackets that do not match, a label that is too long
        parts, host = None, ""
    if not parts or parts.scheme not in {"http", "https"} or not host:
        raise PullquoteError(f"“{base_url}” is not the address of a page: set base_url to https://…")
    return parts.scheme, host
