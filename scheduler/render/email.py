"""An issue of the newsletter: rendered once, for everybody. What differs for each reader is a merge token."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from jinja2 import Environment

from scheduler.domain.errors import PullquoteError
from scheduler.domain.headers import checked
from scheduler.domain.message import TOKEN
from scheduler.render.context import IssueContext
from scheduler.render.environment import fill
from scheduler.render.mjml import to_html

WARN_BYTES = 80 * 1024
MAX_BYTES = 100 * 1024  # Gmail clips a mail at 102 KB, and with it the unsubscribe link
COLUMNS = 72  # of the plain text

#: What a template may leave open for each reader. `literal` is how "%%PQ:" comes out where an article says it.
TOKENS = frozenset({"unsubscribe_url", "address", "name", "list_name", "literal"})
_OPENING = "%%PQ:"
_LITERAL = "%%PQ:literal%%"
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@dataclass(frozen=True)
class CompiledIssue:
    """`html` and `text` hold merge tokens; the subject never does."""

    subject: str
    html: str
    text: str

    @property
    def warnings(self) -> tuple[str, ...]:
        size = len(self.html.encode())
        if size <= WARN_BYTES:
            return ()
        return (f"The mail is {size / 1024:.0f} KB: Gmail clips what is longer than 102 KB.",)

    @property
    def copy_bytes(self) -> int:
        """What one reader's copy takes of a service's call, as JSON, with room for its headers."""
        return len(json.dumps([self.subject, self.html, self.text]).encode()) + 2048


def compile_issue(environment: Environment, template: str, context: IssueContext) -> CompiledIssue:
    """`template` names the pair `email/<template>.mjml.j2` and `email/<template>.txt.j2`."""
    subject = checked("subject", context.subject)
    values = _without_tokens(asdict(context))
    source = fill(environment, f"email/{template}.mjml.j2", values)
    html = to_html(source, values["preheader"])
    text = _wrapped(fill(environment, f"email/{template}.txt.j2", values))
    _check_tokens(html, f"{template}.mjml.j2")
    _check_tokens(text, f"{template}.txt.j2")
    _check_size(html)
    return CompiledIssue(subject, html, text)


def _without_tokens(value: Any) -> Any:
    """The context as plain values, in which nothing that an article says can act as a merge token."""
    match value:
        case str():
            return _CONTROLS.sub("", value).replace(_OPENING, _LITERAL)
        case Mapping():
            return {key: _without_tokens(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_without_tokens(inner) for inner in value]
        case _:
            return value


def _check_tokens(body: str, template: str) -> None:
    found = set(TOKEN.findall(body))
    if unknown := sorted(found - TOKENS):
        raise PullquoteError(f"The template {template} has %%PQ:{unknown[0]}%%, which nothing fills.")
    if "unsubscribe_url" not in found:
        raise PullquoteError(
            f"The template {template} has no way to unsubscribe: put %%PQ:unsubscribe_url%% into it."
        )


def _check_size(html: str) -> None:
    size = len(html.encode())
    if size > MAX_BYTES:
        raise PullquoteError(
            f"The mail is {size / 1024:.0f} KB, and Gmail would clip it before the unsubscribe link: "
            "leave out quotes, or shorten the introduction."
        )


def _wrapped(text: str) -> str:
    """Prose in lines of at most 72 columns; addresses stay whole, and no two empty lines follow each other."""
    lines = [part for line in text.splitlines() for part in _wrapped_line(line.rstrip())]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def _wrapped_line(line: str) -> list[str]:
    if len(line) <= COLUMNS:
        return [line]
    mark = line[: len(line) - len(line.lstrip("> "))]  # a quotation keeps its mark on every line
    return textwrap.wrap(
        line,
        COLUMNS,
        subsequent_indent=mark,
        break_long_words=False,
        break_on_hyphens=False,
    )
