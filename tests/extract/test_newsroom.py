"""Whole articles in the manner of many desks: who is quoted, in which words, in reading order.

Under the `---` of each file: one line for each segment, its speaker ("-" where the article names none) and how it
starts; "~" before a fragment. Checked by eye: a line may change only where a person would read it otherwise.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.extract import extract

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
