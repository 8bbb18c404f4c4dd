"""The whole extractor, on the seed article, the cases, and the interview that we ship."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.extract import extract, to_json
from scheduler.sources import markdown
from tests.conftest import shared

HERE = Path(__file__).parent
EXAMPLES = HERE.parents[1] / "examples"


def squeezed(text: str) -> str:
    return " ".join(text.split())


def spoken_of(body: str) -> list[dict[str, object]]:
    """As tests/extract/interview.json tells it."""
    return [
        {
            "speaker": q.speaker,
            "mention": q.mention,
            "segments": [squeezed(body[s.start : s.end]) for s in q.segments],
            **({} if q.duplicate_of is None else {"near_duplicate_of": q.duplicate_of}),
        }
        for q in extract(body)
    ]


def test_the_interview_as_pasted() -> None:
    expected = json.loads((HERE / "interview.json").read_text())["utterances"]
    assert spoken_of((EXAMPLES / "interview.md").read_text()) == expected


def test_the_interview_as_imported() -> None:
    expected = json.loads((HERE / "interview.json").read_text())["utterances"]
    article = markdown.read((EXAMPLES / "interview.md").read_bytes())
    found = spoken_of(article.body)
    assert [u["segments"] for u in found][-len(expected) + 1 :] == [u["segments"] for u in expected][1:]
    assert [u["speaker"] for u in found][-len(expected) + 1 :] == [u["speaker"] for u in expected][1:]


def test_the_interview_s_headline_lifts_the_quote_that_it_uses() -> None:
    body = (EXAMPLES / "interview.md").read_text().partition("# ")[2].partition("\n")[2]
    title = json.loads((HERE / "interview.json").read_text())["title_quote"]
    lifted = [
        q for q in extract(body, title=f"Ines Carvalho: “{title}”") if "used in the headline" in q.reasons
    ]
    assert lifted
    assert all(title in squeezed(body[q.start : q.end]) for q in lifted)


def test_the_seed_article() -> None:
    gold = json.loads(shared("data/seed-article.gold.json").read_text())
    body = gold["text"]
    expected = [(q["start"], q["end"], q["text"], q["speaker"], q["utt"]) for q in gold["quotes"]]
    found = [(r["start"], r["end"], r["text"], r["speaker"], r["utt"]) for r in to_json(body)]
    assert found == expected
    quotes = extract(body)
    assert len(quotes) == len(gold["utterances"])
    assert [q.duplicate_of for q in quotes] == [12] + [None] * 12  # the headline's is in the last one, too
    assert "used in the headline" in quotes[12].reasons


def test_the_seed_article_with_its_headline_apart() -> None:
    gold = json.loads(shared("data/seed-article.gold.json").read_text())
    title, _, body = gold["text"].partition("\n\n")
    quotes = extract(body, title=title)
    assert len(quotes) == 12
    assert max(quotes, key=lambda q: q.score) is quotes[-1]


def test_the_cases() -> None:
    cases = json.loads(shared("data/quote-cases.json").read_text())
    wrong = [case["name"] for case in cases if not _is_right(case)]
    assert wrong == []


def _is_right(case: dict[str, object]) -> bool:
    expected, rows = case["expected"], to_json(str(case["input"]))
    assert isinstance(expected, list)
    said = [(squeezed(str(r["text"])), r["speaker"]) for r in rows]
    return said == [(e["text"], e["speaker"]) for e in expected] and _groups(
        [r["utt"] for r in rows]
    ) == _groups([e["utt"] for e in expected])


def _groups(utterances: list[object]) -> list[int]:
    seen: dict[object, int] = {}
    return [seen.setdefault(u, len(seen)) for u in utterances]


def test_the_rows_are_as_the_scorer_wants_them() -> None:
    assert to_json("“It is late,” Nora Vance said. “Go home.”") == [
        {
            "text": "It is late,",
            "speaker": "Nora Vance",
            "mention": "Nora Vance",
            "start": 1,
            "end": 12,
            "utt": "u1",
        },
        {
            "text": "Go home.",
            "speaker": "Nora Vance",
            "mention": "Nora Vance",
            "start": 32,
            "end": 40,
            "utt": "u1",
        },
    ]
    assert [r["speaker"] for r in to_json("“It is late,” somebody said.")] == [None]


@pytest.mark.parametrize(
    "body", ["", " \n\n ", "No quotes here.", "“", "”", '"""', "‘’", "\x01", "\ufeff“Hm.”"]
)
def test_next_to_nothing(body: str) -> None:
    assert all(body[s.start : s.end].strip() for q in extract(body, language="") for s in q.segments)


def test_an_article_comes_in_reading_order() -> None:
    body = (EXAMPLES / "interview.md").read_text()
    starts = [s.start for q in extract(body) for s in q.segments]
    assert starts == sorted(starts)


ALPHABET = "“”‘’\"'«»„「」` \n.,:;!?—-()AaBb I he she said Nora Vance 1é\u00a0私。"


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from([*ALPHABET, " said ", "Nora Vance", "\n\n", "“No,” "]), max_size=80))
def test_the_words_are_always_verbatim(parts: list[str]) -> None:
    body = "".join(parts)
    rows = to_json(body)
    assert all(r["text"] == body[r["start"] : r["end"]] and r["text"].strip() for r in rows)
    spans = [(r["start"], r["end"]) for r in rows]
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert extract(body, title=body, language="", lifted=[body]) is not None
