"""Whole articles in the manner of many desks: who is quoted, in which words, in reading order.

Under the `---` of each file: one line for each segment, its speaker ("-" where the article names none) and how it
starts; "~" before a fragment. Checked by eye: a line may change only where a person would read it otherwise.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.extract import extract
from tests.extract.rewriting import REWRITINGS, Span

FILES = sorted(Path(__file__).with_name("newsroom").glob("*.txt"))


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_an_article_is_read_as_a_person_reads_it(file: Path) -> None:
    body, _, wanted = file.read_text(encoding="utf-8").partition("\n---\n")
    found = [
        (q.speaker or "-", "~" * (q.kind == "partial") + body[s.start : s.end])
        for q in extract(body, language="")
        for s in q.segments
    ]
    rows = [line.split(" | ") for line in wanted.splitlines()]
    assert [speaker for speaker, _ in found] == [speaker for speaker, _ in rows]
    assert all(words.startswith(start) for (_, words), (_, start) in zip(found, rows, strict=True))


def _spans(body: str) -> list[Span]:
    return [Span(s.start, s.end) for q in extract(body) for s in q.segments]


def _in_double_marks() -> list[tuple[str, list[Span]]]:
    """The articles that the rewritings can take: every quote stands in “…” or "…"."""
    bodies = [file.read_text(encoding="utf-8").partition("\n---\n")[0] for file in FILES]
    read = [(body, _spans(body)) for body in bodies]
    return [(body, spans) for body, spans in read if all(body[s.start - 1] in '“"' for s in spans)]


ARTICLES = _in_double_marks()


@pytest.mark.parametrize("name", REWRITINGS)
def test_nearly_all_of_it_is_found_however_the_marks_are_set(name: str) -> None:
    """Nested quotes and forgotten marks together leave a few that nobody could tell."""
    wanted: set[tuple[int, Span]] = set()
    found: set[tuple[int, Span]] = set()
    for number, (body, spans) in enumerate(ARTICLES):
        rewritten, moved = REWRITINGS[name](body, spans)
        wanted |= {(number, span) for span in moved}
        found |= {(number, span) for span in _spans(rewritten)}
    assert 2 * len(wanted & found) / (len(wanted) + len(found)) >= 0.97
