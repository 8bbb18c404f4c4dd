"""The marks of an article may be set in any way: what is quoted, and by whom, stays the same."""

from __future__ import annotations

import pytest

from scheduler.extract import extract, to_json
from tests.extract.articles import SAMPLES, Sample
from tests.extract.rewriting import REWRITINGS, Span, broken, dropped_closers, remarked, several_paragraphs


def spans(body: str) -> list[Span]:
    return [Span(s.start, s.end) for q in extract(body) for s in q.segments]


@pytest.mark.parametrize("sample", SAMPLES, ids=["ferry", "library"])
def test_the_articles_as_they_are_written(sample: Sample) -> None:
    rows = to_json(sample.body)
    assert [Span(r["start"], r["end"]) for r in rows] == sample.spans
    assert tuple(r["speaker"] or "" for r in rows) == sample.speakers


@pytest.mark.parametrize("sample", SAMPLES, ids=["ferry", "library"])
@pytest.mark.parametrize("name", REWRITINGS)
def test_the_same_words_are_quoted_however_the_marks_are_set(name: str, sample: Sample) -> None:
    body, moved = REWRITINGS[name](sample.body, sample.spans)
    assert spans(body) == moved


@pytest.mark.parametrize("sample", SAMPLES, ids=["ferry", "library"])
@pytest.mark.parametrize("name", [n for n in REWRITINGS if n != "several paragraphs"])
def test_the_speakers_are_the_same_however_the_marks_are_set(name: str, sample: Sample) -> None:
    body, _ = REWRITINGS[name](sample.body, sample.spans)
    assert tuple(q.speaker for q in extract(body) for _ in q.segments) == sample.speakers


@pytest.mark.parametrize("sample", SAMPLES, ids=["ferry", "library"])
@pytest.mark.parametrize("name", REWRITINGS)
def test_every_segment_is_verbatim(name: str, sample: Sample) -> None:
    body, _ = REWRITINGS[name](sample.body, sample.spans)
    assert all(row["text"] == body[row["start"] : row["end"]] for row in to_json(body))


def test_a_quote_that_goes_on_in_the_next_paragraph_is_one_utterance() -> None:
    sample = SAMPLES[0]
    body, moved = several_paragraphs(sample.body, sample.spans)
    quotes = extract(body)
    assert len(quotes) == len(extract(sample.body))
    assert sum(len(q.segments) for q in quotes) == len(moved)


def test_the_rewritings_keep_the_words_and_their_offsets() -> None:
    sample = SAMPLES[0]
    words = [sample.body[s.start : s.end] for s in sample.spans]
    for rewrite in (remarked("«", "»"), broken, dropped_closers):
        body, moved = rewrite(sample.body, sample.spans)
        assert [" ".join(body[s.start : s.end].split()) for s in moved] == words
