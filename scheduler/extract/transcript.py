"""Interviews set as a transcript: "Q:" and "A:", or a name and a colon, before every turn.

Such words need no quotation marks. The questions are the reporter's, and no quotes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from scheduler.domain.quote import Quote, Segment
from scheduler.extract.lexicon import Language
from scheduler.extract.names import Names
from scheduler.extract.naming import named
from scheduler.extract.page import Page
from scheduler.extract.tokens import UPPER

_TURN = re.compile(
    rf"[*_]{{0,2}}(?P<label>{UPPER}[\w.’'-]*(?:[ ]{UPPER}[\w.’'-]*){{0,3}})[*_]{{0,2}}:[*_]{{0,2}}\s+(?=\S)"
)
_FEWEST = 4  # turns, and
_SHARE = 1 / 3  # of the paragraphs, that make a transcript
_ASKS = frozenset(["q", "question", "f", "frage", "p", "pregunta"])
_ANSWERS = frozenset(["a", "answer", "antwort", "r", "réponse", "respuesta"])
_CONFIDENCE = 0.9


class Turn(NamedTuple):
    label: str
    start: int  # of the words, without the label
    end: int


def transcribed(page: Page) -> list[Quote]:
    """What is answered in a transcript; nothing where the text is none."""
    turns = _turns(page)
    asking = _asking(page.body, turns)
    if not asking:
        return []
    names = Names(page)
    return [_quote(turn, names) for turn in turns if turn.label not in asking]


def _turns(page: Page) -> list[Turn]:
    found = list(_labelled(page))
    times = Counter(turn.label for turn in found)
    found = [turn for turn in found if times[turn.label] > 1]
    enough = len(found) >= max(_FEWEST, _SHARE * len(page.blocks))
    return found if enough and len({turn.label for turn in found}) > 1 else []


def _labelled(page: Page) -> Iterator[Turn]:
    marked = {(s.opens, s.closes) for s in page.stretches}
    for block in page.blocks:
        m = _TURN.match(page.body, block.start, block.end)
        if m is not None and (m.end(), block.end) not in marked:  # NAME: “…” is an ordinary quote
            yield Turn(m["label"], m.end(), block.end)


def _asking(body: str, turns: Sequence[Turn]) -> set[str]:
    """The labels of those who ask: by name, or because most of their turns end in a question."""
    questions = Counter(t.label for t in turns if body[t.end - 1] in "?？")
    times = Counter(t.label for t in turns)
    return {label for label in times if label.lower() in _ASKS or questions[label] > times[label] / 2}


def _quote(turn: Turn, names: Names) -> Quote:
    speaker = _speaker(turn.label, names, turn.start)
    return Quote(
        segments=(Segment(turn.start, turn.end),),
        speaker=speaker,
        mention=turn.label,
        rule="transcript",
        confidence=_CONFIDENCE if speaker else 0.0,
    )


def _speaker(label: str, names: Names, at: int) -> str:
    if label.lower() in _ANSWERS:
        return names.most_named()
    name = _unshouted(label, names.language)
    return names.full(name, at) if name else ""


def _unshouted(label: str, language: Language) -> str:
    """NORA VANCE → Nora Vance"""
    words = label.title().split() if label.isupper() and len(label) > 3 else label.split()
    found = named(tuple(words), language)
    return found.name if found else ""
