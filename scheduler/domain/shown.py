"""A post's text as networks show it: its links and hashtags stand out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_MARKED = re.compile(r"(?P<link>https?://[^\s<>]+?(?=[.,;:!?)\]}'\"’”»›]*(?:\s|$)))|(?P<tag>(?<!\w)#\w+)")


@dataclass(frozen=True)
class Run:
    """A stretch of the text; `kind` is "link", "tag" or ""."""

    text: str
    kind: str = ""


def runs(text: str) -> list[Run]:
    return [run for run in _runs(text) if run.text]


def _runs(text: str) -> Iterator[Run]:
    at = 0
    for found in _MARKED.finditer(text):
        yield Run(text[at : found.start()])
        yield Run(found[0], found.lastgroup or "")
        at = found.end()
    yield Run(text[at:])
