"""The same article with its quotation marks set in every way that the world sets them.

A rewriting takes a body and its quoted segments, and gives both back: the words stay, the marks and paragraphs
change, and the offsets follow.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

NBSP = "\u00a0"


class Span(NamedTuple):
    """A quoted segment: `body[start:end]`, with marks of one code point around it."""

    start: int
    end: int


Article = tuple[str, list[Span]]
Rewriting = Callable[[str, Sequence[Span]], Article]


def remarked(opening: str, closing: str) -> Rewriting:
    """Other marks around every segment."""

    def rewrite(body: str, spans: Sequence[Span]) -> Article:
        return _rebuilt(body, spans, lambda words: [(opening, words, closing)])

    return rewrite


def british(body: str, spans: Sequence[Span]) -> Article:
    """Single marks outside, double ones inside."""

    def pieces(words: str) -> Iterator[tuple[str, str, str]]:
        inner = re.sub(r"(?<!\w)[‘']([^‘’']*)[’'](?!\w)", r"“\1”", words)
        yield "‘", inner, "’"

    return _rebuilt(body, spans, lambda words: list(pieces(words)))


def broken(body: str, spans: Sequence[Span]) -> Article:
    """A paragraph break in the middle of a sentence of every long quote."""

    def pieces(words: str) -> list[tuple[str, str, str]]:
        gap = next((m for m in re.finditer(r"(?<=[a-z]) (?=[a-z])", words) if m.start() >= 30), None)
        text = words if gap is None else f"{words[: gap.start()]}\n\n{words[gap.end() :]}"
        return [("“", text, "”")]

    return _rebuilt(body, spans, pieces)


def several_paragraphs(body: str, spans: Sequence[Span]) -> Article:
    """Quotes of several sentences go on in a paragraph of their own, which opens with a mark again."""

    def pieces(words: str) -> list[tuple[str, str, str]]:
        border = re.search(r"[a-z][.!?] (?=[A-Z])", words)
        if border is None:
            return [("“", words, "”")]
        return [("“", words[: border.end() - 1], "\n\n"), ("“", words[border.end() :], "”")]

    return _rebuilt(body, spans, pieces)


def dropped_closers(body: str, spans: Sequence[Span]) -> Article:
    """No closing mark at the end of a paragraph."""
    new, moved = remarked("“", "”")(body, spans)
    last = [s.end for s in moved if new[s.end + 1 : s.end + 2] in {"\n", ""}]
    dropped = "".join(c for i, c in enumerate(new) if i not in set(last))
    return dropped, [Span(s.start - _below(last, s.start), s.end - _below(last, s.end)) for s in moved]


def _below(sorted_offsets: Sequence[int], at: int) -> int:
    return sum(o < at for o in sorted_offsets)


def _rebuilt(
    body: str, spans: Sequence[Span], pieces: Callable[[str], Sequence[tuple[str, str, str]]]
) -> Article:
    """`pieces` turns the words of a segment into (opening mark, words, closing mark), one or more."""
    parts: list[str] = []
    moved: list[Span] = []
    length = at = 0

    def add(text: str) -> None:
        nonlocal length
        parts.append(text)
        length += len(text)

    for span in sorted(spans):
        add(body[at : span.start - 1])
        for opening, words, closing in pieces(body[span.start : span.end]):
            add(opening)
            moved.append(Span(length, length + len(words)))
            add(words)
            add(closing)
        at = span.end + 1
    add(body[at:])
    return "".join(parts), moved


REWRITINGS: dict[str, Rewriting] = {
    "curly": remarked("“", "”"),
    "straight": remarked('"', '"'),
    "curly, then straight": remarked("“", '"'),
    "straight, then curly": remarked('"', "”"),
    "German": remarked("„", "“"),
    "German, in books": remarked("»", "«"),
    "French": remarked("«", "»"),
    "French, spaced": remarked("«" + NBSP, NBSP + "»"),
    "Swedish": remarked("”", "”"),
    "Polish": remarked("„", "”"),
    "corner brackets": remarked("「", "」"),
    "two apostrophes": remarked("''", "''"),
    "two grave accents": remarked("``", "''"),
    "padded": remarked("“ ", " ”"),
    "British": british,
    "broken paragraphs": broken,
    "several paragraphs": several_paragraphs,
    "dropped closers": dropped_closers,
}
